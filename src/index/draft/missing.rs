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

/// Adds sections that at least half of the other places with a report of the same body have, and the draft has nothing like.
pub fn check(corpus: &Corpus, draft: ReportId, index: &SectionIndex, remarks: &mut Vec<Remark>) {
    let Some((_, own)) = corpus.report(draft) else { return };
    let draft = corpus.original(draft);
    let fits = |report: &Report| report.body == own.body && report.kind == own.kind && !report.sections.is_empty();
    // One report a place, its latest: a place with many reports is no majority.
    let mut latest: FxHashMap<(&str, &str), (Option<u16>, ReportId)> = FxHashMap::default();
    for (id, _, report) in corpus.distinct().filter(|(id, _, report)| *id != draft && fits(report)) {
        let last = latest.entry((report.place.as_str(), report.province.as_str())).or_insert((None, id));
        if report.filed_year() >= last.0 {
            *last = (report.filed_year(), id);
        }
    }
    let mut others: Vec<ReportId> = latest.into_values().map(|(_, id)| id).collect();
    others.sort_unstable();
    others.truncate(MOST);
    if others.len() < FEWEST {
        return;
    }
    let wanted: FxHashSet<ReportId> = others.iter().copied().chain([draft]).collect();
    // Sections like one that was told or is in the draft are the same subject.
    let mut known: FxHashSet<SectionId> = FxHashSet::default();
    for &other in &others {
        let Some((document, report)) = corpus.report(other) else { continue };
        for (number, section) in (0..).zip(&report.sections).filter(|(_, section)| section.level <= DEEPEST) {
            let id = SectionId { report: other, section: number };
            if known.contains(&id) {
                continue;
            }
            let alike = index.similar(id, 1, &|report| wanted.contains(&report));
            let sure: Vec<SectionId> = alike.iter().filter(|a| a.score >= SURE).map(|a| a.section).collect();
            let in_draft = alike.iter().any(|alike| alike.section.report == draft);
            if in_draft || 2 * (sure.len() + 1) < others.len() {
                continue;
            }
            known.extend(sure.iter().copied());
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
