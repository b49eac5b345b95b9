//! Where in a text a term stands, as a strip of cells. In: an extent, occurrences. Out: occurrences per cell. Refuses to
//! know: how cells are drawn.

use super::open::Occurrence;
use crate::corpus::Corpus;
use crate::index::scope::Extent;
use crate::text::{Span, han};

/// Counts `occurrences` (of `extent`, in any order) in `cells` stretches of equal length in 汉字, in reading order. Words of
/// another extent are left out. Empty if there is no cell.
pub fn strip(corpus: &Corpus, extent: &Extent, occurrences: &[Occurrence], cells: usize) -> Vec<u32> {
    let mut sorted = occurrences.to_vec();
    sorted.sort_unstable();
    // How many 汉字 stand before each occurrence.
    let mut before: Vec<u64> = Vec::with_capacity(sorted.len());
    let mut all = 0;
    for piece in extent.pieces() {
        let Some((document, _)) = corpus.report(piece.report) else { continue };
        piece.each_stretch(corpus, &mut |stretch| {
            let at = |start: u32| sorted.partition_point(|o| (o.report, o.span.start) < (piece.report, start));
            let text = |start: u32, end: u32| u64::from(han::count(Span::new(start, end).slice(document.text())).han);
            for line in stretch.lines() {
                for occurrence in &sorted[at(line.start)..at(line.end)] {
                    before.push(all + text(line.start, occurrence.span.start));
                }
                all += text(line.start, line.end);
            }
            true
        });
    }
    let mut strip = vec![0; cells];
    if cells == 0 {
        return strip;
    }
    for position in before {
        let cell = position.saturating_mul(cells as u64) / all.max(1);
        if let Some(count) = usize::try_from(cell).ok().and_then(|cell| strip.get_mut(cell.min(cells - 1))) {
            *count += 1;
        }
    }
    strip
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::{corpus, document, extent};
    use crate::index::scope::Scope;
    use crate::index::terms::{Segmenter, open_term};

    #[test]
    fn cells_are_of_equal_length() {
        // 16 汉字 in two reports; 养老 at 0, 8 and 14.
        let corpus =
            corpus(vec![document("云和市", "养老旅游\n旅游旅游"), document("雾山县", "养老旅游旅游养老\n~ 养老")]);
        let extent = extent(&corpus, Scope::corpus());
        let found = open_term(&corpus, &extent, "养老", Segmenter::get(), &|| false).unwrap().words;
        assert_eq!(strip(&corpus, &extent, &found, 4), [1, 0, 1, 1]);
        assert_eq!(strip(&corpus, &extent, &found, 1), [3]);
        assert!(strip(&corpus, &extent, &found, 0).is_empty());
        assert_eq!(strip(&corpus, &extent, &[], 3), [0, 0, 0]);
    }
}
