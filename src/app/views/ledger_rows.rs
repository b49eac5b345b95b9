//! Where the rows of two reports side by side stand: each takes as many screen rows as the longer of its two texts.
//!
//! In: a table, the selected row, an area. Out: rows with their places. Does not know about: colours, keys.

use ratatui::layout::Rect;

use crate::table::Table;
use crate::text::Span;
use crate::text::width::Ambiguous;
use crate::text::wrap::{Wrap, wrap};

/// Most screen rows that one text takes.
const MOST: usize = 24;
/// Columns of the sign before a text.
pub const SIGN: u16 = 3;
/// Columns of the line number behind it.
pub const NUMBER: u16 = 6;

/// A row of the table on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerPlace {
    /// Its number in the table.
    pub row: usize,
    /// Its first screen row.
    pub y: u16,
    /// How many it takes.
    pub height: u16,
    /// The lines of the old text, and of the new one: bytes of the text.
    pub lines: [Vec<Span>; 2],
}

/// Columns of one side in an area; a narrow one has both below one another.
pub const fn side_width(area: Rect) -> u16 {
    if is_stacked(area) { area.width } else { area.width / 2 }
}

/// Whether the two texts stand below one another.
pub const fn is_stacked(area: Rect) -> bool {
    area.width < 56
}

/// The rows that are seen: from `top` on, or further down where the selected one would not be seen otherwise.
pub fn placed(table: &Table, (top, selected): (usize, usize), area: Rect, ambiguous: Ambiguous) -> Vec<LedgerPlace> {
    let room = side_width(area).saturating_sub(SIGN + NUMBER + 1);
    let columns = ["old.text", "new.text"].map(|id| table.column(id).map(|(at, _)| at));
    let lines = |row: usize| {
        columns.map(|column| {
            let Some(column) = column else { return Vec::new() };
            let cell = table.cell(row, column);
            let text = cell.exact();
            if text.is_empty() {
                return Vec::new();
            }
            let room = Wrap { width: room.into(), ambiguous, ..Wrap::default() };
            wrap(&text, 0, &room).into_iter().take(MOST).map(|row| row.span).collect()
        })
    };
    let height = |lines: &[Vec<Span>; 2]| {
        let [old, new] = [lines[0].len(), lines[1].len()];
        if is_stacked(area) { (old + new).max(1) } else { old.max(new).max(1) }
    };
    let mut shown: Vec<(usize, usize, [Vec<Span>; 2])> = Vec::new();
    let mut sum = 0;
    let all = usize::from(area.height);
    for row in top.min(selected)..table.len() {
        if sum >= all && row > selected {
            break;
        }
        let lines = lines(row);
        let own = height(&lines);
        sum += own;
        shown.push((row, own, lines));
        while row <= selected && sum > all && shown.len() > 1 {
            sum -= shown.remove(0).1;
        }
    }
    let mut y = area.y;
    let mut places = Vec::new();
    for (row, own, lines) in shown {
        let own = u16::try_from(own).unwrap_or(u16::MAX).min(area.bottom().saturating_sub(y));
        if own == 0 {
            break;
        }
        places.push(LedgerPlace { row, y, height: own, lines });
        y += own;
    }
    places
}
