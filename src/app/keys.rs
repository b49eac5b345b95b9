//! Keys and actions: who gets them.
//!
//! A prompt takes everything; then a window; then the panel with the focus; then what means the same everywhere.

use crossterm::event::KeyEvent;

use crate::app::cities::CityOrder;
use crate::app::event::Effect;
use crate::app::export::ExportState;
use crate::app::issues::Issues;
use crate::app::job::Lane;
use crate::app::overlay::Overlay;
use crate::app::prompt::Ask;
use crate::app::screen::layout::Panel;
use crate::app::screen::scroll::Motion;
use crate::app::search::search_state::SearchSwitch;
use crate::app::{App, Cover};
use crate::command::{Action, KeyContext, key};

impl App {
    /// Where a key is looked up.
    pub fn context(&self) -> KeyContext {
        match (&self.prompt, &self.overlay, self.cover(), self.screen.focus) {
            (Some(_), ..) => KeyContext::Prompt,
            (_, Some(Overlay::Marks(_)), ..) => KeyContext::Marks,
            (_, Some(_), ..) => KeyContext::Overlay,
            (.., Some(Cover::View), _) if self.view().is_some_and(|shown| shown.view.beside().is_some()) => {
                KeyContext::SideBySide
            }
            (.., Some(Cover::View), _) => KeyContext::View,
            (.., Some(Cover::Concordance), _) => KeyContext::Concordance,
            (.., Some(Cover::Board), _) => KeyContext::Board,
            (.., None, Panel::Cities) => KeyContext::Cities,
            (.., None, Panel::Page) => KeyContext::Page,
            (.., None, Panel::Keywords) if self.reading.wording.open => KeyContext::SharedWording,
            (.., None, Panel::Keywords) => KeyContext::Keywords,
        }
    }

    pub(super) fn on_key(&mut self, event: KeyEvent) {
        let Some(combination) = key::of_event(event) else { return };
        self.screen.notice = None;
        let action = self.screen.keymap.lookup(self.context(), combination);
        match (action, &mut self.prompt) {
            (Some(action), _) => return self.press(action),
            (None, Some(prompt)) => {
                // The key that opened the palette closes it, as long as nothing has been typed.
                let help = self.screen.keymap.lookup(KeyContext::Global, combination) == Some(Action::Help);
                if help && prompt.ask == Ask::Command && prompt.text().is_empty() {
                    self.cancel_prompt();
                } else if prompt.type_key(event) {
                    self.prompt_changed();
                }
            }
            (None, None) => {}
        }
        self.reading.explained = false;
    }

    /// Does what a key asks for, or a click on its name.
    pub(super) fn press(&mut self, action: Action) {
        let offered = self.offers(action);
        if offered {
            self.perform(action);
        } else {
            self.refuse(action);
        }
        self.reading.explained &= !offered || action == Action::Explain;
        // Moving about and typing change nothing of what one needs next.
        if offered && Motion::of(action).is_none() && action.context() != KeyContext::Prompt {
            self.screen.last = Some(action);
        }
    }

    /// Does what a key asks for, by who has the focus; says why not where it is not offered.
    pub(super) fn dispatch(&mut self, action: Action) {
        if self.offers(action) { self.perform(action) } else { self.refuse(action) }
    }

    /// Does what is offered.
    fn perform(&mut self, action: Action) {
        if self.prompt.is_some() {
            return self.prompt_action(action);
        }
        if action == Action::Export {
            return self.open_export();
        }
        if self.overlay.is_some() {
            return self.overlay_action(action);
        }
        match self.cover() {
            Some(Cover::View) => self.view_action(action),
            Some(Cover::Concordance) => self.concordance_action(action),
            Some(Cover::Board) => self.board_action(action),
            None => self.act(action),
        }
    }

    pub(super) fn on_paste(&mut self, text: &str) {
        if let Some(prompt) = &mut self.prompt
            && prompt.paste(text)
        {
            self.prompt_changed();
        }
    }

    pub(super) fn act(&mut self, action: Action) {
        if let Some(motion) = Motion::of(action) {
            return self.go(motion);
        }
        match action {
            Action::Help => self.open_palette(),
            Action::Export => self.open_export(),
            Action::Map => self.open_map(),
            Action::Issues => self.open_issues(),
            Action::NextPanel => self.turn_focus(true),
            Action::PreviousPanel => self.turn_focus(false),
            Action::WidenPanel => self.resize_panel(true),
            Action::NarrowPanel => self.resize_panel(false),
            Action::EditGroup => self.edit_group(),
            Action::Cancel => self.cancel(),
            Action::Suspend => self.effects.push(Effect::Suspend),
            Action::Redraw => self.effects.push(Effect::Redraw),
            Action::Watch => self.toggle_watch(),
            Action::Quit => self.effects.push(Effect::Quit),
            Action::Activate => self.activate(),
            Action::JumpCity => self.open_prompt(Ask::City),
            Action::Unfold => self.unfold_city(true),
            Action::Fold => self.unfold_city(false),
            Action::CityTree => {
                let tree = self.cities.order == CityOrder::Tree;
                self.cities.order = if tree { CityOrder::Corpus } else { CityOrder::Tree };
                self.cities.rebuild(&self.corpus);
                self.settle_lists();
            }
            Action::CityOrder => {
                self.cities.order = self.cities.order.next();
                self.cities.rebuild(&self.corpus);
                self.settle_lists();
            }
            Action::NextReport => self.step_report(true),
            Action::PreviousReport => self.step_report(false),
            Action::NextCity => self.step_city(true),
            Action::PreviousCity => self.step_city(false),
            Action::NextSection => self.step_section(true, false),
            Action::PreviousSection => self.step_section(false, false),
            Action::NextPart => self.step_section(true, true),
            Action::PreviousPart => self.step_section(false, true),
            Action::Outline => self.open_outline(""),
            Action::Marks => self.open_marks(),
            Action::ToggleFold => self.toggle_fold(),
            Action::FoldLevel => self.fold_level(),
            Action::JumpBack => self.travel(false),
            Action::JumpForward => self.travel(true),
            Action::GoToLine => self.open_prompt(Ask::Line),
            Action::HideNoise => self.toggle_noise(),
            Action::Explain => self.explain_line(),
            Action::Edit => self.edit(),
            Action::CopyParagraph => self.copy_paragraph(),
            Action::CopySection => self.copy_section(),
            Action::CitationForm => self.turn_form(),
            Action::Mark => self.mark_passage(),
            Action::Range => self.toggle_range(),
            Action::ExtendDown => self.extend_range(1),
            Action::ExtendUp => self.extend_range(-1),
            Action::Search => self.open_prompt(Ask::Search),
            Action::NextHit => self.step_hit(true),
            Action::PreviousHit => self.step_hit(false),
            Action::Exact => self.turn(SearchSwitch::Exact),
            Action::Pinyin => self.turn(SearchSwitch::Pinyin),
            Action::Repeats => self.turn(SearchSwitch::Repeats),
            Action::Concordance => self.toggle_concordance(),
            Action::Silent => self.toggle_silent(),
            Action::Pin => self.toggle_pin(),
            Action::Board => self.toggle_board(),
            Action::ShowKeywords => {
                let shown = self.screen.focus == Panel::Keywords && !self.reading.wording.open;
                self.reading.wording.open = false;
                self.focus_on(if shown { Panel::Page } else { Panel::Keywords });
            }
            Action::TermScope | Action::TermOrder | Action::TermOrderBack | Action::TermLess => self.turn_terms(action),
            Action::TermAgainst | Action::TermLeast => self.turn_terms(action),
            Action::FunctionWords | Action::FillerWords | Action::OwnNames => self.turn_terms(action),
            Action::DiffWith => self.open_prompt(Ask::Compare),
            Action::Reuse | Action::CloseReuse | Action::ReuseFormulas => self.wording_action(action),
            Action::TermAgainstPlace => self.open_prompt(Ask::Against),
            Action::SearchTerm => self.search_selected_term(),
            Action::TermStrip => self.open_strip(),
            // Motions were taken above; the rest are questions of the table of analyses, and keys of prompts and windows.
            _ => self.open_view(action),
        }
    }

    fn go(&mut self, motion: Motion) {
        match self.screen.focus {
            Panel::Cities => {
                let height = self.cities_height();
                self.cities.go(motion, height);
            }
            Panel::Page => {
                let height = self.page_height();
                self.reading.page.go(motion, height);
            }
            Panel::Keywords if self.reading.wording.open => self.move_wording(motion),
            Panel::Keywords => {
                let height = self.terms_height();
                self.keywords.go(motion, height);
            }
        }
    }

    fn activate(&mut self) {
        match self.screen.focus {
            Panel::Cities => {
                if !self.choose_place() {
                    self.open_selected_city();
                }
            }
            Panel::Page => {
                if !self.choose_passage() {
                    self.toggle_fold();
                }
            }
            Panel::Keywords if self.reading.wording.open => self.open_passage(),
            Panel::Keywords => self.open_view(Action::Activate),
        }
    }

    fn turn_focus(&mut self, forward: bool) {
        let ring = [Panel::Cities, Panel::Page, Panel::Keywords];
        let at = ring.iter().position(|p| *p == self.screen.focus).unwrap_or(0);
        self.focus_on(ring[(at + if forward { 1 } else { 2 }) % ring.len()]);
    }

    /// Esc outside prompts and windows: back to the page first, then the search ends.
    fn cancel(&mut self) {
        if self.leaves_unchosen() {
            return self.effects.push(Effect::Quit);
        }
        if self.screen.focus == Panel::Page && self.reading.page.range.take().is_some() {
            return;
        }
        if self.stop_awaited() {
            return;
        }
        let lit = self.reading.highlight.take().is_some();
        if lit && self.screen.focus == Panel::Page {
            return self.back_to_views();
        }
        if self.screen.focus != Panel::Page {
            self.focus_on(Panel::Page);
        } else if self.search.query.is_some() {
            self.start_search(None);
        }
    }

    /// Closes the open window; what it showed on the page gives way to what was there.
    pub(super) fn close_overlay(&mut self) {
        if matches!(&self.overlay, Some(Overlay::Export(export)) if export.state == ExportState::Writing) {
            self.effects.push(Effect::Cancel(Lane::Export));
        }
        self.overlay = None;
        self.end_peek();
    }

    fn open_issues(&mut self) {
        self.close_overlay();
        let height = self.overlay_height();
        let mut list = Issues::default();
        list.rebuild(self.corpus.issues(), height);
        self.overlay = Some(Overlay::Issues(list));
        self.screen.issues_seen = self.corpus.issues().len();
    }

    fn overlay_action(&mut self, action: Action) {
        match (action, &self.overlay) {
            (Action::CloseOverlay | Action::Cancel, _)
            | (Action::Issues, Some(Overlay::Issues(_)))
            | (Action::Marks, Some(Overlay::Marks(_))) => self.close_overlay(),
            (Action::Help | Action::Issues | Action::Quit | Action::Suspend | Action::Redraw, _) => self.act(action),
            (_, Some(Overlay::Marks(_))) => self.marks_action(action),
            (Action::Activate, Some(Overlay::Issues(_))) => self.open_issue_row(),
            (Action::Edit, Some(Overlay::Issues(_))) => self.propose_entry_of_issue(),
            _ => self.move_overlay(action),
        }
    }

    pub(super) fn move_overlay(&mut self, action: Action) {
        let Some(motion) = Motion::of(action) else { return };
        let height = self.overlay_height();
        match &mut self.overlay {
            Some(Overlay::Palette(palette)) => {
                let row = motion.from(palette.selected_row().unwrap_or(0), palette.rows.len(), height);
                palette.select_row(row, height);
            }
            Some(Overlay::Issues(list)) => {
                list.selected = motion.from(list.selected, list.rows.len(), height);
                list.scroll.show(list.selected, list.rows.len(), height);
            }
            Some(Overlay::Outline(outline)) => {
                let row = motion.from(outline.selected_row().unwrap_or(0), outline.rows.len(), height);
                outline.select_row(row, height);
                self.peek_section();
            }
            Some(Overlay::Marks(_)) => self.move_marks(motion),
            Some(Overlay::Export(_)) | None => {}
        }
    }
}
