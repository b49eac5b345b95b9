//! Writes what a terminal must be told, in few bytes: where its cursor stands and which style it writes in are remembered.
//!
//! In: moves, styles, symbols. Out: bytes. Does not know about: what the screen shows.

use std::fmt::Write;
use std::ops::Range;

use ratatui::style::{Color, Modifier};

use crate::text::han::is_han;

/// What is seen of the style of a blank.
pub const SEEN_ON_BLANKS: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// A style as terminals hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ink {
    /// Foreground.
    pub front: Color,
    /// Background.
    pub back: Color,
    /// Attributes.
    pub modifier: Modifier,
}

/// A terminal as it is after the bytes written so far.
#[derive(Debug, Clone, Default)]
pub struct Pencil {
    /// What is to be sent.
    pub out: String,
    /// Column and row of the cursor, both from 0; none where that is not sure.
    at: Option<(u16, u16)>,
    ink: Option<Ink>,
    is_shown: Option<bool>,
}

/// Whether every terminal shows the symbol in two columns (East Asian Width W and F, Unicode Standard Annex 11).
fn is_surely_wide(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    let wide = |c: char| (is_han(c) && c != '〇') || matches!(c, '\u{3000}'..='\u{3017}' | '\u{ff01}'..='\u{ff60}');
    characters.next().is_some_and(wide) && characters.next().is_none()
}

/// Whether terminals disagree about the columns of a symbol. Lines of boxes are where a user has said, or the terminal, how wide they are.
pub fn is_in_doubt(symbol: &str) -> bool {
    !symbol.is_ascii() && !is_surely_wide(symbol) && !symbol.starts_with(|c| ('\u{2500}'..='\u{259f}').contains(&c))
}

impl Pencil {
    /// Whether it writes in this style now.
    pub fn writes_in(&self, ink: Ink) -> bool {
        self.ink == Some(ink)
    }

    /// Whether a blank that is written now has this background.
    pub fn has_back(&self, back: Color) -> bool {
        self.ink.is_some_and(|ink| ink.back == back && !ink.modifier.intersects(SEEN_ON_BLANKS))
    }

    /// Somebody else has written: nothing is known any more.
    pub fn forget(&mut self) {
        (self.at, self.ink, self.is_shown) = (None, None, None);
    }

    /// Appends; a string takes everything.
    fn put(&mut self, arguments: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(arguments);
    }

    /// Moves the cursor to a column and row, both from 0.
    pub fn go(&mut self, x: u16, y: u16) {
        let (column, row) = (u32::from(x) + 1, u32::from(y) + 1);
        match self.at {
            Some(at) if at == (x, y) => {}
            Some((from, own)) if own == y && x == from + 1 => self.out.push_str("\x1b[C"),
            Some((from, own)) if own == y && x > from && x - from < 10 => self.put(format_args!("\x1b[{}C", x - from)),
            Some((_, own)) if own == y => self.put(format_args!("\x1b[{column}G")),
            Some((_, own)) if x == 0 && y == own + 1 => self.out.push_str("\r\n"),
            _ if x == 0 => self.put(format_args!("\x1b[{row}H")),
            _ => self.put(format_args!("\x1b[{row};{column}H")),
        }
        self.at = Some((x, y));
    }

    /// Shows or hides the cursor.
    pub fn show(&mut self, shown: bool) {
        if self.is_shown.replace(shown) != Some(shown) {
            self.out.push_str(if shown { "\x1b[?25h" } else { "\x1b[?25l" });
        }
    }

    /// Writes in this style from now on.
    pub fn take(&mut self, ink: Ink) {
        if self.ink == Some(ink) {
            return;
        }
        let whole = change(Ink::default(), ink);
        let whole = if whole.is_empty() { String::new() } else { format!("0;{whole}") };
        let least = self.ink.map(|old| change(old, ink)).filter(|partial| partial.len() <= whole.len());
        // What changes nothing was compared above; what is left when nothing is said is a reset.
        let told = least.unwrap_or(whole);
        self.put(format_args!("\x1b[{told}m"));
        self.ink = Some(ink);
    }

    /// Writes in a style in which a blank has this background: its foreground matters to nobody.
    pub fn take_back(&mut self, back: Color) {
        let old = self.ink.unwrap_or_default();
        self.take(Ink { back, modifier: old.modifier.difference(SEEN_ON_BLANKS), ..old });
    }

    /// Writes a symbol of so many columns; the last column of a row leaves the cursor where terminals differ.
    pub fn write(&mut self, symbol: &str, columns: u16, width: u16) {
        self.out.push_str(symbol);
        let advances = columns == 1 || is_surely_wide(symbol);
        self.at = self.at.map(|(x, y)| (x + columns, y)).filter(|(x, _)| advances && *x < width);
    }

    /// Repeats the symbol written last.
    pub fn repeat(&mut self, times: u16, width: u16) {
        self.put(format_args!("\x1b[{times}b"));
        self.at = self.at.map(|(x, y)| (x + times, y)).filter(|(x, _)| *x < width);
    }

    /// Moves what stands in these rows, and in these columns where they are not all, by so many rows up (down if negative).
    pub fn scroll(&mut self, rows: Range<usize>, columns: Option<Range<usize>>, up: isize) {
        if let Some(columns) = &columns {
            self.put(format_args!("\x1b[?69h\x1b[{};{}s", columns.start + 1, columns.end));
        }
        let way = if up > 0 { 'S' } else { 'T' };
        self.put(format_args!("\x1b[{};{}r\x1b[{}{way}\x1b[r", rows.start + 1, rows.end, up.unsigned_abs()));
        if columns.is_some() {
            self.out.push_str("\x1b[?69l");
        }
        // To set margins moves the cursor.
        self.at = None;
    }

    /// Erases so many cells from the cursor on; it stays.
    pub fn erase(&mut self, cells: u16) {
        self.put(format_args!("\x1b[{cells}X"));
    }

    /// Erases from the cursor to the end of its row.
    pub fn erase_rest(&mut self) {
        self.out.push_str("\x1b[K");
    }

    /// Erases the screen.
    pub fn erase_all(&mut self) {
        self.out.push_str("\x1b[2J");
    }
}

/// The parameters that lead from one style to another, separated by semicolons.
fn change(from: Ink, to: Ink) -> String {
    let mut out = String::new();
    let mut say = |parameter: std::fmt::Arguments<'_>| {
        let comma = if out.is_empty() { "" } else { ";" };
        let _ = write!(out, "{comma}{parameter}");
    };
    let (mut have, want) = (from.modifier, to.modifier);
    let heavy = Modifier::BOLD | Modifier::DIM;
    if have.difference(want).intersects(heavy) {
        // One parameter ends both.
        say(format_args!("22"));
        have.remove(heavy);
    }
    for (modifier, on, off) in MODIFIERS {
        if want.contains(modifier) && !have.contains(modifier) {
            say(format_args!("{on}"));
        } else if have.contains(modifier) && !want.contains(modifier) {
            say(format_args!("{off}"));
        }
    }
    for (base, old, new) in [(30, from.front, to.front), (40, from.back, to.back)] {
        if old != new {
            colour(base, new, &mut say);
        }
    }
    out
}

const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// A colour as parameters; `base` is 30 for the foreground, 40 for the background.
fn colour(base: u8, colour: Color, say: &mut dyn FnMut(std::fmt::Arguments<'_>)) {
    let number = match colour {
        Color::Reset => base + 9,
        Color::Rgb(red, green, blue) => return say(format_args!("{};2;{red};{green};{blue}", base + 8)),
        Color::Indexed(index) => return say(format_args!("{};5;{index}", base + 8)),
        Color::Black => base,
        Color::Red => base + 1,
        Color::Green => base + 2,
        Color::Yellow => base + 3,
        Color::Blue => base + 4,
        Color::Magenta => base + 5,
        Color::Cyan => base + 6,
        Color::Gray => base + 7,
        Color::DarkGray => base + 60,
        Color::LightRed => base + 61,
        Color::LightGreen => base + 62,
        Color::LightYellow => base + 63,
        Color::LightBlue => base + 64,
        Color::LightMagenta => base + 65,
        Color::LightCyan => base + 66,
        Color::White => base + 67,
    };
    say(format_args!("{number}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_told_by_what_changes() {
        let red = Ink { front: Color::Red, ..Ink::default() };
        let bold = Ink { modifier: Modifier::BOLD, ..red };
        let blue = Ink { front: Color::Rgb(1, 2, 3), back: Color::Indexed(7), modifier: Modifier::empty() };
        let cases = [
            (None, Ink::default(), "\x1b[m"),
            (None, red, "\x1b[0;31m"),
            (Some(red), red, ""),
            (Some(red), bold, "\x1b[1m"),
            (Some(bold), red, "\x1b[22m"),
            (Some(bold), Ink::default(), "\x1b[m"),
            (Some(red), blue, "\x1b[38;2;1;2;3;48;5;7m"),
            (Some(Ink { modifier: Modifier::BOLD | Modifier::DIM, ..red }), bold, "\x1b[22;1m"),
        ];
        for (from, to, want) in cases {
            let mut pencil = Pencil { ink: from, ..Pencil::default() };
            pencil.take(to);
            assert_eq!(pencil.out, want, "{from:?} {to:?}");
        }
    }

    #[test]
    fn moves_are_short() {
        let cases = [
            (None, (0, 0), "\x1b[1H"),
            (None, (4, 2), "\x1b[3;5H"),
            (Some((3, 2)), (4, 2), "\x1b[C"),
            (Some((3, 2)), (12, 2), "\x1b[9C"),
            (Some((3, 2)), (50, 2), "\x1b[51G"),
            (Some((9, 2)), (0, 3), "\r\n"),
            (Some((9, 2)), (9, 2), ""),
        ];
        for (from, (x, y), want) in cases {
            let mut pencil = Pencil { at: from, ..Pencil::default() };
            pencil.go(x, y);
            assert_eq!(pencil.out, want, "{from:?} {x} {y}");
        }
    }
}
