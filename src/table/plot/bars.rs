//! Draws the first rows of a list as bars of the figure that sorts them, with its interval where one is known. In: a table.
//! Out: bars.

use plotters::prelude::*;

use super::canvas::{Canvas, Drawn, INK, Picture, WIDTH, color, font, short};
use crate::table::{Kind, Table};
use crate::text::Lang;

/// Rows that are drawn.
const MOST: usize = 40;
/// Rows of the picture a bar takes.
const ROW: u32 = 22;
/// Where bars begin.
const LABEL: i32 = 190;

/// Bars.
pub(super) struct Bars;

impl Picture for Bars {
    fn height(&self, table: &Table) -> u32 {
        110 + ROW * u32::try_from(table.len().min(MOST)).unwrap_or(0)
    }

    fn draw(&self, canvas: &Canvas<'_>, table: &Table, lang: Lang) -> Drawn {
        let sorted = table.sorted.unwrap_or_default();
        let Some((_, column)) = table.column(sorted) else { return Err("no figure".into()) };
        let bound = |row: usize, end: &str| table.get(row, &format!("{sorted}_{end}")).value();
        let rows = table.len().min(MOST);
        let longest =
            (0..rows).flat_map(|row| [Some(table.weight(row)), bound(row, "high")]).flatten().fold(0.0, f64::max);
        let room = f64::from(WIDTH) - f64::from(LABEL) - 110.0;
        let at = |value: f64| LABEL + if longest > 0.0 { (value.max(0.0) / longest * room).round() as i32 } else { 0 };
        let heading = if (0..rows).any(|row| bound(row, "low").is_some()) {
            format!("{} · {}", column.heading(lang), lang.pick("线：95 % 区间", "lines: 95 % intervals"))
        } else {
            column.heading(lang).to_owned()
        };
        canvas.draw(&Text::new(heading, (LABEL, 0), font(13).color(&INK)))?;
        for row in 0..rows {
            let y = 20 + i32::try_from(row * ROW as usize).unwrap_or(0);
            let keys: Vec<String> =
                table.keys().map(|(at, c)| table.cell(row, at).shown(c.kind).into_owned()).collect();
            canvas.draw(&Text::new(short(&keys.join(" "), 13), (12, y + 2), font(14).color(&INK)))?;
            let end = at(table.weight(row));
            canvas.draw(&Rectangle::new([(LABEL, y + 3), (end, y + 17)], color(0).mix(0.75).filled()))?;
            let figure = table.get(row, sorted);
            let shown = if column.kind == Kind::Share {
                format!("{} %", figure.shown(column.kind))
            } else {
                figure.shown(column.kind).into_owned()
            };
            let mut after = end;
            if let (Some(low), Some(high)) = (bound(row, "low"), bound(row, "high")) {
                let (low, high, middle) = (at(low), at(high), y + 10);
                canvas.draw(&PathElement::new(vec![(low, middle), (high, middle)], INK.stroke_width(1)))?;
                for x in [low, high] {
                    canvas.draw(&PathElement::new(vec![(x, middle - 4), (x, middle + 4)], INK.stroke_width(1)))?;
                }
                after = after.max(high);
            }
            canvas.draw(&Text::new(shown, (after + 8, y + 3), font(13).color(&INK)))?;
        }
        Ok(())
    }
}
