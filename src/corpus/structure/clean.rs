//! Text to lines: where each begins and ends without the white space around it; which paragraphs were broken or repeated.
//!
//! In: a document's text. Out: [`Line`]s (blank or paragraph; later steps say more). Does not know about: reports.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::corpus::structure::line_predicates;
use crate::corpus::{Line, LineKind, Reason};
use crate::text::Span;

/// A repeat shorter than this (in bytes, about 14 汉字) may well be meant.
const REPEAT_BYTES: usize = 42;
/// Names of blanks in HTML.
const ENTITIES: [&str; 3] = ["&nbsp;", "&emsp;", "&ensp;"];
/// An open end shorter than this is a heading, not a broken paragraph (bytes; 20 汉字).
pub const BROKEN_BYTES: usize = 60;

/// Cuts `text` into lines at LF, CRLF and CR.
pub fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    // A line of this genre is some 300 bytes long.
    let mut lines = Vec::with_capacity(bytes.len() / 256 + 8);
    let mut start = 0;
    let has_returns = memchr::memchr(b'\r', bytes).is_some();
    let mut push = |start: usize, end: usize| {
        let span = trim(text, start, end);
        lines.push(Line {
            span,
            kind: if span.is_empty() { LineKind::Blank } else { LineKind::Paragraph },
            joins: false,
            reason: Reason::Text,
        });
    };
    if has_returns {
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if at < start {
                continue;
            }
            push(start, at);
            start = if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') { at + 2 } else { at + 1 };
        }
    } else {
        for at in memchr::memchr_iter(b'\n', bytes) {
            push(start, at);
            start = at + 1;
        }
    }
    if start < bytes.len() {
        push(start, bytes.len());
    }
    lines
}

/// The span of `start..end` without white space (full-width, non-breaking and zero-width included) at its ends.
fn trim(text: &str, start: usize, end: usize) -> Span {
    let line = &text[start..end];
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    let left = line.trim_start_matches(blank);
    let mut from = start + (line.len() - left.len());
    let mut trimmed = left.trim_end_matches(blank);
    // A blank that some page printed by its name.
    while trimmed.ends_with(';')
        && let Some(rest) = ENTITIES.iter().find_map(|name| trimmed.strip_suffix(name))
    {
        trimmed = rest.trim_end_matches(blank);
    }
    while trimmed.starts_with('&')
        && let Some(rest) = ENTITIES.iter().find_map(|name| trimmed.strip_prefix(name))
    {
        let rest = rest.trim_start_matches(blank);
        from += trimmed.len() - rest.len();
        trimmed = rest;
    }
    Span::of(from..from + trimmed.len())
}

/// Marks lines (0-based indices, in reading order) of one report that stand earlier in it, word for word.
///
/// Where `overlaps` is set (newspaper pages, whose columns were copied more than once), a paragraph that is the head
/// or tail of the one before or after it is a repeat as well.
pub fn mark_repeats(text: &str, lines: &mut [Line], indices: &[usize], overlaps: bool) -> Vec<(u32, u32)> {
    let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
    let mut repeats = Vec::new();
    let one_based = |i: usize| u32::try_from(i + 1).unwrap_or(u32::MAX);
    let long: Vec<usize> = indices
        .iter()
        .copied()
        .filter(|&i| lines[i].kind == LineKind::Paragraph && lines[i].span.len() >= REPEAT_BYTES)
        .collect();
    for &i in &long {
        let words = lines[i].span.slice(text);
        let mut hasher = FxHasher::default();
        words.hash(&mut hasher);
        match seen.entry(hasher.finish()) {
            std::collections::hash_map::Entry::Occupied(first) if lines[*first.get()].span.slice(text) == words => {
                lines[i].set(LineKind::Repeat, Reason::Repeat);
                repeats.push((one_based(i), one_based(*first.get())));
            }
            std::collections::hash_map::Entry::Occupied(_) => {}
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(i);
            }
        }
    }
    mark_tails(text, lines, indices, &mut repeats);
    if overlaps {
        for pair in long.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if lines[a].kind == LineKind::Repeat || lines[b].kind == LineKind::Repeat {
                continue;
            }
            let (first, second) = (lines[a].span.slice(text), lines[b].span.slice(text));
            // The shorter one says nothing that the longer one does not.
            let (short, of) = if first.len() <= second.len() { (a, b) } else { (b, a) };
            let (inner, outer) = (lines[short].span.slice(text), lines[of].span.slice(text));
            if inner.len() >= 2 * REPEAT_BYTES && (outer.starts_with(inner) || outer.ends_with(inner)) {
                lines[short].set(LineKind::Repeat, Reason::Repeat);
                repeats.push((one_based(short), one_based(of)));
            }
        }
    }
    repeats.sort_unstable();
    repeats
}

/// The short rest of a paragraph that was broken over lines and stands a second time: it follows the repeat as it followed the
/// first print.
fn mark_tails(text: &str, lines: &mut [Line], indices: &[usize], repeats: &mut Vec<(u32, u32)>) {
    let after = |line: u32, lines: &[Line]| {
        let at = indices.partition_point(|&i| i < line as usize);
        indices.get(at..)?.iter().copied().find(|&i| lines[i].kind != LineKind::Blank)
    };
    let mut found = Vec::new();
    for &(second, first) in repeats.iter() {
        let Some((tail, of)) = after(second, lines).zip(after(first, lines)) else { continue };
        let broken = !line_predicates::ends_sentence(lines[first as usize - 1].span.slice(text));
        let short = |i: usize| lines[i].kind == LineKind::Paragraph && lines[i].span.len() < REPEAT_BYTES;
        if broken && tail != of && short(tail) && lines[tail].span.slice(text) == lines[of].span.slice(text) {
            lines[tail].set(LineKind::Repeat, Reason::Repeat);
            let number = |i: usize| u32::try_from(i + 1).unwrap_or(u32::MAX);
            found.push((number(tail), number(of)));
        }
    }
    repeats.extend(found);
}

/// Marks paragraphs (0-based indices, in reading order) that go on in mid-sentence from the paragraph before.
pub fn mark_joins(text: &str, lines: &mut [Line], indices: &[usize]) {
    let mut open = false;
    for &i in indices {
        match lines[i].kind {
            LineKind::Paragraph => {
                let words = lines[i].span.slice(text);
                lines[i].joins = open && crate::corpus::structure::numbering::mark(words).is_none();
                open = words.len() >= BROKEN_BYTES && !line_predicates::ends_sentence(words);
            }
            // Pictures, repeats and page numbers stand between the halves of a broken paragraph.
            LineKind::Blank | LineKind::Caption | LineKind::Repeat | LineKind::Running => {}
            _ => open = false,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str) -> (Vec<Line>, Vec<usize>) {
        let lines = lines(text);
        let indices = (0..lines.len()).collect();
        (lines, indices)
    }

    #[test]
    fn every_line_end_counts() {
        let of = |text: &str| lines(text).iter().map(|l| l.span.slice(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(of("灯\n塔\r\n盐\r田"), ["灯", "塔", "盐", "田"]);
        assert_eq!(of("\u{feff}灯\n\n\u{3000}\u{3000}塔 \n"), ["灯", "", "塔"]);
        assert_eq!(of(""), [] as [&str; 0]);
        assert_eq!(of("&nbsp;&nbsp; 灯塔&nbsp;\n&nbsp;\n灯&nbsp;塔"), ["灯塔", "", "灯&nbsp;塔"]);
    }

    #[test]
    fn a_paragraph_printed_twice_is_marked_once() {
        let text =
            "守灯的人每夜登塔三回，把灯芯剪得齐齐整整。\n盐田。\n守灯的人每夜登塔三回，把灯芯剪得齐齐整整。\n盐田。";
        let (mut lines, indices) = all(text);
        assert_eq!(mark_repeats(text, &mut lines, &indices, false), [(3, 1)]);
        assert_eq!(lines[2].kind, LineKind::Repeat);
        assert_eq!(lines[3].kind, LineKind::Paragraph);
    }

    #[test]
    fn the_short_rest_of_a_repeated_paragraph_is_a_repeat() {
        let head = "守灯的人每夜登塔三回，把灯芯剪得齐齐整整，再把风向和潮位";
        let text = format!("{head}\n记在册子上。\n盐田。\n{head}\n记在册子上。\n盐田。\n");
        let (mut lines, indices) = all(&text);
        assert_eq!(mark_repeats(&text, &mut lines, &indices, false), [(4, 1), (5, 2)]);
    }

    #[test]
    fn an_overlapping_column_is_marked() {
        let tail = "把灯芯剪得齐齐整整，把玻璃擦得一尘不染，再把当夜的风向和潮位记在册子上，交给下一班。";
        let text = format!("守灯的人每夜登塔三回，{tail}\n{tail}\n");
        let (mut lines, indices) = all(&text);
        assert_eq!(mark_repeats(&text, &mut lines, &indices, true), [(2, 1)]);
        assert_eq!(mark_repeats(&text, &mut self::lines(&text), &indices, false), []);
    }

    #[test]
    fn a_broken_paragraph_joins() {
        let text = "今年的盐场新修了三道堤，又把旧闸换成了可以自己看潮的新\n\n闸，守闸人从此睡得安稳。\n说完了。\n";
        let (mut lines, indices) = all(text);
        mark_joins(text, &mut lines, &indices);
        assert_eq!(lines.iter().map(|l| l.joins).collect::<Vec<_>>(), [false, false, true, false]);
    }

    proptest! {
        #[test]
        fn lines_hold_all_that_is_not_blank(text in "[灯塔 \u{3000}\r\n。a]{0,60}") {
            let kept: String = lines(&text).iter().map(|l| l.span.slice(&text)).collect();
            let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&kept), bare(&text));
        }
    }
}
