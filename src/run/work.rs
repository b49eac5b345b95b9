//! The workers: searching, counting, wrapping, away from the keys.
//!
//! In: requests. Out: events. Each kind has its own thread and desk, so that counting words never holds up a search.
//! The functions that answer are plain and public: tests call them without a thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Sender};

use super::counting::Counter;
use super::desk::{Desk, Stale};
use super::judging::Judge;
use super::searching::Searcher;
use super::watch::Switch;
use super::{Launch, Message, spawn};
use crate::app::event::{HereRequest, KwicRequest, PinRequest, SearchRequest, WrapRequest};
use crate::app::notice::Notice;
use crate::app::reading::rows::lay_out;
use crate::app::session::Session;
use crate::app::terms::keywords::TermRequest;
use crate::app::views::request::ViewRequest;
use crate::app::{Effect, Event};
use crate::config::PhraseDecision;
use crate::corpus::{Corpus, ReportId};
use crate::index::search::{Query, search_report};
use crate::store::session::Keeper;
use crate::text::Span;

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
    views: Arc<Desk<ViewRequest>>,
    /// No verdict may be lost, so they wait in a row, not on a desk.
    decisions: Sender<(String, PhraseDecision)>,
    wraps: Arc<Desk<WrapRequest>>,
    switch: Arc<Switch>,
    sessions: Arc<Desk<(u64, Session)>>,
    /// Sessions put down so far.
    kept: AtomicU64,
    /// Whether nothing may be written, copied or started.
    pub secure: bool,
}

impl Crew {
    /// Starts them; they end with the program.
    pub fn start(launch: &Launch, switch: Arc<Switch>, keeper: &Arc<Keeper>, send: &Sender<Message>) -> Self {
        let (decisions, judged) = mpsc::channel();
        let crew = Self {
            searches: Arc::new(Desk::new()),
            heres: Arc::new(Desk::new()),
            pins: Arc::new(Desk::new()),
            concordances: Arc::new(Desk::new()),
            indexes: Arc::new(Desk::new()),
            terms: Arc::new(Desk::new()),
            strips: Arc::new(Desk::new()),
            views: Arc::new(Desk::new()),
            decisions,
            wraps: Arc::new(Desk::new()),
            switch,
            sessions: Arc::new(Desk::new()),
            kept: AtomicU64::new(0),
            secure: launch.config.secure,
        };
        let (desk, keeper, lang) = (Arc::clone(&crew.sessions), Arc::clone(keeper), launch.lang);
        let told = AtomicBool::new(false);
        serve("session", send, desk, move |(number, session), _, post| {
            if let Err(why) = keeper.save(*number, session)
                && !told.swap(true, Ordering::Relaxed)
            {
                let words = lang.pick("阅读位置没有保存", "the reading position was not saved");
                post(Event::Notice(Notice::trouble(format!("{words}: {why}"))));
            }
        });
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
        let counter = Arc::new(Counter::new(&launch.config, launch.places.cache_dir.clone(), launch.lang));
        let judge = Arc::new(Judge::new(&launch.config, launch.lang));
        let own = Arc::clone(&counter);
        serve("terms", send, desk, move |request, stale, post| own.answer(request, stale, post));
        let desk = Arc::clone(&crew.views);
        let (own, known) = (Arc::clone(&counter), Arc::clone(&judge));
        serve("views", send, desk, move |request, stale, post| {
            own.answer_view(request, &|phrase| known.refuses(phrase), stale, post);
        });
        let post = send.clone();
        spawn("decisions", send, move || {
            for (phrase, decision) in judged {
                judge.take(&phrase, decision, &counter, &mut |event| {
                    let _ = post.send(Message::Event(event));
                });
            }
        });
        let desk = Arc::clone(&crew.strips);
        serve("strip", send, desk, |(seq, corpus, report, term), _, post| {
            post(Event::Strip { seq: *seq, spans: find_term(corpus, *report, term) });
        });
        let desk = Arc::clone(&crew.wraps);
        serve("wrap", send, desk, |request, _, post| answer_wrap(request, post));
        crew
    }

    /// Leaves the session to the next run, as it is now.
    pub fn keep(&self, session: Session) {
        self.sessions.put((1 + self.kept.fetch_add(1, Ordering::Relaxed), session));
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
            Effect::StopTerms => self.terms.clear(),
            Effect::View(request) => self.views.put(request),
            Effect::CancelView => self.views.clear(),
            Effect::Judge(phrase, decision) => {
                // The thread that keeps them ends with the program only.
                let _ = self.decisions.send((phrase, decision));
            }
            Effect::Strip { seq, corpus, report, term } => self.strips.put((seq, corpus, report, term)),
            Effect::Wrap(request) => self.wraps.put(request),
            Effect::Watch(on) => self.switch.turn(on),
            other => return Some(other),
        }
        None
    }
}

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
