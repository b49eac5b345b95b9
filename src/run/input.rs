//! The input thread: what the terminal sends becomes events.

use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use crossterm::event::{self, Event as Raw, KeyEventKind, MouseEventKind};

use super::{Message, probe, spawn};
use crate::app::Event;
use crate::text::width::Ambiguous;

/// Begins to read the terminal; `asked` says when it was asked about its widths, if it was.
pub(super) fn start(send: &Sender<Message>, asked: Option<Instant>) {
    let post = send.clone();
    spawn("input", send, move || {
        let (settled, wait) = mpsc::sync_channel(1);
        let mut asked = asked;
        loop {
            let read = match asked.take() {
                Some(asked) => {
                    hear(&post, asked);
                    Ok(())
                }
                None => read_burst(&post),
            };
            if read.is_err() {
                // The terminal is gone.
                let _ = post.send(Message::Event(Event::Quit));
                return;
            }
            // See `Message::Settled`.
            if post.send(Message::Settled(settled.clone())).is_err() || wait.recv().is_err() {
                return;
            }
        }
    });
}

/// Waits a moment for what the terminal says of its widths. Keys pressed meanwhile are passed on.
fn hear(post: &Sender<Message>, asked: Instant) {
    let answer = probe::listen(1, asked + probe::PATIENCE);
    let width = match answer.columns.first() {
        Some(2) => Ambiguous::Wide,
        _ => Ambiguous::Narrow,
    };
    let events = std::iter::once(Event::Ambiguous(width)).chain(answer.typed.into_iter().map(Event::Key));
    for event in events {
        let _ = post.send(Message::Event(event));
    }
}

/// Waits for input and passes on all that is there.
///
/// The wait is our own: the library's never ends, and never sleeps, once the terminal has gone.
fn read_burst(post: &Sender<Message>) -> std::io::Result<()> {
    probe::await_input()?;
    while event::poll(Duration::ZERO)? {
        if let Some(event) = translate(event::read()?) {
            let _ = post.send(Message::Event(event));
        }
    }
    Ok(())
}

fn translate(raw: Raw) -> Option<Event> {
    match raw {
        Raw::Key(key) if key.kind != KeyEventKind::Release => Some(Event::Key(key)),
        // A mouse that only moves means nothing here.
        Raw::Mouse(mouse) if mouse.kind != MouseEventKind::Moved => Some(Event::Mouse(mouse)),
        Raw::Paste(text) => Some(Event::Paste(text)),
        // Where there are signals they tell of it, and are listened to before this thread is.
        Raw::Resize(width, height) if cfg!(not(unix)) => Some(Event::Resize(width, height)),
        _ => None,
    }
}
