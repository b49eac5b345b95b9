//! Sections that most reports of its kind have and a draft lacks. In: a draft, an index of sections. Out: remarks. Does not
//! know about: how likeness is found.

use rustc_hash::{FxHashMap, FxHashSet};

use super::remark::{Remark, RemarkKind};
use crate::corpus::{Corpus, Report, ReportId};
use crate::index::sections::{SURE, SectionId, SectionIndex};
use crate::text::Span;

/// Fewest other places with a report of the same body: of fewer nothing is usual.
const FEWEST: usize = 3;
/// Most reports that are looked through.
const MOST: usize = 60;
/// Levels of sections that are looked for.
const DEEPEST: u8 = 2;
/// From this score on the draft has a section, where both are what is most alike in the two reports.
const COVERED: f32 = 0.08;

/// Adds sections that at least half of the other places with a report of the same body have, and the draft has not.
///
/// A draft that lacks a section still has others that are a little like it. So each other report is laid beside the draft
/// section by section, each taken once: what the draft lacks finds no partner there, for those that are like it have theirs. Told
/// is what found none in two of three of the reports that have it.
pub fn check(corpus: &Corpus, draft: ReportId, index: &SectionIndex, remarks: &mut Vec<Remark>) {
    let Some((_, own)) = corpus.report(draft) else { return };
    let draft = corpus.original(draft);
    let fits = |report: &Report| report.body == own.body && report.kind == own.kind && !report.sections.is_empty();
    // One report a place, its latest: a place with many reports is no majority.
    let mut latest: FxHashMap<(&str, &str), ReportId> = FxHashMap::default();
    let age = |id: ReportId| (corpus.report(id).and_then(|(_, report)| report.filed_year()), corpus.file_order(id));
    for (id, _, report) in corpus.distinct().filter(|(id, _, report)| *id != draft && fits(report)) {
        let last = latest.entry((report.place.as_str(), report.province.as_str())).or_insert(id);
        if age(id) > age(*last) {
            *last = id;
        }
    }
    let mut others: Vec<ReportId> = latest.into_values().collect();
    others.sort_unstable_by_key(|id| corpus.file_order(*id));
    others.truncate(MOST);
    if others.len() < FEWEST {
        return;
    }
    let wanted: FxHashSet<ReportId> = others.iter().copied().collect();
    let covered: FxHashSet<SectionId> = others
        .iter()
        .flat_map(|&other| index.correspondences(draft, other, COVERED))
        .map(|(_, there, _)| there)
        .collect();
    // Sections like one that was told or is in the draft are the same subject.
    let mut known: FxHashSet<SectionId> = FxHashSet::default();
    for &other in &others {
        let Some((document, report)) = corpus.report(other) else { continue };
        for (number, section) in (0..).zip(&report.sections).filter(|(_, section)| section.level <= DEEPEST) {
            let id = SectionId { report: other, section: number };
            if known.contains(&id) || covered.contains(&id) {
                continue;
            }
            let alike = index.similar(id, 1, &|report| wanted.contains(&report));
            let sure: Vec<SectionId> = alike.iter().filter(|a| a.score >= SURE).map(|a| a.section).collect();
            if 2 * (sure.len() + 1) < others.len() {
                continue;
            }
            known.extend(sure.iter().copied());
            let lacking = sure.iter().chain([&id]).filter(|section| !covered.contains(section)).count();
            if 3 * lacking < 2 * (sure.len() + 1) {
                continue;
            }
            let note = section.title(document.text()).into_owned();
            remarks.push(Remark {
                kind: RemarkKind::Section,
                span: Span::default(),
                note,
                other: Some((other, section.heading)),
            });
        }
    }
}
