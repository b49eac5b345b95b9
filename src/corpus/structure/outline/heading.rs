//! What is known of a heading before it has a level. Does not know about: the lines around it.

use crate::corpus::Reason;
use crate::corpus::structure::numbering::Family;
use crate::text::Span;

/// What a file's markup says of headings.
#[derive(Debug, Clone, Copy, Default)]
pub struct Markup<'a> {
    /// Whether `#` begins a heading.
    pub markdown: bool,
    /// Levels (1 to 6) by line (1-based), ascending by line.
    pub levels: &'a [(u32, u8)],
}

/// What a heading is made of, before it has a level.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heading {
    /// 0-based line.
    pub(crate) index: usize,
    pub(crate) span: Span,
    pub(crate) kind: HeadingKind,
    /// The level that the file's markup gives it.
    pub(crate) depth: Option<u8>,
    /// Text follows it on its line.
    pub(crate) run_in: bool,
    /// Text stands before it on its line.
    pub(crate) glued: bool,
    /// The rule that found it.
    pub(crate) reason: Reason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadingKind {
    Numbered(Family, u32),
    /// No number, on its own line (or with depth, by its markup).
    Plain,
    /// No number, the first sentence of a paragraph.
    Topic,
    /// The head of an annex, which counts for itself.
    Annex,
}
