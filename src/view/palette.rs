//! Draws the palette of commands: every action with its keys; those that do nothing here step back.

use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use super::prompt_line::{input, prompt};
use crate::app::App;
use crate::app::palette::{Palette, PaletteRow};
use crate::app::prompt::Ask;
use crate::app::screen::layout::overlay_list;
use crate::command::key;
use crate::config::theme::Theme;
use crate::text::width::fit;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, palette: &Palette) -> Option<Position> {
    let list = overlay_list(area, true);
    let lang = app.screen.look.lang;
    let (keys, end) = ((list.width / 3).clamp(12, 32), list.right().saturating_sub(1));
    let visible = palette.scroll.visible(palette.rows.len(), list.height.into());
    for (y, row) in (list.y..).zip(palette.rows.get(visible).unwrap_or_default()) {
        let text = |pen: &mut Pen<'_>, text: &str, style| {
            let fitted = fit(text, end.saturating_sub(list.x + keys).into(), pen.ambiguous);
            pen.write(list.x + keys, y, end, fitted.trim_end(), style);
        };
        match row {
            PaletteRow::Group(title) => {
                pen.write(list.x + 1, y, end, title, theme.headings[0]);
            }
            PaletteRow::Action(action) => {
                let named: Vec<String> = app.screen.keymap.keys(*action).iter().map(|k| key::format(*k)).collect();
                let ready = palette.is_ready(*action);
                let ink = |style| if ready { style } else { theme.dim };
                pen.write_fit(list.x + 3, y, keys.saturating_sub(4), &named.join("  "), ink(theme.key));
                text(pen, action.doc(lang), ink(theme.text));
                if palette.selected == Some(*action) {
                    pen.tint(Rect { y, height: 1, ..list }, theme.selected);
                }
            }
            PaletteRow::Sign { sign, doc } => {
                pen.write_fit(list.x + 3, y, keys.saturating_sub(4), sign, theme.accent);
                text(pen, doc, theme.text);
            }
            PaletteRow::Blank => {}
        }
    }
    if palette.rows.is_empty() {
        pen.write(list.x + 2, list.y, end, lang.pick("没有这样的命令", "no such command"), theme.dim);
    }
    let prompt = prompt(app, Ask::Command)?;
    let y = list.y.saturating_sub(1);
    let x = pen.write(list.x, y, list.right(), &format!(" {} ", pen.glyphs().filter), theme.accent);
    Some(input(pen, prompt, x, y, list.right(), theme.text))
}
