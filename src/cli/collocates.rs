//! `yilan collocates`: the company a term keeps. In: a corpus, a term. Out: one record per collocate, strongest first.
//! Does not know about: formulas.

use std::io::{self, Write};

use serde::Serialize;

use super::ground::{Ground, exact, rows_shown, tell};
use super::open::say;
use super::output::{Column, Record, write_records, write_table};
use super::term_args::{CollocateFlags, Measure};
use super::{FormatFlags, Outcome, Setting, occurrences};
use crate::corpus::Corpus;
use crate::index::collocates::{Collocate, CollocateOrder, collocates, open_collocate};

#[derive(Serialize)]
struct Company<'t> {
    term: &'t str,
    together: u64,
    before: u64,
    count: u64,
    reports: u32,
    expected: f64,
    log_dice: f64,
    mi: f64,
    t: f64,
    g2: f64,
}

impl<'t> From<&'t Collocate> for Company<'t> {
    fn from(row: &'t Collocate) -> Self {
        Self {
            term: &row.term,
            together: row.counts.together,
            before: row.before,
            count: row.counts.collocate,
            reports: row.reports,
            expected: row.counts.expected(),
            log_dice: row.log_dice,
            mi: row.mi,
            t: row.t,
            g2: row.g2,
        }
    }
}

impl Record for Company<'_> {
    const COLUMNS: &'static [&'static str] =
        &["term", "together", "before", "count", "reports", "expected", "log_dice", "mi", "t", "g2"];

    fn cells(&self) -> Vec<String> {
        let whole = [self.together, self.before, self.count, u64::from(self.reports)].map(|n| n.to_string());
        let measures = [self.expected, self.log_dice, self.mi, self.t, self.g2].map(exact);
        std::iter::once(self.term.to_owned()).chain(whole).chain(measures).collect()
    }
}

/// Prints the collocates of `node`, or the occurrences of one of them near it.
pub fn print(
    out: &mut dyn Write,
    corpus: &Corpus,
    (node, flags): (&str, &CollocateFlags),
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let node = node.trim();
    let kept: Vec<String> = std::iter::once(node).chain(flags.open.as_deref()).map(str::to_owned).collect();
    let ground = match Ground::new(corpus, (&flags.scope, &flags.words), &kept, setting) {
        Ok(ground) => ground,
        Err((outcome, message)) => {
            say(&message);
            return Ok(outcome);
        }
    };
    ground.remember(setting);
    let Some(mut table) = collocates(&ground.basis(), &ground.extent, node, flags.window, &|| false) else {
        return Ok(Outcome::Nothing);
    };
    ground.keep(setting);
    let mut provenance = ground.provenance();
    provenance.also = format!(
        "node {node} {}, window {}, same sentence, near {}, N {}",
        table.node, flags.window, table.near, table.words
    );
    tell(out, &provenance, (&flags.words, format), setting)?;
    if let Some(word) = &flags.open {
        let together = open_collocate(&ground.basis(), &ground.extent, node, word, flags.window, &|| false);
        let found: Vec<_> = together.unwrap_or_default().into_iter().map(|t| (t.collocate, node.to_owned())).collect();
        occurrences::print(out, corpus, &found, format, setting)?;
        return Ok(Outcome::found(!found.is_empty()));
    }
    table.sort(match flags.by {
        Measure::LogDice => CollocateOrder::LogDice,
        Measure::Count => CollocateOrder::Together,
        Measure::Mi => CollocateOrder::Mi,
        Measure::T => CollocateOrder::T,
        Measure::G2 => CollocateOrder::G2,
    });
    let shown = rows_shown(&flags.words, format);
    let rows = || table.rows.iter().take(shown).map(Company::from);
    if let Some(written) = write_records(out, format, rows()) {
        written?;
    } else {
        let columns = [
            Column::words("搭配", "collocate"),
            Column::number("共现", "together"),
            Column::number("在前", "before"),
            Column::number("全部", "anywhere"),
            Column::number("篇", "reports"),
            Column::number("logDice", "logDice"),
            Column::number("MI", "MI"),
            Column::number("t", "t"),
            Column::number("G²", "G²"),
        ];
        let row = |c: Company<'_>| {
            let whole = [c.together, c.before, c.count, u64::from(c.reports)].map(|n| n.to_string());
            let measures = [c.log_dice, c.mi, c.t, c.g2].map(|x| format!("{x:.2}"));
            std::iter::once(c.term.to_owned()).chain(whole).chain(measures).collect()
        };
        let rows: Vec<Vec<String>> = rows().map(row).collect();
        write_table(out, setting, &columns, &rows)?;
    }
    Ok(Outcome::found(!table.rows.is_empty()))
}
