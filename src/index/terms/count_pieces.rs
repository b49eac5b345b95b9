//! Pieces counted, each by itself. In: pieces. Out: their counts. Does not know about: scopes, figures.

use std::sync::Arc;

use rayon::prelude::*;

use super::CountContext;
use super::counts::PartCounts;
use crate::corpus::ReportId;
use crate::index::scope::ScopePiece;

/// The counts of each piece, on all cores: of whole reports those that are kept. `None` once `cancelled` says so.
pub fn count_pieces(
    count_context: &CountContext<'_>,
    pieces: &[ScopePiece],
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Arc<PartCounts>>> {
    let &CountContext { corpus, segmenter, cache, .. } = count_context;
    let ids: Vec<ReportId> = pieces.iter().filter(|piece| piece.is_whole()).map(|piece| piece.report).collect();
    let mut whole = cache.reports(corpus, &ids, segmenter, cancelled)?.into_iter();
    let parts: Vec<&ScopePiece> = pieces.iter().filter(|piece| !piece.is_whole()).collect();
    let count = |piece: &&ScopePiece| cache.count_piece(corpus, piece, segmenter, cancelled).map(Arc::new);
    let mut parts = parts.par_iter().map(count).collect::<Option<Vec<_>>>()?.into_iter();
    Some(pieces.iter().filter_map(|piece| if piece.is_whole() { whole.next() } else { parts.next() }).collect())
}
