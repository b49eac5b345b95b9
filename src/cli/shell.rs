//! `yilan completions`, `man` and `config`: what is made from the program itself. In: the command. Out: text.
//! Does not know about: any corpus.

use std::io::{self, Write};

use clap::CommandFactory;

use super::in_language::in_language;
use super::{Arguments, Command, ConfigCommand, Outcome, Setting, manual, settings};
use crate::config;

/// The command that is most like a word, if one is much like it.
pub fn suggested(word: &str) -> Option<String> {
    const ALIKE: f64 = 0.8;
    let command = Arguments::command();
    let names = command.get_subcommands().map(|own| own.get_name().to_owned());
    let alike = names.map(|name| (strsim::jaro_winkler(&word.to_lowercase(), &name), name));
    alike.filter(|(score, _)| *score >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

/// Prints a completion script, the manual, or what `config` was asked; any other command prints nothing.
pub fn write(out: &mut dyn Write, command: &Command, setting: &Setting) -> io::Result<Outcome> {
    match command {
        Command::Completions { shell } => {
            // The generator panics when it cannot write, so it writes to memory.
            let mut script = Vec::new();
            let mut command = in_language(Arguments::command(), setting.lang, None);
            clap_complete::generate(*shell, &mut command, "yilan", &mut script);
            out.write_all(&script)?;
        }
        Command::Man { name, to } => return manual::write(out, name.as_deref(), to.as_deref(), setting),
        Command::Config { action: ConfigCommand::Default } => out.write_all(config::example().as_bytes())?,
        Command::Config { action } => return settings::answer(out, *action, setting),
        _ => return Ok(Outcome::Nothing),
    }
    Ok(Outcome::Found)
}
