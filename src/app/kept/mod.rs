//! What is kept of passages: copies with their sources, marks, links.
//!
//! In: what one points at. Out: quotations, requests to keep them. Does not know about: files, clipboards.

mod copy_update;
mod kept_state;
pub mod mark_list;
mod mark_list_update;
mod mark_update;
mod standing;

pub use kept_state::{KeepRequest, KeptPassages, PlacedMark};
pub use standing::{MarkStanding, standing_of};
