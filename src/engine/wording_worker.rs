//! Who else uses the wording of a paragraph: the index is made behind the screen, its progress told, then asked.
//!
//! In: requests. Out: events. Does not know about: threads (see [`super::Engine`]), what is shown.

use std::sync::{Arc, mpsc};
use std::time::Instant;

use super::term_worker::{CountResources, Counter, PACE};
use crate::analysis::reuse::Params;
use crate::analysis::{Cancelled, Question};
use crate::app::Event;
use crate::app::shared_wording::{WordingRequest, WordingSheet};
use crate::corpus::{Corpus, ReportId};
use crate::index::passages::{GUARANTEE, PassageIndex, PassageKind};
use crate::index::sections::SectionIndex;
use crate::table::Table;

/// Makes the index of shared wording if there is none yet, telling how far it has come; `None` once `cancelled` says so.
pub(super) fn prepare_wording(
    resources: &CountResources,
    corpus: &Corpus,
    cancelled: Cancelled<'_>,
    tell: &mut dyn FnMut(usize, usize),
) -> Option<Arc<PassageIndex>> {
    if let Some(made) = resources.indexes.made_passages() {
        return Some(made);
    }
    let make = |progress: &(dyn Fn(usize, usize) + Sync)| {
        if let Some(files) = &resources.wording {
            resources.indexes.begin_passages(files.open());
        }
        let made = resources.indexes.passages(corpus, progress, cancelled)?;
        // Where it cannot be kept it stays where it is.
        if let Some(kept) = resources.wording.as_ref().and_then(|files| files.keep(&made).ok().flatten()) {
            resources.indexes.keep_passages(Arc::new(kept));
        }
        Some(made)
    };
    told_at_a_pace(&make, tell)
}

/// Makes the index of sections if there is none yet, telling how far it has come; `None` once `cancelled` says so.
pub(super) fn prepare_sections(
    resources: &CountResources,
    corpus: &Corpus,
    cancelled: Cancelled<'_>,
    tell: &mut dyn FnMut(usize, usize),
) -> Option<Arc<SectionIndex>> {
    let make =
        |progress: &(dyn Fn(usize, usize) + Sync)| resources.indexes.sections_telling(corpus, progress, cancelled);
    told_at_a_pace(&make, tell)
}

/// Says how far work has come: steps done, of how many.
type Telling<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// What `make` makes on other threads; how far it has come is told on this one, not too often.
fn told_at_a_pace<T: Send>(
    make: &(dyn Fn(Telling<'_>) -> Option<T> + Sync),
    tell: &mut dyn FnMut(usize, usize),
) -> Option<T> {
    std::thread::scope(|scope| {
        let (done, told) = mpsc::channel();
        let made = scope.spawn(move || {
            let progress = |step: usize, all: usize| {
                let _ = done.send((step, all));
            };
            make(&progress)
        });
        let mut last = Instant::now();
        while let Ok((step, all)) = told.recv() {
            if last.elapsed() >= PACE {
                last = Instant::now();
                tell(step, all);
            }
        }
        made.join().ok().flatten()
    })
}

impl Counter {
    /// Answers the panel of shared wording: first what the paragraph shares, then how much of its report is its own.
    pub fn answer_wording(&self, request: &WordingRequest, cancelled: Cancelled<'_>, post: &mut dyn FnMut(Event)) {
        let (corpus, seq) = (&request.corpus, request.seq);
        let resources = self.resources(corpus);
        let index =
            prepare_wording(&resources, corpus, cancelled, &mut |done, all| post(Event::Indexing { done, all }));
        let Some(index) = index.filter(|_| !cancelled()) else { return };
        let refused = |_: &str| false;
        let ask = |summary: bool, post: &mut dyn FnMut(Event)| -> Option<Arc<Table>> {
            let params =
                Params { chosen: Some(request.paragraph), formulas: request.formulas, summary, ..Params::default() };
            let groups = &crate::index::groups::Groups::default();
            let question = Question::Reuse(params);
            let table = self.table(&question, (&resources, corpus), (groups, &refused), request.lang, cancelled, post);
            table.ok().map(Arc::new)
        };
        let mut sheet = marks(corpus, &index, request.paragraph);
        sheet.table = ask(false, post);
        if cancelled() {
            return;
        }
        let kept = resources.summaries.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        sheet.summary = kept.filter(|(report, _)| *report == request.paragraph.0).map(|(_, table)| table);
        let ended = sheet.summary.is_some();
        post(Event::Wording { seq, sheet: Arc::new(sheet.clone()), ended });
        if ended {
            return;
        }
        sheet.summary = ask(true, post);
        if cancelled() {
            return;
        }
        if let Some(table) = &sheet.summary {
            let mut kept = resources.summaries.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            *kept = Some((request.paragraph.0, Arc::clone(table)));
        }
        post(Event::Wording { seq, sheet: Arc::new(sheet), ended: true });
    }
}

/// Where in a paragraph stands what few share, and what many write.
fn marks(corpus: &Corpus, index: &PassageIndex, (report, line): (ReportId, u32)) -> WordingSheet {
    let mut sheet = WordingSheet::default();
    let own = corpus.original(report) == report;
    let Some(shared) = index.shared_at(corpus, report, line, GUARANTEE) else { return sheet };
    let Some((document, _)) = corpus.report(corpus.original(report)) else { return sheet };
    let length = shared.paragraph.letters.len();
    let mut few = vec![false; length];
    for passage in shared.passages.iter().filter(|passage| passage.kind == PassageKind::Reuse && !passage.own) {
        passage.equal.iter().for_each(|&(start, end)| few[start..end].fill(true));
    }
    let many: Vec<bool> = (0..length).map(|at| (shared.common[at] || shared.paragraph.cited[at]) && !few[at]).collect();
    let count = |marked: &[bool]| marked.iter().filter(|mark| **mark).count();
    sheet.letters = (length, count(&few), count(&many));
    let spans = |marked: &[bool]| {
        let mut spans = Vec::new();
        let mut at = 0;
        for run in marked.chunk_by(|a, b| a == b) {
            if run.first() == Some(&true) {
                spans.extend(shared.paragraph.spans(document, at, at + run.len()));
            }
            at += run.len();
        }
        spans
    };
    // A second print of the text stands elsewhere in another document: nothing is marked there.
    if own {
        (sheet.shared, sheet.common) = (spans(&few), spans(&many));
    }
    sheet
}
