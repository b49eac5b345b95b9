//! All mutable state of the explorer, in twelve parts.
//!
//! In: a corpus, settings, what the last run left. Out: [`App`]. Does not know about: what events do to it.

use std::sync::Arc;

use crate::app::cities::Cities;
use crate::app::event::Effect;
use crate::app::notice::Notice;
use crate::app::overlay::Overlay;
use crate::app::prompt::{Before, Prompt};
use crate::app::reading::Reading;
use crate::app::screen::{Layout, Look, Panel, Screen};
use crate::app::search::SearchState;
use crate::app::search::pins::Pins;
use crate::app::session::Session;
use crate::app::terms::comparison::{KeptReference, Layers};
use crate::app::terms::keywords::Keywords;
use crate::app::views::Views;
use crate::app::views::phrase_decisions::PhraseDecisions;
use crate::command::{Action, Keymap};
use crate::corpus::{Corpus, Document, Report, ReportId};
use crate::index::groups::Groups;
use crate::index::search::Query;
use crate::text::Lang;

/// How far loading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loading {
    /// How many files there are, once known.
    pub files: Option<usize>,
    /// Whether it has ended.
    pub done: bool,
    /// Whether changed files are taken in.
    pub watching: bool,
    /// Whether the user stopped it: not every file was read.
    pub stopped: bool,
}

/// Something that stands in place of the page and its keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// A view of the keyword panel's figures.
    View,
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
    /// How things are shown, and who has the focus.
    pub screen: Screen,
    /// The city list.
    pub cities: Cities,
    /// The page, the spots one came from, what is kept of its passages, who shares their wording.
    pub reading: Reading,
    /// The search that is on, pinned queries, the list of hits in context.
    pub search: SearchState,
    /// The keyword panel, the user's keyword groups and decisions on phrases.
    pub keywords: Keywords,
    /// What stands in place of the page: views of the keyword panel's figures.
    pub views: Views,
    /// The open prompt.
    pub prompt: Option<Prompt>,
    /// The open window.
    pub overlay: Option<Overlay>,
    /// What outlives the run.
    pub session: Session,
    /// What the loop must do after this event.
    pub(super) effects: Vec<Effect>,
}

impl App {
    /// The state before anything is loaded. `corpus` is empty but knows its roots.
    pub fn new(corpus: Corpus, look: Look, keymap: Keymap, session: Session, size: (u16, u16)) -> Self {
        let cities = Cities { order: session.city_order, ..Cities::default() };
        let reference = session.reference.reference();
        let (reach, order) = (session.reach, session.term_order);
        let options = session.query_options();
        let query = session.query.as_deref().and_then(|text| Query::read(text, options).ok());
        let groups = Arc::new(Groups::built_in());
        let wanted = session.last.get(&Session::corpus_name(&corpus)).cloned();
        Self {
            corpus: Arc::new(corpus),
            loading: Loading::default(),
            screen: Screen {
                look,
                keymap,
                size,
                focus: Panel::Page,
                main: Panel::Page,
                options: Vec::new(),
                picking: None,
                widths: session.widths,
                dragged: None,
                exports: 0,
                last: None,
                issues_seen: 0,
                notice: None,
            },
            cities,
            reading: Reading { wanted, ..Reading::default() },
            // The search itself begins with what is loaded.
            search: SearchState::resume(query, options, Pins::resume(&session.pins)),
            keywords: Keywords { reach, reference, order, groups, ..Keywords::default() },
            views: Views::default(),
            prompt: None,
            overlay: None,
            session,
            effects: Vec::new(),
        }
    }

    /// The same with the words of the settings: keyword groups, which stop words are left out, decisions on phrases.
    #[must_use]
    pub fn with_words(mut self, groups: Groups, layers: Layers, decisions: PhraseDecisions) -> Self {
        self.keywords.groups = Arc::new(groups);
        self.keywords.layers = layers;
        self.keywords.decisions = decisions;
        self
    }

    /// Tells who starts for the first time the keys that matter.
    pub fn welcome(&mut self) {
        if !self.session.last.is_empty() || self.screen.notice.is_some() {
            return;
        }
        let name = |action: Action| self.screen.keymap.name(action).unwrap_or_default();
        let (city, search, help) = (name(Action::JumpCity), name(Action::Search), name(Action::Help));
        let sample = if self.corpus.is_sample() {
            ("内置样例 · 地名均为虚构 · ", "built-in sample · all places are invented · ")
        } else {
            ("", "")
        };
        self.say(
            format!("{}{city} 跳到城市 · {search} 检索全部报告 · {help} 找任何命令", sample.0),
            format!("{}{city} jumps to a city · {search} searches every report · {help} finds any command", sample.1),
        );
    }

    /// Where everything stands on the screen.
    pub fn layout(&self) -> Layout {
        Layout::with_widths(self.screen.size, self.screen.focus, self.screen.main, self.screen.widths)
    }

    /// The open report, its document and its id.
    pub fn opened(&self) -> Option<(ReportId, &Arc<Document>, &Report)> {
        let id = self.reading.page.report?;
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
        session.pins = self.search.pins.kept();
        let options = self.search.options;
        (session.exact, session.pinyin, session.repeats) = (options.exact, options.pinyin, options.repeats);
        if let Some((id, document, _)) = self.opened() {
            session.remember(&self.corpus, id, document.line_at(self.reading.page.here()));
        }
        session
    }

    /// What stands in place of the page: the uppermost where there are several.
    pub fn cover(&self) -> Option<Cover> {
        if !self.views.frames.is_empty() {
            Some(Cover::View)
        } else if self.search.concordance.is_some() {
            Some(Cover::Concordance)
        } else {
            self.search.pins.board.as_ref().map(|_| Cover::Board)
        }
    }

    /// Where things stood when the prompt was opened.
    pub(super) fn before(&self) -> Option<&Before> {
        self.prompt.as_ref()?.before.as_ref()
    }

    pub(super) fn say(&mut self, zh: impl Into<String>, en: impl Into<String>) {
        self.screen.notice = Some(Notice::done(match self.screen.look.lang {
            Lang::Zh => zh.into(),
            Lang::En => en.into(),
        }));
    }
}
