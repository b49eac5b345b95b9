//! The source lines of a paragraph or of several, and their text. In: a document, line numbers. Out: line numbers, text. Does
//! not know about: rows of a screen.

use crate::corpus::{Document, LineKind, LineRange, Report};
use crate::text::Span;

/// The source lines of the paragraph at `line`, with those before and after that belong to the same sentence. A line of noise, or
/// of no report, is a paragraph of its own.
pub fn paragraph_at(document: &Document, report: &Report, line: u32) -> LineRange {
    let counts =
        |n: u32| report.covers(n) && document.line(n).is_some_and(|l| l.kind != LineKind::Blank && !l.kind.is_noise());
    let joins = |n: u32| document.line(n).is_some_and(|l| l.joins);
    let alone = LineRange { first: line, last: line };
    let (Some(start), Some(end)) = (report.ranges.first(), report.ranges.last()) else { return alone };
    if !counts(line) {
        return alone;
    }
    let mut first = line;
    while joins(first) {
        let Some(before) = (start.first..first).rev().find(|n| counts(*n)) else { break };
        first = before;
    }
    let mut last = line;
    while let Some(after) = (last + 1..=end.last).find(|n| counts(*n)).filter(|n| joins(*n)) {
        last = after;
    }
    LineRange { first, last }
}

/// From the beginning of the first line to the end of the last, in bytes of the document; none where there are no such lines.
pub fn span_of(document: &Document, lines: LineRange) -> Option<Span> {
    Some(Span::new(document.line(lines.first)?.span.start, document.line(lines.last)?.span.end))
}

/// The lines of a passage that hold its text: noise between its paragraphs is left out.
fn told_lines(document: &Document, lines: LineRange) -> impl Iterator<Item = (u32, &crate::corpus::Line)> {
    (lines.first..=lines.last).filter_map(|n| Some((n, document.line(n)?))).filter(move |(n, line)| {
        let noise = line.kind.is_noise() && *n != lines.first && *n != lines.last;
        line.kind != LineKind::Blank && !noise
    })
}

/// How many paragraphs these lines hold.
pub fn paragraphs_in(document: &Document, lines: LineRange) -> usize {
    told_lines(document, lines).filter(|(n, line)| *n == lines.first || !line.joins).count()
}

/// The text of these lines: a paragraph a line, put together where the file broke it.
pub fn passage_text(document: &Document, lines: LineRange) -> String {
    let mut text = String::new();
    for (_, line) in told_lines(document, lines) {
        if !text.is_empty() && !line.joins {
            text.push('\n');
        }
        text.push_str(line.span.slice(document.text()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture;

    #[test]
    fn lines_that_go_on_are_one_paragraph_from_any_of_them() {
        let mut document = fixture::document(
            "乌有市",
            "= 题\n\n#1 一、修渠\n各村把水渠修到坡上，\n@ 记者甲\n\n每一户都通了水。\n又一段。\n",
        );
        document.lines[6].joins = true;
        let report = &document.reports[0];
        let whole = LineRange { first: 4, last: 7 };
        for line in [4, 7] {
            assert_eq!(paragraph_at(&document, report, line), whole);
        }
        assert_eq!(passage_text(&document, whole), "各村把水渠修到坡上，每一户都通了水。");
        assert_eq!(paragraph_at(&document, report, 5), LineRange { first: 5, last: 5 });
        assert_eq!(paragraphs_in(&document, LineRange { first: 3, last: 8 }), 3);
    }

    #[test]
    fn a_line_that_is_not_there_is_a_passage_of_nothing() {
        let document = fixture::document("乌有市", "= 题\n又一段。\n");
        for line in [0, 9_999] {
            let lines = LineRange { first: line, last: line };
            assert_eq!(paragraph_at(&document, &document.reports[0], line), lines);
            assert_eq!((span_of(&document, lines), passage_text(&document, lines)), (None, String::new()));
        }
    }
}
