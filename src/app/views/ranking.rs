//! A term over an axis, a bar for each place or year: the ranking of the places, the trend over the years.
//!
//! In: a grid of one row, movements. Out: its columns in the order of the view, the selected one. Does not know about: bars.

use std::sync::Arc;

use crate::app::screen::scroll::{Motion, Scroll, Selection};
use crate::app::views::request::ViewQuestion;
use crate::corpus::ReportId;
use crate::index::trend::{Axis, Counting, Grid};

/// A term over an axis.
#[derive(Debug)]
pub struct Ranking {
    /// The term.
    pub term: String,
    /// Places, best first, or years, ascending.
    pub axis: Axis,
    /// Its counts.
    pub grid: Option<Arc<Grid>>,
    /// The columns of the grid, as rows of the view.
    pub order: Vec<usize>,
    /// The selected row.
    pub selection: Selection,
}

impl Ranking {
    /// Of a term, not counted yet.
    pub const fn new(term: String, axis: Axis) -> Self {
        Self { term, axis, grid: None, order: Vec::new(), selection: Selection { row: 0, scroll: Scroll { top: 0 } } }
    }

    pub(in crate::app) fn ask(&self) -> Option<ViewQuestion> {
        let terms = vec![self.term.clone()];
        self.grid.is_none().then_some(ViewQuestion::Grid { terms, counting: Counting::Words, axis: self.axis })
    }

    /// Takes the counts; the column with the report that is being read is selected.
    pub(in crate::app) fn take(&mut self, grid: Arc<Grid>, here: Option<ReportId>, height: usize) {
        self.order = match self.axis {
            Axis::Place => grid.ranking(0),
            Axis::Year => (0..grid.columns.len()).collect(),
        };
        let own =
            |column: &usize| grid.columns.get(*column).is_some_and(|c| here.is_some_and(|id| c.reports.contains(&id)));
        self.selection = Selection { row: self.order.iter().position(own).unwrap_or(0), ..Selection::default() };
        self.grid = Some(grid);
        self.selection.settle(self.order.len(), height);
    }

    pub(in crate::app) fn go(&mut self, motion: Motion, height: usize) {
        self.selection.go(motion, self.order.len(), height);
    }
}
