//! The index of shared wording. In: a corpus, and what an earlier run left of it. Out: for the letters of a paragraph the paragraphs
//! that may share a passage with it. Does not know about: passages themselves, files.
//!
//! Fingerprints lie in parts ([`super::part`]), found again by the identity of a report's document: of a corpus that was seen before
//! only the reports of changed files are read anew. What is common hangs on all places, and is taken as it was only if all are.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::common::{Common, PlaceCounter, PlaceRuns};
use super::paragraph::{PassageParagraph, each_letters, paragraph_at};
use super::part::{PassagePart, ReadReport, ReportKey};
use super::winnow::{GRAM, gram_hash, gram_hashes, winnow};
use crate::corpus::{Corpus, KeptBytes, ReportId};
use crate::text::bytes::{ByteReader, put_word};
use crate::text::digest::{Digest, Digester};

/// A fingerprint in more paragraphs than this is common by definition and brings none together.
const LONGEST_LIST: usize = 2000;
/// Most paragraphs that are laid beside one, those that share most of what few have first.
pub const MOST_CANDIDATES: usize = 400;

/// From so many parts on one is made anew in the place of all.
const MANY: usize = 8;
/// Places that are read at a time: what is read of them is large, and tables as large are gone through for every such portion.
const AT_A_TIME: usize = 24;

/// A paragraph of the corpus, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParagraphId(pub u32);

/// The fingerprints of a corpus, duplicates left out.
#[derive(Debug, Clone, Default)]
pub struct PassageIndex {
    reports: Vec<ReportId>,
    /// Number of the first paragraph of each report, and at the end how many there are.
    firsts: Vec<u32>,
    parts: Vec<Arc<PassagePart>>,
    /// For each report its part, and its number there.
    sources: Vec<(u32, u32)>,
    /// For each part the number of each of its reports in the corpus; of one that is no longer there none.
    owners: Vec<Vec<Option<u32>>>,
    common: Common,
    /// The part that no earlier run left, where another run can know its reports again.
    fresh: Option<Arc<PassagePart>>,
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

/// Adds the hashes of all runs of a report to `runs`; hands over each paragraph's.
fn each_runs(corpus: &Corpus, id: ReportId, runs: &mut Vec<u64>, take: &mut dyn FnMut(u32, &[u64])) -> Option<()> {
    let (document, report) = corpus.report(id)?;
    // A file of one report is read for it alone; one of many would be read again for every report.
    let read = if document.reports.len() == 1 { document.for_now() } else { None };
    each_letters(read.as_ref().unwrap_or(document), report, &mut |line, letters| {
        let start = runs.len();
        runs.extend(letters.windows(GRAM).map(gram_hash));
        take(line, runs.get(start..).unwrap_or_default());
    });
    Some(())
}

/// Reads a report; its runs are added to `runs`.
fn read_report(corpus: &Corpus, id: ReportId, runs: &mut Vec<u64>) -> Option<ReadReport> {
    let mut read = ReadReport::default();
    each_runs(corpus, id, runs, &mut |line, hashes| {
        let number = read.lines.len() as u64;
        read.prints.extend(winnow(hashes).into_iter().map(|hash| hash >> 32 << 32 | number));
        read.lines.push(line);
    })?;
    Some(read)
}

/// What a report is recognised by where its document has no identity: its number in this corpus.
fn own_key(id: ReportId) -> ReportKey {
    (Digest(u64::from(id.document.0), 0), id.index)
}

/// What a report is recognised by; another run recognises it too if its document has an identity.
fn key_of(corpus: &Corpus, id: ReportId) -> Option<ReportKey> {
    Some((corpus.report(id)?.0.source.identity()?, id.index))
}

/// A digest of all that what is common hangs on: which reports each place has.
fn digest_of(corpus: &Corpus, groups: &[Vec<ReportId>]) -> Option<Digest> {
    let mut digester = Digester::default();
    for group in groups {
        digester.add_number(group.len() as u64);
        for id in group {
            let (identity, number) = key_of(corpus, *id)?;
            [identity.0, identity.1, u64::from(number)].into_iter().for_each(|word| digester.add_number(word));
        }
    }
    Some(digester.finish())
}

impl PassageIndex {
    /// Indexes a corpus; `None` once `cancelled` says so. `progress` is told how many of how many reports are done.
    pub fn new(
        corpus: &Corpus,
        progress: &(dyn Fn(usize, usize) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        Self::renewed(corpus, Vec::new(), progress, cancelled)
    }

    /// The same with what earlier runs left of it or of another state of it: reads what that does not know.
    pub fn renewed(
        corpus: &Corpus,
        mut kept: Vec<Arc<PassagePart>>,
        progress: &(dyn Fn(usize, usize) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        if kept.len() + 1 >= MANY {
            kept.clear();
        }
        let reports: Vec<ReportId> = corpus.distinct().map(|(id, ..)| id).collect();
        let groups = by_place(corpus);
        let digest = digest_of(corpus, &groups);
        // Two files may say the same: each has a row of its own.
        let mut known: FxHashMap<ReportKey, usize> = FxHashMap::default();
        kept.iter().flat_map(|part| part.reports()).for_each(|(key, _)| *known.entry(key).or_default() += 1);
        let mut has = |id: ReportId| {
            let left = key_of(corpus, id).and_then(|key| known.get_mut(&key)).filter(|left| **left > 0);
            left.map(|left| *left -= 1).is_some()
        };
        let missing: FxHashSet<ReportId> = reports.iter().copied().filter(|id| !has(*id)).collect();
        let most = (groups.len() / 10).max(3);
        let is_of_these = |part: &&Arc<PassagePart>| digest.is_some() && digest_in(part) == digest;
        let common = kept.iter().rev().filter(is_of_these).find_map(|part| common_in(part));
        if let Some(common) = common.clone().filter(|_| missing.is_empty()) {
            return Self { reports, common, most, places: groups.len(), ..Self::default() }.placed(corpus, kept);
        }
        let letters = corpus.distinct().map(|(_, _, report)| report.chars as usize).sum();
        let mut counter = common.is_none().then(|| PlaceCounter::new(letters));
        let done = AtomicUsize::new(0);
        let counting = counter.is_some();
        let read = |group: &Vec<ReportId>| -> Option<(Vec<(ReportId, ReadReport)>, PlaceRuns)> {
            let (mut runs, mut fresh) = (Vec::new(), Vec::new());
            for id in group {
                if cancelled() {
                    return None;
                }
                if missing.contains(id) {
                    fresh.push((*id, read_report(corpus, *id, &mut runs)?));
                } else if counting {
                    each_runs(corpus, *id, &mut runs, &mut |_, _| {})?;
                }
                progress(done.fetch_add(1, Ordering::Relaxed) + 1, reports.len());
            }
            Some((fresh, PlaceRuns::new(if counting { &runs } else { &[] })))
        };
        let mut fresh: Vec<(ReportId, ReadReport)> = Vec::new();
        for some in groups.chunks(AT_A_TIME) {
            let all = some.par_iter().map(read).collect::<Option<Vec<_>>>()?;
            let (read, runs): (Vec<Vec<(ReportId, ReadReport)>>, Vec<PlaceRuns>) = all.into_iter().unzip();
            fresh.extend(read.into_iter().flatten());
            if let Some(counter) = &mut counter {
                counter.places(&runs);
            }
        }
        fresh.sort_by_key(|(id, _)| *id);
        let mut bytes = Vec::new();
        if let Some(counter) = counter {
            let Digest(high, low) = digest.unwrap_or_default();
            [high, low].iter().for_each(|word| put_word(&mut bytes, *word));
            bytes.extend(counter.common(most));
        }
        let fresh = fresh.into_iter().map(|(id, read)| (key_of(corpus, id).unwrap_or(own_key(id)), read)).collect();
        let part = Arc::new(PassagePart::of(fresh, &bytes)?);
        let common = match common {
            Some(common) => common,
            None => common_in(&part)?,
        };
        kept.push(Arc::clone(&part));
        let fresh = digest.is_some().then_some(part);
        Self { reports, common, most, places: groups.len(), fresh, ..Self::default() }.placed(corpus, kept)
    }

    /// The index with its parts: each report has a row in one of them.
    fn placed(mut self, corpus: &Corpus, parts: Vec<Arc<PassagePart>>) -> Option<Self> {
        let mut rows: FxHashMap<ReportKey, VecDeque<(u32, u32, u32)>> = FxHashMap::default();
        for (n, part) in (0u32..).zip(&parts) {
            for (report, (key, paragraphs)) in (0u32..).zip(part.reports()) {
                rows.entry(key).or_default().push_back((n, report, paragraphs));
            }
        }
        self.owners = parts.iter().map(|part| vec![None; part.reports().count()]).collect();
        let (mut first, mut sources) = (0u32, Vec::with_capacity(self.reports.len()));
        self.firsts = vec![0];
        for (number, id) in (0u32..).zip(&self.reports) {
            let key = key_of(corpus, *id).unwrap_or(own_key(*id));
            let (part, report, paragraphs) = rows.get_mut(&key)?.pop_front()?;
            *self.owners.get_mut(part as usize)?.get_mut(report as usize)? = Some(number);
            sources.push((part, report));
            first = first.checked_add(paragraphs)?;
            self.firsts.push(first);
        }
        (self.sources, self.parts) = (sources, parts);
        Some(self)
    }

    /// What no earlier run left: bytes for [`PassagePart::new`]; and whether they take the place of all that earlier runs left.
    pub fn fresh(&self) -> Option<(&KeptBytes, bool)> {
        Some((self.fresh.as_ref()?.bytes(), self.parts.len() == 1))
    }

    /// The same index, which takes what it has on the heap from a file that holds the same bytes.
    pub fn adopting(&self, part: PassagePart) -> Self {
        let part = Arc::new(part);
        let mut index = Self { fresh: None, ..self.clone() };
        if let Some(last) =
            index.parts.last_mut().filter(|last| last.bytes().as_slice().len() == part.bytes().as_slice().len())
        {
            // What is common lies in the part that goes.
            if let Some(common) = common_in(&part) {
                index.common = common;
            }
            *last = part;
        }
        index
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

    /// Bytes the index takes in files.
    pub fn bytes(&self) -> usize {
        self.parts.iter().map(|part| part.bytes().as_slice().len()).sum()
    }

    /// The reports, in corpus order.
    pub fn reports(&self) -> &[ReportId] {
        &self.reports
    }

    /// The report of a paragraph, and the line where it begins.
    pub fn place_of(&self, id: ParagraphId) -> Option<(ReportId, u32)> {
        let report = self.firsts.partition_point(|first| *first <= id.0).checked_sub(1)?;
        let (part, own) = *self.sources.get(report)?;
        let part = self.parts.get(part as usize)?;
        let line = part.line(part.first_of(own as usize)? + (id.0 - self.firsts.get(report)?))?;
        Some((*self.reports.get(report)?, line))
    }

    /// A paragraph of a part; none if its report is no longer there.
    fn paragraph_of(&self, part: u32, paragraph: u32) -> Option<ParagraphId> {
        let owner = self.parts.get(part as usize)?;
        let report = owner.report_of(paragraph)?;
        let number = (*self.owners.get(part as usize)?.get(report)?)?;
        Some(ParagraphId(self.firsts.get(number as usize)? + (paragraph - owner.first_of(report)?)))
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
        self.paragraphs_of(report).filter(|id| self.place_of(*id).is_some_and(|(_, first)| first <= line)).last()
    }

    /// Paragraphs of reports that `wanted` says yes to which may share a passage with these letters.
    pub fn candidates(&self, letters: &[char], wanted: &dyn Fn(ReportId) -> bool) -> Candidates {
        // By part and paragraph of the part: how many fingerprints it shares, those that few have apart.
        let mut found: FxHashMap<(u32, u32), (u32, u32)> = FxHashMap::default();
        // The longest list that was passed over: so many paragraphs at least were not looked at.
        let mut passed_over = 0;
        let (mut list, mut one) = (Vec::new(), Vec::new());
        for hash in winnow(&gram_hashes(letters)) {
            list.clear();
            for (n, part) in (0u32..).zip(&self.parts) {
                one.clear();
                part.find(hash, &mut one);
                list.extend(one.iter().map(|owner| (n, *owner)));
            }
            if self.parts.len() > 1 && list.len() > LONGEST_LIST {
                list.retain(|(part, owner)| self.paragraph_of(*part, *owner).is_some());
            }
            if list.len() > LONGEST_LIST {
                passed_over = passed_over.max(list.len());
                continue;
            }
            let rare = u32::from(!self.common.holds(hash));
            for owner in &list {
                let count = found.entry(*owner).or_default();
                *count = (count.0 + rare, count.1 + 1);
            }
        }
        let mut ranked: Vec<(u32, (u32, u32))> = found
            .into_iter()
            .filter_map(|((part, owner), count)| Some((self.paragraph_of(part, owner)?.0, count)))
            .collect();
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

/// Of which reports a part says what is common; none if it does not say it.
fn digest_in(part: &PassagePart) -> Option<Digest> {
    let bytes = part.common();
    let mut reader = ByteReader(bytes.as_slice());
    Some(Digest(reader.word()?, reader.word()?))
}

/// What a part says is common; none if it does not say it.
fn common_in(part: &PassagePart) -> Option<Common> {
    let bytes = part.common();
    Common::new(&bytes.part(16..bytes.as_slice().len()))
}
