//! Pinyin found in Chinese text. In: pinyin in its normal form, 汉字 and other signs among it. Out: where text can be read
//! so, by every reading of its characters. Does not know about: reports, and what a key on the keyboard means.
//!
//! Every character takes a whole syllable, or its first letter (zh, ch and sh count as one letter too), or itself; the
//! last one also takes the beginning of a syllable, for it may still be being typed. Of several readings of the text at
//! one place the one with the fewest characters counts.

use std::ops::Range;
use std::sync::OnceLock;

use crate::text::pinyin::{all_syllables, loosen};

const FIRST: u32 = 0x3400;
const LAST: u32 = 0xA000;

/// The readings of every Han character of the Basic Multilingual Plane.
#[derive(Debug)]
struct Readings {
    /// Per character, which letters a reading begins with: bit 0 for a.
    initials: Vec<u32>,
    /// Per character, where its readings begin in `readings`.
    starts: Vec<u32>,
    /// Indices in `syllables`.
    readings: Vec<u16>,
    syllables: Vec<String>,
}

impl Readings {
    /// Made once, when the first query in pinyin is asked; it takes some milliseconds.
    fn get() -> &'static Self {
        static READINGS: OnceLock<Readings> = OnceLock::new();
        READINGS.get_or_init(|| {
            let mut ids = rustc_hash::FxHashMap::<String, u16>::default();
            let mut made = Self { initials: Vec::new(), starts: vec![0], readings: Vec::new(), syllables: Vec::new() };
            for c in (FIRST..LAST).map(|n| char::from_u32(n).unwrap_or(' ')) {
                let mut initials = 0;
                for syllable in all_syllables(c) {
                    let syllable = loosen(syllable);
                    initials |= initial(syllable.as_bytes());
                    let id = *ids.entry(syllable).or_insert_with_key(|syllable| {
                        made.syllables.push(syllable.clone());
                        u16::try_from(made.syllables.len() - 1).unwrap_or(u16::MAX)
                    });
                    made.readings.push(id);
                }
                made.initials.push(initials);
                made.starts.push(u32::try_from(made.readings.len()).unwrap_or(u32::MAX));
            }
            made
        })
    }

    fn initials_of(&self, c: char) -> u32 {
        let index = (c as u32).wrapping_sub(FIRST) as usize;
        self.initials.get(index).copied().unwrap_or(0)
    }

    fn of(&self, c: char) -> impl Iterator<Item = &str> {
        let index = (c as u32).wrapping_sub(FIRST) as usize;
        let range = match (self.starts.get(index), self.starts.get(index.wrapping_add(1))) {
            (Some(&from), Some(&to)) => from as usize..to as usize,
            _ => 0..0,
        };
        self.readings[range].iter().filter_map(|&id| self.syllables.get(id as usize).map(String::as_str))
    }
}

/// The bit of a syllable's first letter.
const fn initial(syllable: &[u8]) -> u32 {
    match syllable.first() {
        Some(letter @ b'a'..=b'z') => 1 << (*letter - b'a'),
        _ => 0,
    }
}

/// A query in pinyin, ready to be found.
#[derive(Debug, Clone)]
pub struct PinyinMatcher {
    /// In the normal form of [`crate::text::pinyin::normalise`], loosened.
    query: String,
    first: char,
    bit: u32,
}

impl PinyinMatcher {
    /// Prepares `query`, which must be in its normal form and loosened, and not longer than [`LONGEST`].
    pub fn new(query: &str) -> Self {
        Readings::get();
        Self { query: query.to_owned(), first: query.chars().next().unwrap_or(' '), bit: initial(query.as_bytes()) }
    }

    /// The first place in `text[from..until]` that can be read so. Both are character boundaries; the reading may end
    /// behind `until`.
    pub fn find(&self, text: &str, from: usize, until: usize) -> Option<Range<usize>> {
        let readings = Readings::get();
        for (at, c) in text.get(from..until)?.char_indices() {
            if (c == self.first || readings.initials_of(c) & self.bit != 0)
                && let Some(length) = self.length_at(readings, text.get(from + at..)?)
            {
                return Some(from + at..from + at + length);
            }
        }
        None
    }

    /// How many bytes at the start of `text` can be read as the query.
    fn length_at(&self, readings: &Readings, text: &str) -> Option<usize> {
        // Bit n: the characters so far can be the first n bytes of the query.
        let mut states: u128 = 1;
        for (at, c) in text.char_indices() {
            let mut next = 0;
            while states != 0 {
                let state = states.trailing_zeros() as usize;
                states &= states - 1;
                if self.step(readings, c, state, &mut next) {
                    return Some(at + c.len_utf8());
                }
            }
            if next == 0 {
                return None;
            }
            states = next;
        }
        None
    }

    /// Lets `c` take something off the query's rest from byte `state` on; says whether that was all of it.
    fn step(&self, readings: &Readings, c: char, state: usize, next: &mut u128) -> bool {
        let Some(rest) = self.query.get(state..) else { return false };
        let mut take = |length: usize| {
            if length < rest.len() {
                *next |= 1 << (state + length);
            }
            length >= rest.len()
        };
        if rest.starts_with(c) && take(c.len_utf8()) {
            return true;
        }
        if readings.initials_of(c) & initial(rest.as_bytes()) == 0 {
            return false;
        }
        for syllable in readings.of(c) {
            if syllable.as_bytes().first() != rest.as_bytes().first() {
                continue;
            }
            // The first letter, the first sound, the whole syllable or, at the query's end, its beginning.
            let double = ["zh", "ch", "sh"].iter().any(|d| syllable.starts_with(d) && rest.starts_with(d));
            if take(1)
                || (double && take(2))
                || (rest.starts_with(syllable) && take(syllable.len()))
                || (syllable.starts_with(rest) && take(rest.len()))
            {
                return true;
            }
        }
        false
    }
}

/// The longest query, in bytes: as many as [`PinyinMatcher`] keeps apart.
pub const LONGEST: usize = 127;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::pinyin::normalise;

    fn hits<'t>(query: &str, text: &'t str) -> Vec<&'t str> {
        let spelled = PinyinMatcher::new(&loosen(&normalise(query)));
        let (mut out, mut at) = (Vec::new(), 0);
        while let Some(found) = spelled.find(text, at, text.len()) {
            at = found.end;
            out.push(&text[found]);
        }
        out
    }

    #[test]
    fn text_is_found_by_how_it_is_read() {
        let cases: [(&str, &str, &[&str]); 14] = [
            ("xiangcunzhenxing", "全面推进乡村振兴", &["乡村振兴"]),
            ("xczx", "全面推进乡村振兴", &["乡村振兴"]),
            ("乡cunzx", "全面推进乡村振兴", &["乡村振兴"]),
            ("xiangczhenx", "推进乡村振兴。", &["乡村振兴"]),
            ("xiangcunzhenxi", "推进乡村振兴。", &["乡村振兴"]),
            ("xiangcunzhx", "推进乡村振兴。", &["乡村振兴"]),
            ("chongqing", "重庆市", &["重庆"]),
            ("zhongyao", "重要", &["重要"]),
            ("changchun", "长春，成长", &["长春"]),
            ("chengzhang", "长春，成长", &["成长"]),
            ("xian", "西安，先", &["西安", "先"]),
            ("lvse", "绿色", &["绿色"]),
            ("gdpzz", "gdp增长", &["gdp增长"]),
            ("xczx", "乡村，振兴", &[]),
        ];
        for (query, text, want) in cases {
            assert_eq!(hits(query, text), want, "{query} in {text}");
        }
    }

    #[test]
    fn every_reading_of_every_character_is_known() {
        for c in ['一', '长', '行', '㐀', '龥'] {
            for syllable in all_syllables(c) {
                assert_eq!(hits(syllable, &c.to_string()), [c.to_string()], "{c} {syllable}");
            }
        }
    }
}
