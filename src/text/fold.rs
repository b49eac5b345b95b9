//! The form in which text is compared, and its map back to the original.
//!
//! In: text as people write it. Out: text in which full and half width, upper and lower case, curly and straight
//! quotes and the kinds of blanks are the same, and for every range in it the exact range in the original. Refuses to
//! know what is compared and why.
//!
//! Folding is one character to one character, so counts and marks by character stay valid, and only byte offsets
//! move. Rules that join or drop characters (blanks inside Chinese text) are therefore no part of it. Traditional to
//! simplified belongs here, as one more one-to-one step at the end of [`fold_char`]: the map then needs no change.

use std::ops::Range;

use super::width::is_plain_han;

/// The character that stands for `c` in a comparison. Folding twice is folding once.
///
/// 。and 、 stay: they have no half-width sign that people type in their stead.
#[inline]
pub fn fold_char(c: char) -> char {
    if is_plain_han(c) {
        return c;
    }
    match c {
        '\0'..='\u{7F}' => c.to_ascii_lowercase(),
        '“' | '”' | '„' | '‟' | '〝' | '〞' => '"',
        '‘' | '’' | '‚' | '‛' => '\'',
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        // The block of full-width forms repeats ASCII from ! to ~ in the same order.
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).map_or(c, |half| half.to_ascii_lowercase()),
        _ => lower(c),
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

/// A folded text and where its parts come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// Where the distance between folded and original offset changes; ascending in both.
    steps: Vec<Step>,
}

/// From this place on (up to the next step) the two offsets run side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    folded: u32,
    original: u32,
}

/// Folds `text`. Offsets are kept as `u32`, like those of [`super::Span`]: texts are at most 4 GiB.
pub fn fold(text: &str) -> Folded {
    let mut out = Folded { text: String::with_capacity(text.len()), steps: Vec::new() };
    // Unchanged characters, most of them, are copied run by run.
    let mut copied = 0;
    for (at, c) in text.char_indices() {
        let folded = fold_char(c);
        if folded == c {
            continue;
        }
        let next = at + c.len_utf8();
        out.text.push_str(text.get(copied..at).unwrap_or_default());
        out.text.push(folded);
        copied = next;
        if folded.len_utf8() != c.len_utf8() {
            let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            out.steps.push(Step { folded: short(out.text.len()), original: short(next) });
        }
    }
    out.text.push_str(text.get(copied..).unwrap_or_default());
    out
}

impl Folded {
    /// The bytes of the original that became `range` of the folded text. An end inside a character is moved
    /// outwards, one past the end of the text to its end.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let (mut start, mut end) = (range.start.min(self.text.len()), range.end.min(self.text.len()));
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        self.original_offset(start)..self.original_offset(end)
    }

    /// The bytes of the folded text that `range` of the original became. Both ends must lie on character boundaries
    /// of the original; other ends give a neighbouring boundary.
    pub fn folded(&self, range: Range<usize>) -> Range<usize> {
        self.folded_offset(range.start)..self.folded_offset(range.end)
    }

    fn original_offset(&self, offset: usize) -> usize {
        let after = self.steps.partition_point(|step| step.folded as usize <= offset);
        match after.checked_sub(1).and_then(|i| self.steps.get(i)) {
            Some(step) => step.original as usize + (offset - step.folded as usize),
            None => offset,
        }
    }

    fn folded_offset(&self, offset: usize) -> usize {
        let after = self.steps.partition_point(|step| step.original as usize <= offset);
        let offset = match after.checked_sub(1).and_then(|i| self.steps.get(i)) {
            Some(step) => step.folded as usize + (offset - step.original as usize),
            None => offset,
        };
        let limit = self.steps.get(after).map_or(self.text.len(), |step| step.folded as usize);
        let mut offset = offset.min(limit);
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
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
            ("甲\u{a0}乙\u{3000}丙", "甲 乙 丙"),
            ("AbC É Ж", "abc é ж"),
            ("完。好、坏《法》·", "完。好、坏《法》·"),
            ("İ\n\t", "İ\n\t"),
        ];
        for (text, want) in cases {
            assert_eq!(fold(text).text, want);
        }
    }

    #[test]
    fn folding_a_character_twice_changes_nothing() {
        for c in (0..=0x10ffff).filter_map(char::from_u32) {
            assert_eq!(fold_char(fold_char(c)), fold_char(c), "{c:?}");
        }
    }

    #[test]
    fn ranges_lead_back() {
        let text = "（一）推进ＧＤＰ，增长";
        let folded = fold(text);
        for (found, want) in [("(一)", "（一）"), ("gdp,", "ＧＤＰ，"), ("d", "Ｄ"), ("增长", "增长")] {
            let at = folded.text.find(found).unwrap();
            assert_eq!(&text[folded.original(at..at + found.len())], want);
        }
        // Ends inside a character move outwards, ends past the text to its end.
        assert_eq!(&text[folded.original(2..3)], "一");
        assert_eq!(folded.original(0..999), 0..text.len());
        assert_eq!(folded.original(500..999), text.len()..text.len());
    }

    fn mixed_text() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[年报告（），：“”‘’ＡｚＺ９a-zA-Z0-9 \u{a0}\u{3000}KȺİ👧]{0,60}"]
    }

    proptest! {
        #[test]
        fn every_range_is_exact_both_ways(text in mixed_text(), a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
            let folded = fold(&text);
            let chars: Vec<(usize, char)> = text.char_indices().collect();
            prop_assert_eq!(folded.text.chars().count(), chars.len());
            let (a, b) = (a.index(chars.len() + 1), b.index(chars.len() + 1));
            let (a, b) = (a.min(b), a.max(b));
            let byte = |s: &str, n: usize| s.char_indices().nth(n).map_or(s.len(), |(i, _)| i);
            let inside = byte(&folded.text, a)..byte(&folded.text, b);
            let outside = byte(&text, a)..byte(&text, b);
            prop_assert_eq!(folded.original(inside.clone()), outside.clone());
            prop_assert_eq!(folded.folded(outside.clone()), inside.clone());
            prop_assert_eq!(fold(&text[outside]).text, &folded.text[inside]);
        }

        #[test]
        fn folding_twice_is_folding_once(text in mixed_text()) {
            let once = fold(&text);
            let twice = fold(&once.text);
            prop_assert_eq!(&twice.text, &once.text);
            prop_assert_eq!(twice, Folded { text: once.text, steps: Vec::new() });
        }

        #[test]
        fn any_offset_gives_a_range_that_can_be_sliced(text in mixed_text(), a in 0usize..200, b in 0usize..200) {
            let folded = fold(&text);
            prop_assert!(text.get(folded.original(a.min(b)..a.max(b))).is_some());
            prop_assert!(folded.text.get(folded.folded(a.min(b)..a.max(b))).is_some());
        }
    }
}
