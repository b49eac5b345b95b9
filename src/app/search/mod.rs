//! Searching: the query that is on and what was found, pinned queries, the list of hits in context, and what keys do to them.
//!
//! In: keys, answers. Out: requests. Does not know about: how matching works.

mod board_update;
pub mod concordance;
mod concordance_update;
pub mod marks;
pub mod pins;
pub mod search_state;
mod search_update;

pub use search_state::SearchState;
