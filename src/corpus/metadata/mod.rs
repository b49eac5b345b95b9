//! Whose report it is, of where, of when.
//!
//! In: the lines of one report, what its document is called, what a person says of it. Out: title, place, body, years.
//! Does not know about: which lines are whose, and what a heading is.

pub mod describe;
pub mod issuer;
pub mod kind;
pub mod organ;
pub mod places;
pub mod years;
