//! From one view to another: opening them from the panel, turning one into the next, stepping sideways inside one.

use crate::app::App;
use crate::app::views::collocates::CollocateList;
use crate::app::views::figure_detail::FigureDetail;
use crate::app::views::group_shares::GroupShares;
use crate::app::views::heat_map::{HeatMap, HeatMapRows};
use crate::app::views::phrase_candidates::PhraseCandidates;
use crate::app::views::ranking::Ranking;
use crate::app::views::request::{Figure, FigureScope, FigureSubject};
use crate::app::views::{View, ViewFrame};
use crate::command::Action;
use crate::index::trend::{Axis, Counting};

/// Terms of the panel that the heat map shows.
const MAPPED: usize = 300;

impl App {
    /// Opens a view of the panel's selected term, or of all its terms.
    pub(in crate::app) fn open_view(&mut self, action: Action) {
        let term = self.keywords.selected.clone();
        if let Some(view) = self.view_of(action, term) {
            self.show_view(view);
        }
    }

    fn view_of(&self, action: Action, term: Option<String>) -> Option<View> {
        Some(match action {
            Action::Ranking => View::Ranking(Ranking::new(term?, Axis::Place)),
            Action::Trend => View::Ranking(Ranking::new(term?, Axis::Year)),
            Action::HeatMap => {
                let rows = self.keywords.sheet.as_ref().map_or(&[][..], |sheet| &sheet.rows);
                let terms: Vec<String> = rows.iter().take(MAPPED).map(|row| row.term.clone()).collect();
                let at = term.and_then(|term| terms.iter().position(|t| *t == term)).unwrap_or(0);
                View::HeatMap(HeatMap { axis: self.axis(), ..HeatMap::new(terms, at) })
            }
            Action::Collocates => View::CollocateList(CollocateList::new(term?)),
            Action::GroupShares => View::GroupShares(GroupShares::new(self.axis())),
            Action::Phrases => View::PhraseCandidates(PhraseCandidates::default()),
            _ => {
                let what = FigureSubject::Term(term?, Counting::Words);
                View::FigureDetail(FigureDetail::new(Figure { what, part: FigureScope::Scope }))
            }
        })
    }

    /// What a map is over unless one says otherwise: places, where there are several.
    fn axis(&self) -> Axis {
        if self.corpus.places().len() > 1 { Axis::Place } else { Axis::Year }
    }

    /// Turns the view that is seen into the next one, of the same term.
    pub(in crate::app) fn switch_view(&mut self, forward: bool) {
        let Some((next, term)) = self.view_beside(forward) else { return };
        if let Some(view) = self.view_of(next, term) {
            self.views.frames.pop();
            self.show_view(view);
        }
    }

    /// Whether there is a view to turn to: some need a term.
    pub(in crate::app) fn can_switch_view(&self, forward: bool) -> bool {
        self.view_beside(forward).is_some_and(|(next, term)| {
            term.is_some() || matches!(next, Action::HeatMap | Action::GroupShares | Action::Phrases)
        })
    }

    /// The view after the one that is seen, or before it, and the term it would be of.
    fn view_beside(&self, forward: bool) -> Option<(Action, Option<String>)> {
        const RING: [Action; 7] = [
            Action::Activate,
            Action::Collocates,
            Action::Ranking,
            Action::HeatMap,
            Action::Trend,
            Action::GroupShares,
            Action::Phrases,
        ];
        let ViewFrame { view, .. } = self.views.frames.last()?;
        let now = match view {
            View::FigureDetail(_) => 0,
            View::CollocateList(_) => 1,
            View::Ranking(Ranking { axis: Axis::Place, .. }) => 2,
            View::HeatMap(_) => 3,
            View::Ranking(_) => 4,
            View::GroupShares(_) => 5,
            View::PhraseCandidates(_) => 6,
        };
        let next = RING[(now + if forward { 1 } else { RING.len() - 1 }) % RING.len()];
        // A proposed phrase is no term of the panel.
        let term = view.term().filter(|_| now != 6).map(str::to_owned).or_else(|| self.keywords.selected.clone());
        Some((next, term))
    }

    /// Whether there is a list, term or column to the left or right.
    pub(in crate::app) fn can_step_view(&self, right: bool) -> bool {
        let Some(ViewFrame { view, .. }) = self.views.frames.last() else { return false };
        let body = self.view_body();
        let beside = |at: usize, len: usize| if right { at + 1 < len } else { at > 0 };
        match view {
            View::FigureDetail(number) => number.opened.as_ref().is_some_and(|opened| opened.lists.len() > 1),
            View::HeatMap(matrix) => beside(matrix.cursor.column, matrix.extents(body).columns),
            View::GroupShares(shares) => beside(shares.cursor.column, shares.extents(body).columns),
            View::Ranking(Ranking { term, .. }) | View::CollocateList(CollocateList { term, .. }) => {
                let rows = self.keywords.sheet.as_ref().map_or(&[][..], |sheet| &sheet.rows);
                rows.iter().position(|row| row.term == *term).is_some_and(|at| beside(at, rows.len()))
            }
            View::PhraseCandidates(_) => false,
        }
    }

    /// One list, term or column to the left or right.
    pub(in crate::app) fn step_view(&mut self, right: bool) {
        let (body, height) = (self.view_body(), self.terms_height());
        let Some(shown) = self.views.frames.last_mut() else { return };
        match &mut shown.view {
            View::FigureDetail(number) => number.turn(right),
            View::HeatMap(matrix) => {
                let extents = matrix.extents(body);
                matrix.cursor.side(right, extents);
            }
            View::GroupShares(shares) => {
                let extents = shares.extents(body);
                shares.cursor.side(right, extents);
            }
            View::Ranking(Ranking { term, .. }) | View::CollocateList(CollocateList { term, .. }) => {
                let rows = self.keywords.sheet.as_ref().map_or(&[][..], |sheet| &sheet.rows);
                let at = rows.iter().position(|row| row.term == *term);
                let next = at.and_then(|at| if right { at.checked_add(1) } else { at.checked_sub(1) });
                if let Some((at, row)) = next.and_then(|at| Some((at, rows.get(at)?))) {
                    term.clone_from(&row.term);
                    shown.view.forget();
                    shown.asked = 0;
                    self.keywords.select_row(at, height);
                }
            }
            View::PhraseCandidates(_) => {}
        }
    }

    /// From places to years, and back.
    pub(in crate::app) fn switch_axis(&mut self) {
        let Some(shown) = self.views.frames.last_mut() else { return };
        let axis = match &mut shown.view {
            View::Ranking(bars) => &mut bars.axis,
            View::HeatMap(matrix) => &mut matrix.axis,
            View::GroupShares(shares) => &mut shares.axis,
            _ => return,
        };
        *axis = if *axis == Axis::Place { Axis::Year } else { Axis::Place };
        shown.view.forget();
        shown.asked = 0;
    }

    /// The rows of the heat map: the panel's terms, then the words of one keyword group after the other.
    pub(in crate::app) fn switch_rows(&mut self) {
        let Some(ViewFrame { view: View::HeatMap(matrix), .. }) = self.views.frames.last() else { return };
        let next = match matrix.rows {
            HeatMapRows::Terms => 0,
            HeatMapRows::Group(group) => group + 1,
        };
        let made = match self.keywords.groups.list().get(next) {
            Some(group) => {
                View::HeatMap(HeatMap { rows: HeatMapRows::Group(next), ..HeatMap::new(group.words.clone(), 0) })
            }
            None => match self.view_of(Action::HeatMap, self.keywords.selected.clone()) {
                Some(made) => made,
                None => return,
            },
        };
        let (axis, by_row) = (matrix.axis, matrix.by_row);
        if let Some(shown) = self.views.frames.last_mut() {
            shown.view = made;
            shown.asked = 0;
            if let View::HeatMap(matrix) = &mut shown.view {
                (matrix.axis, matrix.by_row) = (axis, by_row);
            }
        }
    }
}
