//! What several panels draw alike: their headings, the colours of pins, keys that work, scrollbars.
//!
//! Does not know about: any one panel.

use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use super::pen::Pen;
use crate::app::screen::bottom_line::PlacedHint;
use crate::app::screen::hints::Hint;
use crate::app::{App, Panel};
use crate::command::{Action, key};
use crate::config::theme::Theme;

/// Draws the heading of a panel; the one with the focus says so without colour too.
pub fn head(pen: &mut Pen<'_>, theme: &Theme, area: Rect, text: &str, focused: bool) -> u16 {
    let style = if focused { theme.head_focused } else { theme.head };
    let sign = if focused { pen.glyphs().part } else { " " };
    let x = pen.write(area.x, area.y, area.right(), sign, style);
    pen.write_cut(x, area.y, area.right(), text, style)
}

/// How the hits of a pin look in running text.
pub fn pin_style(theme: &Theme, slot: u8) -> Style {
    theme.pins.get(usize::from(slot)).copied().unwrap_or(theme.hit)
}

/// The colour of a pin for signs and bars: that in which its hits are told apart from the ground.
pub fn pin_ink(theme: &Theme, slot: u8) -> Style {
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
pub fn draw_hints(pen: &mut Pen<'_>, app: &App, theme: &Theme, line: Rect, style: impl Fn(Action) -> Style) {
    for PlacedHint { hint: Hint { action, key, word }, columns } in app.placed_cover_hints() {
        let x = pen.write(columns.start, line.y, line.right(), &key::format(key), theme.key);
        pen.write(x + 1, line.y, line.right(), &word, style(action));
    }
}

/// Draws the scrollbar of a list of `len` rows seen from row `top` on, in the last column; none if all of them are seen.
pub fn draw_list_scrollbar(pen: &mut Pen<'_>, theme: &Theme, rows: Rect, len: usize, top: usize) {
    let Some(thumbs) = thumb_rows(rows.height.into(), len, top) else { return };
    let (x, thumb) = (rows.right().saturating_sub(1), pen.glyphs().thumb);
    pen.wall(x, rows.top(), rows.bottom(), theme.line);
    for y in thumbs.filter_map(|i| u16::try_from(i).ok()) {
        pen.write(x, rows.y + y, x + 1, thumb, theme.dim);
    }
}

/// The rows of a scrollbar's thumb, for a list of `len` rows seen `height` at a time from row `top` on; none if all of
/// them are seen.
pub fn thumb_rows(height: usize, len: usize, top: usize) -> Option<std::ops::Range<usize>> {
    let limit = len.checked_sub(height).filter(|limit| *limit > 0 && height > 0)?;
    let thumb = (height * height / len).max(1);
    let first = (height - thumb) * top.min(limit) / limit;
    Some(first..first + thumb)
}

/// Whether a panel is to look focused: an open window has the focus itself.
pub fn focused(app: &App, panel: Panel) -> bool {
    app.screen.focus == panel && app.overlay.is_none() && app.cover().is_none()
}
