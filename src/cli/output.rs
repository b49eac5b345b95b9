//! Results to standard output. In: records. Out: JSON Lines, CSV or an aligned table, without a colour or an escape code.
//! Does not know about: what the records mean.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use super::{FormatFlags, Setting};
use crate::text::visible::{is_hidden, visible};
use crate::text::width::{Ambiguous, fit, str_width};

/// One line of results. JSON carries every field; CSV and the table carry the cells.
pub trait Record: Serialize {
    /// Names of the cells, as in JSON.
    const COLUMNS: &'static [&'static str];
    /// What CSV holds, one text per column.
    fn cells(&self) -> Vec<String>;
}

/// A column of a table for people: its heading in both languages, and whether its cells are numbers.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Chinese heading.
    pub zh: &'static str,
    /// English heading.
    pub en: &'static str,
    /// Numbers stand to the right.
    pub right: bool,
}

impl Column {
    /// A column of words.
    pub const fn words(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en, right: false }
    }

    /// A column of numbers.
    pub const fn number(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en, right: true }
    }
}

/// Prints `records` as JSON Lines or CSV; `None` if neither was asked for, and a table is due.
pub fn write_records<R: Record>(
    out: &mut dyn Write,
    format: FormatFlags,
    records: impl IntoIterator<Item = R>,
) -> Option<io::Result<()>> {
    match format {
        FormatFlags { json: true, .. } => Some(write_json(out, records)),
        FormatFlags { csv: true, .. } => Some(write_csv(out, records)),
        _ => None,
    }
}

fn write_json<R: Record>(out: &mut dyn Write, records: impl IntoIterator<Item = R>) -> io::Result<()> {
    for record in records {
        record.serialize(&mut Serializer::with_formatter(&mut *out, Harmless))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn write_csv<R: Record>(out: &mut dyn Write, records: impl IntoIterator<Item = R>) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(R::COLUMNS).map_err(io_error)?;
    for record in records {
        csv.write_record(record.cells().iter().map(|cell| visible(cell).into_owned())).map_err(io_error)?;
    }
    csv.flush()
}

/// The error beneath, so that a closed pipe is still seen as one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Prints rows of cells under their headings, columns aligned by display width; nothing if there is no row.
pub fn write_table(out: &mut dyn Write, setting: &Setting, columns: &[Column], rows: &[Vec<String>]) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let ambiguous = setting.ambiguous();
    let heading = columns.iter().map(|column| setting.lang.pick(column.zh, column.en).to_owned()).collect();
    let rows: Vec<Vec<String>> = std::iter::once(heading)
        .chain(rows.iter().map(|row| row.iter().map(|cell| visible(cell).into_owned()).collect()))
        .collect();
    let widths: Vec<usize> = (0..columns.len())
        .map(|c| rows.iter().filter_map(|row| row.get(c)).map(|cell| str_width(cell, ambiguous)).max().unwrap_or(0))
        .collect();
    for row in &rows {
        let mut line = String::new();
        for ((cell, &width), column) in row.iter().zip(&widths).zip(columns) {
            if !line.is_empty() {
                line.push_str("  ");
            }
            line.push_str(&if column.right {
                to_the_right(cell, width, ambiguous)
            } else {
                fit(cell, width, ambiguous)
            });
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// `text` with blanks before it, up to `columns` columns.
pub fn to_the_right(text: &str, columns: usize, ambiguous: Ambiguous) -> String {
    " ".repeat(columns.saturating_sub(str_width(text, ambiguous))) + text
}

/// JSON whose strings hold no character that a terminal might obey: those are written as `\uXXXX`, so nothing is lost.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, hidden)) = rest.char_indices().find(|(_, c)| is_hidden(*c)) {
            let (before, after) = rest.split_at(at);
            CompactFormatter.write_string_fragment(out, before)?;
            for unit in hidden.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = after.get(hidden.len_utf8()..).unwrap_or_default();
        }
        CompactFormatter.write_string_fragment(out, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Pair {
        a: String,
        n: u32,
    }

    impl Record for Pair {
        const COLUMNS: &'static [&'static str] = &["a", "n"];
        fn cells(&self) -> Vec<String> {
            vec![self.a.clone(), self.n.to_string()]
        }
    }

    fn written(json: bool, a: &str) -> String {
        let mut out = Vec::new();
        let format = FormatFlags { json, csv: !json };
        write_records(&mut out, format, [Pair { a: a.into(), n: 7 }]).unwrap().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn json_loses_nothing_and_obeys_nothing() {
        for text in ["甲\u{1b}[31m\"乙\"\\", "\u{9b}2J\u{202e}\u{e0001}\n", ""] {
            let line = written(true, text);
            assert!(!line.trim_end().chars().any(is_hidden), "{line:?}");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&line).unwrap()["a"], text);
        }
    }

    #[test]
    fn csv_quotes_and_shows_what_is_hidden() {
        assert_eq!(written(false, "甲,\"乙\"\u{1b}"), "a,n\n\"甲,\"\"乙\"\"␛\",7\n");
    }

    #[test]
    fn tables_are_aligned_by_display_width() {
        let mut out = Vec::new();
        let columns = [Column::words("地方", "place"), Column::number("次", "count")];
        let rows = [vec!["长春".into(), "5".into()], vec!["ab".into(), "123".into()]];
        write_table(&mut out, &Setting::default(), &columns, &rows).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "地方   次\n长春    5\nab    123\n");
    }
}
