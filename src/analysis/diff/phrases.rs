//! Formulas that come and go between two reports. In: two reports. Out: a table. Does not know about: how formulas are found,
//! sentences.

use crate::analysis::spot::file_of;
use crate::analysis::{Cancelled, Context};
use crate::corpus::ReportId;
use crate::index::ledger::{Formula, Turn, formulas};
use crate::index::terms::Occurrence;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};
use crate::text::Lang;

/// A formula, and the report that had it first.
#[derive(Debug)]
struct TurnedPhrase {
    formula: Formula,
    first: Option<FirstUse>,
}

#[derive(Debug)]
struct FirstUse {
    file: String,
    line: u32,
    year: Option<u16>,
    place: String,
}

const fn turn_name(turn: Turn) -> &'static str {
    match turn {
        Turn::New => "new",
        Turn::Back => "back",
        Turn::Dropped => "dropped",
        Turn::Kept => "kept",
    }
}

const fn turn_word(turn: Turn, lang: Lang) -> &'static str {
    match turn {
        Turn::New => lang.pick("新", "new"),
        Turn::Back => lang.pick("回", "back"),
        Turn::Dropped => lang.pick("失", "dropped"),
        Turn::Kept => lang.pick("沿", "kept"),
    }
}

impl TurnedPhrase {
    /// Where it was first said, for people.
    fn first_said(&self) -> String {
        let told = self.first.as_ref().map(|first| {
            let year = first.year.map_or_else(String::new, |year| year.to_string());
            format!("{year} {} {}:{}", first.place, first.file, first.line)
        });
        told.unwrap_or_default().trim().to_owned()
    }

    fn evidence(&self) -> Option<Evidence> {
        let (report, span) = self.formula.first?;
        Some(Evidence::Occurrences {
            name: self.formula.term.clone(),
            occurrences: vec![Occurrence { report, span }],
        })
    }
}

type Of = Field<TurnedPhrase, Lang>;

const FIELDS: &[Of] = &[
    Of::new("kind", Kind::Group, |row, _| Cell::text(turn_name(row.formula.turn))),
    Of::new("unit", Kind::Group, |_, _| Cell::text("formula")),
    Of::new("term", Kind::Term, |row, _| Cell::text(&row.formula.term))
        .head("提法", "formula")
        .people(2)
        .key()
        .opens_some(|row, _| row.evidence()),
    Of::new("quoted", Kind::Group, |row, _| Cell::Flag(row.formula.quoted)),
    Of::new("old_count", Kind::Position, |row, _| Cell::Count(row.formula.old_count as u64))
        .head("旧", "old")
        .people(3)
        .screen(3, 5),
    Of::new("new_count", Kind::Position, |row, _| Cell::Count(row.formula.new_count as u64))
        .head("新", "new")
        .people(4)
        .screen(3, 5),
    Of::new("adopters", Kind::Position, |row, _| Cell::Count(row.formula.adopters as u64)),
    Of::new("of", Kind::Position, |row, _| Cell::Count(row.formula.of as u64)),
    Of::new("first.file", Kind::Path, |row, _| Cell::some_text(row.first.as_ref().map(|first| first.file.as_str()))),
    Of::new("first.line", Kind::Position, |row, _| Cell::count(row.first.as_ref().map(|first| u64::from(first.line)))),
    Of::new("first.year", Kind::Year, |row, _| {
        Cell::count(row.first.as_ref().and_then(|first| first.year).map(u64::from))
    }),
    Of::new("first.place", Kind::Group, |row, _| Cell::some_text(row.first.as_ref().map(|first| first.place.as_str()))),
    Of::new("last_before", Kind::Year, |row, _| Cell::count(row.formula.last_before.map(u64::from)))
        .head("上次", "last")
        .people(7)
        .screen(4, 6),
    Of::new("turn", Kind::Group, |row, lang| Cell::text(turn_word(row.formula.turn, *lang)))
        .head("", "")
        .people(1)
        .people_only()
        .screen(1, 9),
    Of::new("adopted", Kind::Interval, |row, _| Cell::Text(format!("{}/{}", row.formula.adopters, row.formula.of).into()))
        .head("采用", "adopters")
        .people(5)
        .people_only()
        .screen(2, 9),
    Of::new("said", Kind::Text, |row, _| Cell::Text(row.first_said().into()))
        .head("首见", "first")
        .people(6)
        .people_only()
        .screen(5, 20),
];

/// `None` once `cancelled` says so.
pub(super) fn table(
    context: &Context<'_>,
    [old, new]: [ReportId; 2],
    wanted: &dyn Fn(&str) -> bool,
    settings: Settings,
    cancelled: Cancelled<'_>,
) -> Option<Table> {
    let (corpus, lang) = (context.corpus(), context.lang);
    let found = formulas(corpus, old, new, context.count_context.segmenter, cancelled)?;
    let count = |turn: Turn| found.iter().filter(|formula| formula.turn == turn).count();
    let of = |turn: Turn| format!("{} {}", turn_word(turn, lang), count(turn));
    let counts = [Turn::New, Turn::Back, Turn::Dropped, Turn::Kept].map(of).join(" · ");
    let first = |formula: &Formula| {
        let (id, span) = formula.first?;
        let (document, report) = corpus.report(id)?;
        let (line, year) = (document.line_at(span.start), report.filed_year());
        Some(FirstUse { file: file_of(document), line, year, place: report.place.clone() })
    };
    let kept = found.into_iter().filter(|formula| wanted(turn_name(formula.turn)));
    let rows: Vec<TurnedPhrase> = kept.map(|formula| TurnedPhrase { first: first(&formula), formula }).collect();
    let mut table = Table::new(List::sharing(rows, lang, FIELDS), settings);
    table.title = counts;
    Some(table)
}
