//! Draws the section view: only the rows that are seen, cell by cell.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::pen::Pen;
use super::signs::{focused, head, pin_ink, pin_style, thumb_rows};
use crate::app::reading::rows::{PageRow, RowKind};
use crate::app::screen::layout::{page_text, text_columns};
use crate::app::search::marks::Marks;
use crate::app::{App, Panel};
use crate::config::theme::Theme;
use crate::corpus::{Document, Report, ReportId};
use crate::text::{Lang, Span};

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect) {
    let text = page_text(area);
    let Some((id, document, report)) = app.opened() else {
        head(pen, theme, area, "yilan 一览", focused(app, Panel::Page));
        return draw_empty(pen, app, theme, text);
    };
    draw_head(pen, app, theme, area, document, report);
    let page = &app.reading.page;
    if page.awaited.is_some() {
        let words = app.screen.look.lang.pick("正在排版…", "laying out…");
        pen.write(text.x + 3, text.y + 1, text.right(), words, theme.dim);
        return;
    }
    let (left, _) = text_columns(area.width, app.screen.look.text_width);
    let column = Rect { x: text.x + left, width: text.width.saturating_sub(left + 1), ..text };
    let (here, chosen) = (page.paragraph_rows(), page.chosen_rows());
    let current = app.search.current.filter(|(r, _)| *r == id);
    let marks = app.search.marks_in(id);
    let pieces = current.zip(marks).map(|((_, hit), marks)| marks.pieces_of(hit)).unwrap_or_default();
    // An occurrence that was opened from a view.
    let opened: Vec<Span> =
        app.reading.highlight.filter(|(report, _)| *report == id).map(|(_, span)| span).into_iter().collect();
    let mut layers = vec![
        PaintLayer { spans: &opened, style: theme.hit_current },
        PaintLayer { spans: &pieces, style: theme.hit_current },
    ];
    if let Some(marks) = marks {
        layers.push(PaintLayer { spans: &marks.pieces, style: theme.hit });
    }
    for (pin, marks) in app.search.pins.list.iter().filter_map(|pin| Some((pin, pin.marks_in(id)?))) {
        layers.push(PaintLayer { spans: &marks.pieces, style: pin_style(theme, pin.slot) });
    }
    if let Some(marks) = marks {
        layers.push(PaintLayer { spans: &marks.companions, style: theme.companion });
    }
    if let Some((shared, common)) = app.reading.wording.marks(id) {
        layers.push(PaintLayer { spans: shared, style: theme.companion });
        layers.push(PaintLayer { spans: common, style: theme.dim });
    }
    let brush = Brush { theme, document, report, layers: &layers, lang: app.screen.look.lang };
    let visible = page.scroll.visible(page.rows.len(), text.height.into());
    for (y, (index, row)) in (text.y..).zip(visible.clone().zip(page.rows.get(visible.clone()).unwrap_or_default())) {
        draw_row(pen, &brush, Rect { y, height: 1, ..column }, row);
        if row.kind == RowKind::Blank || !chosen.contains(&index) {
            continue;
        }
        let sign = if here.contains(&index) { pen.glyphs().cursor } else { pen.glyphs().here };
        pen.write(column.x.saturating_sub(2), y, column.x, sign, theme.accent);
    }
    for placed in &app.reading.kept.here {
        // At the first row of the passage that is seen.
        let seen = page.rows.get(visible.clone()).unwrap_or_default();
        let first = seen.iter().position(|row| row.kind != RowKind::Blank && placed.span.contains(row.span.start));
        if let Some(y) = first.and_then(|row| u16::try_from(row).ok()) {
            pen.write(column.x.saturating_sub(1), text.y + y, column.x, pen.glyphs().mark, theme.done);
        }
    }
    draw_scrollbar(pen, app, theme, text, id);
}

fn draw_empty(pen: &mut Pen<'_>, app: &App, theme: &Theme, text: Rect) {
    let lang = app.screen.look.lang;
    let words = if !app.loading.done {
        lang.pick("正在读取…", "reading…")
    } else if app.corpus.issues().is_empty() {
        lang.pick("没有可读的报告", "there is no report to read")
    } else {
        lang.pick("没有可读的报告；按 ! 看发现的问题", "there is no report to read; ! lists the issues found")
    };
    pen.write(text.x + 3, text.y + 1, text.right(), words, theme.dim);
    if !app.loading.done {
        return;
    }
    // Where one looked, and what would have been read.
    for (y, root) in (text.y + 3..text.bottom()).zip(app.corpus.roots()) {
        pen.write_fit(text.x + 3, y, text.width.saturating_sub(4), &root.to_string_lossy(), theme.dim);
    }
    let roots = u16::try_from(app.corpus.roots().len()).unwrap_or(u16::MAX);
    let y = text.y.saturating_add(4).saturating_add(roots);
    let formats = lang.pick(
        "可读：txt、md、docx、doc、wps、pdf、html、epub、xlsx、csv、zip…",
        "read are: txt, md, docx, doc, wps, pdf, html, epub, xlsx, csv, zip…",
    );
    if y < text.bottom() {
        pen.write_fit(text.x + 3, y, text.width.saturating_sub(4), formats, theme.dim);
    }
}

/// Place, body and years; the path of headings to what is being read; how far reading has come.
fn draw_head(pen: &mut Pen<'_>, app: &App, theme: &Theme, area: Rect, document: &Document, report: &Report) {
    let years = report.named_years(app.screen.look.lang);
    let place = if report.place.is_empty() { app.screen.look.lang.pick("未知", "unknown") } else { &report.place };
    let named: Vec<&str> = [place, report.body.name(), &years].into_iter().filter(|s| !s.is_empty()).collect();
    let fold = if app.layout().cities.is_none() { format!("{} ", pen.glyphs().unfolded) } else { String::new() };
    let x = head(pen, theme, area, &format!("{fold}{}", named.join(" · ")), focused(app, Panel::Page));
    let percent = format!("{}% ", app.reading.page.percent(page_text(area).height.into()));
    let end = pen.write_right(x, area.right(), area.y, &percent, theme.dim).saturating_sub(1);
    // Drawing waits for no disk: a text still on its way has no path yet.
    let Some(section) = app.section_here().filter(|_| document.source.is_at_hand()) else { return };
    let mut x = pen.write(x + 1, area.y, end, pen.glyphs().wall, theme.line) + 1;
    let mut path = report.section_path(section);
    // The nearest steps, as many as have room to be read.
    let fitting = usize::from(end.saturating_sub(x) / STEP).max(1);
    path.drain(..path.len().saturating_sub(fitting));
    for (i, at) in path.iter().enumerate() {
        let Some(section) = report.sections.get(*at) else { continue };
        if i > 0 {
            x = pen.write(x + 1, area.y, end, pen.glyphs().step, theme.dim) + 1;
        }
        // Steps share what room is left, so that the last, nearest one is always seen.
        let left = path.len() - i;
        let room = end.saturating_sub(x) / u16::try_from(left).unwrap_or(1).max(1);
        let text = &*section.title(document.text());
        let columns = pen.width(text).min(room.max(4)).min(end.saturating_sub(x));
        x = pen.write_fit(
            x,
            area.y,
            columns,
            text,
            theme.headings[level(section.level)].remove_modifier(Modifier::all()),
        );
    }
}

/// Columns that a step of the path should have at least.
const STEP: u16 = 13;

/// Which heading style a level has.
pub(super) const fn level(level: u8) -> usize {
    match level {
        0 | 1 => 0,
        2 => 1,
        _ => 2,
    }
}

pub(super) struct Brush<'a> {
    pub(super) theme: &'a Theme,
    pub(super) document: &'a Document,
    pub(super) report: &'a Report,
    /// Marks, the uppermost first.
    pub(super) layers: &'a [PaintLayer<'a>],
    pub(super) lang: Lang,
}

/// Marks of one kind, in order.
pub(super) struct PaintLayer<'a> {
    pub(super) spans: &'a [Span],
    pub(super) style: Style,
}

pub(super) fn draw_row(pen: &mut Pen<'_>, brush: &Brush<'_>, line: Rect, row: &PageRow) {
    let theme = brush.theme;
    let base = match row.kind {
        RowKind::Blank => return,
        RowKind::Title => theme.title,
        RowKind::Subtitle | RowKind::Noise | RowKind::Repeat => theme.dim,
        RowKind::Heading(depth) => theme.headings[level(depth)],
        RowKind::Text => theme.text,
    };
    let x = line.x + u16::from(row.indent);
    let sections = &brush.report.sections;
    let mut section = sections.partition_point(|s| s.heading.end <= row.span.start);
    let first = |layer: &PaintLayer<'_>| layer.spans.partition_point(|s| s.end <= row.span.start);
    let mut next: Vec<usize> = brush.layers.iter().map(first).collect();
    let mut style_at = |at: u32| {
        let mut style: Style = base;
        while sections.get(section).is_some_and(|s| s.heading.end <= at) {
            section += 1;
        }
        if sections.get(section).is_some_and(|s| s.run_in && s.heading.contains(at)) {
            style = style.patch(theme.run_in);
        }
        let marked = brush.layers.iter().zip(&mut next).find_map(|(layer, next)| {
            while layer.spans.get(*next).is_some_and(|s| s.end <= at) {
                *next += 1;
            }
            layer.spans.get(*next).is_some_and(|s| s.contains(at)).then_some(layer.style)
        });
        marked.map_or(style, |mark| style.patch(mark))
    };
    let mut end = x;
    for (start, piece) in row.pieces(brush.document.text()) {
        end = pen.write_with(end, line.y, line.right(), piece, |cell| {
            style_at(start + u32::try_from(cell.start).unwrap_or(0))
        });
    }
    if row.kind == RowKind::Repeat && row.indent >= 4 {
        // In the indent, so that the text keeps its place.
        pen.write(line.x, line.y, x, brush.lang.pick("重复", "dup."), theme.accent.remove_modifier(Modifier::BOLD));
    }
    if matches!(row.kind, RowKind::Heading(1)) && starts_line(brush.document, row) {
        pen.write(line.x.saturating_sub(1), line.y, line.x, pen.glyphs().part, base);
    }
    if row.folded > 0 {
        let words = match brush.lang {
            Lang::Zh => format!(" {} {} 行", pen.glyphs().folded, row.folded),
            Lang::En => format!(" {} {} lines", pen.glyphs().folded, row.folded),
        };
        let room = pen.width(&words);
        pen.write(end.min(line.right().saturating_sub(room)), line.y, line.right(), &words, theme.dim);
    }
}

fn starts_line(document: &Document, row: &PageRow) -> bool {
    document.line(row.line).is_some_and(|l| l.span.start == row.span.start)
}

/// The scrollbar: where the view stands in the report, and where the hits are.
fn draw_scrollbar(pen: &mut Pen<'_>, app: &App, theme: &Theme, text: Rect, id: ReportId) {
    let rows = &app.reading.page.rows;
    let height = usize::from(text.height);
    let marks = app.search.marks_in(id);
    let pinned: Vec<(&Marks, Style)> = app
        .search
        .pins
        .list
        .iter()
        .filter_map(|pin| Some((pin.marks_in(id)?, pin_ink(theme, pin.slot))))
        .filter(|(marks, _)| !marks.hits.is_empty())
        .collect();
    let thumbs = thumb_rows(height, rows.len(), app.reading.page.scroll.top);
    let none = marks.is_none_or(|marks| marks.hits.is_empty()) && pinned.is_empty() && app.reading.kept.here.is_empty();
    if thumbs.is_none() && none || height == 0 || rows.is_empty() {
        return;
    }
    let x = text.right().saturating_sub(1);
    let len = rows.len().max(height);
    for (i, y) in (text.y..text.bottom()).enumerate() {
        let offset = |row: usize| rows.get(row).map_or(u32::MAX, |r| r.span.start);
        let stretch = offset(i * len / height)..offset((i + 1) * len / height);
        let thumb = thumbs.as_ref().is_some_and(|thumbs| thumbs.contains(&i));
        let hit = marks.is_some_and(|marks| marks.any_in(stretch.clone()));
        let kept = app.reading.kept.here.iter().any(|placed| stretch.contains(&placed.span.start));
        let pin = pinned.iter().find(|(marks, _)| marks.any_in(stretch.clone())).map(|(_, style)| *style);
        let (sign, style) = match (thumb, hit, pin) {
            _ if kept => (pen.glyphs().mark, theme.done),
            (true, true, _) => (pen.glyphs().thumb, theme.accent),
            (true, false, Some(style)) => (pen.glyphs().thumb, style),
            (true, false, None) => (pen.glyphs().thumb, theme.dim),
            (false, true, _) => (pen.glyphs().tick, theme.accent),
            (false, false, Some(style)) => (pen.glyphs().tick, style),
            (false, false, None) => (pen.glyphs().wall, theme.line),
        };
        pen.write(x, y, x + 1, sign, style);
    }
}
