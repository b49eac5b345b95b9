//! How likely a G² is by chance, and how many of a table's keywords are. In: G² values. Out: probabilities, false
//! discovery rates. Does not know about: terms.

/// The probability below which a difference is called significant.
pub const SIGNIFICANT: f64 = 0.05;

/// The G² that a difference by chance exceeds with the probability [`SIGNIFICANT`] (χ², one degree of freedom).
pub const CRITICAL_G2: f64 = 3.841_458_820_694_124;

/// Fewer expected occurrences than this and χ² is no approximation.
///
/// Source: W. G. Cochran, Some methods for strengthening the common χ² tests, Biometrics 10(4), 1954.
pub const FEW: f64 = 5.0;

/// The probability of so large a difference by chance: of a term with `a` occurrences in a text of size `n1` and `b` in one
/// of size `n2`. χ² of G² ([`p_value`]); exact ([`super::exact_binomial`]) where an expected count is under [`FEW`]. 1 if
/// either text is empty.
pub fn difference_by_chance(a: u64, n1: u64, b: u64, n2: u64) -> f64 {
    if n1 == 0 || n2 == 0 || a + b == 0 {
        return 1.0;
    }
    let (e1, e2) = super::expected(a, n1, b, n2);
    if e1 < FEW || e2 < FEW {
        super::exact_binomial(a, n1, b, n2)
    } else {
        p_value(super::log_likelihood(a, n1, b, n2))
    }
}

/// The probability of so large a |G²| by chance: the upper tail of χ² with one degree of freedom, `erfc(√(|G²| / 2))`.
/// Its relative error is below 10⁻¹²; below about 10⁻³⁰⁰ it is 0.
///
/// Source: M. Abramowitz and I. Stegun, Handbook of mathematical functions, 1964, 26.4 and 7.1.
pub fn p_value(g2: f64) -> f64 {
    complementary_error((g2.abs() / 2.0).sqrt())
}

/// erfc of `x` ≥ 0: the series 7.1.6 near 0, the continued fraction 7.1.14 farther out.
fn complementary_error(x: f64) -> f64 {
    if x < 2.0 {
        let (mut term, mut sum, mut n) = (x, x, 0.0);
        while term > sum * 1e-17 {
            n += 1.0;
            term *= 2.0 * x * x / (2.0 * n + 1.0);
            sum += term;
        }
        return (1.0 - std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp() * sum).max(0.0);
    }
    // 1 / (x + (1/2) / (x + 1 / (x + (3/2) / (x + …)))), from the far end.
    let fraction = (1..=120).rev().fold(x, |below, k| x + f64::from(k) / 2.0 / below);
    (-x * x).exp() / (fraction * std::f64::consts::PI.sqrt())
}

/// False discovery rate of each of a family of tests (q-value): the share of chance findings among all tests at least
/// as clear as this one, `min over j ≥ i of m p(j) / j` with the probabilities ascending; in the order of `p`.
///
/// Source: Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, Journal of the Royal Statistical Society
/// B 57(1), 1995.
pub fn false_discovery_rates(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    // Which of two equal probabilities comes first makes no difference to the minimum.
    order.sort_unstable_by(|&a, &b| p[a].total_cmp(&p[b]));
    let mut rates = vec![1.0; p.len()];
    let mut least: f64 = 1.0;
    for (rank, &i) in order.iter().enumerate().rev() {
        least = least.min(p[i] * p.len() as f64 / (rank + 1) as f64);
        rates[i] = least;
    }
    rates
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn probabilities_as_in_the_tables() {
        // Values of the χ² distribution with one degree of freedom, to ten digits.
        let cases = [
            (0.0, 1.0),
            (1.0, 0.317_310_507_9),
            (3.841_458_820_694, 0.05),
            (6.634_896_601_021, 0.01),
            (7.879_438_576_622, 0.005),
            (8.000_001, 0.004_677_732_398),
            (10.827_566_170_662, 0.001),
            (15.136_705_226_623, 0.000_1),
            (100.0, 1.523_970_604_8e-23),
        ];
        for (g2, want) in cases {
            for g2 in [g2, -g2] {
                let got = p_value(g2);
                assert!((got / want - 1.0).abs() < 1e-6, "{g2}: {got} is not {want}");
            }
        }
        assert!((p_value(CRITICAL_G2) - SIGNIFICANT).abs() < 1e-12);
        assert_eq!(p_value(1e9), 0.0);
    }

    #[test]
    fn small_counts_are_tested_exactly() {
        // Two of two in a hundredth of the text: 10⁻⁴; χ² would say a fifth of it.
        let (exact, approximate) =
            (difference_by_chance(2, 100, 0, 9_900), p_value(super::super::log_likelihood(2, 100, 0, 9_900)));
        assert!((exact - 1e-4).abs() < 1e-12 && approximate < exact / 5.0, "{exact} {approximate}");
        // Enough expected: as before.
        assert_eq!(difference_by_chance(20, 500, 10, 500), p_value(super::super::log_likelihood(20, 500, 10, 500)));
        assert_eq!((difference_by_chance(3, 0, 1, 4), difference_by_chance(0, 4, 0, 4)), (1.0, 1.0));
    }

    #[test]
    fn the_two_ways_meet() {
        let below = complementary_error(2.0 - 1e-12);
        assert!((below / complementary_error(2.0) - 1.0).abs() < 1e-10);
    }

    #[test]
    fn false_discovery_as_worked_by_hand() {
        // m = 4: 4·.01/1 = .04, 4·.02/2 = .04, 4·.03/3 = .04, 4·.5/4 = .5; out of order on purpose.
        assert_eq!(false_discovery_rates(&[0.5, 0.01, 0.03, 0.02]), [0.5, 0.04, 0.04, 0.04]);
        // Benjamini and Hochberg's fifteen tests: four are found at 0.05.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0,
        ];
        assert_eq!(false_discovery_rates(&p).iter().filter(|q| **q <= 0.05).count(), 4);
        assert!(false_discovery_rates(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn rates_keep_the_order_and_never_fall_below_p(p in prop::collection::vec(0.0f64..1.0, 0..40)) {
            let q = false_discovery_rates(&p);
            for i in 0..p.len() {
                prop_assert!(q[i] >= p[i] - 1e-15 && q[i] <= 1.0);
                for j in 0..p.len() {
                    prop_assert!(p[i] > p[j] || q[i] <= q[j]);
                }
            }
        }
    }
}
