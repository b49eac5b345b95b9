//! How queries are written: the names of their fields, and quoting. In: names, texts. Out: fields, texts that read as
//! themselves. Does not know about: what a query means.

/// A field of a report that a query can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QueryField {
    /// The place's name.
    City,
    /// Its province's name.
    Province,
    /// Whose report.
    Body,
    /// A year it reports on.
    Year,
    /// The year of the session it was given to.
    Session,
    /// The part that looks back or ahead.
    Part,
    /// Words of a heading.
    Section,
    /// Words of its title.
    Title,
}

impl QueryField {
    /// Every field.
    pub const ALL: [Self; 8] =
        [Self::City, Self::Province, Self::Body, Self::Year, Self::Session, Self::Part, Self::Section, Self::Title];

    /// Its name in a query.
    pub const fn name(self) -> &'static str {
        self.names()[0]
    }

    /// Every name it answers to, the canonical first.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::City => &["city", "place", "城市", "城", "地方", "市"],
            Self::Province => &["province", "prov", "省份", "省"],
            Self::Body => &["body", "机构"],
            Self::Year => &["year", "年份", "年"],
            Self::Session => &["session", "会议年份", "会议"],
            Self::Part => &["part", "部分"],
            Self::Section => &["section", "章节", "节"],
            Self::Title => &["title", "标题", "题"],
        }
    }

    /// The field named at the head of `text` (folded) with its colon, and how many bytes that takes.
    pub(super) fn at_start(text: &str) -> Option<(Self, usize)> {
        let (name, _) = text.split_once(':')?;
        let field = Self::ALL.into_iter().find(|field| field.names().contains(&name))?;
        Some((field, name.len() + 1))
    }
}

/// Text as it must be typed to be taken for text.
pub(super) fn quoted(text: &str) -> String {
    let special = |c: char| c.is_whitespace() || matches!(c, '"' | '|' | '｜' | ':' | '：' | '\\');
    let plain = !text.is_empty() && !text.contains(special) && !text.starts_with(['-', '－', '~', '～']);
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}
