//! Terms over years and over places: trends, the ranking of all cities, the matrix of terms and cities.
//!
//! In: terms, an axis. Out: a [`TrendGrid`] of counts, with the 汉字 of every column. Does not know about: how cells are drawn.
//! A report on several years stands under the last of them, so that no occurrence is counted twice.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::scope::{Extent, ScopePiece};
use crate::index::stats;
use crate::index::terms::{CountContext, Occurrences, occurrences_by_piece, open_pieces};

/// What counts as an occurrence of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Counting {
    /// A word of the text that is the term.
    #[default]
    Words,
    /// Every place where the term's string stands, inside longer words too.
    Text,
}

impl Counting {
    /// Its name in the output of commands.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Text => "text",
        }
    }

    fn of(self, found: &Occurrences) -> u64 {
        match self {
            Self::Words => found.words.len() as u64,
            Self::Text => found.substrings() as u64,
        }
    }
}

/// What the columns of a grid are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Axis {
    /// Years reported on, the last of several, ascending; reports whose year is not known come last.
    Year,
    /// Years of the session a report was given to, likewise.
    Session,
    /// Places, in the order of the corpus.
    Place,
}

/// What a column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnKey {
    /// Reports whose last year, or whose session's year, this is.
    Year(u16),
    /// Reports whose year is not known.
    NoYear,
    /// The reports of a place.
    Place(PlaceId),
}

/// A column: some reports, or what the scope holds of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendColumn {
    /// What it stands for.
    pub key: ColumnKey,
    /// Its reports, in corpus order.
    pub reports: Vec<ReportId>,
    /// 汉字 of its text.
    pub han: u64,
    /// Its text: opening a cell means opening its term here.
    pub extent: Extent,
    /// Name and province of the place; empty for a year.
    pub name: String,
}

/// A cell: a term in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TrendCell {
    /// Occurrences.
    pub count: u64,
    /// Reports of the column that have one.
    pub reports: u32,
}

/// Counts of terms, or of groups of terms, by column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrendGrid {
    /// What the rows are: terms or groups, as they were asked for.
    pub rows: Vec<String>,
    /// The columns.
    pub columns: Vec<TrendColumn>,
    /// `cells[row][column]`.
    pub cells: Vec<Vec<TrendCell>>,
}

impl TrendGrid {
    /// A cell; an empty one where there is none.
    pub fn cell(&self, row: usize, column: usize) -> TrendCell {
        self.cells.get(row).and_then(|cells| cells.get(column)).copied().unwrap_or_default()
    }

    /// Occurrences per 10,000 汉字 of the column.
    pub fn rate(&self, row: usize, column: usize) -> f64 {
        stats::rate(self.cell(row, column).count, self.columns.get(column).map_or(0, |column| column.han))
    }

    /// What part of all occurrences in the column the row has, from 0 to 1; 0 in a column without any.
    pub fn share(&self, row: usize, column: usize) -> f64 {
        let all: u64 = (0..self.rows.len()).map(|row| self.cell(row, column).count).sum();
        if all == 0 { 0.0 } else { self.cell(row, column).count as f64 / all as f64 }
    }

    /// The columns by the rate of a row, highest first; of equal ones places by name, years in their own order.
    pub fn ranking(&self, row: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        let name = |column: usize| self.columns.get(column).map(|column| column.name.as_str());
        order.sort_by(|&a, &b| self.rate(row, b).total_cmp(&self.rate(row, a)).then_with(|| name(a).cmp(&name(b))));
        order
    }

    /// The 95 % interval of a cell's rate; `None` in a column without text.
    pub fn rate_interval(&self, row: usize, column: usize) -> Option<stats::Interval> {
        stats::rate_interval(self.cell(row, column).count, self.columns.get(column)?.han)
    }

    /// The columns whose rates make the median of a row: the middle one, or the middle two, as they stand in the ranking.
    pub fn median_columns(&self, row: usize) -> Vec<usize> {
        let known = |&column: &usize| self.columns.get(column).is_some_and(|column| column.key != ColumnKey::NoYear);
        let order: Vec<usize> = self.ranking(row).into_iter().filter(known).collect();
        let middle = order.len() / 2;
        let from = if order.len() % 2 == 1 { middle } else { middle.saturating_sub(1) };
        order.get(from..(middle + 1).min(order.len())).unwrap_or_default().to_vec()
    }

    /// The median of a row's rates: of an even number of columns the mean of the middle two; 0 without columns. A year that is
    /// not known is no year.
    pub fn median(&self, row: usize) -> f64 {
        self.mean_rate(row, &self.median_columns(row))
    }

    /// The mean of a row's rates in these columns; 0 without columns.
    pub fn mean_rate(&self, row: usize, middle: &[usize]) -> f64 {
        if middle.is_empty() {
            return 0.0;
        }
        middle.iter().map(|&column| self.rate(row, column)).sum::<f64>() / middle.len() as f64
    }

    /// The highest rate of the whole grid: full colour in a heat map.
    pub fn highest(&self) -> f64 {
        let rates = (0..self.rows.len()).flat_map(|r| (0..self.columns.len()).map(move |c| (r, c)));
        rates.map(|(r, c)| self.rate(r, c)).fold(0.0, f64::max)
    }
}

/// The columns of an axis over the text of a scope.
pub fn columns(corpus: &Corpus, axis: Axis, extent: &Extent) -> Vec<TrendColumn> {
    let mut columns: BTreeMap<ColumnKey, Vec<ScopePiece>> = BTreeMap::new();
    for piece in extent.pieces() {
        let id = piece.report;
        let Some((_, report)) = corpus.report(id) else { continue };
        let key = match axis {
            Axis::Year => report.years.iter().max().map_or(ColumnKey::NoYear, |year| ColumnKey::Year(*year)),
            Axis::Session => report.session_year.map_or(ColumnKey::NoYear, ColumnKey::Year),
            Axis::Place => match corpus.place_of(id) {
                Some(place) => ColumnKey::Place(place),
                None => continue,
            },
        };
        columns.entry(key).or_default().push(piece.clone());
    }
    let column = |(key, pieces): (ColumnKey, Vec<ScopePiece>)| {
        let extent: Extent = pieces.into_iter().collect();
        let name = match key {
            ColumnKey::Place(place) => {
                let place = corpus.place(place);
                format!("{} {}", place.name, place.province)
            }
            ColumnKey::Year(_) | ColumnKey::NoYear => String::new(),
        };
        TrendColumn { key, reports: extent.reports().collect(), han: extent.han(), extent, name }
    };
    columns.into_iter().map(column).collect()
}

/// Counts `terms` along an axis, in the text of a scope.
///
/// A term that the segmenter of `count_context` splits is never a word: give it one that keeps it
/// ([`crate::index::terms::Segmenter::keeping`]). `None` once `cancelled` says so.
pub fn grid(
    count_context: &CountContext<'_>,
    extent: &Extent,
    terms: &[String],
    axis: Axis,
    counting: Counting,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<TrendGrid> {
    let corpus = count_context.corpus;
    let columns = columns(corpus, axis, extent);
    let counted: Vec<(usize, &ScopePiece)> =
        columns.iter().enumerate().flat_map(|(c, column)| column.extent.pieces().iter().map(move |p| (c, p))).collect();
    let mut cells = vec![vec![TrendCell::default(); columns.len()]; terms.len()];
    for (term, cells) in terms.iter().zip(&mut cells) {
        let count = |&(column, piece): &(usize, &ScopePiece)| {
            let found = open_pieces(corpus, std::slice::from_ref(piece), term, count_context.segmenter, cancelled)?;
            Some((column, counting.of(&found)))
        };
        let counts: Option<Vec<(usize, u64)>> = counted.par_iter().map(count).collect();
        for (column, count) in counts? {
            cells[column].count += count;
            cells[column].reports += u32::from(count > 0);
        }
    }
    Some(TrendGrid { rows: terms.to_vec(), columns, cells })
}

/// The same for words of the segmenter of `count_context`, read off the counts of its cache: at once where the corpus has been
/// counted, however many terms there are.
pub fn word_grid(
    count_context: &CountContext<'_>,
    extent: &Extent,
    terms: &[String],
    axis: Axis,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<TrendGrid> {
    let columns = columns(count_context.corpus, axis, extent);
    let mut cells = vec![vec![TrendCell::default(); columns.len()]; terms.len()];
    for (c, column) in columns.iter().enumerate() {
        for counts in occurrences_by_piece(count_context, column.extent.pieces(), terms, cancelled)? {
            for (row, count) in cells.iter_mut().zip(counts) {
                row[c].count += count;
                row[c].reports += u32::from(count > 0);
            }
        }
    }
    Some(TrendGrid { rows: terms.to_vec(), columns, cells })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::{corpus, document, extent};
    use crate::index::scope::Scope;
    use crate::index::terms::{Segmenter, TermCache, TermOptions, open_term};

    fn sample() -> Corpus {
        let mut documents = vec![
            document("云和市", "养老服务和养老"),
            document("雾山县", "旅游旅游旅游"),
            document("云和市", "养老养老"),
            document("长溪市", "高质量发展"),
        ];
        for (document, years) in documents.iter_mut().zip([vec![2018, 2021], vec![], vec![2022], vec![2021]]) {
            document.reports[0].years = years;
        }
        corpus(documents)
    }

    fn count(axis: Axis, counting: Counting) -> TrendGrid {
        let corpus = sample();
        let (options, cache) = (TermOptions::default(), TermCache::new());
        let count_context =
            CountContext { corpus: &corpus, segmenter: Segmenter::get(), options: &options, cache: &cache };
        let terms = ["养老".to_owned(), "旅游".to_owned()];
        let whole = extent(&corpus, Scope::corpus());
        let grid = grid(&count_context, &whole, &terms, axis, counting, &|| false).unwrap();
        if counting == Counting::Words {
            assert_eq!(grid, word_grid(&count_context, &whole, &terms, axis, &|| false).unwrap());
        }
        // Every cell opens.
        for (row, term) in terms.iter().enumerate() {
            for (c, column) in grid.columns.iter().enumerate() {
                let found = open_term(&corpus, &column.extent, term, Segmenter::get(), &|| false).unwrap();
                assert_eq!(grid.cell(row, c).count, counting.of(&found));
            }
        }
        grid
    }

    #[test]
    fn years_ascend_and_no_report_counts_twice() {
        let grid = count(Axis::Year, Counting::Words);
        let keys: Vec<_> = grid.columns.iter().map(|c| (c.key, c.reports.len(), c.han)).collect();
        assert_eq!(keys, [(ColumnKey::Year(2021), 2, 12), (ColumnKey::Year(2022), 1, 4), (ColumnKey::NoYear, 1, 6)]);
        let counts: Vec<_> = grid.cells[0].iter().map(|c| (c.count, c.reports)).collect();
        assert_eq!(counts, [(1, 1), (2, 1), (0, 0)]);
        assert_eq!(grid.rate(0, 1), 5_000.0);
        assert_eq!(count(Axis::Year, Counting::Text).cell(0, 0).count, 2);
        // Rates 1/12 and 2/4; what has no year is none of them.
        assert!((grid.median(0) - (1e4 / 12.0 + 5e3) / 2.0).abs() < 1e-9);
    }

    #[test]
    fn places_are_ranked_with_their_median() {
        let grid = count(Axis::Place, Counting::Words);
        assert_eq!(grid.columns.iter().map(|c| c.han).collect::<Vec<_>>(), [11, 6, 5]);
        assert_eq!(grid.ranking(0), [0, 2, 1]);
        // 云和市 and 长溪市 have none: by name.
        assert_eq!(grid.ranking(1), [1, 0, 2]);
        // Rates 3/11, 0, 0: of equal ones by name.
        assert_eq!((grid.median_columns(0), grid.median_columns(1)), (vec![2], vec![0]));
        assert_eq!((grid.median(0), grid.highest()), (0.0, 5_000.0));
        assert_eq!((grid.share(0, 0), grid.share(1, 1), grid.share(0, 2)), (1.0, 1.0, 0.0));
    }
}
