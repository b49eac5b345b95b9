//! What the user typed, understood. In: a line of text. Out: a [`Query`] that says what to look for, never how.
//! Refuses to know: documents, matching.

/// A query that was understood.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Query {
    text: String,
    folded: Vec<char>,
}

impl Query {
    /// Reads a query; `None` if it is blank.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self { text: text.into(), folded: text.chars().map(fold).collect() })
    }

    /// The text to look for, as typed, without the blanks around it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The characters to look for, each in its folded form (see [`fold`]).
    pub fn folded(&self) -> &[char] {
        &self.folded
    }
}

/// The form in which a character is compared: full-width forms of ASCII become ASCII, the ideographic blank a blank,
/// and ASCII letters lower case. Every other character is only itself.
pub const fn fold(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => ((c as u32 - 0xff01 + 0x21) as u8 as char).to_ascii_lowercase(),
        _ => c,
    }
}

/// Whether more than one character folds to `c` (itself folded): printable ASCII.
pub const fn has_variants(c: char) -> bool {
    matches!(c, ' '..='~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_case_are_folded_and_nothing_else() {
        let cases = [
            ('，', ','),
            ('（', '('),
            ('Ａ', 'a'),
            ('ｚ', 'z'),
            ('９', '9'),
            ('～', '~'),
            ('！', '!'),
            ('　', ' '),
            ('Q', 'q'),
            ('。', '。'),
            ('、', '、'),
            ('“', '“'),
            ('É', 'É'),
            ('长', '长'),
            ('\u{a0}', '\u{a0}'),
        ];
        for (c, want) in cases {
            assert_eq!(fold(c), want, "{c}");
        }
    }

    #[test]
    fn every_variant_folds_to_a_character_that_has_variants() {
        for c in '\0'..='\u{ffff}' {
            assert_eq!(has_variants(fold(c)), fold(c) != c || (' '..='~').contains(&c), "{c:?}");
        }
    }

    #[test]
    fn blank_queries_are_none() {
        assert_eq!(Query::parse(" \u{3000}\u{a0}\t"), None);
        assert_eq!(Query::parse(" 乡村 ").map(|q| q.text().to_owned()), Some("乡村".into()));
    }
}
