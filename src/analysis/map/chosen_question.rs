//! Another question as the value of an option. In: the words of its command line, or the question that the screen asked. Out: the
//! question, its words. Does not know about: what it is asked for.

use std::str::FromStr;

use clap::{Arg, Command, FromArgMatches, Subcommand};
use serde::{Serialize, Serializer};

use crate::analysis::Question;
use crate::corpus::Corpus;

/// Words that a question may have behind its own.
const MORE: &str = "more words";

/// A question that another one is about.
#[derive(Debug, Clone, PartialEq)]
pub struct ChosenQuestion {
    /// The question.
    pub question: Box<Question>,
    /// The words that ask it, once they are known.
    words: Option<String>,
}

impl ChosenQuestion {
    /// A question that was asked otherwise than by words.
    pub fn new(question: Question) -> Self {
        Self { question: Box::new(question), words: None }
    }

    /// The words that ask it; none where no command line does.
    pub fn words(&self, corpus: &Corpus) -> String {
        let made = || {
            let list = self.question.arguments(corpus)?;
            let words = list.words(&[], &[]);
            shlex::try_join(words.iter().map(String::as_str)).ok()
        };
        self.words.clone().or_else(made).unwrap_or_default()
    }

    /// Keeps the words that ask it; `None` where no command line does.
    pub fn write_out(&mut self, corpus: &Corpus) -> Option<()> {
        self.words = Some(self.words(corpus)).filter(|words| !words.is_empty());
        self.words.as_ref().map(|_| ())
    }
}

impl FromStr for ChosenQuestion {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words = shlex::split(text).ok_or_else(|| format!("a quote is not closed: {text}"))?;
        let with_more = |own: &Command| own.clone().arg(Arg::new(MORE).num_args(0..).hide(true));
        let questions = Question::augment_subcommands(Command::new("questions"));
        let open = questions.get_subcommands().fold(Command::new("of").no_binary_name(true), |command, own| {
            command.subcommand(with_more(own))
        });
        let matches = open.try_get_matches_from(&words).map_err(|error| error.to_string())?;
        let mut question = Question::from_arg_matches(&matches).map_err(|error| error.to_string())?;
        if matches!(question, Question::Map(_)) {
            return Err("a map of a map".to_owned());
        }
        let more = matches.subcommand().and_then(|(_, own)| own.get_many::<String>(MORE)).into_iter().flatten();
        for word in more {
            if !question.analysis_mut().takes_word(word) {
                return Err(format!("one word too many: {word} (paths stand behind, outside the quotes)"));
            }
        }
        Ok(Self { question: Box::new(question), words: Some(text.to_owned()) })
    }
}

impl Serialize for ChosenQuestion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.words.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_ask_a_question() {
        let of = |text: &str| text.parse::<ChosenQuestion>();
        assert!(matches!(*of("reuse --summary").unwrap().question, Question::Reuse(_)));
        let Question::First(first) = *of("first 水渠 '梯田 灌溉' --overall").unwrap().question else { panic!() };
        assert_eq!((first.terms.0, first.overall), (vec!["水渠".to_owned(), "梯田 灌溉".to_owned()], true));
        for wrong in ["", "nothing", "first", "map 水渠", "reuse --none", "likeness 甲", "first '水"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }
}
