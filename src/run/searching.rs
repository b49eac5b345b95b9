//! Searching behind the screen: one folded form of the corpus for all searches, and what the last of them found.
//!
//! In: requests. Out: events. Refuses to know: threads (see [`super::work`]), what is shown.

use std::sync::{Arc, Mutex, PoisonError};

use crate::app::Event;
use crate::app::event::{KwicRequest, SearchRequest};
use crate::corpus::{Corpus, ReportId};
use crate::index::kwic::{Concordance, KwicOrder};
use crate::index::search::{Query, ReportCount, Search, SearchIndex, as_span};
use crate::index::terms::Segmenter;

/// Whether a newer request has come.
type Stale<'a> = &'a (dyn Fn() -> bool + Sync);

/// Answers everything that has to do with searching. Shared by threads.
#[derive(Debug, Default)]
pub struct Searcher {
    index: SearchIndex,
    last: Mutex<Option<Counted>>,
    listed: Mutex<Option<(Listed, Arc<Concordance>)>>,
}

/// What a list was made of: the search, how many reports it had found, the order.
type Listed = (u64, usize, KwicOrder);

/// A search that came to its end.
#[derive(Debug, Clone)]
struct Counted {
    corpus: Arc<Corpus>,
    query: Query,
    counts: Arc<Vec<ReportCount>>,
}

impl Searcher {
    /// A searcher that knows no corpus yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts the hits of every report; counts come in chunks. A longer query looks only where the one before was found.
    pub fn answer(&self, request: &SearchRequest, stale: Stale<'_>, post: &mut dyn FnMut(Event)) {
        let SearchRequest { seq, query, corpus } = request;
        self.index.sync(corpus);
        let search = Search::new(corpus, &self.index, query);
        let mut all = Vec::new();
        let mut take = |counts: Vec<ReportCount>| {
            all.extend_from_slice(&counts);
            post(Event::Counts { seq: *seq, counts });
        };
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let ended = match last.filter(|last| Arc::ptr_eq(&last.corpus, corpus) && query.narrows(&last.query)) {
            Some(last) => search.count_within(&last.counts, stale, &mut take),
            None => search.count(stale, &mut take),
        };
        if ended {
            let counted = Counted { corpus: Arc::clone(corpus), query: query.clone(), counts: Arc::new(all) };
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(counted);
            post(Event::SearchEnded { seq: *seq });
        }
    }

    /// Finds the hits of one report.
    pub fn answer_here(
        &self,
        request: &SearchRequest,
        report: ReportId,
        stale: Stale<'_>,
        post: &mut dyn FnMut(Event),
    ) {
        let SearchRequest { seq, query, corpus } = request;
        let Some(document) = corpus.document(report.document) else { return };
        if let Some(hits) = Search::new(corpus, &self.index, query).hits_until(report, stale) {
            let spans = hits.iter().map(|hit| as_span(document, hit)).collect();
            post(Event::Here { seq: *seq, report, spans });
        }
    }

    /// Makes some lines of the list of hits in context; the list itself is kept for the next lines.
    pub fn answer_lines(&self, request: &KwicRequest, stale: Stale<'_>, post: &mut dyn FnMut(Event)) {
        let KwicRequest { corpus, query, counts, order, .. } = request;
        let search = Search::new(corpus, &self.index, query);
        let key = (request.search, counts.len(), *order);
        let kept = self.listed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let list = match kept.filter(|(listed, _)| *listed == key) {
            Some((_, list)) => list,
            None => {
                let words = matches!(order, KwicOrder::Left | KwicOrder::Right).then(Segmenter::get);
                let Some(list) = Concordance::new(corpus, &search, counts, *order, words, stale) else { return };
                let list = Arc::new(list);
                *self.listed.lock().unwrap_or_else(PoisonError::into_inner) = Some((key, Arc::clone(&list)));
                list
            }
        };
        let lines = list.page(corpus, &search, request.lines.clone(), request.chars);
        post(Event::Lines { seq: request.seq, first: request.lines.start, total: list.len(), lines });
    }

    /// Folds the whole corpus, so that the first search need not.
    pub fn prepare(&self, corpus: &Corpus, stale: Stale<'_>) {
        self.index.sync(corpus);
        self.index.build(stale);
    }
}
