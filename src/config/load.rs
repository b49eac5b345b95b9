//! A config file to checked settings. In: a path or text. Out: [`Config`], or the first problem with its place.
//! Does not know about: where the file should be, how a problem is worded.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use super::own_theme::{self, ThemeFault};
use super::source::{self, ConfigPosition};
use super::{Config, ConfigError, KeyNames, Problem, WordFile, paths};
use crate::command::{Action, Keymap, KeymapError, key, keymap};
use crate::corpus::load::gate::{self, Refusal};
use crate::text::Lang;

impl Config {
    /// Reads and checks the file at `path`. Paths in it are taken from the file's own folder, and the words of its word
    /// files are added to its lists.
    ///
    /// # Errors
    /// The first problem: unreadable, not UTF-8, not TOML, an unknown setting or word, a bad value, a bad key,
    /// a word file that cannot be read.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let fail = |place: Option<ConfigPosition>, problem| ConfigError {
            path: path.to_path_buf(),
            place: place.map(Box::new),
            problem,
        };
        let bytes = gate::read(path, gate::SETTINGS).map_err(|why| {
            fail(None, if why.is_missing() { Problem::Missing } else { Problem::Unreadable(in_both(&why)) })
        })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let lossy = String::from_utf8_lossy(error.as_bytes()).into_owned();
            fail(Some(ConfigPosition::new(&lossy, &(at..at + 1))), Problem::NotUtf8)
        })?;
        let mut config = Self::parse(&text, path)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let terms = &mut config.terms;
        let files = [
            &mut terms.stop_words_file,
            &mut terms.user_words_file,
            &mut terms.function_words_file,
            &mut terms.filler_words_file,
        ];
        for each in config.corpus.paths.iter_mut().chain(files.into_iter().flatten()) {
            *each = paths::resolve(each, folder);
        }
        let read = |key: &str, file: &Option<PathBuf>| -> Result<Option<WordFile>, ConfigError> {
            let Some(file) = file else { return Ok(None) };
            let text_of_file = gate::read_text(file, gate::WORDS).map_err(|why| {
                let table = DeTable::parse(&text).ok();
                let spans = table.and_then(|table| source::entry_spans(table.get_ref(), "terms", key, 0));
                let place = spans.map(|(_, value)| ConfigPosition::new(&text, &value));
                fail(place, Problem::NoWordFile { file: file.clone(), why: in_both(&why) })
            })?;
            Ok(Some(WordFile::parse(&text_of_file)))
        };
        if let Some(file) = read("stop_words_file", &terms.stop_words_file)? {
            terms.stop_words.extend(file.words);
        }
        if let Some(file) = read("user_words_file", &terms.user_words_file)? {
            terms.user_words.extend(file.words);
            terms.refused_words = file.refused;
        }
        terms.function_word_list = read("function_words_file", &terms.function_words_file)?.map(|file| file.words);
        terms.filler_word_list = read("filler_words_file", &terms.filler_words_file)?.map(|file| file.words);
        Ok(config)
    }

    /// Every problem of the file at `path`, in its order; none if it can be used. What is wrong is left out and the rest
    /// looked at again.
    pub fn problems(path: &Path) -> Vec<ConfigError> {
        let mut problems = Vec::new();
        let Err(first) = Self::load(path) else { return problems };
        let readable = first.place.is_some().then(|| gate::read_text(path, gate::SETTINGS).ok()).flatten();
        problems.push(first);
        let Some(text) = readable else { return problems };
        let mut lines: Vec<&str> = text.lines().collect();
        while let Some(line) = problems.last().and_then(|error| error.place.as_ref()).map(|place| place.line) {
            let Some(at) = line.checked_sub(1).filter(|at| *at < lines.len() && !lines[*at].is_empty()) else { break };
            let is_head = |line: &str| line.trim_start().starts_with('[');
            // An unknown table goes with all that stands in it.
            let below = lines[at + 1..].iter().take_while(|line| !is_head(line)).count();
            let end = if is_head(lines[at]) { at + 1 + below } else { at + 1 };
            lines[at..end].fill("");
            match Self::parse(&lines.join("\n"), path) {
                // What is left behind of a value over several lines is no problem of its own.
                Err(error) if !matches!(error.problem, Problem::Syntax(_)) => problems.push(error),
                _ => break,
            }
        }
        problems
    }

    /// Adds the words of the file at `path` (where there is one) unless the settings name a word file of their own; there new
    /// words go from now on.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn add_words(&mut self, path: &Path) -> Result<(), ConfigError> {
        let terms = &mut self.terms;
        if terms.user_words_file.is_some() {
            return Ok(());
        }
        terms.user_words_file = Some(path.to_path_buf());
        match gate::read_text(path, gate::WORDS) {
            Ok(text) => {
                let file = WordFile::parse(&text);
                terms.user_words.extend(file.words);
                terms.refused_words = file.refused;
                Ok(())
            }
            Err(why) if why.is_missing() => Ok(()),
            Err(why) => Err(ConfigError {
                path: path.to_path_buf(),
                place: None,
                problem: Problem::NoWordFile { file: path.to_path_buf(), why: in_both(&why) },
            }),
        }
    }

    /// Checks `text`, the content of the file at `path`; paths in it stay as they are.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let fail = |span: Option<Range<usize>>, problem| {
            let place = span.map(|span| Box::new(ConfigPosition::new(text, &span)));
            ConfigError { path: path.to_path_buf(), place, problem }
        };
        let table = DeTable::parse(text).map_err(|e| fail(e.span(), Problem::Syntax(e.message().to_owned())))?;
        let table = table.get_ref();
        let mut config: Self = toml::from_str(text).map_err(|e| fail(e.span(), explain(&e, text, table)))?;
        if let Err(error) = config.keymap() {
            let (action, item) = match &error {
                KeymapError::UnknownAction { action } => (action.as_str(), 0),
                KeymapError::BadKey { action, item, .. } | KeymapError::KeyTaken { action, item, .. } => {
                    (action.name(), *item)
                }
            };
            let spans = source::entry_spans(table, "keys", action, item);
            let span = spans.map(|(name, key)| match error {
                KeymapError::UnknownAction { .. } => name,
                _ => key,
            });
            return Err(fail(span, explain_keys(error)));
        }
        config.check_themes(table).map_err(|(span, problem)| fail(span, problem))?;
        config.keys.retain(|name, keys| !repeats_defaults(name, keys));
        Ok(config)
    }

    /// What is wrong with themes and with the one that is chosen, and where.
    fn check_themes(&self, table: &DeTable<'_>) -> Result<(), (Option<Range<usize>>, Problem)> {
        let valid = own_theme::names(&self.theme);
        match own_theme::fault(&self.theme) {
            Some(ThemeFault::Taken(name)) => {
                let expected = "a name that no built-in theme has".to_owned();
                let spans = source::entry_spans(table, "theme", &name, 0);
                let problem = Problem::WrongValue { key: format!("theme.{name}"), found: name, expected };
                return Err((spans.map(|(key, _)| key), problem));
            }
            Some(ThemeFault::Inherits(name)) => {
                let word = self.theme.get(&name).map_or_else(String::new, |theme| theme.inherits.0.clone());
                let span = source::inner_span(table, "theme", &name, "inherits");
                let key = format!("theme.{name}.inherits");
                // One that there is leads back to where it began.
                let problem = if valid.contains(&word) {
                    let expected = "a theme that does not inherit from this one".to_owned();
                    Problem::WrongValue { key, found: format!("\"{word}\""), expected }
                } else {
                    Problem::UnknownWord { key, word, valid }
                };
                return Err((span, problem));
            }
            None => {}
        }
        let word = &self.view.theme.0;
        if valid.contains(word) {
            return Ok(());
        }
        let span = source::entry_spans(table, "view", "theme", 0).map(|(_, value)| value);
        Err((span, Problem::UnknownWord { key: "view.theme".into(), word: word.clone(), valid }))
    }

    /// The keys of every action, these settings applied.
    ///
    /// # Errors
    /// Never for settings that came from [`Config::load`] or [`Config::parse`].
    pub fn keymap(&self) -> Result<Keymap, KeymapError> {
        Keymap::new(self.keys.iter().map(|(name, keys)| (name.as_str(), keys.0.as_slice())))
    }
}

/// Why a file was not read, in either language.
fn in_both(why: &Refusal) -> [String; 2] {
    [Lang::Zh, Lang::En].map(|lang| why.text(lang))
}

/// Whether an entry of `[keys]` changes nothing; it is dropped, so that the example file gives the very defaults.
fn repeats_defaults(name: &str, keys: &KeyNames) -> bool {
    let default = Action::from_name(name).map(keymap::defaults);
    default == keys.0.iter().map(|text| key::parse(text)).collect()
}

/// What is wrong with `[keys]`.
fn explain_keys(error: KeymapError) -> Problem {
    match error {
        KeymapError::UnknownAction { action } => Problem::UnknownAction {
            name: action,
            valid: Action::ALL.iter().map(|action| action.name().to_owned()).collect(),
        },
        KeymapError::BadKey { text, .. } => Problem::BadKey { key: text },
        KeymapError::KeyTaken { key, by, .. } => Problem::KeyTaken { key: key::format(key), by: by.name().to_owned() },
    }
}

/// What serde's message means. Its wordings are fixed in serde itself; any other is passed on as it is.
fn explain(error: &toml::de::Error, text: &str, table: &DeTable<'_>) -> Problem {
    let message = error.message();
    let span = error.span().unwrap_or_default();
    let key = || source::key_at(table, span.start).unwrap_or_default();
    // A message holds words in `…`: the bad one first, then the valid ones.
    let mut words = message.split('`').skip(1).step_by(2).map(str::to_owned);
    if message.starts_with("unknown field `") {
        return Problem::UnknownKey { key: words.next().unwrap_or_default(), valid: words.collect() };
    }
    if message.starts_with("unknown variant `") {
        return Problem::UnknownWord { key: key(), word: words.next().unwrap_or_default(), valid: words.collect() };
    }
    match message.strip_prefix("invalid ").and_then(|rest| rest.rsplit_once(", expected ")) {
        Some((_, expected)) => {
            let found = text.get(span.clone()).unwrap_or_default().lines().next().unwrap_or_default();
            Problem::WrongValue { key: key(), found: found.to_owned(), expected: expected.to_owned() }
        }
        None => Problem::Syntax(message.to_owned()),
    }
}
