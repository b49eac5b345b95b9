//! `yilan draft`: what a writer would look at again. In: a corpus that holds the draft. Out: one record a remark, in reading
//! order. Does not know about: how anything is found.

use std::io::{self, Write};

use serde::Serialize;

use super::compare_args::DraftFlags;
use super::open::say;
use super::output::{OutputColumn, Record, print_records, write_table};
use super::{FormatFlags, Outcome, Setting};
use crate::analysis::spot::{self, file_of};
use crate::corpus::{Corpus, ReportId};
use crate::index::draft::{Checks, Remark, RemarkKind, check};
use crate::index::passages::PassageIndex;
use crate::index::search::context;
use crate::index::sections::SectionIndex;
use crate::index::targets::Indicators;
use crate::text::Span;

#[derive(Serialize)]
struct Other<'c> {
    file: String,
    line: u32,
    place: &'c str,
    year: Option<u16>,
    text: String,
}

#[derive(Serialize)]
struct Told<'c> {
    kind: RemarkKind,
    file: String,
    line: Option<u32>,
    column: Option<u32>,
    text: String,
    note: String,
    other: Option<Other<'c>>,
}

impl Record for Told<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "kind",
        "file",
        "line",
        "column",
        "text",
        "note",
        "other_file",
        "other_line",
        "other_place",
        "other_year",
        "other_text",
    ];

    fn cells(&self) -> Vec<String> {
        let number = |n: Option<u32>| n.map_or_else(String::new, |n| n.to_string());
        let mut cells = vec![self.kind.name().to_owned(), self.file.clone(), number(self.line), number(self.column)];
        cells.extend([self.text.clone(), self.note.clone()]);
        match &self.other {
            Some(other) => cells.extend([
                other.file.clone(),
                other.line.to_string(),
                other.place.to_owned(),
                other.year.map_or_else(String::new, |year| year.to_string()),
                other.text.clone(),
            ]),
            None => cells.extend([const { String::new() }; 5]),
        }
        cells
    }
}

/// Prints remarks on the draft that the flags name.
pub fn draft(
    out: &mut dyn Write,
    corpus: &Corpus,
    flags: &DraftFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let Some(id) = spot::report(corpus, &flags.file) else {
        say(&format!("{}: {}", flags.file, setting.lang.pick("没有这份报告", "no such report")));
        return Ok(Outcome::Nothing);
    };
    let (passages, sections) = (
        PassageIndex::new(corpus, &|_, _| {}, &|| false).unwrap_or_default(),
        SectionIndex::new(corpus, &|| false).unwrap_or_default(),
    );
    let checks = Checks { passages: &passages, sections: &sections, indicators: &Indicators::default() };
    let found = check(corpus, corpus.original(id), &checks, &|| false).unwrap_or_default();
    let records: Vec<Told<'_>> = found.iter().filter_map(|remark| told(corpus, corpus.original(id), remark)).collect();
    let columns = [
        OutputColumn::number("行", "line"),
        OutputColumn::words("", ""),
        OutputColumn::words("文字", "words"),
        OutputColumn::words("说明", "note"),
        OutputColumn::words("另见", "see"),
    ];
    let row = |told: &Told<'_>| {
        let mut words: String = told.text.chars().take(24).collect();
        if told.text.chars().nth(24).is_some() {
            words.push('…');
        }
        let note = match told.kind {
            RemarkKind::Shared => format!("{} {}", setting.lang.pick("独有字", "letters of few:"), told.note),
            _ => told.note.clone(),
        };
        let see = told.other.as_ref().map_or_else(String::new, |other| {
            let year = other.year.map_or_else(String::new, |year| year.to_string());
            format!("{}{year} {}:{}", setting.named(other.place), other.file, other.line)
        });
        let line = told.line.map_or_else(|| "–".to_owned(), |line| line.to_string());
        vec![line, setting.lang.pick(told.kind.zh(), told.kind.name()).to_owned(), words, note, see]
    };
    let table = |records: &[Told<'_>]| records.iter().map(row).collect::<Vec<_>>();
    print_records(out, format, records, |out, records| write_table(out, setting, &columns, &table(records)))
}

fn told<'c>(corpus: &'c Corpus, draft: ReportId, remark: &Remark) -> Option<Told<'c>> {
    let (document, _) = corpus.report(draft)?;
    let there = (remark.span != Span::default()).then_some(remark.span);
    let other = remark.other.and_then(|(id, span)| {
        let (document, report) = corpus.report(id)?;
        Some(Other {
            file: file_of(document),
            line: document.line_at(span.start),
            place: &report.place,
            year: report.filed_year(),
            text: span.slice(document.text()).to_owned(),
        })
    });
    Some(Told {
        kind: remark.kind,
        file: file_of(document),
        line: there.map(|span| document.line_at(span.start)),
        column: there.map(|span| context(document, span, 0).column),
        text: there.map_or("", |span| span.slice(document.text())).to_owned(),
        note: remark.note.clone(),
        other,
    })
}
