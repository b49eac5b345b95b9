//! Floor 2: answers over a corpus.

pub mod cities;
pub mod search;
pub mod stats;
pub mod terms;
