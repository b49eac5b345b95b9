//! Out of a view: into the number behind a cell, to an occurrence in its report, to a place's report; and what is said of a phrase.

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::event::Effect;
use crate::app::screen::layout::Panel;
use crate::app::screen::scroll::Motion;
use crate::app::views::figure_detail::FigureDetail;
use crate::app::views::request::{Figure, FigureScope, FigureSubject, OccurrenceRow};
use crate::app::views::{View, ViewFrame, bars_rows, column_name};
use crate::config::PhraseDecision;
use crate::corpus::ReportId;
use crate::index::trend::Counting;
use crate::text::Span;

impl App {
    /// Opens what is selected: an occurrence in its report, a bar or a cell as a number.
    pub(in crate::app) fn open_selection(&mut self) {
        let lang = self.screen.look.lang;
        let Some(shown) = self.views.frames.last() else { return };
        let of_column = || {
            let column = shown.view.column()?;
            Some(FigureScope::Reports(column_name(&self.corpus, column.key, lang), column.reports.clone()))
        };
        let cell = match &shown.view {
            View::FigureDetail(number) => match number.row() {
                Some(&OccurrenceRow::Hit { report, span, .. }) => return self.open_spot(report, span),
                Some(OccurrenceRow::Heading(word, _)) => {
                    Some((FigureSubject::Term(word.clone(), Counting::Words), Some(number.figure.part.clone())))
                }
                None => None,
            },
            View::Ranking(bars) => Some((FigureSubject::Term(bars.term.clone(), Counting::Words), of_column())),
            View::HeatMap(matrix) => {
                let term = matrix.terms.get(matrix.cursor.row);
                term.map(|term| (FigureSubject::Term(term.clone(), matrix.counting()), of_column()))
            }
            View::GroupShares(shares) => {
                let group = shares.cursor.column;
                let name = shares.groups.as_ref().and_then(|groups| groups.grid.rows.get(group));
                name.map(|name| (FigureSubject::Group(group, name.clone()), of_column()))
            }
            View::CollocateList(company) => company
                .rows()
                .get(company.selection.row)
                .map(|row| (FigureSubject::Near(company.term.clone(), row.term.clone()), Some(FigureScope::Scope))),
            View::PhraseCandidates(proposals) => proposals
                .phrase()
                .map(|phrase| (FigureSubject::Term(phrase.to_owned(), Counting::Text), Some(FigureScope::Scope))),
        };
        if let Some((what, Some(part))) = cell {
            self.show_view(View::FigureDetail(FigureDetail::new(Figure { what, part })));
        }
    }

    /// Goes to the report of the selected place or year, to the first of several, and closes the views.
    pub(in crate::app) fn open_report_of_view(&mut self) {
        let Some(ViewFrame { view, .. }) = self.views.frames.last() else { return };
        if let View::FigureDetail(number) = view
            && let Some(&OccurrenceRow::Hit { report, span, .. }) = number.row()
        {
            return self.open_spot(report, span);
        }
        let report = view.column().and_then(|column| column.reports.first().copied());
        if let Some(report) = report {
            self.close_views();
            self.visit(report, None);
            self.focus_on(Panel::Page);
        }
    }

    /// Goes to an occurrence in its report; the views are put aside.
    fn open_spot(&mut self, report: ReportId, span: Span) {
        let shelf = std::mem::take(&mut self.views.frames);
        self.effects.push(Effect::CancelView);
        self.visit(report, Some(span.start));
        self.views.back_stack = shelf;
        self.say("按 Esc 回到清单", "Esc goes back to the list");
        let height = self.page_height();
        self.reading.page.jump(span.start, height / 3, height);
        self.reading.highlight = Some((report, span));
        self.focus_on(Panel::Page);
    }

    /// Where the rows of the view's list stand.
    pub(in crate::app) fn view_list(&self) -> Option<Rect> {
        let body = self.view_body();
        let below = |rows: u16, foot: u16| Rect {
            y: body.y + rows.min(body.height),
            height: body.height.saturating_sub(rows + foot),
            ..body
        };
        Some(match &self.views.frames.last()?.view {
            View::FigureDetail(number) => number.parts(body, self.screen.look.ambiguous).list,
            View::Ranking(_) | View::PhraseCandidates(_) | View::CollocateList(_) => bars_rows(body),
            View::HeatMap(matrix) => below(matrix.head(), 2),
            View::GroupShares(_) => below(1, 2),
        })
    }

    /// Selects row `row` of a view's list; a second time opens it.
    pub(in crate::app) fn click_view(&mut self, row: usize) {
        let Some(view) = self.top_view() else { return };
        let (selected, top) = match view {
            View::FigureDetail(number) => (&mut number.selection.row, number.selection.scroll.top),
            View::Ranking(bars) => (&mut bars.selection.row, bars.selection.scroll.top),
            View::HeatMap(matrix) => (&mut matrix.cursor.row, matrix.cursor.rows.top),
            View::GroupShares(shares) => (&mut shares.cursor.row, shares.cursor.rows.top),
            View::PhraseCandidates(proposals) => (&mut proposals.selection.row, proposals.selection.scroll.top),
            View::CollocateList(company) => (&mut company.selection.row, company.selection.scroll.top),
        };
        if *selected == top + row {
            return self.open_selection();
        }
        *selected = top + row;
        self.settle_view();
    }

    /// Accepts or refuses the selected phrase; what was said before is taken back.
    pub(in crate::app) fn judge(&mut self, decision: PhraseDecision) {
        let Some(View::PhraseCandidates(proposals)) = self.top_view() else { return };
        let Some(phrase) = proposals.phrase().map(str::to_owned) else { return };
        let decision = if self.keywords.decisions.of(&phrase) == decision { PhraseDecision::Open } else { decision };
        self.keywords.decisions.say(&phrase, decision);
        self.effects.push(Effect::Judge(phrase, decision));
        if decision != PhraseDecision::Open {
            self.move_view(Motion::Rows(1));
        }
    }
}
