//! The section view: the open report, its rows at the present width, where reading stands.
//!
//! In: rows, motions, offsets. Out: which rows are seen and which spot is being read. Does not know about: other reports,
//! how rows are wrapped (see [`crate::app::reading::rows`]).
//!
//! Reading stands at `anchor`, a byte offset in the document: it outlives every change of width and fold.

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
    /// Byte offset to which the reader jumped; what is read is there rather than at the top, until the page is scrolled.
    pub mark: Option<u32>,
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

    /// Scrolls.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.scroll.go(motion, self.rows.len(), height);
        self.settle();
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
        (self.scroll.top * 100).checked_div(limit).unwrap_or(100)
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
        page.go(Motion::Rows(7), 10);
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
