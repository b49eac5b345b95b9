//! Floor 3: the answer to a question about the corpus, and what stands behind each of its figures.
//!
//! In: rows of any type and the [`Field`]s that read them. Out: a [`Table`]: columns that say what they hold, cells in
//! their exact values, the [`Evidence`] of every figure, and the writers that print all of it. Does not know about:
//! which questions there are (see `analysis`), screens.
//!
//! Architecture invariant: a figure is read from a row in one place only, the `get` of its [`Field`]. The screen, text,
//! JSON and CSV all go through it, so that they cannot differ.
//!
//! Architecture invariant: what a [`Field`] that [`Field::opens`] counts is exactly what its [`Evidence`] yields.

mod cell;
mod column;
mod evidence;
mod kind;
mod pivot;
pub mod plot;
mod rows;
mod settings;
mod shape;
mod tile_map;
pub mod write;

use std::sync::OnceLock;

pub use cell::Cell;
pub use column::Column;
pub use evidence::{Evidence, Sources};
pub use kind::Kind;
pub use pivot::Pivot;
pub use rows::{Field, List, Rows};
pub use settings::Settings;
pub use shape::Shape;
pub use tile_map::{TileMap, ValueClass};

use crate::corpus::ReportId;

/// The answer to a question.
#[derive(Debug)]
pub struct Table {
    columns: Vec<Column>,
    rows: Box<dyn Rows>,
    /// How it was made.
    pub settings: Settings,
    /// What it shows, in a line, for a heading on the screen.
    pub title: String,
    /// Rows there are in all; not all of them need be here.
    pub total: usize,
    /// The column that sorts the rows.
    pub sorted: Option<&'static str>,
    /// How long the bar of a value of that column is: the sooner a row comes, the longer.
    pub bar: fn(f64) -> f64,
    /// The column whose texts stand in the cells of the grid, where these are no shades.
    pub written: Option<&'static str>,
    /// Names along the second key of the grid in their order, where that is not the order of the rows.
    pub across: Vec<String>,
    /// A line before the row of this number, from which on rows mean less, and what it says.
    pub border: Option<(usize, String)>,
    /// What is said about it beside the rows, one line each.
    pub notes: Vec<String>,
    /// Columns of another table that could stand here in place of the one that does.
    pub choices: Vec<&'static str>,
    /// The one that does.
    pub chosen: Option<&'static str>,
    /// Whether anything was found; a table of zeros may say no.
    pub found: bool,
    pivot: OnceLock<Option<Pivot>>,
}

impl Table {
    /// Of `rows`, in their order; all there are, and found if there is one.
    pub fn new(rows: impl Rows + 'static, settings: Settings) -> Self {
        let (columns, total) = (rows.columns(), rows.count());
        Self {
            columns,
            rows: Box::new(rows),
            settings,
            title: String::new(),
            total,
            sorted: None,
            bar: |value| value,
            written: None,
            across: Vec::new(),
            border: None,
            notes: Vec::new(),
            choices: Vec::new(),
            chosen: None,
            found: total > 0,
            pivot: OnceLock::new(),
        }
    }

    /// The columns, in the order programs get them.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column of this name: its index and itself.
    pub fn column(&self, id: &str) -> Option<(usize, &Column)> {
        self.columns.iter().enumerate().find(|(_, column)| column.id == id)
    }

    /// How many rows are here.
    pub fn len(&self) -> usize {
        self.rows.count()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A cell; an undefined one where there is none.
    pub fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        if row < self.len() && column < self.columns.len() { self.rows.cell(row, column) } else { Cell::None }
    }

    /// The cell of a row in the column of this name.
    pub fn get(&self, row: usize, id: &str) -> Cell<'_> {
        self.column(id).map_or(Cell::None, |(column, _)| self.cell(row, column))
    }

    /// What stands behind the figure of a cell; `None` where it cannot be opened.
    pub fn evidence_of(&self, row: usize, column: usize) -> Option<Evidence> {
        if row < self.len() { self.rows.evidence(row, column) } else { None }
    }

    /// What stands behind the first figure of a row that can be opened.
    pub fn evidence(&self, row: usize) -> Option<Evidence> {
        (0..self.columns.len()).find_map(|column| self.evidence_of(row, column))
    }

    /// The reports that a row is about, where it is about some.
    pub fn reports(&self, row: usize) -> &[ReportId] {
        if row < self.len() { self.rows.reports(row) } else { &[] }
    }

    /// The columns that name a row.
    pub fn keys(&self) -> impl Iterator<Item = (usize, &Column)> {
        self.columns.iter().enumerate().filter(|(_, column)| column.key)
    }

    /// Says which columns name the rows, and what they hold in this table: places, or years.
    pub fn name_rows_by(&mut self, keys: &[(&str, Kind)]) {
        for column in &mut self.columns {
            let key = keys.iter().find(|(id, _)| *id == column.id);
            column.key = key.is_some();
            column.kind = key.map_or(column.kind, |(_, kind)| *kind);
        }
        self.pivot = OnceLock::new();
    }

    /// Says that the column of this name holds what another one holds: it is headed and rounded like that one.
    pub fn liken(&mut self, id: &str, other: &Column) {
        if let Some(column) = self.columns.iter_mut().find(|column| column.id == id) {
            let Column { kind, head, short, decimals, signed, .. } = *other;
            *column = Column { kind, head, short, decimals, signed, ..*column };
        }
    }

    /// How long the bar of a row is; 0 where its figure is not defined.
    pub fn weight(&self, row: usize) -> f64 {
        let value = self.sorted.and_then(|id| self.get(row, id).value());
        value.map_or(0.0, self.bar)
    }

    /// The first row whose cell in the column of this name is `text`.
    pub fn find(&self, id: &str, text: &str) -> Option<usize> {
        let (column, _) = self.column(id)?;
        (0..self.len()).find(|row| self.cell(*row, column).exact() == text)
    }

    /// Whether a row stands below the border.
    pub fn is_faint(&self, row: usize) -> bool {
        self.border.as_ref().is_some_and(|(at, _)| row >= *at)
    }

    /// The columns shown to people, in their order.
    pub fn for_people(&self) -> Vec<(usize, &Column)> {
        let mut shown: Vec<_> = self.columns.iter().enumerate().filter(|(_, column)| column.people > 0).collect();
        shown.sort_by_key(|(_, column)| column.people);
        shown
    }

    /// The rows named by two keys as a grid of one by the other; `None` where one key names them.
    pub fn pivot(&self) -> Option<&Pivot> {
        self.pivot.get_or_init(|| Pivot::of(self)).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    type Of = Field<(&'static str, u64, Option<f64>)>;

    const FIELDS: &[Of] = &[
        Of::new("term", Kind::Term, |row, ()| Cell::text(row.0)).head("词", "term").people(1).key(),
        Of::new("rate", Kind::Rate, |row, ()| Cell::number(row.2)).head("每万字", "per 10,000").people(3),
        Of::new("count", Kind::Count, |row, ()| Cell::Count(row.1)).head("次", "count").people(2),
    ];

    #[test]
    fn a_table_answers_by_name_and_by_place_and_never_panics() {
        let table = Table::new(List::new(vec![("水渠", 3, Some(1.5)), ("梯田", 0, None)], FIELDS), Settings::default());
        assert_eq!((table.len(), table.total, table.found), (2, 2, true));
        assert_eq!(table.get(0, "count"), Cell::Count(3));
        assert_eq!(
            (table.get(1, "rate"), table.get(9, "rate"), table.get(0, "x")),
            (Cell::None, Cell::None, Cell::None)
        );
        assert_eq!(table.for_people().iter().map(|(_, c)| c.id).collect::<Vec<_>>(), ["term", "count", "rate"]);
        assert_eq!(table.columns()[1].heading(Lang::Zh), "每万字");
        assert!(table.evidence(0).is_none() && table.reports(7).is_empty() && table.pivot().is_none());
        assert!(!Table::new(List::new(Vec::new(), FIELDS), Settings::default()).found);
    }
}
