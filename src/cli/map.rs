//! `yilan map`: how often something is said, province by province, on a grid of tiles. In: a corpus, a query. Out: the grid
//! for people, one record a province for programs. Does not know about: how occurrences are found.

use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::compare_args::MapFlags;
use super::open::say;
use super::output::{Record, print_records};
use super::{FormatFlags, Outcome, Setting};
use crate::corpus::Corpus;
use crate::index::search::{Query, QueryOptions, ReportCount, Search, SearchIndex};
use crate::index::tiles::{Tile, provinces};
use crate::text::width::fit;

/// Columns of a tile.
const WIDE: usize = 9;

#[derive(Serialize)]
struct ToldMap<'t> {
    province: &'t str,
    row: usize,
    column: usize,
    reports: usize,
    hits: u64,
    han: u64,
    rate: Option<f64>,
}

impl Record for ToldMap<'_> {
    const COLUMNS: &'static [&'static str] = &["province", "row", "column", "reports", "hits", "han", "rate"];

    fn cells(&self) -> Vec<String> {
        let rate = self.rate.map_or_else(String::new, |rate| format!("{rate:.2}"));
        let mut cells = vec![self.province.to_owned(), self.row.to_string(), self.column.to_string()];
        cells.extend([self.reports.to_string(), self.hits.to_string(), self.han.to_string(), rate]);
        cells
    }
}

/// Prints how often a query is found in the reports of each province.
pub fn map(
    out: &mut dyn Write,
    corpus: &Corpus,
    flags: &MapFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let query = match Query::read(&flags.query, QueryOptions::default()) {
        Ok(query) => query,
        Err(error) => {
            say(&error.message(setting.lang));
            return Ok(Outcome::Wrong);
        }
    };
    let index = SearchIndex::new();
    let search = Search::new(corpus, &index, &query);
    let mut counts: Vec<ReportCount> = Vec::new();
    search.count(&|| false, &mut |chunk| counts.extend(chunk));
    let mut hits: FxHashMap<&str, u64> = FxHashMap::default();
    for count in &counts {
        if let Some((_, report)) = corpus.report(count.report) {
            *hits.entry(report.province.as_str()).or_default() += u64::from(count.counted(&query));
        }
    }
    let mut size: FxHashMap<&str, (usize, u64)> = FxHashMap::default();
    for (_, _, report) in corpus.distinct() {
        let size = size.entry(report.province.as_str()).or_default();
        *size = (size.0 + 1, size.1 + u64::from(report.han));
    }
    let tiles = provinces();
    let told = |tile: &Tile| {
        let (reports, han) = size.get(tile.province).copied().unwrap_or_default();
        let hits = hits.get(tile.province).copied().unwrap_or(0);
        let rate = (han > 0).then(|| crate::index::stats::rate(hits, han));
        ToldMap { province: tile.province, row: tile.row, column: tile.column, reports, hits, han, rate }
    };
    let records: Vec<ToldMap<'_>> = tiles.iter().map(told).collect();
    let any = records.iter().any(|told| told.hits > 0);
    let located: u64 = records.iter().map(|told| told.hits).sum();
    let elsewhere = hits.values().sum::<u64>() - located;
    print_records(out, (format, setting.lang), records, |out, records| grid(out, &tiles, records, setting))?;
    if elsewhere > 0 {
        say(&format!("{} {elsewhere}", setting.lang.pick("不在任何省的命中：", "hits in no province:")));
    }
    Ok(Outcome::found(any))
}

/// The grid: name and rate of each province, with a mark that is the fuller the higher the rate. · has no report.
fn grid(out: &mut dyn Write, tiles: &[Tile], records: &[ToldMap<'_>], setting: &Setting) -> io::Result<()> {
    let most = records.iter().filter_map(|told| told.rate).fold(0.0, f64::max);
    let mark = |rate: Option<f64>| match rate {
        None => '·',
        Some(rate) if rate <= 0.0 || most <= 0.0 => '○',
        Some(rate) if rate < most / 3.0 => '░',
        Some(rate) if rate < most * 2.0 / 3.0 => '▒',
        Some(_) => '█',
    };
    let ambiguous = setting.ambiguous();
    let last = tiles.iter().map(|tile| tile.row).max().unwrap_or(0);
    for row in 0..=last {
        for names in [true, false] {
            let mut line = String::new();
            for column in 0..9 {
                let found = tiles.iter().zip(records).find(|(tile, _)| (tile.row, tile.column) == (row, column));
                let cell = match found {
                    Some((tile, told)) if names => format!("{}{}", mark(told.rate), tile.short),
                    Some((_, told)) => told.rate.map_or_else(String::new, |rate| format!(" {rate:.1}")),
                    None => String::new(),
                };
                line.push_str(&fit(&cell, WIDE - 1, ambiguous));
                line.push(' ');
            }
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    writeln!(
        out,
        "{}",
        setting
            .lang
            .pick("每万字；· 没有报告 ○ 没有 ░▒█ 少到多", "per 10,000 汉字; · no report ○ none ░▒█ few to many")
    )
}
