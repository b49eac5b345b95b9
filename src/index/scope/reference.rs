//! What a text is compared with. In: a choice, the text. Out: the reference's reports and pieces. Does not know about: words,
//! figures.

use std::collections::{BTreeMap, BTreeSet};

use super::choice::{Scope, whole_reports};
use super::extent::{Extent, ScopePiece};
use crate::corpus::{Body, Corpus, PlaceId, Report, ReportId};

/// What a scope is compared with. The scope's own text is never part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Reference {
    /// The rest of the corpus.
    #[default]
    Rest,
    /// Reports of the same body (人大常委会, 政府…) as any report of the scope.
    SameBody,
    /// Reports of the same province.
    SameProvince,
    /// Reports on a same year.
    SameYear,
    /// The reports of a place.
    Place(PlaceId),
    /// These reports.
    Reports(Vec<ReportId>),
    /// The reports that a scope has a share in, and of them that share.
    Scope(Box<Scope>),
}

impl Reference {
    /// Its text: without what the scope holds of it, and without reports whose text the scope has in another print. `None`
    /// if it names a report or place that is not there, or once `cancelled` says so.
    pub fn extent(&self, corpus: &Corpus, scope: &Extent, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Extent> {
        let own: BTreeMap<ReportId, &ScopePiece> = scope.pieces().iter().map(|piece| (piece.report, piece)).collect();
        let texts: BTreeSet<ReportId> = own.keys().map(|&id| corpus.original(id)).collect();
        let chosen = self.chosen(corpus, scope, cancelled)?;
        let rest = |piece: ScopePiece| match own.get(&piece.report) {
            Some(taken) if piece.is_whole() => taken.rest(corpus),
            Some(taken) => piece.keep(corpus, &mut |stretch| !taken.holds(stretch)),
            None => (!texts.contains(&corpus.original(piece.report))).then_some(piece),
        };
        Some(chosen.into_iter().filter_map(rest).collect())
    }

    fn chosen(
        &self,
        corpus: &Corpus,
        scope: &Extent,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<ScopePiece>> {
        let own = || scope.reports().filter_map(|id| Some(corpus.report(id)?.1));
        let all = |keep: &dyn Fn(&Report) -> bool| -> Vec<ScopePiece> {
            let kept = corpus.distinct().filter(|(_, _, report)| keep(report));
            kept.filter_map(|(id, ..)| ScopePiece::whole(corpus, id)).collect()
        };
        Some(match self {
            Self::Rest => all(&|_| true),
            Self::SameBody => {
                let bodies: BTreeSet<Body> = own().map(|report| report.body).collect();
                all(&|report| bodies.contains(&report.body))
            }
            Self::SameProvince => {
                let provinces: BTreeSet<&str> = own().map(|report| report.province.as_str()).collect();
                all(&|report| !report.province.is_empty() && provinces.contains(&report.province.as_str()))
            }
            Self::SameYear => {
                let years: BTreeSet<u16> = own().flat_map(|report| report.years.iter().copied()).collect();
                all(&|report| report.years.iter().any(|year| years.contains(year)))
            }
            Self::Place(place) => whole_reports(corpus, &corpus.places().get(place.0 as usize)?.reports)?,
            Self::Reports(ids) => whole_reports(corpus, ids)?,
            Self::Scope(scope) => scope.extent(corpus, cancelled)?.pieces().to_vec(),
        })
    }
}
