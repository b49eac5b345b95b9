//! The searched forms of a corpus, made once and kept. In: a corpus that grows. Out: a [`FoldedText`] per report.
//! Does not know about: queries.
//!
//! Share one store (`Arc<SearchIndex>`) for one corpus. Nothing here waits for a lock while text is folded: a store can
//! be filled behind the screen while searches run; a search that meets a report not yet folded folds it and leaves it
//! here for the next one.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rayon::prelude::*;

use super::folded_text::FoldedText;
use crate::corpus::{Corpus, Document, ReportId};

/// The searched form of every report of a corpus: about as many bytes as the corpus itself.
#[derive(Debug, Default)]
pub struct SearchIndex {
    slots: RwLock<Arc<Vec<Arc<Slot>>>>,
}

/// The reports of one document, folded or not yet.
#[derive(Debug)]
struct Slot {
    document: Arc<Document>,
    reports: Box<[OnceLock<FoldedText>]>,
}

/// The documents a store knew at one moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Snapshot(Arc<Vec<Arc<Slot>>>);

impl SearchIndex {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes room for the documents that `corpus` has and the store does not know yet: cheap, folds nothing. A corpus
    /// grows; documents that took another's place are taken as new.
    pub fn sync(&self, corpus: &Corpus) {
        let mut slots = self.slots.write().unwrap_or_else(PoisonError::into_inner);
        let documents = corpus.documents();
        let is_of = |slot: &Arc<Slot>, document: &Arc<Document>| Arc::ptr_eq(&slot.document, document);
        if slots.len() == documents.len() && slots.iter().zip(documents).all(|(slot, d)| is_of(slot, d)) {
            return;
        }
        let slot_of = |document: &Arc<Document>| {
            let reports = document.reports.iter().map(|_| OnceLock::new()).collect();
            Arc::new(Slot { document: Arc::clone(document), reports })
        };
        let slots = Arc::make_mut(&mut slots);
        slots.truncate(documents.len());
        for (slot, document) in slots.iter_mut().zip(documents).filter(|(slot, d)| !is_of(slot, d)) {
            *slot = slot_of(document);
        }
        let known = slots.len();
        slots.extend(documents.iter().skip(known).map(slot_of));
    }

    /// Folds what is not folded yet, on all cores; stops within some milliseconds once `cancelled` says so. Returns
    /// whether everything is folded.
    pub fn build(&self, cancelled: &(dyn Fn() -> bool + Sync)) -> bool {
        let Snapshot(slots) = self.snapshot();
        // Small portions, so that a search that comes in between does not wait long for its cores.
        slots.chunks(8).all(|some| {
            let all: Vec<(&Slot, usize)> =
                some.iter().flat_map(|slot| (0..slot.reports.len()).map(move |i| (slot.as_ref(), i))).collect();
            all.par_iter().all(|(slot, index)| slot.prose(*index, cancelled).is_some())
        })
    }

    /// How many reports are folded, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        let Snapshot(slots) = self.snapshot();
        let all = slots.iter().flat_map(|slot| slot.reports.iter());
        all.fold((0, 0), |(folded, of), report| (folded + usize::from(report.get().is_some()), of + 1))
    }

    /// Bytes the folded forms take in memory.
    pub fn bytes(&self) -> usize {
        let Snapshot(slots) = self.snapshot();
        slots.iter().flat_map(|slot| slot.reports.iter()).filter_map(OnceLock::get).map(FoldedText::bytes).sum()
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot(Arc::clone(&self.slots.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Slot {
    /// The folded form of a report of this document, made now if it was not; `None` once `cancelled` says so.
    fn prose(&self, index: usize, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<&FoldedText> {
        let kept = self.reports.get(index)?;
        if let Some(prose) = kept.get() {
            return Some(prose);
        }
        let prose = FoldedText::new(&self.document, self.document.reports.get(index)?, false, &|| cancelled())?;
        Some(kept.get_or_init(|| prose))
    }
}

impl Snapshot {
    /// Hands the searched form of a report to `work`: the one kept here, or one made for this time only. `None` once
    /// `cancelled` says so, or if there is no such report.
    pub fn with_prose<T>(
        &self,
        corpus: &Corpus,
        id: ReportId,
        exact: bool,
        cancelled: &(dyn Fn() -> bool + Sync),
        work: impl FnOnce(&Arc<Document>, &FoldedText) -> T,
    ) -> Option<T> {
        let (document, report) = corpus.report(id)?;
        let slot = self.0.get(id.document.0 as usize).filter(|slot| !exact && Arc::ptr_eq(&slot.document, document));
        match slot {
            Some(slot) => Some(work(document, slot.prose(id.index as usize, cancelled)?)),
            None => Some(work(document, &FoldedText::new(document, report, exact, &|| cancelled())?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture;

    #[test]
    fn a_store_follows_its_corpus() {
        let mut corpus = fixture::corpus(vec![fixture::document("云和市", "甲")]);
        let store = SearchIndex::new();
        store.sync(&corpus);
        assert_eq!(store.progress(), (0, 1));
        assert!(store.build(&|| false));
        corpus.push(Arc::new(fixture::reports(&[("雾山县", "乙"), ("云和市", "丙")])));
        store.sync(&corpus);
        assert_eq!(store.progress(), (1, 3));
        assert!(!store.build(&|| true) || store.progress() == (3, 3));
        assert!(store.build(&|| false));
        assert!(store.progress() == (3, 3) && store.bytes() > 0);
        store.sync(&fixture::corpus(vec![fixture::document("云和市", "丁")]));
        assert_eq!(store.progress(), (0, 1));
    }
}
