//! `yilan groups`: how much of each keyword group a place or year has. In: a corpus, the user's groups. Out: one record per
//! place or year and group. Does not know about: how hits are found.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::ground::{Ground, axis, exact, rows_shown, tell};
use super::open::say;
use super::output::{Column, Record, write_records, write_table};
use super::term_args::GroupFlags;
use super::{FormatFlags, Outcome, Setting, occurrences, trend};
use crate::corpus::Corpus;
use crate::index::groups::{GroupGrid, group_grid, group_hits};
use crate::index::terms::Occurrence;
use crate::index::trend::Counting;

#[derive(Serialize)]
struct Share<'t> {
    place: Option<&'t str>,
    year: Option<u16>,
    group: &'t str,
    count: u64,
    rate: f64,
    /// Part of all hits of the place or year, from 0 to 1.
    share: f64,
    reports: u32,
    han: u64,
    /// Hits that fall in another group too.
    shared: u64,
    /// The same by the other group.
    shared_with: BTreeMap<&'t str, u64>,
}

impl Record for Share<'_> {
    const COLUMNS: &'static [&'static str] =
        &["place", "year", "group", "count", "rate", "share", "reports", "han", "shared", "shared_with"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.place.unwrap_or_default().to_owned(),
            self.year.map_or(String::new(), |year| year.to_string()),
            self.group.to_owned(),
            self.count.to_string(),
            exact(self.rate),
            exact(self.share),
            self.reports.to_string(),
            self.han.to_string(),
            self.shared.to_string(),
            self.others(),
        ]
    }
}

impl Share<'_> {
    fn others(&self) -> String {
        self.shared_with.iter().map(|(group, count)| format!("{group} {count}")).collect::<Vec<_>>().join("; ")
    }
}

/// Prints the shares of all groups, or the hits of one.
pub fn print(
    out: &mut dyn Write,
    corpus: &Corpus,
    flags: &GroupFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let own = &setting.config.groups;
    let groups = setting.config.keyword_groups();
    let counting = if flags.whole_words { Counting::Words } else { Counting::Text };
    let ground = match Ground::new(corpus, (&flags.scope, &flags.words), &[], setting) {
        Ok(ground) => ground,
        Err((outcome, message)) => {
            say(&message);
            return Ok(outcome);
        }
    };
    let mut provenance = ground.provenance();
    provenance.counts = counting.name();
    let (number, words) = (groups.list().len(), groups.list().iter().map(|group| group.words.len()).sum::<usize>());
    provenance.also = format!("{} groups {number}, {words} words", if own.is_empty() { "built-in" } else { "own" });
    tell(out, &provenance, (&flags.words, format), setting)?;
    if let Some(name) = &flags.open {
        let Some(group) = groups.find(name) else {
            let known: Vec<&str> = groups.list().iter().map(|group| group.name.as_str()).collect();
            let none = setting.lang.pick("没有这个分组", "no such group");
            say(&format!("{none}: {name} ({})", known.join(", ")));
            return Ok(Outcome::Nothing);
        };
        let hits = group_hits(&ground.basis(), &ground.extent, &groups, counting, &|| false).unwrap_or_default();
        let others = |with: &[usize]| {
            let names = with.iter().filter_map(|&other| groups.list().get(other)).map(|group| group.name.as_str());
            std::iter::once(name.as_str()).chain(names).collect::<Vec<_>>().join(" + ")
        };
        let found: Vec<_> = hits
            .iter()
            .filter(|hit| hit.group == group)
            .map(|hit| (Occurrence { report: hit.report, span: hit.span }, others(&hit.shared_with)))
            .collect();
        occurrences::print(out, corpus, &found, format, setting)?;
        return Ok(Outcome::found(!found.is_empty()));
    }
    let by = axis(flags.by);
    let Some(table) = group_grid(&ground.basis(), &ground.extent, &groups, by, counting, &|| false) else {
        return Ok(Outcome::Nothing);
    };
    let shown = rows_shown(&flags.words, format);
    if let Some(written) = write_records(out, format, shares(corpus, &table).into_iter().take(shown)) {
        written?;
    } else {
        let columns = [
            Column::words("地方或年份", "place or year"),
            Column::words("分组", "group"),
            Column::number("次", "count"),
            Column::number("每万字", "per 10,000"),
            Column::number("占比 %", "share %"),
            Column::number("兼属", "shared"),
            Column::words("兼属于", "shared with"),
        ];
        let row = |s: Share<'_>| {
            let key = s.year.map_or_else(|| setting.named(s.place.unwrap_or_default()).to_owned(), |y| y.to_string());
            let figures = [s.count.to_string(), format!("{:.2}", s.rate), format!("{:.1}", s.share * 100.0)];
            let head = [key, s.group.to_owned()];
            head.into_iter().chain(figures).chain([s.shared.to_string(), s.others()]).collect()
        };
        let rows: Vec<Vec<String>> = shares(corpus, &table).into_iter().take(shown).map(row).collect();
        write_table(out, setting, &columns, &rows)?;
    }
    Ok(Outcome::found(table.grid.cells.iter().flatten().any(|cell| cell.count > 0)))
}

/// Place by place (or year by year), the groups in their order.
fn shares<'c>(corpus: &'c Corpus, table: &'c GroupGrid) -> Vec<Share<'c>> {
    let grid = &table.grid;
    let mut shares = Vec::new();
    for (c, column) in grid.columns.iter().enumerate() {
        let (year, place) = trend::key(corpus, column.key);
        for (row, group) in grid.rows.iter().enumerate() {
            let cell = grid.cell(row, c);
            let others = grid.rows.iter().zip(&table.shared[row][c]);
            shares.push(Share {
                place,
                year,
                group,
                count: cell.count,
                rate: grid.rate(row, c),
                share: grid.share(row, c),
                reports: cell.reports,
                han: column.han,
                shared: table.overlap[row][c],
                shared_with: others.filter(|(_, n)| **n > 0).map(|(name, n)| (name.as_str(), *n)).collect(),
            });
        }
    }
    shares
}
