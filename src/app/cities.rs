//! The city list: which rows it has, which is selected. Rows are remembered by id, so a filter keeps the selection.
//!
//! In: the corpus, a filter, an order. Out: rows. Does not know about: how matching works (see `index::cities`).

use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::app::screen::scroll::{Motion, Scroll};
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::cities::{Branch, CityIndex, PlaceOrder, order, tree};
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
    /// As a tree: province, prefecture, county.
    Tree,
}

impl CityOrder {
    /// The order after this one.
    pub const fn next(self) -> Self {
        match self {
            Self::Corpus => Self::Pinyin,
            Self::Pinyin => Self::Province,
            Self::Province => Self::Length,
            Self::Length | Self::Tree => Self::Corpus,
        }
    }

    /// Its name on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            // The command line has places in a list, which a tree is not.
            Self::Corpus | Self::Tree => "corpus",
            Self::Pinyin => "pinyin",
            Self::Province => "province",
            Self::Length => "length",
        }
    }

    /// Its name.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Corpus => lang.pick("原序", "corpus"),
            Self::Pinyin => lang.pick("拼音", "pinyin"),
            Self::Province => lang.pick("省份", "province"),
            Self::Length => lang.pick("篇幅", "length"),
            Self::Tree => lang.pick("省市县", "tree"),
        }
    }
}

impl From<CityOrder> for PlaceOrder {
    fn from(order: CityOrder) -> Self {
        match order {
            CityOrder::Corpus | CityOrder::Tree => Self::Corpus,
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
    /// A province or prefecture of the tree, by its number in [`Cities::branches`].
    Branch(u32),
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CityRow {
    /// What it stands for.
    pub item: Item,
    /// Matched characters of the place's name (char indices).
    pub marks: Vec<u32>,
    /// How deep it stands in the tree; 0 elsewhere.
    pub depth: u16,
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
    /// Provinces and prefectures of the tree, in the order in which they come; what lies in one stands behind it.
    pub branches: Vec<Branch>,
    /// Those whose places are not listed, by province and name.
    pub closed: FxHashSet<String>,
    /// Match keys.
    pub index: Arc<CityIndex>,
}

impl Cities {
    /// Makes the rows anew after the corpus, the filter, the order or a fold changed.
    pub fn rebuild(&mut self, corpus: &Corpus) {
        let filter = self.filter.trim();
        if filter.is_empty() && self.order == CityOrder::Tree && self.only.is_none() {
            return self.list_tree(corpus);
        }
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
            self.rows.push(CityRow { item: Item::Place(place), marks, depth: 0 });
            self.list_reports(corpus, place, 0);
        }
    }

    fn list_reports(&mut self, corpus: &Corpus, place: PlaceId, depth: u16) {
        if self.unfolded.contains(&place) {
            let reports = &corpus.place(place).reports;
            self.rows.extend(reports.iter().map(|&r| CityRow { item: Item::Report(r), marks: Vec::new(), depth }));
        }
    }

    /// The rows of the tree: provinces, in them prefectures and places. What lies in one that is closed is not listed.
    fn list_tree(&mut self, corpus: &Corpus) {
        self.rows.clear();
        self.branches.clear();
        for branch in tree(corpus) {
            self.list_branch(corpus, branch, 0, "");
        }
    }

    fn list_branch(&mut self, corpus: &Corpus, mut branch: Branch, depth: u16, above: &str) {
        let row = |item: Item, depth: u16| CityRow { item, marks: Vec::new(), depth };
        let below = std::mem::take(&mut branch.children);
        let own = branch.place;
        if let (Some(place), true) = (own, below.is_empty()) {
            self.rows.push(row(Item::Place(place), depth));
            return self.list_reports(corpus, place, depth);
        }
        let path = format!("{above}/{}", branch.name);
        let number = u32::try_from(self.branches.len()).unwrap_or(u32::MAX);
        self.rows.push(row(Item::Branch(number), depth));
        branch.path.clone_from(&path);
        self.branches.push(branch);
        if self.closed.contains(&path) {
            return;
        }
        if let Some(place) = own {
            self.rows.push(row(Item::Place(place), depth + 1));
            self.list_reports(corpus, place, depth + 1);
        }
        for child in below {
            self.list_branch(corpus, child, depth + 1, &path);
        }
    }

    /// The branch of the selected row.
    pub fn selected_branch(&self) -> Option<&Branch> {
        let Item::Branch(number) = self.selected? else { return None };
        self.branches.get(number as usize)
    }

    /// Lists what lies in the selected branch, or leaves it out; says whether a branch is selected.
    pub fn open_branch(&mut self, open: Option<bool>, corpus: &Corpus) -> bool {
        let Some(path) = self.selected_branch().map(|branch| branch.path.clone()) else { return false };
        match open.unwrap_or_else(|| self.closed.contains(&path)) {
            true => _ = self.closed.remove(&path),
            false => _ = self.closed.insert(path.clone()),
        }
        self.rebuild(corpus);
        // Numbers are given anew: the same branch stays selected.
        let at = self.branches.iter().position(|branch| branch.path == path);
        self.selected = at.and_then(|at| u32::try_from(at).ok()).map(Item::Branch).or(self.selected);
        true
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
            Item::Branch(_) => None,
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
                Item::Report(_) | Item::Branch(_) => None,
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
    fn the_tree_lists_every_place_once_and_its_counts_add_up() {
        let corpus = fixture::corpus();
        let mut cities = Cities { order: CityOrder::Tree, ..Cities::default() };
        cities.rebuild(&corpus);
        let places = |cities: &Cities| cities.rows.iter().filter(|row| matches!(row.item, Item::Place(_))).count();
        let with_reports = corpus.place_ids().filter(|id| !corpus.place(*id).reports.is_empty()).count();
        assert_eq!(places(&cities), with_reports);
        let provinces = || cities.rows.iter().filter(|row| row.depth == 0);
        let sum = |row: &CityRow| match row.item {
            Item::Branch(number) => cities.branches[number as usize].reports,
            Item::Place(place) => corpus.place(place).reports.len(),
            Item::Report(_) => 0,
        };
        assert_eq!(provinces().map(sum).sum::<usize>(), corpus.report_count());
        cities.selected = cities.rows.iter().map(|row| row.item).find(|item| matches!(item, Item::Branch(_)));
        let before = (cities.rows.len(), cities.selected_row());
        assert!(cities.open_branch(Some(false), &corpus) && cities.rows.len() < before.0);
        assert!(cities.open_branch(None, &corpus));
        assert_eq!((cities.rows.len(), cities.selected_row()), before);
    }

    #[test]
    fn an_empty_corpus_has_no_rows_and_no_trouble() {
        let mut cities = Cities::default();
        cities.rebuild(&Corpus::default());
        cities.go(Motion::Bottom, 0);
        assert_eq!((cities.selected, cities.selected_row()), (None, None));
    }
}
