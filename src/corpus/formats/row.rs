//! The row of a table as lines of text. In: cells, each with its paragraphs and their heading levels. Out: lines.
//! Does not know about: formats.

/// A row whose cells are no longer than this together (in characters) is one line.
const ROW_CHARS: usize = 240;

/// The lines of a table's row: one with tabs between the cells, or each paragraph its own where the table only sets the page.
pub fn lines(cells: Vec<Vec<(String, Option<u8>)>>) -> Vec<(String, Option<u8>)> {
    let filled: Vec<Vec<(String, Option<u8>)>> =
        cells.into_iter().map(|cell| cell.into_iter().filter(|(line, _)| !line.trim().is_empty()).collect()).collect();
    let chars: usize = filled.iter().flatten().map(|(line, _)| line.chars().count()).sum();
    let many = filled.iter().any(|cell| cell.len() > 4);
    let with_words = filled.iter().filter(|cell| !cell.is_empty()).count();
    if with_words == 0 {
        return Vec::new();
    }
    if with_words == 1 || many || chars > ROW_CHARS {
        return filled.into_iter().flatten().collect();
    }
    let cell =
        |cell: &Vec<(String, Option<u8>)>| cell.iter().map(|(line, _)| line.trim()).collect::<Vec<_>>().join(" ");
    vec![(filled.iter().map(cell).collect::<Vec<_>>().join("\t"), None)]
}
