//! `yilan targets`: indicators with their values, planned and achieved; with `--pair` what came of each target. In: a corpus.
//! Out: one record each. Does not know about: how values are read.

use std::io::{self, Write};

use serde::Serialize;

use super::compare_args::TargetFlags;
use super::open::say;
use super::output::{OutputColumn, Record, print_records, write_table};
use super::{FormatFlags, Outcome, Setting};
use crate::analysis::spot::file_of;
use crate::corpus::load::gate;
use crate::corpus::{Body, Corpus, Document, ReportId};
use crate::index::search::context;
use crate::index::targets::{Indicators, Measure, Pairing, Status, TargetFigure, Verdict, pair, read};
use crate::text::Lang;

/// Name of the user's own list beside the config file.
const OWN_LIST: &str = "indicators.toml";

#[derive(Serialize)]
struct Told<'c> {
    file: String,
    line: u32,
    column: u32,
    place: &'c str,
    body: Body,
    indicator: String,
    name: &'c str,
    measure: Measure,
    value: f64,
    unit: String,
    qualifier: &'static str,
    year: Option<u16>,
    status: Status,
    text: &'c str,
}

impl Record for Told<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "file",
        "line",
        "column",
        "place",
        "body",
        "indicator",
        "name",
        "measure",
        "value",
        "unit",
        "qualifier",
        "year",
        "status",
        "text",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.file.clone(),
            self.line.to_string(),
            self.column.to_string(),
            self.place.to_owned(),
            self.body.name().to_owned(),
            self.indicator.clone(),
            self.name.to_owned(),
            measure_name(self.measure, Lang::En).to_owned(),
            self.value.to_string(),
            self.unit.clone(),
            self.qualifier.to_owned(),
            self.year.map_or_else(String::new, |year| year.to_string()),
            status_name(self.status, Lang::En).to_owned(),
            self.text.to_owned(),
        ]
    }
}

#[derive(Serialize)]
struct Stated {
    value: f64,
    unit: String,
    qualifier: &'static str,
    file: String,
    line: u32,
}

#[derive(Serialize)]
struct Paired {
    place: String,
    body: Body,
    year: u16,
    indicator: String,
    measure: Measure,
    plan: Stated,
    achieved: Option<Stated>,
    verdict: Verdict,
    redefined: bool,
}

impl Record for Paired {
    const COLUMNS: &'static [&'static str] = &[
        "place",
        "body",
        "year",
        "indicator",
        "measure",
        "plan",
        "plan_unit",
        "plan_qualifier",
        "plan_file",
        "plan_line",
        "achieved",
        "achieved_unit",
        "achieved_qualifier",
        "achieved_file",
        "achieved_line",
        "verdict",
        "redefined",
    ];

    fn cells(&self) -> Vec<String> {
        let mut cells =
            vec![self.place.clone(), self.body.name().to_owned(), self.year.to_string(), self.indicator.clone()];
        cells.push(measure_name(self.measure, Lang::En).to_owned());
        for stated in [Some(&self.plan), self.achieved.as_ref()] {
            match stated {
                Some(stated) => cells.extend([
                    stated.value.to_string(),
                    stated.unit.clone(),
                    stated.qualifier.to_owned(),
                    stated.file.clone(),
                    stated.line.to_string(),
                ]),
                None => cells.extend([const { String::new() }; 5]),
            }
        }
        cells.extend([self.verdict.name().to_owned(), self.redefined.to_string()]);
        cells
    }
}

const fn measure_name(measure: Measure, lang: Lang) -> &'static str {
    match measure {
        Measure::Level => lang.pick("总量", "level"),
        Measure::Growth => lang.pick("增长", "growth"),
        Measure::Average => lang.pick("年均", "average"),
    }
}

const fn status_name(status: Status, lang: Lang) -> &'static str {
    match status {
        Status::Plan => lang.pick("目标", "plan"),
        Status::Achieved => lang.pick("完成", "achieved"),
    }
}

const fn verdict_name(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Met => lang.pick("✓ 完成", "met"),
        Verdict::Missed => lang.pick("✗ 未完成", "missed"),
        Verdict::Below => lang.pick("低于", "below"),
        Verdict::Above => lang.pick("高于", "above"),
        Verdict::Dropped => lang.pick("次年未再提", "dropped"),
        Verdict::Undetermined => lang.pick("–", "undetermined"),
    }
}

/// The indicators that are looked for: the built-in ones and the user's own.
fn indicators(flags: &TargetFlags, setting: &Setting) -> Result<Indicators, String> {
    let built_in = Indicators::default();
    let beside =
        setting.places.config_file.as_deref().and_then(|file| file.parent()).map(|folder| folder.join(OWN_LIST));
    let own = flags.indicators.clone().or(beside.filter(|file| file.exists()));
    let Some(file) = own else { return Ok(built_in) };
    let text = gate::read_text(&file, gate::WORDS)
        .map_err(|refusal| format!("{}: {}", file.display(), refusal.text(setting.lang)))?;
    built_in.extended(&text).map_err(|error| format!("{}: {error}", file.display()))
}

/// Prints figures, or with `--pair` targets with what came of them.
pub fn targets(
    out: &mut dyn Write,
    corpus: &Corpus,
    flags: &TargetFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let list = match indicators(flags, setting) {
        Ok(list) => list,
        Err(message) => {
            say(&message);
            return Ok(Outcome::Wrong);
        }
    };
    let mut ambiguous = 0;
    let mut figures: Vec<(ReportId, TargetFigure)> = Vec::new();
    for (id, document, report) in corpus.distinct() {
        let reading = read(document, report, &list);
        ambiguous += reading.ambiguous;
        figures.extend(reading.figures.into_iter().map(|figure| (id, figure)));
    }
    say(&match setting.lang {
        Lang::Zh => format!("{} 个数，另有 {ambiguous} 个归属不明，未列", figures.len()),
        Lang::En => {
            format!("{} values; {ambiguous} more may belong to another indicator and are left out", figures.len())
        }
    });
    if flags.pair {
        let pairs = pair(corpus, &list, &figures);
        return print_pairs(out, corpus, &pairs, format, setting);
    }
    let wanted = |figure: &TargetFigure| flags.indicator.as_ref().is_none_or(|name| figure.indicator.contains(name));
    let records: Vec<Told<'_>> = figures
        .iter()
        .filter(|(_, figure)| wanted(figure))
        .filter_map(|(id, figure)| told(corpus, *id, figure))
        .collect();
    let columns = [
        OutputColumn::words("地方", "place"),
        OutputColumn::number("年", "year"),
        OutputColumn::words("", ""),
        OutputColumn::words("指标", "indicator"),
        OutputColumn::words("", "measure"),
        OutputColumn::number("值", "value"),
        OutputColumn::words("出处", "where"),
    ];
    let row = |told: &Told<'_>| {
        vec![
            setting.named(told.place).to_owned(),
            told.year.map_or_else(String::new, |year| year.to_string()),
            status_name(told.status, setting.lang).to_owned(),
            told.indicator.clone(),
            measure_name(told.measure, setting.lang).to_owned(),
            format!("{}{}{}", told.value, told.unit, told.qualifier),
            format!("{}:{}", told.file, told.line),
        ]
    };
    let table = |records: &[Told<'_>]| records.iter().map(row).collect::<Vec<_>>();
    print_records(out, format, records, |out, records| write_table(out, setting, &columns, &table(records)))
}

fn told<'c>(corpus: &'c Corpus, id: ReportId, figure: &TargetFigure) -> Option<Told<'c>> {
    let (document, report) = corpus.report(id)?;
    Some(Told {
        file: file_of(document),
        line: figure.line,
        column: context(document, figure.number, 0).column,
        place: &report.place,
        body: report.body,
        indicator: figure.indicator.clone(),
        name: figure.name.slice(document.text()),
        measure: figure.measure,
        value: figure.value,
        unit: figure.unit.clone(),
        qualifier: figure.qualifier,
        year: figure.year,
        status: figure.status,
        text: figure.span.slice(document.text()),
    })
}

fn stated(document: &Document, figure: &TargetFigure) -> Stated {
    let TargetFigure { value, unit, qualifier, line, .. } = figure;
    Stated { value: *value, unit: unit.clone(), qualifier, file: file_of(document), line: *line }
}

fn print_pairs(
    out: &mut dyn Write,
    corpus: &Corpus,
    pairs: &[Pairing],
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let record = |pairing: &Pairing| {
        let (document, report) = corpus.report(pairing.plan.0)?;
        let achieved = pairing.achieved.as_ref().and_then(|(id, figure)| Some(stated(corpus.report(*id)?.0, figure)));
        Some(Paired {
            place: report.place.clone(),
            body: pairing.body,
            year: pairing.year,
            indicator: pairing.indicator.clone(),
            measure: pairing.measure,
            plan: stated(document, &pairing.plan.1),
            achieved,
            verdict: pairing.verdict,
            redefined: pairing.redefined,
        })
    };
    let records: Vec<Paired> = pairs.iter().filter_map(record).collect();
    let columns = [
        OutputColumn::words("地方", "place"),
        OutputColumn::number("年", "year"),
        OutputColumn::words("指标", "indicator"),
        OutputColumn::words("", "measure"),
        OutputColumn::number("目标", "plan"),
        OutputColumn::number("完成", "achieved"),
        OutputColumn::words("", ""),
        OutputColumn::words("出处", "where"),
    ];
    let value = |stated: &Stated| format!("{}{}{}", stated.value, stated.unit, stated.qualifier);
    let row = |paired: &Paired| {
        let changed = if paired.redefined { setting.lang.pick("! 口径变了", "! redefined") } else { "" };
        let verdict =
            if changed.is_empty() { verdict_name(paired.verdict, setting.lang).to_owned() } else { changed.to_owned() };
        let there = paired.achieved.as_ref().map_or_else(String::new, |a| format!(" → {}:{}", a.file, a.line));
        vec![
            setting.named(&paired.place).to_owned(),
            paired.year.to_string(),
            paired.indicator.clone(),
            measure_name(paired.measure, setting.lang).to_owned(),
            value(&paired.plan),
            paired.achieved.as_ref().map_or_else(|| "—".to_owned(), value),
            verdict,
            format!("{}:{}{there}", paired.plan.file, paired.plan.line),
        ]
    };
    let table = |records: &[Paired]| records.iter().map(row).collect::<Vec<_>>();
    print_records(out, format, records, |out, records| write_table(out, setting, &columns, &table(records)))
}
