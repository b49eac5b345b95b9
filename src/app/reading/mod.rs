//! Reading: the open report and its rows, from spot to spot and report to report, copying, what changed files bring.
//!
//! In: keys, rows, a renewed corpus. Out: requests, text to copy. Does not know about: how rows are drawn.

pub mod jumps;
mod navigation;
pub mod page;
mod peek;
pub mod pointed;
mod reading_state;
mod renewal;
pub mod rows;
mod section_update;

pub use reading_state::Reading;
pub use rows::LARGE;
pub(in crate::app) use rows::bytes;
