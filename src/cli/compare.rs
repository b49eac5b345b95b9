//! What the commands that compare reports share: they name files among their arguments. In: a command. Out: its answer, over
//! a corpus that holds those files too. Does not know about: how anything is compared.

use std::io::{self, Write};

use super::open::{self, corpus};
use super::{Command, Outcome, Setting, map};

/// Answers a command that compares reports; `None` for any other.
pub fn answer(out: &mut dyn Write, command: &Command, setting: &Setting) -> Option<io::Result<Outcome>> {
    Some(match command {
        Command::Map { flags, format, input } => {
            let corpus = corpus(std::iter::empty(), input.paths.clone(), false, setting);
            if open::nothing_there(&corpus) {
                return Some(Ok(Outcome::Wrong));
            }
            map::map(out, &corpus, flags, *format, setting)
        }
        _ => return None,
    })
}
