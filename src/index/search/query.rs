//! What the user typed, understood: what to look for, under which conditions, in which reports.
//!
//! In: a line of text. Out: a [`Query`] that says what to look for, never how. Does not know about: documents, matching.
//!
//! | typed | means |
//! |---|---|
//! | `乡村振兴` | the text; `"乡村 振兴"` the same for text with blanks or signs of this table |
//! | `a b` | hits are those of `a`, in paragraphs that hold `b` as well |
//! | `a\|b` | either; the longer of two that begin at one place |
//! | `-b` | not in paragraphs that hold `b` |
//! | `a ~10 b` | hits of `a` with `b` at most 10 characters before or behind (`~` alone: 10) |
//! | `city:` `province:` `body:` `year:` `session:` `part:` `section:` `title:` | only there; `-city:` everywhere else; 城市: 省: 机构: 年: 会议: 部分: 章节: 标题: are the same; `city:=长春市` is that very place |
//! | `py:xczx` | pinyin: syllables, initials, 汉字, mixed; the last syllable may be cut short |
//! | `re:\d+项` | a regular expression, up to the next blank |
//!
//! Conditions alone (`part:打算`) ask for the paragraphs where they hold: each is found once, by its first words, and the
//! number is that of paragraphs.
//!
//! The first term is the one whose hits are counted; the others are conditions. So a longer query never has more hits.

use std::fmt;

use super::error::QueryError;
use super::filter::{Filter, FilterValues};
use super::parse;
use super::query_ast::{Atom, QueryAst, QueryGroup, QueryOptions, Term};
use super::query_fields::quoted;

/// A query that was understood. It displays in a canonical form that reads as the same query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Query {
    text: String,
    options: QueryOptions,
    pub(super) ast: QueryAst,
}

impl Query {
    /// Reads a query; what is wrong with it, and where, if it cannot be understood.
    pub fn read(text: &str, options: QueryOptions) -> Result<Self, QueryError> {
        let ast = parse::read(text, options)?;
        Ok(Self { text: text.trim().to_owned(), options, ast })
    }

    /// Reads conditions alone, as a query writes them.
    ///
    /// # Errors
    /// What is wrong, and where; something to look for is wrong here.
    pub fn conditions(text: &str) -> Result<Vec<Filter>, QueryError> {
        parse::conditions(text)
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

    /// The texts it asks for, as typed: of hits and of what must stand with them; no pinyin, no regular expressions.
    pub fn texts(&self) -> Vec<String> {
        let atoms = self.ast.positives().flat_map(|(group, _)| &group.0);
        atoms.filter_map(|atom| if let Atom::Text(text) = atom { Some(text.clone()) } else { None }).collect()
    }

    /// Whether only conditions were given: then what is found, and counted, are the paragraphs where they hold.
    pub fn is_of_paragraphs(&self) -> bool {
        matches!(self.ast.terms.as_slice(), [Term { group: QueryGroup(atoms), .. }] if atoms == &[Atom::Paragraph])
    }

    /// The conditions on reports.
    pub fn filters(&self) -> &[Filter] {
        &self.ast.filters
    }

    /// The same query under one more condition.
    #[must_use]
    pub fn with_filter(mut self, filter: Filter) -> Self {
        self.ast.filters.push(filter);
        self
    }

    /// The same query in the paragraphs alone in which `other` has a hit, under the conditions of both.
    #[must_use]
    pub fn matching(mut self, other: &Self) -> Self {
        self.ast.terms.extend(other.ast.terms.iter().cloned());
        self.ast.without.extend(other.ast.without.iter().cloned());
        self.ast.filters.extend(other.ast.filters.iter().cloned());
        self
    }

    /// The same query in every report.
    #[must_use]
    pub fn without_filters(mut self) -> Self {
        self.ast.filters.clear();
        self
    }

    /// The same query with its years meant as those of sessions; `None` if it asks for no year.
    pub fn asking_sessions(&self) -> Option<Self> {
        let mut asked = self.clone();
        let mut any = false;
        for filter in &mut asked.ast.filters {
            if let FilterValues::Year(years) = &filter.wanted
                && !filter.negated
            {
                filter.wanted = FilterValues::Session(years.clone());
                any = true;
            }
        }
        any.then_some(asked)
    }

    /// Whether every report with a hit of this query surely has one of `shorter`: then only those need be looked at.
    pub fn narrows(&self, shorter: &Self) -> bool {
        let (long, short) = (&self.ast, &shorter.ast);
        let same = |a: QueryOptions, b: QueryOptions| (a.exact, a.repeats) == (b.exact, b.repeats);
        same(self.options, shorter.options)
            && short.filters.iter().all(|filter| long.filters.contains(filter))
            && short.without.iter().all(|group| long.without.iter().any(|other| other.covers(group)))
            && short.terms.iter().all(|term| long.positives().any(|(group, near)| term.holds_where(group, near)))
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ast.fmt(f)
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
            assert_eq!(query.ast.terms[0].group.0, [Atom::Text(text.into())]);
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
