//! `yilan cities`: places that match a query. In: a corpus, a query. Out: one record per place, best first.
//! Does not know about: how matches are scored.

use std::io::{self, Write};

use serde::Serialize;

use super::output::{OutputColumn, Record, write_records, write_table};
use super::{FormatFlags, Outcome, Setting};
use crate::corpus::Corpus;
use crate::index::cities::{CityIndex, CityMatch, PlaceOrder, order};

#[derive(Serialize)]
struct FoundCity<'c> {
    place: &'c str,
    province: &'c str,
    pinyin: String,
    reports: usize,
    score: i64,
    marks: Vec<u32>,
}

impl Record for FoundCity<'_> {
    const COLUMNS: &'static [&'static str] = &["place", "province", "pinyin", "reports", "score"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.place.to_owned(),
            self.province.to_owned(),
            self.pinyin.clone(),
            self.reports.to_string(),
            self.score.to_string(),
        ]
    }
}

/// Prints the places that match `query`, or all of them in an order.
pub fn cities(
    out: &mut dyn Write,
    corpus: &Corpus,
    (query, by): (&str, &str),
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let ranked = if query.trim().is_empty() {
        let by = match by {
            "pinyin" => PlaceOrder::Pinyin,
            "province" => PlaceOrder::Province,
            "length" => PlaceOrder::Length,
            _ => PlaceOrder::Corpus,
        };
        order(corpus, by).into_iter().map(|place| CityMatch { place, score: 0, marks: Vec::new() }).collect()
    } else {
        CityIndex::new(corpus).rank(query)
    };
    let record = |found: &CityMatch| {
        let place = corpus.place(found.place);
        FoundCity {
            place: &place.name,
            province: &place.province,
            pinyin: place.pinyin.join(" "),
            reports: place.reports.len(),
            score: found.score,
            marks: found.marks.clone(),
        }
    };
    if let Some(written) = write_records(out, (format, setting.lang), ranked.iter().map(record)) {
        written?;
    } else if !ranked.is_empty() {
        let columns = [
            OutputColumn::words("地方", "place"),
            OutputColumn::words("省份", "province"),
            OutputColumn::words("拼音", "pinyin"),
            OutputColumn::number("报告", "reports"),
        ];
        let rows: Vec<Vec<String>> =
            ranked.iter().map(|found| record(found).cells().into_iter().take(4).collect()).collect();
        write_table(out, setting, &columns, &rows)?;
    }
    Ok(Outcome::found(!ranked.is_empty()))
}
