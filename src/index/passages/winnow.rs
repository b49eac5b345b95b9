//! Fingerprints of a text. In: letters. Out: hashes of some of its runs of letters. Does not know about: where text is from.

/// Letters of a run.
pub const GRAM: usize = 6;
/// Runs of a window, of which one is kept.
pub const WINDOW: usize = 8;
/// Any shared run of so many letters has a fingerprint in common.
pub const GUARANTEE: usize = GRAM + WINDOW - 1;

/// The hash of a run of [`GRAM`] letters. The same on every machine and in every run.
pub fn gram_hash(run: &[char]) -> u64 {
    let sum = run
        .iter()
        .fold(0u64, |sum, &c| (sum ^ u64::from(u32::from(c))).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29));
    (sum ^ (sum >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// The hashes of all runs of `letters`.
pub fn gram_hashes(letters: &[char]) -> Vec<u64> {
    letters.windows(GRAM).map(gram_hash).collect()
}

/// Of every window of hashes the least, the rightmost of equal ones; each once. All of them, where there is no whole window.
pub fn winnow(hashes: &[u64]) -> Vec<u64> {
    let mut kept: Vec<u64> = Vec::with_capacity(hashes.len() / 4 + 1);
    let mut last = usize::MAX;
    let width = WINDOW.min(hashes.len()).max(1);
    for (start, window) in hashes.windows(width).enumerate() {
        // The least of the last window still counts while it is in this one and nothing at its right end beats it.
        let again = last != usize::MAX && last >= start && window[width - 1] > hashes[last];
        if again {
            continue;
        }
        let least = (0..width).rev().min_by_key(|at| window[*at]).unwrap_or(0);
        if start + least != last {
            last = start + least;
            kept.push(hashes[last]);
        }
    }
    kept.sort_unstable();
    kept.dedup();
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_shared_run_has_a_fingerprint_in_common(
            run in "[甲乙丙丁戊己庚辛]{13,20}", a in "[子丑寅卯甲乙]{0,30}", b in "[辰巳午未丙丁]{0,30}", c in "[申酉戌亥戊]{0,30}"
        ) {
            let of = |text: String| winnow(&gram_hashes(&text.chars().collect::<Vec<_>>()));
            let (x, y) = (of(format!("{a}{run}{b}")), of(format!("{c}{run}{a}")));
            prop_assert!(x.iter().any(|hash| y.contains(hash)));
        }
    }

    #[test]
    fn short_texts_keep_one() {
        assert!(winnow(&gram_hashes(&['甲'; 5])).is_empty());
        assert_eq!(winnow(&gram_hashes(&['甲'; 6])).len(), 1);
        assert_eq!(winnow(&gram_hashes(&['甲'; 60])).len(), 1);
    }
}
