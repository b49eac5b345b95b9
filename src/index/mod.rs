//! Floor 2: answers over a corpus.

pub mod cities;
pub mod collocates;
pub mod comparison_indexes;
pub mod discover;
pub mod draft;
#[cfg(test)]
mod fixture;
pub mod groups;
pub mod kwic;
pub mod ledger;
pub mod ngrams;
pub mod paragraphs;
pub mod passages;
pub mod quotation;
pub mod same_wording;
pub mod scope;
#[cfg(test)]
mod scope_tests;
pub mod search;
pub mod sections;
pub mod similarity;
pub mod stats;
pub mod targets;
pub mod terms;
pub mod tiles;
pub mod trend;
