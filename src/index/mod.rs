//! Floor 2: answers over a corpus.

pub mod cities;
pub mod collocates;
pub mod discover;
#[cfg(test)]
mod fixture;
pub mod groups;
pub mod kwic;
pub mod ledger;
pub mod ngrams;
pub mod paragraphs;
pub mod scope;
#[cfg(test)]
mod scope_tests;
pub mod search;
pub mod sections;
pub mod stats;
pub mod terms;
pub mod trend;
