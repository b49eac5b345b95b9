//! Whether an action would do something on what stands in place of the page: a view, the hits in context, the board.
//!
//! In: the state, an action. Out: yes or no. Does not know about: keys, words.

use crate::analysis::{OccurrenceRow, Question};
use crate::app::App;
use crate::app::screen::offers::is_motion;
use crate::app::views::View;
use crate::app::views::side_by_side::BOTH;
use crate::command::Action;
use crate::index::search::QueryField;
use crate::table::{Evidence, Shape};

impl App {
    /// What means the same over everything that stands in place of the page.
    fn over_page_offers(&self, action: Action) -> bool {
        match action {
            _ if is_motion(action) => true,
            Action::CloseOverlay | Action::Cancel | Action::Help | Action::Search => true,
            Action::Quit | Action::Suspend | Action::Redraw => true,
            Action::JumpCity => !self.corpus.places().is_empty(),
            Action::Issues => !self.corpus.issues().is_empty(),
            _ => false,
        }
    }

    /// Whether what is selected in place of the page can be copied or edited.
    fn passage_offers(&self, action: Action) -> Option<bool> {
        match action {
            Action::CitationForm => Some(true),
            Action::CopyParagraph | Action::Mark => Some(self.pointed().is_some()),
            Action::CopySection => Some(self.pointed().is_some_and(|passage| passage.section.is_some())),
            Action::Edit => Some(self.can_edit()),
            _ => None,
        }
    }

    pub(super) fn view_offers(&self, action: Action) -> bool {
        if let Some(offered) = self.passage_offers(action) {
            return offered;
        }
        let Some(shown) = self.views.frames.last() else { return false };
        match (action, &shown.view) {
            (Action::Activate, View::FigureDetail(number)) => match number.row() {
                Some(OccurrenceRow::Hit { .. } | OccurrenceRow::Piece { .. }) => true,
                Some(OccurrenceRow::Heading(..)) => matches!(number.figure.evidence, Evidence::Term { .. }),
                None => false,
            },
            (Action::Activate, View::Answer(answer)) if answer.shape() == Shape::Tiles => answer.opens_tile(),
            (Action::Activate, View::Answer(answer)) => answer.evidence().is_some(),
            (Action::Map, _) => self.mappable().is_some(),
            (Action::ViewReport, View::FigureDetail(number)) => {
                matches!(number.row(), Some(OccurrenceRow::Hit { .. } | OccurrenceRow::Piece { .. }))
            }
            (Action::ViewReport, View::Answer(answer)) => answer.report().is_some(),
            (Action::ViewLeft, _) => self.can_step_view(false),
            (Action::ViewRight, _) => self.can_step_view(true),
            // Where there is no axis to turn, the key copies as it does on the page.
            (Action::ViewAxis, View::Answer(answer)) => answer.can_turn_axis() || self.pointed().is_some(),
            (Action::ViewAxis, View::FigureDetail(_)) => self.pointed().is_some(),
            (Action::ViewChart, View::Answer(answer)) => answer.can_plot(),
            (Action::ViewRows, View::Answer(answer)) => {
                let map = matches!(&answer.question, Question::Trend(params) if params.map.is_some());
                map && !self.keywords.groups.list().is_empty()
            }
            (Action::EditGroup, View::Answer(answer)) => matches!(answer.question, Question::Groups(_)),
            (Action::ViewScale, View::Answer(answer)) => answer.can_turn_scale(),
            (kind, View::Answer(answer)) if Self::kind_key(kind).is_some() => match &answer.question {
                Question::Diff(params) => {
                    Self::kind_key(kind).is_some_and(|number| !params.kinds_of_key(number).is_empty())
                }
                _ => false,
            },
            (Action::NextHit, _) => self.change_beside(true).is_some(),
            (Action::PreviousHit, _) => self.change_beside(false).is_some(),
            (Action::ViewFirst, _) => self.first_view().is_some(),
            (Action::InsideWords, View::FigureDetail(number)) => {
                number.inside().is_some_and(|inside| inside != number.list || number.list != 0)
            }
            (Action::Formulas, View::FigureDetail(number)) => {
                number.can_turn_formulas(self.view_body(), self.screen.look.ambiguous)
            }
            (Action::SidePrevious | Action::PreviousCity, _) => self.can_step_beside(false),
            (Action::SideNext | Action::NextCity, _) => self.can_step_beside(true),
            (Action::NextSection, _) => self.section_beside(true).is_some(),
            (Action::PreviousSection, _) => self.section_beside(false).is_some(),
            (Action::SameProvince | Action::SameBody | Action::SameYear | Action::SamePhase, view)
            | (Action::InStep | Action::SideWords, view) => view.beside().is_some(),
            (Action::SideFlip, view) => view.beside().is_some() && self.view_body().width < BOTH,
            (Action::AcceptPhrase | Action::RefusePhrase, View::Answer(answer)) => answer.phrase().is_some(),
            (Action::NextView, _) => self.can_switch_view(true),
            (Action::PreviousView, _) => self.can_switch_view(false),
            _ => self.over_page_offers(action),
        }
    }

    pub(super) fn concordance_offers(&self, action: Action) -> bool {
        let Some(list) = &self.search.concordance else { return false };
        if let Some(offered) = self.passage_offers(action) {
            return offered;
        }
        match action {
            Action::Concordance => true,
            Action::Activate => list.line(list.selected).is_some(),
            Action::NextHit | Action::PreviousHit => self.can_step_hit(action == Action::NextHit),
            Action::ConcordanceOrder => list.total > 0,
            Action::OnlyPlace => self.narrowed(QueryField::City).is_some(),
            Action::OnlyProvince => self.narrowed(QueryField::Province).is_some(),
            Action::OnlyBody => self.narrowed(QueryField::Body).is_some(),
            Action::OnlyYear => self.narrowed(QueryField::Year).is_some(),
            Action::OnlyPart => self.narrowed(QueryField::Part).is_some(),
            Action::Pin => self.can_pin(),
            Action::Board => !self.search.pins.list.is_empty(),
            Action::Silent => self.search.query.is_some(),
            Action::Exact | Action::Pinyin | Action::Repeats => true,
            _ => self.over_page_offers(action),
        }
    }

    pub(super) fn board_offers(&self, action: Action) -> bool {
        let Some(board) = &self.search.pins.board else { return false };
        match action {
            Action::Board | Action::BoardOrder | Action::BoardUnit | Action::Unpin => !self.search.pins.list.is_empty(),
            Action::BoardLeft => board.column > 0,
            Action::BoardRight => board.column + 1 < self.search.pins.list.len(),
            Action::Activate => board.selected.is_some() && self.search.pins.list.get(board.column).is_some(),
            _ => self.over_page_offers(action),
        }
    }
}
