//! Searching behind the screen: one folded form of the corpus for all searches, and what the last of them found.
//!
//! In: requests. Out: events. Does not know about: threads (see [`super::Engine`]), what is shown.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::analysis::Cancelled;
use crate::app::Event;
use crate::app::job::{HereRequest, KwicRequest, PinRequest, SearchRequest};
use crate::app::search::marks::Marks;
use crate::config::Config;
use crate::corpus::Corpus;
use crate::index::kwic::{Concordance, KwicOrder};
use crate::index::scope::Scope;
use crate::index::search::{Query, ReportCount, Search, SearchIndex, meant, search_outside};
use crate::index::terms::Segmenter;
use crate::store::FoldedFolder;

/// Answers everything that has to do with searching. Shared by threads.
#[derive(Debug, Default)]
pub struct Searcher {
    index: SearchIndex,
    config: Config,
    cache_dir: Option<PathBuf>,
    /// Whether what earlier runs left was taken in.
    opened: Mutex<bool>,
    last: Mutex<Option<CountedSearch>>,
    listed: Mutex<Option<(ListedHits, Arc<Concordance>)>>,
}

/// What a list was made of: the search, how many reports it had found, the order.
type ListedHits = (u64, usize, KwicOrder);

/// A search that came to its end.
#[derive(Debug, Clone)]
struct CountedSearch {
    /// Known again, not held: whoever keeps a snapshot of the corpus keeps the next from being let go.
    corpus: Weak<Corpus>,
    query: Query,
    counts: Arc<Vec<ReportCount>>,
}

impl CountedSearch {
    fn is_of(&self, corpus: &Arc<Corpus>) -> bool {
        Weak::as_ptr(&self.corpus) == Arc::as_ptr(corpus)
    }
}

impl Searcher {
    /// A searcher that knows no corpus yet; it keeps what it folds in `cache_dir` if the settings let it.
    pub fn new(config: &Config, cache_dir: Option<PathBuf>) -> Self {
        Self { config: config.clone(), cache_dir, ..Self::default() }
    }

    /// Where the forms of a corpus lie.
    fn folder_of(&self, corpus: &Corpus) -> Option<FoldedFolder> {
        FoldedFolder::of(corpus.roots(), &self.config, self.cache_dir.as_deref())
    }

    /// Makes room for a corpus, with what earlier runs left: reads no text.
    fn sync(&self, corpus: &Corpus) {
        self.index.sync(corpus);
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if !std::mem::replace(&mut *opened, true)
            && let Some(folder) = self.folder_of(corpus)
        {
            folder.open(&self.index);
        }
    }

    /// Counts the hits of every report; counts come in chunks. A longer query looks only where the one before was found.
    pub fn answer(&self, request: &SearchRequest, is_cancelled: Cancelled<'_>, post: &mut dyn FnMut(Event)) {
        let SearchRequest { seq, query, corpus } = request;
        self.sync(corpus);
        let search = Search::new(corpus, &self.index, query);
        let mut all = Vec::new();
        let mut take = |counts: Vec<ReportCount>| {
            all.extend_from_slice(&counts);
            post(Event::Counts { seq: *seq, counts });
        };
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let ended = match last.filter(|last| last.is_of(corpus) && query.narrows(&last.query)) {
            Some(last) => search.count_within(&last.counts, is_cancelled, &mut take),
            None => search.count(is_cancelled, &mut take),
        };
        if ended {
            let nothing = all.iter().all(|count: &ReportCount| count.hits == 0);
            let counted = CountedSearch { corpus: Arc::downgrade(corpus), query: query.clone(), counts: Arc::new(all) };
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(counted);
            post(Event::SearchEnded { seq: *seq });
            let hits = search_outside(corpus, query, is_cancelled).len();
            if !is_cancelled() {
                post(Event::SearchedOutside { seq: *seq, hits });
            }
            if nothing && let Some(meant) = meant(corpus, &self.index, query, is_cancelled) {
                post(Event::Meant { seq: *seq, meant });
            }
        }
    }

    /// Finds what is to be marked in one report.
    pub fn answer_here(&self, request: &HereRequest, is_cancelled: Cancelled<'_>, post: &mut dyn FnMut(Event)) {
        let HereRequest { seq, corpus, report, queries } = request;
        let Some(document) = corpus.document(report.document) else { return };
        for (slot, query) in queries {
            let Some(found) = Search::new(corpus, &self.index, query).found_until(*report, is_cancelled) else {
                return;
            };
            post(Event::Here { seq: *seq, slot: *slot, marks: Marks::new(document.text(), *report, &found) });
        }
    }

    /// Counts what is pinned, one query after another.
    pub fn answer_pins(&self, request: &PinRequest, is_cancelled: Cancelled<'_>, post: &mut dyn FnMut(Event)) {
        let PinRequest { seq, corpus, queries } = request;
        self.sync(corpus);
        for &(slot, ref query) in queries {
            let mut take = |counts| post(Event::PinCounts { seq: *seq, slot, counts, han: None });
            if !Search::new(corpus, &self.index, query).count(is_cancelled, &mut take) {
                return;
            }
            let Some(text) = Scope::of_query(query).extent(corpus, is_cancelled) else { return };
            let mut han = vec![0; corpus.places().len()];
            for piece in text.pieces() {
                let place = corpus.place_of(piece.report).and_then(|place| han.get_mut(place.0 as usize));
                place.into_iter().for_each(|sum: &mut u64| *sum += piece.han);
            }
            post(Event::PinCounts { seq: *seq, slot, counts: Vec::new(), han: Some(han) });
        }
    }

    /// Makes some lines of the list of hits in context; the list itself is kept for the next lines.
    pub fn answer_lines(&self, request: &KwicRequest, is_cancelled: Cancelled<'_>, post: &mut dyn FnMut(Event)) {
        let KwicRequest { corpus, query, counts, order, .. } = request;
        let search = Search::new(corpus, &self.index, query);
        let key = (request.search, counts.len(), *order);
        let kept = self.listed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let list = match kept.filter(|(listed, _)| *listed == key) {
            Some((_, list)) => list,
            None => {
                let words = matches!(order, KwicOrder::Left | KwicOrder::Right).then(Segmenter::get);
                let Some(list) = Concordance::new(corpus, &search, counts, *order, words, is_cancelled) else { return };
                let list = Arc::new(list);
                *self.listed.lock().unwrap_or_else(PoisonError::into_inner) = Some((key, Arc::clone(&list)));
                list
            }
        };
        let followed = request.follow.and_then(|(report, offset)| {
            let before = search.hits_until(report, is_cancelled)?.partition_point(|hit| hit.span.start < offset);
            list.position(report, before)
        });
        let mut wanted = request.lines.clone();
        if let Some(at) = followed.filter(|at| !wanted.contains(at)) {
            let many = wanted.end - wanted.start;
            let first = at.saturating_sub(many / 2);
            wanted = first..first + many;
        }
        let lines = list.page(corpus, &search, wanted.clone(), request.chars);
        let (seq, first, total, by_word) = (request.seq, wanted.start, list.len(), list.is_by_word());
        post(Event::Lines { seq, first, total, followed, by_word, lines });
    }

    /// Folds the whole corpus, so that the first search need not.
    pub fn prepare(&self, corpus: &Corpus, is_cancelled: Cancelled<'_>) {
        self.sync(corpus);
        let kept = self.folder_of(corpus).map(|folder| folder.keep(&self.index, is_cancelled));
        // Where nothing can be kept, it is folded for this run; there is nothing for the user to do.
        if !matches!(kept, Some(Ok(true))) {
            self.index.build(is_cancelled);
        }
    }
}
