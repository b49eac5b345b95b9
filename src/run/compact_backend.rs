//! The library's backend, sparing the terminal what it knows: where its cursor stands after a 汉字.
//!
//! In: cells. Out: the same frame in a third of the bytes, which is what counts over ssh. The library moves the cursor
//! after every character of two columns, since some terminals show some of them in one; of 汉字 and of Chinese
//! punctuation there is no such doubt (East Asian Width W and F, Unicode Standard Annex 11).

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use crate::text::han::is_han;

/// A backend that writes to `W`.
pub(super) struct CompactBackend<W: Write>(CrosstermBackend<W>);

impl<W: Write> CompactBackend<W> {
    /// Writes to `out`.
    pub const fn new(out: W) -> Self {
        Self(CrosstermBackend::new(out))
    }
}

/// Whether every terminal shows the symbol in two columns.
fn is_surely_wide(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    let wide = |c: char| (is_han(c) && c != '〇') || matches!(c, '\u{3000}'..='\u{3017}' | '\u{ff01}'..='\u{ff60}');
    characters.next().is_some_and(wide) && characters.next().is_none()
}

/// Gives cells that follow a surely wide one the column right behind it, so that no move is written.
///
/// Cells come row by row, from left to right: a column counted so is never beyond the true one, so a true move is never
/// mistaken for none.
fn close_up<'a>(content: impl Iterator<Item = (u16, u16, &'a Cell)>) -> impl Iterator<Item = (u16, u16, &'a Cell)> {
    let mut last: Option<(u16, u16, u16)> = None;
    content.map(move |(x, y, cell)| {
        let told = match last {
            Some((next, row, told)) if next == x && row == y => told + 1,
            _ => x,
        };
        let columns = if is_surely_wide(cell.symbol()) { 2 } else { 1 };
        last = Some((x.saturating_add(columns), y, told));
        (told, y, cell)
    })
}

impl<W: Write> Write for CompactBackend<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.0)
    }
}

impl<W: Write> Backend for CompactBackend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.0.draw(close_up(content))
    }

    fn append_lines(&mut self, lines: u16) -> io::Result<()> {
        self.0.append_lines(lines)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.0.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.0.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.0.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.0.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    /// What a terminal of two-column 汉字 shows of the change from `before` to `after`, both `width` columns wide.
    fn shown(before: &str, after: &str, width: u16) -> (String, usize) {
        let buffer = |text: &str| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, 2));
            buffer.set_string(0, 0, text, Style::new());
            buffer.set_string(0, 1, text, Style::new());
            buffer
        };
        let (before, after) = (buffer(before), buffer(after));
        let blank = Buffer::empty(before.area);
        let mut bytes = Vec::new();
        let mut out = CompactBackend::new(&mut bytes);
        out.draw(blank.diff(&before).into_iter()).expect("memory takes everything");
        out.draw(before.diff(&after).into_iter()).expect("memory takes everything");
        let size = |n: u16| std::num::NonZeroU16::new(n).expect("not zero");
        let mut screen = vt100::Parser::new(size(2), size(width), 0);
        screen.process(&bytes);
        (screen.screen().contents(), bytes.len())
    }

    #[test]
    fn a_row_of_characters_needs_one_move() {
        let text = "灯塔看海，潮起潮落。";
        let (contents, bytes) = shown("", text, 40);
        assert_eq!(contents, format!("{text}\n{text}"));
        assert!(bytes < 2 * text.len() + 160, "{bytes}");
    }

    proptest! {
        #[test]
        fn the_screen_shows_what_was_drawn(before in "[灯塔“”a，①—é ]{0,12}", after in "[灯塔“”a，①—é ]{0,12}") {
            let (contents, _) = shown(&before, &after, 30);
            let rows: Vec<&str> = contents.lines().map(str::trim_end).collect();
            let want = after.trim_end();
            prop_assert_eq!(rows.first().copied().unwrap_or(""), want);
        }
    }
}
