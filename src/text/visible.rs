//! What may be sent to a terminal: in comes any text of a source file, out goes text without a character that could
//! move the cursor, change colours, turn the writing direction round or hide itself. One character in, one out, so
//! marks counted in characters stay right. Knows no terminal and no style.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex_syntax::hir::{Class, HirKind};

/// The symbol for an unseen character that has no picture of its own: U+2426, narrow in every locale.
pub const UNSEEN: char = '\u{2426}';

/// What is not seen as itself, by the properties Unicode gives characters: controls, formats (but not those that are drawn
/// around numbers), line and paragraph separators, and all that is to be ignored where it is not known
/// (Default_Ignorable_Code_Point: tags, fillers, joiners, variation selectors). Three have no property that says it, only
/// a glyph with nothing in it: the blank of Braille, the null notehead, the filler of Khitan.
const HIDDEN: &str = r"[[\p{Cf}--\p{Prepended_Concatenation_Mark}]\p{Default_Ignorable_Code_Point}\p{Cc}\p{Zl}\p{Zp}\u{2800}\u{1D159}\u{16FE4}]";

/// Their ranges, ascending.
static RANGES: LazyLock<Vec<(char, char)>> =
    LazyLock::new(|| match regex_syntax::parse(HIDDEN).map(|hir| hir.into_kind()) {
        Ok(HirKind::Class(Class::Unicode(class))) => {
            class.ranges().iter().map(|range| (range.start(), range.end())).collect()
        }
        // The tables of the library hold these properties; a test says so.
        _ => Vec::new(),
    });

/// Whether `c` would not be seen as itself: a control character, or one that is invisible or looks like a blank that nobody
/// typed.
///
/// Those that [`attaches`] names are not among them.
#[inline]
pub fn is_hidden(c: char) -> bool {
    match c {
        // Most of any text: nothing in these ranges is hidden.
        ' '..='~' | '\u{2010}'..='\u{2027}' | '\u{2070}'..='\u{27FF}' | '\u{2801}'..='\u{3163}' => false,
        '\u{3165}'..='\u{FDFF}' | '\u{FF01}'..='\u{FF9F}' => false,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => true,
        c if attaches(c) => false,
        c => is_in_ranges(c),
    }
}

/// Whether nobody sees `c`, alone or beside others: what a search takes as absent.
#[inline]
pub fn is_invisible(c: char) -> bool {
    attaches(c) || is_hidden(c)
}

/// Joiners and variation selectors, but those of Mongolian: emoji, some scripts and variants of 汉字 are spelt with them, and
/// they stand in one cluster with what they change.
const fn attaches(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn is_in_ranges(c: char) -> bool {
    let before = RANGES.partition_point(|(first, _)| *first <= c);
    before.checked_sub(1).and_then(|at| RANGES.get(at)).is_some_and(|(_, last)| c <= *last)
}

/// The character shown for `c`: itself, a blank for a tab, a control picture (␀ … ␟, ␡) for C0 and DEL, and
/// [`UNSEEN`] for anything else that [`is_hidden`]. What replaces a character is one column wide.
pub fn visible_char(c: char) -> char {
    match c {
        '\t' => ' ',
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(UNSEEN),
        '\u{7F}' => '\u{2421}',
        c if is_hidden(c) => UNSEEN,
        c => c,
    }
}

/// `text` with every hidden character made visible; borrowed when there is none.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_hidden) { Cow::Owned(text.chars().map(visible_char).collect()) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::{Ambiguous, str_width};
    use proptest::prelude::*;

    #[test]
    fn hidden_characters_become_symbols() {
        let cases = [
            ("报告\t全文", "报告 全文"),
            ("\u{1b}[31m红", "␛[31m红"),
            ("甲\u{7}乙\u{7f}", "甲␇乙␡"),
            ("\u{9b}2J", "␦2J"),
            ("左\u{202e}右\u{2066}内\u{2069}", "左␦右␦内␦"),
            ("\u{feff}首\u{200b}尾\u{2028}", "␦首␦尾␦"),
            ("一\r\n", "一␍␊"),
        ];
        for (text, want) in cases {
            assert_eq!(visible(text), want);
        }
    }

    #[test]
    fn clean_text_is_borrowed() {
        for text in ["", "二〇二二年，abc。", "👨‍👩‍👧 e\u{301} ☎\u{fe0f}"] {
            assert!(matches!(visible(text), Cow::Borrowed(t) if t == text));
        }
    }

    #[test]
    fn replacements_are_one_column_in_every_locale() {
        for c in (0..=0x10ffff).filter_map(char::from_u32).filter(|&c| is_hidden(c)) {
            let shown = visible_char(c).to_string();
            assert_eq!(str_width(&shown, Ambiguous::Narrow), 1, "{c:?}");
            assert_eq!(str_width(&shown, Ambiguous::Wide), 1, "{c:?}");
        }
    }

    #[test]
    fn what_unicode_says_is_ignorable_is_hidden_and_letters_are_not() {
        let hidden = "\u{E0020}\u{E007F}\u{E0001}\u{115F}\u{1160}\u{3164}\u{FFA0}\u{2800}\u{34F}\u{17B4}\u{17B5}\u{180B}\u{180E}\
                      \u{1D173}\u{1BCA0}\u{AD}\u{61C}\u{200B}\u{202E}\u{2060}\u{2065}\u{FEFF}\u{FFF9}\u{E01F0}\u{E0FFF}\u{180F}";
        for c in hidden.chars() {
            assert!(is_hidden(c) && is_invisible(c), "{c:?}");
            assert_eq!(visible_char(c), UNSEEN);
        }
        for c in "汉字㐀，。“”…—·①\u{3000}\u{a0}é☎\u{600}한ㄱ\u{20000}\u{303}".chars() {
            assert!(!is_hidden(c) && !is_invisible(c), "{c:?}");
        }
        // The short ways round the table hold nothing of it.
        assert!((0..=0x10ffff).filter_map(char::from_u32).all(|c| is_hidden(c) == (is_in_ranges(c) && !attaches(c))));
    }

    #[test]
    fn every_control_character_is_hidden() {
        assert!((0..=0x10ffff).filter_map(char::from_u32).filter(|c| c.is_control()).all(is_hidden));
    }

    proptest! {
        #[test]
        fn nothing_hidden_remains_and_characters_keep_their_place(
            text in prop_oneof![any::<String>(), "[\\x00-\\x1f\\u{7f}-\\u{9f}\u{200b}-\u{2070}年中a]{0,40}"],
        ) {
            let shown = visible(&text);
            prop_assert!(!shown.chars().any(|c| c.is_control() || is_hidden(c)));
            prop_assert_eq!(shown.chars().count(), text.chars().count());
            for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
                prop_assert_eq!(str_width(&shown, ambiguous), str_width(&text, ambiguous));
            }
        }
    }
}
