//! The same section elsewhere (同题章节): which sections of other reports are about what a section is about.
//!
//! In: a corpus; a section of it. Out: sections of other reports with a score, best first; a full table of correspondences
//! of two reports. Does not know about: screens, files.
//!
//! A section is its heading and what stands under it, children included. What is compared are pairs of neighbouring 汉字,
//! weighted by how often they stand in the section and how few sections have them (tf-idf), of text and heading apart.

mod alike;
mod features;
mod phase;

pub use alike::{ABOUT, Alike, SURE, SectionId, SectionIndex};
pub use phase::{Phase, phases};
