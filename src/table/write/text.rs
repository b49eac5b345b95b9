//! A table for people: cells under their headings, aligned by display width, numbers rounded. In: a table, or rows of
//! texts. Out: lines; none where there is no row.

use std::io::{self, Write};

use crate::table::Table;
use crate::text::Lang;
use crate::text::visible::visible;
use crate::text::width::{Ambiguous, fit, str_width};

/// Writes the first `rows` rows of a table.
pub fn write(out: &mut dyn Write, table: &Table, rows: usize, lang: Lang, ambiguous: Ambiguous) -> io::Result<()> {
    let columns = table.for_people();
    let heads: Vec<(&str, bool)> =
        columns.iter().map(|(_, column)| (column.heading(lang), column.kind.is_right())).collect();
    let mut rows: Vec<Vec<String>> = (0..table.len().min(rows))
        .map(|row| columns.iter().map(|&(at, c)| table.cell(row, at).shown(c.kind).into_owned()).collect())
        .collect();
    if let Some((at, words)) = &table.border {
        rows.insert((*at).min(rows.len()), vec![format!("—— {words}")]);
    }
    write_rows(out, &heads, &rows, ambiguous)
}

/// Writes rows of texts under their headings; `true` beside a heading: its cells stand to the right.
pub fn write_rows(
    out: &mut dyn Write,
    heads: &[(&str, bool)],
    rows: &[Vec<String>],
    ambiguous: Ambiguous,
) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows: Vec<Vec<String>> = std::iter::once(heads.iter().map(|(head, _)| (*head).to_owned()).collect())
        .chain(rows.iter().map(|row| row.iter().map(|cell| visible(cell).into_owned()).collect()))
        .collect();
    let widths: Vec<usize> = (0..heads.len())
        .map(|c| rows.iter().filter_map(|row| row.get(c)).map(|cell| str_width(cell, ambiguous)).max().unwrap_or(0))
        .collect();
    for row in &rows {
        let mut line = String::new();
        for ((cell, &width), (_, right)) in row.iter().zip(&widths).zip(heads) {
            if !line.is_empty() {
                line.push_str("  ");
            }
            line.push_str(&if *right { to_the_right(cell, width, ambiguous) } else { fit(cell, width, ambiguous) });
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// `text` with blanks before it, up to `columns` columns.
pub fn to_the_right(text: &str, columns: usize, ambiguous: Ambiguous) -> String {
    " ".repeat(columns.saturating_sub(str_width(text, ambiguous))) + text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_aligned_by_display_width() {
        let mut out = Vec::new();
        let rows = [vec!["长春".into(), "5".into()], vec!["ab".into(), "123".into()]];
        write_rows(&mut out, &[("地方", false), ("次", true)], &rows, Ambiguous::Narrow).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "地方   次\n长春    5\nab    123\n");
    }
}
