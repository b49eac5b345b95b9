//! A Markdown table, for a document: the columns that people see, rounded as they see them. In: a table. Out: lines.

use std::io::{self, Write};

use crate::table::Table;
use crate::text::Lang;
use crate::text::visible::visible;

/// Writes the first `rows` rows of a table.
pub fn write(out: &mut dyn Write, table: &Table, rows: usize, lang: Lang) -> io::Result<()> {
    let columns = table.for_people();
    let heads: Vec<(&str, bool)> =
        columns.iter().map(|(_, column)| (column.heading(lang), column.kind.is_right())).collect();
    let rows = (0..table.len().min(rows))
        .map(|row| columns.iter().map(|&(at, c)| table.cell(row, at).shown(c.kind).into_owned()).collect());
    write_lines(out, &heads, rows)
}

/// Writes rows of texts under their heading.
pub fn write_rows(out: &mut dyn Write, heading: &[&str], rows: impl Iterator<Item = Vec<String>>) -> io::Result<()> {
    let heads: Vec<(&str, bool)> = heading.iter().map(|head| (*head, false)).collect();
    write_lines(out, &heads, rows)
}

fn write_lines(
    out: &mut dyn Write,
    heads: &[(&str, bool)],
    mut rows: impl Iterator<Item = Vec<String>>,
) -> io::Result<()> {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    writeln!(out, "{}", line(heads.iter().map(|(head, _)| escape(head)).collect()))?;
    let rule = |right: bool| if right { "---:" } else { "---" }.to_owned();
    writeln!(out, "{}", line(heads.iter().map(|(_, right)| rule(*right)).collect()))?;
    rows.try_for_each(|row| writeln!(out, "{}", line(row.iter().map(|cell| escape(cell)).collect())))
}

/// A text that ends no cell and no row, and that no terminal obeys.
pub(super) fn escape(text: &str) -> String {
    visible(&text.replace(['\n', '\r'], " ")).replace('\\', "\\\\").replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Cell, Field, Kind, List, Settings};

    #[test]
    fn a_cell_ends_where_it_should() {
        type Of = Field<&'static str>;

        const FIELDS: &[Of] = &[
            Of::new("term", Kind::Term, |row, ()| Cell::text(row)).head("词", "term").people(1),
            Of::new("rate", Kind::Rate, |_, ()| Cell::number(1.005)).head("每万字", "rate").people(2),
        ];
        let mut out = Vec::new();
        let table = Table::new(List::new(vec!["甲|乙\n\u{1b}", "丙"], FIELDS), Settings::default());
        write(&mut out, &table, 1, Lang::Zh).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "| 词 | 每万字 |\n| --- | ---: |\n| 甲\\|乙 ␛ | 1.00 |\n");
    }
}
