//! What keys do to two sections side by side: the next place, the next section, which reports they are looked for in.
//!
//! In: actions. Out: other questions, other rows. Does not know about: which sections are alike, how anything is drawn.

use std::sync::Arc;

use crate::analysis::Question;
use crate::analysis::similar::Params;
use crate::app::App;
use crate::app::screen::scroll::Motion;
use crate::app::views::View;
use crate::app::views::answer::Answer;
use crate::command::Action;
use crate::index::sections::SectionId;

impl App {
    /// The section that is being read on the page.
    pub(in crate::app) fn section_being_read(&self) -> Option<SectionId> {
        let (report, ..) = self.opened()?;
        Some(SectionId { report, section: u32::try_from(self.section_here()?).ok()? })
    }

    fn side_answer(&self) -> Option<(&Answer, &Params)> {
        let answer = self.view()?.view.answer().filter(|answer| answer.beside.is_some())?;
        let Question::Similar(params) = &answer.question else { return None };
        Some((answer, params))
    }

    /// The section of the selected row; none if its report has no such section.
    fn section_of_row(&self, answer: &Answer) -> Option<SectionId> {
        let table = answer.table.as_ref()?;
        let row = answer.row()?;
        table.get(row, "line").value()?;
        let heading = answer.occurrence()?;
        let (_, report) = self.corpus.report(heading.report)?;
        let section = report.section_at(heading.span.start).and_then(|at| u32::try_from(at).ok())?;
        Some(SectionId { report: heading.report, section })
    }

    /// Lays out the two sections that are to be seen.
    pub(in crate::app) fn lay_side_by_side(&mut self) {
        let (area, ambiguous, corpus) = (self.view_body(), self.screen.look.ambiguous, Arc::clone(&self.corpus));
        let Some((answer, params)) = self.side_answer() else { return };
        let Some(own) = params.chosen else { return };
        let other = self.section_of_row(answer);
        if let Some(View::Answer(answer)) = self.top_view()
            && let Some(beside) = &mut answer.beside
        {
            beside.lay(&corpus, (own, other), area, ambiguous);
        }
    }

    /// Whether there is a place before or after.
    pub(in crate::app) fn can_step_beside(&self, forward: bool) -> bool {
        self.side_answer().is_some_and(|(answer, _)| {
            let rows = answer.table.as_ref().map_or(0, |table| table.len());
            if forward { answer.cursor.row + 1 < rows } else { answer.cursor.row > 0 }
        })
    }

    /// To the next place, or the one before: at the section that is about the same thing.
    pub(in crate::app) fn step_beside(&mut self, forward: bool) {
        let area = self.view_body();
        if !self.can_step_beside(forward) {
            return;
        }
        if let Some(View::Answer(answer)) = self.top_view() {
            answer.go(Motion::Rows(if forward { 1 } else { -1 }), area);
        }
        self.lay_side_by_side();
    }

    /// The section after the one that was asked about, or before it.
    pub(in crate::app) fn section_beside(&self, forward: bool) -> Option<SectionId> {
        let own = self.side_answer()?.1.chosen?;
        let (_, report) = self.corpus.report(own.report)?;
        let section = if forward { own.section.checked_add(1) } else { own.section.checked_sub(1) }?;
        report.sections.get(section as usize).map(|_| SectionId { section, ..own })
    }

    /// Both sides walk on: the next section of the own report, beside the one like it of the same other report.
    pub(in crate::app) fn step_section_beside(&mut self, forward: bool) {
        let Some(next) = self.section_beside(forward) else { return };
        self.ask_beside(|params| params.chosen = Some(next));
    }

    /// Looks in other reports: of the same year, province, body, part; or in all again.
    pub(in crate::app) fn turn_beside(&mut self, action: Action) {
        self.ask_beside(|params| {
            let flag = match action {
                Action::SameProvince => &mut params.same_province,
                Action::SameBody => &mut params.same_body,
                Action::SameYear => &mut params.same_year,
                _ => &mut params.same_phase,
            };
            *flag = !*flag;
        });
    }

    /// Asks another question, staying with the report that is selected where it still has an answer.
    fn ask_beside(&mut self, change: impl FnOnce(&mut Params)) {
        let stays = self.side_answer().and_then(|(answer, _)| answer.report());
        let Some(View::Answer(answer)) = self.top_view() else { return };
        let Question::Similar(params) = &mut answer.question else { return };
        change(params);
        answer.forget();
        answer.cursor.row = 0;
        if let Some(beside) = &mut answer.beside {
            beside.stays = stays;
        }
        self.ask_again();
    }

    /// Turns whether both go in step, or where only one has room, which is seen.
    pub(in crate::app) fn turn_side(&mut self, action: Action) {
        let area = self.view_body();
        let Some(View::Answer(answer)) = self.top_view() else { return };
        let Some(beside) = &mut answer.beside else { return };
        match action {
            Action::InStep => beside.turn_step(area),
            _ => beside.shows_other = !beside.shows_other,
        }
        let in_step = beside.in_step;
        self.lay_side_by_side();
        match (action, in_step) {
            (Action::InStep, true) => self.say("两边同步滚动", "both scroll in step"),
            (Action::InStep, false) => self.say("两边各自滚动", "each scrolls by itself"),
            _ => {}
        }
    }

    /// The words that others have and this one has not, as a table of their own.
    pub(in crate::app) fn open_side_words(&mut self) {
        let Some((_, params)) = self.side_answer() else { return };
        let question = Params { words: true, ..params.clone() };
        self.show_view(View::Answer(Box::new(Answer::new(question.into(), None))));
    }
}
