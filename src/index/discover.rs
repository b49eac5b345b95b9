//! Phrases that no dictionary knows. In: an extent. Out: proposals, best first. Does not know about: who accepts or refuses
//! them; the dictionary, but to leave out what needs no proposal.
//!
//! A string of 汉字 is proposed when its characters cling together (cohesion: the lowest pointwise mutual information over
//! all ways of cutting it in two), when much can stand on either side of it (freedom: the lower of its two branching
//! entropies), and when more than one place uses it. The score is cohesion plus freedom, both in bits. The same text
//! gives the same proposals, whatever the number of threads.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::corpus::PlaceId;
use crate::index::scope::Extent;
use crate::index::stats;
use crate::index::terms::CountContext;
use crate::text::han::is_han;

/// Longest phrase that is looked for, in characters.
const LONGEST: usize = 8;

/// What a phrase must reach to be proposed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Fewest occurrences.
    pub count: u64,
    /// Lowest cohesion, in bits.
    pub cohesion: f64,
    /// Lowest freedom, in bits.
    pub freedom: f64,
    /// Fewest places that use it; all of them where the extent has fewer.
    pub places: u32,
}

impl Default for Thresholds {
    /// Five occurrences in two places, cohesion 6 bits (64 times as often as by chance), freedom 1.5 bits (about three
    /// neighbours that are as likely).
    fn default() -> Self {
        Self { count: 5, cohesion: 6.0, freedom: 1.5, places: 2 }
    }
}

/// A phrase that might be kept whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The phrase.
    pub phrase: String,
    /// Occurrences of its string ([`crate::index::terms::Occurrences::substrings`]).
    pub count: u64,
    /// Lowest pointwise mutual information over its cuts, in bits.
    pub cohesion: f64,
    /// Entropy of what stands to its left, in bits.
    pub left: f64,
    /// Entropy of what stands to its right, in bits.
    pub right: f64,
    /// Places that use it.
    pub places: u32,
}

impl Proposal {
    /// Cohesion plus freedom, in bits: by this proposals are sorted.
    pub fn score(&self) -> f64 {
        self.cohesion + self.left.min(self.right)
    }
}

/// Proposes phrases of `extent`, best first. Those that the segmenter keeps whole, and those that begin or end with a stop
/// word of `options`, are left out, and `refused` ones.
///
/// `None` once `cancelled` says so.
pub fn discover(
    count_context: &CountContext<'_>,
    extent: &Extent,
    thresholds: &Thresholds,
    refused: &(dyn Fn(&str) -> bool + Sync),
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Proposal>> {
    let text = Running::read(count_context, extent, cancelled)?;
    let mut order: Vec<u32> = (0..).zip(&text.chars).filter(|(_, c)| **c != BORDER).map(|(at, _)| at).collect();
    let size = order.len() as u64;
    order.par_sort_unstable_by(|&a, &b| text.from(a).cmp(text.from(b)).then(a.cmp(&b)));
    let mut counts: FxHashMap<&[char], u64> = FxHashMap::default();
    let mut candidates: Vec<(usize, &[u32])> = Vec::new();
    for length in 1..=LONGEST {
        if cancelled() {
            return None;
        }
        for block in order.chunk_by(|&a, &b| text.prefix(a, length).is_some_and(|p| text.prefix(b, length) == Some(p)))
        {
            let Some(string) = text.prefix(block[0], length) else { continue };
            if block.len() as u64 >= thresholds.count {
                counts.insert(string, block.len() as u64);
                if length > 1 {
                    candidates.push((length, block));
                }
            }
        }
    }
    let enough = thresholds.places.min(text.places);
    let judge = |&(length, block): &(usize, &[u32])| {
        let string = text.prefix(block[0], length)?;
        let count = |part: &[char]| counts.get(part).copied().unwrap_or(0);
        let cut = |at| {
            stats::pointwise_mutual_information(block.len() as u64, count(&string[..at]), count(&string[at..]), size)
        };
        let cohesion = (1..length).map(cut).fold(f64::INFINITY, f64::min);
        if cohesion < thresholds.cohesion {
            return None;
        }
        let left = text.entropy(block.iter().map(|&at| (at as usize).checked_sub(1)));
        let right = text.entropy(block.iter().map(|&at| Some(at as usize + length)));
        let places = text.places_of(block);
        if left.min(right) < thresholds.freedom || places < enough {
            return None;
        }
        let phrase: String = string.iter().collect();
        needed(count_context, &phrase).then_some(())?;
        (!refused(&phrase)).then_some(Proposal { phrase, count: block.len() as u64, cohesion, left, right, places })
    };
    let mut proposals: Vec<Proposal> = candidates.par_iter().filter_map(judge).collect();
    proposals.sort_by(|a, b| b.score().total_cmp(&a.score()).then_with(|| a.phrase.cmp(&b.phrase)));
    (!cancelled()).then_some(proposals)
}

/// Whether keeping the phrase whole would change anything, and it does not begin or end with a stop word or a number.
fn needed(count_context: &CountContext<'_>, phrase: &str) -> bool {
    let mut words = Vec::new();
    count_context.segmenter.each_word(phrase, &mut |word| words.push(word));
    let edge = |word: Option<&&str>| {
        let is_figure = |c: char| "一二三四五六七八九十百千万亿两".contains(c);
        word.is_some_and(|word| !count_context.options.stops.contains(word) && !word.chars().all(is_figure))
    };
    words.len() > 1 && edge(words.first()) && edge(words.last())
}

/// Stands between two runs of 汉字.
const BORDER: char = '\0';

/// All 汉字 of an extent in a row, runs parted by borders.
struct Running {
    chars: Vec<char>,
    /// Where the text of a place begins, ascending.
    starts: Vec<(u32, PlaceId)>,
    /// How many places there are.
    places: u32,
}

impl Running {
    fn read(count_context: &CountContext<'_>, extent: &Extent, cancelled: &dyn Fn() -> bool) -> Option<Self> {
        let mut text = Self { chars: vec![BORDER], starts: Vec::new(), places: 0 };
        for piece in extent.pieces() {
            let place = count_context.corpus.place_of(piece.report).unwrap_or(PlaceId(u32::MAX));
            // Positions are 32 bits wide; what goes beyond 4 billion 汉字 is not looked at.
            let Ok(start) = u32::try_from(text.chars.len()) else { break };
            text.starts.push((start, place));
            let finished = piece.each_stretch(count_context.corpus, &mut |stretch| {
                for c in stretch.text.chars() {
                    let c = if is_han(c) { c } else { BORDER };
                    if c != BORDER || text.chars.last() != Some(&BORDER) {
                        text.chars.push(c);
                    }
                }
                if text.chars.last() != Some(&BORDER) {
                    text.chars.push(BORDER);
                }
                !cancelled()
            });
            finished.then_some(())?;
        }
        let mut places: Vec<PlaceId> = text.starts.iter().map(|(_, place)| *place).collect();
        places.sort_unstable();
        places.dedup();
        text.places = u32::try_from(places.len()).unwrap_or(u32::MAX);
        Some(text)
    }

    /// What stands at `at` and after, as far as phrases go, up to a border.
    fn from(&self, at: u32) -> &[char] {
        let rest = self.chars.get(at as usize..).unwrap_or_default();
        let rest = &rest[..rest.len().min(LONGEST)];
        &rest[..rest.iter().position(|c| *c == BORDER).unwrap_or(rest.len())]
    }

    fn prefix(&self, at: u32, length: usize) -> Option<&[char]> {
        self.from(at).get(..length)
    }

    /// Entropy of the characters at these places. Each border is a neighbour of its own: anything may follow there.
    fn entropy(&self, places: impl Iterator<Item = Option<usize>>) -> f64 {
        let mut counts: BTreeMap<char, u64> = BTreeMap::new();
        for at in places {
            *counts.entry(at.and_then(|at| self.chars.get(at)).copied().unwrap_or(BORDER)).or_default() += 1;
        }
        let borders = counts.remove(&BORDER).unwrap_or(0);
        stats::entropy(counts.values().copied().chain(std::iter::repeat_n(1, borders as usize)))
    }

    fn places_of(&self, block: &[u32]) -> u32 {
        let place =
            |at: &u32| self.starts.partition_point(|(start, _)| start <= at).checked_sub(1).map(|i| self.starts[i].1);
        let mut places: Vec<PlaceId> = block.iter().filter_map(place).collect();
        places.sort_unstable();
        places.dedup();
        u32::try_from(places.len()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::index::fixture::{corpus, document, extent};
    use crate::index::scope::Scope;
    use crate::index::terms::{Segmenter, TermCache, TermOptions, open_term};

    fn found(corpus: &Corpus, thresholds: &Thresholds, refused: &str) -> Vec<Proposal> {
        let (options, cache) = (TermOptions::default(), TermCache::new());
        let count_context = CountContext { corpus, segmenter: Segmenter::get(), options: &options, cache: &cache };
        discover(&count_context, &extent(corpus, Scope::corpus()), thresholds, &|phrase| phrase == refused, &|| false)
            .unwrap()
    }

    fn sample() -> Corpus {
        let text = |names: [&str; 6]| {
            let lines = names.map(|name| {
                format!("{name}稻渔共生{}田。今年{name}，我们看山看水。", name.chars().rev().collect::<String>())
            });
            lines.concat()
        };
        let (a, b) =
            (["推广", "做好", "扶持", "学习", "发展", "参观"], ["宣传", "改良", "种植", "推行", "带动", "检查"]);
        corpus(vec![document("云和市", &text(a)), document("雾山县", &text(b))])
    }

    #[test]
    fn a_phrase_is_found_without_a_dictionary() {
        let thresholds = Thresholds { cohesion: 3.0, ..Thresholds::default() };
        let proposals = found(&sample(), &thresholds, "");
        let phrases: Vec<&str> = proposals.iter().map(|p| p.phrase.as_str()).collect();
        assert!(phrases.contains(&"稻渔共生"), "{phrases:?}");
        // Its halves cling to their other half: nothing else stands there.
        assert!(!phrases.contains(&"稻渔") && !phrases.contains(&"渔共生"), "{phrases:?}");
        let rice = proposals.iter().find(|p| p.phrase == "稻渔共生").unwrap();
        assert_eq!((rice.count, rice.places), (12, 2));
        // Twelve different neighbours, each once or so.
        assert!(rice.left > 3.0 && rice.right > 3.0);
        assert!(!found(&sample(), &thresholds, "稻渔共生").iter().any(|p| p.phrase == "稻渔共生"));
        let opened =
            open_term(&sample(), &extent(&sample(), Scope::corpus()), "稻渔共生", Segmenter::get(), &|| false).unwrap();
        assert_eq!(opened.substrings() as u64, rice.count);
        let segmenter = Segmenter::get().keeping(&["稻渔共生"]).unwrap();
        assert!(segmenter.keeping(&["稻渔共生"]).is_none());
    }

    #[test]
    fn what_one_place_says_or_the_segmenter_knows_is_not_proposed() {
        let thresholds = Thresholds { cohesion: 3.0, places: 3, ..Thresholds::default() };
        // There are two places only, and both use it.
        assert!(found(&sample(), &thresholds, "").iter().any(|p| p.phrase == "稻渔共生"));
        let alone = corpus(vec![sample().documents()[0].as_ref().clone(), document("雾山县", "山")]);
        assert!(!found(&alone, &thresholds, "").iter().any(|p| p.phrase == "稻渔共生"));
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let run = || found(&sample(), &Thresholds { count: 2, cohesion: 0.0, freedom: 0.0, places: 1 }, "");
            assert_eq!(pool.install(run), run());
        }
    }
}
