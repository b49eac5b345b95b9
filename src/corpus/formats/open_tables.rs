//! Tables of a document whose paragraphs say how deep in tables they stand. In: paragraphs, ends of cells and rows. Out:
//! lines. Does not know about: how a document says so.

use crate::corpus::formats::draft::DraftLine;
use crate::corpus::formats::table_rows::{Merge, SourceTable};

/// Tables stand at most so deep in one another.
const DEEPEST: usize = 16;

/// Lines, and the tables that stand open, the outermost first.
#[derive(Debug, Default)]
pub struct OpenTables {
    tables: Vec<OpenTable>,
    out: Vec<DraftLine>,
}

#[derive(Debug, Default)]
struct OpenTable {
    rows: SourceTable,
    cells: Vec<Vec<DraftLine>>,
    cell: Vec<DraftLine>,
}

impl OpenTables {
    /// A paragraph stands `depth` tables deep.
    pub fn place(&mut self, depth: usize, line: DraftLine) {
        let depth = depth.min(DEEPEST);
        while self.tables.len() > depth {
            self.close();
        }
        self.tables.resize_with(depth, OpenTable::default);
        match self.tables.last_mut() {
            Some(table) => table.cell.push(line),
            None => self.out.push(line),
        }
    }

    /// The cell of the innermost table ends.
    pub fn end_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            let cell = std::mem::take(&mut table.cell);
            table.cells.push(cell);
        }
    }

    /// The row of the table that stands `depth` deep ends; `merges` say of each cell whether it goes on over rows.
    pub fn end_row(&mut self, depth: usize, merges: &[Merge]) {
        while self.tables.len() > depth.clamp(1, DEEPEST) {
            self.close();
        }
        let Some(table) = self.tables.last_mut() else { return };
        if !table.cell.iter().all(DraftLine::is_blank) {
            let cell = std::mem::take(&mut table.cell);
            table.cells.push(cell);
        }
        table.cell.clear();
        table.rows.begin_row();
        for (n, cell) in std::mem::take(&mut table.cells).into_iter().enumerate() {
            table.rows.begin_cell();
            table.rows.merge(merges.get(n).copied().unwrap_or_default());
            if let Some(open) = table.rows.open_cell() {
                open.extend(cell);
            }
            table.rows.end_cell();
        }
        let lines = table.rows.end_row();
        let outer = self.tables.len() - 1;
        self.give(outer, lines);
    }

    /// All lines. What no row has ended is lines like any other.
    pub fn finish(mut self) -> Vec<DraftLine> {
        while !self.tables.is_empty() {
            self.close();
        }
        self.out
    }

    fn close(&mut self) {
        if let Some(table) = self.tables.pop() {
            let lines = table.cells.into_iter().flatten().chain(table.cell).collect();
            self.give(self.tables.len(), lines);
        }
    }

    fn give(&mut self, depth: usize, lines: Vec<DraftLine>) {
        match depth.checked_sub(1).and_then(|n| self.tables.get_mut(n)) {
            Some(table) => table.cell.extend(lines),
            None => self.out.extend(lines),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_in_a_table() {
        let mut tables = OpenTables::default();
        let line = DraftLine::of_text;
        tables.place(0, line("上"));
        tables.place(1, line("甲"));
        tables.end_cell();
        tables.place(2, line("内1"));
        tables.end_cell();
        tables.place(2, line("内2"));
        tables.end_cell();
        tables.end_row(2, &[]);
        tables.place(1, line("乙"));
        tables.end_cell();
        tables.end_row(1, &[]);
        tables.place(0, line("下"));
        tables.place(1, line("没有完的行"));
        let lines: Vec<String> = tables.finish().into_iter().map(|line| line.text).collect();
        assert_eq!(lines, ["上", "甲\t内1 内2 乙", "下", "没有完的行"]);
    }
}
