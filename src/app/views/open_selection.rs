//! Out of a view: into the number behind a cell, to an occurrence in its report, to a place's report; and what is said of a phrase.

use ratatui::layout::Rect;

use crate::analysis::OccurrenceRow;
use crate::app::App;
use crate::app::event::Effect;
use crate::app::job::{Job, Lane};
use crate::app::screen::layout::Panel;
use crate::app::screen::scroll::Motion;
use crate::app::views::figure_detail::{Figure, FigureDetail};
use crate::app::views::ledger_rows::{LedgerPlace, placed};
use crate::app::views::{View, ViewFrame};
use crate::config::PhraseDecision;
use crate::corpus::ReportId;
use crate::index::trend::Counting;
use crate::table::{Evidence, Shape};
use crate::text::Span;

impl App {
    /// Opens what is selected: an occurrence in its report, a row or a cell as a number.
    pub(in crate::app) fn open_selection(&mut self) {
        if self.open_tile() {
            return;
        }
        let Some(shown) = self.views.frames.last() else { return };
        let figure = match &shown.view {
            View::FigureDetail(number) => match (number.row(), &number.figure.evidence) {
                (Some(&OccurrenceRow::Hit { report, span, .. } | &OccurrenceRow::Piece { report, span, .. }), _) => {
                    return self.open_spot(report, span);
                }
                (Some(OccurrenceRow::Heading(word, _)), Evidence::Term { scope, .. }) => {
                    let (term, scope) = (word.clone(), scope.clone());
                    let evidence = Evidence::Term { term, counting: Counting::Words, scope };
                    Some(Figure { evidence, place: number.figure.place.clone() })
                }
                _ => None,
            },
            // A row that is one occurrence needs no list of one.
            View::Answer(answer) if answer.occurrence().is_some() => {
                return answer.occurrence().into_iter().for_each(|one| self.open_spot(one.report, one.span));
            }
            View::Answer(answer) => answer.evidence().map(|evidence| Figure { evidence, place: answer.place() }),
        };
        if let Some(figure) = figure {
            self.show_view(View::FigureDetail(FigureDetail::new(figure)));
        }
    }

    /// Goes to the report of the selected place, year or occurrence, to the first of several, and closes the views.
    pub(in crate::app) fn open_report_of_view(&mut self) {
        let Some(ViewFrame { view, .. }) = self.views.frames.last() else { return };
        if let View::FigureDetail(number) = view
            && let Some(&OccurrenceRow::Hit { report, span, .. } | &OccurrenceRow::Piece { report, span, .. }) =
                number.row()
        {
            return self.open_spot(report, span);
        }
        if let Some(report) = view.answer().and_then(|answer| answer.report()) {
            self.close_views();
            self.visit(report, None);
            self.focus_on(Panel::Page);
        }
    }

    /// Goes to an occurrence in its report; the views are put aside.
    fn open_spot(&mut self, report: ReportId, span: Span) {
        let shelf = std::mem::take(&mut self.views.frames);
        self.effects.push(Effect::Cancel(Lane::View));
        self.visit_passage(report, span.start);
        self.views.back_stack = shelf;
        self.say("按 Esc 回到清单", "Esc goes back to the list");
        self.reading.highlight = Some((report, span));
    }

    /// Where the rows of the view's list stand.
    pub(in crate::app) fn view_list(&self) -> Option<Rect> {
        let body = self.view_body();
        Some(match &self.views.frames.last()?.view {
            View::FigureDetail(number) => number.parts(body, self.screen.look.ambiguous).list,
            View::Answer(answer) => answer.rows(body),
        })
    }

    /// Selects row `row` of a view's list; a second time opens it.
    pub(in crate::app) fn click_view(&mut self, row: usize) {
        let (body, ambiguous) = (self.view_body(), self.screen.look.ambiguous);
        let Some(view) = self.top_view() else { return };
        // Rows of two texts take several rows of the screen.
        let row = match view {
            View::Answer(answer) if answer.shape() == Shape::Ledger => {
                let (area, cursor) = (answer.rows(body), &answer.cursor);
                let Some(table) = &answer.table else { return };
                let places = placed(table, (cursor.rows.top, cursor.row), area, ambiguous);
                let clicked = |place: &&LedgerPlace| (place.y..place.y + place.height).contains(&(area.y + row as u16));
                let Some(place) = places.iter().find(clicked) else { return };
                place.row.saturating_sub(cursor.rows.top)
            }
            _ => row,
        };
        let (selected, top) = match view {
            View::FigureDetail(number) => (&mut number.selection.row, number.selection.scroll.top),
            View::Answer(answer) => (&mut answer.cursor.row, answer.cursor.rows.top),
        };
        if *selected == top + row {
            return self.open_selection();
        }
        *selected = top + row;
        self.settle_view();
    }

    /// Accepts or refuses the selected phrase; what was said before is taken back.
    pub(in crate::app) fn judge(&mut self, decision: PhraseDecision) {
        let Some(View::Answer(answer)) = self.top_view() else { return };
        let Some(phrase) = answer.phrase() else { return };
        let decision = if self.keywords.decisions.of(&phrase) == decision { PhraseDecision::Open } else { decision };
        self.keywords.decisions.say(&phrase, decision);
        self.effects.push(Effect::run(Job::Decide(phrase, decision)));
        if decision != PhraseDecision::Open {
            self.move_view(Motion::Rows(1));
        }
    }
}
