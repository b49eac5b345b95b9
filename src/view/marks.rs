//! Draws the list of marks: where each stands, its first words, what was noted, what has become of it.

use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use super::prompt_line::{input, prompt};
use crate::app::App;
use crate::app::kept::mark_list::MarkList;
use crate::app::prompt::Ask;
use crate::app::screen::layout::overlay_list;
use crate::config::theme::Theme;
use crate::store::marks::KeptMark;

/// Draws the list; returns where the cursor stands while its filter is typed.
pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, marks: &MarkList) -> Option<Position> {
    let list = overlay_list(area, true);
    let lang = app.screen.look.lang;
    let selected = marks.selected_row(&app.reading.kept.marks);
    let visible = marks.scroll.visible(marks.rows.len(), list.height.into());
    let shown = marks.rows.get(visible.clone()).unwrap_or_default();
    for (y, (row, index)) in (list.y..).zip(visible.zip(shown)) {
        let (Some(mark), Some(standing)) = (app.reading.kept.marks.get(*index), marks.standing.get(*index)) else {
            continue;
        };
        let line = Rect { y, height: 1, ..list };
        let end = line.right().saturating_sub(1);
        let says = standing.says(lang);
        let end = pen.write_right(line.x, end, y, says, theme.trouble).saturating_sub(u16::from(!says.is_empty()));
        let x = pen.write(line.x, y, end, pen.glyphs().mark, theme.done) + 1;
        let x =
            pen.write_fit(x, y, (line.width / 4).clamp(8, 22).min(end.saturating_sub(x)), &named(mark), theme.key) + 1;
        let typed = mark.typed();
        let room = pen.width(&typed).min(end.saturating_sub(x) / 2);
        let text_end = end.saturating_sub(if room > 0 { room + 1 } else { 0 });
        let words: String = mark.quotation.text.lines().collect::<Vec<_>>().join(" ");
        pen.write_fit(x, y, text_end.saturating_sub(x), &words, theme.text);
        pen.write_fit(end.saturating_sub(room), y, room, &typed, theme.accent);
        if selected == Some(row) {
            pen.tint(line, theme.selected);
        }
    }
    if marks.rows.is_empty() {
        let words = if app.reading.kept.marks.is_empty() {
            lang.pick("没有标记了", "no marks left")
        } else {
            lang.pick("没有匹配的标记", "no mark matches")
        };
        pen.write(list.x + 2, list.y, list.right(), words, theme.dim);
    }
    let y = list.y.saturating_sub(1);
    let x = pen.write(list.x, y, list.right(), &format!(" {} ", pen.glyphs().filter), theme.accent);
    match prompt(app, Ask::Marks) {
        Some(prompt) => Some(input(pen, prompt, x, y, list.right(), theme.text)),
        None => {
            pen.write(x, y, list.right(), &marks.filter, theme.text);
            None
        }
    }
}

/// Place and year.
fn named(mark: &KeptMark) -> String {
    let quotation = &mark.quotation;
    let year = quotation.session_year.or(quotation.years.last().copied()).map(|year| year.to_string());
    let place = if quotation.place.is_empty() { quotation.title.as_str() } else { &quotation.place };
    [Some(place.to_owned()), year].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
