//! What stands in place of the page and the keyword panel: an opened number, the ranking of the places, the heat map, the
//! years, keyword groups, proposed phrases. They lie on one another: closing one shows the one below.
//!
//! In: answers. Out: what is still needed, which place, year or term is selected. Does not know about: keys, how anything is
//! counted or drawn.

use ratatui::layout::Rect;

use crate::app::terms::comparison::Comparison;
use crate::app::views::collocates::CollocateList;
use crate::app::views::figure_detail::FigureDetail;
use crate::app::views::group_shares::GroupShares;
use crate::app::views::heat_map::HeatMap;
use crate::app::views::phrase_candidates::PhraseCandidates;
use crate::app::views::ranking::Ranking;
use crate::app::views::request::{FigureSubject, ViewQuestion};
use crate::corpus::Corpus;
use crate::index::trend::{Column, ColumnKey};
use crate::text::Lang;

/// A view, and what its figures are about.
#[derive(Debug)]
pub struct ViewFrame {
    /// What the figures of the panel were about when it was opened.
    pub comparison: Comparison,
    /// The view.
    pub view: View,
    /// Number of the request it waits for.
    pub(in crate::app) asked: u64,
}

/// The views that stand in place of the page.
#[derive(Debug, Default)]
pub struct Views {
    /// Each over the one before.
    pub frames: Vec<ViewFrame>,
    /// Those from which an occurrence was opened: Esc comes back to them.
    pub(in crate::app) back_stack: Vec<ViewFrame>,
    /// Number of the request made last.
    pub(in crate::app) seq: u64,
}

/// A view.
#[derive(Debug)]
pub enum View {
    /// What stands behind a number.
    FigureDetail(FigureDetail),
    /// A term over places or years.
    Ranking(Ranking),
    /// Terms by places or years.
    HeatMap(HeatMap),
    /// Keyword groups by places or years.
    GroupShares(GroupShares),
    /// Phrases found in the corpus.
    PhraseCandidates(PhraseCandidates),
    /// The collocates of a term.
    CollocateList(CollocateList),
}

impl View {
    /// What it still needs.
    pub(in crate::app) fn ask(&self) -> Option<ViewQuestion> {
        match self {
            Self::FigureDetail(number) => number.ask(),
            Self::Ranking(bars) => bars.ask(),
            Self::HeatMap(matrix) => matrix.ask(),
            Self::GroupShares(shares) => shares.ask(),
            Self::PhraseCandidates(proposals) => proposals.ask(),
            Self::CollocateList(company) => company.ask(),
        }
    }

    /// The figures are void: the corpus has changed.
    pub(in crate::app) fn forget(&mut self) {
        match self {
            Self::FigureDetail(number) => number.opened = None,
            Self::Ranking(bars) => (bars.grid, bars.order) = (None, Vec::new()),
            Self::HeatMap(matrix) => matrix.grid = None,
            Self::GroupShares(shares) => shares.groups = None,
            Self::PhraseCandidates(proposals) => proposals.list = None,
            Self::CollocateList(company) => company.found = None,
        }
    }

    /// Whether figures are still on their way.
    pub fn waits(&self) -> bool {
        self.ask().is_some()
    }

    /// The place or year that is selected, where it has such.
    pub(in crate::app) fn column(&self) -> Option<&Column> {
        let (grid, at) = match self {
            Self::Ranking(bars) => (bars.grid.as_deref()?, *bars.order.get(bars.selection.row)?),
            Self::HeatMap(matrix) => (matrix.grid.as_deref()?, matrix.cursor.column),
            Self::GroupShares(shares) => (&shares.groups.as_deref()?.grid, shares.cursor.row),
            Self::FigureDetail(_) | Self::PhraseCandidates(_) | Self::CollocateList(_) => return None,
        };
        grid.columns.get(at)
    }

    /// The term it is about.
    pub(in crate::app) fn term(&self) -> Option<&str> {
        match self {
            Self::FigureDetail(number) => match &number.figure.what {
                FigureSubject::Term(term, _) | FigureSubject::Near(term, _) => Some(term),
                FigureSubject::Group(..) => None,
            },
            Self::Ranking(bars) => Some(&bars.term),
            Self::CollocateList(company) => Some(&company.term),
            Self::HeatMap(matrix) => matrix.terms.get(matrix.cursor.row).map(String::as_str),
            Self::PhraseCandidates(proposals) => proposals.phrase(),
            Self::GroupShares(_) => None,
        }
    }
}

/// The name of a column.
pub fn column_name(corpus: &Corpus, key: ColumnKey, lang: Lang) -> String {
    match key {
        ColumnKey::Year(year) => year.to_string(),
        ColumnKey::NoYear => lang.pick("年份不明", "no year").to_owned(),
        ColumnKey::Place(place) => match corpus.places().get(place.0 as usize) {
            Some(place) if !place.name.is_empty() => place.name.clone(),
            _ => lang.pick("未知", "unknown").to_owned(),
        },
    }
}

/// The rows of a list in a view: below the line of column heads.
pub const fn bars_rows(body: Rect) -> Rect {
    let head = if body.height < 1 { 0 } else { 1 };
    Rect { x: body.x, y: body.y + head, width: body.width, height: body.height - head }
}
