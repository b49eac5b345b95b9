//! The row of a table as lines of text. In: cells, each with its lines. Out: lines. Does not know about: formats.

use crate::corpus::formats::draft::DraftLine;

/// A row whose cells are no longer than this together (in characters) is one line.
const ROW_CHARS: usize = 240;
/// A cell of more lines than this sets a page and no table.
const CELL_LINES: usize = 4;
/// A cell over several rows whose text is no longer (in characters) stands in each of them.
const SPANNED_CHARS: usize = 20;
/// Stands for a longer one.
const DITTO: &str = "〃";

/// The lines of a table's row: one with tabs between the cells, or each line its own where the table only sets the page.
pub fn lines(cells: Vec<Vec<DraftLine>>) -> Vec<DraftLine> {
    let filled: Vec<Vec<DraftLine>> =
        cells.into_iter().map(|cell| cell.into_iter().filter(|line| !line.is_blank()).collect()).collect();
    let chars: usize = filled.iter().flatten().map(|line| line.text.chars().count()).sum();
    let many = filled.iter().any(|cell| cell.len() > CELL_LINES);
    let with_words = filled.iter().filter(|cell| !cell.is_empty()).count();
    if with_words <= 1 || many || chars > ROW_CHARS {
        return filled.into_iter().flatten().collect();
    }
    let text = filled.iter().map(|cell| one_line(cell)).collect::<Vec<_>>().join("\t");
    vec![DraftLine { row: true, ..DraftLine::of_text(text.trim_end_matches('\t')) }]
}

/// What stands in the rows below for a cell that goes over several.
pub fn spanned(cell: &[DraftLine]) -> Vec<DraftLine> {
    let text = one_line(cell);
    let text = if text.chars().count() > SPANNED_CHARS { DITTO.to_owned() } else { text };
    if text.is_empty() { Vec::new() } else { vec![DraftLine::of_text(text)] }
}

fn one_line(cell: &[DraftLine]) -> String {
    let words = |line: &DraftLine| line.text.split_whitespace().collect::<Vec<_>>().join(" ");
    cell.iter().map(words).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(cells: &[&str]) -> Vec<Vec<DraftLine>> {
        cells.iter().map(|cell| cell.split('\n').map(DraftLine::of_text).collect()).collect()
    }

    #[test]
    fn cells_stand_apart() {
        let texts = |of: &[&str]| lines(cells(of)).into_iter().map(|l| (l.text, l.row)).collect::<Vec<_>>();
        assert_eq!(texts(&["灯塔\n(座)", "", "3"]), [("灯塔 (座)\t\t3".to_owned(), true)]);
        assert_eq!(texts(&["", "灯塔"]), [("灯塔".to_owned(), false)]);
        let long = "灯亮了。".repeat(80);
        assert_eq!(texts(&["甲", &long]), [("甲".to_owned(), false), (long.clone(), false)]);
        assert_eq!(spanned(&cells(&["甲塔"])[0])[0].text, "甲塔");
        assert_eq!(spanned(&cells(&[&long])[0])[0].text, DITTO);
    }
}
