//! Where one stands in a table that scrolls both ways.
//!
//! In: movements, sizes. Out: the selected row and column, the first of each that is seen. Does not know about: what is in them.

use ratatui::layout::Rect;

use crate::app::screen::scroll::{Motion, Scroll};

/// A selected cell and the part of the table that is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The selected row.
    pub row: usize,
    /// The selected column.
    pub column: usize,
    /// The first row that is seen.
    pub rows: Scroll,
    /// The first column that is seen.
    pub columns: Scroll,
}

/// How many rows and columns there are, and how many are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extents {
    /// Rows in all.
    pub rows: usize,
    /// Rows seen.
    pub height: usize,
    /// Columns in all.
    pub columns: usize,
    /// Columns seen.
    pub width: usize,
}

impl Cursor {
    /// Moves up or down.
    pub fn go(&mut self, motion: Motion, extents: Extents) {
        self.row = motion.from(self.row, extents.rows, extents.height);
        self.settle(extents);
    }

    /// Moves left or right.
    pub fn side(&mut self, right: bool, extents: Extents) {
        self.column = if right { self.column + 1 } else { self.column.saturating_sub(1) };
        self.settle(extents);
    }

    /// Keeps the selection inside the table, and in view.
    pub fn settle(&mut self, extents: Extents) {
        self.row = self.row.min(extents.rows.saturating_sub(1));
        self.column = self.column.min(extents.columns.saturating_sub(1));
        self.rows.show(self.row, extents.rows, extents.height);
        self.columns.show(self.column, extents.columns, extents.width);
    }
}

/// The rows of a list in a view: below the line of column heads.
pub const fn bars_rows(body: Rect) -> Rect {
    let head = if body.height < 1 { 0 } else { 1 };
    Rect { x: body.x, y: body.y + head, width: body.width, height: body.height - head }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_stays_inside_and_in_view() {
        let extents = Extents { rows: 9, height: 3, columns: 5, width: 2 };
        let mut cursor = Cursor::default();
        for _ in 0..9 {
            cursor.side(true, extents);
        }
        cursor.go(Motion::Bottom, extents);
        assert_eq!((cursor.row, cursor.column, cursor.rows.top, cursor.columns.top), (8, 4, 6, 3));
        cursor.side(false, extents);
        cursor.go(Motion::Rows(-1), extents);
        assert_eq!((cursor.row, cursor.column, cursor.rows.top, cursor.columns.top), (7, 3, 6, 3));
        cursor.settle(Extents { rows: 1, ..Extents::default() });
        assert_eq!((cursor.row, cursor.column), (0, 0));
    }
}
