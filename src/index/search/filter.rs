//! Filters of a query: which reports, and which parts of them. In: values as typed. Out: whether a report passes.
//! Does not know about: text search.

use std::fmt;
use std::ops::RangeInclusive;

use super::error::{QueryError, QueryErrorKind};
use super::part::Part;
use super::query_fields::{QueryField, quoted};
use crate::corpus::{Body, PlaceEntry, Report, places};
use crate::text::fold::fold;
use crate::text::pinyin;

/// One condition on reports: any of the values will do.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Reports that do not match pass instead.
    pub negated: bool,
    /// What they are asked for.
    pub wanted: FilterValues,
}

/// The values of a filter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FilterValues {
    /// A place whose name holds one of these, or whose pinyin or initials begin so; behind `=` the one of this very name.
    City(Vec<String>),
    /// A province, likewise.
    Province(Vec<String>),
    /// One of these bodies.
    Body(Vec<Body>),
    /// A year in one of these ranges.
    Year(Vec<RangeInclusive<u16>>),
    /// A session in a year in one of these ranges.
    Session(Vec<RangeInclusive<u16>>),
    /// One of these parts of the report.
    Part(Vec<Part>),
    /// A section with one of these in its heading, or what stands under it.
    Section(Vec<String>),
    /// A title with one of these in it.
    Title(Vec<String>),
}

impl FilterValues {
    /// Reads the values of `field`; the index of the first that it does not know otherwise.
    pub(super) fn read(field: QueryField, values: &[String]) -> Result<Self, usize> {
        fn each<T>(values: &[String], read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, usize> {
            values.iter().enumerate().map(|(i, value)| read(&fold(value)).ok_or(i)).collect()
        }
        let name = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        Ok(match field {
            QueryField::City => Self::City(each(values, name)?),
            QueryField::Province => Self::Province(each(values, name)?),
            QueryField::Body => Self::Body(each(values, body)?),
            QueryField::Year => Self::Year(each(values, years)?),
            QueryField::Session => Self::Session(each(values, years)?),
            QueryField::Part => Self::Part(each(values, Part::from_word)?),
            QueryField::Section => Self::Section(each(values, name)?),
            QueryField::Title => Self::Title(each(values, name)?),
        })
    }

    /// Which field is asked.
    pub const fn field(&self) -> QueryField {
        match self {
            Self::City(_) => QueryField::City,
            Self::Province(_) => QueryField::Province,
            Self::Body(_) => QueryField::Body,
            Self::Year(_) => QueryField::Year,
            Self::Session(_) => QueryField::Session,
            Self::Part(_) => QueryField::Part,
            Self::Section(_) => QueryField::Section,
            Self::Title(_) => QueryField::Title,
        }
    }

    fn values(&self) -> Vec<String> {
        match self {
            Self::City(names) | Self::Province(names) | Self::Section(names) | Self::Title(names) => names.clone(),
            Self::Body(bodies) => bodies.iter().map(|body| body.name().to_owned()).collect(),
            Self::Year(ranges) | Self::Session(ranges) => ranges.iter().map(show_years).collect(),
            Self::Part(parts) => parts.iter().map(|part| part.name().to_owned()).collect(),
        }
    }
}

impl Filter {
    /// A filter from values as typed, several parted by `|` or a comma.
    pub fn read(field: QueryField, values: &str) -> Result<Self, QueryError> {
        let bad = |i: usize| QueryError::new(i..i, QueryErrorKind::BadValue(field));
        let split: Vec<String> = fold(values).split(['|', ',']).map(|value| value.trim().to_owned()).collect();
        Ok(Self { negated: false, wanted: FilterValues::read(field, &split).map_err(bad)? })
    }

    /// Whether it is about places in a report, not about reports.
    pub const fn is_about_positions(&self) -> bool {
        matches!(self.wanted, FilterValues::Part(_) | FilterValues::Section(_))
    }

    /// Whether a report passes; its parts and sections are not asked here.
    pub fn admits(&self, place: &PlaceEntry, report: &Report) -> bool {
        let matches = match &self.wanted {
            FilterValues::City(names) => names.iter().any(|name| is_called(place, name)),
            FilterValues::Province(names) => names.iter().any(|name| {
                // A province's reports stand under its own name as place.
                let readings = places::readings(&place.province, &place.province);
                is_named(&place.province, &readings, name)
            }),
            FilterValues::Body(bodies) => bodies.contains(&report.body),
            FilterValues::Year(ranges) => {
                report.years.iter().any(|year| ranges.iter().any(|range| range.contains(year)))
            }
            FilterValues::Session(ranges) => {
                report.session_year.is_some_and(|year| ranges.iter().any(|range| range.contains(&year)))
            }
            FilterValues::Title(words) => words.iter().any(|word| holds(&report.title, word)),
            FilterValues::Part(_) | FilterValues::Section(_) => return true,
        };
        matches != self.negated
    }
}

/// Whether a title holds `words` (folded).
fn holds(title: &str, words: &str) -> bool {
    fold(title).contains(words)
}

/// Whether a place is meant by `wanted` (folded): by its name, one it had before, or, for a county as for a district, its
/// prefecture's.
fn is_called(place: &PlaceEntry, wanted: &str) -> bool {
    if let Some(name) = wanted.strip_prefix('=') {
        return fold(&place.name) == name;
    }
    is_named(&place.name, &place.pinyin, wanted)
        || place
            .names
            .iter()
            .chain(Some(&place.prefecture).filter(|name| !place.name.starts_with(name.as_str())))
            .any(|name| is_named(name, &places::readings(name, &place.province), wanted))
}

/// Whether a place's name holds `wanted` (folded), or its pinyin says it from the beginning of a syllable on, or its
/// initials begin so.
fn is_named<S: AsRef<str>>(name: &str, syllables: &[S], wanted: &str) -> bool {
    if fold(name).contains(wanted) {
        return true;
    }
    let typed = pinyin::loosen(&pinyin::normalise(wanted));
    if typed.is_empty() || !typed.bytes().all(|b| b.is_ascii_lowercase()) {
        return false;
    }
    let tail = |from: usize| pinyin::loosen(&syllables[from..].iter().map(AsRef::as_ref).collect::<String>());
    pinyin::initials(syllables).starts_with(&typed) || (0..syllables.len()).any(|from| tail(from).starts_with(&typed))
}

/// The body meant by a word (folded).
fn body(word: &str) -> Option<Body> {
    Some(match word {
        "人大" | "人大常委会" | "常委会" | "congress" | "npc" | "renda" | "rd" => Body::Congress,
        "政协" | "cppcc" | "consultative" | "zhengxie" | "zx" => Body::Consultative,
        "政府" | "government" | "gov" | "zhengfu" | "zf" => Body::Government,
        "法院" | "court" | "fayuan" | "fy" => Body::Court,
        "检察院" | "procuratorate" | "prosecutor" | "jianchayuan" | "jcy" => Body::Procuratorate,
        "其他" | "other" | "qita" | "qt" => Body::Other,
        _ => return None,
    })
}

/// 2022, 2022年, 2018-2022 (folded).
fn years(word: &str) -> Option<RangeInclusive<u16>> {
    let year = |text: &str| text.trim_end_matches('年').parse::<u16>().ok().filter(|y| (1900..=2199).contains(y));
    match word.split_once(['-', '~', '—', '至']) {
        Some((first, last)) => {
            let (first, last) = (year(first)?, year(last)?);
            (first <= last).then_some(first..=last)
        }
        None => year(word).map(|y| y..=y),
    }
}

fn show_years(range: &RangeInclusive<u16>) -> String {
    if range.start() == range.end() { range.start().to_string() } else { format!("{}-{}", range.start(), range.end()) }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values: Vec<String> = self.wanted.values().iter().map(|value| quoted(value)).collect();
        let minus = if self.negated { "-" } else { "" };
        write!(f, "{minus}{}:{}", self.wanted.field().name(), values.join("|"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_by_characters_and_pinyin() {
        let syllables = ["chang", "chun", "shi", "chao", "yang", "qu"];
        for yes in ["长春", "朝阳", "changchun", "changc", "chaoyang", "cc", "ccs", "chun"] {
            assert!(is_named("长春市朝阳区", &syllables, yes), "{yes}");
        }
        for no in ["吉林", "angchun", "cy", "长chun", "shang"] {
            assert!(!is_named("长春市朝阳区", &syllables, no), "{no}");
        }
        assert!(is_named("绿水县", &["lv", "shui", "xian"], "lushui"));
    }

    #[test]
    fn values_are_read_or_refused() {
        assert_eq!(years("2022年"), Some(2022..=2022));
        assert_eq!(years("2018-2022"), Some(2018..=2022));
        for bad in ["22", "2022-2018", "abc", "", "2022-"] {
            assert_eq!(years(bad), None, "{bad}");
        }
        for one in Body::ALL {
            assert_eq!(body(one.name()), Some(one));
        }
        assert_eq!(FilterValues::read(QueryField::Part, &["打算".into(), "中间".into()]), Err(1));
        assert_eq!(
            FilterValues::read(QueryField::Body, &["政協".into()]),
            Ok(FilterValues::Body(vec![Body::Consultative]))
        );
    }
}
