//! Figures over counts: rate, keyness, dispersion. Pure arithmetic, each formula with its source.
//!
//! In: counts and sizes. Out: numbers, always finite. Refuses to know: terms, reports, where a count comes from.
//! Sizes are 汉字, as everywhere in this program, so that keyness and rate agree about what is more.

/// Occurrences per 10,000 汉字; 0 for an empty text.
pub fn rate(count: u64, han: u64) -> f64 {
    if han == 0 { 0.0 } else { count as f64 * 10_000.0 / han as f64 }
}

/// Log-likelihood G² of a term that occurs `a` times in a scope of size `n1` and `b` times in a reference of size `n2`:
/// `2 (a ln(a/E1) + b ln(b/E2))` with `E1 = n1 (a+b)/(n1+n2)`, `E2 = n2 (a+b)/(n1+n2)`; a term of the sum whose count
/// is 0 is 0.
///
/// The sign is ours: positive where the scope uses the term more than the reference (by rate), negative where less.
/// 0 if either is empty.
///
/// Sources: T. Dunning, Accurate methods for the statistics of surprise and coincidence, Computational Linguistics
/// 19(1), 1993; P. Rayson and R. Garside, Comparing corpora using frequency profiling, 2000 (the two-cell form).
pub fn log_likelihood(a: u64, n1: u64, b: u64, n2: u64) -> f64 {
    if n1 == 0 || n2 == 0 || a + b == 0 {
        return 0.0;
    }
    let (af, bf, n1f, n2f) = (a as f64, b as f64, n1 as f64, n2 as f64);
    let per_size = (af + bf) / (n1f + n2f);
    let cell = |count: f64, size: f64| if count > 0.0 { count * (count / (size * per_size)).ln() } else { 0.0 };
    // Rounding may leave a tiny negative sum where both rates are equal.
    let g2 = (2.0 * (cell(af, n1f) + cell(bf, n2f))).max(0.0);
    if af / n1f >= bf / n2f { g2 } else { -g2 }
}

/// Binary logarithm of the ratio of the two rates: 1 means twice as often in the scope, −1 half as often.
/// A count of 0 is taken as 0.5. 0 if either text is empty, or if neither has the term.
///
/// Source: A. Hardie, Log Ratio: an informal introduction, 2014 (CASS, Lancaster).
pub fn log_ratio(a: u64, n1: u64, b: u64, n2: u64) -> f64 {
    if n1 == 0 || n2 == 0 || a + b == 0 {
        return 0.0;
    }
    let count = |n: u64| if n == 0 { 0.5 } else { n as f64 };
    ((count(a) / n1 as f64) / (count(b) / n2 as f64)).log2()
}

/// Deviation of proportions: `½ Σ |v_i − s_i|`, where `s_i` is the share of part `i` in the whole text and `v_i` its
/// share in the term's occurrences. 0 is perfectly even, near 1 all in one small part. 0 without occurrences.
///
/// `parts` are (count, size) of every part.
///
/// Source: S. Th. Gries, Dispersions and adjusted frequencies in corpora, International Journal of Corpus Linguistics
/// 13(4), 2008.
pub fn dp(parts: &[(u64, u64)]) -> f64 {
    let (count, size) = parts.iter().fold((0, 0), |(c, s), part| (c + part.0, s + part.1));
    let occupied = parts.iter().filter(|part| part.0 > 0).copied();
    let mut sum = DpSum::default();
    occupied.for_each(|(c, s)| sum.add(c, count, s, size));
    sum.dp()
}

/// DP brought to the range from 0 to 1: `DP / (1 − min s_i)`. 0 where there is one part only.
///
/// Source: J. Lijffijt and S. Th. Gries, Correction to Dispersions and adjusted frequencies in corpora, International
/// Journal of Corpus Linguistics 17(1), 2012.
pub fn dp_norm(dp: f64, smallest_share: f64) -> f64 {
    if smallest_share < 1.0 { (dp / (1.0 - smallest_share)).clamp(0.0, 1.0) } else { 0.0 }
}

/// DP from the parts alone that hold the term; the others together add what is left of the text.
#[derive(Debug, Clone, Copy, Default)]
pub struct DpSum {
    differences: f64,
    shares: f64,
    parts: u32,
}

impl DpSum {
    /// Adds a part of `size` out of `size_of_all` that holds `count` of `count_of_all` occurrences.
    pub fn add(&mut self, count: u64, count_of_all: u64, size: u64, size_of_all: u64) {
        let share = |n: u64, all: u64| if all == 0 { 0.0 } else { n as f64 / all as f64 };
        self.differences += (share(count, count_of_all) - share(size, size_of_all)).abs();
        self.shares += share(size, size_of_all);
        self.parts += 1;
    }

    /// How many parts hold the term.
    pub const fn parts(&self) -> u32 {
        self.parts
    }

    /// The DP of what was added.
    pub fn dp(&self) -> f64 {
        if self.parts == 0 { 0.0 } else { (self.differences + (1.0 - self.shares).max(0.0)) / 2.0 }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(got: f64, want: f64) {
        assert!((got - want).abs() < 1e-6, "{got} is not {want}");
    }

    #[test]
    fn rates_are_per_ten_thousand() {
        for (count, han, want) in [(12, 10_000, 12.0), (1, 4, 2_500.0), (0, 9, 0.0), (3, 0, 0.0)] {
            near(rate(count, han), want);
        }
    }

    #[test]
    fn log_likelihood_as_worked_by_hand() {
        let ln2 = std::f64::consts::LN_2;
        let cases = [
            // E1 = 1000·15/3000 = 5, E2 = 10: 2 (10 ln 2 + 5 ln ½) = 10 ln 2.
            (10, 1_000, 5, 2_000, 10.0 * ln2),
            // The same seen from the other side: negative.
            (5, 2_000, 10, 1_000, -10.0 * ln2),
            // E1 = E2 = 4: 2 · 8 ln 2.
            (8, 500, 0, 500, 16.0 * ln2),
            (0, 500, 8, 500, -16.0 * ln2),
            // Equal rates.
            (3, 100, 6, 200, 0.0),
            (3, 100, 0, 0, 0.0),
            (0, 100, 0, 100, 0.0),
        ];
        for (a, n1, b, n2, want) in cases {
            near(log_likelihood(a, n1, b, n2), want);
        }
    }

    #[test]
    fn log_ratio_as_worked_by_hand() {
        let cases = [
            (8, 1_000, 2, 1_000, 2.0),
            (2, 1_000, 8, 1_000, -2.0),
            (4, 1_000, 8, 2_000, 0.0),
            // 0 counts as ½: 4 / ½ = 8.
            (4, 1_000, 0, 1_000, 3.0),
            (0, 1_000, 4, 1_000, -3.0),
            (4, 1_000, 0, 0, 0.0),
        ];
        for (a, n1, b, n2, want) in cases {
            near(log_ratio(a, n1, b, n2), want);
        }
    }

    #[test]
    fn dp_as_in_the_paper() {
        // Gries 2008, the word a in five parts of 9, 10, 10, 10 and 11 words: DP = 0.18.
        let parts = [(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)];
        near(dp(&parts), 0.18);
        near(dp_norm(dp(&parts), 9.0 / 50.0), 0.18 / 0.82);
        // All in one part of a quarter: ½ (¾ + 3·¼) = ¾, normalised 1.
        let one = [(7, 25), (0, 25), (0, 25), (0, 25)];
        near(dp(&one), 0.75);
        near(dp_norm(dp(&one), 0.25), 1.0);
        near(dp(&[(1, 30), (2, 60)]), 0.0);
        near(dp(&[(0, 30), (0, 60)]), 0.0);
        near(dp_norm(dp(&[(4, 30)]), 1.0), 0.0);
    }

    proptest! {
        #[test]
        fn figures_are_finite_and_in_range(a: u32, n1: u32, b: u32, n2: u32, parts in prop::collection::vec((0u64..50, 0u64..90), 0..9)) {
            let (a, n1, b, n2) = (a.into(), n1.into(), b.into(), n2.into());
            prop_assert!(log_likelihood(a, n1, b, n2).is_finite() && log_ratio(a, n1, b, n2).is_finite());
            prop_assert!((log_ratio(a, n1, b, n2) + log_ratio(b, n2, a, n1)).abs() < 1e-9);
            prop_assert!((0.0..=1.0).contains(&dp(&parts)));
        }
    }
}
