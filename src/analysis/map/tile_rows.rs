//! What the rows of a table come to on each tile. In: a table, one of its columns, the tiles. Out: one row a tile. Does not know
//! about: how the table was made.

use std::sync::Arc;

use clap::ValueEnum;
use rustc_hash::{FxHashMap, FxHashSet};

use super::sites::{Site, Sites};
use crate::analysis::{Cancelled, Context, Unanswered};
use crate::corpus::{PlaceId, ReportId};
use crate::index::terms::Occurrence;
use crate::table::{Cell, Column, Evidence, Field, Kind, List, Settings, Table};

/// What several rows on one tile come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Take {
    /// Their sum.
    Sum,
    /// Their median.
    Median,
    /// The lowest of them.
    Lowest,
    /// The highest of them.
    Highest,
}

/// What stands on a tile.
#[derive(Debug)]
pub struct TileRow {
    site: Site,
    value: Option<f64>,
    whole: bool,
    rows: u64,
    reports: u64,
    hits: Option<u64>,
    han: Option<u64>,
    rate: Option<f64>,
    open: Vec<ReportId>,
    /// What stands behind the value, where it is the count of one row.
    behind_value: Option<Evidence>,
    /// What stands behind the hits.
    behind_hits: Option<Evidence>,
    /// One occurrence for each row.
    occurrences: Option<Vec<Occurrence>>,
}

type Of = Field<TileRow>;

const FIELDS: &[Of] = &[
    Of::new("place", Kind::Place, |row, ()| Cell::text(&row.site.name)).head("地方", "place").people(1).key(),
    Of::new("short", Kind::Text, |row, ()| Cell::text(&row.site.short)).people_only(),
    Of::new("province", Kind::Text, |row, ()| Cell::text(&row.site.province)).head("省份", "province"),
    Of::new("row", Kind::Tile, |row, ()| Cell::Count(row.site.row as u64)),
    Of::new("column", Kind::Tile, |row, ()| Cell::Count(row.site.column as u64)),
    Of::new("value", Kind::Score(2), |row, ()| match row.value {
        Some(value) if row.whole && value >= 0.0 => Cell::Count(value as u64),
        value => Cell::number(value),
    })
    .head("值", "value")
    .people(2)
    .opens_some(|row, ()| row.behind_value.clone()),
    Of::new("rows", Kind::Count, |row, ()| Cell::Count(row.rows)).head("行数", "rows").people(3).opens_some(|row, ()| {
        let occurrences = row.occurrences.clone().filter(|found| !found.is_empty())?;
        Some(Evidence::Occurrences { name: row.site.name.clone(), occurrences })
    }),
    Of::new("reports", Kind::Position, |row, ()| Cell::Count(row.reports)).head("篇数", "reports").people(4),
    Of::new("hits", Kind::Count, |row, ()| Cell::count(row.hits))
        .head("次", "hits")
        .people(5)
        .opens_some(|row, ()| row.behind_hits.clone()),
    Of::new("han", Kind::Position, |row, ()| Cell::count(row.han)).head("汉字", "characters"),
    Of::new("rate", Kind::Rate, |row, ()| Cell::number(row.rate)).head("每万字", "per 10,000"),
];

/// The table of the tiles.
pub fn table(rows: Vec<TileRow>, settings: Settings) -> Table {
    Table::new(List::new(rows, FIELDS).about(|row, ()| &row.open), settings)
}

/// The rows of a table by tile, and what they are read with.
struct TileFold<'t> {
    table: &'t Table,
    at: usize,
    take: Option<Take>,
}

/// What the rows of each tile come to; every tile has a row, in the order of the tiles.
pub fn rows(
    (table, at): (&Table, usize),
    (only, take): (&[String], Option<Take>),
    (context, sites): (&Context<'_>, &Sites),
    cancelled: Cancelled<'_>,
) -> Result<Vec<TileRow>, Unanswered> {
    let corpus = context.corpus();
    let wanted = conditions(table, only, context)?;
    let by_name = names(context);
    let mut by_tile: Vec<Vec<usize>> = vec![Vec::new(); sites.sites.len()];
    for row in 0..table.len() {
        if row % 1024 == 0 && cancelled() {
            return Err(Unanswered::Cancelled);
        }
        let fits = wanted.iter().all(|(column, value)| table.cell(row, *column).exact() == *value);
        let place = Some(row).filter(|_| fits).and_then(|row| place_of(table, row, &by_name, context));
        if let Some(own) = place.and_then(|place| sites.of_place(place)).and_then(|tile| by_tile.get_mut(tile)) {
            own.push(row);
        }
    }
    let mut open: Vec<Vec<ReportId>> = vec![Vec::new(); sites.sites.len()];
    let mut places: Vec<(PlaceId, usize)> = sites.places().collect();
    places.sort_unstable();
    for (place, tile) in places {
        let own = corpus.place(place);
        let distinct = own.reports.iter().copied().filter(|id| corpus.duplicate_of(*id).is_none());
        if let (Some(open), Some(site)) = (open.get_mut(tile), sites.sites.get(tile)) {
            // One opens the place of the tile itself before those that lie in it, and the last report first.
            let before = if own.name == site.name { 0 } else { open.len() };
            open.splice(before..before, distinct.rev());
        }
    }
    let fold = TileFold { table, at, take };
    let tiles = sites.sites.iter().zip(by_tile).zip(open);
    Ok(tiles.map(|((site, rows), open)| fold.row(site.clone(), &rows, open)).collect())
}

/// The conditions of `--only`: a column and what its cell says.
fn conditions(table: &Table, only: &[String], context: &Context<'_>) -> Result<Vec<(usize, String)>, Unanswered> {
    let read = |condition: &String| {
        let (name, value) = condition.split_once('=')?;
        Some((table.column(name)?.0, value.to_owned()))
    };
    let wrong = |condition: &String| {
        let names: Vec<&str> = table.columns().iter().map(|column| column.id).collect();
        let why = context.lang.pick("要写成 列=值，列有", "write COLUMN=VALUE; the columns are");
        Unanswered::Wrong(format!("--only {condition}: {why} {}", names.join(" ")))
    };
    only.iter().map(|condition| read(condition).ok_or_else(|| wrong(condition))).collect()
}

/// The places of the corpus by name; those whose name is not their own are left to the reports.
fn names<'c>(context: &Context<'c>) -> FxHashMap<&'c str, PlaceId> {
    let corpus = context.corpus();
    let (mut names, mut several) = (FxHashMap::default(), FxHashSet::default());
    for id in corpus.place_ids() {
        let name = corpus.place(id).name.as_str();
        if names.insert(name, id).is_some() {
            several.insert(name);
        }
    }
    names.retain(|name, _| !several.contains(name) && !name.is_empty());
    names
}

/// The place that a row is about: by its reports, by its name, or by where it stands.
fn place_of(
    table: &Table,
    row: usize,
    names: &FxHashMap<&str, PlaceId>,
    context: &Context<'_>,
) -> Option<PlaceId> {
    let corpus = context.corpus();
    let by_report = || table.reports(row).first().and_then(|report| corpus.place_of(*report));
    let key = table.keys().find(|(_, column)| column.kind == Kind::Place).map(|(at, _)| at);
    let by_name = || {
        let at = key.or_else(|| table.column("place").map(|(at, _)| at))?;
        names.get(&*table.cell(row, at).exact()).copied()
    };
    by_report().or_else(by_name).or_else(|| table.evidence(row)?.report().and_then(|report| corpus.place_of(report)))
}

/// How several rows are taken together, by its name.
pub fn how(take: Option<Take>, column: &Column, table: &Table) -> &'static str {
    match (take, column.kind) {
        (Some(Take::Sum), _) | (None, Kind::Count) => "sum",
        (Some(Take::Lowest), _) | (None, Kind::Year) => "lowest",
        (Some(Take::Highest), _) => "highest",
        (None, Kind::Rate) if table.column("han").is_some() => "by-han",
        (Some(Take::Median), _) | (None, _) => "median",
    }
}

impl TileFold<'_> {
    fn row(&self, site: Site, rows: &[usize], open: Vec<ReportId>) -> TileRow {
        let Some(column) = self.table.columns().get(self.at) else { return TileRow::empty(site, open) };
        let values: Vec<(usize, f64)> =
            rows.iter().filter_map(|row| Some((*row, self.table.cell(*row, self.at).value()?))).collect();
        let numbers = || values.iter().map(|(_, value)| *value);
        let value = match how(self.take, column, self.table) {
            _ if values.is_empty() => None,
            "sum" => Some(numbers().sum()),
            "lowest" => numbers().min_by(f64::total_cmp),
            "highest" => numbers().max_by(f64::total_cmp),
            "by-han" => self.weighted(&values),
            _ => median(numbers().collect()),
        };
        let added = |id: &str| {
            let (at, column) = self.table.column(id)?;
            (column.kind == Kind::Count || id == "han")
                .then(|| rows.iter().filter_map(|row| self.table.cell(*row, at).value()).sum::<f64>() as u64)
        };
        let rate = self.table.column("rate").filter(|(_, column)| column.kind == Kind::Rate).and_then(|(at, _)| {
            let all = rows.iter().filter_map(|row| Some((*row, self.table.cell(*row, at).value()?)));
            self.weighted(&all.collect::<Vec<_>>())
        });
        TileRow {
            whole: matches!(column.kind, Kind::Count | Kind::Year) && value.is_some_and(|value| value.fract() == 0.0),
            value,
            rows: values.len() as u64,
            reports: open.len() as u64,
            hits: added("hits"),
            han: added("han"),
            rate,
            behind_value: match values.as_slice() {
                [(row, _)] if column.kind == Kind::Count => self.table.evidence_of(*row, self.at),
                _ => None,
            },
            behind_hits: self.hits(rows),
            occurrences: values.iter().map(|(row, _)| self.one(*row)).collect::<Option<Vec<_>>>().map(|mut all| {
                all.sort_unstable();
                all
            }),
            open,
            site,
        }
    }

    /// Rates of texts of different lengths as the rate of all of them together.
    fn weighted(&self, values: &[(usize, f64)]) -> Option<f64> {
        let (han, _) = self.table.column("han")?;
        let (mut sum, mut all) = (0.0, 0.0);
        for (row, rate) in values {
            let han = self.table.cell(*row, han).value().unwrap_or(0.0);
            (sum, all) = (sum + rate * han, all + han);
        }
        (all > 0.0).then(|| sum / all)
    }

    /// The hits of one query in the reports of all rows.
    fn hits(&self, rows: &[usize]) -> Option<Evidence> {
        let (at, _) = self.table.column("hits")?;
        let (mut one, mut all) = (None, Vec::new());
        for row in rows {
            let Some(Evidence::Hits { query, reports }) = self.table.evidence_of(*row, at) else { return None };
            all.extend(reports.iter().copied());
            one = Some(query);
        }
        all.sort_unstable();
        all.dedup();
        Some(Evidence::Hits { query: one?, reports: Arc::from(all) })
    }

    /// The one occurrence that a row is.
    fn one(&self, row: usize) -> Option<Occurrence> {
        let single = |at: usize| match self.table.evidence_of(row, at) {
            Some(Evidence::Occurrences { occurrences, .. }) if occurrences.len() == 1 => occurrences.first().copied(),
            _ => None,
        };
        (0..self.table.columns().len()).find_map(single)
    }
}

impl TileRow {
    fn empty(site: Site, open: Vec<ReportId>) -> Self {
        let (hits, han, rate, behind_value, behind_hits, occurrences) = (None, None, None, None, None, None);
        let reports = open.len() as u64;
        Self { site, value: None, whole: false, rows: 0, reports, hits, han, rate, open, behind_value, behind_hits, occurrences }
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let high = *values.get(middle)?;
    if values.len() % 2 == 1 { Some(high) } else { Some((values.get(middle - 1)? + high) / 2.0) }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle_or_between_two() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }
}
