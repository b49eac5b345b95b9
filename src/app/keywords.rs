//! The keyword panel: what it counts, in which order, what it last heard, what is selected.
//!
//! In: the spot being read, answers of the counting worker. Out: requests, rows. Refuses to know: how words are found.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::scroll::{Motion, Scroll};
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::text::{Lang, Span};

/// How much text is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// The section being read.
    Section,
    /// The open report.
    #[default]
    Report,
    /// Every report of the place.
    Place,
    /// Everything.
    Corpus,
}

impl Reach {
    /// The reach after this one.
    pub const fn next(self) -> Self {
        match self {
            Self::Section => Self::Report,
            Self::Report => Self::Place,
            Self::Place => Self::Corpus,
            Self::Corpus => Self::Section,
        }
    }

    /// Its name.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Section => lang.pick("本节", "section"),
            Self::Report => lang.pick("本篇", "report"),
            Self::Place => lang.pick("本地", "place"),
            Self::Corpus => lang.pick("全部", "corpus"),
        }
    }
}

/// By what terms are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TermOrder {
    /// Occurrences.
    Count,
    /// Occurrences per 10,000 汉字.
    Rate,
    /// Log-likelihood G² against the rest of the corpus.
    #[default]
    Keyness,
}

impl TermOrder {
    /// The order after this one.
    pub const fn next(self) -> Self {
        match self {
            Self::Count => Self::Rate,
            Self::Rate => Self::Keyness,
            Self::Keyness => Self::Count,
        }
    }

    /// Its name.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Count => lang.pick("次数", "count"),
            Self::Rate => lang.pick("万字频", "rate"),
            Self::Keyness => lang.pick("特色", "keyness"),
        }
    }
}

/// The text whose terms are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A section (index into the report's outline).
    Section(ReportId, u32),
    /// A report.
    Report(ReportId),
    /// The reports of a place.
    Place(PlaceId),
    /// The whole corpus.
    Corpus,
}

/// What the counting worker is asked.
#[derive(Debug, Clone)]
pub struct TermRequest {
    /// Number of this request.
    pub seq: u64,
    /// The corpus.
    pub corpus: Arc<Corpus>,
    /// What to count.
    pub target: Target,
    /// How to sort.
    pub order: TermOrder,
}

/// A term and its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct TermRow {
    /// The term.
    pub term: String,
    /// Occurrences in the target.
    pub count: u32,
    /// Occurrences per 10,000 汉字 of the target.
    pub rate: f64,
    /// Log-likelihood G², negative where the target says it less than the rest; `None` until the rest is counted.
    pub g2: Option<f64>,
}

/// The answer of the counting worker: the first rows in the order asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct TermSheet {
    /// What was counted.
    pub target: Target,
    /// How it is sorted.
    pub order: TermOrder,
    /// 汉字 of the target: the denominator of the rates.
    pub han: u64,
    /// Different terms in all.
    pub terms: usize,
    /// The first of them.
    pub rows: Vec<TermRow>,
}

/// The keyword panel.
#[derive(Debug, Default)]
pub struct Keywords {
    /// How much text is counted.
    pub reach: Reach,
    /// How it is sorted.
    pub order: TermOrder,
    /// What was last heard; shown until newer figures come.
    pub sheet: Option<Arc<TermSheet>>,
    /// The selected term.
    pub selected: Option<String>,
    /// Where the view stands.
    pub scroll: Scroll,
    /// Whether figures are on their way.
    pub waiting: bool,
    /// Where the selected term stands in the open report.
    pub strip: Vec<Span>,
    pub(super) asked: Option<(Target, TermOrder, usize)>,
    pub(super) strip_asked: Option<(ReportId, String)>,
    pub(super) seq: u64,
    pub(super) strip_seq: u64,
}

impl Keywords {
    /// Asks for the terms of `target`, unless that was asked last (of a corpus with as many documents).
    pub fn ask(&mut self, corpus: &Arc<Corpus>, target: Target) -> Option<TermRequest> {
        let wanted = (target, self.order, corpus.documents().len());
        if self.asked == Some(wanted) {
            return None;
        }
        self.asked = Some(wanted);
        self.seq += 1;
        self.waiting = true;
        Some(TermRequest { seq: self.seq, corpus: Arc::clone(corpus), target, order: self.order })
    }

    /// Takes figures, unless newer ones were asked for. The selection stays on its term where it is still listed.
    pub fn take(&mut self, seq: u64, sheet: Arc<TermSheet>, height: usize) {
        if seq != self.seq {
            return;
        }
        self.waiting = false;
        let turned = self.sheet.as_ref().is_none_or(|old| old.target != sheet.target || old.order != sheet.order);
        self.sheet = Some(sheet);
        let row = self.selected_row();
        if row.is_none() || turned && self.scroll.top == 0 {
            self.select_row(row.unwrap_or(0).min(if turned { 0 } else { usize::MAX }), height);
        }
        let len = self.len();
        self.scroll.top = self.scroll.top.min(Scroll::limit(len, height));
    }

    /// Asks where the selected term stands in the open report, unless that was asked last.
    pub fn ask_strip(&mut self, report: ReportId) -> Option<(u64, String)> {
        let term = self.selected.clone()?;
        let wanted = (report, term.clone());
        if self.strip_asked.as_ref() == Some(&wanted) {
            return None;
        }
        self.strip_asked = Some(wanted);
        self.strip_seq += 1;
        Some((self.strip_seq, term))
    }

    /// Takes where the selected term stands, unless a newer one was asked for.
    pub fn take_strip(&mut self, seq: u64, spans: Vec<Span>) {
        if seq == self.strip_seq {
            self.strip = spans;
        }
    }

    /// How many rows are listed.
    pub fn len(&self) -> usize {
        self.sheet.as_ref().map_or(0, |s| s.rows.len())
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Index of the selected row.
    pub fn selected_row(&self) -> Option<usize> {
        let selected = self.selected.as_deref()?;
        self.sheet.as_ref()?.rows.iter().position(|row| row.term == selected)
    }

    /// Selects row `row`, or the last there is.
    pub fn select_row(&mut self, row: usize, height: usize) {
        let row = row.min(self.len().saturating_sub(1));
        self.selected = self.sheet.as_ref().and_then(|s| s.rows.get(row)).map(|r| r.term.clone());
        let len = self.len();
        self.scroll.show(row, len, height);
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, height: usize) {
        let next = self.selected_row().map_or(0, |at| motion.from(at, self.len(), height));
        self.select_row(next, height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(target: Target, terms: &[&str]) -> Arc<TermSheet> {
        let row = |t: &&str| TermRow { term: (*t).to_owned(), count: 1, rate: 1.0, g2: None };
        let rows = terms.iter().map(row).collect();
        Arc::new(TermSheet { target, order: TermOrder::Keyness, han: 10, terms: terms.len(), rows })
    }

    #[test]
    fn the_same_thing_is_not_asked_twice_and_late_answers_are_dropped() {
        let corpus = Arc::new(Corpus::default());
        let mut panel = Keywords::default();
        let one = panel.ask(&corpus, Target::Corpus).unwrap();
        assert!(panel.ask(&corpus, Target::Corpus).is_none());
        let two = panel.ask(&corpus, Target::Place(PlaceId(1))).unwrap();
        panel.take(one.seq, sheet(Target::Corpus, &["水"]), 5);
        assert!(panel.sheet.is_none() && panel.waiting);
        panel.take(two.seq, sheet(Target::Place(PlaceId(1)), &["水", "山"]), 5);
        assert_eq!((panel.selected.as_deref(), panel.waiting), (Some("水"), false));
        panel.go(Motion::Rows(1), 5);
        assert_eq!(panel.selected.as_deref(), Some("山"));
        panel.order = panel.order.next();
        assert!(panel.ask(&corpus, Target::Place(PlaceId(1))).is_some());
    }
}
