//! The parts behind a dispersion: how much of a term each has, and how much text. In: an extent, a term. Out: its parts, as
//! the dispersion of the term is worked out over them. Does not know about: the formula, how parts are shown.

use super::CountContext;
use super::parts::ReportParts;
use crate::corpus::ReportId;
use crate::index::scope::Extent;

/// A part of a scope, and a term in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermPart {
    /// Its report.
    pub report: ReportId,
    /// The section it is (an index into the outline), where parts are sections; `None` for a report, and for what stands
    /// before the first heading.
    pub section: Option<usize>,
    /// 汉字 of it.
    pub han: u64,
    /// Occurrences of the term in it, as a word.
    pub count: u64,
}

/// The parts of an extent with text in them; `None` once `cancelled` says so.
pub fn term_parts(
    count_context: &CountContext<'_>,
    extent: &Extent,
    term: &str,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<TermPart>> {
    let pieces = extent.pieces();
    let parts = ReportParts::count(count_context, pieces, cancelled)?;
    let word = count_context.cache.vocabulary().id(term);
    let by_section = match pieces {
        [one] if one.is_whole() || one.parts().is_some() => Some(one.parts().map_or(0, |range| range.start)),
        _ => None,
    };
    let counted = parts.iter().enumerate().map(|(at, (report, counts))| {
        let found = word.and_then(|word| counts.words.binary_search_by_key(&word, |(id, _)| *id).ok());
        let count = found.and_then(|at| counts.words.get(at)).map_or(0, |(_, count)| u64::from(*count));
        // Part 0 stands before the first heading, the next is that of section 0.
        let section = by_section.and_then(|from| (from + at).checked_sub(1));
        TermPart { report, section, han: counts.han, count }
    });
    Some(counted.filter(|part| part.han > 0).collect())
}
