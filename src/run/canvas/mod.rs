//! A backend of the library that sends little: what counts over ssh.
//!
//! In: cells that the library takes for changed. Out: the bytes that bring the screen from what it shows to what it is to show: a
//! style only where it changes, blanks by erasing, no move behind a character whose width is not in doubt, nothing at all
//! where nothing changes. A frame reaches the terminal in one piece (synchronized update, mode 2026). Does not know about:
//! what is drawn.

mod ability;

mod pencil;
mod row;
mod scroll;
#[cfg(test)]
mod scroll_tests;
#[cfg(test)]
mod tests;

use std::cell::Cell as Shared;
use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::Color;

use crate::store::Traffic;
pub use ability::Ability;
use pencil::Pencil;
use row::{Stroke, StrokeKind, TerminalRow};

/// A backend that writes to `W`.
#[derive(Debug)]
pub struct CompactBackend<W: Write> {
    out: W,
    ability: Ability,
    pencil: Pencil,
    rows: Vec<TerminalRow>,
    /// Nobody knows what the terminal shows: the next frame begins by clearing it.
    is_lost: bool,
    /// What the terminal said last of its size.
    size: Shared<Size>,
    /// In the place of what the terminal says.
    #[cfg(test)]
    fixed: Option<Size>,
    /// Frames that changed something, and the bytes of all frames.
    sent: Traffic,
}

impl<W: Write> CompactBackend<W> {
    /// Writes to `out`, a terminal of which nothing is known but what it can.
    pub fn new(out: W, ability: Ability) -> Self {
        Self {
            out,
            ability,
            pencil: Pencil::default(),
            rows: Vec::new(),
            is_lost: true,
            size: Shared::new(Size::ZERO),
            #[cfg(test)]
            fixed: None,
            sent: Traffic::default(),
        }
    }

    /// Somebody else has written on the screen: the next frame clears it and is drawn whole.
    pub fn forget(&mut self) {
        self.pencil.forget();
        self.is_lost = true;
    }

    /// The terminal said that it moves rows between side margins.
    pub const fn scroll_sides(&mut self) {
        self.ability.scrolls_sides = true;
    }

    /// Lets the terminal move what has moved.
    fn scroll(&mut self) {
        let Some(part) = scroll::find(&self.rows, self.ability.scrolls_sides) else { return };
        let width = self.rows.first().map_or(0, |row| usize::from(row.width()));
        let columns = (part.columns.len() < width).then(|| part.columns.clone());
        self.pencil.scroll(part.rows.clone(), columns, part.up);
        part.apply(&mut self.rows);
    }

    /// Brings every row to what it is to show: from left to right and row by row, or style by style, whichever is shorter.
    fn paint(&mut self) {
        let mut strokes = Vec::new();
        for (y, row) in self.rows.iter().enumerate() {
            row.strokes(y, self.ability, &mut strokes);
        }
        let (mut in_order, mut by_style) = (self.pencil.clone(), self.pencil.clone());
        strokes.iter().for_each(|stroke| self.do_stroke(stroke, &mut in_order));
        self.do_by_style(strokes, &mut by_style);
        self.pencil = if by_style.out.len() < in_order.out.len() { by_style } else { in_order };
        self.rows.iter_mut().for_each(TerminalRow::is_drawn);
    }

    fn do_stroke(&self, stroke: &Stroke, pencil: &mut Pencil) {
        if let Some(row) = self.rows.get(stroke.y) {
            row.paint(stroke, pencil, self.ability);
        }
    }

    /// All strokes of one style, then those of the next. What stands behind a character whose width is in doubt is written after it.
    fn do_by_style(&self, mut strokes: Vec<Stroke>, pencil: &mut Pencil) {
        while let Some(first) = strokes.first() {
            // The first waits for nothing.
            self.do_stroke(first, pencil);
            let mut before = strokes.remove(0);
            let mut held = false;
            strokes.retain(|stroke| {
                let follows = stroke.y == before.y && stroke.columns.start == before.columns.end;
                let suits = match stroke.what {
                    StrokeKind::Text(ink) => pencil.writes_in(ink),
                    StrokeKind::Blank(back) | StrokeKind::Rest(back) => pencil.has_back(back),
                };
                let waits = follows && held;
                let done = suits && !waits;
                if done {
                    self.do_stroke(stroke, pencil);
                }
                // Who waits for a stroke that waits itself waits too, if that ends in doubt.
                held = !done && self.rows.get(stroke.y).is_some_and(|row| row.ends_in_doubt(stroke));
                before = stroke.clone();
                !done
            });
        }
    }

    /// What was sent so far.
    pub const fn sent(&self) -> Traffic {
        self.sent
    }

    /// Takes the size that the library draws for.
    fn fit(&mut self) {
        let Size { width, height } = self.size.get();
        if self.rows.len() != usize::from(height) || self.rows.first().is_some_and(|row| row.width() != width) {
            self.rows = vec![TerminalRow::new(width, Color::Reset); height.into()];
            self.is_lost = true;
        }
    }

    /// Clears the screen in the colour that most of it is to have.
    fn clear_all(&mut self) {
        let mut backs: Vec<(Color, usize)> = Vec::new();
        for back in self.rows.iter().flat_map(TerminalRow::backs) {
            match backs.iter_mut().find(|(known, _)| *known == back) {
                Some((_, count)) => *count += 1,
                None => backs.push((back, 1)),
            }
        }
        let most = backs.into_iter().max_by_key(|(_, count)| *count).map_or(Color::Reset, |(back, _)| back);
        let back = if self.ability.erases { most } else { Color::Reset };
        self.pencil.forget();
        self.pencil.take(pencil::Ink::default());
        self.pencil.take_back(back);
        self.pencil.erase_all();
        self.rows.iter_mut().for_each(|row| row.is_cleared(back));
    }
}

const BEGIN: &str = "\x1b[?2026h";
const END: &str = "\x1b[?2026l";

impl<W: Write> Backend for CompactBackend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.fit();
        for (x, y, cell) in content {
            if let Some(row) = self.rows.get_mut(usize::from(y)) {
                row.want(x, cell);
            }
        }
        if std::mem::take(&mut self.is_lost) {
            self.clear_all();
        } else if self.ability.scrolls || self.ability.scrolls_sides {
            self.scroll();
        }
        self.paint();
        Ok(())
    }

    fn append_lines(&mut self, _: u16) -> io::Result<()> {
        // Of use to programs that draw below the prompt only.
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.pencil.show(false);
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.pencil.show(true);
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // The library asks before it clears, to put the cursor back; the next frame puts it where it belongs.
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        self.pencil.go(x, y);
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        // The library begins anew from blanks.
        self.rows.iter_mut().for_each(TerminalRow::want_nothing);
        self.is_lost = true;
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        #[cfg(test)]
        if let Some(size) = self.fixed {
            self.size.set(size);
            return Ok(size);
        }
        let (width, height) = crossterm::terminal::size()?;
        self.size.set(Size { width, height });
        Ok(self.size.get())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.pencil.out.is_empty() {
            return self.out.flush();
        }
        let frame = format!("{BEGIN}{}{END}", self.pencil.out);
        self.pencil.out.clear();
        self.sent.add(frame.len() as u64);
        self.out.write_all(frame.as_bytes())?;
        self.out.flush()
    }
}
