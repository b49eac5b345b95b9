//! Signals become events: to leave in order, to stop, to go on, to take a new size.

use std::io;
use std::sync::mpsc::Sender;

use super::message::{Message, spawn};

/// Whatever would end the program where it stands, and leave a terminal nobody can use, ends it in order. Not the faults of
/// the program itself (a bad access, a stack without end): after those it cannot go on, and an own handler for them would
/// have to be written without any of the language's guarantees.
#[cfg(unix)]
const ENDING: &[i32] = {
    use signal_hook::consts::*;
    &[
        SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGTRAP, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU,
        SIGXFSZ, SIGSYS, SIGIO,
    ]
};

/// Begins to listen.
///
/// # Errors
/// When the handlers cannot be set.
#[cfg(unix)]
pub(super) fn start(send: &Sender<Message>) -> io::Result<()> {
    use crate::app::Event;
    use signal_hook::consts::{SIGCONT, SIGTSTP, SIGWINCH};
    use signal_hook::iterator::Signals;

    let mut signals = Signals::new(ENDING.iter().chain(&[SIGTSTP, SIGCONT, SIGWINCH]))?;
    let post = send.clone();
    spawn("signals", send, move || {
        for signal in signals.forever() {
            let event = match signal {
                SIGTSTP => Event::Stop,
                SIGCONT => Event::Continued,
                SIGWINCH => match crossterm::terminal::size() {
                    Ok((width, height)) => Event::Resize(width, height),
                    Err(_) => continue,
                },
                _ => Event::Quit,
            };
            if post.send(Message::Event(event)).is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Elsewhere there are none to listen to.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub(super) fn start(_send: &Sender<Message>) -> io::Result<()> {
    Ok(())
}

/// Stops the program as the terminal's stop key would, until something continues it.
///
/// # Errors
/// When it cannot be stopped.
#[cfg(unix)]
pub(super) fn stop() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
}

/// Elsewhere there is no stopping.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub(super) fn stop() -> io::Result<()> {
    Ok(())
}
