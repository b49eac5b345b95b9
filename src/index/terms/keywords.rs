//! What makes a scope different. In: an extent of the corpus and a reference. Out: the terms of both with their figures.
//! Does not know about: how words are found and kept.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::against::Against;
use super::count_pieces::count_pieces;
use super::counts::{PartCounts, WordId};
use super::leave_one_out::Sides;
use super::own_names::own_names;
use super::parts::ReportParts;
use super::table::{Keyword, KeywordOrder, KeywordTable};
use super::{CountContext, Segmenter, StopLayer, TermCache, TermOptions};
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::scope::{Extent, Reference, Scope, ScopePiece};
use crate::index::stats::{self, DpSum, JuillandSum, OrderlessSum};

/// The terms of `scope` compared with the rest of the corpus. Counts the whole corpus on all cores the first time.
/// Terms that the scope does not have are left out.
///
/// `None` once `cancelled` says so (asked at every line), or if there is no such scope.
pub fn keywords(
    corpus: &Corpus,
    scope: &Scope,
    segmenter: &Segmenter,
    options: &TermOptions,
    cache: &TermCache,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<KeywordTable> {
    let count_context = CountContext { corpus, segmenter, options, cache };
    let mut table = compare(&count_context, &scope.extent(corpus, cancelled)?, &Reference::Rest, cancelled)?;
    table.rows.retain(|row| row.count > 0);
    Some(table)
}

/// The terms of `scope` alone, without keyness: what can be shown at once, while [`keywords`] goes over the corpus.
///
/// `None` as for [`keywords`].
pub fn count_scope(
    corpus: &Corpus,
    scope: &Scope,
    segmenter: &Segmenter,
    options: &TermOptions,
    cache: &TermCache,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<KeywordTable> {
    count_alone(&CountContext { corpus, segmenter, options, cache }, &scope.extent(corpus, cancelled)?, cancelled)
}

/// The same for any extent.
pub fn count_alone(
    count_context: &CountContext<'_>,
    scope: &Extent,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<KeywordTable> {
    let parts = ReportParts::count(count_context, scope.pieces(), cancelled)?;
    Some(table(count_context, &parts, None))
}

/// The terms of `scope` compared with `reference`: every term that the scope has, and those that it lacks where the lack
/// is significant. Counts the whole corpus on all cores the first time, as range and TF-IDF are about all of it.
///
/// `None` once `cancelled` says so (asked at every line), or if scope or reference name what is not there.
pub fn compare(
    count_context: &CountContext<'_>,
    scope: &Extent,
    reference: &Reference,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<KeywordTable> {
    let parts = ReportParts::count(count_context, scope.pieces(), cancelled)?;
    let against = Against::count(count_context, (scope, &parts), reference, cancelled)?;
    let mut table = table(count_context, &parts, Some(&against));
    Sides::new(count_context.corpus, &parts, &against).mark(&mut table, count_context.corpus, count_context.cache);
    Some(table)
}

/// Every word of some pieces, stop words too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordSums {
    /// Their 汉字.
    pub han: u64,
    /// Occurrences by word.
    pub words: FxHashMap<Box<str>, u64>,
}

/// Counts every word of `pieces`; `None` once `cancelled` says so.
pub fn count_words(
    count_context: &CountContext<'_>,
    pieces: &[ScopePiece],
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<WordSums> {
    let parts = ReportParts::count(count_context, pieces, cancelled)?;
    // Words are numbered from 0 on without gaps.
    let mut sums: Vec<u64> = Vec::new();
    for &(word, count) in parts.iter().flat_map(|(_, part)| &part.words) {
        let at = word as usize;
        if at >= sums.len() {
            sums.resize(at + 1, 0);
        }
        sums[at] += u64::from(count);
    }
    let vocabulary = count_context.cache.vocabulary();
    let counted = (0..).zip(sums).filter(|(_, count)| *count > 0);
    let words = counted.map(|(word, count)| (vocabulary.word(word).into(), count)).collect();
    Some(WordSums { han: parts.iter().map(|(_, part)| part.han).sum(), words })
}

/// Counts these reports, on all cores, so that what is asked later finds them counted; `None` once `cancelled` says so.
/// A pass over the corpus made of such steps can tell how far it has come.
pub fn count_reports(
    count_context: &CountContext<'_>,
    ids: &[ReportId],
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<()> {
    count_context.cache.reports(count_context.corpus, ids, count_context.segmenter, cancelled).map(|_| ())
}

/// Occurrences of some words in some pieces: for every piece, one count for each of `terms`. Of whole reports they are read
/// off the counts that keyness stands on, so that they cost next to nothing; `None` once `cancelled` says so.
pub fn occurrences_by_piece(
    count_context: &CountContext<'_>,
    pieces: &[ScopePiece],
    terms: &[String],
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Vec<u64>>> {
    let counts = count_pieces(count_context, pieces, cancelled)?;
    let vocabulary = count_context.cache.vocabulary();
    let words: Vec<Option<WordId>> = terms.iter().map(|term| vocabulary.id(term)).collect();
    let count = |part: &PartCounts, word: &Option<WordId>| {
        let found = part.words.binary_search_by_key(&(*word)?, |(id, _)| *id).ok()?;
        part.words.get(found).map(|(_, count)| u64::from(*count))
    };
    Some(counts.iter().map(|part| words.iter().map(|word| count(part, word).unwrap_or(0)).collect()).collect())
}

/// What is summed up of one word over the parts of a scope.
#[derive(Default)]
struct Sum {
    count: u64,
    rates: OrderlessSum,
    dispersion: DpSum,
    evenness: JuillandSum,
    places: u32,
    last_place: Option<PlaceId>,
}

fn table(count_context: &CountContext<'_>, parts: &ReportParts, against: Option<&Against>) -> KeywordTable {
    let &CountContext { corpus, options, cache, .. } = count_context;
    let scope_han: u64 = parts.iter().map(|(_, part)| part.han).sum();
    let with_text = parts.iter().filter(|(_, part)| part.han > 0).count() as u64;
    let smallest = parts.iter().map(|(_, part)| part.han).filter(|&han| han > 0).min().unwrap_or(scope_han);
    let smallest_share = if scope_han == 0 { 1.0 } else { smallest as f64 / scope_han as f64 };
    let vocabulary = cache.vocabulary();
    let mut reports: Vec<ReportId> = parts.reports.clone();
    reports.dedup();
    let names = match options.stops.is_on(StopLayer::Names) {
        true => own_names(corpus, reports.iter().copied()),
        false => FxHashSet::default(),
    };
    let accepts = |word: WordId| {
        let word = vocabulary.word(word);
        options.accepts(word) && !names.contains(word)
    };
    let sums = sum_up(corpus, parts, scope_han, with_text, &accepts);
    let (texts, rest_texts) = (reports.len() as u64, against.map_or(0, |a| a.pieces.len() as u64));
    let figures = |word: WordId, sum: &Sum| {
        let rest = against.map_or(0, |a| a.counts.get(word as usize).copied().unwrap_or(0));
        let rest_han = against.map_or(0, |a| a.han);
        let of_totals = |counts: &[u32]| counts.get(word as usize).copied();
        let scope_reports = if parts.one_report { u32::from(sum.count > 0) } else { sum.dispersion.parts() };
        let reports = against.and_then(|a| of_totals(&a.totals.ranges)).unwrap_or(scope_reports);
        let all_reports = against.map_or(with_text, |a| a.totals.reports as u64);
        let g2 = stats::log_likelihood(sum.count, scope_han, rest, rest_han);
        let rest_reports = against.and_then(|a| of_totals(&a.ranges)).unwrap_or(0);
        Keyword {
            term: vocabulary.word(word).to_owned(),
            count: sum.count,
            rate: stats::rate(sum.count, scope_han),
            rest_count: rest,
            rest_rate: stats::rate(rest, rest_han),
            g2,
            log_ratio: stats::log_ratio(sum.count, scope_han, rest, rest_han),
            bayes: stats::bayes_factor(g2, scope_han, rest_han),
            p: stats::difference_by_chance(sum.count, scope_han, rest, rest_han),
            fdr: 1.0,
            reports,
            places: against.and_then(|a| of_totals(&a.totals.places)).unwrap_or(sum.places),
            scope_reports,
            scope_places: sum.places,
            dp: stats::dp_norm(sum.dispersion.dp(), smallest_share),
            juilland: sum.evenness.d(),
            tf_idf: stats::tf_idf(sum.count, u64::from(reports), all_reports),
            driver: None,
            rate_interval: stats::rate_interval(sum.count, scope_han),
            log_ratio_interval: stats::log_ratio_interval(sum.count, scope_han, rest, rest_han),
            rest_reports,
            text_g2: stats::log_likelihood(scope_reports.into(), texts, rest_reports.into(), rest_texts),
            text_p: stats::exact_hypergeometric(scope_reports.into(), texts, rest_reports.into(), rest_texts),
            finding: false,
            given: false,
        }
    };
    let mut rows: Vec<Keyword> = sums.iter().map(|(&word, sum)| figures(word, sum)).collect();
    rows.extend(absent(against, &sums, &accepts).map(|word| figures(word, &Sum::default())));
    if against.is_some_and(|a| a.han > 0) {
        let p: Vec<f64> = rows.iter().map(|row| row.p).collect();
        rows.iter_mut().zip(stats::false_discovery_rates(&p)).for_each(|(row, fdr)| row.fdr = fdr);
        for row in &mut rows {
            let more = if row.g2 > 0.0 { row.count } else { row.rest_count };
            row.finding = row.is_significant() && more >= options.min_count;
        }
    }
    let tested = rows.len();
    // What the scope lacks by chance was tested, but is no finding.
    rows.retain(|row| row.count > 0 || row.p < stats::SIGNIFICANT);
    let mut table = KeywordTable {
        scope_han,
        rest_han: against.map_or(0, |a| a.han),
        scope_reports: reports.len(),
        rest_reports: against.map_or(0, |a| a.pieces.len()),
        corpus_reports: against.map_or(0, |a| a.totals.reports),
        parts: with_text,
        tested,
        rows,
    };
    table.sort(KeywordOrder::Count);
    table
}

fn sum_up(
    corpus: &Corpus,
    parts: &ReportParts,
    scope_han: u64,
    with_text: u64,
    accepts: &dyn Fn(WordId) -> bool,
) -> FxHashMap<WordId, Sum> {
    let mut sums: FxHashMap<WordId, Sum> = FxHashMap::default();
    for (_, part) in parts.iter() {
        for &(word, count) in &part.words {
            let sum = sums.entry(word).or_default();
            sum.count += u64::from(count);
            if part.han > 0 {
                sum.rates.add(f64::from(count) / part.han as f64);
            }
        }
    }
    sums.retain(|&word, _| accepts(word));
    sums.values_mut().for_each(|sum| sum.evenness = JuillandSum::new(sum.rates.value(), with_text));
    for (_, part) in parts.iter() {
        for (word, count) in &part.words {
            if let Some(sum) = sums.get_mut(word) {
                sum.dispersion.add(u64::from(*count), sum.count, part.han, scope_han);
                sum.evenness.add(u64::from(*count), part.han);
            }
        }
    }
    let mut by_place: BTreeMap<PlaceId, Vec<&PartCounts>> = BTreeMap::new();
    for (report, part) in parts.iter() {
        if let Some(place) = corpus.place_of(report) {
            by_place.entry(place).or_default().push(part);
        }
    }
    for (place, parts) in by_place {
        for (word, _) in parts.iter().flat_map(|part| &part.words) {
            if let Some(sum) = sums.get_mut(word)
                && sum.last_place != Some(place)
            {
                sum.last_place = Some(place);
                sum.places += 1;
            }
        }
    }
    sums
}

/// The words of the reference that the scope lacks.
fn absent<'a>(
    against: Option<&'a Against>,
    sums: &'a FxHashMap<WordId, Sum>,
    accepts: &'a dyn Fn(WordId) -> bool,
) -> impl Iterator<Item = WordId> + 'a {
    let counts = against.map_or(&[][..], |a| &a.counts);
    (0..)
        .zip(counts)
        .filter(move |&(word, &count)| count > 0 && !sums.contains_key(&word) && accepts(word))
        .map(|(word, _)| word)
}
