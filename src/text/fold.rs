//! The form in which text is compared, and the way back to the original.
//!
//! In: text as people write it. Out: text in which full and half width, simplified and traditional, upper and lower
//! case, curly and straight quotes are the same, and blanks inside Chinese are gone; and for every character of it where
//! it comes from. Does not know about what is compared and why.
//!
//! [`fold_char`] is one character to one character. [`fold_line`] adds what needs neighbours: a run of blanks between
//! two Latin words is one blank, and beside a Chinese character none, because writers set 2022 年 and 2022年 alike.
//! Characters that nobody can see (zero width blanks, fillers, tags, soft hyphens) are dropped.

use std::borrow::Cow;
use std::ops::Range;

use super::visible::is_invisible;
use super::width::is_plain_han;

/// Pairs of a traditional character and its simplified form, from OpenCC (see `data/README.md`).
const PAIRS: &str = include_str!("../../data/simplified.txt");

/// Pairs of a radical or compatibility ideograph and the ideograph it stands for, from Unicode (see `data/README.md`).
const STAND_INS: &str = include_str!("../../data/radicals.txt");

/// Pairs of a compatibility ideograph of plane 2 and the ideograph it stands for, ascending, from Unicode (see `data/README.md`).
const SUPPLEMENT: &str = include_str!("../../data/supplement.txt");

/// What stands behind `c` in a list of pairs; for characters rare enough to be looked for.
fn paired(pairs: &str, c: char) -> Option<char> {
    let mut pairs = pairs.chars().filter(|c| *c != '\n');
    while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
        if from == c {
            return Some(to);
        }
    }
    None
}

/// The ideograph for a compatibility ideograph of plane 2.
fn supplementary(c: char) -> char {
    // Of the plane's own forms some are folded further: 長 to 长.
    paired(SUPPLEMENT, c).map_or(c, |to| if is_plain_han(to) { fold_char(to) } else { to })
}

/// The ideograph that a radical (U+2F00 ⼀ for 一) is written for, in the script of its own; any other character as it is.
pub fn stand_in(c: char) -> char {
    if matches!(u32::from(c), code if RADICALS.0 as u32 <= code && code < RADICALS.1 as u32) {
        paired(STAND_INS, c).unwrap_or(c)
    } else {
        c
    }
}

/// First character of the table below.
const FIRST: usize = 0x3400;
/// One past its last.
const LAST: usize = 0xA000;

/// The simplified form of every Han character of the Basic Multilingual Plane; 0 for one that stands for itself.
static SIMPLIFIED: [u16; LAST - FIRST] = simplified();

/// One bit for every character of the table: whether it has another form. Small enough for a processor's first cache.
static CHANGED: [u64; (LAST - FIRST) / 64] = changed();

const fn changed() -> [u64; (LAST - FIRST) / 64] {
    let (table, mut bits, mut at) = (simplified(), [0; (LAST - FIRST) / 64], 0);
    while at < LAST - FIRST {
        if table[at] != 0 {
            bits[at / 64] |= 1 << (at % 64);
        }
        at += 1;
    }
    bits
}

/// Reads [`PAIRS`] when the program is compiled: every character there has three bytes in UTF-8.
const fn simplified() -> [u16; LAST - FIRST] {
    let (bytes, mut table, mut at) = (PAIRS.as_bytes(), [0; LAST - FIRST], 0);
    while at + 6 <= bytes.len() {
        if bytes[at] == b'\n' {
            at += 1;
            continue;
        }
        let from = code(bytes[at], bytes[at + 1], bytes[at + 2]);
        table[from - FIRST] = code(bytes[at + 3], bytes[at + 4], bytes[at + 5]) as u16;
        at += 6;
    }
    table
}

/// The block of radicals (⼈ ⻄ ⻓), and that of compatibility ideographs (U+F90A): where each begins and ends.
const RADICALS: (usize, usize) = (0x2E80, 0x2FD6);
const COMPATIBLE: (usize, usize) = (0xF900, 0xFADA);

/// The ideograph for every character of the two blocks, one block after the other; 0 for one that stands for itself.
static STANDS_FOR: [u16; RADICALS.1 - RADICALS.0 + COMPATIBLE.1 - COMPATIBLE.0] = stands_for();

/// Where a character of the two blocks is in the table.
const fn slot(code: usize) -> usize {
    if code < RADICALS.1 { code - RADICALS.0 } else { RADICALS.1 - RADICALS.0 + code - COMPATIBLE.0 }
}

/// Reads [`STAND_INS`] when the program is compiled, like [`simplified`].
const fn stands_for() -> [u16; RADICALS.1 - RADICALS.0 + COMPATIBLE.1 - COMPATIBLE.0] {
    let simple_forms = simplified();
    let (bytes, mut table, mut at) =
        (STAND_INS.as_bytes(), [0; RADICALS.1 - RADICALS.0 + COMPATIBLE.1 - COMPATIBLE.0], 0);
    while at + 6 <= bytes.len() {
        if bytes[at] == b'\n' {
            at += 1;
            continue;
        }
        let to = code(bytes[at + 3], bytes[at + 4], bytes[at + 5]);
        // 长 by way of 長: what it stands for is folded further.
        let simple = if to >= FIRST && to < LAST { simple_forms[to - FIRST] } else { 0 };
        table[slot(code(bytes[at], bytes[at + 1], bytes[at + 2]))] = if simple == 0 { to as u16 } else { simple };
        at += 6;
    }
    table
}

/// The number of a character from its three bytes in UTF-8.
const fn code(a: u8, b: u8, c: u8) -> usize {
    ((a as usize & 0x0f) << 12) | ((b as usize & 0x3f) << 6) | (c as usize & 0x3f)
}

/// The character that stands for `c` in a comparison. Folding twice is folding once.
///
/// 。and 、 stay: they have no half-width sign that people type in their stead.
#[inline]
pub fn fold_char(c: char) -> char {
    if is_plain_han(c) {
        let simple = SIMPLIFIED.get((c as usize).wrapping_sub(FIRST)).copied().unwrap_or(0);
        return if simple == 0 { c } else { char::from_u32(simple.into()).unwrap_or(c) };
    }
    match c {
        '\0'..='\u{7F}' => c.to_ascii_lowercase(),
        '“' | '”' | '„' | '‟' | '〝' | '〞' => '"',
        '‘' | '’' | '‚' | '‛' => '\'',
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        '\u{2E80}'..='\u{2FD5}' | '\u{F900}'..='\u{FAD9}' => {
            let to = STANDS_FOR.get(slot(c as usize)).copied().unwrap_or(0);
            if to == 0 { c } else { char::from_u32(to.into()).unwrap_or(c) }
        }
        '\u{2F800}'..='\u{2FA1D}' => supplementary(c),
        '\u{FE30}'..='\u{FE6B}' => small_form(c),
        // The block of full-width forms repeats ASCII from ! to ~ in the same order.
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).map_or(c, |half| half.to_ascii_lowercase()),
        _ => lower(c),
    }
}

/// Small and vertical forms of signs: ﹙一﹚ is (一).
const fn small_form(c: char) -> char {
    match c {
        '﹐' => ',',
        '﹒' => '.',
        '﹔' => ';',
        '﹕' | '︓' | '︰' => ':',
        '﹖' => '?',
        '﹗' => '!',
        '﹙' | '︵' => '(',
        '﹚' | '︶' => ')',
        '﹛' | '︷' => '{',
        '﹜' | '︸' => '}',
        '﹟' => '#',
        '﹠' => '&',
        '﹡' => '*',
        '﹢' => '+',
        '﹣' => '-',
        '﹤' => '<',
        '﹥' => '>',
        '﹦' => '=',
        '﹨' => '\\',
        '﹩' => '$',
        '﹪' => '%',
        '﹫' => '@',
        '﹑' => '、',
        '︻' => '【',
        '︼' => '】',
        '︽' => '《',
        '︾' => '》',
        _ => c,
    }
}

/// Lower case where that is one character (it is not for İ).
fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Characters that nobody sees; blanks and line ends are blanks.
fn is_unseen(c: char) -> bool {
    is_invisible(c) && !c.is_whitespace()
}

/// Whether a folded character takes no blank beside it: Chinese, Japanese and Korean script and punctuation.
const fn closes_up(folded: char) -> bool {
    folded >= '\u{2E80}'
}

/// A character of the folded form and the bytes of the line it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedChar {
    /// The folded character.
    pub folded: char,
    /// Its bytes in the original; for a blank the whole run of blanks.
    pub original: Range<usize>,
}

/// The folded form of a line, character by character: the definition that [`fold_line`] is held to, and the way back.
pub fn fold_chars(line: &str) -> impl Iterator<Item = FoldedChar> + '_ {
    let mut chars = line.char_indices();
    let mut last: Option<char> = None;
    let mut blank: Option<Range<usize>> = None;
    let mut held: Option<FoldedChar> = None;
    std::iter::from_fn(move || {
        if let Some(ready) = held.take() {
            return Some(ready);
        }
        loop {
            let (at, c) = chars.next()?;
            let end = at + c.len_utf8();
            if is_unseen(c) {
                continue;
            }
            let folded = fold_char(c);
            if folded.is_whitespace() {
                blank = Some(blank.take().map_or(at, |b| b.start)..end);
                continue;
            }
            let here = FoldedChar { folded, original: at..end };
            let before = last.replace(folded);
            match (blank.take(), before) {
                (Some(run), Some(before)) if !closes_up(before) && !closes_up(folded) => {
                    held = Some(here);
                    return Some(FoldedChar { folded: ' ', original: run });
                }
                _ => return Some(here),
            }
        }
    })
}

/// The bytes of the character at `at` if it is one of the commonest and stands for itself; else 0.
#[inline]
fn plain_length(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some(&[a @ 0xE4..=0xE9, b, c, ..]) => {
            let index = code(a, b, c).wrapping_sub(FIRST);
            match CHANGED.get(index / 64) {
                Some(bits) if bits >> (index % 64) & 1 == 0 => 3,
                _ => 0,
            }
        }
        Some(&[b'!'..=b'@' | b'['..=b'~', ..]) => 1,
        _ => 0,
    }
}

/// The character at byte `at` and its length, if it is one of the commonest and stands for itself.
#[inline]
pub(super) fn unchanged(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    match (plain_length(bytes, at), bytes.get(at..)?) {
        (1, &[a, ..]) => Some((char::from(a), 1)),
        (3, &[a, b, c, ..]) => Some((char::from_u32(code(a, b, c) as u32)?, 3)),
        _ => None,
    }
}

/// Appends the folded form of `line` to `out`. Blanks at its ends are dropped.
///
/// `mark` is told, at the line's first character and then at least every `every` bytes or so, the length of `out` and
/// the offset in `line` of the character that comes next: from there [`fold_chars`] gives the same as from the line's
/// beginning. Once it returns false nothing more is folded, and the result is false.
pub fn fold_line(line: &str, out: &mut String, every: usize, mark: &mut dyn FnMut(usize, usize) -> bool) -> bool {
    let bytes = line.as_bytes();
    // Unchanged characters, most of them, are copied run by run; `copied` is where the run at hand begins.
    let (mut at, mut copied, mut marked) = (0, 0, None::<usize>);
    // Whether anything was written, whether that takes no blank after it, and whether a blank is due.
    let (mut begun, mut closed, mut blank) = (false, false, false);
    while at < bytes.len() {
        let plain = if blank { 0 } else { plain_length(bytes, at) };
        let (folded, next) = if plain > 0 {
            (None, at + plain)
        } else {
            let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) else { break };
            (Some((c, fold_char(c))), at + c.len_utf8())
        };
        if let Some((c, folded)) = folded
            && (is_unseen(c) || folded.is_whitespace())
        {
            out.push_str(line.get(copied..at).unwrap_or_default());
            (copied, blank, at) = (next, blank | !is_unseen(c), next);
            continue;
        }
        // A blank that is due belongs to what stands before the mark: no mark between the two.
        if (!blank || !begun) && marked.is_none_or(|from| at >= from + every) {
            out.push_str(line.get(copied..at).unwrap_or_default());
            (copied, marked) = (at, Some(at));
            if !mark(out.len(), at) {
                return false;
            }
        }
        match folded {
            None => {
                // On to the next mark at most, as long as nothing changes: most of the time is spent here.
                let (mut length, mut run, until) = (plain, next, marked.unwrap_or(at).saturating_add(every));
                while run < until {
                    match plain_length(bytes, run) {
                        0 => break,
                        more => (length, run) = (more, run + more),
                    }
                }
                (begun, closed, at) = (true, length == 3, run);
                continue;
            }
            Some((c, folded)) => {
                if blank && begun && !closed && !closes_up(folded) {
                    out.push(' ');
                }
                if folded != c {
                    out.push_str(line.get(copied..at).unwrap_or_default());
                    out.push(folded);
                    copied = next;
                }
                (begun, closed, blank) = (true, closes_up(folded), false);
            }
        }
        at = next;
    }
    out.push_str(line.get(copied..).unwrap_or_default());
    true
}

/// `text` in simplified script and without stand-ins of ideographs, byte for byte as long: what is read in it stands at the same
/// place in `text`. Width, case and blanks stay. 乾 stays as well: 乾县 and 乾安县 are called so in simplified script too.
pub fn same_length(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let (mut out, mut at, mut copied) = (String::new(), 0, 0);
    while at < bytes.len() {
        let plain = plain_length(bytes, at);
        if plain > 0 {
            at += plain;
            continue;
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let next = at + c.len_utf8();
        let ideograph = is_plain_han(c) && c != '乾' || matches!(c, '\u{2E80}'..='\u{2FD5}' | '\u{F900}'..='\u{FAD9}');
        let folded = if ideograph { fold_char(c) } else { c };
        if folded != c && folded.len_utf8() == c.len_utf8() {
            out.push_str(text.get(copied..at).unwrap_or_default());
            out.push(folded);
            copied = next;
        }
        at = next;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// `words`, read in the [`same_length`] form of `source`, as `source` writes them; blanks between them do not count. As they are
/// where they do not stand there.
pub fn unfold(words: &str, source: &str) -> String {
    let folded = same_length(source);
    if folded == source {
        return words.to_owned();
    }
    let pairs: Vec<(char, char)> = folded.chars().zip(source.chars()).filter(|(c, _)| !c.is_whitespace()).collect();
    let wanted: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
    let found = (0..pairs.len()).find(|&from| {
        pairs.get(from..from + wanted.len()).is_some_and(|here| here.iter().map(|(c, _)| c).eq(wanted.iter()))
    });
    let Some(from) = found.filter(|_| !wanted.is_empty()) else { return words.to_owned() };
    let mut written = pairs.iter().skip(from).map(|(_, c)| *c);
    words.chars().map(|c| if c.is_whitespace() { c } else { written.next().unwrap_or(c) }).collect()
}

/// The folded form of a text on its own.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_line(text, &mut out, usize::MAX / 2, &mut |_, _| true);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_the_same() {
        let cases = [
            ("（一）推进ＧＤＰ，", "(一)推进gdp,"),
            ("２０２３年：５％", "2023年:5%"),
            ("“一”‘二’„三”", "\"一\"'二'\"三\""),
            ("甲\u{a0}乙\u{3000}丙", "甲乙丙"),
            ("2022 年 GDP 增长 5 %", "2022年gdp增长5 %"),
            ("  Big \u{3000} Data  ", "big data"),
            ("， Ａ", ", a"),
            ("鄉村振興、軟體", "乡村振兴、软体"),
            ("乡\u{200b}村\u{feff} \u{200b}振兴", "乡村振兴"),
            ("a\u{200b} b", "a b"),
            ("AbC É Ж", "abc é ж"),
            ("完。好、坏《法》·", "完。好、坏《法》·"),
            ("⼈⻄⻓⾧", "人西长长"),
            ("\u{f90a}\u{f9ca}", "金流"),
            ("﹙一﹚乡\u{fe0f}村", "(一)乡村"),
            ("İ\n\t", "İ"),
            (" \u{3000}", ""),
        ];
        for (text, want) in cases {
            assert_eq!(fold(text), want, "{text}");
        }
    }

    #[test]
    fn folding_a_character_twice_changes_nothing() {
        for c in (0..=0x10ffff).filter_map(char::from_u32) {
            assert_eq!(fold_char(fold_char(c)), fold_char(c), "{c:?}");
        }
    }

    #[test]
    fn the_table_is_whole() {
        assert!(PAIRS.chars().all(|c| c == '\n' || c.len_utf8() == 3));
        let pairs: Vec<char> = PAIRS.chars().filter(|&c| c != '\n').collect();
        assert!(pairs.len().is_multiple_of(2) && pairs.len() > 5000);
        assert!(pairs.chunks(2).all(|pair| fold_char(pair[0]) == pair[1]));
        for (traditional, simplified) in [('發', '发'), ('髮', '发'), ('鄉', '乡'), ('臺', '台'), ('著', '著')]
        {
            assert_eq!(fold_char(traditional), simplified);
        }
    }

    #[test]
    fn stand_ins_are_whole() {
        assert!(STAND_INS.chars().all(|c| c == '\n' || c.len_utf8() == 3));
        let pairs: Vec<char> = STAND_INS.chars().filter(|&c| c != '\n').collect();
        assert!(pairs.len().is_multiple_of(2) && pairs.len() > 1400);
        assert!(pairs.chunks(2).all(|pair| fold_char(pair[0]) == fold_char(pair[1])));
    }

    #[test]
    fn compatibility_ideographs_of_plane_two_are_folded() {
        let pairs: Vec<char> = SUPPLEMENT.chars().filter(|&c| c != '\n').collect();
        assert!(pairs.len().is_multiple_of(2) && pairs.len() > 1000);
        assert!(pairs.chunks(2).all(|pair| pair[0] < '\u{2FA1E}' && fold_char(pair[0]) == fold_char(pair[1])));
        assert_eq!((fold("\u{2F81A}天"), fold("\u{2F996}")), (fold("冬天"), fold("苦")));
    }

    #[test]
    fn script_is_folded_in_place() {
        assert_eq!(same_length("長春市　２０２３年，乾县"), "长春市　２０２３年，乾县");
        assert_eq!(same_length("⻓春⼈⼤"), "长春人大");
        assert!(matches!(same_length("长春市人大"), Cow::Borrowed(_)));
        assert_eq!(unfold("长春市工作报告", "鄉 長春市 工作報告"), "長春市工作報告");
        assert_eq!(unfold("长春市", "没有這個"), "长春市");
    }

    fn mixed_text() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[年报告鄉興⻓⼈\u{f90a}﹙\u{fe0f}（），：“”‘’ＡｚＺ９a-zA-Z0-9  \u{a0}\u{3000}\u{200b}\u{ad}KȺİ👧\n]{0,60}"
        ]
    }

    proptest! {
        #[test]
        fn the_fast_way_is_the_defined_way(text in mixed_text(), every in 1usize..9) {
            let slow: String = fold_chars(&text).map(|c| c.folded).collect();
            let (mut fast, mut marks) = (String::from("前"), Vec::new());
            let whole = fold_line(&text, &mut fast, every, &mut |to, from| {
                marks.push((to, from));
                true
            });
            prop_assert!(whole);
            prop_assert_eq!(&fast[3..], &slow);
            for (to, from) in marks {
                let rest: String = fold_chars(&text[from..]).map(|c| c.folded).collect();
                prop_assert_eq!(&fast[to..], &rest);
            }
        }

        #[test]
        fn places_stay_in_the_same_length(text in mixed_text()) {
            let folded = same_length(&text);
            prop_assert_eq!(folded.len(), text.len());
            prop_assert!(text.char_indices().map(|(at, _)| at).eq(folded.char_indices().map(|(at, _)| at)));
            prop_assert!(matches!(same_length(&folded), Cow::Borrowed(_)));
            prop_assert_eq!(fold(&folded), fold(&text));
            prop_assert_eq!(unfold(&folded, &text).chars().count(), text.chars().count());
        }

        #[test]
        fn folding_twice_is_folding_once(text in mixed_text()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn every_character_leads_back(text in mixed_text()) {
            let mut end = 0;
            for c in fold_chars(&text) {
                prop_assert!(end <= c.original.start && c.original.start < c.original.end);
                end = c.original.end;
                prop_assert_eq!(fold(&text[c.original]).is_empty(), c.folded == ' ');
            }
        }
    }
}
