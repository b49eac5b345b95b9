//! Floor 9: draws `&App`. One file per panel.
//!
//! In: the state, a theme. Out: cells of one frame, and where the terminal's cursor stands. Does not know about: how the
//! state came about; nothing here changes it.

mod board;
mod bottom;
mod cities;
mod columns;
mod concordance;
mod glyphs;
mod keywords;
mod overlay;
mod page;
mod pen;
mod views;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};

use crate::app::prompt::{Ask, Prompt};
use crate::app::screen::hints::Hint;
use crate::app::{App, Panel};
use crate::command::{Action, key};
use crate::config::theme::Theme;
use pen::Pen;

/// Draws the whole screen.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    // The frame's own size is what can be drawn on; the state learns of a new size a moment later.
    let layout = crate::app::Layout::of(frame.area().width, frame.area().height, app.screen.focus, app.screen.main);
    let mut pen = Pen::new(frame.buffer_mut(), app.screen.look.ambiguous);
    pen.tint(layout.screen, theme.text);
    if layout.tiny {
        bottom::apologise(&mut pen, layout.screen, app.screen.look.lang, theme);
        return;
    }
    if let Some(area) = layout.page {
        page::draw(&mut pen, app, theme, area);
    }
    if let Some(area) = layout.keywords {
        keywords::draw(&mut pen, app, theme, area);
    }
    let mut cursor = None;
    if let Some(area) = layout.cities {
        if layout.dropdown {
            pen.clear(area, theme.text);
        }
        cursor = cities::draw(&mut pen, app, theme, area);
    }
    // The lines between the page and its neighbours.
    let beside = [layout.cities.filter(|_| !layout.dropdown), layout.keywords.filter(|_| layout.page.is_some())];
    for area in beside.into_iter().flatten() {
        let x = if area.x == 0 { area.right() } else { area.x - 1 };
        pen.wall(x, area.top(), area.bottom(), theme.line);
    }
    // Of several only the uppermost is seen: they all have the same place.
    if let Some(shown) = app.view() {
        views::draw(&mut pen, app, theme, layout.concordance(), shown);
    } else if let Some(list) = &app.search.concordance {
        concordance::draw(&mut pen, app, theme, layout.concordance(), list);
    } else if let Some(open) = &app.search.pins.board {
        board::draw(&mut pen, app, theme, layout.concordance(), open);
    }
    cursor = bottom::draw(&mut pen, app, theme, &layout).or(cursor);
    if let Some(window) = &app.overlay {
        cursor = overlay::draw(&mut pen, app, theme, layout.overlay(), window).or(cursor);
    }
    if let Some(position) = cursor {
        frame.set_cursor_position(position);
    }
}

/// Draws the heading of a panel; the one with the focus says so without colour too.
fn head(pen: &mut Pen<'_>, theme: &Theme, area: Rect, text: &str, focused: bool) -> u16 {
    let style = if focused { theme.head_focused } else { theme.head };
    let sign = if focused { pen.glyphs().part } else { " " };
    let x = pen.write(area.x, area.y, area.right(), sign, style);
    pen.write(x, area.y, area.right(), text, style)
}

/// How the hits of a pin look in running text.
fn pin_style(theme: &Theme, slot: u8) -> Style {
    theme.pins.get(usize::from(slot)).copied().unwrap_or(theme.hit)
}

/// The colour of a pin for signs and bars: that in which its hits are told apart from the ground.
fn pin_ink(theme: &Theme, slot: u8) -> Style {
    let style = pin_style(theme, slot);
    match (style.fg, style.bg) {
        // Of dark ink on a bright ground the ground is the colour.
        (Some(Color::Black), Some(ground)) => Style::new().fg(ground),
        (Some(ink), _) => Style::new().fg(ink),
        (None, _) => Style::new(),
    }
}

/// Draws the keys that work in what stands in place of the page, as many as have room, each with its word in a style of its
/// own.
fn draw_hints(pen: &mut Pen<'_>, app: &App, theme: &Theme, line: Rect, style: impl Fn(Action) -> Style) {
    let (mut x, y, end) = (line.x + 1, line.y, line.right());
    for Hint { action, key, word } in app.cover_hints() {
        let name = key::format(key);
        if x + pen.width(&name) + 1 + pen.width(&word) > end {
            break;
        }
        x = pen.write(x, y, end, &name, theme.key);
        x = pen.write(x + 1, y, end, &word, style(action)) + 2;
    }
}

/// Draws the scrollbar of a list of `len` rows seen from row `top` on, in the last column; none if all of them are seen.
fn draw_list_scrollbar(pen: &mut Pen<'_>, theme: &Theme, rows: Rect, len: usize, top: usize) {
    let Some(thumbs) = thumb_rows(rows.height.into(), len, top) else { return };
    let (x, thumb) = (rows.right().saturating_sub(1), pen.glyphs().thumb);
    pen.wall(x, rows.top(), rows.bottom(), theme.line);
    for y in thumbs.filter_map(|i| u16::try_from(i).ok()) {
        pen.write(x, rows.y + y, x + 1, thumb, theme.dim);
    }
}

/// The rows of a scrollbar's thumb, for a list of `len` rows seen `height` at a time from row `top` on; none if all of
/// them are seen.
fn thumb_rows(height: usize, len: usize, top: usize) -> Option<std::ops::Range<usize>> {
    let limit = len.checked_sub(height).filter(|limit| *limit > 0 && height > 0)?;
    let thumb = (height * height / len).max(1);
    let first = (height - thumb) * top.min(limit) / limit;
    Some(first..first + thumb)
}

/// How many bytes of what is typed lie to the left of what `room` columns show, so that the cursor is seen.
fn hidden(pen: &Pen<'_>, prompt: &Prompt, room: usize) -> usize {
    let before = prompt.before_cursor();
    let mut hidden = 0;
    for cell in crate::text::width::cells(before, pen.ambiguous) {
        if usize::from(pen.width(before.get(hidden..).unwrap_or_default())) <= room {
            break;
        }
        hidden = cell.end;
    }
    hidden
}

/// Draws what is typed into an open prompt, scrolled so that the cursor is seen; returns where the cursor stands.
fn input(pen: &mut Pen<'_>, prompt: &Prompt, x: u16, y: u16, end: u16, style: Style) -> Position {
    input_with(pen, prompt, x, y, end, |_| style)
}

/// The same with a style for each byte of what is typed.
fn input_with(
    pen: &mut Pen<'_>,
    prompt: &Prompt,
    x: u16,
    y: u16,
    end: u16,
    style: impl Fn(usize) -> Style,
) -> Position {
    // One column stays free for a cursor behind the last character.
    let room = usize::from(end.saturating_sub(x).saturating_sub(1));
    let before = prompt.before_cursor();
    let hidden = hidden(pen, prompt, room);
    let shown_before = pen.width(before.get(hidden..).unwrap_or_default());
    pen.write_with(x, y, end, prompt.text().get(hidden..).unwrap_or_default(), |cell| style(hidden + cell.start));
    Position::new(x.saturating_add(shown_before).min(end.saturating_sub(1)), y)
}

/// Whether a panel is to look focused: an open window has the focus itself.
fn focused(app: &App, panel: Panel) -> bool {
    app.screen.focus == panel && app.overlay.is_none() && app.cover().is_none()
}

/// The prompt that is open, if it asks `ask`.
fn prompt(app: &App, ask: Ask) -> Option<&Prompt> {
    app.prompt.as_ref().filter(|p| p.ask == ask)
}
