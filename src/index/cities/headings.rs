//! The filter of the outline: headings by 汉字, pinyin or initials, like the city list. In: headings and a query.
//! Out: those that match, best first. Lives here because fuzzy-matcher is used nowhere else.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::LONGEST_QUERY;
use super::alignment::match_slots;
use super::keys::Spellings;
use crate::text::pinyin;

/// A heading that matches a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingMatch {
    /// Which of the headings, counted from 0.
    pub index: usize,
    /// Higher is better; comparable within one query.
    pub score: i64,
    /// Matched characters: char indices into the heading, ascending.
    pub marks: Vec<u32>,
}

/// Headings that match `query`, best first, equally good ones in their order. An empty query matches nothing.
pub fn rank_headings<'h>(headings: impl IntoIterator<Item = &'h str>, query: &str) -> Vec<HeadingMatch> {
    let text = pinyin::normalise(query);
    let query: Vec<char> = text.chars().collect();
    if query.is_empty() || query.len() > LONGEST_QUERY {
        return Vec::new();
    }
    let skim = SkimMatcherV2::default();
    let found = headings.into_iter().enumerate().filter_map(|(index, heading)| {
        let (score, marks) = match skim.fuzzy_indices(heading, &text) {
            Some((score, indices)) => (score, indices.iter().map(|&i| u32::try_from(i).unwrap_or(u32::MAX)).collect()),
            None => by_reading(heading, &query)?,
        };
        Some(HeadingMatch { index, score, marks })
    });
    let mut found: Vec<HeadingMatch> = found.collect();
    found.sort_by_key(|heading| std::cmp::Reverse(heading.score));
    found
}

/// Letters: only where the characters they stand for are neighbours, or three letters would match any heading.
fn by_reading(heading: &str, query: &[char]) -> Option<(i64, Vec<u32>)> {
    if !query.iter().any(char::is_ascii_alphabetic) {
        return None;
    }
    let found = match_slots(query, &Spellings::of_text(heading))?;
    found.marks.windows(2).all(|pair| pair[0] + 1 == pair[1]).then_some((found.score, found.marks))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headings_are_found_by_characters_pinyin_and_initials() {
        let headings = ["一、坚持党的领导", "二、推进乡村振兴", "（三）优化营商环境", "四、加强GDP核算"];
        type Found = Option<(usize, &'static [u32])>;
        let cases: [(&str, Found); 8] = [
            ("乡村", Some((1, &[4, 5]))),
            ("营环境", Some((2, &[5, 7, 8]))),
            ("xczx", Some((1, &[4, 5, 6, 7]))),
            ("yingshang", Some((2, &[5, 6]))),
            ("乡cun", Some((1, &[4, 5]))),
            ("gdp", Some((3, &[4, 5, 6]))),
            ("xzx", None),
            ("", None),
        ];
        for (query, want) in cases {
            let got = rank_headings(headings, query).into_iter().next().map(|h| (h.index, h.marks));
            assert_eq!(got, want.map(|(i, marks)| (i, marks.to_vec())), "{query}");
        }
    }

    proptest! {
        #[test]
        fn marks_lie_in_the_heading(heading in "[一乡村振兴a（、 😀]{0,12}", query in "[a-zü一乡村 ]{0,5}") {
            for found in rank_headings([heading.as_str()], &query) {
                prop_assert!(found.marks.windows(2).all(|pair| pair[0] < pair[1]));
                prop_assert!(found.marks.iter().all(|&mark| (mark as usize) < heading.chars().count()));
            }
        }
    }
}
