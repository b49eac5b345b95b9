//! What prompts do: jumping to a city, searching as one types, walking the hits.

use std::sync::Arc;

use super::cities::Item;
use super::event::{Effect, SearchRequest};
use super::layout::Panel;
use super::places::bytes;
use super::prompt::{Ask, Prompt};
use super::scroll::{Motion, Scroll};
use super::{App, LARGE};
use crate::command::Action;
use crate::corpus::ReportId;
use crate::index::search::{Query, search_report};

/// Where things stood when a prompt was opened; Esc goes back there.
#[derive(Debug, Clone)]
pub(super) struct Before {
    focus: Panel,
    main: Panel,
    selected: Option<Item>,
    cities_scroll: Scroll,
    query: String,
    spot: Option<(ReportId, u32)>,
    anchor: u32,
    mark: Option<u32>,
    /// The user moved the selection; typing no longer moves it while it matches.
    moved: bool,
}

impl App {
    pub(super) fn open_prompt(&mut self, ask: Ask) {
        self.overlay = None;
        self.before = Some(Before {
            focus: self.focus,
            main: self.main,
            selected: self.cities.selected,
            cities_scroll: self.cities.scroll,
            query: self.search.query.as_ref().map(|q| q.text().to_owned()).unwrap_or_default(),
            spot: self.spot(),
            anchor: self.page.anchor,
            mark: self.page.mark,
            moved: false,
        });
        if ask == Ask::City {
            self.focus_on(Panel::Cities);
        } else {
            self.focus_on(Panel::Page);
        }
        self.prompt = Some(Prompt::new(ask, ""));
    }

    pub(super) fn prompt_changed(&mut self) {
        let Some(prompt) = &self.prompt else { return };
        match prompt.ask {
            Ask::City => {
                self.cities.filter = prompt.text().to_owned();
                self.cities.rebuild(&self.corpus);
                let kept = self.before.as_ref().is_some_and(|b| b.moved) && self.cities.selected_row().is_some();
                let best =
                    if kept || self.cities.filter.trim().is_empty() { self.cities.selected_row() } else { Some(0) };
                let height = self.cities_height();
                self.cities.scroll = Scroll::default();
                self.cities.select_row(best.unwrap_or(0), height);
            }
            Ask::Search => {
                let query = Query::parse(prompt.text());
                self.start_search(query);
                self.preview_hit();
            }
            Ask::Outline => self.filter_outline(),
            Ask::Line => {}
        }
    }

    pub(super) fn prompt_action(&mut self, action: Action) {
        let Some(ask) = self.prompt.as_ref().map(|p| p.ask) else { return };
        match (action, ask) {
            (Action::PromptCancel, _) => self.cancel_prompt(),
            (Action::PromptAccept, _) => self.accept_prompt(),
            (Action::PromptDown, Ask::Search) => self.step_hit(true),
            (Action::PromptUp, Ask::Search) => self.step_hit(false),
            (Action::PromptPageDown | Action::PromptPageUp, Ask::Search | Ask::Line) => {
                if let Some(motion) = Motion::of(action) {
                    let height = self.page_height();
                    self.page.go(motion, height);
                }
            }
            (_, Ask::City) => {
                if let Some(motion) = Motion::of(action) {
                    let height = self.cities_height();
                    self.cities.go(motion, height);
                    if let Some(before) = &mut self.before {
                        before.moved = true;
                    }
                }
            }
            (_, Ask::Outline) => self.move_overlay(action),
            _ => {}
        }
    }

    fn accept_prompt(&mut self) {
        let Some(prompt) = self.prompt.take() else { return };
        let before = self.before.take();
        match prompt.ask {
            Ask::City => {
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
            Ask::Search => {
                if self.search.query.is_none() {
                    return self.start_search(None);
                }
                if let Some(spot) = before.and_then(|b| b.spot).filter(|s| self.spot() != Some(*s)) {
                    self.jumps.leave(spot);
                }
                let here = self.page.report.map_or(0, |r| self.search.hits_in(r).len());
                if here == 0 && !self.search.running {
                    if self.search.counts.total == 0 {
                        self.say("没有找到", "nothing found");
                    } else {
                        self.say("本篇没有，按 n 到有命中的报告", "not in this report; n goes to one that has it");
                    }
                }
            }
            Ask::Outline => self.accept_outline(),
            Ask::Line => self.go_to_line(prompt.text()),
        }
    }

    pub(super) fn cancel_prompt(&mut self) {
        let Some(prompt) = self.prompt.take() else { return };
        let before = self.before.take();
        match (prompt.ask, before) {
            (Ask::City, Some(before)) => {
                self.cities.filter.clear();
                self.cities.rebuild(&self.corpus);
                self.restore_cities(&before);
            }
            (Ask::Search, Some(before)) => {
                if let Some((report, _)) = before.spot.filter(|(r, _)| self.page.report != Some(*r)) {
                    self.open(report, None);
                }
                self.page.anchor = before.anchor;
                self.page.mark = before.mark;
                self.lay_out_page();
                if self.search.query.as_ref().map_or("", Query::text) != before.query {
                    self.start_search(Query::parse(&before.query));
                }
                self.focus = before.focus;
                self.main = before.main;
            }
            (Ask::Outline, _) => self.overlay = None,
            _ => {}
        }
        self.settle_lists();
    }

    fn restore_cities(&mut self, before: &Before) {
        self.cities.selected = before.selected;
        self.cities.scroll = before.cities_scroll;
        self.focus = before.focus;
        self.main = before.main;
        self.settle_lists();
    }

    /// Begins a search, or with `None` ends the one that is on.
    pub(super) fn start_search(&mut self, query: Option<Query>) {
        let seq = self.search.begin(query.clone());
        self.effects.push(match query {
            Some(query) => Effect::Search(SearchRequest { seq, query, corpus: Arc::clone(&self.corpus) }),
            None => Effect::StopSearch,
        });
        self.look_here();
    }

    /// Finds the hits of the open report at once, so that they are marked with the very key that changed the query.
    pub(super) fn look_here(&mut self) {
        let found = self.search.query.as_ref().and_then(|query| {
            let (id, document, report) = self.opened()?;
            (bytes(document, report) <= LARGE).then(|| (id, search_report(document, id.index, query)))
        });
        self.search.here = found;
    }

    /// While a search is being typed: shows the first hit at or after the spot where the prompt was opened.
    pub(super) fn preview_hit(&mut self) {
        if self.prompt.as_ref().is_none_or(|p| p.ask != Ask::Search) || self.search.current.is_some() {
            return;
        }
        let Some((report, from)) = self.before.as_ref().and_then(|b| b.spot) else { return };
        if self.page.report != Some(report) {
            return;
        }
        let hits = self.search.hits_in(report);
        let index = hits.partition_point(|s| s.start < from);
        let index = if index < hits.len() { Some(index) } else { hits.len().checked_sub(1) };
        match index.and_then(|i| hits.get(i).map(|span| (i, span.start))) {
            Some((index, offset)) => {
                self.search.current = Some((report, index));
                self.reveal(offset);
            }
            None => {
                let (anchor, mark) = self.before.as_ref().map_or((0, None), |b| (b.anchor, b.mark));
                self.page.anchor = anchor;
                self.page.mark = mark;
                self.lay_out_page();
            }
        }
    }

    /// To the next or previous hit, across reports.
    pub(super) fn step_hit(&mut self, forward: bool) {
        let Some(here) = self.page.report else { return };
        if self.search.query.is_none() {
            return self.say("还没有检索：按 / 开始", "no search yet: press /");
        }
        // From the current hit while it is on the page, else from what is being read.
        let height = self.page_height();
        let current = self.search.current.filter(|(report, _)| *report == here).and_then(|(_, index)| {
            let start = self.search.hits_in(here).get(index)?.start;
            let row = self.page.row_at(start);
            self.page.scroll.visible(self.page.rows.len(), height).contains(&row).then_some(start)
        });
        let (from, strictly) = current.map_or((self.page.here(), false), |start| (start, true));
        let Some(((report, index), round)) = self.search.next(here, from, forward, strictly) else {
            if self.search.running {
                return self.say("正在检索…", "searching…");
            }
            return self.say("没有找到", "nothing found");
        };
        let Some(offset) = self.search.hits_in(report).get(index).map(|s| s.start) else { return };
        if report == here {
            self.reveal(offset);
        } else {
            self.visit(report, Some(offset));
            let height = self.page_height();
            self.page.jump(offset, height / 3, height);
        }
        self.search.current = Some((report, index));
        if round {
            let (zh, en) = if forward {
                ("已到末尾，从头继续", "past the last hit, on from the first")
            } else {
                ("已到开头，从末尾继续", "past the first hit, on from the last")
            };
            self.say(zh, en);
        }
    }

    /// Searches the selected term of the keyword panel.
    pub(super) fn search_selected_term(&mut self) {
        let Some(query) = self.keywords.selected.as_deref().and_then(Query::parse) else { return };
        self.leave();
        self.start_search(Some(query));
        self.focus_on(Panel::Page);
        if self.page.report.is_some_and(|r| !self.search.hits_in(r).is_empty()) {
            self.step_hit(true);
        }
    }
}
