//! The keyword panel: its figures, what they are compared with, and what keys do to it.
//!
//! In: keys, answers. Out: requests. Does not know about: how words are found.

pub mod comparison;
mod group_update;
pub mod keywords;
mod keywords_update;
