//! Phrases found in the corpus, and what the user said of them.
//!
//! In: proposals, verdicts. Out: which is selected, what was said of each. Does not know about: how they are found and kept.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::ask::PictureAsk;
use crate::app::scroll::{Motion, Selection};
use crate::config::Verdict;
use crate::index::discover::Proposal;

/// The list of proposals.
#[derive(Debug, Default)]
pub struct Proposals {
    /// The phrases, best first.
    pub list: Option<Arc<Vec<Proposal>>>,
    /// The selected row.
    pub selection: Selection,
}

impl Proposals {
    pub(super) fn ask(&self) -> Option<PictureAsk> {
        self.list.is_none().then_some(PictureAsk::Proposals)
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

    pub(super) fn go(&mut self, motion: Motion, height: usize) {
        let len = self.len();
        self.selection.go(motion, len, height);
    }

    pub(super) fn settle(&mut self, height: usize) {
        let len = self.len();
        self.selection.settle(len, height);
    }
}

/// What the user said of phrases: in the word file and in this run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdicts {
    /// Words that are never split.
    pub accepted: BTreeSet<String>,
    /// Phrases that are not proposed again.
    pub refused: BTreeSet<String>,
}

impl Verdicts {
    /// What was said of a phrase.
    pub fn of(&self, phrase: &str) -> Verdict {
        if self.accepted.contains(phrase) {
            Verdict::Accepted
        } else if self.refused.contains(phrase) {
            Verdict::Refused
        } else {
            Verdict::Open
        }
    }

    /// Says something of a phrase, in place of what was said before.
    pub fn say(&mut self, phrase: &str, verdict: Verdict) {
        self.accepted.remove(phrase);
        self.refused.remove(phrase);
        match verdict {
            Verdict::Accepted => self.accepted.insert(phrase.to_owned()),
            Verdict::Refused => self.refused.insert(phrase.to_owned()),
            Verdict::Open => false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_holds() {
        let mut verdicts = Verdicts::default();
        for verdict in [Verdict::Accepted, Verdict::Refused, Verdict::Open] {
            verdicts.say("稻渔共生", verdict);
            assert_eq!(verdicts.of("稻渔共生"), verdict);
        }
        assert_eq!(verdicts, Verdicts::default());
    }
}
