//! Reports that a person cuts out of a document by line numbers, where no rule of ours found one to begin.
//!
//! In: the pieces found, and what a person says of lines. Out: the pieces as that person has them. Does not know about: how
//! pieces are found.

use crate::corpus::corrections::overrides::Rule;
use crate::corpus::model::piece::Piece;
use crate::corpus::structure::split;
use crate::corpus::{Line, LineKind, LineRange, Reason, ReportKind};

/// Makes a piece of the lines of every rule that tells whose they are and in which no piece begins.
pub fn cut(text: &str, lines: &mut [Line], mut pieces: Vec<Piece>, rules: &[Rule]) -> Vec<Piece> {
    let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    for range in rules.iter().filter(|rule| rule.names_a_report()).filter_map(|rule| rule.lines) {
        let range = LineRange { first: range.first, last: range.last.min(count) };
        let begins = |piece: &Piece| piece.ranges.first().is_some_and(|r| range.contains(r.first));
        if range.first > range.last || pieces.iter().any(begins) {
            continue;
        }
        let Some(own) = lines.get_mut(range.first as usize - 1..range.last as usize) else { continue };
        if own.iter().all(|line| line.kind == LineKind::Blank) {
            continue;
        }
        let piece = piece_of(text, own, range, true);
        for other in &mut pieces {
            other.ranges = other.ranges.iter().flat_map(|r| without(*r, range)).collect();
        }
        pieces.retain(|piece| !piece.ranges.is_empty());
        pieces.push(piece);
    }
    pieces.sort_by_key(|piece| piece.ranges.first().map(|r| r.first));
    pieces
}

/// The piece that all of `own`, the lines at `range`, make up; what a web page prints around a text only if `chrome_as_well`.
pub fn piece_of(text: &str, own: &mut [Line], range: LineRange, chrome_as_well: bool) -> Piece {
    for line in own.iter_mut().filter(|line| line.kind != LineKind::Blank) {
        line.set(LineKind::Paragraph, Reason::Text);
    }
    let found = split::split(text, own).into_iter().next();
    // What was taken for outside is the piece's all the same: a person, or the row of a table, says so.
    let kept = |kind: LineKind| kind.is_outside() && (chrome_as_well || kind != LineKind::Chrome);
    for line in own.iter_mut().filter(|line| kept(line.kind)) {
        line.set(LineKind::Paragraph, Reason::Text);
    }
    let below = |line: Option<u32>| line.map(|n| n + range.first - 1);
    Piece {
        kind: found.as_ref().map_or(ReportKind::Article, |piece| piece.kind),
        ranges: vec![range],
        title: found.as_ref().and_then(|piece| piece.title.clone()),
        title_line: below(found.as_ref().and_then(|piece| piece.title_line)),
        subtitle_line: below(found.as_ref().and_then(|piece| piece.subtitle_line)),
        organ_line: below(found.as_ref().and_then(|piece| piece.organ_line)),
    }
}

/// What is left of `range` before and after `gone`.
fn without(range: LineRange, gone: LineRange) -> impl Iterator<Item = LineRange> {
    let before = LineRange { first: range.first, last: range.last.min(gone.first.saturating_sub(1)) };
    let after = LineRange { first: range.first.max(gone.last.saturating_add(1)), last: range.last };
    [before, after].into_iter().filter(|r| r.first <= r.last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_taken_out_of_ranges() {
        let r = |first, last| LineRange { first, last };
        let cases = [
            (r(1, 9), r(4, 6), vec![(1, 3), (7, 9)]),
            (r(1, 9), r(1, 6), vec![(7, 9)]),
            (r(1, 9), r(4, 20), vec![(1, 3)]),
            (r(1, 9), r(1, 9), vec![]),
            (r(1, 9), r(10, 12), vec![(1, 9)]),
            (r(5, 9), r(1, 3), vec![(5, 9)]),
        ];
        for (range, gone, want) in cases {
            let got: Vec<(u32, u32)> = without(range, gone).map(|r| (r.first, r.last)).collect();
            assert_eq!(got, want, "{range:?} {gone:?}");
        }
    }
}
