//! Whether one place alone drives a keyword. In: the scope and the reference of a finished table. Out: marks in it.
//! Does not know about: how the figures were made, but for the one that is made again.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::TermCache;
use super::against::Against;
use super::counts::{PartCounts, WordId};
use super::parts::ReportParts;
use super::table::{Keyword, KeywordTable};
use crate::corpus::{Corpus, PlaceId};
use crate::index::stats;

/// Places whose words are counted before they are compared: bounds what is held of them.
const COUNTED_AT_ONCE: usize = 32;

/// The share of each place in scope and reference.
pub struct Sides<'c> {
    scope: PlaceShares<'c>,
    reference: PlaceShares<'c>,
}

/// What each place adds to a side, and what is taken away from it there (the scope's text in the reference).
type PlaceShares<'c> = BTreeMap<PlaceId, PlaceShare<'c>>;

#[derive(Default)]
struct PlaceShare<'c> {
    with: Vec<&'c PartCounts>,
    without: Vec<&'c PartCounts>,
}

/// The row of every word that is asked about, by its number: looked up tens of millions of times.
struct WantedRows(Vec<u32>);

impl WantedRows {
    fn new(words: impl Iterator<Item = (WordId, usize)>) -> Self {
        let mut rows = Vec::new();
        for (word, row) in words {
            let at = word as usize;
            if at >= rows.len() {
                rows.resize(at + 1, u32::MAX);
            }
            if let (Some(slot), Ok(row)) = (rows.get_mut(at), u32::try_from(row)) {
                *slot = row;
            }
        }
        Self(rows)
    }

    fn row(&self, word: WordId) -> Option<usize> {
        self.0.get(word as usize).filter(|row| **row != u32::MAX).map(|row| *row as usize)
    }
}

impl PlaceShare<'_> {
    fn han(&self) -> u64 {
        let sum = |parts: &[&PartCounts]| parts.iter().map(|part| part.han).sum::<u64>();
        sum(&self.with).saturating_sub(sum(&self.without))
    }

    /// Occurrences in each of `rows` rows of the words that `wanted` numbers.
    fn counts(&self, wanted: &WantedRows, rows: usize) -> Vec<u64> {
        let mut counts = vec![0; rows];
        let known = |parts: &[&PartCounts], change: &mut dyn FnMut(&mut u64, u64)| {
            for (word, count) in parts.iter().flat_map(|part| &part.words) {
                if let Some(sum) = wanted.row(*word).and_then(|row| counts.get_mut(row)) {
                    change(sum, u64::from(*count));
                }
            }
        };
        let mut known = known;
        known(&self.with, &mut |sum, count| *sum += count);
        known(&self.without, &mut |sum, count| *sum = sum.saturating_sub(count));
        counts
    }
}

impl<'c> Sides<'c> {
    /// From the parts of the scope and the pieces of the reference.
    pub fn new(corpus: &Corpus, scope: &'c ReportParts, against: &'c Against) -> Self {
        let mut sides = Self { scope: PlaceShares::new(), reference: PlaceShares::new() };
        let place = |id| corpus.place_of(id);
        for piece in &against.pieces {
            if let Some(place) = place(piece.report) {
                sides.reference.entry(place).or_default().with.push(&piece.counts);
            }
        }
        for (id, part) in scope.iter() {
            let Some(place) = place(id) else { continue };
            sides.scope.entry(place).or_default().with.push(part);
            if against.has_scope_of(id)
                && let Some(share) = sides.reference.get_mut(&place)
            {
                share.without.push(part);
            }
        }
        sides.reference.retain(|_, share| share.han() > 0);
        sides
    }

    /// Names the driver of every keyword that has one.
    pub fn mark(&self, table: &mut KeywordTable, corpus: &Corpus, cache: &TermCache) {
        let (n1, n2) = (table.scope_han, table.rest_han);
        for (side, positive) in [(&self.scope, true), (&self.reference, false)] {
            if side.len() < 2 {
                continue;
            }
            let vocabulary = cache.vocabulary();
            let turned = |g2: f64| if positive { g2 } else { -g2 };
            let asked = |row: &&mut Keyword| turned(row.g2) >= stats::CRITICAL_G2;
            let mut rows: Vec<&mut Keyword> = table.rows.iter_mut().filter(asked).collect();
            let number = |(row, keyword): (usize, &&mut Keyword)| Some((vocabulary.id(&keyword.term)?, row));
            let wanted = WantedRows::new(rows.iter().enumerate().filter_map(number));
            let all = rows.len();
            let places: Vec<(&PlaceId, &PlaceShare<'_>)> = side.iter().collect();
            let mut least = vec![stats::CRITICAL_G2; rows.len()];
            // Of each place on any core, a few at a time; compared in their order.
            let counted = places.chunks(COUNTED_AT_ONCE).flat_map(|some| {
                let counts =
                    |(place, share): &(&PlaceId, &PlaceShare<'_>)| (**place, share.han(), share.counts(&wanted, all));
                some.par_iter().map(counts).collect::<Vec<_>>()
            });
            for (place, han, counts) in counted {
                for (row, count) in counts.into_iter().enumerate().filter(|&(_, count)| count > 0) {
                    let (a, b) = (rows[row].count, rows[row].rest_count);
                    let without = if positive {
                        stats::log_likelihood(a.saturating_sub(count), n1.saturating_sub(han), b, n2)
                    } else {
                        stats::log_likelihood(a, n1, b.saturating_sub(count), n2.saturating_sub(han))
                    };
                    // Of two that weigh the same the first by name, in whatever order their files came.
                    let name = |id: PlaceId| corpus.places().get(id.0 as usize).map(|place| place.name.as_str());
                    let first = || rows[row].driver.is_some_and(|driver| name(place) < name(driver));
                    if turned(without) < least[row] || turned(without) == least[row] && first() {
                        least[row] = turned(without);
                        rows[row].driver = Some(place);
                    }
                }
            }
        }
    }
}
