//! Wraps a paragraph into screen rows, obeying 禁则.
//!
//! In: one paragraph, where it begins in its document, and the room in columns. Out: rows as spans that follow one
//! another without gap or overlap, none wider than the room. Does not know about what the paragraph is (headings, noise)
//! and how rows are drawn. A line feed is a character like any other here: callers hand in one line at a time.
//!
//! Which breaks are good is decided in [`super::kinsoku`]. A row ends at the last place of the best kind that fits;
//! a worse kind is taken only when the row holds no better one, so a mark that may not begin a row carries the
//! character before it along (追い出し), and the rules yield, never the text, when there is no room to keep them.
//! Each row is laid out as if the text began there: wrapping the rest of a paragraph gives the rest of its rows.

use super::Span;
use super::kinsoku::{Break, BreakClass, BreakContext};
use super::width::{Ambiguous, cells};

/// The room a paragraph is wrapped into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Wrap {
    /// Columns of a row, indent included. From 2 on no row is wider, but for a single cluster wider than that.
    pub width: usize,
    /// Columns left blank before the first row. Indents give way where fewer than 2 columns would be left for text.
    pub first_indent: usize,
    /// Columns left blank before the other rows.
    pub rest_indent: usize,
    /// How wide the terminal shows ambiguous characters.
    pub ambiguous: Ambiguous,
}

/// One row on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WrappedRow {
    /// The text of the row in the document, blanks at its end included.
    pub span: Span,
    /// Columns left blank before the text.
    pub indent: u16,
    /// Columns of the text, without the indent and without the blanks at its end (which are not drawn).
    pub width: u16,
}

/// Wraps `text`, which begins at byte `base` of its document. An empty text is one empty row.
pub fn wrap(text: &str, base: u32, room: &Wrap) -> Vec<WrappedRow> {
    let mut rows = Vec::with_capacity(1 + text.len() / room.width.max(2));
    let mut start = 0;
    loop {
        let wanted = if rows.is_empty() { room.first_indent } else { room.rest_indent };
        let indent = wanted.min(room.width.saturating_sub(2));
        let rest = text.get(start..).unwrap_or_default();
        let (length, width) = lay_row(rest, room.width - indent, room.ambiguous);
        let end = start + length;
        let at = |offset: usize| base.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
        let columns = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        rows.push(WrappedRow { span: Span::new(at(start), at(end)), indent: columns(indent), width: columns(width) });
        start = end;
        if start >= text.len() {
            return rows;
        }
    }
}

/// How much of `rest` stands on a row of `room` columns: bytes, and columns without the blanks at the end.
///
/// Takes at least one cluster, so wrapping always ends.
fn lay_row(rest: &str, room: usize, ambiguous: Ambiguous) -> (usize, usize) {
    // For each kind of break, the last place of that kind: its offset and the columns drawn before it.
    let mut last: [Option<(usize, usize)>; Break::KINDS] = [None; Break::KINDS];
    let mut context = BreakContext::default();
    // Columns up to the last cluster that is drawn, and up to here with the blanks that may hang.
    let (mut drawn, mut used) = (0, 0);
    for cell in cells(rest, ambiguous) {
        let class = BreakClass::of(cell);
        if class != BreakClass::Blank {
            if cell.start > 0 {
                last[context.before(class, cell.first) as usize] = Some((cell.start, drawn));
            }
            if used + cell.columns > room
                && let Some(&(end, width)) = last.iter().flatten().next()
            {
                return (end, width);
            }
            drawn = used + cell.columns;
        }
        used += cell.columns;
        context.step(class, cell.first);
    }
    (rest.len(), drawn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::str_width;
    use proptest::prelude::*;

    const BLANKS: [char; 3] = [' ', '\t', '\u{3000}'];

    fn rows(text: &str, width: usize) -> Vec<&str> {
        let room = Wrap { width, ..Wrap::default() };
        wrap(text, 0, &room).into_iter().map(|row| row.span.slice(text)).collect()
    }

    #[test]
    fn rows_of_reports() {
        let cases: [(&str, usize, &[&str]); 20] = [
            ("", 10, &[""]),
            ("常委会", 10, &["常委会"]),
            ("常委会工作报告", 6, &["常委会", "工作报", "告"]),
            ("常委会工作", 7, &["常委会", "工作"]),
            // The mark would begin a row: it takes the character before it along.
            ("改革开放，稳定", 8, &["改革开", "放，稳定"]),
            ("听取报告”）。又", 8, &["听取报", "告”）。", "又"]),
            // An opening mark does not end a row, nor do two.
            ("认真执行（《监督法》）", 10, &["认真执行", "（《监督", "法》）"]),
            ("共12345人", 6, &["共", "12345", "人"]),
            ("首飞C919成功", 6, &["首飞", "C919成", "功"]),
            ("增长3.5%以上", 7, &["增长", "3.5%以", "上"]),
            ("在２０２３年", 8, &["在", "２０２３", "年"]),
            ("道路——前进", 5, &["道", "路——", "前进"]),
            ("这里……好", 4, &["这", "里……", "好"]),
            // Blanks hang, however many.
            ("work report", 4, &["work ", "repo", "rt"]),
            ("市     区", 2, &["市     ", "区"]),
            ("　　各位代表", 8, &["　　各位", "代表"]),
            ("    ", 2, &["    "]),
            // A run that no row can hold is cut, and not before its own punctuation.
            ("ABCDEFGH。", 4, &["ABCD", "EFG", "H。"]),
            ("（1,234,567）", 5, &["（1,2", "34,56", "7）"]),
            // No room for the rules.
            ("《甲》，乙", 2, &["《", "甲", "》", "，", "乙"]),
        ];
        for (text, width, want) in cases {
            assert_eq!(rows(text, width), want, "{text:?} in {width}");
        }
    }

    #[test]
    fn indents_widths_and_offsets() {
        let room = Wrap { width: 8, first_indent: 4, rest_indent: 2, ambiguous: Ambiguous::Narrow };
        let got = wrap("一二三 四五六", 100, &room);
        let row = |start, end, indent, width| WrappedRow { span: Span::new(start, end), indent, width };
        assert_eq!(got, [row(100, 106, 4, 4), row(106, 113, 2, 5), row(113, 119, 2, 4)]);
        // Indents give way in a narrow room.
        let got = wrap("一二", 0, &Wrap { width: 3, ..room });
        assert_eq!(got, [row(0, 3, 1, 2), row(3, 6, 1, 2)]);
        // Ambiguous characters count as the terminal shows them.
        let wide = Wrap { width: 6, ambiguous: Ambiguous::Wide, ..Wrap::default() };
        assert_eq!(wrap("“一”", 0, &wide).len(), 1);
        assert_eq!(wrap("“一二”", 0, &wide).len(), 2);
    }

    #[test]
    fn impossible_room_still_ends() {
        for width in 0..3 {
            for text in ["一二", "，，，，", "（（（（", "a\u{301}\u{301}b", "👨‍👩‍👧👨‍👩‍👧"]
            {
                let room = Wrap { width, first_indent: 9, rest_indent: 9, ambiguous: Ambiguous::Wide };
                assert_eq!(wrap(text, 0, &room).last().map(|row| row.span.end as usize), Some(text.len()));
            }
        }
    }

    /// Text such as reports hold, and worse.
    fn report_text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "常委会",
            "工作",
            "报告",
            "的",
            "，",
            "。",
            "、",
            "；",
            "：",
            "“",
            "”",
            "（",
            "）",
            "《",
            "》",
            "2023",
            "年",
            "C919",
            "3.5%",
            "1,234",
            "GB/T",
            "e-mail",
            "——",
            "……",
            "·",
            "％",
            "２０２３",
            " ",
            "  ",
            "　",
            "(",
            ")",
            ",",
            ".",
            "\"",
            "℃",
            "￥",
            "12345",
            "(一)",
            "e\u{301}",
            "👨‍👩‍👧",
            "\u{1b}",
            "\u{a0}",
            "！",
            "？",
            "【",
            "】",
            "々",
        ]);
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![3 => report_text(), 1 => any::<String>(), 1 => "\\PC{0,120}"]
    }

    fn any_room() -> impl Strategy<Value = Wrap> {
        (prop_oneof![2usize..24, 2usize..=200], 0usize..8, 0usize..8, any::<bool>()).prop_map(
            |(width, first, rest, wide)| {
                let ambiguous = if wide { Ambiguous::Wide } else { Ambiguous::Narrow };
                Wrap { width, first_indent: first, rest_indent: rest, ambiguous }
            },
        )
    }

    /// The rules once more, from plain lists and without the classes above.
    fn may_not_start(c: char) -> bool {
        "。，、；：！？”’）》」』】〉〕…—·％%‰℃~,.;:!?)]}々ー".contains(c)
    }

    fn may_not_end(c: char) -> bool {
        "“‘（《「『【〈〔([{￥$№".contains(c)
    }

    fn is_letter_or_digit(c: char) -> bool {
        c.is_ascii_alphanumeric() || matches!(c, '０'..='９')
    }

    fn is_han(c: char) -> bool {
        ('一'..='龥').contains(&c)
    }

    /// Whether a row holds a place where it could have ended without breaking any rule. A row that holds one has no
    /// excuse; a row that holds none is *forced*.
    fn has_plain_break(row: &str) -> bool {
        let chars: Vec<char> = row.chars().collect();
        chars.windows(2).any(|pair| match pair {
            &[a, b] => (is_han(a) && (is_han(b) || is_letter_or_digit(b))) || (is_letter_or_digit(a) && is_han(b)),
            _ => false,
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn nothing_is_lost_and_no_row_is_too_wide(text in any_text(), room in any_room(), base in 0u32..1000) {
            let rows = wrap(&text, base, &room);
            prop_assert_eq!(rows[0].span.start, base);
            prop_assert_eq!(rows[rows.len() - 1].span.end as usize, base as usize + text.len());
            for pair in rows.windows(2) {
                prop_assert_eq!(pair[0].span.end, pair[1].span.start);
                prop_assert!(!pair[1].span.is_empty());
            }
            for row in rows {
                let slice = &text[row.span.start as usize - base as usize..row.span.end as usize - base as usize];
                let drawn = slice.trim_end_matches(|c| BLANKS.contains(&c) || matches!(c, '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}'));
                let width = usize::from(row.indent) + usize::from(row.width);
                prop_assert!(width <= room.width || cells(drawn, room.ambiguous).count() == 1, "{:?} {}", slice, width);
                if cells(slice, room.ambiguous).map(|cell| cell.end).any(|end| end == drawn.len()) {
                    prop_assert_eq!(str_width(drawn, room.ambiguous), usize::from(row.width));
                }
            }
        }

        #[test]
        fn rules_hold_unless_forced(text in report_text(), room in any_room()) {
            let rows: Vec<&str> = wrap(&text, 0, &room).into_iter().map(|row| row.span.slice(&text)).collect();
            for pair in rows.windows(2).filter(|pair| has_plain_break(pair[0])) {
                let end = pair[0].trim_end_matches(BLANKS).chars().next_back().unwrap_or('一');
                let start = pair[1].chars().next().unwrap_or('一');
                prop_assert!(!may_not_start(start), "{:?}", pair);
                prop_assert!(!may_not_end(end), "{:?}", pair);
                let cut = pair[0].ends_with(is_letter_or_digit) && is_letter_or_digit(start);
                prop_assert!(!cut, "{:?}", pair);
            }
        }

        #[test]
        fn rows_are_filled(text in report_text(), room in any_room()) {
            // What stands between two 汉字 at the head of a row would not have fitted on the row before.
            let rows = wrap(&text, 0, &room);
            for pair in rows.windows(2) {
                let (row, next) = (pair[0].span.slice(&text), pair[1].span.slice(&text));
                let chars: Vec<(usize, char)> = next.char_indices().collect();
                let head = chars.windows(2).find(|w| is_han(w[0].1) && is_han(w[1].1)).map(|w| &next[..w[1].0]);
                if let Some(head) = head {
                    let whole = str_width(&format!("{row}{head}"), room.ambiguous);
                    prop_assert!(whole + usize::from(pair[0].indent) > room.width, "{:?} {:?}", row, head);
                }
            }
        }

        #[test]
        fn wrapping_again_changes_nothing(text in any_text(), room in any_room()) {
            let rows = wrap(&text, 0, &room);
            let rest = Wrap { first_indent: room.rest_indent, ..room };
            for (i, row) in rows.iter().enumerate() {
                let one = Wrap { first_indent: usize::from(row.indent), ..room };
                prop_assert_eq!(&wrap(row.span.slice(&text), row.span.start, &one), &[*row]);
                if i > 0 {
                    let from = &text[row.span.start as usize..];
                    prop_assert_eq!(&wrap(from, row.span.start, &rest), &rows[i..]);
                }
            }
        }
    }
}
