//! What keys, reading on and answers do to the panel of shared wording.

use std::sync::Arc;

use crate::app::App;
use crate::app::event::Effect;
use crate::app::job::{Job, Lane};
use crate::app::screen::layout::{PASSAGE_ROWS, Panel, wording_parts};
use crate::app::screen::scroll::Motion;
use crate::command::Action;
use crate::corpus::ReportId;
use crate::index::quotation::paragraph_at;

impl App {
    /// The paragraph being read: its report, and the source line where it begins.
    pub(in crate::app) fn paragraph_being_read(&self) -> Option<(ReportId, u32)> {
        let (id, document, report) = self.opened()?;
        let line =
            self.reading.page.here_row().map_or_else(|| document.line_at(self.reading.page.here()), |row| row.line);
        Some((id, paragraph_at(document, report, line).first))
    }

    /// Asks about the paragraph being read, where the panel is seen; stops looking where it is not.
    pub(in crate::app) fn follow_wording(&mut self) {
        let seen = self.reading.wording.open && self.layout().keywords.is_some() && self.cover().is_none();
        if !seen {
            if self.reading.wording.dismiss() {
                self.effects.push(Effect::Cancel(Lane::Wording));
            }
            return;
        }
        let Some(paragraph) = self.paragraph_being_read().filter(|_| self.loading.done) else { return };
        let (corpus, replaced, lang) = (Arc::clone(&self.corpus), self.keywords.corpus, self.screen.look.lang);
        if let Some(request) = self.reading.wording.ask(&corpus, paragraph, replaced, lang) {
            self.effects.push(Effect::run(Job::Wording(request)));
        }
    }

    pub(in crate::app) fn wording_action(&mut self, action: Action) {
        match action {
            Action::Reuse if self.reading.wording.open => self.close_wording(),
            Action::Reuse => {
                self.reading.wording.open = true;
                // Beside the page reading goes on; in place of it the panel is what one looks at.
                if self.layout().keywords.is_none() {
                    self.focus_on(Panel::Keywords);
                }
            }
            Action::CloseReuse => self.close_wording(),
            Action::ReuseFormulas => {
                self.reading.wording.formulas = !self.reading.wording.formulas;
                match self.reading.wording.formulas {
                    true => self.say("套话：列出", "set formulas: listed"),
                    false => self.say("套话：不列", "set formulas: left out"),
                }
            }
            _ => {}
        }
    }

    /// Back to the keywords, or on a narrow screen to the page.
    pub(in crate::app) fn close_wording(&mut self) {
        self.reading.wording.open = false;
        if self.screen.focus == Panel::Keywords || self.layout().page.is_none() {
            self.focus_on(Panel::Page);
        }
    }

    pub(in crate::app) fn move_wording(&mut self, motion: Motion) {
        let (len, height) = (self.reading.wording.order.len(), self.wording_height());
        self.reading.wording.selection.go(motion, len, height);
    }

    /// Rows of passages that are seen.
    pub(in crate::app) fn wording_height(&self) -> usize {
        let layout = self.layout();
        layout.keywords.map_or(0, |area| {
            let parts = wording_parts(area, layout.page.is_none());
            usize::from(parts.list.height) / PASSAGE_ROWS
        })
    }

    /// Goes to the selected passage in its report.
    pub(in crate::app) fn open_passage(&mut self) {
        let Some(there) = self.reading.wording.occurrence() else { return };
        self.visit_passage(there.report, there.span.start);
        self.reading.highlight = Some((there.report, there.span));
    }
}
