//! A reader that may die alone: this program, started again for one file. In: bytes. Out: what was read. Does not know
//! about: what reads them.
//!
//! A library that reads a hostile format can fill its stack or the memory, and neither can be caught. The child has a bound
//! on both, and whoever waits for it has one on its time.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc;
use std::time::Duration;

/// The argument by which this program knows that it is such a child.
const ARGUMENT: &str = "--read-one-file-from-stdin";
/// So much memory a child may have for any file, and for every byte of its file; and never more than the last, in bytes.
#[cfg(unix)]
const MEMORY: (u64, u64, u64) = (224 << 20, 10, 1 << 30);
/// An answer is no longer than this, in bytes.
const ANSWER: u64 = 256 << 20;

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Says which program children are: this one. Until then, files are read without a child.
pub fn allow() {
    if let Ok(path) = std::env::current_exe() {
        allow_at(path);
    }
}

/// Says which program children are; the first word counts.
pub fn allow_at(program: PathBuf) {
    let _ = PROGRAM.set(program);
}

/// What has become of a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChildOutcome {
    /// It answered.
    Answered(Vec<u8>),
    /// It took too long and was ended.
    Late,
    /// It died without a whole answer.
    Died,
    /// There may be none, or none could be started.
    Alone,
}

/// Gives `bytes` to a child that reads them by the reader called `name`, and waits for its answer.
pub fn ask(name: &str, bytes: &[u8], time: Duration) -> ChildOutcome {
    let Some(program) = PROGRAM.get() else { return ChildOutcome::Alone };
    let started = Command::new(program)
        .args([ARGUMENT, name, &bytes.len().to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = started else { return ChildOutcome::Alone };
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        // A child that dies early does not read what it is given.
        scope.spawn(move || stdin.is_some_and(|mut stdin| stdin.write_all(bytes).is_ok()));
        scope.spawn(move || {
            let mut answer = Vec::new();
            let read = stdout.map(|stdout| stdout.take(ANSWER).read_to_end(&mut answer));
            let _ = sender.send(if matches!(read, Some(Ok(_))) { answer } else { Vec::new() });
        });
        let answer = receiver.recv_timeout(time);
        if answer.is_err() {
            let _ = child.kill();
        }
        let whole = child.wait().is_ok_and(|status| status.success());
        match answer {
            Err(_) => ChildOutcome::Late,
            Ok(answer) if whole => ChildOutcome::Answered(answer),
            Ok(_) => ChildOutcome::Died,
        }
    })
}

/// Does a child's work, if this process is one, and ends it: gives the name of a reader and what stands on standard
/// input to `read` and writes what comes of it.
pub fn serve(read: impl FnOnce(&str, Vec<u8>) -> Vec<u8>) {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_none_or(|argument| argument != ARGUMENT) {
        return;
    }
    let name = arguments.next().unwrap_or_default();
    let length = arguments.next().and_then(|length| length.to_str()?.parse().ok()).unwrap_or(0u64).min(ANSWER);
    bound_memory(length);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    let served = std::io::stdin().lock().take(length).read_to_end(&mut bytes).is_ok()
        && std::io::stdout().lock().write_all(&read(&name.to_string_lossy(), bytes)).is_ok();
    std::process::exit(i32::from(!served));
}

/// Bounds what this process may have for a file of `length` bytes. What asks for more dies of it, and leaves no core behind.
#[cfg(unix)]
fn bound_memory(length: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let (any, each, most) = MEMORY;
    let bound = |bytes| Rlimit { current: Some(bytes), maximum: Some(bytes) };
    let _ = setrlimit(Resource::Core, bound(0));
    let _ = setrlimit(Resource::Data, bound(any.saturating_add(length.saturating_mul(each)).min(most)));
}

#[cfg(not(unix))]
fn bound_memory(_: u64) {}
