//! The search that is on: its query, how often each report says it so far, the hits of the open report, the current hit.
//! Answers come in chunks, those to a request of before are dropped.
//!
//! In: a query, chunks of counts, the hits of one report. Out: hits of the open report, counts by report and place.
//! Does not know about: how matching works, threads.

use std::sync::Arc;

use crate::app::search::concordance::ConcordanceView;
use crate::app::search::marks::Marks;
use crate::app::search::pins::Pins;
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::search::{HitCounts, MeantQuery, Query, QueryError, QueryOptions, ReportCount};
use crate::text::Span;

/// Where reading goes once the hits of a large report are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Landing {
    /// To the hit with this number.
    Hit(usize),
    /// To the hit that begins at or after this byte.
    At(u32),
}

/// A switch of the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum SearchSwitch {
    /// Nothing is folded.
    Exact,
    /// Latin letters are pinyin.
    Pinyin,
    /// Repeated paragraphs count as well.
    Repeats,
}

/// The search that is on, if any.
#[derive(Debug, Default)]
pub struct SearchState {
    /// The queries that stay beside the one that is on.
    pub pins: Pins,
    /// The list of hits in context, while it stands in place of the page.
    pub concordance: Option<ConcordanceView>,
    /// Number of the last request for what is marked in a large report.
    pub(in crate::app) here_seq: u64,
    /// What is looked for.
    pub query: Option<Query>,
    /// How what is typed is read and compared.
    pub options: QueryOptions,
    /// Why what is typed cannot be understood; the query is then the last one that could.
    pub error: Option<QueryError>,
    /// Whether part of the corpus has not been seen yet.
    pub running: bool,
    /// Hits by place. While a newer query has not answered, those of the query before.
    pub counts: HitCounts,
    /// Occurrences in lines that belong to no report, once they have been looked through.
    pub outside: usize,
    /// The hit on which the reader stands: its report and its index there.
    pub current: Option<(ReportId, usize)>,
    /// What is marked in the open report, found at once where it is not large.
    pub here: Option<Marks>,
    /// Where reading goes once hits of the open report are there.
    pub(in crate::app) landing: Option<Landing>,
    /// What may be meant by the query that is on, which finds nothing.
    pub meant: Option<MeantQuery>,
    /// Reports with hits, in the order of the corpus.
    found: Arc<Vec<ReportCount>>,
    seq: u64,
    /// The report that was counted last.
    counted: Option<ReportId>,
    /// The next answer replaces what is shown.
    unanswered: bool,
}

impl SearchState {
    /// The search of the last run, to be begun when something is loaded.
    pub fn resume(query: Option<Query>, options: QueryOptions, pins: Pins) -> Self {
        Self { query, options, pins, ..Self::default() }
    }

    /// Begins another search (or none); returns its number. What was found stays visible until the first answer.
    pub fn begin(&mut self, query: Option<Query>) -> u64 {
        self.seq += 1;
        self.running = query.is_some();
        self.unanswered = true;
        self.current = None;
        self.landing = None;
        self.error = None;
        self.meant = None;
        self.query = query;
        if self.query.is_none() {
            self.clear();
        }
        self.seq
    }

    fn clear(&mut self) {
        self.found = Arc::default();
        self.counts = HitCounts::default();
        self.counted = None;
        self.outside = 0;
        self.unanswered = false;
    }

    /// Takes a chunk of counts; says whether it belonged to the search that is on.
    pub fn take(&mut self, seq: u64, corpus: &Corpus, chunk: &[ReportCount]) -> bool {
        if seq != self.seq {
            return false;
        }
        if self.unanswered {
            self.clear();
        }
        self.counts.add_counts(corpus, chunk);
        self.counted = chunk.last().map(|count| count.report).or(self.counted);
        Arc::make_mut(&mut self.found).extend(chunk.iter().filter(|count| count.hits > 0));
        true
    }

    /// While it goes on: how many files of how many have been searched. Counts come in the order of the corpus.
    pub fn progress(&self, corpus: &Corpus) -> Option<(usize, usize)> {
        let counted = if self.unanswered { None } else { self.counted };
        self.running.then(|| (counted.map_or(0, |report| report.document.0 as usize + 1), corpus.documents().len()))
    }

    /// Takes how often the query stands in lines that belong to no report.
    pub const fn take_outside(&mut self, seq: u64, hits: usize) {
        if seq == self.seq {
            self.outside = hits;
        }
    }

    /// Takes what may be meant by a query that finds nothing, if it is the one that is on.
    pub fn suggest(&mut self, seq: u64, meant: MeantQuery) {
        if seq == self.seq {
            self.meant = Some(meant);
        }
    }

    /// Takes word that the whole corpus has been seen; says whether it was this search.
    pub fn end(&mut self, seq: u64) -> bool {
        if seq != self.seq {
            return false;
        }
        if self.unanswered {
            self.clear();
        }
        self.running = false;
        true
    }

    /// The number of the search that is on.
    pub const fn number(&self) -> u64 {
        self.seq
    }

    /// Whether the search that is on has not answered yet, so that what is known is of the one before.
    pub const fn is_unanswered(&self) -> bool {
        self.unanswered && self.running
    }

    /// How often each report says it, as far as is known, in the order of the corpus; only reports that do.
    pub const fn found(&self) -> &Arc<Vec<ReportCount>> {
        &self.found
    }

    /// The hits in the open report, in order; none of any other.
    pub fn hits_in(&self, report: ReportId) -> &[Span] {
        self.marks_in(report).map_or(&[], |marks| &marks.hits)
    }

    /// What is marked in the open report; nothing of any other.
    pub fn marks_in(&self, report: ReportId) -> Option<&Marks> {
        self.here.as_ref().filter(|marks| marks.report == report)
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
        let after = self.found.partition_point(|count| count.report <= report);
        let (beyond, round) = if forward {
            (self.found.get(after), self.found.first())
        } else {
            let before = self.found.partition_point(|count| count.report < report);
            (before.checked_sub(1).and_then(|i| self.found.get(i)), self.found.last())
        };
        let edge =
            |count: &ReportCount| (count.report, if forward { 0 } else { count.hits.saturating_sub(1) as usize });
        match beyond {
            Some(count) => Some((edge(count), false)),
            None => round.map(|count| (edge(count), true)),
        }
    }

    /// Which number among all hits found so far the current one has, counted from 1.
    pub fn ordinal(&self) -> Option<u64> {
        let (report, index) = self.current?;
        // The hits of a report printed twice are walked, but not among those counted.
        self.found.binary_search_by_key(&report, |count| count.report).ok()?;
        Some(self.hits_before(report) + index as u64 + 1)
    }

    /// Hits in all reports before this one, as far as is known.
    pub fn hits_before(&self, report: ReportId) -> u64 {
        let before = self.found.iter().take_while(|count| count.report < report);
        before.map(|count| u64::from(count.hits)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::DocumentId;
    use crate::index::search::{Hit, HitsOfReport};

    fn id(index: u32) -> ReportId {
        ReportId { document: DocumentId(0), index }
    }

    fn found(index: u32, hits: u32) -> ReportCount {
        ReportCount { report: id(index), hits, repeats: 0, furniture: 0 }
    }

    fn marks(report: u32, starts: &[u32]) -> Marks {
        let hit = |&start: &u32| Hit { span: Span::new(start, start + 3), continued: Vec::new() };
        let found = HitsOfReport { hits: starts.iter().map(hit).collect(), companions: Vec::new() };
        Marks::new("", id(report), &found)
    }

    #[test]
    fn late_chunks_are_dropped_and_old_counts_stay_until_the_first_answer() {
        let corpus = Corpus::default();
        let mut search = SearchState::default();
        let one = search.begin(Query::parse("水"));
        assert!(search.take(one, &corpus, &[found(0, 1)]));
        let two = search.begin(Query::parse("水库"));
        assert_eq!(search.counts.total, 1, "nothing flickers");
        assert!(!search.take(one, &corpus, &[found(1, 9)]));
        assert!(!search.end(one));
        assert!(search.take(
            two,
            &corpus,
            &[found(2, 6), ReportCount { report: id(3), hits: 0, repeats: 2, furniture: 0 }]
        ));
        assert_eq!((search.counts.total, search.counts.repeats, search.found().len()), (6, 2, 1));
        assert!(search.end(two) && !search.running);
        search.begin(None);
        assert_eq!((search.counts.total, search.found().len()), (0, 0));
    }

    #[test]
    fn hits_are_walked_across_reports_and_round() {
        let mut search = SearchState::default();
        let seq = search.begin(Query::parse("水"));
        search.take(seq, &Corpus::default(), &[found(1, 2), found(3, 1)]);
        let open = |report| match report {
            1 => Some(marks(1, &[10, 40])),
            3 => Some(marks(3, &[5])),
            _ => None,
        };
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
            search.here = open(report);
            assert_eq!(search.next(id(report), offset, forward, strictly), want, "{report} {offset} {forward}");
        }
        search.current = Some((id(3), 0));
        assert_eq!(search.ordinal(), Some(3));
        assert_eq!(SearchState::default().next(id(0), 0, true, true), None);
    }
}
