//! The grammar of queries. In: a line of text. Out: its meaning, or what is wrong and where. The table of the language
//! stands in [`super::query`]. Does not know about: documents.
//!
//! Signs of the grammar may be of full width, for nobody changes the input method to type a bar.

use std::ops::Range;

use super::error::{QueryError, QueryErrorKind as Kind};
use super::filter::{Filter, FilterValues};
use super::pattern::Pattern;
use super::query_ast::{Atom, NearClause, QueryAst, QueryGroup, QueryOptions, Term};
use super::query_fields::QueryField;
use crate::text::fold::fold;
use crate::text::pinyin;

/// More terms than anybody types.
const MOST_TERMS: usize = 64;
/// `~` without a number.
const USUAL_DISTANCE: u16 = 10;
/// The largest distance.
const LARGEST_DISTANCE: u16 = 9999;

/// Reads a query.
pub fn read(text: &str, options: QueryOptions) -> Result<QueryAst, QueryError> {
    if text.trim().is_empty() {
        return Err(QueryError::new(0..text.len(), Kind::Blank));
    }
    let whole = text.len() - text.trim_start().len()..text.trim_end().len();
    let mut reader = QueryReader { text, at: 0, options, atoms: 0 };
    if options.regex {
        let atom = reader.regex(whole.clone(), text.get(whole).unwrap_or_default().to_owned())?;
        let term = Term { group: QueryGroup(vec![atom]), near: Vec::new() };
        return Ok(QueryAst { terms: vec![term], ..QueryAst::default() });
    }
    let mut ast = QueryAst::default();
    while reader.skip_blanks() {
        reader.item(&mut ast)?;
    }
    if ast.terms.is_empty() {
        // What only leaves things out says nothing of what is wanted.
        if !ast.filters.iter().any(|filter| !filter.negated) {
            return Err(QueryError::new(whole, Kind::NothingToFind));
        }
        ast.terms.push(Term { group: QueryGroup(vec![Atom::Paragraph]), near: Vec::new() });
    }
    Ok(ast)
}

/// Reads conditions alone.
pub fn conditions(text: &str) -> Result<Vec<Filter>, QueryError> {
    let mut reader = QueryReader { text, at: 0, options: QueryOptions::default(), atoms: 0 };
    let mut ast = QueryAst::default();
    while reader.skip_blanks() {
        let start = reader.at;
        reader.item(&mut ast)?;
        if !ast.terms.is_empty() || !ast.without.is_empty() {
            let word = text.get(start..reader.at).unwrap_or_default().trim().to_owned();
            return Err(QueryError::new(start..reader.at, Kind::Misplaced(word)));
        }
    }
    if ast.filters.is_empty() {
        return Err(QueryError::new(0..text.len(), Kind::Blank));
    }
    Ok(ast.filters)
}

struct QueryReader<'t> {
    text: &'t str,
    at: usize,
    options: QueryOptions,
    atoms: usize,
}

impl<'t> QueryReader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Whether anything but blanks follows; stands there then.
    fn skip_blanks(&mut self) -> bool {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        self.at < self.text.len()
    }

    /// Takes one of these signs if it comes next.
    fn take(&mut self, signs: [char; 2]) -> bool {
        let taken = self.peek().filter(|c| signs.contains(c));
        self.at += taken.map_or(0, char::len_utf8);
        taken.is_some()
    }

    /// Up to the next blank.
    fn word(&self) -> &'t str {
        let rest = self.rest();
        &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())]
    }

    fn item(&mut self, ast: &mut QueryAst) -> Result<(), QueryError> {
        let start = self.at;
        if self.take(['|', '｜']) {
            return Err(QueryError::new(start..self.at, Kind::Misplaced("|".into())));
        }
        if let Some(distance) = self.distance()? {
            let sign = start..self.at;
            let Some(term) = ast.terms.last_mut() else {
                return Err(QueryError::new(sign, Kind::Misplaced("~".into())));
            };
            if !self.skip_blanks() {
                return Err(QueryError::new(sign, Kind::Missing("~".into())));
            }
            let next = self.at..self.at + self.word().len();
            let odd = self.distance()?.is_some() || self.take(['-', '－']) || self.take(['|', '｜']);
            if odd || self.field().is_some() {
                return Err(QueryError::new(next, Kind::Misplaced("~".into())));
            }
            term.near.push(NearClause { distance, group: self.group()? });
            return Ok(());
        }
        let negated = self.take(['-', '－']);
        if negated && self.peek().is_none_or(char::is_whitespace) {
            return Err(QueryError::new(start..self.at, Kind::Missing("-".into())));
        }
        if let Some((field, length)) = self.field() {
            let sign = start..self.at + length;
            self.at += length;
            ast.filters.push(Filter { negated, wanted: self.values(field, sign)? });
        } else if negated {
            ast.without.push(self.group()?);
        } else {
            ast.terms.push(Term { group: self.group()?, near: Vec::new() });
        }
        Ok(())
    }

    /// `~10` or `~`, with a blank or nothing behind it.
    fn distance(&mut self) -> Result<Option<u16>, QueryError> {
        let word = self.word();
        let folded = fold(word);
        let Some(digits) = folded.strip_prefix('~').filter(|digits| digits.bytes().all(|b| b.is_ascii_digit())) else {
            return Ok(None);
        };
        let span = self.at..self.at + word.len();
        self.at = span.end;
        let distance = if digits.is_empty() { Ok(USUAL_DISTANCE) } else { digits.parse() };
        match distance {
            Ok(distance) if distance <= LARGEST_DISTANCE => Ok(Some(distance)),
            _ => Err(QueryError::new(span, Kind::Distance)),
        }
    }

    /// The length of the prefix that comes next, colon included, and its folded form.
    fn prefix(&self) -> Option<(String, usize)> {
        let word = self.word();
        let colon = word.find([':', '：'])?;
        let length = colon + word.get(colon..)?.chars().next()?.len_utf8();
        Some((fold(word.get(..length)?), length))
    }

    fn field(&self) -> Option<(QueryField, usize)> {
        let (folded, length) = self.prefix()?;
        QueryField::at_start(&folded).map(|(field, _)| (field, length))
    }

    fn values(&mut self, field: QueryField, sign: Range<usize>) -> Result<FilterValues, QueryError> {
        let (mut values, mut spans) = (Vec::new(), Vec::new());
        loop {
            let start = self.at;
            let value = self.bare_or_quoted()?;
            if value.trim().is_empty() {
                let name = self.text.get(sign.clone()).unwrap_or_default().to_owned();
                return Err(QueryError::new(sign, Kind::Missing(name)));
            }
            values.push(fold(&value));
            spans.push(start..self.at);
            if !self.take(['|', '｜']) {
                break;
            }
        }
        FilterValues::read(field, &values)
            .map_err(|bad| QueryError::new(spans.get(bad).cloned().unwrap_or(sign), Kind::BadValue(field)))
    }

    fn group(&mut self) -> Result<QueryGroup, QueryError> {
        let mut atoms = vec![self.atom()?];
        loop {
            let end = self.at;
            self.skip_blanks();
            let bar = self.at;
            if !self.take(['|', '｜']) {
                self.at = end;
                return Ok(QueryGroup(atoms));
            }
            let sign = bar..self.at;
            if !self.skip_blanks() || matches!(self.peek(), Some('|' | '｜')) {
                return Err(QueryError::new(sign, Kind::Missing("|".into())));
            }
            atoms.push(self.atom()?);
        }
    }

    fn atom(&mut self) -> Result<Atom, QueryError> {
        let start = self.at;
        self.atoms += 1;
        if self.atoms > MOST_TERMS {
            return Err(QueryError::new(start..self.text.len(), Kind::TooMany));
        }
        if let Some((name, length)) = self.prefix() {
            let sign = start..start + length;
            match name.as_str() {
                "py:" | "拼音:" => {
                    self.at = sign.end;
                    let typed = self.bare_or_quoted()?;
                    return self.pinyin(start..self.at, sign, &typed);
                }
                "re:" | "正则:" => {
                    self.at = sign.end;
                    let (typed, span) = self.raw()?;
                    if typed.is_empty() {
                        let name = self.text.get(sign.clone()).unwrap_or_default().to_owned();
                        return Err(QueryError::new(sign, Kind::Missing(name)));
                    }
                    return self.regex(span, typed);
                }
                _ => {}
            }
        }
        let is_phrase = self.peek() == Some('"');
        let text = self.bare_or_quoted()?;
        if self.options.pinyin && !is_phrase && text.contains(|c: char| c.is_ascii_alphabetic()) {
            return self.pinyin(start..self.at, start..self.at, &text);
        }
        let empty = if self.options.exact { text.trim().is_empty() } else { fold(&text).is_empty() };
        if empty {
            return Err(QueryError::new(start..self.at, Kind::EmptyTerm));
        }
        Ok(Atom::Text(text))
    }

    fn pinyin(&self, span: Range<usize>, sign: Range<usize>, typed: &str) -> Result<Atom, QueryError> {
        if typed.trim().is_empty() {
            let name = self.text.get(sign.clone()).unwrap_or_default().to_owned();
            return Err(QueryError::new(sign, Kind::Missing(name)));
        }
        // Once more until nothing changes: what is dropped may bring a letter and its tone number together.
        let plain = |text: &str| pinyin::loosen(&pinyin::normalise(text)).replace(':', "");
        let mut normal = plain(typed);
        while plain(&normal).len() < normal.len() {
            normal = plain(&normal);
        }
        if normal.len() > super::pinyin_matcher::LONGEST {
            return Err(QueryError::new(span, Kind::TooMany));
        }
        if normal.is_empty() { Err(QueryError::new(span, Kind::Pinyin)) } else { Ok(Atom::Pinyin(normal)) }
    }

    fn regex(&self, span: Range<usize>, typed: String) -> Result<Atom, QueryError> {
        match Pattern::compile(&typed, self.options.exact) {
            Ok(_) => Ok(Atom::Regex(typed)),
            Err(fault) => {
                // The fault's own place is inside the pattern.
                let inside = fault.span.map_or(span.clone(), |own| {
                    let shift = |at: usize| (span.start + at).min(span.end);
                    shift(own.start)..shift(own.end)
                });
                Err(QueryError::new(inside, fault.kind))
            }
        }
    }

    /// A word up to a blank or a bar, or what stands in straight quotation marks.
    fn bare_or_quoted(&mut self) -> Result<String, QueryError> {
        if self.peek() == Some('"') {
            return self.quoted();
        }
        let word = self.word();
        let word = &word[..word.find(['|', '｜']).unwrap_or(word.len())];
        self.at += word.len();
        Ok(word.to_owned())
    }

    fn quoted(&mut self) -> Result<String, QueryError> {
        let start = self.at;
        let mut out = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.at = start + at + 1;
                    return Ok(out);
                }
                '\\' => match chars.next() {
                    Some((_, escaped @ ('"' | '\\'))) => out.push(escaped),
                    Some((_, other)) => out.extend(['\\', other]),
                    None => break,
                },
                other => out.push(other),
            }
        }
        Err(QueryError::new(start..self.text.len(), Kind::OpenQuote))
    }

    /// A regular expression: up to a blank, or between quotation marks, and every sign in it is its own.
    fn raw(&mut self) -> Result<(String, Range<usize>), QueryError> {
        let start = self.at;
        if self.peek() != Some('"') {
            let word = self.word();
            self.at += word.len();
            return Ok((word.to_owned(), start..self.at));
        }
        let inside = self.rest().get(1..).unwrap_or_default();
        let Some(end) = inside.find('"') else {
            return Err(QueryError::new(start..self.text.len(), Kind::OpenQuote));
        };
        self.at = start + end + 2;
        Ok((inside[..end].to_owned(), start + 1..start + 1 + end))
    }
}
