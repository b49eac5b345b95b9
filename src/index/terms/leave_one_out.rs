//! Whether one place alone drives a keyword. In: the scope and the reference of a finished table. Out: marks in it.
//! Does not know about: how the figures were made, but for the one that is made again.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::TermCache;
use super::against::Against;
use super::counts::{PartCounts, WordId};
use super::parts::ReportParts;
use super::table::{Keyword, KeywordTable};
use crate::corpus::{Corpus, PlaceId};
use crate::index::stats;

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

impl PlaceShare<'_> {
    fn han(&self) -> u64 {
        let sum = |parts: &[&PartCounts]| parts.iter().map(|part| part.han).sum::<u64>();
        sum(&self.with).saturating_sub(sum(&self.without))
    }

    /// Occurrences of the words that `wanted` numbers.
    fn counts(&self, wanted: &FxHashMap<WordId, usize>) -> BTreeMap<usize, u64> {
        let mut counts = BTreeMap::new();
        let known = |parts: &[&PartCounts], change: &mut dyn FnMut(usize, u64)| {
            for (word, count) in parts.iter().flat_map(|part| &part.words) {
                if let Some(&row) = wanted.get(word) {
                    change(row, u64::from(*count));
                }
            }
        };
        known(&self.with, &mut |row, count| *counts.entry(row).or_insert(0) += count);
        known(&self.without, &mut |row, count| {
            if let Some(sum) = counts.get_mut(&row) {
                *sum = u64::saturating_sub(*sum, count);
            }
        });
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
            let wanted: FxHashMap<WordId, usize> = rows.iter().enumerate().filter_map(number).collect();
            let mut least = vec![stats::CRITICAL_G2; rows.len()];
            for (place, share) in side {
                let han = share.han();
                for (row, count) in share.counts(&wanted).into_iter().filter(|&(_, count)| count > 0) {
                    let (a, b) = (rows[row].count, rows[row].rest_count);
                    let without = if positive {
                        stats::log_likelihood(a.saturating_sub(count), n1.saturating_sub(han), b, n2)
                    } else {
                        stats::log_likelihood(a, n1, b.saturating_sub(count), n2.saturating_sub(han))
                    };
                    // Of two that weigh the same the first by name, in whatever order their files came.
                    let name = |id: PlaceId| corpus.places().get(id.0 as usize).map(|place| place.name.as_str());
                    let first = || rows[row].driver.is_some_and(|driver| name(*place) < name(driver));
                    if turned(without) < least[row] || turned(without) == least[row] && first() {
                        least[row] = turned(without);
                        rows[row].driver = Some(*place);
                    }
                }
            }
        }
    }
}
