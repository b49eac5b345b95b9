//! What is marked in the open report: the hits, piece by piece, and what else the query speaks of.
//!
//! In: what was found in a report. Out: spans in reading order. Does not know about: colours, rows.

use std::ops::Range;

use crate::corpus::ReportId;
use crate::index::search::HitsOfReport;
use crate::text::Span;

/// The marks of one query in one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    /// The report.
    pub report: ReportId,
    /// One span a hit, in order: where reading goes.
    pub hits: Vec<Span>,
    /// The hits piece by piece, in order: one that its page broke over two lines has a piece on each.
    pub pieces: Vec<Span>,
    /// The query's conditions where they stand beside hits, in order.
    pub companions: Vec<Span>,
    /// Of every hit its pieces, where one has more than one; empty otherwise.
    broken: Vec<(u32, Vec<Span>)>,
}

impl Marks {
    /// The marks of what was found in a report of a document with this text.
    pub fn new(text: &str, report: ReportId, found: &HitsOfReport) -> Self {
        let mut pieces: Vec<Span> = found.hits.iter().flat_map(|hit| hit.parts()).collect();
        pieces.sort_unstable();
        let numbered = (0u32..).zip(&found.hits).filter(|(_, hit)| !hit.continued.is_empty());
        Self {
            report,
            hits: found.hits.iter().map(|hit| hit.whole(text)).collect(),
            pieces,
            companions: found.companions.clone(),
            broken: numbered.map(|(number, hit)| (number, hit.parts().collect())).collect(),
        }
    }

    /// The pieces of one hit.
    pub fn pieces_of(&self, hit: usize) -> Vec<Span> {
        let broken = self.broken.iter().find(|(number, _)| usize::try_from(*number) == Ok(hit));
        match broken {
            Some((_, pieces)) => pieces.clone(),
            None => self.hits.get(hit).map(|span| vec![*span]).unwrap_or_default(),
        }
    }

    /// Whether a hit begins in a stretch of the text.
    pub fn any_in(&self, stretch: Range<u32>) -> bool {
        let first = self.hits.partition_point(|hit| hit.start < stretch.start);
        self.hits.get(first).is_some_and(|hit| hit.start < stretch.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::DocumentId;
    use crate::index::search::Hit;

    #[test]
    fn a_broken_hit_is_marked_on_both_its_lines() {
        let text = "全面推进乡\n图：灯塔\n村振兴，守灯";
        let report = ReportId { document: DocumentId(0), index: 0 };
        let (first, second) = (Span::new(12, 15), Span::new(29, 38));
        let hits =
            vec![Hit { span: first, continued: vec![second] }, Hit { span: Span::new(41, 47), continued: Vec::new() }];
        let marks = Marks::new(text, report, &HitsOfReport { hits, companions: vec![Span::new(0, 6)] });
        assert_eq!(marks.hits, [first, Span::new(41, 47)], "something stands between: reading goes to the first piece");
        assert_eq!(marks.pieces, [first, second, Span::new(41, 47)]);
        assert_eq!((marks.pieces_of(0), marks.pieces_of(1)), (vec![first, second], vec![Span::new(41, 47)]));
        assert!(marks.pieces_of(2).is_empty());
        assert!(marks.any_in(10..13) && !marks.any_in(13..41));
    }
}
