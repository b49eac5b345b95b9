//! The occurrences behind a number. In: spans of reports. Out: one record each, in context. Does not know about: the number.

use std::io::{self, Write};

use serde::Serialize;

use super::output::{Column, Record, write_records, write_table};
use super::{FormatFlags, Setting, list};
use crate::corpus::{Body, Corpus};
use crate::index::search::context;
use crate::index::terms::Occurrence;

/// Characters of context on either side, for programs.
const CONTEXT: usize = 30;
/// The same for people, so that a line fits a screen.
const NARROW_CONTEXT: usize = 15;

#[derive(Serialize)]
struct Opened<'c> {
    file: String,
    line: u32,
    column: u32,
    place: &'c str,
    body: Body,
    years: &'c [u16],
    title: &'c str,
    left: &'c str,
    hit: &'c str,
    right: &'c str,
    /// In which way it stands there: what the command says about it.
    #[serde(rename = "as")]
    kind: &'c str,
}

impl Record for Opened<'_> {
    const COLUMNS: &'static [&'static str] =
        &["file", "line", "column", "place", "body", "years", "title", "left", "hit", "right", "as"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.file.clone(),
            self.line.to_string(),
            self.column.to_string(),
            self.place.to_owned(),
            self.body.name().to_owned(),
            list::years(self.years),
            self.title.to_owned(),
            self.left.to_owned(),
            self.hit.to_owned(),
            self.right.to_owned(),
            self.kind.to_owned(),
        ]
    }
}

/// Prints occurrences, each with a word about it.
pub fn print(
    out: &mut dyn Write,
    corpus: &Corpus,
    found: &[(Occurrence, String)],
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<()> {
    let wide = format.json || format.csv;
    let record = |(occurrence, kind): &'_ (Occurrence, String)| {
        let (document, report) = corpus.report(occurrence.report)?;
        let here = context(document, occurrence.span, if wide { CONTEXT } else { NARROW_CONTEXT });
        let file = document.path.to_string_lossy().into_owned();
        Some((file, here, report, kind.clone()))
    };
    let records: Vec<_> = found.iter().filter_map(record).collect();
    let opened = records.iter().map(|(file, here, report, kind)| Opened {
        file: file.clone(),
        line: here.line,
        column: here.column,
        place: &report.place,
        body: report.body,
        years: &report.years,
        title: &report.title,
        left: here.left,
        hit: here.hit,
        right: here.right,
        kind,
    });
    if let Some(written) = write_records(out, format, opened) {
        return written;
    }
    let columns = [
        Column::words("地方", "place"),
        Column::number("行", "line"),
        Column::number("上文", "left"),
        Column::words("词", "term"),
        Column::words("下文", "right"),
        Column::words("作为", "as"),
    ];
    let rows: Vec<Vec<String>> = records
        .iter()
        .map(|(_, here, report, kind)| {
            let cells = [setting.named(&report.place), &here.line.to_string(), here.left, here.hit, here.right, kind];
            cells.map(str::to_owned).to_vec()
        })
        .collect();
    write_table(out, setting, &columns, &rows)
}
