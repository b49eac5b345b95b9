//! Forgives one slip of the finger. In: two words. Out: whether one insertion, deletion, substitution or transposition
//! of neighbours (Damerau-Levenshtein distance at most 1) makes one the other, or its beginning.
//! Does not know about: places.

/// Fewer letters than this are taken as typed: a short query would come near everything.
pub const FEWEST_LETTERS: usize = 5;

/// What of a key a query with one slip stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypoMatch {
    /// Its first letters; how many.
    Beginning(usize),
    /// All of it.
    Whole,
}

/// How far into `key` the `query` reaches with at most one slip, if it does.
pub fn reach(query: &[u8], key: &[u8]) -> Option<TypoMatch> {
    if within_one_slip(query, key) {
        return Some(TypoMatch::Whole);
    }
    let lens = [query.len(), query.len().saturating_sub(1), query.len() + 1];
    let hit = lens.into_iter().find(|&len| key.get(..len).is_some_and(|start| within_one_slip(query, start)));
    hit.map(TypoMatch::Beginning)
}

fn within_one_slip(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (short, long) = (&short[same..], &long[same..]);
    if long.is_empty() {
        return true;
    }
    if long.len() > short.len() {
        return long[1..] == *short;
    }
    let swapped = short.len() >= 2 && short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..];
    short[1..] == long[1..] || swapped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The textbook matrix (optimal string alignment, which agrees with Damerau-Levenshtein up to 1).
    fn distance(a: &[u8], b: &[u8]) -> usize {
        let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                d[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let change = d[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let mut best = change.min(d[i - 1][j] + 1).min(d[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best = best.min(d[i - 2][j - 2] + 1);
                    }
                    best
                };
            }
        }
        d[a.len()][b.len()]
    }

    #[test]
    fn one_slip_is_forgiven_and_two_are_not() {
        let cases = [
            ("chagnchun", Some(TypoMatch::Whole)),
            ("cahngchun", Some(TypoMatch::Whole)),
            ("chengchun", Some(TypoMatch::Whole)),
            ("changchn", Some(TypoMatch::Whole)),
            ("changgchun", Some(TypoMatch::Whole)),
            ("chagnc", Some(TypoMatch::Beginning(6))),
            ("chagncuhn", None),
            ("beijing", None),
        ];
        for (query, want) in cases {
            assert_eq!(reach(query.as_bytes(), b"changchun"), want, "{query}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_matrix(a in "[abc]{0,6}", b in "[abc]{0,6}") {
            let (a, b) = (a.as_bytes(), b.as_bytes());
            prop_assert_eq!(within_one_slip(a, b), distance(a, b) <= 1);
        }
    }
}
