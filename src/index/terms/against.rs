//! What a scope is compared with, counted. In: a scope's pieces and counts, a reference. Out: the reference's counts.
//! Does not know about: figures.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::CountContext;
use super::count_pieces::count_pieces;
use super::counts::{PartCounts, Totals, WordId};
use super::parts::ReportParts;
use crate::corpus::ReportId;
use crate::index::scope::{Extent, Reference, ScopePiece};

/// The reference of a comparison.
pub struct Against {
    /// Sums over the corpus.
    pub totals: Arc<Totals>,
    /// 汉字 of the reference.
    pub han: u64,
    /// Occurrences of every word in it, by its number.
    pub counts: Vec<u64>,
    /// How many of its pieces have it, likewise.
    pub ranges: Vec<u32>,
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
        count_context: &CountContext<'_>,
        (scope, parts): (&Extent, &ReportParts),
        reference: &Reference,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        let &CountContext { corpus, segmenter, cache, .. } = count_context;
        let totals = cache.totals(corpus, segmenter, cancelled)?;
        let other = reference.extent(corpus, scope, cancelled)?;
        // What is left of a report beside the scope is counted by taking the scope's part away, which costs nothing.
        let left_over = |piece: &ScopePiece| {
            !piece.is_whole() && scope.piece(piece.report).is_some() && !matches!(reference, Reference::Scope(_))
        };
        let asked: Vec<ScopePiece> = other
            .pieces()
            .iter()
            .filter_map(
                |piece| if left_over(piece) { ScopePiece::whole(corpus, piece.report) } else { Some(piece.clone()) },
            )
            .collect();
        let counted = count_pieces(count_context, &asked, cancelled)?;
        let pieces: Vec<Counted> = other
            .pieces()
            .iter()
            .zip(counted)
            .map(|(piece, counts)| Counted { report: piece.report, counts, with_scope: left_over(piece) })
            .collect();
        let mut made = Self { totals, han: other.han(), counts: Vec::new(), ranges: Vec::new(), pieces };
        (made.counts, made.ranges) = match reference {
            Reference::Rest => made.rest(count_context, cancelled)?,
            _ => made.sum(),
        };
        made.take_away(parts);
        Some(made)
    }

    /// Whether the scope's part of a report has to be taken away from its counts.
    pub fn has_scope_of(&self, report: ReportId) -> bool {
        let found = self.pieces.binary_search_by_key(&report, |piece| piece.report).ok();
        found.and_then(|i| self.pieces.get(i)).is_some_and(|piece| piece.with_scope)
    }

    /// Takes the scope's part away from what its own reports add.
    fn take_away(&mut self, parts: &ReportParts) {
        let mut own: FxHashMap<ReportId, FxHashMap<WordId, u32>> = FxHashMap::default();
        for (report, part) in parts.iter().filter(|(report, _)| self.has_scope_of(*report)) {
            let words = own.entry(report).or_default();
            part.words.iter().for_each(|&(word, count)| *words.entry(word).or_default() += count);
        }
        for piece in self.pieces.iter().filter(|piece| piece.with_scope) {
            let Some(taken) = own.get(&piece.report) else { continue };
            for (&word, &count) in taken {
                let Some(sum) = self.counts.get_mut(word as usize) else { continue };
                *sum = sum.saturating_sub(u64::from(count));
                let whole = piece.counts.words.binary_search_by_key(&word, |(id, _)| *id).ok();
                let whole = whole.and_then(|i| piece.counts.words.get(i)).map_or(0, |(_, count)| *count);
                if let Some(range) = self.ranges.get_mut(word as usize).filter(|_| whole <= count) {
                    *range = range.saturating_sub(1);
                }
            }
        }
    }

    fn sum(&self) -> (Vec<u64>, Vec<u32>) {
        let all = self.totals.counts.len();
        let (mut counts, mut ranges) = (vec![0; all], vec![0; all]);
        for piece in &self.pieces {
            change(&mut counts, &mut ranges, &piece.counts, |sum, count| sum + count, |range| range + 1);
        }
        (counts, ranges)
    }

    /// The sums of the corpus without the reports that are no part of the rest: of a large corpus the shorter way.
    fn rest(
        &self,
        count_context: &CountContext<'_>,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<(Vec<u64>, Vec<u32>)> {
        let is_there = |id: &ReportId| self.pieces.binary_search_by_key(id, |piece| piece.report).is_ok();
        let missing: Vec<ReportId> =
            count_context.corpus.distinct().map(|(id, ..)| id).filter(|id| !is_there(id)).collect();
        if missing.len() > self.pieces.len() {
            return Some(self.sum());
        }
        let (mut counts, mut ranges) = (self.totals.counts.clone(), self.totals.ranges.clone());
        for part in count_context.cache.reports(count_context.corpus, &missing, count_context.segmenter, cancelled)? {
            change(&mut counts, &mut ranges, &part, u64::saturating_sub, |range| range.saturating_sub(1));
        }
        Some((counts, ranges))
    }
}

fn change(
    counts: &mut [u64],
    ranges: &mut [u32],
    part: &PartCounts,
    count: impl Fn(u64, u64) -> u64,
    range: impl Fn(u32) -> u32,
) {
    for &(id, number) in &part.words {
        if let (Some(sum), Some(with)) = (counts.get_mut(id as usize), ranges.get_mut(id as usize)) {
            *sum = count(*sum, u64::from(number));
            *with = range(*with);
        }
    }
}
