//! Phrases that are never split. In: a list of phrases. Out: the longest one that begins at a place in a text.
//! Does not know about: the dictionary.

use rustc_hash::FxHashMap;

use super::stored::Digester;
use crate::text::Span;

/// Set formulas and user words, by their first character, the longest first.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    by_first: FxHashMap<char, Vec<Box<str>>>,
    /// Which pairs of characters phrases begin with: 65,536 bits, a few too many of them set. Nearly every character of a
    /// text begins no phrase, and here that is known at once.
    beginnings: Vec<u64>,
    /// Whether there is a phrase of one character, which begins with any pair.
    single: bool,
}

/// The word and bit of [`Phrases::beginnings`] for a pair of characters.
const fn bit_of(first: char, second: char) -> (usize, u64) {
    let hash = (first as u32).wrapping_mul(0x9e37_79b1) ^ (second as u32).wrapping_mul(0x85eb_ca6b);
    ((hash >> 22) as usize, 1 << (hash >> 16 & 63))
}

impl Phrases {
    /// From `phrases`; blanks around them do not count, nor do empty ones.
    pub fn new<S: AsRef<str>>(phrases: impl IntoIterator<Item = S>) -> Self {
        let mut by_first: FxHashMap<char, Vec<Box<str>>> = FxHashMap::default();
        let (mut beginnings, mut single) = (vec![0; 1024], false);
        for phrase in phrases {
            let phrase = phrase.as_ref().trim();
            let mut chars = phrase.chars();
            let Some(first) = chars.next() else { continue };
            by_first.entry(first).or_default().push(phrase.into());
            match chars.next() {
                Some(second) => {
                    let (word, bit) = bit_of(first, second);
                    beginnings[word] |= bit;
                }
                None => single = true,
            }
        }
        for same in by_first.values_mut() {
            same.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            same.dedup();
        }
        Self { by_first, beginnings, single }
    }

    /// The longest phrase that `text`, whose first character is `first`, begins with: its length in bytes.
    pub fn at_start(&self, text: &str, first: char) -> Option<usize> {
        if !self.single {
            let (word, bit) = bit_of(first, text.get(first.len_utf8()..)?.chars().next()?);
            (self.beginnings.get(word)? & bit != 0).then_some(())?;
        }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_longest_phrase_wins_and_one_character_is_a_phrase_too() {
        let found = |phrases: &[&str], text: &str| {
            let mut found = Vec::new();
            Phrases::new(phrases).each_in(text, &mut |span| found.push(span.slice(text).to_owned()));
            found
        };
        assert_eq!(found(&["养老", "养老服务", " ", "老人"], "养老人，养老服务"), ["养老", "养老服务"]);
        assert_eq!(found(&["水", "山水"], "山水水田水"), ["山水", "水", "水"]);
        assert!(found(&[], "山水").is_empty());
    }

    proptest! {
        #[test]
        fn none_is_missed(phrases in prop::collection::vec("[养老服务人a]{1,3}", 0..6), text in "[养老服务人a，]{0,20}") {
            let all = Phrases::new(&phrases);
            for (at, c) in text.char_indices() {
                let rest = &text[at..];
                let want = phrases.iter().filter(|p| rest.starts_with(p.as_str())).map(String::len).max();
                prop_assert_eq!(all.at_start(rest, c), want);
            }
        }
    }
}
