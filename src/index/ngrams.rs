//! Runs of words. In: an extent, a length. Out: runs of so many words that stand next to each other, with counts.
//! Does not know about: how they are shown.
//!
//! The words of a run touch: no punctuation, blank or line end is between them. A run that begins or ends with a word
//! that is no term (a stop word, a number, one character) is left out.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::corpus::PlaceId;
use crate::index::scope::{Extent, ScopePiece, Stretch};
use crate::index::stats;
use crate::index::terms::{CountContext, Occurrence};
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

/// Stands between the words of a run where it is a key: no word holds it.
const BORDER: char = '\u{1f}';

/// The runs of `length` words (brought into [`LENGTHS`]) with at least `options.min_count` occurrences in `extent`.
///
/// `None` once `cancelled` says so (asked at every line).
pub fn ngrams(
    count_context: &CountContext<'_>,
    extent: &Extent,
    length: usize,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Ngrams> {
    let count = |piece: &ScopePiece| {
        let mut counts: FxHashMap<Box<str>, u64> = FxHashMap::default();
        let mut key = String::new();
        let finished = each_run(count_context, piece, length, cancelled, &mut |stretch, run| {
            key.clear();
            for &word in run {
                if !key.is_empty() {
                    key.push(BORDER);
                }
                key.push_str(word.slice(&stretch.text));
            }
            match counts.get_mut(key.as_str()) {
                Some(count) => *count += 1,
                None => {
                    counts.insert(key.as_str().into(), 1);
                }
            }
        });
        finished.then_some((piece.report, counts))
    };
    // Places one after another, so that one is known to be new by a look at the last.
    let mut by_place: Vec<&ScopePiece> = extent.pieces().iter().collect();
    by_place.sort_by_key(|piece| (count_context.corpus.place_of(piece.report), piece.report));
    let mut sums: FxHashMap<Box<str>, (u64, u32, u32, Option<PlaceId>)> = FxHashMap::default();
    // A few reports at a time: their tables are large.
    for some in by_place.chunks(64) {
        let each: Option<Vec<_>> = some.par_iter().map(|piece| count(piece)).collect();
        for (report, counts) in each? {
            let place = count_context.corpus.place_of(report);
            for (run, count) in counts {
                let sum = sums.entry(run).or_default();
                sum.2 += u32::from(sum.1 == 0 || sum.3 != place);
                (sum.0, sum.1, sum.3) = (sum.0 + count, sum.1 + 1, place);
            }
        }
    }
    let han = extent.han();
    sums.retain(|_, sum| sum.0 >= count_context.options.min_count);
    let row = |(run, (count, reports, places, _)): (Box<str>, (u64, u32, u32, _))| Ngram {
        words: run.split(BORDER).map(str::to_owned).collect(),
        count,
        rate: stats::rate(count, han),
        reports,
        places,
    };
    let mut rows: Vec<Ngram> = sums.into_iter().map(row).collect();
    rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.words.cmp(&b.words)));
    Some(Ngrams { han, reports: extent.pieces().len(), rows })
}

/// The occurrences of a run: as many as its count, always. In corpus order.
///
/// `None` as for [`ngrams`].
pub fn open_ngram(
    count_context: &CountContext<'_>,
    extent: &Extent,
    words: &[String],
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Occurrence>> {
    let open = |piece: &ScopePiece| {
        let mut found = Vec::new();
        let finished = each_run(count_context, piece, words.len(), cancelled, &mut |stretch, run| {
            if run.iter().map(|span| span.slice(&stretch.text)).eq(words.iter()) {
                let (first, last) = (run.first().copied().unwrap_or_default(), run.last().copied().unwrap_or_default());
                let span = stretch.locate(Span::new(first.start, last.end));
                found.push(Occurrence { report: piece.report, span });
            }
        });
        finished.then_some(found)
    };
    let each: Option<Vec<Vec<Occurrence>>> = extent.pieces().par_iter().map(open).collect();
    Some(each?.into_iter().flatten().collect())
}

/// Hands over every run: its stretch, and where the words stand in its text.
fn each_run<'c>(
    count_context: &CountContext<'c>,
    piece: &ScopePiece,
    length: usize,
    cancelled: &(dyn Fn() -> bool + Sync),
    take: &mut dyn FnMut(&Stretch<'c>, &[Span]),
) -> bool {
    let length = length.clamp(*LENGTHS.start(), *LENGTHS.end());
    let mut words: Vec<Span> = Vec::new();
    piece.each_stretch(count_context.corpus, &mut |stretch| {
        words.clear();
        count_context.segmenter.each_word_span(&stretch.text, &mut |span| words.push(span));
        for run in words.windows(length) {
            let touch = run.windows(2).all(|pair| pair[0].end == pair[1].start);
            let is_term =
                |span: Option<&Span>| span.is_some_and(|span| count_context.options.accepts(span.slice(&stretch.text)));
            if touch && is_term(run.first()) && is_term(run.last()) {
                take(&stretch, run);
            }
        }
        !cancelled()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::Corpus;
    use crate::index::fixture::{corpus, document, extent};
    use crate::index::scope::Scope;
    use crate::index::terms::{Segmenter, TermCache, TermOptions};

    fn on<T>(corpus: &Corpus, ask: impl Fn(&CountContext<'_>) -> T) -> T {
        let (options, cache) = (TermOptions { min_count: 1, ..TermOptions::default() }, TermCache::new());
        ask(&CountContext { corpus, segmenter: Segmenter::get(), options: &options, cache: &cache })
    }

    #[test]
    fn runs_touch_and_begin_and_end_with_terms() {
        let texts = ["养老的教育，养老教育医疗", "养老教育"];
        let corpus =
            corpus(vec![document("云和市", texts[0]), document("雾山县", texts[1]), document("云和市", texts[1])]);
        let rows = |length| {
            let table = on(&corpus, |count_context| {
                ngrams(count_context, &extent(count_context.corpus, Scope::corpus()), length, &|| false).unwrap()
            });
            table.rows.into_iter().map(|r| (r.words.join("+"), r.count, r.reports, r.places)).collect::<Vec<_>>()
        };
        assert_eq!(rows(2), [("养老+教育".to_owned(), 3, 3, 2), ("教育+医疗".to_owned(), 1, 1, 1)]);
        assert_eq!(rows(3), [("养老+教育+医疗".to_owned(), 1, 1, 1), ("养老+的+教育".to_owned(), 1, 1, 1)]);
    }

    proptest! {
        #[test]
        fn every_count_opens(text in "(养老|教育|医疗|的|，|\n|GDP){0,30}", length in 2usize..5) {
            let corpus = corpus(vec![document("云和市", &format!("始\n{text}"))]);
            let extent = extent(&corpus, Scope::corpus());
            let counts = on(&corpus, |count_context| {
                let table = ngrams(count_context, &extent, length, &|| false).unwrap();
                let open = |row: &Ngram| open_ngram(count_context, &extent, &row.words, &|| false).unwrap().len() as u64;
                table.rows.iter().map(|row| (row.count, open(row))).collect::<Vec<_>>()
            });
            for (count, opened) in counts {
                prop_assert_eq!(count, opened);
            }
        }
    }
}
