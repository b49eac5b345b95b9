//! Separated values with a heading row: CSV (commas) and TSV (tabs). Every field of JSON is a column, with the same digits;
//! the field `file` of an object `other` is the column `other_file`.
//! In: a table, or rows of texts. Out: lines.

use std::io::{self, Write};

use super::headings;
use crate::table::{Column, Table};
use crate::text::Lang;
use crate::text::visible::visible;

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// A comma.
    Comma,
    /// A tab.
    Tab,
    /// A comma, for a spreadsheet: a byte order mark says that it is UTF-8, and no cell is taken for a formula.
    Spreadsheet,
}

impl Separator {
    const fn byte(self) -> u8 {
        match self {
            Self::Comma | Self::Spreadsheet => b',',
            Self::Tab => b'\t',
        }
    }
}

/// Writes the rows of a table; `lang` is that of headings for a spreadsheet.
pub fn write(out: &mut dyn Write, table: &Table, separator: Separator, lang: Lang) -> io::Result<()> {
    let columns: Vec<usize> = (0..table.columns().len()).filter(|&at| table.columns()[at].programs).collect();
    let named = |column: &Column| match (separator, column.heading(lang)) {
        (Separator::Spreadsheet, words) if words != column.id => words.to_owned(),
        _ => column.id.replace('.', "_"),
    };
    let heading: Vec<String> = columns.iter().map(|&at| named(&table.columns()[at])).collect();
    let heading: Vec<&str> = heading.iter().map(String::as_str).collect();
    let rows = (0..table.len())
        .map(|row| columns.iter().map(|&column| table.cell(row, column).exact().into_owned()).collect::<Vec<_>>());
    write_rows(out, &heading, rows, separator, lang)
}

/// Writes rows of texts under their heading.
pub fn write_rows(
    out: &mut dyn Write,
    heading: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    separator: Separator,
    lang: Lang,
) -> io::Result<()> {
    if separator == Separator::Spreadsheet {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut csv = csv::WriterBuilder::new().delimiter(separator.byte()).from_writer(out);
    csv.write_record(heading.iter().map(|id| match separator {
        Separator::Spreadsheet => headings::heading(id, lang),
        Separator::Comma | Separator::Tab => id,
    }))
    .map_err(io_error)?;
    for row in rows {
        csv.write_record(row.iter().map(|cell| shown(cell, separator))).map_err(io_error)?;
    }
    csv.flush()
}

/// A cell as it is written. A spreadsheet takes what begins so for a formula, unless it is a number; a quotation mark
/// before it makes it a text.
fn shown(cell: &str, separator: Separator) -> String {
    const BEGINNINGS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    let is_formula = cell.starts_with(BEGINNINGS) && cell.parse::<f64>().is_err();
    let text = visible(cell);
    if separator == Separator::Spreadsheet && is_formula { format!("'{text}") } else { text.into_owned() }
}

/// The error beneath, so that a closed pipe is still seen as one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_takes_no_cell_for_a_formula() {
        let cells = ["=1+1", "+灯", "-3.5", "-灯", "@x", "\t=1", "＝1", "灯=1"];
        let shown: Vec<String> = cells.iter().map(|cell| shown(cell, Separator::Spreadsheet)).collect();
        assert_eq!(shown, ["'=1+1", "'+灯", "-3.5", "'-灯", "'@x", "' =1", "'＝1", "灯=1"]);
    }

    #[test]
    fn cells_are_quoted_and_hidden_characters_shown() {
        for (separator, want) in
            [(Separator::Comma, "a,n\n\"甲,\"\"乙\"\"␛\",7\n"), (Separator::Tab, "a\tn\n\"甲,\"\"乙\"\"␛\"\t7\n")]
        {
            let mut out = Vec::new();
            let rows = [vec!["甲,\"乙\"\u{1b}".to_owned(), "7".to_owned()]];
            write_rows(&mut out, &["a", "n"], rows.into_iter(), separator, Lang::En).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), want);
        }
    }
}
