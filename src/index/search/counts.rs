//! Hits summed up by place. In: chunks of hits. Out: figures for the city list and the status line.

use rustc_hash::FxHashMap;

use super::ReportHits;
use crate::corpus::{Corpus, PlaceId};

/// How many hits there are and where; grows chunk by chunk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HitCounts {
    /// Hits in all.
    pub total: u64,
    /// Reports with at least one hit.
    pub reports: u32,
    per_place: FxHashMap<PlaceId, u32>,
}

impl HitCounts {
    /// Adds a chunk as [`super::search`] hands it over. A report must not be added twice.
    pub fn add(&mut self, corpus: &Corpus, chunk: &[ReportHits]) {
        for hits in chunk.iter().filter(|hits| !hits.spans.is_empty()) {
            self.total += hits.spans.len() as u64;
            self.reports += 1;
            if let Some(place) = corpus.place_of(hits.report) {
                let count = self.per_place.entry(place).or_default();
                *count = count.saturating_add(u32::try_from(hits.spans.len()).unwrap_or(u32::MAX));
            }
        }
    }

    /// Places with at least one hit.
    pub fn places(&self) -> usize {
        self.per_place.len()
    }

    /// Hits in the reports of a place.
    pub fn of(&self, place: PlaceId) -> u32 {
        self.per_place.get(&place).copied().unwrap_or(0)
    }

    /// The most hits any place has: the full length of a bar.
    pub fn most(&self) -> u32 {
        self.per_place.values().copied().max().unwrap_or(0)
    }
}
