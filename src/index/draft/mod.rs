//! What a writer would look at again in a draft.
//!
//! In: a corpus that holds the draft, an index of shared wording and of sections, a list of indicators. Out: remarks, each
//! with where its words stand, in reading order. Does not know about: screens, files.
//!
//! Wording that few others have; set phrases named in part, former names; figures that another report of the place states
//! otherwise; sections that most reports of its kind have; punctuation of the wrong width.

mod figures;
mod missing;
mod remark;
mod usage;
mod width;

pub use remark::{Remark, RemarkKind};

use crate::corpus::{Corpus, ReportId};
use crate::index::passages::{PassageIndex, PassageKind};
use crate::index::sections::SectionIndex;
use crate::index::targets::Indicators;
use crate::text::Span;

/// Everything a draft is checked with.
#[derive(Debug, Clone, Copy)]
pub struct Checks<'c> {
    /// Shared wording.
    pub passages: &'c PassageIndex,
    /// Sections.
    pub sections: &'c SectionIndex,
    /// Indicators.
    pub indicators: &'c Indicators,
}

/// Remarks on a draft, in reading order, what is missing last. None if there is no such report, or once `cancelled` says so.
pub fn check(
    corpus: &Corpus,
    draft: ReportId,
    checks: &Checks<'_>,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Remark>> {
    let (document, report) = corpus.report(draft)?;
    let mut remarks = Vec::new();
    for id in checks.passages.paragraphs_of(draft) {
        if cancelled() {
            return None;
        }
        let Some(shared) = checks.passages.shared(corpus, id, crate::index::passages::GUARANTEE) else { continue };
        // One remark a passage, the strongest of those that share it.
        let mut told: Vec<Span> = Vec::new();
        for passage in shared.passages.iter().filter(|passage| passage.kind == PassageKind::Reuse && !passage.own) {
            let (Some(here), Some(there)) = (passage.here.spans.first(), passage.there.spans.first()) else { continue };
            if !told.iter().any(|span| span.overlaps(*here)) {
                told.push(*here);
                let note = passage.novel.to_string();
                let other = Some((passage.there.report, *there));
                remarks.push(Remark { kind: RemarkKind::Shared, span: *here, note, other });
            }
        }
    }
    usage::check(document, report, &mut remarks);
    width::check(document, report, &mut remarks);
    figures::check(corpus, draft, checks.indicators, &mut remarks);
    missing::check(corpus, draft, checks.sections, &mut remarks);
    remarks.sort_by(|a, b| {
        let key = |remark: &Remark| (remark.kind == RemarkKind::Section, remark.span, remark.kind);
        key(a).cmp(&key(b)).then_with(|| a.note.cmp(&b.note))
    });
    (!cancelled()).then_some(remarks)
}
