//! A report as screen rows: wrapped once per width, then folded.
//!
//! In: a document, one of its reports, a text width. Out: rows, each a span of the document. Does not know about: colours,
//! where the page stands on the screen.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use crate::corpus::{Document, Line, LineKind, LineRange, Report, Section};
use crate::text::Span;
use crate::text::width::Ambiguous;
use crate::text::wrap::{Wrap, wrap};

/// Reports of more bytes than this are wrapped and searched by a worker; smaller ones at once, within a millisecond.
pub const LARGE: usize = 256 * 1024;

/// A text of more bytes that has not been fetched from its file yet is fetched by a worker.
const FAR: usize = 4 << 20;

/// Bytes to be looked at for a report: those between its first and last line, or those of the whole text where that has to be
/// fetched.
pub(in crate::app) fn bytes(document: &crate::corpus::Document, report: &Report) -> usize {
    if !document.source.is_at_hand() && document.source.size() > FAR {
        return document.source.size();
    }
    let of = |line: u32| document.line(line).map_or(0..0, |l| l.span.range());
    report.ranges.iter().map(|r| of(r.last).end.saturating_sub(of(r.first).start)).sum()
}

/// What a row is, for its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Air.
    Blank,
    /// The report's title.
    Title,
    /// Subtitle, date, speaker.
    Subtitle,
    /// A heading on a line of its own, with its level (1 is a part).
    Heading(u8),
    /// Running text.
    Text,
    /// A line of no words of the report's own (byline, caption…).
    Noise,
    /// A paragraph that stood before.
    Repeat,
}

/// One screen row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRow {
    /// Its text in the document; empty for a blank row.
    pub span: Span,
    /// Source line (1-based) it comes from; for a blank row that of the row after it.
    pub line: u32,
    /// What it is.
    pub kind: RowKind,
    /// Columns left free before the text.
    pub indent: u8,
    /// Source lines folded away under this row; 0 where nothing is.
    pub folded: u32,
    /// Whether a paragraph begins with it; a blank row is part of none.
    pub begins: bool,
}

impl PageRow {
    /// Its text in `text`, the document's, piece by piece with where each begins there: more than one where the file broke a
    /// line that the page does not.
    pub fn pieces<'t>(&self, text: &'t str) -> impl Iterator<Item = (u32, &'t str)> + use<'t> {
        let whole = self.span.slice(text);
        let start = self.span.start;
        whole.split(['\n', '\r']).enumerate().filter_map(move |(n, part)| {
            // Blanks at the ends of a file's lines are no part of the text; a row may begin with one of its own.
            let blank = |c: char| c.is_whitespace() || c == '\u{200b}';
            let piece = if n == 0 { part } else { part.trim_start_matches(blank) };
            let piece = piece.trim_end();
            let at = piece.as_ptr() as usize - whole.as_ptr() as usize;
            (!piece.is_empty()).then(|| (start + u32::try_from(at).unwrap_or(0), piece))
        })
    }
}

/// Columns by which a paragraph's first row is set in: two 汉字.
const PARAGRAPH_INDENT: usize = 4;

/// Wraps a whole report at `width` columns.
pub fn lay_out(document: &Document, report: &Report, width: u16, ambiguous: Ambiguous) -> Vec<PageRow> {
    let width = usize::from(width.max(2));
    let mut rows = Vec::new();
    let mut air = true;
    for flow in flows(document, report) {
        let Some((number, line)) = flow.first().copied() else { continue };
        let kind = match line.kind {
            LineKind::Title => RowKind::Title,
            LineKind::Subtitle | LineKind::Dateline => RowKind::Subtitle,
            LineKind::Heading => RowKind::Heading(heading_level(report, number)),
            LineKind::Repeat => RowKind::Repeat,
            kind if kind.is_noise() => RowKind::Noise,
            _ => RowKind::Text,
        };
        let headed = matches!(kind, RowKind::Heading(_) | RowKind::Title);
        if headed && !air {
            rows.push(blank(line.span, number));
        }
        let indent = match line.kind {
            LineKind::Paragraph | LineKind::Formula | LineKind::Repeat if !line.joins => PARAGRAPH_INDENT,
            _ => 0,
        };
        let room = Wrap { width, first_indent: indent.min(width / 4), rest_indent: 0, ambiguous };
        wrap_flow(&mut rows, &flow, document, kind, &room);
        air = matches!(kind, RowKind::Heading(1 | 2) | RowKind::Title);
        if air {
            let end = flow.last().map_or(line.span.end, |(_, line)| line.span.end);
            // Belongs to the line above, so that a fold at this line keeps it with its heading.
            rows.push(blank(Span::new(end, end), number));
        }
    }
    if rows.last().is_some_and(|row| row.kind == RowKind::Blank) {
        rows.pop();
    }
    rows
}

/// Wraps some lines of a document (1-based) as one text, as the page does with a paragraph.
pub fn lay_out_lines(document: &Document, lines: LineRange, width: u16, ambiguous: Ambiguous) -> Vec<PageRow> {
    let width = usize::from(width.max(2));
    let told = |n: u32| Some((n, document.line(n)?)).filter(|(_, line)| line.kind != LineKind::Blank);
    let noise = |n: u32, line: &Line| line.kind.is_noise() && n != lines.first;
    let flow: Vec<(u32, &Line)> =
        (lines.first..=lines.last).filter_map(told).filter(|(n, line)| !noise(*n, line)).collect();
    let mut rows = Vec::new();
    let room = Wrap { width, first_indent: PARAGRAPH_INDENT.min(width / 4), rest_indent: 0, ambiguous };
    wrap_flow(&mut rows, &flow, document, RowKind::Text, &room);
    rows
}

const fn blank(before: Span, line: u32) -> PageRow {
    PageRow {
        span: Span::new(before.start, before.start),
        line,
        kind: RowKind::Blank,
        indent: 0,
        folded: 0,
        begins: false,
    }
}

fn heading_level(report: &Report, line: u32) -> u8 {
    let at = report.sections.partition_point(|s| s.line < line);
    report.sections.get(at).filter(|s| s.line == line).map_or(1, |s| s.level)
}

/// The lines that the page shows, each with those that go on with it: nothing but blanks stands between them.
fn flows<'d>(document: &'d Document, report: &Report) -> Vec<Vec<(u32, &'d Line)>> {
    let mut flows: Vec<Vec<(u32, &'d Line)>> = Vec::new();
    for number in shown_lines(document, report) {
        let Some(line) = document.line(number) else { break };
        if line.kind == LineKind::Blank {
            continue;
        }
        let flows_on = |open: &&mut Vec<(u32, &'d Line)>| {
            open.last().is_some_and(|(_, before)| {
                let between = document.text().get(before.span.end as usize..line.span.start as usize);
                line.joins
                    && line.kind == before.kind
                    && matches!(line.kind, LineKind::Paragraph | LineKind::Heading)
                    && between.is_some_and(|text| text.chars().all(char::is_whitespace))
            })
        };
        match flows.last_mut().filter(flows_on) {
            Some(open) => open.push((number, line)),
            None => flows.push(vec![(number, line)]),
        }
    }
    flows
}

/// The report's own lines, and what its web page printed before, in and behind them.
fn shown_lines(document: &Document, report: &Report) -> Vec<u32> {
    let is_page = |line: u32| document.line(line).is_some_and(|l| matches!(l.kind, LineKind::Chrome | LineKind::Blank));
    let (Some(first), Some(last)) = (report.ranges.first(), report.ranges.last()) else { return Vec::new() };
    let head = (1..first.first).rev().take_while(|&line| is_page(line)).last().unwrap_or(first.first);
    let follows_another = document.reports.iter().any(|other| other.covers(head.saturating_sub(1)));
    let mut shown: Vec<u32> = if follows_another { Vec::new() } else { (head..first.first).collect() };
    let mut end = None;
    for range in &report.ranges {
        let between = end.map_or(range.first..range.first, |end: u32| end + 1..range.first);
        shown.extend(between.filter(|&line| is_page(line)));
        shown.extend(range.first..=range.last);
        end = Some(range.last);
    }
    shown.extend((last.last + 1..).take_while(|&line| is_page(line)));
    shown
}

/// Wraps lines that are one text. A row of running text is of the line where it begins, one of a heading of its first.
fn wrap_flow(rows: &mut Vec<PageRow>, flow: &[(u32, &Line)], document: &Document, kind: RowKind, room: &Wrap) {
    let text = document.text();
    let mut whole = Cow::Borrowed("");
    // Where each line begins in the whole and in the document, and its number.
    let mut parts: Vec<(u32, u32, u32)> = Vec::with_capacity(flow.len());
    for (number, line) in flow {
        parts.push((u32::try_from(whole.len()).unwrap_or(u32::MAX), line.span.start, *number));
        match flow.len() {
            1 => whole = Cow::Borrowed(line.span.slice(text)),
            _ => whole.to_mut().push_str(line.span.slice(text)),
        }
    }
    let part_at = |at: u32, ends: bool| {
        let after = parts.partition_point(|(begins, ..)| if ends { *begins < at } else { *begins <= at });
        parts.get(after.saturating_sub(1)).copied().unwrap_or_default()
    };
    for (n, piece) in wrap(&whole, 0, room).into_iter().enumerate() {
        let (begins, start, line) = part_at(piece.span.start, false);
        let (last_begins, last_start, _) = part_at(piece.span.end, true);
        let span = Span::new(start + (piece.span.start - begins), last_start + (piece.span.end - last_begins));
        let line = if matches!(kind, RowKind::Text) { line } else { flow.first().map_or(line, |(number, _)| *number) };
        let indent = match kind {
            // Titles are centred, row by row.
            RowKind::Title | RowKind::Subtitle => room.width.saturating_sub(usize::from(piece.width)) / 2,
            _ => usize::from(piece.indent),
        };
        let indent = u8::try_from(indent).unwrap_or(u8::MAX);
        rows.push(PageRow { span, line, kind, indent, folded: 0, begins: n == 0 });
    }
}

/// Leaves out what stands under folded sections (indices into the report's outline) and, if asked, noise and repeats.
pub fn fold(rows: &[PageRow], report: &Report, folds: &FxHashSet<u32>, hide_noise: bool) -> Vec<PageRow> {
    let mut hidden: Vec<(u32, u32)> = folds
        .iter()
        .filter_map(|&i| report.sections.get(i as usize))
        .filter(|s| s.last_line > s.line)
        .map(|s| (s.line + 1, s.last_line))
        .collect();
    hidden.sort_unstable();
    let mut hidden = hidden.into_iter().peekable();
    let mut end = 0;
    let mut kept: Vec<PageRow> = Vec::with_capacity(rows.len());
    for row in rows {
        while let Some((_, last)) = hidden.next_if(|&(first, _)| first <= row.line) {
            end = end.max(last);
        }
        let noise = hide_noise && matches!(row.kind, RowKind::Noise | RowKind::Repeat);
        if row.line > end && !noise {
            kept.push(*row);
        }
    }
    mark_folds(&mut kept, report, folds);
    kept
}

/// Writes on the last row of each folded heading's line how many source lines it hides.
fn mark_folds(rows: &mut [PageRow], report: &Report, folds: &FxHashSet<u32>) {
    for section in folds.iter().filter_map(|&i| report.sections.get(i as usize)) {
        let after = rows.partition_point(|row| row.line <= section.line);
        let last = rows[..after].iter_mut().rev().take_while(|row| row.line == section.line);
        if let Some(row) = { last }.find(|row| row.kind != RowKind::Blank) {
            row.folded = row.folded.max(section.last_line - section.line);
        }
    }
}

/// The sections (indices) whose fold hides `line`.
pub fn covering(sections: &[Section], line: u32) -> impl Iterator<Item = u32> + '_ {
    sections
        .iter()
        .enumerate()
        .filter(move |(_, s)| s.line < line && line <= s.last_line)
        .map(|(i, _)| u32::try_from(i).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture;

    fn texts<'d>(document: &'d Document, rows: &[PageRow]) -> Vec<&'d str> {
        rows.iter().map(|row| row.span.slice(document.text())).collect()
    }

    #[test]
    fn paragraphs_are_set_in_and_nothing_is_lost() {
        let corpus = fixture::corpus();
        for (_, document, report) in corpus.reports() {
            for width in [0, 1, 2, 9, 20, 76, 200] {
                let rows = lay_out(document, report, width, Ambiguous::Narrow);
                let shown: String = texts(document, &rows).concat();
                let source: String = report.line_numbers().map(|n| document.line_text(n)).collect();
                let dense = |s: &str| s.split_whitespace().collect::<String>();
                assert_eq!(dense(&shown), dense(&source), "{} at {width}", report.title);
                assert!(rows.windows(2).all(|w| w[0].span.start <= w[1].span.start), "rows in order");
            }
        }
    }

    #[test]
    fn lines_that_go_on_are_one_text_on_the_page() {
        let corpus = fixture::corpus();
        let (_, document, _) = corpus.reports().next().unwrap();
        let mut document = Document::clone(document);
        let text = "    推进乡村振\n兴，守好每一盏\n    灯。\n又一段。\n分享到\n";
        let spans = ["推进乡村振", "兴，守好每一盏", "灯。", "又一段。", "分享到"].map(|words| {
            let start = text.find(words).unwrap();
            Span::of(start..start + words.len())
        });
        document.source = text.to_owned().into();
        let line = |(n, span): (usize, &Span)| Line {
            span: *span,
            kind: if n == 4 { LineKind::Chrome } else { LineKind::Paragraph },
            joins: n == 1 || n == 2,
            reason: crate::corpus::Reason::Text,
        };
        document.lines = spans.iter().enumerate().map(line).collect();
        let report = Report { ranges: vec![crate::corpus::LineRange { first: 1, last: 4 }], ..Report::default() };
        let rows = lay_out(&document, &report, 12, Ambiguous::Narrow);
        let shown: Vec<String> = rows.iter().map(|row| row.pieces(text).map(|(_, piece)| piece).collect()).collect();
        assert_eq!(shown.concat(), "推进乡村振兴，守好每一盏灯。又一段。分享到");
        assert_eq!(rows.first().map(|row| row.span.slice(text)), Some("推进乡村"), "{shown:?}");
        assert_eq!(shown[1].chars().next(), Some('振'), "no row ends where the file breaks a line: {shown:?}");
        assert_eq!(rows.last().map(|row| (row.line, row.kind)), Some((5, RowKind::Noise)));
    }

    #[test]
    fn folding_hides_what_stands_under_a_heading_and_says_how_much() {
        let corpus = fixture::corpus();
        let (_, document, report) = corpus.reports().next().unwrap();
        let rows = lay_out(document, report, 40, Ambiguous::Narrow);
        assert_eq!(fold(&rows, report, &FxHashSet::default(), false), rows);
        let folds: FxHashSet<u32> = [0].into_iter().collect();
        let folded = fold(&rows, report, &folds, false);
        let section = report.sections[0];
        assert!(folded.iter().all(|r| r.line <= section.line || r.line > section.last_line));
        let head = folded.iter().find(|r| r.line == section.line && r.kind != RowKind::Blank).unwrap();
        assert_eq!(head.folded, section.last_line - section.line);
        let inner: FxHashSet<u32> = [0, 1].into_iter().collect();
        assert_eq!(fold(&rows, report, &inner, false).len(), folded.len(), "a fold inside a fold hides nothing more");
    }
}
