//! How much of each report is its own. In: an index of shared wording, one report or all. Out: one row a report, with the
//! reports closest to it. Does not know about: how passages are found.

use rayon::prelude::*;

use super::spot::file_of;
use super::{Cancelled, Context, Unanswered};
use crate::corpus::{Body, Corpus, ReportId};
use crate::index::passages::{PassageIndex, Summary, summarise};
use crate::index::terms::Occurrence;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};
use crate::text::{Lang, Span};

/// A report that shares passages with another.
#[derive(Debug)]
struct CloseReport {
    file: String,
    place: String,
    year: Option<u16>,
    passages: u64,
    novel: u64,
}

/// How much of a report is its own.
#[derive(Debug)]
struct OriginalityRow {
    report: [ReportId; 1],
    begins: Occurrence,
    file: String,
    line: u32,
    place: String,
    body: Body,
    year: Option<u16>,
    title: String,
    chars: u64,
    original: f64,
    formula: f64,
    shared: f64,
    own_earlier: f64,
    closest: Vec<CloseReport>,
}

type Of = Field<OriginalityRow>;

const FIELDS: &[Of] = &[
    Of::new("file", Kind::Path, |row, ()| Cell::text(&row.file)),
    Of::new("line", Kind::Position, |row, ()| Cell::Count(row.line.into())),
    Of::new("place", Kind::Place, |row, ()| Cell::text(&row.place)).head("地方", "place").people(1).screen(0, 0).key(),
    Of::new("body", Kind::Group, |row, ()| Cell::text(row.body.name())).head("机构", "body").screen(7, 12),
    Of::new("year", Kind::Year, |row, ()| Cell::count(row.year.map(u64::from)))
        .head("年份", "year")
        .people(2)
        .screen(2, 6),
    Of::new("title", Kind::Text, |row, ()| Cell::text(&row.title))
        .opens(|row, ()| Evidence::Occurrences { name: row.title.clone(), occurrences: vec![row.begins] }),
    Of::new("chars", Kind::Position, |row, ()| Cell::Count(row.chars)).head("字", "chars").people(3).screen(8, 8),
    Of::new("original", Kind::Share, |row, ()| Cell::number(row.original))
        .head("独有 %", "original %")
        .people(4)
        .screen(1, 9),
    Of::new("formula", Kind::Share, |row, ()| Cell::number(row.formula))
        .head("套话 %", "formula %")
        .people(5)
        .screen(4, 9),
    Of::new("shared", Kind::Share, |row, ()| Cell::number(row.shared))
        .head("同文 %", "shared %")
        .people(6)
        .screen(3, 9),
    Of::new("own_earlier", Kind::Share, |row, ()| Cell::number(row.own_earlier))
        .head("沿用自己 %", "own earlier %")
        .short("沿用 %", "own %")
        .people(7)
        .screen(5, 9),
    Of::new("closest", Kind::Text, |row, ()| {
        let object = |near: &'_ CloseReport| {
            vec![
                ("file", Cell::Text(near.file.clone().into())),
                ("place", Cell::Text(near.place.clone().into())),
                ("year", Cell::count(near.year.map(u64::from))),
                ("passages", Cell::Count(near.passages)),
                ("novel", Cell::Count(near.novel)),
            ]
        };
        Cell::Objects(row.closest.iter().map(object).collect())
    }),
    Of::new("nearest", Kind::Text, |row, ()| match row.closest.first() {
        Some(near) => {
            let year = near.year.map_or_else(String::new, |year| year.to_string());
            Cell::Text(format!("{}{year} {}/{}", near.place, near.passages, near.novel).into())
        }
        None => Cell::None,
    })
    .head("最像（段/字）", "closest (passages/characters)")
    .short("最像（段/字）", "closest")
    .people(8)
    .screen(6, 24)
    .people_only(),
];

fn row(corpus: &Corpus, id: ReportId, summary: &Summary) -> Option<OriginalityRow> {
    let (document, report) = corpus.report(id)?;
    let share = |letters: usize| (summary.share(letters) * 10_000.0).round() / 10_000.0;
    let close = |near: &crate::index::passages::Closest| {
        let (document, report) = corpus.report(near.report)?;
        Some(CloseReport {
            file: file_of(document),
            place: report.place.clone(),
            year: report.filed_year(),
            passages: near.passages as u64,
            novel: near.novel as u64,
        })
    };
    let line = report.ranges.first().map_or(1, |range| range.first);
    let span = document.line(line).map_or(Span::default(), |line| line.span);
    Some(OriginalityRow {
        report: [id],
        begins: Occurrence { report: id, span },
        file: file_of(document),
        line,
        place: report.place.clone(),
        body: report.body,
        year: report.filed_year(),
        title: report.title.clone(),
        chars: summary.letters as u64,
        original: share(summary.original()),
        formula: share(summary.formula),
        shared: share(summary.shared),
        own_earlier: share(summary.own_earlier),
        closest: summary.closest.iter().filter_map(close).collect(),
    })
}

/// How much of every report is its own, or of `only` one; passages of at least `least` equal characters count.
pub(super) fn table(
    context: &Context<'_>,
    index: &PassageIndex,
    (only, least): (Option<ReportId>, usize),
    settings: Settings,
    cancelled: Cancelled<'_>,
) -> Result<Table, Unanswered> {
    let corpus = context.corpus();
    let wanted: Vec<ReportId> =
        index.reports().iter().copied().filter(|id| only.is_none_or(|only| only == *id)).collect();
    let total = wanted.len();
    context.indexes.progress.begin(total.min(context.rows));
    let read = |id: &ReportId| {
        let summary = summarise(corpus, index, *id, least, cancelled)?;
        context.indexes.progress.step();
        Some(row(corpus, *id, &summary))
    };
    let rows: Option<Vec<Option<OriginalityRow>>> = wanted.par_iter().take(context.rows).map(read).collect();
    let rows: Vec<OriginalityRow> = rows.ok_or(Unanswered::Cancelled)?.into_iter().flatten().collect();
    let mut table = Table::new(List::new(rows, FIELDS).about(|row, ()| &row.report), settings);
    (table.total, table.found, table.sorted) = (total, total > 0, Some("original"));
    table.title = match context.lang {
        Lang::Zh => format!("各篇独有多少 · {total} 篇"),
        Lang::En => format!("how much of each report is its own: {total}"),
    };
    Ok(table)
}
