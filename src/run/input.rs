//! The input thread: what the terminal sends becomes events. It alone waits for the terminal and reads it.
//!
//! In: the terminal. Out: events, in order; the question for a rest after each burst. Does not know about: what keys mean.

use std::sync::mpsc::{self, Sender};

use super::message::{Message, spawn};

/// Begins to read the terminal; `asked` says whether it was asked about its widths.
pub(super) fn start(send: &Sender<Message>, asked: bool) {
    let post = send.clone();
    spawn("input", send, move || {
        let (settled, wait) = mpsc::sync_channel(1);
        let mut source = source::InputSource::new(asked);
        loop {
            let read = source.read_burst(&mut |message| {
                let _ = post.send(message);
            });
            if read.is_err() {
                // The terminal is gone.
                let _ = post.send(Message::Event(crate::app::Event::Quit));
                return;
            }
            // See `Message::Settled`.
            if post.send(Message::Settled(settled.clone())).is_err() || wait.recv().is_err() {
                return;
            }
        }
    });
}

/// Our own wait and our own reading: the library's is told of bytes once and reads a kilobyte of them, so that the rest of
/// a longer burst stayed where it was; and it never sleeps once the terminal has gone.
#[cfg(unix)]
mod source {
    use std::io;
    use std::time::{Duration, Instant};

    use crate::app::Event;
    use crate::run::keyboard::{Keyboard, Sent};
    use crate::run::message::Message;
    use crate::run::probe;
    use crate::text::width::Ambiguous;

    /// What has begun with an escape goes on within this time, or ends.
    const ESCAPE: Duration = Duration::from_millis(10);
    /// Any other sequence that has begun goes on within this time, or is given up.
    const SEQUENCE: Duration = Duration::from_millis(100);
    /// A paste may be held up on a slow line: what comes of it later would be taken for keys.
    const PASTE: Duration = Duration::from_secs(2);
    /// Of one burst, the bytes that are read before it is answered.
    const BURST: usize = 1 << 18;

    /// The terminal as something to read from.
    #[derive(Debug, Default)]
    pub struct InputSource {
        keyboard: Keyboard,
        asked: bool,
    }

    impl InputSource {
        /// A terminal that was asked about its widths, or was not.
        pub fn new(asked: bool) -> Self {
            Self { asked, keyboard: Keyboard::default() }
        }

        /// Waits for input and passes on all that is there.
        ///
        /// # Errors
        /// When the terminal is gone.
        pub fn read_burst(&mut self, post: &mut dyn FnMut(Message)) -> io::Result<()> {
            let asked = &mut self.asked;
            let mut take = |sent| translate(sent, asked).into_iter().for_each(&mut *post);
            let mut read = 0;
            loop {
                let limit = match self.keyboard.is_amid() {
                    true if self.keyboard.is_escape() => Some(ESCAPE),
                    true if self.keyboard.is_pasting() => Some(PASTE),
                    true => Some(SEQUENCE),
                    false => (read > 0).then_some(Duration::ZERO),
                };
                let deadline = limit.map(|limit| Instant::now() + limit);
                if !probe::await_input(deadline)? {
                    self.keyboard.settle(&mut take);
                    return Ok(());
                }
                let mut chunk = [0; 1 << 12];
                let bytes = probe::read_input(&mut chunk)?;
                self.keyboard.read(bytes, &mut take);
                read += bytes.len();
                if read >= BURST && !self.keyboard.is_amid() {
                    return Ok(());
                }
            }
        }
    }

    fn translate(sent: Sent, asked: &mut bool) -> Option<Message> {
        let event = match sent {
            Sent::SideMargins => return Some(Message::SideMargins),
            Sent::Key(key) => Some(Event::Key(key)),
            Sent::Mouse(mouse) => Some(Event::Mouse(mouse)),
            Sent::Paste(text) => Some(Event::Paste(text)),
            // The answer, whenever it comes. F3 with shift looks like one, and comes unasked.
            Sent::Cursor(column) => std::mem::take(asked).then(|| {
                Event::Ambiguous(if probe::columns(column) == 2 { Ambiguous::Wide } else { Ambiguous::Narrow })
            }),
        };
        event.map(Message::Event)
    }
}

/// Elsewhere the library reads.
#[cfg(not(unix))]
mod source {
    use std::io;
    use std::time::Duration;

    use crossterm::event::{self, Event as Raw, KeyEventKind, MouseEventKind};

    use crate::app::Event;
    use crate::run::message::Message;

    /// The terminal as something to read from.
    #[derive(Debug, Default)]
    pub struct InputSource;

    impl InputSource {
        /// Nothing is asked here.
        pub fn new(_asked: bool) -> Self {
            Self
        }

        /// Waits for input and passes on all that is there.
        ///
        /// # Errors
        /// When the terminal is gone.
        pub fn read_burst(&mut self, post: &mut dyn FnMut(Message)) -> io::Result<()> {
            let mut limit = Duration::MAX;
            while event::poll(limit)? {
                limit = Duration::ZERO;
                translate(event::read()?).map(Message::Event).into_iter().for_each(&mut *post);
            }
            Ok(())
        }
    }

    fn translate(raw: Raw) -> Option<Event> {
        match raw {
            Raw::Key(key) if key.kind != KeyEventKind::Release => Some(Event::Key(key)),
            // A mouse that only moves means nothing here.
            Raw::Mouse(mouse) if mouse.kind != MouseEventKind::Moved => Some(Event::Mouse(mouse)),
            Raw::Paste(text) => Some(Event::Paste(text)),
            Raw::Resize(width, height) => Some(Event::Resize(width, height)),
            _ => None,
        }
    }
}
