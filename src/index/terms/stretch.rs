//! Stretches: the pieces of a report that no word crosses. In: a report. Out: its lines, cut where a heading begins, in
//! reading order. Does not know about: words, counts.

use crate::corpus::{Document, Report};
use crate::text::Span;

/// A line of a report, or the part of one between two headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Source line (1-based).
    pub line: u32,
    /// Under which heading it stands: 0 before the first, else one more than the section's index.
    pub part: usize,
    /// Its text in the document.
    pub span: Span,
    /// Whether its words do not count ([`crate::corpus::LineKind::is_noise`]).
    pub noise: bool,
}

/// Hands over every stretch until `take` says `false`; whether it never did.
pub fn each_stretch(document: &Document, report: &Report, take: &mut dyn FnMut(Stretch) -> bool) -> bool {
    for number in report.line_numbers() {
        let Some(line) = document.line(number).filter(|line| !line.kind.is_outside()) else { continue };
        let mut at = line.span.start;
        while at < line.span.end {
            // `part` is one more than the section's index, and so the index of the next section.
            let part = report.section_at(at).map_or(0, |section| section + 1);
            let next = report.sections.get(part).map_or(line.span.end, |section| section.heading.start);
            let end = next.clamp(at + 1, line.span.end);
            let stretch = Stretch { line: number, part, span: Span::new(at, end), noise: line.kind.is_noise() };
            if !take(stretch) {
                return false;
            }
            at = end;
        }
    }
    true
}
