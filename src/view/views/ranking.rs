//! Draws a term over places or years: a row each, with counts and a bar in which the median is marked.

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::views::ranking::Ranking;
use crate::app::views::{bars_rows, column_name};
use crate::config::theme::Theme;
use crate::index::trend::{Axis, ColumnKey, Grid};
use crate::text::Lang;
use crate::view::pen::Pen;

pub(super) fn title(app: &App, bars: &Ranking) -> String {
    let lang = app.screen.look.lang;
    let years = bars.axis == Axis::Year;
    let mut title = format!(
        "{} · {}",
        bars.term,
        if years { lang.pick("历年", "over the years") } else { lang.pick("各地排名", "places ranked") }
    );
    if let Some(grid) = &bars.grid {
        let (all, median) = (grid.columns.len(), grid.median(0));
        let with = (0..all).filter(|column| grid.cell(0, *column).count > 0).count();
        title += &match (lang, years) {
            (Lang::Zh, true) => format!(" · {all} 年中 {with} 年用到"),
            (Lang::Zh, false) => format!(" · {all} 地中 {with} 地用到"),
            (Lang::En, true) => format!(" · in {with} of {all} years"),
            (Lang::En, false) => format!(" · in {with} of {all} places"),
        };
        title += &format!(" · {} {median:.2}", lang.pick("中位", "median"));
    }
    title
}

/// Where the columns end, from the left edge.
struct Columns {
    name: u16,
    province: Option<u16>,
    count: u16,
    rate: u16,
    reports: u16,
}

impl Columns {
    fn of(width: u16) -> Self {
        let name = if width < 50 { 14 } else { 19 };
        let province = (width >= 76).then_some(name + 11);
        let count = province.unwrap_or(name) + 6;
        Self { name, province, count, rate: count + 8, reports: count + 8 + if width < 50 { 0 } else { 8 } }
    }
}

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, body: Rect, bars: &Ranking) {
    let Some(grid) = bars.grid.as_deref() else { return };
    let lang = app.screen.look.lang;
    let columns = Columns::of(body.width);
    let x = body.x + 1;
    let rows = bars_rows(body);
    let (from, end) = (x + columns.reports + 2, body.right().saturating_sub(2));
    let room = end.saturating_sub(from);
    let (highest, median) = (grid.highest(), grid.median(0));
    let mark = from + if highest > 0.0 { (median / highest * f64::from(room)).round() as u16 } else { 0 };
    if body.height > 0 {
        let y = body.y;
        let name = if bars.axis == Axis::Year { lang.pick("年份", "year") } else { lang.pick("地方", "place") };
        pen.write(x + 4, y, x + columns.name, name, theme.dim);
        pen.write_right(x, x + columns.count, y, lang.pick("次", "n"), theme.dim);
        pen.write_right(x, x + columns.rate, y, lang.pick("每万字", "per 10k"), theme.dim);
        if columns.reports > columns.rate {
            pen.write_right(x, x + columns.reports, y, lang.pick("篇", "reports"), theme.dim);
        }
        let words = format!("{} {median:.2}", lang.pick("中位", "median"));
        pen.write(mark.min(end.saturating_sub(pen.width(&words))).max(from), y, end, &words, theme.accent);
    }
    let visible = bars.selection.scroll.visible(bars.order.len(), rows.height.into());
    for (y, index) in (rows.y..).zip(visible) {
        let Some(&column) = bars.order.get(index) else { continue };
        let line = Rect { y, height: 1, ..rows };
        draw_row(pen, app, theme, (x, y), (index, column), (grid, bars.axis), &columns);
        let bar = pen.glyphs().bar(grid.rate(0, column), highest, room.into());
        pen.write(from, y, end, &bar, theme.bar);
        if room > 0 {
            pen.write(mark, y, mark + 1, pen.glyphs().wall, theme.accent);
        }
        if index == bars.selection.row {
            pen.tint(line, theme.selected);
        }
    }
}

fn draw_row(
    pen: &mut Pen<'_>,
    app: &App,
    theme: &Theme,
    (x, y): (u16, u16),
    (index, column): (usize, usize),
    (grid, axis): (&Grid, Axis),
    columns: &Columns,
) {
    let Some(found) = grid.columns.get(column) else { return };
    let cell = grid.cell(0, column);
    let style = if cell.count == 0 { theme.dim } else { theme.text };
    if axis == Axis::Place && cell.count > 0 {
        pen.write_right(x, x + 3, y, &(index + 1).to_string(), theme.dim);
    }
    let name = column_name(&app.corpus, found.key, app.screen.look.lang);
    pen.write_fit(x + 4, y, columns.name.saturating_sub(5).min(pen.width(&name)), &name, style);
    if let (Some(end), ColumnKey::Place(place)) = (columns.province, found.key) {
        let province = app.corpus.places().get(place.0 as usize).map_or("", |place| place.province.as_str());
        let room = (end - columns.name - 1).min(pen.width(province));
        pen.write_fit(x + columns.name, y, room, province, theme.dim);
    }
    pen.write_right(x + columns.name, x + columns.count, y, &cell.count.to_string(), style);
    pen.write_right(x + columns.count, x + columns.rate, y, &format!("{:.2}", grid.rate(0, column)), style);
    if columns.reports > columns.rate {
        let reports = format!("{}/{}", cell.reports, found.reports.len());
        pen.write_right(x + columns.rate, x + columns.reports, y, &reports, theme.dim);
    }
}
