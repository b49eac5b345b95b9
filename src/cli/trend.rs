//! `yilan trend`: terms over years or places. In: a corpus, terms. Out: one record per term and year or place.
//! Does not know about: how occurrences are counted.

use std::io::{self, Write};

use serde::Serialize;

use super::ground::{Ground, axis, exact, rows_shown, tell};
use super::open::say;
use super::output::{Column, Record, write_records, write_table};
use super::term_args::{By, TrendFlags};
use super::{FormatFlags, Outcome, Setting};
use crate::corpus::Corpus;
use crate::index::trend::{self, ColumnKey, Counting, Grid};

#[derive(Serialize)]
struct Point<'t> {
    term: &'t str,
    year: Option<u16>,
    place: Option<&'t str>,
    count: u64,
    rate: f64,
    reports: u32,
    all_reports: usize,
    han: u64,
    /// Median of the rates of all years or places.
    median: f64,
}

impl Record for Point<'_> {
    const COLUMNS: &'static [&'static str] =
        &["term", "year", "place", "count", "rate", "reports", "all_reports", "han", "median"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.term.to_owned(),
            self.year.map_or(String::new(), |year| year.to_string()),
            self.place.unwrap_or_default().to_owned(),
            self.count.to_string(),
            exact(self.rate),
            self.reports.to_string(),
            self.all_reports.to_string(),
            self.han.to_string(),
            exact(self.median),
        ]
    }
}

/// Prints the trend of terms (several are parted by commas) over years, or their ranking over places.
pub fn print(
    out: &mut dyn Write,
    corpus: &Corpus,
    (terms, flags): (&str, &TrendFlags),
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let mut terms: Vec<String> = terms.split([',', '，', '、']).map(|t| t.trim().to_owned()).collect();
    terms.retain(|term| !term.is_empty());
    let counting = if flags.strings { Counting::Text } else { Counting::Words };
    let ground = match Ground::new(corpus, (&flags.scope, &flags.words), &terms, setting) {
        Ok(ground) => ground,
        Err((outcome, message)) => {
            say(&message);
            return Ok(outcome);
        }
    };
    let Some(grid) = trend::grid(&ground.basis(), &ground.extent, &terms, axis(flags.by), counting, &|| false) else {
        return Ok(Outcome::Nothing);
    };
    let mut provenance = ground.provenance();
    provenance.counts = counting.name();
    provenance.also = match flags.by {
        By::Year => "by year (a report on several years under the last)".into(),
        By::Place => "by place".into(),
    };
    tell(out, &provenance, (&flags.words, format), setting)?;
    let shown = rows_shown(&flags.words, format);
    let rows = || points(corpus, &grid, flags.by).into_iter().take(shown);
    if let Some(written) = write_records(out, format, rows()) {
        written?;
    } else {
        let columns = [
            Column::words("词", "term"),
            Column::words("年份或地方", "year or place"),
            Column::number("次", "count"),
            Column::number("每万字", "per 10,000"),
            Column::number("中位数", "median"),
            Column::number("用到的篇数", "reports with it"),
            Column::number("篇数", "reports"),
        ];
        let row = |point: Point<'_>| {
            let year = point.year.map(|year| year.to_string());
            let place = point.place.map(|place| setting.named(place).to_owned());
            let key = year.or(place).unwrap_or_else(|| setting.named("").to_owned());
            let [rate, median] = [point.rate, point.median].map(|x| format!("{x:.2}"));
            let reports = [u64::from(point.reports), point.all_reports as u64].map(|n| n.to_string());
            let head = [point.term.to_owned(), key, point.count.to_string(), rate, median];
            head.into_iter().chain(reports).collect()
        };
        let rows: Vec<Vec<String>> = rows().map(row).collect();
        write_table(out, setting, &columns, &rows)?;
    }
    Ok(Outcome::found(grid.cells.iter().flatten().any(|cell| cell.count > 0)))
}

/// Term by term: years ascending, places by rate.
fn points<'c>(corpus: &'c Corpus, grid: &'c Grid, by: By) -> Vec<Point<'c>> {
    let mut points = Vec::new();
    for (row, term) in grid.rows.iter().enumerate() {
        let order = if by == By::Place { grid.ranking(row) } else { (0..grid.columns.len()).collect() };
        let median = grid.median(row);
        for c in order {
            let (column, cell) = (&grid.columns[c], grid.cell(row, c));
            let (year, place) = key(corpus, column.key);
            let (rate, all_reports) = (grid.rate(row, c), column.reports.len());
            let (count, reports, han) = (cell.count, cell.reports, column.han);
            points.push(Point { term, year, place, count, rate, reports, all_reports, han, median });
        }
    }
    points
}

/// The year or the place of a column.
pub fn key(corpus: &Corpus, key: ColumnKey) -> (Option<u16>, Option<&str>) {
    match key {
        ColumnKey::Year(year) => (Some(year), None),
        ColumnKey::NoYear => (None, None),
        ColumnKey::Place(place) => (None, corpus.places().get(place.0 as usize).map(|place| place.name.as_str())),
    }
}
