//! What a text says, in sixteen numbers: enough to find the same text in another file or format.
//!
//! In: the running text of a report. Out: a [`MinHash`]. Does not know about: places, titles, files.
//!
//! The sketch keeps the smallest hashes of the text's sentences (bottom-k sampling: Cohen and Kaplan 2007). Two texts share
//! about as many of them as they share sentences, whatever their order, line breaks, head and tail.

use std::cmp::Ordering;
use std::hash::Hasher;

use rustc_hash::FxHasher;

/// How many hashes are kept.
const KEPT: usize = 16;
/// A shorter sentence (in bytes, about 10 汉字) says nothing of its own.
const SENTENCE_BYTES: usize = 30;
/// Fewer sentences than this are no text that one would print twice.
const FEWEST: usize = 3;

/// The smallest hashes of a text's sentences, ascending, and how many sentences there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MinHash {
    smallest: Vec<u64>,
    sentences: u32,
}

impl MinHash {
    /// Sketches the text made of `pieces`: sentences may run from one piece into the next.
    pub fn of<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        let mut sketch = Self::default();
        // The head of a sentence that the next piece goes on with.
        let mut open = String::new();
        let [stop, wide, fixed] = ["。", "\u{3000}", "\u{a0}"].map(memchr::memmem::Finder::new);
        // Looked for once a piece: few have any.
        let has_blanks = |piece: &str| {
            let bytes = piece.as_bytes();
            memchr::memchr(b' ', bytes).is_some() || wide.find(bytes).is_some() || fixed.find(bytes).is_some()
        };
        let mut open_blanks = false;
        for piece in pieces {
            let blanks = has_blanks(piece);
            let mut from = 0;
            for end in stop.find_iter(piece.as_bytes()) {
                let sentence = &piece[from..end];
                if open.is_empty() {
                    sketch.take(sentence, blanks);
                } else {
                    open.push_str(sentence);
                    sketch.take(&open, blanks || open_blanks);
                    open.clear();
                }
                from = end + "。".len();
            }
            open_blanks = blanks || (open_blanks && !open.is_empty());
            open.push_str(&piece[from..]);
        }
        sketch
    }

    /// `blanks` says that there may be some inside, which differ from one print of a text to the next.
    fn take(&mut self, sentence: &str, blanks: bool) {
        let sentence = sentence.trim();
        if sentence.len() < SENTENCE_BYTES {
            return;
        }
        let mut hasher = FxHasher::default();
        if blanks && sentence.contains([' ', '\u{3000}', '\u{a0}']) {
            hasher.write(sentence.split_whitespace().collect::<String>().as_bytes());
        } else {
            hasher.write(sentence.as_bytes());
        }
        let hash = hasher.finish();
        self.sentences = self.sentences.saturating_add(1);
        let small = self.smallest.len() < KEPT || self.smallest.last().is_some_and(|&last| hash < last);
        if let Some(at) = self.smallest.binary_search(&hash).err().filter(|_| small) {
            self.smallest.insert(at, hash);
            self.smallest.truncate(KEPT);
        }
    }

    /// What it consists of, to be kept: hashes, and the number of sentences.
    pub(crate) fn parts(&self) -> (&[u64], u32) {
        (&self.smallest, self.sentences)
    }

    /// From what was kept.
    pub(crate) const fn from_parts(smallest: Vec<u64>, sentences: u32) -> Self {
        Self { smallest, sentences }
    }

    /// The hashes, for an index of them.
    pub fn hashes(&self) -> &[u64] {
        &self.smallest
    }

    /// Whether two texts are the same but for slips: nine of ten sentences.
    pub fn matches(&self, other: &Self) -> bool {
        let (few, many) = (self.sentences.min(other.sentences), self.sentences.max(other.sentences));
        let longest = self.smallest.len().max(other.smallest.len());
        if self.smallest.len().min(other.smallest.len()) < FEWEST || few * 10 < many * 9 {
            return false;
        }
        let mut shared = 0;
        let (mut own, mut others) = (self.smallest.as_slice(), other.smallest.as_slice());
        // This is asked of every text with a common sentence: most are refused after a few hashes.
        while let ([a, rest @ ..], [b, others_rest @ ..]) = (own, others) {
            if (shared + own.len().min(others.len())) * 10 < longest * 8 {
                return false;
            }
            match a.cmp(b) {
                Ordering::Less => own = rest,
                Ordering::Greater => others = others_rest,
                Ordering::Equal => {
                    shared += 1;
                    (own, others) = (rest, others_rest);
                }
            }
        }
        shared * 10 >= longest * 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(from: usize, to: usize) -> Vec<String> {
        (from..to).map(|n| format!("守灯人第{n}夜登上灯塔，把灯芯剪得齐齐整整。")).collect()
    }

    fn sketch(pieces: &[String]) -> MinHash {
        MinHash::of(pieces.iter().map(String::as_str))
    }

    #[test]
    fn the_same_text_is_found_whatever_its_lines() {
        let whole = text(0, 60);
        let one_line = vec![whole.concat()];
        let broken: Vec<String> =
            whole.concat().chars().collect::<Vec<_>>().chunks(17).map(|c| c.iter().collect()).collect();
        let spaced: Vec<String> = whole.iter().map(|s| s.replace('，', "， ")).collect();
        for other in [&one_line, &broken, &spaced, &text(1, 60)] {
            assert!(sketch(&whole).matches(&sketch(other)));
        }
    }

    #[test]
    fn another_text_is_another() {
        assert!(!sketch(&text(0, 60)).matches(&sketch(&text(30, 90))));
        assert!(!sketch(&text(0, 60)).matches(&sketch(&text(0, 30))));
        assert!(!MinHash::default().matches(&MinHash::default()));
        assert!(!sketch(&text(0, 2)).matches(&sketch(&text(0, 2))));
    }
}
