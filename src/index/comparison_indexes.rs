//! The indexes that comparing reports takes. In: a corpus. Out: an index of its sections, one of its shared wording, each made
//! when it is first asked for and then kept. Does not know about: what is compared, files.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::passages::PassageIndex;
use super::sections::SectionIndex;
use crate::corpus::Corpus;

/// The indexes of one corpus. Whoever has another corpus makes another.
#[derive(Debug, Default)]
pub struct ComparisonIndexes {
    sections: Mutex<Option<Arc<SectionIndex>>>,
    passages: Mutex<Option<Arc<PassageIndex>>>,
}

fn locked<T>(slot: &Mutex<T>) -> MutexGuard<'_, T> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ComparisonIndexes {
    /// None made yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The sections of `corpus`; `None` once `cancelled` says so. Who asks while another makes it waits for that one.
    pub fn sections(&self, corpus: &Corpus, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Arc<SectionIndex>> {
        let mut slot = locked(&self.sections);
        if slot.is_none() {
            *slot = SectionIndex::new(corpus, cancelled).map(Arc::new);
        }
        slot.clone()
    }

    /// The shared wording of `corpus`; `None` once `cancelled` says so. `progress` is told how many of how many reports are
    /// done.
    pub fn passages(
        &self,
        corpus: &Corpus,
        progress: &(dyn Fn(usize, usize) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Arc<PassageIndex>> {
        let mut slot = locked(&self.passages);
        if slot.is_none() {
            *slot = PassageIndex::new(corpus, progress, cancelled).map(Arc::new);
        }
        slot.clone()
    }

    /// The shared wording, if it was made.
    pub fn made_passages(&self) -> Option<Arc<PassageIndex>> {
        locked(&self.passages).clone()
    }

    /// Takes an index that was made before, of a corpus of the same text.
    pub fn keep_passages(&self, index: Arc<PassageIndex>) {
        *locked(&self.passages) = Some(index);
    }
}
