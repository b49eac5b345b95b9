//! The search that is on: its query, its hits so far, the current hit. Answers come in chunks, stale ones are dropped.
//!
//! In: a query, chunks of hits. Out: hits by report, counts by place. Refuses to know: how matching works, threads.

use std::collections::BTreeMap;

use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::search::{HitCounts, Query, ReportHits};
use crate::text::Span;

/// The search that is on, if any.
#[derive(Debug, Default)]
pub struct Search {
    /// What is looked for.
    pub query: Option<Query>,
    /// Whether part of the corpus has not been seen yet.
    pub running: bool,
    /// Hits by place. While a newer query has not answered, those of the query before.
    pub counts: HitCounts,
    /// The hit on which the reader stands: its report and its index there.
    pub current: Option<(ReportId, usize)>,
    /// Hits of the open report, found at once; the corpus's own answer comes later.
    pub here: Option<(ReportId, Vec<Span>)>,
    hits: BTreeMap<ReportId, Vec<Span>>,
    seq: u64,
    /// The next answer replaces what is shown.
    stale: bool,
}

impl Search {
    /// Begins another search (or none); returns its number. What was found stays visible until the first answer.
    pub fn begin(&mut self, query: Option<Query>) -> u64 {
        self.seq += 1;
        self.running = query.is_some();
        self.stale = true;
        self.current = None;
        self.query = query;
        if self.query.is_none() {
            self.clear();
        }
        self.seq
    }

    fn clear(&mut self) {
        self.hits.clear();
        self.counts = HitCounts::default();
        self.stale = false;
    }

    /// Takes a chunk of hits; says whether it belonged to the search that is on.
    pub fn take(&mut self, seq: u64, corpus: &Corpus, chunk: Vec<ReportHits>) -> bool {
        if seq != self.seq {
            return false;
        }
        if self.stale {
            self.clear();
        }
        self.counts.add(corpus, &chunk);
        self.hits.extend(chunk.into_iter().map(|found| (found.report, found.spans)));
        true
    }

    /// Takes word that the whole corpus has been seen; says whether it was this search.
    pub fn end(&mut self, seq: u64) -> bool {
        if seq != self.seq {
            return false;
        }
        if self.stale {
            self.clear();
        }
        self.running = false;
        true
    }

    /// The hits in a report, in order.
    pub fn hits_in(&self, report: ReportId) -> &[Span] {
        match &self.here {
            Some((open, spans)) if *open == report => spans,
            _ => self.hits.get(&report).map_or(&[], Vec::as_slice),
        }
    }

    /// Hits in the reports of a place.
    pub fn of_place(&self, place: PlaceId) -> u32 {
        self.counts.of(place)
    }

    /// The hit after (`forward`) or before byte `offset` of `report`, going round at the ends of the corpus; and whether
    /// it went round. `strictly` leaves out a hit that begins at `offset` itself.
    pub fn next(
        &self,
        report: ReportId,
        offset: u32,
        forward: bool,
        strictly: bool,
    ) -> Option<((ReportId, usize), bool)> {
        let here = self.hits_in(report);
        let found = if forward {
            let from = here.partition_point(|s| if strictly { s.start <= offset } else { s.start < offset });
            (from < here.len()).then_some(from)
        } else {
            here.partition_point(|s| s.start < offset).checked_sub(1)
        };
        if let Some(index) = found {
            return Some(((report, index), false));
        }
        let first =
            |(r, spans): (&ReportId, &Vec<Span>)| ((*r), if forward { 0 } else { spans.len().saturating_sub(1) });
        use std::ops::Bound::{Excluded, Unbounded};
        let (beyond, round) = if forward {
            (self.hits.range((Excluded(report), Unbounded)).next(), self.hits.iter().next())
        } else {
            (self.hits.range(..report).next_back(), self.hits.iter().next_back())
        };
        match beyond {
            Some(entry) => Some((first(entry), false)),
            None => round.map(|entry| (first(entry), true)),
        }
    }

    /// Which number among all hits found so far the current one has, counted from 1.
    pub fn ordinal(&self) -> Option<u64> {
        let (report, index) = self.current?;
        let before: usize = self.hits.range(..report).map(|(_, spans)| spans.len()).sum();
        Some((before + index + 1) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::DocumentId;

    fn id(index: u32) -> ReportId {
        ReportId { document: DocumentId(0), index }
    }

    fn found(index: u32, starts: &[u32]) -> ReportHits {
        ReportHits { report: id(index), spans: starts.iter().map(|&s| Span::new(s, s + 3)).collect() }
    }

    #[test]
    fn stale_chunks_are_dropped_and_old_hits_stay_until_the_first_answer() {
        let corpus = Corpus::default();
        let mut search = Search::default();
        let one = search.begin(Query::parse("水"));
        assert!(search.take(one, &corpus, vec![found(0, &[3])]));
        let two = search.begin(Query::parse("水库"));
        assert_eq!(search.hits_in(id(0)).len(), 1, "nothing flickers");
        assert!(!search.take(one, &corpus, vec![found(1, &[9])]));
        assert!(!search.end(one));
        assert!(search.take(two, &corpus, vec![found(2, &[6])]));
        assert!(search.hits_in(id(0)).is_empty());
        assert!(search.end(two) && !search.running);
        search.begin(None);
        assert!(search.hits_in(id(2)).is_empty());
    }

    #[test]
    fn hits_are_walked_across_reports_and_round() {
        let mut search = Search::default();
        let seq = search.begin(Query::parse("水"));
        search.take(seq, &Corpus::default(), vec![found(1, &[10, 40]), found(3, &[5])]);
        let cases = [
            (1, 0, true, false, Some(((id(1), 0), false))),
            (1, 10, true, false, Some(((id(1), 0), false))),
            (1, 10, true, true, Some(((id(1), 1), false))),
            (1, 40, true, true, Some(((id(3), 0), false))),
            (3, 5, true, true, Some(((id(1), 0), true))),
            (3, 5, false, true, Some(((id(1), 1), false))),
            (1, 10, false, true, Some(((id(3), 0), true))),
            (2, 0, true, true, Some(((id(3), 0), false))),
        ];
        for (report, offset, forward, strictly, want) in cases {
            assert_eq!(search.next(id(report), offset, forward, strictly), want, "{report} {offset} {forward}");
        }
        search.current = Some((id(3), 0));
        assert_eq!(search.ordinal(), Some(3));
        assert_eq!(Search::default().next(id(0), 0, true, true), None);
    }
}
