//! Which units of two reports are the same thing. In: the letters of units, old and new. Out: pairs, each unit at most
//! once. Does not know about: reports, kinds.

use rustc_hash::FxHashMap;

/// From this likeness on two units are a pair.
pub const LEAST: f32 = 0.35;
/// From this likeness on, if the shorter one is nearly all in the longer one.
const LEAST_CONTAINED: f32 = 0.25;
/// How much of the shorter one that is.
const CONTAINED: f32 = 0.8;
/// What is taken off for standing at the other end of the report.
const FAR: f32 = 0.1;
/// A pair of letters in more units than this brings none together.
const COMMON: usize = 60;

/// Two units that are the same thing: indices of the old and the new, and how alike they are, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlignedPair {
    /// Index of the old unit.
    pub old: usize,
    /// Index of the new unit.
    pub new: usize,
    /// How much of their wording is shared, weighted by rarity (Dice).
    pub likeness: f32,
}

/// Neighbouring letters; a number counts as one letter, whatever its value.
fn grams(letters: &[char]) -> Vec<u64> {
    let mut shape: Vec<char> = Vec::with_capacity(letters.len());
    for &c in letters {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if c != '#' || shape.last() != Some(&'#') {
            shape.push(c);
        }
    }
    let mut grams: Vec<u64> = shape.windows(2).map(|pair| (pair[0] as u64) << 21 | pair[1] as u64).collect();
    if grams.is_empty() {
        grams.extend(shape.first().map(|&c| c as u64));
    }
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// Pairs units, the most alike first. The result is the same, sides swapped, if old and new are swapped.
pub fn align(old: &[&[char]], new: &[&[char]]) -> Vec<AlignedPair> {
    let old: Vec<Vec<u64>> = old.iter().map(|letters| grams(letters)).collect();
    let new: Vec<Vec<u64>> = new.iter().map(|letters| grams(letters)).collect();
    let mut have: FxHashMap<u64, (u32, Vec<u32>)> = FxHashMap::default();
    for gram in old.iter().flatten() {
        have.entry(*gram).or_default().0 += 1;
    }
    for (unit, grams) in (0u32..).zip(&new) {
        for gram in grams {
            have.entry(*gram).or_default().1.push(unit);
        }
    }
    let count = (old.len() + new.len()) as f32;
    let rarity = |gram: &u64| {
        let n = have.get(gram).map_or(0, |(old, new)| *old as usize + new.len());
        ((count + 1.0) / (n as f32 + 0.5)).ln()
    };
    let total = |grams: &Vec<u64>| grams.iter().map(rarity).sum::<f32>();
    let (old_total, new_total): (Vec<f32>, Vec<f32>) =
        (old.iter().map(total).collect(), new.iter().map(total).collect());
    let mut pairs = Vec::new();
    let mut seen: Vec<usize> = vec![usize::MAX; new.len()];
    for (a, grams) in old.iter().enumerate() {
        for gram in grams {
            let Some((others, list)) = have.get(gram) else { continue };
            if *others as usize + list.len() > COMMON {
                continue;
            }
            for &b in list {
                let b = b as usize;
                if std::mem::replace(&mut seen[b], a) == a {
                    continue;
                }
                let shared: f32 = shared(grams, &new[b]).map(|gram| rarity(&gram)).sum();
                let likeness = 2.0 * shared / (old_total[a] + new_total[b]).max(f32::MIN_POSITIVE);
                let contained = shared / old_total[a].min(new_total[b]).max(f32::MIN_POSITIVE);
                if likeness >= LEAST || likeness >= LEAST_CONTAINED && contained >= CONTAINED {
                    pairs.push(AlignedPair { old: a, new: b, likeness });
                }
            }
        }
    }
    // The same letters are a pair even where every pair of them is common.
    let mut same: FxHashMap<&[u64], (Vec<usize>, Vec<usize>)> = FxHashMap::default();
    old.iter().enumerate().for_each(|(at, grams)| same.entry(grams).or_default().0.push(at));
    new.iter().enumerate().for_each(|(at, grams)| same.entry(grams).or_default().1.push(at));
    for (grams, (a, b)) in same {
        if grams.iter().all(|gram| have.get(gram).is_some_and(|(old, new)| *old as usize + new.len() > COMMON)) {
            // As many as that say nothing: the first of the one is the first of the other.
            pairs.extend(a.iter().zip(&b).map(|(&old, &new)| AlignedPair { old, new, likeness: 1.0 }));
        }
    }
    let place = |index: usize, of: usize| index as f32 / of.max(1) as f32;
    let order =
        |pair: &AlignedPair| pair.likeness - FAR * (place(pair.old, old.len()) - place(pair.new, new.len())).abs();
    // Two pairs that share a unit never have the same sum of indices, so that no choice depends on which side is old.
    pairs.sort_by(|p, q| {
        order(q).total_cmp(&order(p)).then((p.old + p.new).cmp(&(q.old + q.new))).then(p.old.cmp(&q.old))
    });
    let (mut left, mut right) = (vec![false; old.len()], vec![false; new.len()]);
    pairs.retain(|pair| {
        let free = !left[pair.old] && !right[pair.new];
        if free {
            (left[pair.old], right[pair.new]) = (true, true);
        }
        free
    });
    pairs
}

/// What two ascending lists share.
fn shared<'g>(a: &'g [u64], b: &'g [u64]) -> impl Iterator<Item = u64> + 'g {
    let mut rest = b;
    a.iter().copied().filter(move |gram| {
        rest = &rest[rest.partition_point(|other| other < gram)..];
        rest.first() == Some(gram)
    })
}

/// Which of some pairs stand in the order of most of them: `pairs` in the order of the new side, each with its weight. The
/// heaviest chain that ascends on both sides is kept; `false` for a pair off it.
pub fn in_order(pairs: &[(usize, u64)]) -> Vec<bool> {
    let most = pairs.iter().map(|(old, _)| *old + 1).max().unwrap_or(0);
    // Best chain that ends at an old index up to here: its weight, and its last pair.
    let mut best: Vec<(u64, usize)> = vec![(0, usize::MAX); most + 1];
    let mut before = vec![usize::MAX; pairs.len()];
    for (index, (old, weight)) in pairs.iter().enumerate() {
        let (mut top, mut at) = ((0, usize::MAX), *old);
        while at > 0 {
            if best[at].0 > top.0 {
                top = best[at];
            }
            at -= at & at.wrapping_neg();
        }
        before[index] = top.1;
        let (sum, mut at) = (top.0 + weight, *old + 1);
        while at < best.len() {
            if sum > best[at].0 {
                best[at] = (sum, index);
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut kept = vec![false; pairs.len()];
    let (mut top, mut at) = ((0, usize::MAX), most);
    while at > 0 {
        if best[at].0 > top.0 {
            top = best[at];
        }
        at -= at & at.wrapping_neg();
    }
    let mut last = top.1;
    while let Some(flag) = kept.get_mut(last) {
        *flag = true;
        last = before[last];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::letters::only_letters;

    fn pairs(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
        let letters = |texts: &[&str]| texts.iter().map(|text| only_letters(text)).collect::<Vec<_>>();
        let (old, new) = (letters(old), letters(new));
        let (old, new): (Vec<&[char]>, Vec<&[char]>) =
            (old.iter().map(Vec::as_slice).collect(), new.iter().map(Vec::as_slice).collect());
        let mut pairs: Vec<_> = align(&old, &new).into_iter().map(|pair| (pair.old, pair.new)).collect();
        pairs.sort_unstable();
        pairs
    }

    #[test]
    fn what_is_said_again_is_found_wherever_it_stands() {
        let old = ["修好通山水渠30里。", "苗圃育苗五万株。", "灯塔照亮归途。"];
        let new = ["灯塔照亮归途。", "全年修好通山水渠42里。", "盐田晒盐。"];
        assert_eq!(pairs(&old, &new), [(0, 1), (2, 0)]);
        assert_eq!(pairs(&new, &old), [(0, 2), (1, 0)]);
        assert_eq!(pairs(&[], &new), []);
    }

    #[test]
    fn the_heaviest_chain_is_in_order() {
        assert_eq!(in_order(&[(0, 1), (1, 1), (2, 1)]), [true, true, true]);
        assert_eq!(in_order(&[(2, 1), (0, 1), (1, 1)]), [false, true, true]);
        assert_eq!(in_order(&[(2, 9), (0, 1), (1, 1)]), [true, false, false]);
        assert_eq!(in_order(&[]), [false; 0]);
    }
}
