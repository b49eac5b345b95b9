//! Letters: what of a text carries its words. In: text. Out: its 汉字, Latin letters and digits, folded, each with the byte
//! where it stands. Does not know about: lines, reports.
//!
//! Punctuation, blanks and quotation marks are left out, because the same sentence is printed with others elsewhere.

use super::fold::{fold_char, unchanged};
use super::han::is_han;

/// The letters of `text`: byte offset, folded character.
pub fn letters(text: &str) -> impl DoubleEndedIterator<Item = (usize, char)> + '_ {
    text.char_indices().filter_map(|(at, c)| {
        let c = fold_char(c);
        (is_han(c) || c.is_ascii_alphanumeric()).then_some((at, c))
    })
}

/// Appends the letters of `text` alone: the same as [`letters`], faster.
pub fn push_letters(text: &str, out: &mut Vec<char>) {
    let mut at = 0;
    while at < text.len() {
        if let Some((c, bytes)) = unchanged(text.as_bytes(), at) {
            if is_han(c) || c.is_ascii_alphanumeric() {
                out.push(c);
            }
            at += bytes;
        } else if let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let folded = fold_char(c);
            if is_han(folded) || folded.is_ascii_alphanumeric() {
                out.push(folded);
            }
            at += c.len_utf8();
        } else {
            break;
        }
    }
}

/// The letters of `text` alone.
pub fn only_letters(text: &str) -> Vec<char> {
    let mut out = Vec::new();
    push_letters(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_fast_way_is_the_other(text in "[年报告鄉興⻓⼈（），“”ＡｚＺ９a-zA-Z0-9 \u{3000}\u{200b}\u{4dc0}\u{4dff}KȺ👧\n]{0,60}|.{0,30}") {
            prop_assert_eq!(only_letters(&text), letters(&text).map(|(_, c)| c).collect::<Vec<_>>());
        }
    }

    #[test]
    fn only_words_are_left() {
        let cases = [
            ("“一府两院”：ＧＤＰ增长5.2％。", "一府两院gdp增长52"),
            ("鄉村 振興\u{200b}——", "乡村振兴"),
            ("（〇）", "〇"),
            ("", ""),
        ];
        for (text, want) in cases {
            assert_eq!(only_letters(text).into_iter().collect::<String>(), want);
        }
        assert_eq!(letters("，是").collect::<Vec<_>>(), [(3, '是')]);
    }
}
