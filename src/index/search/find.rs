//! One thing looked for in a text. In: an atom or a group of a query. Out: where it stands, leftmost first, without
//! overlaps. Does not know about: reports, conditions.
//!
//! Every search asks whether to stop after at most [`CREDIT`] bytes of work, inside the longest paragraph too.

use std::cell::Cell;
use std::ops::Range;

use memchr::memchr;
use memchr::memmem::Finder;

use super::folded_text::FoldedText;
use super::pattern::Pattern;
use super::pinyin_matcher::PinyinMatcher;
use super::query_ast::{Atom, QueryGroup};

/// Bytes looked through between two questions whether to stop: under 2 ms also where pinyin is read, at 40 MB/s a core.
const CREDIT: usize = 64 * 1024;
/// What finding one hit costs beside the bytes it passes, in bytes.
const PER_HIT: usize = 32;
/// In a paragraph longer than [`CREDIT`] a hit of a regular expression has at most this many bytes.
const LONGEST_MATCH: usize = 64 * 1024;

/// Of every paragraph once: its first words, which then stand for it.
const BEGINNING: &str = "^(?:[^，。；：！？]{1,16}|.)";

/// Somebody wants the search to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// Counts work and asks now and then whether to go on.
pub struct Watch<'a> {
    cancelled: &'a (dyn Fn() -> bool + Sync),
    credit: Cell<usize>,
}

impl<'a> Watch<'a> {
    /// Asks `cancelled` at the first piece of work, then after every [`CREDIT`] bytes.
    pub fn new(cancelled: &'a (dyn Fn() -> bool + Sync)) -> Self {
        Self { cancelled, credit: Cell::new(0) }
    }

    /// Notes that `bytes` were looked through.
    fn spend(&self, bytes: usize) -> Result<(), Stopped> {
        match self.credit.get().checked_sub(bytes + PER_HIT) {
            Some(left) => self.credit.set(left),
            None if (self.cancelled)() => return Err(Stopped),
            None => self.credit.set(CREDIT),
        }
        Ok(())
    }
}

/// An atom of a query, ready to be found.
enum Needle {
    Text(Box<Finder<'static>>),
    Pinyin(PinyinMatcher),
    Regex(Pattern),
}

impl Needle {
    fn new(atom: &Atom, exact: bool) -> Option<Self> {
        match atom {
            Atom::Text(text) => {
                let text = FoldedText::of_text(text, exact);
                (!text.is_empty()).then(|| Self::Text(Box::new(Finder::new(text.as_bytes()).into_owned())))
            }
            Atom::Pinyin(text) => Some(Self::Pinyin(PinyinMatcher::new(text))),
            Atom::Paragraph => Pattern::compile(BEGINNING, exact).ok().map(Self::Regex),
            Atom::Regex(text) => Pattern::compile(text, exact).ok().map(Self::Regex),
        }
    }

    /// The first occurrence that begins at byte `from` or after it.
    fn find(&self, text: &str, mut from: usize, watch: &Watch<'_>) -> Result<Option<Range<usize>>, Stopped> {
        while from < text.len() {
            // Up to `until` hits may begin, up to `end` they may go.
            let (until, end) = self.window(text, from);
            let found = match self {
                Self::Text(finder) => {
                    let found = text.as_bytes().get(from..end).and_then(|bytes| finder.find(bytes));
                    found.map(|at| from + at..from + at + finder.needle().len())
                }
                Self::Pinyin(spelled) => spelled.find(text, from, until),
                Self::Regex(Pattern(regex)) => {
                    let window = text.get(..end).unwrap_or_default();
                    regex.find_at(window, from).map(|m| m.range()).filter(|m| m.start < until || until == text.len())
                }
            };
            match found {
                // \b and ^ hold everywhere and say nothing.
                Some(found) if found.is_empty() => {
                    watch.spend(found.end - from)?;
                    from = found.end + text.get(found.end..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8);
                }
                Some(found) => {
                    watch.spend(found.end - from)?;
                    return Ok(Some(found));
                }
                None => {
                    watch.spend(end - from)?;
                    from = until;
                }
            }
        }
        Ok(None)
    }

    fn window(&self, text: &str, from: usize) -> (usize, usize) {
        let soft = from + CREDIT;
        if soft >= text.len() {
            return (text.len(), text.len());
        }
        let boundary = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        match self {
            Self::Text(finder) => (soft, text.len().min(soft + finder.needle().len() - 1)),
            Self::Pinyin(_) => (boundary(soft), boundary(soft)),
            // A window of whole paragraphs, unless one is longer than any paragraph should be.
            Self::Regex(_) => {
                let (soft, hard) = (boundary(soft), boundary(soft + LONGEST_MATCH));
                match text.as_bytes().get(soft..hard).and_then(|rest| memchr(b'\n', rest)) {
                    Some(n) => (soft + n, soft + n),
                    None if hard == text.len() => (hard, hard),
                    None => (soft, hard),
                }
            }
        }
    }
}

/// A text that is looked for as bytes.
pub struct TextNeedle<'n>(&'n Finder<'static>);

impl TextNeedle<'_> {
    /// How often it stands in `bytes`, leftmost first, without overlaps.
    pub fn count(&self, bytes: &[u8], watch: &Watch<'_>) -> Result<u32, Stopped> {
        let (mut at, mut count) = (0, 0);
        while at < bytes.len() {
            // Stretches of some length, so that the longest report is left soon when nobody wants it any more.
            let end = bytes.len().min(at + CREDIT);
            watch.spend(end - at)?;
            // What begins in this stretch may end in the next.
            let reach = bytes.len().min(end + self.0.needle().len() - 1);
            let (mut from, stretch) = (at, bytes.get(..reach).unwrap_or_default());
            while let Some(found) = stretch.get(from..).and_then(|rest| self.0.find(rest)) {
                count += 1;
                from += found + self.0.needle().len();
            }
            at = end.max(from);
        }
        Ok(clamp(count))
    }
}

/// Several atoms of which any will do, ready to be found.
pub struct Needles(Vec<Needle>);

impl Needles {
    /// Prepares `group`.
    pub(super) fn new(group: &QueryGroup, exact: bool) -> Self {
        Self(group.0.iter().filter_map(|atom| Needle::new(atom, exact)).collect())
    }

    /// Hands over the occurrences in `text`, leftmost first, of several at one place the longest, without overlaps,
    /// until `take` returns false.
    pub fn each(
        &self,
        text: &str,
        watch: &Watch<'_>,
        take: &mut dyn FnMut(Range<usize>) -> bool,
    ) -> Result<(), Stopped> {
        watch.spend(0)?;
        if let [needle] = self.0.as_slice() {
            let mut at = 0;
            while let Some(found) = needle.find(text, at, watch)? {
                at = found.end;
                if !take(found) {
                    break;
                }
            }
            return Ok(());
        }
        let mut next = Vec::with_capacity(self.0.len());
        for needle in &self.0 {
            next.push(needle.find(text, 0, watch)?);
        }
        while let Some(first) =
            next.iter().flatten().min_by_key(|found| (found.start, std::cmp::Reverse(found.end))).cloned()
        {
            for (needle, found) in self.0.iter().zip(&mut next) {
                if found.as_ref().is_some_and(|found| found.start < first.end) {
                    *found = needle.find(text, first.end, watch)?;
                }
            }
            if !take(first) {
                break;
            }
        }
        Ok(())
    }

    /// Hands over every occurrence in `text`, overlapping ones too, atom by atom.
    pub fn each_overlapping(
        &self,
        text: &str,
        watch: &Watch<'_>,
        take: &mut dyn FnMut(Range<usize>),
    ) -> Result<(), Stopped> {
        for needle in &self.0 {
            let mut at = 0;
            while let Some(found) = needle.find(text, at, watch)? {
                at = found.start + text.get(found.start..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8);
                take(found);
            }
        }
        Ok(())
    }

    /// The one text that they are, if they are one.
    pub(super) fn text(&self) -> Option<TextNeedle<'_>> {
        match self.0.as_slice() {
            [Needle::Text(finder)] => Some(TextNeedle(finder)),
            _ => None,
        }
    }

    /// Whether any of them is in `text`.
    pub fn is_in(&self, text: &str, watch: &Watch<'_>) -> Result<bool, Stopped> {
        for needle in &self.0 {
            if needle.find(text, 0, watch)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How many occurrences [`Self::each`] hands over.
    pub fn count(&self, text: &str, watch: &Watch<'_>) -> Result<u32, Stopped> {
        // The usual case: one text in a report of usual length.
        if let ([Needle::Text(finder)], true) = (self.0.as_slice(), text.len() <= CREDIT) {
            watch.spend(text.len())?;
            return Ok(clamp(finder.find_iter(text.as_bytes()).count()));
        }
        let mut count = 0;
        self.each(text, watch, &mut |_| {
            count += 1;
            true
        })?;
        Ok(clamp(count))
    }
}

/// A count as it is kept.
fn clamp(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
