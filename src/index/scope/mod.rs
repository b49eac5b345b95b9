//! Which text figures are about: one type for every command and every view.
//!
//! In: what a user chose ([`Scope`]), what it is compared with ([`Reference`]). Out: its text ([`Extent`]): pieces of
//! reports with their 汉字, and their [`Stretch`]es, which is what is counted. Does not know about: words, figures.
//!
//! Lines that carry no words of the report's own (repeats, captions, bylines, page heads) are in no extent: neither their
//! words nor their 汉字 count, so a paragraph printed twice changes no figure.

mod choice;
mod extent;
mod reference;
mod stretch;

#[cfg(test)]
pub use self::choice::parts_of;
pub use self::choice::{Scope, Within};
pub use self::extent::{Extent, ScopePiece};
pub use self::reference::Reference;
pub use self::stretch::{Stretch, each_stretch};
