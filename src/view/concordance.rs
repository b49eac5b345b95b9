//! Draws the list of hits in context: the hit in one column, what stands to its left and right, where it stands.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::signs::{draw_hints, draw_list_scrollbar, head};
use crate::app::App;
use crate::app::reading::rows::lay_out_lines;
use crate::app::screen::layout::concordance_parts;
use crate::app::search::concordance::ConcordanceView;
use crate::command::Action;
use crate::config::theme::Theme;
use crate::index::kwic::KwicLine;
use crate::index::quotation::paragraph_at;
use crate::index::search::QueryField;
use crate::text::width::{Ambiguous, cells};

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, list: &ConcordanceView) {
    pen.clear(area, theme.text);
    let (area, passage) = concordance_parts(area);
    if let Some(passage) = passage {
        if passage.x > area.x {
            pen.wall(passage.x - 1, passage.top(), passage.bottom(), theme.line);
        }
        draw_passage(pen, app, theme, passage, list.line(list.selected));
    }
    let lang = app.screen.look.lang;
    let order = list.order_name(lang);
    let at = if list.total == 0 { 0 } else { list.selected + 1 };
    let title = format!("{} {at}/{} · {order}", lang.pick("语境", "In context"), list.total);
    let x = head(pen, theme, area, &title, true);
    let repeats = app.search.counts.repeats;
    if repeats > 0 && !app.search.options.repeats {
        let words = format!("{} {repeats}", lang.pick("重复段落中另有", "more in repeats:"));
        pen.write_right(x + 2, area.right().saturating_sub(1), area.y, &words, theme.dim);
    }
    draw_filters(pen, app, theme, area);
    let rows = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
    let columns = ConcordanceColumns::of(rows.width);
    for (y, number) in (rows.y..rows.bottom()).zip(list.scroll.visible(list.total, rows.height.into())) {
        let line = Rect { y, height: 1, ..rows };
        if let Some(kwic) = list.line(number) {
            draw_line(pen, app, theme, line, kwic, &columns);
        }
        if number == list.selected {
            pen.tint(line, theme.selected);
        }
    }
    draw_list_scrollbar(pen, theme, rows, list.total, list.scroll.top);
    if list.total == 0 {
        let words = match (&app.search.query, app.search.running) {
            (None, _) => lang.pick("键入要找的词", "type what to find"),
            (_, true) => lang.pick("正在检索…", "searching…"),
            (_, false) => lang.pick("没有找到", "nothing found"),
        };
        pen.write(rows.x + 2, rows.y, rows.right(), words, theme.dim);
    }
}

/// The whole paragraph of the selected hit, under a line that says where it stands; as much of it around the hit as there is room.
fn draw_passage(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, kwic: Option<&KwicLine>) {
    let end = area.right().saturating_sub(1);
    for x in area.x..area.right() {
        if area.x == app.layout().concordance().x {
            pen.write(x, area.y, area.right(), pen.glyphs().rule, theme.line);
        }
    }
    let Some((kwic, (document, report))) = kwic.and_then(|kwic| Some((kwic, app.corpus.report(kwic.report)?))) else {
        return;
    };
    let years = report.named_years(app.screen.look.lang);
    let named = [report.place.as_str(), report.body.name(), &years].into_iter().filter(|part| !part.is_empty());
    let x = pen.write(area.x, area.y, end, &format!(" {} ", named.collect::<Vec<_>>().join(" · ")), theme.head);
    if let Some(section) = kwic.section.last() {
        pen.write(x, area.y, end, &format!("{} {section} ", pen.glyphs().step), theme.dim);
    }
    let width = area.width.saturating_sub(3);
    let lines = paragraph_at(document, report, kwic.line);
    let rows = lay_out_lines(document, lines, width, pen.ambiguous);
    let hit: Vec<_> = kwic.hit.parts().collect();
    let start = hit.first().map_or(0, |span| span.start);
    let height = usize::from(area.height.saturating_sub(1));
    let at = rows.partition_point(|row| row.span.start <= start).saturating_sub(1);
    let first = at.saturating_sub(height / 2).min(rows.len().saturating_sub(height));
    for (y, row) in (area.y + 1..area.bottom()).zip(rows.get(first..).unwrap_or_default()) {
        let mut x = area.x + 1 + u16::from(row.indent);
        for (begins, piece) in row.pieces(document.text()) {
            x = pen.write_with(x, y, end, piece, |cell| {
                let at = begins + u32::try_from(cell.start).unwrap_or(0);
                if hit.iter().any(|span| span.contains(at)) { theme.text.patch(theme.hit_current) } else { theme.text }
            });
        }
    }
}

/// Which keys narrow the list, and which of them do now.
fn draw_filters(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect) {
    let fields = [
        (Action::OnlyPlace, QueryField::City),
        (Action::OnlyProvince, QueryField::Province),
        (Action::OnlyBody, QueryField::Body),
        (Action::OnlyYear, QueryField::Year),
        (Action::OnlyPart, QueryField::Part),
    ];
    let filters = app.search.query.as_ref().map_or(&[][..], |query| query.filters());
    let is_on = |field: QueryField| filters.iter().any(|f| f.wanted.field() == field);
    draw_hints(pen, app, theme, Rect { y: area.y + 1, height: 1, ..area }, |action| {
        let on = fields.iter().any(|&(only, field)| only == action && is_on(field));
        if on { theme.matched } else { theme.dim }
    });
}

/// How the columns of a row are shared out.
pub(super) struct ConcordanceColumns {
    /// For where the hit stands; 0 on a narrow screen.
    place: u16,
    /// For what stands to the left.
    left: u16,
}

impl ConcordanceColumns {
    pub(super) const fn of(width: u16) -> Self {
        let place = match width {
            0..34 => 0,
            34..64 => 9,
            64..84 => 15,
            _ => width * 3 / 10,
        };
        // The hit and what follows it get a little more than what comes before.
        Self { place, left: (width.saturating_sub(place + 2)) * 9 / 20 }
    }
}

pub(super) fn draw_line(
    pen: &mut Pen<'_>,
    app: &App,
    theme: &Theme,
    line: Rect,
    kwic: &KwicLine,
    columns: &ConcordanceColumns,
) {
    // One column stays for the scrollbar.
    let (y, end) = (line.y, line.right().saturating_sub(2));
    let mut x = line.x + 1;
    if columns.place > 0
        && let Some((_, report)) = app.corpus.report(kwic.report)
    {
        let stop = x + columns.place - 1;
        let name = if columns.place < 14 { columns.place - 1 } else { 9 };
        let after = pen.write_fit(x, y, name, &report.place, theme.dim);
        if after + 5 <= stop {
            let years = report.years.last().map(ToString::to_string).unwrap_or_default();
            let after = pen.write_fit(after + 1, y, 4, &years, theme.dim);
            if after + 4 <= stop {
                let section = kwic.section.last().map_or("", String::as_str);
                pen.write_fit(after + 1, y, stop - after - 1, section, theme.dim);
            }
        }
        x = stop + 1;
    }
    let hit = x + columns.left;
    let left = tail(&kwic.left, columns.left.into(), pen.ambiguous);
    pen.write_right(x, hit, y, left, theme.text);
    let x = pen.write(hit, y, end, &kwic.middle, theme.text.patch(theme.hit));
    pen.write(x, y, end, &kwic.right, theme.text);
}

/// The longest end of `text`, in whole clusters, that fits into `columns`.
fn tail(text: &str, columns: usize, ambiguous: Ambiguous) -> &str {
    let mut wide: usize = cells(text, ambiguous).map(|cell| cell.columns).sum();
    let mut start = 0;
    for cell in cells(text, ambiguous) {
        if wide <= columns {
            break;
        }
        wide -= cell.columns;
        start = cell.end;
    }
    text.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_text_fits_in_whole_characters() {
        let cases =
            [("云岭市", 6, "云岭市"), ("云岭市", 5, "岭市"), ("云岭市", 1, ""), ("", 3, ""), ("a“市", 3, "“市")];
        for (text, columns, want) in cases {
            assert_eq!(tail(text, columns, Ambiguous::Narrow), want, "{text} {columns}");
        }
        assert_eq!(tail("a“市", 3, Ambiguous::Wide), "市");
    }
}
