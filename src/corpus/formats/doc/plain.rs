//! The characters of a document without what is said of them. In: text with the control characters of Word. Out: lines. Does not
//! know about: how a file stores its text.
//!
//! A row of a table is its cells, each ended by U+0007, and one such mark more. How many cells it has nothing tells but that.

use crate::corpus::formats::draft::DraftLine;

/// The lines of `text`.
pub fn lines(text: &str) -> Vec<DraftLine> {
    let mut lines = Vec::new();
    let mut cells: Vec<String> = Vec::new();
    let mut open = String::new();
    // Fields that stand open: whether their result has begun.
    let mut fields: Vec<bool> = Vec::new();
    for c in text.chars() {
        match c {
            '\r' | '\u{c}' => {
                put_rows(&mut lines, &mut cells);
                lines.push(DraftLine::of_text(std::mem::take(&mut open)));
                fields.clear();
            }
            '\u{7}' => {
                cells.push(std::mem::take(&mut open));
                fields.clear();
            }
            '\u{13}' => fields.push(false),
            '\u{14}' => fields.last_mut().into_iter().for_each(|field| *field = true),
            '\u{15}' => drop(fields.pop()),
            _ if fields.contains(&false) => {}
            '\u{b}' => open.push('\n'),
            '\u{1e}' => open.push('-'),
            c if c.is_control() && c != '\t' => {}
            c => open.push(c),
        }
    }
    put_rows(&mut lines, &mut cells);
    if !open.is_empty() {
        lines.push(DraftLine::of_text(open));
    }
    lines
}

/// Puts cells into rows of the least width at which every row ends with an empty cell; else each cell is a line.
fn put_rows(lines: &mut Vec<DraftLine>, cells: &mut Vec<String>) {
    let cells = std::mem::take(cells);
    let width = (2..=cells.len()).find(|width| {
        cells.len().is_multiple_of(*width)
            && cells.iter().skip(width - 1).step_by(*width).all(|cell| cell.trim().is_empty())
    });
    for row in cells.chunks(width.unwrap_or(1)) {
        let own = if width.is_some() { &row[..row.len() - 1] } else { row };
        let text = own.iter().map(|cell| cell.trim()).collect::<Vec<_>>().join("\t");
        if !text.trim().is_empty() {
            lines.push(DraftLine { row: own.len() > 1, ..DraftLine::of_text(text) });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<String> {
        lines(text).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn paragraphs_rows_and_fields() {
        let text = "灯\u{13} HYPERLINK x \u{14}亮\u{15}了\r品名\u{7}产量\u{7}\u{7}盐\u{7}\u{7}\u{7}完\u{b}了\u{1}";
        assert_eq!(texts(text), ["灯亮了", "品名\t产量", "盐\t", "完\n了"]);
        assert_eq!(texts("甲\u{7}乙\u{7}丙\r"), ["甲", "乙", "丙"]);
    }

    proptest! {
        #[test]
        fn every_character_stands_once(text in "[灯塔\u{7}\r]{0,40}") {
            let want: String = text.chars().filter(|c| !c.is_control()).collect();
            let got: String = texts(&text).concat().chars().filter(|c| !c.is_control()).collect();
            prop_assert_eq!(got, want);
        }
    }
}
