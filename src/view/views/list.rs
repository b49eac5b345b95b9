//! Draws any table as a list, or as bars: the name of each row, as many columns as have room, a bar of the figure that sorts.
//! Where rows are places or years the median is marked in the bars.

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::views::answer::Answer;
use crate::config::PhraseDecision;
use crate::config::theme::Theme;
use crate::table::{Kind, Shape, Table};
use crate::text::Lang;
use crate::text::visible::visible;
use crate::view::columns::Columns;
use crate::view::pen::Pen;

/// Fewest columns of a bar that says anything.
const BAR: u16 = 6;
/// Most columns of a bar where the figures matter more.
const LIST_BAR: u16 = 24;
/// Columns for the place of a row in a ranking.
const RANK: u16 = 4;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, body: Rect, (answer, table): (&Answer, &Table)) {
    let rows = answer.rows(body);
    let bars = answer.shape() != Shape::List;
    let before = if bars || answer.phrase().is_some() { RANK } else { 0 };
    let x = body.x + 1 + before;
    let least = if body.width < 50 { 12 } else { 18 };
    let columns = Columns::of(table, body.right().saturating_sub(x + 1), least);
    draw_heads(pen, app, theme, (x, body), (table, &columns));
    let from = x + columns.end() + 2;
    let mut end = body.right().saturating_sub(2);
    if !bars {
        end = end.min(from + LIST_BAR);
    }
    let most = (0..table.len()).map(|row| table.weight(row)).fold(0.0, f64::max);
    let bar = Bar {
        from,
        end,
        most,
        mark: mark_of(pen, theme, app.screen.look.lang, (body, from, end), (table, most, bars)),
    };
    let visible = answer.cursor.rows.visible(table.len(), rows.height.into());
    for (y, row) in (rows.y..).zip(visible) {
        if before > 0 {
            draw_sign(pen, app, theme, (body.x + 1, y), (answer, table, row));
        }
        draw_row(pen, theme, (x, y), (table, &columns, row));
        bar.draw(pen, theme, y, table.weight(row));
        // Where what is no finding begins.
        if let Some((_, words)) = table.border.as_ref().filter(|(at, _)| *at == row) {
            pen.write_right(x + columns.end(), body.right().saturating_sub(1), y, &format!(" {words}"), theme.dim);
        }
        if row == answer.cursor.row {
            pen.tint(Rect { y, height: 1, ..rows }, theme.selected);
        }
    }
    if table.is_empty() {
        let words = app.screen.look.lang.pick("一条也没有", "there are none");
        pen.write(x + 1, rows.y, body.right(), words, theme.dim);
    }
}

/// The headings; that of the column which sorts is marked.
fn draw_heads(
    pen: &mut Pen<'_>,
    app: &App,
    theme: &Theme,
    (x, body): (u16, Rect),
    (table, columns): (&Table, &Columns),
) {
    let lang = app.screen.look.lang;
    if body.height == 0 {
        return;
    }
    if let Some(key) = table.columns().get(columns.key) {
        let head = match key.kind {
            Kind::Place => lang.pick("地方", "place"),
            Kind::Year => lang.pick("年份", "year"),
            _ => key.short_heading(lang),
        };
        pen.write(x, body.y, x + columns.name, head, theme.dim);
    }
    let mut start = x + columns.name;
    for (at, end) in &columns.fields {
        let Some(column) = table.columns().get(*at) else { continue };
        let style = if Some(column.id) == table.sorted { theme.accent } else { theme.dim };
        if column.kind.is_right() {
            pen.write_right(start, x + end, body.y, column.short_heading(lang), style);
        } else {
            pen.write(start + 1, body.y, x + end, column.short_heading(lang), style);
        }
        start = x + end;
    }
}

/// What stands before a row: its place in a ranking, or what the user said of a phrase.
fn draw_sign(
    pen: &mut Pen<'_>,
    app: &App,
    theme: &Theme,
    (x, y): (u16, u16),
    (answer, table, row): (&Answer, &Table, usize),
) {
    let lang = app.screen.look.lang;
    if answer.phrase().is_some() {
        let phrase = table.keys().next().map(|(at, _)| table.cell(row, at).exact().into_owned()).unwrap_or_default();
        let (sign, style) = match app.keywords.decisions.of(&phrase) {
            PhraseDecision::Accepted => (lang.pick("收", "+"), theme.done),
            PhraseDecision::Refused => (lang.pick("拒", "-"), theme.trouble),
            PhraseDecision::Open => return,
        };
        pen.write(x, y, x + RANK - 1, sign, style);
    } else if answer.shape() == Shape::Bars && table.weight(row) > 0.0 {
        pen.write_right(x, x + RANK - 1, y, &(row + 1).to_string(), theme.dim);
    }
}

/// The name and the columns of a row.
fn draw_row(pen: &mut Pen<'_>, theme: &Theme, (x, y): (u16, u16), (table, columns, row): (&Table, &Columns, usize)) {
    let all = table.columns();
    let Some(key) = all.get(columns.key) else { return };
    let name = table.cell(row, columns.key).shown(key.kind).into_owned();
    let name = visible(&name);
    let zero = table.sorted.is_some_and(|id| table.get(row, id).value() == Some(0.0)) || table.is_faint(row);
    let room = columns.name.saturating_sub(1).min(pen.width(&name));
    pen.write_fit(x, y, room, &name, if zero { theme.dim } else { theme.text });
    let mut start = x + columns.name;
    for (at, end) in &columns.fields {
        let Some(column) = all.get(*at) else { continue };
        let text = column.on_screen(&table.cell(row, *at), "-");
        let text = visible(&text);
        let strong = (Some(column.id) == table.sorted || column.screen == 1) && !zero;
        let style = if strong { theme.text } else { theme.dim };
        if column.kind.is_right() {
            pen.write_right(start, x + end, y, &text, style);
        } else {
            let room = (x + end).saturating_sub(start + 1).min(pen.width(&text));
            pen.write_fit(start + 1, y, room, &text, style);
        }
        start = x + end;
    }
}

/// Where bars stand.
struct Bar {
    from: u16,
    end: u16,
    most: f64,
    /// The median's column.
    mark: Option<u16>,
}

impl Bar {
    fn draw(&self, pen: &mut Pen<'_>, theme: &Theme, y: u16, value: f64) {
        let room = self.end.saturating_sub(self.from);
        if room < BAR {
            return;
        }
        let bar = pen.glyphs().bar(value, self.most, room.into());
        let behind = pen.write(self.from, y, self.end, &bar, theme.bar);
        // The line of the median goes on behind a bar, it does not cut it.
        match self.mark {
            Some(mark) if mark >= behind => _ = pen.write(mark, y, mark + 1, pen.glyphs().wall, theme.accent),
            Some(mark) => pen.tint(Rect::new(mark, y, 1, 1), theme.accent),
            None => {}
        }
    }
}

/// Where the median of all rows stands among the bars; its value is written above it.
fn mark_of(
    pen: &mut Pen<'_>,
    theme: &Theme,
    lang: Lang,
    (body, from, end): (Rect, u16, u16),
    (table, most, bars): (&Table, f64, bool),
) -> Option<u16> {
    let room = end.saturating_sub(from);
    let (_, column) = table.column("median").filter(|_| bars && room >= BAR && body.height > 0)?;
    let cell = table.get(0, column.id);
    let median = cell.value()?;
    let mark = from + if most > 0.0 { (median / most * f64::from(room)).round() as u16 } else { 0 };
    let words = format!("{} {}", lang.pick("中位", "median"), cell.shown(column.kind));
    pen.write(mark.min(end.saturating_sub(pen.width(&words))).max(from), body.y, end, &words, theme.accent);
    Some(mark)
}
