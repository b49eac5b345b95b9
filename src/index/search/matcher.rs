//! How a query is looked for in bytes. In: a [`Query`] and UTF-8 text. Out: the next occurrence.
//! Refuses to know: reports, lines, threads, and which characters are the same (that is [`fold_char`]'s to say).

use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem::Finder;
use memchr::{memchr, memchr2, memchr3};
use rustc_hash::FxHashMap;

use super::query::Query;
use crate::text::fold::fold_char;

/// A prepared query.
#[derive(Debug)]
pub struct Matcher<'q> {
    folded: &'q [char],
    route: Route,
    /// The most bytes an occurrence can have.
    longest: usize,
}

#[derive(Debug)]
enum Route {
    /// No character has variants: the bytes themselves.
    Exact { finder: Finder<'static>, bytes: usize },
    /// The longest run without variants, and where it stands in the query (in characters): found first, then its
    /// neighbours are compared one by one.
    Anchored { finder: Finder<'static>, run: Range<usize>, bytes: usize },
    /// Every character has variants: candidates by the first bytes of the first character's variants.
    FirstByte(Vec<u8>),
}

/// Every character that folds to another one, under that one.
fn variants(c: char) -> &'static [char] {
    static VARIANTS: OnceLock<FxHashMap<char, Vec<char>>> = OnceLock::new();
    /// Letters and signs end here; what follows is Han, private or not assigned.
    const LAST: char = '\u{1ffff}';
    let table = VARIANTS.get_or_init(|| {
        let mut table: FxHashMap<char, Vec<char>> = FxHashMap::default();
        for c in '\0'..=LAST {
            let folded = fold_char(c);
            if folded != c {
                table.entry(folded).or_default().push(c);
            }
        }
        table
    });
    table.get(&c).map_or(&[], Vec::as_slice)
}

impl<'q> Matcher<'q> {
    /// Prepares `query`.
    pub fn new(query: &'q Query) -> Self {
        let folded = query.folded();
        let forms = |c: char| variants(c).iter().copied().chain([c]);
        let longest = folded.iter().map(|&c| forms(c).map(char::len_utf8).max().unwrap_or(0)).sum();
        let run = longest_plain_run(folded);
        let text: String = folded.get(run.clone()).unwrap_or_default().iter().collect();
        let finder = || Finder::new(text.as_bytes()).into_owned();
        let route = if run.is_empty() {
            let mut buffer = [0; 4];
            let first = folded.first().into_iter().flat_map(|&c| forms(c));
            let mut bytes: Vec<u8> = first.map(|c| c.encode_utf8(&mut buffer).as_bytes()[0]).collect();
            bytes.sort_unstable();
            bytes.dedup();
            Route::FirstByte(bytes)
        } else if run.len() == folded.len() {
            Route::Exact { finder: finder(), bytes: text.len() }
        } else {
            Route::Anchored { finder: finder(), run, bytes: text.len() }
        };
        Self { folded, route, longest }
    }

    /// The most bytes an occurrence can have.
    pub const fn longest(&self) -> usize {
        self.longest
    }

    /// The first occurrence that begins at `from` or after it and ends at `until` or before it. `until` is moved to
    /// the text's end if it lies behind, and both need not lie on character boundaries.
    pub fn find(&self, text: &str, from: usize, until: usize) -> Option<Range<usize>> {
        let until = until.min(text.len());
        let mut at = from;
        loop {
            let window = text.as_bytes().get(at..until)?;
            match &self.route {
                Route::Exact { finder, bytes } => {
                    let start = at + finder.find(window)?;
                    return Some(start..start + bytes);
                }
                Route::Anchored { finder, run, bytes } => {
                    let anchor = at + finder.find(window)?;
                    let start = begin(text, anchor, &self.folded[..run.start]);
                    let end = end(text, anchor + bytes, &self.folded[run.end..]);
                    if let (Some(start), Some(end)) = (start, end)
                        && start >= from
                        && end <= until
                    {
                        return Some(start..end);
                    }
                    at = anchor + 1;
                }
                Route::FirstByte(bytes) => {
                    let start = at + first_of(bytes, window)?;
                    if let Some(end) = end(text, start, self.folded)
                        && end <= until
                    {
                        return Some(start..end);
                    }
                    at = start + 1;
                }
            }
        }
    }
}

fn first_of(bytes: &[u8], text: &[u8]) -> Option<usize> {
    match *bytes {
        [a] => memchr(a, text),
        [a, b] => memchr2(a, b, text),
        [a, b, c] => memchr3(a, b, c, text),
        _ => text.iter().position(|byte| bytes.contains(byte)),
    }
}

fn longest_plain_run(folded: &[char]) -> Range<usize> {
    let (mut best, mut best_bytes) = (0..0, 0);
    let mut start = 0;
    for run in folded.split(|&c| !variants(c).is_empty()) {
        let bytes: usize = run.iter().map(|c| c.len_utf8()).sum();
        if bytes > best_bytes {
            (best, best_bytes) = (start..start + run.len(), bytes);
        }
        start += run.len() + 1;
    }
    best
}

/// Where `folded` ends if it stands at `at`; `None` too if that is no character boundary.
fn end(text: &str, at: usize, folded: &[char]) -> Option<usize> {
    let mut chars = text.get(at..)?.chars();
    let mut end = at;
    for &wanted in folded {
        let c = chars.next().filter(|&c| fold_char(c) == wanted)?;
        end += c.len_utf8();
    }
    Some(end)
}

/// Where `folded` begins if it ends at `at`.
fn begin(text: &str, at: usize, folded: &[char]) -> Option<usize> {
    let mut chars = text.get(..at)?.chars().rev();
    let mut begin = at;
    for &wanted in folded.iter().rev() {
        let c = chars.next().filter(|&c| fold_char(c) == wanted)?;
        begin -= c.len_utf8();
    }
    Some(begin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_behind_the_table_is_folded() {
        assert!(('\u{20000}'..=char::MAX).all(|c| fold_char(c) == c));
    }

    #[test]
    fn the_longest_run_without_variants_is_the_anchor() {
        let cases = [("乡村振兴", 0..4), ("a乡b村振c", 3..5), ("2022", 0..0), ("(一)", 1..2), ("一、a", 0..2)];
        for (query, want) in cases {
            let folded: Vec<char> = query.chars().map(fold_char).collect();
            assert_eq!(longest_plain_run(&folded), want, "{query}");
        }
    }
}
