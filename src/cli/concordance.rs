//! Occurrences in context, printed. In: lines of a concordance. Out: records, or for people the hits in one column.
//! Does not know about: how they are found and ordered.

use std::io::{self, Write};

use serde::Serialize;

use super::format::OutputFormat;
use super::output::{Record, to_the_right, write_records};
use super::{FormatFlags, Setting, list};
use crate::corpus::{Body, Corpus, Document, Report, ReportId};
use crate::index::kwic::KwicLine;
use crate::index::search::context;
use crate::text::visible::visible;

/// An occurrence for programs.
#[derive(Serialize)]
struct ConcordanceHit<'c> {
    file: String,
    line: u32,
    column: u32,
    /// The line where it ends: another one where a paragraph was broken in mid-sentence.
    end_line: u32,
    place: &'c str,
    province: &'c str,
    body: Body,
    years: &'c [u16],
    title: &'c str,
    section: Vec<String>,
    left: String,
    hit: String,
    right: String,
}

impl<'c> ConcordanceHit<'c> {
    fn new(document: &'c Document, report: &'c Report, line: KwicLine) -> Self {
        let last = line.hit.parts().last().unwrap_or(line.hit.span);
        Self {
            file: document.path.to_string_lossy().into_owned(),
            line: line.line,
            column: context(document, line.hit.span, 0).column,
            end_line: document.line_at(last.start),
            place: &report.place,
            province: &report.province,
            body: report.body,
            years: &report.years,
            title: &report.title,
            section: line.section,
            left: line.left,
            hit: line.middle,
            right: line.right,
        }
    }
}

impl Record for ConcordanceHit<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "file", "line", "column", "end_line", "place", "province", "body", "years", "title", "section", "left", "hit",
        "right",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.file.clone(),
            self.line.to_string(),
            self.column.to_string(),
            self.end_line.to_string(),
            self.place.to_owned(),
            self.province.to_owned(),
            self.body.name().to_owned(),
            list::years(self.years),
            self.title.to_owned(),
            self.section.join(" > "),
            self.left.clone(),
            self.hit.clone(),
            self.right.clone(),
        ]
    }
}

/// How a concordance is printed.
#[derive(Debug, Clone, Copy)]
pub struct ConcordanceLayout {
    /// Characters on either side of the hit.
    pub context: usize,
    /// Whether the hits of a report follow one another, so that its name need be said only once.
    pub by_report: bool,
}

/// Prints `lines`, for programs or, hits in one column, for people.
pub fn write(
    out: &mut dyn Write,
    corpus: &Corpus,
    lines: impl Iterator<Item = KwicLine>,
    layout: ConcordanceLayout,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<()> {
    let mut lines = lines.filter_map(|line| Some((corpus.report(line.report)?, line)));
    if format.format() != OutputFormat::Text {
        let records = lines.map(|((document, report), line)| ConcordanceHit::new(document, report, line));
        return write_records(out, (format, setting.lang), records).unwrap_or(Ok(()));
    }
    let mut open: Option<ReportId> = None;
    lines.try_for_each(|((document, report), line)| {
        let about =
            [setting.named(&report.place), report.body.name(), &report.named_years(setting.lang), &report.title];
        let file = document.path.to_string_lossy();
        if layout.by_report && open.replace(line.report) != Some(line.report) {
            writeln!(out, "{} ({})", about.map(visible).join(" · "), visible(&file))?;
        }
        let left = to_the_right(&visible(&line.left), 2 * layout.context, setting.ambiguous());
        let (middle, right) = (visible(&line.middle), visible(&line.right));
        if layout.by_report {
            let place = format!("{}:{}", line.line, context(document, line.hit.span, 0).column);
            writeln!(out, "  {place:>9}  {left}[{middle}]{right}")
        } else {
            let about = about[..3].iter().map(|word| visible(word)).collect::<Vec<_>>().join(" · ");
            writeln!(out, "{left}[{middle}]{right}  ({about} · {}:{})", visible(&file), line.line)
        }
    })
}
