//! The order in which a page is read. In: characters and where they stand. Out: rows in reading order, each with the column
//! it stands in. Does not know about: paragraphs, page numbers.
//!
//! A recursive cut at empty bands (XY-cut: Nagy, Seth and Viswanathan 1992), with one rule of its own: an empty band from
//! top to bottom parts columns only where running text stands on both sides of it; in a table it parts cells, and rows are
//! read across. Pages written from top to bottom are turned a quarter, so that their lines are rows as well.

use crate::corpus::formats::layout::glyph::{Glyph, Point, Vec2};
use crate::corpus::formats::layout::rows::{GlyphRow, GlyphRun, rows, settle_marks};

/// An empty band this wide (in sizes) may part columns.
const GUTTER: f64 = 1.0;
/// A column has at least so many rows.
const FEWEST_ROWS: usize = 4;
/// A row of running text is at least so wide (in sizes).
const TEXT_WIDTH: f64 = 7.0;
/// Of so many rows (of a hundred) that reach this part of their column's width a column consists.
const FULL_ROWS: usize = 45;
const FULL: f64 = 0.7;
/// So many short rows may stand above the running text of columns.
const MOST_HEADS: usize = 3;
/// Columns stand in columns at most so deep.
const DEEPEST: usize = 4;
/// Characters of one run are no further apart (in sizes).
const NEAR: f64 = 0.12;
/// So many gaps of a band, the widest, may be gutters.
const MOST_GAPS: usize = 3;
/// So many runs of a page are looked at in search of columns, each as often as it is; then it is read straight down.
const MOST_WORK: usize = 200_000;
/// Pages with more rows than this are read straight down.
const MOST_ROWS: usize = 1_500;

/// The rows of a page in the order in which they are read.
pub fn read(glyphs: Vec<Glyph>) -> Vec<GlyphRow> {
    let (upright, other) = upright(glyphs);
    let mut reader = ColumnReader { columns: 0, work: 0, out: Vec::new() };
    reader.cut(runs(upright), 0, 0);
    // What is written in another direction stands apart.
    let other = other.into_iter().flat_map(|group| rows(runs(group)));
    reader.out.extend(other.map(|row| GlyphRow { column: usize::MAX, has_cells: true, ..row }));
    reader.out
}

/// The characters as they stand if the page is held so that most of them are upright and go right; and the others, each
/// group held so as well.
fn upright(glyphs: Vec<Glyph>) -> (Vec<Glyph>, [Vec<Glyph>; 4]) {
    let mut counts = [0usize; 4];
    for glyph in &glyphs {
        if let Some(turn) = quarter(glyph.advance) {
            counts[turn] += 1;
        }
    }
    let most = (0..4).max_by_key(|n| (counts[*n], 4 - n)).unwrap_or(0);
    let (own, other): (Vec<Glyph>, Vec<Glyph>) = glyphs
        .into_iter()
        .partition(|glyph| quarter(glyph.advance) == Some(most) || !glyph.advance.length().is_normal());
    let own = own.into_iter().map(|glyph| turned(glyph, most)).collect();
    let mut groups: [Vec<Glyph>; 4] = Default::default();
    for glyph in other {
        if let Some((turn, group)) = quarter(glyph.advance).and_then(|turn| Some((turn, groups.get_mut(turn)?))) {
            group.push(turned(glyph, turn));
        }
    }
    (own, groups)
}

/// In which direction writing goes: 0 right, 1 up, 2 left, 3 down; none if aslant.
fn quarter(advance: Vec2) -> Option<usize> {
    let (x, y) = (advance.x.abs(), advance.y.abs());
    if x > 5.0 * y {
        Some(if advance.x > 0.0 { 0 } else { 2 })
    } else if y > 5.0 * x {
        Some(if advance.y > 0.0 { 1 } else { 3 })
    } else {
        None
    }
}

fn turned(glyph: Glyph, quarter: usize) -> Glyph {
    let turn = |x: f64, y: f64| match quarter {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    };
    let (at, advance) = (turn(glyph.at.x, glyph.at.y), turn(glyph.advance.x, glyph.advance.y));
    Glyph { at: Point { x: at.0, y: at.1 }, advance: Vec2 { x: advance.0, y: advance.1 }, ..glyph }
}

/// Characters that were drawn one behind another.
fn runs(glyphs: Vec<Glyph>) -> Vec<GlyphRun> {
    let mut runs: Vec<GlyphRun> = Vec::new();
    let mut end: Option<(Point, f64)> = None;
    for glyph in glyphs {
        let size = glyph.size.max(0.1);
        let follows = end.is_some_and(|(end, of)| {
            let gap = glyph.at - end;
            gap.y.abs() < size * 0.05 && gap.x.abs() < size * NEAR && (of - size).abs() < size * 0.05
        });
        let behind = glyph.at + glyph.advance;
        match runs.last_mut().filter(|_| follows) {
            Some(run) => {
                run.text.push_str(&glyph.text);
                run.width = behind.x - run.x;
            }
            None => {
                let (x, y) = (glyph.at.x, glyph.at.y);
                runs.push(GlyphRun { text: glyph.text, x, y, width: glyph.advance.x, size, raised: false });
            }
        }
        end = Some((behind, size));
    }
    settle_marks(&mut runs);
    runs
}

struct ColumnReader {
    columns: usize,
    /// Runs that were looked at in search of columns.
    work: usize,
    out: Vec<GlyphRow>,
}

impl ColumnReader {
    /// Reads what stands in one column.
    fn cut(&mut self, runs: Vec<GlyphRun>, column: usize, depth: usize) {
        let all = rows(runs.clone());
        if depth >= DEEPEST || all.len() < FEWEST_ROWS || all.len() > MOST_ROWS {
            return self.take(all, column);
        }
        let bands = bands(&runs);
        let mut first = 0;
        let mut read = 0;
        while first < bands.len() {
            let Some((end, gutter)) = self.widest(&bands, first) else {
                first += 1;
                continue;
            };
            self.take(rows(flat(&bands[read..first])), column);
            let (left, right): (Vec<GlyphRun>, Vec<GlyphRun>) =
                flat(&bands[first..end]).into_iter().partition(|run| run.x + run.width / 2.0 < gutter);
            for side in [left, right] {
                self.columns += 1;
                self.cut(side, self.columns, depth + 1);
            }
            (first, read) = (end, end);
        }
        self.take(rows(flat(&bands[read..])), column);
    }

    /// The longest stretch of bands from `first` on that a gutter parts into columns: the band behind it, and where it is.
    fn widest(&mut self, bands: &[Vec<GlyphRun>], first: usize) -> Option<(usize, f64)> {
        let mut covered: Vec<(f64, f64)> = Vec::new();
        let mut ends: Vec<(usize, Vec<(f64, f64)>)> = Vec::new();
        for (n, band) in bands.iter().enumerate().skip(first) {
            for run in band {
                cover(&mut covered, run.x, run.x + run.width);
            }
            let size = band.first().map_or(10.0, |run| run.size);
            let between = covered.windows(2).map(|pair| (pair[0].1, pair[1].0));
            let mut gaps: Vec<(f64, f64)> = between.filter(|gap| gap.1 - gap.0 >= GUTTER * size).collect();
            if gaps.is_empty() && n > first {
                break;
            }
            gaps.sort_by(|a, b| (b.1 - b.0).total_cmp(&(a.1 - a.0)));
            gaps.truncate(MOST_GAPS);
            ends.push((n + 1, gaps));
        }
        let middles = ends
            .into_iter()
            .rev()
            .flat_map(|(end, gaps)| gaps.into_iter().map(move |gap| (end, (gap.0 + gap.1) / 2.0)));
        for (end, gutter) in middles.filter(|(end, _)| *end >= first + FEWEST_ROWS) {
            let stretch = bands.get(first..end).unwrap_or_default();
            self.work += stretch.len();
            if self.work > MOST_WORK || !begins_columns(stretch, gutter) {
                continue;
            }
            self.work += stretch.iter().map(Vec::len).sum::<usize>();
            if parts_columns(stretch, gutter) {
                return Some((first + length(stretch, gutter), gutter));
            }
        }
        None
    }

    fn take(&mut self, rows: Vec<GlyphRow>, column: usize) {
        self.out.extend(rows.into_iter().map(|row| GlyphRow { column, ..row }));
    }
}

fn flat(bands: &[Vec<GlyphRun>]) -> Vec<GlyphRun> {
    bands.iter().flatten().cloned().collect()
}

/// Runs that overlap in height, from the top down.
fn bands(runs: &[GlyphRun]) -> Vec<Vec<GlyphRun>> {
    let mut sorted: Vec<GlyphRun> = runs.iter().filter(|run| !run.text.trim().is_empty()).cloned().collect();
    sorted.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut bands: Vec<Vec<GlyphRun>> = Vec::new();
    let mut low = f64::INFINITY;
    for run in sorted {
        // The baseline of a band's lowest run; what stands under half a letter lower is of the next band.
        if bands.is_empty() || low - run.y > run.size * 0.45 {
            bands.push(Vec::new());
            low = run.y;
        }
        if let Some(band) = bands.last_mut() {
            band.push(run);
        }
    }
    bands
}

/// Whether a stretch begins with a band that has something on both sides of `gutter`, or it would swallow the title above; and
/// with running text on one of them, or with the heads of columns above such a band, or it would swallow a table.
fn begins_columns(stretch: &[Vec<GlyphRun>], gutter: f64) -> bool {
    let heads = stretch.iter().take(MOST_HEADS).take_while(|band| !begins_text(band, gutter) && heads(band, gutter));
    let begins = stretch.get(heads.count()).is_some_and(|band| begins_text(band, gutter));
    let both = |band: &Vec<GlyphRun>| sides(band, gutter).iter().all(|side| !side.is_empty());
    begins && stretch.first().is_some_and(both)
}

/// How many bands of a stretch the columns take. What stands on the left alone below all of the right is the rest of a left
/// column where it is running text; else its paragraph ends, and what follows stands below both.
fn length(stretch: &[Vec<GlyphRun>], gutter: f64) -> usize {
    let lefts: Vec<[Vec<GlyphRow>; 2]> = stretch.iter().map(|band| sides(band, gutter)).collect();
    let below = lefts.iter().rposition(|[_, right]| !right.is_empty()).map_or(stretch.len(), |last| last + 1);
    let left = || lefts.iter().flat_map(|[left, _]| left);
    let begins = left().map(|row| row.left).fold(f64::INFINITY, f64::min);
    let ends = left().map(|row| row.right).fold(f64::NEG_INFINITY, f64::max);
    let is_full = |[left, _]: &[Vec<GlyphRow>; 2]| {
        left.iter().any(|row| is_running(row) && row.right - row.left >= FULL * (ends - begins))
    };
    let rest = lefts.get(below..).unwrap_or_default();
    if rest.iter().filter(|band| is_full(band)).count() * 100 >= rest.len() * FULL_ROWS {
        return stretch.len();
    }
    below + rest.iter().position(|band| !is_full(band)).map_or(rest.len(), |short| short + 1)
}

/// The rows of a band on both sides of `gutter`.
fn sides(band: &[GlyphRun], gutter: f64) -> [Vec<GlyphRow>; 2] {
    let (left, right): (Vec<GlyphRun>, Vec<GlyphRun>) =
        band.iter().cloned().partition(|run| run.x + run.width / 2.0 < gutter);
    [rows(left), rows(right)]
}

/// Whether running text stands on a side of `gutter`.
fn begins_text(band: &[GlyphRun], gutter: f64) -> bool {
    sides(band, gutter).iter().flatten().any(is_running)
}

/// Whether a band holds at most one short piece on each side of `gutter`.
fn heads(band: &[GlyphRun], gutter: f64) -> bool {
    sides(band, gutter).iter().all(|side| side.iter().all(|row| !row.has_cells))
}

fn is_running(row: &GlyphRow) -> bool {
    !row.has_cells && row.right - row.left >= TEXT_WIDTH * row.size
}

/// Adds a stretch to what is covered, kept ascending and apart.
fn cover(covered: &mut Vec<(f64, f64)>, from: f64, to: f64) {
    let (mut from, mut to) = (from, to.max(from));
    covered.retain(|&(a, b)| {
        let apart = b < from || a > to;
        if !apart {
            from = from.min(a);
            to = to.max(b);
        }
        apart
    });
    let at = covered.partition_point(|&(a, _)| a < from);
    covered.insert(at, (from, to));
}

/// Whether running text stands on both sides of `gutter`.
fn parts_columns(bands: &[Vec<GlyphRun>], gutter: f64) -> bool {
    let (left, right): (Vec<GlyphRun>, Vec<GlyphRun>) =
        flat(bands).into_iter().partition(|run| run.x + run.width / 2.0 < gutter);
    [left, right].into_iter().all(|side| {
        let rows = rows(side);
        if rows.len() < FEWEST_ROWS {
            return false;
        }
        let begins = rows.iter().map(|row| row.left).fold(f64::INFINITY, f64::min);
        let ends = rows.iter().map(|row| row.right).fold(f64::NEG_INFINITY, f64::max);
        let full = |row: &&GlyphRow| is_running(row) && row.right - row.left >= FULL * (ends - begins);
        rows.iter().filter(full).count() * 100 >= rows.len() * FULL_ROWS
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn glyphs(text: &str, x: f64, y: f64) -> Vec<Glyph> {
        let glyph = |(n, c): (usize, char)| Glyph {
            text: c.to_string(),
            byte: None,
            at: Point { x: x + 10.0 * n as f64, y },
            advance: Vec2 { x: 10.0, y: 0.0 },
            size: 10.0,
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn texts(glyphs: Vec<Glyph>) -> Vec<String> {
        read(glyphs).into_iter().map(|row| row.text).collect()
    }

    /// A title, then rows on both sides of a gutter.
    fn two_columns(rows: usize) -> Vec<Glyph> {
        let mut page = glyphs("乌有市政府工作报告全文刊登如下请读者细看", 100.0, 700.0);
        for n in 0..rows {
            let y = 680.0 - 14.0 * n as f64;
            page.extend(glyphs(&format!("左栏第{}行灯塔亮了一夜又一夜", char::from(b'a' + n as u8)), 40.0, y));
            page.extend(glyphs(&format!("右栏第{}行盐田白了一季又一季", char::from(b'a' + n as u8)), 210.0, y));
        }
        page
    }

    #[test]
    fn columns_are_read_one_after_another() {
        let got = texts(two_columns(6));
        assert!(
            got[0].starts_with("乌有市") && got[1].starts_with("左栏第a") && got[6].starts_with("左栏第f"),
            "{got:?}"
        );
        assert!(got[7].starts_with("右栏第a") && got[12].starts_with("右栏第f"), "{got:?}");
    }

    #[test]
    fn a_table_is_read_across() {
        let mut page = Vec::new();
        for (n, name) in ["东塔", "西塔", "南塔", "北塔", "中塔"].iter().enumerate() {
            let y = 680.0 - 14.0 * n as f64;
            page.extend(glyphs(name, 40.0, y));
            page.extend(glyphs(&format!("{n}盏"), 210.0, y));
        }
        assert_eq!(texts(page)[0], "东塔\t0盏");
    }

    #[test]
    fn a_table_of_figures_above_columns() {
        let mut page = Vec::new();
        for (n, name) in ["灯塔（座）", "盐田（亩）", "渔船（条）", "学堂（间）"].iter().enumerate()
        {
            let y = 780.0 - 14.0 * n as f64;
            for (k, x) in [40.0, 140.0, 240.0, 330.0].into_iter().enumerate() {
                page.extend(glyphs(&if k == 0 { (*name).to_owned() } else { format!("{n}{k}") }, x, y));
            }
        }
        page.extend(two_columns(6));
        let got = texts(page);
        assert_eq!(got[0], "灯塔（座）\t01\t02\t03");
        assert!(got[5].starts_with("左栏第a") && got[11].starts_with("右栏第a"), "{got:?}");
        // Right under the table, without a title between.
        let mut page = Vec::new();
        for n in 0..4 {
            for (k, x) in [40.0, 120.0, 210.0, 300.0].into_iter().enumerate() {
                page.extend(glyphs(&format!("{n}{k}"), x, 736.0 - 14.0 * f64::from(n)));
            }
        }
        page.extend(two_columns(6).into_iter().filter(|glyph| glyph.at.y < 690.0));
        let got = texts(page);
        assert_eq!(got[3], "30\t31\t32\t33");
        assert!(got[4].starts_with("左栏第a") && got[10].starts_with("右栏第a"), "{got:?}");
    }

    #[test]
    fn what_stands_below_balanced_columns() {
        let mut page = two_columns(6);
        page.extend(glyphs("尾巴。", 40.0, 596.0));
        page.extend(glyphs("（一）下面的一节", 40.0, 582.0));
        page.extend(glyphs("这一节又横过整个版面，从左边一直写到右边去", 40.0, 568.0));
        let got = texts(page);
        assert_eq!(got[7], "尾巴。");
        assert!(got[8].starts_with("右栏第a") && got[14].starts_with("（一）"), "{got:?}");
    }

    #[test]
    fn a_page_written_downwards() {
        let mut page = Vec::new();
        for (n, text) in ["灯塔亮了", "盐田白了"].iter().enumerate() {
            page.extend(text.chars().enumerate().map(|(k, c)| Glyph {
                text: c.to_string(),
                byte: None,
                at: Point { x: 300.0 - 20.0 * n as f64, y: 700.0 - 10.0 * k as f64 },
                advance: Vec2 { x: 0.0, y: -10.0 },
                size: 10.0,
            }));
        }
        assert_eq!(texts(page), ["灯塔亮了", "盐田白了"]);
    }

    proptest! {
        #[test]
        fn no_character_is_lost(places in prop::collection::vec((0..60i32, 0..60i32, 0..5usize), 0..120)) {
            let page: Vec<Glyph> = places
                .iter()
                .map(|&(x, y, turn)| {
                    let advance = [(9.0, 0.0), (0.0, 9.0), (-9.0, 0.0), (0.0, -9.0), (9.0, 0.3)][turn];
                    Glyph {
                        text: "灯".into(),
                        byte: None,
                        at: Point { x: f64::from(x) * 11.0, y: f64::from(y) * 13.0 },
                        advance: Vec2 { x: advance.0, y: advance.1 },
                        size: 9.0,
                    }
                })
                .collect();
            let mut distinct: Vec<(i32, i32, usize)> = places.iter().map(|&(x, y, turn)| (x, y, turn % 4)).collect();
            distinct.sort_unstable();
            distinct.dedup();
            let found = texts(page).concat().matches('灯').count();
            prop_assert!(found <= places.len());
            prop_assert!(found >= distinct.len(), "{found} of {}", distinct.len());
        }
    }
}
