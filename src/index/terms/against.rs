//! What a scope is compared with, counted. In: a scope's pieces and counts, a reference. Out: the reference's counts.
//! Does not know about: figures.

use std::sync::Arc;

use super::Basis;
use super::count_pieces::count_pieces;
use super::counts::{PartCounts, Totals};
use super::parts::Parts;
use crate::corpus::ReportId;
use crate::index::scope::{Extent, Piece, Reference};

/// The reference of a comparison.
pub struct Against {
    /// Sums over the corpus.
    pub totals: Arc<Totals>,
    /// 汉字 of the reference.
    pub han: u64,
    /// Occurrences of every word in it, by its number.
    pub counts: Vec<u64>,
    /// Its pieces, in corpus order.
    pub pieces: Vec<Counted>,
}

/// A piece of a reference.
pub struct Counted {
    /// The report.
    pub report: ReportId,
    /// The counts of the piece, or of its report with the scope's part of it.
    pub counts: Arc<PartCounts>,
    /// Whether the scope's part is still in those counts, and has to be taken away.
    pub with_scope: bool,
}

impl Against {
    /// Counts `reference`, which holds nothing of the `scope` that `parts` are the counts of; `None` once `cancelled` says
    /// so, or if it names what is not there.
    pub fn count(
        basis: &Basis<'_>,
        (scope, parts): (&Extent, &Parts),
        reference: &Reference,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        let &Basis { corpus, segmenter, cache, .. } = basis;
        let totals = cache.totals(corpus, segmenter, cancelled)?;
        let other = reference.extent(corpus, scope, cancelled)?;
        // What is left of a report beside the scope is counted by taking the scope's part away, which costs nothing.
        let left_over = |piece: &Piece| {
            !piece.is_whole() && scope.piece(piece.report).is_some() && !matches!(reference, Reference::Scope(_))
        };
        let asked: Vec<Piece> = other
            .pieces()
            .iter()
            .filter_map(|piece| if left_over(piece) { Piece::whole(corpus, piece.report) } else { Some(piece.clone()) })
            .collect();
        let counted = count_pieces(basis, &asked, cancelled)?;
        let pieces: Vec<Counted> = other
            .pieces()
            .iter()
            .zip(counted)
            .map(|(piece, counts)| Counted { report: piece.report, counts, with_scope: left_over(piece) })
            .collect();
        let mut made = Self { totals, han: other.han(), counts: Vec::new(), pieces };
        let mut counts = match reference {
            Reference::Rest => made.rest(basis, cancelled)?,
            _ => made.sum(),
        };
        for (_, part) in parts.iter().filter(|(report, _)| made.has_scope_of(*report)) {
            change(&mut counts, part, u64::saturating_sub);
        }
        made.counts = counts;
        Some(made)
    }

    /// Whether the scope's part of a report has to be taken away from its counts.
    pub fn has_scope_of(&self, report: ReportId) -> bool {
        let found = self.pieces.binary_search_by_key(&report, |piece| piece.report).ok();
        found.and_then(|i| self.pieces.get(i)).is_some_and(|piece| piece.with_scope)
    }

    fn sum(&self) -> Vec<u64> {
        let mut counts = vec![0; self.totals.counts.len()];
        self.pieces.iter().for_each(|piece| change(&mut counts, &piece.counts, |sum, count| sum + count));
        counts
    }

    /// The sums of the corpus without the reports that are no part of the rest: of a large corpus the shorter way.
    fn rest(&self, basis: &Basis<'_>, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Vec<u64>> {
        let is_there = |id: &ReportId| self.pieces.binary_search_by_key(id, |piece| piece.report).is_ok();
        let missing: Vec<ReportId> = basis.corpus.distinct().map(|(id, ..)| id).filter(|id| !is_there(id)).collect();
        if missing.len() > self.pieces.len() {
            return Some(self.sum());
        }
        let mut counts = self.totals.counts.clone();
        for part in basis.cache.reports(basis.corpus, &missing, basis.segmenter, cancelled)? {
            change(&mut counts, &part, u64::saturating_sub);
        }
        Some(counts)
    }
}

fn change(counts: &mut [u64], part: &PartCounts, how: impl Fn(u64, u64) -> u64) {
    for &(id, count) in &part.words {
        if let Some(sum) = counts.get_mut(id as usize) {
            *sum = how(*sum, u64::from(count));
        }
    }
}
