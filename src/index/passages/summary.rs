//! How much of a report is its own. In: an index, a report. Out: shares of its letters, and the reports closest to it. Does
//! not know about: screens.

use rustc_hash::FxHashMap;

use super::index::PassageIndex;
use super::strength::PassageKind;
use crate::corpus::{Corpus, ReportId};

/// Closest reports that are named.
const CLOSEST: usize = 5;

/// What a report's letters are. Each letter counts once: shared wording first, then formulas; what is left is its own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// Its letters.
    pub letters: usize,
    /// In passages that few share, with reports of other places.
    pub shared: usize,
    /// In wording that many places use, or in titles of laws.
    pub formula: usize,
    /// In passages that an earlier report of the same place has; counted apart.
    pub own_earlier: usize,
    /// The reports that share most, with how many passages and letters of nobody else.
    pub closest: Vec<Closest>,
}

/// A report that shares passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closest {
    /// The report.
    pub report: ReportId,
    /// Passages.
    pub passages: usize,
    /// Letters in them that nobody else uses.
    pub novel: usize,
}

impl Summary {
    /// A number of letters as a share of all, 0 to 1.
    pub fn share(&self, letters: usize) -> f64 {
        if self.letters == 0 { 0.0 } else { letters as f64 / self.letters as f64 }
    }

    /// Letters that are its own.
    pub fn original(&self) -> usize {
        self.letters - self.shared - self.formula
    }
}

/// Sums up a report. None once `cancelled` says so.
pub fn summarise(
    corpus: &Corpus,
    index: &PassageIndex,
    report: ReportId,
    least: usize,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Summary> {
    let year = |id: ReportId| corpus.report(id).and_then(|(_, report)| report.filed_year());
    let own_year = year(report);
    let mut summary = Summary::default();
    let mut closest: FxHashMap<ReportId, (usize, usize)> = FxHashMap::default();
    for id in index.paragraphs_of(report) {
        if cancelled() {
            return None;
        }
        let Some(found) = index.shared(corpus, id, least) else { continue };
        let length = found.paragraph.letters.len();
        let (mut shared, mut formula, mut own) = (vec![false; length], found.common, vec![false; length]);
        formula.iter_mut().zip(&found.paragraph.cited).for_each(|(formula, cited)| *formula |= cited);
        for passage in &found.passages {
            let mark = match (passage.own, passage.kind) {
                (true, _) => {
                    let before = year(passage.there.report).zip(own_year).is_some_and(|(there, here)| there < here);
                    before.then_some(&mut own)
                }
                (false, PassageKind::Reuse) => {
                    let count = closest.entry(passage.there.report).or_default();
                    *count = (count.0 + 1, count.1 + passage.novel);
                    Some(&mut shared)
                }
                (false, _) => Some(&mut formula),
            };
            if let Some(mark) = mark {
                passage.equal.iter().for_each(|&(start, end)| mark[start..end].fill(true));
            }
        }
        summary.letters += length;
        summary.shared += shared.iter().filter(|mark| **mark).count();
        summary.formula += formula.iter().zip(&shared).filter(|(formula, shared)| **formula && !**shared).count();
        summary.own_earlier += own.iter().filter(|mark| **mark).count();
    }
    let mut closest: Vec<Closest> =
        closest.into_iter().map(|(report, (passages, novel))| Closest { report, passages, novel }).collect();
    closest.sort_by_key(|one| (std::cmp::Reverse((one.novel, one.passages)), corpus.file_order(one.report)));
    closest.truncate(CLOSEST);
    summary.closest = closest;
    Some(summary)
}
