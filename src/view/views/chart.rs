//! Draws figures over years as lines, and a ranking with its intervals, in cells. In: the table of an answer. Out: a chart.

use std::collections::BTreeMap;

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::Marker;
use ratatui::text::Line;
use ratatui::widgets::{Axis, Chart, Dataset, GraphType, Widget};

use crate::app::App;
use crate::app::views::answer::Answer;
use crate::config::theme::Theme;
use crate::table::{Kind, Shape, Table};
use crate::view::pen::Pen;
use crate::view::signs::pin_ink;

/// Lines that are told apart.
const MOST: usize = 6;
/// Columns for the name of a row of a ranking.
const NAME: u16 = 17;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, body: Rect, (answer, table): (&Answer, &Table)) {
    if answer.shape() == Shape::Bars {
        intervals(pen, app, theme, body, (answer, table))
    } else {
        lines(pen, app, theme, body, (answer, table))
    }
}

/// A line of figures: its name and its points by year.
type YearLine = (String, Vec<(f64, f64)>);

/// The lines that are seen: of a trend its one, of a grid those from the selected row on.
fn year_lines(answer: &Answer, table: &Table) -> Vec<YearLine> {
    let sorted = table.sorted.unwrap_or_default();
    let share = table.column(sorted).is_some_and(|(_, column)| column.kind == Kind::Share);
    let figure = |row: usize| table.get(row, sorted).value().map(|value| if share { value * 100.0 } else { value });
    let year = |name: &str| name.parse::<u16>().ok().map(f64::from);
    let Some(pivot) = answer.pivot() else {
        let key = table.keys().next().map_or(0, |(at, _)| at);
        let point = |row: usize| Some((year(&table.cell(row, key).exact())?, figure(row)?));
        let mut points: Vec<(f64, f64)> = (0..table.len()).filter_map(point).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        return vec![(answer.term.clone().unwrap_or_default(), points)];
    };
    let years_across = table.key_kind(1) == Some(Kind::Year);
    let (names, years) = if years_across { (&pivot.rows, &pivot.columns) } else { (&pivot.columns, &pivot.rows) };
    let chosen = if years_across { answer.cursor.row } else { answer.cursor.column };
    let first = chosen.min(names.len().saturating_sub(MOST));
    let line = |at: usize| {
        let cell = |number: usize| if years_across { pivot.at(at, number) } else { pivot.at(number, at) };
        let mut points: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
        for (number, name) in years.iter().enumerate() {
            if let (Some(x), Some(y)) = (year(name), cell(number).and_then(figure)) {
                points.insert(x as u64, (x, y));
            }
        }
        (names[at].clone(), points.into_values().collect())
    };
    (first..names.len().min(first + MOST)).map(line).collect()
}

fn lines(pen: &mut Pen<'_>, app: &App, theme: &Theme, body: Rect, (answer, table): (&Answer, &Table)) {
    let lines = year_lines(answer, table);
    let all = || lines.iter().flat_map(|(_, points)| points);
    let (Some(first), Some(last)) =
        (all().map(|p| p.0).min_by(f64::total_cmp), all().map(|p| p.0).max_by(f64::total_cmp))
    else {
        let words = app.screen.look.lang.pick("没有带年份的数字", "no figure has a year");
        pen.write(body.x + 2, body.y + 1, body.right(), words, theme.dim);
        return;
    };
    // The names of the lines, each in its ink, above the chart.
    let (mut x, y) = (body.x + 1, body.y);
    for (number, (name, points)) in lines.iter().enumerate() {
        let sum = points.last().map_or_else(String::new, |(_, value)| format!(" {value:.1}"));
        let ink = pin_ink(theme, u8::try_from(number).unwrap_or(0));
        x = pen.write(x, y, body.right(), &format!("● {name}{sum}"), ink) + 2;
    }
    let highest = all().map(|p| p.1).fold(0.0, f64::max);
    let top = if highest > 0.0 { highest * 1.05 } else { 1.0 };
    let plain = if pen.has_plain_lines() { Marker::Dot } else { Marker::Braille };
    let datasets: Vec<Dataset<'_>> = lines
        .iter()
        .enumerate()
        .map(|(number, (_, points))| {
            let ink = pin_ink(theme, u8::try_from(number).unwrap_or(0));
            Dataset::default().marker(plain).graph_type(GraphType::Line).style(ink).data(points)
        })
        .collect();
    let dim = theme.dim;
    let label = |text: String| Line::styled(text, Style::default().patch(dim));
    let years = (last - first) as u16;
    let room = usize::from(body.width / 8).max(2);
    let step = (usize::from(years) / room.min(usize::from(years).max(1)) + 1).max(1);
    let middle: Vec<Line<'_>> = if usize::from(years) % step == 0 && years > 0 {
        (0..=years).step_by(step).map(|n| label(format!("{}", first + f64::from(n)))).collect()
    } else {
        vec![label(format!("{first}")), label(format!("{last}"))]
    };
    let across =
        Axis::default().bounds([first, if last > first { last } else { first + 1.0 }]).labels(middle).style(dim);
    let up = [0.0, 0.25, 0.5, 0.75, 1.0].map(|part| label(format!("{:.1}", top * part)));
    let upward = Axis::default().bounds([0.0, top]).labels(up).style(dim);
    let area = Rect {
        y: body.y + 1,
        height: body.height.saturating_sub(1),
        x: body.x + 1,
        width: body.width.saturating_sub(2),
    };
    if area.width > 10 && area.height > 4 {
        Chart::new(datasets).x_axis(across).y_axis(upward).style(theme.text).render(area, pen.buffer());
    }
}

/// Each row's figure as a point on a line from the lower to the upper end of its interval.
fn intervals(pen: &mut Pen<'_>, app: &App, theme: &Theme, body: Rect, (answer, table): (&Answer, &Table)) {
    let lang = app.screen.look.lang;
    let sorted = table.sorted.unwrap_or_default();
    let bound = |row: usize, end: &str| table.get(row, &format!("{sorted}_{end}")).value();
    let list = answer.rows(body);
    let key = table.keys().next().map_or(0, |(at, _)| at);
    let values = (0..table.len()).flat_map(|row| [table.get(row, sorted).value(), bound(row, "high")]).flatten();
    let highest = values.fold(0.0, f64::max);
    let start = body.x + NAME + 9;
    let room = f64::from(body.right().saturating_sub(start + 2));
    let at = |value: f64| start + if highest > 0.0 { (value / highest * room).round() as u16 } else { 0 };
    let heading = table.column(sorted).map_or("", |(_, column)| column.heading(lang));
    pen.write_right(body.x, start.saturating_sub(2), body.y, heading, theme.dim);
    pen.write(start, body.y, body.right(), lang.pick("├─●─┤ 95 % 区间", "├─●─┤ 95 % interval"), theme.dim);
    for (y, row) in (list.y..list.bottom()).zip(answer.cursor.rows.visible(table.len(), list.height.into())) {
        let name = table.cell(row, key).shown(Kind::Place).into_owned();
        pen.write_fit(body.x + 1, y, NAME.saturating_sub(1), &name, theme.text);
        let figure = table.get(row, sorted);
        pen.write_right(body.x + NAME, start.saturating_sub(2), y, &figure.shown(Kind::Rate), theme.text);
        if let (Some(low), Some(high)) = (bound(row, "low"), bound(row, "high")) {
            let (low, high) = (at(low), at(high));
            for x in low..=high {
                let sign = if x == low {
                    "├"
                } else if x == high {
                    "┤"
                } else {
                    "─"
                };
                pen.write(x, y, body.right(), sign, theme.dim);
            }
        }
        if let Some(value) = figure.value() {
            pen.write(at(value), y, body.right(), "●", theme.accent);
        }
        if row == answer.cursor.row {
            pen.tint(Rect { x: body.x, y, width: body.width, height: 1 }, theme.selected);
        }
    }
}
