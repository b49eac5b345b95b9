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
mod source;
mod tables;
mod web;
mod xml;

use crate::corpus::formats::decode::Decoded;
use crate::corpus::formats::source::extension;
use crate::corpus::{Encoding, IssueKind};

pub use source::{ColumnNames, EXTENSIONS, Limits, Part, Row, Said, Source};

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
        Format::Archive => package::read(&bytes, said, limits, budget, depth, read_within),
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
