//! What a query means, once read: terms, what must be near them, what may not be there, in which reports.
//!
//! In: nothing. Out: types that say what to look for, and when one of them holds wherever another does. Does not know about:
//! how queries are read, how they are run.

use std::fmt;

use super::filter::Filter;
use super::query_fields::quoted;

/// How a query is read and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct QueryOptions {
    /// Compare the text as it stands instead of its folded form.
    pub exact: bool,
    /// The whole query is one regular expression.
    pub regex: bool,
    /// Terms with Latin letters are pinyin.
    pub pinyin: bool,
    /// What does not count is found as well: paragraphs printed a second time, captions, bylines, page heads.
    pub repeats: bool,
}

/// What a query asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct QueryAst {
    /// The first is the one whose hits are counted.
    pub terms: Vec<Term>,
    /// None of these in the paragraph.
    pub without: Vec<QueryGroup>,
    /// Conditions on reports.
    pub filters: Vec<Filter>,
}

/// A term and what must stand near it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Term {
    pub group: QueryGroup,
    pub near: Vec<NearClause>,
}

/// Something at most so many characters away.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct NearClause {
    pub distance: u16,
    pub group: QueryGroup,
}

/// Any of these.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct QueryGroup(pub Vec<Atom>);

/// The smallest thing that can be looked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Atom {
    /// Text as typed.
    Text(String),
    /// Pinyin in its normal form, 汉字 among it.
    Pinyin(String),
    /// A regular expression as typed.
    Regex(String),
    /// Whatever a paragraph begins with: conditions alone ask for the paragraphs where they hold.
    Paragraph,
}

impl QueryAst {
    /// Everything that must be in the paragraph, with what must be near it.
    pub fn positives(&self) -> impl Iterator<Item = (&QueryGroup, &[NearClause])> {
        self.terms.iter().flat_map(|term| {
            std::iter::once((&term.group, term.near.as_slice())).chain(term.near.iter().map(|n| (&n.group, &[][..])))
        })
    }
}

impl Term {
    /// Whether this term is found in every paragraph where `group` with `near` is.
    pub fn holds_where(&self, group: &QueryGroup, near: &[NearClause]) -> bool {
        if self.near.is_empty() { self.group.holds_where(group) } else { self.group == *group && self.near == near }
    }
}

impl QueryGroup {
    /// Whether one of these stands in everything that `other` finds.
    fn holds_where(&self, other: &Self) -> bool {
        other.0.iter().all(|longer| self.0.iter().any(|shorter| shorter.is_within(longer)))
    }

    /// Whether the absence of these is the absence of `other` too.
    pub fn covers(&self, other: &Self) -> bool {
        other.0.iter().all(|atom| self.0.iter().any(|mine| mine.is_within(atom)))
    }
}

impl Atom {
    /// Whether this is found inside whatever `longer` finds.
    fn is_within(&self, longer: &Self) -> bool {
        match (self, longer) {
            // Blanks fold by their neighbours: a text cut at a blank may fold to another one.
            (Self::Text(a), Self::Text(b)) => b.contains(a.as_str()) && !b.contains(char::is_whitespace),
            (Self::Pinyin(a), Self::Pinyin(b)) => b.starts_with(a.as_str()),
            (Self::Paragraph, _) => true,
            (a, b) => a == b,
        }
    }
}

impl fmt::Display for QueryAst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = Vec::new();
        for term in &self.terms {
            words.push(term.group.to_string());
            words.extend(term.near.iter().map(|near| format!("~{} {}", near.distance, near.group)));
        }
        words.extend(self.without.iter().map(|group| format!("-{group}")));
        words.extend(self.filters.iter().map(ToString::to_string));
        words.retain(|word| !word.is_empty());
        f.write_str(&words.join(" "))
    }
}

impl fmt::Display for QueryGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let atoms: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&atoms.join("|"))
    }
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::Pinyin(text) => write!(f, "py:{}", quoted(text)),
            // Nothing is typed for it.
            Self::Paragraph => Ok(()),
            // A quotation mark is written by its number, for it could open or close a quotation.
            Self::Regex(text) => {
                let text = text.replace('"', "\\x22");
                if text.contains(char::is_whitespace) { write!(f, "re:\"{text}\"") } else { write!(f, "re:{text}") }
            }
        }
    }
}
