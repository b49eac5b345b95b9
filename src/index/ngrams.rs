//! Runs of words. In: an extent, a length. Out: runs of so many words that stand next to each other, with counts.
//! Does not know about: how they are shown.
//!
//! The words of a run touch: no punctuation, blank or line end is between them. A run that begins or ends with a word
//! that is no term (a stop word, a number, one character) is left out.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::corpus::PlaceId;
use crate::index::stats;
use crate::index::terms::{Basis, Extent, Occurrence, Piece};
use crate::text::Span;

/// Lengths that can be asked for, in words.
pub const LENGTHS: std::ops::RangeInclusive<usize> = 2..=8;

/// A run of words.
#[derive(Debug, Clone, PartialEq)]
pub struct Ngram {
    /// Its words.
    pub words: Vec<String>,
    /// Its occurrences.
    pub count: u64,
    /// Occurrences per 10,000 汉字 of the extent.
    pub rate: f64,
    /// Reports that have it.
    pub reports: u32,
    /// Places that have it.
    pub places: u32,
}

/// The runs of an extent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ngrams {
    /// 汉字 of the extent.
    pub han: u64,
    /// Reports the extent has a share in.
    pub reports: usize,
    /// Most frequent first, then by text.
    pub rows: Vec<Ngram>,
}

/// A run: its text, and a bit for each byte of it (but the last of 64) where a word ends.
type Key<'c> = (&'c str, u64);

/// The runs of `length` words (brought into [`LENGTHS`]) with at least `options.min_count` occurrences in `extent`.
///
/// `None` once `cancelled` says so (asked at every line), or if there is no such extent.
pub fn ngrams(
    basis: &Basis<'_>,
    extent: &Extent,
    length: usize,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Ngrams> {
    let pieces = extent.pieces(basis.corpus)?;
    let count = |piece: &Piece| {
        let mut counts: FxHashMap<Key<'_>, u64> = FxHashMap::default();
        let finished = each_run(basis, piece, length, cancelled, &mut |text, run| {
            *counts.entry(key(text, run)).or_default() += 1;
        });
        finished.then_some((piece.report, counts))
    };
    // Places one after another, so that one is known to be new by a look at the last.
    let mut by_place: Vec<&Piece> = pieces.iter().collect();
    by_place.sort_by_key(|piece| (basis.corpus.place_of(piece.report), piece.report));
    let mut sums: FxHashMap<Key<'_>, (u64, u32, u32, Option<PlaceId>)> = FxHashMap::default();
    // A few reports at a time: their tables are large.
    for some in by_place.chunks(64) {
        let each: Option<Vec<_>> = some.par_iter().map(|piece| count(piece)).collect();
        for (report, counts) in each? {
            let place = basis.corpus.place_of(report);
            for (run, count) in counts {
                let sum = sums.entry(run).or_default();
                sum.2 += u32::from(sum.1 == 0 || sum.3 != place);
                (sum.0, sum.1, sum.3) = (sum.0 + count, sum.1 + 1, place);
            }
        }
    }
    let han = han_of(basis, &pieces);
    sums.retain(|_, sum| sum.0 >= basis.options.min_count);
    let row = |((text, ends), (count, reports, places, _))| Ngram {
        words: words_of(text, ends),
        count,
        rate: stats::rate(count, han),
        reports,
        places,
    };
    let mut rows: Vec<Ngram> = sums.into_iter().map(row).collect();
    rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.words.cmp(&b.words)));
    Some(Ngrams { han, reports: pieces.len(), rows })
}

/// The occurrences of a run: as many as its count, always. In corpus order.
///
/// `None` as for [`ngrams`].
pub fn open_ngram(
    basis: &Basis<'_>,
    extent: &Extent,
    words: &[String],
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Occurrence>> {
    let open = |piece: &Piece| {
        let mut found = Vec::new();
        let text_of = basis.corpus.report(piece.report).map_or("", |(document, _)| document.text());
        let finished = each_run(basis, piece, words.len(), cancelled, &mut |_, run| {
            if run.iter().map(|span| span.slice(text_of)).eq(words.iter()) {
                let (first, last) = (run.first().copied().unwrap_or_default(), run.last().copied().unwrap_or_default());
                found.push(Occurrence { report: piece.report, span: Span::new(first.start, last.end) });
            }
        });
        finished.then_some(found)
    };
    let each: Option<Vec<Vec<Occurrence>>> = extent.pieces(basis.corpus)?.par_iter().map(open).collect();
    Some(each?.into_iter().flatten().collect())
}

/// Hands over every run: the document's text, and where the words stand in it.
fn each_run<'c>(
    basis: &Basis<'c>,
    piece: &Piece,
    length: usize,
    cancelled: &(dyn Fn() -> bool + Sync),
    take: &mut dyn FnMut(&'c str, &[Span]),
) -> bool {
    let Some((document, _)) = basis.corpus.report(piece.report) else { return true };
    let (text, length) = (document.text(), length.clamp(*LENGTHS.start(), *LENGTHS.end()));
    let mut words: Vec<Span> = Vec::new();
    piece.each_stretch(basis.corpus, &mut |stretch| {
        words.clear();
        basis.segmenter.each_word_span(stretch.span.slice(text), &mut |span| {
            words.push(Span::new(span.start + stretch.span.start, span.end + stretch.span.start));
        });
        for run in words.windows(length) {
            let touch = run.windows(2).all(|pair| pair[0].end == pair[1].start);
            let is_term = |span: Option<&Span>| span.is_some_and(|span| basis.options.accepts(span.slice(text)));
            // A run longer than its key can tell apart is damage.
            let fits = run.last().zip(run.first()).is_some_and(|(last, first)| last.start - first.start < 64);
            if touch && fits && is_term(run.first()) && is_term(run.last()) {
                take(text, run);
            }
        }
        !cancelled()
    })
}

fn key<'c>(text: &'c str, run: &[Span]) -> Key<'c> {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return ("", 0) };
    let starts = run.iter().skip(1).fold(0, |bits, span| bits | 1 << (span.start - first.start));
    (Span::new(first.start, last.end).slice(text), starts)
}

fn words_of(text: &str, starts: u64) -> Vec<String> {
    let mut words = Vec::new();
    let mut at = 0;
    for start in (1..64).filter(|bit| starts >> bit & 1 == 1).chain([text.len()]) {
        words.push(text.get(at..start).unwrap_or_default().to_owned());
        at = start;
    }
    words
}

/// 汉字 of some pieces: of reports as the corpus counts them, of parts line by line.
fn han_of(basis: &Basis<'_>, pieces: &[Piece]) -> u64 {
    pieces.iter().map(|piece| piece.han(basis.corpus)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::Corpus;
    use crate::index::fixture::{corpus, document};
    use crate::index::terms::{Scope, Segmenter, TermCache, TermOptions};

    fn on<T>(corpus: &Corpus, ask: impl Fn(&Basis<'_>) -> T) -> T {
        let (options, cache) = (TermOptions::default(), TermCache::new());
        ask(&Basis { corpus, segmenter: Segmenter::get(), options: &options, cache: &cache })
    }

    #[test]
    fn runs_touch_and_begin_and_end_with_terms() {
        let texts = ["养老的教育，养老教育医疗", "养老教育"];
        let corpus =
            corpus(vec![document("云和市", texts[0]), document("雾山县", texts[1]), document("云和市", texts[1])]);
        let rows = |length| {
            let table = on(&corpus, |basis| ngrams(basis, &Scope::Corpus.into(), length, &|| false).unwrap());
            table.rows.into_iter().map(|r| (r.words.join("+"), r.count, r.reports, r.places)).collect::<Vec<_>>()
        };
        assert_eq!(rows(2), [("养老+教育".to_owned(), 3, 3, 2), ("教育+医疗".to_owned(), 1, 1, 1)]);
        assert_eq!(rows(3), [("养老+教育+医疗".to_owned(), 1, 1, 1), ("养老+的+教育".to_owned(), 1, 1, 1)]);
    }

    proptest! {
        #[test]
        fn every_count_opens(text in "(养老|教育|医疗|的|，|\n|GDP){0,30}", length in 2usize..5) {
            let corpus = corpus(vec![document("云和市", &format!("始\n{text}"))]);
            let extent = Extent::from(Scope::Corpus);
            let counts = on(&corpus, |basis| {
                let table = ngrams(basis, &extent, length, &|| false).unwrap();
                let open = |row: &Ngram| open_ngram(basis, &extent, &row.words, &|| false).unwrap().len() as u64;
                table.rows.iter().map(|row| (row.count, open(row))).collect::<Vec<_>>()
            });
            for (count, opened) in counts {
                prop_assert_eq!(count, opened);
            }
        }
    }
}
