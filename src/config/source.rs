//! Places in a config file. In: its text and byte offsets. Out: line, column, and the line with a caret under the place.
//! Does not know about: what is wrong there.

use std::fmt::Write as _;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::text::visible::visible;
use crate::text::width::{Ambiguous, str_width};

/// One place in a config file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigPosition {
    /// 1-based line.
    pub line: usize,
    /// 1-based column, in characters.
    pub column: usize,
    /// That line, control characters made visible.
    pub text: String,
    /// The marked part, in bytes of `text`; never empty unless it lies at the line's end.
    mark: Range<usize>,
}

impl ConfigPosition {
    /// The place of `span` (bytes of `source`); what goes past the line's end is cut off.
    pub(super) fn new(source: &str, span: &Range<usize>) -> Self {
        let start = floor_boundary(source, span.start);
        let before = source.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = source.get(line_start..).unwrap_or_default();
        let line = line.lines().next().unwrap_or_default();
        let start_in_line = (start - line_start).min(line.len());
        let end_in_line = floor_boundary(line, span.end.saturating_sub(line_start)).max(start_in_line);
        let head = visible(line.get(..start_in_line).unwrap_or_default());
        let marked = visible(line.get(start_in_line..end_in_line).unwrap_or_default());
        let tail = visible(line.get(end_in_line..).unwrap_or_default());
        Self {
            line: before.matches('\n').count() + 1,
            column: head.chars().count() + 1,
            mark: head.len()..head.len() + marked.len(),
            text: format!("{head}{marked}{tail}"),
        }
    }

    /// The line and, under it, carets and `note`.
    pub(super) fn excerpt(&self, note: &str) -> String {
        // The caret must stand under the right character of a line with 汉字 in it.
        let columns = |range: Range<usize>| str_width(self.text.get(range).unwrap_or_default(), Ambiguous::Narrow);
        let before = columns(0..self.mark.start);
        let carets = columns(self.mark.clone()).max(1);
        let mut out = String::new();
        let _ = writeln!(out, "{:>4} | {}", self.line, self.text);
        let _ = write!(out, "     | {}{} {note}", " ".repeat(before), "^".repeat(carets));
        out.truncate(out.trim_end().len());
        out
    }
}

/// The last character boundary at or before `offset`.
fn floor_boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// Dotted name of the setting whose value holds byte `offset`, such as `view.theme`.
pub(super) fn key_at(table: &DeTable<'_>, offset: usize) -> Option<String> {
    table.iter().find_map(|(key, value)| {
        let name = key.get_ref();
        match value.get_ref() {
            DeValue::Table(inner) => key_at(inner, offset).map(|rest| format!("{name}.{rest}")),
            _ => value.span().contains(&offset).then(|| name.to_string()),
        }
        .or_else(|| value.span().contains(&offset).then(|| name.to_string()))
    })
}

/// Where entry `name` of table `section` stands: its name and its value. For a list, `item` chooses one of its items.
pub(super) fn entry_spans(
    table: &DeTable<'_>,
    section: &str,
    name: &str,
    item: usize,
) -> Option<(Range<usize>, Range<usize>)> {
    let (_, section) = table.iter().find(|(key, _)| key.get_ref() == section)?;
    let (key, value) = section.get_ref().as_table()?.iter().find(|(key, _)| key.get_ref() == name)?;
    let chosen = value.get_ref().as_array().and_then(|list| list.get(item)).unwrap_or(value);
    Some((key.span(), chosen.span()))
}

/// Where the value of `name` stands in table `inner` of table `section`.
pub(super) fn inner_span(table: &DeTable<'_>, section: &str, inner: &str, name: &str) -> Option<Range<usize>> {
    let child = |table: &DeTable<'_>, name: &str| {
        table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value.span())
    };
    let (_, section) = table.iter().find(|(key, _)| key.get_ref() == section)?;
    let (key, inner) = section.get_ref().as_table()?.iter().find(|(key, _)| key.get_ref() == inner)?;
    child(inner.get_ref().as_table()?, name).or(Some(key.span()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_place_also_after_wide_characters() {
        let source = "a = 1\nb = [\"词\", \"坏\"]\n";
        let start = source.find("\"坏").unwrap();
        let place = ConfigPosition::new(source, &(start..start + 5));
        assert_eq!((place.line, place.column), (2, 11));
        assert_eq!(place.excerpt("x"), "   2 | b = [\"词\", \"坏\"]\n     |            ^^^^ x");
    }

    proptest::proptest! {
        #[test]
        fn no_span_is_too_wild(source in "[a-z词\u{85}\t\r\n=]{0,30}", start in 0usize..120, len in 0usize..120) {
            let place = ConfigPosition::new(&source, &(start..start + len));
            proptest::prop_assert!(place.line <= source.matches('\n').count() + 1);
            proptest::prop_assert_eq!(place.excerpt("").lines().count(), 2);
        }
    }
}
