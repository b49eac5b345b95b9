//! How strongly two words keep company. In: counts of words. Out: logDice, MI, t-score, G². Does not know about: the words,
//! what near means.

/// The four numbers behind every measure. All are counts of words, and the node itself is none of them but `node`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Neighbours {
    /// Occurrences of the collocate near the node: O.
    pub together: u64,
    /// Words near the node, whichever: R.
    pub near: u64,
    /// Occurrences of the collocate anywhere: C.
    pub collocate: u64,
    /// Occurrences of the node.
    pub node: u64,
    /// Words that are not the node: N.
    pub words: u64,
}

impl Neighbours {
    /// How often the collocate would stand near the node by chance: `E = R C / N`; 0 if there is no word.
    ///
    /// Source: S. Evert, Corpora and collocations, in: Corpus linguistics, an international handbook, 2008 (surface
    /// co-occurrence).
    pub fn expected(self) -> f64 {
        if self.words == 0 { 0.0 } else { self.near as f64 * self.collocate as f64 / self.words as f64 }
    }
}

/// `14 + log₂ (2 O / (node + C))`: at most 14, one less means half as strong; does not depend on the size of the
/// corpus. 0 if they never meet.
///
/// Source: P. Rychlý, A lexicographer-friendly association score, RASLAN 2008.
pub fn log_dice(counts: Neighbours) -> f64 {
    if counts.together == 0 {
        return 0.0;
    }
    14.0 + (2.0 * counts.together as f64 / (counts.node as f64 + counts.collocate as f64)).log2()
}

/// Mutual information `log₂ (O / E)`; likes rare words. 0 if they never meet.
///
/// Source: K. Church and P. Hanks, Word association norms, mutual information, and lexicography, Computational
/// Linguistics 16(1), 1990; E as in [`Neighbours::expected`].
pub fn mutual_information(counts: Neighbours) -> f64 {
    let expected = counts.expected();
    if counts.together == 0 || expected == 0.0 { 0.0 } else { (counts.together as f64 / expected).log2() }
}

/// t-score `(O − E) / √O`; likes frequent words. 0 if they never meet.
///
/// Source: K. Church, W. Gale, P. Hanks and D. Hindle, Using statistics in lexical analysis, 1991.
pub fn t_score(counts: Neighbours) -> f64 {
    let together = counts.together as f64;
    if counts.together == 0 { 0.0 } else { (together - counts.expected()) / together.sqrt() }
}

/// Log-likelihood `G² = 2 Σ O ln (O / E)` over the four cells near or far, collocate or another word; negative where
/// the two avoid each other. 0 if a row or column is empty.
///
/// Source: T. Dunning, Accurate methods for the statistics of surprise and coincidence, Computational Linguistics
/// 19(1), 1993.
pub fn neighbour_log_likelihood(counts: Neighbours) -> f64 {
    let Neighbours { together, near, collocate, words, .. } = counts;
    let cells = [
        (together, near, collocate),
        (near.saturating_sub(together), near, words.saturating_sub(collocate)),
        (collocate.saturating_sub(together), words.saturating_sub(near), collocate),
        (
            (words + together).saturating_sub(near).saturating_sub(collocate),
            words.saturating_sub(near),
            words.saturating_sub(collocate),
        ),
    ];
    if words == 0 || cells.iter().any(|cell| cell.1 == 0 || cell.2 == 0) {
        return 0.0;
    }
    let part = |(observed, row, column): (u64, u64, u64)| {
        let expected = row as f64 * column as f64 / words as f64;
        if observed == 0 { 0.0 } else { observed as f64 * (observed as f64 / expected).ln() }
    };
    let g2 = (2.0 * cells.into_iter().map(part).sum::<f64>()).max(0.0);
    if together as f64 >= counts.expected() { g2 } else { -g2 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(got: f64, want: f64) {
        assert!((got - want).abs() < 1e-6, "{got} is not {want}");
    }

    #[test]
    fn measures_as_worked_by_hand() {
        let counts = Neighbours { together: 8, near: 40, collocate: 10, node: 6, words: 200 };
        // E = 40·10/200 = 2.
        near(counts.expected(), 2.0);
        // 2·8/(6+10) = 1.
        near(log_dice(counts), 14.0);
        near(mutual_information(counts), 2.0);
        // (8 − 2)/√8.
        near(t_score(counts), 2.121_320_3);
        // Cells 8 32 2 158, expected 2 38 8 152: 2 (8 ln 4 + 32 ln 32/38 + 2 ln ¼ + 158 ln 158/152).
        near(neighbour_log_likelihood(counts), 17.870_901_2);
        let never = Neighbours { together: 0, ..counts };
        assert_eq!((log_dice(never), mutual_information(never), t_score(never)), (0.0, 0.0, 0.0));
        assert!(neighbour_log_likelihood(never) < 0.0);
    }

    proptest! {
        #[test]
        fn figures_are_finite(a in 0u64..99, b in 0u64..99, c in 0u64..99, d in 0u64..9999, node in 0u64..99) {
            let counts = Neighbours { together: a, near: a + b, collocate: a + c, node, words: a + b + c + d };
            for figure in [log_dice(counts), mutual_information(counts), t_score(counts), neighbour_log_likelihood(counts)] {
                prop_assert!(figure.is_finite());
            }
        }
    }
}
