//! Counts that were made once. In: reports. Out: their tables and the corpus's totals, shared.
//! Does not know about: scopes, figures.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Segmenter;
use super::counts::{PartCounts, Totals, Vocabulary, WordCounts, WordId, WordSet};
use super::stored::{self, CacheFault, Digest, Stored};
use super::tabulate::{tabulate, tabulate_whole};
use crate::corpus::{Corpus, Document, KeptBytes, PlaceId, Report, ReportId};
use crate::index::scope::ScopePiece;

/// What an earlier run counted, and the words of it by their numbers there.
type Remembered = Arc<(Stored, Vec<WordId>)>;

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
    /// The words of every place that the totals hold.
    place_words: Mutex<FxHashMap<PlaceId, WordSet>>,
    /// Counts of earlier runs, and the numbers of their words.
    remembered: RwLock<Vec<Remembered>>,
    /// How many reports had to be counted because nothing was remembered of them.
    fresh: AtomicUsize,
}

/// So many reports are taken from what an earlier run left before it is asked whether to go on: a millisecond or two.
const RECALLED: usize = 512;

/// What earlier runs counted of a report.
fn recall(remembered: &[Remembered], digest: Digest) -> Option<Arc<PartCounts>> {
    remembered.iter().rev().find_map(|part| part.0.counts(digest, &part.1)).map(Arc::new)
}

/// Whether an earlier run counted a report.
fn has(remembered: &[Remembered], digest: Digest) -> bool {
    remembered.iter().any(|part| part.0.has(digest))
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
        let known = self.recalled(corpus, ids, known, cancelled)?;
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
        let whole = tabulate_whole(document, report, segmenter, &|_| true, cancelled)?;
        self.fresh.fetch_add(1, Ordering::Relaxed);
        let counts = Arc::new(PartCounts { han: u64::from(report.han), words: self.number(&whole.words) });
        lock(&self.reports).insert(id, Arc::clone(&counts));
        Some(counts)
    }

    fn remembered(&self) -> Vec<Remembered> {
        self.remembered.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Fills what is not `known` of `ids` with what an earlier run left, on all cores; `None` once `cancelled` says so.
    fn recalled(
        &self,
        corpus: &Corpus,
        ids: &[ReportId],
        mut known: Vec<Option<Arc<PartCounts>>>,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Option<Arc<PartCounts>>>> {
        // Nothing is digested in vain where nothing is remembered.
        let remembered = self.remembered();
        if remembered.is_empty() {
            return Some(known);
        }
        for (ids, known) in ids.chunks(RECALLED).zip(known.chunks_mut(RECALLED)) {
            if cancelled() {
                return None;
            }
            let look_up = |(id, known): (&ReportId, &mut Option<Arc<PartCounts>>)| {
                if known.is_none()
                    && let Some((document, report)) = corpus.report(*id)
                {
                    *known = recall(&remembered, stored::digest(document, id.index, report));
                }
            };
            ids.par_iter().zip(&mut *known).for_each(look_up);
            let found = ids.iter().zip(known).filter_map(|(id, counts)| Some((*id, Arc::clone(counts.as_ref()?))));
            lock(&self.reports).extend(found);
        }
        Some(known)
    }

    /// Whether the words of every report of `corpus` are counted, now or by an earlier run.
    pub fn knows(&self, corpus: &Corpus) -> bool {
        if self.counted() >= corpus.distinct_count() {
            return true;
        }
        let remembered = self.remembered();
        if remembered.is_empty() {
            return false;
        }
        let reports = lock(&self.reports);
        corpus.distinct().all(|(id, document, report)| {
            reports.contains_key(&id) || has(&remembered, stored::digest(document, id.index, report))
        })
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
    pub fn remember(&self, bytes: impl Into<KeptBytes>, segmenter: &Segmenter) -> Result<usize, CacheFault> {
        let stored = stored::decode(&bytes.into(), segmenter.fingerprint())?;
        let numbers: Vec<WordId> = {
            let mut vocabulary = self.vocabulary.write().unwrap_or_else(PoisonError::into_inner);
            stored.words().map(|word| vocabulary.take_in(word)).collect()
        };
        let known = stored.len();
        self.remembered.write().unwrap_or_else(PoisonError::into_inner).push(Arc::new((stored, numbers)));
        Ok(known)
    }

    /// Whether there is anything of an earlier run.
    pub fn remembers(&self) -> bool {
        !self.remembered().is_empty()
    }

    /// What was counted of `corpus`, for a later run: the same bytes for the same counts, whatever their order. `all` of it, or only what no
    /// earlier run left.
    pub fn to_bytes(&self, corpus: &Corpus, segmenter: &Segmenter, all: bool) -> Vec<u8> {
        let (reports, remembered) = (lock(&self.reports).clone(), self.remembered());
        let wanted = |(id, document, report): (ReportId, &Document, &Report)| {
            let digest = stored::digest(document, id.index, report);
            if !all && has(&remembered, digest) {
                return None;
            }
            let counts = reports.get(&id).cloned().or_else(|| recall(&remembered, digest))?;
            Some((digest, counts))
        };
        let counted: Vec<(Digest, Arc<PartCounts>)> =
            corpus.reports().filter_map(|(id, document, report)| wanted((id, document, report))).collect();
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
