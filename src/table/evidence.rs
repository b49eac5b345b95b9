//! What stands behind a figure: the occurrences that it counts, or how to find exactly these. In: a term and a scope, or
//! spans. Out: occurrences in corpus order. Does not know about: figures, contexts, lists on a screen.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::corpus::ReportId;
use crate::index::collocates::open_collocate;
use crate::index::groups::{Groups, group_hits};
use crate::index::ngrams::open_ngram;
use crate::index::scope::{Extent, Reference};
use crate::index::search::{Query, Search, SearchIndex};
use crate::index::terms::{CountContext, Occurrence, open_reference, open_term};
use crate::index::trend::Counting;

/// What occurrences are found with.
#[derive(Clone, Copy)]
pub struct Sources<'c> {
    /// The corpus, and what counts as a word in it.
    pub count_context: CountContext<'c>,
    /// The keyword groups.
    pub groups: &'c Groups,
}

/// The occurrences behind a figure: these very ones, or a recipe that finds exactly them.
///
/// A new kind of figure whose occurrences are at hand needs no recipe of its own: [`Evidence::Occurrences`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// These.
    Occurrences {
        /// What they are occurrences of, for people.
        name: String,
        /// Themselves, in corpus order.
        occurrences: Vec<Occurrence>,
    },
    /// Those of a term.
    Term {
        /// The term.
        term: String,
        /// As a word, or also inside and across words.
        counting: Counting,
        /// Where.
        scope: Arc<Extent>,
    },
    /// Those of a term, as a word, in what a scope is compared with.
    Reference {
        /// The term.
        term: String,
        /// The scope.
        scope: Arc<Extent>,
        /// What it is compared with.
        reference: Reference,
    },
    /// Those of a word near a term.
    Near {
        /// The term.
        node: String,
        /// The word.
        word: String,
        /// Words to the left and right that are near.
        window: usize,
        /// Only those that stand before the nearest node.
        before: bool,
        /// Where.
        scope: Arc<Extent>,
    },
    /// Those of a run of words.
    Run {
        /// The words.
        words: Vec<String>,
        /// Where.
        scope: Arc<Extent>,
    },
    /// Hits of a query in some reports.
    Hits {
        /// The query.
        query: Arc<Query>,
        /// The reports.
        reports: Arc<[ReportId]>,
    },
    /// Hits of a keyword group.
    Group {
        /// Its number.
        group: usize,
        /// Its name.
        name: String,
        /// As words, or also inside them.
        counting: Counting,
        /// Only those that fall in another group too.
        shared: bool,
        /// Where.
        scope: Arc<Extent>,
    },
    /// Of other occurrences the first of every report, or of every place: what a number of reports or places counts.
    First {
        /// Of these.
        of: Box<Evidence>,
        /// Whether one of every place, not of every report.
        of_place: bool,
    },
}

impl Evidence {
    /// The first of every report: as many as there are reports with one.
    #[must_use]
    pub fn by_report(self) -> Self {
        Self::First { of: Box::new(self), of_place: false }
    }

    /// The first of every place.
    #[must_use]
    pub fn by_place(self) -> Self {
        Self::First { of: Box::new(self), of_place: true }
    }

    /// What the occurrences are of, for people.
    pub fn name(&self) -> String {
        match self {
            Self::Occurrences { name, .. } | Self::Group { name, .. } => name.clone(),
            Self::Term { term, .. } | Self::Reference { term, .. } => term.clone(),
            Self::Near { node, word, .. } => format!("{node} + {word}"),
            Self::Run { words, .. } => words.concat(),
            Self::First { of, .. } => of.name(),
            Self::Hits { query, .. } => query.text().to_owned(),
        }
    }

    /// Where they are looked for; `None` where they are at hand.
    pub fn scope(&self) -> Option<&Extent> {
        match self {
            Self::Occurrences { .. } | Self::Hits { .. } => None,
            Self::First { of, .. } => of.scope(),
            Self::Term { scope, .. }
            | Self::Reference { scope, .. }
            | Self::Near { scope, .. }
            | Self::Run { scope, .. }
            | Self::Group { scope, .. } => Some(scope),
        }
    }

    /// The occurrences, as many as the figure says, in corpus order. `None` once `cancelled` says so, or if the scope is
    /// not there any more.
    pub fn occurrences(&self, sources: Sources<'_>, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Occurrence>> {
        let count_context = &sources.count_context;
        Some(match self {
            Self::Occurrences { occurrences, .. } => occurrences.clone(),
            Self::Term { term, counting, scope } => {
                let found = open_term(count_context.corpus, scope, term, count_context.segmenter, cancelled)?;
                match counting {
                    Counting::Words => found.words,
                    Counting::Text => found.strings(),
                }
            }
            Self::Reference { term, scope, reference } => {
                open_reference(count_context.corpus, scope, reference, term, count_context.segmenter, cancelled)?.words
            }
            Self::Near { node, word, window, before, scope } => {
                let near = open_collocate(count_context, scope, node, word, *window, cancelled)?;
                let wanted = near.into_iter().filter(|n| !before || n.collocate.span.start < n.node.start);
                wanted.map(|near| near.collocate).collect()
            }
            Self::Hits { query, reports } => {
                let index = SearchIndex::new();
                let search = Search::new(count_context.corpus, &index, query);
                let mut all = Vec::new();
                for &report in reports.iter() {
                    let hits = search.hits_until(report, cancelled)?;
                    all.extend(hits.iter().map(|hit| Occurrence { report, span: hit.span }));
                }
                all.sort_unstable();
                all
            }
            Self::Run { words, scope } => open_ngram(count_context, scope, words, cancelled)?,
            Self::Group { group, counting, shared, scope, .. } => {
                let hits = group_hits(count_context, scope, sources.groups, *counting, cancelled)?;
                let own =
                    hits.into_iter().filter(|hit| hit.group == *group && (!shared || !hit.shared_with.is_empty()));
                own.map(|hit| Occurrence { report: hit.report, span: hit.span }).collect()
            }
            Self::First { of, of_place } => {
                let mut found = of.occurrences(sources, cancelled)?;
                let mut seen = FxHashSet::default();
                // A report without a place stands for itself.
                let key = |report| match count_context.corpus.place_of(report).filter(|_| *of_place) {
                    Some(place) => (Some(place), None),
                    None => (None, Some(report)),
                };
                found.retain(|one| seen.insert(key(one.report)));
                found
            }
        })
    }

    /// The report in which the first of them stands, where that is known without looking.
    pub fn report(&self) -> Option<ReportId> {
        match self {
            Self::Occurrences { occurrences, .. } => occurrences.first().map(|occurrence| occurrence.report),
            Self::Hits { reports, .. } => reports.first().copied(),
            _ => None,
        }
    }
}
