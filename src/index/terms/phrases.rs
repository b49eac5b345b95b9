//! Phrases that are never split. In: a list of phrases. Out: the longest one that begins at a place in a text.
//! Refuses to know: the dictionary.

use rustc_hash::FxHashMap;

use super::stored::Digester;
use crate::text::Span;

/// Set formulas and user words, by their first character, the longest first.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    by_first: FxHashMap<char, Vec<Box<str>>>,
}

impl Phrases {
    /// From `phrases`; blanks around them do not count, nor do empty ones.
    pub fn new<S: AsRef<str>>(phrases: impl IntoIterator<Item = S>) -> Self {
        let mut by_first: FxHashMap<char, Vec<Box<str>>> = FxHashMap::default();
        for phrase in phrases {
            let phrase = phrase.as_ref().trim();
            if let Some(first) = phrase.chars().next() {
                by_first.entry(first).or_default().push(phrase.into());
            }
        }
        for same in by_first.values_mut() {
            same.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            same.dedup();
        }
        Self { by_first }
    }

    /// The longest phrase that `text`, whose first character is `first`, begins with: its length in bytes.
    pub fn at_start(&self, text: &str, first: char) -> Option<usize> {
        self.by_first.get(&first)?.iter().find(|phrase| text.starts_with(&***phrase)).map(|phrase| phrase.len())
    }

    /// Hands over where phrases stand in `text`: leftmost first, longest first, without overlaps.
    pub fn each_in(&self, text: &str, take: &mut dyn FnMut(Span)) {
        let mut at = 0;
        while let Some((rest, first)) = text.get(at..).and_then(|rest| Some((rest, rest.chars().next()?))) {
            let length = self.at_start(rest, first);
            if let Some(length) = length {
                take(Span::of(at..at + length));
            }
            at += length.unwrap_or(first.len_utf8());
        }
    }

    /// Every phrase, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.by_first.values().flatten().map(|phrase| &**phrase)
    }

    /// A digest of `salt` and the phrases.
    pub fn fingerprint(&self, salt: &str) -> u64 {
        let mut phrases: Vec<&str> = self.iter().collect();
        phrases.sort_unstable();
        let mut digester = Digester::default();
        std::iter::once(salt).chain(phrases).for_each(|text| digester.add(text.as_bytes()));
        digester.finish().0
    }
}
