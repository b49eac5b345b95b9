//! Floor 9: draws `&App`. One file per panel.
//!
//! In: the state, a theme. Out: cells of one frame, and where the terminal's cursor stands. Does not know about: how the
//! state came about; nothing here changes it.

mod board;
mod bottom;
mod cities;
mod columns;
mod concordance;
mod export;
mod glyphs;
mod keywords;
mod marks;
mod overlay;
mod page;
mod palette;
mod pen;
mod prompt_line;
mod shared_wording;
mod signs;
mod views;

use ratatui::Frame;

use crate::app::App;
use crate::config::theme::Theme;
use pen::Pen;

/// Draws the whole screen.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    // The frame's own size is what can be drawn on; the state learns of a new size a moment later.
    let layout = crate::app::Layout::with_widths(
        (frame.area().width, frame.area().height),
        app.screen.focus,
        app.screen.main,
        app.screen.widths,
    );
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
        if app.reading.wording.open {
            shared_wording::draw(&mut pen, app, theme, area);
        } else {
            keywords::draw(&mut pen, app, theme, area);
        }
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
        // The frame may have another size than the state knows of yet.
        let whole = shown.view.is_whole();
        let area = if whole { layout.body } else { layout.concordance() };
        views::draw(&mut pen, app, theme, area, shown);
    } else if let Some(list) = &app.search.concordance {
        concordance::draw(&mut pen, app, theme, layout.concordance(), list);
    } else if let Some(open) = &app.search.pins.board {
        board::draw(&mut pen, app, theme, layout.concordance(), open);
    }
    cursor = bottom::draw(&mut pen, app, theme, &layout).or(cursor);
    if let Some(window) = &app.overlay {
        cursor = overlay::draw(&mut pen, app, theme, app.overlay_area(), window).or(cursor);
    }
    if let Some(position) = cursor {
        frame.set_cursor_position(position);
    }
}
