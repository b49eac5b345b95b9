//! Draws the views that stand in place of the page: a heading, the keys that work in it, what it shows.

mod collocates;
mod figure_detail;
mod group_shares;
mod heat_map;
mod phrase_candidates;
mod ranking;

use ratatui::layout::Rect;

use super::pen::Pen;
use super::{draw_hints, head};
use crate::app::App;
use crate::app::screen::layout::view_body;
use crate::app::views::{View, ViewFrame};
use crate::config::theme::Theme;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, shown: &ViewFrame) {
    pen.clear(area, theme.text);
    let body = view_body(area);
    let title = match &shown.view {
        View::FigureDetail(figure_detail) => figure_detail::title(app, shown, figure_detail),
        View::Ranking(ranking) => ranking::title(app, ranking),
        View::HeatMap(heat_map) => heat_map::title(app, heat_map),
        View::GroupShares(group_shares) => group_shares::title(app, group_shares),
        View::PhraseCandidates(phrase_candidates) => phrase_candidates::title(app, phrase_candidates),
        View::CollocateList(collocates) => {
            collocates::title(app, collocates, &shown.comparison.scope_name(&app.corpus, app.screen.look.lang))
        }
    };
    head(pen, theme, area, &title, true);
    draw_hints(pen, app, theme, Rect { y: area.y + 1, height: 1, ..area }, |_| theme.dim);
    if shown.view.waits() {
        let lang = app.screen.look.lang;
        let mut words = lang.pick("正在计数…", "counting…").to_owned();
        if !app.loading.done {
            words = lang.pick("读完语料后计数…", "waiting for the corpus…").to_owned();
        } else if let Some((counted, all)) = app.keywords.progress {
            words = format!("{words} {counted}/{all}");
        }
        pen.write(body.x + 2, body.y + 1, body.right(), &words, theme.dim);
        return;
    }
    match &shown.view {
        View::FigureDetail(figure_detail) => figure_detail::draw(pen, app, theme, body, shown, figure_detail),
        View::Ranking(ranking) => ranking::draw(pen, app, theme, body, ranking),
        View::HeatMap(heat_map) => heat_map::draw(pen, app, theme, body, heat_map),
        View::GroupShares(group_shares) => group_shares::draw(pen, app, theme, body, group_shares),
        View::PhraseCandidates(phrase_candidates) => phrase_candidates::draw(pen, app, theme, body, phrase_candidates),
        View::CollocateList(collocates) => collocates::draw(pen, app, theme, body, collocates),
    }
}

/// How dark a cell is: 0 nothing, then four shades up to the highest.
fn shade(value: f64, highest: f64) -> usize {
    if value <= 0.0 || highest <= 0.0 { 0 } else { ((value / highest * 4.0).ceil() as usize).clamp(1, 4) }
}

#[cfg(test)]
mod tests {
    use super::shade;

    #[test]
    fn anything_above_nothing_has_a_shade() {
        let cases =
            [(0.0, 8.0, 0), (0.01, 8.0, 1), (2.0, 8.0, 1), (4.1, 8.0, 3), (8.0, 8.0, 4), (9.0, 8.0, 4), (1.0, 0.0, 0)];
        for (value, highest, want) in cases {
            assert_eq!(shade(value, highest), want, "{value} of {highest}");
        }
    }
}
