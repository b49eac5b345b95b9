//! The indexes that comparing reports takes. In: a corpus. Out: an index of its sections, one of its shared wording, each made
//! when it is first asked for and then kept. Does not know about: what is compared, files.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::passages::{PassageIndex, PassagePart};
use super::sections::SectionIndex;
use crate::corpus::Corpus;

/// The indexes of one corpus. Whoever has another corpus makes another.
#[derive(Debug, Default)]
pub struct ComparisonIndexes {
    sections: Mutex<Option<Arc<SectionIndex>>>,
    passages: Mutex<Option<Arc<PassageIndex>>>,
    /// How far an answer has come that looks through all reports.
    pub progress: AnswerProgress,
    /// What earlier runs left of the shared wording.
    parts: Mutex<Vec<Arc<PassagePart>>>,
}

/// How far a long answer has come; whoever waits for it may look at any time.
#[derive(Debug, Default)]
pub struct AnswerProgress {
    done: AtomicUsize,
    all: AtomicUsize,
}

impl AnswerProgress {
    /// Begins anew: so many steps are to be done.
    pub fn begin(&self, all: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
    }

    /// One more step is done.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Steps done, and all of them; 0 and 0 where none was begun.
    pub fn told(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }
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
        self.sections_telling(corpus, &|_, _| (), cancelled)
    }

    /// The same; `progress` is told how many of how many reports are done.
    pub fn sections_telling(
        &self,
        corpus: &Corpus,
        progress: &(dyn Fn(usize, usize) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Arc<SectionIndex>> {
        let mut slot = locked(&self.sections);
        if slot.is_none() {
            *slot = SectionIndex::telling(corpus, progress, cancelled).map(Arc::new);
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
            let parts = locked(&self.parts).clone();
            *slot = PassageIndex::renewed(corpus, parts, progress, cancelled).map(Arc::new);
        }
        slot.clone()
    }

    /// Lets the shared wording, which is not made yet, begin with what earlier runs left.
    pub fn begin_passages(&self, parts: Vec<Arc<PassagePart>>) {
        *locked(&self.parts) = parts;
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
