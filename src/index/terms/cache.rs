//! Counts that were made once. In: reports. Out: their tables and the corpus's totals, shared.
//! Does not know about: scopes, figures.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Segmenter;
use super::counts::{PartCounts, Totals, Vocabulary, WordCounts, WordId};
use super::stored::{self, CacheFault, Digest};
use super::tabulate::{tabulate, tabulate_whole};
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::scope::ScopePiece;

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
    /// The words of every place that the totals hold, ascending.
    place_words: Mutex<FxHashMap<PlaceId, Vec<WordId>>>,
    /// Counts of an earlier run, by the digest of what was counted.
    remembered: RwLock<FxHashMap<Digest, Arc<PartCounts>>>,
    /// How many reports had to be counted because nothing was remembered of them.
    fresh: AtomicUsize,
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
        let remembered = {
            let remembered = self.remembered.read().unwrap_or_else(PoisonError::into_inner);
            // Nothing is digested in vain where nothing is remembered.
            if remembered.is_empty() { None } else { remembered.get(&stored::digest(document, report)).cloned() }
        };
        let counts = match remembered {
            Some(counts) => counts,
            None => {
                let whole = tabulate_whole(document, report, segmenter, &|_| true, cancelled)?;
                self.fresh.fetch_add(1, Ordering::Relaxed);
                Arc::new(PartCounts { han: u64::from(report.han), words: self.number(&whole.words) })
            }
        };
        lock(&self.reports).insert(id, Arc::clone(&counts));
        Some(counts)
    }

    /// The counts of a piece that is neither a whole report nor a section. They are not kept.
    pub(super) fn count_piece(
        &self,
        corpus: &Corpus,
        piece: &ScopePiece,
        segmenter: &Segmenter,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<PartCounts> {
        let (document, report) = corpus.report(piece.report)?;
        let part = tabulate_whole(document, report, segmenter, &|stretch| piece.holds(stretch), cancelled)?;
        Some(PartCounts { han: part.han, words: self.number(&part.words) })
    }

    /// How many reports had to be counted so far because an earlier run left nothing about them: when it is not 0 after
    /// a pass over the corpus, what [`TermCache::to_bytes`] gives is worth keeping.
    pub fn fresh(&self) -> usize {
        self.fresh.load(Ordering::Relaxed)
    }

    /// Takes in what [`TermCache::to_bytes`] gave in an earlier run: how many reports it knows. Reports counted from
    /// now on are looked up by their content first.
    ///
    /// # Errors
    /// When the bytes are damaged, or made by another version, another lexicon or other user words; then nothing is
    /// taken in, and everything is counted anew.
    pub fn remember(&self, bytes: &[u8], segmenter: &Segmenter) -> Result<usize, CacheFault> {
        let stored = stored::decode(bytes, segmenter.fingerprint())?;
        let counts: FxHashMap<&str, u32> = stored.words.iter().map(|word| (*word, 0)).collect();
        self.number(&counts);
        let vocabulary = self.vocabulary();
        let ids: Vec<Option<WordId>> = stored.words.iter().map(|word| vocabulary.id(word)).collect();
        drop(vocabulary);
        let mut remembered = FxHashMap::default();
        for report in stored.reports {
            let word = |&(word, count): &(u32, u32)| Some(((*ids.get(word as usize)?)?, count));
            let words: Option<Vec<(WordId, u32)>> = report.words.iter().map(word).collect();
            let mut words = words.ok_or(CacheFault::Damaged)?;
            words.sort_unstable();
            remembered.insert(report.digest, Arc::new(PartCounts { han: report.han, words: words.into_boxed_slice() }));
        }
        let known = remembered.len();
        *self.remembered.write().unwrap_or_else(PoisonError::into_inner) = remembered;
        Ok(known)
    }

    /// What was counted of `corpus`, for a later run: the same bytes for the same counts, whatever their order.
    pub fn to_bytes(&self, corpus: &Corpus, segmenter: &Segmenter) -> Vec<u8> {
        let reports = lock(&self.reports).clone();
        let counted: Vec<(Digest, Arc<PartCounts>)> = corpus
            .reports()
            .filter_map(|(id, document, report)| {
                Some((stored::digest(document, report), Arc::clone(reports.get(&id)?)))
            })
            .collect();
        let vocabulary = self.vocabulary();
        stored::encode(&counted, &|id| vocabulary.word(id), segmenter.fingerprint())
    }

    /// Sums over all distinct reports of `corpus`; `None` once `cancelled` says so. Only reports that are new are added.
    pub(super) fn totals(
        &self,
        corpus: &Corpus,
        segmenter: &Segmenter,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Arc<Totals>> {
        let mut totals = Arc::clone(&lock(&self.totals));
        if totals.reports >= corpus.distinct_count() {
            return Some(totals);
        }
        let new: Vec<ReportId> = corpus.distinct().skip(totals.reports).map(|(id, ..)| id).collect();
        let counts = self.reports(corpus, &new, segmenter, cancelled)?;
        // Held to the end: two passes at once must not add a report twice.
        let mut kept = lock(&self.totals);
        if kept.reports != totals.reports {
            drop(kept);
            return self.totals(corpus, segmenter, cancelled);
        }
        let mut place_words = lock(&self.place_words);
        let sum = Arc::make_mut(&mut totals);
        for (id, counts) in new.into_iter().zip(&counts) {
            let known = corpus.place_of(id).map(|place| place_words.entry(place).or_default());
            sum.add(counts, known);
        }
        *kept = Arc::clone(&totals);
        Some(totals)
    }

    /// The words as numbers of the vocabulary, which takes in new ones.
    fn number<W: AsRef<str>>(&self, words: &FxHashMap<W, u32>) -> WordCounts {
        let mut numbered = Vec::with_capacity(words.len());
        let mut new = Vec::new();
        {
            let vocabulary = self.vocabulary();
            for (word, &count) in words {
                let word = word.as_ref();
                match vocabulary.id(word) {
                    Some(id) => numbered.push((id, count)),
                    None => new.push((word, count)),
                }
            }
        }
        if !new.is_empty() {
            let mut vocabulary = self.vocabulary.write().unwrap_or_else(PoisonError::into_inner);
            for (word, count) in new {
                // Another thread may have taken it in since.
                let id = vocabulary.take_in(word);
                numbered.push((id, count));
            }
        }
        numbered.sort_unstable();
        numbered.into_boxed_slice()
    }
}
