//! The keyword panel: what it counts, in which order, what it last heard, what is selected.
//!
//! In: the spot being read, answers of the counting worker. Out: requests, rows. Does not know about: how words are found.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::app::screen::scroll::{Motion, Scroll};
use crate::app::terms::comparison::{Comparison, Layers, Reach};
use crate::app::views::phrase_candidates::PhraseDecisions;
use crate::corpus::{Corpus, ReportId};
use crate::index::groups::Groups;
use crate::index::scope::Reference;
use crate::index::terms::Keyword;
use crate::text::{Lang, Span};

/// By what terms are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TermOrder {
    /// Log-likelihood G² against the reference.
    #[default]
    Keyness,
    /// What is said less than in the reference.
    Less,
    /// Occurrences.
    Count,
    /// Occurrences per 10,000 汉字.
    Rate,
    /// Binary logarithm of the ratio of both rates.
    Ratio,
    /// Reports of the corpus that use it.
    Reports,
    /// Places of the corpus that use it.
    Places,
    /// Evenness over the parts of the scope.
    Dispersion,
    /// Frequent here, in few reports of the corpus.
    TfIdf,
}

impl TermOrder {
    /// Every order, in the order of the columns.
    pub const ALL: [Self; 9] = [
        Self::Keyness,
        Self::Less,
        Self::Count,
        Self::Rate,
        Self::Ratio,
        Self::Reports,
        Self::Places,
        Self::Dispersion,
        Self::TfIdf,
    ];

    /// The order after this one, or before it.
    pub fn next(self, forward: bool) -> Self {
        let at = Self::ALL.iter().position(|order| *order == self).unwrap_or(0);
        let step = if forward { 1 } else { Self::ALL.len() - 1 };
        Self::ALL[(at + step) % Self::ALL.len()]
    }

    /// Its name.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Keyness => lang.pick("特色", "keyness"),
            Self::Less => lang.pick("少说", "said less"),
            Self::Count => lang.pick("次数", "count"),
            Self::Rate => lang.pick("万字频", "rate"),
            Self::Ratio => lang.pick("对数比", "log ratio"),
            Self::Reports => lang.pick("篇数", "reports"),
            Self::Places => lang.pick("地数", "places"),
            Self::Dispersion => lang.pick("匀布", "evenness"),
            Self::TfIdf => "TF-IDF",
        }
    }
}

/// What the counting worker is asked.
#[derive(Debug, Clone)]
pub struct TermRequest {
    /// Number of this request.
    pub seq: u64,
    /// The corpus.
    pub corpus: Arc<Corpus>,
    /// What to count.
    pub comparison: Comparison,
    /// How to sort.
    pub order: TermOrder,
    /// Not to be compared: the corpus is still being read, and what is compared with would change.
    pub alone: bool,
}

/// The answer of the counting worker: the first rows in the order asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct TermSheet {
    /// What was counted.
    pub comparison: Comparison,
    /// How it is sorted.
    pub order: TermOrder,
    /// Whether it was compared; until then figures that need it are not known.
    pub compared: bool,
    /// 汉字 of the target: the denominator of the rates.
    pub han: u64,
    /// 汉字 of the reference, and its reports.
    pub rest: (u64, usize),
    /// Different terms in all.
    pub terms: usize,
    /// How many of them are no finding.
    pub faint: usize,
    /// The first of them.
    pub rows: Vec<Keyword>,
}

impl TermSheet {
    /// Whether there was anything to compare with.
    pub const fn comparable(&self) -> bool {
        self.compared && self.rest.0 > 0
    }

    /// By what the rows are sorted in fact: without anything to compare with, keyness says nothing about order.
    pub const fn sorted_by(&self) -> TermOrder {
        match self.order {
            TermOrder::Keyness | TermOrder::Ratio if !self.comparable() => TermOrder::Count,
            order => order,
        }
    }
}

/// What figures were asked for: all that they depend on.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) struct Asked {
    comparison: Comparison,
    order: TermOrder,
    /// Documents of the corpus once it is read.
    documents: Option<usize>,
    corpus: u64,
    words: u64,
}

/// The keyword panel.
#[derive(Debug, Default)]
pub struct Keywords {
    /// How much text is counted.
    pub reach: Reach,
    /// What it is compared with.
    pub reference: Reference,
    /// Which stop words are left out.
    pub layers: Layers,
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
    /// Reports counted so far, and in all, while the corpus is being counted.
    pub progress: Option<(usize, usize)>,
    /// Where the selected term stands in the open report.
    pub strip: Vec<Span>,
    /// The user's keyword groups, or the built-in ones.
    pub groups: Arc<Groups>,
    /// What the user said of proposed phrases.
    pub decisions: PhraseDecisions,
    /// How often the corpus was replaced, and the user's words changed: figures of before do not hold.
    pub(in crate::app) corpus: u64,
    pub(in crate::app) words: u64,
    pub(in crate::app) asked: Option<Asked>,
    pub(in crate::app) strip_asked: Option<(ReportId, String)>,
    pub(in crate::app) seq: u64,
    pub(in crate::app) strip_seq: u64,
}

impl Keywords {
    /// Asks for the figures of `comparison`, unless they were asked for last. While the corpus is still being read (`alone`)
    /// nothing is compared, and what was counted is not asked for again with every file.
    pub fn ask(&mut self, corpus: &Arc<Corpus>, comparison: Comparison, alone: bool) -> Option<TermRequest> {
        let wanted = Asked {
            comparison: comparison.clone(),
            order: self.order,
            documents: (!alone).then(|| corpus.documents().len()),
            corpus: if alone { 0 } else { self.corpus },
            words: self.words,
        };
        if self.asked.as_ref() == Some(&wanted) {
            return None;
        }
        self.asked = Some(wanted);
        self.seq += 1;
        self.waiting = true;
        self.progress = None;
        Some(TermRequest { seq: self.seq, corpus: Arc::clone(corpus), comparison, order: self.order, alone })
    }

    /// What the figures are about that were asked for last, or are shown.
    pub fn about(&self) -> Option<&Comparison> {
        let asked = self.asked.as_ref().map(|asked| &asked.comparison);
        asked.or(self.sheet.as_ref().map(|sheet| &sheet.comparison))
    }

    /// Forgets what was asked: nothing is on its way any more. Says whether something was.
    pub fn dismiss(&mut self) -> bool {
        let waiting = std::mem::take(&mut self.waiting);
        self.progress = None;
        if waiting {
            self.asked = None;
            // An answer that is already on its way comes too late.
            self.seq += 1;
        }
        waiting
    }

    /// Takes figures, unless newer ones were asked for. The selection stays on its term where it is still listed.
    pub fn take(&mut self, seq: u64, sheet: Arc<TermSheet>, ended: bool, height: usize) {
        if seq != self.seq {
            return;
        }
        self.waiting = !ended;
        if ended {
            self.progress = None;
        }
        let turned = self
            .sheet
            .as_ref()
            .is_none_or(|old| old.comparison.target != sheet.comparison.target || old.order != sheet.order);
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

    /// The row of the selected term.
    pub fn selected_keyword(&self) -> Option<&Keyword> {
        self.sheet.as_ref()?.rows.get(self.selected_row()?)
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
    use crate::app::terms::comparison::Target;
    use crate::corpus::PlaceId;

    fn about(target: Target) -> Comparison {
        Comparison { target, reference: Reference::Rest, layers: Layers::default(), query: None }
    }

    fn sheet(target: Target, terms: &[&str]) -> Arc<TermSheet> {
        let row = |t: &&str| Keyword { term: (*t).to_owned(), ..Keyword::default() };
        let rows = terms.iter().map(row).collect();
        let comparison = about(target);
        let (order, terms) = (TermOrder::Keyness, terms.len());
        Arc::new(TermSheet { comparison, order, compared: true, han: 10, rest: (9, 1), terms, faint: 0, rows })
    }

    #[test]
    fn the_same_thing_is_not_asked_twice_and_late_answers_are_dropped() {
        let corpus = Arc::new(Corpus::default());
        let mut panel = Keywords::default();
        let one = panel.ask(&corpus, about(Target::Corpus), false).unwrap();
        assert!(panel.ask(&corpus, about(Target::Corpus), false).is_none());
        let place = Target::Place(PlaceId(1));
        let two = panel.ask(&corpus, about(place), false).unwrap();
        panel.take(one.seq, sheet(Target::Corpus, &["水"]), true, 5);
        assert!(panel.sheet.is_none() && panel.waiting);
        panel.progress = Some((2, 9));
        panel.take(two.seq, sheet(place, &["水", "山"]), false, 5);
        assert_eq!((panel.selected.as_deref(), panel.waiting), (Some("水"), true));
        panel.take(two.seq, sheet(place, &["水", "山"]), true, 5);
        assert_eq!((panel.waiting, panel.progress), (false, None));
        panel.go(Motion::Rows(1), 5);
        assert_eq!(panel.selected.as_deref(), Some("山"));
        panel.order = panel.order.next(true);
        assert!(panel.ask(&corpus, about(place), false).is_some());
        panel.words += 1;
        let three = panel.ask(&corpus, about(place), false).unwrap();
        assert!(panel.dismiss() && !panel.dismiss());
        panel.take(three.seq, sheet(place, &["田"]), true, 5);
        assert_eq!(panel.selected.as_deref(), Some("山"));
        assert!(panel.ask(&corpus, about(place), false).is_some());
    }

    #[test]
    fn orders_come_round_both_ways() {
        for order in TermOrder::ALL {
            assert_eq!(order.next(true).next(false), order);
        }
    }
}
