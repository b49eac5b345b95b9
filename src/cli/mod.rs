//! Floor 10: the commands that need no screen, over the same index as the explorer.
//!
//! In: arguments and settings. Out: results on standard output, notices on standard error, an exit code.
//! Does not know about: how anything is found or counted.

mod analysis;
mod args;
mod beside;
mod check;
mod cities;
mod compare;
mod compare_args;
mod concordance;
mod diff;
mod draft;
mod explain;
mod list;
mod map;
mod open;
mod output;
mod reuse;
mod search;
mod search_args;
mod settings;
mod shell;
mod show;
mod similar;
mod spot;
mod targets;

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

pub use analysis::{Asked, RowFlags};
pub use args::{Arguments, Command, ConfigCommand, FormatFlags, General, Input};
pub use open::{paths_or_configured, say};

use crate::config::{AmbiguousWidth, Config, Paths};
use crate::corpus::Encoding;
use crate::text::Lang;
use crate::text::width::Ambiguous;

/// What holds for the whole run of a command.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// Language of headings, messages and notices.
    pub lang: Lang,
    /// The user's settings.
    pub config: Config,
    /// Whether a progress bar may be shown.
    pub progress: bool,
    /// The encoding of all text files, where the user knows it.
    pub encoding: Option<Encoding>,
    /// Where config, state and caches live.
    pub places: Paths,
}

impl Setting {
    /// Width of ambiguous characters in aligned output: one column unless the settings say two.
    pub const fn ambiguous(&self) -> Ambiguous {
        match self.config.view.ambiguous {
            AmbiguousWidth::Wide => Ambiguous::Wide,
            AmbiguousWidth::Narrow | AmbiguousWidth::Auto => Ambiguous::Narrow,
        }
    }

    /// A place's name for people, who should not meet a blank where it is not known.
    fn named<'a>(&self, place: &'a str) -> &'a str {
        if place.is_empty() { self.lang.pick("未知", "unknown") } else { place }
    }
}

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

/// Runs a command that reads a corpus, and prints to standard output.
///
/// A reader that goes away (`| head`) is no error.
pub fn run(command: &Command, setting: &Setting) -> ExitCode {
    finish(|out| answer(out, command, setting), setting.lang)
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

fn answer(out: &mut dyn Write, command: &Command, setting: &Setting) -> io::Result<Outcome> {
    let (Command::List { input, .. }
    | Command::Cities { input, .. }
    | Command::Show { input, .. }
    | Command::Search { input, .. }
    | Command::Analysis(Asked { input, .. })
    | Command::Check { input, .. }) = command
    else {
        return match compare::answer(out, command, setting) {
            Some(outcome) => outcome,
            None => shell::write(out, command, setting),
        };
    };
    if let Command::Show { explain: Some(asked), format, .. } = command {
        let (file, line) = explain::target(asked);
        let corpus = open::open(&[file], false, setting);
        open::report_losses(&corpus, setting);
        if open::nothing_there(&corpus) {
            return Ok(Outcome::Wrong);
        }
        return explain::explain(out, &corpus, line, *format, setting);
    }
    // Finding places looks at no text.
    let lazily = matches!(command, Command::Cities { .. });
    let corpus = open::open(&input.paths, lazily, setting);
    if !matches!(command, Command::Check { .. }) {
        open::report_losses(&corpus, setting);
    }
    if open::nothing_there(&corpus) && !matches!(command, Command::Check { .. }) {
        return Ok(Outcome::Wrong);
    }
    let outcome = match command {
        Command::List { format, .. } => list::list(out, &corpus, *format, setting),
        Command::Cities { query, format, .. } => cities::cities(out, &corpus, query, *format, setting),
        Command::Show { place, title, section, all, format, .. } => {
            let (title, section) = (title.as_deref(), section.as_deref());
            let place = place.as_deref().unwrap_or_default();
            show::show(out, &corpus, show::Wanted { place, title, section, all: *all }, *format, setting)
        }
        Command::Search { query, how, format, .. } => search::find(out, &corpus, query, how, *format, setting),
        Command::Check { format, .. } => check::check(out, &corpus, *format, setting),
        Command::Analysis(asked) => analysis::answer(out, &corpus, asked, setting),
        _ => Ok(Outcome::Nothing),
    }?;
    Ok(if open::nothing_there(&corpus) { Outcome::Wrong } else { outcome })
}
