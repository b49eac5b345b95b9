//! Sections that most reports of its kind have and a draft lacks. In: a draft, an index of sections. Out: remarks. Does not
//! know about: how likeness is found.

use rustc_hash::FxHashSet;

use super::{Remark, RemarkKind};
use crate::corpus::{Corpus, ReportId};
use crate::index::sections::{SURE, SectionId, SectionIndex};
use crate::text::Span;

/// Fewest other reports of the same body: of fewer nothing is usual.
const FEWEST: usize = 3;
/// Most reports that are looked through.
const MOST: usize = 60;
/// Levels of sections that are looked for.
const DEEPEST: u8 = 2;

/// Adds sections that at least half of the other reports of the same body have, and the draft has nothing like.
pub fn check(corpus: &Corpus, draft: ReportId, index: &SectionIndex, remarks: &mut Vec<Remark>) {
    let Some((_, own)) = corpus.report(draft) else { return };
    let draft = corpus.original(draft);
    let others: Vec<ReportId> = corpus
        .distinct()
        .filter(|(id, _, report)| {
            *id != draft && report.body == own.body && report.kind == own.kind && !report.sections.is_empty()
        })
        .map(|(id, ..)| id)
        .take(MOST)
        .collect();
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
