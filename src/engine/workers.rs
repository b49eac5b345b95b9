//! Who does which job.
//!
//! In: a job. Out: the events that answer it. Does not know about: threads.

use std::path::PathBuf;
use std::sync::Arc;

use crate::analysis::Cancelled;
use crate::app::job::{StripRequest, WrapRequest};
use crate::app::reading::rows::lay_out;
use crate::app::{Event, Job};
use crate::config::Config;
use crate::corpus::{Corpus, ReportId};
use crate::engine::export_worker::{CommandLine, export};
use crate::engine::search_worker::Searcher;
use crate::engine::term_worker::Counter;
use crate::engine::user_lexicon::UserLexicon;
use crate::index::search::{Query, search_report};
use crate::text::{Lang, Span};

/// Everything that answers jobs, and what it keeps between them.
#[derive(Debug)]
pub struct Workers {
    searcher: Searcher,
    counter: Counter,
    lexicon: UserLexicon,
    command_line: Option<CommandLine>,
}

impl Workers {
    /// Workers with the settings; counts are kept in `cache_dir`. The dictionary is loaded by the first job that needs it.
    pub fn new(config: &Config, cache_dir: Option<PathBuf>, lang: Lang) -> Self {
        Self {
            searcher: Searcher::new(config, cache_dir.clone()),
            counter: Counter::new(config, cache_dir, lang),
            lexicon: UserLexicon::new(config, lang),
            command_line: None,
        }
    }

    /// The same, able to answer command lines.
    #[must_use]
    pub fn answering(mut self, command_line: CommandLine) -> Self {
        self.command_line = Some(command_line);
        self
    }

    /// Does a job, unless `is_cancelled` says that nobody wants its answer any more.
    pub fn answer(&self, job: &Job, is_cancelled: Cancelled<'_>, post: &mut dyn FnMut(Event)) {
        match job {
            Job::Search(request) => self.searcher.answer(request, is_cancelled, post),
            Job::FindHere(request) => self.searcher.answer_here(request, is_cancelled, post),
            Job::CountPins(request) => self.searcher.answer_pins(request, is_cancelled, post),
            Job::Concordance(request) => self.searcher.answer_lines(request, is_cancelled, post),
            Job::Index(corpus) => self.searcher.prepare(corpus, is_cancelled),
            Job::Terms(request) => self.counter.answer(request, is_cancelled, post),
            Job::Wording(request) => self.counter.answer_wording(request, is_cancelled, post),
            Job::View(request) => {
                let refused = |phrase: &str| self.lexicon.refuses(phrase);
                self.counter.answer_view(request, &refused, is_cancelled, post);
            }
            Job::Decide(phrase, decision) => self.lexicon.take(phrase, *decision, &self.counter, post),
            Job::Strip(StripRequest { seq, corpus, report, term }) => {
                post(Event::Strip { seq: *seq, spans: find_term(corpus, *report, term) });
            }
            Job::Wrap(request) => answer_wrap(request, post),
            Job::Export(request) => export(request, self.command_line, is_cancelled, post),
        }
    }
}

/// Wraps a report.
fn answer_wrap(request: &WrapRequest, post: &mut dyn FnMut(Event)) {
    if let Some((document, report)) = request.corpus.report(request.report) {
        let rows = Arc::new(lay_out(document, report, request.width, request.ambiguous));
        post(Event::Wrapped { seq: request.seq, rows });
    }
}

/// Where a term stands in a report.
fn find_term(corpus: &Corpus, report: ReportId, term: &str) -> Vec<Span> {
    let found = corpus.report(report).zip(Query::parse(term));
    found.map(|((document, _), query)| search_report(document, report.index, &query)).unwrap_or_default()
}
