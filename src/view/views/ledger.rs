//! Draws two reports side by side: the old words on the left, the new on the right, what differs inside them marked; a sign says
//! without colour too what became of each.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::app::App;
use crate::app::views::answer::Answer;
use crate::app::views::ledger_rows::{LedgerPlace, NUMBER, SIGN, is_stacked, placed, side_width};
use crate::config::theme::Theme;
use crate::table::{Cell, Table};
use crate::view::pen::Pen;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, body: Rect, (answer, table): (&Answer, &Table)) {
    let rows = answer.rows(body);
    let lang = app.screen.look.lang;
    if body.height > 0 && !is_stacked(rows) {
        let half = side_width(rows);
        pen.write(body.x + SIGN, body.y, body.x + half, lang.pick("旧", "old"), theme.dim);
        pen.write(body.x + half + SIGN, body.y, body.right(), lang.pick("新", "new"), theme.dim);
    }
    let cursor = &answer.cursor;
    for place in placed(table, (cursor.rows.top, cursor.row), rows, pen.ambiguous) {
        draw_row(pen, theme, rows, table, &place);
        if place.row == cursor.row {
            pen.tint(Rect { y: place.y, height: place.height, ..rows }, theme.selected);
        }
    }
    if table.is_empty() {
        pen.write(body.x + 2, rows.y, body.right(), lang.pick("一条也没有", "there are none"), theme.dim);
    }
}

/// The colour of what became of a row.
fn style_of(theme: &Theme, kind: &str) -> Style {
    match kind {
        "new" | "lengthened" => theme.done,
        "dropped" | "shortened" => theme.trouble,
        "number" | "moved" => theme.accent,
        "reworded" | "related" => theme.bar,
        _ => theme.dim,
    }
}

fn draw_row(pen: &mut Pen<'_>, theme: &Theme, rows: Rect, table: &Table, place: &LedgerPlace) {
    let kind = table.get(place.row, "kind").exact().into_owned();
    let became = table.get(place.row, "became").exact().into_owned();
    let sign: String = became.split(' ').next().unwrap_or_default().to_owned();
    let heading = table.get(place.row, "unit").exact() == "heading";
    let style = style_of(theme, &kind);
    let ground = match kind.as_str() {
        "kept" | "moved" => theme.dim,
        _ => theme.text,
    };
    let ground = if heading { ground.add_modifier(Modifier::BOLD) } else { ground };
    let (half, bottom) = (side_width(rows), place.y + place.height);
    let mut y = place.y;
    for (side, (id, number, keeps)) in [("old.text", "old.line", "-"), ("new.text", "new.line", "+")].iter().enumerate()
    {
        let lines = &place.lines[side];
        let x = if is_stacked(rows) || side == 0 { rows.x } else { rows.x + half };
        if !is_stacked(rows) {
            y = place.y;
        }
        if lines.is_empty() {
            continue;
        }
        let cell = table.get(place.row, id);
        let text = cell.exact();
        // A row that only one side has is all change: nothing in it needs a mark.
        let marked =
            if matches!(kind.as_str(), "new" | "dropped") { Vec::new() } else { marks(table, place.row, keeps) };
        pen.write(x, y, x + SIGN, &sign, style);
        let line = table.get(place.row, number).exact().into_owned();
        pen.write_right(x + half - NUMBER, x + half - 1, y, &line, theme.dim);
        for span in lines {
            if y >= bottom {
                break;
            }
            let base = span.start as usize;
            let shown = span.slice(&text);
            pen.write_with(x + SIGN, y, x + half - NUMBER, shown, |cluster| {
                let at = base + cluster.range().start;
                let changed = marked.iter().any(|range| range.contains(&at));
                if changed { style.add_modifier(Modifier::UNDERLINED | Modifier::BOLD) } else { ground }
            });
            y += 1;
        }
    }
}

/// Which bytes of one side's text the other has not; `keeps` is the sign of that side's own runs.
fn marks(table: &Table, row: usize, keeps: &str) -> Vec<Range<usize>> {
    let Cell::Pairs(pairs) = table.get(row, "ops") else { return Vec::new() };
    let mut at = 0;
    let mut found = Vec::new();
    for (sign, text) in pairs {
        if sign == "=" || sign == keeps {
            if sign != "=" {
                found.push(at..at + text.len());
            }
            at += text.len();
        }
    }
    found
}
