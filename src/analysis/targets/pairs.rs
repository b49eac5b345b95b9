//! Targets with what the next report says was reached, one a row. In: pairs. Out: a table. Does not know about: how they are
//! paired.

use super::values::{StatedValue, measure_name};
use crate::analysis::Context;
use crate::corpus::Body;
use crate::index::targets::{Measure, Pairing, Verdict};
use crate::table::{Cell, Field, Kind, List, Settings, Table};
use crate::text::Lang;

/// A target, and what came of it.
#[derive(Debug)]
struct PairedTarget {
    body: Body,
    year: u16,
    measure: Measure,
    plan: StatedValue,
    achieved: Option<StatedValue>,
    verdict: Verdict,
    redefined: bool,
}

pub(super) const fn verdict_name(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Met => lang.pick("✓ 完成", "✓ met"),
        Verdict::Missed => lang.pick("✗ 未完成", "✗ missed"),
        Verdict::Below => lang.pick("↓ 低于", "↓ below"),
        Verdict::Above => lang.pick("↑ 高于", "↑ above"),
        Verdict::Dropped => lang.pick("? 次年未再提", "? dropped"),
        Verdict::Undetermined => "–",
    }
}

fn verdict(row: &PairedTarget, lang: Lang) -> &'static str {
    if row.redefined { lang.pick("! 口径变了", "! redefined") } else { verdict_name(row.verdict, lang) }
}

fn number(stated: Option<&StatedValue>) -> Cell<'_> {
    Cell::number(stated.map(|stated| stated.figure.value))
}

fn unit(stated: Option<&StatedValue>) -> Cell<'_> {
    Cell::some_text(stated.map(|stated| stated.figure.unit.as_str()))
}

fn qualifier(stated: Option<&StatedValue>) -> Cell<'_> {
    Cell::some_text(stated.map(|stated| stated.figure.qualifier))
}

fn file(stated: Option<&StatedValue>) -> Cell<'_> {
    Cell::some_text(stated.map(|stated| stated.file.as_str()))
}

fn line(stated: Option<&StatedValue>) -> Cell<'_> {
    Cell::count(stated.map(|stated| u64::from(stated.figure.line)))
}

type Of = Field<PairedTarget, Lang>;

const FIELDS: &[Of] = &[
    Of::new("place", Kind::Group, |row, _| Cell::text(&row.plan.place)).head("地方", "place").people(1).screen(4, 14),
    Of::new("body", Kind::Group, |row, _| Cell::text(row.body.name())),
    Of::new("year", Kind::Year, |row, _| Cell::Count(row.year.into())).head("年", "year").people(2).screen(3, 6),
    Of::new("indicator", Kind::Group, |row, _| Cell::text(&row.plan.figure.indicator)).head("指标", "indicator").people(3).key(),
    Of::new("measure", Kind::Group, |row, _| Cell::text(measure_name(row.measure, Lang::En))),
    Of::new("plan.value", Kind::Score(2), |row, _| number(Some(&row.plan))).opens(|row, _| row.plan.evidence()),
    Of::new("plan.unit", Kind::Group, |row, _| unit(Some(&row.plan))),
    Of::new("plan.qualifier", Kind::Group, |row, _| qualifier(Some(&row.plan))),
    Of::new("plan.file", Kind::Path, |row, _| file(Some(&row.plan))),
    Of::new("plan.line", Kind::Position, |row, _| line(Some(&row.plan))),
    Of::new("achieved.value", Kind::Score(2), |row, _| number(row.achieved.as_ref()))
        .opens_some(|row, _| row.achieved.as_ref().map(StatedValue::evidence)),
    Of::new("achieved.unit", Kind::Group, |row, _| unit(row.achieved.as_ref())),
    Of::new("achieved.qualifier", Kind::Group, |row, _| qualifier(row.achieved.as_ref())),
    Of::new("achieved.file", Kind::Path, |row, _| file(row.achieved.as_ref())),
    Of::new("achieved.line", Kind::Position, |row, _| line(row.achieved.as_ref())),
    Of::new("verdict", Kind::Group, |row, _| Cell::text(row.verdict.name())),
    Of::new("redefined", Kind::Group, |row, _| Cell::Flag(row.redefined)),
    Of::new("measure_name", Kind::Group, |row, lang| Cell::text(measure_name(row.measure, *lang)))
        .head("", "")
        .people(4)
        .people_only()
        .screen(5, 8),
    Of::new("planned", Kind::Interval, |row, _| Cell::Text(row.plan.said().into()))
        .head("目标", "plan")
        .people(5)
        .people_only()
        .screen(1, 14),
    Of::new("reached", Kind::Interval, |row, _| {
        row.achieved.as_ref().map_or(Cell::None, |achieved| Cell::Text(achieved.said().into()))
    })
    .head("完成", "achieved")
    .people(6)
    .people_only()
    .screen(1, 14),
    Of::new("verdict_name", Kind::Group, |row, lang| Cell::text(verdict(row, *lang)))
        .head("", "")
        .people(7)
        .people_only()
        .screen(2, 14),
    Of::new("where", Kind::Path, |row, _| {
        let there = row.achieved.as_ref().map_or_else(String::new, |achieved| format!(" → {}", achieved.spot()));
        Cell::Text(format!("{}{there}", row.plan.spot()).into())
    })
    .head("出处", "where")
    .people(8)
    .people_only()
    .screen(0, 0),
];

pub(super) fn table(context: &Context<'_>, pairs: Vec<Pairing>, settings: impl Fn(usize) -> Settings) -> Table {
    let total = pairs.len();
    let row = |pairing: Pairing| {
        let Pairing { body, year, measure, plan, achieved, verdict, redefined, .. } = pairing;
        let plan = StatedValue::new(context, plan.0, plan.1)?;
        let achieved = achieved.and_then(|(id, figure)| StatedValue::new(context, id, figure));
        Some(PairedTarget { body, year, measure, plan, achieved, verdict, redefined })
    };
    let rows: Vec<PairedTarget> = pairs.into_iter().take(context.rows).filter_map(row).collect();
    let mut table = Table::new(List::sharing(rows, context.lang, FIELDS), settings(total));
    (table.total, table.found) = (total, total > 0);
    table
}
