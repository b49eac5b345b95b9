//! Draws the two bottom lines, and the one line of a screen too small for anything else.

use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::pen::Pen;
use super::prompt_line::{hidden, input, input_with, prompt};
use super::signs::{pin_ink, pin_style};
use crate::app::App;
use crate::app::awaited::percent;
use crate::app::notice::Weight;
use crate::app::prompt::Ask;
use crate::app::screen::bottom_line::PlacedHint;
use crate::app::screen::hints::Hint;
use crate::app::screen::layout::{LEAST, Layout};
use crate::command::key;
use crate::config::theme::Theme;
use crate::text::Lang;

/// Draws prompt line and status line; returns where the cursor stands if a prompt is open there.
pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, layout: &Layout) -> Option<Position> {
    let (cursor, shown) = draw_prompt(pen, app, theme, layout.prompt);
    draw_status(pen, app, theme, layout.status, shown);
    cursor
}

/// Draws the prompt line; returns where the cursor stands if a prompt is open there, and how many bytes of what is typed
/// lie to the left of what is seen.
fn draw_prompt(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect) -> (Option<Position>, usize) {
    let (y, end) = (area.y, area.right().saturating_sub(1));
    let lang = app.screen.look.lang;
    let plain = [
        (Ask::Line, ":", lang.pick("原文件行号", "source line"), 8),
        (Ask::Note, lang.pick("批注 ", "note "), lang.pick("#词 为标签", "#word is a tag"), 8),
        (
            Ask::Group,
            lang.pick("词组 ", "group "),
            lang.pick("名称：词、词；没有词则去掉", "name: words; none: away"),
            8,
        ),
        (Ask::Export, lang.pick("写入文件 ", "write to "), ".md .txt .json .csv", 12),
    ];
    for (ask, head, help, least) in plain {
        let Some(prompt) = prompt(app, ask) else { continue };
        let x = pen.write(area.x + 1, y, end, head, theme.accent);
        let free = pen.write_right(x + least, end, y, help, theme.dim);
        return (Some(input(pen, prompt, x, y, free.saturating_sub(1), theme.text)), 0);
    }
    if let Some(prompt) = prompt(app, Ask::Search) {
        let (x, free) = draw_search_sign(pen, app, theme, area, true);
        let broken = app.search.error.as_ref().map(|error| error.span.clone());
        let cursor = input_with(pen, prompt, x, y, free, |at| match &broken {
            Some(span) if span.contains(&at) => theme.text.patch(theme.trouble).add_modifier(Modifier::UNDERLINED),
            _ => theme.text,
        });
        let shown = hidden(pen, prompt, free.saturating_sub(x).saturating_sub(1).into());
        return (Some(cursor), shown);
    }
    if let Some(query) = &app.search.query {
        let (x, free) = draw_search_sign(pen, app, theme, area, false);
        let x = pen.write(x, y, free, query.text(), theme.text);
        draw_pins(pen, app, theme, x + 3, free, y);
        return (None, 0);
    }
    if !app.search.pins.list.is_empty() {
        draw_pins(pen, app, theme, area.x + 1, end, y);
        return (None, 0);
    }
    // Where what is being read stands on disk.
    if let Some((_, document, _)) = app.opened() {
        let line = document.line_at(app.reading.page.here());
        let place = match lang {
            Lang::Zh => format!("第 {line} 行"),
            Lang::En => format!("line {line}"),
        };
        let free = pen.write_right(area.x + 4, end, y, &place, theme.dim);
        pen.write(area.x + 1, y, free.saturating_sub(1), &document.path.to_string_lossy(), theme.dim);
    }
    (None, 0)
}

/// What is pinned: its colour, its number, how often it is found. What has no room is left out.
fn draw_pins(pen: &mut Pen<'_>, app: &App, theme: &Theme, mut x: u16, end: u16, y: u16) {
    for (number, pin) in (1..).zip(&app.search.pins.list) {
        let (name, total) = (format!(" {number} {} ", pin.query.text()), pin.counts.total.to_string());
        if x.saturating_add(pen.width(&name) + 1 + pen.width(&total)) > end {
            pen.write(x, y, end, "…", theme.dim);
            return;
        }
        x = pen.write(x, y, end, &name, theme.text.patch(pin_style(theme, pin.slot)));
        let ink = if pin.running { theme.dim } else { pin_ink(theme, pin.slot) };
        x = pen.write(x + 1, y, end, &total, ink) + 2;
    }
}

/// The sign before a query, and from the right how much is found and how the switches stand (while one types, those that
/// are off too); returns the columns between.
fn draw_search_sign(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, typing: bool) -> (u16, u16) {
    let (y, end) = (area.y, area.right().saturating_sub(1));
    let lang = app.screen.look.lang;
    let x = pen.write(area.x + 1, y, end, "/", theme.accent);
    let mut free = pen.write_right(x + 6, end, y, &counts(app), theme.done);
    if free < end {
        free = free.saturating_sub(2);
    }
    let options = app.search.options;
    let switches = [
        (options.repeats, lang.pick("重复", "repeats")),
        (options.pinyin, lang.pick("拼音", "pinyin")),
        (options.exact, lang.pick("精确", "exact")),
    ];
    for (on, name) in switches {
        let style = if on { theme.accent.add_modifier(Modifier::REVERSED) } else { theme.dim };
        // What is on is told before what is off gets room.
        let least = if on { x + 6 } else { x + 24 };
        if on || typing {
            let start = pen.write_right(least, free, y, name, style);
            free = if start < free { start.saturating_sub(1) } else { free };
        }
    }
    (x, free.saturating_sub(1))
}

/// What is wrong with what is typed: a caret below the place, the sentence beside it.
fn draw_error(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, shown: usize) -> bool {
    let (Some(error), Some(prompt)) = (&app.search.error, prompt(app, Ask::Search)) else { return false };
    let style = theme.status.patch(theme.trouble);
    let (y, end) = (area.y, area.right().saturating_sub(1));
    let words = error.message(app.screen.look.lang);
    // As far as what is typed is scrolled to the left, so is the place below it.
    let before = prompt.text().get(shown..error.span.start).unwrap_or_default();
    let at = (area.x + 2).saturating_add(pen.width(before));
    let room = pen.width(&words);
    if at.saturating_add(2).saturating_add(room) <= end {
        let x = pen.write(at, y, end, "^", style);
        pen.write(x + 1, y, end, &words, style);
    } else if let Some(start) = at.checked_sub(room + 1).filter(|start| at < end && *start > area.x) {
        let x = pen.write(start, y, end, &words, style);
        pen.write(x + 1, y, end, "^", style);
    } else {
        pen.write(area.x + 1, y, end, &words, style);
    }
    true
}

/// How many hits, and in how many places.
fn counts(app: &App) -> String {
    let lang = app.screen.look.lang;
    let Some(query) = &app.search.query else { return String::new() };
    let (zh, en) = if query.is_of_paragraphs() { ("段", "paragraphs") } else { ("处", "hits") };
    let counts = &app.search.counts;
    let (total, places, all) = (counts.total, counts.places(), app.corpus.places().len());
    let at = app.search.ordinal().map(|n| format!("{n}/")).unwrap_or_default();
    let running = match app.search.progress(&app.corpus) {
        Some(done) => format!(" {}", percent(Some(done))),
        None => String::new(),
    };
    let outside = match (app.search.outside, lang) {
        (0, _) => String::new(),
        (n, Lang::Zh) => format!(" · 另有 {n} 处不属于任何报告"),
        (n, Lang::En) => format!(" · {n} in no report"),
    };
    match lang {
        Lang::Zh => format!("{at}{total} {zh} · {all} 城中的 {places}{running}{outside}"),
        Lang::En => format!("{at}{total} {en} · {places} of {all} cities{running}{outside}"),
    }
}

fn draw_status(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, shown: usize) {
    pen.tint(area, theme.status);
    if draw_error(pen, app, theme, area, shown) {
        return;
    }
    let (y, end) = (area.y, area.right().saturating_sub(1));
    let line = app.bottom_line();
    let style = match line.weight {
        Some(Weight::Done) => theme.status.patch(theme.done),
        Some(Weight::Trouble) => theme.status.patch(theme.trouble),
        Some(Weight::Refused) | None => theme.status,
    };
    let stop = line.hints.last().map_or(end, |placed| placed.columns.start.saturating_sub(1));
    pen.write_cut(area.x + 1, y, stop, &line.text, style);
    for PlacedHint { hint: Hint { key, word, .. }, columns } in line.hints {
        let x = pen.write(columns.start, y, end, &key::format(key), theme.status.patch(theme.key));
        pen.write(x + 1, y, end, &word, theme.status);
    }
}

/// What a screen too small for the panels says, in the middle of what there is.
pub(super) fn apologise(pen: &mut Pen<'_>, screen: Rect, lang: Lang, theme: &Theme) {
    let (w, h) = (screen.width, screen.height);
    let (least_w, least_h) = LEAST;
    let all = [
        match lang {
            Lang::Zh => format!("窗口 {w}x{h} 太小，请放大到 {least_w}x{least_h}"),
            Lang::En => format!("{w}x{h} is too small; {least_w}x{least_h} needed"),
        },
        match lang {
            Lang::Zh => format!("需 {least_w}x{least_h}"),
            Lang::En => format!("need {least_w}x{least_h}"),
        },
        format!("{least_w}x{least_h}"),
        "…".to_owned(),
    ];
    if let Some(words) = all.iter().find(|text| pen.width(text) <= w) {
        let x = (w - pen.width(words)) / 2;
        pen.write(x, h.saturating_sub(1) / 2, w, words, theme.text);
    }
}
