//! Formulas: set phrases that come and go. In: two reports of a corpus. Out: which formulas the new one has first, again, or
//! no more, how many places use each in that year, who used it first. Does not know about: sentences, screens.
//!
//! A formula is what stands in quotation marks (2 to 14 汉字) or between two marks (4 to 14), without a number in it; a
//! single word of the dictionary is none.

use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::corpus::{Corpus, Document, LineKind, PlaceId, Report, ReportId};
use crate::index::terms::Segmenter;
use crate::text::Span;
use crate::text::han::is_han;
use crate::text::letters::letters;

/// Years before the new report in which a formula has to have been in use to be missed.
const YEARS: u16 = 6;
/// In how many of those reports, where there are as many.
const REPORTS: usize = 3;

/// What became of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Turn {
    /// In the new report, not in the old one, nor in an earlier one of the place.
    New,
    /// In the new report, not in the old one, but in an earlier one of the place.
    Back,
    /// In use for years, not in the new report.
    Dropped,
    /// In both.
    Kept,
}

/// A formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// What became of it.
    pub turn: Turn,
    /// Its words as they stand, without quotation marks.
    pub term: String,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Times in the old report.
    pub old_count: usize,
    /// Times in the new report.
    pub new_count: usize,
    /// Other places that use it in the year of the new report.
    pub adopters: usize,
    /// Other places with a report of that year and body.
    pub of: usize,
    /// The earliest report that has it, and where; reports whose year is not known come last.
    pub first: Option<(ReportId, Span)>,
    /// The last year before the old report (of a dropped one: before the new) in which the place used it.
    pub last_before: Option<u16>,
}

/// The letters of a report, and for each where it stands.
fn letters_of(document: &Document, report: &Report) -> (String, Vec<(usize, u32)>) {
    let (mut text, mut places) = (String::new(), Vec::new());
    for number in report.line_numbers() {
        let told = document.line(number).filter(|line| {
            !line.kind.is_noise() && !matches!(line.kind, LineKind::Title | LineKind::Subtitle | LineKind::Dateline)
        });
        let Some(line) = told else { continue };
        for (at, c) in letters(line.span.slice(document.text())) {
            places.push((text.len(), line.span.start + u32::try_from(at).unwrap_or(0)));
            text.push(c);
        }
        // Nothing reaches over the end of a line.
        text.push('\n');
    }
    (text, places)
}

/// The formulas of a report: letters, with the words as they first stand and whether they were ever in quotation marks.
fn formulas_of(document: &Document, report: &Report, segmenter: &Segmenter) -> Vec<(String, String, bool)> {
    let mut found: Vec<(String, String, bool)> = Vec::new();
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    let mut take = |words: &str, least: usize, quoted: bool| {
        let words = words.trim();
        let kept: String = letters(words).map(|(_, c)| c).collect();
        let han = kept.chars().filter(|c| is_han(*c)).count();
        let whole = kept.chars().count();
        if !(least..=14).contains(&whole)
            || han < 2
            || han < least.min(whole)
            || kept.chars().any(|c| c.is_ascii_digit())
        {
            return;
        }
        let mut count = 0;
        segmenter.each_word_span(words, &mut |_| count += 1);
        if count < 2 && !quoted {
            return;
        }
        match known.get(&kept) {
            Some(&at) => found[at].2 |= quoted,
            None => {
                known.insert(kept.clone(), found.len());
                found.push((kept, words.to_owned(), quoted));
            }
        }
    };
    for number in report.line_numbers() {
        let told = document.line(number).filter(|line| {
            !line.kind.is_noise()
                && !matches!(
                    line.kind,
                    LineKind::Title | LineKind::Subtitle | LineKind::Dateline | LineKind::Salutation
                )
        });
        let Some(line) = told else { continue };
        let text = line.span.slice(document.text());
        for quoted in text.split('“').skip(1) {
            if let Some((words, _)) = quoted.split_once('”') {
                take(words, 2, true);
            }
        }
        // Straight marks open and close by turns.
        if text.matches('"').count().is_multiple_of(2) {
            text.split('"').skip(1).step_by(2).for_each(|words| take(words, 2, true));
        }
        let mark = |c: char| {
            matches!(
                c,
                '，' | '。'
                    | '；'
                    | '：'
                    | '、'
                    | ','
                    | ';'
                    | ':'
                    | '！'
                    | '？'
                    | '（'
                    | '）'
                    | '('
                    | ')'
                    | '“'
                    | '”'
                    | '《'
                    | '》'
                    | '—'
            )
        };
        text.split(mark).for_each(|words| take(without_number(words), 4, false));
    }
    found
}

/// A clause without the 一是 or 三要 that numbers it.
fn without_number(words: &str) -> &str {
    let words = words.trim();
    let mut chars = words.char_indices();
    let numbered =
        matches!(chars.next(), Some((_, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')))
            && matches!(chars.next(), Some((_, '是' | '要')));
    let rest = chars.next().map_or(words.len(), |(at, _)| at);
    if numbered { words.get(rest..).unwrap_or_default() } else { words }
}

/// Where formulas stand in a report: for each that does, its first place in the letters and how often.
fn occurrences(search: &AhoCorasick, text: &str) -> FxHashMap<usize, (usize, usize)> {
    let mut found: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
    for hit in search.find_overlapping_iter(text) {
        found.entry(hit.pattern().as_usize()).or_insert((hit.start(), 0)).1 += 1;
    }
    found
}

/// The formulas of two reports: new, back, dropped, kept; of each the ones most places use first. None if a report is not
/// there, or once `cancelled` says so.
pub fn formulas(
    corpus: &Corpus,
    old: ReportId,
    new: ReportId,
    segmenter: &Segmenter,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Formula>> {
    let ((old_document, old_report), (new_document, new_report)) = (corpus.report(old)?, corpus.report(new)?);
    let mut terms = formulas_of(new_document, new_report, segmenter);
    let known: FxHashSet<String> = terms.iter().map(|term| term.0.clone()).collect();
    terms.extend(formulas_of(old_document, old_report, segmenter).into_iter().filter(|term| !known.contains(&term.0)));
    let search = AhoCorasick::new(terms.iter().map(|term| &term.0)).ok()?;
    let read = |id: ReportId| {
        if cancelled() {
            return None;
        }
        let (document, report) = corpus.report(id)?;
        let (text, places) = letters_of(document, report);
        let hits = occurrences(&search, &text).into_iter().map(|(term, (start, count))| {
            let letter = places.partition_point(|(at, _)| *at < start);
            let length = terms.get(term).map_or(1, |term| term.0.chars().count());
            let span = |index: usize| places.get(index).map_or(0, |(_, byte)| *byte);
            let (first, last) = (span(letter), span(letter + length - 1));
            let width =
                document.text().get(last as usize..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            (term, (Span::new(first, last + u32::try_from(width).unwrap_or(0)), count))
        });
        Some(hits.collect::<FxHashMap<usize, (Span, usize)>>())
    };
    let mut reports: Vec<ReportId> = corpus.distinct().map(|(id, ..)| id).collect();
    for id in [old, new] {
        if !reports.contains(&id) {
            reports.push(id);
        }
    }
    let hits: Option<Vec<FxHashMap<usize, (Span, usize)>>> = reports.par_iter().map(|id| read(*id)).collect();
    let hits = hits?;
    let told = |id: ReportId| corpus.report(id).map(|(_, report)| (report.filed_year(), report.body));
    let (this, place) = (new_report.filed_year(), corpus.place_of(new));
    let same_year = |id: ReportId| {
        let other = corpus.place_of(id);
        let fits = told(id).is_some_and(|(year, body)| year.is_some() && year == this && body == new_report.body);
        fits.then_some(other).flatten().filter(|other| Some(*other) != place && !corpus.place(*other).name.is_empty())
    };
    let others: FxHashSet<PlaceId> = reports.iter().filter_map(|id| same_year(*id)).collect();
    // Earlier reports of the place and body, each with its year.
    let own: Vec<(usize, u16)> = reports
        .iter()
        .enumerate()
        .filter(|(_, id)| {
            corpus.place_of(**id) == corpus.place_of(old) && told(**id).is_some_and(|(_, b)| b == old_report.body)
        })
        .filter_map(|(at, id)| Some((at, told(*id)?.0?)))
        .collect();
    let at = |id: ReportId| reports.iter().position(|other| *other == id);
    let (old_at, new_at) = (at(old)?, at(new)?);
    let recent: Vec<usize> = own
        .iter()
        .filter(|(at, year)| *at == old_at || this.is_some_and(|this| *year < this && *year + YEARS >= this))
        .map(|(at, _)| *at)
        .collect();
    let mut found = Vec::new();
    for (number, (_, words, quoted)) in terms.iter().enumerate() {
        let count = |at: usize| hits[at].get(&number).map_or(0, |(_, count)| *count);
        let (old_count, new_count) = (count(old_at), count(new_at));
        let before = |limit: Option<u16>| {
            let used = own.iter().filter(|(at, year)| count(*at) > 0 && limit.is_none_or(|limit| *year < limit));
            used.map(|(_, year)| *year).max()
        };
        let (turn, last_before) = match (old_count, new_count) {
            (0, 0) => continue,
            (0, _) => match before(old_report.filed_year()).filter(|_| old_report.filed_year().is_some()) {
                Some(year) => (Turn::Back, Some(year)),
                None => (Turn::New, None),
            },
            (_, 0) => {
                let used = recent.iter().filter(|at| count(**at) > 0).count();
                if used < REPORTS.min(recent.len()).max(1) {
                    continue;
                }
                (Turn::Dropped, before(this))
            }
            _ => (Turn::Kept, before(old_report.filed_year())),
        };
        let with = reports.iter().enumerate().filter(|(at, _)| count(*at) > 0);
        let using: FxHashSet<PlaceId> = with.clone().filter_map(|(_, id)| same_year(*id)).collect();
        let first = with.min_by_key(|(_, id)| (told(**id).and_then(|(year, _)| year).unwrap_or(u16::MAX), **id));
        let first = first.and_then(|(at, id)| Some((*id, hits[at].get(&number)?.0)));
        found.push(Formula {
            turn,
            term: words.clone(),
            quoted: *quoted,
            old_count,
            new_count,
            adopters: using.len(),
            of: others.len(),
            first,
            last_before,
        });
    }
    found.sort_by(|a, b| {
        let key = |f: &Formula| (f.turn, std::cmp::Reverse((f.adopters, f.quoted, f.old_count.max(f.new_count))));
        key(a).cmp(&key(b)).then_with(|| a.term.cmp(&b.term))
    });
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::DocumentId;
    use crate::index::fixture::{corpus, document};

    fn dated(place: &str, year: u16, text: &str) -> Document {
        let mut document = document(place, text);
        document.reports[0].session_year = Some(year);
        document
    }

    #[test]
    fn formulas_come_and_go() {
        let corpus = corpus(vec![
            dated("云和市", 2021, "实施“百渠”计划，让灯塔照亮归途，种好山冈果树"),
            dated("云和市", 2022, "让灯塔照亮归途，种好山冈果树"),
            dated("云和市", 2023, "实施“百渠”计划，种好山冈果树，晒出“新盐”30吨"),
            dated("雾山县", 2023, "晒出“新盐”，种好山冈果树"),
        ]);
        let id = |n: u32| ReportId { document: DocumentId(n), index: 0 };
        let found = formulas(&corpus, id(1), id(2), Segmenter::get(), &|| false).unwrap();
        let told: Vec<_> = found.iter().map(|f| (f.turn, f.term.as_str(), f.adopters, f.of, f.last_before)).collect();
        assert!(told.contains(&(Turn::New, "新盐", 1, 1, None)), "{told:?}");
        assert!(told.contains(&(Turn::Back, "百渠", 0, 1, Some(2021))), "{told:?}");
        assert!(told.contains(&(Turn::Dropped, "让灯塔照亮归途", 0, 1, Some(2022))), "{told:?}");
        assert!(told.contains(&(Turn::Kept, "种好山冈果树", 1, 1, Some(2021))), "{told:?}");
        for formula in &found {
            let (id, span) = formula.first.unwrap();
            assert_eq!(span.slice(corpus.report(id).unwrap().0.text()), formula.term);
        }
        assert!(formulas(&corpus, id(1), id(2), Segmenter::get(), &|| true).is_none());
    }
}
