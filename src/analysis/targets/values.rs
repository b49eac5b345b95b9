//! The values that reports state, one a row. In: figures. Out: a table. Does not know about: what came of targets.

use crate::analysis::Context;
use crate::analysis::spot::file_of;
use crate::corpus::{Body, ReportId};
use crate::index::search::context as context_of;
use crate::index::targets::{TargetFigure, Measure, Status};
use crate::index::terms::Occurrence;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};
use crate::text::Lang;

/// A value, and where a report states it.
#[derive(Debug)]
pub(super) struct StatedValue {
    pub report: ReportId,
    pub file: String,
    pub column: u32,
    pub place: String,
    pub body: Body,
    /// Of the indicator, as the text writes it.
    pub name: String,
    /// From the name to the number.
    pub text: String,
    pub figure: TargetFigure,
}

impl StatedValue {
    pub fn new(context: &Context<'_>, id: ReportId, figure: TargetFigure) -> Option<Self> {
        let (document, report) = context.corpus().report(id)?;
        Some(Self {
            report: id,
            file: file_of(document),
            column: context_of(document, figure.number, 0).column,
            place: report.place.clone(),
            body: report.body,
            name: figure.name.slice(document.text()).to_owned(),
            text: figure.span.slice(document.text()).to_owned(),
            figure,
        })
    }

    /// The span that the value was read from.
    pub fn evidence(&self) -> Evidence {
        let occurrence = Occurrence { report: self.report, span: self.figure.number };
        Evidence::Occurrences { name: self.figure.indicator.clone(), occurrences: vec![occurrence] }
    }

    /// The value as it stands: number, unit, qualifier.
    pub fn said(&self) -> String {
        format!("{}{}{}", self.figure.value, self.figure.unit, self.figure.qualifier)
    }

    pub fn spot(&self) -> String {
        format!("{}:{}", self.file, self.figure.line)
    }
}

pub(super) const fn measure_name(measure: Measure, lang: Lang) -> &'static str {
    match measure {
        Measure::Level => lang.pick("总量", "level"),
        Measure::Growth => lang.pick("增长", "growth"),
        Measure::Average => lang.pick("年均", "average"),
    }
}

pub(super) const fn status_name(status: Status, lang: Lang) -> &'static str {
    match status {
        Status::Plan => lang.pick("目标", "plan"),
        Status::Achieved => lang.pick("完成", "achieved"),
    }
}

type Of = Field<StatedValue, Lang>;

const FIELDS: &[Of] = &[
    Of::new("file", Kind::Path, |row, _| Cell::text(&row.file)),
    Of::new("line", Kind::Position, |row, _| Cell::Count(row.figure.line.into())),
    Of::new("column", Kind::Position, |row, _| Cell::Count(row.column.into())),
    Of::new("place", Kind::Group, |row, _| Cell::text(&row.place)).head("地方", "place").people(1).screen(2, 14),
    Of::new("body", Kind::Group, |row, _| Cell::text(row.body.name())),
    Of::new("indicator", Kind::Group, |row, _| Cell::text(&row.figure.indicator)).head("指标", "indicator").people(4).key(),
    Of::new("name", Kind::Text, |row, _| Cell::text(&row.name)),
    Of::new("measure", Kind::Group, |row, _| Cell::text(measure_name(row.figure.measure, Lang::En))),
    Of::new("value", Kind::Score(2), |row, _| Cell::number(row.figure.value)).opens(|row, _| row.evidence()),
    Of::new("unit", Kind::Group, |row, _| Cell::text(&row.figure.unit)),
    Of::new("qualifier", Kind::Group, |row, _| Cell::text(row.figure.qualifier)),
    Of::new("year", Kind::Year, |row, _| Cell::count(row.figure.year.map(u64::from)))
        .head("年", "year")
        .people(2)
        .screen(3, 6),
    Of::new("status", Kind::Group, |row, _| Cell::text(status_name(row.figure.status, Lang::En))),
    Of::new("text", Kind::Text, |row, _| Cell::text(&row.text)).head("原文", "text").people(0).screen(6, 20),
    Of::new("status_name", Kind::Group, |row, lang| Cell::text(status_name(row.figure.status, *lang)))
        .head("", "")
        .people(3)
        .people_only()
        .screen(4, 9),
    Of::new("measure_name", Kind::Group, |row, lang| Cell::text(measure_name(row.figure.measure, *lang)))
        .head("", "")
        .people(5)
        .people_only()
        .screen(5, 8),
    Of::new("said", Kind::Interval, |row, _| Cell::Text(row.said().into()))
        .head("值", "value")
        .people(6)
        .people_only()
        .screen(1, 14),
    Of::new("where", Kind::Path, |row, _| Cell::Text(row.spot().into())).head("出处", "where").people(7).people_only().screen(0, 0),
];

pub(super) fn table(
    context: &Context<'_>,
    figures: Vec<(ReportId, TargetFigure)>,
    settings: impl Fn(usize) -> Settings,
) -> Table {
    let total = figures.len();
    let rows: Vec<StatedValue> =
        figures.into_iter().take(context.rows).filter_map(|(id, figure)| StatedValue::new(context, id, figure)).collect();
    let mut table = Table::new(List::sharing(rows, context.lang, FIELDS), settings(total));
    (table.total, table.found) = (total, total > 0);
    table
}
