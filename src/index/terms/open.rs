//! What stands behind a number. In: an extent and a term. Out: the very occurrences that were counted, and those of its
//! string that were not. Does not know about: figures, contexts.

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::Segmenter;
use crate::corpus::{Corpus, ReportId};
use crate::index::scope::{Extent, Reference, ScopePiece, Stretch};
use crate::text::Span;
use crate::text::fold::{fold, fold_chars, fold_line};

/// One occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Occurrence {
    /// The report.
    pub report: ReportId,
    /// Where in the document's text.
    pub span: Span,
}

/// Where a term stands, and where its string stands without being the term. All in corpus order.
///
/// The string is looked for as the search looks for it: folded (traditional characters, width and case make no difference)
/// and without overlaps, leftmost first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Occurrences {
    /// As a word of its own: what [`super::Keyword::count`] counts.
    pub words: Vec<Occurrence>,
    /// Inside a longer word (发展 in 高质量发展), or as a word written otherwise (gdp for GDP), with that word.
    pub inside: Vec<(Occurrence, Span)>,
    /// Across the border of two words (人大 in 工人|大会).
    pub across: Vec<Occurrence>,
    /// Those of `words` that begin in an occurrence of the string before them: words, but no further strings.
    pub overlapping: Vec<Occurrence>,
}

impl Occurrences {
    /// How often the string stands there, as a word or not: as many as the search finds.
    pub fn substrings(&self) -> usize {
        self.words.len() + self.inside.len() + self.across.len() - self.overlapping.len()
    }

    /// Where the string stands, in corpus order: as many as [`Self::substrings`].
    pub fn strings(&self) -> Vec<Occurrence> {
        let own = self.words.iter().filter(|word| self.overlapping.binary_search(word).is_err());
        let mut all: Vec<Occurrence> =
            own.chain(self.inside.iter().map(|(one, _)| one)).chain(&self.across).copied().collect();
        all.sort_unstable();
        all
    }

    fn append(&mut self, mut other: Self) {
        self.words.append(&mut other.words);
        self.inside.append(&mut other.inside);
        self.across.append(&mut other.across);
        self.overlapping.append(&mut other.overlapping);
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
    pieces: &[ScopePiece],
    term: &str,
    segmenter: &Segmenter,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Occurrences> {
    let folded = fold(term);
    let finder = Finder::new(folded.as_bytes());
    let exact = Finder::new(term.as_bytes());
    let open = |piece: &ScopePiece| {
        let (mut found, mut text) = (Occurrences::default(), String::new());
        let finished = piece.each_stretch(corpus, &mut |stretch| {
            text.clear();
            fold_line(&stretch.text, &mut text, usize::MAX, &mut |_, _| true);
            let holds = finder.find(text.as_bytes()).is_some() || exact.find(stretch.text.as_bytes()).is_some();
            if folded.is_empty() || !holds {
                return true;
            }
            sort_out(&stretch, (term, &folded), piece.report, segmenter, &mut found);
            !cancelled()
        });
        finished.then_some(found)
    };
    let each: Option<Vec<Occurrences>> = pieces.par_iter().map(open).collect();
    let mut all = Occurrences::default();
    each?.into_iter().for_each(|found| all.append(found));
    Some(all)
}

/// Sorts out the places where a term, as it is and folded, stands in a stretch.
fn sort_out(
    stretch: &Stretch<'_>,
    (term, folded): (&str, &str),
    report: ReportId,
    segmenter: &Segmenter,
    found: &mut Occurrences,
) {
    let text = stretch.text.as_ref();
    let mut words: Vec<Span> = Vec::new();
    segmenter.each_word_span(text, &mut |span| words.push(span));
    let at = |span: Span| Occurrence { report, span: stretch.locate(span) };
    let strings = strings(text, folded);
    for &word in words.iter().filter(|word| word.slice(text) == term) {
        found.words.push(at(word));
        if strings.binary_search(&word).is_err() {
            found.overlapping.push(at(word));
        }
    }
    for string in strings {
        let next = words.partition_point(|word| word.end <= string.start);
        match words.get(next) {
            Some(word) if *word == string && word.slice(text) == term => {}
            Some(word) if word.start <= string.start && string.end <= word.end => {
                found.inside.push((at(string), stretch.locate(*word)));
            }
            _ => found.across.push(at(string)),
        }
    }
}

/// Where a folded string stands in a text: leftmost first, without overlaps.
fn strings(text: &str, folded: &str) -> Vec<Span> {
    let (mut form, mut origins) = (String::new(), Vec::new());
    for c in fold_chars(text) {
        origins.push((form.len(), c.original));
        form.push(c.folded);
    }
    let origin = |at: usize| origins.binary_search_by_key(&at, |(start, _)| *start).ok().and_then(|i| origins.get(i));
    let last = folded.chars().next_back().map_or(0, char::len_utf8);
    let found = form.match_indices(folded).filter_map(|(at, _)| {
        let (first, last) = (origin(at)?, origin(at + folded.len() - last)?);
        Some(Span::of(first.1.start..last.1.end))
    });
    found.collect()
}
