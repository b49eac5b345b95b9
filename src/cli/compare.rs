//! What the commands that compare reports share: they name files among their arguments. In: a command. Out: its answer, over
//! a corpus that holds those files too. Does not know about: how anything is compared.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use super::open::{self, corpus, say};
use super::{Command, Outcome, Setting, map, reuse, similar};
use crate::analysis::spot::Spot;

/// Answers a command that compares reports; `None` for any other.
pub fn answer(out: &mut dyn Write, command: &Command, setting: &Setting) -> Option<io::Result<Outcome>> {
    Some(match command {
        Command::Similar { flags, format } => {
            let (spots, paths) = match spots(&flags.words, flags.stdin, setting) {
                Ok(asked) => asked,
                Err(message) => {
                    say(&message);
                    return Some(Ok(Outcome::Wrong));
                }
            };
            let corpus = corpus(spots.iter().map(|spot| spot.file.as_path()), paths, false, setting);
            similar::similar(out, &corpus, &spots, flags, *format, setting)
        }
        Command::Reuse { flags, format, input } => {
            let at = match flags.at.as_deref().map(|words| Spot::parse(words).ok_or(words)) {
                None => None,
                Some(Ok(spot)) => Some(spot),
                Some(Err(words)) => {
                    say(&format!("{}: {words}", setting.lang.pick("应为 文件:行号", "FILE:LINE is wanted")));
                    return Some(Ok(Outcome::Wrong));
                }
            };
            let corpus = corpus(at.iter().map(|spot| spot.file.as_path()), input.paths.clone(), false, setting);
            if open::nothing_there(&corpus) {
                return Some(Ok(Outcome::Wrong));
            }
            reuse::reuse(out, &corpus, flags, at.as_ref(), *format, setting)
        }
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

/// The lines asked about, and where to look: the first argument is a line, or all lines come from standard input.
fn spots(words: &[String], stdin: bool, setting: &Setting) -> Result<(Vec<Spot>, Vec<PathBuf>), String> {
    let wrong = |words: &str| format!("{}: {words}", setting.lang.pick("应为 文件:行号", "FILE:LINE is wanted"));
    if stdin {
        let mut typed = String::new();
        // Bytes that are no text name no file.
        io::stdin().read_to_string(&mut typed).map_err(|error| error.to_string())?;
        let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
        let spots: Result<Vec<Spot>, String> = lines.map(|line| Spot::parse(line).ok_or_else(|| wrong(line))).collect();
        return Ok((spots?, words.iter().map(PathBuf::from).collect()));
    }
    let first = words.first().map_or("", String::as_str);
    let spot = Spot::parse(first).ok_or_else(|| wrong(first))?;
    Ok((vec![spot], words.iter().skip(1).map(PathBuf::from).collect()))
}
