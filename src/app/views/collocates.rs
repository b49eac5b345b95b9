//! The company a term keeps: its collocates.
//!
//! In: collocates, movements. Out: which is selected, by what they are sorted. Does not know about: how they are found.

use std::sync::Arc;

use crate::app::screen::scroll::{Motion, Selection};
use crate::app::views::request::ViewQuestion;
use crate::index::collocates::{Collocate, CollocateOrder, Collocates};

/// The collocates of a term.
#[derive(Debug)]
pub struct CollocateList {
    /// The term.
    pub term: String,
    /// Its collocates, in the order asked for.
    pub found: Option<Arc<Collocates>>,
    /// By what they are sorted.
    pub order: CollocateOrder,
    /// The selected row.
    pub selection: Selection,
}

impl CollocateList {
    /// Of a term, not looked for yet.
    pub fn new(term: String) -> Self {
        Self { term, found: None, order: CollocateOrder::default(), selection: Selection::default() }
    }

    pub(in crate::app) fn ask(&self) -> Option<ViewQuestion> {
        self.found.is_none().then(|| ViewQuestion::CollocateList(self.term.clone(), self.order))
    }

    /// The collocates.
    pub fn rows(&self) -> &[Collocate] {
        self.found.as_ref().map_or(&[], |found| &found.rows)
    }

    pub(in crate::app) fn take(&mut self, found: Arc<Collocates>, height: usize) {
        self.found = Some(found);
        self.settle(height);
    }

    /// The next order, which the worker brings them into: there may be more of them than can be sorted between two keys.
    pub(in crate::app) fn turn(&mut self) {
        self.order = match self.order {
            CollocateOrder::LogDice => CollocateOrder::Together,
            CollocateOrder::Together => CollocateOrder::Mi,
            CollocateOrder::Mi => CollocateOrder::T,
            CollocateOrder::T => CollocateOrder::G2,
            CollocateOrder::G2 => CollocateOrder::LogDice,
        };
        self.selection = Selection::default();
        self.found = None;
    }

    pub(in crate::app) fn go(&mut self, motion: Motion, height: usize) {
        let len = self.rows().len();
        self.selection.go(motion, len, height);
    }

    fn settle(&mut self, height: usize) {
        let len = self.rows().len();
        self.selection.settle(len, height);
    }
}
