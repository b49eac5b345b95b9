//! Draws the company a term keeps: its collocates with their measures, the one that sorts marked and drawn as a bar.

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::views::bars_rows;
use crate::app::views::collocates::CollocateList;
use crate::config::theme::Theme;
use crate::index::collocates::{Collocate, CollocateOrder, WINDOW};
use crate::text::Lang;
use crate::view::columns::figure;
use crate::view::pen::Pen;

pub(super) fn title(app: &App, company: &CollocateList, scope: &str) -> String {
    let lang = app.screen.look.lang;
    let mut title = format!("{} · {} · {scope}", company.term, lang.pick("搭配", "collocates"));
    if let Some(found) = &company.found {
        let node = found.node;
        title += &match lang {
            Lang::Zh => format!(" · {node} 处，左右各 {WINDOW} 词，同句"),
            Lang::En => format!(" · {node} times, {WINDOW} words to either side, same sentence"),
        };
    }
    title
}

/// What stands in a column: its head, how wide it is, what sorts by it.
type Column = (&'static str, u16, Option<CollocateOrder>);

fn columns(lang: Lang) -> [Column; 8] {
    [
        (lang.pick("同现", "both"), 6, Some(CollocateOrder::Together)),
        ("logDice", 9, Some(CollocateOrder::LogDice)),
        ("MI", 7, Some(CollocateOrder::Mi)),
        ("t", 7, Some(CollocateOrder::T)),
        ("G²", 9, Some(CollocateOrder::G2)),
        (lang.pick("在前", "before"), 8, None),
        (lang.pick("全部", "all"), 7, None),
        (lang.pick("篇", "rep"), 5, None),
    ]
}

fn cells(row: &Collocate) -> [String; 8] {
    [
        row.counts.together.to_string(),
        format!("{:.2}", row.log_dice),
        format!("{:.2}", row.mi),
        format!("{:.2}", row.t),
        figure(row.g2),
        row.before.to_string(),
        row.counts.collocate.to_string(),
        row.reports.to_string(),
    ]
}

fn weight(row: &Collocate, order: CollocateOrder) -> f64 {
    match order {
        CollocateOrder::LogDice => row.log_dice,
        CollocateOrder::Together => row.counts.together as f64,
        CollocateOrder::Mi => row.mi,
        CollocateOrder::T => row.t,
        CollocateOrder::G2 => row.g2,
    }
}

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, body: Rect, company: &CollocateList) {
    let lang = app.screen.look.lang;
    let rows = bars_rows(body);
    let x = body.x + 1;
    let term = x + if body.width < 50 { 12 } else { 18 };
    let mut ends = Vec::new();
    let mut end = term;
    for (head, width, order) in columns(lang) {
        end += width;
        if end >= body.right() {
            break;
        }
        ends.push(end);
        let style = if order == Some(company.order) { theme.accent } else { theme.dim };
        if body.height > 0 {
            pen.write_right(x, end, body.y, head, style);
        }
    }
    if body.height > 0 {
        pen.write(x, body.y, term, lang.pick("词", "word"), theme.dim);
    }
    let from = ends.last().copied().unwrap_or(term) + 2;
    let room = usize::from(body.right().saturating_sub(from + 2)).min(24);
    let most = company.rows().iter().map(|row| weight(row, company.order)).fold(0.0, f64::max);
    let visible = company.selection.scroll.visible(company.rows().len(), rows.height.into());
    for (y, (index, row)) in (rows.y..).zip(visible.clone().zip(&company.rows()[visible])) {
        let width = (term - x).min(pen.width(&row.term));
        pen.write_fit(x, y, width, &row.term, theme.text);
        for ((cell, end), (.., order)) in cells(row).iter().zip(&ends).zip(columns(lang)) {
            let strong = order == Some(company.order) || order == Some(CollocateOrder::Together);
            pen.write_right(term, *end, y, cell, if strong { theme.text } else { theme.dim });
        }
        if room >= 6 {
            pen.write(from, y, body.right(), &pen.glyphs().bar(weight(row, company.order), most, room), theme.bar);
        }
        if index == company.selection.row {
            pen.tint(Rect { y, height: 1, ..rows }, theme.selected);
        }
    }
    if company.rows().is_empty() {
        pen.write(x + 1, rows.y, body.right(), lang.pick("没有搭配的词", "no collocates"), theme.dim);
    }
}
