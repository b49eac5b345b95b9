//! Opening: which report is on the page, how one comes to another, what loading brings.

use std::sync::Arc;

use crate::app::App;
use crate::app::cities::Item;
use crate::app::event::{Effect, Loaded};
use crate::app::job::{Job, WrapRequest};
use crate::app::reading::jumps::JumpTarget;
use crate::app::reading::rows::{PageRow, lay_out};
use crate::app::reading::{LARGE, bytes};
use crate::app::screen::layout::{Panel, page_text, text_columns};
use crate::corpus::{DocumentId, PlaceId, ReportId};

impl App {
    pub(in crate::app) fn on_loaded(&mut self, loaded: Loaded) {
        // Figures of before are of a smaller corpus, or of another.
        self.keywords.corpus += 1;
        self.forget_views();
        self.reading.highlight = None;
        self.corpus = loaded.corpus;
        self.loading.files = loaded.files;
        self.loading.done = loaded.done;
        self.check_reference();
        self.cities.index = loaded.cities;
        self.cities.rebuild(&self.corpus);
        if self.reading.page.report.is_none() {
            self.open_first();
        } else if let Some(found) = self.reading.wanted.as_ref().and_then(|key| key.find(&self.corpus)) {
            self.reading.wanted = None;
            self.open(found, None);
        }
        self.renew_issues();
        self.seek_wanted(loaded.done);
        if loaded.done {
            self.effects.push(Effect::run(Job::Index(Arc::clone(&self.corpus))));
        }
        self.count_pins_of(loaded.done);
        // Hits of what came since the search began; while loading goes on only when the last search has ended.
        if let Some(query) = self.search.query.clone()
            && (loaded.done || !self.search.running)
        {
            // What was loaded before keeps its hits, and the reader stays on his.
            let current = self.search.current;
            self.start_search(Some(query));
            self.search.current = current.filter(|(report, index)| self.search.hits_in(*report).len() > *index);
            self.preview_hit();
        }
    }

    /// Opens the report of the last run, or else the first, as soon as it is clear which.
    fn open_first(&mut self) {
        let wanted = self.reading.wanted.as_ref().map(|key| key.find(&self.corpus));
        match wanted {
            Some(None) if !self.loading.done => {}
            Some(Some(found)) => {
                self.reading.wanted = None;
                self.open(found, None);
            }
            _ => self.open_any(),
        }
    }

    /// Opens the first report there is.
    pub(in crate::app) fn open_any(&mut self) {
        self.reading.wanted = None;
        if let Some((first, ..)) = { self.corpus.reports().next() } {
            self.open(first, None);
        }
    }

    /// Opens a report at a byte offset, or where it was left, or at its beginning.
    pub(in crate::app) fn open(&mut self, report: ReportId, at: Option<u32>) {
        self.reading.peek = None;
        self.remember_position();
        self.views.back_stack.clear();
        self.reading.highlight = None;
        self.show(report, at);
        if let Some(place) = self.corpus.place_of(report) {
            self.reading.last_read.insert(place, report);
            if self.cities.filter.is_empty() {
                let height = self.cities_height();
                self.cities.show_place(place, report, height);
            }
        }
    }

    /// Shows a report at a byte offset, or where it was left, or at its beginning.
    pub(in crate::app) fn show(&mut self, report: ReportId, at: Option<u32>) {
        let Some((document, opened)) = self.corpus.report(report) else { return };
        let start = opened.ranges.first().and_then(|r| document.line(r.first)).map_or(0, |l| l.span.start);
        let left = || {
            let line = self.session.recall(&self.corpus, report).filter(|line| opened.covers(*line))?;
            document.line(line).map(|l| l.span.start)
        };
        let start_here = at.or_else(left).unwrap_or(start);
        self.reading.page.anchor = start_here;
        self.reading.page.mark = at;
        self.reading.page.range = None;
        self.reading.page.folds.clear();
        self.reading.page.report = Some(report);
        self.lay_out_page();
        // Near the end of a report its line may not come to the top; reading goes on there all the same.
        if self.reading.page.mark.is_none() && self.reading.page.here() != start_here {
            self.reading.page.mark = Some(start_here);
        }
        self.look_here();
        self.place_marks();
    }

    fn remember_position(&mut self) {
        let Some((id, document, _)) = self.opened() else { return };
        let line = document.line_at(self.reading.page.here());
        self.session.remember(&self.corpus, id, line);
    }

    /// Opens a report and remembers where reading was. A user who goes somewhere no longer waits for the last run's report.
    pub(in crate::app) fn visit(&mut self, report: ReportId, at: Option<u32>) {
        self.reading.wanted = None;
        self.leave();
        if self.reading.page.report == Some(report) {
            if let Some(offset) = at {
                self.jump(offset);
            }
        } else {
            self.open(report, at);
            if let Some(offset) = at {
                self.jump(offset);
            }
        }
    }

    /// Goes to a passage that begins at this offset: a third down the page, which takes the keys.
    pub(in crate::app) fn visit_passage(&mut self, report: ReportId, start: u32) {
        self.visit(report, Some(start));
        let height = self.page_height();
        self.reading.page.jump(start, height / 3, height);
        self.focus_on(Panel::Page);
    }

    /// Opens a place: the report read there last, or its first.
    pub(in crate::app) fn visit_place(&mut self, place: PlaceId) {
        if let Some(report) = self.report_of_place(place) {
            self.visit(report, None);
        }
    }

    /// The report of a place that was read last, or its first.
    pub(in crate::app) fn report_of_place(&self, place: PlaceId) -> Option<ReportId> {
        let first = self.corpus.place(place).reports.first().copied();
        self.reading.last_read.get(&place).copied().or(first)
    }

    /// Remembers the spot being read as the one to come back to.
    pub(in crate::app) fn leave(&mut self) {
        if let Some(spot) = self.spot() {
            self.reading.jumps.leave(spot);
        }
    }

    pub(in crate::app) fn spot(&self) -> Option<JumpTarget> {
        Some((self.reading.page.report?, self.reading.page.here()))
    }

    pub(in crate::app) fn travel(&mut self, forward: bool) {
        let Some(now) = self.spot() else { return };
        let target = if forward { self.reading.jumps.forward(now) } else { self.reading.jumps.back(now) };
        let Some((report, offset)) = target else { return };
        if self.reading.page.report != Some(report) {
            self.open(report, Some(offset));
        }
        self.jump(offset);
    }

    /// Whether there is a spot to go back to, or forward to.
    pub(in crate::app) fn can_travel(&self, forward: bool) -> bool {
        self.reading.page.report.is_some() && self.reading.jumps.can_go(forward)
    }

    /// The next or previous report in corpus order.
    pub(in crate::app) fn report_beside(&self, forward: bool) -> Option<ReportId> {
        let now = self.reading.page.report?;
        let documents = self.corpus.documents();
        let count = |d: u32| documents.get(d as usize).map_or(0, |doc| u32::try_from(doc.reports.len()).unwrap_or(0));
        let within = if forward { now.index.checked_add(1) } else { now.index.checked_sub(1) };
        match within.filter(|i| *i < count(now.document.0)) {
            Some(index) => Some(ReportId { index, ..now }),
            None if forward => (now.document.0 + 1..u32::try_from(documents.len()).unwrap_or(u32::MAX))
                .find(|d| count(*d) > 0)
                .map(|d| ReportId { document: DocumentId(d), index: 0 }),
            None => (0..now.document.0)
                .rev()
                .find(|d| count(*d) > 0)
                .map(|d| ReportId { document: DocumentId(d), index: count(d) - 1 }),
        }
    }

    pub(in crate::app) fn step_report(&mut self, forward: bool) {
        if let Some(report) = self.report_beside(forward) {
            self.visit(report, None);
        }
    }

    /// The next or previous place in the list.
    pub(in crate::app) fn city_beside(&self, forward: bool) -> Option<PlaceId> {
        let place = self.corpus.place_of(self.reading.page.report?)?;
        self.cities.neighbour(place, if forward { 1 } else { -1 })
    }

    pub(in crate::app) fn step_city(&mut self, forward: bool) {
        if let Some(place) = self.city_beside(forward) {
            self.visit_place(place);
        }
    }

    /// Opens the selected row of the city list.
    pub(in crate::app) fn open_selected_city(&mut self) {
        match self.cities.selected {
            Some(Item::Place(place)) => {
                if self.corpus.place(place).reports.len() > 1 {
                    self.cities.unfolded.insert(place);
                    self.cities.rebuild(&self.corpus);
                }
                self.visit_place(place);
            }
            Some(Item::Report(report)) => self.visit(report, None),
            Some(Item::Branch(_)) => {
                self.cities.open_branch(None, &self.corpus);
                return self.settle_lists();
            }
            None => return,
        }
        self.focus_on(Panel::Page);
    }

    /// Shows or hides the reports of the selected place.
    pub(in crate::app) fn unfold_city(&mut self, unfold: bool) {
        if self.cities.open_branch(Some(unfold), &self.corpus) {
            return self.settle_lists();
        }
        let Some(place) = self.cities.selected_place(&self.corpus) else { return };
        if unfold {
            self.cities.unfolded.insert(place);
        } else {
            self.cities.unfolded.remove(&place);
            self.cities.selected = Some(Item::Place(place));
        }
        self.cities.rebuild(&self.corpus);
        self.settle_lists();
    }

    /// Gives a panel the focus; on a narrow screen that also decides what the middle shows.
    pub(in crate::app) fn focus_on(&mut self, panel: Panel) {
        self.screen.focus = panel;
        if panel != Panel::Cities {
            self.screen.main = panel;
        }
        self.settle_lists();
    }

    /// Makes the page's rows for its width: from memory, at once, or by the worker when the report is large.
    pub(in crate::app) fn lay_out_page(&mut self) {
        let Some(area) = self.page_area() else { return };
        let height = page_text(area).height.into();
        let (_, width) = text_columns(area.width, self.screen.look.text_width);
        let Some((id, document, report)) = self.opened() else { return };
        let recalled = self.reading.page.recall(id, width);
        let full: Arc<Vec<PageRow>> = match recalled {
            Some(rows) => rows,
            None if bytes(document, report) <= LARGE => {
                Arc::new(lay_out(document, report, width, self.screen.look.ambiguous))
            }
            None => {
                self.reading.wrap_seq += 1;
                let seq = self.reading.wrap_seq;
                let corpus = Arc::clone(&self.corpus);
                let ambiguous = self.screen.look.ambiguous;
                self.reading.page.awaited = Some(seq);
                // Rows of the old width are of no use; rows of another report even less.
                self.reading.page.rows = Arc::default();
                self.reading.page.full = Arc::default();
                self.effects.push(Effect::run(Job::Wrap(WrapRequest { seq, corpus, report: id, width, ambiguous })));
                return;
            }
        };
        self.reading.page.awaited = None;
        self.take_rows(id, width, full, height);
    }

    pub(in crate::app) fn on_wrapped(&mut self, seq: u64, rows: Arc<Vec<PageRow>>) {
        let Some(area) = self.page_area() else { return };
        if self.reading.page.awaited != Some(seq) {
            return;
        }
        self.reading.page.awaited = None;
        let (_, width) = text_columns(area.width, self.screen.look.text_width);
        if let Some(id) = self.reading.page.report {
            self.take_rows(id, width, rows, page_text(area).height.into());
        }
    }

    fn take_rows(&mut self, id: ReportId, width: u16, rows: Arc<Vec<PageRow>>, height: usize) {
        self.reading.page.keep(id, width, &rows);
        if let Some((_, report)) = self.corpus.report(id) {
            let mark = self.reading.page.mark;
            self.reading.page.show_rows(rows, report, height);
            if let Some(offset) = mark {
                self.reading.page.reveal(offset, height);
            }
        }
    }
}
