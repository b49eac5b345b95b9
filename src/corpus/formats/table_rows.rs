//! Tables of a text document while they are read. In: cells and what they say of their width and height. Out: lines.
//! Does not know about: what stands in the cells.

use rustc_hash::FxHashMap;

use crate::corpus::formats::draft::DraftLine;
use crate::corpus::formats::row;

/// A row may have so many columns; what is wider is cut.
const MOST_COLUMNS: usize = 256;

/// Whether a cell goes on over rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Merge {
    /// It is a cell of its own.
    #[default]
    Single,
    /// It is the first of several.
    First,
    /// It goes on from the row above.
    Continued,
}

#[derive(Debug, Default)]
struct SourceCell {
    lines: Vec<DraftLine>,
    span: usize,
    merge: Merge,
}

/// A table.
#[derive(Debug, Default)]
pub struct SourceTable {
    cells: Vec<SourceCell>,
    /// What goes on from row to row, by its first column.
    open: FxHashMap<usize, Vec<DraftLine>>,
    before: usize,
    deleted: bool,
    in_cell: bool,
}

impl SourceTable {
    /// A row begins.
    pub fn begin_row(&mut self) {
        self.cells.clear();
        (self.before, self.deleted, self.in_cell) = (0, false, false);
    }

    /// The row that stands open was deleted.
    pub const fn delete_row(&mut self) {
        self.deleted = true;
    }

    /// So many columns stand empty before the first cell.
    pub fn skip_columns(&mut self, columns: usize) {
        self.before = columns.min(MOST_COLUMNS);
    }

    /// A cell begins.
    pub fn begin_cell(&mut self) {
        self.in_cell = true;
        self.cells.push(SourceCell { span: 1, ..SourceCell::default() });
    }

    /// The cell that stands open goes over so many columns.
    pub fn span(&mut self, columns: usize) {
        if let Some(cell) = self.cells.last_mut() {
            cell.span = columns.clamp(1, MOST_COLUMNS);
        }
    }

    /// The cell that stands open goes over several rows.
    pub fn merge(&mut self, merge: Merge) {
        if let Some(cell) = self.cells.last_mut() {
            cell.merge = merge;
        }
    }

    /// The cell that stands open ends.
    pub const fn end_cell(&mut self) {
        self.in_cell = false;
    }

    /// The cell that stands open.
    pub fn open_cell(&mut self) -> Option<&mut Vec<DraftLine>> {
        if self.in_cell { self.cells.last_mut().map(|cell| &mut cell.lines) } else { None }
    }

    /// The row ends: its lines.
    pub fn end_row(&mut self) -> Vec<DraftLine> {
        let cells = std::mem::take(&mut self.cells);
        self.in_cell = false;
        if self.deleted {
            return Vec::new();
        }
        let mut row: Vec<Vec<DraftLine>> = vec![Vec::new(); self.before];
        for cell in cells {
            let column = row.len();
            if column >= MOST_COLUMNS {
                row.push(cell.lines);
                continue;
            }
            let lines = match cell.merge {
                Merge::Single => cell.lines,
                Merge::First => {
                    self.open.insert(column, row::spanned(&cell.lines));
                    cell.lines
                }
                Merge::Continued if cell.lines.iter().all(DraftLine::is_blank) => {
                    self.open.get(&column).cloned().unwrap_or_default()
                }
                Merge::Continued => cell.lines,
            };
            row.push(lines);
            row.resize((column + cell.span).min(MOST_COLUMNS), Vec::new());
        }
        row::lines(row)
    }
}
