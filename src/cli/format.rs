//! How results are printed. Does not know about: what they are.

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputFormat {
    /// An aligned table, or what else suits people.
    Text,
    /// One JSON object a line.
    Json,
    /// Comma-separated values.
    Csv,
    /// Comma-separated values for a spreadsheet.
    Excel,
    /// Tab-separated values.
    Tsv,
    /// A Markdown table.
    Markdown,
}

impl OutputFormat {
    /// Whether people read it, so that it is rounded and short.
    pub const fn is_for_people(self) -> bool {
        matches!(self, Self::Text | Self::Markdown)
    }
}
