//! Draws the palette of commands: every action with its keys; those that do nothing here step back.

use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use super::prompt_line::{input, prompt};
use crate::app::App;
use crate::app::palette::{Palette, PaletteRow, matched};
use crate::app::prompt::Ask;
use crate::app::screen::layout::overlay_list;
use crate::command::key;
use crate::config::theme::Theme;
use crate::text::Lang;
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
                let marks = matched(action.doc(lang), &palette.filter);
                let named: Vec<String> = app.screen.keymap.keys(*action).iter().map(|k| key::format(*k)).collect();
                let ready = palette.is_ready(*action);
                let ink = |style| if ready { style } else { theme.dim };
                pen.write_fit(list.x + 3, y, keys.saturating_sub(4), &named.join("  "), ink(theme.key));
                let fitted = fit(action.doc(lang), end.saturating_sub(list.x + keys).into(), pen.ambiguous);
                let mut index = 0;
                pen.write_with(list.x + keys, y, end, fitted.trim_end(), |_| {
                    let marked = marks.contains(&index);
                    index += 1;
                    if marked { ink(theme.text).patch(theme.matched) } else { ink(theme.text) }
                });
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
        if palette.heads > 0 {
            let words = match lang {
                Lang::Zh => format!("回车：到提纲，{} 个标题含「{}」", palette.heads, palette.filter),
                Lang::En => format!("Enter: to the outline, {} headings match {}", palette.heads, palette.filter),
            };
            pen.write(list.x + 2, list.y + 1, end, &words, theme.accent);
        }
    }
    let prompt = prompt(app, Ask::Command)?;
    let y = list.y.saturating_sub(1);
    let x = pen.write(list.x, y, list.right(), &format!(" {} ", pen.glyphs().filter), theme.accent);
    Some(input(pen, prompt, x, y, list.right(), theme.text))
}
