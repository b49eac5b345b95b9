//! Draws the keyword panel: the terms of what is being read, and where the selected one stands.

use ratatui::layout::Rect;

use super::columns::Columns;
use super::pen::Pen;
use super::signs::{focused, head};
use crate::analysis::Order;
use crate::app::awaited::percent;
use crate::app::screen::layout::{STRIP, terms_list};
use crate::app::terms::comparison::{Layers, reference_name};
use crate::app::terms::keywords::TermSheet;
use crate::app::{App, Panel};
use crate::command::{Action, key};
use crate::config::theme::Theme;
use crate::corpus::Report;
use crate::table::{Cell, Table};
use crate::text::{Lang, Span};

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect) {
    let lang = app.screen.look.lang;
    let panel = &app.keywords;
    let sheet = panel.sheet.as_deref();
    draw_head(pen, app, theme, area, sheet);
    let Some(sheet) = sheet else { return };
    let table = &*sheet.table;
    let width = area.width.saturating_sub(2);
    let columns = Columns::of(table, width, if width < 50 { 11 } else { 16 });
    draw_columns(pen, theme, Rect { y: area.y + 1, height: 1, ..area }, (&columns, table), lang);
    let list = terms_list(area);
    let selected = panel.selected_row();
    let visible = panel.scroll.visible(table.len(), list.height.into());
    let most = (0..table.len()).map(|row| table.weight(row)).fold(0.0, f64::max);
    for (y, row) in (list.y..).zip(visible) {
        let line = Rect { y, height: 1, ..list };
        draw_term(pen, theme, line, row, &columns, (sheet, most));
        // Where what is no finding begins.
        if let Some((_, words)) = table.border.as_ref().filter(|(at, _)| *at == row) {
            pen.write_right(line.x + 1 + columns.end(), line.right(), y, &format!(" {words}"), theme.dim);
        }
        if selected == Some(row) {
            pen.tint(line, if focused(app, Panel::Keywords) { theme.selected } else { theme.selected_idle });
        }
    }
    let end = area.right().saturating_sub(1);
    if sheet.table.is_empty() {
        pen.write(list.x + 1, list.y, end, lang.pick("这里没有词", "no terms here"), theme.dim);
    }
    if area.height > STRIP + 4 {
        draw_strip(pen, app, theme, Rect { y: area.bottom() - STRIP, height: STRIP, ..area }, sheet);
    }
}

/// What is counted, what it is compared with, and how far that has come.
fn draw_head(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, sheet: Option<&TermSheet>) {
    let lang = app.screen.look.lang;
    let panel = &app.keywords;
    let name = lang.pick("关键词", "Keywords");
    let about = panel.about().map(|comparison| {
        let (kind, reference) =
            (comparison.target.kind(lang), reference_name(&comparison.reference, &app.corpus, lang));
        format!("{kind}{}{reference}", lang.pick(" 对 ", " vs "))
    });
    let (status, style) = match (panel.progress, sheet) {
        (done @ Some(_), _) => (format!("{} {}", lang.pick("计数", "counted"), percent(done)), theme.done),
        _ if !panel.waiting && sheet.is_none() && panel.about().is_some() => {
            (lang.pick("已停止", "stopped").to_owned(), theme.dim)
        }
        _ if panel.waiting || sheet.is_none() => (lang.pick("计算中…", "counting…").to_owned(), theme.dim),
        (None, Some(sheet)) if !sheet.compared => (lang.pick("读完再比", "compared later").to_owned(), theme.dim),
        (None, Some(sheet)) if !sheet.comparable() => (lang.pick("无参照", "no reference").to_owned(), theme.dim),
        (None, sheet) => (sheet.map_or("", |sheet| Order::name(sheet.order, lang)).to_owned(), theme.dim),
    };
    // Where not both fit the panel's name gives way: what is on its way matters more.
    let title = about.map_or_else(
        || name.to_owned(),
        |about| {
            let whole = format!("{name} {about}");
            if pen.width(&whole) + pen.width(&status) + 3 <= area.width { whole } else { about }
        },
    );
    let x = head(pen, theme, area, &title, focused(app, Panel::Keywords));
    pen.write_right(x + 1, area.right().saturating_sub(1), area.y, &status, style);
}

/// The heads of the columns; the one that sorts is marked.
fn draw_columns(pen: &mut Pen<'_>, theme: &Theme, line: Rect, (columns, table): (&Columns, &Table), lang: Lang) {
    let x = line.x + 1;
    pen.write(x, line.y, x + columns.name, lang.pick("词", "term"), theme.dim);
    for (at, end) in &columns.fields {
        let Some(column) = table.columns().get(*at) else { continue };
        let style = if Some(column.id) == table.sorted { theme.accent } else { theme.dim };
        pen.write_right(x, x + end, line.y, column.short_heading(lang), style);
    }
}

fn draw_term(
    pen: &mut Pen<'_>,
    theme: &Theme,
    line: Rect,
    row: usize,
    columns: &Columns,
    (sheet, most): (&TermSheet, f64),
) {
    let (x, y, table) = (line.x + 1, line.y, &*sheet.table);
    let Some(term) = sheet.term(row) else { return };
    // One column stays for the sign.
    let room = columns.name.saturating_sub(1).min(pen.width(&term));
    // What is no finding is faint; what the text was chosen by is no news.
    let faint = table.get(row, "finding") == Cell::Flag(false) || table.get(row, "given") == Cell::Flag(true);
    let plain = if faint { theme.dim } else { theme.text };
    let after = pen.write_fit(x, y, room, &term, plain);
    if table.get(row, "driver") != Cell::None {
        pen.write(after, y, after + 1, "!", theme.accent);
    }
    // A sign of waiting while a figure is not known, a dash where there is nothing to compare with.
    let undefined = if sheet.compared { "-" } else { "…" };
    for (at, end) in &columns.fields {
        let Some(column) = table.columns().get(*at) else { continue };
        let strong = column.screen == 1 || Some(column.id) == table.sorted;
        let text = column.on_screen(&table.cell(row, *at), undefined);
        pen.write_right(x + columns.name, x + end, y, &text, if strong { plain } else { theme.dim });
    }
    let from = x + columns.end() + 1;
    let room = usize::from(line.right().saturating_sub(from + 1));
    let bar = pen.glyphs().bar(table.weight(row), most, room);
    pen.write(from, y, line.right(), &bar, theme.bar);
}

/// Where the selected term stands in the open report, from its beginning (left) to its end; below, which words are left out.
fn draw_strip(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, sheet: &TermSheet) {
    let lang = app.screen.look.lang;
    let (x, end) = (area.x + 1, area.right().saturating_sub(1));
    draw_layers(pen, app, theme, Rect { y: area.y + 3, height: 1, ..area });
    let (Some(term), Some((_, document, report))) = (app.keywords.selected.as_deref(), app.opened()) else { return };
    let count = app.keywords.strip.len();
    // The table counts words; this finds the term inside longer words too. Where that has no room, the bare number.
    let labels = match lang {
        Lang::Zh => [format!("本篇「{term}」含词内 {count} 处"), format!("{term} {count}")],
        Lang::En => [format!("{term} here: {count}, inside words too"), format!("{term} here: {count}")],
    };
    let room = end.saturating_sub(x);
    let label = labels.iter().find(|label| pen.width(label) <= room).unwrap_or(&labels[1]);
    let after = pen.write_fit(x, area.y + 1, pen.width(label).min(room), label, theme.dim);
    let han = match lang {
        Lang::Zh => format!("{} 字", sheet.table.settings.han),
        Lang::En => format!("{} chars", sheet.table.settings.han),
    };
    pen.write_right(after + 1, end, area.y + 1, &han, theme.dim);
    let bins = bins(report_span(document, report), &app.keywords.strip, end.saturating_sub(x).into());
    let most = bins.iter().copied().max().unwrap_or(0);
    for (x, count) in (x..).zip(bins) {
        let (sign, style) = match (count * 8).div_ceil(most.max(1)) {
            0 => (pen.glyphs().floor, theme.line),
            eighths => (pen.glyphs().columns[(eighths - 1).min(7)], theme.bar),
        };
        pen.write(x, area.y + 2, end, sign, style);
    }
}

/// Which stop words are left out (`-`) or listed (`+`), with the keys that change it.
fn draw_layers(pen: &mut Pen<'_>, app: &App, theme: &Theme, line: Rect) {
    let lang = app.screen.look.lang;
    let layers = app.keywords.layers;
    let all = [
        (Action::FunctionWords, layers.function),
        (Action::FillerWords, layers.filler),
        (Action::OwnNames, layers.names),
    ];
    let (mut x, end) = (line.x + 1, line.right().saturating_sub(1));
    let least = format!("≥{}", layers.least);
    // With the keys beside them there is little room.
    let gap = if app.hint(Action::TermLeast).is_some() { 1 } else { 2 };
    for (action, left_out) in all {
        // The key is named where it does it; that words are left out is told everywhere.
        if let Some(hint) = app.hint(action) {
            x = pen.write(x, line.y, end, &key::format(hint.key), theme.key) + 1;
        }
        let (sign, style) = if left_out { ("-", theme.dim) } else { ("+", theme.matched) };
        x = pen.write(x, line.y, end, &format!("{sign}{}", action.hint(lang)), style) + gap;
    }
    if let Some(hint) = app.hint(Action::TermLeast) {
        x = pen.write(x, line.y, end, &key::format(hint.key), theme.key);
    }
    let style = if layers.least == Layers::default().least { theme.dim } else { theme.matched };
    pen.write(x, line.y, end, &least, style);
}

fn report_span(document: &crate::corpus::Document, report: &Report) -> Span {
    let of = |line: Option<u32>| line.and_then(|l| document.line(l)).map_or(Span::default(), |l| l.span);
    Span::new(of(report.ranges.first().map(|r| r.first)).start, of(report.ranges.last().map(|r| r.last)).end)
}
/// How many of `spans` begin in each of `n` equal stretches of `whole`.
fn bins(whole: Span, spans: &[Span], n: usize) -> Vec<usize> {
    let mut bins = vec![0; n];
    for span in spans.iter().filter(|s| whole.contains(s.start)) {
        let at = (span.start - whole.start) as usize * n / whole.len().max(1);
        if let Some(bin) = bins.get_mut(at) {
            *bin += 1;
        }
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_occurrence_falls_into_one_stretch() {
        let spans = [Span::new(10, 13), Span::new(59, 62), Span::new(109, 112), Span::new(200, 203)];
        assert_eq!(bins(Span::new(10, 110), &spans, 4), [1, 1, 0, 1]);
        assert_eq!(bins(Span::new(5, 5), &spans, 3), [0, 0, 0]);
        assert!(bins(Span::new(10, 110), &spans, 0).is_empty());
    }
}
