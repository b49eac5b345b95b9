//! What searching does: starting it, its switches, the hits of the open report, walking from hit to hit, who is silent.

use std::sync::Arc;

use crate::app::App;
use crate::app::event::Effect;
use crate::app::job::{HereRequest, Job, Lane, SearchRequest};
use crate::app::prompt::Ask;
use crate::app::reading::{LARGE, bytes};
use crate::app::screen::layout::Panel;
use crate::app::search::marks::Marks;
use crate::app::search::search_state::{Landing, SearchSwitch};
use crate::index::search::{Query, QueryErrorKind, Search, SearchIndex, found_in_report};

impl App {
    /// Begins a search, or with `None` ends the one that is on.
    pub(in crate::app) fn start_search(&mut self, query: Option<Query>) {
        let seq = self.search.begin(query.clone());
        match query {
            Some(query) => {
                let corpus = Arc::clone(&self.corpus);
                self.effects.push(Effect::run(Job::Search(SearchRequest { seq, query, corpus })));
            }
            None => {
                self.effects.push(Effect::Cancel(Lane::Search));
                self.set_silent(false);
            }
        }
        self.look_here();
    }

    /// Searches what has been typed, if it can be understood; otherwise what was found before stays.
    pub(in crate::app) fn search_typed(&mut self) {
        let Some(prompt) = &self.prompt else { return };
        match Query::read(prompt.text(), self.search.options) {
            Ok(query) if self.search.query.as_ref() == Some(&query) => self.search.error = None,
            Ok(query) => self.start_search(Some(query)),
            Err(error) if error.kind == QueryErrorKind::Blank => self.start_search(None),
            Err(error) => self.search.error = Some(error),
        }
        self.preview_hit();
    }

    /// Turns a switch and searches again.
    pub(in crate::app) fn turn(&mut self, switch: SearchSwitch) {
        let options = &mut self.search.options;
        let (flag, zh, en) = match switch {
            SearchSwitch::Exact => (&mut options.exact, "精确检索", "exact search"),
            SearchSwitch::Pinyin => (&mut options.pinyin, "拼音检索", "search by pinyin"),
            SearchSwitch::Repeats => (&mut options.repeats, "计入重复段落", "counting repeated paragraphs"),
        };
        *flag = !*flag;
        let (zh_state, en_state) = if *flag { ("开", "on") } else { ("关", "off") };
        if self.prompt.as_ref().is_some_and(|p| p.ask == Ask::Search && !p.text().trim().is_empty()) {
            return self.search_typed();
        }
        self.say(format!("{zh}：{zh_state}"), format!("{en}: {en_state}"));
        let again = self.search.query.as_ref().map(|q| Query::read(q.text(), self.search.options));
        if let Some(Ok(query)) = again {
            self.start_search(Some(query));
        }
    }

    /// Finds what is to be marked in the open report at once, so that it is marked with the very key that changed it; of a
    /// large one the worker finds it.
    pub(in crate::app) fn look_here(&mut self) {
        self.search.here = None;
        for pin in &mut self.search.pins.list {
            pin.marks = None;
        }
        self.search.here_seq += 1;
        let Some((id, document, report)) = self.opened() else { return };
        let document = Arc::clone(document);
        let large = bytes(&document, report) > LARGE;
        let pinned = self.search.pins.list.iter().map(|pin| (Some(pin.slot), &pin.query));
        let wanted = self.search.query.iter().map(|query| (None, query)).chain(pinned);
        if large {
            let queries: Vec<(Option<u8>, Query)> = wanted.map(|(slot, query)| (slot, query.clone())).collect();
            if !queries.is_empty() {
                let (seq, corpus) = (self.search.here_seq, Arc::clone(&self.corpus));
                self.effects.push(Effect::run(Job::FindHere(HereRequest { seq, corpus, report: id, queries })));
            }
            return;
        }
        let found = |query| Marks::new(document.text(), id, &found_in_report(&document, id.index, query));
        let found: Vec<(Option<u8>, Marks)> = wanted.map(|(slot, query)| (slot, found(query))).collect();
        for (slot, marks) in found {
            self.mark(slot, marks);
        }
    }

    fn mark(&mut self, slot: Option<u8>, marks: Marks) {
        match slot {
            None => self.search.here = Some(marks),
            Some(slot) => {
                if let Some(pin) = self.search.pins.list.iter_mut().find(|pin| pin.slot == slot) {
                    pin.marks = Some(marks);
                }
            }
        }
    }

    /// Takes what is to be marked in a large report.
    pub(in crate::app) fn on_marks(&mut self, seq: u64, slot: Option<u8>, marks: Marks) {
        if seq != self.search.here_seq || self.reading.page.report != Some(marks.report) {
            return;
        }
        self.mark(slot, marks);
        if slot.is_none() {
            match self.search.landing.take() {
                Some(landing) => self.land(landing),
                None => self.preview_hit(),
            }
        }
    }

    /// While a search is being typed: shows the first hit at or after the spot where the prompt was opened.
    pub(in crate::app) fn preview_hit(&mut self) {
        let typing = self.prompt.as_ref().is_some_and(|p| p.ask == Ask::Search);
        if !typing || self.search.current.is_some() || self.search.concordance.is_some() {
            return;
        }
        let Some((report, from)) = self.before().and_then(|b| b.spot) else { return };
        if self.reading.page.report != Some(report) {
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
                let (anchor, mark) = self.before().map_or((0, None), |b| (b.anchor, b.mark));
                self.reading.page.anchor = anchor;
                self.reading.page.mark = mark;
                self.lay_out_page();
            }
        }
    }

    /// To the next or previous hit, across reports.
    pub(in crate::app) fn step_hit(&mut self, forward: bool) {
        let Some(here) = self.reading.page.report else { return };
        // From the current hit while it is on the page, else from what is being read.
        let height = self.page_height();
        let current = self.search.current.filter(|(report, _)| *report == here).and_then(|(_, index)| {
            let start = self.search.hits_in(here).get(index)?.start;
            let page = &self.reading.page;
            let row = page.row_at(start);
            let seen = page.scroll.visible(page.rows.len(), height).contains(&row);
            // A cursor that was moved away from the hit is where the next one is looked for.
            (seen && (page.mark.is_none() || page.paragraph_rows().contains(&row))).then_some(start)
        });
        let (from, strictly) = current.map_or((self.reading.page.here(), false), |start| (start, true));
        let awaited = self.search.here.is_none();
        let Some(((report, index), round)) = self.search.next(here, from, forward, strictly).filter(|_| !awaited)
        else {
            if self.search.running || awaited {
                return self.say("正在检索…", "searching…");
            }
            return self.say("没有找到", "nothing found");
        };
        if report != here {
            self.visit(report, None);
            self.land(Landing::Hit(index));
        } else if let Some(offset) = self.search.hits_in(report).get(index).map(|s| s.start) {
            self.reveal(offset);
            self.search.current = Some((report, index));
        }
        if round {
            let (zh, en) = if forward {
                ("已到末尾，从头继续", "past the last hit, on from the first")
            } else {
                ("已到开头，从末尾继续", "past the first hit, on from the last")
            };
            self.say(zh, en);
        }
    }

    /// Goes to a hit of the open report, now or as soon as its hits are there.
    pub(in crate::app) fn land(&mut self, landing: Landing) {
        let Some(report) = self.reading.page.report else { return };
        if self.search.here.is_none() {
            self.search.landing = Some(landing);
            return;
        }
        let hits = self.search.hits_in(report);
        let index = match landing {
            Landing::Hit(index) => index,
            Landing::At(offset) => hits.partition_point(|span| span.start < offset),
        };
        if let Some(offset) = hits.get(index).map(|span| span.start) {
            self.jump(offset);
            let height = self.page_height();
            self.reading.page.jump(offset, height / 3, height);
            self.search.current = Some((report, index));
        }
    }

    /// Searches the selected term of the keyword panel.
    pub(in crate::app) fn search_selected_term(&mut self) {
        let Some(query) = self.keywords.selected.as_deref().and_then(Query::literal) else { return };
        self.leave();
        self.session.keep_query(query.text());
        self.start_search(Some(query));
        self.focus_on(Panel::Page);
        if self.reading.page.report.is_some_and(|r| !self.search.hits_in(r).is_empty()) {
            self.step_hit(true);
        }
    }

    /// Lists only the places that do not say what is searched, or every place again.
    pub(in crate::app) fn toggle_silent(&mut self) {
        self.set_silent(self.cities.only.is_none());
    }

    fn set_silent(&mut self, on: bool) {
        if on != self.cities.only.is_some() {
            self.cities.only = on.then(Default::default);
            self.list_silent();
            self.cities.rebuild(&self.corpus);
            self.settle_lists();
        }
    }

    /// Lists anew who does not say it, where that is what the list shows.
    pub(in crate::app) fn list_silent(&mut self) {
        let (Some(_), Some(query)) = (&self.cities.only, &self.search.query) else { return };
        // Only its filters are asked, so nothing need be folded.
        let search = Search::new(&self.corpus, &SearchIndex::new(), query);
        let silent = self.search.counts.silent(&self.corpus, |report| search.counts(report));
        self.cities.only = Some(silent.into_iter().collect());
        self.cities.rebuild(&self.corpus);
        self.settle_lists();
    }
}
