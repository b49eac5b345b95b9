//! The paragraphs of a report as they were before a page or a narrow file broke them over lines.
//!
//! In: a document and a report. Out: paragraphs, each one line or several, told apart by whether they count. Refuses to
//! know: words, queries. Searching and counting both go by these, so that both see the same text.

use crate::corpus::{Document, LineKind, Report};
use crate::text::Span;

/// Whether a paragraph is among what is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Words of the report's own: numerator and denominator of every rate.
    Own,
    /// Captions, bylines, page heads and page numbers: in neither.
    Furniture,
    /// Printed a second time: in neither.
    Repeat,
}

/// A paragraph: the lines that make one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedParagraph {
    /// Whether it counts.
    pub standing: Standing,
    /// Its first line's text in the document.
    pub first: Span,
    /// The lines that go on with it; nearly always none.
    pub rest: Vec<Span>,
}

impl CountedParagraph {
    const fn new(standing: Standing, first: Span) -> Self {
        Self { standing, first, rest: Vec::new() }
    }

    /// Its lines in reading order; at least one.
    pub fn lines(&self) -> impl Iterator<Item = Span> + '_ {
        std::iter::once(self.first).chain(self.rest.iter().copied())
    }
}

/// Hands over every paragraph of `report` until `take` says `false`; whether it never did.
///
/// In reading order, but what stands between the halves of a broken paragraph comes after it. Lines outside the report
/// are left out.
pub fn each_paragraph(document: &Document, report: &Report, take: &mut dyn FnMut(CountedParagraph) -> bool) -> bool {
    let mut open: Option<(CountedParagraph, LineKind)> = None;
    let mut held: Vec<CountedParagraph> = Vec::new();
    for number in report.line_numbers() {
        let Some(line) = document.line(number) else { continue };
        let goes_on = |kind: LineKind| matches!(kind, LineKind::Paragraph | LineKind::Heading);
        match (line.kind, &mut open) {
            (LineKind::Blank, _) => {}
            (kind, _) if kind.is_outside() => {}
            (LineKind::Repeat, _) => held.push(CountedParagraph::new(Standing::Repeat, line.span)),
            (kind, _) if kind.is_noise() => held.push(CountedParagraph::new(Standing::Furniture, line.span)),
            (kind, Some((paragraph, before))) if line.joins && goes_on(kind) && kind == *before => {
                paragraph.rest.push(line.span);
            }
            (kind, _) => {
                let next = (CountedParagraph::new(Standing::Own, line.span), kind);
                let ended = open.replace(next).map(|(paragraph, _)| paragraph);
                if !ended.into_iter().chain(held.drain(..)).all(&mut *take) {
                    return false;
                }
            }
        }
    }
    open.map(|(paragraph, _)| paragraph).into_iter().chain(held).all(take)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture;

    #[test]
    fn a_broken_paragraph_is_whole_and_what_stood_in_it_comes_after() {
        let mut document = fixture::document("云和市", "#1 一、守灯\n推进乡\n~ 推进\n@ 图\n村振兴\n! 广告\n\n守好\n灯");
        document.lines[3].kind = LineKind::Caption;
        document.lines[4].joins = true;
        let mut seen = Vec::new();
        each_paragraph(&document, &document.reports[0], &mut |p| {
            seen.push((p.standing, p.lines().map(|span| span.slice(document.text())).collect::<Vec<_>>().join("|")));
            true
        });
        let want = [
            (Standing::Own, "一、守灯"),
            (Standing::Own, "推进乡|村振兴"),
            (Standing::Repeat, "推进"),
            (Standing::Furniture, "图"),
            (Standing::Own, "守好"),
            (Standing::Own, "灯"),
        ];
        assert_eq!(seen, want.map(|(standing, text)| (standing, text.to_owned())));
        assert!(!each_paragraph(&document, &document.reports[0], &mut |_| false));
    }
}
