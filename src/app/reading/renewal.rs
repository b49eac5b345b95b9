//! Taking in what has become of the files while one reads: the reader's place stays.
//!
//! In: the renewed corpus. Out: the same spot of the same report, found again by its words, its heading or its line; lists,
//! hits and counts renewed. Does not know about: how changes are noticed.

use std::sync::Arc;

use crate::app::event::{Effect, Renewed};
use crate::app::job::Job;
use crate::app::notice::Notice;
use crate::app::overlay::Overlay;
use crate::app::screen::layout::Panel;
use crate::app::{App, Look};
use crate::corpus::{Corpus, Document, LineKind, Report, ReportId};
use crate::text::Lang;

/// A spot in a report, by what can be found again in a changed one.
#[derive(Debug)]
struct Bookmark {
    report: ReportId,
    document: Arc<Document>,
    title: String,
    /// Source line and the byte in it.
    line: u32,
    within: u32,
    words: String,
    /// The heading above, and how many lines below it.
    heading: Option<(String, u32)>,
    /// The row of the screen where it stands.
    row: usize,
    /// Whether reading stands there rather than at the top of the screen.
    marked: bool,
}

impl App {
    pub(in crate::app) fn toggle_watch(&mut self) {
        self.loading.watching = !self.loading.watching;
        self.effects.push(Effect::Watch(self.loading.watching));
        if self.loading.watching {
            self.say("随改随读：文件有变化就自动收取", "changed files are taken in from now on");
        } else {
            self.say("不再跟踪文件变化", "changed files are left alone from now on");
        }
    }

    pub(in crate::app) fn on_renewed(&mut self, renewed: Renewed) {
        self.end_peek();
        let bookmark = self.bookmark();
        self.corpus = renewed.corpus;
        self.cities.index = renewed.cities;
        // Figures of before are of another corpus.
        self.keywords.corpus += 1;
        self.forget_views();
        self.reading.highlight = None;
        self.check_reference();
        self.reading.page.forget_rows();
        let corpus = Arc::clone(&self.corpus);
        self.reading.last_read.retain(|_, report| corpus.report(*report).is_some());
        self.cities.rebuild(&self.corpus);
        self.screen.notice = Some(Notice::done(news(renewed.files, self.screen.look)));
        match bookmark {
            Some(bookmark) => self.come_back(&bookmark),
            None => self.open_any(),
        }
        self.effects.push(Effect::run(Job::Index(Arc::clone(&self.corpus))));
        self.count_pins_of(true);
        match self.search.query.clone() {
            Some(query) => self.start_search(Some(query)),
            None => self.look_here(),
        }
        self.place_marks();
        self.renew_marks();
        self.renew_issues();
        self.settle_lists();
    }

    fn bookmark(&self) -> Option<Bookmark> {
        let (id, document, report) = self.opened()?;
        let here = self.reading.page.here();
        let line = document.line_at(here);
        let start = document.line(line).map_or(0, |l| l.span.start);
        // A text that was never fetched cannot be fetched any more.
        let at_hand = document.source.is_at_hand();
        let words = if at_hand { document.line_text(line).to_owned() } else { String::new() };
        let section = report.section_at(here).and_then(|i| report.sections.get(i)).filter(|_| at_hand);
        Some(Bookmark {
            report: id,
            document: Arc::clone(document),
            title: report.title.clone(),
            line,
            within: here.saturating_sub(start),
            words,
            heading: section.map(|s| (s.heading.slice(document.text()).to_owned(), line.saturating_sub(s.line))),
            row: self.reading.page.row_at(here).saturating_sub(self.reading.page.scroll.top),
            marked: self.reading.page.mark.is_some(),
        })
    }

    /// Opens what was open, where reading was.
    fn come_back(&mut self, bookmark: &Bookmark) {
        let now = self.corpus.document(bookmark.report.document);
        if now.is_some_and(|document| Arc::ptr_eq(document, &bookmark.document)) {
            return self.lay_out_page();
        }
        if matches!(self.overlay, Some(Overlay::Outline(_))) {
            self.overlay = None;
            self.prompt = None;
        }
        self.reading.page.folds.clear();
        self.reading.page.range = None;
        self.reading.page.report = None;
        let Some((report, offset)) = bookmark.find(&self.corpus) else {
            self.reading.page.rows = Arc::default();
            self.reading.page.full = Arc::default();
            return self.open_any();
        };
        self.reading.page.report = Some(report);
        self.reading.page.anchor = offset;
        self.reading.page.mark = None;
        self.lay_out_page();
        let height = self.page_height();
        self.reading.page.jump(offset, bookmark.row, height);
        if !bookmark.marked {
            self.reading.page.settle();
        }
        if let Some(place) = self.corpus.place_of(report) {
            self.reading.last_read.insert(place, report);
            if self.cities.filter.is_empty() && self.screen.focus != Panel::Cities {
                let height = self.cities_height();
                self.cities.show_place(place, report, height);
            }
        }
    }
}

impl Bookmark {
    /// The spot in the changed document; none if no report is left there.
    fn find(&self, corpus: &Corpus) -> Option<(ReportId, u32)> {
        let document = corpus.document(self.report.document)?;
        let distance = |index: u32| index.abs_diff(self.report.index);
        let numbered = || (0u32..).zip(&document.reports);
        let titled = numbered().filter(|(_, r)| r.title == self.title).min_by_key(|(index, _)| distance(*index));
        let (index, report) = titled.or_else(|| numbered().min_by_key(|(index, _)| distance(*index)))?;
        let span = document.line(self.find_line(document, report)?)?.span;
        let same = span.slice(document.text()) == self.words;
        let offset = if same { span.start.saturating_add(self.within).min(span.end) } else { span.start };
        Some((ReportId { document: self.report.document, index }, offset))
    }

    /// The line of the same words that is nearest; else the line as far below the same heading; else the same line.
    fn find_line(&self, document: &Document, report: &Report) -> Option<u32> {
        let near = |line: &u32| line.abs_diff(self.line);
        let filled =
            || report.line_numbers().filter(|line| document.line(*line).is_some_and(|l| l.kind != LineKind::Blank));
        let same = |line: &u32| !self.words.is_empty() && document.line_text(*line) == self.words;
        let below = || {
            let (heading, below) = self.heading.as_ref()?;
            let same = report.sections.iter().filter(|s| s.heading.slice(document.text()) == heading);
            let section = same.min_by_key(|s| near(&s.line))?;
            Some((section.line + below).min(section.last_line))
        };
        let found = filled().filter(same).min_by_key(near).or_else(below).unwrap_or(self.line);
        filled().min_by_key(|line| line.abs_diff(found))
    }
}

fn news((changed, added, gone): (usize, usize, usize), look: Look) -> String {
    let named = [(changed, "改动", "changed"), (added, "新增", "new"), (gone, "移除", "gone")];
    let told = named.iter().filter(|(n, ..)| *n > 0);
    match look.lang {
        Lang::Zh => {
            let parts: Vec<String> = told.map(|(n, zh, _)| format!("{zh} {n} 个")).collect();
            format!("文件有变化，已收取：{}", parts.join("，"))
        }
        Lang::En => {
            let parts: Vec<String> = told.map(|(n, _, en)| format!("{n} {en}")).collect();
            format!("files taken in: {}", parts.join(", "))
        }
    }
}
