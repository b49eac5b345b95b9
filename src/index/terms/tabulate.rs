//! The words of one report, counted. In: a report and a segmenter. Out: counts for every part of its outline.
//! Does not know about: the corpus, stop words (tables hold every word, so that they outlive a change of the lists).

use rustc_hash::FxHashMap;

use super::stretch::{Stretch, each_stretch};
use super::{Segmenter, TermOptions};
use crate::corpus::{Document, Report};
use crate::text::han;

/// A term and how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermCount {
    /// The term.
    pub term: String,
    /// Its occurrences.
    pub count: u32,
}

/// What stands under one heading before the next one (or before the first): its 汉字, and its words with their counts.
#[derive(Debug, Clone, Default)]
pub struct Part<'t> {
    /// 汉字 in all its lines, noise included.
    pub han: u64,
    /// Words in its lines without noise.
    pub words: FxHashMap<&'t str, u32>,
}

impl<'t> Part<'t> {
    fn add(&mut self, document: &'t Document, stretch: Stretch, segmenter: &Segmenter) {
        let text = stretch.span.slice(document.text());
        self.han += u64::from(han::count(text).han);
        if !stretch.noise {
            segmenter.each_word(text, &mut |word| *self.words.entry(word).or_default() += 1);
        }
    }
}

/// The parts of a report: first what stands before its first heading, then one for each section, in order.
///
/// `None` once `cancelled` says so, asked at every line.
pub fn tabulate<'t>(
    document: &'t Document,
    report: &Report,
    segmenter: &Segmenter,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<Part<'t>>> {
    let mut parts = vec![Part::default(); report.sections.len() + 1];
    let whole = each_stretch(document, report, &mut |stretch| {
        if let Some(part) = parts.get_mut(stretch.part) {
            part.add(document, stretch, segmenter);
        }
        !cancelled()
    });
    whole.then_some(parts)
}

/// All of a report, or the part of it that `holds` chooses, in one count; `None` once `cancelled` says so.
pub fn tabulate_whole<'t>(
    document: &'t Document,
    report: &Report,
    segmenter: &Segmenter,
    holds: &dyn Fn(&Stretch) -> bool,
    cancelled: &dyn Fn() -> bool,
) -> Option<Part<'t>> {
    // About as many different words as a report of this length has: a table that grows is hashed again and again.
    let words = FxHashMap::with_capacity_and_hasher(report.han as usize / 6, Default::default());
    let mut whole = Part { han: 0, words };
    let finished = each_stretch(document, report, &mut |stretch| {
        if holds(&stretch) {
            whole.add(document, stretch, segmenter);
        }
        !cancelled()
    });
    finished.then_some(whole)
}

/// The terms of a report, or of one of its sections with what stands under it: most frequent first, then by term.
/// Empty if there is no such report or section.
pub fn count_terms(
    document: &Document,
    report: u32,
    section: Option<usize>,
    segmenter: &Segmenter,
    options: &TermOptions,
) -> Vec<TermCount> {
    let Some(report) = document.reports.get(report as usize) else { return Vec::new() };
    let parts = tabulate(document, report, segmenter, &|| false).unwrap_or_default();
    let mut sum: FxHashMap<&str, u32> = FxHashMap::default();
    for part in parts.get(parts_of(report, section)).unwrap_or_default() {
        part.words.iter().for_each(|(word, count)| *sum.entry(word).or_default() += count);
    }
    let mut counts: Vec<_> = sum.into_iter().filter(|(word, _)| options.accepts(word)).collect();
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    counts.into_iter().map(|(term, count)| TermCount { term: term.to_owned(), count }).collect()
}

/// Which parts make up a section and what stands under it, or the whole report.
pub fn parts_of(report: &Report, section: Option<usize>) -> std::ops::Range<usize> {
    let Some(section) = section else { return 0..report.sections.len() + 1 };
    let Some(own) = report.sections.get(section) else { return 0..0 };
    let below = report.sections[section + 1..].iter().take_while(|s| s.level > own.level).count();
    section + 1..section + 2 + below
}
