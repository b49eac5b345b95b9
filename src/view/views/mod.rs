//! Draws the pictures that stand in place of the page: a heading, the keys that work in it, what it shows.

mod chart;
mod figure_detail;
mod grid;
mod ledger;
mod list;
mod shade;
mod side_by_side;
mod tiles;

use ratatui::layout::Rect;

use super::pen::Pen;
use super::signs::{draw_hints, head};
use crate::analysis::Question;
use crate::app::App;
use crate::app::awaited::percent;
use crate::app::screen::layout::view_body;
use crate::app::views::answer::Answer;
use crate::app::views::{View, ViewFrame};
use crate::command::{Action, key};
use crate::config::theme::Theme;
use crate::table::Shape;
use crate::text::Lang;
use crate::text::visible::visible;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, shown: &ViewFrame) {
    pen.clear(area, theme.text);
    let body = view_body(area);
    let title = match &shown.view {
        View::FigureDetail(number) => figure_detail::title(app, shown, number),
        View::Answer(answer) => title(app, answer),
    };
    head(pen, theme, area, &title, true);
    draw_hints(pen, app, theme, Rect { y: area.y + 1, height: 1, ..area }, |_| theme.dim);
    if shown.view.waits() {
        let lang = app.screen.look.lang;
        let mut words = lang.pick("正在计数…", "counting…").to_owned();
        if !app.loading.done {
            words = lang.pick("读完语料后计数…", "waiting for the corpus…").to_owned();
        } else if app.views.progress.is_some() {
            words = format!("{words} {}", percent(app.views.progress));
        }
        let stop = app.hint(Action::CloseOverlay).map_or_else(String::new, |hint| key::format(hint.key));
        let words = format!("{words} · {stop} {}", lang.pick("停止", "stops"));
        pen.write(body.x + 2, body.y + 1, body.right(), &words, theme.dim);
        return;
    }
    match &shown.view {
        View::FigureDetail(number) => figure_detail::draw(pen, app, theme, body, shown, number),
        View::Answer(answer) => match (&answer.table, &answer.failed) {
            (Some(table), _) if answer.plotted => chart::draw(pen, app, theme, body, (answer, table)),
            (Some(table), _) if answer.beside.is_some() => {
                if let Some(side) = &answer.beside {
                    side_by_side::draw(pen, app, theme, body, (answer, table, side));
                }
            }
            (Some(table), _) if answer.shape() == Shape::Grid => grid::draw(pen, app, theme, body, (answer, table)),
            (Some(table), _) if answer.shape() == Shape::Tiles => tiles::draw(pen, app, theme, body, (answer, table)),
            (Some(table), _) if answer.shape() == Shape::Ledger => {
                ledger::draw(pen, app, theme, body, (answer, table));
            }
            (Some(table), _) => list::draw(pen, app, theme, body, (answer, table)),
            (None, failed) => {
                let why = failed.as_deref().unwrap_or_default();
                pen.write(body.x + 2, body.y + 1, body.right(), &visible(why), theme.dim);
            }
        },
    }
}

/// What the table of an answer shows, and what shades mean.
fn title(app: &App, answer: &Answer) -> String {
    let lang = app.screen.look.lang;
    let (zh, en) = answer.question.about().title;
    let Some(table) = &answer.table else {
        let name = lang.pick(zh, en);
        return answer.term.as_ref().map_or_else(|| name.to_owned(), |term| format!("{term} · {name}"));
    };
    let mut title = table.title.clone();
    if let (Some(_), Question::Similar(params)) = (&answer.beside, &answer.question) {
        let filters = [
            (params.same_year, lang.pick("同年", "same year")),
            (params.same_phase, lang.pick("同为回顾或任务", "same part")),
            (params.same_province, lang.pick("同省", "same province")),
            (params.same_body, lang.pick("同机构", "same body")),
        ];
        filters.into_iter().filter(|(on, _)| *on).for_each(|(_, name)| title += &format!(" · {name}"));
    }
    if answer.shape() == Shape::Grid && answer.written().is_none() {
        title += if answer.by_row {
            lang.pick(" · 逐行相比", " · each row by itself")
        } else {
            lang.pick(" · 全图相比", " · all rows together")
        };
    }
    if answer.phrase().is_some() {
        let (accepted, refused) = (app.keywords.decisions.accepted.len(), app.keywords.decisions.refused.len());
        title += &match lang {
            Lang::Zh => format!(" · 自定词 {accepted} · 已拒绝 {refused}"),
            Lang::En => format!(" · own words {accepted} · refused {refused}"),
        };
    }
    title
}
