//! What a terminal shows after the bytes of one frame after another.
//!
//! The emulator itself shows ambiguous characters in one column. One that shows them in two is had by giving it, for
//! each of them, a sign that is two columns wide everywhere.

use std::cell::RefCell;
use std::io;
use std::num::NonZeroU16;
use std::rc::Rc;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use yilan::testing::config::theme::Theme;
use yilan::testing::text::width::{Ambiguous, char_width};

use super::stage::Stage;

/// Stands for every ambiguous character where those are two columns wide: the geta mark, wide by East Asian Width.
pub const WIDE_SIGN: char = '〓';

/// Bytes on their way to the emulator.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl io::Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A terminal emulator and the library's side of it.
pub struct Emulator {
    wire: Wire,
    terminal: Terminal<CrosstermBackend<Wire>>,
    screen: vt100::Parser,
    ambiguous: Ambiguous,
}

impl Emulator {
    /// One of this size that shows ambiguous characters so wide.
    pub fn new(width: u16, height: u16, ambiguous: Ambiguous) -> Self {
        let wire = Wire::default();
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, width, height)) };
        let terminal = Terminal::with_options(CrosstermBackend::new(wire.clone()), options).unwrap();
        let size = |n| NonZeroU16::new(n).unwrap();
        Self { wire, terminal, screen: vt100::Parser::new(size(height), size(width), 0), ambiguous }
    }

    /// The text as this emulator shows it.
    pub fn shown(&self, text: &str) -> String {
        let differs = |c: char| char_width(c, Ambiguous::Narrow) != char_width(c, Ambiguous::Wide);
        let wide = self.ambiguous == Ambiguous::Wide;
        text.chars().map(|c| if wide && differs(c) { WIDE_SIGN } else { c }).collect()
    }

    /// Draws a frame; returns text and background of every cell, row by row.
    pub fn draw(&mut self, stage: &Stage, theme: &Theme) -> Vec<(String, vt100::Color)> {
        self.terminal.draw(|frame| yilan::testing::view::draw(&stage.app, theme, frame)).unwrap();
        let bytes = String::from_utf8(self.wire.0.take()).unwrap();
        self.screen.process(self.shown(&bytes).as_bytes());
        let screen = self.screen.screen();
        let (rows, columns) = screen.size();
        let cells = (0..rows.into()).flat_map(|y: u16| (0..columns.into()).map(move |x: u16| (y, x)));
        cells.filter_map(|(y, x)| screen.cell(y, x)).map(|c| (c.contents().trim().to_owned(), c.bgcolor())).collect()
    }

    /// Where the cursor stands, column and row, if it is shown.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let screen = self.screen.screen();
        let (row, column) = screen.cursor_position();
        (!screen.hide_cursor()).then_some((column, row))
    }
}
