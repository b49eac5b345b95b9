//! What keys and answers do to the views.
//!
//! In: actions, answers of the view worker. Out: requests. Does not know about: how anything is counted or drawn.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::event::Effect;
use crate::app::job::{Job, Lane};
use crate::app::screen::layout::view_body;
use crate::app::screen::scroll::Motion;
use crate::app::terms::comparison::Target;
use crate::app::views::request::{ViewAnswer, ViewRequest};
use crate::app::views::{View, ViewFrame};
use crate::command::Action;
use crate::config::PhraseDecision;

impl App {
    /// The view that is seen.
    pub fn view(&self) -> Option<&ViewFrame> {
        self.views.frames.last()
    }

    pub(in crate::app) fn view_body(&self) -> Rect {
        view_body(self.view_area())
    }

    /// What a view takes of the screen: two texts side by side need all of it, and so do a map and the targets.
    pub fn view_area(&self) -> Rect {
        let layout = self.layout();
        let whole = self.view().is_some_and(|shown| shown.view.is_whole());
        if whole { layout.body } else { layout.concordance() }
    }

    /// Shows a view about what the panel's figures are about, over those that are shown.
    pub(in crate::app) fn show_view(&mut self, view: View) {
        let below = self.views.frames.last().map(|shown| shown.comparison.clone());
        let Some(mut comparison) = below.or_else(|| self.comparison()) else { return };
        // Phrases are those of the whole corpus, and so are the figures behind them.
        if view.shows_phrases() {
            (comparison.target, comparison.query) = (Target::Corpus, None);
        }
        self.views.frames.push(ViewFrame { comparison, view, asked: 0, arguments: None });
    }

    /// Asks for what the view that is seen needs, once.
    pub(in crate::app) fn ask_view(&mut self) {
        let Some(shown) = self.views.frames.last_mut().filter(|_| self.loading.done) else { return };
        if shown.asked != 0 && shown.asked == self.views.seq {
            return;
        }
        let Some(ask) = shown.view.ask() else { return };
        // How far another answer had come says nothing of this one.
        self.views.progress = None;
        self.views.seq += 1;
        shown.asked = self.views.seq;
        self.effects.push(Effect::run(Job::View(ViewRequest {
            seq: self.views.seq,
            corpus: Arc::clone(&self.corpus),
            comparison: shown.comparison.clone(),
            groups: Arc::clone(&self.keywords.groups),
            lang: self.screen.look.lang,
            ask,
        })));
    }

    pub(in crate::app) fn on_view(&mut self, seq: u64, answer: ViewAnswer) {
        let (body, ambiguous, here) = (self.view_body(), self.screen.look.ambiguous, self.reading.page.report);
        let Some(shown) = self.views.frames.last_mut().filter(|shown| shown.asked == seq) else { return };
        self.views.progress = None;
        match (&mut shown.view, answer) {
            (View::FigureDetail(number), ViewAnswer::Figure(opened)) => {
                number.take(opened);
                number.settle(number.parts(body, ambiguous).list.height.into());
            }
            (View::Answer(shown), ViewAnswer::Answer(answer)) if shown.waits() => match answer {
                Ok(table) => shown.take(table, here, body),
                Err(why) => shown.failed = Some(why),
            },
            (View::Answer(shown), ViewAnswer::Answer(answer)) => {
                if let Some(beside) = &mut shown.beside {
                    beside.take_words(answer.ok());
                }
            }
            _ => {}
        }
        if shown.view.ask().is_some() {
            shown.asked = 0;
        }
        self.keep_arguments();
        self.lay_side_by_side();
    }

    /// Keeps the command line that asks for what the view shows: to find it takes longer than a frame may take.
    fn keep_arguments(&mut self) {
        let question = match self.view().map(|shown| &shown.view) {
            Some(View::Answer(answer)) => answer.table.is_some().then(|| answer.question.clone()),
            Some(View::FigureDetail(number)) if number.opened.is_some() => self.question_of_figure(&number.figure),
            Some(View::FigureDetail(_)) | None => None,
        };
        let arguments = question.and_then(|question| question.arguments(&self.corpus));
        if let Some(shown) = self.views.frames.last_mut() {
            shown.arguments = arguments;
        }
    }

    /// Makes the figures of all views void.
    pub(in crate::app) fn forget_views(&mut self) {
        self.views.back_stack.clear();
        for shown in &mut self.views.frames {
            shown.view.forget();
            shown.asked = 0;
        }
    }

    /// A decision holds from now on: figures of before are of other words. The list of proposals stays as one went through it.
    pub(in crate::app) fn on_judged(&mut self) {
        self.keywords.words += 1;
        for shown in self.views.frames.iter_mut().filter(|shown| !shown.view.shows_phrases()) {
            shown.view.forget();
            shown.asked = 0;
        }
    }

    /// Back to the list from which an occurrence was opened, as long as one is in its report and has not left its mark.
    pub(in crate::app) fn back_to_views(&mut self) {
        self.views.frames = std::mem::take(&mut self.views.back_stack);
        for shown in &mut self.views.frames {
            shown.asked = 0;
        }
        self.settle_view();
    }

    /// Closes all views.
    pub(in crate::app) fn close_views(&mut self) {
        if !self.views.frames.is_empty() {
            self.views.frames.clear();
            self.stop_view();
        }
    }

    pub(in crate::app) fn close_view(&mut self) {
        if self.views.frames.len() <= 1 {
            return self.close_views();
        }
        if self.views.frames.pop().is_some_and(|shown| shown.view.waits()) {
            self.stop_view();
        }
    }

    /// Nobody waits for a view any more.
    fn stop_view(&mut self) {
        self.views.progress = None;
        self.effects.push(Effect::Cancel(Lane::View));
    }

    /// Keeps selections in view after the size has changed.
    pub(in crate::app) fn settle_view(&mut self) {
        self.move_view(Motion::Rows(0));
    }

    pub(in crate::app) fn move_view(&mut self, motion: Motion) {
        let (body, ambiguous) = (self.view_body(), self.screen.look.ambiguous);
        let Some(shown) = self.views.frames.last_mut() else { return };
        match &mut shown.view {
            View::FigureDetail(number) => {
                let height = number.parts(body, ambiguous).list.height.into();
                number.go(motion, height);
            }
            View::Answer(answer) => match &mut answer.beside {
                Some(beside) => {
                    beside.go(motion, body);
                    answer.settle(body);
                }
                None => answer.go(motion, body),
            },
        }
        self.lay_side_by_side();
    }

    pub(in crate::app) fn view_action(&mut self, action: Action) {
        if let Some(motion) = Motion::of(action) {
            return self.move_view(motion);
        }
        match action {
            Action::CloseOverlay | Action::Cancel => self.close_view(),
            Action::Activate => self.open_selection(),
            Action::ViewReport => self.open_report_of_view(),
            Action::ViewLeft => self.step_view(false),
            Action::ViewRight => self.step_view(true),
            Action::NextView => self.switch_view(true),
            Action::PreviousView => self.switch_view(false),
            // Where there is no axis to turn, the key does what it does on the page.
            Action::ViewAxis if !self.can_turn_axis() => self.act(Action::CopyParagraph),
            Action::ViewAxis => self.switch_axis(),
            Action::ViewRows => self.switch_rows(),
            Action::Map => self.open_map(),
            Action::EditGroup => self.edit_group(),
            Action::ViewChart => {
                if let Some(View::Answer(answer)) = self.top_view()
                    && answer.can_plot()
                {
                    answer.plotted = !answer.plotted;
                }
            }
            Action::ViewScale => {
                if let Some(View::Answer(answer)) = self.top_view()
                    && answer.turn_scale()
                {
                    self.ask_again();
                }
            }
            kind if Self::kind_key(kind).is_some() => {
                Self::kind_key(kind).into_iter().for_each(|key| self.turn_kind(key))
            }
            Action::NextHit => self.step_change(true),
            Action::PreviousHit => self.step_change(false),
            Action::ViewFirst => self.first_of_view(),
            Action::InsideWords => {
                if let Some(View::FigureDetail(number)) = self.top_view() {
                    number.turn_inside();
                }
            }
            Action::Formulas => {
                let (body, ambiguous) = (self.view_body(), self.screen.look.ambiguous);
                if let Some(View::FigureDetail(number)) = self.top_view() {
                    number.turn_formulas(body, ambiguous);
                    number.settle(number.parts(body, ambiguous).list.height.into());
                }
            }
            Action::SidePrevious | Action::PreviousCity => self.step_beside(false),
            Action::SideNext | Action::NextCity => self.step_beside(true),
            Action::NextSection => self.step_section_beside(true),
            Action::PreviousSection => self.step_section_beside(false),
            Action::SameProvince | Action::SameBody | Action::SameYear | Action::SamePhase => self.turn_beside(action),
            Action::InStep | Action::SideFlip => self.turn_side(action),
            Action::SideWords => self.open_side_words(),
            Action::AcceptPhrase => self.judge(PhraseDecision::Accepted),
            Action::RefusePhrase => self.judge(PhraseDecision::Refused),
            Action::Help | Action::Issues | Action::Quit | Action::Suspend | Action::Redraw => self.act(action),
            Action::CopyParagraph | Action::CopySection | Action::CitationForm => self.act(action),
            Action::Mark | Action::Edit => self.act(action),
            Action::Search | Action::JumpCity => {
                self.close_views();
                self.act(action);
            }
            _ => {}
        }
    }

    /// What the view waits for is no longer what it needs.
    pub(in crate::app) fn ask_again(&mut self) {
        if let Some(shown) = self.views.frames.last_mut() {
            shown.asked = 0;
        }
    }

    pub(in crate::app) fn top_view(&mut self) -> Option<&mut View> {
        self.views.frames.last_mut().map(|shown| &mut shown.view)
    }
}
