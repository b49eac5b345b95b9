//! Results that are no table of an analysis, to standard output. In: records. Out: JSON Lines, separated values, Markdown or
//! an aligned table, by the writers of [`crate::table::write`]. Does not know about: what the records mean.

use std::io::{self, Write};

use serde::Serialize;

use super::format::OutputFormat;
use super::{FormatFlags, Setting};
use crate::table::plot;
use crate::table::write::heading;
use crate::table::write::separated::Separator;
pub use crate::table::write::text::to_the_right;
use crate::table::write::{json, markdown, separated, text};
use crate::text::Lang;

/// One line of results. JSON carries every field; separated values and Markdown carry the cells.
pub trait Record: Serialize {
    /// Names of the cells, as in JSON.
    const COLUMNS: &'static [&'static str];
    /// What separated values hold, one text per column.
    fn cells(&self) -> Vec<String>;
}

/// A column of a table for people: its heading in both languages, and whether its cells are numbers.
#[derive(Debug, Clone, Copy)]
pub struct OutputColumn {
    /// Chinese heading.
    pub zh: &'static str,
    /// English heading.
    pub en: &'static str,
    /// Numbers stand to the right.
    pub right: bool,
}

impl OutputColumn {
    /// A column of words.
    pub const fn words(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en, right: false }
    }

    /// A column of numbers.
    pub const fn number(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en, right: true }
    }
}

/// Prints `records` in the format asked for; `None` if none was, and a table is due.
pub fn write_records<R: Record>(
    out: &mut dyn Write,
    (format, lang): (FormatFlags, Lang),
    records: impl IntoIterator<Item = R>,
) -> Option<io::Result<()>> {
    let mut records = records.into_iter();
    let separator = match format.format() {
        OutputFormat::Excel => Separator::Spreadsheet,
        OutputFormat::Tsv => Separator::Tab,
        _ => Separator::Comma,
    };
    Some(match format.format() {
        OutputFormat::Json => records.try_for_each(|record| json::write_object(out, &record)),
        OutputFormat::Csv | OutputFormat::Excel | OutputFormat::Tsv => {
            separated::write_rows(out, R::COLUMNS, records.map(|record| record.cells()), separator, lang)
        }
        OutputFormat::Markdown => markdown::write_rows(out, R::COLUMNS, records.map(|record| record.cells())),
        OutputFormat::Html => {
            let heads: Vec<&str> = R::COLUMNS.iter().map(|id| heading(id, lang)).collect();
            let rows = records.map(|record| record.cells());
            out.write_all(plot::page_of_rows(&heads, rows, lang).as_bytes())
        }
        OutputFormat::Svg => Err(io::Error::other(lang.pick("这张表画不成图", "no picture can be made of this table"))),
        OutputFormat::Text => return None,
    })
}

/// Prints rows of cells under their headings, columns aligned by display width; nothing if there is no row.
pub fn write_table(
    out: &mut dyn Write,
    setting: &Setting,
    columns: &[OutputColumn],
    rows: &[Vec<String>],
) -> io::Result<()> {
    let heads: Vec<(&str, bool)> =
        columns.iter().map(|column| (setting.lang.pick(column.zh, column.en), column.right)).collect();
    text::write_rows(out, &heads, rows, setting.ambiguous())
}
