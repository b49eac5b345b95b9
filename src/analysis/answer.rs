//! What is known of a question beside its parameters, and how one ends without an answer. In: constants. Out: names, what
//! the screen may ask. Does not know about: any single question.

use super::{Question, ScopeFlags, WordFlags};
use crate::corpus::{PlaceId, ReportId};
use crate::index::sections::SectionId;
use crate::text::Lang;

/// What is known of a question.
#[derive(Debug)]
pub struct About {
    /// Its subcommand.
    pub name: &'static str,
    /// Its name in Chinese and English.
    pub title: (&'static str, &'static str),
    /// What its subcommand does, for `--help`: in English and in Chinese, with ‖ between them.
    pub help: &'static str,
    /// How the screen asks it: one view, several, or none.
    pub views: &'static [KeyedQuestion],
}

impl About {
    /// Its name in a language.
    pub const fn title(&self, lang: Lang) -> &'static str {
        lang.pick(self.title.0, self.title.1)
    }
}

/// A question that a key of the screen asks about what is selected there.
#[derive(Debug)]
pub struct KeyedQuestion {
    /// The name of the action whose keys ask it (`command/action.rs`).
    pub action: &'static str,
    /// The question about a subject; `None` where the subject lacks what it takes.
    pub ask: fn(&Subject<'_>) -> Option<Question>,
    /// Whether a question is of this kind.
    pub shows: fn(&Question) -> bool,
}

/// What is selected on the screen.
#[derive(Debug, Clone, Default)]
pub struct Subject<'s> {
    /// The selected term.
    pub term: Option<&'s str>,
    /// The query that is searched.
    pub query: Option<&'s str>,
    /// The first of the terms that are listed, in their order.
    pub terms: Vec<String>,
    /// How many of the listed terms, from the first on, are findings; `None` where that is not told apart.
    pub findings: Option<usize>,
    /// The report that is being read.
    pub report: Option<ReportId>,
    /// It and its neighbour of the same place and body, the old one first.
    pub neighbours: Option<[ReportId; 2]>,
    /// Its place.
    pub place: Option<PlaceId>,
    /// The year it is filed under.
    pub year: Option<u16>,
    /// The section that is being read.
    pub section: Option<SectionId>,
    /// The paragraph that is being read: its report and the source line where it begins.
    pub paragraph: Option<(ReportId, u32)>,
    /// How many places the corpus has.
    pub places: usize,
    /// The text whose terms are listed.
    pub scope: ScopeFlags,
    /// The text that places and years are compared over.
    pub field: ScopeFlags,
    /// Which words count.
    pub words: WordFlags,
}
