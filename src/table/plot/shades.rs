//! Draws a grid of names by names as shades of the figure that sorts the table, row by row. In: a table. Out: cells.

use plotters::prelude::*;

use super::canvas::{Canvas, Drawn, FAINT, INK, Picture, WIDTH, color, font, short};
use crate::table::Table;
use crate::text::Lang;

/// Rows and columns that are drawn.
const MOST: (usize, usize) = (60, 60);
/// Rows of the picture a row takes.
const ROW: i32 = 18;
/// Where cells begin.
const LEFT: i32 = 150;
/// The same from above: names of columns stand upright there.
const TOP: i32 = 92;

/// Shades.
pub(super) struct Shades;

impl Picture for Shades {
    fn height(&self, table: &Table) -> u32 {
        let rows = table.pivot().map_or(0, |pivot| pivot.rows.len().min(MOST.0));
        u32::try_from(rows).unwrap_or(0) * ROW as u32 + TOP as u32 + 110
    }

    fn draw(&self, canvas: &Canvas<'_>, table: &Table, lang: Lang) -> Drawn {
        let Some(pivot) = table.pivot() else { return Err("no grid".into()) };
        let (rows, columns) = (pivot.rows.len().min(MOST.0), pivot.columns.len().min(MOST.1));
        let room = i32::try_from(WIDTH).unwrap_or(0) - LEFT - 24;
        let width = (room / i32::try_from(columns.max(1)).unwrap_or(1)).clamp(10, 90);
        let upright = font(12).color(&INK).transform(FontTransform::Rotate270);
        for (column, name) in pivot.columns.iter().take(columns).enumerate() {
            let x = LEFT + i32::try_from(column).unwrap_or(0) * width + width / 2 - 6;
            canvas.draw(&Text::new(short(name, 7), (x, TOP - 6), upright.clone()))?;
        }
        for row in 0..rows {
            let y = TOP + i32::try_from(row).unwrap_or(0) * ROW;
            let name = pivot.rows.get(row).map_or("", String::as_str);
            canvas.draw(&Text::new(short(name, 11), (12, y + 2), font(13).color(&INK)))?;
            let highest = pivot.highest.get(row).copied().unwrap_or(0.0);
            for column in 0..columns {
                let x = LEFT + i32::try_from(column).unwrap_or(0) * width;
                let weight = pivot.at(row, column).map_or(0.0, |at| table.weight(at));
                let share = if highest > 0.0 { (weight / highest).clamp(0.0, 1.0) } else { 0.0 };
                let corners = [(x, y), (x + width - 1, y + ROW - 1)];
                canvas.draw(&Rectangle::new(corners, FAINT.mix(0.35).filled()))?;
                if share > 0.0 {
                    canvas.draw(&Rectangle::new(corners, color(0).mix(0.15 + 0.85 * share).filled()))?;
                }
            }
        }
        let words = lang.pick("深浅：每行与本行最高者相比", "shades: each row compared with its own highest");
        let y = TOP + i32::try_from(rows).unwrap_or(0) * ROW + 8;
        canvas.draw(&Text::new(words, (LEFT, y), font(12).color(&INK)))?;
        Ok(())
    }
}
