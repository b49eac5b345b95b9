//! Whether a string is a phrase of its own. In: counts. Out: pointwise mutual information, entropy of what stands beside.
//! Does not know about: the string.

/// Pointwise mutual information of two neighbouring strings, in bits: `log₂ (p(xy) / (p(x) p(y)))`, each probability the
/// count over the 汉字 of the text. 0 where a count is 0.
///
/// Source: K. Church and P. Hanks, Word association norms, mutual information, and lexicography, Computational
/// Linguistics 16(1), 1990.
pub fn pointwise_mutual_information(both: u64, left: u64, right: u64, size: u64) -> f64 {
    if both == 0 || left == 0 || right == 0 || size == 0 {
        return 0.0;
    }
    (both as f64 * size as f64 / (left as f64 * right as f64)).log2()
}

/// Entropy of a choice, in bits: `−Σ p log₂ p` over `counts`, in the order they come. 0 for one choice or none.
///
/// Source: Z. Harris, From phoneme to morpheme, Language 31(2), 1955; as branching entropy: Z. Jin and K. Tanaka-Ishii,
/// Unsupervised segmentation of Chinese text by use of branching entropy, COLING/ACL 2006.
pub fn entropy(counts: impl Iterator<Item = u64> + Clone) -> f64 {
    let all = counts.clone().sum::<u64>() as f64;
    let part = |n: u64| if n == 0 { 0.0 } else { -(n as f64 / all) * (n as f64 / all).log2() };
    counts.map(part).sum::<f64>().max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_worked_by_hand() {
        // 8·1024 / (16·32) = 16.
        assert_eq!(pointwise_mutual_information(8, 16, 32, 1024), 4.0);
        assert_eq!(pointwise_mutual_information(0, 16, 32, 1024), 0.0);
        assert_eq!(entropy([2, 2, 2, 2].into_iter()), 2.0);
        // ½·1 + ¼·2 + ¼·2.
        assert_eq!(entropy([4, 2, 2].into_iter()), 1.5);
        assert_eq!(entropy([7].into_iter()), 0.0);
        assert_eq!(entropy([].into_iter()), 0.0);
    }
}
