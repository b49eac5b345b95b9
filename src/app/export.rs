//! What is to be written into a file: which table, in which format, under which name; and the command line that gives the
//! same file.
//!
//! In: command lines of what stands on the screen. Out: words, a line for a shell. Does not know about: who answers them, disks.

use std::path::Path;

use crate::analysis::ArgumentList;
use crate::table::write::OutputFormat;

/// The open export window.
#[derive(Debug, Clone)]
pub struct Export {
    /// What is written, for people.
    pub title: String,
    /// How much of it may be written; the first is chosen at first.
    pub choices: Vec<ExportChoice>,
    /// Index of the choice.
    pub choice: usize,
    /// In which format.
    pub format: OutputFormat,
    /// Whether the settings are written too.
    pub settings: bool,
    /// How far it has come.
    pub state: ExportState,
    /// What the command line needs beside: options of every command, the paths.
    pub beside: (Vec<String>, Vec<String>),
}

/// How much is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportChoice {
    /// For people, in Chinese and English.
    pub name: (String, String),
    /// The command line that answers it.
    pub arguments: ArgumentList,
    /// Whether its answer says how it was made.
    pub tells_settings: bool,
}

/// How far an export has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportState {
    /// The user chooses.
    Choosing,
    /// There is a file of that name: the user is asked.
    Asking,
    /// It is being written.
    Writing,
}

impl Export {
    /// Whether what is chosen can say how it was made.
    pub fn tells_settings(&self) -> bool {
        self.choices.get(self.choice).is_some_and(|choice| choice.tells_settings)
    }

    /// The words of the command line, without the program's name.
    pub fn words(&self) -> Vec<String> {
        let Some(choice) = self.choices.get(self.choice) else { return Vec::new() };
        let mut options: Vec<String> = self.format.options().iter().map(|option| (*option).to_owned()).collect();
        options.extend((self.settings && choice.tells_settings).then(|| "--settings-first".to_owned()));
        options.extend(self.beside.0.iter().cloned());
        choice.arguments.words(&options, &self.beside.1)
    }

    /// The command line for a shell, which writes the same into a file of this name.
    pub fn line(&self, file: &str) -> String {
        let words: Vec<String> = self.words().iter().map(|word| shell_word(word)).collect();
        format!("yilan {} > {}", words.join(" "), shell_word(file))
    }

    /// Turns to the next format, or the one before; the ending of the file's name follows where it was that of the format.
    pub fn turn_format(&mut self, forward: bool, file: &str) -> String {
        let all = self.formats();
        let at = all.iter().position(|format| *format == self.format).unwrap_or(0);
        let next = all.get((at + if forward { 1 } else { all.len() - 1 }) % all.len());
        next.map_or_else(|| file.to_owned(), |next| self.take_format(*next, file))
    }

    /// The formats that what is chosen can have: only a question's answer makes a picture.
    pub fn formats(&self) -> Vec<OutputFormat> {
        let pictured = self.tells_settings();
        OutputFormat::FILES.into_iter().filter(|format| pictured || *format != OutputFormat::Svg).collect()
    }

    /// Takes a format; gives the name of the file with its ending.
    pub fn take_format(&mut self, format: OutputFormat, file: &str) -> String {
        let old = format!(".{}", self.format.extension());
        self.format = format;
        match file.strip_suffix(old.as_str()) {
            Some(stem) => format!("{stem}.{}", format.extension()),
            None => file.to_owned(),
        }
    }
}

/// A name for a file of what `title` says: no sign that a file system or a shell minds.
pub fn file_name(command: &str, title: &str, format: OutputFormat) -> String {
    const LONGEST: usize = 24;
    let kept = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    // What a title says behind its subject and its name are figures.
    let plain: String = title.split(" · ").take(2).collect::<Vec<_>>().join(" ").chars().map(kept).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let name: String = words.join("-").chars().take(LONGEST).collect();
    let name = if name.is_empty() { command.to_owned() } else { format!("{command}-{name}") };
    format!("{}.{}", name.trim_end_matches('-'), format.extension())
}

/// A word as a shell takes it for itself.
fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ',' | '/' | ':' | '=' | '+' | '@' | '%');
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    shlex::try_quote(word).map_or_else(|_| word.to_owned(), |quoted| quoted.into_owned())
}

/// Whether a name that was typed names a file.
pub fn is_file_name(name: &str) -> bool {
    !name.trim().is_empty() && Path::new(name).file_name().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn export() -> Export {
        let arguments = ArgumentList::new("search").option("sort", "place").operand("-水 渠's");
        let choice = ExportChoice { name: Default::default(), arguments, tells_settings: true };
        Export {
            title: String::new(),
            choices: vec![choice],
            choice: 0,
            format: OutputFormat::Csv,
            settings: true,
            state: ExportState::Choosing,
            beside: (vec!["--no-cache".to_owned()], vec!["报告 集".to_owned()]),
        }
    }

    #[test]
    fn the_line_can_be_pasted_into_a_shell() {
        let line = export().line("a b.csv");
        assert!(line.ends_with(" > 'a b.csv'"), "{line}");
        let split = shlex::split(&line).unwrap();
        let words = ["yilan", "search", "--sort", "place", "--csv", "--settings-first", "--no-cache", "--", "-水 渠's"];
        assert_eq!(split[..9], words);
        assert_eq!(split[9..], ["报告 集", ">", "a b.csv"]);
    }

    #[test]
    fn the_ending_follows_the_format_unless_it_is_the_users_own() {
        let mut export = export();
        assert_eq!(export.turn_format(true, "x.csv"), "x.csv");
        assert_eq!((export.format, export.turn_format(true, "x.csv")), (OutputFormat::Excel, "x.tsv".to_owned()));
        assert_eq!(export.take_format(OutputFormat::Json, "x.txt"), "x.txt");
        assert_eq!(export.turn_format(true, "x.json"), "x.svg");
    }

    #[test]
    fn names_of_files_are_harmless() {
        assert_eq!(file_name("trend", "水渠 · 各地/排名", OutputFormat::Csv), "trend-水渠-各地-排名.csv");
        assert_eq!(file_name("check", "", OutputFormat::Json), "check.json");
        assert_eq!(file_name("search", "../../\u{1b}[2J", OutputFormat::Tsv), "search-2J.tsv");
        assert!(is_file_name("x") && !is_file_name(" ") && !is_file_name(".."));
    }
}
