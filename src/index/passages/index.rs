//! The index of shared wording. In: a corpus. Out: for the letters of a paragraph the paragraphs that may share a passage with
//! it. Does not know about: passages themselves.
//!
//! A fingerprint's upper bits choose a bucket, the next eight are kept beside the number of its paragraph: five bytes a
//! fingerprint. A paragraph taken for another by those bits is found out when the two are laid side by side.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::common::{Common, PlaceCounter, PlaceRuns};
use super::paragraph::{PassageParagraph, each_letters, paragraph_at};
use super::winnow::{GRAM, gram_hash, gram_hashes, winnow};
use crate::corpus::{Corpus, ReportId};

/// A fingerprint in more paragraphs than this is common by definition and brings none together.
const LONGEST_LIST: usize = 2000;
/// Most paragraphs that are laid beside one, those that share most of what few have first.
pub const MOST_CANDIDATES: usize = 400;

/// What is kept of a report until all are read.
#[derive(Debug, Default)]
struct ReadReport {
    /// Source line where each paragraph begins.
    lines: Vec<u32>,
    /// The upper half of each fingerprint, and the number of its paragraph in the report.
    prints: Vec<u64>,
}

/// A paragraph of the corpus, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParagraphId(pub u32);

/// The fingerprints of a corpus, duplicates left out.
#[derive(Debug, Clone, Default)]
pub struct PassageIndex {
    reports: Vec<ReportId>,
    /// Number of the first paragraph of each report, and at the end how many there are.
    firsts: Vec<u32>,
    /// Source line where each paragraph begins.
    lines: Vec<u32>,
    /// Bits of a fingerprint that choose its bucket.
    bits: u32,
    /// Where each bucket begins, and at the end how many fingerprints there are.
    starts: Vec<u32>,
    rests: Vec<u8>,
    owners: Vec<u32>,
    common: Common,
    places: usize,
    most: usize,
}

/// Paragraphs that may share a passage, and how many were left out because there are too many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// The best first.
    pub paragraphs: Vec<ParagraphId>,
    /// How many were left out.
    pub left_out: usize,
}

/// The reports that count, by place.
fn by_place(corpus: &Corpus) -> Vec<Vec<ReportId>> {
    let mut groups: Vec<Vec<ReportId>> = Vec::new();
    for place in corpus.places() {
        let own: Vec<ReportId> = place.reports.iter().copied().filter(|id| corpus.original(*id) == *id).collect();
        // Nobody knows whether reports of unknown places are of the same one.
        if place.name.is_empty() {
            groups.extend(own.into_iter().map(|id| vec![id]));
        } else if !own.is_empty() {
            groups.push(own);
        }
    }
    groups
}

/// Reads a report; its runs are added to `runs`.
fn read_report(corpus: &Corpus, id: ReportId, runs: &mut Vec<u64>) -> Option<ReadReport> {
    let (document, report) = corpus.report(id)?;
    let mut read = ReadReport::default();
    each_letters(document, report, &mut |line, letters| {
        let (number, start) = (read.lines.len() as u64, runs.len());
        runs.extend(letters.windows(GRAM).map(gram_hash));
        let prints = winnow(runs.get(start..).unwrap_or_default());
        read.prints.extend(prints.into_iter().map(|hash| hash >> 32 << 32 | number));
        read.lines.push(line);
    });
    Some(read)
}

impl PassageIndex {
    /// Indexes a corpus; `None` once `cancelled` says so. `progress` is told how many of how many reports are done.
    pub fn new(
        corpus: &Corpus,
        progress: &(dyn Fn(usize, usize) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        let reports: Vec<ReportId> = corpus.distinct().map(|(id, ..)| id).collect();
        let groups = by_place(corpus);
        let letters = corpus.distinct().map(|(_, _, report)| report.chars as usize).sum();
        let mut counter = PlaceCounter::new(letters);
        let done = std::sync::atomic::AtomicUsize::new(0);
        let read = |group: &Vec<ReportId>| -> Option<(Vec<ReadReport>, PlaceRuns)> {
            let mut runs = Vec::new();
            let mut all = Vec::with_capacity(group.len());
            for id in group {
                if cancelled() {
                    return None;
                }
                all.push(read_report(corpus, *id, &mut runs)?);
                progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, reports.len());
            }
            Some((all, PlaceRuns::new(runs)))
        };
        let mut kept: Vec<ReadReport> = reports.iter().map(|_| ReadReport::default()).collect();
        // Some places at a time: what is read of them is large.
        for some in groups.chunks(64) {
            let all: Option<Vec<(Vec<ReadReport>, PlaceRuns)>> = some.par_iter().map(read).collect();
            let (read, runs): (Vec<Vec<ReadReport>>, Vec<PlaceRuns>) = all?.into_iter().unzip();
            for (id, report) in some.iter().flatten().zip(read.into_iter().flatten()) {
                if let Some(place) = reports.binary_search(id).ok().and_then(|at| kept.get_mut(at)) {
                    *place = report;
                }
            }
            counter.places(&runs);
        }
        let most = (groups.len() / 10).max(3);
        let common = counter.common(most);
        let mut index = Self { firsts: vec![0], common, most, places: groups.len(), reports, ..Self::default() };
        let mut prints = Vec::with_capacity(kept.iter().map(|report| report.prints.len()).sum());
        for report in kept {
            let first = index.lines.len() as u64;
            prints.extend(report.prints.into_iter().map(|print| print + first));
            index.lines.extend(report.lines);
            index.firsts.push(u32::try_from(index.lines.len()).unwrap_or(u32::MAX));
        }
        index.fill(prints);
        Some(index)
    }

    /// Files the fingerprints in their buckets: the upper half of each is its hash, the lower its paragraph.
    fn fill(&mut self, mut prints: Vec<u64>) {
        prints.par_sort_unstable();
        self.bits = (prints.len().max(1).ilog2()).clamp(12, 24);
        // How many each bucket holds, one place on; then where it begins.
        self.starts = vec![0; (1 << self.bits) + 1];
        for print in &prints {
            let bucket = (print >> (64 - self.bits)) as usize;
            self.starts[bucket + 1] = self.starts[bucket + 1].saturating_add(1);
        }
        let mut before = 0u32;
        for start in &mut self.starts {
            before = before.saturating_add(*start);
            *start = before;
        }
        self.rests = prints.iter().map(|print| (print >> (56 - self.bits)) as u8).collect();
        self.owners = prints.iter().map(|print| *print as u32).collect();
    }

    /// What is common.
    pub(super) fn common(&self) -> &Common {
        &self.common
    }

    /// Places whose reports are compared.
    pub fn places(&self) -> usize {
        self.places
    }

    /// Wording of more places than this is a formula.
    pub fn most(&self) -> usize {
        self.most
    }

    /// Bytes the index takes, without what is common.
    pub fn bytes(&self) -> usize {
        self.rests.len() + 4 * (self.owners.len() + self.starts.len() + self.lines.len() + self.firsts.len())
    }

    /// The reports, in corpus order.
    pub fn reports(&self) -> &[ReportId] {
        &self.reports
    }

    /// The report of a paragraph, and the line where it begins.
    pub fn place_of(&self, id: ParagraphId) -> Option<(ReportId, u32)> {
        let report = self.firsts.partition_point(|first| *first <= id.0).checked_sub(1)?;
        Some((*self.reports.get(report)?, *self.lines.get(id.0 as usize)?))
    }

    /// A paragraph.
    pub fn paragraph(&self, corpus: &Corpus, id: ParagraphId) -> Option<PassageParagraph> {
        let (report, line) = self.place_of(id)?;
        let (document, report) = corpus.report(report)?;
        let mut paragraph = paragraph_at(document, report, line)?;
        // Words of party documents are quoted, like the titles of laws.
        for (at, run) in paragraph.letters.windows(GRAM).enumerate() {
            if self.common.is_national(gram_hash(run)) {
                paragraph.cited[at..at + GRAM].fill(true);
            }
        }
        Some(paragraph)
    }

    /// The numbers of the paragraphs of a report.
    pub fn paragraphs_of(&self, report: ReportId) -> impl Iterator<Item = ParagraphId> + use<> {
        let range = self
            .reports
            .binary_search(&report)
            .ok()
            .and_then(|at| Some((*self.firsts.get(at)?, *self.firsts.get(at + 1)?)));
        let (first, last) = range.unwrap_or((0, 0));
        (first..last).map(ParagraphId)
    }

    /// The paragraph of a report that holds source line `line`: the last that begins there or before.
    pub fn paragraph_with(&self, report: ReportId, line: u32) -> Option<ParagraphId> {
        self.paragraphs_of(report).filter(|id| self.lines.get(id.0 as usize).is_some_and(|first| *first <= line)).last()
    }

    /// Paragraphs of reports that `wanted` says yes to which may share a passage with these letters.
    pub fn candidates(&self, letters: &[char], wanted: &dyn Fn(ReportId) -> bool) -> Candidates {
        let mut found: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
        // The longest list that was passed over: so many paragraphs at least were not looked at.
        let mut passed_over = 0;
        for hash in winnow(&gram_hashes(letters)) {
            let bucket = (hash >> (64 - self.bits.max(1))) as usize;
            let (Some(&start), Some(&end)) = (self.starts.get(bucket), self.starts.get(bucket + 1)) else { continue };
            let (start, end) = (start as usize, end as usize);
            let rest = (hash >> (56 - self.bits)) as u8;
            let same = self.rests.get(start..end).unwrap_or_default().iter().zip(&self.owners[start..end]);
            let list: Vec<u32> = same.filter(|(other, _)| **other == rest).map(|(_, owner)| *owner).collect();
            if list.len() > LONGEST_LIST {
                passed_over = passed_over.max(list.len());
                continue;
            }
            let rare = u32::from(!self.common.holds(hash));
            for owner in list {
                let count = found.entry(owner).or_default();
                *count = (count.0 + rare, count.1 + 1);
            }
        }
        let mut ranked: Vec<(u32, (u32, u32))> = found.into_iter().collect();
        ranked.sort_unstable_by_key(|(owner, count)| (std::cmp::Reverse(*count), *owner));
        let mut paragraphs: Vec<ParagraphId> = Vec::new();
        let mut left_out = passed_over;
        let mut last: Option<(ReportId, bool)> = None;
        for (owner, _) in ranked {
            let id = ParagraphId(owner);
            let Some((report, _)) = self.place_of(id) else { continue };
            let fits = match last {
                Some((known, fits)) if known == report => fits,
                _ => wanted(report),
            };
            last = Some((report, fits));
            if !fits {
                continue;
            }
            if paragraphs.len() < MOST_CANDIDATES {
                paragraphs.push(id);
            } else {
                left_out += 1;
            }
        }
        Candidates { paragraphs, left_out }
    }
}
