//! Which words are no terms. In: the built-in list and the user's. Out: a yes or no for a word.
//! Refuses to know: how words are found.

use std::sync::Arc;

use rustc_hash::FxHashSet;

/// The built-in function words, one a line.
const FUNCTION_WORDS: &str = include_str!("../stopwords.txt");

/// Words that are left out of every table.
#[derive(Debug, Clone)]
pub struct StopList {
    words: Arc<FxHashSet<Box<str>>>,
}

impl StopList {
    /// Leaves nothing out.
    pub fn none() -> Self {
        Self { words: Arc::default() }
    }

    /// The list and these words as well; blanks around them do not count, nor do empty ones.
    #[must_use]
    pub fn with<S: AsRef<str>>(&self, more: impl IntoIterator<Item = S>) -> Self {
        let mut words = (*self.words).clone();
        for word in more {
            let word = word.as_ref().trim();
            if !word.is_empty() {
                words.insert(word.into());
            }
        }
        Self { words: Arc::new(words) }
    }

    /// Whether `word` is left out.
    pub fn contains(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}

impl Default for StopList {
    /// The built-in function words.
    fn default() -> Self {
        Self::none().with(FUNCTION_WORDS.lines())
    }
}

/// Whether a word may stand in a table at all: it has `min_chars` characters and is more than a number.
pub fn is_term(word: &str, min_chars: usize) -> bool {
    let is_figure = |c: char| c.is_numeric() || "〇零一二三四五六七八九十百千万亿两第几数".contains(c);
    let latin_letter = word.len() == 1;
    !latin_letter
        && word.chars().nth(min_chars.max(1) - 1).is_some()
        && !word.chars().all(|c| is_figure(c) || !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_punctuation_and_single_letters_are_no_terms() {
        let cases = [
            ("发展", 2, true),
            ("法", 2, false),
            ("法", 1, true),
            ("法", 0, true),
            ("GDP", 2, true),
            ("5G", 2, true),
            ("A", 1, false),
            ("2022", 2, false),
            ("二十", 2, false),
            ("第十五", 2, false),
            ("——", 2, false),
            ("", 0, false),
        ];
        for (word, min, want) in cases {
            assert_eq!(is_term(word, min), want, "{word} {min}");
        }
    }

    #[test]
    fn the_list_is_sorted_and_can_be_added_to() {
        let words: Vec<&str> = FUNCTION_WORDS.lines().collect();
        assert!(words.is_sorted() && words.len() >= 180);
        let list = StopList::default().with([" 加强 ", ""]);
        assert!(list.contains("的") && list.contains("加强") && !list.contains("") && !list.contains("发展"));
        assert!(!StopList::none().contains("的"));
    }
}
