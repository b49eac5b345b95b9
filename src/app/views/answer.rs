//! The table that answers a question, on the screen: which cell is selected, which part is seen.
//!
//! In: a question, its table, movements. Out: what the view still needs, what is selected. Does not know about: what the
//! question is about, how a table is drawn.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::analysis::{KeyedQuestion, Question};
use crate::app::screen::scroll::Motion;
use crate::app::views::cursor::{Cursor, Extents, bars_rows};
use crate::app::views::request::ViewQuestion;
use crate::app::views::side_by_side::{SideBySide, SideLayout};
use crate::corpus::ReportId;
use crate::index::terms::Occurrence;
use crate::table::{Column, Evidence, Kind, Pivot, Shape, Table};
use crate::text::width::{Ambiguous, str_width};

/// A question and its answer.
#[derive(Debug)]
pub struct Answer {
    /// The question.
    pub question: Question,
    /// The term it was asked about, where it takes one.
    pub term: Option<String>,
    /// Its answer, once it is there.
    pub table: Option<Arc<Table>>,
    /// Why there is none.
    pub failed: Option<String>,
    /// Where one stands.
    pub cursor: Cursor,
    /// What it needs to be read side by side, where it is.
    pub beside: Option<Box<SideBySide>>,
    /// Whether a shade says how a cell compares with its own row; otherwise with the whole grid.
    pub by_row: bool,
    /// Whether it is drawn as a chart: lines over years, intervals of a ranking.
    pub plotted: bool,
}

/// Rows of the head of a grid of places: their names stand upright, three 汉字 high.
pub const NAMES: u16 = 3;

impl Answer {
    /// To a question, not answered yet.
    pub fn new(question: Question, term: Option<String>) -> Self {
        let beside = SideBySide::of(&question);
        Self {
            question,
            term,
            table: None,
            failed: None,
            cursor: Cursor::default(),
            beside,
            by_row: true,
            plotted: false,
        }
    }

    pub(in crate::app) fn ask(&self) -> Option<ViewQuestion> {
        let ask = |question| Some(ViewQuestion::Answer(Box::new(question)));
        if self.waits() {
            return ask(self.question.clone());
        }
        ask(self.beside.as_ref()?.words_wanted(&self.question)?)
    }

    /// Whether its table is still on its way.
    pub fn waits(&self) -> bool {
        self.table.is_none() && self.failed.is_none()
    }

    pub(in crate::app) fn forget(&mut self) {
        (self.table, self.failed) = (None, None);
        if let Some(beside) = &mut self.beside {
            beside.forget();
        }
    }

    /// The key that asks it.
    pub fn keyed(&self) -> Option<&'static KeyedQuestion> {
        Question::keyed().find(|keyed| (keyed.shows)(&self.question))
    }

    /// How the table is seen.
    pub fn shape(&self) -> Shape {
        self.table.as_ref().map_or(Shape::List, |table| table.shape())
    }

    /// The grid, where it is one.
    pub fn pivot(&self) -> Option<&Pivot> {
        self.table.as_ref().filter(|table| table.shape() == Shape::Grid)?.pivot()
    }

    /// Whether the columns of the grid are places, which have little room each.
    pub fn has_narrow_cells(&self) -> bool {
        self.table.as_ref().is_some_and(|table| table.key_kind(1) == Some(Kind::Place))
    }

    /// Takes the table; the row or column with the report that is being read is selected, unless one was chosen.
    pub(in crate::app) fn take(&mut self, table: Arc<Table>, here: Option<ReportId>, area: Rect) {
        let shape = table.shape();
        let holds = |row: usize| here.is_some_and(|id| table.reports(row).contains(&id));
        match (shape, table.pivot()) {
            (Shape::Bars | Shape::Trend, _) => {
                self.cursor.row = (0..table.len()).find(|row| holds(*row)).unwrap_or(0);
            }
            (Shape::Grid, Some(pivot)) if matches!(table.key_kind(1), Some(Kind::Place | Kind::Year)) => {
                let holds_column =
                    |column: usize| (0..pivot.rows.len()).filter_map(|row| pivot.at(row, column)).any(holds);
                let own = (0..pivot.columns.len()).find(|column| holds_column(*column));
                self.cursor.column = own.unwrap_or(0);
                // A written grid has holes: one begins where something stands.
                if table.written.is_some() {
                    let there = |row: &usize| pivot.at(*row, self.cursor.column).is_some();
                    self.cursor.row = (0..pivot.rows.len()).find(there).unwrap_or(0);
                }
            }
            (Shape::Grid, Some(pivot)) => {
                let own = (0..pivot.rows.len()).find(|row| pivot.at(*row, 0).is_some_and(holds));
                self.cursor.row = own.unwrap_or(0);
                self.by_row = false;
            }
            _ => {}
        }
        if shape == Shape::Tiles {
            let own = (0..table.len()).find(|row| holds(*row));
            let any = (0..table.len()).find(|row| table.weight(*row) != 0.0);
            self.cursor.row = own.or(any).unwrap_or(0);
        }
        // Another section is read beside the same report as before.
        if let Some(report) = self.beside.as_mut().and_then(|beside| beside.stays.take()) {
            self.cursor.row = (0..table.len()).find(|row| table.reports(*row).contains(&report)).unwrap_or(0);
        }
        self.table = Some(table);
        self.settle(area);
    }

    /// The row of the table that is selected.
    pub fn row(&self) -> Option<usize> {
        let table = self.table.as_ref()?;
        match self.pivot() {
            Some(pivot) => pivot.at(self.cursor.row, self.cursor.column),
            None => Some(self.cursor.row).filter(|row| *row < table.len()),
        }
    }

    /// What stands behind the selected figure.
    pub fn evidence(&self) -> Option<Evidence> {
        self.table.as_ref()?.evidence(self.row()?)
    }

    /// The one occurrence that the selected row is, where it is one.
    pub fn occurrence(&self) -> Option<Occurrence> {
        match self.evidence()? {
            Evidence::Occurrences { occurrences, .. } if occurrences.len() == 1 => occurrences.first().copied(),
            _ => None,
        }
    }

    /// The reports that the selected row is about, or in which its occurrences are.
    pub fn report(&self) -> Option<ReportId> {
        let (table, row) = (self.table.as_ref()?, self.row()?);
        table.reports(row).first().copied().or_else(|| table.evidence(row)?.report())
    }

    /// The name of the place or year that the selected row is about.
    pub fn place(&self) -> Option<String> {
        let (table, row) = (self.table.as_ref()?, self.row()?);
        let named = table.keys().find(|(_, column)| matches!(column.kind, Kind::Place | Kind::Year));
        named.map(|(at, column)| table.cell(row, at).shown(column.kind).into_owned())
    }

    /// The term that the selected row is about, else the one that was asked about.
    pub fn term(&self) -> Option<String> {
        let selected = || {
            let (table, row) = (self.table.as_ref()?, self.row()?);
            let named = table.keys().find(|(_, column)| column.kind == Kind::Term);
            named.map(|(at, _)| table.cell(row, at).exact().replace(' ', ""))
        };
        self.term.clone().or_else(selected)
    }

    /// The selected phrase, where phrases may be accepted or refused.
    pub fn phrase(&self) -> Option<String> {
        if matches!(&self.question, Question::Ngrams(params) if params.discover) { self.term() } else { None }
    }

    /// The column whose texts stand in the cells of the grid, where these are no shades.
    pub fn written(&self) -> Option<(usize, &Column)> {
        let table = self.table.as_ref()?;
        table.column(table.written?)
    }

    /// Columns for the name of a row; names of a written grid say more, and get up to a third of the width.
    pub fn label(&self, area: Rect) -> u16 {
        let least = if area.width < 50 { 11 } else { 17 };
        let Some(pivot) = self.pivot().filter(|_| self.written().is_some()) else { return least };
        let longest = pivot.rows.iter().map(|name| str_width(name, Ambiguous::Wide)).max().unwrap_or(0);
        u16::try_from(longest + 2).unwrap_or(u16::MAX).clamp(least, (area.width * 2 / 5).max(least))
    }

    /// Columns of a cell of the grid.
    pub fn cell(&self) -> u16 {
        if let Some((_, column)) = self.written() {
            return column.width.into();
        }
        match self.table.as_ref().and_then(|table| table.key_kind(1)) {
            Some(Kind::Place) => 2,
            Some(Kind::Group) => 7,
            _ => 8,
        }
    }

    /// Rows of the head of the table.
    pub fn head(&self) -> u16 {
        match self.shape() {
            Shape::Grid if self.has_narrow_cells() => NAMES,
            Shape::Grid if self.written().is_some() => 2,
            _ => 1,
        }
    }

    /// Where the rows stand in `area`: below the head; under a grid the selected cell is told in words.
    pub fn rows(&self, area: Rect) -> Rect {
        if let Some(beside) = &self.beside {
            return SideLayout::of(area, beside.shows_other).rows();
        }
        if self.shape() != Shape::Grid {
            return bars_rows(area);
        }
        let head = self.head().min(area.height);
        Rect { y: area.y + head, height: area.height.saturating_sub(head + self.foot(area)), ..area }
    }

    /// Rows below the grid, where the selected cell is told in words: of a written one with the text it was read from.
    pub fn foot(&self, area: Rect) -> u16 {
        if self.written().is_some() && area.height >= 16 { 5 } else { 2 }
    }

    /// The size of the table, and of what is seen of it in `area`.
    pub fn extents(&self, area: Rect) -> Extents {
        let height = self.rows(area).height.into();
        match self.pivot() {
            Some(pivot) => Extents {
                rows: pivot.rows.len(),
                height,
                columns: pivot.columns.len(),
                width: (area.width.saturating_sub(self.label(area) + 1) / self.cell()).into(),
            },
            None if self.shape() == Shape::Ledger => Extents {
                rows: self.table.as_ref().map_or(0, |table| table.len()),
                // A row takes two or three; which are seen is settled where they are drawn.
                height: height.div_ceil(3),
                columns: 1,
                width: 1,
            },
            None => Extents { rows: self.table.as_ref().map_or(0, |table| table.len()), height, columns: 1, width: 1 },
        }
    }

    /// The highest figure that a cell of this row of the grid is compared with.
    pub fn highest(&self, row: usize) -> f64 {
        let highest = self.pivot().map_or(&[][..], |pivot| &pivot.highest);
        if self.by_row { highest.get(row).copied().unwrap_or(0.0) } else { highest.iter().copied().fold(0.0, f64::max) }
    }

    pub(in crate::app) fn go(&mut self, motion: Motion, area: Rect) {
        if let Motion::Rows(rows) = motion
            && self.step_tile((rows.signum(), 0), area)
        {
            return;
        }
        let extents = self.extents(area);
        self.cursor.go(motion, extents);
    }

    pub(in crate::app) fn side(&mut self, right: bool, area: Rect) {
        if self.step_tile((0, if right { 1 } else { -1 }), area) {
            return;
        }
        let extents = self.extents(area);
        self.cursor.side(right, extents);
    }

    pub(in crate::app) fn settle(&mut self, area: Rect) {
        let extents = self.extents(area);
        self.cursor.settle(extents);
    }

    /// Asks for the next order, which the worker brings the rows into; of a grid, compares shades otherwise.
    pub(in crate::app) fn turn_scale(&mut self) -> bool {
        if let (Question::Map(params), Some(table)) = (&mut self.question, &self.table) {
            let turned = params.turn_column(table);
            if turned {
                self.forget();
            }
            return turned;
        }
        if self.shape() == Shape::Grid && self.written().is_none() {
            self.by_row = !self.by_row;
            return false;
        }
        let turned = self.question.analysis_mut().turn_order(true).is_some();
        if turned {
            self.forget();
            self.cursor = Cursor::default();
        }
        turned
    }

    /// Whether there is another order of rows, or of shades.
    pub fn can_turn_scale(&self) -> bool {
        if self.shape() == Shape::Tiles {
            return self.table.as_ref().is_some_and(|table| table.choices.len() > 1);
        }
        let shaded = self.shape() == Shape::Grid && self.written().is_none();
        shaded || self.question.clone().analysis_mut().turn_order(true).is_some()
    }

    /// Whether it can be drawn as a chart.
    pub fn can_plot(&self) -> bool {
        let years =
            [0, 1].map(|at| self.table.as_ref().and_then(|table| table.key_kind(at))).contains(&Some(Kind::Year));
        match self.shape() {
            Shape::Trend => true,
            Shape::Grid => years,
            Shape::Bars => self.table.as_ref().is_some_and(|table| {
                table.sorted.is_some_and(|sorted| table.column(&format!("{sorted}_low")).is_some())
            }),
            Shape::List | Shape::Ledger | Shape::Tiles => false,
        }
    }

    /// From places to years, and back.
    pub(in crate::app) fn turn_axis(&mut self) -> bool {
        let turned = self.question.analysis_mut().turn_axis();
        if turned {
            self.forget();
            self.plotted = false;
            self.cursor.column = 0;
        }
        turned
    }

    /// Whether it can be by year as well as by place.
    pub fn can_turn_axis(&self) -> bool {
        self.question.clone().analysis_mut().turn_axis()
    }
}
