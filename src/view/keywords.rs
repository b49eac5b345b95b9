//! Draws the keyword panel: the terms of what is being read, and where the selected one stands.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::{focused, head};
use crate::app::keywords::{TermOrder, TermRow, TermSheet};
use crate::app::layout::{STRIP, terms_list};
use crate::app::{App, Panel};
use crate::config::theme::Theme;
use crate::corpus::Report;
use crate::text::{Lang, Span};

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect) {
    let lang = app.look.lang;
    let panel = &app.keywords;
    let title = format!(
        "{} {} {} {}",
        lang.pick("关键词", "Keywords"),
        panel.reach.name(lang),
        pen.glyphs().step,
        panel.order.name(lang)
    );
    let x = head(pen, theme, area, &title, focused(app, Panel::Keywords));
    let end = area.right().saturating_sub(1);
    let sheet = panel.sheet.as_deref();
    if panel.waiting || sheet.is_none() {
        pen.write_right(x + 1, end, area.y, lang.pick("计算中…", "counting…"), theme.dim);
    }
    let Some(sheet) = sheet else { return };
    let columns = Columns::of(area, panel.order);
    draw_columns(pen, theme, Rect { y: area.y + 1, height: 1, ..area }, &columns, lang);
    let list = terms_list(area);
    let selected = panel.selected_row();
    let visible = panel.scroll.visible(sheet.rows.len(), list.height.into());
    let most = sheet.rows.iter().map(|row| weight(row, panel.order)).fold(0.0, f64::max);
    for (y, (index, row)) in (list.y..).zip(visible.clone().zip(&sheet.rows[visible])) {
        let line = Rect { y, height: 1, ..list };
        draw_term(pen, theme, line, row, &columns, most);
        if selected == Some(index) {
            pen.tint(line, if focused(app, Panel::Keywords) { theme.selected } else { theme.selected_idle });
        }
    }
    if sheet.rows.is_empty() {
        pen.write(list.x + 1, list.y, end, lang.pick("这里没有词", "no terms here"), theme.dim);
    }
    if area.height > STRIP + 4 {
        draw_strip(pen, app, theme, Rect { y: area.bottom() - STRIP, height: STRIP, ..area }, sheet);
    }
}

fn weight(row: &TermRow, order: TermOrder) -> f64 {
    match order {
        TermOrder::Count => f64::from(row.count),
        TermOrder::Rate => row.rate,
        TermOrder::Keyness => row.g2.unwrap_or(0.0),
    }
}

/// Where each column ends. The second figure is the rate, or the keyness when that is what sorts.
struct Columns {
    term: u16,
    count: u16,
    figure: u16,
    order: TermOrder,
    /// Both figures fit.
    both: Option<u16>,
}

impl Columns {
    fn of(area: Rect, order: TermOrder) -> Self {
        let wide = area.width >= 44;
        let bar = (area.width / 5).clamp(3, 24);
        let end = area.right().saturating_sub(bar + 1);
        let both = wide.then_some(end);
        let figure = if wide { end.saturating_sub(8) } else { end };
        let count = figure.saturating_sub(7);
        Self { term: count.saturating_sub(6), count, figure, order, both }
    }
}

fn draw_columns(pen: &mut Pen<'_>, theme: &Theme, line: Rect, columns: &Columns, lang: Lang) {
    let (rate, keyness) = (lang.pick("万字", "/10k"), "G²");
    pen.write(line.x + 1, line.y, columns.term, lang.pick("词", "term"), theme.dim);
    pen.write_right(line.x, columns.count, line.y, lang.pick("次", "n"), theme.dim);
    let figure = if columns.order == TermOrder::Keyness && columns.both.is_none() { keyness } else { rate };
    pen.write_right(line.x, columns.figure, line.y, figure, theme.dim);
    if let Some(end) = columns.both {
        pen.write_right(line.x, end, line.y, keyness, theme.dim);
    }
}

fn draw_term(pen: &mut Pen<'_>, theme: &Theme, line: Rect, row: &TermRow, columns: &Columns, most: f64) {
    let y = line.y;
    let room = columns.term.saturating_sub(line.x + 1);
    pen.write_fit(line.x + 1, y, room, &row.term, theme.text);
    pen.write_right(columns.term, columns.count, y, &row.count.to_string(), theme.text);
    let keyness = row.g2.map_or("…".to_owned(), figure);
    let first =
        if columns.order == TermOrder::Keyness && columns.both.is_none() { keyness.clone() } else { figure(row.rate) };
    pen.write_right(columns.count, columns.figure, y, &first, theme.dim);
    if let Some(end) = columns.both {
        pen.write_right(columns.figure, end, y, &keyness, theme.dim);
    }
    let from = columns.both.unwrap_or(columns.figure) + 1;
    let room = usize::from(line.right().saturating_sub(from + 1));
    let bar = pen.glyphs().bar(weight(row, columns.order), most, room);
    pen.write(from, y, line.right(), &bar, theme.bar);
}

/// A figure with one decimal, without one where it is large.
fn figure(value: f64) -> String {
    if value.abs() >= 1000.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

/// Where the selected term stands in the open report, from its beginning (left) to its end.
fn draw_strip(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, sheet: &TermSheet) {
    let lang = app.look.lang;
    let (x, end) = (area.x + 1, area.right().saturating_sub(1));
    let (Some(term), Some((_, document, report))) = (app.keywords.selected.as_deref(), app.opened()) else { return };
    let label = match lang {
        // The table counts words; this finds the term inside longer words too.
        Lang::Zh => format!("「{term}」含词内 {} 处", app.keywords.strip.len()),
        Lang::En => format!("{term}: {}, inside words too", app.keywords.strip.len()),
    };
    let after = pen.write(x, area.y + 1, end, &label, theme.dim);
    let han = match lang {
        Lang::Zh => format!("{} 字", sheet.han),
        Lang::En => format!("{} chars", sheet.han),
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
