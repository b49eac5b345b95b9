//! Floor 5: all mutable state. [`App::update`] is the only place that changes it.
//!
//! In: [`Event`]s. Out: [`Effect`]s, and a state that `view` draws. Does not know about: threads, the clock, the disk, the
//! terminal. One file per panel holds that panel's state; the files `keys`, `reading`, `finding`, `hits`, `places`,
//! `pointer` hold what events do to it.

pub mod board;
pub mod cities;
pub mod comparison;
pub mod concordance;
pub mod event;
mod figures;
mod finding;
pub mod hints;
mod hits;
pub mod jumps;
mod keys;
pub mod keywords;
pub mod layout;
pub mod marks;
pub mod notice;
mod offers;
pub mod overlay;
pub mod page;
pub mod pictures;
pub mod pins;
mod places;
mod pointer;
pub mod prompt;
mod quote;
mod reading;
mod renewal;
pub mod rows;
pub mod scroll;
pub mod search;
pub mod session;

#[cfg(test)]
#[path = "../../tests/support/corpus.rs"]
mod fixture;

use std::sync::Arc;

use rustc_hash::FxHashMap;

pub use event::{Effect, Event, Loaded, Renewed, SearchRequest, WrapRequest};
pub use layout::{Layout, Panel};

use crate::command::Keymap;
use crate::corpus::{Corpus, Document, PlaceId, Report, ReportId};
use crate::index::groups::Groups;
use crate::index::search::Query;
use crate::text::width::Ambiguous;
use crate::text::{Lang, Span};
use cities::Cities;
use comparison::{KeptReference, Layers};
use concordance::{Concordance, Lines};
use jumps::Jumps;
use keywords::Keywords;
use notice::Notice;
use overlay::Overlay;
use page::Page;
use pictures::Shown;
use pictures::proposals::Verdicts;
use pins::Pins;
use prompt::Prompt;
use search::Search;
use session::{ReportKey, Session};

/// Reports of more bytes than this are wrapped and searched by a worker; smaller ones at once, within a millisecond.
pub const LARGE: usize = 256 * 1024;

/// How the user wants things shown; fixed for a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Language of menus, help and messages.
    pub lang: Lang,
    /// Longest row of running text, in columns.
    pub text_width: u16,
    /// How wide the terminal shows ambiguous characters.
    pub ambiguous: Ambiguous,
}

impl Default for Look {
    fn default() -> Self {
        Self { lang: Lang::Zh, text_width: 76, ambiguous: Ambiguous::Narrow }
    }
}

/// How far loading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loading {
    /// How many files there are, once known.
    pub files: Option<usize>,
    /// Whether it has ended.
    pub done: bool,
}

/// Something that stands in place of the page and its keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// A picture of the keyword panel's figures.
    Picture,
    /// The list of hits in context.
    Concordance,
    /// The board of pinned queries.
    Board,
}

/// Everything the screen shows and every key may change.
#[derive(Debug)]
pub struct App {
    /// Everything loaded so far.
    pub corpus: Arc<Corpus>,
    /// How far loading has come.
    pub loading: Loading,
    /// Whether changed files are taken in.
    pub watching: bool,
    /// How things are shown.
    pub look: Look,
    /// Which key asks for what.
    pub keymap: Keymap,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The panel that has the focus.
    pub focus: Panel,
    /// What the middle shows where there is no room for both: page or keywords.
    pub main: Panel,
    /// The city list.
    pub cities: Cities,
    /// The section view.
    pub page: Page,
    /// The search that is on.
    pub search: Search,
    /// The queries that stay beside it.
    pub pins: Pins,
    /// The keyword panel.
    pub keywords: Keywords,
    /// The open prompt.
    pub prompt: Option<Prompt>,
    /// The list of hits in context, while it stands in place of the page.
    pub concordance: Option<Concordance>,
    /// The pictures that stand in place of the page, each over the one before.
    pub pictures: Vec<Shown>,
    /// The pictures from which an occurrence was opened: Esc comes back to them.
    shelf: Vec<Shown>,
    /// The user's keyword groups, or the built-in ones.
    pub groups: Arc<Groups>,
    /// What the user said of proposed phrases.
    pub verdicts: Verdicts,
    /// The occurrence that was opened last, to be marked on the page.
    pub highlight: Option<(ReportId, Span)>,
    /// The open window.
    pub overlay: Option<Overlay>,
    /// The line to the user.
    pub notice: Option<Notice>,
    /// What outlives the run.
    pub session: Session,
    jumps: Jumps,
    /// Where things stood when the prompt was opened.
    before: Option<finding::Before>,
    /// The report of the last run, until it has been loaded or the user goes elsewhere.
    wanted: Option<ReportKey>,
    last_read: FxHashMap<PlaceId, ReportId>,
    wrap_seq: u64,
    here_seq: u64,
    picture_seq: u64,
    effects: Vec<Effect>,
}

impl App {
    /// The state before anything is loaded. `corpus` is empty but knows its roots.
    pub fn new(corpus: Corpus, look: Look, keymap: Keymap, session: Session, size: (u16, u16)) -> Self {
        let cities = Cities { order: session.city_order, ..Cities::default() };
        let reference = session.reference.reference();
        let keywords = Keywords { reach: session.reach, reference, order: session.term_order, ..Keywords::default() };
        let options = session.query_options();
        let query = session.query.as_deref().and_then(|text| Query::read(text, options).ok());
        // The search itself begins with what is loaded.
        let search = Search::resume(query, options);
        let wanted = session.last.get(&Session::corpus_name(&corpus)).cloned();
        Self {
            corpus: Arc::new(corpus),
            loading: Loading::default(),
            watching: false,
            look,
            keymap,
            size,
            focus: Panel::Page,
            main: Panel::Page,
            cities,
            page: Page::default(),
            search,
            pins: Pins::resume(&session.pins),
            keywords,
            prompt: None,
            concordance: None,
            pictures: Vec::new(),
            shelf: Vec::new(),
            groups: Arc::new(Groups::built_in()),
            verdicts: Verdicts::default(),
            highlight: None,
            overlay: None,
            notice: None,
            session,
            jumps: Jumps::default(),
            before: None,
            wanted,
            last_read: FxHashMap::default(),
            wrap_seq: 0,
            here_seq: 0,
            picture_seq: 0,
            effects: Vec::new(),
        }
    }

    /// The same with the words of the settings: keyword groups, which stop words are left out, verdicts on phrases.
    #[must_use]
    pub fn with_words(mut self, groups: Groups, layers: Layers, verdicts: Verdicts) -> Self {
        self.groups = Arc::new(groups);
        self.keywords.layers = layers;
        self.verdicts = verdicts;
        self
    }

    /// Takes an event; says what the loop must do now. The only way in which the state changes.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Key(key) => self.on_key(key),
            Event::Mouse(mouse) => self.on_mouse(mouse),
            Event::Paste(text) => self.on_paste(&text),
            Event::Resize(width, height) => self.on_resize(width, height),
            Event::Ambiguous(width) => self.on_ambiguous(width),
            Event::Loaded(loaded) => self.on_loaded(loaded),
            Event::Renewed(renewed) => self.on_renewed(renewed),
            Event::Watching(on) => self.watching = on,
            Event::Counts { seq, counts } => {
                if self.search.take(seq, &self.corpus, &counts) {
                    self.list_silent();
                }
            }
            Event::Here { seq, slot, marks } => self.on_marks(seq, slot, marks),
            Event::PinCounts { seq, slot, counts, last } => self.on_pin_counts(seq, slot, &counts, last),
            Event::SearchEnded { seq } => {
                if self.search.end(seq) {
                    self.list_silent();
                }
            }
            Event::Lines { seq, first, total, followed, by_word, lines } => {
                self.on_lines(seq, Lines { first, total, followed, by_word, lines });
            }
            Event::Terms { seq, sheet, ended } => {
                let height = self.terms_height();
                self.keywords.take(seq, sheet, ended, height);
            }
            Event::Counting { counted, all } => self.keywords.progress = (counted < all).then_some((counted, all)),
            Event::Picture { seq, answer } => self.on_picture(seq, answer),
            Event::Judged => self.on_judged(),
            Event::Strip { seq, spans } => self.keywords.take_strip(seq, spans),
            Event::Wrapped { seq, rows } => self.on_wrapped(seq, rows),
            Event::Edited(outcome) => {
                if let Err(why) = outcome {
                    self.notice = Some(Notice::trouble(why));
                }
            }
            Event::Notice(notice) => self.notice = Some(notice),
            Event::Stop => self.effects.push(Effect::Suspend),
            Event::Continued => self.effects.push(Effect::Retake),
            Event::Quit => self.effects.push(Effect::Quit),
        }
        self.ask_lines();
        self.ask_picture();
        self.follow();
        std::mem::take(&mut self.effects)
    }

    /// Where everything stands on the screen.
    pub fn layout(&self) -> Layout {
        Layout::of(self.size.0, self.size.1, self.focus, self.main)
    }

    /// The open report, its document and its id.
    pub fn opened(&self) -> Option<(ReportId, &Arc<Document>, &Report)> {
        let id = self.page.report?;
        self.corpus.report(id).map(|(document, report)| (id, document, report))
    }

    /// The state to keep for the next run.
    pub fn session(&self) -> Session {
        let mut session = self.session.clone();
        session.city_order = self.cities.order;
        session.reach = self.keywords.reach;
        session.term_order = self.keywords.order;
        session.reference = KeptReference::of(&self.keywords.reference);
        session.query = self.search.query.as_ref().map(|query| query.text().to_owned());
        session.pins = self.pins.kept();
        let options = self.search.options;
        (session.exact, session.pinyin, session.repeats) = (options.exact, options.pinyin, options.repeats);
        if let Some((id, document, _)) = self.opened() {
            session.remember(&self.corpus, id, document.line_at(self.page.here()));
        }
        session
    }

    /// What stands in place of the page: the uppermost where there are several.
    pub fn cover(&self) -> Option<Cover> {
        if !self.pictures.is_empty() {
            Some(Cover::Picture)
        } else if self.concordance.is_some() {
            Some(Cover::Concordance)
        } else {
            self.pins.board.as_ref().map(|_| Cover::Board)
        }
    }

    fn say(&mut self, zh: impl Into<String>, en: impl Into<String>) {
        self.notice = Some(Notice::done(match self.look.lang {
            Lang::Zh => zh.into(),
            Lang::En => en.into(),
        }));
    }

    fn on_resize(&mut self, width: u16, height: u16) {
        self.size = (width, height);
        if let Some(list) = &mut self.concordance {
            list.outgrow();
        }
        self.lay_out_page();
        self.settle_lists();
    }

    /// Everything is laid out anew: what stands on the screen was made for other widths.
    fn on_ambiguous(&mut self, width: Ambiguous) {
        if self.look.ambiguous != width {
            self.look.ambiguous = width;
            self.page.forget_rows();
            self.on_resize(self.size.0, self.size.1);
            self.effects.push(Effect::Redraw);
        }
    }

    /// Keeps every list's selection in view after heights changed.
    fn settle_lists(&mut self) {
        let height = self.cities_height();
        if let Some(row) = self.cities.selected_row() {
            self.cities.scroll.show(row, self.cities.rows.len(), height);
        }
        let height = self.terms_height();
        if let Some(row) = self.keywords.selected_row() {
            let len = self.keywords.len();
            self.keywords.scroll.show(row, len, height);
        }
        let height = self.concordance_height();
        if let Some(list) = &mut self.concordance {
            list.scroll.show(list.selected, list.total, height);
        }
        let height = self.board_height();
        if let Some(board) = &mut self.pins.board
            && let Some(row) = board.selected_row()
        {
            board.scroll.show(row, board.rows.len(), height);
        }
        self.settle_picture();
        let height = self.overlay_height();
        match &mut self.overlay {
            Some(Overlay::Outline(outline)) => {
                if let Some(row) = outline.selected_row() {
                    outline.scroll.show(row, outline.rows.len(), height);
                }
            }
            Some(Overlay::Issues(list)) => list.scroll.show(list.selected, self.corpus.issues().len(), height),
            Some(Overlay::Help(scroll)) => {
                let len = overlay::help_rows(&self.keymap, self.look.lang).len();
                scroll.top = scroll.top.min(scroll::Scroll::limit(len, height));
            }
            None => {}
        }
    }

    fn cities_height(&self) -> usize {
        self.layout().cities.map_or(0, |area| layout::cities_list(area).height.into())
    }

    fn terms_height(&self) -> usize {
        self.layout().keywords.map_or(0, |area| layout::terms_list(area).height.into())
    }

    fn page_height(&self) -> usize {
        self.page_area().map_or(0, |area| layout::page_text(area).height.into())
    }

    /// The section view's area, or the one it will have when it is shown again.
    fn page_area(&self) -> Option<ratatui::layout::Rect> {
        Layout::of(self.size.0, self.size.1, Panel::Page, Panel::Page).page
    }

    fn overlay_height(&self) -> usize {
        layout::overlay_list(self.layout().overlay(), matches!(self.overlay, Some(Overlay::Outline(_)))).height.into()
    }
}
