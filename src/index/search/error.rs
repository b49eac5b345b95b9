//! What is wrong with a query, and where. In: what the reader of queries noticed. Out: a span of the typed text and a
//! sentence for people. Does not know about: how queries are read.

use std::ops::Range;

use super::query_fields::QueryField;
use crate::corpus::Body;
use crate::text::Lang;

/// Why a query cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The bytes of the typed query that are to blame; empty at its end where something is missing.
    pub span: Range<usize>,
    /// What is wrong there.
    pub kind: QueryErrorKind,
}

/// What can be wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryErrorKind {
    /// Nothing but blanks.
    Blank,
    /// Only exclusions: nothing to look for.
    NothingToFind,
    /// A quotation mark without its partner.
    OpenQuote,
    /// Something is missing after an operator, a prefix or a field.
    Missing(String),
    /// An operator where a term should stand.
    Misplaced(String),
    /// A term that folds to nothing.
    EmptyTerm,
    /// A value that the field does not know.
    BadValue(QueryField),
    /// The regular expression is wrong; what the `regex` crate says of it.
    Regex(String),
    /// The regular expression matches the empty text, so every place would be a hit.
    RegexEmpty,
    /// The regular expression is too large.
    RegexSize,
    /// A distance of more characters than a paragraph has.
    Distance,
    /// Pinyin without a letter or sign.
    Pinyin,
    /// More terms than a query may have.
    TooMany,
}

impl QueryError {
    /// At these bytes, this.
    pub(super) const fn new(span: Range<usize>, kind: QueryErrorKind) -> Self {
        Self { span, kind }
    }

    /// The characters of `query` (the text as typed) that are to blame, for a caret under the prompt.
    pub fn chars(&self, query: &str) -> Range<usize> {
        let count = |end: usize| query.char_indices().take_while(|(at, _)| *at < end).count();
        count(self.span.start)..count(self.span.end)
    }

    /// A sentence that says what is wrong, and what would be right.
    pub fn message(&self, lang: Lang) -> String {
        use QueryErrorKind as K;
        let pick = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
        match &self.kind {
            K::Blank => pick("检索词是空的", "the text to find is empty"),
            K::NothingToFind => {
                pick("只说了不要什么，没有说要找什么", "this says only what is not wanted: say what to find as well")
            }
            K::OpenQuote => pick("引号没有配对", "this quotation mark has no partner"),
            K::Missing(what) => match lang {
                Lang::Zh => format!("{what} 后面缺内容"),
                Lang::En => format!("something is missing after {what}"),
            },
            K::Misplaced(what) => match lang {
                Lang::Zh => format!("{what} 的位置不对；要找这个符号本身，请加引号"),
                Lang::En => format!("{what} cannot stand here; put it in quotes to find the sign itself"),
            },
            K::EmptyTerm => pick("这里没有可找的字", "there is nothing to find here"),
            K::BadValue(field) => match lang {
                Lang::Zh => format!("不认识这个值；可用：{}", valid(*field)),
                Lang::En => format!("unknown value; valid: {}", valid(*field)),
            },
            K::Regex(said) => match lang {
                Lang::Zh => format!("正则式有错：{said}"),
                Lang::En => format!("regular expression: {said}"),
            },
            K::RegexEmpty => pick(
                "正则式能与空文字相配，处处都会命中",
                "the regular expression matches empty text: every place would be a hit",
            ),
            K::RegexSize => pick("正则式太大", "the regular expression is too large"),
            K::Distance => pick("距离应为 0 至 9999 个字", "a distance is 0 to 9999 characters"),
            K::Pinyin => pick("拼音里没有字母", "there is no letter in this pinyin"),
            K::TooMany => pick("词太多了", "there are too many terms"),
        }
    }
}

/// The words a field knows.
fn valid(field: QueryField) -> String {
    match field {
        QueryField::Body => {
            let names: Vec<&str> = Body::ALL.iter().map(|body| body.name()).collect();
            format!("{}; congress, cppcc, government, court, procuratorate, other", names.join("、"))
        }
        QueryField::Year | QueryField::Session => "2022, 2018-2022".into(),
        QueryField::Part => "回顾、打算; review, plan".into(),
        QueryField::City | QueryField::Province => "长春, changchun, cc".into(),
        QueryField::Section | QueryField::Title => "农业".into(),
    }
}
