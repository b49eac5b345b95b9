//! A selection of hits as text to be counted. In: a query. Out: the paragraphs it stands in. Does not know about: words.

use super::extent::Extent;
use crate::corpus::{Corpus, ReportId};
use crate::index::search::{Query, search};

/// The paragraphs of `within` in which `query` stands, as an extent of its own; empty if there is none.
///
/// `None` once `cancelled` says so, or if there is no such extent.
pub fn paragraphs_with(
    corpus: &Corpus,
    within: &Extent,
    query: &Query,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Extent> {
    let mut lines: Vec<(ReportId, u32)> = Vec::new();
    search(corpus, query, cancelled, &mut |hits| {
        for (report, span) in hits.iter().flat_map(|hits| hits.spans.iter().map(|span| (hits.report, *span))) {
            lines.extend(corpus.report(report).map(|(document, _)| (report, document.line_at(span.start))));
        }
    });
    lines.sort_unstable();
    // Only those that the extent has too.
    let mut own = Vec::new();
    for piece in within.pieces(corpus)? {
        piece.each_stretch(corpus, &mut |stretch| {
            if lines.binary_search(&(piece.report, stretch.line)).is_ok() {
                own.push((piece.report, stretch.line));
            }
            true
        });
    }
    (!cancelled()).then_some(Extent::Lines(own))
}
