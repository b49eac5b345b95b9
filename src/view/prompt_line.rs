//! What is typed into an open prompt, and where its cursor stands. Does not know about: what it asks for.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::pen::Pen;
use crate::app::App;
use crate::app::prompt::{Ask, Prompt};

/// How many bytes of what is typed lie to the left of what `room` columns show, so that the cursor is seen.
pub fn hidden(pen: &Pen<'_>, prompt: &Prompt, room: usize) -> usize {
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
pub fn input(pen: &mut Pen<'_>, prompt: &Prompt, x: u16, y: u16, end: u16, style: Style) -> Position {
    input_with(pen, prompt, x, y, end, |_| style)
}

/// The same with a style for each byte of what is typed.
pub fn input_with(
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

/// The prompt that is open, if it asks `ask`.
pub fn prompt(app: &App, ask: Ask) -> Option<&Prompt> {
    app.prompt.as_ref().filter(|p| p.ask == ask)
}
