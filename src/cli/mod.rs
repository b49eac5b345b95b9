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
mod explain;
mod format;
mod input_args;
mod kept;
mod list;
mod map;
mod open;
mod outcome;
mod output;
mod reuse;
mod search;
mod search_args;
mod setting;
mod settings;
mod shell;
mod show;
mod similar;

use std::io::{self, Write};
use std::process::ExitCode;

pub use args::{Arguments, Command, ConfigCommand, General};
pub use input_args::{FormatFlags, Input};
pub use kept::print_passage;
pub use open::{paths_or_configured, say};
pub use outcome::Outcome;
pub(crate) use outcome::finish;
pub use setting::Setting;

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
        return match (command, compare::answer(out, command, setting)) {
            (Command::Analysis(asked), _) => analysis::run(out, asked, setting),
            (_, Some(outcome)) => outcome,
            (Command::Clips { clear, flags }, _) => kept::clips(out, *clear, *flags, setting),
            (Command::Marks { tag, flags }, _) => kept::marks(out, tag.as_deref(), *flags, setting),
            (_, None) => shell::write(out, command, setting),
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
            show::show(out, &corpus, show::ShownReport { place, title, section, all: *all }, *format, setting)
        }
        Command::Search { query, how, format, .. } => search::find(out, &corpus, query, how, *format, setting),
        Command::Check { format, .. } => check::check(out, &corpus, *format, setting),
        _ => Ok(Outcome::Nothing),
    }?;
    open::report_lost(&input.paths, &corpus, setting);
    Ok(if open::nothing_there(&corpus) { Outcome::Wrong } else { outcome })
}
