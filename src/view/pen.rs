//! Writes text into cells, cluster by cluster: the only way text comes onto the screen.
//!
//! In: text of any origin, a style. Out: cells. Hidden characters are made visible, a wide character that would be cut
//! at the edge is left out, and the terminal's own idea of ambiguous widths is kept to.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::glyphs::Glyphs;
use crate::text::visible::{is_hidden, visible_char};
use crate::text::width::{Ambiguous, ClusterWidth, cells, fit, str_width};

/// A pen over the frame's cells.
pub struct Pen<'b> {
    cells: &'b mut Buffer,
    /// How wide ambiguous characters are.
    pub ambiguous: Ambiguous,
}

impl<'b> Pen<'b> {
    /// A pen that writes into `cells`.
    pub fn new(cells: &'b mut Buffer, ambiguous: Ambiguous) -> Self {
        Self { cells, ambiguous }
    }

    /// The cells, for widgets of the library.
    pub fn buffer(&mut self) -> &mut Buffer {
        self.cells
    }

    /// Whether only signs may be used that are narrow everywhere.
    pub fn has_plain_lines(&self) -> bool {
        self.ambiguous == Ambiguous::Wide
    }

    /// The signs that suit the terminal.
    pub const fn glyphs(&self) -> &'static Glyphs {
        Glyphs::of(self.ambiguous)
    }

    /// Columns of a text.
    pub fn width(&self, text: &str) -> u16 {
        u16::try_from(str_width(text, self.ambiguous)).unwrap_or(u16::MAX)
    }

    /// Writes `text` from (`x`, `y`) on, not beyond column `end`; returns the column after it.
    pub fn write(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        self.write_with(x, y, end, text, |_| style)
    }

    /// Writes `text` with a style for each cluster.
    pub fn write_with(
        &mut self,
        x: u16,
        y: u16,
        end: u16,
        text: &str,
        mut style: impl FnMut(ClusterWidth) -> Style,
    ) -> u16 {
        let area = self.cells.area;
        let end = end.min(area.right());
        let mut at = x;
        if y < area.top() || y >= area.bottom() || x < area.left() {
            return x;
        }
        for cluster in cells(text, self.ambiguous) {
            let columns = u16::try_from(cluster.columns).unwrap_or(u16::MAX);
            if columns == 0 {
                continue;
            }
            if at.saturating_add(columns) > end {
                break;
            }
            let symbol = text.get(cluster.range()).unwrap_or_default();
            let style = style(cluster);
            if is_hidden(cluster.first) {
                self.cells[(at, y)].set_char(visible_char(cluster.first)).set_style(style);
            } else {
                let cell = &mut self.cells[(at, y)];
                cell.set_symbol(symbol).set_style(style);
                // The library knows narrow widths only; told otherwise it would overwrite the second half.
                if symbol.width() != cluster.columns
                    && let Some(width) = NonZeroU16::new(columns)
                {
                    cell.set_diff_option(CellDiffOption::ForcedWidth(width));
                }
            }
            for rest in 1..columns {
                // Nothing, rather than a blank: were this cell equal to the blank that follows it in the next frame, the
                // terminal would not be told to paint what it erases together with the wide character.
                self.cells[(at + rest, y)].set_symbol("").set_style(style);
            }
            at += columns;
        }
        at
    }

    /// Writes `text` into exactly `columns` columns, cut with an ellipsis or filled up with blanks.
    pub fn write_fit(&mut self, x: u16, y: u16, columns: u16, text: &str, style: Style) -> u16 {
        let fitted = fit(text, columns.into(), self.ambiguous);
        self.write(x, y, x.saturating_add(columns), &fitted, style)
    }

    /// Writes `text` up to column `end`, cut with an ellipsis where it has no room; returns the column behind it.
    pub fn write_cut(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let room = end.saturating_sub(x);
        if self.width(text) <= room {
            return self.write(x, y, end, text, style);
        }
        let fitted = fit(text, room.into(), self.ambiguous);
        self.write(x, y, end, fitted.trim_end(), style)
    }

    /// Writes `text` so that it ends before column `end`; returns where it begins. Left out if it would begin before `from`.
    pub fn write_right(&mut self, from: u16, end: u16, y: u16, text: &str, style: Style) -> u16 {
        let Some(start) = end.checked_sub(self.width(text)).filter(|start| *start >= from) else { return end };
        self.write(start, y, end, text, style);
        start
    }

    /// Lays a style over an area. Where it turns cells inside out, bars and shades stay as they are: half of a block would turn
    /// into its other half.
    pub fn tint(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.cells.area);
        if !style.add_modifier.contains(Modifier::REVERSED) {
            return self.cells.set_style(area, style);
        }
        let glyphs = self.glyphs();
        for position in area.positions() {
            let cell = &mut self.cells[position];
            let symbol = cell.symbol();
            let block = glyphs.bar.iter().chain(&glyphs.columns).chain(&glyphs.shades).any(|sign| *sign == symbol);
            if !block || glyphs.wall.is_ascii() {
                cell.set_style(style);
            }
        }
    }

    /// Empties an area for something that lies over what was drawn; `ground` is what it then lies on.
    pub fn clear(&mut self, area: Rect, ground: Style) {
        let area = area.intersection(self.cells.area);
        for position in area.positions() {
            self.cells[position].reset();
            self.cells[position].set_style(ground);
        }
        // Of a wide character that is half covered the other half may not stay.
        for y in area.rows().map(|row| row.y) {
            if let Some(left) = area.left().checked_sub(1).filter(|x| self.cells[(*x, y)].cell_width() > 1) {
                self.cells[(left, y)].set_symbol(" ").set_diff_option(CellDiffOption::None);
            }
            let right = area.right();
            if right < self.cells.area.right() && self.cells[(right, y)].symbol().is_empty() {
                self.cells[(right, y)].set_symbol(" ");
            }
        }
    }

    /// Draws an upright line.
    pub fn wall(&mut self, x: u16, top: u16, bottom: u16, style: Style) {
        let sign = self.glyphs().wall;
        for y in top..bottom {
            self.write(x, y, x + 1, sign, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(buffer: &Buffer) -> String {
        (0..buffer.area.width).map(|x| buffer[(x, 0)].symbol()).collect()
    }

    #[test]
    fn a_wide_character_is_never_cut_at_the_edge() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 1));
        let mut pen = Pen::new(&mut buffer, Ambiguous::Narrow);
        assert_eq!(pen.write(0, 0, 5, "云岭市", Style::new()), 4);
        assert_eq!(pen.write(9, 0, 20, "x", Style::new()), 9);
        assert_eq!(pen.write(0, 9, 20, "x", Style::new()), 0);
        assert_eq!(row(&buffer), "云岭 ");
    }

    #[test]
    fn a_row_turned_inside_out_keeps_its_bars_whole() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        let mut pen = Pen::new(&mut buffer, Ambiguous::Narrow);
        let bar = pen.glyphs().bar[1];
        pen.write(0, 0, 4, &format!("a{bar}{bar}"), Style::new());
        pen.tint(Rect::new(0, 0, 4, 1), Style::new().add_modifier(Modifier::REVERSED));
        let turned = |x: u16| buffer[(x, 0)].modifier.contains(Modifier::REVERSED);
        assert_eq!([0, 1, 2, 3].map(turned), [true, false, false, true]);
    }

    #[test]
    fn a_text_without_room_ends_with_an_ellipsis() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        let mut pen = Pen::new(&mut buffer, Ambiguous::Narrow);
        assert_eq!(pen.write_cut(0, 0, 6, "云岭", Style::new()), 4);
        assert_eq!(pen.write_cut(0, 0, 5, "云岭市", Style::new()), 5);
        assert_eq!(row(&buffer), "云岭… ");
    }

    #[test]
    fn control_characters_become_views() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        Pen::new(&mut buffer, Ambiguous::Narrow).write(0, 0, 8, "\x1b[2J\u{202e}a", Style::new());
        assert_eq!(row(&buffer), "␛[2J␦a  ");
    }

    #[test]
    fn ambiguous_characters_take_the_columns_the_terminal_gives_them() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        let mut pen = Pen::new(&mut buffer, Ambiguous::Wide);
        assert_eq!(pen.write(0, 0, 6, "“a”", Style::new()), 5);
        assert_eq!((buffer[(0, 0)].symbol(), buffer[(2, 0)].symbol(), buffer[(3, 0)].symbol()), ("“", "a", "”"));
        assert_eq!(buffer[(0, 0)].diff_option, CellDiffOption::ForcedWidth(NonZeroU16::new(2).unwrap()));
    }
}
