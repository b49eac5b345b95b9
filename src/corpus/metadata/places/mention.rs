//! Whole place names in running text, and which of several places of one name is meant.
//!
//! In: text, and names that stand near it. Out: [`Mention`]s in order of the text. Does not know about: short names (长春),
//! which mean a place only where a title says so ([`mod@crate::corpus::metadata::places::recognise`]).

use crate::corpus::metadata::places::boundary::stands;
use crate::corpus::metadata::places::gazetteer::{Gazetteer, NameMatch, Place, PlaceLevel, gazetteer};
use crate::text::Span;

/// A place named in a text.
#[derive(Debug, Clone, Copy)]
pub struct Mention {
    /// Bytes of the text that name it, those of the city and province written right before it included.
    pub span: Span,
    /// The place.
    pub place: &'static Place,
    /// Whether the text leaves open which of several places of this name is meant (`place` is then the first by code).
    pub ambiguous: bool,
}

/// Every whole name in `text`, first to last, none overlapping: 吉林省长春市朝阳区 is one mention, of 长春市朝阳区.
///
/// A name that several places share is settled by the city or province before it, else by those named earlier in `text`.
pub fn mentions(text: &str) -> Vec<Mention> {
    mentions_near(text, &[])
}

/// Like [`mentions`], with names known to stand near the text (a city, a province, a title), which settle shared names as well.
pub fn mentions_near(text: &str, context: &[&str]) -> Vec<Mention> {
    let gazetteer = gazetteer();
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut named = context.to_vec();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        // Every name is of three-byte characters, whose first byte is at least E4.
        if byte < 0xe4 || !bytes.get(at..).is_some_and(|rest| gazetteer.may_begin(rest)) {
            at += match byte {
                0xf0.. => 4,
                0xe0.. => 3,
                _ => 1,
            };
            continue;
        }
        match chain_at(text, at, &named) {
            Some(chain) => {
                found.push(Mention { span: Span::of(at..chain.end), place: chain.place, ambiguous: chain.ambiguous });
                at = chain.end;
                if chain.place.level() != PlaceLevel::County && !named.contains(&chain.place.name()) {
                    named.push(chain.place.name());
                }
            }
            None => at += 3,
        }
    }
    found
}

/// The places of those that `fits` admits whose short name (清苑) stands in `text`, once for each time.
pub fn short_names(text: &str, fits: impl Fn(&Place) -> bool) -> Vec<&'static Place> {
    let gazetteer = gazetteer();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let name = gazetteer.may_begin(rest.as_bytes()).then(|| gazetteer.longest_stem(rest)).flatten();
        let place =
            name.and_then(|name| gazetteer.meant(rest, name).find(|place| fits(place)).map(|place| (place, name.len)));
        at += match place {
            Some((place, len)) => {
                found.push(place);
                len
            }
            None => rest.chars().next().map_or(1, char::len_utf8),
        };
    }
    found
}

/// Whole names that stand one after the other, each inside the one before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chain {
    /// Where the last one ends.
    pub end: usize,
    /// The last one.
    pub place: &'static Place,
    /// Whether others of its name fit as well.
    pub ambiguous: bool,
}

/// The chain of names that begins at byte `at` of `text`; `context` are names known to be near.
pub(crate) fn chain_at(text: &str, at: usize, context: &[&str]) -> Option<Chain> {
    let mut chain = None;
    let mut start = at;
    while let Some(found) = text.get(start..).and_then(|rest| gazetteer().longest_name(rest)) {
        let Some(next) = link(gazetteer(), text, start, found, context) else { break };
        if chain.is_some_and(|chain: Chain| !lies_in(next.place, chain.place)) {
            break;
        }
        chain = Some(next);
        start = next.end;
    }
    chain
}

fn link(gazetteer: &'static Gazetteer, text: &str, start: usize, found: NameMatch, context: &[&str]) -> Option<Chain> {
    let (before, rest) = (text.get(..start)?, text.get(start..)?);
    let after = rest.get(found.len..)?;
    let (place, ambiguous, led) = settle(gazetteer.meant(rest, found), before, context)?;
    stands(place, before, after, led).then_some(Chain { end: start + found.len, place, ambiguous })
}

/// Which of `candidates` is meant after `before`: the place, whether others fit as well, whether a place above it stands right before.
pub(crate) fn settle(
    candidates: impl Iterator<Item = &'static Place>,
    before: &str,
    context: &[&str],
) -> Option<(&'static Place, bool, bool)> {
    let mut best: Option<(u32, &'static Place)> = None;
    let mut ambiguous = false;
    for place in candidates {
        let score = fitness(place, before, context);
        let rank = |score: u32, p: &Place| (score, !p.is_former(), std::cmp::Reverse(p.level()));
        match best {
            Some((held, other)) if rank(score, place) <= rank(held, other) => {
                ambiguous |= rank(score, place) == rank(held, other);
            }
            _ => {
                best = Some((score, place));
                ambiguous = false;
            }
        }
    }
    best.map(|(score, place)| (place, ambiguous, score >= LED))
}

/// From here on a score says that a place above stands right before the name.
const LED: u32 = 8;

fn fitness(place: &Place, before: &str, context: &[&str]) -> u32 {
    let mut score = 0;
    let mut weight = 4;
    let mut above = place.parent();
    while let Some(parent) = above {
        let ends = |name: &str| !name.is_empty() && before.ends_with(name);
        if ends(parent.name()) || ends(parent.stem()) {
            score = score.max(LED + weight);
        }
        let says = |name: &str| !name.is_empty() && context.iter().any(|near| near.contains(name));
        if says(parent.name()) {
            score = score.max(weight);
        } else if says(parent.stem()) {
            score = score.max(weight - 1);
        }
        weight = 2;
        above = parent.parent();
    }
    score
}

/// Whether `place` lies in `other`.
pub(crate) fn lies_in(place: &'static Place, other: &Place) -> bool {
    let mut above = place.parent();
    while let Some(parent) = above {
        if std::ptr::eq(parent, other) {
            return true;
        }
        above = parent.parent();
    }
    false
}
