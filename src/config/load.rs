//! A config file to checked settings. In: a path or text. Out: [`Config`], or the first problem with its place.
//! Refuses to know: where the file should be, how a problem is worded.

use std::ops::Range;
use std::path::Path;

use toml::de::DeTable;

use super::source::{self, Place};
use super::{Config, ConfigError, Problem, paths};

impl Config {
    /// Reads and checks the file at `path`. Paths in it are taken from the file's own folder.
    ///
    /// # Errors
    /// The first problem: unreadable, not UTF-8, not TOML, an unknown setting or word, a bad value, a bad key.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let fail = |place, problem| ConfigError { path: path.to_path_buf(), place, problem };
        let bytes = std::fs::read(path).map_err(|why| fail(None, Problem::Unreadable(why.to_string())))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let lossy = String::from_utf8_lossy(error.as_bytes()).into_owned();
            fail(Some(Place::new(&lossy, &(at..at + 1))), Problem::NotUtf8)
        })?;
        let mut config = Self::parse(&text, path)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let terms = &mut config.terms;
        let files = [&mut terms.stop_words_file, &mut terms.user_words_file].into_iter().flatten();
        for each in config.corpus.paths.iter_mut().chain(files) {
            *each = paths::resolve(each, folder);
        }
        Ok(config)
    }

    /// Checks `text`, the content of the file at `path`; paths in it stay as they are.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let fail = |span: Option<Range<usize>>, problem| {
            let place = span.map(|span| Place::new(text, &span));
            ConfigError { path: path.to_path_buf(), place, problem }
        };
        let table = DeTable::parse(text).map_err(|e| fail(e.span(), Problem::Syntax(e.message().to_owned())))?;
        toml::from_str(text).map_err(|e| fail(e.span(), explain(&e, text, table.get_ref())))
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
