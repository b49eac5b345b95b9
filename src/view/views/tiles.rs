//! Draws a map of tiles: name and figure of each place, a sign before them that is the darker the higher the figure, told apart
//! without colour too; at the foot the selected tile in words and what the signs mean.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::list;
use crate::app::App;
use crate::app::views::answer::Answer;
use crate::app::views::tile_layout::{FOOT, TileLayout};
use crate::config::theme::Theme;
use crate::table::{Table, TileMap, ValueClass};
use crate::text::Lang;
use crate::text::visible::visible;
use crate::view::pen::Pen;

/// From this width on a tile has two columns of its sign.
const ROOMY: u16 = 10;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, body: Rect, (answer, table): (&Answer, &Table)) {
    let Some(map) = TileMap::of(table) else { return };
    // Where tiles have no room, their figures stand one below another.
    let Some(layout) = TileLayout::of(&map, body) else {
        return list::draw(pen, app, theme, body, (answer, table));
    };
    let value = table.sorted.and_then(|id| table.column(id));
    for (row, tile) in map.tiles.iter().enumerate() {
        let area = layout.tile(tile.row, tile.column);
        let (sign, style) = sign(pen, theme, tile.class);
        let signs = if area.width >= ROOMY - 1 { 2 } else { 1 };
        for y in area.y..area.bottom() {
            // A high tile ends with a band of its sign.
            let wide = if y > area.y + 1 { area.width } else { signs };
            pen.write(area.x, y, area.x + wide, &sign.repeat(wide.into()), style);
        }
        let x = area.x + signs + u16::from(signs > 1);
        let short = table.get(row, "short");
        let short = visible(&short.exact()).into_owned();
        let ink = if tile.class == ValueClass::Absent { theme.dim } else { theme.text };
        // Of a name that is too long its first 汉字 say more than an ellipsis would leave.
        pen.write(x, area.y, area.right(), &short, ink);
        if area.height > 1 {
            let figure = value.map_or_else(String::new, |(at, column)| column.on_screen(&table.cell(row, at), ""));
            pen.write_right(x, area.right(), area.y + 1, &figure, ink);
        }
        if row == answer.cursor.row {
            pen.tint(area, theme.selected);
        }
    }
    let foot = Rect { y: body.bottom().saturating_sub(FOOT), height: 1, ..body };
    draw_selected(pen, theme, foot, (answer, table), app.screen.look.lang);
    draw_legend(pen, theme, Rect { y: foot.y + 1, ..foot }, (&map, table), app.screen.look.lang);
}

fn sign(pen: &Pen<'_>, theme: &Theme, class: ValueClass) -> (&'static str, Style) {
    match class {
        ValueClass::Absent => (" ", theme.line),
        ValueClass::Nothing => (pen.glyphs().floor, theme.dim),
        ValueClass::Quarter(quarter) => (pen.glyphs().shades[usize::from(quarter.min(3))], theme.bar),
    }
}

/// The selected tile in words.
fn draw_selected(pen: &mut Pen<'_>, theme: &Theme, line: Rect, (answer, table): (&Answer, &Table), lang: Lang) {
    let Some(row) = answer.row() else { return };
    let figures: Vec<String> = table
        .for_people()
        .into_iter()
        .filter(|(at, column)| !column.key && !matches!(table.cell(row, *at), crate::table::Cell::None))
        .map(|(at, column)| format!("{} {}", column.heading(lang), column.on_screen(&table.cell(row, at), "-")))
        .collect();
    let name = table.get(row, "place").exact().into_owned();
    let words = format!("{}{}{}", visible(&name), lang.pick("：", ": "), figures.join(" · "));
    let room = line.width.saturating_sub(2).min(pen.width(&words));
    pen.write_fit(line.x + 1, line.y, room, &words, theme.text);
}

/// What the signs mean.
fn draw_legend(pen: &mut Pen<'_>, theme: &Theme, line: Rect, (map, table): (&TileMap, &Table), lang: Lang) {
    let mut x = line.x + 1;
    let heading = table.sorted.and_then(|id| table.column(id)).map_or("", |(_, column)| column.heading(lang));
    x = pen.write(x, line.y, line.right(), heading, theme.dim) + 2;
    for (class, words) in map.legend(table) {
        let (sign, style) = sign(pen, theme, class);
        x = pen.write(x, line.y, line.right(), sign, style) + 1;
        x = pen.write(x, line.y, line.right(), &words, theme.dim) + 2;
    }
    let has = |class: ValueClass| map.tiles.iter().any(|tile| tile.class == class);
    if has(ValueClass::Nothing) {
        let (sign, style) = sign(pen, theme, ValueClass::Nothing);
        x = pen.write(x, line.y, line.right(), sign, style) + 1;
        x = pen.write(x, line.y, line.right(), lang.pick("没有", "none"), theme.dim) + 2;
    }
    if has(ValueClass::Absent) {
        pen.write(x, line.y, line.right(), lang.pick("空白：无", "blank: no figure"), theme.dim);
    }
}
