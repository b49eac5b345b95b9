//! Draws the windows over the panels: issues, outline, and the frame of all of them.

use ratatui::layout::{Position, Rect};

use super::export;
use super::marks;
use super::page::level;
use super::palette;
use super::pen::Pen;
use super::prompt_line::{input, prompt};
use crate::app::App;
use crate::app::issues::{IssueRow, Issues};
use crate::app::overlay::{Outline, Overlay};
use crate::app::prompt::Ask;
use crate::app::screen::layout::overlay_list;
use crate::app::screen::scroll::Scroll;
use crate::config::theme::Theme;
use crate::text::Lang;

/// Draws a window; returns where the cursor stands if its filter is being typed.
pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, window: &Overlay) -> Option<Position> {
    // What lies under the window steps back, unless it is what one looks at while choosing.
    if !window.shows_passages() {
        pen.tint(app.layout().body, theme.dim);
    }
    pen.clear(area, theme.text);
    let lang = app.screen.look.lang;
    match window {
        Overlay::Palette(palette) => {
            frame(pen, theme, area, lang.pick("全部命令：键入即可筛选", "Every command: type to filter"));
            let cursor = palette::draw(pen, app, theme, area, palette);
            more(pen, theme, overlay_list(area, true), palette.scroll, palette.rows.len());
            cursor
        }
        Overlay::Issues(list) => {
            let title = format!("{} {}", lang.pick("发现的问题", "Issues"), app.corpus.issues().len());
            frame(pen, theme, area, &title);
            draw_issues(pen, app, theme, overlay_list(area, false), list);
            None
        }
        Overlay::Export(window) => {
            frame(pen, theme, area, &format!("{} · {}", lang.pick("导出", "Export"), window.title));
            export::draw(pen, app, theme, area, window)
        }
        Overlay::Outline(outline) => {
            frame(pen, theme, area, lang.pick("提纲", "Outline"));
            draw_outline(pen, app, theme, area, outline)
        }
        Overlay::Marks(list) => {
            let title = format!("{} {}", lang.pick("标记", "Marks"), app.reading.kept.marks.len());
            frame(pen, theme, area, &title);
            let cursor = marks::draw(pen, app, theme, area, list);
            more(pen, theme, overlay_list(area, true), list.scroll, list.rows.len());
            cursor
        }
    }
}

fn frame(pen: &mut Pen<'_>, theme: &Theme, area: Rect, title: &str) {
    let g = pen.glyphs();
    let (left, right) = (area.x, area.right().saturating_sub(1));
    let (top, bottom) = (area.y, area.bottom().saturating_sub(1));
    for x in left..=right {
        pen.write(x, top, x + 1, g.rule, theme.line);
        pen.write(x, bottom, x + 1, g.rule, theme.line);
    }
    pen.wall(left, top, bottom, theme.line);
    pen.wall(right, top, bottom, theme.line);
    for ((x, y), corner) in [(left, top), (right, top), (left, bottom), (right, bottom)].into_iter().zip(g.corners) {
        pen.write(x, y, x + 1, corner, theme.line);
    }
    let x = pen.write_cut(left + 2, top, right.saturating_sub(1), &format!(" {title}"), theme.head_focused);
    pen.write(x, top, right, " ", theme.head_focused);
}

/// Says in the frame's corner that there is more below.
fn more(pen: &mut Pen<'_>, theme: &Theme, list: Rect, scroll: Scroll, len: usize) {
    if len > usize::from(list.height) {
        let seen = scroll.visible(len, list.height.into()).end;
        pen.write_right(list.x, list.right().saturating_sub(1), list.bottom(), &format!(" {seen}/{len} "), theme.dim);
    }
}

fn draw_issues(pen: &mut Pen<'_>, app: &App, theme: &Theme, list: Rect, window: &Issues) {
    let (issues, lang, g) = (app.corpus.issues(), app.screen.look.lang, pen.glyphs());
    let visible = window.scroll.visible(window.rows.len(), list.height.into());
    let sign = |unfolded: bool| if unfolded { g.unfolded } else { g.folded };
    let end = list.right().saturating_sub(1);
    for (y, (index, row)) in (list.y..).zip(visible.clone().zip(window.rows.get(visible).unwrap_or_default())) {
        let Some(issue) = issues.get(row.issue()) else { continue };
        let name = issue.path.file_name().map_or_else(|| issue.path.to_string_lossy(), |n| n.to_string_lossy());
        match *row {
            IssueRow::Kind { count, files, unfolded, .. } => {
                let told = match lang {
                    Lang::Zh => format!("{count} 个 · {files} 个文件"),
                    Lang::En => format!("{count} in {files} files"),
                };
                let free = pen.write_right(list.x + 6, end, y, &told, theme.dim).saturating_sub(2);
                let x = pen.write(list.x + 1, y, free, sign(unfolded), theme.dim);
                pen.write_cut(x + 1, y, free, issue.kind.title(lang), theme.headings[0]);
            }
            IssueRow::OfFile { count, unfolded, .. } => {
                let free = pen.write_right(list.x + 6, end, y, &count.to_string(), theme.dim).saturating_sub(2);
                let x = pen.write(list.x + 3, y, free, sign(unfolded), theme.dim);
                pen.write_cut(x + 1, y, free, &name, theme.key);
            }
            IssueRow::One { below_file, .. } => {
                let place = match (issue.line, below_file) {
                    (Some(line), true) => match lang {
                        Lang::Zh => format!("第 {line} 行"),
                        Lang::En => format!("line {line}"),
                    },
                    (Some(line), false) => format!("{name}:{line}"),
                    (None, _) => name.to_string(),
                };
                let indent = if below_file { 7 } else { 5 };
                let room = if below_file { 14 } else { (list.width / 2).min(36) };
                let x = pen.write_fit(list.x + indent, y, room, &place, theme.key);
                pen.write_cut(x + 1, y, end, &issue.kind.message(lang), theme.text);
            }
        }
        if index == window.selected {
            pen.tint(Rect { y, height: 1, ..list }, theme.selected);
        }
    }
    more(pen, theme, list, window.scroll, window.rows.len());
}

fn draw_outline(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, outline: &Outline) -> Option<Position> {
    let list = overlay_list(area, true);
    let (_, document, report) = app.opened()?;
    let visible = outline.scroll.visible(outline.rows.len(), list.height.into());
    let here = app.section_here();
    for (y, row) in (list.y..).zip(&outline.rows[visible]) {
        let Some(section) = report.sections.get(row.section as usize) else { continue };
        let base = theme.headings[level(section.level)];
        let base = if section.run_in { base.remove_modifier(ratatui::style::Modifier::BOLD) } else { base };
        let indent = 2 * u16::from(section.level.saturating_sub(1).min(6));
        let line = section.line.to_string();
        let end = pen.write_right(list.x, list.right().saturating_sub(1), y, &line, theme.dim).saturating_sub(1);
        if here == Some(row.section as usize) {
            pen.write(list.x, y, end, pen.glyphs().here, theme.accent);
        }
        let mut index = 0;
        pen.write_with(list.x + 2 + indent, y, end, &section.title(document.text()), |_| {
            let marked = row.marks.contains(&index);
            index += 1;
            if marked { base.patch(theme.matched) } else { base }
        });
        if outline.selected == Some(row.section) {
            pen.tint(Rect { y, height: 1, ..list }, theme.selected);
        }
    }
    if outline.rows.is_empty() {
        pen.write(
            list.x + 2,
            list.y,
            list.right(),
            app.screen.look.lang.pick("没有匹配的章节", "no section matches"),
            theme.dim,
        );
    }
    more(pen, theme, list, outline.scroll, outline.rows.len());
    let prompt = prompt(app, Ask::Outline)?;
    let y = list.y.saturating_sub(1);
    let x = pen.write(list.x, y, list.right(), &format!(" {} ", pen.glyphs().filter), theme.accent);
    Some(input(pen, prompt, x, y, list.right(), theme.text))
}
