//! Counts that were made once. In: reports. Out: their tables and the corpus's totals, shared.
//! Refuses to know: scopes, figures.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Segmenter;
use super::tabulate::{Part, tabulate};
use crate::corpus::{Corpus, ReportId};

/// A word of the vocabulary. Numbers differ from run to run: nothing a user sees may depend on them.
pub type WordId = u32;

/// Words with their counts, by ascending word.
pub type WordCounts = Box<[(WordId, u32)]>;

/// The counts of a part of a text: a section, a report.
#[derive(Debug, Clone, Default)]
pub struct PartCounts {
    /// Its 汉字.
    pub han: u64,
    /// Its words.
    pub words: WordCounts,
}

/// Sums over the first reports of a corpus.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    /// How many reports are summed up.
    pub reports: usize,
    /// Their 汉字.
    pub han: u64,
    /// Occurrences of every word, by its number.
    pub counts: Vec<u64>,
    /// Reports that have it, by its number.
    pub ranges: Vec<u32>,
}

/// Keeps the counts of reports, so that following the reader costs nothing twice.
///
/// Belongs to one corpus (and what it grows into while loading goes on) and to one segmenter: with another of either,
/// begin with a new cache. Can be shared between threads.
#[derive(Debug, Default)]
pub struct TermCache {
    vocabulary: RwLock<Vocabulary>,
    reports: Mutex<FxHashMap<ReportId, Arc<PartCounts>>>,
    /// The report that was opened last, part by part.
    opened: Mutex<Option<(ReportId, Arc<[PartCounts]>)>>,
    totals: Mutex<Arc<Totals>>,
}

#[derive(Debug, Default)]
pub struct Vocabulary {
    words: Vec<Arc<str>>,
    ids: FxHashMap<Arc<str>, WordId>,
}

impl Vocabulary {
    /// The word of a number that this vocabulary gave.
    pub fn word(&self, id: WordId) -> &str {
        self.words.get(id as usize).map_or("", |word| word)
    }
}

/// A lock whose holder panicked holds data that is still whole: every change here is one insertion.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl TermCache {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many reports have been counted: the progress of a pass over the corpus.
    pub fn counted(&self) -> usize {
        lock(&self.reports).len()
    }

    pub(super) fn vocabulary(&self) -> RwLockReadGuard<'_, Vocabulary> {
        self.vocabulary.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The counts of a report, part by part; `None` if there is no such report or `cancelled` says stop.
    pub(super) fn parts(
        &self,
        corpus: &Corpus,
        id: ReportId,
        segmenter: &Segmenter,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Arc<[PartCounts]>> {
        if let Some((opened, parts)) = &*lock(&self.opened)
            && *opened == id
        {
            return Some(Arc::clone(parts));
        }
        let (document, report) = corpus.report(id)?;
        let parts = tabulate(document, report, segmenter, cancelled)?;
        let parts: Arc<[PartCounts]> =
            parts.iter().map(|part| PartCounts { han: part.han, words: self.number(&part.words) }).collect();
        *lock(&self.opened) = Some((id, Arc::clone(&parts)));
        Some(parts)
    }

    /// The counts of whole reports, made on all cores where they are not there yet, in the order of `ids`.
    ///
    /// `None` once `cancelled` says so; what was counted until then is kept.
    pub(super) fn reports(
        &self,
        corpus: &Corpus,
        ids: &[ReportId],
        segmenter: &Segmenter,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Arc<PartCounts>>> {
        let known: Vec<Option<Arc<PartCounts>>> = {
            let reports = lock(&self.reports);
            ids.iter().map(|id| reports.get(id).cloned()).collect()
        };
        // A few at a time, so that a search that comes in between gets a thread soon.
        let few = 2 * rayon::current_num_threads();
        let mut counts = Vec::with_capacity(ids.len());
        for (ids, known) in ids.chunks(few).zip(known.chunks(few)) {
            let made: Option<Vec<Arc<PartCounts>>> = if known.iter().all(Option::is_some) {
                known.iter().cloned().collect()
            } else {
                let pairs = ids.par_iter().zip(known);
                pairs
                    .map(|(&id, known)| known.clone().or_else(|| self.count(corpus, id, segmenter, cancelled)))
                    .collect()
            };
            counts.extend(made?);
        }
        Some(counts)
    }

    fn count(
        &self,
        corpus: &Corpus,
        id: ReportId,
        segmenter: &Segmenter,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Arc<PartCounts>> {
        let (document, report) = corpus.report(id)?;
        let mut parts = tabulate(document, report, segmenter, cancelled)?.into_iter();
        let mut whole = parts.next().unwrap_or_default();
        for Part { han, words } in parts {
            whole.han += han;
            words.into_iter().for_each(|(word, count)| *whole.words.entry(word).or_default() += count);
        }
        let counts = Arc::new(PartCounts { han: u64::from(report.han), words: self.number(&whole.words) });
        lock(&self.reports).insert(id, Arc::clone(&counts));
        Some(counts)
    }

    /// Sums over all reports of `corpus`; `None` once `cancelled` says so. Only reports that are new are added.
    pub(super) fn totals(
        &self,
        corpus: &Corpus,
        segmenter: &Segmenter,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Arc<Totals>> {
        let mut totals = Arc::clone(&lock(&self.totals));
        if totals.reports >= corpus.report_count() {
            return Some(totals);
        }
        let new: Vec<ReportId> = corpus.reports().skip(totals.reports).map(|(id, ..)| id).collect();
        let sum = Arc::make_mut(&mut totals);
        for counts in self.reports(corpus, &new, segmenter, cancelled)? {
            sum.add(&counts);
        }
        *lock(&self.totals) = Arc::clone(&totals);
        Some(totals)
    }

    /// The words as numbers of the vocabulary, which takes in new ones.
    fn number(&self, words: &FxHashMap<&str, u32>) -> WordCounts {
        let mut numbered = Vec::with_capacity(words.len());
        let mut new = Vec::new();
        {
            let vocabulary = self.vocabulary();
            for (&word, &count) in words {
                match vocabulary.ids.get(word) {
                    Some(&id) => numbered.push((id, count)),
                    None => new.push((word, count)),
                }
            }
        }
        if !new.is_empty() {
            let mut vocabulary = self.vocabulary.write().unwrap_or_else(PoisonError::into_inner);
            let Vocabulary { words, ids } = &mut *vocabulary;
            for (word, count) in new {
                // Another thread may have taken it in since.
                let id = ids.get(word).copied().unwrap_or_else(|| {
                    let id = WordId::try_from(words.len()).unwrap_or(WordId::MAX);
                    let word: Arc<str> = word.into();
                    words.push(Arc::clone(&word));
                    ids.insert(word, id);
                    id
                });
                numbered.push((id, count));
            }
        }
        numbered.sort_unstable();
        numbered.into_boxed_slice()
    }
}

impl Totals {
    fn add(&mut self, report: &PartCounts) {
        self.reports += 1;
        self.han += report.han;
        let len = report.words.last().map_or(0, |(id, _)| *id as usize + 1).max(self.counts.len());
        self.counts.resize(len, 0);
        self.ranges.resize(len, 0);
        for &(id, count) in &report.words {
            self.counts[id as usize] += u64::from(count);
            self.ranges[id as usize] += 1;
        }
    }
}
