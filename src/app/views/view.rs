//! What stands in place of the page and the keyword panel: an opened number, and the table that answers any question of
//! `analysis`. They lie on one another: closing one shows the one below.
//!
//! In: answers. Out: what is still needed, which term is selected. Does not know about: keys, how anything is counted or
//! drawn.

use crate::analysis::{ArgumentList, Question};
use crate::app::terms::comparison::Comparison;
use crate::app::views::answer::Answer;
use crate::app::views::figure_detail::FigureDetail;
use crate::app::views::request::ViewQuestion;
use crate::app::views::side_by_side::SideBySide;
use crate::index::trend::Counting;
use crate::table::Evidence;

/// A view, and what its figures are about.
#[derive(Debug)]
pub struct ViewFrame {
    /// What the figures of the panel were about when it was opened.
    pub comparison: Comparison,
    /// The view.
    pub view: View,
    /// Number of the request it waits for.
    pub(in crate::app) asked: u64,
    /// The command line that asks the same, since its figures are there; none where no command line does.
    pub(in crate::app) arguments: Option<ArgumentList>,
}

/// The views that stand in place of the page.
#[derive(Debug, Default)]
pub struct Views {
    /// Each over the one before.
    pub frames: Vec<ViewFrame>,
    /// Those from which an occurrence was opened: Esc comes back to them.
    pub(in crate::app) back_stack: Vec<ViewFrame>,
    /// Number of the request made last.
    pub(in crate::app) seq: u64,
    /// Reports counted or indexed so far for the one that is seen, and in all.
    pub progress: Option<(usize, usize)>,
}

/// A view.
#[derive(Debug)]
pub enum View {
    /// What stands behind a number.
    FigureDetail(FigureDetail),
    /// The answer to a question.
    Answer(Box<Answer>),
}

impl View {
    /// What it still needs.
    pub(in crate::app) fn ask(&self) -> Option<ViewQuestion> {
        match self {
            Self::FigureDetail(number) => number.ask(),
            Self::Answer(answer) => answer.ask(),
        }
    }

    /// The figures are void: the corpus has changed.
    pub(in crate::app) fn forget(&mut self) {
        match self {
            Self::FigureDetail(number) => number.opened = None,
            Self::Answer(answer) => answer.forget(),
        }
    }

    /// Whether figures are still on their way.
    pub fn waits(&self) -> bool {
        match self {
            Self::FigureDetail(_) => self.ask().is_some(),
            Self::Answer(answer) => answer.waits(),
        }
    }

    /// Two sections side by side, where it is that.
    pub fn beside(&self) -> Option<&SideBySide> {
        self.answer()?.beside.as_deref()
    }

    /// Whether it needs the whole screen.
    pub fn is_whole(&self) -> bool {
        self.beside().is_some()
            || self.answer().is_some_and(|answer| {
                matches!(answer.question, Question::Map(_) | Question::Diff(_) | Question::Targets(_))
            })
    }

    /// The answer, where it is one.
    pub fn answer(&self) -> Option<&Answer> {
        if let Self::Answer(answer) = self { Some(answer) } else { None }
    }

    /// Whether it lists phrases that may be accepted or refused.
    pub(in crate::app) fn shows_phrases(&self) -> bool {
        self.answer().is_some_and(|answer| matches!(&answer.question, Question::Ngrams(params) if params.discover))
    }

    /// Whether it says who said something first.
    pub(in crate::app) fn is_first(&self) -> bool {
        self.answer().is_some_and(|answer| matches!(&answer.question, Question::First(_)))
    }

    /// The term it is about.
    pub(in crate::app) fn term(&self) -> Option<String> {
        match self {
            Self::FigureDetail(number) => match &number.figure.evidence {
                Evidence::Term { term, counting: Counting::Words, .. } => Some(term.clone()),
                Evidence::Near { node, .. } => Some(node.clone()),
                _ => None,
            },
            // A proposed phrase is no term of the panel.
            Self::Answer(answer) => answer.term().filter(|_| answer.phrase().is_none()),
        }
    }
}
