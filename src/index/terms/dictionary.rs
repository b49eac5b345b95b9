//! The words of the dictionary, used where they lie in the program, and the likeliest way to cut a run of Han characters
//! into them.
//!
//! In: runs of Han characters. Out: words, in order. Does not know about: phrases that are kept whole, other characters.
//!
//! The words are a double array (Aoe 1989) made by `data/make-dictionary.py`, which says how it lies. The way to cut is
//! jieba's without its guessing model: of all ways to cut a run, the one whose words have the greatest product of relative
//! frequencies; of two as likely, the one with the longer word at the earlier place.

use std::cell::RefCell;
use std::sync::OnceLock;

static DATA: &[u8] = include_bytes!("../../../data/dictionary.bin");

/// Bytes of the head.
const HEAD: usize = 32;
/// Bytes of a cell.
const CELL: usize = 6;

/// The words and how likely each is.
#[derive(Debug)]
pub(super) struct Dictionary {
    /// The first character that has a code.
    first: u32,
    /// Codes of characters, two bytes each; 0 for those in no word.
    codes: &'static [u8],
    /// The double array, with two bytes behind its last cell.
    cells: &'static [u8],
    /// Natural logarithm of each relative frequency, by its index; the first stands for a character that is no word.
    logs: Vec<f64>,
}

#[derive(Debug, Default)]
struct Scratch {
    /// Byte offset and code of each character.
    chars: Vec<(u32, u16)>,
    /// For each character, the best way from it to the end: its logarithm, and the index of the character after its first word.
    best: Vec<(f64, u32)>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl Dictionary {
    /// The dictionary; made ready when it is first asked for, which takes less than a millisecond.
    pub fn get() -> &'static Self {
        static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
        DICTIONARY.get_or_init(Self::read)
    }

    /// Its bytes, as they lie in the program.
    pub const fn bytes() -> &'static [u8] {
        DATA
    }

    fn read() -> Self {
        let number = |at: usize| DATA[at..at + 4].iter().rev().fold(0, |n, &b| n << 8 | u32::from(b));
        let (first, codes, frequencies) = (number(8), number(12) as usize, number(16) as usize);
        let total = f64::from(number(24)) + f64::from(number(28)) * 2f64.powi(32);
        let (codes_end, logs_end) = (HEAD + 2 * codes, HEAD + 2 * codes + 4 * frequencies);
        let log = |n: usize| f64::from(number(codes_end + 4 * n).max(1)).ln() - total.ln();
        Self {
            first,
            codes: &DATA[HEAD..codes_end],
            cells: &DATA[logs_end..],
            logs: (0..frequencies).map(log).collect(),
        }
    }

    /// Hands every word of `run` to `take`, in order: all its characters, each in one word.
    pub fn cut<'t>(&self, run: &'t str, take: &mut dyn FnMut(&'t str)) {
        SCRATCH.with_borrow_mut(|scratch| {
            scratch.chars.clear();
            for (at, c) in run.char_indices() {
                let at = u32::try_from(at).unwrap_or(u32::MAX);
                if is_of_the_dictionary(c) {
                    scratch.chars.push((at, self.code(c)));
                } else {
                    // What no dictionary of this kind knows ends a run, and is a word of its own.
                    self.cut_known(run, at, scratch, take);
                    take(&run[at as usize..at as usize + c.len_utf8()]);
                    scratch.chars.clear();
                }
            }
            self.cut_known(run, u32::try_from(run.len()).unwrap_or(u32::MAX), scratch, take);
        });
    }

    /// Cuts the characters of `scratch`, which end at byte `end` of `run`.
    fn cut_known<'t>(&self, run: &'t str, end: u32, scratch: &mut Scratch, take: &mut dyn FnMut(&'t str)) {
        let Scratch { chars, best } = scratch;
        let count = chars.len();
        best.clear();
        best.resize(count + 1, (0.0, 0));
        for from in (0..count).rev() {
            let mut found: Option<(f64, u32)> = None;
            let mut base = 0;
            for to in from..count {
                let code = chars[to].1;
                let Some((child, frequency)) = self.step(base, code) else { break };
                if frequency > 0 {
                    let log = self.logs[frequency] + best[to + 1].0;
                    if found.is_none_or(|(most, _)| log >= most) {
                        found = Some((log, to as u32 + 1));
                    }
                }
                if child == 0 {
                    break;
                }
                base = child;
            }
            best[from] = found.unwrap_or_else(|| (self.logs[0] + best[from + 1].0, from as u32 + 1));
        }
        let mut from = 0;
        while from < count {
            let to = best[from].1 as usize;
            let start = chars[from].0 as usize;
            take(&run[start..chars.get(to).map_or(end, |c| c.0) as usize]);
            from = to;
        }
    }

    /// Whether it has this word.
    pub fn has_word(&self, word: &str) -> bool {
        let mut at = (0, 0);
        for (nth, c) in word.chars().enumerate() {
            if nth > 0 && at.0 == 0 {
                return false;
            }
            match self.step(at.0, self.code(c)) {
                Some(next) => at = next,
                None => return false,
            }
        }
        at.1 > 0
    }

    fn code(&self, c: char) -> u16 {
        let at = 2 * u32::from(c).wrapping_sub(self.first) as usize;
        self.codes.get(at..at + 2).map_or(0, |pair| u16::from_le_bytes([pair[0], pair[1]]))
    }

    /// From the node with this base over a character of this code: the base of its children (0: it has none) and the index
    /// of the frequency of the word that ends there (0: none does).
    #[inline]
    fn step(&self, base: u32, code: u16) -> Option<(u32, usize)> {
        let at = CELL * (base as usize + usize::from(code));
        let bytes = self.cells.get(at..at + 8)?;
        let cell = u64::from_le_bytes(bytes.try_into().ok()?);
        let label = (cell >> 21 & 0x3fff) as u16;
        (code != 0 && label == code).then_some(((cell & 0x1f_ffff) as u32, (cell >> 35 & 0x1fff) as usize))
    }
}

/// Whether jieba takes `c` for a character that may stand in a word.
const fn is_of_the_dictionary(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2a6df}'
        | '\u{2a700}'..='\u{2ebef}'
        | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use jieba_rs::Jieba;
    use proptest::prelude::*;

    use super::*;
    use crate::text::han::is_han;

    fn cut(run: &str) -> Vec<&str> {
        let mut words = Vec::new();
        Dictionary::get().cut(run, &mut |word| words.push(word));
        words
    }

    fn jieba() -> &'static Jieba {
        static JIEBA: OnceLock<Jieba> = OnceLock::new();
        // With what `data/make-dictionary.py` adds and leaves out.
        JIEBA.get_or_init(|| {
            let mut jieba = Jieba::new();
            for line in include_str!("../../../data/added.txt").lines() {
                let (word, frequency) = line.split_once(' ').unwrap();
                jieba.add_word(word, frequency.parse().ok(), None);
            }
            for word in include_str!("../../../data/compounds.txt").lines() {
                jieba.add_word(word, Some(0), None);
            }
            jieba
        })
    }

    #[test]
    fn words_are_told_from_their_beginnings() {
        for (word, want) in [
            ("常态化", true),
            ("招商引资", true),
            ("招商引", false),
            ("明显增强", false),
            ("三条", false),
            ("", false),
            ("龘龘", false),
        ] {
            assert_eq!(Dictionary::get().has_word(word), want, "{word}");
        }
    }

    #[test]
    fn the_sample_is_cut_as_jieba_cuts_it() {
        let text: String = crate::corpus::load::sample().documents().iter().map(|document| document.text()).collect();
        let mut runs = 0;
        for run in text.split(|c| !is_han(c)).filter(|run| !run.is_empty()) {
            let want: Vec<&str> = jieba().cut(run, false).into_iter().map(|token| token.word).collect();
            assert_eq!(cut(run), want);
            runs += 1;
        }
        assert!(runs > 500);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn runs_are_cut_as_jieba_cuts_them(
            run in "[一二三人民大会代表全过程中国共和新时期工作报告发展的了在〇龘㐀豈𠀀经济社会监督预算执行情况审议意见]{0,60}"
        ) {
            let want: Vec<&str> = jieba().cut(&run, false).into_iter().map(|token| token.word).collect();
            prop_assert_eq!(cut(&run), want);
        }

        #[test]
        fn any_han_is_cut_as_jieba_cuts_it(run in "[\u{4e00}-\u{9fff}]{0,60}") {
            let want: Vec<&str> = jieba().cut(&run, false).into_iter().map(|token| token.word).collect();
            prop_assert_eq!(cut(&run), want);
        }
    }
}
