//! Keyword groups: how much of each every place, or year, has.
//!
//! In: a grid of groups, movements. Out: the selected cell, which part of the table is seen. Does not know about: how groups are counted.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::views::cursor::{Cursor, Extents};
use crate::app::views::request::ViewQuestion;
use crate::corpus::ReportId;
use crate::index::groups::GroupGrid;
use crate::index::trend::Axis;

/// The shares of keyword groups: a row for each place or year, a column for each group.
#[derive(Debug)]
pub struct GroupShares {
    /// Places or years.
    pub axis: Axis,
    /// The counts.
    pub groups: Option<Arc<GroupGrid>>,
    /// Where one stands.
    pub cursor: Cursor,
}

impl GroupShares {
    /// Not counted yet.
    pub const fn new(axis: Axis) -> Self {
        let (rows, columns) =
            (crate::app::screen::scroll::Scroll { top: 0 }, crate::app::screen::scroll::Scroll { top: 0 });
        Self { axis, groups: None, cursor: Cursor { row: 0, column: 0, rows, columns } }
    }

    pub(in crate::app) fn ask(&self) -> Option<ViewQuestion> {
        self.groups.is_none().then_some(ViewQuestion::GroupShares(self.axis))
    }

    /// Takes the counts; the row with the report that is being read is selected.
    pub(in crate::app) fn take(&mut self, groups: Arc<GroupGrid>, here: Option<ReportId>, area: Rect) {
        let own = |id| groups.grid.columns.iter().position(|column| column.reports.contains(&id));
        self.cursor.row = here.and_then(own).unwrap_or(0);
        self.groups = Some(groups);
        let extents = self.extents(area);
        self.cursor.settle(extents);
    }

    /// Columns for the name of a row.
    pub const fn label(area: Rect) -> u16 {
        if area.width < 50 { 11 } else { 13 }
    }

    /// Columns of a cell.
    pub const CELL: u16 = 7;

    /// The size of the table, and of what is seen of it in `area` (heading and keys left out; names above, a line of figures
    /// at the foot).
    pub fn extents(&self, area: Rect) -> Extents {
        let grid = self.groups.as_ref().map(|groups| &groups.grid);
        Extents {
            rows: grid.map_or(0, |grid| grid.columns.len()),
            height: area.height.saturating_sub(3).into(),
            // One more at the end for hits of two groups.
            columns: grid.map_or(0, |grid| grid.rows.len() + 1),
            width: (area.width.saturating_sub(Self::label(area) + 1) / Self::CELL).into(),
        }
    }
}
