//! Who writes like whom: how alike the words of places are.
//!
//! In: an extent. Out: for every two places the cosine of their word counts, with the interval it keeps when paragraphs are
//! drawn anew. Does not know about: how it is shown.
//!
//! Words that any report has, and those that say whose it is, would make all alike or each its own: stop words, set
//! phrases of the lexicon and the own names of all places of the extent are left out. What is alike is what they speak of.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::corpus::PlaceId;
use crate::index::scope::Extent;
use crate::index::stats::{Interval, Z95};
use crate::index::terms::{CountContext, own_names};
use crate::text::digest::Digester;

/// How many times paragraphs are drawn anew, unless another number is asked for.
pub const DRAWS: usize = 200;
/// With more places than this no paragraphs are drawn: every two of them would have to be compared so many times.
pub const MOST_DRAWN: usize = 60;

/// How alike places are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Similarity {
    /// The places, by name.
    pub places: Vec<PlaceId>,
    /// Words of each that were compared, in the same order.
    pub words: Vec<u64>,
    /// `cosine[a][b]` from 0 (no word in common) to 1 (the same shares of the same words); 0 where a place has none.
    pub cosine: Vec<Vec<f64>>,
    /// Its 95 % interval by how much it varies when paragraphs are drawn anew; `None` with very many places, and of a place with
    /// itself.
    pub interval: Vec<Vec<Option<Interval>>>,
}

impl Similarity {
    /// The other places, the most alike first; equal ones by name.
    #[cfg(test)]
    pub fn nearest(&self, place: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.places.len()).filter(|&other| other != place).collect();
        let cosine = |other: usize| self.cosine.get(place).and_then(|row| row.get(other)).copied().unwrap_or(0.0);
        order.sort_by(|&a, &b| cosine(b).total_cmp(&cosine(a)));
        order
    }
}

/// The words of every paragraph, by name, province and number of the place.
type Paragraphs<'n> = BTreeMap<(&'n str, &'n str, PlaceId), Vec<BTreeMap<String, u32>>>;

/// Words by number, ascending, with their counts.
type Vector = Vec<(u32, f64)>;

/// Compares every two places of `extent`; `draws` times with paragraphs drawn anew (with replacement, so many as there are).
///
/// Sources: G. Salton, A. Wong and C. S. Yang, A vector space model for automatic indexing, Communications of the ACM
/// 18(11), 1975 (cosine). The interval is the standard one of B. Efron and R. Tibshirani, An introduction to the bootstrap, 1993,
/// chapter 13, `θ ± z s` with the standard deviation s of the draws, on the scale on which a cosine's spread does not depend on
/// its size (R. A. Fisher, On the probable error of a coefficient of correlation, Metron 1, 1921): `tanh(atanh θ ± z s)`. Draws hold
/// fewer different words than the text and so are less alike: their percentiles can leave the cosine out, this never does. The draws depend on
/// the places' names alone: the same text gives the same intervals. `None` once `cancelled` says so.
pub fn similarity(
    count_context: &CountContext<'_>,
    extent: &Extent,
    draws: usize,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Similarity> {
    let corpus = count_context.corpus;
    let names = own_names(corpus, extent.reports());
    let mut paragraphs: Paragraphs<'_> = BTreeMap::new();
    for piece in extent.pieces() {
        let Some(id) = corpus.place_of(piece.report) else { continue };
        let place = corpus.place(id);
        let own = paragraphs.entry((place.name.as_str(), place.province.as_str(), id)).or_default();
        let finished = piece.each_stretch(corpus, &mut |stretch| {
            let mut words: BTreeMap<String, u32> = BTreeMap::new();
            count_context.segmenter.each_word(&stretch.text, &mut |word| {
                if count_context.options.accepts(word)
                    && !names.contains(word)
                    && !count_context.segmenter.is_phrase(word)
                {
                    *words.entry(word.to_owned()).or_default() += 1;
                }
            });
            if !words.is_empty() {
                own.push(words);
            }
            !cancelled()
        });
        finished.then_some(())?;
    }
    // Numbers by the order of the words, and paragraphs by their words: the order of files does not matter.
    let mut all: Vec<&str> = paragraphs.values().flatten().flat_map(|words| words.keys().map(String::as_str)).collect();
    all.sort_unstable();
    all.dedup();
    let numbers: FxHashMap<&str, u32> = all.iter().zip(0..).map(|(word, number)| (*word, number)).collect();
    let numbered = |words: &BTreeMap<String, u32>| -> Vec<(u32, u32)> {
        words.iter().filter_map(|(word, count)| Some((*numbers.get(word.as_str())?, *count))).collect()
    };
    let texts: Vec<Vec<Vec<(u32, u32)>>> = paragraphs
        .values()
        .map(|own| {
            let mut own: Vec<Vec<(u32, u32)>> = own.iter().map(numbered).collect();
            own.sort_unstable();
            own
        })
        .collect();
    let places: Vec<PlaceId> = paragraphs.keys().map(|(.., id)| *id).collect();
    let whole: Vec<Vector> = texts.iter().map(|own| sum(own.iter())).collect();
    let words = whole.iter().map(|vector| vector.iter().map(|(_, count)| *count as u64).sum()).collect();
    let n = places.len();
    let cosines = |vectors: &[Vector]| -> Option<Vec<Vec<f64>>> {
        let squares: Vec<f64> = vectors.iter().map(square).collect();
        let mut all = vec![vec![0.0; n]; n];
        for (a, vector) in vectors.iter().enumerate() {
            (!cancelled()).then_some(())?;
            // One half: the other is the same.
            for (b, other) in vectors.iter().enumerate().skip(a) {
                let value = cosine((vector, squares[a]), (other, squares[b]));
                (all[a][b], all[b][a]) = (value, value);
            }
        }
        Some(all)
    };
    let cosine = cosines(&whole)?;
    let mut interval = vec![vec![None; n]; n];
    if n <= MOST_DRAWN && draws > 0 {
        let seeds: Vec<u64> = paragraphs.keys().map(|(name, province, _)| seed(name, province)).collect();
        let drawn: Option<Vec<Vec<Vec<f64>>>> = (0..draws)
            .into_par_iter()
            .map(|draw| {
                let vector = |(own, seed): (&Vec<Vec<(u32, u32)>>, &u64)| {
                    let mut random = SplitMix(seed ^ (draw as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
                    sum((0..own.len()).filter_map(|_| own.get(random.below(own.len()))))
                };
                let vectors: Vec<Vector> = texts.iter().zip(&seeds).map(vector).collect();
                cosines(&vectors)
            })
            .collect();
        let drawn = drawn?;
        for a in 0..n {
            (!cancelled()).then_some(())?;
            for b in a + 1..n {
                let values: Vec<f64> = drawn.iter().map(|matrix| matrix[a][b]).collect();
                let found = Some(around(cosine[a][b], &values));
                (interval[a][b], interval[b][a]) = (found, found);
            }
        }
    }
    (!cancelled()).then_some(Similarity { places, words, cosine, interval })
}

/// The interval of a cosine by what it is in some draws; holds it always.
fn around(cosine: f64, drawn: &[f64]) -> Interval {
    let scaled = |value: f64| value.min(1.0 - 1e-9).atanh();
    let mean = drawn.iter().map(|value| scaled(*value)).sum::<f64>() / drawn.len().max(1) as f64;
    let squares: f64 = drawn.iter().map(|value| (scaled(*value) - mean).powi(2)).sum();
    let reach = Z95 * (squares / drawn.len().saturating_sub(1).max(1) as f64).sqrt();
    if reach < 1e-9 {
        return Interval { low: cosine, high: cosine };
    }
    let at = |reach: f64| (scaled(cosine) + reach).tanh();
    Interval { low: at(-reach).clamp(0.0, cosine), high: at(reach).clamp(cosine, 1.0) }
}

fn sum<'p>(paragraphs: impl Iterator<Item = &'p Vec<(u32, u32)>>) -> Vector {
    let mut counts: FxHashMap<u32, u64> = FxHashMap::default();
    for &(word, count) in paragraphs.flatten() {
        *counts.entry(word).or_default() += u64::from(count);
    }
    let mut vector: Vector = counts.into_iter().map(|(word, count)| (word, count as f64)).collect();
    vector.sort_unstable_by_key(|(word, _)| *word);
    vector
}

/// `Σ x²`.
fn square(vector: &Vector) -> f64 {
    vector.iter().map(|(_, count)| count * count).sum()
}

/// `Σ x y / √(Σ x² Σ y²)`, each with its `Σ x²`; 0 if either is empty.
fn cosine((a, of_a): (&Vector, f64), (b, of_b): (&Vector, f64)) -> f64 {
    let (mut i, mut j, mut both) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += x.1 * y.1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    let size = (of_a * of_b).sqrt();
    if size == 0.0 { 0.0 } else { (both / size).min(1.0) }
}

fn seed(name: &str, province: &str) -> u64 {
    let mut digester = Digester::default();
    digester.add(name.as_bytes());
    digester.add(province.as_bytes());
    digester.finish().0
}

/// A small generator of random numbers: the same ones for the same seed.
///
/// Source: G. L. Steele, D. Lea and C. H. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
struct SplitMix(u64);

impl SplitMix {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(z ^ (z >> 31)) * limit as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::index::fixture::{corpus, document, extent};
    use crate::index::scope::Scope;
    use crate::index::terms::{Segmenter, StopLayer, StopList, TermCache, TermOptions};

    fn compare(corpus: &Corpus) -> Similarity {
        let stops = StopList::none().switched(StopLayer::Names, true);
        let (options, cache) = (TermOptions { stops, min_chars: 2, min_count: 1 }, TermCache::new());
        let count_context = CountContext { corpus, segmenter: Segmenter::get(), options: &options, cache: &cache };
        similarity(&count_context, &extent(corpus, Scope::corpus()), 40, &|| false).unwrap()
    }

    #[test]
    fn as_worked_by_hand() {
        // 养老 twice and 旅游 once; 养老 once and 茶叶 once: 2·1 / √((4 + 1)(1 + 1)) = 2/√10. A set phrase and an own name count for
        // neither, and the third has no word in common with anybody.
        let texts = ["养老养老旅游", "养老茶叶，营商环境", "梯田"];
        let named = ["云和市", "雾山县", "长溪市"].into_iter().zip(texts);
        let made = compare(&corpus(named.map(|(place, text)| document(place, text)).collect()));
        // By name: 云和市, 长溪市, 雾山县.
        assert_eq!(made.words, [3, 1, 2]);
        assert!((made.cosine[0][2] - 2.0 / 10f64.sqrt()).abs() < 1e-12 && made.cosine[0][2] == made.cosine[2][0]);
        assert_eq!((made.cosine[0][1], made.cosine[1][1]), (0.0, 1.0));
        assert_eq!((made.nearest(0), made.nearest(1)), (vec![2, 1], vec![0, 2]));
        // One paragraph each: drawn anew they are the same.
        let Interval { low, high } = made.interval[0][2].unwrap();
        assert_eq!((low, high, made.interval[0][0]), (made.cosine[0][2], made.cosine[0][2], None));
    }

    #[test]
    fn an_interval_as_worked_by_hand() {
        // Draws 0.5 and 0.7: atanh 0.549306 and 0.867301, mean 0.708303, s = 0.224856; atanh 0.8 = 1.098612; 1.959964 s = 0.440710.
        // tanh 0.657902 = 0.576966, tanh 1.539322 = 0.912006.
        let Interval { low, high } = around(0.8, &[0.5, 0.7]);
        assert!((low - 0.576_966).abs() < 1e-5 && (high - 0.912_006).abs() < 1e-5, "{low} {high}");
        assert_eq!(around(0.4, &[0.3, 0.3]), Interval { low: 0.4, high: 0.4 });
    }

    #[test]
    fn intervals_hold_what_was_drawn_and_do_not_depend_on_the_order_of_files() {
        let a = document("云和市", "养老旅游\n旅游茶叶\n养老教育\n教育教育\n茶叶养老");
        let b = document("雾山县", "养老教育\n茶叶茶叶\n旅游旅游\n农业农业");
        let (one, two) = (compare(&corpus(vec![a.clone(), b.clone()])), compare(&corpus(vec![b, a])));
        assert_eq!((&one.cosine, &one.interval), (&two.cosine, &two.interval));
        let Interval { low, high } = one.interval[0][1].unwrap();
        assert!(low < one.cosine[0][1] && one.cosine[0][1] < high && high <= 1.0, "{low} {high}");
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let again = corpus(vec![
            document("云和市", "养老旅游\n旅游茶叶\n养老教育\n教育教育\n茶叶养老"),
            document("雾山县", "养老教育\n茶叶茶叶\n旅游旅游\n农业农业"),
        ]);
        assert_eq!(pool.install(|| compare(&again)), one);
    }
}
