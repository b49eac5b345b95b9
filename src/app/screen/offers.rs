//! Whether an action would do something now: the same conditions under which `update` acts on it.
//!
//! In: the state, an action. Out: yes or no. Does not know about: keys, words.

use crate::analysis::{OccurrenceKind, OccurrenceRow, Question};
use crate::app::overlay::Overlay;
use crate::app::prompt::Ask;
use crate::app::search::pins::MOST;
use crate::app::views::View;
use crate::app::views::side_by_side::BOTH;
use crate::app::{App, Cover, Panel, PickKind};
use crate::command::{Action, KeyContext};
use crate::index::search::{Query, QueryField};
use crate::table::Shape;

impl App {
    /// Whether `action` would do something now.
    pub fn offers(&self, action: Action) -> bool {
        if action == Action::Export && self.prompt.is_none() {
            return self.exportable().is_some();
        }
        if let Some(prompt) = &self.prompt {
            return self.prompt_offers(prompt.ask, action);
        }
        if let Some(overlay) = &self.overlay {
            return self.overlay_offers(overlay, action);
        }
        match self.cover() {
            Some(Cover::View) => self.view_offers(action),
            Some(Cover::Concordance) => self.concordance_offers(action),
            Some(Cover::Board) => self.board_offers(action),
            None => self.panel_offers(action),
        }
    }

    fn prompt_offers(&self, ask: Ask, action: Action) -> bool {
        if let (Ask::Table, Some(Overlay::Export(export))) = (ask, &self.overlay) {
            return match action {
                Action::PromptDown | Action::PromptUp => export.choices.len() > 1,
                Action::PromptSettings => export.tells_settings(),
                Action::PromptAccept | Action::PromptCancel | Action::PromptCopy => true,
                Action::PromptNext | Action::PromptPrevious => true,
                _ => false,
            };
        }
        let more = |row: Option<usize>, len: usize| row.is_some_and(|row| row + 1 < len);
        match (action, ask) {
            (Action::PromptAccept, Ask::Search) => self.search.error.is_none(),
            (Action::PromptAccept, Ask::Command) => match &self.overlay {
                Some(Overlay::Palette(palette)) => {
                    palette.heads > 0 || palette.selected.is_some_and(|action| palette.is_ready(action))
                }
                _ => false,
            },
            (Action::PromptAccept | Action::PromptCancel, _) => true,
            (Action::PromptNext | Action::PromptPrevious, Ask::Search) => self.can_step_hit(),
            (Action::PromptDown | Action::PromptNext, Ask::City | Ask::Against | Ask::Compare) => {
                more(self.cities.selected_row(), self.cities.rows.len())
            }
            (Action::PromptDown | Action::PromptNext, Ask::Command) => match &self.overlay {
                Some(Overlay::Palette(palette)) => more(palette.selected_row(), palette.rows.len()),
                _ => false,
            },
            (Action::PromptDown | Action::PromptNext, Ask::Marks) => match &self.overlay {
                Some(Overlay::Marks(list)) => more(list.selected_row(&self.reading.kept.marks), list.rows.len()),
                _ => false,
            },
            (Action::PromptDown | Action::PromptNext, Ask::Outline) => match &self.overlay {
                Some(Overlay::Outline(outline)) => more(outline.selected_row(), outline.rows.len()),
                _ => false,
            },
            (Action::PromptConcordance | Action::PromptExact, Ask::Search) => true,
            (Action::PromptPinyin | Action::PromptRepeats, Ask::Search) => true,
            (Action::PromptPin, Ask::Search) => self.can_pin(),
            _ => false,
        }
    }

    fn overlay_offers(&self, overlay: &Overlay, action: Action) -> bool {
        match action {
            Action::CloseOverlay | Action::Help | Action::Quit | Action::Suspend | Action::Redraw => true,
            Action::Issues => !self.corpus.issues().is_empty(),
            Action::MarkUndo => !self.reading.kept.undone.is_empty(),
            Action::Activate | Action::MarkNote | Action::MarkRemove | Action::MarkExport | Action::CopyParagraph
                if matches!(overlay, Overlay::Marks(_)) =>
            {
                matches!(overlay, Overlay::Marks(list) if !list.rows.is_empty())
            }
            Action::MarkFilter => matches!(overlay, Overlay::Marks(_)),
            Action::Activate => matches!(overlay, Overlay::Issues(_)),
            _ => false,
        }
    }

    /// What means the same over everything that stands in place of the page.
    fn cover_offers(&self, action: Action) -> bool {
        match action {
            Action::CloseOverlay | Action::Help | Action::Quit | Action::Suspend | Action::Redraw => true,
            Action::Search => true,
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
            Action::Edit => Some(self.pointed().is_some() && !self.corpus.is_sample()),
            _ => None,
        }
    }

    fn view_offers(&self, action: Action) -> bool {
        if let Some(offered) = self.passage_offers(action) {
            return offered;
        }
        let Some(shown) = self.views.frames.last() else { return false };
        match (action, &shown.view) {
            (Action::Activate, View::FigureDetail(number)) => number.row().is_some(),
            (Action::Activate, View::Answer(answer)) if answer.shape() == Shape::Tiles => answer.opens_tile(),
            (Action::Activate, View::Answer(answer)) => answer.evidence().is_some(),
            (Action::Map, _) => self.map_of_view().is_some(),
            (Action::ViewReport, View::FigureDetail(number)) => matches!(number.row(), Some(OccurrenceRow::Hit { .. })),
            (Action::ViewReport, View::Answer(answer)) => answer.report().is_some(),
            (Action::ViewLeft, _) => self.can_step_view(false),
            (Action::ViewRight, _) => self.can_step_view(true),
            (Action::ViewAxis, View::Answer(answer)) => answer.can_turn_axis(),
            (Action::ViewChart, View::Answer(answer)) => answer.can_plot(),
            (Action::ViewRows, View::Answer(answer)) => {
                let map = matches!(&answer.question, Question::Trend(params) if params.map.is_some());
                map && !self.keywords.groups.list().is_empty()
            }
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
                let lists = number.opened.as_ref().map_or(&[][..], |opened| &opened.lists);
                lists.iter().skip(1).any(|list| matches!(list.kind, OccurrenceKind::Inside | OccurrenceKind::Shared))
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
            _ => self.cover_offers(action),
        }
    }

    fn concordance_offers(&self, action: Action) -> bool {
        let Some(list) = &self.search.concordance else { return false };
        if let Some(offered) = self.passage_offers(action) {
            return offered;
        }
        match action {
            Action::Concordance => true,
            Action::Activate => list.line(list.selected).is_some(),
            Action::NextHit => list.selected + 1 < list.total,
            Action::PreviousHit => list.selected > 0,
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
            _ => self.cover_offers(action),
        }
    }

    fn board_offers(&self, action: Action) -> bool {
        let Some(board) = &self.search.pins.board else { return false };
        match action {
            Action::Board | Action::BoardOrder | Action::BoardUnit | Action::Unpin => !self.search.pins.list.is_empty(),
            Action::BoardLeft => board.column > 0,
            Action::BoardRight => board.column + 1 < self.search.pins.list.len(),
            Action::Activate => board.selected.is_some() && self.search.pins.list.get(board.column).is_some(),
            _ => self.cover_offers(action),
        }
    }

    fn panel_offers(&self, action: Action) -> bool {
        let in_focus = match action.context() {
            KeyContext::Global => true,
            KeyContext::Cities => self.screen.focus == Panel::Cities,
            KeyContext::Page => self.screen.focus == Panel::Page,
            KeyContext::Keywords => self.screen.focus == Panel::Keywords && !self.reading.wording.open,
            KeyContext::SharedWording => self.screen.focus == Panel::Keywords && self.reading.wording.open,
            KeyContext::Concordance | KeyContext::Board | KeyContext::View | KeyContext::SideBySide => false,
            KeyContext::Prompt | KeyContext::Overlay | KeyContext::Marks => false,
        };
        let searching = self.search.query.is_some();
        let term = || self.keywords.selected_row().is_some() && self.reading.page.report.is_some();
        let of_place = || self.cities.selected_row().and_then(|_| self.cities.selected_place(&self.corpus));
        let branch = |open: bool| {
            self.cities.selected_branch().is_some_and(|branch| self.cities.closed.contains(&branch.path) != open)
        };
        let unfolded = |unfolded: bool| {
            branch(unfolded) || of_place().is_some_and(|p| self.cities.unfolded.contains(&p) == unfolded)
        };
        in_focus
            && match action {
                Action::Issues => !self.corpus.issues().is_empty(),
                Action::Cancel if self.reading.page.range.is_some() || self.leaves_unchosen() => true,
                Action::Cancel => self.reading.highlight.is_some() || self.screen.focus != Panel::Page || searching,
                Action::Activate => match self.screen.focus {
                    Panel::Page if self.screen.picking == Some(PickKind::Passage) => self.pointed().is_some(),
                    Panel::Cities => self.cities.selected_row().is_some(),
                    Panel::Page => self.foldable().is_some(),
                    Panel::Keywords if self.reading.wording.open => self.reading.wording.occurrence().is_some(),
                    Panel::Keywords => term(),
                },
                Action::ToggleFold => self.foldable().is_some(),
                Action::JumpCity | Action::CityOrder | Action::CityTree => !self.corpus.places().is_empty(),
                Action::DiffWith => self.reading.page.report.is_some() && self.corpus.places().len() > 1,
                Action::TermAgainstPlace => !self.corpus.places().is_empty(),
                Action::Unfold => unfolded(false),
                Action::Fold => unfolded(true),
                Action::NextSection => self.section_after(true, false).is_some(),
                Action::PreviousSection => self.section_after(false, false).is_some(),
                Action::NextPart => self.section_after(true, true).is_some(),
                Action::PreviousPart => self.section_after(false, true).is_some(),
                Action::Outline => self.opened().is_some_and(|(_, _, report)| !report.sections.is_empty()),
                Action::Reuse => self.reading.page.report.is_some(),
                Action::CopySection => self.section_here().is_some(),
                Action::Edit => self.pointed().is_some() && !self.corpus.is_sample(),
                Action::Range | Action::ExtendDown | Action::ExtendUp => self.reading.page.report.is_some(),
                Action::Watch => !self.corpus.is_sample(),
                Action::GoToLine | Action::CopyParagraph | Action::HideNoise => self.reading.page.report.is_some(),
                Action::Mark => self.pointed().is_some(),
                Action::Marks => !self.reading.kept.marks.is_empty(),
                Action::Explain => self.reading.page.report.is_some(),
                Action::NextReport | Action::PreviousReport | Action::NextCity => self.reading.page.report.is_some(),
                Action::PreviousCity | Action::FoldLevel => self.reading.page.report.is_some(),
                Action::NextHit | Action::PreviousHit => self.can_step_hit(),
                Action::Concordance | Action::Silent => searching,
                Action::Pin => self.can_pin(),
                Action::Board => !self.search.pins.list.is_empty(),
                Action::TermStrip => term() && !self.keywords.strip.is_empty(),
                Action::SearchTerm => term() && self.keywords.selected.as_deref().and_then(Query::literal).is_some(),
                // A question of the table of analyses, or something that can always be done.
                _ => self.can_ask(action).unwrap_or(true),
            }
    }

    /// Whether there is a hit to go to.
    fn can_step_hit(&self) -> bool {
        if let Some(list) = &self.search.concordance {
            return list.selected + 1 < list.total;
        }
        self.reading.page.report.is_some() && self.search.query.is_some() && self.search.counts.total > 0
    }

    /// Whether the query that is on can be pinned, or unpinned.
    fn can_pin(&self) -> bool {
        let query = self.search.query.as_ref();
        query.is_some_and(|query| self.search.pins.index_of(query).is_some() || self.search.pins.list.len() < MOST)
    }
}
