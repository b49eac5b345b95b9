//! The loop: wait for an event, take what else has come, draw once. Nothing ticks while nothing moves.

use std::any::Any;
use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender};

use super::terminal::Screen;
use super::work::Crew;
use super::{Message, editor, signals};
use crate::app::{App, Effect, Event};
use crate::config::theme::Theme;
use crate::text::Lang;

/// Why the loop ended.
pub(super) enum End {
    /// The user left, or a signal asked to.
    Left,
    /// The terminal no longer takes what is drawn.
    TerminalGone,
    /// Something panicked: here (with what was thrown), or in another thread.
    Broken(Option<Box<dyn Any + Send>>),
}

/// Runs until the user leaves. Never panics: the caller still has to save the state.
pub(super) fn run(app: &mut App, theme: &Theme, screen: &mut Screen, messages: &Receiver<Message>, crew: &Crew) -> End {
    match catch_unwind(AssertUnwindSafe(|| rounds(app, theme, screen, messages, crew))) {
        Ok(Ok(end)) => end,
        Ok(Err(_)) => End::TerminalGone,
        Err(panic) => End::Broken(Some(panic)),
    }
}

fn rounds(
    app: &mut App,
    theme: &Theme,
    screen: &mut Screen,
    messages: &Receiver<Message>,
    crew: &Crew,
) -> io::Result<End> {
    screen.draw(app, theme)?;
    let mut settled: Option<SyncSender<()>> = None;
    // Counting words may wait until what it is about is on the screen.
    let mut later: Vec<Effect> = Vec::new();
    while let Ok(first) = messages.recv() {
        let mut moved = false;
        for message in std::iter::once(first).chain(messages.try_iter()) {
            let event = match message {
                Message::Event(event) => event,
                Message::Settled(sender) => {
                    settled = Some(sender);
                    continue;
                }
                Message::Broken => return Ok(End::Broken(None)),
            };
            #[cfg(debug_assertions)]
            panic_if_asked(&event);
            moved = true;
            let mut events = VecDeque::from([event]);
            while let Some(event) = events.pop_front() {
                for effect in app.update(event) {
                    match effect {
                        Effect::Quit => return Ok(End::Left),
                        Effect::Terms(_) | Effect::Strip { .. } => later.push(effect),
                        effect => perform(effect, app.look.lang, screen, crew, &mut events)?,
                    }
                }
            }
        }
        if moved {
            screen.draw(app, theme)?;
        }
        for effect in later.drain(..) {
            crew.take(effect);
        }
        if let Some(sender) = settled.take() {
            // The input thread may have ended with the terminal.
            let _ = sender.send(());
        }
    }
    Ok(End::Left)
}

/// Does what `update` asked for; what comes of it at once is added to `events`.
fn perform(
    effect: Effect,
    lang: Lang,
    screen: &mut Screen,
    crew: &Crew,
    events: &mut VecDeque<Event>,
) -> io::Result<()> {
    match crew.take(effect) {
        Some(Effect::Redraw) => screen.forget()?,
        Some(Effect::Suspend) => {
            screen.lend(signals::stop)??;
            events.push_back(size_of(screen)?);
        }
        Some(Effect::Retake) => {
            screen.retake()?;
            events.push_back(size_of(screen)?);
        }
        Some(Effect::Copy(text)) => screen.copy(&text)?,
        Some(Effect::Edit { path, line }) => {
            let outcome = screen.lend(|| editor::open(&path, line, |name| std::env::var(name).ok(), lang))?;
            events.push_back(size_of(screen)?);
            events.push_back(Event::Edited(outcome));
        }
        _ => {}
    }
    Ok(())
}

/// While the terminal was another's, its size may have changed.
fn size_of(screen: &Screen) -> io::Result<Event> {
    let (width, height) = screen.size()?;
    Ok(Event::Resize(width, height))
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
