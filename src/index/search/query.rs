//! What the user typed, understood: what to look for, under which conditions, in which reports.
//!
//! In: a line of text. Out: a [`Query`] that says what to look for, never how. Refuses to know: documents, matching.
//!
//! | typed | means |
//! |---|---|
//! | `乡村振兴` | the text; `"乡村 振兴"` the same for text with blanks or signs of this table |
//! | `a b` | hits are those of `a`, in paragraphs that hold `b` as well |
//! | `a\|b` | either; the longer of two that begin at one place |
//! | `-b` | not in paragraphs that hold `b` |
//! | `a ~10 b` | hits of `a` with `b` at most 10 characters before or behind (`~` alone: 10) |
//! | `city:` `province:` `body:` `year:` `part:` | only there; `-city:` everywhere else; 城市: 省: 机构: 年: 部分: are the same |
//! | `py:xczx` | pinyin: syllables, initials, 汉字, mixed; the last syllable may be cut short |
//! | `re:\d+项` | a regular expression, up to the next blank |
//!
//! The first term is the one whose hits are counted; the others are conditions. So a longer query never has more hits.

use std::fmt;

use super::error::QueryError;
use super::filter::Filter;
use super::parse;

/// How a query is read and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct QueryOptions {
    /// Compare the text as it stands instead of its folded form.
    pub exact: bool,
    /// The whole query is one regular expression.
    pub regex: bool,
    /// Terms with Latin letters are pinyin.
    pub pinyin: bool,
    /// Paragraphs printed a second time count as well.
    pub repeats: bool,
}

/// A query that was understood. It displays in a canonical form that reads as the same query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Query {
    text: String,
    options: QueryOptions,
    pub(super) meaning: Meaning,
}

/// What a query asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Meaning {
    /// The first is the one whose hits are counted.
    pub terms: Vec<Term>,
    /// None of these in the paragraph.
    pub without: Vec<Group>,
    /// Conditions on reports.
    pub filters: Vec<Filter>,
}

/// A term and what must stand near it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Term {
    pub group: Group,
    pub near: Vec<Near>,
}

/// Something at most so many characters away.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Near {
    pub distance: u16,
    pub group: Group,
}

/// Any of these.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Group(pub Vec<Atom>);

/// The smallest thing that can be looked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Atom {
    /// Text as typed.
    Text(String),
    /// Pinyin in its normal form, 汉字 among it.
    Pinyin(String),
    /// A regular expression as typed.
    Regex(String),
}

impl Query {
    /// Reads a query; what is wrong with it, and where, if it cannot be understood.
    pub fn read(text: &str, options: QueryOptions) -> Result<Self, QueryError> {
        let meaning = parse::read(text, options)?;
        Ok(Self { text: text.trim().to_owned(), options, meaning })
    }

    /// Reads a query in the usual way; `None` if it cannot be understood.
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(text, QueryOptions::default()).ok()
    }

    /// This very text, whatever signs it holds; `None` if it is blank.
    pub fn literal(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::parse(&quoted(text)).map(|query| Self { text: text.to_owned(), ..query })
    }

    /// The text as typed, without the blanks around it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How it is read and compared.
    pub const fn options(&self) -> QueryOptions {
        self.options
    }

    /// The conditions on reports.
    pub fn filters(&self) -> &[Filter] {
        &self.meaning.filters
    }

    /// The same query under one more condition.
    #[must_use]
    pub fn with_filter(mut self, filter: Filter) -> Self {
        self.meaning.filters.push(filter);
        self
    }

    /// The same query in every report.
    #[must_use]
    pub fn without_filters(mut self) -> Self {
        self.meaning.filters.clear();
        self
    }

    /// Whether every report with a hit of this query surely has one of `shorter`: then only those need be looked at.
    pub fn narrows(&self, shorter: &Self) -> bool {
        let (long, short) = (&self.meaning, &shorter.meaning);
        let same = |a: QueryOptions, b: QueryOptions| (a.exact, a.repeats) == (b.exact, b.repeats);
        same(self.options, shorter.options)
            && short.filters.iter().all(|filter| long.filters.contains(filter))
            && short.without.iter().all(|group| long.without.iter().any(|other| other.covers(group)))
            && short.terms.iter().all(|term| long.positives().any(|(group, near)| term.holds_where(group, near)))
    }
}

impl Meaning {
    /// Everything that must be in the paragraph, with what must be near it.
    fn positives(&self) -> impl Iterator<Item = (&Group, &[Near])> {
        self.terms.iter().flat_map(|term| {
            std::iter::once((&term.group, term.near.as_slice())).chain(term.near.iter().map(|n| (&n.group, &[][..])))
        })
    }
}

impl Term {
    /// Whether this term is found in every paragraph where `group` with `near` is.
    fn holds_where(&self, group: &Group, near: &[Near]) -> bool {
        if self.near.is_empty() { self.group.holds_where(group) } else { self.group == *group && self.near == near }
    }
}

impl Group {
    /// Whether one of these stands in everything that `other` finds.
    fn holds_where(&self, other: &Self) -> bool {
        other.0.iter().all(|longer| self.0.iter().any(|shorter| shorter.is_within(longer)))
    }

    /// Whether the absence of these is the absence of `other` too.
    fn covers(&self, other: &Self) -> bool {
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
            (a, b) => a == b,
        }
    }
}

/// Text as it must be typed to be taken for text.
pub(super) fn quoted(text: &str) -> String {
    let special = |c: char| c.is_whitespace() || matches!(c, '"' | '|' | '｜' | ':' | '：' | '\\');
    let plain = !text.is_empty() && !text.contains(special) && !text.starts_with(['-', '－', '~', '～']);
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = Vec::new();
        for term in &self.meaning.terms {
            words.push(term.group.to_string());
            words.extend(term.near.iter().map(|near| format!("~{} {}", near.distance, near.group)));
        }
        words.extend(self.meaning.without.iter().map(|group| format!("-{group}")));
        words.extend(self.meaning.filters.iter().map(ToString::to_string));
        f.write_str(&words.join(" "))
    }
}

impl fmt::Display for Group {
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
            // A quotation mark is written by its number, for it could open or close a quotation.
            Self::Regex(text) => {
                let text = text.replace('"', "\\x22");
                if text.contains(char::is_whitespace) { write!(f, "re:\"{text}\"") } else { write!(f, "re:{text}") }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literal_text_needs_no_quotes() {
        for text in ["乡村", "-乡村", "a b", "说\"好\"", "city:长春", "a|b", "~10", "\\"] {
            let query = Query::literal(text).unwrap();
            assert_eq!(query.text(), text);
            assert_eq!(query.meaning.terms[0].group.0, [Atom::Text(text.into())]);
        }
        assert_eq!(Query::literal(" \u{3000}"), None);
    }

    #[test]
    fn longer_queries_narrow() {
        let query = |text: &str| Query::parse(text).unwrap();
        let yes = [
            ("乡村振兴", "乡村"),
            ("乡村振兴 产业", "乡村"),
            ("产业 乡村振兴", "乡村"),
            ("乡村|乡镇", "乡"),
            ("乡村 -产", "乡村 -产业"),
            ("乡村 city:长春", "乡村"),
            ("乡村 ~10 产业", "乡村 产"),
            ("py:xcz", "py:xc"),
            ("乡村", "乡村"),
        ];
        for (long, short) in yes {
            assert!(query(long).narrows(&query(short)), "{long} {short}");
        }
        let no = [
            ("乡村", "乡村振兴"),
            ("乡村|产业", "乡村"),
            ("乡村 -产业", "乡村 -产"),
            ("乡村", "乡村 city:长春"),
            ("\"a 村\"", "a"),
            ("re:乡村", "乡村"),
            ("乡村 ~20 产业", "乡村 ~10 产业"),
        ];
        for (long, short) in no {
            assert!(!query(long).narrows(&query(short)), "{long} {short}");
        }
    }
}
