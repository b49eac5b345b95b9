//! What prompts do: they open, change, are accepted or cancelled.

use crate::app::event::Effect;
use crate::app::overlay::Overlay;
use crate::app::prompt::{Ask, Before, Prompt};
use crate::app::screen::layout::Panel;
use crate::app::screen::scroll::{Motion, Scroll};
use crate::app::search::search_state::SearchSwitch;
use crate::app::{App, PickKind};
use crate::command::Action;
use crate::index::scope::Reference;

impl App {
    pub(super) fn open_prompt(&mut self, ask: Ask) {
        self.close_overlay();
        self.close_views();
        let before = Before {
            focus: self.screen.focus,
            main: self.screen.main,
            selected: self.cities.selected,
            cities_scroll: self.cities.scroll,
            query: self.search.query.clone(),
            options: self.search.options,
            spot: self.spot(),
            anchor: self.reading.page.anchor,
            mark: self.reading.page.mark,
            moved: false,
            listed: self.search.concordance.is_some(),
        };
        if ask != Ask::Search {
            self.search.concordance = None;
        }
        self.search.pins.board = None;
        if matches!(ask, Ask::City | Ask::Against | Ask::Compare) {
            self.focus_on(Panel::Cities);
        } else {
            self.focus_on(Panel::Page);
        }
        self.prompt = Some(Prompt::new(ask, "").with(before));
    }

    pub(super) fn prompt_changed(&mut self) {
        let Some(prompt) = &self.prompt else { return };
        let prompt_is_city = prompt.ask == Ask::City;
        match prompt.ask {
            Ask::City | Ask::Against | Ask::Compare => {
                self.cities.filter = prompt.text().to_owned();
                self.cities.rebuild(&self.corpus);
                let kept = prompt.before.as_ref().is_some_and(|b| b.moved) && self.cities.selected_row().is_some();
                let best =
                    if kept || self.cities.filter.trim().is_empty() { self.cities.selected_row() } else { Some(0) };
                let height = self.cities_height();
                self.cities.scroll = Scroll::default();
                self.cities.select_row(best.unwrap_or(0), height);
                if prompt_is_city {
                    self.peek_city();
                }
            }
            Ask::Search => self.search_typed(),
            Ask::Outline => {
                self.filter_outline();
                self.peek_section();
            }
            Ask::Marks => self.filter_marks(),
            Ask::Command => self.filter_palette(),
            Ask::Line | Ask::Note | Ask::Group | Ask::Export => {}
            Ask::Table => self.name_export(),
        }
    }

    pub(super) fn prompt_action(&mut self, action: Action) {
        let Some(ask) = self.prompt.as_ref().map(|p| p.ask) else { return };
        match (action, ask) {
            (Action::PromptCancel, _) => self.cancel_prompt(),
            (Action::PromptAccept, Ask::Table) => self.write_export(),
            (Action::PromptAccept, _) => self.accept_prompt(),
            (_, Ask::Table) => self.export_action(action),
            (Action::PromptConcordance, Ask::Search) => self.toggle_concordance(),
            (
                Action::PromptNext | Action::PromptPrevious | Action::PromptPageDown | Action::PromptPageUp,
                Ask::Search,
            ) if self.search.concordance.is_some() => {
                if let Some(motion) = Motion::of(action) {
                    self.move_concordance(motion);
                }
            }
            (Action::PromptExact, Ask::Search) => self.turn(SearchSwitch::Exact),
            (Action::PromptPinyin, Ask::Search) => self.turn(SearchSwitch::Pinyin),
            (Action::PromptRepeats, Ask::Search) => self.turn(SearchSwitch::Repeats),
            (Action::PromptPin, Ask::Search) => self.toggle_pin(),
            (Action::PromptNext, Ask::Search) => self.step_hit(true),
            (Action::PromptPrevious, Ask::Search) => self.step_hit(false),
            (Action::PromptDown, Ask::Search) => self.recall(false),
            (Action::PromptUp, Ask::Search) => self.recall(true),
            (Action::PromptPageDown | Action::PromptPageUp, Ask::Search | Ask::Line) => {
                if let Some(motion) = Motion::of(action) {
                    let height = self.page_height();
                    self.reading.page.go(motion, height);
                }
            }
            (_, Ask::City | Ask::Against | Ask::Compare) => {
                if let Some(motion) = Motion::of(action) {
                    let height = self.cities_height();
                    self.cities.go(motion, height);
                    if let Some(before) = self.prompt.as_mut().and_then(|prompt| prompt.before.as_mut()) {
                        before.moved = true;
                    }
                    if ask == Ask::City {
                        self.peek_city();
                    }
                }
            }
            (_, Ask::Outline | Ask::Command | Ask::Marks) => self.move_overlay(action),
            _ => {}
        }
    }

    /// Brings an older or newer query of the past into the prompt.
    fn recall(&mut self, older: bool) {
        if self.prompt.as_mut().is_some_and(|prompt| prompt.recall(&self.session.queries, older)) {
            self.search_typed();
        }
    }

    fn accept_prompt(&mut self) {
        if self.search.error.is_some() && self.prompt.as_ref().is_some_and(|p| p.ask == Ask::Search) {
            // The prompt stays with what is wrong in it.
            return;
        }
        if self.prompt.as_ref().is_some_and(|prompt| prompt.ask == Ask::City) && self.choose_place() {
            return;
        }
        let Some(mut prompt) = self.prompt.take() else { return };
        let before = prompt.before.take();
        match prompt.ask {
            Ask::City => {
                self.end_peek();
                let chosen = self.cities.selected.filter(|_| self.cities.selected_row().is_some());
                self.cities.filter.clear();
                self.cities.rebuild(&self.corpus);
                match (chosen, before) {
                    (Some(_), _) => self.open_selected_city(),
                    (None, Some(before)) => {
                        let typed = prompt.text().to_owned();
                        self.say(format!("没有匹配「{typed}」的城市"), format!("no city matches {typed}"));
                        self.restore_cities(&before);
                    }
                    (None, None) => {}
                }
            }
            Ask::Against | Ask::Compare => {
                let chosen = self.cities.selected_row().and_then(|_| self.cities.selected_place(&self.corpus));
                self.cities.filter.clear();
                self.cities.rebuild(&self.corpus);
                if let Some(before) = before {
                    self.restore_cities(&before);
                }
                match chosen {
                    Some(place) if prompt.ask == Ask::Compare => self.compare_with(place),
                    Some(place) => self.keywords.reference = Reference::Place(place),
                    None => self.say("没有这样的地方", "no such place"),
                }
            }
            Ask::Search => {
                match &self.search.query {
                    None => return self.start_search(None),
                    Some(query) => self.session.keep_query(query.text()),
                }
                if let Some(spot) = before.and_then(|b| b.spot).filter(|s| self.spot() != Some(*s)) {
                    self.reading.jumps.leave(spot);
                }
                if self.search.concordance.is_some() {
                    return;
                }
                let here = self.reading.page.report.map_or(0, |r| self.search.hits_in(r).len());
                if here == 0 && !self.search.running {
                    if self.search.counts.total == 0 {
                        self.say("没有找到", "nothing found");
                    } else {
                        self.say("本篇没有，按 n 到有命中的报告", "not in this report; n goes to one that has it");
                    }
                }
            }
            Ask::Outline => self.accept_outline(),
            Ask::Command => self.run_selected(),
            Ask::Table => self.write_export(),
            Ask::Line => self.go_to_line(prompt.text()),
            Ask::Note => self.accept_note(prompt.text()),
            Ask::Group => self.accept_group(prompt.text()),
            Ask::Marks => {}
            Ask::Export => self.export_marks(prompt.text()),
        }
    }

    pub(super) fn cancel_prompt(&mut self) {
        let Some(mut prompt) = self.prompt.take() else { return };
        let before = prompt.before.take();
        match (prompt.ask, before) {
            (Ask::City, _) if self.screen.picking == Some(PickKind::Place) => self.effects.push(Effect::Quit),
            (Ask::City | Ask::Against | Ask::Compare, Some(before)) => {
                self.end_peek();
                self.cities.filter.clear();
                self.cities.rebuild(&self.corpus);
                self.restore_cities(&before);
            }
            (Ask::Search, Some(before)) => {
                if let Some((report, _)) = before.spot.filter(|(r, _)| self.reading.page.report != Some(*r)) {
                    self.open(report, None);
                }
                self.reading.page.anchor = before.anchor;
                self.reading.page.mark = before.mark;
                self.lay_out_page();
                if !before.listed {
                    self.search.concordance = None;
                }
                self.search.error = None;
                self.search.options = before.options;
                if self.search.query != before.query {
                    self.start_search(before.query);
                }
                self.screen.focus = before.focus;
                self.screen.main = before.main;
            }
            (Ask::Outline | Ask::Command | Ask::Table, _) => self.close_overlay(),
            (Ask::Marks, _) => {
                let height = self.overlay_height();
                if let Some(Overlay::Marks(list)) = &mut self.overlay {
                    list.filter.clear();
                    list.rebuild(&self.reading.kept.marks, height);
                }
            }
            _ => {}
        }
        self.settle_lists();
    }

    fn restore_cities(&mut self, before: &Before) {
        self.cities.selected = before.selected;
        self.cities.scroll = before.cities_scroll;
        self.screen.focus = before.focus;
        self.screen.main = before.main;
        self.settle_lists();
    }
}
