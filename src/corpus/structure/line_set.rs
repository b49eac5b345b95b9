//! Some of the lines of a document. In: 0-based lines. Out: whether one is among them. Does not know about: what they are.
//!
//! A bit each: a file of five million lines may have as many that continue the one before.

/// A set of lines (0-based).
#[derive(Debug, Clone, Default)]
pub struct LineSet {
    words: Vec<u64>,
}

impl LineSet {
    /// Adds a line.
    pub fn insert(&mut self, line: usize) {
        let word = line / 64;
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= 1 << (line % 64);
    }

    /// Takes a line out.
    pub fn remove(&mut self, line: usize) {
        if let Some(word) = self.words.get_mut(line / 64) {
            *word &= !(1 << (line % 64));
        }
    }

    /// Whether a line is in it.
    pub fn contains(&self, line: usize) -> bool {
        self.words.get(line / 64).is_some_and(|word| word >> (line % 64) & 1 == 1)
    }

    /// Whether no line is.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Adds all lines of another.
    pub fn insert_all(&mut self, other: &Self) {
        self.words.resize(self.words.len().max(other.words.len()), 0);
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }
}

impl FromIterator<usize> for LineSet {
    fn from_iter<I: IntoIterator<Item = usize>>(lines: I) -> Self {
        let mut set = Self::default();
        lines.into_iter().for_each(|line| set.insert(line));
        set
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_holds_what_was_put_in(added in prop::collection::vec(0..300usize, 0..60), more in prop::collection::vec(0..400usize, 0..9), removed in prop::collection::vec(0..300usize, 0..20)) {
            let mut set: LineSet = added.iter().copied().collect();
            removed.iter().for_each(|line| set.remove(*line));
            set.insert_all(&more.iter().copied().collect());
            let mut want: BTreeSet<usize> = added.iter().filter(|line| !removed.contains(line)).copied().collect();
            want.extend(&more);
            let got: BTreeSet<usize> = (0..400).filter(|line| set.contains(*line)).collect();
            prop_assert_eq!(set.is_empty(), want.is_empty());
            prop_assert_eq!(got, want);
        }
    }
}
