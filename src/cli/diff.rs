//! `yilan diff`: the ledger of two reports. In: a corpus, two reports of it. Out: one record a row, in the reading order of
//! the new report; or one a formula. Does not know about: how units are paired.

use std::io::{self, Write};

use serde::Serialize;

use super::compare_args::{DiffFlags, UnitWanted};
use super::open::say;
use super::output::{OutputColumn, Record, write_records, write_table};
use super::{FormatFlags, Outcome, Setting};
use crate::analysis::spot::{self, file_of};
use crate::corpus::{Corpus, Document, ReportId};
use crate::index::ledger::{
    Formula, LedgerComparison, LedgerRow, LedgerUnit, RewordingKind, Turn, compare, edits, formulas,
};
use crate::index::search::context;
use crate::index::terms::Segmenter;
use crate::text::Lang;

/// A unit where it stands.
#[derive(Debug, Clone, Serialize)]
struct Side {
    file: String,
    line: u32,
    column: u32,
    text: String,
}

impl Side {
    fn new(document: &Document, unit: &LedgerUnit) -> Self {
        let column = unit.spans.first().map_or(1, |span| context(document, *span, 0).column);
        Self { file: file_of(document), line: unit.line, column, text: unit.text(document.text()) }
    }
}

#[derive(Serialize)]
struct Told {
    kind: RewordingKind,
    unit: &'static str,
    moved: bool,
    score: f64,
    old: Option<Side>,
    new: Option<Side>,
    ops: Vec<(&'static str, String)>,
}

impl Record for Told {
    const COLUMNS: &'static [&'static str] = &[
        "kind",
        "unit",
        "moved",
        "score",
        "old_file",
        "old_line",
        "old_column",
        "old_text",
        "new_file",
        "new_line",
        "new_column",
        "new_text",
    ];

    fn cells(&self) -> Vec<String> {
        let mut cells = vec![
            self.kind.name().to_owned(),
            self.unit.to_owned(),
            self.moved.to_string(),
            format!("{:.3}", self.score),
        ];
        for side in [&self.old, &self.new] {
            match side {
                Some(side) => {
                    cells.extend([
                        side.file.clone(),
                        side.line.to_string(),
                        side.column.to_string(),
                        side.text.clone(),
                    ]);
                }
                None => cells.extend([const { String::new() }; 4]),
            }
        }
        cells
    }
}

#[derive(Serialize)]
struct First {
    file: String,
    line: u32,
    year: Option<u16>,
    place: String,
}

#[derive(Serialize)]
struct Phrase {
    kind: Turn,
    unit: &'static str,
    term: String,
    quoted: bool,
    old_count: usize,
    new_count: usize,
    adopters: usize,
    of: usize,
    first: Option<First>,
    last_before: Option<u16>,
}

impl Record for Phrase {
    const COLUMNS: &'static [&'static str] = &[
        "kind",
        "term",
        "quoted",
        "old_count",
        "new_count",
        "adopters",
        "of",
        "first_file",
        "first_line",
        "first_year",
        "first_place",
        "last_before",
    ];

    fn cells(&self) -> Vec<String> {
        let number = |n: Option<u16>| n.map_or_else(String::new, |n| n.to_string());
        let mut cells = vec![turn_name(self.kind).to_owned(), self.term.clone(), self.quoted.to_string()];
        cells.extend([self.old_count, self.new_count, self.adopters, self.of].map(|n| n.to_string()));
        match &self.first {
            Some(first) => {
                cells.extend([first.file.clone(), first.line.to_string(), number(first.year), first.place.clone()]);
            }
            None => cells.extend([const { String::new() }; 4]),
        }
        cells.push(number(self.last_before));
        cells
    }
}

const fn turn_name(turn: Turn) -> &'static str {
    match turn {
        Turn::New => "new",
        Turn::Back => "back",
        Turn::Dropped => "dropped",
        Turn::Kept => "kept",
    }
}

/// Prints the ledger of the two reports that the flags name.
pub fn diff(
    out: &mut dyn Write,
    corpus: &Corpus,
    flags: &DiffFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let mut sides = [ReportId { document: crate::corpus::DocumentId(0), index: 0 }; 2];
    for (words, side) in [&flags.old, &flags.new].into_iter().zip(&mut sides) {
        let Some(report) = spot::report(corpus, words) else {
            say(&format!("{}: {words}", setting.lang.pick("没有这份报告", "no such report")));
            return Ok(Outcome::Nothing);
        };
        *side = report;
    }
    let [old, new] = sides;
    let wanted = |name: &str| flags.kind.is_empty() || flags.kind.iter().any(|kind| kind == name);
    let known = |name: &String| RewordingKind::ALL.iter().any(|kind| kind.name() == name) || name == "back";
    if let Some(unknown) = flags.kind.iter().find(|name| !known(name)) {
        say(&format!("--kind {unknown}: {}", setting.lang.pick("没有这一类", "no such kind")));
        return Ok(Outcome::Wrong);
    }
    if flags.unit == Some(UnitWanted::Formula) {
        let found = formulas(corpus, old, new, Segmenter::get(), &|| false).unwrap_or_default();
        let found = found.into_iter().filter(|formula| wanted(turn_name(formula.turn)));
        let phrases: Vec<Phrase> = found.map(|formula| phrase(corpus, formula)).collect();
        return print_formulas(out, phrases, format, setting);
    }
    let Some(comparison) = compare(corpus, old, new) else { return Ok(Outcome::Nothing) };
    let (Some((old, _)), Some((new, _))) = (corpus.report(old), corpus.report(new)) else {
        return Ok(Outcome::Nothing);
    };
    let fits = |row: &&LedgerRow| {
        wanted(row.kind.name())
            && match flags.unit {
                Some(UnitWanted::Sentence) => !row.heading,
                Some(UnitWanted::Heading) => row.heading,
                _ => true,
            }
    };
    say(&counts(&comparison, setting.lang));
    let rows: Vec<Told> = comparison.rows.iter().filter(fits).map(|row| told(&comparison, row, old, new)).collect();
    let any = !rows.is_empty();
    if format.format() != super::format::OutputFormat::Text {
        if let Some(written) = write_records(out, format, rows) {
            written?;
        }
    } else {
        for row in rows {
            print_row(out, &row, setting)?;
        }
    }
    Ok(Outcome::found(any))
}

/// How many rows there are of each kind, for people.
fn counts(comparison: &LedgerComparison, lang: Lang) -> String {
    let of = |kind: &RewordingKind| {
        let count = comparison.count(*kind);
        (count > 0).then(|| format!("{} {count}", lang.pick(kind.zh(), kind.name())))
    };
    RewordingKind::ALL.iter().filter_map(of).collect::<Vec<_>>().join(" · ")
}

fn told(comparison: &LedgerComparison, row: &LedgerRow, old: &Document, new: &Document) -> Told {
    let side =
        |document: &Document, units: &[LedgerUnit], at: Option<usize>| Some(Side::new(document, units.get(at?)?));
    let (before, after) = (side(old, &comparison.old, row.old), side(new, &comparison.new, row.new));
    let text = |side: &Option<Side>| side.as_ref().map_or_else(String::new, |side| side.text.clone());
    let ops = edits(&text(&before), &text(&after));
    Told {
        kind: row.kind,
        unit: if row.heading { "heading" } else { "sentence" },
        moved: row.moved,
        score: (f64::from(row.likeness) * 1000.0).round() / 1000.0,
        old: before,
        new: after,
        ops: ops.iter().map(|edit| (edit.parts().0, edit.parts().1.to_owned())).collect(),
    }
}

/// A row for people: sign, lines, and the words with what was taken out in 〔− 〕 and put in in 〔+ 〕.
fn print_row(out: &mut dyn Write, row: &Told, setting: &Setting) -> io::Result<()> {
    let line = |side: &Option<Side>| side.as_ref().map_or_else(|| "–".to_owned(), |side| side.line.to_string());
    let mut words = String::new();
    for (sign, text) in &row.ops {
        match (*sign, row.kind) {
            ("=", _) | (_, RewordingKind::New | RewordingKind::Dropped) => words.push_str(text),
            ("-", _) => words.push_str(&format!("〔−{text}〕")),
            _ => words.push_str(&format!("〔+{text}〕")),
        }
    }
    let kind = setting.lang.pick(row.kind.zh(), row.kind.name());
    let moved = if row.moved && row.kind != RewordingKind::Moved { "↕" } else { "" };
    let words = crate::text::visible::visible(&words).into_owned();
    writeln!(out, "{}{moved} {kind} {}→{}  {words}", row.kind.sign(), line(&row.old), line(&row.new))
}

fn phrase(corpus: &Corpus, formula: Formula) -> Phrase {
    let Formula { turn, term, quoted, old_count, new_count, adopters, of, first, last_before } = formula;
    let first = first.and_then(|(id, span)| {
        let (document, report) = corpus.report(id)?;
        let (line, year) = (document.line_at(span.start), report.filed_year());
        Some(First { file: file_of(document), line, year, place: report.place.clone() })
    });
    Phrase { kind: turn, unit: "formula", term, quoted, old_count, new_count, adopters, of, first, last_before }
}

fn print_formulas(
    out: &mut dyn Write,
    phrases: Vec<Phrase>,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let any = !phrases.is_empty();
    if format.format() != super::format::OutputFormat::Text {
        if let Some(written) = write_records(out, format, phrases) {
            written?;
        }
        return Ok(Outcome::found(any));
    }
    let columns = [
        OutputColumn::words("", ""),
        OutputColumn::words("提法", "formula"),
        OutputColumn::number("旧", "old"),
        OutputColumn::number("新", "new"),
        OutputColumn::number("采用", "adopters"),
        OutputColumn::words("首见", "first"),
        OutputColumn::number("上次", "last"),
    ];
    let row = |phrase: &Phrase| {
        let name = match phrase.kind {
            Turn::New => setting.lang.pick("新", "new"),
            Turn::Back => setting.lang.pick("回", "back"),
            Turn::Dropped => setting.lang.pick("失", "dropped"),
            Turn::Kept => setting.lang.pick("沿", "kept"),
        };
        let term = if phrase.quoted { format!("“{}”", phrase.term) } else { phrase.term.clone() };
        let first = phrase.first.as_ref().map_or_else(String::new, |first| {
            let year = first.year.map_or_else(String::new, |year| year.to_string());
            format!("{year} {} {}:{}", setting.named(&first.place), first.file, first.line)
        });
        vec![
            name.to_owned(),
            term,
            phrase.old_count.to_string(),
            phrase.new_count.to_string(),
            format!("{}/{}", phrase.adopters, phrase.of),
            first.trim().to_owned(),
            phrase.last_before.map_or_else(String::new, |year| year.to_string()),
        ]
    };
    write_table(out, setting, &columns, &phrases.iter().map(row).collect::<Vec<_>>())?;
    Ok(Outcome::found(any))
}
