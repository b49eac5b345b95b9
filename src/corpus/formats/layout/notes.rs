//! Notes at the foot of pages. In: the rows of every page, page numbers and heads taken out. Out: the same with the notes behind
//! the last page, where other formats have them, so that a paragraph that goes on over a page is not parted by them. Does not
//! know about: paragraphs.
//!
//! The mark of a note is written `[1]` where the text refers to it and where the note begins.
//!
//! A note is set smaller than the text, stands below all of it and begins with its mark.

use rustc_hash::FxHashSet;

use crate::corpus::formats::layout::rows::{GlyphRow, digit_of_raised};

/// A note's letters are at most this part of the text's.
const SMALLER: f64 = 0.93;

/// Moves the notes of `pages` behind the last.
pub fn move_behind(pages: &mut Vec<Vec<GlyphRow>>) {
    let body = usual_size(pages);
    let mut notes = Vec::new();
    for page in pages.iter_mut() {
        let mut kept = Vec::with_capacity(page.len());
        // Every column has notes of its own.
        for column in page.chunk_by(|a, b| a.column == b.column) {
            let is_small = |row: &&GlyphRow| row.size < body * SMALLER && !row.has_cells && !row.gap;
            let small = column.iter().rev().take_while(is_small).count();
            let from = column.len() - small;
            let first = column.iter().skip(from).position(|row| begins_with_mark(&plain(&row.text)));
            let first = first.filter(|_| from > 0 || !kept.is_empty()).map_or(column.len(), |first| from + first);
            let (text, own) = column.split_at(first);
            kept.extend_from_slice(text);
            notes.extend_from_slice(own);
        }
        *page = kept;
    }
    let mut marks = FxHashSet::default();
    for note in &mut notes {
        note.text = plain(&note.text);
        let digits = note.text.bytes().take_while(u8::is_ascii_digit).count();
        if begins_with_mark(&note.text) && (1..=3).contains(&digits) {
            let (mark, words) = note.text.split_at(digits);
            marks.insert(mark.to_owned());
            note.text = format!("[{mark}] {}", words.trim_start());
        }
    }
    for row in pages.iter_mut().flatten() {
        row.text = marked(&row.text, &marks);
    }
    if !notes.is_empty() {
        pages.push(notes);
    }
}

/// The text with raised figures as any others.
fn plain(text: &str) -> String {
    text.chars().map(|c| digit_of_raised(c).unwrap_or(c)).collect()
}

/// The same, but for those that are the mark of a note: not m², not 10³.
fn marked(text: &str, marks: &FxHashSet<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c| digit_of_raised(c).is_some()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(|c| digit_of_raised(c).is_none()).unwrap_or(rest.len());
        let number = plain(&rest[..end]);
        let power = out.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '[');
        if marks.contains(&number) && !power {
            out.push_str(&format!("[{number}]"));
        } else {
            out.push_str(&number);
        }
        rest = &rest[end..];
    }
    out + rest
}

/// The size of most letters.
fn usual_size(pages: &[Vec<GlyphRow>]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = pages.iter().flatten().map(|row| (row.size, row.text.chars().count())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, chars)| chars).sum::<usize>() / 2;
    let mut passed = 0;
    let middle = sizes.iter().find(|(_, chars)| {
        passed += chars;
        passed > half
    });
    middle.map_or(0.0, |(size, _)| *size)
}

fn begins_with_mark(text: &str) -> bool {
    let circled = |c: char| matches!(c, '①'..='⑳' | '❶'..='❿');
    let bare = text.trim_start_matches(['[', '［', '〔', '(', '（', '*']);
    let bracketed = bare.len() < text.len();
    let digits = bare.chars().take_while(char::is_ascii_digit).count();
    let rest = bare.get(digits..).unwrap_or_default();
    let roman = bare.chars().take_while(|c| matches!(c, 'i' | 'v' | 'x')).count();
    let after_roman = bare.get(roman..).unwrap_or_default();
    text.starts_with(circled)
        || bracketed && (1..=3).contains(&digits) && rest.starts_with([']', '］', '〕', ')', '）'])
        || !bracketed
            && (1..=3).contains(&digits)
            && rest.starts_with(|c: char| !matches!(c, '.' | '．' | '、' | '%' | '年'))
        || roman > 0 && after_roman.starts_with(|c: char| !c.is_ascii_alphanumeric())
        || text.starts_with('*') && !bare.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, size: f64) -> GlyphRow {
        GlyphRow { size, has_cells: false, ..GlyphRow::of_text(text) }
    }

    #[test]
    fn notes_go_behind_and_the_text_meets() {
        let mut pages = vec![
            vec![
                row("各位代表，现在报告工作。", 14.0),
                row("守灯的人每夜登塔三回，把灯", 14.0),
                row("1 灯，指东滩的灯。", 10.0),
                row("见灯册第三页。", 10.0),
            ],
            vec![row("芯剪得齐齐整整，从不误事。", 14.0), row("[2] 塔，指西滩的塔。", 10.0)],
        ];
        move_behind(&mut pages);
        let lengths: Vec<usize> = pages.iter().map(Vec::len).collect();
        assert_eq!(lengths, [2, 1, 3]);
    }

    #[test]
    fn marks_of_notes_are_known_from_powers() {
        let raised = |digit: u32| char::from_u32(0xfdd0 + digit).expect("a raised figure");
        let text = format!("灯亮了。{}塔下十m{}，水10{}吨{}。", raised(1), raised(1), raised(3), raised(2));
        let mut pages = vec![vec![row(&text, 14.0), row(&format!("{} 灯，指东滩的灯。", raised(1)), 10.0)]];
        move_behind(&mut pages);
        assert_eq!(pages[0][0].text, "灯亮了。[1]塔下十m1，水103吨2。");
        assert_eq!(pages[1][0].text, "[1] 灯，指东滩的灯。");
    }

    #[test]
    fn small_print_that_is_no_note_stays() {
        let page = |last: &str| vec![row("守灯的人每夜登塔三回，把灯", 14.0), row(last, 10.0)];
        for last in ["注：数字按年底的账。", "乌有市印刷厂", "2023年的账", "3.5万担"] {
            let mut pages = vec![page(last)];
            move_behind(&mut pages);
            assert_eq!(pages.len(), 1, "{last}");
        }
        let mut all_small = vec![vec![row("1 灯", 10.0)], vec![row("守灯的人每夜登塔三回", 14.0)]];
        move_behind(&mut all_small);
        assert_eq!(all_small.len(), 2);
    }
}
