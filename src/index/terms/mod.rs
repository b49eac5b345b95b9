//! Words: Chinese segmentation, stop words, counts, keywords.
//!
//! In: a corpus, a [`Scope`] in it, a [`Segmenter`], [`TermOptions`]. Out: a [`KeywordTable`]: every term of the scope
//! with its count, rate, keyness against the rest of the corpus, range and dispersion. The same input gives the same
//! table, byte for byte, whatever the number of threads. What costs time is kept in a [`TermCache`].
//! Words are counted in every line that is not noise ([`crate::corpus::LineKind::is_noise`]) and never across lines;
//! the denominator of every rate is all 汉字 of the scope, as [`crate::corpus::Report::han`] counts them.
//! Refuses to know: screens, files.

mod cache;
mod keywords;
mod phrases;
mod segmenter;
mod stops;
mod tabulate;
#[cfg(test)]
mod tests;

pub use self::cache::TermCache;
pub use self::keywords::{Keyword, KeywordOrder, KeywordTable, Scope, count_scope, keywords};
pub use self::segmenter::Segmenter;
pub use self::stops::{StopLayer, StopList};
pub use self::tabulate::{TermCount, count_terms};

/// What counts as a term.
#[derive(Debug, Clone)]
pub struct TermOptions {
    /// Words that are left out.
    pub stops: StopList,
    /// Fewest characters of a term; 0 is taken as 1.
    pub min_chars: usize,
}

impl TermOptions {
    /// Whether `word` may stand in a table.
    pub fn accepts(&self, word: &str) -> bool {
        stops::is_term(word, self.min_chars) && !self.stops.contains(word)
    }
}

impl Default for TermOptions {
    /// The words of both built-in layers are left out, and words of one character.
    fn default() -> Self {
        Self { stops: StopList::default(), min_chars: 2 }
    }
}
