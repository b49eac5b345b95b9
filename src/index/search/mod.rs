//! Full-text search: every occurrence of a query, exactly.
//!
//! In: a corpus and a [`Query`]. Out: spans of the documents' text, report by report, in corpus order; counts and
//! contexts made from them. Independent of segmentation. Case, full or half width, and what else [`crate::text::fold`] folds make no
//! difference. Hits never overlap (leftmost first), never leave their source line, and stand in every line of a report
//! except those printed a second time ([`crate::corpus::LineKind::Repeat`]).
//! Refuses to know: words, screens.

mod context;
mod counts;
mod matcher;
mod query;
mod scan;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

pub use self::context::{Context, context};
pub use self::counts::HitCounts;
use self::matcher::Matcher;
pub use self::query::Query;
use crate::corpus::{Corpus, Document, Report, ReportId};
use crate::text::Span;

/// The hits in one report, in order, without overlaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportHits {
    /// The report.
    pub report: ReportId,
    /// Where the hits stand in the document's text; at least one.
    pub spans: Vec<Span>,
}

/// Bytes in the first chunk: small, so that the first hits are on the screen at once.
const FIRST_CHUNK: usize = 1 << 20;

/// Bytes in a chunk at most; each is twice the one before.
const LARGEST_CHUNK: usize = 32 << 20;

/// Hits of `query` in report `index` of `document`; empty if there is no such report.
pub fn search_report(document: &Document, index: u32, query: &Query) -> Vec<Span> {
    let report = document.reports.get(index as usize);
    report.and_then(|report| scan::scan(document, report, &Matcher::new(query), &|| false)).unwrap_or_default()
}

/// Hits of `query` in a piece of text that is no report (a heading, a title); byte ranges of `text`.
pub fn search_text(text: &str, query: &Query) -> Vec<Span> {
    let matcher = Matcher::new(query);
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(found) = matcher.find(text, at, text.len()) {
        at = found.end;
        spans.push(Span::of(found));
    }
    spans
}

/// Searches the whole corpus on all cores, handing over chunks in corpus order; stops when `cancelled` says so (asked
/// at least every 2 ms, inside a large document too). Reports without a hit are not handed over.
///
/// Returns whether it ran to its end.
pub fn search(
    corpus: &Corpus,
    query: &Query,
    cancelled: &(dyn Fn() -> bool + Sync),
    take: &mut dyn FnMut(Vec<ReportHits>),
) -> bool {
    let matcher = Matcher::new(query);
    let reports: Vec<_> = corpus.reports().collect();
    let mut rest = reports.as_slice();
    let mut budget = FIRST_CHUNK;
    while !rest.is_empty() {
        if cancelled() {
            return false;
        }
        let (now, later) = rest.split_at(chunk_len(rest, budget));
        let found: Option<Vec<Option<ReportHits>>> = now
            .par_iter()
            .map(|&(report, document, about)| {
                let spans = scan::scan(document, about, &matcher, cancelled)?;
                Some((!spans.is_empty()).then_some(ReportHits { report, spans }))
            })
            .collect();
        let Some(found) = found else { return false };
        let chunk: Vec<_> = found.into_iter().flatten().collect();
        if !chunk.is_empty() {
            take(chunk);
        }
        rest = later;
        budget = (budget * 2).min(LARGEST_CHUNK);
    }
    true
}

/// How many of the reports make up `budget` bytes; at least one.
fn chunk_len<D: AsRef<Document>>(reports: &[(ReportId, &D, &Report)], budget: usize) -> usize {
    let mut bytes = 0;
    let within = reports.iter().take_while(|(_, document, report)| {
        let fits = bytes < budget;
        bytes += report_bytes(document.as_ref(), report);
        fits
    });
    within.count().max(1)
}

fn report_bytes(document: &Document, report: &Report) -> usize {
    let start = |line| document.line(line).map_or(0, |l| l.span.start as usize);
    report.ranges.iter().map(|r| start(r.last).saturating_sub(start(r.first))).sum::<usize>() + 1
}
