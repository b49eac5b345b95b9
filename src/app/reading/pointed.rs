//! What one points at: the paragraph that the cursor of the page is on, a range of them, or the one around the selected hit of
//! what stands in place of the page.
//!
//! In: the state. Out: a report, source lines, a stretch of text, a section. Does not know about: what is then done with it.

use crate::analysis::OccurrenceRow;
use crate::app::views::View;
use crate::app::{App, Cover};
use crate::corpus::{LineRange, ReportId};
use crate::index::quotation::{paragraph_at, paragraphs_in, span_of};
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
            paragraphs: paragraphs_in(document, lines),
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
