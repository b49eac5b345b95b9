//! Draws the city list.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::pen::Pen;
use super::prompt_line::{input, prompt};
use super::signs::{focused, head, pin_ink};
use crate::app::cities::{CityRow, Item};
use crate::app::prompt::Ask;
use crate::app::screen::layout::cities_list;
use crate::app::search::pins::Pin;
use crate::app::{App, Panel};
use crate::config::theme::Theme;
use crate::corpus::{PlaceEntry, PlaceId, ReportId};
use crate::text::Lang;
use crate::text::width::fit;

/// Draws the list into `area`; returns where the cursor stands if its filter is being typed.
pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect) -> Option<Position> {
    let lang = app.screen.look.lang;
    let (places, reports) = (app.corpus.places().len(), app.corpus.report_count());
    let title = match lang {
        Lang::Zh => format!("城市 {places} · {reports} 篇"),
        Lang::En => format!("{places} cities · {reports} reports"),
    };
    let again = reports - app.corpus.distinct_count();
    let title = match (again, lang) {
        (0, _) => title,
        (_, Lang::Zh) => format!("{title}（重复 {again}）"),
        (_, Lang::En) => format!("{title} ({again} twice)"),
    };
    let title = match (&app.cities.only, lang) {
        (None, _) => title,
        (Some(only), Lang::Zh) => format!("没有提到的 {} / {places} 城", only.len()),
        (Some(only), Lang::En) => format!("{} of {places} silent", only.len()),
    };
    // What has no room is said in fewer words, never cut.
    let short = match (again, lang) {
        (0, Lang::Zh) => format!("{places} 城 {reports} 篇"),
        (0, Lang::En) => format!("{places} · {reports} rep."),
        (_, Lang::Zh) => format!("{places} 城 {reports} 篇 重 {again}"),
        (_, Lang::En) => format!("{places} · {reports} · {again} 2×"),
    };
    let fits = |title: &str| pen.width(title) < area.width;
    let title = if fits(&title) || app.cities.only.is_some() { title } else { short };
    head(pen, theme, area, &title, focused(app, Panel::Cities));
    let cursor = draw_filter(pen, app, theme, area);
    let list = cities_list(area);
    let rows = &app.cities.rows;
    let selected = app.cities.selected_row();
    let visible = app.cities.scroll.visible(rows.len(), list.height.into());
    let open = app.reading.page.report;
    let most = app.search.counts.most();
    let pins: Vec<(&Pin, u32)> = app.search.pins.list.iter().map(|pin| (pin, pin.counts.most())).collect();
    for (y, (index, row)) in (list.y..).zip(visible.clone().zip(&rows[visible])) {
        let line = Rect { y, height: 1, ..list };
        match row.item {
            Item::Place(id) => {
                let place = app.corpus.place(id);
                let is_open = open.is_some_and(|r| app.corpus.place_of(r) == Some(id));
                let hits = app.search.query.is_some().then(|| app.search.of_place(id));
                let unfolded = app.cities.unfolded.contains(&id);
                let again = place.reports.iter().all(|&report| app.corpus.original(report) != report);
                draw_place(
                    pen,
                    theme,
                    indented(line, row.depth),
                    row,
                    place,
                    &Facts { is_open, hits, most, unfolded, again, lang, pins: &pins, id },
                );
            }
            Item::Report(id) => draw_report(pen, theme, indented(line, row.depth), app, id),
            Item::Branch(number) => draw_branch(pen, app, theme, indented(line, row.depth), number),
        }
        if selected == Some(index) {
            pen.tint(line, if focused(app, Panel::Cities) { theme.selected } else { theme.selected_idle });
        }
    }
    if rows.is_empty() && app.loading.done {
        let words = if app.cities.only.is_some() {
            lang.pick("都提到了", "all of them say it")
        } else if app.cities.filter.is_empty() {
            lang.pick("没有报告", "no reports")
        } else {
            lang.pick("没有匹配", "no match")
        };
        pen.write(list.x + 2, list.y, list.right(), words, theme.dim);
    }
    cursor
}

/// The line under the heading: the filter while one is typed, else the order.
fn draw_filter(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect) -> Option<Position> {
    let (y, end) = (area.y + 1, area.right());
    let lang = app.screen.look.lang;
    if let Some(prompt) = [Ask::City, Ask::Against, Ask::Compare].into_iter().find_map(|ask| prompt(app, ask)) {
        let x = pen.write(area.x, y, end, &format!(" {} ", pen.glyphs().filter), theme.accent);
        return Some(input(pen, prompt, x, y, end, theme.text));
    }
    let mut x = area.x + 1;
    if let Some(hint) = app.hint(crate::command::Action::JumpCity) {
        x = pen.write(x, y, end, &crate::command::key::format(hint.key), theme.key);
        x = pen.write(x, y, end, lang.pick(" 跳转", " jump"), theme.dim);
    }
    pen.write_right(x + 1, end.saturating_sub(1), y, app.cities.order.name(lang), theme.dim);
    None
}

struct Facts<'a> {
    is_open: bool,
    hits: Option<u32>,
    most: u32,
    unfolded: bool,
    /// All it has stands in other reports as well, which are those that count.
    again: bool,
    lang: Lang,
    /// What is pinned, and the most any place has of it.
    pins: &'a [(&'a Pin, u32)],
    id: PlaceId,
}

fn draw_place(pen: &mut Pen<'_>, theme: &Theme, line: Rect, row: &CityRow, place: &PlaceEntry, facts: &Facts<'_>) {
    let (y, mut end) = (line.y, line.right().saturating_sub(1));
    let silent = facts.hits == Some(0);
    let base = if silent { theme.dim } else { theme.text };
    // From the right: hits and their bar while a search is on, the number of reports, the province if there is room.
    if let Some(hits) = facts.hits {
        let room = if line.width >= 26 { 5 } else { 3 };
        let bar = pen.glyphs().bar(f64::from(hits), f64::from(facts.most), room.into());
        pen.write(end.saturating_sub(room), y, end, &bar, theme.bar);
        end = end.saturating_sub(room + 1);
        if hits > 0 {
            pen.write_right(line.x, end, y, &hits.to_string(), theme.accent);
        }
        // As many columns as the greatest number has.
        let digits = facts.most.max(1).ilog10() + 2;
        end = end.saturating_sub(u16::try_from(digits).unwrap_or(u16::MAX).max(3));
    } else if !facts.pins.is_empty() {
        // A column a pin, as high as its part of that pin's most.
        // Of more than the name leaves room for, the first.
        let room = usize::from(line.width.saturating_sub(14) / 2).max(6);
        let width = u16::try_from(facts.pins.len().min(room)).unwrap_or(0) * 2;
        let mut x = end.saturating_sub(width);
        for &(pin, most) in facts.pins.iter().take(room) {
            let hits = pin.of_place(facts.id);
            let eighths = (u64::from(hits) * 8).div_ceil(u64::from(most.max(1))).min(8);
            let (sign, style) = match usize::try_from(eighths).unwrap_or(8).checked_sub(1) {
                None => (pen.glyphs().floor, theme.line),
                Some(height) => (pen.glyphs().columns[height], pin_ink(theme, pin.slot)),
            };
            x = pen.write(x + 1, y, end, sign, style);
        }
        end = end.saturating_sub(width + 1);
    } else {
        let reports = place.reports.len();
        if reports > 1 {
            pen.write_right(line.x, end, y, &reports.to_string(), theme.dim);
        } else if facts.again {
            pen.write_right(line.x, end, y, mark_of_duplicate(facts.lang), theme.dim);
        }
        end = end.saturating_sub(4);
        let province = short_province(&place.province);
        if place.province != place.name && line.width >= 24 {
            pen.write(end.saturating_sub(6), y, end, province, theme.dim);
            end = end.saturating_sub(7);
        }
    }
    let fold = match (place.reports.len() > 1, facts.unfolded) {
        (true, true) => pen.glyphs().unfolded,
        (true, false) => pen.glyphs().folded,
        (false, _) => " ",
    };
    let here = if facts.is_open { pen.glyphs().here } else { " " };
    let x = pen.write(line.x, y, end, here, theme.accent);
    let x = pen.write(x, y, end, fold, theme.dim);
    let name = if place.name.is_empty() { facts.lang.pick("未知", "unknown") } else { place.name.as_str() };
    let style = if facts.is_open { base.patch(theme.run_in) } else { base };
    let mut index = 0;
    let room = end.saturating_sub(x + 1);
    let fitted = if pen.width(name) > room { fit(name, room.into(), pen.ambiguous) } else { name.into() };
    pen.write_with(x + 1, y, end, &fitted, |_| {
        let marked = row.marks.contains(&index);
        index += 1;
        if marked { style.patch(theme.matched) } else { style }
    });
}

/// The room of a row of the tree.
fn indented(line: Rect, depth: u16) -> Rect {
    let indent = (2 * depth).min(line.width / 2);
    Rect { x: line.x + indent, width: line.width - indent, ..line }
}

/// A province or prefecture: its name, and its reports or hits, which are those of all places in it together.
fn draw_branch(pen: &mut Pen<'_>, app: &App, theme: &Theme, line: Rect, number: u32) {
    let Some(branch) = app.cities.branches.get(number as usize) else { return };
    let lang = app.screen.look.lang;
    let end = line.right().saturating_sub(1);
    let name = if branch.name.is_empty() { lang.pick("未知", "unknown") } else { branch.name.as_str() };
    let figure = match app.search.query {
        Some(_) => branch.places.iter().map(|place| u64::from(app.search.of_place(*place))).sum::<u64>().to_string(),
        None => branch.reports.to_string(),
    };
    let fold = if app.cities.closed.contains(&branch.path) { pen.glyphs().folded } else { pen.glyphs().unfolded };
    let x = pen.write(line.x + 1, line.y, end, fold, theme.dim);
    let x = pen.write(x + 1, line.y, end, name, theme.headings[1]);
    pen.write_right(x + 1, end, line.y, &figure, if app.search.query.is_some() { theme.accent } else { theme.dim });
}

/// What stands beside a report whose text an earlier one has.
const fn mark_of_duplicate(lang: Lang) -> &'static str {
    lang.pick("重", "2×")
}

fn draw_report(pen: &mut Pen<'_>, theme: &Theme, line: Rect, app: &App, id: ReportId) {
    let Some((_, report)) = app.corpus.report(id) else { return };
    let is_open = app.reading.page.report == Some(id);
    let (y, end) = (line.y, line.right().saturating_sub(1));
    let here = if is_open { pen.glyphs().here } else { " " };
    pen.write(line.x, y, end, here, theme.accent);
    let again = app.corpus.duplicate_of(id).is_some();
    let base = if again { theme.dim } else { theme.text };
    let style: Style = if is_open { base.patch(theme.run_in) } else { base };
    if again {
        pen.write(line.x + 1, y, end, mark_of_duplicate(app.screen.look.lang), theme.dim);
    }
    let x = pen.write(line.x + 4, y, end, &report.named_years(app.screen.look.lang), theme.dim);
    let x = pen.write(x + 1, y, end, report.body.name(), style);
    pen.write(x + 1, y, end, &report.title, theme.dim);
}

/// A province without its suffix: 吉林, 内蒙古, 广西.
fn short_province(name: &str) -> &str {
    ["壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区", "自治区", "省", "市"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix).filter(|rest| !rest.is_empty()))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provinces_lose_their_suffix() {
        let cases = [
            ("吉林省", "吉林"),
            ("内蒙古自治区", "内蒙古"),
            ("新疆维吾尔自治区", "新疆"),
            ("重庆市", "重庆"),
            ("", ""),
            ("省", "省"),
        ];
        for (name, want) in cases {
            assert_eq!(short_province(name), want);
        }
    }
}
