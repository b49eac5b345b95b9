//! What may be meant by a query that finds nothing. In: a corpus, the query. Out: the query that finds something, and how
//! much. Does not know about: how it is said on a screen or in a terminal.

use super::Search;
use super::query::Query;
use super::query_ast::QueryOptions;
use super::query_fields::QueryField;
use super::store::SearchIndex;
use crate::corpus::Corpus;
use crate::text::Lang;

/// What may be meant by a query that finds nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeantQuery {
    /// A condition by a name that no field has.
    UnknownField(String),
    /// Its letters are pinyin: so many hits.
    Pinyin(u64),
    /// Its conditions let no hit pass: so many hits without them.
    Elsewhere(u64),
}

impl MeantQuery {
    /// What it says to a user; `pinyin` is how search by pinyin is asked for.
    pub fn message(&self, pinyin: &str, lang: Lang) -> String {
        match (self, lang) {
            (Self::UnknownField(name), Lang::Zh) => format!("没有「{name}:」这个条件；有 {}", fields()),
            (Self::UnknownField(name), Lang::En) => format!("there is no condition {name}: — there are {}", fields()),
            (Self::Pinyin(hits), Lang::Zh) => format!("当作拼音找有 {hits} 处：{pinyin}"),
            (Self::Pinyin(hits), Lang::En) => format!("as pinyin {hits} hits: {pinyin}"),
            (Self::Elsewhere(hits), Lang::Zh) => format!("条件之内没有，去掉条件有 {hits} 处"),
            (Self::Elsewhere(hits), Lang::En) => format!("none under these conditions, {hits} without them"),
        }
    }
}

fn fields() -> String {
    QueryField::ALL.map(|field| format!("{}:", field.name())).join(" ")
}

/// What may be meant by a query that finds nothing; `None` if nothing comes to mind, or once `cancelled` says so.
pub fn meant(
    corpus: &Corpus,
    index: &SearchIndex,
    query: &Query,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<MeantQuery> {
    let options = query.options();
    if options.regex {
        return None;
    }
    let unknown = query.texts().into_iter().find_map(|text| {
        let (name, value) = text.split_once([':', '：'])?;
        let plain = !name.is_empty() && name.chars().all(char::is_alphabetic) && !value.starts_with("//");
        plain.then(|| name.to_owned())
    });
    if let Some(name) = unknown {
        return Some(MeantQuery::UnknownField(name));
    }
    let hits = |query: &Query| {
        let mut sum = 0u64;
        let ended = Search::new(corpus, index, query)
            .count(cancelled, &mut |chunk| sum += chunk.iter().map(|count| u64::from(count.hits)).sum::<u64>());
        Some(sum).filter(|sum| ended && *sum > 0)
    };
    let letters = |text: &String| text.chars().any(|c| c.is_ascii_alphabetic());
    if !options.pinyin && query.texts().iter().any(letters) {
        let spelled = Query::read(query.text(), QueryOptions { pinyin: true, exact: false, ..options }).ok();
        if let Some(found) = spelled.as_ref().and_then(hits) {
            return Some(MeantQuery::Pinyin(found));
        }
    }
    if query.filters().is_empty() {
        return None;
    }
    hits(&query.clone().without_filters()).map(MeantQuery::Elsewhere)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::load;

    fn meant_by(text: &str) -> Option<MeantQuery> {
        meant(&load::sample(), &SearchIndex::new(), &Query::parse(text).unwrap(), &|| false)
    }

    #[test]
    fn what_finds_nothing_is_understood_otherwise() {
        assert!(matches!(meant_by("fazhan"), Some(MeantQuery::Pinyin(hits)) if hits > 0));
        assert_eq!(meant_by("ctiy:乌有 发展"), Some(MeantQuery::UnknownField("ctiy".into())));
        assert!(matches!(meant_by("发展 year:1901"), Some(MeantQuery::Elsewhere(hits)) if hits > 0));
        assert_eq!(meant_by("没有这样的话"), None);
        assert_eq!(meant_by("qqqq"), None);
        for lang in [Lang::Zh, Lang::En] {
            let said = MeantQuery::UnknownField("ctiy".into()).message("p", lang);
            assert!(said.contains("city: province: body:"), "{said}");
        }
    }
}
