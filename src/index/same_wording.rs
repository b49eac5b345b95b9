//! Where two texts say the same, word for word. In: lines of two documents. Out: the spans that both have, and pairs of bytes
//! from which on the two go in step. Does not know about: reports, sections, whether others say it too.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::Span;
use crate::text::letters::letters;

/// Letters from which on a run is worth marking: shorter ones are mere words.
const RUN: usize = 6;
/// Letters of either text that are looked at: more than any section has that a person reads.
const MOST: usize = 200_000;

/// What two texts share.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SameWording {
    /// Spans of the one that the other has too, ascending, none over the end of a line.
    pub one: Vec<Span>,
    /// Spans of the other.
    pub other: Vec<Span>,
    /// Bytes of the one and of the other where the same words begin, ascending on both sides.
    pub steps: Vec<(u32, u32)>,
}

/// The letters of some lines of a document, each with the bytes where it begins and ends.
fn read(text: &str, lines: &[Span]) -> Vec<(char, u32, u32)> {
    let mut out = Vec::new();
    for line in lines {
        for (at, c) in letters(line.slice(text)) {
            let start = line.start + u32::try_from(at).unwrap_or(0);
            let width = text.get(start as usize..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            out.push((c, start, start + u32::try_from(width).unwrap_or(1)));
        }
        if out.len() > MOST {
            out.truncate(MOST);
            break;
        }
    }
    out
}

/// What `lines` of `text` and of another text share: runs of [`RUN`] letters and more, punctuation aside.
pub fn same_wording((text, lines): (&str, &[Span]), (other_text, other_lines): (&str, &[Span])) -> SameWording {
    let (a, b) = (read(text, lines), read(other_text, other_lines));
    let run = |letters: &[(char, u32, u32)]| -> [char; RUN] { std::array::from_fn(|i| letters[i].0) };
    // Where each run of the other text begins; nowhere if it stands there twice.
    let mut places: FxHashMap<[char; RUN], Option<usize>> = FxHashMap::default();
    for (at, window) in b.windows(RUN).enumerate() {
        places.entry(run(window)).and_modify(|place| *place = None).or_insert(Some(at));
    }
    let mut seen: FxHashSet<[char; RUN]> = FxHashSet::default();
    let (mut one, mut starts) = (vec![false; a.len()], Vec::new());
    for (at, window) in a.windows(RUN).enumerate() {
        let Some(place) = places.get(&run(window)) else { continue };
        one[at..at + RUN].fill(true);
        let first = seen.insert(run(window));
        starts.extend(place.filter(|_| first).map(|place| (at, place)));
    }
    let mut other = vec![false; b.len()];
    for (at, window) in b.windows(RUN).enumerate() {
        if seen.contains(&run(window)) {
            other[at..at + RUN].fill(true);
        }
    }
    let steps = ascending(&starts).into_iter().map(|(x, y)| (a[x].1, b[y].1)).collect();
    SameWording { one: spans(text, &a, &one), other: spans(other_text, &b, &other), steps }
}

/// Marked letters as spans; what stands between two of them on one line belongs to both.
fn spans(text: &str, letters: &[(char, u32, u32)], marked: &[bool]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut before = false;
    for (&(_, start, end), &mark) in letters.iter().zip(marked) {
        if mark {
            match spans.last_mut().filter(|_| before) {
                Some(span) if text.get(span.end as usize..start as usize).is_some_and(|gap| !gap.contains('\n')) => {
                    span.end = end;
                }
                _ => spans.push(Span::new(start, end)),
            }
        }
        before = mark;
    }
    spans
}

/// The longest chain of pairs, sorted by the first, whose second ascends too.
fn ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length of chain the pair that ends the lowest one, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < pair.1);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut chain = Vec::new();
    let mut at = ends.last().copied();
    while let Some(pair) = at {
        chain.push(pairs[pair]);
        at = before[pair];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str) -> Vec<Span> {
        let mut start = 0;
        text.split_inclusive('\n')
            .map(|line| {
                let span = Span::of(start..start + line.trim_end().len());
                start += line.len();
                span
            })
            .collect()
    }

    fn shared(a: &str, b: &str) -> SameWording {
        same_wording((a, &lines(a)), (b, &lines(b)))
    }

    #[test]
    fn the_same_words_are_marked_on_both_sides_whatever_stands_between_them() {
        let (a, b) = ("修水渠三十里。\n灯塔照亮归途、盐田出盐", "盐田\n我们“灯塔照亮归途”，盐田出盐；修水渠三里");
        let found = shared(a, b);
        let words =
            |text: &str, spans: &[Span]| spans.iter().map(|span| span.slice(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(words(a, &found.one), ["灯塔照亮归途、盐田出盐"]);
        assert_eq!(words(b, &found.other), ["灯塔照亮归途”，盐田出盐"]);
        let (x, y) = found.steps[0];
        assert!(a[x as usize..].starts_with("灯塔") && b[y as usize..].starts_with("灯塔"));
        assert_eq!(shared("", b), SameWording::default());
    }

    proptest! {
        #[test]
        fn marks_are_mirrored_and_steps_ascend(a in "[甲乙丙丁，\n]{0,80}", b in "[甲乙丙丁，\n]{0,80}") {
            let (there, back) = (shared(&a, &b), shared(&b, &a));
            prop_assert_eq!(&there.one, &back.other);
            prop_assert_eq!(&there.other, &back.one);
            for (text, spans) in [(&a, &there.one), (&b, &there.other)] {
                prop_assert!(spans.iter().all(|span| !span.slice(text).contains('\n') && !span.slice(text).is_empty()));
                prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            }
            prop_assert!(there.steps.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
        }
    }
}
