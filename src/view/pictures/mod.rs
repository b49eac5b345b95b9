//! Draws the pictures that stand in place of the page: a heading, the keys that work in it, what it shows.

mod bars;
mod company;
mod matrix;
mod number;
mod proposals;
mod shares;

use ratatui::layout::Rect;

use super::pen::Pen;
use super::{draw_hints, head};
use crate::app::App;
use crate::app::layout::picture_body;
use crate::app::pictures::{Picture, Shown};
use crate::config::theme::Theme;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, shown: &Shown) {
    pen.clear(area, theme.text);
    let body = picture_body(area);
    let title = match &shown.picture {
        Picture::Number(number) => number::title(app, shown, number),
        Picture::Bars(bars) => bars::title(app, bars),
        Picture::Matrix(matrix) => matrix::title(app, matrix),
        Picture::Shares(shares) => shares::title(app, shares),
        Picture::Proposals(proposals) => proposals::title(app, proposals),
        Picture::Company(company) => {
            company::title(app, company, &shown.comparison.scope_name(&app.corpus, app.look.lang))
        }
    };
    head(pen, theme, area, &title, true);
    draw_hints(pen, app, theme, Rect { y: area.y + 1, height: 1, ..area }, |_| theme.dim);
    if shown.picture.waits() {
        let lang = app.look.lang;
        let mut words = lang.pick("正在计数…", "counting…").to_owned();
        if !app.loading.done {
            words = lang.pick("读完语料后计数…", "waiting for the corpus…").to_owned();
        } else if let Some((counted, all)) = app.keywords.progress {
            words = format!("{words} {counted}/{all}");
        }
        pen.write(body.x + 2, body.y + 1, body.right(), &words, theme.dim);
        return;
    }
    match &shown.picture {
        Picture::Number(number) => number::draw(pen, app, theme, body, shown, number),
        Picture::Bars(bars) => bars::draw(pen, app, theme, body, bars),
        Picture::Matrix(matrix) => matrix::draw(pen, app, theme, body, matrix),
        Picture::Shares(shares) => shares::draw(pen, app, theme, body, shares),
        Picture::Proposals(proposals) => proposals::draw(pen, app, theme, body, proposals),
        Picture::Company(company) => company::draw(pen, app, theme, body, company),
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
