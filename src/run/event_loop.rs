//! The loop: wait for an event, take what else has come, draw once. Nothing ticks while nothing moves.

use std::any::Any;
use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

use super::clipboard::Clipboard;
use super::message::Message;
use super::passage_keeper::PassageKeeper;
use super::session_writer::SessionWriter;
use super::terminal::TerminalScreen;
use super::watch_toggle::WatchToggle;
use super::{editor, signals};
use crate::app::notice::Notice;
use crate::app::{App, Effect, Event, Lane};
use crate::config::theme::Theme;
use crate::engine::Engine;
use crate::index::quotation::ChosenSource;

/// Why the loop ended.
pub(super) enum End {
    /// The user left, or a signal asked to.
    Left,
    /// The user chose what another program asked for.
    Chosen(Box<ChosenSource>),
    /// The terminal no longer takes what is drawn.
    TerminalGone,
    /// Something panicked: here (with what was thrown), or in another thread.
    Broken(Option<Box<dyn Any + Send>>),
}

/// The first frame waits this long for the first report: a small corpus is there by then, and nothing flickers.
const PATIENCE: Duration = Duration::from_millis(40);

/// The keyword panel follows once no key has come for this long: figures never come between a key and its answer.
const CALM: Duration = Duration::from_millis(80);

/// Frames of progress alone come this far apart: over a slow line they would stand between a key and its answer.
const PACE: Duration = Duration::from_millis(100);

/// The session is written once nothing has come for this long: a program that is killed has lost no more.
const REST: Duration = Duration::from_secs(2);

/// Runs until the user leaves. Never panics: the caller still has to save the state.
pub(super) fn run(
    app: &mut App,
    theme: &Theme,
    screen: &mut TerminalScreen,
    messages: &Receiver<Message>,
    behind: &Behind,
) -> End {
    let (answers, requests) = (Vec::new(), Vec::new());
    let mut rounds =
        Rounds { app, theme, screen, behind, keyed: None, unsaved: None, answers, requests, paced: None, owed: false };
    match catch_unwind(AssertUnwindSafe(|| rounds.turn(messages))) {
        Ok(Ok(end)) => end,
        Ok(Err(_)) => End::TerminalGone,
        Err(panic) => End::Broken(Some(panic)),
    }
}

/// What works behind the loop.
#[derive(Debug)]
pub(super) struct Behind {
    /// Answers what the screen asks.
    pub engine: Engine,
    /// Whether changed files are taken in.
    pub toggle: Arc<WatchToggle>,
    /// Whether reading is to stop.
    pub stop_reading: Arc<AtomicBool>,
    /// Leaves the session to the next run.
    pub writer: SessionWriter,
    /// Keeps clips and marks.
    pub kept: PassageKeeper,
    /// Sends copies on their way.
    pub clipboard: Clipboard,
    /// Whether nothing may be written, copied or started.
    pub secure: bool,
}

/// What the loop works with.
struct Rounds<'a> {
    app: &'a mut App,
    theme: &'a Theme,
    screen: &'a mut TerminalScreen,
    behind: &'a Behind,
    /// When the last key or click came.
    keyed: Option<Instant>,
    /// When something came last that the session may say otherwise; none once it is written.
    unsaved: Option<Instant>,
    /// Figures of the keyword panel that wait for calm.
    answers: Vec<Event>,
    /// Requests for such figures that wait for calm.
    requests: Vec<Effect>,
    /// When the last frame of progress was drawn; none since the last key: its first answer waits for nothing.
    paced: Option<Instant>,
    /// Whether there is progress that no frame shows yet.
    owed: bool,
}

impl Rounds<'_> {
    fn turn(&mut self, messages: &Receiver<Message>) -> io::Result<End> {
        let mut drawn = false;
        loop {
            let first = match self.wait(drawn) {
                None => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(time) => messages.recv_timeout(time),
            };
            let (mut moved, mut progressed) = (false, std::mem::take(&mut self.owed));
            let mut settled: Option<SyncSender<()>> = None;
            match first {
                Ok(first) => {
                    for message in std::iter::once(first).chain(messages.try_iter()) {
                        match message {
                            Message::Event(event) if self.keeps_for_later(&event) => self.answers.push(event),
                            Message::Event(event) => {
                                if is_progress(&event) {
                                    progressed = true
                                } else {
                                    moved = true
                                }
                                if let Some(end) = self.take(event)? {
                                    return Ok(end);
                                }
                            }
                            Message::Settled(sender) => settled = Some(sender),
                            Message::SideMargins => self.screen.scroll_sides(),
                            Message::Broken => return Ok(End::Broken(None)),
                        }
                    }
                }
                Err(RecvTimeoutError::Timeout) => moved = !drawn,
                Err(RecvTimeoutError::Disconnected) => return Ok(End::Left),
            }
            if moved || progressed && self.may_show_progress() {
                self.screen.draw(self.app, self.theme)?;
                drawn = true;
            } else {
                self.owed = progressed;
            }
            if drawn && self.is_calm() {
                self.catch_up()?;
            }
            if self.unsaved.is_some_and(|since| since.elapsed() >= REST) {
                self.unsaved = None;
                self.behind.writer.keep(self.app.session());
            }
            if let Some(sender) = settled {
                // The input thread may have ended with the terminal.
                let _ = sender.send(());
            }
        }
    }

    /// How long to wait for a message before something else is due; `None` is for ever.
    fn wait(&self, drawn: bool) -> Option<Duration> {
        if !drawn {
            return Some(PATIENCE);
        }
        let due = !self.answers.is_empty() || !self.requests.is_empty();
        let figures = due.then(|| self.keyed.map_or(Duration::ZERO, |keyed| CALM.saturating_sub(keyed.elapsed())));
        let session = self.unsaved.map(|since| REST.saturating_sub(since.elapsed()));
        let progress = self.paced.filter(|_| self.owed).map(|last| PACE.saturating_sub(last.elapsed()));
        figures.into_iter().chain(session).chain(progress).min()
    }

    /// Whether progress is due on the screen; notes that it then is shown.
    fn may_show_progress(&mut self) -> bool {
        let due = self.paced.is_none_or(|last| last.elapsed() >= PACE);
        if due {
            self.paced = Some(Instant::now());
        }
        due
    }

    fn is_calm(&self) -> bool {
        self.keyed.is_none_or(|keyed| keyed.elapsed() >= CALM)
    }

    fn keeps_for_later(&self, event: &Event) -> bool {
        matches!(event, Event::Terms { .. } | Event::Strip { .. } | Event::Counting { .. }) && !self.is_calm()
    }

    /// Takes the figures that waited, and asks for those that are wanted now.
    fn catch_up(&mut self) -> io::Result<()> {
        let answers = std::mem::take(&mut self.answers);
        let any = !answers.is_empty();
        for answer in answers {
            self.take(answer)?;
        }
        for request in std::mem::take(&mut self.requests) {
            self.hand_on(request);
        }
        if any { self.screen.draw(self.app, self.theme) } else { Ok(()) }
    }

    /// Takes an event and does what comes of it; says how to leave, if it is time to.
    fn take(&mut self, event: Event) -> io::Result<Option<End>> {
        #[cfg(debug_assertions)]
        panic_if_asked(&event);
        self.unsaved = Some(Instant::now());
        if matches!(event, Event::Key(_) | Event::Mouse(_) | Event::Paste(_)) {
            self.keyed = Some(Instant::now());
            self.paced = None;
        }
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            for effect in self.app.update(event) {
                match effect {
                    Effect::Quit => return Ok(Some(End::Left)),
                    Effect::Choose(chosen) => return Ok(Some(End::Chosen(chosen))),
                    Effect::Run(ref job) if matches!(job.lane(), Lane::Terms | Lane::Strip) => {
                        self.requests.push(effect)
                    }
                    Effect::Cancel(Lane::Terms) => self.requests.push(effect),
                    effect => self.perform(effect, &mut events)?,
                }
            }
        }
        Ok(None)
    }

    /// Does what `update` asked for; what comes of it at once is added to `events`.
    fn perform(&mut self, effect: Effect, events: &mut VecDeque<Event>) -> io::Result<()> {
        match effect {
            Effect::Run(ref job) if self.behind.secure && job.lane() == Lane::Export => {
                let lang = self.app.screen.look.lang;
                let words = lang.pick("安全模式：不写文件", "secure: no file is written");
                events.push_back(Event::Notice(Notice::trouble(words.to_owned())));
            }
            Effect::Suspend | Effect::Copy(_) | Effect::Edit { .. } if self.behind.secure => {
                let lang = self.app.screen.look.lang;
                let words =
                    lang.pick("安全模式：不启动程序、不挂起、不复制", "secure: nothing is started, stopped or copied");
                events.push_back(Event::Notice(Notice::trouble(words.to_owned())));
            }
            Effect::Redraw => self.screen.forget(),
            Effect::Suspend => {
                self.screen.lend(signals::stop)??;
                events.push_back(self.size()?);
            }
            Effect::Retake => {
                self.screen.retake()?;
                events.push_back(self.size()?);
            }
            Effect::Copy(text) => {
                let (sent, told) = self.behind.clipboard.copy(&text);
                if let Some(sequence) = sent {
                    self.screen.send(&sequence)?;
                }
                events.extend(told.map(Event::Notice));
            }
            Effect::Edit { path, line } => {
                let lang = self.app.screen.look.lang;
                let env = |name: &str| std::env::var(name).ok();
                let outcome = self.screen.lend(|| editor::open(&path, line, env, lang))?;
                events.push_back(self.size()?);
                events.push_back(Event::Edited(outcome));
            }
            Effect::Run(_)
            | Effect::Cancel(_)
            | Effect::Watch(_)
            | Effect::StopReading
            | Effect::Keep(_)
            | Effect::Quit
            | Effect::Choose(_) => {
                self.hand_on(effect);
            }
        }
        Ok(())
    }

    /// Hands on what is done behind the screen.
    fn hand_on(&self, effect: Effect) {
        match effect {
            Effect::Run(job) => self.behind.engine.run(*job),
            Effect::Cancel(lane) => self.behind.engine.cancel(lane),
            Effect::Watch(on) => self.behind.toggle.turn(on),
            Effect::StopReading => self.behind.stop_reading.store(true, Ordering::Relaxed),
            Effect::Keep(request) => self.behind.kept.keep(request),
            _ => {}
        }
    }

    /// While the terminal was another's, its size may have changed.
    fn size(&self) -> io::Result<Event> {
        let (width, height) = self.screen.size()?;
        Ok(Event::Resize(width, height))
    }
}

/// Whether an event says only how far something has come: what ends it comes as another.
const fn is_progress(event: &Event) -> bool {
    match event {
        Event::Counts { .. } | Event::Counting { .. } => true,
        Event::PinCounts { han, .. } => han.is_none(),
        Event::Loaded(loaded) => !loaded.done,
        _ => false,
    }
}

/// Lets a test see what a panic leaves behind; not in release builds.
#[cfg(debug_assertions)]
fn panic_if_asked(event: &Event) {
    use crossterm::event::KeyCode;
    if matches!(event, Event::Key(key) if key.code == KeyCode::F(12)) && std::env::var_os("YILAN_TEST_PANIC").is_some()
    {
        panic!("a panic was asked for");
    }
}
