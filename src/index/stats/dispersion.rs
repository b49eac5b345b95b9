//! How evenly a term is spread over the parts of a text. In: counts and sizes of the parts. Out: DP, Juilland's D.
//! Does not know about: what the parts are.

/// Deviation of proportions: `½ Σ |v_i − s_i|`, where `s_i` is the share of part `i` in the whole text and `v_i` its
/// share in the term's occurrences. 0 is perfectly even, near 1 all in one small part. 0 without occurrences.
///
/// `parts` are (count, size) of every part.
///
/// Source: S. Th. Gries, Dispersions and adjusted frequencies in corpora, International Journal of Corpus Linguistics
/// 13(4), 2008.
#[cfg(test)]
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

/// DP from the parts alone that hold the term; the others together add what is left of the text. Sums are of whole
/// numbers, so that the order of the parts does not matter to the last digit.
#[derive(Debug, Clone, Copy, Default)]
pub struct DpSum {
    /// Σ |count · size of all − size · count of all|.
    differences: u128,
    sizes: u64,
    count_of_all: u64,
    size_of_all: u64,
    parts: u32,
}

impl DpSum {
    /// Adds a part of `size` out of `size_of_all` that holds `count` of `count_of_all` occurrences.
    pub fn add(&mut self, count: u64, count_of_all: u64, size: u64, size_of_all: u64) {
        let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
        self.differences += product(count, size_of_all).abs_diff(product(size, count_of_all));
        self.sizes += size;
        (self.count_of_all, self.size_of_all) = (count_of_all, size_of_all);
        self.parts += 1;
    }

    /// How many parts hold the term.
    pub const fn parts(&self) -> u32 {
        self.parts
    }

    /// The DP of what was added.
    pub fn dp(&self) -> f64 {
        if self.parts == 0 || self.count_of_all == 0 || self.size_of_all == 0 {
            return 0.0;
        }
        let others = u128::from(self.size_of_all.saturating_sub(self.sizes)) * u128::from(self.count_of_all);
        let whole = self.count_of_all as f64 * self.size_of_all as f64;
        (self.differences + others) as f64 / whole / 2.0
    }
}

/// A sum of numbers from 0 to 2²⁰ that does not depend on their order: what lies below 2⁻¹⁰⁰ is cut off each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrderlessSum(u128);

impl OrderlessSum {
    const SCALE: f64 = (1u128 << 100) as f64;

    /// Adds a number.
    pub fn add(&mut self, number: f64) {
        self.0 += (number * Self::SCALE) as u128;
    }

    /// The sum.
    pub fn value(self) -> f64 {
        self.0 as f64 / Self::SCALE
    }
}

/// Juilland's D: `1 − V / √(n − 1)`, where `V` is the coefficient of variation (standard deviation of the population over
/// mean) of the rates in the `n` parts; parts without text are left out. 1 is perfectly even, 0 all in one part.
/// `None` with fewer than two parts or without an occurrence: then there is nothing to compare.
///
/// `parts` are (count, size) of the parts that hold the term; `others` is the number of parts with text that do not.
///
/// Source: A. Juilland, D. Brodin and C. Davidovitch, Frequency dictionary of French words, 1970; rates in the place of
/// counts, for parts of unequal size, as in S. Th. Gries, Dispersions and adjusted frequencies in corpora, 2008.
#[cfg(test)]
pub fn juilland_d(parts: impl Iterator<Item = (u64, u64)> + Clone, others: u64) -> Option<f64> {
    let with_text = || parts.clone().filter(|part| part.1 > 0);
    let mut rates = OrderlessSum::default();
    with_text().for_each(|(count, size)| rates.add(count as f64 / size as f64));
    let mut sum = JuillandSum::new(rates.value(), with_text().count() as u64 + others);
    with_text().for_each(|(count, size)| sum.add(count, size));
    sum.d()
}

/// Juilland's D from the parts alone that hold the term.
#[derive(Debug, Clone, Copy, Default)]
pub struct JuillandSum {
    mean: f64,
    squares: OrderlessSum,
    parts: u64,
    held: u64,
}

impl JuillandSum {
    /// For `parts` parts with text, whose rates (count by size) add up to `rates`.
    pub fn new(rates: f64, parts: u64) -> Self {
        Self {
            mean: if parts == 0 { 0.0 } else { rates / parts as f64 },
            squares: OrderlessSum::default(),
            parts,
            held: 0,
        }
    }

    /// Adds a part; one without text is left out.
    pub fn add(&mut self, count: u64, size: u64) {
        if size > 0 {
            self.squares.add((count as f64 / size as f64 - self.mean).powi(2));
            self.held += 1;
        }
    }

    /// The D of what was added, the other parts being without the term.
    pub fn d(&self) -> Option<f64> {
        if self.parts < 2 || self.mean <= 0.0 {
            return None;
        }
        let n = self.parts as f64;
        let squares = self.squares.value() + self.parts.saturating_sub(self.held) as f64 * self.mean.powi(2);
        let variation = (squares / n).sqrt() / self.mean;
        // Rounding may leave the range by a hair where all stands in one part.
        Some((1.0 - variation / (n - 1.0).sqrt()).clamp(0.0, 1.0))
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

    #[test]
    fn juilland_as_worked_by_hand() {
        let d = |parts: &[(u64, u64)], others| juilland_d(parts.iter().copied(), others);
        // Gries 2008, the same five parts, by their rates 1/9, .2, .3, .4, 5/11: V = 0.429699, D = 0.785150.
        near(d(&[(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)], 0).unwrap(), 0.785_150_453);
        // All in one part of four: V = √3, D = 0.
        near(d(&[(7, 25)], 3).unwrap(), 0.0);
        near(d(&[(2, 40), (3, 60)], 0).unwrap(), 1.0);
        assert_eq!([d(&[(3, 9)], 0), d(&[], 4), d(&[(3, 0)], 1)], [None; 3]);
    }

    proptest! {
        #[test]
        fn the_order_of_parts_does_not_matter(parts in prop::collection::vec((1u64..50, 1u64..90_000), 1..9)) {
            let mut turned = parts.clone();
            turned.reverse();
            prop_assert_eq!(dp(&parts).to_bits(), dp(&turned).to_bits());
            let d = |parts: &[(u64, u64)]| juilland_d(parts.iter().copied(), 2).map(f64::to_bits);
            prop_assert_eq!(d(&parts), d(&turned));
        }

        #[test]
        fn figures_are_in_range(parts in prop::collection::vec((0u64..50, 1u64..90), 0..9)) {
            prop_assert!((0.0..=1.0).contains(&dp(&parts)));
            let held = || parts.iter().copied().filter(|part| part.0 > 0);
            let others = parts.len() as u64 - held().count() as u64;
            // What is left out and only counted weighs as much as what is listed.
            match (juilland_d(held(), others), juilland_d(parts.iter().copied(), 0)) {
                (Some(a), Some(b)) => prop_assert!((a - b).abs() < 1e-9 && (0.0..=1.0).contains(&a)),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}
