//! Draws a map of tiles: each with its name and figure, shaded by its class. In: a table of tiles. Out: squares.

use plotters::prelude::*;

use super::canvas::{Canvas, Drawn, FAINT, INK, Picture, WIDTH, color, font, short};
use crate::table::{Table, TileMap, ValueClass};
use crate::text::Lang;

/// Height of a tile.
const HIGH: i32 = 58;
/// Width of a tile, at most.
const WIDE: i32 = 96;

/// Tiles.
pub(super) struct Tiles;

/// How much ink a class has.
fn share(class: ValueClass) -> f64 {
    match class {
        ValueClass::Absent => 0.0,
        ValueClass::Nothing => 0.06,
        ValueClass::Quarter(quarter) => [0.2, 0.4, 0.62, 0.85][usize::from(quarter.min(3))],
    }
}

impl Picture for Tiles {
    fn height(&self, table: &Table) -> u32 {
        let rows = TileMap::of(table).map_or(0, |map| map.rows);
        u32::try_from(rows).unwrap_or(0) * HIGH as u32 + 140
    }

    fn draw(&self, canvas: &Canvas<'_>, table: &Table, lang: Lang) -> Drawn {
        let Some(map) = TileMap::of(table) else { return Err("no tiles".into()) };
        let Some((at, column)) = table.sorted.and_then(|id| table.column(id)) else { return Err("no figure".into()) };
        let columns = i32::try_from(map.columns.max(1)).unwrap_or(1);
        let wide = ((i32::try_from(WIDTH).unwrap_or(0) - 32) / columns).min(WIDE);
        for (row, tile) in map.tiles.iter().enumerate() {
            let x = 12 + i32::try_from(tile.column).unwrap_or(0) * wide;
            let y = 8 + i32::try_from(tile.row).unwrap_or(0) * HIGH;
            let corners = [(x, y), (x + wide - 3, y + HIGH - 3)];
            canvas.draw(&Rectangle::new(corners, color(0).mix(share(tile.class)).filled()))?;
            canvas.draw(&Rectangle::new(corners, FAINT.stroke_width(1)))?;
            let name = table.get(row, "short");
            canvas.draw(&Text::new(short(&name.exact(), 5), (x + 6, y + 6), font(15).color(&INK)))?;
            let figure = column.on_screen(&table.cell(row, at), "");
            canvas.draw(&Text::new(figure, (x + 6, y + 29), font(14).color(&INK)))?;
        }
        let y = 20 + i32::try_from(map.rows).unwrap_or(0) * HIGH;
        let mut x = 12;
        canvas.draw(&Text::new(column.heading(lang), (x, y), font(13).color(&INK)))?;
        x += 110;
        for (class, words) in map.legend(table) {
            canvas.draw(&Rectangle::new([(x, y), (x + 16, y + 14)], color(0).mix(share(class)).filled()))?;
            canvas.draw(&Text::new(words.clone(), (x + 22, y), font(13).color(&INK)))?;
            x += 40 + 9 * i32::try_from(words.chars().count()).unwrap_or(0);
        }
        Ok(())
    }
}
