//! A table of terms. In: rows. Out: rows in another order. Does not know about: how the figures came about.

use serde::{Deserialize, Serialize};

use crate::corpus::PlaceId;
use crate::index::search::Query;
use crate::index::stats::Interval;

/// A term of a scope, or one that the scope lacks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Keyword {
    /// The term.
    pub term: String,
    /// Its occurrences in the scope; 0 for a term that only the reference has.
    pub count: u64,
    /// Occurrences per 10,000 汉字 of the scope.
    pub rate: f64,
    /// Its occurrences in the reference; 0 if none was asked for.
    pub rest_count: u64,
    /// Occurrences per 10,000 汉字 of the reference.
    pub rest_rate: f64,
    /// G² against the reference, negative where the scope uses the term less
    /// ([`crate::index::stats::log_likelihood`]); 0 where the reference is empty, or none was asked for.
    pub g2: f64,
    /// Binary logarithm of the ratio of rates, scope to reference ([`crate::index::stats::log_ratio`]); 0 as for `g2`.
    pub log_ratio: f64,
    /// Bayes factor ([`crate::index::stats::bayes_factor`]): above 2 evidence of a difference, below 0 against; 0 as for `g2`.
    pub bayes: f64,
    /// Probability of so large a difference by chance ([`crate::index::stats::difference_by_chance`]): exact where little is
    /// expected; 1 where the reference is empty.
    pub p: f64,
    /// False-discovery rate over all terms tested ([`crate::index::stats::false_discovery_rates`]); 1 as for `g2`.
    pub fdr: f64,
    /// Reports of the whole corpus that use it; of the scope alone if no reference was asked for.
    pub reports: u32,
    /// Places of the whole corpus that use it; of the scope alone if no reference was asked for.
    pub places: u32,
    /// Reports of the scope that use it.
    pub scope_reports: u32,
    /// Places of the scope that use it.
    pub scope_places: u32,
    /// Normalised deviation of proportions ([`crate::index::stats::dp_norm`]): 0 even, 1 all in one part. The parts are the reports
    /// of the scope, or, in a report or section, what stands under each heading.
    pub dp: f64,
    /// Juilland's D over the same parts ([`crate::index::stats::JuillandSum`]): 1 even, 0 all in one part; `None` with one part only.
    pub juilland: Option<f64>,
    /// Term frequency in the scope times inverse document frequency in the corpus ([`crate::index::stats::tf_idf`]).
    pub tf_idf: f64,
    /// The place that alone makes this a keyword: without its text the difference is no longer significant
    /// ([`crate::index::stats::CRITICAL_G2`]). It is looked for on the side that uses the term more (the scope of a positive,
    /// the reference of a negative keyword), where that side has at least two places.
    pub driver: Option<PlaceId>,
    /// The 95 % interval of the rate ([`crate::index::stats::rate_interval`]).
    pub rate_interval: Option<Interval>,
    /// The 95 % interval of the log ratio ([`crate::index::stats::log_ratio_interval`]); `None` as 0 for `g2`.
    pub log_ratio_interval: Option<Interval>,
    /// Reports of the reference that use it.
    pub rest_reports: u32,
    /// Keyness of document frequencies: G² of how many reports of the scope use it against how many of the reference, signed
    /// likewise. It does not take the words of one report for independent of one another. 0 as for `g2`.
    pub text_g2: f64,
    /// The probability of so large a difference of document frequencies by chance
    /// ([`crate::index::stats::exact_hypergeometric`]); 1 as for `p`.
    pub text_p: f64,
    /// Whether it is a finding: significant among all that were tested, and frequent enough on the side that uses it more.
    pub finding: bool,
    /// Whether the scope was chosen by it: a word of the query whose hits are counted.
    pub given: bool,
}

impl Keyword {
    /// Whether the difference is significant ([`crate::index::stats::SIGNIFICANT`]) among all that were tested.
    pub fn is_significant(&self) -> bool {
        self.fdr < crate::index::stats::SIGNIFICANT
    }
}

/// The terms of a scope.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KeywordTable {
    /// 汉字 of the scope: the denominator of the rates.
    pub scope_han: u64,
    /// 汉字 of the reference; 0 where the scope was not compared.
    pub rest_han: u64,
    /// Reports that the scope has a share in.
    pub scope_reports: usize,
    /// Reports that the reference has a share in.
    pub rest_reports: usize,
    /// Reports of the whole corpus: N of TF-IDF. 0 where the scope was not compared.
    pub corpus_reports: usize,
    /// Parts with text that dispersion is about.
    pub parts: u64,
    /// How many terms were tested: the family of the false-discovery rate.
    pub tested: usize,
    /// The terms, most frequent first, then by term.
    pub rows: Vec<Keyword>,
}

/// How a table can be sorted. Equal rows stand by count, then by term.
///
/// The one enum of this order: session files, keys and `--by` name it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeywordOrder {
    /// Most typical of the scope first: highest G².
    #[default]
    Keyness,
    /// What the scope says less than the reference first: lowest G².
    #[serde(rename = "less")]
    Negative,
    /// Most frequent first.
    Count,
    /// Highest rate first; within one scope this is the order by count too.
    Rate,
    /// Largest ratio of rates first.
    #[serde(rename = "ratio")]
    LogRatio,
    /// Highest TF-IDF first.
    TfIdf,
    /// Most even first.
    Dispersion,
    /// Used by most reports of the corpus first, then by most places.
    #[serde(rename = "reports")]
    Range,
    /// Used by most places of the corpus first, then by most reports.
    Places,
}

impl KeywordOrder {
    /// Whether it is by how much scope and reference differ.
    pub const fn is_by_difference(self) -> bool {
        matches!(self, Self::Keyness | Self::Negative | Self::LogRatio)
    }
}

impl KeywordTable {
    /// Whether there was anything to compare with: else G² and what hangs on it are not defined.
    pub const fn is_compared(&self) -> bool {
        self.rest_han > 0 && self.scope_han > 0
    }

    /// Rows that are no finding.
    pub fn not_significant(&self) -> usize {
        self.rows.iter().filter(|row| !row.finding).count()
    }

    /// Marks the rows whose term the scope was chosen by: those that a word of `query` stands in, or that stand in one.
    pub fn mark_given(&mut self, query: &Query) {
        let words = query.texts();
        for row in &mut self.rows {
            row.given = words.iter().any(|word| word.contains(&row.term) || row.term.contains(word.as_str()));
        }
    }

    /// Sorts the rows. In an order by difference findings stand before the others.
    pub fn sort(&mut self, order: KeywordOrder) {
        let compared = self.is_compared() && order.is_by_difference();
        self.rows.sort_by(|a, b| {
            let by_count = || b.count.cmp(&a.count);
            let findings = if compared { b.finding.cmp(&a.finding) } else { std::cmp::Ordering::Equal };
            let first = findings.then_with(|| match order {
                KeywordOrder::Count | KeywordOrder::Rate => by_count(),
                KeywordOrder::Keyness => b.g2.total_cmp(&a.g2).then_with(by_count),
                KeywordOrder::Negative => a.g2.total_cmp(&b.g2).then_with(by_count),
                KeywordOrder::LogRatio => b.log_ratio.total_cmp(&a.log_ratio).then_with(by_count),
                KeywordOrder::TfIdf => b.tf_idf.total_cmp(&a.tf_idf).then_with(by_count),
                KeywordOrder::Dispersion => a.dp.total_cmp(&b.dp).then_with(by_count),
                KeywordOrder::Range => (b.reports, b.places).cmp(&(a.reports, a.places)).then_with(by_count),
                KeywordOrder::Places => (b.places, b.reports).cmp(&(a.places, a.reports)).then_with(by_count),
            });
            first.then_with(|| a.term.cmp(&b.term))
        });
    }

    /// The row of a term.
    pub fn row(&self, term: &str) -> Option<&Keyword> {
        self.rows.iter().find(|row| row.term == term)
    }
}
