//! Who else uses the wording of a paragraph. In: an index, a paragraph. Out: its shared passages, the strongest first. Does
//! not know about: screens.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::align::{Match, matches};
use super::index::{ParagraphId, PassageIndex};
use super::paragraph::PassageParagraph;
use super::strength::{Marked, PassageKind, common_letters, strength};
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::text::Span;

/// A passage where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPassage {
    /// The report.
    pub report: ReportId,
    /// Source line where it begins, 1-based.
    pub line: u32,
    /// Where it stands, one span a line; at least one.
    pub spans: Vec<Span>,
}

/// A passage of a paragraph that another paragraph shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// Where it stands here.
    pub here: FoundPassage,
    /// Where it stands there.
    pub there: FoundPassage,
    /// Whether both reports are of one place.
    pub own: bool,
    /// Letters that are equal.
    pub matched: usize,
    /// Of these, letters in no common run, no title, no number: its strength.
    pub novel: usize,
    /// Letters put in, taken out or changed.
    pub edits: usize,
    /// Places that use the wording, this one included.
    pub places: usize,
    /// Reports that use it, this one included.
    pub reports: usize,
    /// The earliest report that uses it; of reports of one year the first in the corpus, unknown years last.
    pub first: FoundPassage,
    /// Which letters of the paragraph are equal: ranges, ascending.
    pub equal: Vec<(usize, usize)>,
}

/// What a paragraph shares.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SharedWording {
    /// The paragraph.
    pub paragraph: PassageParagraph,
    /// For each of its letters whether it is in a common run.
    pub common: Vec<bool>,
    /// The strongest first.
    pub passages: Vec<Passage>,
    /// Paragraphs that were not looked at because too many may share something.
    pub left_out: usize,
}

impl PassageIndex {
    /// What the paragraph that holds source line `line` of a report shares with paragraphs of other reports: passages of at
    /// least `least` equal letters. None if there is no such paragraph.
    pub fn shared_at(&self, corpus: &Corpus, report: ReportId, line: u32, least: usize) -> Option<SharedWording> {
        let report = corpus.original(report);
        let found = self.shared(corpus, self.paragraph_with(report, line)?, least)?;
        // What stands between two paragraphs, as one printed a second time does, is in neither.
        let last = corpus.report(report)?.0.line_at(*found.paragraph.at.last()?);
        (line <= last).then_some(found)
    }

    /// What a paragraph shares.
    pub fn shared(&self, corpus: &Corpus, id: ParagraphId, least: usize) -> Option<SharedWording> {
        let (report, _) = self.place_of(id)?;
        let paragraph = self.paragraph(corpus, id)?;
        let common = common_letters(&paragraph.letters, self.common());
        let candidates = self.candidates(&paragraph.letters, &|other| other != report);
        let mut passages: Vec<(Match, Passage)> = Vec::new();
        for other in candidates.paragraphs {
            let (Some(there), Some((other_report, _))) = (self.paragraph(corpus, other), self.place_of(other)) else {
                continue;
            };
            // Always with the paragraph first whose letters come first, so that the answer depends neither on who asks nor on the
            // order in which files were read.
            let found: Vec<Match> = if paragraph.letters <= there.letters {
                matches(&paragraph.letters, &there.letters, least)
            } else {
                matches(&there.letters, &paragraph.letters, least).iter().map(Match::mirrored).collect()
            };
            if found.is_empty() {
                continue;
            }
            let there_common = common_letters(&there.letters, self.common());
            let own = same_place(corpus, report, other_report);
            for passage in found {
                let here = Marked { paragraph: &paragraph, common: &common };
                let (novel, kind) = strength(&passage, here, Marked { paragraph: &there, common: &there_common });
                let (own_extent, other_extent) = passage.extent();
                let (Some(here), Some(there)) = (
                    found_in(corpus, report, &paragraph, own_extent),
                    found_in(corpus, other_report, &there, other_extent),
                ) else {
                    continue;
                };
                let first = here.clone();
                let (matched, edits) = (passage.matched(), passage.edits());
                let equal = passage.blocks.iter().map(|block| (block.a, block.a + block.length)).collect();
                let told =
                    Passage { kind, here, there, own, matched, novel, edits, places: 1, reports: 1, first, equal };
                passages.push((passage, told));
            }
        }
        let passages = with_users(corpus, report, passages);
        Some(SharedWording { paragraph, common, passages, left_out: candidates.left_out })
    }
}

/// Whether two reports are of one known place.
fn same_place(corpus: &Corpus, a: ReportId, b: ReportId) -> bool {
    let place = |id| corpus.place_of(id).filter(|place| !corpus.place(*place).name.is_empty());
    place(a).is_some() && place(a) == place(b)
}

fn found_in(
    corpus: &Corpus,
    report: ReportId,
    paragraph: &PassageParagraph,
    extent: (usize, usize),
) -> Option<FoundPassage> {
    let (document, _) = corpus.report(report)?;
    let spans = paragraph.spans(document, extent.0, extent.1);
    let line = document.line_at(spans.first()?.start);
    Some(FoundPassage { report, line, spans })
}

/// Counts for each passage who uses its wording: those whose passage covers half of it at least. The strongest first.
fn with_users(corpus: &Corpus, report: ReportId, passages: Vec<(Match, Passage)>) -> Vec<Passage> {
    let extents: Vec<(usize, usize)> = passages.iter().map(|(passage, _)| passage.extent().0).collect();
    let mut told: Vec<Passage> = Vec::with_capacity(passages.len());
    for (at, (_, passage)) in passages.iter().enumerate() {
        let (start, end) = extents[at];
        let mut reports: FxHashSet<ReportId> = FxHashSet::from_iter([report]);
        let mut places: FxHashSet<Option<PlaceId>> = FxHashSet::from_iter([corpus.place_of(report)]);
        let mut first = &passage.here;
        for (other, (from, to)) in extents.iter().enumerate() {
            let both = (*to).min(end).saturating_sub((*from).max(start));
            if 2 * both < end - start {
                continue;
            }
            let there = &passages[other].1.there;
            reports.insert(there.report);
            places.insert(corpus.place_of(there.report));
            if earlier(corpus, there, first) {
                first = there;
            }
        }
        told.push(Passage { places: places.len(), reports: reports.len(), first: first.clone(), ..passage.clone() });
    }
    told.sort_by(|a, b| stronger(corpus, a, b));
    told
}

/// Whether `a` is of an earlier year than `b`; of one year the first by the name of its file.
fn earlier(corpus: &Corpus, a: &FoundPassage, b: &FoundPassage) -> bool {
    let key = |found: &FoundPassage| {
        let year = corpus.report(found.report).and_then(|(_, report)| report.filed_year());
        (year.unwrap_or(u16::MAX), corpus.file_order(found.report), found.line)
    };
    key(a) < key(b)
}

/// The order of passages: novel letters, equal letters, then by the names of files.
pub fn stronger(corpus: &Corpus, a: &Passage, b: &Passage) -> std::cmp::Ordering {
    let key = |p: &Passage| (std::cmp::Reverse((p.novel, p.matched)), p.kind);
    let files = |p: &Passage| [p.here.report, p.there.report].map(|report| corpus.file_order(report));
    let spans = || (&a.here.spans, &a.there.spans).cmp(&(&b.here.spans, &b.there.spans));
    key(a).cmp(&key(b)).then_with(|| files(a).cmp(&files(b))).then_with(spans)
}

/// Every passage that two reports of the corpus share, each pair once, the strongest first; passages that `wanted` says no to
/// are left out. None once `cancelled` says so.
pub fn all_pairs(
    corpus: &Corpus,
    index: &PassageIndex,
    least: usize,
    wanted: &(dyn Fn(&Passage) -> bool + Sync),
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Passage>> {
    let each = |report: &ReportId| {
        let mut found = Vec::new();
        for id in index.paragraphs_of(*report) {
            if cancelled() {
                return None;
            }
            let Some(shared) = index.shared(corpus, id, least) else { continue };
            // The other side finds it too.
            let first = |a: ReportId, b: ReportId| corpus.file_order(a) < corpus.file_order(b);
            let once = shared.passages.into_iter().filter(|p| first(p.here.report, p.there.report));
            found.extend(once.filter(wanted));
        }
        Some(found)
    };
    let all: Option<Vec<Vec<Passage>>> = index.reports().par_iter().map(each).collect();
    let mut all: Vec<Passage> = all?.into_iter().flatten().collect();
    all.sort_by(|a, b| stronger(corpus, a, b));
    Some(all)
}
