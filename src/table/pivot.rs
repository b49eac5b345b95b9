//! A table whose rows have two names, as a grid of one by the other. In: a table. Out: which row stands in which cell.
//! Does not know about: figures, shades.

use rustc_hash::FxHashMap;

use super::Table;

/// A row that is not there.
const NOWHERE: u32 = u32::MAX;

/// Which row of a table stands in which cell of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Pivot {
    /// Names of the rows of the grid (the first key), in the order in which they first come in the table.
    pub rows: Vec<String>,
    /// Names of its columns (the second key), in the same order, or as [`Table::across`] says.
    pub columns: Vec<String>,
    /// The highest figure in each of its rows, of the column that sorts the table: full shade.
    pub highest: Vec<f64>,
    cells: Vec<u32>,
}

impl Pivot {
    /// The grid of a table with two keys.
    pub(super) fn of(table: &Table) -> Option<Self> {
        let keys: Vec<usize> = table.keys().map(|(index, _)| index).collect();
        let &[first, second] = keys.as_slice() else { return None };
        let mut axes = [PivotAxis::default(), PivotAxis::default()];
        for name in &table.across {
            axes[1].place(name);
        }
        let mut named: Vec<(u32, u32)> = Vec::with_capacity(table.len());
        let mut highest: Vec<f64> = Vec::new();
        for row in 0..table.len() {
            let [a, b] = [first, second].map(|column| table.cell(row, column));
            let (a, b) = (axes[0].place(&a.exact()), axes[1].place(&b.exact()));
            highest.resize(highest.len().max(a as usize + 1), 0.0);
            highest[a as usize] = highest[a as usize].max(table.weight(row));
            named.push((a, b));
        }
        let [rows, columns] = axes.map(|axis| axis.names);
        let width = columns.len();
        let mut cells = vec![NOWHERE; rows.len() * width];
        for (index, (row, column)) in (0u32..).zip(named) {
            if let Some(cell) = cells.get_mut(row as usize * width + column as usize) {
                *cell = index;
            }
        }
        Some(Self { rows, columns, highest, cells })
    }

    /// The row of the table that stands in a cell; `None` where none does.
    pub fn at(&self, row: usize, column: usize) -> Option<usize> {
        if column >= self.columns.len() {
            return None;
        }
        self.cells.get(row * self.columns.len() + column).filter(|at| **at != NOWHERE).map(|at| *at as usize)
    }
}

/// The names along one side, each with its number.
#[derive(Default)]
struct PivotAxis {
    names: Vec<String>,
    numbers: FxHashMap<String, u32>,
}

impl PivotAxis {
    fn place(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(NOWHERE);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Field, Kind, List, Settings};
    use super::*;

    #[test]
    fn rows_of_two_names_make_a_grid_with_holes() {
        type Of = Field<(&'static str, &'static str, u64)>;

        const FIELDS: &[Of] = &[
            Of::new("term", Kind::Term, |row, ()| Cell::text(row.0)).key(),
            Of::new("place", Kind::Place, |row, ()| Cell::text(row.1)).key(),
            Of::new("count", Kind::Count, |row, ()| Cell::Count(row.2)),
        ];
        let rows = vec![("水渠", "甲", 3), ("水渠", "乙", 1), ("梯田", "乙", 5)];
        let table = Table::new(List::new(rows, FIELDS), Settings::default());
        let pivot = table.pivot().unwrap();
        assert_eq!(
            (pivot.rows.as_slice(), pivot.columns.as_slice()),
            (&["水渠".into(), "梯田".into()][..], &["甲".into(), "乙".into()][..])
        );
        let at = |row, column| pivot.at(row, column).map(|at| table.get(at, "count"));
        assert_eq!(at(0, 0), Some(Cell::Count(3)));
        assert_eq!(at(1, 1), Some(Cell::Count(5)));
        assert_eq!((at(1, 0), at(0, 2), at(2, 0)), (None, None, None));
    }
}
