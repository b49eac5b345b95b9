//! The panel of shared wording: who else uses the words of the paragraph being read, how much of the report is its own.
//!
//! In: the paragraph being read, answers of the worker. Out: requests, rows, marks. Does not know about: how passages are found.

use std::sync::Arc;

use crate::app::screen::scroll::Selection;
use crate::corpus::{Corpus, ReportId};
use crate::index::terms::Occurrence;
use crate::table::{Cell, Evidence, Table};
use crate::text::{Lang, Span};

/// What the worker is asked: who else uses the wording of a paragraph.
#[derive(Debug, Clone)]
pub struct WordingRequest {
    /// Number of this request.
    pub seq: u64,
    /// The corpus.
    pub corpus: Arc<Corpus>,
    /// The paragraph: its report, and the source line where it begins.
    pub paragraph: (ReportId, u32),
    /// Whether wording of many places is wanted too.
    pub formulas: bool,
    /// In which language things are worded.
    pub lang: Lang,
}

/// The answer.
#[derive(Debug, Clone, Default)]
pub struct WordingSheet {
    /// Its passages, as `yilan reuse --at` prints them; none where the line is in no paragraph that is compared.
    pub table: Option<Arc<Table>>,
    /// The row of its report in `yilan reuse --summary`, once it is there.
    pub summary: Option<Arc<Table>>,
    /// Where in the paragraph stands what few share.
    pub shared: Vec<Span>,
    /// Where in it stands what many places write, titles and citations among it.
    pub common: Vec<Span>,
    /// Letters of the paragraph, those that few share, those that many places write.
    pub letters: (usize, usize, usize),
}

/// What was asked for last: paragraph, with formulas or not, how often the corpus was replaced.
type AskedWording = ((ReportId, u32), bool, u64);

/// The panel.
#[derive(Debug, Default)]
pub struct WordingPanel {
    /// Whether it is shown in place of the keywords.
    pub open: bool,
    /// What was last heard.
    pub sheet: Option<Arc<WordingSheet>>,
    /// The rows of the table in the order of the panel: other places, own earlier reports, set formulas.
    pub order: Vec<usize>,
    /// The selected row of that order.
    pub selection: Selection,
    /// Whether wording of many places is listed too.
    pub formulas: bool,
    /// Whether an answer is on its way.
    pub waiting: bool,
    /// Reports indexed so far, and in all, while the index is being made.
    pub progress: Option<(usize, usize)>,
    asked: Option<AskedWording>,
    seq: u64,
}

/// To which part of the list a row belongs: 0 of other places, 1 of the place itself, 2 what many write.
pub fn part_of(table: &Table, row: usize) -> u8 {
    if table.get(row, "own") == Cell::Flag(true) {
        1
    } else if table.get(row, "kind") == Cell::text("reuse") {
        0
    } else {
        2
    }
}

impl WordingPanel {
    /// Asks about a paragraph, unless that was asked last.
    pub(in crate::app) fn ask(
        &mut self,
        corpus: &Arc<Corpus>,
        paragraph: (ReportId, u32),
        replaced: u64,
        lang: Lang,
    ) -> Option<WordingRequest> {
        let wanted = (paragraph, self.formulas, replaced);
        if self.asked == Some(wanted) {
            return None;
        }
        // What is told of one report does not hold for another.
        if self.asked.is_none_or(|((report, _), ..)| report != paragraph.0) {
            self.sheet = None;
            self.order.clear();
        }
        self.asked = Some(wanted);
        self.seq += 1;
        self.waiting = true;
        let corpus = Arc::clone(corpus);
        Some(WordingRequest { seq: self.seq, corpus, paragraph, formulas: self.formulas, lang })
    }

    /// Nothing is wanted any more; says whether something was on its way.
    pub(in crate::app) fn dismiss(&mut self) -> bool {
        self.progress = None;
        let waiting = self.waiting;
        if waiting {
            self.stop();
            self.asked = None;
        }
        waiting
    }

    /// Nothing is on its way any more, and is not asked for again until another paragraph is read.
    pub(in crate::app) const fn stop(&mut self) {
        (self.waiting, self.progress) = (false, None);
        self.seq += 1;
    }

    /// Takes an answer, unless a newer one was asked for. `ended`: nothing more comes to this request.
    pub(in crate::app) fn take(&mut self, seq: u64, sheet: Arc<WordingSheet>, ended: bool, height: usize) {
        if seq != self.seq {
            return;
        }
        (self.waiting, self.progress) = (!ended, None);
        self.order = sheet.table.as_ref().map_or_else(Vec::new, |table| {
            let mut rows: Vec<usize> = (0..table.len()).collect();
            rows.sort_by_key(|row| part_of(table, *row));
            rows
        });
        // The same paragraph again, with the rest of its answer, leaves the selection where it is.
        let same =
            |old: &WordingSheet| old.table.as_ref().zip(sheet.table.as_ref()).is_some_and(|(a, b)| Arc::ptr_eq(a, b));
        if !self.sheet.as_deref().is_some_and(same) {
            self.selection = Selection::default();
        }
        self.selection.settle(self.order.len(), height);
        self.sheet = Some(sheet);
    }

    /// The table and the row of it that is selected.
    pub fn selected(&self) -> Option<(&Table, usize)> {
        let table = self.sheet.as_ref()?.table.as_deref()?;
        Some((table, *self.order.get(self.selection.row)?))
    }

    /// Where the selected passage stands.
    pub(in crate::app) fn occurrence(&self) -> Option<Occurrence> {
        let (table, row) = self.selected()?;
        match table.evidence(row)? {
            Evidence::Occurrences { occurrences, .. } => occurrences.first().copied(),
            _ => None,
        }
    }

    /// What is to be marked on the page of `report`: what few share, what many write.
    pub fn marks(&self, report: ReportId) -> Option<(&[Span], &[Span])> {
        let of = self.asked.is_some_and(|((asked, _), ..)| asked == report);
        self.sheet.as_ref().filter(|_| self.open && of).map(|sheet| (&*sheet.shared, &*sheet.common))
    }
}
