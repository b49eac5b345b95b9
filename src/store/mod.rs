//! Floor 7: what is kept from one run to the next: what was understood and counted, the session, the user's words.
//!
//! In: bytes and values of the floors around it. Out: the same in a later run, or a reason in the user's language. All
//! reading goes through [`crate::corpus::load::gate`], all writing through [`atomic`]; what is kept is recognised by
//! [`crate::text::digest`]. Does not know about: what is in a session, when anything is kept.

pub mod atomic;
pub mod clips;
mod counts;
pub mod export;
mod folded;
mod keep;
pub mod marks;
mod part_files;
mod passages;
pub mod session;
mod shelf;
mod traffic;
pub mod words;

pub use counts::CountsFile;
pub use folded::FoldedFolder;
pub use passages::PassageFiles;
pub use shelf::{Shelf, ShelfNews};
pub use traffic::Traffic;
