//! The keyword panel: what it counts, in which order, what it last heard, what is selected.
//!
//! In: the spot being read, answers of the counting worker. Out: requests, rows. Does not know about: how words are found.

use std::sync::Arc;

use crate::app::screen::scroll::{Motion, Scroll};
use crate::app::terms::comparison::{Comparison, CountedText, Layers};
use crate::app::views::phrase_decisions::PhraseDecisions;
use crate::corpus::{Corpus, ReportId};
use crate::index::groups::Groups;
use crate::index::scope::Reference;
use crate::index::terms::KeywordOrder;
use crate::table::Table;
use crate::text::Span;

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
    pub order: KeywordOrder,
    /// Not to be compared: the corpus is still being read, and what is compared with would change.
    pub alone: bool,
}

/// The answer of the counting worker: the first rows in the order asked for.
#[derive(Debug, Clone)]
pub struct TermSheet {
    /// What was counted.
    pub comparison: Comparison,
    /// How it was to be sorted; where there is nothing to compare with, the table is sorted otherwise.
    pub order: KeywordOrder,
    /// Whether it was compared; until then figures that need it are not known.
    pub compared: bool,
    /// The first of the terms, as `yilan keywords` prints them.
    pub table: Arc<Table>,
}

impl TermSheet {
    /// Whether there was anything to compare with.
    pub fn comparable(&self) -> bool {
        self.compared && self.table.settings.reference_han.unwrap_or(0) > 0
    }

    /// The term of a row.
    pub fn term(&self, row: usize) -> Option<String> {
        (row < self.table.len()).then(|| self.table.get(row, "term").exact().into_owned())
    }

    /// The first `most` terms.
    pub fn first_terms(&self, most: usize) -> Vec<String> {
        (0..self.table.len().min(most)).filter_map(|row| self.term(row)).collect()
    }
}

/// What figures were asked for: all that they depend on.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) struct TermsAsked {
    comparison: Comparison,
    order: KeywordOrder,
    /// Documents of the corpus once it is read.
    documents: Option<usize>,
    corpus: u64,
    words: u64,
}

/// The keyword panel.
#[derive(Debug, Default)]
pub struct Keywords {
    /// How much text is counted.
    pub reach: CountedText,
    /// What it is compared with.
    pub reference: Reference,
    /// Which stop words are left out.
    pub layers: Layers,
    /// How it is sorted.
    pub order: KeywordOrder,
    /// What was last heard; shown until newer figures come.
    pub sheet: Option<Arc<TermSheet>>,
    /// The selected term.
    pub selected: Option<String>,
    /// Whether the user chose it; until then the first row is selected, whatever comes first.
    pub(in crate::app) chosen: bool,
    /// Where the view stands.
    pub scroll: Scroll,
    /// Whether figures are on their way.
    pub waiting: bool,
    /// Reports counted so far, and in all, while the corpus is being counted.
    pub progress: Option<(usize, usize)>,
    /// Where the selected term stands in the open report.
    pub strip: Vec<Span>,
    /// The name of the group that is being edited.
    pub editing: Option<String>,
    /// The user's keyword groups, or the built-in ones.
    pub groups: Arc<Groups>,
    /// What the user said of proposed phrases.
    pub decisions: PhraseDecisions,
    /// How often the corpus was replaced, and the user's words changed: figures of before do not hold.
    pub(in crate::app) corpus: u64,
    pub(in crate::app) words: u64,
    pub(in crate::app) asked: Option<TermsAsked>,
    pub(in crate::app) strip_asked: Option<(ReportId, String)>,
    pub(in crate::app) seq: u64,
    pub(in crate::app) strip_seq: u64,
}

impl Keywords {
    /// Asks for the figures of `comparison`, unless they were asked for last. While the corpus is still being read (`alone`)
    /// nothing is compared, and what was counted is not asked for again with every file.
    pub fn ask(&mut self, corpus: &Arc<Corpus>, comparison: Comparison, alone: bool) -> Option<TermRequest> {
        let wanted = TermsAsked {
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
        let waiting = self.waiting;
        // Progress of others, of a view over the panel, is not the panel's to take away.
        if waiting {
            self.stop();
            self.asked = None;
        }
        waiting
    }

    /// Nothing is on its way any more, and is not asked for again until something else is wanted.
    pub(in crate::app) fn stop(&mut self) {
        (self.waiting, self.progress) = (false, None);
        // An answer that is already on its way comes too late.
        self.seq += 1;
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
            self.put(row.unwrap_or(0).min(if turned { 0 } else { usize::MAX }), height);
        }
        if !self.chosen {
            self.put(0, height);
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
        self.sheet.as_ref().map_or(0, |sheet| sheet.table.len())
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Index of the selected row.
    pub fn selected_row(&self) -> Option<usize> {
        let selected = self.selected.as_deref()?;
        self.sheet.as_ref()?.table.find("term", selected)
    }

    /// Selects row `row`, or the last there is, for the user.
    pub fn select_row(&mut self, row: usize, height: usize) {
        self.chosen = true;
        self.put(row, height);
    }

    fn put(&mut self, row: usize, height: usize) {
        let row = row.min(self.len().saturating_sub(1));
        self.selected = self.sheet.as_ref().and_then(|sheet| sheet.term(row));
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
    use crate::analysis::Order;
    use crate::app::terms::comparison::Target;
    use crate::corpus::PlaceId;
    use crate::table::{Cell, Field, Kind, List, Settings};

    fn about(target: Target) -> Comparison {
        Comparison { target, reference: Reference::Rest, layers: Layers::default(), query: None }
    }

    fn sheet(target: Target, terms: &[&str]) -> Arc<TermSheet> {
        const FIELDS: &[Field<String>] = &[Field::new("term", Kind::Term, |row, ()| Cell::text(row))];
        let rows = terms.iter().map(|term| (*term).to_owned()).collect();
        let table = Arc::new(Table::new(List::new(rows, FIELDS), Settings::default()));
        Arc::new(TermSheet { comparison: about(target), order: KeywordOrder::Keyness, compared: true, table })
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
    fn until_the_user_moves_the_first_row_is_selected_whatever_comes_first() {
        let corpus = Arc::new(Corpus::default());
        let mut panel = Keywords::default();
        let one = panel.ask(&corpus, about(Target::Corpus), true).unwrap();
        panel.take(one.seq, sheet(Target::Corpus, &["水", "山"]), true, 5);
        panel.take(one.seq, sheet(Target::Corpus, &["田", "山", "水"]), true, 5);
        assert_eq!(panel.selected.as_deref(), Some("田"), "the order of before was provisional");
        panel.go(Motion::Rows(1), 5);
        panel.take(one.seq, sheet(Target::Corpus, &["水", "田", "山"]), true, 5);
        assert_eq!(panel.selected.as_deref(), Some("山"), "what the user chose stays");
    }

    #[test]
    fn orders_come_round_both_ways() {
        for &order in KeywordOrder::ALL {
            assert_eq!(order.next(true).next(false), order);
        }
    }
}
