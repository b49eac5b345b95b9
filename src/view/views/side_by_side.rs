//! Draws two sections side by side: whose each is, its text with what the other says too marked, the list of those it could
//! be read beside, the words that others have.

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::views::answer::Answer;
use crate::app::views::side_by_side::{SectionText, SideBySide, SideLayout};
use crate::config::theme::Theme;
use crate::index::sections::SectionId;
use crate::table::{Cell, Table};
use crate::text::Lang;
use crate::text::visible::visible;
use crate::view::page::{Brush, PaintLayer, draw_row};
use crate::view::pen::Pen;
use crate::view::signs::draw_list_scrollbar;

pub(super) fn draw(
    pen: &mut Pen<'_>,
    app: &App,
    theme: &Theme,
    body: Rect,
    (answer, table, side): (&Answer, &Table, &SideBySide),
) {
    let layout = SideLayout::of(body, side.shows_other);
    let Some((own, other)) = side.shown() else { return };
    let height = layout.own.or(layout.other).map_or(0, |area| SideLayout::text(area).height.into());
    let score = answer.row().map(|row| table.get(row, "score")).unwrap_or(Cell::None);
    let score = score.value().map_or_else(String::new, |score| format!("{score:.2}"));
    if let Some(area) = layout.own {
        draw_section(pen, app, theme, area, (own, &side.own, side.scroll.top), "");
    }
    match (layout.other, other) {
        (Some(area), Some(other)) => {
            draw_section(pen, app, theme, area, (other, &side.other, side.other_top(height)), &score);
        }
        (Some(area), None) => {
            let words = app.screen.look.lang.pick("（没有同题的章节）", "(no such section)");
            pen.write(area.x + 2, area.y + 2, area.right(), words, theme.dim);
        }
        (None, _) => {}
    }
    let walls = [layout.own.filter(|_| layout.other.is_some()), layout.other.filter(|_| !layout.below)];
    for area in walls.into_iter().flatten() {
        pen.wall(area.right(), area.top(), area.bottom(), theme.line);
    }
    draw_list(pen, app, theme, &layout, (answer, table));
    draw_words(pen, app, theme, layout.words, side.words());
}

/// Whose section it is and under which headings, then its text.
fn draw_section(
    pen: &mut Pen<'_>,
    app: &App,
    theme: &Theme,
    area: Rect,
    (id, text, top): (SectionId, &SectionText, usize),
    score: &str,
) {
    let lang = app.screen.look.lang;
    let Some((document, report)) = app.corpus.report(id.report) else { return };
    let Some(section) = report.sections.get(id.section as usize) else { return };
    let year = report.filed_year().map_or_else(String::new, |year| format!(" {year}"));
    let place = if report.place.is_empty() { lang.pick("未知", "unknown") } else { &report.place };
    let whose = match lang {
        Lang::Zh => format!("{place}{year} · 第 {} 行", section.line),
        Lang::En => format!("{place}{year} · line {}", section.line),
    };
    if area.height == 0 {
        return;
    }
    let end = pen.write_right(area.x + 12, area.right().saturating_sub(1), area.y, score, theme.accent);
    let room = end.saturating_sub(area.x + 2).min(pen.width(&whose));
    pen.write_fit(area.x + 1, area.y, room, &whose, theme.head);
    let above = report.section_path(id.section as usize);
    let above: Vec<String> = above
        .iter()
        .rev()
        .skip(1)
        .rev()
        .filter_map(|at| report.sections.get(*at))
        .map(|section| section.title(document.text()).into_owned())
        .collect();
    if area.height > 1 {
        let path = above.join(&format!(" {} ", pen.glyphs().step));
        pen.write_fit(area.x + 1, area.y + 1, area.width.saturating_sub(2), &path, theme.dim);
    }
    let rows = SideLayout::text(area);
    let layers = [PaintLayer { spans: &text.marks, style: theme.companion }];
    let brush = Brush { theme, document, report, layers: &layers, lang };
    for (y, row) in (rows.y..rows.bottom()).zip(text.rows.iter().skip(top)) {
        draw_row(pen, &brush, Rect { x: rows.x + 2, y, width: rows.width.saturating_sub(2), height: 1 }, row);
    }
}

/// The reports it can be read beside, best first.
fn draw_list(pen: &mut Pen<'_>, app: &App, theme: &Theme, layout: &SideLayout, (answer, table): (&Answer, &Table)) {
    let lang = app.screen.look.lang;
    let (area, rows) = (layout.list, layout.rows());
    if area.height == 0 {
        return;
    }
    let with = (0..table.len()).filter(|row| table.get(*row, "line") != Cell::None).count();
    let title = match lang {
        Lang::Zh => format!("同题 {with}/{}", table.total),
        Lang::En => format!("such a section: {with}/{}", table.total),
    };
    if layout.below {
        let line = pen.glyphs().rule.repeat(usize::from(area.width));
        pen.write(area.x, area.y, area.right(), &line, theme.line);
    }
    pen.write(area.x + 1, area.y, area.right(), &format!(" {title} "), theme.head);
    let end = rows.right().saturating_sub(2);
    for (y, row) in (rows.y..).zip(answer.cursor.rows.visible(table.len(), rows.height.into())) {
        let none = table.get(row, "line") == Cell::None;
        let style = if none { theme.dim } else { theme.text };
        let sign = table.get(row, "sign").exact().into_owned();
        let sign = if none { "" } else { sign.as_str() };
        pen.write(rows.x + 1, y, rows.x + 3, sign, theme.accent);
        let place = table.get(row, "place").exact().into_owned();
        let place = visible(&place);
        let x = pen.write_fit(rows.x + 3, y, 10, &place, style);
        let year = table.get(row, "year").exact().into_owned();
        let x = pen.write_fit(x + 1, y, 4, &year, theme.dim) + 1;
        let score = table.get(row, "score").value().map_or_else(String::new, |score| format!("{score:.2}"));
        let stop = pen.write_right(x, end, y, &score, theme.dim);
        let text =
            if none { lang.pick("没有", "none").to_owned() } else { table.get(row, "text").exact().into_owned() };
        let text = visible(&text);
        let room = stop.saturating_sub(x + 1).min(pen.width(&text));
        pen.write_fit(x, y, room, &text, style);
        if row == answer.cursor.row {
            pen.tint(Rect { y, height: 1, ..rows }, theme.selected);
        }
    }
    draw_list_scrollbar(pen, theme, rows, table.len(), answer.cursor.rows.top);
    if table.is_empty() {
        pen.write(rows.x + 2, rows.y, rows.right(), lang.pick("没有别的报告", "no other report"), theme.dim);
    }
}

/// The words that others have and this one has not, those of most places first; then those it alone has.
fn draw_words(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, words: Option<&Table>) {
    let lang = app.screen.look.lang;
    let Some(table) = words.filter(|_| area.height > 0) else { return };
    let of_kind = |kind: &'static str| (0..table.len()).filter(move |row| table.get(*row, "kind").exact() == kind);
    let told = |row: usize| {
        let (term, places) =
            (table.get(row, "term").exact().into_owned(), table.get(row, "places").exact().into_owned());
        match (places.as_str(), lang) {
            ("0", _) => term,
            (places, Lang::Zh) => format!("{term} {places} 地"),
            (places, Lang::En) => format!("{term} {places}"),
        }
    };
    let parts = [
        (lang.pick("它写而本篇没写", "they write, this does not"), "missing"),
        (lang.pick("只有本篇写", "only this one writes"), "only"),
    ];
    // Of a high area two thirds are for what is missing; of a low one a line each.
    let first = (area.height * 2 / 3).max(1);
    let areas = [Rect { height: first, ..area }, Rect { y: area.y + first, height: area.height - first, ..area }];
    for ((head, kind), area) in parts.into_iter().zip(areas) {
        let mut words = of_kind(kind).map(told);
        let (mut x, mut y, end) = (area.x + 1, area.y, area.right().saturating_sub(1));
        if area.height == 0 {
            continue;
        }
        x = pen.write(x, y, end, head, theme.head) + 2;
        if area.height > 2 {
            (x, y) = (area.x + 2, y + 1);
        }
        while y < area.bottom() {
            let Some(word) = words.next() else { break };
            let word = visible(&word).into_owned();
            if x + pen.width(&word) > end {
                (x, y) = (area.x + 2, y + 1);
                if y >= area.bottom() {
                    break;
                }
            }
            x = pen.write(x, y, end, &word, theme.text) + 2;
        }
    }
}
