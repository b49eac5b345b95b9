//! Hits summed up by place. In: chunks of hits or counts. Out: figures for the city list and the status line.
//! Does not know about: how hits are found.

use rustc_hash::FxHashMap;

use super::{ReportCount, ReportHits};
use crate::corpus::{Corpus, PlaceId, ReportId};

/// How many hits there are and where; grows chunk by chunk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HitCounts {
    /// Hits in all.
    pub total: u64,
    /// Reports with at least one hit.
    pub reports: u32,
    /// Hits in paragraphs that are printed a second time, in all; known where counts were added.
    pub repeats: u64,
    /// Hits in captions, bylines, page heads and page numbers, likewise.
    pub furniture: u64,
    per_place: FxHashMap<PlaceId, u32>,
}

impl HitCounts {
    /// Adds a chunk as [`super::search`] hands it over. A report must not be added twice.
    pub fn add(&mut self, corpus: &Corpus, chunk: &[ReportHits]) {
        for hits in chunk {
            self.add_report(corpus, hits.report, u32::try_from(hits.spans.len()).unwrap_or(u32::MAX));
        }
    }

    /// Adds a chunk as [`super::Search::count`] hands it over. A report must not be added twice.
    pub fn add_counts(&mut self, corpus: &Corpus, chunk: &[ReportCount]) {
        for count in chunk {
            self.repeats += u64::from(count.repeats);
            self.furniture += u64::from(count.furniture);
            self.add_report(corpus, count.report, count.hits);
        }
    }

    fn add_report(&mut self, corpus: &Corpus, report: ReportId, hits: u32) {
        if hits == 0 {
            return;
        }
        self.total += u64::from(hits);
        self.reports += 1;
        if let Some(place) = corpus.place_of(report) {
            let count = self.per_place.entry(place).or_default();
            *count = count.saturating_add(hits);
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

    /// The places that do not say it, in the order of the corpus; `counts` tells which reports were asked at all.
    pub fn silent(&self, corpus: &Corpus, counts: impl Fn(ReportId) -> bool) -> Vec<PlaceId> {
        let ids = (0..corpus.places().len()).filter_map(|i| u32::try_from(i).ok()).map(PlaceId);
        let asked = |place: &PlaceId| corpus.place(*place).reports.iter().any(|&report| counts(report));
        ids.filter(|place| self.of(*place) == 0).filter(asked).collect()
    }
}
