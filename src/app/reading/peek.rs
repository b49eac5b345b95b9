//! Looking at a passage while one chooses: it is shown at once, and one is back where one was when one leaves the choice.
//!
//! In: a report, an offset. Out: the page there, or as it was before. Does not know about: what is chosen from.

use crate::app::App;
use crate::app::reading::reading_state::PeekOrigin;
use crate::corpus::ReportId;

impl App {
    /// Remembers where reading stands, to come back to.
    pub(in crate::app) fn begin_peek(&mut self) {
        if self.reading.peek.is_some() {
            return;
        }
        let page = &self.reading.page;
        self.reading.peek = page.report.map(|report| PeekOrigin {
            report,
            anchor: page.anchor,
            mark: page.mark,
            range: page.range,
            folds: page.folds.clone(),
            hide_noise: page.hide_noise,
            highlight: self.reading.highlight,
        });
    }

    /// Shows a report at byte `offset`, or where it was left.
    pub(in crate::app) fn peek(&mut self, report: ReportId, offset: Option<u32>) {
        self.begin_peek();
        if self.reading.page.report != Some(report) {
            self.show(report, offset);
        }
        if let Some(offset) = offset {
            self.jump(offset);
        }
    }

    /// Goes back to where reading stood.
    pub(in crate::app) fn end_peek(&mut self) {
        let Some(origin) = self.reading.peek.take() else { return };
        if self.reading.page.report != Some(origin.report) {
            self.show(origin.report, Some(origin.anchor));
        }
        let page = &mut self.reading.page;
        (page.anchor, page.mark, page.range) = (origin.anchor, origin.mark, origin.range);
        (page.folds, page.hide_noise) = (origin.folds, origin.hide_noise);
        self.reading.highlight = origin.highlight;
        self.lay_out_page();
    }

    /// Shows the report of the selected row of the city list, while one filters it.
    pub(in crate::app) fn peek_city(&mut self) {
        // A list that hangs over the page leaves nothing of it to be seen.
        if self.layout().dropdown || self.layout().page.is_none() || self.cities.selected_row().is_none() {
            return;
        }
        let report = match self.cities.selected {
            Some(crate::app::cities::Item::Report(report)) => Some(report),
            Some(crate::app::cities::Item::Place(place)) => self.report_of_place(place),
            Some(crate::app::cities::Item::Branch(_)) | None => None,
        };
        if let Some(report) = report {
            self.peek(report, None);
        }
    }
}
