//! Which runs of letters are common: in use at many places. In: the runs of each place. Out: a set. Does not know about:
//! where they stand.
//!
//! A small corpus is counted exactly. Of a large one runs are counted in two tables by two hashes, and a run is common if
//! both say so; the tables never say too little, and hardly ever too much. The tables are larger than a processor's caches, so
//! the runs of many places are sorted by region of a table first, and each region is counted at once.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::winnow::gram_hashes;
use crate::text::letters::only_letters;

/// Set phrases of all reports of the country, word for word: common in any corpus, however small. See `data/README.md`.
const NATIONAL: &str = include_str!("../../../data/formulas.txt");

/// Up to so many letters a corpus is counted exactly.
const EXACT: usize = 16 << 20;
/// Counters in each table of a large corpus, as a power of two.
const COUNTERS: u32 = 25;
/// Counters in a region of a table, as a power of two: a quarter of a megabyte.
const REGION: u32 = 17;

/// The runs of one place, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceRuns(Vec<u64>);

impl PlaceRuns {
    /// From the hashes of all its runs.
    pub fn new(mut hashes: Vec<u64>) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }
}

/// How often runs are used, place by place.
#[derive(Debug)]
enum PlaceCounts {
    /// Every run as often as places use it.
    Exact(Vec<u64>),
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
        let counts =
            if letters <= EXACT { PlaceCounts::Exact(Vec::new()) } else { PlaceCounts::Tables(tables(), tables()) };
        Self { counts }
    }

    /// Counts the runs of some more places.
    pub fn places(&mut self, places: &[PlaceRuns]) {
        match &mut self.counts {
            PlaceCounts::Exact(all) => places.iter().for_each(|place| all.extend(&place.0)),
            PlaceCounts::Tables(first, second) => {
                rayon::join(
                    || add(first, places, |hash| slots(hash)[0]),
                    || add(second, places, |hash| slots(hash)[1]),
                );
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
            PlaceCounts::Exact(mut all) => {
                all.par_sort_unstable();
                let used = all.chunk_by(|a, b| a == b).filter(|same| same.len() > most);
                common.exact = used.filter_map(|same| same.first().copied()).collect();
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

/// Counts the runs of places in a table.
fn add(table: &mut [u16], places: &[PlaceRuns], slot: fn(u64) -> usize) {
    let runs: usize = places.iter().map(|place| place.0.len()).sum();
    let regions = 1usize << (COUNTERS - REGION);
    // A quarter more than regions hold on the average: hashes are spread evenly.
    let mut by_region: Vec<Vec<u32>> = (0..regions).map(|_| Vec::with_capacity(runs / regions * 5 / 4)).collect();
    for hash in places.iter().flat_map(|place| &place.0) {
        let slot = slot(*hash);
        by_region[slot >> REGION].push((slot & ((1 << REGION) - 1)) as u32);
    }
    for (region, slots) in table.chunks_mut(1 << REGION).zip(by_region) {
        for slot in slots {
            let counter = &mut region[slot as usize];
            *counter = counter.saturating_add(1);
        }
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
            let places: Vec<PlaceRuns> = (0..5u64).map(|place| PlaceRuns::new(vec![7, 7, 1000 + place])).collect();
            counter.places(&places[..2]);
            counter.places(&places[2..]);
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
