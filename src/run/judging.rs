//! The user's word file: what is said of proposed phrases goes there, and counts from then on.
//!
//! In: verdicts. Out: a file with one line more, words that are kept whole. Does not know about: which phrases are proposed.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::counting::Counter;
use crate::app::Event;
use crate::app::notice::Notice;
use crate::config::{Config, PhraseDecision, WordFile};
use crate::corpus::load::gate;
use crate::text::Lang;

/// Keeps verdicts.
#[derive(Debug)]
pub struct Judge {
    file: Option<PathBuf>,
    refused: Mutex<BTreeSet<String>>,
    lang: Lang,
}

impl Judge {
    /// With the word file of the settings; without one verdicts hold for this run only.
    pub fn new(config: &Config, lang: Lang) -> Self {
        let refused = Mutex::new(config.terms.refused_words.iter().cloned().collect());
        Self { file: config.terms.user_words_file.clone(), refused, lang }
    }

    /// Whether a phrase was refused.
    pub fn refuses(&self, phrase: &str) -> bool {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).contains(phrase)
    }

    /// Writes a verdict down; `counter` goes by it from now on, also where it cannot be written.
    pub fn take(&self, phrase: &str, decision: PhraseDecision, counter: &Counter, post: &mut dyn FnMut(Event)) {
        {
            let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
            if decision == PhraseDecision::Refused {
                refused.insert(phrase.to_owned());
            } else {
                refused.remove(phrase);
            }
        }
        let before = counter.words();
        let mut words: Vec<String> = before.iter().filter(|word| *word != phrase).cloned().collect();
        if decision == PhraseDecision::Accepted {
            words.push(phrase.to_owned());
        }
        if words != before {
            counter.keep_whole(words);
        }
        post(Event::Judged);
        let why = match &self.file {
            Some(file) => {
                write(file, phrase, decision, self.lang).err().map(|why| format!("{}: {why}", file.display()))
            }
            None => Some(self.lang.pick("没有个人主目录", "there is no home directory").to_owned()),
        };
        if let Some(why) = why {
            post(Event::Notice(Notice::trouble(match self.lang {
                Lang::Zh => format!("只在本次有效，没有写进词表：{why}"),
                Lang::En => format!("holds for this run only, not written: {why}"),
            })));
        }
    }
}

/// Writes a verdict into the file as it is now: another instance may have changed it. The new file takes the place of the
/// old one whole; where the old one is a link, the file it leads to is replaced.
fn write(file: &Path, phrase: &str, decision: PhraseDecision, lang: Lang) -> io::Result<()> {
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let text = match gate::read_text(&file, gate::WORDS) {
        Ok(text) => text,
        Err(why) if why.is_missing() => String::new(),
        Err(why) => return Err(io::Error::other(why.text(lang))),
    };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut fresh = tempfile::Builder::new().prefix(".words").tempfile_in(folder)?;
    fresh.write_all(WordFile::with_verdict(&text, phrase, decision).as_bytes())?;
    if let Ok(data) = fs::metadata(&file) {
        fresh.as_file().set_permissions(data.permissions())?;
    }
    fresh.persist(&file).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::TermSettings;

    #[test]
    fn verdicts_go_to_the_file_and_hold_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/words.txt");
        let terms = TermSettings { user_words_file: Some(file.clone()), ..TermSettings::default() };
        let config = Config { terms, ..Config::default() };
        let (judge, counter) = (Judge::new(&config, Lang::Zh), Counter::new(&config, None, Lang::Zh));
        let mut events = Vec::new();
        let mut say = |phrase: &str, decision| judge.take(phrase, decision, &counter, &mut |event| events.push(event));
        say("稻渔共生", PhraseDecision::Accepted);
        say("一次", PhraseDecision::Refused);
        assert_eq!(fs::read_to_string(&file).unwrap(), "稻渔共生\n!一次\n");
        assert!(judge.refuses("一次") && counter.words() == ["稻渔共生"]);
        // What another instance wrote stays.
        fs::write(&file, "# 说明\n云和梯田\n稻渔共生\n!一次\n").unwrap();
        say("稻渔共生", PhraseDecision::Open);
        assert_eq!(fs::read_to_string(&file).unwrap(), "# 说明\n云和梯田\n!一次\n");
        assert!(counter.words().is_empty());
        assert!(events.iter().all(|event| matches!(event, Event::Judged)), "{events:?}");
        assert_eq!(fs::read_dir(folder.path().join("a")).unwrap().count(), 1);
    }

    #[test]
    fn a_verdict_that_cannot_be_written_still_holds_and_is_told_of() {
        let folder = tempfile::tempdir().unwrap();
        for file in [None, Some(folder.path().to_owned())] {
            let terms = TermSettings { user_words_file: file, ..TermSettings::default() };
            let config = Config { terms, ..Config::default() };
            let (judge, counter) = (Judge::new(&config, Lang::En), Counter::new(&config, None, Lang::En));
            let mut told = 0;
            judge.take("稻渔共生", PhraseDecision::Accepted, &counter, &mut |event| {
                told += usize::from(matches!(event, Event::Notice(_)));
            });
            assert_eq!((told, counter.words()), (1, vec!["稻渔共生".to_owned()]));
        }
    }
}
