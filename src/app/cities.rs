//! The city list: which rows it has, which is selected. Rows are remembered by id, so a filter keeps the selection.
//!
//! In: the corpus, a filter, an order. Out: rows. Does not know about: how matching works (see `index::cities`).

use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::app::screen::scroll::{Motion, Scroll};
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::cities::{CityIndex, PlaceOrder, order};
use crate::text::Lang;

/// In what order places are listed while no filter is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CityOrder {
    /// As they first appear in the corpus.
    #[default]
    Corpus,
    /// By pinyin.
    Pinyin,
    /// By province, then pinyin.
    Province,
    /// By length in 汉字, longest first.
    Length,
}

impl CityOrder {
    /// The order after this one.
    pub const fn next(self) -> Self {
        match self {
            Self::Corpus => Self::Pinyin,
            Self::Pinyin => Self::Province,
            Self::Province => Self::Length,
            Self::Length => Self::Corpus,
        }
    }

    /// Its name.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Corpus => lang.pick("原序", "corpus"),
            Self::Pinyin => lang.pick("拼音", "pinyin"),
            Self::Province => lang.pick("省份", "province"),
            Self::Length => lang.pick("篇幅", "length"),
        }
    }
}

impl From<CityOrder> for PlaceOrder {
    fn from(order: CityOrder) -> Self {
        match order {
            CityOrder::Corpus => Self::Corpus,
            CityOrder::Pinyin => Self::Pinyin,
            CityOrder::Province => Self::Province,
            CityOrder::Length => Self::Length,
        }
    }
}

/// What a row of the list stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item {
    /// A place.
    Place(PlaceId),
    /// A report under its unfolded place.
    Report(ReportId),
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CityRow {
    /// What it stands for.
    pub item: Item,
    /// Matched characters of the place's name (char indices).
    pub marks: Vec<u32>,
}

/// The city list.
#[derive(Debug, Default)]
pub struct Cities {
    /// Order while no filter is on.
    pub order: CityOrder,
    /// The filter as typed; empty when none is on.
    pub filter: String,
    /// Only these places are listed while no filter is on.
    pub only: Option<FxHashSet<PlaceId>>,
    /// The rows, in the order shown.
    pub rows: Vec<CityRow>,
    /// The selected row's id.
    pub selected: Option<Item>,
    /// Where the view stands.
    pub scroll: Scroll,
    /// Places whose reports are shown.
    pub unfolded: FxHashSet<PlaceId>,
    /// Match keys.
    pub index: Arc<CityIndex>,
}

impl Cities {
    /// Makes the rows anew after the corpus, the filter, the order or a fold changed.
    pub fn rebuild(&mut self, corpus: &Corpus) {
        let filter = self.filter.trim();
        let places: Vec<(PlaceId, Vec<u32>)> = if filter.is_empty() {
            let listed = |place: &PlaceId| self.only.as_ref().is_none_or(|only| only.contains(place));
            order(corpus, self.order.into()).into_iter().filter(listed).map(|place| (place, Vec::new())).collect()
        } else {
            let known = corpus.places().len();
            let found = self.index.rank(filter).into_iter().filter(|m| (m.place.0 as usize) < known);
            found.map(|m| (m.place, m.marks)).collect()
        };
        self.rows.clear();
        // A place whose files are gone keeps its number, but nobody's attention.
        for (place, marks) in places.into_iter().filter(|(place, _)| !corpus.place(*place).reports.is_empty()) {
            self.rows.push(CityRow { item: Item::Place(place), marks });
            if self.unfolded.contains(&place) {
                let reports = &corpus.place(place).reports;
                self.rows.extend(reports.iter().map(|&r| CityRow { item: Item::Report(r), marks: Vec::new() }));
            }
        }
    }

    /// Index of the selected row, if it is shown.
    pub fn selected_row(&self) -> Option<usize> {
        let selected = self.selected?;
        self.rows.iter().position(|row| row.item == selected)
    }

    /// Selects row `row`, or the last there is.
    pub fn select_row(&mut self, row: usize, height: usize) {
        let row = row.min(self.rows.len().saturating_sub(1));
        self.selected = self.rows.get(row).map(|r| r.item);
        self.scroll.show(row, self.rows.len(), height);
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, height: usize) {
        let next = match self.selected_row() {
            Some(at) => motion.from(at, self.rows.len(), height),
            None => 0,
        };
        self.select_row(next, height);
    }

    /// Selects a place and brings it into view.
    pub fn show_place(&mut self, place: PlaceId, report: ReportId, height: usize) {
        let wanted = if self.unfolded.contains(&place) { Item::Report(report) } else { Item::Place(place) };
        self.selected = Some(wanted);
        if let Some(row) = self.selected_row() {
            self.scroll.show(row, self.rows.len(), height);
        }
    }

    /// The place of the selected row.
    pub fn selected_place(&self, corpus: &Corpus) -> Option<PlaceId> {
        match self.selected? {
            Item::Place(place) => Some(place),
            Item::Report(report) => corpus.place_of(report),
        }
    }

    /// The place `step` rows of places away from `from` in the order shown, not past the ends; the first if `from` is not
    /// listed.
    pub fn neighbour(&self, from: PlaceId, step: isize) -> Option<PlaceId> {
        let places: Vec<PlaceId> = self
            .rows
            .iter()
            .filter_map(|row| match row.item {
                Item::Place(place) => Some(place),
                Item::Report(_) => None,
            })
            .collect();
        let Some(at) = places.iter().position(|p| *p == from) else { return places.first().copied() };
        places.get(at.checked_add_signed(step)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture;

    #[test]
    fn the_selection_outlives_order_and_folds() {
        let corpus = fixture::corpus();
        let mut cities = Cities { index: Arc::new(CityIndex::new(&corpus)), ..Cities::default() };
        cities.rebuild(&corpus);
        cities.go(Motion::Rows(1), 10);
        cities.go(Motion::Rows(1), 10);
        let selected = cities.selected;
        assert_eq!(cities.selected_row(), Some(1));
        for _ in 0..4 {
            cities.order = cities.order.next();
            cities.rebuild(&corpus);
            assert_eq!(cities.selected, selected);
            assert!(cities.selected_row().is_some());
        }
        let first = cities.rows[0].item;
        let Item::Place(place) = first else { panic!("the first row is a place") };
        cities.unfolded.insert(place);
        cities.rebuild(&corpus);
        assert_eq!(cities.rows.len(), corpus.places().len() + corpus.place(place).reports.len());
        assert_eq!(cities.neighbour(place, -1), None);
        assert_eq!(cities.selected, selected);
    }

    #[test]
    fn an_empty_corpus_has_no_rows_and_no_trouble() {
        let mut cities = Cities::default();
        cities.rebuild(&Corpus::default());
        cities.go(Motion::Bottom, 0);
        assert_eq!((cities.selected, cities.selected_row()), (None, None));
    }
}
