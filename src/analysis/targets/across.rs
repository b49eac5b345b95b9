//! Indicators by year, what was planned beside what was reached; or places by indicator, the targets of a year. In: figures,
//! pairs. Out: a table whose cells are texts. Does not know about: how figures are read and paired.

use std::collections::BTreeSet;

use clap::ValueEnum;
use clap::builder::PossibleValue;
use rustc_hash::{FxHashMap, FxHashSet};

use super::values::{StatedValue, status_name};
use crate::analysis::Context;
use crate::corpus::{Body, PlaceId, ReportId};
use crate::index::targets::{TargetFigure, Indicators, Measure, Pairing, Status, Verdict};
use crate::table::{Cell, Field, Kind, List, Settings, Table};
use crate::text::{Lang, Span};

/// What the columns of the grid are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Across {
    /// Indicators by year.
    Year,
    /// Places by indicator.
    Place,
}

impl ValueEnum for Across {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Year, Self::Place]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Year => "year",
            Self::Place => "place",
        }))
    }
}

/// Which grid.
pub(super) struct Wanted {
    pub across: Across,
    /// Of `Across::Place`: whose targets; the last year that has any where it is not said.
    pub target_year: Option<u16>,
}

/// A value in a cell of the grid.
#[derive(Debug)]
struct GridValue {
    stated: StatedValue,
    /// The report's place, for people.
    place: String,
    /// Indicator, measure and unit.
    series: String,
    /// Year and status.
    time: String,
    verdict: Option<Verdict>,
    redefined: bool,
    /// Of a target what was reached, of what was reached the target, as the text says it; empty where it says neither.
    beside: String,
}

impl GridValue {
    /// What stands in the cell: the number, its qualifier, what came of it.
    fn cell(&self) -> String {
        let (before, after) = match self.stated.figure.qualifier {
            "左右" => ("", "±"),
            "以上" => ("", "+"),
            "以内" | "以下" => ("≤", ""),
            other => ("", other),
        };
        let sign = match self.verdict {
            _ if self.redefined => " !",
            Some(Verdict::Met) => " ✓",
            Some(Verdict::Missed) => " ✗",
            Some(Verdict::Below) => " ↓",
            Some(Verdict::Above) => " ↑",
            Some(Verdict::Dropped) => " ?",
            Some(Verdict::Undetermined) | None => "",
        };
        format!("{before}{}{after}{sign}", self.stated.figure.value)
    }
}

type Of = Field<GridValue, Lang>;

const FIELDS: &[Of] = &[
    Of::new("indicator", Kind::Group, |row, _| Cell::text(&row.stated.figure.indicator)),
    Of::new("measure", Kind::Group, |row, _| Cell::text(super::values::measure_name(row.stated.figure.measure, Lang::En))),
    Of::new("unit", Kind::Group, |row, _| Cell::text(&row.stated.figure.unit)),
    Of::new("year", Kind::Year, |row, _| Cell::count(row.stated.figure.year.map(u64::from))),
    Of::new("status", Kind::Group, |row, _| Cell::text(status_name(row.stated.figure.status, Lang::En))),
    Of::new("value", Kind::Score(2), |row, _| Cell::number(row.stated.figure.value)).opens(|row, _| row.stated.evidence()),
    Of::new("qualifier", Kind::Group, |row, _| Cell::text(row.stated.figure.qualifier)),
    Of::new("verdict", Kind::Group, |row, _| Cell::some_text(row.verdict.map(Verdict::name))),
    Of::new("redefined", Kind::Group, |row, _| Cell::Flag(row.redefined)),
    Of::new("place", Kind::Group, |row, _| Cell::text(&row.stated.place)),
    Of::new("body", Kind::Group, |row, _| Cell::text(row.stated.body.name())),
    Of::new("name", Kind::Text, |row, _| Cell::text(&row.stated.name)),
    Of::new("file", Kind::Path, |row, _| Cell::text(&row.stated.file)),
    Of::new("line", Kind::Position, |row, _| Cell::Count(row.stated.figure.line.into())),
    Of::new("column", Kind::Position, |row, _| Cell::Count(row.stated.column.into())),
    Of::new("text", Kind::Text, |row, _| Cell::text(&row.stated.text)),
    Of::new("at", Kind::Place, |row, _| Cell::text(&row.place)).head("地方", "place").people(1).people_only().screen(0, 0),
    Of::new("series", Kind::Group, |row, _| Cell::text(&row.series)).head("指标", "indicator").people(2).people_only(),
    Of::new("time", Kind::Year, |row, _| Cell::text(&row.time)).head("年", "year").people(3).people_only(),
    Of::new("cell", Kind::Interval, |row, _| Cell::Text(row.cell().into()))
        .head("值", "value")
        .people(4)
        .people_only()
        .screen(1, 10),
    Of::new("beside", Kind::Text, |row, _| Cell::text(&row.beside)).people_only(),
    Of::new("where", Kind::Path, |row, _| Cell::Text(row.stated.spot().into()))
        .head("出处", "where")
        .people(5)
        .people_only()
        .screen(9, 20),
];

/// What names a row or a column of the grid: the indicator's number in the list, growth before levels, the unit.
type Series = (usize, bool, Measure, String);

/// Tells each value what its row says of the same year beside it.
fn tell_beside(values: &mut [GridValue]) {
    let key = |value: &GridValue| (value.place.clone(), value.series.clone(), value.stated.figure.year);
    let mut told: FxHashMap<_, Vec<(Status, String)>> = FxHashMap::default();
    for value in values.iter() {
        let words = format!("{}  {}  {}", value.time, value.stated.spot(), value.stated.text);
        told.entry(key(value)).or_default().push((value.stated.figure.status, words));
    }
    for value in values {
        let others = told.get(&key(value)).map_or(&[][..], Vec::as_slice);
        let other = others.iter().find(|(status, _)| *status != value.stated.figure.status);
        value.beside = other.map_or_else(String::new, |(_, words)| words.clone());
    }
}

pub(super) fn table(
    context: &Context<'_>,
    (list, figures, pairs): (&Indicators, &[&(ReportId, TargetFigure)], &[Pairing]),
    wanted: &Wanted,
    settings: impl Fn(usize) -> Settings,
) -> Table {
    let (corpus, lang) = (context.corpus(), context.lang);
    let mut verdicts: FxHashMap<(ReportId, Span), (Verdict, bool)> = FxHashMap::default();
    for pairing in pairs {
        // What came of a target stands beside what was reached; where nothing was, beside the target.
        let reached = pairing.achieved.as_ref().filter(|_| wanted.across == Across::Year);
        let (id, figure) = reached.unwrap_or(&pairing.plan);
        verdicts.insert((*id, figure.number), (pairing.verdict, pairing.redefined));
    }
    let told = |id: ReportId| {
        let (_, report) = corpus.report(id)?;
        Some((corpus.place_of(id)?, report.body, report.filed_year()?))
    };
    // A government's own figures before those that another body repeats.
    let mut ordered: Vec<(PlaceId, Body, u16, ReportId, &TargetFigure)> = figures
        .iter()
        .filter_map(|(id, figure)| told(*id).map(|(place, body, session)| (place, body, session, *id, figure)))
        .filter(|(.., figure)| !figure.period && figure.measure != Measure::Average)
        .collect();
    ordered.sort_by_key(|(_, body, ..)| *body != Body::Government);
    let of_plan = |figure: &TargetFigure| figure.year.filter(|_| figure.status == Status::Plan);
    let target_year = wanted.target_year.or_else(|| ordered.iter().filter_map(|(.., figure)| of_plan(figure)).max());
    let mut seen = FxHashSet::default();
    let mut rows: Vec<(PlaceId, Series, _, ReportId, &TargetFigure)> = Vec::new();
    for (place, _, session, id, figure) in ordered {
        let Some(year) = figure.year else { continue };
        let fits = match (wanted.across, figure.status) {
            (Across::Place, status) => status == Status::Plan && Some(year) == target_year,
            (_, Status::Plan) => true,
            (_, Status::Achieved) => session == year + 1,
        };
        let number = list.all().iter().position(|one| one.name == figure.indicator).unwrap_or(usize::MAX);
        let series = (number, figure.measure != Measure::Growth, figure.measure, figure.unit.clone());
        if fits && seen.insert((place, series.clone(), year, figure.status)) {
            rows.push((place, series, (year, figure.status), id, figure));
        }
    }
    rows.sort_by(|a, b| (a.0, &a.1, a.2).cmp(&(b.0, &b.1, b.2)));
    let places: BTreeSet<PlaceId> = rows.iter().map(|row| row.0).collect();
    let several = wanted.across == Across::Year && places.len() > 1;
    let name = |place: PlaceId, series: &Series, figure: &TargetFigure| {
        let of = if several { format!("{} · ", context.place_name(place)) } else { String::new() };
        let grew = if figure.measure == Measure::Level { "" } else { lang.pick("增长", "+") };
        format!("{of}{} {grew}{}", figure.indicator, series.3)
    };
    let time = |(year, status): (u16, Status)| format!("{year} {}", status_name(status, lang));
    let across: Vec<String> = match wanted.across {
        Across::Year => rows.iter().map(|row| row.2).collect::<BTreeSet<_>>().into_iter().map(time).collect(),
        Across::Place => {
            let named: BTreeSet<(&Series, String)> = rows.iter().map(|row| (&row.1, name(row.0, &row.1, row.4))).collect();
            named.into_iter().map(|(_, name)| name).collect()
        }
    };
    let mut values: Vec<GridValue> = rows
        .iter()
        .filter_map(|(place, series, when, id, figure)| {
            let verdict = verdicts.get(&(*id, figure.number)).copied();
            Some(GridValue {
                stated: StatedValue::new(context, *id, (*figure).clone())?,
                place: context.place_name(*place).to_owned(),
                series: name(*place, series, figure),
                time: time(*when),
                verdict: verdict.map(|(verdict, _)| verdict),
                redefined: verdict.is_some_and(|(_, redefined)| redefined),
                beside: String::new(),
            })
        })
        .collect();
    tell_beside(&mut values);
    let total = values.len();
    let rows = List::sharing(values, lang, FIELDS).about(|row, _| std::slice::from_ref(&row.stated.report));
    let mut table = Table::new(rows, settings(total));
    match wanted.across {
        Across::Year => table.name_rows_by(&[("series", Kind::Group), ("time", Kind::Year)]),
        Across::Place => table.name_rows_by(&[("at", Kind::Place), ("series", Kind::Group)]),
    }
    (table.total, table.found, table.across, table.written) = (total, total > 0, across, Some("cell"));
    table.notes.push(
        lang.pick(
            "✓ 完成 ✗ 未完成 ↓ 低于 ↑ 高于 ? 次年未再提 ! 口径变了 ± 左右 + 以上 ≤ 以内",
            "✓ met ✗ missed ↓ below ↑ above ? dropped ! redefined ± about + or more ≤ at most",
        )
        .to_owned(),
    );
    if wanted.across == Across::Place {
        table.title = target_year.map_or_else(String::new, |year| year.to_string());
    }
    table
}
