//! Where a part of the screen has moved up or down: a terminal that moves it itself need not be sent it again.
//!
//! In: rows as they show and as they are to show. Out: the part and how far it moves; the rows as they show afterwards. Does not know
//! about: what is drawn, bytes.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use ratatui::buffer::Cell;
use rustc_hash::{FxHashMap, FxHasher};

use super::row::{TerminalRow, look_alike};

/// A part of the screen that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScrolledPart {
    /// Its rows, what moves out of it and what comes in included.
    pub rows: Range<usize>,
    /// Its columns.
    pub columns: Range<usize>,
    /// By so many rows up; down if negative.
    pub up: isize,
}

/// Nothing is moved farther than this: what is read on from is nearer.
const FARTHEST: isize = 8;
/// Cells that must be saved: to move a part takes some forty bytes.
const WORTH: isize = 40;
/// What stands between two parts of the screen.
const BORDERS: [&str; 4] = ["│", "┃", "▏", "▕"];

/// The part that is best moved, if it is worth it; `with_sides` says whether it may be narrower than the screen.
pub fn find(rows: &[TerminalRow], with_sides: bool) -> Option<ScrolledPart> {
    let width = rows.first().map_or(0, |row| usize::from(row.width()));
    let own_of = |columns: &Range<usize>| -> Vec<isize> {
        let cells = |row: &TerminalRow| if row.is_touched() { differing(row, row, columns) } else { 0 };
        rows.iter().map(cells).collect()
    };
    if own_of(&(0..width)).iter().sum::<isize>() < WORTH {
        return None;
    }
    let mut parts: Vec<Range<usize>> = std::iter::once(0..width).collect();
    if with_sides {
        let is_border = |x: &usize| {
            let drawn = rows.iter().filter(|row| row.shown().get(*x).is_some_and(|c| BORDERS.contains(&c.symbol())));
            5 * drawn.count() > 3 * rows.len()
        };
        let mut start = 0;
        for border in (0..width).filter(is_border).chain([width]) {
            parts.push(start..border);
            start = border + 1;
        }
    }
    let found = parts.iter().flat_map(|columns| {
        let own = own_of(columns);
        ways(rows, columns, &own).into_iter().filter_map(move |up| best_rows(rows, columns, (&own, up)))
    });
    let (saved, part) = found.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
    (saved > WORTH).then_some(part)
}

/// How far up rows may have moved, the nearest first: where a row that has text shall show what another one shows. To compare
/// every row with every other cell by cell takes longer than to draw a frame.
fn ways(rows: &[TerminalRow], columns: &Range<usize>, own: &[isize]) -> Vec<isize> {
    let mut shown: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (y, row) in rows.iter().enumerate() {
        if let Some(print) = print(row.shown().get(columns.clone())) {
            shown.entry(print).or_default().push(y);
        }
    }
    let mut ways: Vec<isize> = Vec::new();
    for (y, row) in rows.iter().enumerate().filter(|(y, _)| own.get(*y).is_some_and(|cells| *cells > 0)) {
        let Some(same) = print(row.wanted().get(columns.clone())).and_then(|print| shown.get(&print)) else { continue };
        ways.extend(same.iter().map(|from| from.cast_signed() - y.cast_signed()));
    }
    ways.retain(|up| (1..=FARTHEST).contains(&up.abs()));
    ways.sort_unstable_by_key(|up| (up.abs(), *up < 0));
    ways.dedup();
    ways
}

/// A number for the text of cells; none where they are blank.
fn print(cells: Option<&[Cell]>) -> Option<u64> {
    let cells = cells.filter(|cells| cells.iter().any(|cell| !cell.symbol().trim().is_empty()))?;
    let mut hasher = FxHasher::default();
    cells.iter().for_each(|cell| cell.symbol().hash(&mut hasher));
    Some(hasher.finish())
}

/// Cells of `row` that would have to be written if `other` showed in its place.
fn differing(row: &TerminalRow, other: &TerminalRow, columns: &Range<usize>) -> isize {
    let wanted = row.wanted().get(columns.clone()).unwrap_or_default();
    let shown = other.shown().get(columns.clone()).unwrap_or_default();
    wanted.iter().zip(shown).filter(|(a, b)| !look_alike(a, b)).count().cast_signed()
}

/// The rows of these columns that are best moved so far, with how many cells that saves.
fn best_rows(
    rows: &[TerminalRow],
    columns: &Range<usize>,
    (own, up): (&[isize], isize),
) -> Option<(isize, ScrolledPart)> {
    // The stretch of rows with the highest sum (Kadane).
    let (mut best, mut sum, mut start) = ((0, 0..0), 0, 0);
    for (y, row) in rows.iter().enumerate() {
        let saved = match y.checked_add_signed(up).and_then(|from| rows.get(from)) {
            Some(from) => own.get(y).copied().unwrap_or_default() - differing(row, from, columns),
            None => 0,
        };
        if sum <= 0 {
            (sum, start) = (0, y);
        }
        sum += saved;
        if sum > best.0 {
            best = (sum, start..y + 1);
        }
    }
    let (saved, moved) = best;
    let from = moved.start.checked_add_signed(up)?..moved.end.checked_add_signed(up)?;
    let all = moved.start.min(from.start)..moved.end.max(from.end);
    // What comes in is written whole.
    let coming = all.clone().filter(|y| !moved.contains(y));
    let written = coming.filter_map(|y| own.get(y)).map(|own| columns.len().cast_signed() - own);
    let saved = saved - written.sum::<isize>();
    // No wide character is cut at a side.
    let is_cut = |row: &TerminalRow, x: usize| row.shown().get(x).is_some_and(|cell| cell.symbol().is_empty());
    let cut = rows.get(all.clone())?.iter().any(|row| is_cut(row, columns.start) || is_cut(row, columns.end));
    (saved > 0 && !cut && columns.len() > 1).then(|| (saved, ScrolledPart { rows: all, columns: columns.clone(), up }))
}

impl ScrolledPart {
    /// Moves what the rows show; what comes in shows nothing that anything looks like.
    pub fn apply(&self, rows: &mut [TerminalRow]) {
        let mut order: Vec<usize> = self.rows.clone().collect();
        if self.up < 0 {
            order.reverse();
        }
        for y in order {
            let from = y.checked_add_signed(self.up).filter(|from| self.rows.contains(from));
            let cells = from.and_then(|from| rows.get(from)?.shown().get(self.columns.clone())).map(<[Cell]>::to_vec);
            if let Some(row) = rows.get_mut(y) {
                row.shows(self.columns.clone(), cells);
            }
        }
    }
}
