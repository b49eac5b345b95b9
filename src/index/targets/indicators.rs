//! The list of indicators. In: TOML, built in and the user's own. Out: names, synonyms, units. Does not know about: texts.

use std::fmt;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::text::fold::fold;

/// The built-in list.
const BUILT_IN: &str = include_str!("../../../data/indicators.toml");

/// Which way an indicator should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Good {
    /// More is better.
    #[default]
    Up,
    /// Less is better.
    Down,
    /// The target is a ceiling: below or above it, neither good nor bad.
    Ceiling,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its canonical name.
    pub name: String,
    /// What texts call it.
    pub synonyms: Vec<String>,
    /// Units of its level, as texts write them.
    #[serde(default)]
    pub units: Vec<String>,
    /// Whether its level is a percentage.
    #[serde(default)]
    pub rate: bool,
    /// Whether a percentage is always its growth.
    #[serde(default)]
    pub growth: bool,
    /// Which way it should go.
    #[serde(default)]
    pub good: Good,
    /// The indicators it stands for.
    #[serde(default)]
    pub parts: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    indicator: Vec<Indicator>,
}

/// What is wrong with a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorsError(String);

impl fmt::Display for IndicatorsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Indicators, ready to be looked for.
#[derive(Debug, Clone)]
pub struct Indicators {
    all: Vec<Indicator>,
    /// Finds folded synonyms, of several that fit the longest.
    search: Option<AhoCorasick>,
    /// The indicator of each synonym.
    owners: Vec<usize>,
    by_name: FxHashMap<String, usize>,
}

impl Default for Indicators {
    /// The built-in list; a test holds that it can be read.
    fn default() -> Self {
        Self::read(BUILT_IN).unwrap_or_else(|_| Self::new(Vec::new()))
    }
}

impl Indicators {
    fn new(all: Vec<Indicator>) -> Self {
        let by_name = all.iter().enumerate().map(|(at, one)| (one.name.clone(), at)).collect();
        let synonyms =
            all.iter().enumerate().flat_map(|(at, one)| one.synonyms.iter().map(move |word| (fold(word), at)));
        let (words, owners): (Vec<String>, Vec<usize>) = synonyms.filter(|(word, _)| !word.is_empty()).unzip();
        // No memory for a list is no list.
        let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok();
        Self { all, search, owners, by_name }
    }

    /// Reads a list.
    ///
    /// # Errors
    /// If it is no TOML of this form, or an indicator stands for one that is not in it.
    pub fn read(text: &str) -> Result<Self, IndicatorsError> {
        let file: File = toml::from_str(text).map_err(|error| IndicatorsError(error.to_string()))?;
        let list = Self::new(file.indicator);
        list.checked()
    }

    /// This list with that of a user, whose entries take the place of those of the same name.
    ///
    /// # Errors
    /// As for [`Indicators::read`].
    pub fn extended(&self, text: &str) -> Result<Self, IndicatorsError> {
        let file: File = toml::from_str(text).map_err(|error| IndicatorsError(error.to_string()))?;
        let mut all = self.all.clone();
        for one in file.indicator {
            match all.iter_mut().find(|known| known.name == one.name) {
                Some(known) => *known = one,
                None => all.push(one),
            }
        }
        Self::new(all).checked()
    }

    fn checked(self) -> Result<Self, IndicatorsError> {
        let lost = self.all.iter().flat_map(|one| &one.parts).find(|part| !self.by_name.contains_key(*part));
        match lost {
            Some(part) => Err(IndicatorsError(format!("parts: {part}?"))),
            None => Ok(self),
        }
    }

    /// All of them, in the order of the list.
    pub fn all(&self) -> &[Indicator] {
        &self.all
    }

    /// The one of this canonical name.
    pub fn named(&self, name: &str) -> Option<&Indicator> {
        self.all.get(*self.by_name.get(name)?)
    }

    /// Where names of indicators stand in a folded text: byte range and number, ascending; of several that fit the longest.
    pub fn find(&self, folded: &str) -> Vec<(usize, usize, usize)> {
        let hits = self.search.iter().flat_map(|search| search.find_iter(folded));
        hits.filter_map(|hit| Some((hit.start(), hit.end(), *self.owners.get(hit.pattern().as_usize())?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_list_can_be_read() {
        let list = Indicators::read(BUILT_IN).unwrap();
        assert!(list.all().len() > 20);
        for one in list.all() {
            assert!(!one.synonyms.is_empty() && (one.rate || one.growth || !one.units.is_empty()), "{}", one.name);
        }
    }

    #[test]
    fn the_longest_name_counts() {
        let list = Indicators::default();
        let names = |text: &str| -> Vec<String> {
            list.find(&fold(text)).into_iter().map(|(_, _, at)| list.all()[at].name.clone()).collect()
        };
        assert_eq!(names("单位ＧＤＰ能耗、全省生产总值"), ["单位地区生产总值能耗", "地区生产总值"]);
    }

    #[test]
    fn a_user_extends_the_list() {
        let list = Indicators::default();
        let more =
            list.extended("[[indicator]]\nname = \"稻渔面积\"\nsynonyms = [\"稻渔面积\"]\nunits = [\"亩\"]\n").unwrap();
        assert_eq!(more.all().len(), list.all().len() + 1);
        assert!(more.named("稻渔面积").is_some());
        assert!(list.extended("[[indicator]]\nname = 3").is_err());
        assert!(list.extended("[[indicator]]\nname = \"甲\"\nsynonyms = [\"甲\"]\nparts = [\"乙\"]").is_err());
    }
}
