//! What figures are about, what they are compared with, and which words are left out.
//!
//! In: choices of the user. Out: a [`Comparison`], which a request carries and an answer repeats. Does not know about: figures.

use serde::{Deserialize, Serialize};

use crate::analysis::keywords::Params;
pub use crate::analysis::keywords::reference_name;
use crate::analysis::{Question, ScopeFlags, WordFlags};
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::scope::{Reference, Scope};
use crate::index::search::Query;
use crate::index::terms::{KeywordOrder, TermOptions};
use crate::text::Lang;

/// How much text is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CountedText {
    /// The section being read.
    Section,
    /// The open report.
    #[default]
    Report,
    /// Every report of the place.
    Place,
    /// Everything.
    Corpus,
    /// The paragraphs in which a hit of the search stands; without a search, the open report.
    Hits,
}

impl CountedText {
    /// The reach after this one.
    pub const fn next(self, searching: bool) -> Self {
        match self {
            Self::Section => Self::Report,
            Self::Report => Self::Place,
            Self::Place => Self::Corpus,
            Self::Corpus if searching => Self::Hits,
            Self::Corpus | Self::Hits => Self::Section,
        }
    }
}

/// A reference that can be named in a later run too: not a place or reports, which another corpus need not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeptReference {
    /// The rest of the corpus.
    #[default]
    Rest,
    /// The same body.
    SameBody,
    /// The same province.
    SameProvince,
    /// The same year.
    SameYear,
}

impl KeptReference {
    /// What is kept of a reference.
    pub const fn of(reference: &Reference) -> Self {
        match reference {
            Reference::SameBody => Self::SameBody,
            Reference::SameProvince => Self::SameProvince,
            Reference::SameYear => Self::SameYear,
            Reference::Rest | Reference::Place(_) | Reference::Reports(_) | Reference::Scope(_) => Self::Rest,
        }
    }

    /// The reference again.
    pub const fn reference(self) -> Reference {
        match self {
            Self::Rest => Reference::Rest,
            Self::SameBody => Reference::SameBody,
            Self::SameProvince => Reference::SameProvince,
            Self::SameYear => Reference::SameYear,
        }
    }
}

/// The text whose terms are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A section (index into the report's outline).
    Section(ReportId, u32),
    /// A report.
    Report(ReportId),
    /// The reports of a place.
    Place(PlaceId),
    /// The whole corpus.
    Corpus,
    /// The paragraphs that hold hits of a search: its number.
    Hits(u64),
}

impl Target {
    /// How much text it is, in a word or two.
    pub const fn kind(self, lang: Lang) -> &'static str {
        match self {
            Self::Section(..) => lang.pick("本节", "section"),
            Self::Report(_) => lang.pick("本篇", "report"),
            Self::Place(_) => lang.pick("本地", "place"),
            Self::Corpus => lang.pick("全部", "corpus"),
            Self::Hits(_) => lang.pick("命中段", "hits"),
        }
    }
}

/// Which stop words are left out, layer by layer, and how often a term must occur to be a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Layers {
    /// Function words (的, 和, 在).
    pub function: bool,
    /// The filler of official prose (加强, 推进).
    pub filler: bool,
    /// What a text calls itself (its own place and organs).
    pub names: bool,
    /// Fewest occurrences of a finding.
    pub least: u64,
}

/// The fewest occurrences of a finding that a key steps through.
const LEAST: [u64; 4] = [1, 3, 5, 10];

impl Layers {
    /// The same as flags of a question, whose own least count holds where none was chosen.
    pub fn word_flags(self) -> WordFlags {
        let own = Self::default().least;
        WordFlags {
            keep_function_words: !self.function,
            keep_filler: !self.filler,
            keep_own_names: !self.names,
            min_count: (self.least != own).then_some(self.least),
            ..WordFlags::default()
        }
    }

    /// The number after this one.
    pub fn next_least(self) -> u64 {
        LEAST.into_iter().find(|least| *least > self.least).unwrap_or(LEAST[0])
    }
}

impl Default for Layers {
    fn default() -> Self {
        Self { function: true, filler: true, names: true, least: TermOptions::default().min_count }
    }
}

/// What figures are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What is counted.
    pub target: Target,
    /// What it is compared with.
    pub reference: Reference,
    /// Which stop words are left out.
    pub layers: Layers,
    /// What is searched, where the target is its hits.
    pub query: Option<Query>,
}

impl Comparison {
    /// What is counted; `None` where it is the hits of a search that is not there.
    pub fn scope(&self) -> Option<Scope> {
        Some(match self.target {
            Target::Section(report, section) => Scope::section(report, section as usize),
            Target::Report(report) => Scope::report(report),
            Target::Place(place) => Scope::place(place),
            Target::Corpus => Scope::corpus(),
            Target::Hits(_) => {
                let query = self.query.clone()?;
                Scope::of_query(&query).matching(query)
            }
        })
    }

    /// The text that places and years are compared over: where hits are counted, their paragraphs; else everything.
    pub fn field(&self) -> Option<Scope> {
        if matches!(self.target, Target::Hits(_)) { self.scope() } else { Some(Scope::corpus()) }
    }

    /// The question that the keyword panel asks; `None` where there is no text.
    pub fn question(&self, order: KeywordOrder, alone: bool) -> Option<Question> {
        let scope = ScopeFlags::chosen(self.scope()?);
        Some(Params::chosen(scope, self.layers.word_flags(), self.reference.clone(), order, alone).into())
    }

    /// The name of what is counted, as a table's column is headed.
    pub fn scope_name(&self, corpus: &Corpus, lang: Lang) -> String {
        let named = |place: &str| if place.is_empty() { lang.pick("未知", "unknown") } else { place }.to_owned();
        match self.target {
            Target::Report(id) => corpus.report(id).map_or_else(String::new, |(_, report)| {
                let year = report.years.last().map(|year| format!(" {year}")).unwrap_or_default();
                format!("{}{year}", named(&report.place))
            }),
            Target::Section(id, section) => corpus
                .report(id)
                .and_then(|(document, report)| Some(report.sections.get(section as usize)?.title(document.text())))
                .unwrap_or_default()
                .into_owned(),
            Target::Place(id) => corpus.places().get(id.0 as usize).map(|p| named(&p.name)).unwrap_or_default(),
            Target::Corpus => self.target.kind(lang).to_owned(),
            Target::Hits(_) => {
                let words = self.query.as_ref().map_or("", Query::text);
                format!("{} {words}", self.target.kind(lang))
            }
        }
    }
}

/// The reference after this one; a place is chosen otherwise.
pub const fn next_reference(reference: &Reference) -> Reference {
    match reference {
        Reference::Rest => Reference::SameBody,
        Reference::SameBody => Reference::SameProvince,
        Reference::SameProvince => Reference::SameYear,
        _ => Reference::Rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reach_and_reference_comes_round() {
        for (searching, want) in [(true, 5), (false, 4)] {
            let mut reach = CountedText::Section;
            let round = (1..).find(|_| {
                reach = reach.next(searching);
                reach == CountedText::Section
            });
            assert_eq!(round, Some(want));
        }
        let mut reference = Reference::Place(PlaceId(3));
        for _ in 0..5 {
            reference = next_reference(&reference);
        }
        assert_eq!(reference, Reference::Rest);
    }
}
