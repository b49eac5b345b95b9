//! What two paragraphs share. In: the letters of both. Out: chains of equal runs with small gaps. Does not know about: where
//! the paragraphs stand.

use rustc_hash::FxHashMap;

use super::winnow::{GRAM, gram_hash};

/// The widest gap inside a passage, in letters of either side.
const GAP: usize = 12;
/// What a letter of a gap costs, in halves of a letter.
const GAP_COST: i64 = 1;
/// A run that stands more often in a paragraph than this is looked for at so many places only.
const PLACES: usize = 16;

/// An equal run: letters from `a` in the one and from `b` in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MatchingBlock {
    /// Index of its first letter in the one paragraph.
    pub a: usize,
    /// Index of its first letter in the other.
    pub b: usize,
    /// Letters.
    pub length: usize,
}

/// A passage two paragraphs share: equal runs in the order of both, with small gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// At least one.
    pub blocks: Vec<MatchingBlock>,
}

impl Match {
    /// Letters that are equal.
    pub fn matched(&self) -> usize {
        self.blocks.iter().map(|block| block.length).sum()
    }

    /// Letters put in, taken out or changed between the runs.
    pub fn edits(&self) -> usize {
        self.blocks.windows(2).map(|pair| gaps(pair[0], pair[1])).map(|(a, b)| a.max(b)).sum()
    }

    /// From its first letter to one past its last: in the one paragraph, in the other.
    pub fn extent(&self) -> ((usize, usize), (usize, usize)) {
        let (Some(first), Some(last)) = (self.blocks.first(), self.blocks.last()) else { return ((0, 0), (0, 0)) };
        ((first.a, last.a + last.length), (first.b, last.b + last.length))
    }

    /// The same seen from the other paragraph.
    pub fn mirrored(&self) -> Self {
        Self { blocks: self.blocks.iter().map(|block| MatchingBlock { a: block.b, b: block.a, ..*block }).collect() }
    }
}

/// Letters between two runs, in the one and in the other.
const fn gaps(first: MatchingBlock, second: MatchingBlock) -> (usize, usize) {
    (second.a - (first.a + first.length), second.b - (first.b + first.length))
}

/// The longest equal runs of two texts, of [`GRAM`] letters at least, ascending.
fn blocks(a: &[char], b: &[char]) -> Vec<MatchingBlock> {
    let mut places: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, run) in b.windows(GRAM).enumerate() {
        let list = places.entry(gram_hash(run)).or_default();
        if list.len() < PLACES {
            list.push(at);
        }
    }
    let mut found = Vec::new();
    for (at, run) in a.windows(GRAM).enumerate() {
        for &other in places.get(&gram_hash(run)).into_iter().flatten() {
            // Only where a run begins.
            if at > 0 && other > 0 && a[at - 1] == b[other - 1] {
                continue;
            }
            let length = a[at..].iter().zip(&b[other..]).take_while(|(x, y)| x == y).count();
            if length >= GRAM {
                found.push(MatchingBlock { a: at, b: other, length });
            }
        }
    }
    found
}

/// The passages of at least `least` equal letters that two paragraphs share; no letter is in two of them.
pub fn matches(a: &[char], b: &[char], least: usize) -> Vec<Match> {
    let mut left = blocks(a, b);
    let mut found = Vec::new();
    while let Some(chain) = best_chain(&left) {
        let passage = Match { blocks: chain };
        if passage.matched() < least {
            break;
        }
        let (own, other) = passage.extent();
        left = left.iter().flat_map(|block| outside(*block, own, other)).collect();
        left.sort_unstable();
        found.push(passage);
    }
    found.sort_by_key(|passage| passage.extent());
    found
}

/// What of a run is left when a passage is taken: the part before it and the part behind it, on both sides.
fn outside(block: MatchingBlock, own: (usize, usize), other: (usize, usize)) -> impl Iterator<Item = MatchingBlock> {
    let MatchingBlock { a, b, length } = block;
    let (mut keep, mut pieces) = (None::<usize>, Vec::new());
    for i in 0..=length {
        let free = i < length && !(own.0..own.1).contains(&(a + i)) && !(other.0..other.1).contains(&(b + i));
        match (free, keep) {
            (true, None) => keep = Some(i),
            (false, Some(start)) => {
                pieces.push(MatchingBlock { a: a + start, b: b + start, length: i - start });
                keep = None;
            }
            _ => {}
        }
    }
    pieces.into_iter().filter(|piece| piece.length >= GRAM)
}

/// The chain of runs that is worth most: its letters less what its gaps cost. Runs ascend on both sides; one that begins
/// inside the one before it gives up what they share.
fn best_chain(blocks: &[MatchingBlock]) -> Option<Vec<MatchingBlock>> {
    // Worth in half letters, the run before, and how many letters are given up.
    let mut best: Vec<(i64, Option<usize>, usize)> = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        let mut top = (2 * block.length as i64, None, 0);
        for (before, other) in blocks[..at].iter().enumerate().rev() {
            if other.a + other.length + GAP < block.a {
                // Runs are sorted by where they begin, not where they end: a long one may still reach.
                if block.a - other.a > 4000 {
                    break;
                }
                continue;
            }
            if other.a >= block.a || other.b >= block.b {
                continue;
            }
            let lost =
                (other.a + other.length).saturating_sub(block.a).max((other.b + other.length).saturating_sub(block.b));
            if lost + 1 >= block.length {
                continue;
            }
            let cut = MatchingBlock { a: block.a + lost, b: block.b + lost, length: block.length - lost };
            let (x, y) = gaps(*other, cut);
            if x > GAP || y > GAP {
                continue;
            }
            let worth = best[before].0 + 2 * cut.length as i64 - GAP_COST * x.max(y) as i64;
            if worth > top.0 {
                top = (worth, Some(before), lost);
            }
        }
        best.push(top);
    }
    let (mut at, _) = best.iter().enumerate().max_by_key(|(at, (worth, ..))| (*worth, std::cmp::Reverse(*at)))?;
    let mut chain = Vec::new();
    loop {
        let (_, before, lost) = best[at];
        let MatchingBlock { a, b, length } = blocks[at];
        chain.push(MatchingBlock { a: a + lost, b: b + lost, length: length - lost });
        match before {
            Some(before) => at = before,
            None => break,
        }
    }
    chain.reverse();
    Some(chain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn small_edits_do_not_part_a_passage() {
        let a = chars("去年春天我们清淤水渠三十里闸门换新闸十二座灯塔照亮归途");
        let b = chars("清淤水渠三十里闸门全部换新闸十二座盐田");
        let found = matches(&a, &b, 13);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].matched(), found[0].edits()), (15, 2), "{found:?}");
        assert_eq!(found[0].extent(), ((6, 21), (0, 17)), "{found:?}");
        assert!(matches(&a, &b, 16).is_empty());
        assert!(matches(&a, &[], 13).is_empty());
    }

    proptest! {
        #[test]
        fn runs_are_equal_and_in_order(a in "[甲乙丙]{0,60}", b in "[甲乙丙]{0,60}") {
            let (a, b) = (chars(&a), chars(&b));
            let mut taken = vec![false; a.len()];
            for passage in matches(&a, &b, 13) {
                prop_assert!(passage.matched() >= 13);
                for block in &passage.blocks {
                    prop_assert_eq!(&a[block.a..block.a + block.length], &b[block.b..block.b + block.length]);
                }
                for pair in passage.blocks.windows(2) {
                    prop_assert!(pair[0].a + pair[0].length <= pair[1].a && pair[0].b + pair[0].length <= pair[1].b);
                }
                let (own, _) = passage.extent();
                prop_assert!(taken[own.0..own.1].iter().all(|taken| !taken));
                taken[own.0..own.1].fill(true);
            }
        }
    }
}
