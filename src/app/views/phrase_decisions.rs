//! What the user said of phrases that were found in the corpus.
//!
//! In: decisions. Out: what was said of each phrase. Does not know about: how they are found and kept.

use std::collections::BTreeSet;

use crate::config::PhraseDecision;

/// What the user said of phrases: in the word file and in this run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PhraseDecisions {
    /// Words that are never split.
    pub accepted: BTreeSet<String>,
    /// Phrases that are not proposed again.
    pub refused: BTreeSet<String>,
}

impl PhraseDecisions {
    /// What was said of a phrase.
    pub fn of(&self, phrase: &str) -> PhraseDecision {
        if self.accepted.contains(phrase) {
            PhraseDecision::Accepted
        } else if self.refused.contains(phrase) {
            PhraseDecision::Refused
        } else {
            PhraseDecision::Open
        }
    }

    /// Says something of a phrase, in place of what was said before.
    pub fn say(&mut self, phrase: &str, decision: PhraseDecision) {
        self.accepted.remove(phrase);
        self.refused.remove(phrase);
        match decision {
            PhraseDecision::Accepted => self.accepted.insert(phrase.to_owned()),
            PhraseDecision::Refused => self.refused.insert(phrase.to_owned()),
            PhraseDecision::Open => false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_holds() {
        let mut decisions = PhraseDecisions::default();
        for decision in [PhraseDecision::Accepted, PhraseDecision::Refused, PhraseDecision::Open] {
            decisions.say("稻渔共生", decision);
            assert_eq!(decisions.of("稻渔共生"), decision);
        }
        assert_eq!(decisions, PhraseDecisions::default());
    }
}
