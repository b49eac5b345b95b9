//! What the user typed, understood. In: a line of text. Out: a [`Query`] that says what to look for, never how.
//! Refuses to know: documents, matching.

use crate::text::fold::fold_char;

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
        (!text.is_empty()).then(|| Self { text: text.into(), folded: text.chars().map(fold_char).collect() })
    }

    /// The text to look for, as typed, without the blanks around it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The characters to look for, each in its folded form (see [`fold_char`]).
    pub fn folded(&self) -> &[char] {
        &self.folded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_queries_are_none() {
        assert_eq!(Query::parse(" \u{3000}\u{a0}\t"), None);
        assert_eq!(Query::parse(" 乡村 ").map(|q| q.text().to_owned()), Some("乡村".into()));
    }
}
