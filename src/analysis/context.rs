//! What every question is answered from. In: a corpus, words, groups, what was counted before. Out: the scope that flags
//! mean, how a table was made. Does not know about: questions, and where all of it comes from.

use std::sync::Arc;

use super::{Cancelled, ScopeFlags, Unanswered};
use crate::corpus::{Corpus, PlaceId};
use crate::index::comparison_indexes::ComparisonIndexes;
use crate::index::groups::Groups;
use crate::index::scope::Extent;
use crate::index::search::Query;
use crate::index::targets::Indicators;
use crate::index::terms::{CountContext, Provenance};
use crate::table::Sources;
use crate::text::Lang;

/// What a question is answered from.
#[derive(Clone, Copy)]
pub struct Context<'c> {
    /// The corpus, and what counts as a word and a term in it.
    pub count_context: CountContext<'c>,
    /// The indexes that comparing reports takes.
    pub indexes: &'c ComparisonIndexes,
    /// The keyword groups.
    pub groups: &'c Groups,
    /// The indicators that figures are read of; why there are none, for people, where the user's list is wrong.
    pub indicators: &'c Result<Indicators, String>,
    /// Phrases that the user wants to hear no more of.
    pub refused: &'c (dyn Fn(&str) -> bool + Sync),
    /// In which language things are named.
    pub lang: Lang,
    /// How many rows are wanted; there may be more in all.
    pub rows: usize,
}

/// A scope, resolved: what the text of an answer is.
#[derive(Debug, Clone)]
pub struct Text {
    /// Its pieces, shared with the evidence of figures.
    pub extent: Arc<Extent>,
    /// Its name.
    pub name: String,
    /// The query by whose hits it was chosen, if it was.
    pub matching: Option<Query>,
}

impl<'c> Context<'c> {
    /// The corpus.
    pub const fn corpus(&self) -> &'c Corpus {
        self.count_context.corpus
    }

    /// The border of a table (see [`Table::border`](crate::table::Table::border)) above its last rows, `faint` in number,
    /// which are no findings; `at` is the row that it stands before.
    pub fn below_findings(&self, at: usize, faint: usize) -> (usize, String) {
        let words = match self.lang {
            Lang::Zh => format!("以下不显著 {faint} 行"),
            Lang::En => format!("not significant: {faint} rows"),
        };
        (at, words)
    }

    /// What occurrences are found with.
    pub const fn sources(&self) -> Sources<'c> {
        Sources { count_context: self.count_context, groups: self.groups }
    }

    /// The text that flags mean.
    ///
    /// # Errors
    /// When there is no such text, or more than one.
    pub fn text(&self, flags: &ScopeFlags, cancelled: Cancelled<'_>) -> Result<Text, Unanswered> {
        let (scope, extent) = flags.resolve(self.corpus(), self.lang, cancelled)?;
        let name = scope.name(self.corpus(), self.lang);
        Ok(Text { extent: Arc::new(extent), name, matching: scope.matching })
    }

    /// How figures of a text are made.
    pub fn provenance(&self, text: &Text) -> Provenance {
        let size = (text.extent.pieces().len(), text.extent.han());
        Provenance::new(text.name.clone(), size, self.count_context.segmenter, self.count_context.options)
    }

    /// A place's name for people, who should not meet a blank where it is not known.
    pub fn place_name(&self, place: PlaceId) -> &'c str {
        let name = self.corpus().places().get(place.0 as usize).map_or("", |place| place.name.as_str());
        if name.is_empty() { self.lang.pick("未知", "unknown") } else { name }
    }
}
