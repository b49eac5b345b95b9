//! What stands behind a number. In: an extent and a term. Out: the very occurrences that were counted, and those of its
//! string that were not. Does not know about: figures, contexts.

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::Segmenter;
use crate::corpus::{Corpus, ReportId};
use crate::index::scope::{Extent, Piece, Reference, Stretch};
use crate::text::Span;

/// One occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Occurrence {
    /// The report.
    pub report: ReportId,
    /// Where in the document's text.
    pub span: Span,
}

/// Where a term stands, and where its string stands without being the term. All in corpus order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Occurrences {
    /// As a word of its own: what [`super::Keyword::count`] counts.
    pub words: Vec<Occurrence>,
    /// Inside a longer word (发展 in 高质量发展), with the longer word.
    pub inside: Vec<(Occurrence, Span)>,
    /// Across the border of two words (人大 in 工人|大会).
    pub across: Vec<Occurrence>,
}

impl Occurrences {
    /// How often the string stands there, as a word or not.
    pub fn substrings(&self) -> usize {
        self.words.len() + self.inside.len() + self.across.len()
    }

    fn append(&mut self, mut other: Self) {
        self.words.append(&mut other.words);
        self.inside.append(&mut other.inside);
        self.across.append(&mut other.across);
    }
}

/// The occurrences of `term` in `extent`. As many words as its count, always.
///
/// `None` once `cancelled` says so, asked at every line that holds the term.
pub fn open_term(
    corpus: &Corpus,
    extent: &Extent,
    term: &str,
    segmenter: &Segmenter,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Occurrences> {
    open_pieces(corpus, extent.pieces(), term, segmenter, cancelled)
}

/// The occurrences of `term` in what `scope` is compared with. As many words as [`super::Keyword::rest_count`], always.
///
/// `None` as for [`open_term`].
pub fn open_reference(
    corpus: &Corpus,
    scope: &Extent,
    reference: &Reference,
    term: &str,
    segmenter: &Segmenter,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Occurrences> {
    open_term(corpus, &reference.extent(corpus, scope, cancelled)?, term, segmenter, cancelled)
}

/// The occurrences of `term` in some pieces, looked for on all cores.
pub fn open_pieces(
    corpus: &Corpus,
    pieces: &[Piece],
    term: &str,
    segmenter: &Segmenter,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Occurrences> {
    let finder = Finder::new(term.as_bytes());
    let open = |piece: &Piece| {
        let mut found = Occurrences::default();
        let finished = piece.each_stretch(corpus, &mut |stretch| {
            if term.is_empty() || finder.find(stretch.text.as_bytes()).is_none() {
                return true;
            }
            sort_out(&stretch, term, piece.report, segmenter, &mut found);
            !cancelled()
        });
        finished.then_some(found)
    };
    let each: Option<Vec<Occurrences>> = pieces.par_iter().map(open).collect();
    let mut all = Occurrences::default();
    each?.into_iter().for_each(|found| all.append(found));
    Some(all)
}

/// Sorts out the places where `term` stands in a stretch.
fn sort_out(stretch: &Stretch<'_>, term: &str, report: ReportId, segmenter: &Segmenter, found: &mut Occurrences) {
    let text = stretch.text.as_ref();
    let mut words: Vec<Span> = Vec::new();
    segmenter.each_word_span(text, &mut |span| words.push(span));
    // One character on after each, so that those that overlap are found too.
    let step = term.chars().next().map_or(1, char::len_utf8);
    let mut at = 0;
    while let Some(offset) = text.get(at..).and_then(|rest| rest.find(term)) {
        let span = Span::of(at + offset..at + offset + term.len());
        at += offset + step;
        let occurrence = Occurrence { report, span: stretch.locate(span) };
        let next = words.partition_point(|word| word.end <= span.start);
        match words.get(next) {
            Some(word) if *word == span => found.words.push(occurrence),
            Some(word) if word.start <= span.start && span.end <= word.end => {
                found.inside.push((occurrence, stretch.locate(*word)));
            }
            _ => found.across.push(occurrence),
        }
    }
}
