//! One row of the screen: what it shows, what it is to show, and the shortest way from the one to the other.
//!
//! In: cells. Out: strokes of a [`Pencil`]. A wide character is written or left whole. Does not know about: other rows.

use std::ops::Range;

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::Color;

use super::ability::Ability;
use super::pencil::{Ink, Pencil, SEEN_ON_BLANKS};

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

/// In the place of the further columns of a wide character.
const CONTINUED: Cell = Cell::new("");

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(SEEN_ON_BLANKS)
}

fn look_alike(a: &Cell, b: &Cell) -> bool {
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

    /// Wants blanks in the terminal's own colours everywhere.
    pub fn want_nothing(&mut self) {
        self.wanted.fill(Cell::EMPTY);
        self.is_touched = true;
    }

    /// The backgrounds of the blanks it is to show.
    pub fn backs(&self) -> impl Iterator<Item = Color> + '_ {
        self.wanted.iter().filter(|cell| is_blank(cell)).map(|cell| cell.bg)
    }

    /// Brings row `y` of the screen to what it is to show.
    pub fn draw(&mut self, y: u16, pencil: &mut Pencil, ability: Ability) {
        if !std::mem::take(&mut self.is_touched) {
            return;
        }
        let dirty = self.dirty();
        if !dirty.contains(&true) {
            return;
        }
        let width = self.width();
        let rest = self.rest(&dirty, ability);
        let mut x = 0;
        while x < rest.start {
            if !dirty.get(x).copied().unwrap_or(false) {
                x += 1;
                continue;
            }
            let Some(cell) = self.wanted.get(x) else { break };
            // Where nothing can be repeated, only blanks go together.
            let run = if is_blank(cell) || ability.repeats { self.run(x..rest.start, cell, &dirty) } else { 1 };
            pencil.go(u16::try_from(x).unwrap_or(u16::MAX), y);
            let times = u16::try_from(run).unwrap_or(u16::MAX);
            if is_blank(cell) {
                pencil.take_back(cell.bg);
                if run > FEW && ability.erases {
                    pencil.erase(times);
                } else {
                    (0..run).for_each(|_| pencil.write(" ", 1, width));
                }
                x += run;
                continue;
            }
            pencil.take(Ink { front: cell.fg, back: cell.bg, modifier: cell.modifier });
            // A half that lost its other half is a blank to whoever sees it.
            let symbol = if cell.symbol().is_empty() { " " } else { cell.symbol() };
            pencil.write(symbol, u16::try_from(columns(cell)).unwrap_or(1), width);
            if ability.repeats && columns(cell) == 1 && (run - 1) * symbol.len() > 5 {
                pencil.repeat(times - 1, width);
                x += run;
            } else {
                x += columns(cell);
            }
        }
        if !rest.is_empty() {
            let back = self.wanted.get(rest.start).map_or(Color::Reset, |cell| cell.bg);
            pencil.go(u16::try_from(rest.start).unwrap_or(u16::MAX), y);
            pencil.take_back(back);
            pencil.erase_rest();
        }
        self.shown.clone_from(&self.wanted);
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
