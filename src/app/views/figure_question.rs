//! The question whose answer lists what stands behind a figure: for a command line. In: a figure, the view it was opened from.
//! Out: a question. Does not know about: how it is answered.

use crate::analysis::collocates::Params as Collocates;
use crate::analysis::groups::Params as Groups;
use crate::analysis::keywords::Params as Keywords;
use crate::analysis::{Question, ScopeFlags, WordFlags};
use crate::app::App;
use crate::app::terms::keywords::TermSheet;
use crate::app::views::figure_detail::Figure;
use crate::index::collocates::CollocateOrder;
use crate::index::scope::{Extent, Reference, Scope, Within};
use crate::index::search::QueryField;
use crate::index::terms::KeywordOrder;
use crate::index::trend::{Axis, Counting};
use crate::table::{Evidence, Kind};

impl App {
    /// What the keyword panel has asked.
    pub(in crate::app) fn keyword_question(&self, sheet: &TermSheet) -> Option<Question> {
        sheet.comparison.question(sheet.order, false)
    }

    /// The question that lists what stands behind a figure of the view that is seen; `None` where none lists just that.
    pub(in crate::app) fn question_of_figure(&self, figure: &Figure) -> Option<Question> {
        let scope = self.scope_of_figure(figure)?;
        let words = WordFlags::default();
        Some(match &figure.evidence {
            Evidence::Term { term, .. } => {
                let (reference, by) = (Reference::Rest, KeywordOrder::default());
                Keywords { open: Some(term.clone()), ..Keywords::chosen(scope, words, reference, by, false) }.into()
            }
            Evidence::Near { node, word, window, before: false, .. } => {
                let (term, window, open, by) = (node.clone(), *window, Some(word.clone()), CollocateOrder::LogDice);
                Collocates { term, scope, window, by, open, words }.into()
            }
            Evidence::Group { name, counting, shared: false, .. } => {
                let whole_words = *counting == Counting::Words;
                Groups { scope, by: Axis::Place, whole_words, open: Some(name.clone()), words }.into()
            }
            _ => return None,
        })
    }

    /// The text that a figure is about, in words: that of the view below, of one place or year of it.
    fn scope_of_figure(&self, figure: &Figure) -> Option<ScopeFlags> {
        let frames = &self.views.frames;
        let (top, below) = (frames.last()?, frames.iter().rev().nth(1).and_then(|frame| frame.view.answer()));
        let mut asked = below.map(|answer| answer.question.clone());
        let flags = asked.as_mut().and_then(|question| question.analysis_mut().scope().cloned());
        let mut scope = match flags {
            Some(ScopeFlags { chosen: Some(scope), .. }) => scope,
            Some(_) => Scope::corpus(),
            None => top.comparison.scope()?,
        };
        let kind = below.and_then(|answer| answer.table.as_ref()).and_then(|table| {
            table.keys().map(|(_, column)| column.kind).find(|kind| matches!(kind, Kind::Place | Kind::Year))
        });
        match (kind, &figure.place) {
            (Some(Kind::Year), Some(year)) => scope = scope.with_field(QueryField::Year, year).ok()?,
            (Some(Kind::Place), Some(name)) if scope.within == Within::Corpus => {
                let wanted = figure.evidence.scope()?.reports().next()?;
                let place = self.corpus.place_of(wanted).filter(|id| self.corpus.place(*id).name == *name)?;
                scope.within = Within::Place(place);
            }
            (Some(_), Some(_)) => return None,
            _ => {}
        }
        // Where it can be seen at once whether they mean the same, they must.
        let quick = scope.matching.is_none() && !scope.filters.iter().any(|filter| filter.is_about_positions());
        let same = |extent: Extent| Some(&extent) == figure.evidence.scope();
        let holds = !quick || scope.extent(&self.corpus, &|| false).is_some_and(same);
        holds.then(|| ScopeFlags::chosen(scope))
    }
}
