//! Full-text search: every occurrence of a query, exactly.
//!
//! In: a corpus and a [`Query`]. Out: counts per report, hits as spans of the documents' text, contexts made from them.
//! Independent of segmentation. What [`crate::text::fold`] folds makes no difference, unless the query is `exact`. Hits
//! never overlap (leftmost first), never leave their paragraph, and stand in the lines that count
//! ([`crate::index::paragraphs`]): hits in captions, bylines and page heads, and in what is printed a second time, are
//! counted apart. A paragraph that its page broke in
//! mid-sentence is one paragraph here, and a hit may stand on both its lines.
//! Does not know about: words, screens.
//!
//! # How
//! A [`SearchIndex`] keeps the searched form of every report: its paragraphs, folded, one after another. A [`Search`] is
//! a query prepared for a corpus and its index: [`Search::count`] runs over the searched forms at the speed of memory
//! and gives counts of all reports, [`Search::hits_in`] the hits of one report. A count equals the hits that open.

mod context;
mod counts;
mod engine;
mod error;
mod filter;
mod find;
mod folded_file;
mod folded_text;
mod meant;
mod outside;
mod parse;
mod part;
mod pattern;
mod pinyin_matcher;
mod plan;
mod position;
#[cfg(test)]
mod properties;
mod query;
mod query_ast;
mod query_fields;
mod store;
#[cfg(test)]
mod tests;

pub use self::context::context;
pub use self::counts::HitCounts;
pub use self::engine::{HitsOfReport, ReportCount, Search};
pub use self::error::{QueryError, QueryErrorKind};
pub use self::filter::Filter;
pub use self::folded_file::FoldedFile;
pub use self::folded_text::Hit;
pub use self::part::Part;
pub use self::position::Positions;
pub use self::query::Query;
pub use self::query_ast::QueryOptions;
pub use self::query_fields::QueryField;
pub use self::store::SearchIndex;
use crate::corpus::{Corpus, Document, ReportId};
use crate::text::Span;
use crate::text::fold::fold_chars;
pub use meant::{MeantQuery, meant};
pub use outside::{OutsideHit, search_outside};

/// The hits in one report, in order, without overlaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportHits {
    /// The report.
    pub report: ReportId,
    /// Where the hits stand in the document's text; at least one. One that stands on two lines is here as one span over
    /// both if nothing is between them, else as its part on the first.
    pub spans: Vec<Span>,
}

/// Hits of `query` in report `index` of `document`, as in [`ReportHits::spans`]; empty if there is no such report. Folds
/// the report for this one time: 0.1 ms for one of usual length.
pub fn search_report(document: &Document, index: u32, query: &Query) -> Vec<Span> {
    found_in_report(document, index, query).hits.iter().map(|hit| as_span(document, hit)).collect()
}

/// Hits of `query` in report `index` of `document` with all their parts, and what stands beside them; folds likewise.
pub fn found_in_report(document: &Document, index: u32, query: &Query) -> HitsOfReport {
    let Some(report) = document.reports.get(index as usize) else { return HitsOfReport::default() };
    engine::found_alone(document, report, query)
}

/// Hits of `query` in a piece of text that is no report (a heading, a title); byte ranges of `text`.
pub fn search_text(text: &str, query: &Query) -> Vec<Span> {
    let exact = query.options().exact;
    let (Some(plan), searched) = (plan::Plan::new(query), folded_text::FoldedText::of_text(text, exact)) else {
        return Vec::new();
    };
    // Where every character of the searched text comes from.
    let mut origins = Vec::with_capacity(searched.len());
    if exact {
        origins.extend(text.char_indices().flat_map(|(at, c)| vec![at..at + c.len_utf8(); c.len_utf8()]));
    } else {
        origins.extend(fold_chars(text).flat_map(|c| vec![c.original; c.folded.len_utf8()]));
    }
    let mut spans = Vec::new();
    let watch = find::Watch::new(&|| false);
    let all = plan.each(&searched, None, &watch, &mut |found| {
        if let (Some(first), Some(last)) = (origins.get(found.start), origins.get(found.end - 1)) {
            spans.push(Span::of(first.start..last.end));
        }
    });
    all.map_or_else(|_| Vec::new(), |()| spans)
}

/// Searches the whole corpus on all cores without an index, handing over chunks in corpus order; stops when `cancelled`
/// says so (within 5 ms, inside a large document too). Reports without a hit are not handed over.
///
/// Returns whether it ran to its end.
pub fn search(
    corpus: &Corpus,
    query: &Query,
    cancelled: &(dyn Fn() -> bool + Sync),
    take: &mut dyn FnMut(Vec<ReportHits>),
) -> bool {
    Search::new(corpus, &SearchIndex::new(), query).find(cancelled, &mut |chunk| {
        let spans = |id: ReportId, hits: &[Hit]| {
            let document = corpus.document(id.document);
            hits.iter().filter_map(|hit| Some(as_span(document?, hit))).collect()
        };
        take(chunk.into_iter().map(|(report, hits)| ReportHits { report, spans: spans(report, &hits) }).collect());
    })
}

/// A hit as one span; see [`ReportHits::spans`].
pub fn as_span(document: &Document, hit: &Hit) -> Span {
    hit.whole(document.text())
}
