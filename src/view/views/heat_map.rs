//! Draws the heat map: a shade for each cell, read without colour too; the selected cell is told in words at the foot.

use ratatui::layout::Rect;

use super::shade;
use crate::app::App;
use crate::app::views::column_name;
use crate::app::views::heat_map::{HeatMap, HeatMapRows, NAMES};
use crate::config::theme::Theme;
use crate::index::trend::{Axis, Grid};
use crate::text::Lang;
use crate::view::columns::figure;
use crate::view::pen::Pen;

pub(super) fn title(app: &App, matrix: &HeatMap) -> String {
    let lang = app.screen.look.lang;
    let rows = match matrix.rows {
        HeatMapRows::Terms => lang.pick("关键词", "keywords"),
        HeatMapRows::Group(group) => app.keywords.groups.list().get(group).map_or("", |group| group.name.as_str()),
    };
    let columns = match matrix.axis {
        Axis::Place => lang.pick("城市", "cities"),
        Axis::Year => lang.pick("年份", "years"),
    };
    let scale = match (matrix.by_row, lang) {
        (true, Lang::Zh) => "逐行相比",
        (true, Lang::En) => "each row by itself",
        (false, Lang::Zh) => "全图相比",
        (false, Lang::En) => "all rows together",
    };
    format!("{} {rows} × {columns} · {scale}", lang.pick("热图", "Heat map"))
}

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, body: Rect, matrix: &HeatMap) {
    let Some(grid) = matrix.grid.as_deref() else { return };
    let extents = matrix.extents(body);
    let (label, width) = (HeatMap::label(body), matrix.cell());
    let columns = matrix.cursor.columns.visible(extents.columns, extents.width);
    for (x, column) in (body.x + label..).step_by(width.into()).zip(columns.clone()) {
        draw_name(pen, app, theme, (x, body.y), (grid, column), matrix);
    }
    let top = body.y + matrix.head();
    for (y, row) in (top..).zip(matrix.cursor.rows.visible(extents.rows, extents.height)) {
        let Some(term) = grid.rows.get(row) else { continue };
        let chosen = row == matrix.cursor.row;
        let room = label.saturating_sub(2).min(pen.width(term));
        pen.write_fit(body.x + 1, y, room, term, theme.text);
        if chosen {
            pen.tint(Rect::new(body.x, y, label, 1), theme.selected);
        }
        let highest = matrix.highest(row);
        for (x, column) in (body.x + label..).step_by(width.into()).zip(columns.clone()) {
            draw_cell(pen, theme, (x, y), (grid, row, column), highest, matrix);
        }
    }
    let foot = body.bottom().saturating_sub(1);
    if body.height > matrix.head() + 1 {
        draw_foot(pen, app, theme, Rect { y: foot, height: 1, ..body }, grid, matrix);
    }
}

/// The name of a column: upright, without the last 市 or 县 where it is long enough.
fn draw_name(
    pen: &mut Pen<'_>,
    app: &App,
    theme: &Theme,
    (x, y): (u16, u16),
    (grid, column): (&Grid, usize),
    matrix: &HeatMap,
) {
    let Some(found) = grid.columns.get(column) else { return };
    let name = column_name(&app.corpus, found.key, app.screen.look.lang);
    let chosen = column == matrix.cursor.column;
    let style = if chosen { theme.accent } else { theme.dim };
    if matrix.axis == Axis::Year {
        pen.write_right(x, x + matrix.cell() - 1, y, &name, style);
    } else {
        // Of a district its own name, not its city's.
        let own = name.split_once('市').map(|(_, own)| own).filter(|own| own.chars().count() > 1).unwrap_or(&name);
        let letters: Vec<char> = own.chars().collect();
        let kept = match letters.as_slice() {
            [rest @ .., '市' | '县' | '区'] if rest.len() >= 2 => rest,
            all => all,
        };
        let kept = &kept[..kept.len().min(NAMES.into())];
        let first = y + NAMES - u16::try_from(kept.len()).unwrap_or(NAMES);
        for (y, letter) in (first..).zip(kept) {
            pen.write(x, y, x + 2, &letter.to_string(), style);
        }
    }
    if chosen {
        pen.tint(Rect::new(x, y, matrix.cell(), matrix.head()), theme.selected);
    }
}

fn draw_cell(
    pen: &mut Pen<'_>,
    theme: &Theme,
    (x, y): (u16, u16),
    (grid, row, column): (&Grid, usize, usize),
    highest: f64,
    matrix: &HeatMap,
) {
    let rate = grid.rate(row, column);
    let (sign, style) = match shade(rate, highest) {
        0 => (pen.glyphs().floor, theme.line),
        shade => (pen.glyphs().shades[shade - 1], theme.bar),
    };
    let chosen = row == matrix.cursor.row && column == matrix.cursor.column;
    if matrix.axis == Axis::Year {
        let end = x + matrix.cell() - 1;
        pen.write(end - 1, y, end, sign, style);
        if rate > 0.0 {
            pen.write_right(x, end - 2, y, &figure(rate), theme.text);
        }
        if chosen {
            pen.tint(Rect::new(x, y, matrix.cell(), 1), theme.selected);
        }
    } else if chosen {
        // A shade would not be told from its neighbours when it is turned inside out: here stands the count.
        let count = grid.cell(row, column).count.min(99).to_string();
        pen.write(x, y, x + 2, &format!("{count:>2}"), theme.text.patch(theme.hit_current));
    } else if rate > 0.0 {
        let after = pen.write(x, y, x + 1, sign, style);
        pen.write(after, y, after + 1, sign, style);
    } else {
        pen.write(x, y, x + 1, sign, style);
    }
}

/// The selected cell in words.
fn draw_foot(pen: &mut Pen<'_>, app: &App, theme: &Theme, line: Rect, grid: &Grid, matrix: &HeatMap) {
    let lang = app.screen.look.lang;
    let (row, column) = (matrix.cursor.row, matrix.cursor.column);
    let (Some(term), Some(found)) = (grid.rows.get(row), grid.columns.get(column)) else { return };
    let cell = grid.cell(row, column);
    let (name, rate) = (column_name(&app.corpus, found.key, lang), grid.rate(row, column));
    let all = found.reports.len();
    let words = match lang {
        Lang::Zh => {
            format!("{term} · {name}：{} 次 · 每万字 {rate:.2} · {all} 篇中 {} 篇", cell.count, cell.reports)
        }
        Lang::En => {
            format!(
                "{term} · {name}: {} times · {rate:.2} per 10,000 · in {} of {all} reports",
                cell.count, cell.reports
            )
        }
    };
    let x = pen.write(line.x + 1, line.y, line.right(), &words, theme.text);
    let quarters = pen.glyphs().shades;
    let legend = format!("{} ≤25% {} ≤50% {} ≤75% {}", quarters[0], quarters[1], quarters[2], quarters[3]);
    pen.write_right(x + 2, line.right().saturating_sub(1), line.y, &legend, theme.dim);
}
