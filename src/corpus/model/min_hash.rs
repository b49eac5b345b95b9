//! What a text says, in sixteen numbers: enough to find the same text in another file or format.
//!
//! In: the running text of a report. Out: a [`MinHash`]. Does not know about: places, titles, files.
//!
//! The sketch keeps the smallest hashes of the text's clauses (bottom-k sampling: Cohen and Kaplan 2007). Two texts share
//! about as many of them as they share clauses, whatever their order, line breaks, head and tail. Clauses are compared folded
//! (script, width, case) and without signs and blanks: ， for , makes no other text, and one number that was set right changes
//! one clause.

use std::cmp::Ordering;
use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::text::fold::fold_char;

/// The common 汉字, which need no further look.
const fn is_plain_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// Where a clause ends, in any width. A point or comma inside a number (5.5, 1,200) is not told apart: both prints have it.
const fn ends_clause(c: char) -> bool {
    matches!(c, '。' | '，' | '；' | '！' | '？' | '：' | ',' | ';' | '!' | '?' | ':' | '﹐' | '﹔' | '﹕')
}

/// How many hashes are kept.
const KEPT: usize = 16;
/// A clause of fewer letters and 汉字 says nothing of its own.
const CLAUSE: u32 = 8;
/// Fewer clauses than this are no text that one would print twice.
const FEWEST: usize = 6;
/// Two texts are the same if the shorter has so many tenths of the clauses of the longer one,
const LENGTH_TENTHS: u32 = 9;
/// and if so many tenths of the kept hashes are in both.
const SHARED_TENTHS: usize = 8;

/// The smallest hashes of a text's clauses, ascending, and how many clauses there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MinHash {
    smallest: Vec<u64>,
    clauses: u32,
}

impl MinHash {
    /// Sketches the text made of `pieces`: clauses may run from one piece into the next.
    pub fn of<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        let mut sketch = Self::default();
        let (mut hasher, mut length) = (FxHasher::default(), 0);
        for c in pieces.into_iter().flat_map(str::chars) {
            if ends_clause(c) {
                sketch.take(&hasher, length);
                (hasher, length) = (FxHasher::default(), 0);
            } else if is_plain_han(c) || c.is_alphanumeric() {
                hasher.write_u32(fold_char(c).into());
                length += 1;
            }
        }
        sketch.take(&hasher, length);
        sketch
    }

    fn take(&mut self, hasher: &FxHasher, length: u32) {
        if length < CLAUSE {
            return;
        }
        let hash = hasher.finish();
        self.clauses = self.clauses.saturating_add(1);
        let small = self.smallest.len() < KEPT || self.smallest.last().is_some_and(|&last| hash < last);
        if let Some(at) = self.smallest.binary_search(&hash).err().filter(|_| small) {
            self.smallest.insert(at, hash);
            self.smallest.truncate(KEPT);
        }
    }

    /// What it consists of, to be kept: hashes, and the number of clauses.
    pub(crate) fn parts(&self) -> (&[u64], u32) {
        (&self.smallest, self.clauses)
    }

    /// From what was kept.
    pub(crate) const fn from_parts(smallest: Vec<u64>, clauses: u32) -> Self {
        Self { smallest, clauses }
    }

    /// The hashes, for an index of them.
    pub fn hashes(&self) -> &[u64] {
        &self.smallest
    }

    /// Whether two texts are the same but for slips: nine of ten clauses by number, eight of ten of those kept.
    pub fn matches(&self, other: &Self) -> bool {
        let (few, many) = (self.clauses.min(other.clauses), self.clauses.max(other.clauses));
        let longest = self.smallest.len().max(other.smallest.len());
        if self.smallest.len().min(other.smallest.len()) < FEWEST || few * 10 < many * LENGTH_TENTHS {
            return false;
        }
        let mut shared = 0;
        let (mut own, mut others) = (self.smallest.as_slice(), other.smallest.as_slice());
        // This is asked of every text with a common sentence: most are refused after a few hashes.
        while let ([a, rest @ ..], [b, others_rest @ ..]) = (own, others) {
            if (shared + own.len().min(others.len())) * 10 < longest * SHARED_TENTHS {
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
        shared * 10 >= longest * SHARED_TENTHS
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
    fn slips_of_the_pen_make_no_other_text() {
        let whole = text(0, 60);
        let signs: Vec<String> = whole.iter().map(|s| s.replace('，', ",").replace('。', "．。")).collect();
        let mut number = whole.clone();
        number[7] = number[7].replace('7', "9");
        let headed: Vec<String> =
            ["来源：子墟日报，记者无名氏报道的消息".to_owned()].into_iter().chain(whole.clone()).collect();
        let script: Vec<String> = whole.iter().map(|s| s.replace("灯", "燈").replace("齐", "齊")).collect();
        let width: Vec<String> = whole
            .iter()
            .map(|s| {
                s.chars()
                    .map(|c| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c })
                    .collect()
            })
            .collect();
        for other in [&signs, &number, &headed, &script, &width] {
            assert!(sketch(&whole).matches(&sketch(other)), "{:?}", other.first());
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
