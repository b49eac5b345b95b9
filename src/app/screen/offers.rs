//! Whether an action would do something now. This is the only place that says so: hints and the palette name what is offered,
//! and `dispatch` asks here before it does anything.
//!
//! In: the state, an action. Out: yes or no. Does not know about: keys, words; what stands in place of the page (see
//! `cover_offers`).

use crate::app::overlay::Overlay;
use crate::app::prompt::Ask;
use crate::app::screen::scroll::Motion;
use crate::app::search::pins::MOST;
use crate::app::{App, Cover, Panel, PickKind};
use crate::command::{Action, KeyContext};
use crate::index::search::Query;

impl App {
    /// Whether `action` would do something now.
    pub fn offers(&self, action: Action) -> bool {
        if action == Action::Export && self.prompt.is_none() {
            return self.exportable().is_some();
        }
        if let Some(prompt) = &self.prompt {
            return self.prompt_offers(prompt.ask, action);
        }
        if let Some(overlay) = &self.overlay {
            return self.overlay_offers(overlay, action);
        }
        match self.cover() {
            Some(Cover::View) => self.view_offers(action),
            Some(Cover::Concordance) => self.concordance_offers(action),
            Some(Cover::Board) => self.board_offers(action),
            None => self.panel_offers(action),
        }
    }

    fn prompt_offers(&self, ask: Ask, action: Action) -> bool {
        if let (Ask::Table, Some(Overlay::Export(export))) = (ask, &self.overlay) {
            return match action {
                Action::PromptDown | Action::PromptUp => export.choices.len() > 1,
                Action::PromptSettings => export.tells_settings(),
                Action::PromptAccept | Action::PromptCancel | Action::PromptCopy => true,
                Action::PromptNext | Action::PromptPrevious => true,
                _ => false,
            };
        }
        let step = |row: Option<usize>, len: usize| match action {
            Action::PromptDown | Action::PromptNext => row.is_some_and(|row| row + 1 < len),
            Action::PromptUp | Action::PromptPrevious => row.is_some_and(|row| row > 0),
            _ => len > 0 && matches!(action, Action::PromptPageDown | Action::PromptPageUp),
        };
        match (action, ask) {
            (Action::PromptAccept, Ask::Search) => self.search.error.is_none(),
            (Action::PromptAccept | Action::PromptCancel, _) => true,
            (Action::PromptNext | Action::PromptPrevious, Ask::Search) => {
                self.can_step_hit(action == Action::PromptNext)
            }
            (Action::PromptDown | Action::PromptUp, Ask::Search) => {
                let older = action == Action::PromptUp;
                self.prompt.as_ref().is_some_and(|prompt| prompt.can_recall(&self.session.queries, older))
            }
            (Action::PromptPageDown | Action::PromptPageUp, Ask::Search | Ask::Line) => true,
            (Action::PromptConcordance | Action::PromptExact, Ask::Search) => true,
            (Action::PromptPinyin | Action::PromptRepeats, Ask::Search) => true,
            (Action::PromptPin, Ask::Search) => self.can_pin(),
            (_, Ask::City | Ask::Against | Ask::Compare) => step(self.cities.selected_row(), self.cities.rows.len()),
            (_, Ask::Command | Ask::Marks | Ask::Outline) => match &self.overlay {
                Some(Overlay::Palette(palette)) => step(palette.place(), palette.actions()),
                Some(Overlay::Marks(list)) => step(list.selected_row(&self.reading.kept.marks), list.rows.len()),
                Some(Overlay::Outline(outline)) => step(outline.selected_row(), outline.rows.len()),
                _ => false,
            },
            _ => false,
        }
    }

    fn overlay_offers(&self, overlay: &Overlay, action: Action) -> bool {
        if is_motion(action) {
            return true;
        }
        match (action, overlay) {
            (Action::CloseOverlay | Action::Cancel | Action::Help, _) => true,
            (Action::Quit | Action::Suspend | Action::Redraw, _) => true,
            (Action::Issues, _) => !self.corpus.issues().is_empty(),
            (Action::Marks | Action::MarkFilter | Action::CitationForm, Overlay::Marks(_)) => true,
            (Action::Activate, Overlay::Marks(_)) => {
                self.selected_mark().is_some_and(|(.., standing)| standing.place().is_some())
            }
            (Action::MarkNote | Action::Mark | Action::MarkRemove, Overlay::Marks(_)) => self.selected_mark().is_some(),
            (Action::CopyParagraph | Action::CopySection, Overlay::Marks(_)) => self.selected_mark().is_some(),
            (Action::MarkExport, Overlay::Marks(list)) => !list.rows.is_empty(),
            (Action::MarkUndo, Overlay::Marks(_)) => !self.reading.kept.undone.is_empty(),
            (Action::Activate, Overlay::Issues(list)) => list.row().is_some(),
            (Action::Edit, Overlay::Issues(_)) => self.entry_of_issue().is_some(),
            _ => false,
        }
    }

    fn panel_offers(&self, action: Action) -> bool {
        let in_focus = match action.context() {
            KeyContext::Global => true,
            KeyContext::Cities => self.screen.focus == Panel::Cities,
            KeyContext::Page => self.screen.focus == Panel::Page,
            KeyContext::Keywords => self.screen.focus == Panel::Keywords && !self.reading.wording.open,
            KeyContext::SharedWording => self.screen.focus == Panel::Keywords && self.reading.wording.open,
            KeyContext::Concordance | KeyContext::Board | KeyContext::View | KeyContext::SideBySide => false,
            KeyContext::Prompt | KeyContext::Overlay | KeyContext::Marks => false,
        };
        let searching = self.search.query.is_some();
        let term = || self.keywords.selected_row().is_some() && self.reading.page.report.is_some();
        let of_place = || self.cities.selected_row().and_then(|_| self.cities.selected_place(&self.corpus));
        let branch = |open: bool| {
            self.cities.selected_branch().is_some_and(|branch| self.cities.closed.contains(&branch.path) != open)
        };
        let unfolded = |unfolded: bool| {
            branch(unfolded) || of_place().is_some_and(|p| self.cities.unfolded.contains(&p) == unfolded)
        };
        if is_motion(action) {
            return true;
        }
        in_focus
            && match action {
                Action::WidenPanel | Action::NarrowPanel => self.layout().cities.is_some() && !self.layout().dropdown,
                Action::EditGroup => self.keywords.selected.is_some(),
                Action::Issues => !self.corpus.issues().is_empty(),
                Action::Cancel if self.reading.page.range.is_some() || self.leaves_unchosen() => true,
                Action::Cancel if self.stoppable().is_some() => true,
                Action::Cancel => self.reading.highlight.is_some() || self.screen.focus != Panel::Page || searching,
                Action::Activate => match self.screen.focus {
                    Panel::Page if self.screen.picking == Some(PickKind::Passage) => self.pointed().is_some(),
                    Panel::Cities => self.cities.selected_row().is_some(),
                    Panel::Page => self.foldable().is_some(),
                    Panel::Keywords if self.reading.wording.open => self.reading.wording.occurrence().is_some(),
                    Panel::Keywords => term() && self.can_open_count(),
                },
                Action::ToggleFold => self.foldable().is_some(),
                Action::JumpCity | Action::CityOrder | Action::CityTree => !self.corpus.places().is_empty(),
                Action::DiffWith => self.reading.page.report.is_some() && self.corpus.places().len() > 1,
                Action::TermAgainstPlace => !self.corpus.places().is_empty(),
                Action::Unfold => unfolded(false),
                Action::Fold => unfolded(true),
                Action::NextSection => self.section_after(true, false).is_some(),
                Action::PreviousSection => self.section_after(false, false).is_some(),
                Action::NextPart => self.section_after(true, true).is_some(),
                Action::PreviousPart => self.section_after(false, true).is_some(),
                Action::Outline => self.opened().is_some_and(|(_, _, report)| !report.sections.is_empty()),
                Action::Reuse => self.reading.page.report.is_some(),
                Action::CopySection => self.pointed().is_some_and(|passage| passage.section.is_some()),
                Action::Edit if self.reading.explained => self.opened().is_some(),
                Action::Edit => self.can_edit(),
                Action::Range => self.reading.page.report.is_some(),
                Action::ExtendDown | Action::ExtendUp => self.can_extend(action == Action::ExtendDown),
                Action::Watch => !self.corpus.is_sample() && !self.loading.stopped,
                Action::GoToLine | Action::HideNoise => self.reading.page.report.is_some(),
                Action::Mark | Action::CopyParagraph => self.pointed().is_some(),
                Action::Marks => !self.reading.kept.marks.is_empty(),
                Action::Explain => self.reason_here().is_some(),
                Action::NextReport | Action::PreviousReport => {
                    self.report_beside(action == Action::NextReport).is_some()
                }
                Action::NextCity | Action::PreviousCity => self.city_beside(action == Action::NextCity).is_some(),
                Action::FoldLevel => self.has_folds(),
                Action::JumpBack | Action::JumpForward => self.can_travel(action == Action::JumpForward),
                Action::NextHit | Action::PreviousHit => self.can_step_hit(action == Action::NextHit),
                Action::Silent => searching,
                Action::Pin => self.can_pin(),
                Action::Board => !self.search.pins.list.is_empty(),
                Action::TermStrip => term() && !self.keywords.strip.is_empty(),
                Action::SearchTerm => term() && self.keywords.selected.as_deref().and_then(Query::literal).is_some(),
                // A question of the table of analyses, or something that can always be done.
                _ => self.can_ask(action).unwrap_or(true),
            }
    }

    /// Whether there is a hit to go to.
    pub(super) fn can_step_hit(&self, forward: bool) -> bool {
        if let Some(list) = &self.search.concordance {
            return if forward { list.selected + 1 < list.total } else { list.selected > 0 };
        }
        self.reading.page.report.is_some() && self.search.query.is_some() && self.search.counts.total > 0
    }

    /// Whether the query that is on can be pinned, or unpinned.
    pub(super) fn can_pin(&self) -> bool {
        let query = self.search.query.as_ref();
        query.is_some_and(|query| self.search.pins.index_of(query).is_some() || self.search.pins.list.len() < MOST)
    }
}

/// Whether it moves in what has the focus. Those of prompts move only there.
pub(super) fn is_motion(action: Action) -> bool {
    Motion::of(action).is_some() && action.context() != KeyContext::Prompt
}
