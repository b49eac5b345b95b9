//! What a view asks of its worker, and what it is told.
//!
//! In: nothing. Out: [`ViewRequest`] and [`ViewAnswer`]. Does not know about: who asks and who answers.

use std::sync::Arc;

use crate::analysis::{FigureOccurrences, Question};
use crate::app::terms::comparison::Comparison;
use crate::corpus::Corpus;
use crate::index::groups::Groups;
use crate::table::{Evidence, Table};
use crate::text::Lang;

/// A request. A newer one makes it void.
#[derive(Debug, Clone)]
pub struct ViewRequest {
    /// FigureDetail of this request.
    pub seq: u64,
    /// The corpus.
    pub corpus: Arc<Corpus>,
    /// What the figures of the panel were about when the view was opened.
    pub comparison: Comparison,
    /// The user's keyword groups.
    pub groups: Arc<Groups>,
    /// In which language things are worded.
    pub lang: Lang,
    /// What is wanted.
    pub ask: ViewQuestion,
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq)]
pub enum ViewQuestion {
    /// What stands behind a figure.
    Figure(Evidence),
    /// The answer to a question.
    Answer(Box<Question>),
}

/// An answer.
#[derive(Debug, Clone)]
pub enum ViewAnswer {
    /// To [`ViewQuestion::Figure`].
    Figure(Arc<FigureOccurrences>),
    /// To [`ViewQuestion::Answer`]: a table, or why there is none.
    Answer(Result<Arc<Table>, String>),
}
