//! The hits of one report. In: a document, a report, a prepared query. Out: spans, in order, without overlaps.
//! Refuses to know: the corpus, threads.

use std::ops::Range;

use super::matcher::Matcher;
use crate::corpus::{Document, Line, LineKind, Report};
use crate::text::Span;

/// How many bytes are looked through between two questions whether to stop: well under 2 ms at any speed measured.
const WINDOW: usize = 256 * 1024;

/// How many hits are taken between two such questions.
const HITS_PER_QUESTION: usize = 4096;

/// Hits in `report`; `None` once `cancelled` says so.
pub fn scan(
    document: &Document,
    report: &Report,
    matcher: &Matcher<'_>,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Span>> {
    let mut spans = Vec::new();
    for range in &report.ranges {
        let first = (range.first as usize).saturating_sub(1);
        let last = (range.last as usize).min(document.lines.len());
        if let Some(lines) = document.lines.get(first..last) {
            scan_lines(&document.text, lines, matcher, cancelled, &mut spans)?;
        }
    }
    Some(spans)
}

/// Whether hits on a line of this kind count: what the report prints twice counts once, what is outside not at all.
pub const fn is_searched(kind: LineKind) -> bool {
    !matches!(kind, LineKind::Repeat) && !kind.is_outside()
}

fn scan_lines(
    text: &str,
    lines: &[Line],
    matcher: &Matcher<'_>,
    cancelled: &(dyn Fn() -> bool + Sync),
    spans: &mut Vec<Span>,
) -> Option<()> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Some(()) };
    let end = last.span.end as usize;
    let overlap = matcher.longest().saturating_sub(1);
    let window = WINDOW.max(4 * overlap);
    let mut at = first.span.start as usize;
    let mut line = 0;
    while at < end {
        if cancelled() {
            return None;
        }
        let until = at.saturating_add(window).min(end);
        let mut taken = 0;
        while let Some(found) = matcher.find(text, at, until) {
            line += lines[line..].partition_point(|l| (l.span.end as usize) <= found.start);
            at = match lines.get(line) {
                Some(l) if covers(l.span, &found) => {
                    if is_searched(l.kind) {
                        spans.push(Span::of(found.clone()));
                    }
                    found.end
                }
                // Across a line's end: no hit, but one may begin inside it.
                _ => found.start + 1,
            };
            taken += 1;
            if taken % HITS_PER_QUESTION == 0 && cancelled() {
                return None;
            }
        }
        // What begins before `until` and ends after it is left for the next window.
        at = if until == end { end } else { at.max(until - overlap) };
    }
    Some(())
}

fn covers(span: Span, found: &Range<usize>) -> bool {
    span.start as usize <= found.start && found.end <= span.end as usize
}
