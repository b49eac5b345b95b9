//! The text of a file while it is written. In: lines in order, each with what its file says of it. Out: a [`Source`].
//! Does not know about: formats.

use crate::corpus::IssueKind;
use crate::corpus::formats::source::Source;
use crate::corpus::{Encoding, LineRange};

/// A line of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftLine {
    /// Its text, without a line end.
    pub text: String,
    /// 1 to 6 if the file sets it as a heading.
    pub level: Option<u8>,
    /// Whether it is the row of a table.
    pub row: bool,
    /// Whether its page sets it beside the main text.
    pub beside: bool,
}

impl DraftLine {
    /// A line that is nothing but text.
    pub fn of_text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Whether nothing can be seen of it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A text while it is written.
#[derive(Debug, Default)]
pub struct Draft {
    text: String,
    lines: u32,
    levels: Vec<(u32, u8)>,
    tables: Vec<LineRange>,
    beside: Vec<LineRange>,
}

impl Draft {
    /// Adds a line; one with line ends becomes several.
    pub fn push(&mut self, line: &DraftLine) {
        for part in line.text.split(['\n', '\r']) {
            self.lines += 1;
            if !part.trim().is_empty() {
                self.levels.extend(line.level.map(|level| (self.lines, level)));
            }
            if line.row {
                add(&mut self.tables, self.lines);
            }
            if line.beside {
                add(&mut self.beside, self.lines);
            }
            self.text.push_str(part);
            self.text.push('\n');
        }
    }

    /// Adds lines.
    pub fn extend<'l>(&mut self, lines: impl IntoIterator<Item = &'l DraftLine>) {
        lines.into_iter().for_each(|line| self.push(line));
    }

    /// What was written.
    ///
    /// # Errors
    /// Where that is nothing but blanks.
    pub fn finish(self) -> Result<Source, IssueKind> {
        if self.text.trim().is_empty() {
            return Err(IssueKind::Empty);
        }
        let Self { text, levels, tables, beside, .. } = self;
        Ok(Source { levels, tables, beside, ..Source::of_text(text, Encoding::Utf8) })
    }
}

/// Adds a line behind those of `ranges`.
fn add(ranges: &mut Vec<LineRange>, line: u32) {
    match ranges.last_mut().filter(|range| range.last + 1 == line) {
        Some(range) => range.last = line,
        None => ranges.push(LineRange { first: line, last: line }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_they_are_written() {
        let mut draft = Draft::default();
        draft.push(&DraftLine { level: Some(1), ..DraftLine::of_text("一、守灯") });
        draft.push(&DraftLine::of_text("灯亮了。\n盐白了。"));
        for row in ["塔\t3", "闸\t4"] {
            draft.push(&DraftLine { row: true, ..DraftLine::of_text(row) });
        }
        let source = draft.finish().expect("text");
        assert_eq!(source.text, "一、守灯\n灯亮了。\n盐白了。\n塔\t3\n闸\t4\n");
        assert_eq!((source.levels, source.tables), (vec![(1, 1)], vec![LineRange { first: 4, last: 5 }]));
        assert_eq!(Draft::default().finish(), Err(IssueKind::Empty));
    }
}
