//! The user's word file: what is said of proposed phrases goes there, and counts from then on.
//!
//! In: decisions. Out: a file with one line more, words that are kept whole. Does not know about: which phrases are proposed.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::term_worker::Counter;
use crate::app::Event;
use crate::app::notice::Notice;
use crate::config::{Config, PhraseDecision};
use crate::store::words;
use crate::text::Lang;

/// Keeps what the user says of phrases.
#[derive(Debug)]
pub struct UserLexicon {
    file: Option<PathBuf>,
    refused: Mutex<BTreeSet<String>>,
    lang: Lang,
}

impl UserLexicon {
    /// With the word file of the settings; without one decisions hold for this run only.
    pub fn new(config: &Config, lang: Lang) -> Self {
        let refused = Mutex::new(config.terms.refused_words.iter().cloned().collect());
        Self { file: config.terms.user_words_file.clone(), refused, lang }
    }

    /// Whether a phrase was refused.
    pub fn refuses(&self, phrase: &str) -> bool {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).contains(phrase)
    }

    /// Writes a decision down; `counter` goes by it from now on, also where it cannot be written.
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
                words::decide(file, phrase, decision, self.lang).err().map(|why| format!("{}: {why}", file.display()))
            }
            None => Some(self.lang.pick("没有可写的位置", "there is nowhere to write it").to_owned()),
        };
        if let Some(why) = why {
            post(Event::Notice(Notice::trouble(match self.lang {
                Lang::Zh => format!("只在本次有效，没有写进词表：{why}"),
                Lang::En => format!("holds for this run only, not written: {why}"),
            })));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::TermSettings;

    #[test]
    fn verdicts_go_to_the_file_and_hold_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/words.txt");
        let terms = TermSettings { user_words_file: Some(file.clone()), ..TermSettings::default() };
        let config = Config { terms, ..Config::default() };
        let (lexicon, counter) = (UserLexicon::new(&config, Lang::Zh), Counter::new(&config, None, Lang::Zh));
        let mut events = Vec::new();
        let mut say =
            |phrase: &str, decision| lexicon.take(phrase, decision, &counter, &mut |event| events.push(event));
        say("稻渔共生", PhraseDecision::Accepted);
        say("一次", PhraseDecision::Refused);
        assert_eq!(fs::read_to_string(&file).unwrap(), "稻渔共生\n!一次\n");
        assert!(lexicon.refuses("一次") && counter.words() == ["稻渔共生"]);
        // What another instance wrote stays.
        fs::write(&file, "# 说明\n云和梯田\n稻渔共生\n!一次\n").unwrap();
        say("稻渔共生", PhraseDecision::Open);
        assert_eq!(fs::read_to_string(&file).unwrap(), "# 说明\n云和梯田\n!一次\n");
        assert!(counter.words().is_empty());
        assert!(events.iter().all(|event| matches!(event, Event::Judged)), "{events:?}");
        // The file and its lock.
        assert_eq!(fs::read_dir(folder.path().join("a")).unwrap().count(), 2);
    }

    #[test]
    fn a_verdict_that_cannot_be_written_still_holds_and_is_told_of() {
        let folder = tempfile::tempdir().unwrap();
        for file in [None, Some(folder.path().to_owned())] {
            let terms = TermSettings { user_words_file: file, ..TermSettings::default() };
            let config = Config { terms, ..Config::default() };
            let (lexicon, counter) = (UserLexicon::new(&config, Lang::En), Counter::new(&config, None, Lang::En));
            let mut told = 0;
            lexicon.take("稻渔共生", PhraseDecision::Accepted, &counter, &mut |event| {
                told += usize::from(matches!(event, Event::Notice(_)));
            });
            assert_eq!((told, counter.words()), (1, vec!["稻渔共生".to_owned()]));
        }
    }
}
