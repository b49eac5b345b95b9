//! Shared wording (同文): the same passage in two reports, small edits allowed.
//!
//! In: a corpus. Out: an index of it; for a paragraph the passages it shares with paragraphs of other reports, each with how
//! many characters nobody else uses; for a report how much of it is its own. Does not know about: screens, files.
//!
//! Text is compared by its letters (see [`crate::text::letters`]). Runs of [`GRAM`] letters are hashed, and of every window
//! of [`WINDOW`] hashes the least is kept (winnowing: Schleimer, Wilkerson, Aiken, SIGMOD 2003), so that any run of
//! [`GUARANTEE`] letters that two paragraphs share is found. Formulas, which many places use, are told from passages that few
//! use; law titles, numbers and 依照…的规定 count for nothing.

mod align;
mod common;
mod index;
mod paragraph;
mod part;
mod reuse;
mod strength;
mod summary;
mod winnow;

pub use index::PassageIndex;
pub use part::PassagePart;
pub use reuse::{FoundPassage, Passage, SharedWording, all_pairs};
pub use strength::PassageKind;
pub use summary::{Closest, Summary, summarise};
pub use winnow::{GRAM, GUARANTEE, WINDOW};
