//! Draws the phrases found in the corpus: what speaks for each, and what the user said of it.

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::views::bars_rows;
use crate::app::views::phrase_candidates::PhraseCandidates;
use crate::config::PhraseDecision;
use crate::config::theme::Theme;
use crate::text::Lang;
use crate::view::pen::Pen;

pub(super) fn title(app: &App, proposals: &PhraseCandidates) -> String {
    let lang = app.screen.look.lang;
    let (accepted, refused) = (app.keywords.decisions.accepted.len(), app.keywords.decisions.refused.len());
    let all = proposals.len();
    match lang {
        Lang::Zh => format!("语料中发现的新词 {all} · 自定词 {accepted} · 已拒绝 {refused}"),
        Lang::En => format!("Phrases found in the corpus: {all} · own words {accepted} · refused {refused}"),
    }
}

/// Fewest columns of a bar that says anything.
const BAR: usize = 6;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, theme: &Theme, body: Rect, proposals: &PhraseCandidates) {
    let Some(list) = proposals.list.as_deref() else { return };
    let lang = app.screen.look.lang;
    let rows = bars_rows(body);
    let x = body.x + 1;
    let (sign, phrase) = (x + 3, if body.width < 50 { 17 } else { 20 });
    // Count, places, cohesion, entropies, their sum: as many as have room.
    let heads = [
        (lang.pick("次", "n"), 6),
        (lang.pick("地", "pl"), 5),
        (lang.pick("凝合", "PMI"), 7),
        (lang.pick("左熵", "left"), 6),
        (lang.pick("右熵", "right"), 6),
        (lang.pick("合计", "sum"), 6),
    ];
    let mut ends = Vec::new();
    let mut end = x + phrase;
    for (_, width) in heads {
        end += width;
        if end < body.right() {
            ends.push(end);
        }
    }
    if body.height > 0 {
        pen.write(sign, body.y, x + phrase, lang.pick("词", "phrase"), theme.dim);
        for ((head, _), end) in heads.iter().zip(&ends) {
            pen.write_right(x, *end, body.y, head, theme.dim);
        }
    }
    let from = ends.last().copied().unwrap_or(x + phrase) + 2;
    let room = usize::from(body.right().saturating_sub(from + 2)).min(24);
    let most = list.iter().map(crate::index::discover::Proposal::score).fold(0.0, f64::max);
    let visible = proposals.selection.scroll.visible(list.len(), rows.height.into());
    for (y, (index, row)) in (rows.y..).zip(visible.clone().zip(&list[visible])) {
        let (mark, style) = match app.keywords.decisions.of(&row.phrase) {
            PhraseDecision::Accepted => (lang.pick("收", "+"), theme.done),
            PhraseDecision::Refused => (lang.pick("拒", "-"), theme.trouble),
            PhraseDecision::Open => ("", theme.text),
        };
        pen.write(x, y, sign, mark, style);
        let style = if mark.is_empty() { theme.text } else { theme.dim };
        let room_for = (x + phrase).saturating_sub(sign + 1).min(pen.width(&row.phrase));
        pen.write_fit(sign, y, room_for, &row.phrase, style);
        let figures = [
            row.count.to_string(),
            row.places.to_string(),
            format!("{:.1}", row.cohesion),
            format!("{:.2}", row.left),
            format!("{:.2}", row.right),
            format!("{:.1}", row.score()),
        ];
        for (figure, end) in figures.iter().zip(&ends) {
            pen.write_right(x + phrase, *end, y, figure, style);
        }
        if room >= BAR {
            pen.write(from, y, body.right(), &pen.glyphs().bar(row.score(), most, room), theme.bar);
        }
        if index == proposals.selection.row {
            pen.tint(Rect { y, height: 1, ..rows }, theme.selected);
        }
    }
    if list.is_empty() {
        let words = lang.pick("没有发现新词", "no phrase was found");
        pen.write(x + 1, rows.y, body.right(), words, theme.dim);
    }
}
