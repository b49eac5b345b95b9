//! What goes through the one channel of the loop, and threads that tell it when they panic. Does not know about: what they do.

use std::sync::mpsc;

use crate::app::Event;

/// What goes through the one channel of the loop.
#[derive(Debug)]
pub(crate) enum Message {
    /// Something happened.
    Event(Event),
    /// The input thread waits for this before it reads the terminal again: so that an editor, or the shell while we are
    /// stopped, gets every key meant for it.
    Settled(mpsc::SyncSender<()>),
    /// The terminal moves rows between side margins.
    SideMargins,
    /// A thread panicked; the screen has been restored by then.
    Broken,
}

/// Starts a thread whose panic ends the program in order instead of leaving it half alive.
pub(crate) fn spawn(name: &str, send: &mpsc::Sender<Message>, work: impl FnOnce() + Send + 'static) {
    let send = send.clone();
    let started = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).is_err() {
            let _ = send.send(Message::Broken);
        }
    });
    // Without threads there is nothing to go on with; the panic hook says so.
    if let Err(error) = started {
        panic!("no thread can be started: {error}");
    }
}
