//! How a table is written. In: a table, a [`OutputFormat`]. Out: its bytes. Does not know about: command lines, files.

use std::io::{self, Write};

use super::separated::Separator;
use super::{json, markdown, separated, text, tiles};
use crate::table::plot::{self, Passages};
use crate::table::{Table, TileMap};
use crate::text::Lang;
use crate::text::visible::visible;
use crate::text::width::Ambiguous;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutputFormat {
    /// An aligned table, or what else suits people.
    Text,
    /// One JSON object a line.
    Json,
    /// Comma-separated values.
    Csv,
    /// Comma-separated values for a spreadsheet.
    Excel,
    /// Tab-separated values.
    Tsv,
    /// A Markdown table.
    Markdown,
    /// A picture.
    Svg,
    /// A page that holds picture, table and passages.
    Html,
}

impl OutputFormat {
    /// Those that make a file.
    pub const FILES: [Self; 7] = [Self::Csv, Self::Excel, Self::Tsv, Self::Markdown, Self::Json, Self::Svg, Self::Html];

    /// Whether people read it, so that it is rounded and short.
    pub const fn is_for_people(self) -> bool {
        matches!(self, Self::Text | Self::Markdown)
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Excel => "Excel",
            Self::Tsv => "TSV",
            Self::Markdown => "Markdown",
            Self::Svg => "SVG",
            Self::Html => "HTML",
        }
    }

    /// How names of its files end.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Json => "json",
            Self::Csv | Self::Excel => "csv",
            Self::Tsv => "tsv",
            Self::Markdown => "md",
            Self::Svg => "svg",
            Self::Html => "html",
        }
    }

    /// The options of the command line that ask for it.
    pub const fn options(self) -> &'static [&'static str] {
        match self {
            Self::Text => &[],
            Self::Json => &["--json"],
            Self::Csv => &["--csv"],
            Self::Excel => &["--csv", "--excel"],
            Self::Tsv => &["--tsv"],
            Self::Markdown => &["--markdown"],
            Self::Svg => &["--svg"],
            Self::Html => &["--html"],
        }
    }
}

/// How a table is written.
#[derive(Debug, Clone, Copy)]
pub struct WriteStyle {
    /// In which format.
    pub format: OutputFormat,
    /// In which language headings are.
    pub lang: Lang,
    /// How wide ambiguous characters are, in an aligned table.
    pub ambiguous: Ambiguous,
    /// At most so many rows for people.
    pub rows: usize,
    /// Whether the settings stand in it too: before the rows, in a document below them.
    pub settings: bool,
}

/// Writes a table; `passages` are what its figures open to on a page.
///
/// # Errors
/// When nothing more can be written; `Unsupported` when no picture can be made of it.
pub fn write(out: &mut dyn Write, table: &Table, style: WriteStyle, passages: &Passages) -> io::Result<()> {
    let WriteStyle { format, lang, ambiguous, rows, .. } = style;
    if style.settings {
        let settings = visible(&table.settings.object);
        match format {
            OutputFormat::Json => writeln!(out, "{{\"settings\":{settings}}}")?,
            OutputFormat::Csv | OutputFormat::Tsv => writeln!(out, "# {settings}")?,
            // A spreadsheet takes the first row for the headings.
            _ => {}
        }
    }
    match format {
        OutputFormat::Json => json::write(out, table),
        OutputFormat::Csv => separated::write(out, table, Separator::Comma, lang),
        OutputFormat::Excel => separated::write(out, table, Separator::Spreadsheet, lang),
        OutputFormat::Tsv => separated::write(out, table, Separator::Tab, lang),
        OutputFormat::Markdown => {
            markdown::write(out, table, rows, lang)?;
            if style.settings {
                writeln!(out, "\n{}", markdown::escape(&table.settings.line))?;
            }
            Ok(())
        }
        OutputFormat::Svg => match plot::svg(table, lang) {
            Some(picture) => writeln!(out, "{picture}"),
            None => {
                let words = lang.pick("这张表画不成图", "no picture can be made of this table");
                Err(io::Error::new(io::ErrorKind::Unsupported, words))
            }
        },
        OutputFormat::Html => out.write_all(plot::page(table, passages, rows, lang).as_bytes()),
        OutputFormat::Text => match TileMap::of(table) {
            Some(map) => tiles::write(out, table, &map, lang, ambiguous),
            None => text::write(out, table, rows, lang, ambiguous),
        },
    }
}
