//! Exact tests of small counts, where χ² is no approximation. In: counts. Out: probabilities. Does not know about: terms.
//!
//! Probabilities are summed up as logarithms, so that the far tail keeps its digits down to what a number can hold
//! (about 10⁻³⁰⁸; below that they are 0).

/// The natural logarithm of the gamma function for `x` > 0, to about 10⁻¹⁵ of its size.
///
/// Source: C. Lanczos, A precision approximation of the gamma function, SIAM Journal on Numerical Analysis B 1, 1964; the
/// coefficients (g = 7, n = 9) are P. Godfrey's, 2001.
pub fn ln_gamma(x: f64) -> f64 {
    const COEFFICIENTS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        let sine = (std::f64::consts::PI * x).sin();
        return (std::f64::consts::PI / sine).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let sum = (1..9).fold(COEFFICIENTS[0], |sum, i| sum + COEFFICIENTS[i] / (x + i as f64));
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// ln n!
fn ln_factorial(n: u64) -> f64 {
    ln_gamma(n as f64 + 1.0)
}

/// ln of the binomial coefficient n over k.
fn ln_choose(n: u64, k: u64) -> f64 {
    if k > n { f64::NEG_INFINITY } else { ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k) }
}

/// A distribution over `least..=most` with one top.
struct Unimodal<'f> {
    least: u64,
    most: u64,
    /// The logarithm of the probability of a value.
    ln: &'f dyn Fn(u64) -> f64,
}

/// How much larger a probability may be to count as no larger: rounding must not split equal ones (as R's binom.test does).
const SLACK: f64 = 1e-7;
/// Terms of a sum smaller than this part of the largest add no digit.
const NEGLIGIBLE: f64 = 45.0;

impl Unimodal<'_> {
    /// The sum of all probabilities that are no larger than that of `seen`: the two-sided exact probability.
    fn two_sided(&self, seen: u64) -> f64 {
        let limit = (self.ln)(seen) + SLACK;
        // From `seen` away from the top, then the other tail from its far end inwards.
        let upwards = seen >= self.top();
        let (own, other) = if upwards {
            (self.sum_up(seen), self.sum_below(limit))
        } else {
            (self.sum_down(seen), self.sum_above(limit))
        };
        (own + other).min(1.0)
    }

    /// The most probable value, by bisection.
    fn top(&self) -> u64 {
        let (mut low, mut high) = (self.least, self.most);
        while low < high {
            let middle = low + (high - low) / 2;
            if (self.ln)(middle + 1) > (self.ln)(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn sum_up(&self, from: u64) -> f64 {
        sum((from..=self.most).map(self.ln))
    }

    fn sum_down(&self, from: u64) -> f64 {
        sum((self.least..=from).rev().map(self.ln))
    }

    /// The lower tail, as far as its probabilities do not exceed `limit`.
    fn sum_below(&self, limit: f64) -> f64 {
        let (mut low, mut high) = (self.least, self.top());
        if (self.ln)(low) > limit {
            return 0.0;
        }
        // The last that does not exceed it.
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if (self.ln)(middle) <= limit {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        self.sum_down(low)
    }

    fn sum_above(&self, limit: f64) -> f64 {
        let (mut low, mut high) = (self.top(), self.most);
        if (self.ln)(high) > limit {
            return 0.0;
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if (self.ln)(middle) <= limit {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        self.sum_up(low)
    }
}

/// The sum of `exp` of falling logarithms.
fn sum(logarithms: impl Iterator<Item = f64>) -> f64 {
    let (mut first, mut sum) = (f64::NEG_INFINITY, 0.0);
    for ln in logarithms {
        if first == f64::NEG_INFINITY {
            first = ln;
        }
        if ln - first < -NEGLIGIBLE || ln == f64::NEG_INFINITY {
            break;
        }
        sum += (ln - first).exp();
    }
    if first == f64::NEG_INFINITY { 0.0 } else { first.exp() * sum }
}

/// The exact two-sided probability of `a` of `a + b` occurrences in a text of size `n1`, the others in one of size `n2`, if
/// both used the term at one rate: `a` is binomial with `a + b` trials of probability `n1 / (n1 + n2)`; what is summed up
/// is no more probable than what was seen. 1 if either text is empty.
///
/// Sources: J. Przyborowski and H. Wilenski, Homogeneity of results in testing samples from Poisson series, Biometrika
/// 31, 1940 (the conditional test); the two-sided sum as in R's `binom.test`.
pub fn exact_binomial(a: u64, n1: u64, b: u64, n2: u64) -> f64 {
    let trials = a + b;
    if n1 == 0 || n2 == 0 || trials == 0 {
        return 1.0;
    }
    let all = n1 as f64 + n2 as f64;
    let (ln_one, ln_other) = ((n1 as f64 / all).ln(), (n2 as f64 / all).ln());
    let ln = |k: u64| ln_choose(trials, k) + k as f64 * ln_one + (trials - k) as f64 * ln_other;
    Unimodal { least: 0, most: trials, ln: &ln }.two_sided(a)
}

/// The exact two-sided probability that of `n1` texts `a` have a term and of `n2` others `b`, if it had nothing to do with
/// which are which: `a` is hypergeometric (Fisher's exact test). 1 if either has no text.
///
/// Source: R. A. Fisher, The logic of inductive inference, Journal of the Royal Statistical Society 98(1), 1935; the
/// two-sided sum as in R's `fisher.test`.
pub fn exact_hypergeometric(a: u64, n1: u64, b: u64, n2: u64) -> f64 {
    let with = a + b;
    if n1 == 0 || n2 == 0 || a > n1 || b > n2 {
        return 1.0;
    }
    let whole = ln_choose(n1 + n2, with);
    let ln = |k: u64| ln_choose(n1, k) + ln_choose(n2, with - k) - whole;
    Unimodal { least: with.saturating_sub(n2), most: with.min(n1), ln: &ln }.two_sided(a)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(got: f64, want: f64) {
        assert!((got / want - 1.0).abs() < 1e-9, "{got} is not {want}");
    }

    #[test]
    fn binomial_as_worked_by_hand() {
        // Both of two in a text of a tenth: 0.1² = 0.01; one in ten of the others is more probable.
        near(exact_binomial(2, 100, 0, 900), 0.01);
        // One of three in a half: every value is as probable or less: 1.
        near(exact_binomial(1, 50, 2, 50), 1.0);
        // None of four in a half: 1/16, and all four: 1/16.
        near(exact_binomial(0, 50, 4, 50), 0.125);
        // Three of four with ¼: 4·(¼)³·¾ + (¼)⁴ = 12/256 + 1/256 = 13/256.
        near(exact_binomial(3, 1, 1, 3), 13.0 / 256.0);
        // R: binom.test(7, 20, 0.5)$p.value, by hand (77520·1 + 38760 + 15504 + 4845 + 1140 + 190 + 20 + 1)·2 / 2²⁰.
        near(exact_binomial(7, 1, 13, 1), 2.0 * 137_980.0 / 1_048_576.0);
        // The far tail: (10⁻³)¹⁰⁰ = 10⁻³⁰⁰.
        near(exact_binomial(100, 1, 0, 999), 1e-300);
        assert_eq!((exact_binomial(3, 0, 1, 9), exact_binomial(0, 9, 0, 9)), (1.0, 1.0));
    }

    #[test]
    fn hypergeometric_as_worked_by_hand() {
        // The lady tasting tea: four of four, 1/70 on either side.
        near(exact_hypergeometric(4, 4, 0, 4), 2.0 / 70.0);
        // Three of four: (16 + 1)·2 / 70.
        near(exact_hypergeometric(3, 4, 1, 4), 34.0 / 70.0);
        // One report of three others' none: 1/4.
        near(exact_hypergeometric(1, 1, 0, 3), 0.25);
        near(exact_hypergeometric(1, 1, 3, 3), 1.0);
        assert_eq!(exact_hypergeometric(1, 1, 0, 0), 1.0);
    }

    #[test]
    fn logarithms_of_factorials() {
        near(ln_factorial(10), 3_628_800f64.ln());
        near(ln_factorial(170), 7.257_415_615_307_999e306f64.ln());
        assert!(ln_factorial(0).abs() < 1e-14 && ln_factorial(1).abs() < 1e-14);
        near(ln_gamma(0.5), std::f64::consts::PI.sqrt().ln());
    }

    proptest! {
        #[test]
        fn sums_equal_the_plain_ones(a in 0u64..12, b in 0u64..12, n1 in 1u64..40, n2 in 1u64..40) {
            // By multiplication, value by value.
            let (k, p) = (a + b, n1 as f64 / (n1 + n2) as f64);
            let choose = |n: u64, k: u64| (0..k).fold(1.0, |c, i| c * (n - i) as f64 / (i + 1) as f64);
            let binomial = |i: u64| choose(k, i) * p.powi(i as i32) * (1.0 - p).powi((k - i) as i32);
            let seen = binomial(a);
            let want: f64 = (0..=k).map(binomial).filter(|q| *q <= seen * (1.0 + 1e-7)).sum();
            prop_assert!((exact_binomial(a, n1, b, n2) - want.min(1.0)).abs() < 1e-9);
            if a <= n1 && b <= n2 {
                let one = |i: u64| if i > n1 || k - i > n2 { 0.0 } else { choose(n1, i) * choose(n2, k - i) / choose(n1 + n2, k) };
                let seen = one(a);
                let want: f64 = (0..=k).map(one).filter(|q| *q <= seen * (1.0 + 1e-7)).sum();
                prop_assert!((exact_hypergeometric(a, n1, b, n2) - want.min(1.0)).abs() < 1e-9);
            }
        }
    }
}
