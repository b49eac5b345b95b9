//! Formats: the bytes of one file to the texts in it.
//!
//! In: bytes and a name. Out: [`Part`]s, each a [`Source`] or what is wrong with it. Does not know about: disks, reports.
//!
//! Whatever a file claims of itself is bounded by [`Limits`]: sizes are counted as they are unpacked, not believed.

mod archive;
pub mod decode;
mod docx;
mod epub;
mod html;
mod numbers;
mod package;
#[cfg(feature = "pdf")]
pub mod pdf;
mod row;
mod tables;
mod web;
mod xml;

use serde::Deserialize;

use crate::corpus::formats::decode::Decoded;
use crate::corpus::{Encoding, IssueKind, LineRange};

/// The extensions that are read, in lower case. Files named .doc or .wps are looked into: many are web pages or .docx.
pub const EXTENSIONS: &[&str] = &[
    "txt",
    "text",
    "md",
    "markdown",
    "docx",
    "docm",
    "dotx",
    "html",
    "htm",
    "xhtml",
    "shtml",
    "csv",
    "tsv",
    "jsonl",
    "ndjson",
    "json",
    "zip",
    "epub",
    "doc",
    "wps",
    #[cfg(feature = "pdf")]
    "pdf",
];

/// What one file may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes that one entry of an archive may unpack to.
    pub entry: u64,
    /// Bytes that one file may unpack to in all.
    pub total: u64,
    /// Entries of one archive that are looked at.
    pub entries: usize,
    /// How deep archives may stand in archives.
    pub depth: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entry: 64 << 20, total: 512 << 20, entries: 20_000, depth: 2 }
    }
}

/// A text and what its file says of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The text, without a byte order mark. Undecodable bytes are U+FFFD.
    pub text: String,
    /// How its bytes were read.
    pub encoding: Encoding,
    /// Whether any bytes could not be decoded (so that U+FFFD in the text may be ours and not the source's).
    pub malformed: bool,
    /// Levels (1 to 6) of the lines (1-based, ascending) that the file sets as headings.
    pub levels: Vec<(u32, u8)>,
    /// Where the file says itself which lines are one report; empty where it does not.
    pub rows: Vec<Row>,
    /// Lines that the file sets as rows of tables, ascending. A table that only sets the page is none.
    pub tables: Vec<LineRange>,
}

impl Source {
    /// Plain text.
    pub fn of_text(text: String, encoding: Encoding) -> Self {
        Self { text, encoding, malformed: false, levels: Vec::new(), rows: Vec::new(), tables: Vec::new() }
    }
}

impl From<Decoded> for Source {
    fn from(decoded: Decoded) -> Self {
        let Decoded { text, encoding, malformed } = decoded;
        Self { malformed, ..Self::of_text(text, encoding) }
    }
}

/// One report of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its first line, 1-based.
    pub first: u32,
    /// Its last line.
    pub last: u32,
    /// Its title, if the table has a column of them.
    pub title: Option<String>,
    /// What other columns say of it (place, year), as file names would.
    pub names: Vec<String>,
}

/// One text of a file, or what is wrong with it.
#[derive(Debug)]
pub struct Part {
    /// Its name inside the file (`2024/乌有市.txt`); none if it is the file.
    pub name: Option<String>,
    /// The text.
    pub source: Result<Source, IssueKind>,
}

/// What a file is, whatever its extension says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Archive,
    Html,
    Table,
    Json,
    Pdf,
    /// Not read; known by its content to be no text.
    Foreign,
}

/// What a person says of how a file is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// How to decode it.
    pub encoding: Option<Encoding>,
    /// What the columns of a table are.
    pub columns: ColumnNames,
}

/// Names of a table's columns; those not named are guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnNames {
    /// The text of a report.
    pub content: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The year in which it was given, as in the name of a file: a report of 2024 looks back on 2023.
    pub year: Option<String>,
    /// Its place, from the largest to the smallest part of its name.
    #[serde(default)]
    pub place: Vec<String>,
}

/// Reads the file called `name`, of which a person says what is `said`.
pub fn read(name: &str, bytes: Vec<u8>, said: &Said, limits: &Limits) -> Vec<Part> {
    let mut budget = limits.total;
    read_within(name, bytes, said, limits, &mut budget, 0)
}

/// Whether a file is a plain text, and so nothing but one text.
pub fn is_plain(name: &str, bytes: &[u8]) -> bool {
    format(&extension(name), bytes) == Format::Text
}

/// The text of a plain file.
pub fn plain_text(bytes: &[u8], encoding: Option<Encoding>) -> Option<String> {
    decoded(bytes, encoding, false).ok().map(|decoded| decoded.text)
}

fn read_within(name: &str, bytes: Vec<u8>, said: &Said, limits: &Limits, budget: &mut u64, depth: u8) -> Vec<Part> {
    let (encoding, columns) = (said.encoding, &said.columns);
    let extension = extension(name);
    let one = |source: Result<Source, IssueKind>| vec![Part { name: None, source }];
    match format(&extension, &bytes) {
        Format::Archive => package::read(&bytes, said, limits, budget, depth),
        Format::Html => one(decoded(bytes, encoding, true).map(web::read)),
        Format::Table => {
            one(decoded(bytes, encoding, false).and_then(|d| tables::read_csv(d, columns, extension == "tsv")))
        }
        Format::Json => one(decoded(bytes, encoding, false).and_then(|d| tables::read_json(d, columns))),
        #[cfg(feature = "pdf")]
        Format::Pdf => one(pdf::read(bytes, limits)),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => one(Err(IssueKind::UnknownFormat("pdf".into()))),
        Format::Foreign => one(Err(IssueKind::UnknownFormat(extension))),
        Format::Text => one(decoded(bytes, encoding, false).map(Source::from)),
    }
}

fn decoded(bytes: impl AsRef<[u8]>, encoding: Option<Encoding>, declares: bool) -> Result<Decoded, IssueKind> {
    match encoding {
        Some(encoding) => Ok(decode::decode_by(encoding, bytes.as_ref())),
        None if declares => decode::decode_declared(bytes).ok_or(IssueKind::Binary),
        None => decode::decode(bytes).ok_or(IssueKind::Binary),
    }
}

/// The extension of a file's name, in lower case.
fn extension(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    base.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

fn format(extension: &str, bytes: &[u8]) -> Format {
    let head = &bytes[..bytes.len().min(1024)];
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Format::Archive;
    }
    if head.starts_with(b"%PDF-") {
        return Format::Pdf;
    }
    match extension {
        "pdf" => Format::Pdf,
        "html" | "htm" | "xhtml" | "shtml" => Format::Html,
        "csv" | "tsv" => Format::Table,
        "jsonl" | "ndjson" | "json" => Format::Json,
        "doc" | "wps" if looks_html(head) => Format::Html,
        "doc" | "wps" => Format::Foreign,
        // An archive that does not begin like one is a broken one.
        "docx" | "docm" | "dotx" | "zip" | "epub" => Format::Archive,
        _ => Format::Text,
    }
}

fn looks_html(head: &[u8]) -> bool {
    let lower = head.to_ascii_lowercase();
    [b"<html".as_slice(), b"<!doctype html", b"<meta", b"<body"]
        .iter()
        .any(|tag| memchr::memmem::find(&lower, tag).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_more_than_a_name() {
        assert_eq!(format("doc", b"<html><body>"), Format::Html);
        assert_eq!(format("doc", &[0xd0, 0xcf, 0x11, 0xe0]), Format::Foreign);
        assert_eq!(format("doc", b"PK\x03\x04"), Format::Archive);
        assert_eq!(format("doc", b"%PDF-1.7"), Format::Pdf);
        assert_eq!(format("txt", "灯".as_bytes()), Format::Text);
        assert_eq!(extension("a/b.tar/灯塔.TXT"), "txt");
        assert_eq!(extension("灯塔"), "");
    }
}
