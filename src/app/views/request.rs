//! What a view asks of its worker, and what it is told.
//!
//! In: nothing. Out: [`ViewRequest`] and [`ViewAnswer`]. Does not know about: who asks and who answers.

use std::sync::Arc;

use crate::app::terms::comparison::Comparison;
use crate::corpus::{Corpus, ReportId};
use crate::index::collocates::{CollocateOrder, Collocates};
use crate::index::discover::Proposal;
use crate::index::groups::{GroupGrid, Groups};
use crate::index::terms::{Keyword, Worked};
use crate::index::trend::{Axis, Counting, Grid};
use crate::text::{Lang, Span};

/// A request. A newer one makes it void.
#[derive(Debug, Clone)]
pub struct ViewRequest {
    /// Number of this request.
    pub seq: u64,
    /// The corpus.
    pub corpus: Arc<Corpus>,
    /// What the figures of the panel were about when the view was opened.
    pub comparison: Comparison,
    /// The user's keyword groups.
    pub groups: Arc<Groups>,
    /// In which language formulas are worded.
    pub lang: Lang,
    /// What is wanted.
    pub ask: ViewQuestion,
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ViewQuestion {
    /// What stands behind a number.
    FigureDetail(Figure),
    /// Terms over an axis.
    Grid {
        /// The terms.
        terms: Vec<String>,
        /// What counts as an occurrence of them.
        counting: Counting,
        /// Places or years.
        axis: Axis,
    },
    /// Keyword groups over an axis.
    GroupShares(Axis),
    /// Phrases that might be kept whole.
    PhraseCandidates,
    /// The words that stand near a term, in an order.
    CollocateList(String, CollocateOrder),
}

/// A number that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Of what.
    pub what: FigureSubject,
    /// Where it was counted.
    pub part: FigureScope,
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureSubject {
    /// A term.
    Term(String, Counting),
    /// A keyword group: its index and its name.
    Group(usize, String),
    /// A word near a term: the term, the word.
    Near(String, String),
}

impl FigureSubject {
    /// Its name.
    pub fn name(&self) -> String {
        match self {
            Self::Term(name, _) | Self::Group(_, name) => name.clone(),
            Self::Near(term, word) => format!("{term} + {word}"),
        }
    }
}

/// The text a number is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureScope {
    /// The target of the comparison.
    Scope,
    /// Some reports, and what they are called.
    Reports(String, Vec<ReportId>),
}

/// What stands behind a number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FigureOccurrences {
    /// How many occurrences it says.
    pub figure: u64,
    /// 汉字 of the text it is about.
    pub han: u64,
    /// The term's row of the table.
    pub row: Option<Keyword>,
    /// Its contingency table and its formulas, the numbers filled in.
    pub worked: Option<Worked>,
    /// The occurrences; the first list holds as many as the figure says.
    pub lists: Vec<OccurrenceList>,
}

/// Some occurrences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccurrenceList {
    /// Which.
    pub kind: OccurrenceKind,
    /// How many.
    pub count: usize,
    /// One row each, and headings between.
    pub rows: Vec<OccurrenceRow>,
}

/// Which occurrences a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OccurrenceKind {
    /// Those that the number counts.
    Counted,
    /// Those in the reference.
    Reference,
    /// Those inside longer words, by longer word.
    Inside,
    /// Those across the border of two words.
    Across,
    /// Those of a group that fall in another group as well.
    Shared,
}

impl OccurrenceKind {
    /// Its name.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Counted => lang.pick("所计", "counted"),
            Self::Reference => lang.pick("参照中", "in reference"),
            Self::Inside => lang.pick("长词内", "in longer words"),
            Self::Across => lang.pick("跨词", "across words"),
            Self::Shared => lang.pick("兼属", "in two groups"),
        }
    }
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OccurrenceRow {
    /// A longer word, and how often the term stands in it.
    Heading(String, usize),
    /// An occurrence.
    Hit {
        /// The report.
        report: ReportId,
        /// Where in the document's text.
        span: Span,
        /// The longer word it stands in.
        longer: Option<Span>,
        /// Indices of other groups that it belongs to.
        also: Vec<usize>,
    },
}

/// An answer.
#[derive(Debug, Clone)]
pub enum ViewAnswer {
    /// To [`ViewQuestion::FigureDetail`].
    FigureDetail(Arc<FigureOccurrences>),
    /// To [`ViewQuestion::Grid`].
    Grid(Arc<Grid>),
    /// To [`ViewQuestion::GroupShares`].
    GroupShares(Arc<GroupGrid>),
    /// To [`ViewQuestion::PhraseCandidates`].
    PhraseCandidates(Arc<Vec<Proposal>>),
    /// To [`ViewQuestion::CollocateList`].
    CollocateList(Arc<Collocates>),
}
