//! What views show: the answers to questions, the occurrences behind a figure.
//!
//! In: requests. Out: events. Does not know about: how anything is drawn, what any question is about.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};

use super::term_worker::{CountResources, Counter, PACE, count_all};
use super::wording_worker::{prepare_sections, prepare_wording};
use crate::analysis::{Cancelled, Context, Question, Unanswered, figure_occurrences};
use crate::app::Event;
use crate::app::views::request::{ViewAnswer, ViewQuestion, ViewRequest};
use crate::corpus::Corpus;
use crate::index::comparison_indexes::ComparisonIndexes;
use crate::index::groups::Groups;
use crate::index::terms::{CountContext, TermOptions};
use crate::table::Table;
use crate::text::Lang;

/// Rows that are shown; nobody scrolls further.
pub(super) const ROWS: usize = 2_000;

impl Counter {
    /// Answers a view. What is no longer there is answered with nothing in it, so that nobody waits.
    pub fn answer_view(
        &self,
        request: &ViewRequest,
        refused: &(dyn Fn(&str) -> bool + Sync),
        is_cancelled: Cancelled<'_>,
        post: &mut dyn FnMut(Event),
    ) {
        let (corpus, comparison) = (&request.corpus, &request.comparison);
        let resources = self.resources(corpus);
        let (groups, lang) = (&*request.groups, request.lang);
        let answer = match &request.ask {
            ViewQuestion::Figure(evidence) => {
                let options = self.options(comparison.layers);
                let count_context = resources.count_context(corpus, &options);
                let context = self.context((count_context, &resources.indexes), (groups, refused), lang);
                let opened = count_all(&count_context, is_cancelled, post)
                    .and_then(|()| figure_occurrences(&context, evidence, &comparison.reference, is_cancelled));
                ViewAnswer::Figure(Arc::new(opened.unwrap_or_default()))
            }
            ViewQuestion::Answer(question) => {
                let answered = self.table(question, (&resources, corpus), (groups, refused), lang, is_cancelled, post);
                ViewAnswer::Answer(match answered {
                    Ok(table) => {
                        // The grid is made here: between two keys there is no time.
                        table.pivot();
                        Ok(Arc::new(table))
                    }
                    Err(Unanswered::Cancelled) => Err(String::new()),
                    Err(Unanswered::Nothing(why) | Unanswered::Wrong(why)) => Err(why),
                })
            }
        };
        if is_cancelled() {
            return;
        }
        post(Event::View { seq: request.seq, answer });
        // Counts may be the first of this corpus.
        self.store(&resources, corpus, post);
    }

    /// The answer to a question of the screen.
    pub(super) fn table(
        &self,
        question: &Question,
        (resources, corpus): (&CountResources, &Corpus),
        (groups, refused): (&Groups, &(dyn Fn(&str) -> bool + Sync)),
        lang: Lang,
        is_cancelled: Cancelled<'_>,
        post: &mut dyn FnMut(Event),
    ) -> Result<Table, Unanswered> {
        let options = self.options_of(question);
        let count_context = resources.count_context(corpus, &options);
        if question.analysis().counts_words() {
            count_all(&count_context, is_cancelled, post).ok_or(Unanswered::Cancelled)?;
        }
        let mut tell = |counted: usize, all: usize| post(Event::Counting { counted, all });
        if question.analysis().compares_wording() {
            prepare_wording(resources, corpus, is_cancelled, &mut tell).ok_or(Unanswered::Cancelled)?;
        }
        if question.analysis().compares_sections() {
            prepare_sections(resources, corpus, is_cancelled, &mut tell).ok_or(Unanswered::Cancelled)?;
        }
        let context = self.context((count_context, &resources.indexes), (groups, refused), lang);
        if !question.analysis().compares_wording() {
            return question.run(&context, is_cancelled);
        }
        // Looking through all reports takes long too: how far it has come is told meanwhile.
        resources.indexes.progress.begin(0);
        std::thread::scope(|scope| {
            let (ended, waiting) = mpsc::channel::<()>();
            let answering = scope.spawn(move || {
                let _ended = ended;
                question.run(&context, is_cancelled)
            });
            while waiting.recv_timeout(PACE) == Err(RecvTimeoutError::Timeout) {
                let (counted, all) = resources.indexes.progress.told();
                tell(counted, all);
            }
            answering.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    fn options_of(&self, question: &Question) -> TermOptions {
        question.options(self.stops())
    }

    fn context<'c>(
        &'c self,
        (count_context, indexes): (CountContext<'c>, &'c ComparisonIndexes),
        (groups, refused): (&'c Groups, &'c (dyn Fn(&str) -> bool + Sync)),
        lang: Lang,
    ) -> Context<'c> {
        let indicators = self.indicators();
        Context { count_context, indexes, groups, indicators, refused, lang, rows: ROWS }
    }
}
