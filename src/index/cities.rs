//! The fuzzy city list: the only user of fuzzy-matcher.

use crate::corpus::{Corpus, PlaceId};

/// A place that matches a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CityMatch {
    /// The place.
    pub place: PlaceId,
    /// Higher is better; comparable within one query.
    pub score: i64,
    /// Matched characters: char indices into the place's name, ascending.
    pub marks: Vec<u32>,
}

/// Match keys of every place of a corpus.
#[derive(Debug, Default)]
pub struct CityIndex {}

impl CityIndex {
    /// Prepares the keys.
    pub fn new(_corpus: &Corpus) -> Self {
        Self {}
    }

    /// Places that match `query` (汉字, full pinyin, initials or mixed), best first. An empty query matches nothing.
    pub fn rank(&self, _query: &str) -> Vec<CityMatch> {
        Vec::new()
    }
}
