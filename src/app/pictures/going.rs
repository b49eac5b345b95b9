//! Out of a picture: into the number behind a cell, to an occurrence in its report, to a place's report; and what is said of a phrase.

use ratatui::layout::Rect;

use super::ask::{Figure, OpenedRow, Part, What};
use super::number::Number;
use super::{Picture, Shown, bars_rows, column_name};
use crate::app::App;
use crate::app::event::Effect;
use crate::app::layout::Panel;
use crate::app::scroll::Motion;
use crate::config::Verdict;
use crate::corpus::ReportId;
use crate::index::trend::Counting;
use crate::text::Span;

impl App {
    /// Opens what is selected: an occurrence in its report, a bar or a cell as a number.
    pub(super) fn open_from_picture(&mut self) {
        let lang = self.look.lang;
        let Some(shown) = self.pictures.last() else { return };
        let of_column = || {
            let column = shown.picture.column()?;
            Some(Part::Reports(column_name(&self.corpus, column.key, lang), column.reports.clone()))
        };
        let cell = match &shown.picture {
            Picture::Number(number) => match number.row() {
                Some(&OpenedRow::Hit { report, span, .. }) => return self.open_spot(report, span),
                Some(OpenedRow::Heading(word, _)) => {
                    Some((What::Term(word.clone(), Counting::Words), Some(number.figure.part.clone())))
                }
                None => None,
            },
            Picture::Bars(bars) => Some((What::Term(bars.term.clone(), Counting::Words), of_column())),
            Picture::Matrix(matrix) => {
                let term = matrix.terms.get(matrix.cursor.row);
                term.map(|term| (What::Term(term.clone(), matrix.counting()), of_column()))
            }
            Picture::Shares(shares) => {
                let group = shares.cursor.column;
                let name = shares.groups.as_ref().and_then(|groups| groups.grid.rows.get(group));
                name.map(|name| (What::Group(group, name.clone()), of_column()))
            }
            Picture::Company(company) => company
                .rows()
                .get(company.selection.row)
                .map(|row| (What::Near(company.term.clone(), row.term.clone()), Some(Part::Scope))),
            Picture::Proposals(proposals) => {
                proposals.phrase().map(|phrase| (What::Term(phrase.to_owned(), Counting::Text), Some(Part::Scope)))
            }
        };
        if let Some((what, Some(part))) = cell {
            self.show_picture(Picture::Number(Number::new(Figure { what, part })));
        }
    }

    /// Goes to the report of the selected place or year, to the first of several, and closes the pictures.
    pub(super) fn open_report_of_picture(&mut self) {
        let Some(Shown { picture, .. }) = self.pictures.last() else { return };
        if let Picture::Number(number) = picture
            && let Some(&OpenedRow::Hit { report, span, .. }) = number.row()
        {
            return self.open_spot(report, span);
        }
        let report = picture.column().and_then(|column| column.reports.first().copied());
        if let Some(report) = report {
            self.close_pictures();
            self.visit(report, None);
            self.focus_on(Panel::Page);
        }
    }

    /// Goes to an occurrence in its report; the pictures are put aside.
    fn open_spot(&mut self, report: ReportId, span: Span) {
        let shelf = std::mem::take(&mut self.pictures);
        self.effects.push(Effect::StopPicture);
        self.visit(report, Some(span.start));
        self.shelf = shelf;
        self.say("按 Esc 回到清单", "Esc goes back to the list");
        let height = self.page_height();
        self.page.jump(span.start, height / 3, height);
        self.highlight = Some((report, span));
        self.focus_on(Panel::Page);
    }

    /// Where the rows of the picture's list stand.
    pub(in crate::app) fn picture_list(&self) -> Option<Rect> {
        let body = self.picture_body();
        let below = |rows: u16, foot: u16| Rect {
            y: body.y + rows.min(body.height),
            height: body.height.saturating_sub(rows + foot),
            ..body
        };
        Some(match &self.pictures.last()?.picture {
            Picture::Number(number) => number.parts(body, self.look.ambiguous).list,
            Picture::Bars(_) | Picture::Proposals(_) | Picture::Company(_) => bars_rows(body),
            Picture::Matrix(matrix) => below(matrix.head(), 2),
            Picture::Shares(_) => below(1, 2),
        })
    }

    /// Selects row `row` of a picture's list; a second time opens it.
    pub(in crate::app) fn click_picture(&mut self, row: usize) {
        let Some(picture) = self.top_picture() else { return };
        let (selected, top) = match picture {
            Picture::Number(number) => (&mut number.selection.row, number.selection.scroll.top),
            Picture::Bars(bars) => (&mut bars.selection.row, bars.selection.scroll.top),
            Picture::Matrix(matrix) => (&mut matrix.cursor.row, matrix.cursor.rows.top),
            Picture::Shares(shares) => (&mut shares.cursor.row, shares.cursor.rows.top),
            Picture::Proposals(proposals) => (&mut proposals.selection.row, proposals.selection.scroll.top),
            Picture::Company(company) => (&mut company.selection.row, company.selection.scroll.top),
        };
        if *selected == top + row {
            return self.open_from_picture();
        }
        *selected = top + row;
        self.settle_picture();
    }

    /// Accepts or refuses the selected phrase; what was said before is taken back.
    pub(super) fn judge(&mut self, verdict: Verdict) {
        let Some(Picture::Proposals(proposals)) = self.top_picture() else { return };
        let Some(phrase) = proposals.phrase().map(str::to_owned) else { return };
        let verdict = if self.verdicts.of(&phrase) == verdict { Verdict::Open } else { verdict };
        self.verdicts.say(&phrase, verdict);
        self.effects.push(Effect::Judge(phrase, verdict));
        if verdict != Verdict::Open {
            self.move_picture(Motion::Rows(1));
        }
    }
}
