//! How much more a scope uses a term than a reference. In: two counts and two sizes. Out: rate, G², log ratio, Bayes
//! factor, TF-IDF. Does not know about: whose counts they are.

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
    let (e1, e2) = expected(a, n1, b, n2);
    let cell = |count: f64, expected: f64| if count > 0.0 { count * (count / expected).ln() } else { 0.0 };
    // Rounding may leave a tiny negative sum where both rates are equal.
    let g2 = (2.0 * (cell(af, e1) + cell(bf, e2))).max(0.0);
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

/// How often a term would occur in the scope and in the reference if both used it at the same rate: `E1 = n1
/// (a+b)/(n1+n2)` and `E2 = n2 (a+b)/(n1+n2)`. Both 0 if both texts are empty.
pub fn expected(a: u64, n1: u64, b: u64, n2: u64) -> (f64, f64) {
    let all = n1 as f64 + n2 as f64;
    if all == 0.0 {
        return (0.0, 0.0);
    }
    let per_size = (a as f64 + b as f64) / all;
    (n1 as f64 * per_size, n2 as f64 * per_size)
}

/// Bayes factor of a difference, as the approximation by the Bayesian information criterion with one degree of
/// freedom: `|G²| − ln(n1 + n2)`. Above 2 the difference is positive evidence, above 6 strong, above 10 very strong;
/// below 0 the texts rather agree. 0 if either text is empty.
///
/// Source: A. Wilson, Embracing Bayes factors for key item analysis in corpus linguistics, in: New approaches to the
/// study of linguistic variability, 2013.
pub fn bayes_factor(g2: f64, n1: u64, n2: u64) -> f64 {
    if n1 == 0 || n2 == 0 { 0.0 } else { g2.abs() - (n1 as f64 + n2 as f64).ln() }
}

/// Term frequency times inverse document frequency: `count · ln(reports / with)`, where `with` of all `reports` of the
/// corpus use the term. 0 for a term that every report uses, and where there is none.
///
/// Sources: K. Spärck Jones, A statistical interpretation of term specificity, Journal of Documentation 28(1), 1972;
/// G. Salton and C. Buckley, Term-weighting approaches in automatic text retrieval, 1988.
pub fn tf_idf(count: u64, with: u64, reports: u64) -> f64 {
    if with == 0 || reports <= with { 0.0 } else { count as f64 * (reports as f64 / with as f64).ln() }
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
    fn bayes_factor_and_tf_idf_as_worked_by_hand() {
        // G² = 10 ln 2 = 6.931472; ln 3000 = 8.006368.
        near(bayes_factor(log_likelihood(10, 1_000, 5, 2_000), 1_000, 2_000), -1.074896);
        near(bayes_factor(-20.0, 1_000, 2_000), 11.993632);
        near(bayes_factor(5.0, 0, 9), 0.0);
        // 6 ln(8/2) = 12 ln 2.
        near(tf_idf(6, 2, 8), 8.317766);
        near(tf_idf(6, 8, 8), 0.0);
        near(tf_idf(0, 0, 8), 0.0);
    }

    /// Rayson's G² another way: twice the sum of observed times logarithm of rate over pooled rate.
    fn by_rates(a: u64, n1: u64, b: u64, n2: u64) -> f64 {
        let pooled = (a + b) as f64 / (n1 + n2) as f64;
        let part = |k: u64, n: u64| if k == 0 { 0.0 } else { k as f64 * ((k as f64 / n as f64).ln() - pooled.ln()) };
        2.0 * (part(a, n1) + part(b, n2))
    }

    proptest! {
        #[test]
        fn figures_are_finite_and_agree_with_another_way(a in 0u64..9_999, n1 in 0u64..99_999, b in 0u64..9_999, n2 in 0u64..99_999) {
            let g2 = log_likelihood(a, n1, b, n2);
            prop_assert!(g2.is_finite() && log_ratio(a, n1, b, n2).is_finite() && bayes_factor(g2, n1, n2).is_finite());
            prop_assert!((log_ratio(a, n1, b, n2) + log_ratio(b, n2, a, n1)).abs() < 1e-9);
            if n1 > 0 && n2 > 0 && a + b > 0 {
                prop_assert!((g2.abs() - by_rates(a, n1, b, n2)).abs() < 1e-6);
                let (e1, e2) = expected(a, n1, b, n2);
                prop_assert!((e1 + e2 - (a + b) as f64).abs() < 1e-6);
            }
        }
    }
}
