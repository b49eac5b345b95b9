//! The section view: the open report, its rows at the present width, where reading stands.
//!
//! In: rows, motions, offsets. Out: which rows are seen and which paragraph the cursor is on. Does not know about: other
//! reports, how rows are wrapped (see [`crate::app::reading::rows`]).
//!
//! The view stands at `anchor`, the cursor at `mark`, both byte offsets in the document: they outlive every change of width
//! and fold.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::app::reading::rows::{PageRow, RowKind};
use crate::app::screen::scroll::{Motion, Scroll};
use crate::corpus::{Report, ReportId};

/// How many reports' rows are kept for going back to them.
const KEPT: usize = 8;

/// The section view.
#[derive(Debug, Default)]
pub struct Page {
    /// The open report.
    pub report: Option<ReportId>,
    /// The rows that can be seen, folds applied.
    pub rows: Arc<Vec<PageRow>>,
    /// All rows at this width.
    pub full: Arc<Vec<PageRow>>,
    /// Where the view stands.
    pub scroll: Scroll,
    /// Byte offset in the paragraph that the cursor is on; without one it is on the first paragraph on the screen, until the
    /// reader moves it or jumps.
    pub mark: Option<u32>,
    /// Byte offset in the paragraph from which a range of paragraphs reaches to the cursor.
    pub range: Option<u32>,
    /// Folded sections (indices into the outline).
    pub folds: FxHashSet<u32>,
    /// Whether noise and repeats are left out.
    pub hide_noise: bool,
    /// Number of the wrapping that is awaited.
    pub awaited: Option<u64>,
    /// Byte offset of the row at the top.
    pub anchor: u32,
    kept: Vec<(ReportId, u16, Arc<Vec<PageRow>>)>,
}

impl Page {
    /// Rows wrapped before for this report and width.
    pub fn recall(&self, report: ReportId, width: u16) -> Option<Arc<Vec<PageRow>>> {
        self.kept.iter().find(|(r, w, _)| *r == report && *w == width).map(|(_, _, rows)| Arc::clone(rows))
    }

    /// Lets all rows go that were kept for later.
    pub fn forget_rows(&mut self) {
        self.kept.clear();
    }

    /// Keeps rows for later; the oldest are let go.
    pub fn keep(&mut self, report: ReportId, width: u16, rows: &Arc<Vec<PageRow>>) {
        self.kept.retain(|(r, w, _)| *r != report || *w != width);
        if self.kept.len() >= KEPT {
            self.kept.remove(0);
        }
        self.kept.push((report, width, Arc::clone(rows)));
    }

    /// Shows `full` (or what folds leave of it), reading where it was.
    pub fn show_rows(&mut self, full: Arc<Vec<PageRow>>, report: &Report, height: usize) {
        self.full = full;
        self.refold(report, height);
    }

    /// Applies the folds anew.
    pub fn refold(&mut self, report: &Report, height: usize) {
        self.rows = if self.folds.is_empty() && !self.hide_noise {
            Arc::clone(&self.full)
        } else {
            Arc::new(crate::app::reading::rows::fold(&self.full, report, &self.folds, self.hide_noise))
        };
        let row = self.row_at(self.anchor);
        self.scroll.place(row, 0, self.rows.len(), height);
    }

    /// Index of the visible row that holds byte `offset`, or the last before it.
    pub fn row_at(&self, offset: u32) -> usize {
        let after = self.rows.partition_point(|row| row.span.start <= offset);
        // Blank rows share their start with the row after or end of the row before: the text row is meant.
        let mut at = after.saturating_sub(1);
        while at > 0 && self.rows[at].kind == RowKind::Blank && self.rows[at].span.start > offset {
            at -= 1;
        }
        at
    }

    /// Moves: row by row from paragraph to paragraph, the page following; by screens with the page, the cursor on its first
    /// paragraph; to either end.
    pub fn go(&mut self, motion: Motion, height: usize) {
        match motion {
            Motion::Rows(paragraphs) => self.step(paragraphs, height),
            Motion::Top | Motion::Bottom => {
                self.scroll.go(motion, self.rows.len(), height);
                self.settle_anchor();
                let mut ends = self.rows.iter().filter(|row| row.begins);
                let row = if motion == Motion::Top { ends.next() } else { ends.next_back() };
                self.mark = row.map(|row| row.span.start);
            }
            Motion::Screens(_) | Motion::Halves(_) => {
                let before = self.scroll.top;
                self.scroll.go(motion, self.rows.len(), height);
                self.settle();
                // Where the page cannot follow, the cursor goes on to the end.
                if self.scroll.top == before {
                    let down = matches!(motion, Motion::Screens(n) | Motion::Halves(n) if n > 0);
                    self.go(if down { Motion::Bottom } else { Motion::Top }, height);
                }
            }
        }
    }

    /// Scrolls by rows; the cursor stays on its paragraph as long as that is seen, then goes with the page.
    pub fn wheel(&mut self, motion: Motion, height: usize) {
        let here = self.here_row().map(|row| row.span.start);
        self.scroll.go(motion, self.rows.len(), height);
        self.settle_anchor();
        self.mark = here;
        let (paragraph, seen) = (self.paragraph_rows(), self.scroll.visible(self.rows.len(), height));
        if paragraph.start >= seen.end {
            let last = self.rows.get(seen).unwrap_or_default().iter().rfind(|row| row.kind != RowKind::Blank);
            self.mark = last.map(|row| row.span.start);
        } else if paragraph.end <= seen.start {
            self.mark = None;
        }
    }

    /// Moves the cursor by paragraphs.
    fn step(&mut self, paragraphs: isize, height: usize) {
        for _ in 0..paragraphs.unsigned_abs() {
            let now = self.paragraph_rows();
            let seen = self.scroll.visible(self.rows.len(), height);
            let begins = |row: &usize| self.rows.get(*row).is_some_and(|row| row.begins);
            // Of a paragraph longer than the screen what is not seen yet comes first.
            let target = if paragraphs > 0 {
                if now.end > seen.end && now.start <= seen.start + 1 {
                    return self.turn(
                        Motion::Rows((now.end - seen.end).min(height.saturating_sub(2).max(1)) as isize),
                        height,
                    );
                }
                (now.end..self.rows.len()).find(begins)
            } else if now.start < seen.start && now.start + 1 < now.end {
                return self.turn(
                    Motion::Rows(-((seen.start - now.start).min(height.saturating_sub(2).max(1)) as isize)),
                    height,
                );
            } else {
                (0..now.start).rev().find(begins)
            };
            let Some(target) = target else { break };
            self.mark = self.rows.get(target).map(|row| row.span.start);
        }
        self.follow(height);
    }

    /// Scrolls within the paragraph that the cursor is on.
    fn turn(&mut self, motion: Motion, height: usize) {
        self.mark = self.here_row().map(|row| row.span.start);
        self.scroll.go(motion, self.rows.len(), height);
        self.settle_anchor();
    }

    /// Moves the view no more than needed for the whole paragraph of the cursor to be seen, or as much of it as there is room for.
    fn follow(&mut self, height: usize) {
        let (rows, len) = (self.paragraph_rows(), self.rows.len());
        // A row or two more tell that the text goes on.
        let air = if height > 12 { 2 } else { 0 };
        self.scroll.show((rows.end.saturating_sub(1) + air).min(len.saturating_sub(1)), len, height);
        self.scroll.show(rows.start.saturating_sub(air), len, height);
        self.settle_anchor();
    }

    /// The rows of the paragraph that the cursor is on.
    pub fn paragraph_rows(&self) -> Range<usize> {
        self.rows_of(self.here())
    }

    /// The rows of the paragraph at byte `offset`; of a blank row, of the paragraph after it.
    pub fn rows_of(&self, offset: u32) -> Range<usize> {
        let mut at = self.row_at(offset);
        while self.rows.get(at).is_some_and(|row| row.kind == RowKind::Blank) && at + 1 < self.rows.len() {
            at += 1;
        }
        let goes_on = |row: &&PageRow| !row.begins && row.kind != RowKind::Blank;
        let before = self.rows.get(..=at).unwrap_or_default().iter().rev().take_while(goes_on).count();
        let after = self.rows.get(at + 1..).unwrap_or_default().iter().take_while(goes_on).count();
        at.saturating_sub(before)..(at + 1 + after).min(self.rows.len())
    }

    /// The rows of the paragraphs that are chosen: the cursor's, or the whole range.
    pub fn chosen_rows(&self) -> Range<usize> {
        let here = self.paragraph_rows();
        let Some(from) = self.range.map(|offset| self.rows_of(offset)) else { return here };
        here.start.min(from.start)..here.end.max(from.end)
    }

    /// Begins a range at the cursor, or ends the one there is.
    pub fn toggle_range(&mut self) {
        self.range = if self.range.is_some() { None } else { Some(self.here()) };
    }

    /// Takes the row now at the top as what is being read.
    pub fn settle(&mut self) {
        self.mark = None;
        self.settle_anchor();
    }

    /// Without rows (they are being wrapped) reading stands where it stood.
    fn settle_anchor(&mut self) {
        if let Some(row) = self.rows.get(self.scroll.top) {
            self.anchor = row.span.start;
        }
    }

    /// Puts byte `offset` on screen row `at`, and reads there.
    pub fn jump(&mut self, offset: u32, at: usize, height: usize) {
        let row = self.row_at(offset);
        self.scroll.place(row, at, self.rows.len(), height);
        self.anchor = offset;
        self.settle_anchor();
        self.mark = Some(offset);
    }

    /// Makes byte `offset` visible, moving no more than needed, and reads there.
    pub fn reveal(&mut self, offset: u32, height: usize) {
        let row = self.row_at(offset);
        if !self.scroll.visible(self.rows.len(), height).contains(&row) {
            return self.jump(offset, height / 3, height);
        }
        self.mark = Some(offset);
    }

    /// Byte offset of what is being read: the mark, or the first row on the screen that has text.
    pub fn here(&self) -> u32 {
        self.mark.unwrap_or_else(|| {
            let rows = self.rows.get(self.scroll.top..).unwrap_or_default();
            rows.iter().find(|row| row.kind != RowKind::Blank).map_or(self.anchor, |row| row.span.start)
        })
    }

    /// The visible row of what is being read.
    pub fn here_row(&self) -> Option<&PageRow> {
        let here = self.here();
        let row = self.rows.get(self.row_at(here))?;
        if row.kind != RowKind::Blank {
            return Some(row);
        }
        self.rows.get(self.row_at(here)..)?.iter().find(|row| row.kind != RowKind::Blank)
    }

    /// How far reading has come, in percent; 100 once the end is on the screen.
    pub fn percent(&self, height: usize) -> usize {
        let limit = Scroll::limit(self.rows.len(), height);
        (self.scroll.top * 100).checked_div(limit).unwrap_or(100).min(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture;
    use crate::app::reading::rows::lay_out;
    use crate::text::width::Ambiguous;

    #[test]
    fn reading_stands_where_it_was_through_any_width_and_fold() {
        let corpus = fixture::corpus();
        let (id, document, report) = corpus.reports().next().unwrap();
        let mut page = Page { report: Some(id), ..Page::default() };
        let rows = |width| Arc::new(lay_out(document, report, width, Ambiguous::Narrow));
        page.show_rows(rows(40), report, 10);
        page.go(Motion::Screens(1), 10);
        let here = page.here();
        for width in [20, 12, 76, 33, 40] {
            page.show_rows(rows(width), report, 10);
            let row = page.rows[page.row_at(here)];
            assert!(row.span.start <= here, "{width}");
        }
        assert_eq!(page.here(), here);
        page.go(Motion::Bottom, 10);
        assert_eq!(page.percent(10), 100);
        page.folds.extend(0..report.sections.len() as u32);
        page.refold(report, 10);
        assert!(page.rows.len() < page.full.len());
        page.go(Motion::Top, 10);
        assert_eq!(page.percent(10), 0);
    }

    #[test]
    fn the_cursor_goes_from_paragraph_to_paragraph_and_the_page_follows() {
        let corpus = fixture::corpus();
        for (id, document, report) in corpus.reports() {
            for (width, height) in [(12, 3), (20, 10), (76, 38), (40, 1)] {
                let mut page = Page { report: Some(id), ..Page::default() };
                page.show_rows(Arc::new(lay_out(document, report, width, Ambiguous::Narrow)), report, height);
                let begins: Vec<usize> = (0..page.rows.len()).filter(|&i| page.rows[i].begins).collect();
                let mut seen = vec![page.paragraph_rows().start];
                for _ in 0..5_000 {
                    let before = (page.here(), page.scroll);
                    page.go(Motion::Rows(1), height);
                    if (page.here(), page.scroll) == before {
                        break;
                    }
                    let rows = page.paragraph_rows();
                    let view = page.scroll.visible(page.rows.len(), height);
                    assert!(rows.start < view.end && view.start < rows.end, "the cursor is seen");
                    if rows.len() <= height {
                        assert!(view.start <= rows.start && rows.end <= view.end, "its paragraph is seen whole");
                    }
                    if seen.last() != Some(&rows.start) {
                        seen.push(rows.start);
                    }
                }
                assert_eq!(seen, begins, "every paragraph once, down to the last, at {width}x{height}");
                for _ in 0..5_000 {
                    page.go(Motion::Rows(-1), height);
                }
                assert_eq!((page.paragraph_rows().start, page.scroll.top), (0, 0));
                page.toggle_range();
                page.go(Motion::Rows(2), height);
                let chosen = page.chosen_rows();
                let both = begins.iter().filter(|row| chosen.contains(row)).count();
                assert!((1..=3).contains(&both) && chosen.start == 0);
            }
        }
    }

    #[test]
    fn the_wheel_leaves_the_cursor_until_it_would_not_be_seen() {
        let corpus = fixture::corpus();
        let (id, document, report) = corpus.reports().next().unwrap();
        let mut page = Page { report: Some(id), ..Page::default() };
        page.show_rows(Arc::new(lay_out(document, report, 20, Ambiguous::Narrow)), report, 10);
        page.go(Motion::Rows(3), 10);
        let here = page.here();
        page.wheel(Motion::Rows(1), 10);
        assert_eq!(page.here(), here);
        for _ in 0..200 {
            page.wheel(Motion::Rows(3), 10);
            let (rows, view) = (page.paragraph_rows(), page.scroll.visible(page.rows.len(), 10));
            assert!(rows.start < view.end && view.start < rows.end);
        }
        for _ in 0..200 {
            page.wheel(Motion::Rows(-3), 10);
            let (rows, view) = (page.paragraph_rows(), page.scroll.visible(page.rows.len(), 10));
            assert!(rows.start < view.end && view.start < rows.end);
        }
        assert_eq!(page.scroll.top, 0);
    }

    #[test]
    fn an_empty_page_moves_nowhere() {
        let mut page = Page::default();
        for motion in [Motion::Bottom, Motion::Top, Motion::Screens(1), Motion::Rows(-1)] {
            page.go(motion, 0);
        }
        page.jump(77, 3, 0);
        page.reveal(9, 10);
        assert_eq!((page.here(), page.percent(10)), (9, 100));
        assert!(page.here_row().is_none());
    }
}
