//! Draws the export window: the file, the format, how much, the command line that gives the same file.

use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::pen::Pen;
use super::prompt_line::{input, prompt};
use crate::app::App;
use crate::app::export::{Export, ExportState};
use crate::app::export_update::{format_columns, label_width};
use crate::app::prompt::Ask;
use crate::app::screen::layout::overlay_list;
use crate::config::theme::Theme;
use crate::text::width::char_width;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, export: &Export) -> Option<Position> {
    let (list, lang) = (overlay_list(area, true), app.screen.look.lang);
    let end = list.right().saturating_sub(1);
    let (x, value) = (list.x + 1, list.x + label_width(lang));
    let typed = prompt(app, Ask::Table)?;
    let labels = [("格式", "format"), ("多少", "how much"), ("设置", "settings")];
    for (y, (zh, en)) in (list.y..list.bottom()).zip(labels) {
        pen.write(x, y, end, lang.pick(zh, en), theme.dim);
    }
    let able = export.formats();
    for (format, columns) in format_columns(lang).filter(|(format, _)| able.contains(format)) {
        let chosen = format == export.format;
        let style = if chosen { theme.accent.add_modifier(Modifier::REVERSED) } else { theme.text };
        if list.height > 0 {
            pen.write(list.x + columns.start, list.y, end, &format!(" {} ", format.name()), style);
        }
    }
    let choice = export.choices.get(export.choice);
    let (number, of) = (export.choice + 1, export.choices.len());
    let how_much = choice.map_or("", |choice| lang.pick(&choice.name.0, &choice.name.1));
    let how_much = if of > 1 { format!("{how_much}  ({number}/{of})") } else { how_much.to_owned() };
    let settings = match choice {
        Some(choice) if !choice.tells_settings => lang.pick("这张表没有设置行", "this table has none"),
        _ if export.settings => lang.pick("写进文件", "in the file"),
        _ => lang.pick("不写进文件", "not in the file"),
    };
    for (y, text) in (list.y + 1..list.bottom()).zip([how_much.as_str(), settings]) {
        pen.write(value, y, end, text, theme.text);
    }
    let mut y = list.y + 4;
    let asked = match export.state {
        ExportState::Choosing => None,
        ExportState::Asking => Some(
            lang.pick("已有同名文件：再按回车覆盖，或改个名字", "it exists: Enter replaces it, or type another name"),
        ),
        ExportState::Writing => Some(lang.pick("正在写…  esc 停止", "writing…  esc stops")),
    };
    if let Some(asked) = asked.filter(|_| list.height > 3) {
        pen.write(x, list.y + 3, end, asked, theme.trouble);
    }
    if y < list.bottom() {
        pen.write(
            x,
            y,
            end,
            lang.pick("写出同样文件的命令行（点一下即复制）", "The command line for the same file (a click copies it)"),
            theme.dim,
        );
        y += 1;
    }
    // A shell takes it in one line; here it is broken where the window ends, and ends with … where there is no more room.
    let room = usize::from(end.saturating_sub(x));
    let mut lines = broken(&export.line(typed.text()), room, pen);
    let rows = usize::from(list.bottom().saturating_sub(y));
    if lines.len() > rows && rows > 0 {
        lines.truncate(rows);
        if let Some(last) = lines.last_mut() {
            last.pop();
            last.push('…');
        }
    }
    for (y, line) in (y..list.bottom()).zip(&lines) {
        pen.write(x, y, end, line, theme.key);
    }
    let top = list.y.saturating_sub(1);
    pen.write(x, top, end, lang.pick("文件", "file"), theme.dim);
    Some(input(pen, typed, value, top, end, theme.text))
}

/// A text in pieces of at most `room` columns.
fn broken(text: &str, room: usize, pen: &Pen<'_>) -> Vec<String> {
    let (mut lines, mut line, mut width) = (Vec::new(), String::new(), 0);
    for c in text.chars() {
        let own = char_width(c, pen.ambiguous);
        if width + own > room && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            width = 0;
        }
        line.push(c);
        width += own;
    }
    lines.push(line);
    lines
}
