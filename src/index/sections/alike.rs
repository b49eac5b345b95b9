//! The index of sections and the question which are alike. In: a corpus, a section. Out: sections of other reports, best
//! first. Does not know about: how they are shown.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::features::{Features, Gram, features};
use super::phase::{Phase, phases};
use crate::corpus::{Corpus, ReportId};

/// From this score on two sections are about the same thing.
pub const SURE: f32 = 0.12;
/// From this score on they may be; below, a report has no such section.
pub const ABOUT: f32 = 0.04;

/// Heading against text: how much the headings add.
const HEADING: f32 = 0.3;
/// What is left of the score of two sections of the most different lengths.
const LENGTH_FLOOR: f32 = 0.6;
/// What is taken off where one looks back and the other ahead.
const OTHER_PHASE: f32 = 0.15;
/// What is taken off for each level between them.
const OTHER_LEVEL: f32 = 0.05;
/// Most pairs kept of a section's text and of its heading together, those of most weight first, where a corpus has many
/// sections: the index is bounded by it.
const HEAVIEST: usize = 48;
/// Sections from which on only the heaviest pairs are kept.
const MANY: usize = 100_000;

/// A section of the corpus: its report and its index in the outline. Ordered as in the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId {
    /// The report.
    pub report: ReportId,
    /// Index in [`crate::corpus::Report::sections`].
    pub section: u32,
}

/// A section that is like another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alike {
    /// Which section.
    pub section: SectionId,
    /// How alike, 0 to 1.3 (negative if nothing speaks for it).
    pub score: f32,
    /// Whether it looks back or ahead.
    pub phase: Option<Phase>,
}

impl Alike {
    /// Whether the two are about the same thing beyond doubt.
    pub fn sure(&self) -> bool {
        self.score >= SURE
    }
}

/// A section in the index.
#[derive(Debug, Clone)]
struct SectionEntry {
    id: SectionId,
    level: u8,
    phase: Option<Phase>,
    length: u32,
    /// Pairs (by number) with their weights, of the text and of the heading.
    text: Box<[(u32, f32)]>,
    heading: Box<[(u32, f32)]>,
}

/// Every section of the reports of a corpus that are no duplicates.
#[derive(Debug, Clone, Default)]
pub struct SectionIndex {
    entries: Vec<SectionEntry>,
    /// For each pair the entries whose text, and whose heading, has it; each list in the order of the entries.
    text: Vec<Vec<(u32, f32)>>,
    heading: Vec<Vec<(u32, f32)>>,
    numbers: FxHashMap<SectionId, u32>,
}

impl SectionIndex {
    /// Indexes a corpus; `None` once `cancelled` says so.
    pub fn new(corpus: &Corpus, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        Self::telling(corpus, &|_, _| (), cancelled)
    }

    /// The same; `progress` is told how many of how many reports have been read.
    pub fn telling(
        corpus: &Corpus,
        progress: &(dyn Fn(usize, usize) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        Self::of_reports(corpus, corpus.distinct().map(|(id, ..)| id).collect(), progress, cancelled)
    }

    /// Indexes some reports of a corpus.
    pub fn of(corpus: &Corpus, reports: Vec<ReportId>, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        Self::of_reports(corpus, reports, &|_, _| (), cancelled)
    }

    fn of_reports(
        corpus: &Corpus,
        reports: Vec<ReportId>,
        progress: &(dyn Fn(usize, usize) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        let done = AtomicUsize::new(0);
        let read = |id: &ReportId| {
            let (document, report) = corpus.report(*id)?;
            if cancelled() {
                return None;
            }
            let read = features(document, report);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, reports.len());
            Some(read)
        };
        let all: Option<Vec<Vec<Features>>> = reports.par_iter().map(read).collect();
        let all = all?;
        let sections = all.iter().map(Vec::len).sum::<usize>();
        let mut have: FxHashMap<Gram, u32> = FxHashMap::default();
        for one in all.iter().flatten() {
            one.text.iter().for_each(|(gram, _)| *have.entry(*gram).or_default() += 1);
        }
        // A pair of one section only tells nothing of likeness.
        let mut grams: Vec<(Gram, u32)> = have.into_iter().filter(|(_, n)| *n > 1).collect();
        grams.sort_unstable();
        let count = sections as f32;
        let rarity: Vec<f32> = grams.iter().map(|(_, n)| ((count + 1.0) / (*n as f32 + 0.5)).ln()).collect();
        let number = |gram: &Gram| grams.binary_search_by_key(gram, |(g, _)| *g).ok();
        let most = if sections > MANY { HEAVIEST } else { usize::MAX };
        let weigh = |counts: &[(Gram, u32)]| -> Box<[(u32, f32)]> {
            let weight = |(gram, n): &(Gram, u32)| {
                let at = number(gram)?;
                Some((u32::try_from(at).ok()?, (1.0 + (*n as f32).ln()) * rarity.get(at)?))
            };
            let mut weights: Vec<(u32, f32)> = counts.iter().filter_map(weight).collect();
            let length = weights.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            weights.iter_mut().for_each(|(_, w)| *w /= length);
            if weights.len() > most {
                weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                weights.truncate(most);
                weights.sort_unstable_by_key(|(gram, _)| *gram);
            }
            weights.into()
        };
        let enter = |(id, features): (&ReportId, &Vec<Features>)| -> Option<Vec<SectionEntry>> {
            let (document, report) = corpus.report(*id)?;
            let phases = phases(document, report);
            let entry = |((number, section), (features, phase)): ((u32, &crate::corpus::Section), (&Features, _))| {
                SectionEntry {
                    id: SectionId { report: *id, section: number },
                    level: section.level,
                    phase,
                    length: features.length,
                    text: weigh(&features.text),
                    heading: weigh(&features.heading),
                }
            };
            Some((0..).zip(&report.sections).zip(features.iter().zip(phases)).map(entry).collect())
        };
        let entries: Option<Vec<Vec<SectionEntry>>> = reports.par_iter().zip(&all).map(enter).collect();
        let entries: Vec<SectionEntry> = entries?.into_iter().flatten().collect();
        if cancelled() {
            return None;
        }
        let mut index = Self {
            text: vec![Vec::new(); grams.len()],
            heading: vec![Vec::new(); grams.len()],
            numbers: FxHashMap::default(),
            entries,
        };
        for (number, entry) in (0u32..).zip(&index.entries) {
            index.numbers.insert(entry.id, number);
            entry.text.iter().for_each(|&(gram, w)| index.text[gram as usize].push((number, w)));
            entry.heading.iter().for_each(|&(gram, w)| index.heading[gram as usize].push((number, w)));
        }
        Some(index)
    }

    /// How many sections there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The phase of a section.
    pub fn phase(&self, id: SectionId) -> Option<Phase> {
        self.entry(id)?.1.phase
    }

    fn entry(&self, id: SectionId) -> Option<(usize, &SectionEntry)> {
        let number = *self.numbers.get(&id)? as usize;
        Some((number, self.entries.get(number)?))
    }

    /// How alike `a` and `b` are, given how much their texts and headings share.
    fn score(a: &SectionEntry, b: &SectionEntry, text: f32, heading: f32) -> f32 {
        let (short, long) = (a.length.min(b.length) as f32, a.length.max(b.length).max(1) as f32);
        let mut score = (text + HEADING * heading) * (LENGTH_FLOOR + (1.0 - LENGTH_FLOOR) * (short / long).sqrt());
        if let (Some(p), Some(q)) = (a.phase, b.phase)
            && p != q
        {
            score -= OTHER_PHASE;
        }
        score - OTHER_LEVEL * f32::from(a.level.abs_diff(b.level))
    }

    /// The sections of other reports that are most like `id`, best first: at most `per_report` of each report that `wanted`
    /// says yes to, none that falls short of [`ABOUT`]. Empty if there is no such section.
    pub fn similar(&self, id: SectionId, per_report: usize, wanted: &dyn Fn(ReportId) -> bool) -> Vec<Alike> {
        let Some((_, query)) = self.entry(id) else { return Vec::new() };
        let mut shared: Vec<(f32, f32)> = vec![(0.0, 0.0); self.entries.len()];
        for (gram, weight) in &query.text {
            for (entry, w) in self.text.get(*gram as usize).into_iter().flatten() {
                shared[*entry as usize].0 += weight * w;
            }
        }
        for (gram, weight) in &query.heading {
            for (entry, w) in self.heading.get(*gram as usize).into_iter().flatten() {
                shared[*entry as usize].1 += weight * w;
            }
        }
        let mut found = Vec::new();
        let mut own: Vec<Alike> = Vec::new();
        for chunk in self.entries.chunk_by(|a, b| a.id.report == b.id.report) {
            let Some(first) = chunk.first() else { continue };
            let report = first.id.report;
            if report == id.report || !wanted(report) {
                continue;
            }
            let Some((start, _)) = self.entry(first.id) else { continue };
            own.clear();
            own.extend(chunk.iter().zip(&shared[start..]).filter_map(|(entry, &(text, heading))| {
                let score = Self::score(query, entry, text, heading);
                (score >= ABOUT).then_some(Alike { section: entry.id, score, phase: entry.phase })
            }));
            own.sort_by(better);
            found.extend(own.iter().take(per_report).copied());
        }
        found.sort_by(better);
        found
    }

    /// Which sections of two reports correspond: each at most once, the most alike first, none below `least`. Sections of
    /// `a` first, in the order of their scores.
    pub fn correspondences(&self, a: ReportId, b: ReportId, least: f32) -> Vec<(SectionId, SectionId, f32)> {
        // The sections of a report follow one another.
        let of = |report| {
            let first = self.entry(SectionId { report, section: 0 }).map_or(self.entries.len(), |(at, _)| at);
            let from = self.entries.get(first..).unwrap_or_default();
            from.iter().take_while(move |entry| entry.id.report == report)
        };
        let mut pairs: Vec<(f32, SectionId, SectionId)> = Vec::new();
        for x in of(a) {
            for y in of(b) {
                let score = Self::score(x, y, product(&x.text, &y.text), product(&x.heading, &y.heading));
                if score >= least {
                    pairs.push((score, x.id, y.id));
                }
            }
        }
        pairs.sort_by(|p, q| q.0.total_cmp(&p.0).then((p.1, p.2).cmp(&(q.1, q.2))));
        let (mut left, mut right) = (rustc_hash::FxHashSet::default(), rustc_hash::FxHashSet::default());
        let free = |(score, x, y): (f32, SectionId, SectionId)| {
            (!left.contains(&x) && !right.contains(&y)).then(|| {
                left.insert(x);
                right.insert(y);
                (x, y, score)
            })
        };
        pairs.into_iter().filter_map(free).collect()
    }
}

/// Higher scores first, then as in the corpus.
fn better(a: &Alike, b: &Alike) -> std::cmp::Ordering {
    b.score.total_cmp(&a.score).then(a.section.cmp(&b.section))
}

/// The sum of the products of two ascending lists of weights.
fn product(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += x.1 * y.1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::DocumentId;
    use crate::index::fixture::{corpus, document};

    const HERE: &str = "#1 2022年工作回顾\n#2 一、修水渠\n清淤三十里，水渠通到坡地，闸门换新。\n#2 二、种果树\n果树上山，苗圃育苗，嫁接新枝。\n#1 2023年工作安排\n#2 一、修水渠\n水渠再修十里，闸门再换，清淤到底。";
    const THERE: &str = "#1 过去一年的工作\n#2 一、果树满坡\n苗圃育苗五万株，嫁接新枝，果树上山。\n#2 二、水渠\n清淤二十里，闸门换新，水渠到田。\n#1 今后一年的任务\n#2 一、水渠\n闸门再换一批，水渠清淤。";

    fn id(document: u32, section: u32) -> SectionId {
        SectionId { report: ReportId { document: DocumentId(document), index: 0 }, section }
    }

    fn index() -> SectionIndex {
        let corpus = corpus(vec![document("云和市", HERE), document("雾山县", THERE)]);
        SectionIndex::new(&corpus, &|| false).unwrap()
    }

    #[test]
    fn finds_the_section_about_the_same_thing_in_the_same_phase() {
        let index = index();
        for (from, to) in [(1, 2), (2, 1), (4, 4)] {
            let found = index.similar(id(0, from), 1, &|_| true);
            assert_eq!(found.first().map(|alike| alike.section), Some(id(1, to)), "{from}: {found:?}");
        }
        assert!(index.similar(id(0, 1), 1, &|_| false).is_empty());
        assert!(index.similar(id(0, 9), 1, &|_| true).is_empty());
        let two = index.similar(id(0, 1), 2, &|_| true);
        assert!(two.len() <= 2 && two.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }

    #[test]
    fn correspondences_take_each_section_once() {
        let index = index();
        let (a, b) = (id(0, 0).report, id(1, 0).report);
        let pairs = index.correspondences(a, b, ABOUT);
        assert!(pairs.iter().any(|(x, y, _)| (*x, *y) == (id(0, 1), id(1, 2))));
        let mut left: Vec<_> = pairs.iter().map(|(x, ..)| *x).collect();
        left.sort_unstable();
        left.dedup();
        assert_eq!(left.len(), pairs.len());
    }

    #[test]
    fn stops_when_told() {
        let corpus = corpus(vec![document("云和市", HERE)]);
        assert!(SectionIndex::new(&corpus, &|| true).is_none());
    }
}
