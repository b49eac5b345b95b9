//! The lines that make one report, and how lines are numbered.
//!
//! In: 0-based indices. Out: [`Piece`]s and 1-based line numbers. Does not know about: how a document is split.

use crate::corpus::model::line::LineRange;
use crate::corpus::model::report::ReportKind;

/// The lines of one report or article. All line numbers are 1-based.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Work report or article.
    pub kind: ReportKind,
    /// Its lines.
    pub ranges: Vec<LineRange>,
    /// Its title, if its text has one.
    pub title: Option<String>,
    /// Where the title stands.
    pub title_line: Option<u32>,
    /// Where a subtitle stands.
    pub subtitle_line: Option<u32>,
    /// Where the organ stands whose article it is.
    pub organ_line: Option<u32>,
}

/// 1-based number of the line at `index`.
pub fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// The lines at `first..end` (0-based, half-open).
pub fn range(first: usize, end: usize) -> LineRange {
    LineRange { first: number(first), last: number(end.max(first + 1) - 1) }
}
