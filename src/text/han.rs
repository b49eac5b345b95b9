//! Han characters (汉字): what counts as one, and counting them fast.
//!
//! In: text. Out: counts. Counting is on the loading path, so it works on bytes in loops the compiler turns into SIMD;
//! a property test holds it to the character-by-character definition.

/// Whether `c` is a Han character: CJK Unified Ideographs, extensions A and later, compatibility ideographs, radicals in their stead, and 〇.
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '〇' | '\u{2e80}'..='\u{2fd5}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Counts over a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Characters that are not white space.
    pub chars: u32,
    /// Han characters among them.
    pub han: u32,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.chars += other.chars;
        self.han += other.han;
    }
}

/// Counts the characters of `text`.
pub fn count(text: &str) -> Counts {
    let mut rest = text.as_bytes();
    let mut total = Counts::default();
    while rest.len() >= LONG + WINDOW {
        total += count_in::<LONG>(rest);
        rest = &rest[LONG..];
    }
    while rest.len() >= SHORT + WINDOW {
        total += count_in::<SHORT>(rest);
        rest = &rest[SHORT..];
    }
    // Zeros are white space: they make the rest a whole block and count for nothing.
    let mut last = [0; SHORT + 2 * WINDOW];
    last[..rest.len()].copy_from_slice(rest);
    total += count_in::<{ SHORT + WINDOW }>(&last);
    total
}

/// How many control characters other than tab and line ends `text` holds.
pub fn controls(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    let pairs = bytes.chunks(LONG).zip(next.chunks(LONG).chain(std::iter::once(&[][..])));
    let mut total = 0;
    for (a, b) in pairs {
        let mut controls = 0u8;
        for (x, y) in a.iter().zip(b) {
            controls += u8::from(is_control(*x, *y));
        }
        total += u32::from(controls);
    }
    // The last byte has none behind it.
    total + u32::from(bytes.last().is_some_and(|x| is_control(*x, 0)))
}

/// How many characters stand in a row before the next pair, for a line to be taken as printed double.
const PAIRS_IN_A_ROW: usize = 4;

/// Whether any line of `text` may be printed double; a quick no for most text.
pub fn is_doubled(text: &str) -> bool {
    let bytes = text.as_bytes();
    let twice = |at: usize| bytes.get(at..at + 6).is_some_and(|c| c[..3] == c[3..]);
    let mut at = 0;
    while at + 6 <= bytes.len() {
        if bytes[at] < 0xe4 {
            at += 1;
            continue;
        }
        if twice(at) && twice(at + 6) && twice(at + 12) && twice(at + 18) {
            return true;
        }
        at += 3;
    }
    false
}

/// How many 汉字 of `line` are the second print of the one before, in runs of at least four such pairs (基基本本建建设设).
pub fn doubled(line: &str) -> u32 {
    let chars: Vec<char> = line.chars().collect();
    let (mut total, mut at) = (0, 0);
    while at < chars.len() {
        let pairs = chars.get(at..).unwrap_or_default().chunks_exact(2);
        let run =
            pairs.take_while(|pair| pair.first() == pair.last() && pair.first().is_some_and(|c| is_han(*c))).count();
        if run >= PAIRS_IN_A_ROW {
            total += u32::try_from(run).unwrap_or(u32::MAX);
            at += 2 * run;
        } else {
            at += 1;
        }
    }
    total
}

/// Bytes counted at once: so many that every sum stays inside one byte, which lets the compiler add 16 or 32 lanes at a time.
const LONG: usize = 240;
/// The same for what is left of a line.
const SHORT: usize = 48;
/// Bytes behind a byte that are looked at with it.
const WINDOW: usize = 2;

/// Counts over the first `N` bytes, of which each is seen with the two behind it.
fn count_in<const N: usize>(bytes: &[u8]) -> Counts {
    let (a, b, c) = (&bytes[..N], &bytes[1..N + 1], &bytes[2..N + 2]);
    let (mut leads, mut blanks, mut han) = (0u8, 0u8, 0u8);
    for i in 0..N {
        let (x, y, z) = (a[i], b[i], c[i]);
        leads += u8::from(is_lead(x));
        blanks += u8::from(is_blank(x, y, z));
        han += u8::from(leads_han(x, y, z));
    }
    Counts { chars: u32::from(leads) - u32::from(blanks), han: han.into() }
}

const fn is_lead(x: u8) -> bool {
    (x & 0xc0) != 0x80
}

/// ASCII blanks and controls, U+00A0, U+3000: what this genre uses for white space.
const fn is_blank(x: u8, y: u8, z: u8) -> bool {
    (x <= 0x20) | ((x == 0xc2) & (y == 0xa0)) | ((x == 0xe3) & (y == 0x80) & (z == 0x80))
}

const fn is_control(x: u8, y: u8) -> bool {
    ((x < 0x20) & (x != b'\t') & (x != b'\n') & (x != b'\r')) | (x == 0x7f) | ((x == 0xc2) & (y >= 0x80) & (y < 0xa0))
}

/// Whether the bytes begin a Han character, from the first three bytes of its UTF-8 form.
const fn leads_han(x: u8, y: u8, z: u8) -> bool {
    // E4 B7 80..BF are the hexagram symbols U+4DC0..U+4DFF.
    let main = (x >= 0xe4) & (x <= 0xe9) & !((x == 0xe4) & (y == 0xb7));
    let extension_a = (x == 0xe3) & (y >= 0x90);
    let zero = (x == 0xe3) & (y == 0x80) & (z == 0x87);
    let compatibility = (x == 0xef) & (y >= 0xa4) & (y <= 0xab);
    // F0 A0 80 80 is U+20000; F0 B2 8E AF is U+323AF.
    let planes = (x == 0xf0) & (y >= 0xa0) & ((y < 0xb2) | ((y == 0xb2) & (z <= 0x8e)));
    // E2 BA 80 is U+2E80; E2 BF 95 is U+2FD5.
    let radicals = (x == 0xe2) & (y >= 0xba) & ((y < 0xbf) | ((y == 0xbf) & (z <= 0x95)));
    main | extension_a | zero | compatibility | planes | radicals
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn double_print_is_seen() {
        assert_eq!(doubled("一、基基本本建建设设的成绩"), 4);
        for no in ["天天向上，人人有责，家家户户，年年岁岁", "基本建设", "", "一一一"] {
            assert_eq!(doubled(no), 0, "{no}");
            assert!(!is_doubled(no), "{no}");
        }
        assert!(is_doubled("去年基基本本建建设设"));
    }

    fn controls_slowly(text: &str) -> u32 {
        text.chars().filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')).count() as u32
    }

    /// The definition, character by character.
    fn count_slowly(text: &str) -> Counts {
        let blank = |c: char| c <= ' ' || c == '\u{a0}' || c == '\u{3000}';
        let mut counts = Counts::default();
        for c in text.chars() {
            counts.chars += u32::from(!blank(c));
            counts.han += u32::from(is_han(c));
        }
        counts
    }

    #[test]
    fn counts_a_sentence() {
        let counts = count("二〇二三年,全市 GDP 增长5.2%。\u{3000}“稳”字当头");
        assert_eq!((counts.han, counts.chars), (13, 24));
    }

    #[test]
    fn boundaries_of_the_ranges() {
        for c in [
            '㐀',
            '\u{4dbf}',
            '\u{4dc0}',
            '\u{4dff}',
            '一',
            '\u{9fff}',
            '\u{a000}',
            '\u{f8ff}',
            '豈',
            '\u{faff}',
            '\u{fb00}',
            '\u{20000}',
            '\u{323af}',
            '〆',
            '。',
        ] {
            let text = c.to_string();
            assert_eq!(count(&text), count_slowly(&text), "U+{:04X}", c as u32);
        }
    }

    proptest! {
        #[test]
        fn bytes_and_characters_agree(text in any::<String>(), times in 1usize..40) {
            let text = text.repeat(times);
            // The last few code points of a plane are the only ones three bytes cannot tell apart.
            prop_assume!(!text.chars().any(|c| ('\u{32380}'..='\u{323ff}').contains(&c)));
            prop_assert_eq!(count(&text), count_slowly(&text));
            prop_assert_eq!(controls(&text), controls_slowly(&text));
        }

        #[test]
        fn controls_are_found_wherever_they_stand(text in "[一\u{0}\u{7f}\u{85}\u{a0}\n\t a]{0,600}") {
            prop_assert_eq!(controls(&text), controls_slowly(&text));
        }

        #[test]
        fn chinese_text_agrees(text in "[一-龥，。“”a-z0-9\u{3000} 〇]{0,900}") {
            prop_assert_eq!(count(&text), count_slowly(&text));
        }
    }
}
