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
    g2: f64,
    log_ratio: f64,
    reports: u32,
    dp: f64,
    rest_count: u64,
    rest_rate: f64,
    bayes: f64,
    p: f64,
    fdr: f64,
    places: u32,
    scope_reports: u32,
    scope_places: u32,
    juilland: Option<f64>,
    tf_idf: f64,
    driver: Option<&'t str>,
}

impl<'t> Term<'t> {
    fn new(keyword: &'t Keyword, corpus: &'t Corpus) -> Self {
        let driver = keyword.driver.and_then(|place| corpus.places().get(place.0 as usize));
        Self {
            term: &keyword.term,
            count: keyword.count,
            rate: keyword.rate,
            g2: keyword.g2,
            log_ratio: keyword.log_ratio,
            reports: keyword.reports,
            dp: keyword.dp,
            rest_count: keyword.rest_count,
            rest_rate: keyword.rest_rate,
            bayes: keyword.bayes,
            p: keyword.p,
            fdr: keyword.fdr,
            places: keyword.places,
            scope_reports: keyword.scope_reports,
            scope_places: keyword.scope_places,
            juilland: keyword.juilland,
            tf_idf: keyword.tf_idf,
            driver: driver.map(|place| place.name.as_str()),
        }
    }

    /// What a table for people shows, rounded.
    fn shown(&self) -> Vec<String> {
        vec![
            self.term.to_owned(),
            self.count.to_string(),
            format!("{:.2}", self.rate),
            format!("{:.2}", self.g2),
            format!("{:.2}", self.log_ratio),
            format!("{:.1}", self.bayes),
            format!("{:.4}", self.fdr),
            self.reports.to_string(),
            self.places.to_string(),
            format!("{:.3}", self.dp),
            self.driver.map_or(String::new(), |place| format!("! {place}")),
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
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.term.to_owned(),
            self.count.to_string(),
            exact(self.rate),
            exact(self.g2),
            exact(self.log_ratio),
            self.reports.to_string(),
            exact(self.dp),
            self.rest_count.to_string(),
            exact(self.rest_rate),
            exact(self.bayes),
            exact(self.p),
            exact(self.fdr),
            self.places.to_string(),
            self.scope_reports.to_string(),
            self.scope_places.to_string(),
            self.juilland.map_or(String::new(), exact),
            exact(self.tf_idf),
            self.driver.unwrap_or_default().to_owned(),
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
    let prepared = Ground::new(corpus, (&flags.scope, &flags.words), &kept, 1, setting)
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
    table.sort(match flags.by.unwrap_or(if corpus_alone { Order::Count } else { Order::Keyness }) {
        Order::Count => KeywordOrder::Count,
        Order::Keyness => KeywordOrder::Keyness,
        Order::Negative => KeywordOrder::Negative,
        Order::LogRatio => KeywordOrder::LogRatio,
        Order::TfIdf => KeywordOrder::TfIdf,
        Order::Dispersion => KeywordOrder::Dispersion,
        Order::Range => KeywordOrder::Range,
        Order::Places => KeywordOrder::Places,
    });
    if matches!(flags.by, Some(Order::Count | Order::Dispersion | Order::TfIdf | Order::Range | Order::Places)) {
        table.rows.retain(|row| row.count > 0);
    }
    let shown = rows_shown(&flags.words, format);
    let rows = || table.rows.iter().take(shown).map(|row| Term::new(row, corpus));
    if let Some(written) = write_records(out, format, rows()) {
        written?;
    } else {
        let columns = [
            Column::words("词", "term"),
            Column::number("次", "count"),
            Column::number("每万字", "per 10,000"),
            Column::number("特色 G²", "G²"),
            Column::number("对数比", "log ratio"),
            Column::number("BIC", "BIC"),
            Column::number("FDR", "FDR"),
            Column::number("篇", "reports"),
            Column::number("地", "places"),
            Column::number("分布 DP", "DP"),
            Column::words("只因一地", "one place"),
        ];
        let rows: Vec<Vec<String>> = rows().map(|term| term.shown()).collect();
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
    let Occurrences { words: whole, inside, across } = &found;
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
        let [a, b, c] = worked.cells.map(|row| row.map(|n| n.to_string()).join(" | "));
        say(&format!("[{a}] [{b}] [{c}]\n  {}", worked.lines.join("\n  ")));
    }
    Ok(Outcome::found(!all.is_empty()))
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
