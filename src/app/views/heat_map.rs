//! The heat map: terms by places, or by years.
//!
//! In: terms, a grid, movements. Out: the selected cell, which part of the map is seen. Does not know about: shades.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::views::cursor::{Cursor, Extents};
use crate::app::views::request::ViewQuestion;
use crate::corpus::ReportId;
use crate::index::trend::{Axis, Counting, Grid};

/// What the rows of the map are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeatMapRows {
    /// Terms of the panel.
    Terms,
    /// The words of a keyword group, by its index.
    Group(usize),
}

/// The heat map.
#[derive(Debug)]
pub struct HeatMap {
    /// What its rows are.
    pub rows: HeatMapRows,
    /// The terms in them.
    pub terms: Vec<String>,
    /// Places or years.
    pub axis: Axis,
    /// The counts.
    pub grid: Option<Arc<Grid>>,
    /// The highest rate of every row: with a thousand cities that is nothing to look for in every frame.
    pub highest: Vec<f64>,
    /// Where one stands.
    pub cursor: Cursor,
    /// Whether a shade says how a cell compares with its own row; otherwise with the whole map.
    pub by_row: bool,
}

/// Rows of the head of the map: the names of places stand upright, three 汉字 high.
pub const NAMES: u16 = 3;

impl HeatMap {
    /// Of these terms, not counted yet.
    pub fn new(terms: Vec<String>, row: usize) -> Self {
        let cursor = Cursor { row, ..Cursor::default() };
        Self {
            rows: HeatMapRows::Terms,
            terms,
            axis: Axis::Place,
            grid: None,
            highest: Vec::new(),
            cursor,
            by_row: true,
        }
    }

    /// What counts as an occurrence: words of the panel were counted as words, those of a group as groups are.
    pub const fn counting(&self) -> Counting {
        match self.rows {
            HeatMapRows::Terms => Counting::Words,
            HeatMapRows::Group(_) => Counting::Text,
        }
    }

    pub(in crate::app) fn ask(&self) -> Option<ViewQuestion> {
        let (terms, counting) = (self.terms.clone(), self.counting());
        self.grid.is_none().then_some(ViewQuestion::Grid { terms, counting, axis: self.axis })
    }

    /// Takes the counts; the column with the report that is being read is selected, unless one was chosen.
    pub(in crate::app) fn take(&mut self, grid: Arc<Grid>, here: Option<ReportId>, area: Rect) {
        let own = here.and_then(|id| grid.columns.iter().position(|column| column.reports.contains(&id)));
        self.cursor.column = own.unwrap_or(0);
        let highest = |row| (0..grid.columns.len()).map(|column| grid.rate(row, column)).fold(0.0, f64::max);
        self.highest = (0..grid.rows.len()).map(highest).collect();
        self.grid = Some(grid);
        let extents = self.extents(area);
        self.cursor.settle(extents);
    }

    /// Columns for the name of a row.
    pub const fn label(area: Rect) -> u16 {
        if area.width < 50 { 11 } else { 17 }
    }

    /// Columns of a cell.
    pub const fn cell(&self) -> u16 {
        match self.axis {
            Axis::Place => 2,
            Axis::Year => 8,
        }
    }

    /// Rows of the head.
    pub const fn head(&self) -> u16 {
        match self.axis {
            Axis::Place => NAMES,
            Axis::Year => 1,
        }
    }

    /// The size of the map, and of what is seen of it in `area` (heading and keys left out, a line of figures at the foot).
    pub fn extents(&self, area: Rect) -> Extents {
        let width = area.width.saturating_sub(Self::label(area) + 1) / self.cell();
        Extents {
            rows: self.terms.len(),
            height: area.height.saturating_sub(self.head() + 2).into(),
            columns: self.grid.as_ref().map_or(0, |grid| grid.columns.len()),
            width: width.into(),
        }
    }

    /// The highest rate that a cell of this row is compared with.
    pub fn highest(&self, row: usize) -> f64 {
        if self.by_row {
            self.highest.get(row).copied().unwrap_or(0.0)
        } else {
            self.highest.iter().copied().fold(0.0, f64::max)
        }
    }
}
