//! Draws the panel of shared wording: who else uses the words of the paragraph being read, since when, and how much of the
//! report is its own.

use ratatui::layout::Rect;

use super::page::{Brush, PaintLayer, draw_row};
use super::pen::Pen;
use super::signs::{draw_list_scrollbar, focused, head};
use crate::app::awaited::percent;
use crate::app::reading::rows::RowKind;
use crate::app::screen::layout::{PASSAGE_ROWS, wording_parts};
use crate::app::shared_wording::{WordingSheet, part_of};
use crate::app::{App, Panel};
use crate::config::theme::Theme;
use crate::table::{Cell, Table};
use crate::text::Lang;
use crate::text::visible::visible;

/// Columns of a figure.
const FIGURE: u16 = 5;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect) {
    let lang = app.screen.look.lang;
    let panel = &app.reading.wording;
    let alone = app.layout().page.is_none();
    let parts = wording_parts(area, alone);
    let has_focus = focused(app, Panel::Keywords);
    let x = head(pen, theme, area, lang.pick("同文 本段", "Shared wording: this paragraph"), has_focus);
    let status = match (panel.progress, panel.waiting, lang) {
        (done @ Some(_), ..) => format!("{} {}", lang.pick("编索引", "indexing"), percent(done)),
        (None, true, _) => lang.pick("正在查…", "looking…").to_owned(),
        (None, false, Lang::Zh) => "按独有字数".to_owned(),
        (None, false, Lang::En) => "by novel characters".to_owned(),
    };
    pen.write_right(x + 1, area.right().saturating_sub(1), area.y, &status, theme.dim);
    if alone {
        draw_paragraph(pen, app, theme, parts.paragraph);
    }
    let Some(sheet) = &panel.sheet else {
        if !app.loading.done {
            let words = lang.pick("读完语料后再查…", "waiting for the corpus…");
            pen.write(parts.list.x + 2, parts.list.y, parts.list.right(), words, theme.dim);
        }
        return;
    };
    match &sheet.table {
        Some(table) => draw_list(pen, app, theme, parts.list, table),
        None => {
            let words = lang.pick("这里没有正文段落", "no paragraph here");
            pen.write(parts.list.x + 2, parts.list.y, parts.list.right(), words, theme.dim);
        }
    }
    draw_foot(pen, app, theme, parts.foot, sheet);
}

/// The paragraph that is asked about, where the page is not seen.
fn draw_paragraph(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect) {
    let Some((id, document, report)) = app.opened() else { return };
    let (shared, common) = app.reading.wording.marks(id).unwrap_or_default();
    let layers = [PaintLayer { spans: shared, style: theme.companion }, PaintLayer { spans: common, style: theme.dim }];
    let brush = Brush { theme, document, report, layers: &layers, lang: app.screen.look.lang };
    let page = &app.reading.page;
    let from = page.row_at(page.here());
    let rows = page.rows.iter().skip(from).filter(|row| row.kind != RowKind::Blank);
    for (y, row) in (area.y..area.bottom()).zip(rows) {
        draw_row(pen, &brush, Rect { x: area.x + 1, y, width: area.width.saturating_sub(1), height: 1 }, row);
    }
}

/// A passage a pair of rows: who has it with the figures, then its words there.
fn draw_list(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, table: &Table) {
    let (lang, panel) = (app.screen.look.lang, &app.reading.wording);
    if area.height == 0 {
        return;
    }
    let end = area.right().saturating_sub(2);
    // The heads of the columns stand in the row above.
    let heads = [lang.pick("独有", "novel"), lang.pick("同", "same"), lang.pick("改", "edit")];
    let above = area.y.saturating_sub(1);
    pen.write(area.x + 1, above, end, lang.pick("地方·年", "place, year"), theme.dim);
    for (at, name) in (1..).zip(heads) {
        pen.write_right(
            area.x + 8,
            end - (3 - at) * FIGURE,
            above,
            name,
            if at == 1 { theme.accent } else { theme.dim },
        );
    }
    let seen = panel.selection.scroll.visible(panel.order.len(), usize::from(area.height) / PASSAGE_ROWS);
    for (at, number) in (0u16..).zip(seen) {
        let Some(row) = panel.order.get(number).copied() else { continue };
        let y = area.y + at * 2;
        let part = part_of(table, row);
        let style = if part == 2 { theme.dim } else { theme.text };
        for (at, id) in (1..).zip(["novel", "matched", "edits"]) {
            let figure = table.get(row, id).exact().into_owned();
            pen.write_right(area.x + 8, end - (3 - at) * FIGURE, y, &figure, style);
        }
        let (place, year) =
            (table.get(row, "other.place").exact().into_owned(), table.get(row, "other.year").exact().into_owned());
        let sign = match part {
            0 => String::new(),
            _ => format!("{} ", table.get(row, "sign").exact()),
        };
        let name = format!("{sign}{place}{year}");
        let name = visible(&name);
        let room = end.saturating_sub(3 * FIGURE + area.x + 1).min(pen.width(&name));
        pen.write_fit(area.x + 1, y, room, &name, style);
        // What was changed says more than the wording, which the page shows.
        let changes = table.get(row, "changes").exact().into_owned();
        let changed = !changes.is_empty();
        let words = if changed { changes } else { table.get(row, "other.text").exact().into_owned() };
        let words = visible(&words);
        if y + 1 < area.bottom() {
            let room = end.saturating_sub(area.x + 3).min(pen.width(&words));
            let style = if changed { theme.accent } else { theme.dim };
            pen.write_fit(area.x + 3, y + 1, room, &words, style);
        }
        if number == panel.selection.row {
            let selected = if focused(app, Panel::Keywords) { theme.selected } else { theme.selected_idle };
            pen.tint(Rect { y, height: 1, ..area }, selected);
        }
    }
    draw_list_scrollbar(pen, theme, area, panel.order.len() * PASSAGE_ROWS, panel.selection.scroll.top * PASSAGE_ROWS);
    if table.is_empty() && !panel.waiting {
        let words = lang.pick("没有别处这样写", "nobody else writes so");
        pen.write(area.x + 2, area.y, area.right(), words, theme.dim);
    }
}

/// Since when, how much of the paragraph and of the report is its own, which reports are closest.
fn draw_foot(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, sheet: &WordingSheet) {
    let lang = app.screen.look.lang;
    if area.height == 0 {
        return;
    }
    let (x, end) = (area.x + 1, area.right().saturating_sub(1));
    let rule = pen.glyphs().rule.repeat(usize::from(area.width));
    pen.write(area.x, area.y, area.right(), &rule, theme.line);
    let mut lines: Vec<String> = Vec::new();
    if let Some((table, row)) = app.reading.wording.selected() {
        let text = |id: &str| table.get(row, id).exact().into_owned();
        let (place, year, reports, places) = (text("first.place"), text("first.year"), text("reports"), text("places"));
        lines.push(match lang {
            Lang::Zh => format!("最早 {place} {year}（{reports} 篇 {places} 地）"),
            Lang::En => format!("first {place} {year} ({reports} reports, {places} places)"),
        });
    }
    let (all, few, many) = sheet.letters;
    if all > 0 {
        let own = all - few - many;
        lines.push(match lang {
            Lang::Zh => format!("本段 {all} 字：独有 {own} · 同文 {few} · 套话 {many}"),
            Lang::En => format!("paragraph {all}: own {own}, shared {few}, set {many}"),
        });
    }
    let mut y = area.y + 1;
    for line in &lines {
        if y < area.bottom() {
            pen.write(x, y, end, &visible(line), theme.text);
        }
        y += 1;
    }
    let Some(table) = sheet.summary.as_ref().filter(|table| !table.is_empty()) else { return };
    let shares = [
        ("original", lang.pick("本篇独有", "report: own")),
        ("formula", lang.pick("套话", "set formulas")),
        ("shared", lang.pick("同文", "shared")),
        ("own_earlier", lang.pick("沿用自己", "own earlier")),
    ];
    let share = |id: &str| table.get(0, id).value().unwrap_or(0.0);
    if area.height < 12 {
        let told: Vec<String> = shares.iter().map(|(id, name)| format!("{name} {:.1}%", share(id) * 100.0)).collect();
        if y < area.bottom() {
            pen.write(x, y, end, &told.join(" · "), theme.text);
        }
        y += 1;
    } else {
        for (id, name) in shares {
            pen.write(x, y, end, name, theme.text);
            let after = pen.write_right(x + 9, x + 18, y, &format!("{:.1}%", share(id) * 100.0), theme.text);
            let bar = pen.glyphs().bar(share(id), 1.0, usize::from(end.saturating_sub(after.max(x + 20))));
            pen.write(x + 20, y, end, &bar, theme.bar);
            y += 1;
        }
    }
    if let Cell::Objects(closest) = table.get(0, "closest") {
        let heading = lang.pick("最像的报告（段·字）", "closest (passages, characters)");
        if y < area.bottom() && !closest.is_empty() {
            pen.write(x, y, end, heading, theme.dim);
        }
        for (y, object) in (y + 1..area.bottom().saturating_sub(1).max(y + 1)).zip(closest) {
            let field = |name: &str| {
                object
                    .iter()
                    .find(|(own, _)| *own == name)
                    .map(|(_, cell)| cell.exact().into_owned())
                    .unwrap_or_default()
            };
            if y >= area.bottom() {
                break;
            }
            let free = pen.write_right(x, end, y, &format!("{}·{}", field("passages"), field("novel")), theme.dim);
            let name = format!("{}{}", field("place"), field("year"));
            let name = visible(&name);
            let room = free.saturating_sub(x + 2).min(pen.width(&name));
            pen.write_fit(x + 1, y, room, &name, theme.text);
        }
    }
    if area.height >= 12 {
        let words = lang.pick("不算同文：《》、依照…的规定、数字", "not counted: titles of laws, numbers");
        pen.write(x, area.bottom() - 1, end, words, theme.dim);
    }
}
