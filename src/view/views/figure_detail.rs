//! Draws an opened number: its contingency table, its figures and formulas, the occurrences behind it.

use ratatui::layout::Rect;

use crate::analysis::{FigureOccurrences, OccurrenceKind, OccurrenceList, OccurrenceRow};
use crate::app::App;
use crate::app::terms::comparison::reference_name;
use crate::app::views::ViewFrame;
use crate::app::views::figure_detail::{FIGURE, FigureDetail, FigureLayout, TABLE};
use crate::config::theme::Theme;
use crate::index::kwic;
use crate::index::search::Hit;
use crate::index::stats;
use crate::index::terms::Keyword;
use crate::index::trend::Counting;
use crate::table::Evidence;
use crate::text::Lang;
use crate::view::concordance::{self, draw_line};
use crate::view::pen::Pen;

pub(super) fn title(app: &App, shown: &ViewFrame, number: &FigureDetail) -> String {
    let lang = app.screen.look.lang;
    let evidence = &number.figure.evidence;
    let mut title = format!("{} · {}", evidence.name(), scope(app, shown, number));
    if let Some(opened) = &number.opened {
        title += " · ";
        title += &match (lang, evidence) {
            (Lang::Zh, Evidence::Term { counting: Counting::Words, .. }) => format!("作为词 {} 处", opened.figure),
            (Lang::Zh, _) => format!("{} 处", opened.figure),
            (Lang::En, Evidence::Term { counting: Counting::Words, .. }) => format!("{} as a word", opened.figure),
            (Lang::En, _) => format!("{} hits", opened.figure),
        };
    }
    title
}

fn scope(app: &App, shown: &ViewFrame, number: &FigureDetail) -> String {
    let place = number.figure.place.clone();
    place.unwrap_or_else(|| shown.comparison.scope_name(&app.corpus, app.screen.look.lang))
}

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, body: Rect, shown: &ViewFrame, number: &FigureDetail) {
    let Some(opened) = number.opened.as_deref() else { return };
    let parts = number.parts(body, pen.ambiguous);
    draw_table(pen, app, theme, (&parts, opened), shown, number);
    for (y, line) in (parts.formulas.y..parts.formulas.bottom()).zip(&parts.lines) {
        pen.write(body.x + 1, y, body.right(), line, theme.dim);
    }
    draw_lists(pen, app, theme, parts.lists, (opened, number));
    let columns = concordance::ConcordanceColumns::of(parts.list.width);
    let Some(list) = number.shown() else { return };
    let visible = number.selection.scroll.visible(list.rows.len(), parts.list.height.into());
    for (y, (index, row)) in (parts.list.y..).zip(visible.clone().zip(&list.rows[visible])) {
        let line = Rect { y, height: 1, ..parts.list };
        draw_row(pen, app, theme, line, row, &columns);
        if index == number.selection.row {
            pen.tint(line, theme.selected);
        }
    }
    if list.rows.is_empty() {
        let words = app.screen.look.lang.pick("一处也没有", "not one");
        pen.write(parts.list.x + 2, parts.list.y, parts.list.right(), words, theme.dim);
    }
}

fn draw_row(
    pen: &mut Pen<'_>,
    app: &App,
    theme: &Theme,
    line: Rect,
    row: &OccurrenceRow,
    columns: &concordance::ConcordanceColumns,
) {
    match row {
        OccurrenceRow::Heading(word, count) => {
            let x = pen.write(line.x + 1, line.y, line.right(), word, theme.headings[1]);
            pen.write(x + 1, line.y, line.right(), &count.to_string(), theme.dim);
        }
        OccurrenceRow::Piece { name, figures, .. } => {
            let name = crate::text::visible::visible(name);
            let end = line.right().saturating_sub(1);
            let room = end.saturating_sub(line.x + 3 + pen.width(figures)).min(pen.width(&name));
            pen.write_fit(line.x + 1, line.y, room, &name, theme.text);
            pen.write_right(line.x + 1 + room, end, line.y, figures, theme.dim);
        }
        OccurrenceRow::Hit { report, span, longer, also } => {
            let Some((document, found)) = app.corpus.report(*report) else { return };
            let hit = Hit { span: longer.unwrap_or(*span), continued: Vec::new() };
            let kwic = kwic::line(document, found, *report, &hit, line.width.into());
            draw_line(pen, app, theme, line, &kwic, columns);
            let name = |group: &usize| app.keywords.groups.list().get(*group).map(|group| group.name.as_str());
            let others: Vec<&str> = also.iter().filter_map(name).collect();
            if !others.is_empty() {
                let words = format!(" +{} ", others.join(" +"));
                pen.write_right(line.x + 1, line.right(), line.y, &words, theme.matched);
            }
        }
    }
}

/// The names of the lists, each with its number of occurrences; the one that is shown is marked.
fn draw_lists(
    pen: &mut Pen<'_>,
    app: &App,
    theme: &Theme,
    line: Rect,
    (opened, number): (&FigureOccurrences, &FigureDetail),
) {
    let lang = app.screen.look.lang;
    if line.height == 0 {
        return;
    }
    let (mut x, end) = (line.x, line.right());
    let name = |list: &OccurrenceList| {
        // Words of the reference are in another place, the others add to what is counted here.
        let sign = if matches!(list.kind, OccurrenceKind::Inside | OccurrenceKind::Across) { "+" } else { "" };
        format!(" {} {sign}{} ", list.kind.name(lang), list.count)
    };
    // Where not all have room, those before the shown one give way.
    let room = |from: usize, pen: &Pen<'_>| {
        let shown = opened.lists.get(from..=number.list).unwrap_or_default();
        shown.iter().map(|list| pen.width(&name(list)) + 1).sum::<u16>() <= line.width
    };
    let from = (0..=number.list).find(|from| room(*from, pen)).unwrap_or(number.list);
    for (index, list) in opened.lists.iter().enumerate().skip(from) {
        let words = name(list);
        let style = if index == number.list { theme.head_focused } else { theme.dim };
        x = pen.write(x, line.y, end, if index == number.list { pen.glyphs().part } else { " " }, style);
        x = pen.write(x, line.y, end, &words, style);
    }
    // Headings between the occurrences are none of them.
    let rows = opened.lists.get(number.list).map_or(&[][..], |list| &list.rows);
    let hits = |rows: &[OccurrenceRow]| rows.iter().filter(|row| !matches!(row, OccurrenceRow::Heading(..))).count();
    let at = hits(rows.get(..=number.selection.row).unwrap_or(rows));
    let position = format!(" {at}/{} ", hits(rows));
    let stop = pen.write_right(x + 2, end, line.y, &position, theme.dim);
    for x in x..stop {
        pen.write(x, line.y, x + 1, pen.glyphs().rule, theme.line);
    }
}

/// The contingency table, and beside it as many figures as have room.
fn draw_table(
    pen: &mut Pen<'_>,
    app: &App,
    theme: &Theme,
    (parts, opened): (&FigureLayout, &FigureOccurrences),
    shown: &ViewFrame,
    number: &FigureDetail,
) {
    let lang = app.screen.look.lang;
    let (Some(worked), Some(row)) = (&opened.worked, &opened.row) else { return };
    let area = parts.table;
    let reference = reference_name(&shown.comparison.reference, &app.corpus, lang);
    let sum = lang.pick("合计", "sum").to_owned();
    let width = area.width.min(TABLE);
    // Sums of 汉字 need ten columns; the names get what is left.
    let cell = if width < TABLE { 9 } else { 12 };
    let label = width.saturating_sub(3 * cell + 1);
    let names = [scope(app, shown, number), reference, sum.clone()];
    let x = area.x + 1;
    for (column, name) in (0..).zip(&names) {
        let end = x + label + (column + 1) * cell;
        let room = pen.width(name).min(cell - 1);
        if area.height > 0 {
            pen.write_fit(end - room, area.y, room, name, theme.dim);
        }
    }
    let [[.., both], [.., han]] = worked.cells;
    let rates = [row.rate, row.rest_rate, stats::rate(both, han)].map(|rate| format!("{rate:.2}"));
    let [counts, sizes] = worked.cells.map(|cells| cells.map(|n| n.to_string()));
    let names = [row.term.as_str(), lang.pick("汉字", "汉字"), lang.pick("每万字", "per 10k")];
    for (y, (label_text, cells)) in (area.y + 1..area.bottom()).zip(names.into_iter().zip([&counts, &sizes, &rates])) {
        let own = y == area.y + 1;
        let style = if own { theme.text } else { theme.dim };
        let room = label.saturating_sub(1).min(pen.width(label_text));
        pen.write_fit(x, y, room, label_text, style);
        for (column, value) in (0..).zip(cells) {
            let end = x + label + (column + 1) * cell;
            pen.write_right(end - cell, end, y, value, if own && column == 0 { theme.accent } else { style });
        }
    }
    draw_figures(pen, app, theme, parts, row);
}

fn draw_figures(pen: &mut Pen<'_>, app: &App, theme: &Theme, parts: &FigureLayout, row: &Keyword) {
    let lang = app.screen.look.lang;
    let area = parts.table;
    let driver = row.driver.and_then(|place| app.corpus.places().get(place.0 as usize)).map(|place| place.name.clone());
    let columns: [[(&str, String); 4]; 3] = [
        [
            ("G²", format!("{:.2}", row.g2)),
            (lang.pick("对数比", "ratio"), format!("{:+.2}", row.log_ratio)),
            ("BIC", format!("{:+.1}", row.bayes)),
            ("FDR q", small(row.fdr)),
        ],
        [
            (lang.pick("每万字", "per 10k"), format!("{:.2}", row.rate)),
            ("DP", format!("{:.3}", row.dp)),
            ("D", row.juilland.map_or("-".to_owned(), |d| format!("{d:.3}"))),
            ("TF-IDF", format!("{:.2}", row.tf_idf)),
        ],
        [
            (lang.pick("用到的篇", "reports"), row.reports.to_string()),
            (lang.pick("用到的地", "places"), row.places.to_string()),
            (lang.pick("参照万字", "ref. 10k"), format!("{:.2}", row.rest_rate)),
            (lang.pick("只因一地", "one place"), driver.unwrap_or_else(|| "-".to_owned())),
        ],
    ];
    for (column, figures) in (0..parts.figures).zip(&columns) {
        let x = area.x + TABLE + 3 + column * FIGURE;
        for (y, (name, value)) in (area.y..area.bottom()).zip(figures) {
            let after = pen.write(x, y, x + FIGURE - 2, name, theme.dim);
            let room = (x + FIGURE - 2).saturating_sub(after + 1).min(pen.width(value));
            pen.write_fit(x + FIGURE - 2 - room, y, room, value, theme.text);
        }
    }
    if parts.figures == 0 && area.height == 5 {
        let mut x = area.x + 1;
        for (name, value) in &columns[0] {
            x = pen.write(x, area.y + 4, area.right(), name, theme.dim);
            x = pen.write(x + 1, area.y + 4, area.right(), value, theme.text) + 2;
        }
    }
}

/// A probability: as a decimal, or by its power where that would be all zeros.
fn small(value: f64) -> String {
    if value < 0.0005 && value > 0.0 { format!("{value:.0e}") } else { format!("{value:.3}") }
}
