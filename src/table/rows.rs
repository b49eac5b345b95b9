//! Rows of any type behind one face. In: values, [`Field`]s that read them. Out: cells and evidence by row and column.
//! Does not know about: how the values were found.

use std::fmt::{self, Debug};

use super::{Cell, Column, Evidence, Kind};
use crate::corpus::ReportId;

/// Rows of a table.
pub trait Rows: Debug + Send + Sync {
    /// The columns.
    fn columns(&self) -> Vec<Column>;
    /// How many rows there are.
    fn count(&self) -> usize;
    /// A cell of a row and a column that are there.
    fn cell(&self, row: usize, column: usize) -> Cell<'_>;
    /// What stands behind the figure of a cell.
    fn evidence(&self, row: usize, column: usize) -> Option<Evidence>;
    /// The reports that a row is about.
    fn reports(&self, row: usize) -> &[ReportId];
}

/// How one column reads a row of type `R`, and what all rows share (`S`: names, the scope that was counted).
pub struct Field<R, S = ()> {
    column: Column,
    get: for<'t> fn(&'t R, &'t S) -> Cell<'t>,
    opens: Option<Opens<R, S>>,
}

/// What stands behind a figure.
enum Opens<R, S> {
    Always(fn(&R, &S) -> Evidence),
    Sometimes(fn(&R, &S) -> Option<Evidence>),
}

impl<R, S> Field<R, S> {
    /// A column for programs; the other functions say where else it is seen.
    pub const fn new(id: &'static str, kind: Kind, get: for<'t> fn(&'t R, &'t S) -> Cell<'t>) -> Self {
        Self { column: Column::new(id, kind), get, opens: None }
    }

    /// Its heading in Chinese and English.
    pub const fn head(mut self, zh: &'static str, en: &'static str) -> Self {
        self.column.head = (zh, en);
        self.column.short = (zh, en);
        self
    }

    /// A shorter heading for the screen.
    pub const fn short(mut self, zh: &'static str, en: &'static str) -> Self {
        self.column.short = (zh, en);
        self
    }

    /// It names the row.
    pub const fn key(mut self) -> Self {
        self.column.key = true;
        self
    }

    /// People see it, in this place from the left (from 1); so does the screen, where it has room, unless it says otherwise.
    pub const fn people(mut self, place: u8) -> Self {
        self.column.people = place;
        self.column.screen = place;
        self
    }

    /// On the screen it gets room as number `rank` (from 1; 0: never) and takes `width` columns.
    pub const fn screen(mut self, rank: u8, width: u8) -> Self {
        self.column.screen = rank;
        self.column.width = width;
        self
    }

    /// Decimals on the screen.
    pub const fn decimals(mut self, decimals: u8) -> Self {
        self.column.decimals = Some(decimals);
        self
    }

    /// Positive figures have a sign on the screen.
    pub const fn signed(mut self) -> Self {
        self.column.signed = true;
        self
    }

    /// Programs do not get it: it repeats for people what other columns say.
    pub const fn people_only(mut self) -> Self {
        self.column.programs = false;
        self
    }

    /// Its figure can be opened.
    pub const fn opens(mut self, evidence: fn(&R, &S) -> Evidence) -> Self {
        self.opens = Some(Opens::Always(evidence));
        self
    }

    /// Its figure can be opened where there is one.
    pub const fn opens_some(mut self, evidence: fn(&R, &S) -> Option<Evidence>) -> Self {
        self.opens = Some(Opens::Sometimes(evidence));
        self
    }
}

impl<R, S> Debug for Field<R, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.column.fmt(f)
    }
}

/// Reads the reports that a row is about.
type Reports<R, S> = for<'t> fn(&'t R, &'t S) -> &'t [ReportId];

/// Rows of one type in a list.
#[derive(Debug)]
pub struct List<R: 'static, S: 'static = ()> {
    rows: Vec<R>,
    shared: S,
    fields: &'static [Field<R, S>],
    reports: Reports<R, S>,
}

impl<R> List<R> {
    /// Rows that share nothing.
    pub fn new(rows: Vec<R>, fields: &'static [Field<R>]) -> Self {
        Self::sharing(rows, (), fields)
    }
}

impl<R, S> List<R, S> {
    /// Rows that share something.
    pub fn sharing(rows: Vec<R>, shared: S, fields: &'static [Field<R, S>]) -> Self {
        Self { rows, shared, fields, reports: |_, _| &[] }
    }

    /// Says which reports a row is about.
    pub fn about(mut self, reports: Reports<R, S>) -> Self {
        self.reports = reports;
        self
    }
}

impl<R: Debug + Send + Sync, S: Debug + Send + Sync> Rows for List<R, S> {
    fn columns(&self) -> Vec<Column> {
        self.fields.iter().map(|field| field.column).collect()
    }

    fn count(&self) -> usize {
        self.rows.len()
    }

    fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        match (self.rows.get(row), self.fields.get(column)) {
            (Some(row), Some(field)) => (field.get)(row, &self.shared),
            _ => Cell::None,
        }
    }

    fn evidence(&self, row: usize, column: usize) -> Option<Evidence> {
        let opens = self.fields.get(column)?.opens.as_ref()?;
        let row = self.rows.get(row)?;
        match opens {
            Opens::Always(evidence) => Some(evidence(row, &self.shared)),
            Opens::Sometimes(evidence) => evidence(row, &self.shared),
        }
    }

    fn reports(&self, row: usize) -> &[ReportId] {
        self.rows.get(row).map_or(&[], |row| (self.reports)(row, &self.shared))
    }
}
