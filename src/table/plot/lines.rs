//! Draws figures over the years: a line for each name, the years that are not known left out. In: a table. Out: lines.

use std::collections::BTreeMap;

use plotters::prelude::*;

use super::canvas::{Canvas, Drawn, FAINT, INK, Picture, color, font, short};
use crate::table::{Kind, Table};
use crate::text::Lang;

/// Lines that can still be told apart.
const MOST: usize = 8;

/// Lines over years.
pub(super) struct Lines;

/// The figure of every name in every year.
fn series(table: &Table) -> Vec<(String, BTreeMap<u16, f64>)> {
    let years = table.keys().find(|(_, column)| column.kind == Kind::Year).map(|(at, _)| at);
    let names = table.keys().find(|(_, column)| column.kind != Kind::Year).map(|(at, _)| at);
    let (Some(years), Some(sorted)) = (years, table.sorted) else { return Vec::new() };
    let mut all: Vec<(String, BTreeMap<u16, f64>)> = Vec::new();
    for row in 0..table.len() {
        let year = table.cell(row, years).exact().parse::<u16>();
        let (Ok(year), Some(value)) = (year, table.get(row, sorted).value()) else { continue };
        let name = names.map_or_else(String::new, |at| table.cell(row, at).exact().into_owned());
        match all.iter_mut().find(|(own, _)| *own == name) {
            Some((_, points)) => {
                points.insert(year, value);
            }
            None => all.push((name, BTreeMap::from([(year, value)]))),
        }
    }
    // Of many those that are said most.
    let most = |points: &BTreeMap<u16, f64>| points.values().copied().fold(0.0, f64::max);
    if all.len() > MOST {
        all.sort_by(|a, b| most(&b.1).total_cmp(&most(&a.1)));
        all.truncate(MOST);
    }
    all
}

impl Picture for Lines {
    fn height(&self, _table: &Table) -> u32 {
        540
    }

    fn draw(&self, canvas: &Canvas<'_>, table: &Table, lang: Lang) -> Drawn {
        let all = series(table);
        let years = || all.iter().flat_map(|(_, points)| points.keys().copied());
        let (Some(first), Some(last)) = (years().min(), years().max()) else { return Err("no year".into()) };
        let highest = all.iter().flat_map(|(_, points)| points.values().copied()).fold(0.0, f64::max);
        let share = table.sorted.and_then(|id| table.column(id)).map(|(_, column)| column.kind) == Some(Kind::Share);
        let scale = if share { 100.0 } else { 1.0 };
        let top = if highest > 0.0 { highest * scale * 1.08 } else { 1.0 };
        let heading = table.sorted.and_then(|id| table.column(id)).map_or("", |(_, column)| column.heading(lang));
        let (left, right) = (f64::from(first) - 0.4, f64::from(last) + 0.4);
        let mut chart = ChartBuilder::on(canvas)
            .margin(12)
            .x_label_area_size(34)
            .y_label_area_size(64)
            .build_cartesian_2d(left..right, 0.0..top)?;
        let labels = usize::from(last - first + 1).min(12);
        chart
            .configure_mesh()
            .disable_x_mesh()
            .bold_line_style(FAINT)
            .light_line_style(TRANSPARENT)
            .axis_style(INK)
            .label_style(font(13).color(&INK))
            .x_labels(labels)
            .x_label_formatter(&|x| if (x - x.round()).abs() < 0.01 { format!("{x:.0}") } else { String::new() })
            .y_desc(heading)
            .axis_desc_style(font(13).color(&INK))
            .draw()?;
        for (number, (name, points)) in all.iter().enumerate() {
            let ink = color(number);
            let points: Vec<(f64, f64)> =
                points.iter().map(|(year, value)| (f64::from(*year), value * scale)).collect();
            let line = chart.draw_series(LineSeries::new(points.iter().copied(), ink.stroke_width(3)))?;
            if !name.is_empty() {
                line.label(short(name, 16))
                    .legend(move |(x, y)| PathElement::new(vec![(x, y), (x + 20, y)], ink.stroke_width(3)));
            }
            chart.draw_series(points.iter().map(|point| Circle::new(*point, 4, ink.filled())))?;
        }
        if all.iter().any(|(name, _)| !name.is_empty()) {
            chart
                .configure_series_labels()
                .position(SeriesLabelPosition::UpperLeft)
                .border_style(FAINT)
                .label_font(font(13).color(&INK))
                .draw()?;
        }
        Ok(())
    }
}
