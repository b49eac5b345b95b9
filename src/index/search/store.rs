//! The searched forms of a corpus, made once and kept. In: a corpus that grows. Out: a [`FoldedText`] per report.
//! Does not know about: queries.
//!
//! Share one store (`Arc<SearchIndex>`) for one corpus. Nothing here waits for a lock while text is folded: a store can
//! be filled behind the screen while searches run; a search that meets a report not yet folded folds it and leaves it
//! here for the next one.

use std::io::{self, Write};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rayon::prelude::*;

use super::folded_file::{FoldedFile, FoldedKey, FoldedWriter};
use super::folded_text::FoldedText;
use crate::corpus::{Corpus, Document, ReportId};

/// The searched form of every report of a corpus: about as many bytes as the corpus itself.
#[derive(Debug, Default)]
pub struct SearchIndex {
    slots: RwLock<Arc<Vec<Arc<Slot>>>>,
    /// What earlier runs left.
    files: RwLock<FoldedFiles>,
}

type FoldedFiles = Arc<Vec<Arc<FoldedFile>>>;

/// The reports of one document, folded or not yet.
#[derive(Debug)]
struct Slot {
    document: Arc<Document>,
    reports: Box<[OnceLock<FoldedText>]>,
    files: FoldedFiles,
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
        let files = self.files();
        let slot_of = |document: &Arc<Document>| Arc::new(Slot::new(document, &files));
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
        slots.chunks(PORTION).all(|some| {
            let all: Vec<(&Slot, usize)> =
                some.iter().flat_map(|slot| (0..slot.reports.len()).map(move |i| (slot.as_ref(), i))).collect();
            all.par_iter().all(|(slot, index)| slot.prose(*index, cancelled).is_some())
        })
    }

    fn files(&self) -> FoldedFiles {
        Arc::clone(&self.files.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on takes forms from `files` too. What was folded on the heap and stands there is let go.
    pub fn adopt(&self, files: impl IntoIterator<Item = FoldedFile>) {
        let mut all = self.files().as_ref().clone();
        all.extend(files.into_iter().map(Arc::new));
        let all = Arc::new(all);
        *self.files.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&all);
        let mut slots = self.slots.write().unwrap_or_else(PoisonError::into_inner);
        for slot in Arc::make_mut(&mut slots) {
            *slot = Arc::new(Slot::new(&slot.document, &all));
        }
    }

    /// How many bytes of text, about, no file has the forms of, of documents that can be recognised in another run.
    pub fn missing_bytes(&self) -> u64 {
        let Snapshot(slots) = self.snapshot();
        let lacks = |slot: &Slot| (0..slot.reports.len()).any(|index| slot.lacks(index).is_some());
        slots.iter().filter(|slot| lacks(slot)).map(|slot| slot.document.source.size() as u64).sum()
    }

    /// Writes a file with the forms that no file has, or, if `all`, with every form, so that it takes the place of all
    /// others. Folds on all cores what is not folded yet, keeps nothing of it. `None` once `cancelled` says so: the file is then
    /// of no use. Else how many forms it has.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_file(
        &self,
        out: &mut dyn Write,
        all: bool,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> io::Result<Option<usize>> {
        let (Snapshot(slots), mut written) = (self.snapshot(), 0);
        let mut writer = FoldedWriter::new(out)?;
        // Small portions, so that a search that comes in between does not wait long for its cores.
        for some in slots.chunks(PORTION) {
            if cancelled() {
                return Ok(None);
            }
            let forms = |slot: &Arc<Slot>| slot.forms(all, cancelled);
            let Some(forms) = some.par_iter().map(forms).collect::<Option<Vec<_>>>() else { return Ok(None) };
            for (key, form) in forms.into_iter().flatten() {
                writer.add(key, &form)?;
                written += 1;
            }
        }
        writer.end()?;
        Ok(Some(written))
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

/// Documents that are folded at once.
const PORTION: usize = 8;

impl Slot {
    fn new(document: &Arc<Document>, files: &FoldedFiles) -> Self {
        let reports = document.reports.iter().map(|_| OnceLock::new()).collect();
        Self { document: Arc::clone(document), reports, files: Arc::clone(files) }
    }

    fn key(&self, index: usize) -> Option<FoldedKey> {
        Some((self.document.source.identity()?, u32::try_from(index).ok()?))
    }

    /// The key of a report that no file has.
    fn lacks(&self, index: usize) -> Option<FoldedKey> {
        self.key(index).filter(|key| !self.files.iter().any(|file| file.has(*key)))
    }

    /// The form that a file has.
    fn kept(&self, index: usize) -> Option<FoldedText> {
        let key = self.key(index)?;
        self.files.iter().rev().find_map(|file| file.get(key))
    }

    /// The form of a report, from wherever it is had soonest, not kept here.
    fn form(&self, index: usize, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<FoldedText> {
        let at_hand = self.at_hand(index);
        at_hand.or_else(|| FoldedText::new(&self.document, self.document.reports.get(index)?, false, &|| cancelled()))
    }

    /// The form of a report, if it need not be made.
    fn at_hand(&self, index: usize) -> Option<FoldedText> {
        self.reports.get(index)?.get().cloned().or_else(|| self.kept(index))
    }

    /// The forms of reports that no file has, or of `all`, not kept here, and nothing of a text that was read for them.
    fn forms(&self, all: bool, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Vec<(FoldedKey, FoldedText)>> {
        let mut read: Option<Option<Document>> = None;
        let mut forms = Vec::new();
        for (index, report) in self.document.reports.iter().enumerate() {
            let Some(key) = (if all { self.key(index) } else { self.lacks(index) }) else { continue };
            let form = match self.at_hand(index) {
                Some(form) => form,
                None => {
                    let read = read.get_or_insert_with(|| self.document.for_now());
                    FoldedText::new(read.as_ref().unwrap_or(&self.document), report, false, &|| cancelled())?
                }
            };
            forms.push((key, form));
        }
        Some(forms)
    }

    /// The folded form of a report of this document, made now if it was not; `None` once `cancelled` says so.
    fn prose(&self, index: usize, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<&FoldedText> {
        let kept = self.reports.get(index)?;
        if let Some(prose) = kept.get() {
            return Some(prose);
        }
        let prose = self.form(index, cancelled)?;
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
