//! Floor 10: the commands that need no screen, over the same index as the explorer.
//!
//! In: arguments and settings. Out: results on standard output, notices on standard error, an exit code.
//! Does not know about: how anything is found or counted.

mod analysis;
mod args;
mod beside;
mod by_place;
mod check;
mod cities;
mod concordance;
mod explain;
mod format;
mod in_language;
mod input_args;
mod kept;
mod list;
mod manual;
mod open;
mod outcome;
mod output;
mod pick;
mod refusal;
mod search;
mod search_args;
mod setting;
pub mod settings;
mod shell;
mod show;

use std::io::{self, Write};
use std::process::ExitCode;

pub use args::{Arguments, Command, ConfigCommand, General};
pub use input_args::{FormatFlags, Input};
pub use kept::print_passage;
pub use open::{paths_or_configured, say};
pub use outcome::Outcome;
pub(crate) use outcome::finish;
pub use pick::{Found, PickFlags, check_query, find_one, print as print_chosen};
pub use refusal::read;
pub use setting::Setting;
pub use shell::suggested;

use std::ffi::OsString;

use crate::corpus::Corpus;

/// Runs a command that reads a corpus, and prints to standard output.
///
/// A reader that goes away (`| head`) is no error.
pub fn run(command: &Command, setting: &Setting) -> ExitCode {
    finish(|out| answer(out, command, setting), setting.lang)
}

fn answer(out: &mut dyn Write, command: &Command, setting: &Setting) -> io::Result<Outcome> {
    let (Command::List { input, .. }
    | Command::Cities { input, .. }
    | Command::Show { input, .. }
    | Command::Search { input, .. }
    | Command::Check { input, .. }) = command
    else {
        return match command {
            Command::Analysis(asked) => analysis::run(out, asked, setting),
            Command::Clips { clear, flags } => kept::clips(out, *clear, *flags, setting),
            Command::Marks { tag, flags } => kept::marks(out, tag.as_deref(), *flags, setting),
            _ => shell::write(out, command, setting),
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
    // Texts are read by who looks at them.
    let corpus = open::open(&input.paths, true, setting);
    let outcome = answer_of(out, command, &corpus, setting)?;
    open::report_lost(&input.paths, &corpus, setting);
    Ok(outcome)
}

/// Answers a command that looks at a corpus, from this one.
fn answer_of(out: &mut dyn Write, command: &Command, corpus: &Corpus, setting: &Setting) -> io::Result<Outcome> {
    if !matches!(command, Command::Check { .. }) {
        open::report_losses(corpus, setting);
    }
    if open::nothing_there(corpus) && !matches!(command, Command::Check { .. }) {
        return Ok(Outcome::Wrong);
    }
    let outcome = match command {
        Command::List { format, .. } => list::list(out, corpus, *format, setting),
        Command::Cities { query, order, format, .. } => cities::cities(out, corpus, (query, order), *format, setting),
        Command::Show { place, title, section, all, format, .. } => {
            let (title, section) = (title.as_deref(), section.as_deref());
            let place = place.as_deref().unwrap_or_default();
            show::show(out, corpus, show::ShownReport { place, title, section, all: *all }, *format, setting)
        }
        Command::Search { query, how, format, .. } => search::find(out, corpus, query, how, *format, setting),
        Command::Check { format, .. } => check::check(out, corpus, *format, setting),
        Command::Analysis(asked) => analysis::answer(out, corpus, asked, setting),
        _ => Ok(Outcome::Nothing),
    }?;
    Ok(if open::nothing_there(corpus) { Outcome::Wrong } else { outcome })
}

/// Notices whether anything is written.
struct WrittenNoticer<'w> {
    out: &'w mut dyn Write,
    written: bool,
}

impl Write for WrittenNoticer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.written |= !bytes.is_empty();
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Answers the words of a command line, without the program's name, as a run of the program would: what such a run prints
/// goes to `out`. What looks at a corpus gets `corpus` instead of reading it once more.
///
/// # Errors
/// What the program would say where it finds nothing, or the words are wrong.
pub fn perform(words: &[String], corpus: &Corpus, out: &mut dyn Write) -> Result<(), String> {
    let words: Vec<OsString> = std::iter::once("yilan".into()).chain(words.iter().map(OsString::from)).collect();
    let arguments = read(&words, settings::language).map_err(|refused| refused.text(false))?;
    let setting = Setting::read(&arguments)?;
    let setting = Setting { progress: false, ..setting };
    let Some(command) = &arguments.command else { return Err(String::new()) };
    let mut out = WrittenNoticer { out, written: false };
    let (answered, said) = open::listening(|| match command {
        // What names files of its own, or reads standard input, is read as a run would read it.
        Command::Analysis(asked)
            if !asked.question.analysis().files().is_empty() || asked.question.analysis().reads_input() =>
        {
            answer(&mut out, command, &setting)
        }
        Command::List { .. }
        | Command::Cities { .. }
        | Command::Show { explain: None, .. }
        | Command::Search { .. }
        | Command::Analysis(_)
        | Command::Check { .. } => answer_of(&mut out, command, corpus, &setting),
        _ => answer(&mut out, command, &setting),
    });
    match answered {
        Ok(Outcome::Found) => Ok(()),
        // A table of nothing is an answer too.
        Ok(Outcome::Nothing) if out.written => Ok(()),
        Ok(Outcome::Nothing | Outcome::Wrong) => Err(said.last().cloned().unwrap_or_default()),
        Err(error) => Err(error.to_string()),
    }
}
