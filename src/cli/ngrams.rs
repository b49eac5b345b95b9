//! `yilan ngrams`: runs of words, and phrases found without a dictionary. In: a corpus. Out: one record each, most frequent
//! (or likeliest) first. Does not know about: how they are found.

use std::io::{self, Write};

use serde::Serialize;

use super::ground::{Ground, exact, rows_shown, tell};
use super::open::say;
use super::output::{Column, Record, write_records, write_table};
use super::term_args::NgramFlags;
use super::{FormatFlags, Outcome, Setting};
use crate::corpus::Corpus;
use crate::index::discover::{Proposal, Thresholds, discover};
use crate::index::ngrams::{Ngram, ngrams};

#[derive(Serialize)]
struct Run<'t> {
    ngram: String,
    words: &'t [String],
    count: u64,
    rate: f64,
    reports: u32,
    places: u32,
}

impl<'t> From<&'t Ngram> for Run<'t> {
    fn from(row: &'t Ngram) -> Self {
        let &Ngram { ref words, count, rate, reports, places } = row;
        Self { ngram: words.concat(), words, count, rate, reports, places }
    }
}

impl Record for Run<'_> {
    const COLUMNS: &'static [&'static str] = &["ngram", "words", "count", "rate", "reports", "places"];

    fn cells(&self) -> Vec<String> {
        let words = self.words.join(" ");
        let (reports, places) = (self.reports.to_string(), self.places.to_string());
        vec![self.ngram.clone(), words, self.count.to_string(), exact(self.rate), reports, places]
    }
}

#[derive(Serialize)]
struct Proposed<'t> {
    phrase: &'t str,
    count: u64,
    cohesion: f64,
    left: f64,
    right: f64,
    score: f64,
    places: u32,
}

impl<'t> From<&'t Proposal> for Proposed<'t> {
    fn from(row: &'t Proposal) -> Self {
        let &Proposal { ref phrase, count, cohesion, left, right, places } = row;
        Self { phrase, count, cohesion, left, right, score: row.score(), places }
    }
}

impl Record for Proposed<'_> {
    const COLUMNS: &'static [&'static str] = &["phrase", "count", "cohesion", "left", "right", "score", "places"];

    fn cells(&self) -> Vec<String> {
        let mut cells = vec![self.phrase.to_owned(), self.count.to_string()];
        cells.extend([self.cohesion, self.left, self.right, self.score].map(exact));
        cells.push(self.places.to_string());
        cells
    }
}

/// Prints runs of words, or proposals.
pub fn print(
    out: &mut dyn Write,
    corpus: &Corpus,
    flags: &NgramFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let thresholds = Thresholds::default();
    let ground = match Ground::new(corpus, (&flags.scope, &flags.words), &[], setting) {
        Ok(ground) => ground,
        Err((outcome, message)) => {
            say(&message);
            return Ok(outcome);
        }
    };
    let shown = rows_shown(&flags.words, format);
    let mut provenance = ground.provenance();
    if flags.discover {
        provenance.min_count = flags.words.min_count.unwrap_or(thresholds.count);
        let thresholds = Thresholds { count: flags.words.min_count.unwrap_or(thresholds.count), ..thresholds };
        let refused = |phrase: &str| setting.config.terms.refused_words.iter().any(|word| word == phrase);
        let found = discover(&ground.basis(), &ground.extent, &thresholds, &refused, &|| false).unwrap_or_default();
        let Thresholds { cohesion, freedom, places, .. } = thresholds;
        provenance.counts = "text";
        provenance.also = format!("cohesion ≥ {cohesion} bits, freedom ≥ {freedom} bits, places ≥ {places}");
        tell(out, &provenance, (&flags.words, format), setting)?;
        let rows = || found.iter().take(shown).map(Proposed::from);
        if let Some(written) = write_records(out, format, rows()) {
            written?;
        } else {
            let columns = [
                Column::words("短语", "phrase"),
                Column::number("次", "count"),
                Column::number("凝固度", "cohesion"),
                Column::number("左熵", "left"),
                Column::number("右熵", "right"),
                Column::number("地", "places"),
            ];
            let row = |p: Proposed<'_>| {
                let bits = [p.cohesion, p.left, p.right].map(|x| format!("{x:.2}"));
                let head = [p.phrase.to_owned(), p.count.to_string()];
                head.into_iter().chain(bits).chain([p.places.to_string()]).collect()
            };
            let rows: Vec<Vec<String>> = rows().map(row).collect();
            write_table(out, setting, &columns, &rows)?;
        }
        return Ok(Outcome::found(!found.is_empty()));
    }
    let table = ngrams(&ground.basis(), &ground.extent, flags.length.into(), &|| false).unwrap_or_default();
    provenance.also = format!("n = {}", flags.length);
    tell(out, &provenance, (&flags.words, format), setting)?;
    let rows = || table.rows.iter().take(shown).map(Run::from);
    if let Some(written) = write_records(out, format, rows()) {
        written?;
    } else {
        let columns = [
            Column::words("词串", "words"),
            Column::number("次", "count"),
            Column::number("每万字", "per 10,000"),
            Column::number("篇", "reports"),
            Column::number("地", "places"),
        ];
        let row = |run: Run<'_>| {
            let (count, rate) = (run.count.to_string(), format!("{:.2}", run.rate));
            vec![run.words.join(" "), count, rate, run.reports.to_string(), run.places.to_string()]
        };
        let rows: Vec<Vec<String>> = rows().map(row).collect();
        write_table(out, setting, &columns, &rows)?;
    }
    Ok(Outcome::found(!table.rows.is_empty()))
}
