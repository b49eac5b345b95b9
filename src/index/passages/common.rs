//! Which runs of letters are common: in use at many places. In: the runs of each place. Out: a set. Does not know about:
//! where they stand.
//!
//! A small corpus is counted exactly. Of a large one runs are counted in two tables by two hashes, and a run is common if
//! both say so; the tables never say too little, and hardly ever too much.

use rustc_hash::{FxHashMap, FxHashSet};

use super::winnow::gram_hashes;
use crate::text::letters::only_letters;

/// Set phrases of all reports of the country, word for word: common in any corpus, however small. See `data/README.md`.
const NATIONAL: &str = include_str!("../../../data/formulas.txt");

/// Up to so many letters a corpus is counted exactly.
const EXACT: usize = 16 << 20;
/// Counters in each table of a large corpus, as a power of two.
const COUNTERS: u32 = 25;

/// How often runs are used, place by place.
#[derive(Debug)]
enum PlaceCounts {
    Exact(FxHashMap<u64, u32>),
    Tables(Vec<u16>, Vec<u16>),
}

/// Counts at how many places runs are in use.
#[derive(Debug)]
pub struct PlaceCounter {
    counts: PlaceCounts,
}

/// The common runs of a corpus.
#[derive(Debug, Clone, Default)]
pub struct Common {
    national: FxHashSet<u64>,
    exact: FxHashSet<u64>,
    /// A bit for each counter of both tables; empty for a corpus that was counted exactly.
    bits: [Vec<u64>; 2],
}

impl PlaceCounter {
    /// For a corpus of so many letters.
    pub fn new(letters: usize) -> Self {
        let tables = || vec![0; 1 << COUNTERS];
        let counts = if letters <= EXACT {
            PlaceCounts::Exact(FxHashMap::default())
        } else {
            PlaceCounts::Tables(tables(), tables())
        };
        Self { counts }
    }

    /// Counts the runs of one more place; each once.
    pub fn place(&mut self, mut hashes: Vec<u64>) {
        hashes.sort_unstable();
        hashes.dedup();
        match &mut self.counts {
            PlaceCounts::Exact(counts) => hashes.into_iter().for_each(|hash| *counts.entry(hash).or_default() += 1),
            PlaceCounts::Tables(first, second) => {
                for hash in hashes {
                    for (table, slot) in [(&mut *first, slots(hash)[0]), (&mut *second, slots(hash)[1])] {
                        table[slot] = table[slot].saturating_add(1);
                    }
                }
            }
        }
    }

    /// The runs in use at more than `most` places, and the set phrases of the country.
    pub fn common(self, most: usize) -> Common {
        let mut common = Common::default();
        for line in NATIONAL.lines().filter(|line| !line.starts_with('#')) {
            common.national.extend(gram_hashes(&only_letters(line)));
        }
        match self.counts {
            PlaceCounts::Exact(counts) => {
                common.exact = counts.into_iter().filter(|(_, n)| *n as usize > most).map(|(hash, _)| hash).collect();
            }
            PlaceCounts::Tables(first, second) => {
                let bits = |table: Vec<u16>| {
                    let word = |counters: &[u16]| {
                        counters.iter().rev().fold(0u64, |word, n| word << 1 | u64::from(usize::from(*n) > most))
                    };
                    table.chunks(64).map(word).collect()
                };
                common.bits = [bits(first), bits(second)];
            }
        }
        common
    }
}

/// Where a run is counted in the two tables.
const fn slots(hash: u64) -> [usize; 2] {
    let mask = (1 << COUNTERS) - 1;
    [(hash & mask) as usize, (hash >> 32 & mask) as usize]
}

impl Common {
    /// Whether a run of this hash is part of a set phrase of the country.
    pub fn is_national(&self, hash: u64) -> bool {
        self.national.contains(&hash)
    }

    /// Whether a run of this hash is common.
    pub fn holds(&self, hash: u64) -> bool {
        let bit = |table: &[u64], slot: usize| table.get(slot / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1);
        self.is_national(hash)
            || self.exact.contains(&hash)
            || (bit(&self.bits[0], slots(hash)[0]) && bit(&self.bits[1], slots(hash)[1]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_many_places_are_common_by_both_ways_of_counting() {
        for letters in [0, EXACT + 1] {
            let mut counter = PlaceCounter::new(letters);
            for place in 0..5u64 {
                counter.place(vec![7, 7, 1000 + place]);
            }
            let common = counter.common(4);
            assert!(common.holds(7) && !common.holds(1000) && !common.holds(8));
        }
    }

    #[test]
    fn the_phrases_of_the_country_are_common_everywhere() {
        let common = PlaceCounter::new(0).common(3);
        let phrase = NATIONAL.lines().find(|line| !line.starts_with('#')).unwrap();
        assert!(gram_hashes(&only_letters(phrase)).into_iter().all(|hash| common.holds(hash)));
    }
}
