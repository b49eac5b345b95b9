//! Floor 2: answers over a corpus.

pub mod cities;
#[cfg(test)]
mod fixture;
pub mod search;
pub mod stats;
pub mod terms;
