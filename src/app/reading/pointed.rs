//! What one points at: the paragraph that the cursor of the page is on, a range of them, or the one around the selected hit of
//! what stands in place of the page.
//!
//! In: the state. Out: a report, source lines, a stretch of text, a section. Does not know about: what is then done with it.

use crate::analysis::OccurrenceRow;
use crate::app::views::View;
use crate::app::{App, Cover};
use crate::corpus::{Document, LineKind, LineRange, Report, ReportId};
use crate::text::Span;

/// A paragraph, or several that follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PointedPassage {
    /// The report in which it stands.
    pub report: ReportId,
    /// Its first and last source line (1-based).
    pub lines: LineRange,
    /// Bytes of the document from the beginning of the first line to the end of the last.
    pub span: Span,
    /// The source line (1-based) of the cursor, or of the hit.
    pub line: u32,
    /// Index of the section in which the cursor, or the hit, stands.
    pub section: Option<usize>,
    /// The hit that is pointed at, where there is one.
    pub hit: Option<Span>,
    /// How many paragraphs it has.
    pub paragraphs: usize,
}

impl App {
    /// What the next copy, mark or edit is about; nothing where no report is open, or nothing that is selected stands in one.
    pub fn pointed(&self) -> Option<PointedPassage> {
        match self.cover() {
            None => self.pointed_on_page(),
            Some(Cover::Concordance) => {
                let list = self.search.concordance.as_ref()?;
                let line = list.line(list.selected)?;
                self.around(line.report, line.hit.span)
            }
            Some(Cover::View) => match &self.view()?.view {
                View::FigureDetail(number) => match number.row()? {
                    &OccurrenceRow::Hit { report, span, .. } | &OccurrenceRow::Piece { report, span, .. } => {
                        self.around(report, span)
                    }
                    OccurrenceRow::Heading(..) => None,
                },
                View::Answer(answer) => {
                    let one = answer.occurrence()?;
                    self.around(one.report, one.span)
                }
            },
            Some(Cover::Board) => None,
        }
    }

    /// The paragraph that the cursor of the page is on, or the range that ends there, whatever stands in place of the page.
    pub fn pointed_on_page(&self) -> Option<PointedPassage> {
        let (id, document, report) = self.opened()?;
        let page = &self.reading.page;
        let here = page.here();
        let line = document.line_at(here);
        let mut lines = paragraph_at(document, report, line);
        if let Some(from) = page.range {
            let other = paragraph_at(document, report, document.line_at(from));
            lines = LineRange { first: lines.first.min(other.first), last: lines.last.max(other.last) };
        }
        let span = span_of(document, lines)?;
        let current = self.search.current.filter(|(report, _)| *report == id);
        let hit = current.and_then(|(_, hit)| self.search.hits_in(id).get(hit).copied());
        let hit = hit.or_else(|| self.reading.highlight.filter(|(report, _)| *report == id).map(|(_, span)| span));
        Some(PointedPassage {
            report: id,
            lines,
            span,
            line,
            section: report.section_at(here),
            hit: hit.filter(|hit| page.range.is_none() && span.contains(hit.start)),
            paragraphs: paragraphs(document, lines),
        })
    }

    /// The paragraph around a stretch of a report.
    fn around(&self, id: ReportId, hit: Span) -> Option<PointedPassage> {
        let (document, report) = self.corpus.report(id)?;
        let line = document.line_at(hit.start);
        let lines = paragraph_at(document, report, line);
        let (span, section) = (span_of(document, lines)?, report.section_at(hit.start));
        Some(PointedPassage { report: id, lines, span, line, section, hit: Some(hit), paragraphs: 1 })
    }
}

/// The source lines of the paragraph at `line`, with those before and after that belong to the same sentence.
pub fn paragraph_at(document: &Document, report: &Report, line: u32) -> LineRange {
    let counts =
        |n: u32| report.covers(n) && document.line(n).is_some_and(|l| l.kind != LineKind::Blank && !l.kind.is_noise());
    let joins = |n: u32| document.line(n).is_some_and(|l| l.joins);
    let alone = LineRange { first: line, last: line };
    if !counts(line) {
        return alone;
    }
    let (start, end) = match (report.ranges.first(), report.ranges.last()) {
        (Some(first), Some(last)) => (first.first, last.last),
        _ => return alone,
    };
    let mut first = line;
    while joins(first) {
        let Some(before) = (start..first).rev().find(|n| counts(*n)) else { break };
        first = before;
    }
    let mut last = line;
    while let Some(after) = (last + 1..=end).find(|n| counts(*n)).filter(|n| joins(*n)) {
        last = after;
    }
    LineRange { first, last }
}

/// From the beginning of the first line to the end of the last.
fn span_of(document: &Document, lines: LineRange) -> Option<Span> {
    Some(Span::new(document.line(lines.first)?.span.start, document.line(lines.last)?.span.end))
}

/// How many paragraphs begin in these lines.
fn paragraphs(document: &Document, lines: LineRange) -> usize {
    let begins = |n: &u32| {
        *n == lines.first
            || document.line(*n).is_some_and(|l| l.kind != LineKind::Blank && !l.kind.is_noise() && !l.joins)
    };
    (lines.first..=lines.last).filter(begins).count()
}

/// The text of these lines: a paragraph a line, put together where the file broke it; noise between paragraphs is left out.
pub fn passage_text(document: &Document, lines: LineRange) -> String {
    let mut text = String::new();
    for (n, line) in (lines.first..=lines.last).filter_map(|n| Some((n, document.line(n)?))) {
        let noise = line.kind.is_noise() && n != lines.first && n != lines.last;
        if line.kind == LineKind::Blank || noise {
            continue;
        }
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
    use crate::app::fixture;

    #[test]
    fn a_broken_paragraph_is_one_passage_from_any_of_its_lines() {
        let corpus = fixture::corpus();
        let (_, document, report) = corpus.reports().next().unwrap();
        let line = report.line_numbers().find(|n| document.line(*n).is_some_and(|l| l.joins)).unwrap();
        for at in [line - 1, line] {
            let lines = paragraph_at(document, report, at);
            assert_eq!(lines, LineRange { first: line - 1, last: line });
            let text = passage_text(document, lines);
            assert!(text.starts_with("各村把护坡林的管护写进村规民约") && !text.contains('\n'), "{text}");
        }
    }

    #[test]
    fn a_line_that_belongs_to_no_paragraph_is_a_passage_of_its_own() {
        let corpus = fixture::corpus();
        let (_, document, report) = corpus.reports().next().unwrap();
        for line in [0, 9_999] {
            assert_eq!(paragraph_at(document, report, line), LineRange { first: line, last: line });
            assert_eq!(span_of(document, LineRange { first: line, last: line }), None);
        }
    }
}
