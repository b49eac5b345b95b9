//! What the numbers of headings say of one another: one is missing, or they only count a list.
//!
//! In: the headings found, in order. Out: the same with those added that the count misses, without those that are items.
//! Does not know about: levels.

use rustc_hash::FxHashMap;

use crate::corpus::Reason;
use crate::corpus::structure::line_predicates;
use crate::corpus::structure::numbering;
use crate::corpus::structure::numbering::Family;
use crate::corpus::structure::outline::heading::{Heading, HeadingKind};
use crate::corpus::structure::paragraph::Paragraph;

/// A heading whose neighbours count past it has at most this many characters.
const LONG_CHARS: usize = 110;

/// A numbered paragraph too long for a heading is one if the headings around it count past it: （一）… （三）.
pub fn add_series(paragraphs: &[Paragraph<'_>], headings: &mut Vec<Heading>) {
    let mut n = 1;
    while n < headings.len() {
        let (before, after) = (headings[n - 1], headings[n]);
        let found = match (before.kind, after.kind) {
            (HeadingKind::Numbered(f, v), HeadingKind::Numbered(g, w))
                if f == g && w == v + 2 && f <= Family::CjkParen =>
            {
                let from = paragraphs.partition_point(|p| p.index <= before.index);
                let missing = paragraphs.get(from..).unwrap_or_default().iter().take_while(|p| p.index < after.index);
                missing.filter_map(|p| long_heading(p, f, v + 1)).next()
            }
            _ => None,
        };
        if let Some(heading) = found {
            headings.insert(n, heading);
        }
        n += 1;
    }
}

fn long_heading(paragraph: &Paragraph<'_>, family: Family, value: u32) -> Option<Heading> {
    let words: &str = &paragraph.words;
    let mark = numbering::mark(words).filter(|m| m.family == family && m.value == value)?;
    let stop = words.get(mark.bytes..)?.char_indices().take(LONG_CHARS).find(|(_, c)| matches!(c, '。' | '！' | '；'));
    let end = stop
        .map(|(at, _)| mark.bytes + at)
        .or_else(|| line_predicates::is_short(words, LONG_CHARS).then_some(words.len()))?;
    let span = paragraph.span(&(0..end));
    let kind = HeadingKind::Numbered(family, value);
    Some(Heading {
        index: paragraph.index,
        span,
        kind,
        depth: None,
        run_in: stop.is_some(),
        glued: false,
        reason: Reason::Series,
    })
}

/// Numbered lines one after another without text between them are a list if they end like one.
pub fn drop_lists(
    paragraphs: &[Paragraph<'_>],
    headings: Vec<Heading>,
    refused: &mut Vec<(usize, Reason)>,
) -> Vec<Heading> {
    let place: FxHashMap<usize, usize> = paragraphs.iter().enumerate().map(|(n, p)| (p.index, n)).collect();
    let is_item = |h: &Heading| match h.kind {
        HeadingKind::Numbered(Family::Arabic | Family::ArabicParen | Family::Circled, _) => {
            let next = place.get(&h.index).and_then(|n| paragraphs.get(n + 1));
            let words = next.map(|p| &*p.words);
            // Its neighbour below is the next number of the family: nothing stands under this one.
            !h.run_in
                && words
                    .and_then(numbering::mark)
                    .is_some_and(|m| matches!(h.kind, HeadingKind::Numbered(f, v) if f == m.family && m.value == v + 1))
        }
        _ => false,
    };
    let items: Vec<bool> = headings.iter().map(is_item).collect();
    let mut kept = Vec::with_capacity(headings.len());
    for (n, heading) in headings.iter().enumerate() {
        // The last of a list has no next number, but the one before it is an item.
        let last_item = n > 0
            && items[n - 1]
            && matches!((headings[n - 1].kind, heading.kind), (HeadingKind::Numbered(f, v), HeadingKind::Numbered(g, w)) if f == g && w == v + 1);
        if items[n] || last_item {
            refused.push((heading.index, Reason::ListItem));
        } else {
            kept.push(*heading);
        }
    }
    kept
}
