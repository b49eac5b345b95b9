//! Lines to reports: which lines are one report, which of them are headings, which go on where another broke off.
//!
//! In: a decoded text. Out: lines with their kinds, pieces, outlines, paragraphs. Does not know about: places, years, disks.

pub mod annex;
pub mod chrome;
pub mod clean;
pub mod cohesion;
pub mod contents;
pub mod furniture;
pub mod line_predicates;
pub mod line_set;
pub mod numbering;
pub mod opening;
pub mod outline;
pub mod page;
pub mod paragraph;
pub mod part_name;
pub mod session_news;
pub mod split;
pub mod title;
