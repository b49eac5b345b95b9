//! The words of one report, counted. In: a report and a segmenter. Out: counts for every part of its outline.
//! Does not know about: the corpus, stop words (tables hold every word, so that they outlive a change of the lists).

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::Segmenter;
#[cfg(test)]
use super::TermOptions;
use crate::corpus::{Document, Report};
#[cfg(test)]
use crate::index::scope::parts_of;
use crate::index::scope::{Stretch, each_stretch};
use crate::text::han;

/// A term and how often it occurs.
#[cfg(test)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermCount {
    /// The term.
    pub term: String,
    /// Its occurrences.
    pub count: u32,
}

/// What stands under one heading before the next one (or before the first): its 汉字, and its words with their counts.
#[derive(Debug, Clone, Default)]
pub struct SectionWords<'t> {
    /// 汉字 in its lines that count.
    pub han: u64,
    /// Words in them.
    pub words: FxHashMap<Cow<'t, str>, u32>,
}

impl<'t> SectionWords<'t> {
    fn add(&mut self, stretch: &Stretch<'t>, segmenter: &Segmenter) {
        self.han += u64::from(han::count(&stretch.text).han);
        match &stretch.text {
            Cow::Borrowed(text) => {
                segmenter.each_word(text, &mut |word| *self.words.entry(Cow::Borrowed(word)).or_default() += 1);
            }
            Cow::Owned(text) => segmenter.each_word(text, &mut |word| match self.words.get_mut(word) {
                Some(count) => *count += 1,
                None => {
                    self.words.insert(Cow::Owned(word.to_owned()), 1);
                }
            }),
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
) -> Option<Vec<SectionWords<'t>>> {
    let mut parts = vec![SectionWords::default(); report.sections.len() + 1];
    let whole = each_stretch(document, report, &mut |stretch| {
        if let Some(part) = parts.get_mut(stretch.part) {
            part.add(&stretch, segmenter);
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
    holds: &dyn Fn(&Stretch<'_>) -> bool,
    cancelled: &dyn Fn() -> bool,
) -> Option<SectionWords<'t>> {
    // About as many different words as a report of this length has: a table that grows is hashed again and again.
    let words = FxHashMap::with_capacity_and_hasher(report.han as usize / 6, Default::default());
    let mut whole = SectionWords { han: 0, words };
    let finished = each_stretch(document, report, &mut |stretch| {
        if holds(&stretch) {
            whole.add(&stretch, segmenter);
        }
        !cancelled()
    });
    finished.then_some(whole)
}

/// The terms of a report, or of one of its sections with what stands under it: most frequent first, then by term.
/// Empty if there is no such report or section.
#[cfg(test)]
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
