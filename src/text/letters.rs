//! Letters: what of a text carries its words. In: text. Out: its 汉字, Latin letters and digits, folded, each with the byte
//! where it stands. Does not know about: lines, reports.
//!
//! Punctuation, blanks and quotation marks are left out, because the same sentence is printed with others elsewhere.

use super::fold::fold_char;
use super::han::is_han;

/// The letters of `text`: byte offset, folded character.
pub fn letters(text: &str) -> impl DoubleEndedIterator<Item = (usize, char)> + '_ {
    text.char_indices().filter_map(|(at, c)| {
        let c = fold_char(c);
        (is_han(c) || c.is_ascii_alphanumeric()).then_some((at, c))
    })
}

/// The letters of `text` alone.
pub fn only_letters(text: &str) -> Vec<char> {
    letters(text).map(|(_, c)| c).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
