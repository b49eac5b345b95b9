//! A whole screen without a terminal: events go in, effects are performed at once, the picture can be read.

use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::{Modifier, Style};
use yilan::testing::app::session::Session;
use yilan::testing::app::{App, Effect, Event, Lane, Loaded, Look};
use yilan::testing::cli::perform;
use yilan::testing::command::{Keymap, key};
use yilan::testing::config::theme::{Capability, Depth, Theme};
use yilan::testing::config::{Config, ThemeName};
use yilan::testing::corpus::Corpus;
use yilan::testing::engine::{Engine, Workers};
use yilan::testing::index::cities::CityIndex;
use yilan::testing::text::Lang;

/// A screen and what has been asked of the loop.
pub struct Stage {
    /// The state.
    pub app: App,
    /// The picture.
    pub terminal: Terminal<TestBackend>,
    /// Effects that need a real terminal, in order.
    pub asked: Vec<Effect>,
    theme: Theme,
    engine: Arc<Engine>,
    /// Whether terms are counted, which loads the dictionary.
    counts: bool,
    /// Whether files are written.
    pub writes: bool,
    /// Whether every event is followed by a picture.
    pub draws: bool,
    /// Lanes whose jobs never come to an end.
    pub held: Vec<Lane>,
    /// Lanes that were cancelled, in order.
    pub cancelled: Vec<Lane>,
}

impl Stage {
    /// The fixture on a screen of this size.
    pub fn new(width: u16, height: u16) -> Self {
        let mut stage = Self::empty(width, height, Look::default(), Session::default());
        stage.load(super::corpus::corpus());
        stage
    }

    /// A screen with nothing loaded.
    pub fn empty(width: u16, height: u16, look: Look, session: Session) -> Self {
        let roots = Corpus::new(vec!["fixture".into()], false);
        let app = App::new(roots, look, Keymap::default(), session, (width, height));
        let theme = Theme::new(ThemeName::Dark, Capability { depth: Depth::True, light: false });
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let engine = Arc::new(Engine::new(Workers::new(&Config::default(), None, look.lang).answering(perform)));
        let mut stage = Self {
            app,
            terminal,
            asked: Vec::new(),
            theme,
            engine,
            counts: false,
            writes: false,
            draws: true,
            held: Vec::new(),
            cancelled: Vec::new(),
        };
        stage.draw();
        stage
    }

    /// The fixture with another look.
    pub fn with_look(width: u16, height: u16, look: Look) -> Self {
        let mut stage = Self::empty(width, height, look, Session::default());
        stage.load(super::corpus::corpus());
        stage
    }

    /// From now on terms are counted, which loads the dictionary.
    pub fn count_terms(&mut self) {
        self.count_terms_with(&Config::default());
    }

    /// The same with settings of one's own.
    pub fn count_terms_with(&mut self, config: &Config) {
        let workers = Workers::new(config, None, self.app.screen.look.lang);
        self.engine = Arc::new(Engine::new(workers.answering(perform)));
        self.counts = true;
    }

    /// The engine, to be shared with another stage.
    pub fn engine(&self) -> Arc<Engine> {
        Arc::clone(&self.engine)
    }

    /// From now on terms are counted by an engine that another stage has used: what it knows of a corpus is not counted again.
    pub fn share(&mut self, engine: &Arc<Engine>) {
        (self.engine, self.counts) = (Arc::clone(engine), true);
    }

    /// Hands over a corpus that another stage has too.
    pub fn load_shared(&mut self, corpus: &Arc<Corpus>) {
        let cities = Arc::new(CityIndex::new(corpus));
        self.send(Event::Loaded(Loaded { corpus: Arc::clone(corpus), cities, files: Some(5), done: true }));
    }

    /// Draws with another theme.
    pub fn theme(&mut self, theme: Theme) {
        self.theme = theme;
        self.draw();
    }

    /// Hands over a corpus as the loader does at its end.
    pub fn load(&mut self, corpus: Corpus) {
        self.load_part(corpus, true);
    }

    /// Hands over part of a corpus.
    pub fn load_part(&mut self, corpus: Corpus, done: bool) {
        let cities = Arc::new(CityIndex::new(&corpus));
        self.send(Event::Loaded(Loaded { corpus: Arc::new(corpus), cities, files: Some(5), done }));
    }

    /// Sends an event and everything that comes of it, then draws.
    pub fn send(&mut self, event: Event) {
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            for effect in self.app.update(event) {
                let mut answers = Vec::new();
                match effect {
                    Effect::Run(job) if self.held.contains(&job.lane()) => {}
                    Effect::Cancel(lane) => self.cancelled.push(lane),
                    Effect::Run(job) if job.lane() == Lane::Export && !self.writes => {}
                    Effect::Run(job)
                        if self.counts || !matches!(job.lane(), Lane::Terms | Lane::View | Lane::Lexicon) =>
                    {
                        self.engine.perform(&job, &|| false, &mut |event| answers.push(event));
                    }
                    Effect::Run(_) => {}
                    other => self.asked.push(other),
                }
                // Last in, first out: the first answer must be taken first.
                events.extend(answers.into_iter().rev());
            }
        }
        if self.draws {
            self.draw();
        }
    }

    /// Presses keys, written in key notation and parted by blanks.
    pub fn keys(&mut self, keys: &str) {
        for text in keys.split_whitespace() {
            let combination = key::parse(text).unwrap_or_else(|| panic!("no key: {text}"));
            self.send(Event::Key(KeyEvent::new(*combination.codes.first(), combination.modifiers)));
        }
    }

    /// A click of the left button.
    pub fn click(&mut self, column: u16, row: u16) {
        self.mouse(MouseEventKind::Down(MouseButton::Left), column, row);
    }

    /// Any use of the mouse.
    pub fn mouse(&mut self, kind: MouseEventKind, column: u16, row: u16) {
        let modifiers = crossterm::event::KeyModifiers::NONE;
        self.send(Event::Mouse(MouseEvent { kind, column, row, modifiers }));
    }

    /// Gives the screen another size.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(width, height);
        self.send(Event::Resize(width, height));
    }

    /// Draws.
    pub fn draw(&mut self) {
        let (app, theme) = (&self.app, &self.theme);
        self.terminal.draw(|frame| yilan::testing::view::draw(app, theme, frame)).unwrap();
    }

    /// The rows of the picture, second halves of wide characters left out, blanks at the end too.
    pub fn rows(&self) -> Vec<String> {
        let buffer = self.terminal.backend().buffer();
        let row = |y| {
            let mut text = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let cell = &buffer[(x, y)];
                text.push_str(cell.symbol());
                x += ratatui::buffer::CellWidth::cell_width(cell).max(1);
            }
            text.trim_end().to_owned()
        };
        (0..buffer.area.height).map(row).collect()
    }

    /// What stands in every cell, row by row; nothing in the second half of a wide character.
    pub fn cells(&self) -> Vec<&str> {
        let buffer = self.terminal.backend().buffer();
        let mut cells = Vec::new();
        for y in 0..buffer.area.height {
            // What a frame left under a wide character of a later one is not to be seen.
            let mut covered = 0;
            for x in 0..buffer.area.width {
                let cell = &buffer[(x, y)];
                cells.push(if covered > 0 { "" } else { cell.symbol() });
                covered =
                    if covered > 0 { covered - 1 } else { ratatui::buffer::CellWidth::cell_width(cell).max(1) - 1 };
            }
        }
        cells
    }

    /// The picture as one text.
    pub fn picture(&self) -> String {
        self.rows().join("\n")
    }

    /// Whether the picture holds `text`.
    pub fn shows(&self, text: &str) -> bool {
        self.picture().contains(text)
    }

    /// Fails with the picture unless it holds `text`.
    pub fn expect(&self, text: &str) {
        assert!(self.shows(text), "{text:?} is not on the screen:\n{}", self.picture());
    }

    /// Where `text` first stands: column and row.
    pub fn find(&self, text: &str) -> Option<(u16, u16)> {
        let buffer = self.terminal.backend().buffer();
        for (y, row) in self.rows().iter().enumerate() {
            if let Some(at) = row.find(text) {
                let column = yilan::testing::text::width::str_width(&row[..at], self.app.screen.look.ambiguous);
                return Some((column as u16, y as u16)).filter(|p| p.0 < buffer.area.width);
            }
        }
        None
    }

    /// The style of the cell at which `text` begins.
    pub fn style_of(&self, text: &str) -> Style {
        let (x, y) = self.find(text).unwrap_or_else(|| panic!("{text:?} is not on the screen:\n{}", self.picture()));
        self.terminal.backend().buffer()[(x, y)].style()
    }

    /// Whether the cell at which `text` begins has a modifier.
    pub fn has(&self, text: &str, modifier: Modifier) -> bool {
        self.style_of(text).add_modifier.contains(modifier)
    }

    /// Where the terminal's cursor stands, when it is shown.
    pub fn cursor(&mut self) -> Option<(u16, u16)> {
        let shown = format!("{:?}", self.terminal.backend()).contains("cursor: true");
        shown.then(|| self.terminal.get_cursor_position().map(|p| (p.x, p.y)).unwrap())
    }

    /// The language of the screen.
    pub fn speak(lang: Lang) -> Look {
        Look { lang, ..Look::default() }
    }
}
