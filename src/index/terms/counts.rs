//! Words by number, and their counts: of a part of a text, of the first reports of a corpus.
//!
//! In: words, counts. Out: sums. Does not know about: where words come from, who keeps their counts.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// A word of the vocabulary. Numbers differ from run to run: nothing a user sees may depend on them.
pub type WordId = u32;

/// Words with their counts, by ascending word.
pub type WordCounts = Box<[(WordId, u32)]>;

/// The counts of a part of a text: a section, a report.
#[derive(Debug, Clone, Default)]
pub struct PartCounts {
    /// Its 汉字.
    pub han: u64,
    /// Its words.
    pub words: WordCounts,
}

/// Sums over the first reports of a corpus, those printed twice counted once.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    /// How many reports are summed up.
    pub reports: usize,
    /// Their 汉字.
    pub han: u64,
    /// Occurrences of every word, by its number.
    pub counts: Vec<u64>,
    /// Reports that have it, by its number.
    pub ranges: Vec<u32>,
    /// Places that have it, by its number.
    pub places: Vec<u32>,
}

/// Words and their numbers.
#[derive(Debug, Default)]
pub struct Vocabulary {
    words: Vec<Arc<str>>,
    ids: FxHashMap<Arc<str>, WordId>,
}

impl Vocabulary {
    /// The number of a word, if it was ever counted.
    pub fn id(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }

    /// The word of a number that this vocabulary gave.
    pub fn word(&self, id: WordId) -> &str {
        self.words.get(id as usize).map_or("", |word| word)
    }

    /// The number of a word, a new one if it has none.
    pub fn take_in(&mut self, word: &str) -> WordId {
        if let Some(id) = self.id(word) {
            return id;
        }
        let id = WordId::try_from(self.words.len()).unwrap_or(WordId::MAX);
        let word: Arc<str> = word.into();
        self.words.push(Arc::clone(&word));
        self.ids.insert(word, id);
        id
    }
}

impl Totals {
    /// Adds a report; `known` are the words of its place so far, which take in the new ones.
    pub fn add(&mut self, report: &PartCounts, known: Option<&mut WordSet>) {
        self.reports += 1;
        self.han += report.han;
        let len = report.words.last().map_or(0, |(id, _)| *id as usize + 1).max(self.counts.len());
        self.counts.resize(len, 0);
        self.ranges.resize(len, 0);
        self.places.resize(len, 0);
        for &(id, count) in &report.words {
            self.counts[id as usize] += u64::from(count);
            self.ranges[id as usize] += 1;
        }
        let Some(known) = known else { return };
        for &(id, _) in &report.words {
            self.places[id as usize] += u32::from(known.insert(id));
        }
    }
}

/// A set of words.
#[derive(Debug, Clone, Default)]
pub struct WordSet(Vec<u64>);

impl WordSet {
    /// Takes a word in; whether it is new.
    pub fn insert(&mut self, word: WordId) -> bool {
        let (at, bit) = (word as usize / 64, 1u64 << (word % 64));
        if at >= self.0.len() {
            self.0.resize(at + 1, 0);
        }
        let slot = &mut self.0[at];
        let new = *slot & bit == 0;
        *slot |= bit;
        new
    }
}
