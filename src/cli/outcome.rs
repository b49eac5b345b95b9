//! How a command ends: its exit code, and what becomes of results that cannot be written. Does not know about: any one command.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use super::say;
use crate::text::Lang;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It found what was asked for, or did it.
    Found,
    /// There was nothing to find.
    Nothing,
    /// Usage, settings or paths were wrong.
    Wrong,
}

impl Outcome {
    /// Found or nothing.
    pub const fn found(found: bool) -> Self {
        if found { Self::Found } else { Self::Nothing }
    }

    /// The exit code: 0, 1, 2.
    pub fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Found => 0,
            Self::Nothing => 1,
            Self::Wrong => 2,
        })
    }
}

/// Runs `write` on buffered standard output and turns how it ended into an exit code.
pub(crate) fn finish(write: impl FnOnce(&mut dyn Write) -> io::Result<Outcome>, lang: Lang) -> ExitCode {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let ended = write(&mut out).and_then(|outcome| out.flush().map(|()| outcome));
    // What a failed write left in the buffer must not be tried again on drop.
    let _ = out.into_parts();
    match ended {
        Ok(outcome) => outcome.code(),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("{}: {error}", lang.pick("无法写出结果", "results cannot be written")));
            Outcome::Wrong.code()
        }
    }
}
