//! How a query is looked for in bytes. In: a [`Query`] and UTF-8 text. Out: the next occurrence.
//! Refuses to know: reports, lines, threads.

use std::ops::Range;

use memchr::memmem::Finder;
use memchr::{memchr2, memchr3};

use super::query::{Query, has_variants};

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
    /// Every character has variants: candidates by their first byte.
    FirstByte { low: u8, up: u8 },
}

/// First byte of every full-width form of printable ASCII but the blank, which no query begins with.
const WIDE_LEAD: u8 = 0xef;

impl<'q> Matcher<'q> {
    /// Prepares `query`.
    pub fn new(query: &'q Query) -> Self {
        let folded = query.folded();
        let longest = folded.iter().map(|&c| if has_variants(c) { 3 } else { c.len_utf8() }).sum();
        let run = longest_plain_run(folded);
        let text: String = folded.get(run.clone()).unwrap_or_default().iter().collect();
        let finder = || Finder::new(text.as_bytes()).into_owned();
        let route = if run.is_empty() {
            let low = folded.first().map_or(0, |&c| c as u8);
            Route::FirstByte { low, up: low.to_ascii_uppercase() }
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

    /// The first occurrence that begins at `from` or after it and ends at `until` or before it.
    ///
    /// `text` is UTF-8; `from` and `until` need not lie on character boundaries.
    pub fn find(&self, text: &[u8], from: usize, until: usize) -> Option<Range<usize>> {
        let until = until.min(text.len());
        let mut at = from;
        loop {
            let window = text.get(at..until)?;
            match &self.route {
                Route::Exact { finder, bytes } => {
                    let start = at + finder.find(window)?;
                    return Some(start..start + bytes);
                }
                Route::Anchored { finder, run, bytes } => {
                    let anchor = at + finder.find(window)?;
                    let start = step_back_all(text, anchor, &self.folded[..run.start]);
                    let end = step_all(text, anchor + bytes, &self.folded[run.end..]);
                    if let (Some(start), Some(end)) = (start, end)
                        && start >= from
                        && end <= until
                    {
                        return Some(start..end);
                    }
                    at = anchor + 1;
                }
                Route::FirstByte { low, up } => {
                    let found = if low == up {
                        memchr2(*low, WIDE_LEAD, window)
                    } else {
                        memchr3(*low, *up, WIDE_LEAD, window)
                    };
                    let start = at + found?;
                    if let Some(end) = step_all(text, start, self.folded)
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

fn longest_plain_run(folded: &[char]) -> Range<usize> {
    let (mut best, mut best_bytes) = (0..0, 0);
    let mut start = 0;
    for run in folded.split(|&c| has_variants(c)) {
        let bytes: usize = run.iter().map(|c| c.len_utf8()).sum();
        if bytes > best_bytes {
            (best, best_bytes) = (start..start + run.len(), bytes);
        }
        start += run.len() + 1;
    }
    best
}

/// Where `folded` ends if it stands at `at`.
fn step_all(text: &[u8], at: usize, folded: &[char]) -> Option<usize> {
    folded.iter().try_fold(at, |at, &c| Some(at + form_at(text.get(at..)?, c)?))
}

/// Where `folded` begins if it ends at `at`.
fn step_back_all(text: &[u8], at: usize, folded: &[char]) -> Option<usize> {
    folded.iter().rev().try_fold(at, |at, &c| {
        let before = text.get(..at)?;
        if !has_variants(c) {
            let start = at.checked_sub(c.len_utf8())?;
            return form_at(&before[start..], c).map(|_| start);
        }
        // A narrow form is one byte, a wide one three; their first bytes cannot be mistaken for each other.
        [1, 3].into_iter().find_map(|width| {
            let start = at.checked_sub(width)?;
            (form_at(&before[start..], c)? == width).then_some(start)
        })
    })
}

/// How many bytes the form of `c` has that `text` begins with.
fn form_at(text: &[u8], c: char) -> Option<usize> {
    if !has_variants(c) {
        let mut buffer = [0; 4];
        let form = c.encode_utf8(&mut buffer).as_bytes();
        return text.starts_with(form).then_some(form.len());
    }
    let narrow = match *text {
        [0xef, 0xbc, low @ 0x81..=0xbf, ..] => return (ascii(low - 0x80 + 0x20) == c).then_some(3),
        [0xef, 0xbd, low @ 0x80..=0x9e, ..] => return (ascii(low - 0x80 + 0x60) == c).then_some(3),
        [0xe3, 0x80, 0x80, ..] => return (c == ' ').then_some(3),
        [narrow, ..] => narrow,
        [] => return None,
    };
    (ascii(narrow) == c).then_some(1)
}

const fn ascii(byte: u8) -> char {
    byte.to_ascii_lowercase() as char
}

#[cfg(test)]
mod tests {
    use super::super::query::fold;
    use super::*;

    #[test]
    fn every_wide_form_is_recognised() {
        for c in '\u{ff01}'..='\u{ff5e}' {
            assert_eq!(form_at(c.to_string().as_bytes(), fold(c)), Some(3), "{c}");
            assert_eq!(step_back_all(format!("长{c}").as_bytes(), 6, &[fold(c)]), Some(3), "{c}");
        }
        assert_eq!(form_at("　".as_bytes(), ' '), Some(3));
        assert_eq!(form_at("。".as_bytes(), '.'), None);
    }

    #[test]
    fn the_longest_run_without_variants_is_the_anchor() {
        let cases = [("乡村振兴", 0..4), ("a乡b村振c", 3..5), ("2022", 0..0), ("(一)", 1..2), ("一、a", 0..2)];
        for (query, want) in cases {
            let folded: Vec<char> = query.chars().map(fold).collect();
            assert_eq!(longest_plain_run(&folded), want, "{query}");
        }
    }
}
