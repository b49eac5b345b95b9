//! What stands in a cell. In: a value. Out: the same in exact digits, rounded for people, or as JSON. Does not know about:
//! which column it stands in, but for that column's [`Kind`].

use std::borrow::Cow;
use std::cmp::Ordering;

use serde::{Serialize, Serializer};

use super::Kind;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'t> {
    /// Nothing: the value is undefined, or not known. `null`, an empty CSV cell, — for people.
    None,
    /// A text.
    Text(Cow<'t, str>),
    /// A whole number.
    Count(u64),
    /// A real number, always finite.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// Several years, ascending.
    Years(&'t [u16]),
    /// Several texts, in order: the words of a run, the headings above a spot.
    Texts(Cow<'t, [String]>),
    /// Numbers by name, sorted by name.
    Tally(Vec<(&'t str, u64)>),
    /// Runs of a text, each with its sign: = kept, - taken out, + put in.
    Pairs(Vec<(&'static str, &'t str)>),
    /// Several objects, each of named cells; people see the cells alone.
    Objects(Vec<Vec<(&'static str, Cell<'t>)>>),
}

impl<'t> Cell<'t> {
    /// A text that the row holds.
    pub const fn text(text: &'t str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// A text, or nothing where there is none.
    pub fn some_text(text: Option<&'t str>) -> Self {
        text.map_or(Self::None, Self::text)
    }

    /// A number; nothing where it is undefined: not there, infinite, not a number.
    pub fn number(number: impl Into<Option<f64>>) -> Self {
        number.into().filter(|number| number.is_finite()).map_or(Self::None, Self::Number)
    }

    /// A whole number, or nothing.
    pub fn count(count: impl Into<Option<u64>>) -> Self {
        count.into().map_or(Self::None, Self::Count)
    }

    /// Its value as a number, for bars and shades; `None` where it is none.
    pub fn value(&self) -> Option<f64> {
        match *self {
            Self::Count(count) => Some(count as f64),
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// As a program reads it in a separated file: every digit, nothing for what is undefined.
    pub fn exact(&self) -> Cow<'_, str> {
        match self {
            Self::None => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Count(count) => Cow::Owned(count.to_string()),
            // As JSON writes it.
            Self::Number(number) => Cow::Owned(serde_json::to_string(number).unwrap_or_default()),
            Self::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
            Self::Years(years) => Cow::Owned(years.iter().map(u16::to_string).collect::<Vec<_>>().join(" ")),
            Self::Texts(texts) => Cow::Owned(texts.join(" ")),
            Self::Tally(tally) => {
                Cow::Owned(tally.iter().map(|(name, n)| format!("{name} {n}")).collect::<Vec<_>>().join("; "))
            }
            Self::Pairs(pairs) => Cow::Owned(pairs.iter().map(|(sign, text)| format!("{sign}{text}")).collect()),
            Self::Objects(objects) => {
                let cells = |object: &Vec<(&str, Cell<'_>)>| -> String {
                    object.iter().map(|(_, cell)| cell.exact()).collect::<Vec<_>>().join(" ")
                };
                Cow::Owned(objects.iter().map(cells).collect::<Vec<_>>().join("; "))
            }
        }
    }

    /// As a person reads it: rounded as `kind` says, — for what is undefined.
    pub fn shown(&self, kind: Kind) -> Cow<'_, str> {
        match self {
            Self::None => Cow::Borrowed(kind.undefined()),
            Self::Number(number) => Cow::Owned(kind.round(*number)),
            Self::Text(text) if kind == Kind::Warning => Cow::Owned(format!("! {text}")),
            Self::Texts(texts) if kind == Kind::Headings => Cow::Owned(texts.join(" > ")),
            _ => self.exact(),
        }
    }

    /// By what rows are sorted: numbers by size, texts by code point, what is undefined last.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::None, Self::None) => Ordering::Equal,
            (Self::None, _) => Ordering::Greater,
            (_, Self::None) => Ordering::Less,
            (Self::Count(a), Self::Count(b)) => a.cmp(b),
            (a, b) => match (a.value(), b.value()) {
                (Some(a), Some(b)) => a.total_cmp(&b),
                _ => a.exact().cmp(&b.exact()),
            },
        }
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Years(years) => years.serialize(serializer),
            Self::Texts(texts) => texts.serialize(serializer),
            Self::Tally(tally) => serializer.collect_map(tally.iter().copied()),
            Self::Pairs(pairs) => serializer.collect_seq(pairs),
            Self::Objects(objects) => serializer.collect_seq(objects.iter().map(|object| JsonObject(object))),
        }
    }
}

/// Named cells as a JSON object.
struct JsonObject<'o, 't>(&'o [(&'static str, Cell<'t>)]);

impl Serialize for JsonObject<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, cell)| (name, cell)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_exact_for_programs_and_rounded_for_people() {
        let words = ["公共".to_owned(), "服务".to_owned()];
        let cases: [(Cell<'_>, Kind, &str, &str, &str); 10] = [
            (Cell::None, Kind::Rate, "null", "", "—"),
            (Cell::None, Kind::Warning, "null", "", ""),
            (Cell::number(f64::NAN), Kind::Score(2), "null", "", "—"),
            (Cell::number(0.1 + 0.2), Kind::Rate, "0.30000000000000004", "0.30000000000000004", "0.30"),
            (Cell::number(0.125), Kind::Share, "0.125", "0.125", "12.5"),
            (Cell::text("辰溪县"), Kind::Warning, "\"辰溪县\"", "辰溪县", "! 辰溪县"),
            (Cell::Texts(Cow::Borrowed(&words)), Kind::Headings, "[\"公共\",\"服务\"]", "公共 服务", "公共 > 服务"),
            (
                Cell::Tally(vec![("民生", 2), ("生态", 1)]),
                Kind::Text,
                "{\"民生\":2,\"生态\":1}",
                "民生 2; 生态 1",
                "民生 2; 生态 1",
            ),
            (
                Cell::Objects(vec![vec![("place", Cell::text("甲")), ("n", Cell::Count(2))], vec![("n", Cell::None)]]),
                Kind::Text,
                "[{\"place\":\"甲\",\"n\":2},{\"n\":null}]",
                "甲 2; ",
                "甲 2; ",
            ),
            (Cell::Years(&[2021, 2022]), Kind::Years, "[2021,2022]", "2021 2022", "2021 2022"),
        ];
        for (cell, kind, json, exact, shown) in cases {
            assert_eq!(serde_json::to_string(&cell).unwrap(), json);
            assert_eq!((cell.exact(), cell.shown(kind)), (exact.into(), shown.into()));
        }
    }

    #[test]
    fn what_is_undefined_comes_last() {
        let mut cells = [Cell::None, Cell::Count(7), Cell::number(-1.0), Cell::None, Cell::Count(2)];
        cells.sort_by(Cell::order);
        assert_eq!(cells, [Cell::number(-1.0), Cell::Count(2), Cell::Count(7), Cell::None, Cell::None]);
    }
}
