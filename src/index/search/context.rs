//! A hit with what stands around it. In: a document and a span. Out: slices of its line.

use crate::corpus::Document;
use crate::text::Span;

/// A hit and its neighbourhood, all slices of one source line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HitContext<'d> {
    /// What stands before the hit.
    pub left: &'d str,
    /// The hit itself.
    pub hit: &'d str,
    /// What stands after it.
    pub right: &'d str,
    /// The 1-based source line.
    pub line: u32,
    /// The 1-based column of the hit: characters from the start of the source line, blanks at its head included.
    pub column: u32,
}

/// The hit at `span` with at most `chars` characters on either side, cut at the paragraph's ends.
///
/// Everything is empty if the span does not fit the document's text.
pub fn context(document: &Document, span: Span, chars: usize) -> HitContext<'_> {
    let text = document.text();
    let number = document.line_at(span.start);
    let line = document.line(number).map_or(span, |l| l.span);
    let before = text.get(line.start.min(span.start) as usize..span.start as usize).unwrap_or_default();
    let after = text.get(span.end as usize..line.end.max(span.end) as usize).unwrap_or_default();
    let from = before.char_indices().rev().take(chars).last().map_or(before.len(), |(i, _)| i);
    let to = after.char_indices().nth(chars).map_or(after.len(), |(i, _)| i);
    let line_start = text.get(..span.start as usize).and_then(|t| t.rfind(['\n', '\r'])).map_or(0, |i| i + 1);
    let column = text.get(line_start..span.start as usize).map_or(0, |t| t.chars().count()) + 1;
    HitContext {
        left: before.get(from..).unwrap_or_default(),
        hit: span.slice(text),
        right: after.get(..to).unwrap_or_default(),
        line: number,
        column: u32::try_from(column).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::document;

    #[test]
    fn a_hit_is_cut_out_of_its_own_line() {
        let document = document("云和市", "甲乙丙\n　　丁戊己庚辛\n壬癸");
        let start = document.text().find('己').unwrap() as u32;
        let span = Span::new(start, start + 3);
        let cases = [(0, "", ""), (1, "戊", "庚"), (2, "丁戊", "庚辛"), (99, "丁戊", "庚辛")];
        for (chars, left, right) in cases {
            let got = context(&document, span, chars);
            assert_eq!((got.left, got.hit, got.right, got.line, got.column), (left, "己", right, 2, 5));
        }
    }

    #[test]
    fn a_span_that_does_not_fit_gives_nothing() {
        let document = document("云和市", "甲乙丙");
        for span in [Span::new(1, 2), Span::new(80, 90), Span::new(3, 99)] {
            let got = context(&document, span, 5);
            assert_eq!(got.hit, "");
        }
    }
}
