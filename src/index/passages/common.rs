//! Which runs of letters are common: in use at many places. In: the runs of each place. Out: a set. Does not know about:
//! where they stand.
//!
//! A small corpus is counted exactly. Of a large one runs are counted in two tables by two hashes, and a run is common if
//! both say so; the tables never say too little, and hardly ever too much. The tables are larger than a processor's caches, so
//! the runs of many places are sorted by region of a table first, and each region is counted at once.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::winnow::gram_hashes;
use crate::corpus::KeptBytes;
use crate::text::bytes::{ByteReader, put_word};
use crate::text::letters::only_letters;

/// Set phrases of all reports of the country, word for word: common in any corpus, however small. See `data/README.md`.
const NATIONAL: &str = include_str!("../../../data/formulas.txt");

/// Up to so many letters a corpus is counted exactly.
const EXACT: usize = 16 << 20;
/// Counters in each table of a large corpus, as a power of two.
const COUNTERS: u32 = 25;
/// Counters in a region of a table, as a power of two: a quarter of a megabyte.
const REGION: u32 = 17;
/// Regions of a table.
const REGIONS: usize = 1 << (COUNTERS - REGION);
/// The first byte of what is common: how it was counted.
const EXACTLY: u8 = 0;
const BY_TABLES: u8 = 1;

/// The runs of one place, each once, by region of the first table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceRuns {
    hashes: Vec<u64>,
    /// Where each region ends.
    ends: Vec<usize>,
}

impl PlaceRuns {
    /// From the hashes of all its runs. They are sorted by region, and each region is small enough for a table that stays in the
    /// processor's caches while what stands there twice is left out.
    pub fn new(hashes: &[u64]) -> Self {
        let region = |hash: u64| slots(hash)[0] >> REGION;
        let mut ends = vec![0usize; REGIONS];
        hashes.iter().for_each(|hash| ends[region(*hash)] += 1);
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        let mut sorted = vec![0; hashes.len()];
        for hash in hashes {
            let at = &mut ends[region(*hash)];
            sorted[*at] = *hash;
            *at += 1;
        }
        let (mut seen, mut start, mut kept) = (Vec::new(), 0, 0);
        for end in &mut ends {
            let whole = std::mem::replace(&mut start, *end)..*end;
            seen.clear();
            seen.resize((2 * whole.len()).next_power_of_two().max(2), 0u64);
            for at in whole {
                let hash = sorted[at];
                if is_new(&mut seen, hash) {
                    sorted[kept] = hash;
                    kept += 1;
                }
            }
            *end = kept;
        }
        sorted.truncate(kept);
        Self { hashes: sorted, ends }
    }
}

/// Puts a hash into a table of a power of two of places, of which at least one stays free; whether it was not there. 0 is a free place, and
/// is taken as new every time: one run of all that there are.
fn is_new(seen: &mut [u64], hash: u64) -> bool {
    let mask = seen.len() - 1;
    let mut at = (hash >> 40) as usize & mask;
    while seen[at] != 0 {
        if seen[at] == hash {
            return false;
        }
        at = (at + 1) & mask;
    }
    seen[at] = hash;
    true
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
    bits: [KeptBytes; 2],
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
            PlaceCounts::Exact(all) => places.iter().for_each(|place| all.extend(&place.hashes)),
            PlaceCounts::Tables(first, second) => {
                rayon::join(|| add_first(first, places), || add_second(second, places));
            }
        }
    }

    /// The runs in use at more than `most` places, as bytes for [`Common::new`].
    pub fn common(self, most: usize) -> Vec<u8> {
        match self.counts {
            PlaceCounts::Exact(mut all) => {
                all.par_sort_unstable();
                let used = all.chunk_by(|a, b| a == b).filter(|same| same.len() > most);
                let mut bytes = vec![EXACTLY];
                used.filter_map(|same| same.first()).for_each(|hash| put_word(&mut bytes, *hash));
                bytes
            }
            PlaceCounts::Tables(first, second) => {
                let bits = |counters: &[u16]| {
                    counters.iter().rev().fold(0u8, |byte, n| byte << 1 | u8::from(usize::from(*n) > most))
                };
                let mut bytes = vec![BY_TABLES];
                bytes.extend([first, second].iter().flat_map(|table| table.chunks(8).map(bits)));
                bytes
            }
        }
    }
}

/// Counts the runs of places in the first table, by whose regions they are sorted: region by region, of all places.
fn add_first(table: &mut [u16], places: &[PlaceRuns]) {
    for (region, counters) in table.chunks_mut(1 << REGION).enumerate() {
        for place in places {
            let start = region.checked_sub(1).and_then(|before| place.ends.get(before)).copied().unwrap_or(0);
            let end = place.ends.get(region).copied().unwrap_or(start);
            for hash in place.hashes.get(start..end).unwrap_or_default() {
                let counter = &mut counters[slots(*hash)[0] & ((1 << REGION) - 1)];
                *counter = counter.saturating_add(1);
            }
        }
    }
}

/// Counts them in the second table; they are sorted by its regions first.
fn add_second(table: &mut [u16], places: &[PlaceRuns]) {
    let runs: usize = places.iter().map(|place| place.hashes.len()).sum();
    // A quarter more than regions hold on the average: hashes are spread evenly.
    let mut by_region: Vec<Vec<u32>> = (0..REGIONS).map(|_| Vec::with_capacity(runs / REGIONS * 5 / 4)).collect();
    for hash in places.iter().flat_map(|place| &place.hashes) {
        let slot = slots(*hash)[1];
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
    /// Of the bytes that [`PlaceCounter::common`] gave, and the set phrases of the country. `None` if they are no such bytes.
    pub fn new(bytes: &KeptBytes) -> Option<Self> {
        let mut common = Self::default();
        for line in NATIONAL.lines().filter(|line| !line.starts_with('#')) {
            common.national.extend(gram_hashes(&only_letters(line)));
        }
        let (how, rest) = bytes.as_slice().split_first()?;
        if *how == EXACTLY {
            common.exact.extend(rest.chunks_exact(8).filter_map(|word| ByteReader(word).word()));
        } else {
            let half = 1 << (COUNTERS - 3);
            common.bits = [bytes.part(1..1 + half), bytes.part(1 + half..1 + 2 * half)];
        }
        (*how == EXACTLY || common.bits.iter().all(|bits| !bits.as_slice().is_empty())).then_some(common)
    }

    /// Whether a run of this hash is part of a set phrase of the country.
    pub fn is_national(&self, hash: u64) -> bool {
        self.national.contains(&hash)
    }

    /// Whether a run of this hash is common.
    pub fn holds(&self, hash: u64) -> bool {
        let bit = |table: &KeptBytes, slot: usize| {
            table.as_slice().get(slot / 8).is_some_and(|byte| byte >> (slot % 8) & 1 == 1)
        };
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
            let places: Vec<PlaceRuns> = (0..5u64).map(|place| PlaceRuns::new(&[7, 7, 1000 + place])).collect();
            counter.places(&places[..2]);
            counter.places(&places[2..]);
            let common = Common::new(&counter.common(4).into()).unwrap();
            assert!(common.holds(7) && !common.holds(1000) && !common.holds(8));
        }
    }

    #[test]
    fn the_phrases_of_the_country_are_common_everywhere() {
        let common = Common::new(&PlaceCounter::new(0).common(3).into()).unwrap();
        let phrase = NATIONAL.lines().find(|line| !line.starts_with('#')).unwrap();
        assert!(gram_hashes(&only_letters(phrase)).into_iter().all(|hash| common.holds(hash)));
    }
}
