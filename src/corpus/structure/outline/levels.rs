//! The levels of headings.
//!
//! In: the headings of one report, in order. Out: a level each, 1 for the highest. Does not know about: lines and documents.
//!
//! Levels follow from the families of marks a report uses, in their usual order. Headings without a number are parts if
//! the numbering begins anew behind them; inside a run of numbers they stand below it. What an annex (名词解释, 附件) counts
//! anew stands below the annex and says nothing of the report before it.

use crate::corpus::structure::numbering::Family;
use crate::corpus::structure::outline::heading::{Heading, HeadingKind};
use crate::corpus::structure::part_name::names_part;

pub fn levels(text: &str, headings: &[Heading]) -> Vec<u8> {
    let begins_annex = |n: usize| n > 0 && headings[n].kind == HeadingKind::Annex && !is_inside(headings, n);
    let mut levels = Vec::with_capacity(headings.len());
    let mut from = 0;
    for n in (1..=headings.len()).filter(|&n| n == headings.len() || begins_annex(n)) {
        match headings.get(from..n).unwrap_or_default() {
            [_annex, own @ ..] if from > 0 => {
                levels.push(1);
                levels.extend(levels_of(text, own).into_iter().map(|level| level + 1));
            }
            own => levels.extend(levels_of(text, own)),
        }
        from = n;
    }
    levels
}

/// The levels of headings that count as one.
fn levels_of(text: &str, headings: &[Heading]) -> Vec<u8> {
    let depths = || headings.iter().filter_map(|h| h.depth);
    let top = depths().min();
    // Which families are used; spoken counts and dashes always stand below the rest.
    let mut families: Vec<Family> = headings
        .iter()
        .filter_map(|h| match h.kind {
            HeadingKind::Numbered(f, _) if h.depth.is_none() && !matches!(f, Family::Spoken | Family::Dash) => Some(f),
            _ => None,
        })
        .filter(|f| marked_level(headings, *f).is_none())
        .collect();
    families.sort_unstable();
    families.dedup();
    let plain_is_part: Vec<bool> = (0..headings.len())
        .map(|n| is_plain(&headings[n]) && !is_inside(headings, n) && !is_under_part(text, headings, n))
        .collect();
    // One line without a number above the numbers may be anything: it is their part if some part is named as one, or if it is
    // not alone.
    let above_numbers =
        (0..headings.len()).filter(|&n| is_plain(&headings[n]) && plain_is_part[n] && begins_anew(headings, n));
    let named = || {
        (0..headings.len())
            .any(|n| is_plain(&headings[n]) && plain_is_part[n] && names_part(headings[n].span.slice(text)))
    };
    let parts_above = match above_numbers.count() {
        0 => false,
        1 => named(),
        _ => true,
    };
    let base = match top {
        Some(top) => depths().max().unwrap_or(top) - top + 1,
        None => u8::from(parts_above),
    };
    let of_family = |family: Family| match marked_level(headings, family).zip(top) {
        Some((depth, top)) => depth - top + 1,
        None => base + 1 + u8::try_from(families.iter().position(|f| *f == family).unwrap_or(0)).unwrap_or(0),
    };
    let mut above = 0u8;
    headings
        .iter()
        .enumerate()
        .map(|(n, heading)| {
            let level = match heading.kind {
                _ if heading.depth.is_some() => heading.depth.unwrap_or(1) - top.unwrap_or(1) + 1,
                HeadingKind::Numbered(Family::Spoken | Family::Dash, _) | HeadingKind::Topic => above + 1,
                HeadingKind::Numbered(family, _) => of_family(family),
                HeadingKind::Plain | HeadingKind::Annex if plain_is_part[n] => 1 + if top.is_some() { base } else { 0 },
                HeadingKind::Plain | HeadingKind::Annex if is_under_part(text, headings, n) => 2,
                HeadingKind::Plain | HeadingKind::Annex => above_number(headings, n).map_or(1, |f| of_family(f) + 1),
            };
            if !matches!(heading.kind, HeadingKind::Topic | HeadingKind::Numbered(Family::Spoken | Family::Dash, _)) {
                above = level;
            }
            level.max(1)
        })
        .collect()
}

/// A heading that neither number nor markup orders.
fn is_plain(heading: &Heading) -> bool {
    matches!(heading.kind, HeadingKind::Plain | HeadingKind::Annex) && heading.depth.is_none()
}

/// The level that the file's markup gives to most headings of a family.
fn marked_level(headings: &[Heading], family: Family) -> Option<u8> {
    headings.iter().find_map(|h| h.depth.filter(|_| matches!(h.kind, HeadingKind::Numbered(f, _) if f == family)))
}

/// The marks that order a report: its numbered headings, run-in ones as well, spoken counts not.
fn order_mark(heading: &Heading) -> Option<(Family, u32)> {
    match heading.kind {
        HeadingKind::Numbered(f, v) if !matches!(f, Family::Spoken | Family::Dash) => Some((f, v)),
        _ => None,
    }
}

fn above_number(headings: &[Heading], n: usize) -> Option<Family> {
    headings[..n].iter().rev().find_map(order_mark).map(|(f, _)| f)
}

/// Whether a heading without number stands inside a run of numbers: the count goes on behind it.
fn is_inside(headings: &[Heading], n: usize) -> bool {
    let Some((family, value)) = headings[..n].iter().rev().find_map(order_mark) else { return false };
    headings[n + 1..]
        .iter()
        .filter_map(order_mark)
        .find(|(f, _)| *f <= family)
        .is_some_and(|(f, v)| (f == family && v == value + 1) || (f < family && v > 1))
}

/// Whether a heading without number stands, among others like it and without any numbers, under a heading that is named as a
/// part is: then these are the next level.
fn is_under_part(text: &str, headings: &[Heading], n: usize) -> bool {
    let own = |h: &&Heading| !h.run_in;
    let is_plain_topic = |h: &Heading| is_plain(h) && !names_part(h.span.slice(text));
    if !is_plain_topic(&headings[n]) {
        return false;
    }
    let before: Vec<&Heading> = headings[..n].iter().filter(own).rev().take_while(|h| is_plain_topic(h)).collect();
    let after = headings[n + 1..].iter().filter(own).take_while(|h| is_plain_topic(h)).count();
    let above = headings[..n].iter().filter(own).rev().nth(before.len());
    let is_named = |h: &Heading| is_plain(h) && !h.run_in && names_part(h.span.slice(text));
    // Where but one is so named, the others are its like if numbers begin anew under one of them.
    let alone = headings.iter().filter(|h| is_named(h)).count() == 1;
    let counted = || (0..headings.len()).any(|m| is_plain_topic(&headings[m]) && begins_anew(headings, m));
    before.len() + after >= 1 && above.is_some_and(is_named) && !(alone && counted())
}

/// Whether the count begins anew behind a heading without number, before another such heading.
fn begins_anew(headings: &[Heading], n: usize) -> bool {
    headings[n + 1..]
        .iter()
        .take_while(|h| !matches!(h.kind, HeadingKind::Plain | HeadingKind::Annex))
        .find_map(order_mark)
        .is_some_and(|(_, value)| value == 1)
}
