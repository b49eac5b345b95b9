//! The workers: searching, counting, wrapping, away from the keys.
//!
//! In: requests. Out: events. Each kind has its own thread and desk, so that counting words never holds up a search.
//! The functions that answer are plain and public: tests call them without a thread.

use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock};

use super::desk::Desk;
use super::searching::Searcher;
use super::{Message, spawn};
use crate::app::event::{HereRequest, KwicRequest, PinRequest, SearchRequest, WrapRequest};
use crate::app::keywords::{Target, TermOrder, TermRequest, TermRow, TermSheet};
use crate::app::rows::lay_out;
use crate::app::{Effect, Event};
use crate::config::Config;
use crate::corpus::{Corpus, ReportId};
use crate::index::search::{Query, search_report};
use crate::index::terms::{
    KeywordOrder, KeywordTable, Scope, Segmenter, StopList, TermCache, TermOptions, count_scope, keywords,
};
use crate::text::Span;

/// Rows of a term sheet; nobody scrolls further, and the rest would only cost memory.
const SHEET: usize = 2_000;

/// Where a term stands in a report: request number, corpus, report, term.
type StripRequest = (u64, Arc<Corpus>, ReportId, String);

/// The threads that answer requests.
#[derive(Debug)]
pub(super) struct Crew {
    searches: Arc<Desk<SearchRequest>>,
    heres: Arc<Desk<HereRequest>>,
    pins: Arc<Desk<PinRequest>>,
    concordances: Arc<Desk<KwicRequest>>,
    indexes: Arc<Desk<Arc<Corpus>>>,
    terms: Arc<Desk<TermRequest>>,
    strips: Arc<Desk<StripRequest>>,
    wraps: Arc<Desk<WrapRequest>>,
}

impl Crew {
    /// Starts them; they end with the program.
    pub fn start(config: &Config, send: &Sender<Message>) -> Self {
        let crew = Self {
            searches: Arc::new(Desk::new()),
            heres: Arc::new(Desk::new()),
            pins: Arc::new(Desk::new()),
            concordances: Arc::new(Desk::new()),
            indexes: Arc::new(Desk::new()),
            terms: Arc::new(Desk::new()),
            strips: Arc::new(Desk::new()),
            wraps: Arc::new(Desk::new()),
        };
        let searcher = Arc::new(Searcher::new());
        let (desk, own) = (Arc::clone(&crew.searches), Arc::clone(&searcher));
        serve("search", send, desk, move |request, stale, post| own.answer(request, stale, post));
        let (desk, own) = (Arc::clone(&crew.heres), Arc::clone(&searcher));
        serve("here", send, desk, move |request, stale, post| own.answer_here(request, stale, post));
        let (desk, own) = (Arc::clone(&crew.pins), Arc::clone(&searcher));
        serve("pins", send, desk, move |request, stale, post| own.answer_pins(request, stale, post));
        let (desk, own) = (Arc::clone(&crew.concordances), Arc::clone(&searcher));
        serve("concordance", send, desk, move |request, stale, post| own.answer_lines(request, stale, post));
        let (desk, own) = (Arc::clone(&crew.indexes), searcher);
        serve("index", send, desk, move |corpus, stale, _| own.prepare(corpus, stale));
        let desk = Arc::clone(&crew.terms);
        let counter = Counter::new(config);
        serve("terms", send, desk, move |request, stale, post| counter.answer(request, stale, post));
        let desk = Arc::clone(&crew.strips);
        serve("strip", send, desk, |(seq, corpus, report, term), _, post| {
            post(Event::Strip { seq: *seq, spans: find_term(corpus, *report, term) });
        });
        let desk = Arc::clone(&crew.wraps);
        serve("wrap", send, desk, |request, _, post| answer_wrap(request, post));
        crew
    }

    /// Hands an effect to the worker it concerns; gives it back if it concerns none.
    pub fn take(&self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Search(request) => self.searches.put(request),
            Effect::StopSearch => self.searches.clear(),
            Effect::FindHere(request) => self.heres.put(request),
            Effect::CountPins(request) => self.pins.put(request),
            Effect::Concordance(request) => self.concordances.put(request),
            Effect::Index(corpus) => self.indexes.put(corpus),
            Effect::Terms(request) => self.terms.put(request),
            Effect::Strip { seq, corpus, report, term } => self.strips.put((seq, corpus, report, term)),
            Effect::Wrap(request) => self.wraps.put(request),
            other => return Some(other),
        }
        None
    }
}

/// Whether a newer request has come.
type Stale<'a> = &'a (dyn Fn() -> bool + Sync);

fn serve<R: Send + 'static>(
    name: &str,
    send: &Sender<Message>,
    desk: Arc<Desk<R>>,
    answer: impl Fn(&R, Stale<'_>, &mut dyn FnMut(Event)) + Send + 'static,
) {
    let post = send.clone();
    spawn(name, send, move || {
        loop {
            let (number, request) = desk.take();
            // A closed channel means the program is ending.
            answer(&request, &|| desk.is_stale(number), &mut |event| {
                let _ = post.send(Message::Event(event));
            });
        }
    });
}

/// Wraps a report.
pub fn answer_wrap(request: &WrapRequest, post: &mut dyn FnMut(Event)) {
    if let Some((document, report)) = request.corpus.report(request.report) {
        let rows = Arc::new(lay_out(document, report, request.width, request.ambiguous));
        post(Event::Wrapped { seq: request.seq, rows });
    }
}

/// Where a term stands in a report.
pub fn find_term(corpus: &Corpus, report: ReportId, term: &str) -> Vec<Span> {
    let found = corpus.report(report).zip(Query::parse(term));
    found.map(|((document, _), query)| search_report(document, report.index, &query)).unwrap_or_default()
}

/// Counts terms, with the user's words.
#[derive(Debug)]
pub struct Counter {
    words: Vec<String>,
    options: TermOptions,
    cache: TermCache,
    segmenter: OnceLock<Segmenter>,
}

impl Counter {
    /// A counter with the words of the settings. The dictionary is loaded by the first request.
    pub fn new(config: &Config) -> Self {
        let stops = StopList::default().with(&config.terms.stop_words);
        Self {
            words: config.terms.user_words.clone(),
            options: TermOptions { stops, ..TermOptions::default() },
            cache: TermCache::new(),
            segmenter: OnceLock::new(),
        }
    }

    /// Counts what is asked for: at once without keyness while the corpus has not been counted, then with it.
    pub fn answer(&self, request: &TermRequest, stale: Stale<'_>, post: &mut dyn FnMut(Event)) {
        let segmenter = self.segmenter.get_or_init(|| Segmenter::with_words(&self.words));
        let (corpus, target) = (&request.corpus, request.target);
        let scope = match target {
            Target::Section(report, section) => Scope::Section(report, section as usize),
            Target::Report(report) => Scope::Report(report),
            Target::Place(place) => Scope::Place(place),
            Target::Corpus => Scope::Corpus,
        };
        let mut give = |table: KeywordTable, compared: bool| {
            post(Event::Terms { seq: request.seq, sheet: Arc::new(sheet(table, request, compared)) });
        };
        if self.cache.counted() < corpus.distinct_count()
            && let Some(table) = count_scope(corpus, scope, segmenter, &self.options, &self.cache, stale)
        {
            give(table, false);
        }
        if let Some(table) = keywords(corpus, scope, segmenter, &self.options, &self.cache, stale) {
            give(table, true);
        }
    }
}

fn sheet(mut table: KeywordTable, request: &TermRequest, compared: bool) -> TermSheet {
    table.sort(match request.order {
        // The whole corpus has no rest to be compared with.
        TermOrder::Keyness if compared && request.target != Target::Corpus => KeywordOrder::Keyness,
        _ => KeywordOrder::Count,
    });
    let terms = table.rows.len();
    table.rows.truncate(SHEET);
    let row = |k: crate::index::terms::Keyword| TermRow {
        count: u32::try_from(k.count).unwrap_or(u32::MAX),
        rate: k.rate,
        g2: compared.then_some(k.g2),
        term: k.term,
    };
    TermSheet {
        target: request.target,
        order: request.order,
        han: table.scope_han,
        terms,
        rows: table.rows.into_iter().map(row).collect(),
    }
}
