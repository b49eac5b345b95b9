//! What is read apart: by a library that a hostile file could make run for ever, fill the memory or die.
//!
//! In: bytes, and what reads them. Out: what was read, or an issue. Does not know about: formats.
//!
//! A child of this program reads where there may be one; else a thread of its own, whose panics end in it and which is left
//! behind when it takes too long.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::corpus::IssueKind;
use crate::corpus::formats::child;
use crate::corpus::formats::child::ChildOutcome;

/// The name of the threads.
pub const THREAD: &str = "apart";
/// So many threads may have been left behind before nothing more is read so: each may hold on to memory.
const MOST_LEFT: usize = 2;
/// What stands inside one another may be read by calling oneself.
const STACK: usize = 64 << 20;
/// Reading one file takes no longer.
pub const TIME: Duration = Duration::from_secs(30);

static LEFT_BEHIND: AtomicUsize = AtomicUsize::new(0);

/// What reads bytes.
pub type FormatReader<T> = fn(Vec<u8>) -> Result<T, IssueKind>;

/// What became of a file, as a child says it.
#[derive(Debug, Serialize, Deserialize)]
enum ChildAnswer<T> {
    Read(T),
    Encrypted,
    Empty,
    NoTextLayer,
    TooManyPages(u32),
    TooSlow(u64),
    Bomb(u64),
    Broken(String),
}

impl<T> ChildAnswer<T> {
    fn of(read: Result<T, IssueKind>) -> Self {
        match read {
            Ok(read) => Self::Read(read),
            Err(IssueKind::Encrypted) => Self::Encrypted,
            Err(IssueKind::Empty) => Self::Empty,
            Err(IssueKind::NoTextLayer) => Self::NoTextLayer,
            Err(IssueKind::TooManyPages(pages)) => Self::TooManyPages(pages),
            Err(IssueKind::TooSlow(seconds)) => Self::TooSlow(seconds),
            Err(IssueKind::Bomb(bytes)) => Self::Bomb(bytes),
            Err(IssueKind::Broken(why)) => Self::Broken(why),
            Err(other) => Self::Broken(other.code().into()),
        }
    }

    fn into_result(self) -> Result<T, IssueKind> {
        Err(match self {
            Self::Read(read) => return Ok(read),
            Self::Encrypted => IssueKind::Encrypted,
            Self::Empty => IssueKind::Empty,
            Self::NoTextLayer => IssueKind::NoTextLayer,
            Self::TooManyPages(pages) => IssueKind::TooManyPages(pages),
            Self::TooSlow(seconds) => IssueKind::TooSlow(seconds),
            Self::Bomb(bytes) => IssueKind::Bomb(bytes),
            Self::Broken(why) => IssueKind::Broken(why),
        })
    }
}

fn gave_up() -> IssueKind {
    IssueKind::Broken("the reader gave up".into())
}

/// Reads `bytes` by `reader`, which a child knows by its `name`.
///
/// # Errors
/// Whatever the reader finds wrong; [`IssueKind::TooSlow`] where it takes longer than [`TIME`], [`IssueKind::Broken`] where
/// it dies.
pub fn read<T>(name: &'static str, bytes: Vec<u8>, reader: FormatReader<T>) -> Result<T, IssueKind>
where
    T: DeserializeOwned + Send + 'static,
{
    match child::ask(name, &bytes, TIME) {
        ChildOutcome::Answered(answer) => {
            serde_json::from_slice::<ChildAnswer<T>>(&answer).map_err(|_| gave_up())?.into_result()
        }
        ChildOutcome::Late => Err(IssueKind::TooSlow(TIME.as_secs())),
        ChildOutcome::Died => Err(gave_up()),
        ChildOutcome::Alone => in_thread(bytes, TIME, reader),
    }
}

/// What a child answers that reads `bytes` by `reader`.
pub fn answer<T: Serialize + Send + 'static>(bytes: Vec<u8>, reader: FormatReader<T>) -> Vec<u8> {
    serde_json::to_vec(&ChildAnswer::of(in_thread(bytes, TIME, reader))).unwrap_or_default()
}

/// Runs `reader` in a thread of its own, for so long as it may take.
fn in_thread<T: Send + 'static>(bytes: Vec<u8>, time: Duration, reader: FormatReader<T>) -> Result<T, IssueKind> {
    let too_slow = || IssueKind::TooSlow(time.as_secs());
    if LEFT_BEHIND.load(Ordering::Relaxed) >= MOST_LEFT {
        return Err(too_slow());
    }
    let (sender, receiver) = mpsc::channel();
    // Set by whoever is done first, the thread or the one who waits; the second knows by it.
    let parted = Arc::new(AtomicBool::new(false));
    let work = {
        let parted = Arc::clone(&parted);
        move || {
            let found = catch_unwind(AssertUnwindSafe(|| reader(bytes))).unwrap_or_else(|_| Err(gave_up()));
            let _ = sender.send(found);
            if parted.swap(true, Ordering::AcqRel) {
                LEFT_BEHIND.fetch_sub(1, Ordering::Relaxed);
            }
        }
    };
    let started = thread::Builder::new().name(THREAD.into()).stack_size(STACK).spawn(work);
    started.map_err(|error| IssueKind::Unreadable(error.to_string()))?;
    receiver.recv_timeout(time).unwrap_or_else(|_| {
        LEFT_BEHIND.fetch_add(1, Ordering::Relaxed);
        if parted.swap(true, Ordering::AcqRel) {
            LEFT_BEHIND.fetch_sub(1, Ordering::Relaxed);
        }
        Err(too_slow())
    })
}

/// Whether this thread's panics end in it and become an issue: nobody need hear of them.
pub fn is_contained() -> bool {
    thread::current().name() == Some(THREAD)
}

/// Lets panics that end as an issue pass without a word. To be called before there are other threads.
pub fn hush_contained() {
    let say = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !is_contained() {
            say(info);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_issue() {
        let found: Result<(), IssueKind> = in_thread(Vec::new(), TIME, |_| panic!("灯灭了"));
        assert_eq!(found, Err(gave_up()));
    }

    #[test]
    fn nobody_waits_for_ever() {
        // The thread comes back when the test lets it: the channel's other end is gone by then.
        let found = in_thread(Vec::new(), Duration::ZERO, |_| {
            thread::park_timeout(Duration::from_millis(50));
            Ok(())
        });
        assert_eq!(found, Err(IssueKind::TooSlow(0)));
    }

    #[test]
    fn an_answer_comes_back_as_it_was_given() {
        for read in [Ok("灯".to_owned()), Err(IssueKind::Encrypted), Err(IssueKind::TooManyPages(9)), Err(gave_up())] {
            assert_eq!(ChildAnswer::of(read.clone()).into_result(), read);
        }
    }
}
