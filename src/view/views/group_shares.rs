//! Draws the shares of keyword groups: a row for each place or year, a column for each group, hits of two groups at the end.

use ratatui::layout::Rect;

use super::shade;
use crate::app::App;
use crate::app::views::column_name;
use crate::app::views::group_shares::GroupShares;
use crate::config::theme::Theme;
use crate::index::groups::GroupGrid;
use crate::index::trend::Axis;
use crate::text::Lang;
use crate::view::pen::Pen;

pub(super) fn title(app: &App, shares: &GroupShares) -> String {
    let lang = app.screen.look.lang;
    let rows = match shares.axis {
        Axis::Place => lang.pick("城市", "cities"),
        Axis::Year => lang.pick("年份", "years"),
    };
    format!(
        "{} × {rows} · {}",
        lang.pick("词组分类", "Keyword groups"),
        lang.pick("占各类合计的百分比", "percent of all their hits")
    )
}

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, body: Rect, shares: &GroupShares) {
    let Some(groups) = shares.groups.as_deref() else { return };
    let lang = app.screen.look.lang;
    let (grid, label, extents) = (&groups.grid, GroupShares::label(body), shares.extents(body));
    let columns = shares.cursor.columns.visible(extents.columns, extents.width);
    let all = (0..grid.rows.len()).flat_map(|row| (0..grid.columns.len()).map(move |column| (row, column)));
    let highest = all.map(|(row, column)| grid.share(row, column)).fold(0.0, f64::max);
    for (x, group) in (body.x + label..).step_by(GroupShares::CELL.into()).zip(columns.clone()) {
        let name = grid.rows.get(group).map_or(lang.pick("兼属", "in two"), String::as_str);
        let room = pen.width(name).min(GroupShares::CELL - 1);
        let style = if group == shares.cursor.column { theme.accent } else { theme.dim };
        pen.write_fit(x + GroupShares::CELL - 1 - room, body.y, room, name, style);
    }
    for (y, row) in (body.y + 1..).zip(shares.cursor.rows.visible(extents.rows, extents.height)) {
        let Some(found) = grid.columns.get(row) else { continue };
        let name = column_name(&app.corpus, found.key, lang);
        let room = label.saturating_sub(2).min(pen.width(&name));
        pen.write_fit(body.x + 1, y, room, &name, theme.text);
        for (x, group) in (body.x + label..).step_by(GroupShares::CELL.into()).zip(columns.clone()) {
            let end = x + GroupShares::CELL - 2;
            if group < grid.rows.len() {
                let share = grid.share(group, row);
                let style = if share > 0.0 { theme.text } else { theme.dim };
                pen.write_right(x, end, y, &format!("{:.1}", share * 100.0), style);
                let sign = match shade(share, highest) {
                    0 => pen.glyphs().floor,
                    shade => pen.glyphs().shades[shade - 1],
                };
                pen.write(end, y, end + 1, sign, theme.bar);
            } else {
                pen.write_right(x, end + 1, y, &twice(groups, row).to_string(), theme.dim);
            }
        }
        if row == shares.cursor.row {
            pen.tint(Rect::new(body.x, y, body.width, 1), theme.selected_idle);
            let at = shares.cursor.column.saturating_sub(shares.cursor.columns.top);
            let x = body.x + label + u16::try_from(at).unwrap_or(0) * GroupShares::CELL;
            pen.tint(Rect::new(x, y, GroupShares::CELL, 1), theme.selected);
        }
    }
    if body.height > 2 {
        let foot = Rect { y: body.bottom() - 1, height: 1, ..body };
        draw_foot(pen, app, theme, foot, groups, shares);
    }
}

/// Hits of a column that fall in more than one group, counted once in each.
fn twice(groups: &GroupGrid, column: usize) -> u64 {
    groups.overlap.iter().filter_map(|row| row.get(column)).sum()
}

/// The selected cell in words, with the groups that share its hits.
fn draw_foot(pen: &mut Pen<'_>, app: &App, theme: &Theme, line: Rect, groups: &GroupGrid, shares: &GroupShares) {
    let lang = app.screen.look.lang;
    let grid = &groups.grid;
    let (row, group) = (shares.cursor.row, shares.cursor.column);
    let Some(found) = grid.columns.get(row) else { return };
    let name = column_name(&app.corpus, found.key, lang);
    let Some(title) = grid.rows.get(group) else {
        let sum: u64 = (0..grid.rows.len()).map(|group| grid.cell(group, row).count).sum();
        let words = match lang {
            Lang::Zh => format!("{name}：各类合计 {sum} 次，其中 {} 次兼属两类以上，每类各计一次", twice(groups, row)),
            Lang::En => format!(
                "{name}: {sum} hits of all groups, {} of them in two or more, counted in each",
                twice(groups, row)
            ),
        };
        pen.write(line.x + 1, line.y, line.right(), &words, theme.text);
        return;
    };
    let (cell, rate, share) = (grid.cell(group, row), grid.rate(group, row), grid.share(group, row) * 100.0);
    let both = groups.overlap.get(group).and_then(|cells| cells.get(row)).copied().unwrap_or(0);
    let with: Vec<String> = groups
        .shared
        .get(group)
        .and_then(|cells| cells.get(row))
        .into_iter()
        .flat_map(|others| grid.rows.iter().zip(others))
        .filter(|(_, count)| **count > 0)
        .map(|(other, count)| format!("{other} {count}"))
        .collect();
    let mut words = match lang {
        Lang::Zh => format!("{title} · {name}：{} 次 · 占 {share:.1}%", cell.count),
        Lang::En => format!("{title} · {name}: {} hits · {share:.1}%", cell.count),
    };
    if both > 0 {
        words += &match lang {
            Lang::Zh => format!(" · 其中兼属 {both}（{}）", with.join("、")),
            Lang::En => format!(" · {both} in two groups ({})", with.join(", ")),
        };
    }
    let rate = format!(" · {} {rate:.2}", lang.pick("每万字", "per 10,000:"));
    if pen.width(&words) + pen.width(&rate) + 1 < line.width {
        words += &rate;
    }
    pen.write(line.x + 1, line.y, line.right(), &words, theme.text);
}
