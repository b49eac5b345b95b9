//! Words: Chinese segmentation, stop words, counts, keywords.
//!
//! In: an [`Extent`] of a corpus, a [`Reference`], a [`Segmenter`], [`TermOptions`]. Out: a [`KeywordTable`]: every term
//! with its count, rate, keyness against the reference, range and dispersion; and for every figure the occurrences
//! behind it ([`open_term`]). The same input gives the same table, byte for byte, whatever the number of threads. What
//! costs time is kept in a [`TermCache`], which can be kept between runs.
//! Words are counted in the stretches of the extent: lines that count, whole paragraphs where a page broke them, never
//! over the beginning of a heading; the denominator of every rate is the 汉字 of the same lines.
//! Does not know about: screens, files.

mod against;
mod cache;
mod count_pieces;
mod counts;
mod dictionary;
#[cfg(test)]
mod figures_tests;
mod keywords;
mod leave_one_out;
mod numeral;
mod open;
mod own_names;
mod parts;
mod phrases;
mod provenance;
mod segmenter;
mod sentence;
mod stops;
mod stored;
mod table;
mod tabulate;
mod term_parts;
#[cfg(test)]
mod tests;
mod worked;

pub use self::cache::TermCache;
pub use self::keywords::{
    compare, count_alone, count_reports, count_scope, count_words, keywords, occurrences_by_piece,
};
pub use self::open::{Occurrence, Occurrences, open_pieces, open_reference, open_term};
pub use self::own_names::own_names;
pub use self::phrases::Phrases;
pub use self::provenance::Provenance;
pub use self::segmenter::Segmenter;
pub use self::sentence::each_sentence;
pub use self::stops::{StopLayer, StopList};
pub use self::stored::{CacheFault, cache_number};
pub use self::table::{Keyword, KeywordOrder, KeywordTable};
pub use self::term_parts::{TermPart, term_parts};
pub use self::worked::Worked;
use crate::corpus::Corpus;
pub use crate::index::scope::{Extent, Reference, Scope};

/// What every count stands on.
#[derive(Debug, Clone, Copy)]
pub struct CountContext<'c> {
    /// The corpus.
    pub corpus: &'c Corpus,
    /// What cuts it into words.
    pub segmenter: &'c Segmenter,
    /// Which of them are terms.
    pub options: &'c TermOptions,
    /// What was counted before, of this corpus and with this segmenter.
    pub cache: &'c TermCache,
}

/// What counts as a term.
#[derive(Debug, Clone)]
pub struct TermOptions {
    /// Words that are left out.
    pub stops: StopList,
    /// Fewest characters of a term; 0 is taken as 1.
    pub min_chars: usize,
    /// Fewest occurrences: of a keyword that is a finding, on the side that uses it more; of a run of words or a collocate
    /// that is listed.
    pub min_count: u64,
}

impl TermOptions {
    /// Whether `word` may stand in a table.
    pub fn accepts(&self, word: &str) -> bool {
        stops::is_term(word, self.min_chars) && !self.stops.contains(word)
    }
}

impl Default for TermOptions {
    /// The words of all layers are left out, and words of one character; three occurrences make a finding.
    fn default() -> Self {
        Self { stops: StopList::default(), min_chars: 2, min_count: 3 }
    }
}
