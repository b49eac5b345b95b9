//! Sentences and headings of two reports, side by side. In: two reports. Out: a table. Does not know about: how they are
//! paired, formulas.

use crate::analysis::Context;
use crate::analysis::spot::file_of;
use crate::corpus::{Document, ReportId};
use crate::index::ledger::{Edit, LedgerUnit, RewordingKind, compare, edits};
use crate::index::search::context as context_of;
use crate::index::terms::Occurrence;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};
use crate::text::{Lang, Span};

/// A unit of one of the reports, where it stands.
#[derive(Debug)]
struct LedgerSide {
    report: ReportId,
    file: String,
    line: u32,
    column: u32,
    text: String,
    span: Span,
}

impl LedgerSide {
    fn new(report: ReportId, document: &Document, unit: &LedgerUnit) -> Option<Self> {
        let span = *unit.spans.first()?;
        Some(Self {
            report,
            file: file_of(document),
            line: unit.line,
            column: context_of(document, span, 0).column,
            text: unit.text(document.text()),
            span,
        })
    }

    fn evidence(&self) -> Evidence {
        let occurrence = Occurrence { report: self.report, span: self.span };
        Evidence::Occurrences { name: self.text.clone(), occurrences: vec![occurrence] }
    }
}

/// What became of a unit.
#[derive(Debug)]
struct LedgerEntry {
    kind: RewordingKind,
    heading: bool,
    moved: bool,
    score: f64,
    old: Option<LedgerSide>,
    new: Option<LedgerSide>,
    edits: Vec<Edit>,
}

impl LedgerEntry {
    /// The words, what was taken out in 〔− 〕 and put in in 〔+ 〕.
    fn words(&self) -> String {
        let mut words = String::new();
        for (sign, text) in self.edits.iter().map(Edit::parts) {
            match (sign, self.kind) {
                ("=", _) | (_, RewordingKind::New | RewordingKind::Dropped) => words.push_str(text),
                ("-", _) => words.push_str(&format!("〔−{text}〕")),
                _ => words.push_str(&format!("〔+{text}〕")),
            }
        }
        words
    }

    /// Sign and name of what became of it.
    fn named(&self, lang: Lang) -> String {
        let moved = if self.moved && self.kind != RewordingKind::Moved { "↕" } else { "" };
        format!("{}{moved} {}", self.kind.sign(), lang.pick(self.kind.zh(), self.kind.name()))
    }

    fn lines(&self) -> String {
        let line = |side: &Option<LedgerSide>| side.as_ref().map_or_else(|| "–".to_owned(), |side| side.line.to_string());
        format!("{}→{}", line(&self.old), line(&self.new))
    }
}

fn file(side: &Option<LedgerSide>) -> Cell<'_> {
    Cell::some_text(side.as_ref().map(|side| side.file.as_str()))
}

fn line(side: &Option<LedgerSide>) -> Cell<'_> {
    Cell::count(side.as_ref().map(|side| u64::from(side.line)))
}

fn column(side: &Option<LedgerSide>) -> Cell<'_> {
    Cell::count(side.as_ref().map(|side| u64::from(side.column)))
}

fn text(side: &Option<LedgerSide>) -> Cell<'_> {
    Cell::some_text(side.as_ref().map(|side| side.text.as_str()))
}

fn evidence(entry: &LedgerEntry) -> Option<Evidence> {
    entry.new.as_ref().or(entry.old.as_ref()).map(LedgerSide::evidence)
}

type Of = Field<LedgerEntry, Lang>;

const FIELDS: &[Of] = &[
    Of::new("kind", Kind::Group, |row, _| Cell::text(row.kind.name())).opens_some(|row, _| evidence(row)),
    Of::new("unit", Kind::Group, |row, _| Cell::text(if row.heading { "heading" } else { "sentence" })),
    Of::new("moved", Kind::Group, |row, _| Cell::Flag(row.moved)),
    Of::new("score", Kind::Score(3), |row, _| Cell::number(row.score)),
    Of::new("old.file", Kind::Path, |row, _| file(&row.old)),
    Of::new("old.line", Kind::Position, |row, _| line(&row.old)),
    Of::new("old.column", Kind::Position, |row, _| column(&row.old)),
    Of::new("old.text", Kind::Text, |row, _| text(&row.old)).opens_some(|row, _| row.old.as_ref().map(LedgerSide::evidence)),
    Of::new("new.file", Kind::Path, |row, _| file(&row.new)),
    Of::new("new.line", Kind::Position, |row, _| line(&row.new)),
    Of::new("new.column", Kind::Position, |row, _| column(&row.new)),
    Of::new("new.text", Kind::Text, |row, _| text(&row.new)).opens_some(|row, _| row.new.as_ref().map(LedgerSide::evidence)),
    Of::new("ops", Kind::Text, |row, _| Cell::Pairs(row.edits.iter().map(Edit::parts).collect())),
    Of::new("became", Kind::Group, |row, lang| Cell::Text(row.named(*lang).into())).head("", "").people(1).people_only(),
    Of::new("lines", Kind::Group, |row, _| Cell::Text(row.lines().into())).head("行", "lines").people(2).people_only(),
    Of::new("words", Kind::Text, |row, _| Cell::Text(row.words().into())).head("文字", "words").people(3).people_only(),
];

/// Whether a kind of change is wanted, by its name.
pub(super) type IsWanted<'a> = &'a dyn Fn(&str) -> bool;

/// `None` if one of the reports is not there. `heading`: only headings, or only sentences.
pub(super) fn table(
    context: &Context<'_>,
    [old, new]: [ReportId; 2],
    (wanted, heading): (IsWanted<'_>, Option<bool>),
    settings: Settings,
) -> Option<Table> {
    let (corpus, lang) = (context.corpus(), context.lang);
    let comparison = compare(corpus, old, new)?;
    let (before, after) = (corpus.report(old)?.0, corpus.report(new)?.0);
    let side = |id: ReportId, document: &Document, units: &[LedgerUnit], at: Option<usize>| {
        LedgerSide::new(id, document, units.get(at?)?)
    };
    let fits = comparison.rows.iter().filter(|row| wanted(row.kind.name()) && heading.is_none_or(|h| h == row.heading));
    let rows: Vec<LedgerEntry> = fits
        .map(|row| {
            let old = side(old, before, &comparison.old, row.old);
            let new = side(new, after, &comparison.new, row.new);
            let words = |side: &Option<LedgerSide>| side.as_ref().map_or_else(String::new, |side| side.text.clone());
            LedgerEntry {
                kind: row.kind,
                heading: row.heading,
                moved: row.moved,
                score: (f64::from(row.likeness) * 1000.0).round() / 1000.0,
                edits: edits(&words(&old), &words(&new)),
                old,
                new,
            }
        })
        .collect();
    let of = |kind: &RewordingKind| {
        let count = comparison.count(*kind);
        (count > 0).then(|| format!("{} {count}", lang.pick(kind.zh(), kind.name())))
    };
    let counts = RewordingKind::ALL.iter().filter_map(of).collect::<Vec<_>>().join(" · ");
    let mut table = Table::new(List::sharing(rows, lang, FIELDS), settings);
    table.title = counts.clone();
    table.notes.push(counts);
    Some(table)
}
