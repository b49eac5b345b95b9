//! How much a shared passage says. In: a match of two paragraphs, what is common. Out: characters nobody else uses, and what
//! kind of passage it is. Does not know about: lists, screens.

use serde::Serialize;

use super::align::Match;
use super::common::Common;
use super::paragraph::PassageParagraph;
use super::winnow::{GRAM, GUARANTEE, gram_hash};

/// A run of letters of its own shorter than this, between common ones, says nothing.
const ISLAND: usize = 3;

/// What a shared passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PassageKind {
    /// Wording that few use.
    Reuse,
    /// Titles of laws, 依照…的规定, set phrases of party documents.
    Citation,
    /// Wording that many places use.
    Formula,
}

impl PassageKind {
    /// Its name in the JSON contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reuse => "reuse",
            Self::Citation => "citation",
            Self::Formula => "formula",
        }
    }
}

/// For each letter of a paragraph whether it is in a common run.
pub fn common_letters(letters: &[char], common: &Common) -> Vec<bool> {
    let mut marked = vec![false; letters.len()];
    for (at, run) in letters.windows(GRAM).enumerate() {
        if common.holds(gram_hash(run)) {
            marked[at..at + GRAM].fill(true);
        }
    }
    marked
}

/// A paragraph and which of its letters are common.
#[derive(Debug, Clone, Copy)]
pub struct Marked<'p> {
    /// The paragraph.
    pub paragraph: &'p PassageParagraph,
    /// For each letter whether it is in a common run.
    pub common: &'p [bool],
}

/// How many letters of a match nobody else uses, and its kind. The same whichever side is first.
pub fn strength(passage: &Match, one: Marked<'_>, other: Marked<'_>) -> (usize, PassageKind) {
    let (mut novel, mut cited) = (0, 0);
    let at = |flags: &[bool], index: usize| flags.get(index).copied().unwrap_or(false);
    for block in &passage.blocks {
        let mut island = 0;
        let mut close = |island: &mut usize| {
            if *island >= ISLAND {
                novel += *island;
            }
            *island = 0;
        };
        for i in 0..block.length {
            let (a, b) = (block.a + i, block.b + i);
            let citation = at(&one.paragraph.cited, a) || at(&other.paragraph.cited, b);
            cited += usize::from(citation);
            let digit = one.paragraph.letters.get(a).is_none_or(char::is_ascii_digit);
            if citation || digit || at(one.common, a) || at(other.common, b) {
                close(&mut island);
            } else {
                island += 1;
            }
        }
        close(&mut island);
    }
    let kind = if novel >= GUARANTEE {
        PassageKind::Reuse
    } else if 2 * cited > passage.matched() {
        PassageKind::Citation
    } else {
        PassageKind::Formula
    };
    (novel, kind)
}
