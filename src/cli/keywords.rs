//! `yilan keywords`: the terms of a scope with their figures. In: a corpus and what is meant by the flags. Out: one record
//! per term, best first. Does not know about: formulas and segmentation.

use std::io::{self, Write};

use serde::Serialize;

use super::ground::{Ended, Ground, exact, place, rows_shown, tell};
use super::open::say;
use super::output::{Column, Record, write_records, write_table};
use super::term_args::{KeywordFlags, Order};
use super::{FormatFlags, Outcome, Setting, occurrences};
use crate::corpus::Corpus;
use crate::index::scope::Reference;
use crate::index::terms::{Keyword, KeywordOrder, KeywordTable, Occurrences, Worked, compare, open_term};
use crate::text::Lang;

#[derive(Serialize)]
struct Term<'t> {
    term: &'t str,
    count: u64,
    rate: f64,
    /// Not defined without a reference, like all that hangs on it.
    g2: Option<f64>,
    log_ratio: Option<f64>,
    reports: u32,
    dp: f64,
    rest_count: u64,
    rest_rate: f64,
    bayes: Option<f64>,
    p: Option<f64>,
    fdr: Option<f64>,
    places: u32,
    scope_reports: u32,
    scope_places: u32,
    juilland: Option<f64>,
    tf_idf: f64,
    driver: Option<&'t str>,
    rate_low: Option<f64>,
    rate_high: Option<f64>,
    log_ratio_low: Option<f64>,
    log_ratio_high: Option<f64>,
    /// Reports of the reference that use it.
    rest_reports: u32,
    /// Keyness of document frequencies.
    text_g2: Option<f64>,
    text_p: Option<f64>,
    /// Whether it is significant and frequent enough.
    finding: Option<bool>,
    /// Whether the scope was chosen by it.
    given: bool,
}

impl<'t> Term<'t> {
    fn new(keyword: &'t Keyword, compared: bool, corpus: &'t Corpus) -> Self {
        let known = |figure: f64| compared.then_some(figure);
        let driver = keyword.driver.and_then(|place| corpus.places().get(place.0 as usize));
        Self {
            term: &keyword.term,
            count: keyword.count,
            rate: keyword.rate,
            g2: known(keyword.g2),
            log_ratio: known(keyword.log_ratio),
            reports: keyword.reports,
            dp: keyword.dp,
            rest_count: keyword.rest_count,
            rest_rate: keyword.rest_rate,
            bayes: known(keyword.bayes),
            p: known(keyword.p),
            fdr: known(keyword.fdr),
            places: keyword.places,
            scope_reports: keyword.scope_reports,
            scope_places: keyword.scope_places,
            juilland: keyword.juilland,
            tf_idf: keyword.tf_idf,
            driver: driver.map(|place| place.name.as_str()),
            rate_low: keyword.rate_interval.map(|interval| interval.low),
            rate_high: keyword.rate_interval.map(|interval| interval.high),
            log_ratio_low: keyword.log_ratio_interval.map(|interval| interval.low),
            log_ratio_high: keyword.log_ratio_interval.map(|interval| interval.high),
            rest_reports: keyword.rest_reports,
            text_g2: known(keyword.text_g2),
            text_p: known(keyword.text_p),
            finding: compared.then_some(keyword.finding),
            given: keyword.given,
        }
    }

    /// What a table for people shows, rounded; a dash where a figure is not defined.
    fn shown(&self) -> Vec<String> {
        let decimals = |figure: Option<f64>, n: usize| figure.map_or("—".to_owned(), |x| format!("{x:.n$}"));
        let mut sign = self.driver.map_or(String::new(), |place| format!("! {place}"));
        if self.given {
            sign.insert_str(0, "= ");
        }
        vec![
            self.term.to_owned(),
            self.count.to_string(),
            format!("{:.2}", self.rate),
            decimals(self.g2, 2),
            decimals(self.log_ratio, 2),
            match (self.log_ratio_low, self.log_ratio_high) {
                (Some(low), Some(high)) => format!("{low:.1}…{high:.1}"),
                _ => "—".to_owned(),
            },
            self.fdr.map_or("—".to_owned(), small),
            self.reports.to_string(),
            self.places.to_string(),
            format!("{:.3}", self.dp),
            sign,
        ]
    }
}

impl Record for Term<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "term",
        "count",
        "rate",
        "g2",
        "log_ratio",
        "reports",
        "dp",
        "rest_count",
        "rest_rate",
        "bayes",
        "p",
        "fdr",
        "places",
        "scope_reports",
        "scope_places",
        "juilland",
        "tf_idf",
        "driver",
        "rate_low",
        "rate_high",
        "log_ratio_low",
        "log_ratio_high",
        "rest_reports",
        "text_g2",
        "text_p",
        "finding",
        "given",
    ];

    fn cells(&self) -> Vec<String> {
        let known = |figure: Option<f64>| figure.map_or(String::new(), exact);
        vec![
            self.term.to_owned(),
            self.count.to_string(),
            exact(self.rate),
            known(self.g2),
            known(self.log_ratio),
            self.reports.to_string(),
            exact(self.dp),
            self.rest_count.to_string(),
            exact(self.rest_rate),
            known(self.bayes),
            known(self.p),
            known(self.fdr),
            self.places.to_string(),
            self.scope_reports.to_string(),
            self.scope_places.to_string(),
            self.juilland.map_or(String::new(), exact),
            exact(self.tf_idf),
            self.driver.unwrap_or_default().to_owned(),
            known(self.rate_low),
            known(self.rate_high),
            known(self.log_ratio_low),
            known(self.log_ratio_high),
            self.rest_reports.to_string(),
            known(self.text_g2),
            known(self.text_p),
            self.finding.map_or(String::new(), |finding| finding.to_string()),
            self.given.to_string(),
        ]
    }
}

/// Prints the terms of the scope that `flags` choose, or the occurrences of one of them.
pub fn keywords(
    out: &mut dyn Write,
    corpus: &Corpus,
    flags: &KeywordFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let kept: Vec<String> = flags.open.iter().cloned().collect();
    let prepared = Ground::new(corpus, (&flags.scope, &flags.words), &kept, setting)
        .and_then(|ground| reference(corpus, &flags.against, setting.lang).map(|(r, name)| (ground, r, name)));
    let (ground, reference, name) = match prepared {
        Ok(prepared) => prepared,
        Err((outcome, message)) => {
            say(&message);
            return Ok(outcome);
        }
    };
    ground.remember(setting);
    let Some(mut table) = compare(&ground.basis(), &ground.extent, &reference, &|| false) else {
        return Ok(Outcome::Nothing);
    };
    ground.keep(setting);
    let mut provenance = ground.provenance();
    provenance.reference = Some(name);
    provenance.reference_reports = Some(table.rest_reports);
    provenance.reference_han = Some(table.rest_han);
    tell(out, &provenance, (&flags.words, format), setting)?;
    if let Some(term) = &flags.open {
        return open(out, &ground, &table, (corpus, term), format, setting);
    }
    let corpus_alone = ground.scope.is_corpus();
    if let Some(query) = &ground.scope.matching {
        table.mark_given(query);
    }
    let order = match flags.by.unwrap_or(if corpus_alone { Order::Count } else { Order::Keyness }) {
        Order::Count => KeywordOrder::Count,
        Order::Keyness => KeywordOrder::Keyness,
        Order::Negative => KeywordOrder::Negative,
        Order::LogRatio => KeywordOrder::LogRatio,
        Order::TfIdf => KeywordOrder::TfIdf,
        Order::Dispersion => KeywordOrder::Dispersion,
        Order::Range => KeywordOrder::Range,
        Order::Places => KeywordOrder::Places,
    };
    // What only the reference has is asked for by its own order.
    if order == KeywordOrder::Negative {
        table.rows.retain(|row| row.g2 < 0.0);
    } else {
        table.rows.retain(|row| row.count > 0);
    }
    table.sort(order);
    let shown = rows_shown(&flags.words, format);
    let compared = table.is_compared();
    let rows = || table.rows.iter().take(shown).map(|row| Term::new(row, compared, corpus));
    if let Some(written) = write_records(out, format, rows()) {
        written?;
    } else {
        let columns = [
            Column::words("词", "term"),
            Column::number("次", "count"),
            Column::number("每万字", "per 10,000"),
            Column::number("特色 G²", "G²"),
            Column::number("对数比", "log ratio"),
            Column::number("95 %", "95 %"),
            Column::number("FDR", "FDR"),
            Column::number("篇", "reports"),
            Column::number("地", "places"),
            Column::number("分布 DP", "DP"),
            Column::words("只因一地", "one place"),
        ];
        let mut rows: Vec<Vec<String>> = rows().map(|term| term.shown()).collect();
        let findings = table.rows.len() - table.not_significant();
        if compared && order.is_by_difference() && findings < table.rows.len() {
            let line = match setting.lang {
                Lang::Zh => format!("—— 以下不显著 {} 行", table.not_significant()),
                Lang::En => format!("—— not significant: {} rows", table.not_significant()),
            };
            rows.insert(findings.min(rows.len()), vec![line]);
        }
        write_table(out, setting, &columns, &rows)?;
    }
    Ok(Outcome::found(!table.rows.is_empty()))
}

/// Prints the occurrences of a term of the scope, those inside longer words too, and its figures on standard error.
fn open(
    out: &mut dyn Write,
    ground: &Ground<'_>,
    table: &KeywordTable,
    (corpus, term): (&Corpus, &str),
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let found = open_term(corpus, &ground.extent, term, &ground.segmenter, &|| false).unwrap_or_default();
    let words = found.words.len();
    let Occurrences { words: whole, inside, across, .. } = &found;
    let mut all: Vec<_> = whole.iter().map(|o| (*o, "word".to_owned())).collect();
    for (occurrence, longer) in inside {
        let text = corpus.report(occurrence.report).map_or("", |(document, _)| longer.slice(document.text()));
        all.push((*occurrence, text.to_owned()));
    }
    all.extend(across.iter().map(|o| (*o, "|".to_owned())));
    all.sort();
    occurrences::print(out, corpus, &all, format, setting)?;
    out.flush()?;
    let (inside, across) = (inside.len(), across.len());
    say(&match setting.lang {
        Lang::Zh => format!("{term}：作为词 {words} 处；另有 {inside} 处在更长的词中，{across} 处跨词"),
        Lang::En => format!("{term}: {words} as a word; {inside} more inside longer words, {across} across words"),
    });
    if let Some(row) = table.row(term) {
        let worked = Worked::new(row, table, corpus, setting.lang);
        let [a, b] = worked.cells.map(|row| row.map(|n| n.to_string()).join(" | "));
        say(&format!("[{a}] / [{b}]\n  {}", worked.lines.join("\n  ")));
    }
    Ok(Outcome::found(!all.is_empty()))
}

/// A probability: of a small one its power of ten.
fn small(p: f64) -> String {
    if p == 0.0 || p >= 1e-3 { format!("{p:.4}") } else { format!("{p:.1e}") }
}

/// What the scope is compared with, and its name.
fn reference(corpus: &Corpus, words: &str, lang: Lang) -> Result<(Reference, String), Ended> {
    let (reference, zh, en) = match words {
        "rest" => (Reference::Rest, "其余", "rest"),
        "body" => (Reference::SameBody, "同机构", "same body"),
        "province" => (Reference::SameProvince, "同省", "same province"),
        "year" => (Reference::SameYear, "同年", "same year"),
        _ => {
            let place = place(corpus, words, lang)?;
            return Ok((Reference::Place(place), corpus.place(place).name.clone()));
        }
    };
    Ok((reference, lang.pick(zh, en).to_owned()))
}
