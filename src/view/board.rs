//! Draws the board of pinned queries: a row a city, a column a pin, in each cell a figure and its bar.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::signs::{draw_list_scrollbar, head, pin_ink, pin_style};
use crate::app::App;
use crate::app::screen::layout::{BoardColumns, board_columns, board_list};
use crate::app::search::pins::{Board, BoardUnit, Pin};
use crate::config::theme::Theme;
use crate::text::Lang;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, board: &Board) {
    pen.clear(area, theme.text);
    let lang = app.screen.look.lang;
    let pins = &app.search.pins.list;
    let columns = board_columns(area.width, pins.len(), board.column);
    let BoardColumns { name, each, first, shown } = columns;
    let part = if shown < pins.len() {
        format!(" · {}–{}/{}", first + 1, first + shown, pins.len())
    } else {
        String::new()
    };
    let title = format!("{} · {}{part}", lang.pick("固定检索对比", "Pinned queries"), board.unit.name(lang));
    let x = head(pen, theme, area, &title, true);
    let order = match board.sorted.and_then(|by| pins.get(by)) {
        Some(pin) => format!("{} {}", lang.pick("按", "by"), pin.query.text()),
        None => lang.pick("原序", "corpus order").to_owned(),
    };
    pen.write_right(x + 2, area.right().saturating_sub(1), area.y, &order, theme.dim);
    let rows = board_list(area);
    draw_heads(pen, app, theme, Rect { y: area.y + 1, height: 3, ..area }, board, columns);
    let most: Vec<f64> = pins.iter().map(|pin| greatest(board, pin)).collect();
    for (y, &place) in
        (rows.y..rows.bottom()).zip(&board.rows[board.scroll.visible(board.rows.len(), rows.height.into())])
    {
        let entry = app.corpus.place(place);
        let all_silent = pins.iter().all(|pin| pin.of_place(place) == 0);
        let named = if entry.name.is_empty() { lang.pick("未知", "unknown") } else { &entry.name };
        pen.write_fit(rows.x + 1, y, name.saturating_sub(2), named, if all_silent { theme.dim } else { theme.text });
        for ((at, pin), most) in (0u16..).zip(pins.iter().skip(first)).zip(most.iter().skip(first)).take(shown) {
            let cell = Rect { x: rows.x + name + at * each, y, width: each, height: 1 };
            draw_cell(pen, theme, cell, pin, board.value(pin, place), *most, board.unit);
        }
        if board.selected == Some(place) && !board.on_sums {
            pen.tint(Rect { y, height: 1, ..rows }, theme.selected);
            // Of the selected row the selected column is the one that opens.
            let at = rows.x + name + u16::try_from(board.column.saturating_sub(first)).unwrap_or(0) * each;
            pen.write(at, y, rows.right(), pen.glyphs().here, theme.accent);
        }
    }
    draw_list_scrollbar(pen, theme, rows, board.rows.len(), board.scroll.top);
}

/// The names of the pins, what they sum up to, and in how many places they are found.
fn draw_heads(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, board: &Board, columns: BoardColumns) {
    let BoardColumns { name, each, first, shown } = columns;
    let lang = app.screen.look.lang;
    let places = app.corpus.places().len();
    pen.write_fit(area.x + 1, area.y + 1, name.saturating_sub(2), lang.pick("合计", "all"), theme.dim);
    let words = match lang {
        Lang::Zh => format!("{places} 城中"),
        Lang::En => format!("of {places} cities"),
    };
    pen.write_fit(area.x + 1, area.y + 2, name.saturating_sub(2), &words, theme.dim);
    if board.on_sums {
        pen.tint(Rect { y: area.y + 1, height: 1, ..area }, theme.selected);
    }
    for ((at, pin), number) in (0u16..).zip(app.search.pins.list.iter().skip(first)).zip(first..first + shown) {
        let x = area.x + name + at * each;
        let end = x + each.saturating_sub(1);
        let style = theme.text.patch(pin_style(theme, pin.slot));
        let sign = if number == board.column { pen.glyphs().here } else { " " };
        let from = pen.write(x, area.y, end, sign, theme.accent);
        pen.write(
            from,
            area.y,
            end,
            &fitted(pen, &format!(" {} {} ", number + 1, pin.query.text()), end - from),
            style,
        );
        let total = board.total(pin);
        let running = if pin.running { "…" } else { "" };
        // Below one another with the figures of the rows.
        let (ink, stop) = (pin_ink(theme, pin.slot), (x + 1 + digits(each)).min(end));
        pen.write_right(x + 1, stop, area.y + 1, &figure(total, board.unit), ink);
        pen.write(stop, area.y + 1, end, running, ink);
        pen.write_right(x + 1, stop, area.y + 2, &pin.counts.places().to_string(), theme.dim);
    }
}

/// Columns of the figures in a column of the board.
const fn digits(width: u16) -> u16 {
    if width >= 12 { 6 } else { 5 }
}

fn fitted(pen: &Pen<'_>, text: &str, columns: u16) -> String {
    if pen.width(text) <= columns {
        text.to_owned()
    } else {
        crate::text::width::fit(text, columns.into(), pen.ambiguous)
    }
}

fn draw_cell(pen: &mut Pen<'_>, theme: &Theme, cell: Rect, pin: &Pin, value: f64, most: f64, unit: BoardUnit) {
    let end = cell.right().saturating_sub(1);
    let after = cell.x + 1 + digits(cell.width);
    if value <= 0.0 {
        pen.write_right(cell.x + 1, after.min(end), cell.y, pen.glyphs().floor, theme.line);
        return;
    }
    pen.write_right(cell.x + 1, after.min(end), cell.y, &figure(value, unit), theme.text);
    let bar = pen.glyphs().bar(value, most, usize::from(end.saturating_sub(after + 1)));
    pen.write(after + 1, cell.y, end, &bar, pin_ink(theme, pin.slot));
}

fn figure(value: f64, unit: BoardUnit) -> String {
    match unit {
        BoardUnit::Hits => format!("{value:.0}"),
        BoardUnit::Rate => format!("{value:.2}"),
    }
}

/// The most any place has of a pin: the full length of a bar.
fn greatest(board: &Board, pin: &Pin) -> f64 {
    board.rows.iter().map(|&place| board.value(pin, place)).fold(0.0, f64::max)
}
