//! A scope cut into the parts that its dispersion is about. In: pieces of the corpus. Out: the counts of every part.
//! Does not know about: figures.

use std::ops::Range;
use std::sync::Arc;

use super::CountContext;
use super::count_pieces::count_pieces;
use super::counts::PartCounts;
use crate::corpus::ReportId;
use crate::index::scope::ScopePiece;

/// A scope in parts, each of one report.
pub struct ReportParts {
    parts: HeldCounts,
    /// The report of every part.
    pub reports: Vec<ReportId>,
    /// Whether all parts are of one report.
    pub one_report: bool,
}

enum HeldCounts {
    OfReport(Arc<[PartCounts]>, Range<usize>),
    Reports(Vec<Arc<PartCounts>>),
}

impl ReportParts {
    /// Counts the parts of `pieces`; `None` once `cancelled` says so.
    pub fn count(
        count_context: &CountContext<'_>,
        pieces: &[ScopePiece],
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        let reports: Vec<ReportId> = pieces.iter().map(|piece| piece.report).collect();
        let one_report = reports.len() == 1;
        let parts = match pieces {
            // A single report is seen section by section, so that its dispersion says something.
            [one] if one.is_whole() || one.parts().is_some() => {
                let parts =
                    count_context.cache.parts(count_context.corpus, one.report, count_context.segmenter, cancelled)?;
                let range = one.parts().unwrap_or(0..parts.len());
                return Some(Self {
                    reports: vec![one.report; range.len()],
                    parts: HeldCounts::OfReport(parts, range),
                    one_report,
                });
            }
            _ => count_pieces(count_context, pieces, cancelled)?,
        };
        Some(Self { parts: HeldCounts::Reports(parts), reports, one_report })
    }

    /// Every part with its report.
    pub fn iter(&self) -> impl Iterator<Item = (ReportId, &PartCounts)> {
        let (own, whole) = match &self.parts {
            HeldCounts::OfReport(parts, range) => (parts.get(range.clone()).unwrap_or_default(), &[][..]),
            HeldCounts::Reports(reports) => (&[][..], reports.as_slice()),
        };
        self.reports.iter().copied().zip(own.iter().chain(whole.iter().map(AsRef::as_ref)))
    }
}
