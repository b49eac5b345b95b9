//! Full-text search: every occurrence of a query, exactly.

use crate::corpus::{Corpus, Document, ReportId};
use crate::text::Span;

/// A query that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    text: String,
}

impl Query {
    /// Reads a query; `None` if it is blank.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self { text: text.into() })
    }

    /// The text to look for.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The hits in one report, in order, without overlaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportHits {
    /// The report.
    pub report: ReportId,
    /// Where the hits stand in the document's text.
    pub spans: Vec<Span>,
}

/// Hits of `query` in report `index` of `document`, repeats and noise lines left out.
pub fn search_report(_document: &Document, _index: u32, _query: &Query) -> Vec<Span> {
    Vec::new()
}

/// Searches the whole corpus, handing over chunks in corpus order; stops when `cancelled` says so (asked at least every few ms).
///
/// Returns whether it ran to its end.
pub fn search(
    _corpus: &Corpus,
    _query: &Query,
    _cancelled: &(dyn Fn() -> bool + Sync),
    _take: &mut dyn FnMut(Vec<ReportHits>),
) -> bool {
    true
}
