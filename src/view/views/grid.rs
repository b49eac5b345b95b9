//! Draws any table whose rows have two names as a grid: a shade for each cell, read without colour too, and its number where
//! there is room; the selected cell is told in words at the foot.

use ratatui::layout::Rect;

use super::shade::shade;
use crate::app::App;
use crate::app::views::answer::{Answer, NAMES};
use crate::config::theme::Theme;
use crate::table::{Cell, Pivot, Table};
use crate::text::Lang;
use crate::text::visible::visible;
use crate::text::wrap::{Wrap, wrap};
use crate::view::pen::Pen;

/// Columns of a cell in which there is room for its number, and for a name that lies.
const NUMBERED: u16 = 6;
/// Most columns of a cell.
const WIDEST: u16 = 12;

/// What every part of the grid is drawn from.
struct DrawnGrid<'g> {
    answer: &'g Answer,
    table: &'g Table,
    pivot: &'g Pivot,
    /// Whether cells hold shades only, and names stand upright.
    narrow: bool,
}

/// Where the columns of a grid that are seen stand: the first column of the screen and how many. Where all of them are seen
/// they share the room there is.
fn spread(from: u16, room: u16, least: u16, seen: usize, all: usize) -> Vec<(u16, u16)> {
    let count = u16::try_from(seen).unwrap_or(u16::MAX).max(1);
    let taken = count.saturating_mul(least);
    let total = if seen == all { room.min(count.saturating_mul(WIDEST.max(least))).max(taken) } else { taken };
    let edge = |at: u16| from + u16::try_from(u32::from(total) * u32::from(at) / u32::from(count)).unwrap_or(0);
    (0..count).map(|at| (edge(at), edge(at + 1) - edge(at))).collect()
}

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, body: Rect, (answer, table): (&Answer, &Table)) {
    let Some(pivot) = table.pivot() else { return };
    let (extents, label) = (answer.extents(body), answer.label(body));
    let cursor = &answer.cursor;
    let columns = cursor.columns.visible(extents.columns, extents.width);
    let room = body.width.saturating_sub(label + 1);
    let places = spread(body.x + label, room, answer.cell(), columns.len(), extents.columns);
    let least = places.iter().map(|(_, width)| *width).min().unwrap_or(0);
    let grid = DrawnGrid { answer, table, pivot, narrow: answer.has_narrow_cells() && least < NUMBERED };
    for (place, column) in places.iter().zip(columns.clone()) {
        grid.draw_name(pen, theme, (*place, body.y), column);
    }
    let rows = answer.rows(body);
    for (y, row) in (rows.y..).zip(cursor.rows.visible(extents.rows, extents.height)) {
        let Some(name) = pivot.rows.get(row) else { continue };
        // Of a long name of a written grid the beginning may go, not what is measured.
        let (name, last) = name.rsplit_once(' ').filter(|_| answer.written().is_some()).unwrap_or((name, ""));
        let last_room = pen.width(last);
        let room = label.saturating_sub(2 + last_room + u16::from(last_room > 0)).min(pen.width(name));
        let faint = pivot.at(row, 0).is_some_and(|at| table.is_faint(at));
        let end = pen.write_fit(body.x + 1, y, room, name, if faint { theme.dim } else { theme.text });
        pen.write(end + 1, y, body.x + label, last, theme.dim);
        if row == cursor.row {
            pen.tint(Rect::new(body.x, y, label, 1), theme.selected);
        }
        let highest = answer.highest(row);
        for (place, column) in places.iter().zip(columns.clone()) {
            grid.draw_cell(pen, theme, (*place, y), (row, column), highest);
        }
    }
    if body.height > answer.head() + 1 {
        let told = answer.foot(body) - 1;
        let foot = Rect { y: body.bottom().saturating_sub(told), height: 1, ..body };
        grid.draw_foot(pen, theme, foot, app.screen.look.lang);
        if told > 1 {
            grid.draw_source(pen, theme, Rect { y: foot.y + 1, height: told - 1, ..body });
        }
    }
}

impl DrawnGrid<'_> {
    /// The name of a column: upright where columns are narrow, without the last 市 or 县 where it is long enough.
    fn draw_name(&self, pen: &mut Pen<'_>, theme: &Theme, ((x, width), y): ((u16, u16), u16), column: usize) {
        let Some(name) = self.pivot.columns.get(column) else { return };
        let chosen = column == self.answer.cursor.column;
        let style = if chosen { theme.accent } else { theme.dim };
        if self.narrow {
            // Of a district its own name, not its city's.
            let own = name.split_once('市').map(|(_, own)| own).filter(|own| own.chars().count() > 1).unwrap_or(name);
            let letters: Vec<char> = own.chars().collect();
            let kept = match letters.as_slice() {
                [rest @ .., '市' | '县' | '区'] if rest.len() >= 2 => rest,
                all => all,
            };
            let kept = &kept[..kept.len().min(NAMES.into())];
            let first = y + NAMES - u16::try_from(kept.len()).unwrap_or(NAMES);
            for (y, letter) in (first..).zip(kept) {
                pen.write(x, y, x + 2, &letter.to_string(), style);
            }
        } else if self.answer.written().is_some() {
            let (name, more) = name.rsplit_once(' ').unwrap_or(("", name));
            for (y, part) in (y..).zip([name, more]) {
                let room = pen.width(part).min(width - 1);
                pen.write_fit(x + width - 1 - room, y, room, part, style);
            }
        } else {
            let (room, y) = (pen.width(name).min(width - 1), y + self.answer.head() - 1);
            pen.write_fit(x + width - 1 - room, y, room, name, style);
        }
        if chosen {
            pen.tint(Rect::new(x, y, width, self.answer.head()), theme.selected);
        }
    }

    fn draw_cell(
        &self,
        pen: &mut Pen<'_>,
        theme: &Theme,
        ((x, width), y): ((u16, u16), u16),
        (row, column): (usize, usize),
        highest: f64,
    ) {
        let at = self.pivot.at(row, column);
        let chosen = (row, column) == (self.answer.cursor.row, self.answer.cursor.column);
        if let Some((column, _)) = self.answer.written() {
            return self.draw_text(pen, theme, ((x, width), y), at.map(|at| self.table.cell(at, column)), chosen);
        }
        let value = at.map_or(0.0, |at| self.table.weight(at));
        let (sign, style) = match shade(value, highest) {
            0 => (pen.glyphs().floor, theme.line),
            shade if at.is_some_and(|at| self.table.is_faint(at)) => (pen.glyphs().shades[shade - 1], theme.dim),
            shade => (pen.glyphs().shades[shade - 1], theme.bar),
        };
        if !self.narrow {
            let end = x + width - 1;
            pen.write(end - 1, y, end, sign, style);
            if value > 0.0 {
                pen.write_right(x, end - 2, y, &self.figure(at), theme.text);
            }
            if chosen {
                pen.tint(Rect::new(x, y, width, 1), theme.selected);
            }
        } else if chosen {
            // A shade would not be told from its neighbours when it is turned inside out: here stands the count.
            let count = at.and_then(|at| self.count(at)).unwrap_or(0.0).min(99.0);
            let number = format!("{count:>width$.0}", width = usize::from(width));
            pen.write(x, y, x + width, &number, theme.text.patch(theme.hit_current));
        } else if value > 0.0 {
            pen.write(x, y, x + width, &sign.repeat(width.into()), style);
        } else {
            pen.write(x, y, x + 1, sign, style);
        }
    }

    /// A cell that is a text; what it ends with says what came of it.
    fn draw_text(
        &self,
        pen: &mut Pen<'_>,
        theme: &Theme,
        ((x, width), y): ((u16, u16), u16),
        cell: Option<Cell<'_>>,
        chosen: bool,
    ) {
        let text = cell.map_or_else(|| "·".to_owned(), |cell| cell.exact().into_owned());
        let style = match text.chars().next_back() {
            Some('·') => theme.line,
            Some('✓') => theme.done,
            Some('✗') => theme.trouble,
            _ => theme.text,
        };
        let text = visible(&text);
        let room = pen.width(&text).min(width - 1);
        pen.write_fit(x + width - 1 - room, y, room, &text, style);
        if chosen {
            pen.tint(Rect::new(x, y, width, 1), theme.selected);
        }
    }

    /// What the selected cell was read from, and what stands beside it.
    fn draw_source(&self, pen: &mut Pen<'_>, theme: &Theme, area: Rect) {
        let Some(row) = self.answer.row() else { return };
        let texts = ["text", "beside"].map(|id| self.table.get(row, id).exact().into_owned());
        let mut y = area.y;
        for text in texts.iter().filter(|text| !text.is_empty()) {
            let text = visible(text);
            let room = Wrap { width: area.width.saturating_sub(4).into(), ambiguous: pen.ambiguous, ..Wrap::default() };
            for line in wrap(&text, 0, &room).into_iter().take(2) {
                if y < area.bottom() {
                    pen.write(area.x + 3, y, area.right(), line.span.slice(&text), theme.dim);
                    y += 1;
                }
            }
        }
        if let Some(signs) = self.table.notes.first().filter(|_| y < area.bottom()) {
            pen.write(area.x + 1, area.bottom() - 1, area.right(), signs, theme.dim);
        }
    }

    /// The figure that sorts, of a row of the table.
    fn figure(&self, row: Option<usize>) -> String {
        let sorted = self.table.sorted.and_then(|id| self.table.column(id));
        row.zip(sorted).map_or_else(String::new, |(row, (at, column))| column.on_screen(&self.table.cell(row, at), "-"))
    }

    /// The first figure of a row that is shown: how many.
    fn count(&self, row: usize) -> Option<f64> {
        let (at, _) = self.table.columns().iter().enumerate().find(|(_, column)| column.screen == 1)?;
        self.table.cell(row, at).value()
    }

    /// The selected cell in words: its names, its figures; what must be said about all of them.
    fn draw_foot(&self, pen: &mut Pen<'_>, theme: &Theme, line: Rect, lang: Lang) {
        let mut x = line.x + 1;
        if let Some(row) = self.answer.row() {
            let keys: Vec<String> =
                self.table.keys().map(|(at, c)| self.table.cell(row, at).shown(c.kind).into_owned()).collect();
            let figures: Vec<String> = self
                .table
                .for_people()
                .into_iter()
                .filter(|(_, column)| !column.key && column.screen > 0)
                .map(|(at, c)| (c.heading(lang), self.table.cell(row, at).shown(c.kind).into_owned()))
                .filter(|(_, text)| !text.is_empty())
                .map(|(head, text)| format!("{head} {text}"))
                .collect();
            let words = format!("{}{}{}", keys.join(" · "), lang.pick("：", ": "), figures.join(" · "));
            x = pen.write(x, line.y, line.right(), &words, theme.text);
        }
        if self.answer.written().is_some() {
            return;
        }
        let quarters = pen.glyphs().shades;
        let legend = format!("{} ≤25% {} ≤50% {} ≤75% {}", quarters[0], quarters[1], quarters[2], quarters[3]);
        let notes = self.table.notes.join(" ");
        let end = line.right().saturating_sub(1);
        let fits = |words: &str, pen: &Pen<'_>| x + 2 + pen.width(words) <= end;
        let marked = self.table.border.as_ref().map(|(_, words)| format!("{words}  {legend}"));
        let legend = marked.filter(|words| fits(words, pen)).unwrap_or(legend);
        // Where there is room for one only, a note matters more than what shades mean.
        let both = format!("{notes}  {legend}");
        let words = if notes.is_empty() {
            legend
        } else if fits(&both, pen) {
            both
        } else {
            notes
        };
        pen.write_right(x + 2, end, line.y, &words, theme.dim);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_the_room_where_all_are_seen() {
        let wide = spread(18, 150, 2, 39, 39);
        assert_eq!((wide.len(), wide[0].0), (39, 18));
        assert!(wide.iter().all(|(_, width)| (3..=4).contains(width)), "{wide:?}");
        assert_eq!(wide.last().map(|(x, width)| x + width), Some(168), "nothing is left empty");
        assert_eq!(spread(18, 150, 2, 70, 90)[1], (20, 2), "where one scrolls, cells keep their width");
        assert_eq!(spread(10, 150, 8, 3, 3), [(10, 12), (22, 12), (34, 12)]);
        assert!(wide.windows(2).all(|pair| pair[0].0 + pair[0].1 == pair[1].0));
    }
}
