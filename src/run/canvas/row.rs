//! One row of the screen: what it shows, what it is to show, and the shortest way from the one to the other.
//!
//! In: cells. Out: strokes, and those done with a [`Pencil`]. A wide character is written or left whole. Does not know about: other rows.

use std::ops::Range;

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::{Color, Modifier};

use super::ability::Ability;
use super::pencil::{Ink, Pencil, SEEN_ON_BLANKS, is_in_doubt};

/// Something to be written in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stroke {
    /// The row.
    pub y: usize,
    /// The columns; at least one.
    pub columns: Range<usize>,
    /// What is written there.
    pub what: StrokeKind,
}

/// What a stroke writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StrokeKind {
    /// Characters of one style.
    Text(Ink),
    /// Blanks of one background.
    Blank(Color),
    /// Blanks to the end of the row.
    Rest(Color),
}

fn ink_of(cell: &Cell) -> Ink {
    Ink { front: cell.fg, back: cell.bg, modifier: cell.modifier }
}

/// A row; both sides have as many cells as the screen has columns.
#[derive(Debug, Clone)]
pub struct TerminalRow {
    /// What it is to show.
    wanted: Vec<Cell>,
    /// What it shows.
    shown: Vec<Cell>,
    is_touched: bool,
}

/// Fewer cells than this are painted, not erased: erasing moves no cursor.
const FEW: usize = 10;

/// What nothing that is drawn looks like: nobody hides what blinks twice.
fn unknown() -> Cell {
    let mut cell = Cell::new("?");
    cell.modifier = Modifier::HIDDEN | Modifier::SLOW_BLINK | Modifier::RAPID_BLINK;
    cell
}

/// In the place of the further columns of a wide character.
const CONTINUED: Cell = Cell::new("");

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(SEEN_ON_BLANKS)
}

/// Whether nobody can tell the two apart.
pub fn look_alike(a: &Cell, b: &Cell) -> bool {
    if is_blank(a) && is_blank(b) {
        return a.bg == b.bg;
    }
    a.symbol() == b.symbol()
        && (a.symbol().is_empty() || (a.fg, a.bg, a.modifier) == (b.fg, b.bg, b.modifier))
        && a.cell_width() == b.cell_width()
}

fn columns(cell: &Cell) -> usize {
    usize::from(cell.cell_width()).max(1)
}

impl TerminalRow {
    /// A row that shows blanks of this background and is to show nothing else yet.
    pub fn new(width: u16, back: Color) -> Self {
        let mut row = Self { wanted: vec![Cell::EMPTY; width.into()], shown: Vec::new(), is_touched: true };
        row.is_cleared(back);
        row
    }

    /// The screen was cleared with this background.
    pub fn is_cleared(&mut self, back: Color) {
        let mut blank = Cell::EMPTY;
        blank.set_bg(back);
        self.shown = vec![blank; self.wanted.len()];
        self.is_touched = true;
    }

    /// Its columns.
    pub fn width(&self) -> u16 {
        u16::try_from(self.wanted.len()).unwrap_or(u16::MAX)
    }

    /// Wants a cell to be so.
    pub fn want(&mut self, x: u16, cell: &Cell) {
        let (x, end) = (usize::from(x), usize::from(x) + columns(cell));
        // What does not fit is not begun.
        if end > self.wanted.len() {
            return;
        }
        for further in self.wanted.iter_mut().take(end).skip(x + 1) {
            *further = CONTINUED;
        }
        if let Some(own) = self.wanted.get_mut(x) {
            *own = cell.clone();
            self.is_touched = true;
        }
    }

    /// Whether anything was wanted since it was drawn.
    pub const fn is_touched(&self) -> bool {
        self.is_touched
    }

    /// What it is to show.
    pub fn wanted(&self) -> &[Cell] {
        &self.wanted
    }

    /// What it shows.
    pub fn shown(&self) -> &[Cell] {
        &self.shown
    }

    /// These columns show this now; without cells nobody knows what.
    pub fn shows(&mut self, columns: Range<usize>, cells: Option<Vec<Cell>>) {
        let Some(own) = self.shown.get_mut(columns) else { return };
        match cells {
            Some(cells) if cells.len() == own.len() => own.clone_from_slice(&cells),
            _ => own.fill(unknown()),
        }
        self.is_touched = true;
    }

    /// Wants blanks in the terminal's own colours everywhere.
    pub fn want_nothing(&mut self) {
        self.wanted.fill(Cell::EMPTY);
        self.is_touched = true;
    }

    /// The backgrounds of the blanks it is to show.
    pub fn backs(&self) -> impl Iterator<Item = Color> + '_ {
        self.wanted.iter().filter(|cell| is_blank(cell)).map(|cell| cell.bg)
    }

    /// What must be done so that it shows what it is to show, from left to right.
    pub fn strokes(&self, y: usize, ability: Ability, out: &mut Vec<Stroke>) {
        if !self.is_touched {
            return;
        }
        let dirty = self.dirty();
        if !dirty.contains(&true) {
            return;
        }
        let rest = self.rest(&dirty, ability);
        let mut x = 0;
        while x < rest.start {
            if !dirty.get(x).copied().unwrap_or(false) {
                x += 1;
                continue;
            }
            let Some(cell) = self.wanted.get(x) else { break };
            let start = x;
            if is_blank(cell) {
                x += self.run(x..rest.start, cell, &dirty);
                out.push(Stroke { y, columns: start..x, what: StrokeKind::Blank(cell.bg) });
                continue;
            }
            let ink = ink_of(cell);
            while let Some(next) = self.wanted.get(x)
                && x < rest.start
                && dirty.get(x) == Some(&true)
                && !is_blank(next)
                && ink_of(next) == ink
            {
                x += columns(next);
            }
            out.push(Stroke { y, columns: start..x, what: StrokeKind::Text(ink) });
        }
        if !rest.is_empty() {
            let back = self.wanted.get(rest.start).map_or(Color::Reset, |cell| cell.bg);
            out.push(Stroke { y, columns: rest, what: StrokeKind::Rest(back) });
        }
    }

    /// All of its strokes are done.
    pub fn is_drawn(&mut self) {
        if std::mem::take(&mut self.is_touched) {
            self.shown.clone_from(&self.wanted);
        }
    }

    /// Does a stroke.
    pub fn paint(&self, stroke: &Stroke, pencil: &mut Pencil, ability: Ability) {
        let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let (width, run) = (self.width(), stroke.columns.len());
        pencil.go(number(stroke.columns.start), number(stroke.y));
        match stroke.what {
            StrokeKind::Rest(back) => {
                pencil.take_back(back);
                pencil.erase_rest();
            }
            StrokeKind::Blank(back) => {
                pencil.take_back(back);
                if run > FEW && ability.erases {
                    pencil.erase(number(run));
                } else {
                    (0..run).for_each(|_| pencil.write(" ", 1, width));
                }
            }
            StrokeKind::Text(ink) => {
                pencil.take(ink);
                let mut x = stroke.columns.start;
                while let Some(cell) = self.wanted.get(x).filter(|_| x < stroke.columns.end) {
                    // Behind a character whose width is in doubt the cursor is where the next one stands.
                    pencil.go(number(x), number(stroke.y));
                    // A half that lost its other half is a blank to whoever sees it.
                    let symbol = if cell.symbol().is_empty() { " " } else { cell.symbol() };
                    pencil.write(symbol, number(columns(cell)), width);
                    let own = self.wanted.get(x..stroke.columns.end).unwrap_or_default();
                    let run = own.iter().take_while(|next| look_alike(next, cell)).count();
                    if ability.repeats && columns(cell) == 1 && run > 1 && (run - 1) * symbol.len() > 5 {
                        pencil.repeat(number(run - 1), width);
                        x += run;
                    } else {
                        x += columns(cell);
                    }
                }
            }
        }
    }

    /// Whether terminals disagree where a stroke ends: what follows must be written after it.
    pub fn ends_in_doubt(&self, stroke: &Stroke) -> bool {
        let last =
            self.wanted.get(stroke.columns.clone()).and_then(|cells| cells.iter().rfind(|c| !c.symbol().is_empty()));
        matches!(stroke.what, StrokeKind::Text(_)) && last.is_some_and(|cell| is_in_doubt(cell.symbol()))
    }

    /// Which columns must be written. A wide character, shown or wanted, of which a part must be written, is written whole.
    fn dirty(&self) -> Vec<bool> {
        let mut dirty: Vec<bool> = self.wanted.iter().zip(&self.shown).map(|(a, b)| !look_alike(a, b)).collect();
        loop {
            let mut grown = false;
            for side in [&self.wanted, &self.shown] {
                for (x, cell) in side.iter().enumerate().filter(|(_, cell)| columns(cell) > 1) {
                    let end = (x + columns(cell)).min(dirty.len());
                    let Some(own) = dirty.get_mut(x..end) else { continue };
                    if own.contains(&true) && own.contains(&false) {
                        own.fill(true);
                        grown = true;
                    }
                }
            }
            if !grown {
                return dirty;
            }
        }
    }

    /// The blanks at the end that are erased at once; empty where painting them is as short.
    fn rest(&self, dirty: &[bool], ability: Ability) -> Range<usize> {
        let width = self.wanted.len();
        let Some(last) = self.wanted.last().filter(|cell| is_blank(cell)) else { return width..width };
        if !ability.erases && last.bg != Color::Reset {
            return width..width;
        }
        let blanks = self.wanted.iter().rev().take_while(|cell| is_blank(cell) && cell.bg == last.bg).count();
        let first = dirty.iter().skip(width - blanks).position(|dirty| *dirty).map(|n| width - blanks + n);
        let many = dirty.iter().skip(width - blanks).filter(|dirty| **dirty).count();
        first.filter(|_| many > 3).map_or(width..width, |first| first..width)
    }

    /// How many cells from the first of `range` on are to be written and look like `cell`.
    fn run(&self, range: Range<usize>, cell: &Cell, dirty: &[bool]) -> usize {
        let cells = self.wanted.iter().zip(dirty).take(range.end).skip(range.start);
        cells.take_while(|(next, dirty)| **dirty && look_alike(next, cell)).count().max(1)
    }
}
