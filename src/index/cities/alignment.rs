//! Matches a query syllable by syllable: every character of a name consumes itself, a reading, the beginning of a
//! reading, or nothing. This is what finds chang春, 长c, changc and ccchaoyang.
//! In: a query and a name taken apart. Out: a score and the characters used. Does not know about: other places.

use super::keys::Spellings;

/// A match: how good it is, and which characters of the name it used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotMatch {
    /// Higher is better.
    pub score: i64,
    /// Char indices into the name, ascending.
    pub marks: Vec<u32>,
}

const WHOLE_SYLLABLE: i64 = 30;
const PART_OF_SYLLABLE: i64 = 20;
const SKIPPED_BEFORE: i64 = -2;
const SKIPPED_SUFFIX: i64 = -1;
const SKIPPED_INSIDE: i64 = -8;

#[derive(Clone, Copy)]
struct AlignmentCell {
    score: i64,
    /// Where in the query this cell's character began; `None` if it was skipped.
    from: Option<usize>,
}

/// The best way to use up all of `query`.
pub fn match_slots(query: &[char], name: &Spellings) -> Option<SlotMatch> {
    // cells[k][i]: the first k characters of the name have used up i of the query.
    let mut cells: Vec<Vec<Option<AlignmentCell>>> = vec![vec![None; query.len() + 1]; name.chars.len() + 1];
    cells[0][0] = Some(AlignmentCell { score: 0, from: None });
    for k in 0..name.chars.len() {
        for i in 0..=query.len() {
            let Some(AlignmentCell { score, .. }) = cells[k][i] else { continue };
            let skipped = match i {
                0 => SKIPPED_BEFORE,
                _ if i == query.len() => 0,
                _ if name.suffix[k] => SKIPPED_SUFFIX,
                _ => SKIPPED_INSIDE,
            };
            offer(&mut cells[k + 1][i], AlignmentCell { score: score + skipped, from: None });
            for (used, gain) in uses(&query[i..], name, k) {
                offer(&mut cells[k + 1][i + used], AlignmentCell { score: score + gain, from: Some(i) });
            }
        }
    }
    let (mut i, mut marks) = (query.len(), Vec::new());
    let score = cells.last()?.get(i)?.as_ref()?.score;
    for k in (0..name.chars.len()).rev() {
        if let Some(from) = cells[k + 1][i].and_then(|cell| cell.from) {
            marks.push(u32::try_from(k).unwrap_or(u32::MAX));
            i = from;
        }
    }
    marks.reverse();
    Some(SlotMatch { score, marks })
}

/// How many characters of `query` character `k` of the name can use up, and what each way is worth.
fn uses<'a>(query: &'a [char], name: &'a Spellings, k: usize) -> impl Iterator<Item = (usize, i64)> + 'a {
    let itself = (query.first() == Some(&name.chars[k])).then_some((1, WHOLE_SYLLABLE));
    let parts = name.readings[k].iter().flat_map(move |reading| {
        let total = reading.chars().count();
        let common = reading.chars().zip(query).take_while(|(a, b)| a == *b).count();
        (1..=common).map(move |n| {
            let part = PART_OF_SYLLABLE + i64::try_from(n).unwrap_or(0).min(8);
            (n, if n == total { WHOLE_SYLLABLE } else { part })
        })
    });
    itself.into_iter().chain(parts)
}

/// Keeps the better; the earlier on a tie, so that the result depends on nothing else.
fn offer(cell: &mut Option<AlignmentCell>, new: AlignmentCell) {
    if cell.is_none_or(|old| new.score > old.score) {
        *cell = Some(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mixture_of_characters_and_letters_is_understood() {
        let pinyin: Vec<String> = "chang chun shi chao yang qu".split(' ').map(str::to_owned).collect();
        let name = Spellings::new("长春市朝阳区", &pinyin, &[]);
        let cases: [(&str, Option<&[u32]>); 10] = [
            ("chang春", Some(&[0, 1])),
            ("长c", Some(&[0, 1])),
            ("changc", Some(&[0, 1])),
            ("ccchaoyang", Some(&[0, 1, 3, 4])),
            ("cyq", Some(&[3, 4, 5])),
            ("长chaoy", Some(&[0, 3, 4])),
            ("朝阳", Some(&[3, 4])),
            ("春长", None),
            ("changx", None),
            ("chagn", None),
        ];
        for (query, want) in cases {
            let query: Vec<char> = query.chars().collect();
            let marks = match_slots(&query, &name).map(|m| m.marks);
            assert_eq!(marks.as_deref(), want, "{query:?}");
        }
    }
}
