//! How sure a figure is. In: counts and sizes. Out: 95 % intervals. Does not know about: terms.

/// The quantile of the normal distribution that leaves 2.5 % on either side.
pub const Z95: f64 = 1.959_963_984_540_054;

/// A figure's interval: the least and the greatest value that the counts agree with at 95 %.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// The 95 % interval of a rate per 10,000 of `count` occurrences in `han` 汉字: Wilson's score interval of the share,
/// `(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)`. `None` for an empty text.
///
/// Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
/// Statistical Association 22, 1927.
pub fn rate_interval(count: u64, han: u64) -> Option<Interval> {
    if han == 0 {
        return None;
    }
    // A term of one character may begin at every 汉字, and no more often.
    let (n, p) = (han as f64, (count.min(han)) as f64 / han as f64);
    let z2 = Z95 * Z95;
    let middle = p + z2 / (2.0 * n);
    let half = Z95 * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 10_000.0 / (1.0 + z2 / n);
    let low = if count == 0 { 0.0 } else { ((middle - half) * scale).max(0.0) };
    Some(Interval { low, high: ((middle + half) * scale).min(10_000.0) })
}

/// The 95 % interval of the log ratio: `log₂ r ± z s / ln 2` with `s = √(1/a − 1/n1 + 1/b − 1/n2)`; a count of 0 is taken as
/// 0.5, as in [`super::log_ratio`]. `None` if either text is empty, or neither has the term.
///
/// Source: D. Katz, J. Baptista, S. P. Azen and M. C. Pike, Obtaining confidence intervals for the risk ratio in cohort
/// studies, Biometrics 34, 1978.
pub fn log_ratio_interval(a: u64, n1: u64, b: u64, n2: u64) -> Option<Interval> {
    if n1 == 0 || n2 == 0 || a + b == 0 {
        return None;
    }
    let half = |n: u64| if n == 0 { 0.5 } else { n as f64 };
    let spread = 1.0 / half(a) - 1.0 / n1 as f64 + 1.0 / half(b) - 1.0 / n2 as f64;
    let reach = Z95 * spread.max(0.0).sqrt() / std::f64::consts::LN_2;
    let middle = super::log_ratio(a, n1, b, n2);
    Some(Interval { low: middle - reach, high: middle + reach })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn wilson_as_worked_by_hand() {
        // n = 10, p = ½, z² = 3.841459: (0.5 + 0.192073 ± 1.959964 √(0.025 + 0.009604)) / 1.384146 = 0.236593 and 0.763407.
        let half = rate_interval(5, 10).unwrap();
        assert!((half.low - 2_365.93).abs() < 0.01 && (half.high - 7_634.07).abs() < 0.01, "{half:?}");
        // None of n: from 0 to z² / (n + z²).
        let none = rate_interval(0, 100).unwrap();
        assert_eq!(none.low, 0.0);
        assert!((none.high - 1e4 * 3.841_458_820_694_124 / 103.841_458_820_694_13).abs() < 1e-9);
        assert_eq!(rate_interval(3, 0), None);
    }

    #[test]
    fn katz_as_worked_by_hand() {
        // s² = 1/8 − 1/1000 + 1/2 − 1/1000 = 0.623, z s / ln 2 = 1.959964·0.789303/0.693147 = 2.231858.
        let ratio = log_ratio_interval(8, 1_000, 2, 1_000).unwrap();
        assert!((ratio.low - (2.0 - 2.231_858)).abs() < 1e-4 && (ratio.high - 4.231_858).abs() < 1e-4, "{ratio:?}");
        assert_eq!([log_ratio_interval(1, 9, 1, 0), log_ratio_interval(0, 9, 0, 9)], [None, None]);
    }

    proptest! {
        #[test]
        fn intervals_hold_their_figure(a in 0u64..60, b in 0u64..60, n1 in 60u64..9_000, n2 in 60u64..9_000) {
            let rate = rate_interval(a, n1).unwrap();
            let own = super::super::rate(a, n1);
            prop_assert!(0.0 <= rate.low && rate.low <= own && own <= rate.high && rate.high <= 1e4);
            if let Some(ratio) = log_ratio_interval(a, n1, b, n2) {
                let own = super::super::log_ratio(a, n1, b, n2);
                prop_assert!(ratio.low <= own && own <= ratio.high);
            }
        }
    }
}
