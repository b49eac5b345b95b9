//! What may be sent to a terminal: in comes any text of a source file, out goes text without a character that could
//! move the cursor, change colours, turn the writing direction round or hide itself. One character in, one out, so
//! marks counted in characters stay right. Knows no terminal and no style.

use std::borrow::Cow;

/// The symbol for an unseen character that has no picture of its own: U+2426, narrow in every locale.
pub const UNSEEN: char = '\u{2426}';

/// Whether `c` would not be seen as itself: a control character or an invisible formatting character.
///
/// ZWJ and ZWNJ (U+200D, U+200C) are not among them: emoji and some scripts are spelt with them, and they cannot
/// reorder or hide anything.
#[inline]
pub fn is_hidden(c: char) -> bool {
    match c {
        ' '..='~' | '\u{2070}'..='\u{FEFE}' => false,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => true,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' => true,
        '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0001}' => true,
        _ => false,
    }
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
