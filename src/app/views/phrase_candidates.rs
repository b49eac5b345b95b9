//! Phrases found in the corpus, and what the user said of them.
//!
//! In: proposals, decisions. Out: which is selected, what was said of each. Does not know about: how they are found and kept.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::app::screen::scroll::{Motion, Selection};
use crate::app::views::request::ViewQuestion;
use crate::config::PhraseDecision;
use crate::index::discover::Proposal;

/// The list of proposals.
#[derive(Debug, Default)]
pub struct PhraseCandidates {
    /// The phrases, best first.
    pub list: Option<Arc<Vec<Proposal>>>,
    /// The selected row.
    pub selection: Selection,
}

impl PhraseCandidates {
    pub(in crate::app) fn ask(&self) -> Option<ViewQuestion> {
        self.list.is_none().then_some(ViewQuestion::PhraseCandidates)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.as_ref().map_or(0, |list| list.len())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The selected phrase.
    pub fn phrase(&self) -> Option<&str> {
        self.list.as_ref()?.get(self.selection.row).map(|proposal| proposal.phrase.as_str())
    }

    pub(in crate::app) fn go(&mut self, motion: Motion, height: usize) {
        let len = self.len();
        self.selection.go(motion, len, height);
    }

    pub(in crate::app) fn settle(&mut self, height: usize) {
        let len = self.len();
        self.selection.settle(len, height);
    }
}

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
