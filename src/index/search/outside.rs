//! Occurrences in lines that belong to no report: adverts, contents lists, what a web page prints around a text.
//!
//! In: a corpus, a query. Out: where it stands in such lines, file by file. Does not know about: reports, counts, screens. A query
//! that asks for places, bodies or years finds nothing here: these lines have none.

use rayon::prelude::*;

use super::query::Query;
use super::search_text;
use crate::corpus::{Corpus, Document, DocumentId, LineKind};
use crate::text::Span;

/// An occurrence outside every report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutsideHit {
    /// The document.
    pub document: DocumentId,
    /// Source line (1-based).
    pub line: u32,
    /// Its bytes in the document's text.
    pub span: Span,
}

/// Every occurrence of `query` in lines of no report, in the order of the corpus; stops early once `cancelled` says so.
pub fn search_outside(corpus: &Corpus, query: &Query, cancelled: &(dyn Fn() -> bool + Sync)) -> Vec<OutsideHit> {
    if !query.filters().is_empty() {
        return Vec::new();
    }
    let found = corpus.documents().par_iter().enumerate().map(|(number, document)| {
        let id = DocumentId(u32::try_from(number).unwrap_or(u32::MAX));
        if cancelled() { Vec::new() } else { in_document(id, document, query) }
    });
    found.collect::<Vec<_>>().concat()
}

fn in_document(id: DocumentId, document: &Document, query: &Query) -> Vec<OutsideHit> {
    let mut found = Vec::new();
    for line in outside_lines(document) {
        let Some(span) = document.line(line).map(|l| l.span) else { continue };
        for hit in search_text(span.slice(document.text()), query) {
            let range = span.start as usize + hit.range().start..span.start as usize + hit.range().end;
            found.push(OutsideHit { document: id, line, span: Span::of(range) });
        }
    }
    found
}

/// The source lines (1-based) that stand in no report and are not blank.
fn outside_lines(document: &Document) -> impl Iterator<Item = u32> + '_ {
    let mut covered = vec![false; document.lines.len()];
    for range in document.reports.iter().flat_map(|report| &report.ranges) {
        let (first, last) = ((range.first as usize).saturating_sub(1), (range.last as usize).min(covered.len()));
        covered.get_mut(first..last).unwrap_or_default().fill(true);
    }
    (1..).zip(&document.lines).zip(covered).filter_map(|((number, line), covered)| {
        (line.kind.is_outside() || !covered && line.kind != LineKind::Blank).then_some(number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::{corpus, document};

    #[test]
    fn what_no_report_holds_is_found_apart() {
        let lines = "! 守灯文库整理，更多守灯资料\n= 乌有市政府工作报告\n一年来，守灯人守住了灯。";
        let corpus = corpus(vec![document("乌有市", lines)]);
        let query = Query::parse("守灯").unwrap();
        let found = search_outside(&corpus, &query, &|| false);
        assert_eq!(found.iter().map(|hit| hit.line).collect::<Vec<_>>(), [1, 1]);
        let text = corpus.documents()[0].text();
        assert!(found.iter().all(|hit| hit.span.slice(text) == "守灯"));
        assert!(search_outside(&corpus, &Query::parse("守灯 body:政府").unwrap(), &|| false).is_empty());
    }
}
