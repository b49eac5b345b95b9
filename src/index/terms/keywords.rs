//! What makes a scope different. In: a scope of the corpus. Out: its terms with their figures.
//! Refuses to know: how words are found and kept.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::cache::{PartCounts, Totals, WordId};
use super::tabulate::parts_of;
use super::{Segmenter, TermCache, TermOptions};
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::stats::{self, DpSum};

/// What the figures are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// A section (index in the report's outline) and what stands under it.
    Section(ReportId, usize),
    /// A report.
    Report(ReportId),
    /// All reports of a place.
    Place(PlaceId),
    /// Everything.
    Corpus,
}

/// A term of a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyword {
    /// The term.
    pub term: String,
    /// Its occurrences in the scope.
    pub count: u64,
    /// Occurrences per 10,000 汉字 of the scope.
    pub rate: f64,
    /// G² against the rest of the corpus, negative where the scope uses the term less ([`stats::log_likelihood`]);
    /// 0 where there is no rest, or none was asked for.
    pub g2: f64,
    /// Binary logarithm of the ratio of rates, scope to rest ([`stats::log_ratio`]); 0 as for `g2`.
    pub log_ratio: f64,
    /// Reports of the whole corpus that use it; of the scope alone if no rest was asked for.
    pub reports: u32,
    /// Normalised deviation of proportions ([`stats::dp_norm`]): 0 even, 1 all in one part. The parts are the reports
    /// of the scope, or, in a report or section, what stands under each heading.
    pub dp: f64,
}

/// The terms of a scope.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KeywordTable {
    /// 汉字 of the scope: the denominator of the rates.
    pub scope_han: u64,
    /// 汉字 of the rest of the corpus; 0 where the scope was not compared.
    pub rest_han: u64,
    /// The terms, most frequent first, then by term.
    pub rows: Vec<Keyword>,
}

/// How a table can be sorted. Equal rows stand by term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum KeywordOrder {
    /// Most frequent first; within one scope this is the order by rate too.
    #[default]
    Count,
    /// Most typical of the scope first: highest G².
    Keyness,
    /// Most even first.
    Dispersion,
}

impl KeywordTable {
    /// Sorts the rows.
    pub fn sort(&mut self, order: KeywordOrder) {
        self.rows.sort_by(|a, b| {
            let by_count = || b.count.cmp(&a.count);
            let first = match order {
                KeywordOrder::Count => by_count(),
                KeywordOrder::Keyness => b.g2.total_cmp(&a.g2).then_with(by_count),
                KeywordOrder::Dispersion => a.dp.total_cmp(&b.dp).then_with(by_count),
            };
            first.then_with(|| a.term.cmp(&b.term))
        });
    }
}

/// The terms of `scope` compared with the rest of the corpus. Counts the whole corpus on all cores the first time.
///
/// `None` once `cancelled` says so (asked at every line), or if there is no such scope.
pub fn keywords(
    corpus: &Corpus,
    scope: Scope,
    segmenter: &Segmenter,
    options: &TermOptions,
    cache: &TermCache,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<KeywordTable> {
    let totals = cache.totals(corpus, segmenter, cancelled)?;
    let parts = parts(corpus, scope, segmenter, cache, cancelled)?;
    Some(table(&parts, Some(&totals), options, cache))
}

/// The terms of `scope` alone, without keyness: what can be shown at once, while [`keywords`] goes over the corpus.
///
/// `None` as for [`keywords`].
pub fn count_scope(
    corpus: &Corpus,
    scope: Scope,
    segmenter: &Segmenter,
    options: &TermOptions,
    cache: &TermCache,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<KeywordTable> {
    let parts = parts(corpus, scope, segmenter, cache, cancelled)?;
    Some(table(&parts, None, options, cache))
}

/// A scope in parts, and what of them counts as one report.
enum Parts {
    OfReport(Arc<[PartCounts]>, std::ops::Range<usize>),
    Reports(Vec<Arc<PartCounts>>),
}

impl Parts {
    fn iter(&self) -> Box<dyn Iterator<Item = &PartCounts> + '_> {
        match self {
            Self::OfReport(parts, range) => Box::new(parts.get(range.clone()).unwrap_or_default().iter()),
            Self::Reports(reports) => Box::new(reports.iter().map(AsRef::as_ref)),
        }
    }
}

fn parts(
    corpus: &Corpus,
    scope: Scope,
    segmenter: &Segmenter,
    cache: &TermCache,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Parts> {
    let of_report = |id, section| {
        let range = parts_of(corpus.report(id)?.1, section);
        (!range.is_empty()).then_some(())?;
        Some(Parts::OfReport(cache.parts(corpus, id, segmenter, cancelled)?, range))
    };
    match scope {
        Scope::Section(id, section) => of_report(id, Some(section)),
        Scope::Report(id) => of_report(id, None),
        Scope::Place(place) => {
            let reports = &corpus.places().get(place.0 as usize)?.reports;
            cache.reports(corpus, reports, segmenter, cancelled).map(Parts::Reports)
        }
        Scope::Corpus => {
            let reports: Vec<ReportId> = corpus.reports().map(|(id, ..)| id).collect();
            cache.reports(corpus, &reports, segmenter, cancelled).map(Parts::Reports)
        }
    }
}

#[derive(Default)]
struct Sum {
    count: u64,
    dispersion: DpSum,
}

fn table(parts: &Parts, totals: Option<&Totals>, options: &TermOptions, cache: &TermCache) -> KeywordTable {
    let scope_han: u64 = parts.iter().map(|part| part.han).sum();
    let smallest = parts.iter().map(|part| part.han).filter(|&han| han > 0).min().unwrap_or(scope_han);
    let smallest_share = if scope_han == 0 { 1.0 } else { smallest as f64 / scope_han as f64 };
    let vocabulary = cache.vocabulary();
    let mut sums: FxHashMap<WordId, Sum> = FxHashMap::default();
    for &(word, count) in parts.iter().flat_map(|part| &part.words) {
        sums.entry(word).or_default().count += u64::from(count);
    }
    sums.retain(|&word, _| options.accepts(vocabulary.word(word)));
    for part in parts.iter() {
        for (word, count) in &part.words {
            if let Some(sum) = sums.get_mut(word) {
                sum.dispersion.add(u64::from(*count), sum.count, part.han, scope_han);
            }
        }
    }
    // Totals are never behind the scope, but guard the subtraction: a later state of the corpus may be asked for.
    let rest_han = totals.map_or(0, |t| t.han.saturating_sub(scope_han));
    let rows = sums.into_iter().map(|(word, Sum { count, dispersion })| {
        let all = totals.and_then(|t| t.counts.get(word as usize)).copied().unwrap_or(count);
        let rest = all.saturating_sub(count);
        let in_scope = match parts {
            Parts::OfReport(..) => 1,
            Parts::Reports(_) => dispersion.parts(),
        };
        Keyword {
            term: vocabulary.word(word).to_owned(),
            count,
            rate: stats::rate(count, scope_han),
            g2: stats::log_likelihood(count, scope_han, rest, rest_han),
            log_ratio: stats::log_ratio(count, scope_han, rest, rest_han),
            reports: totals.and_then(|t| t.ranges.get(word as usize)).copied().unwrap_or(in_scope),
            dp: stats::dp_norm(dispersion.dp(), smallest_share),
        }
    });
    let mut table = KeywordTable { scope_han, rest_han, rows: rows.collect() };
    table.sort(KeywordOrder::Count);
    table
}
