//! Formats: the bytes of one file to the texts in it.
//!
//! In: bytes and a name. Out: [`Part`]s, each a [`Source`] or what is wrong with it. Does not know about: disks, reports.
//!
//! Whatever a file claims of itself is bounded by [`Limits`]: sizes are counted as they are unpacked, not believed.

mod archive;
pub mod decode;
mod docx;
mod draft;
mod epub;
mod flat_package;
mod folder;
pub mod format;
mod html;
mod list_numbers;
mod number_format;
mod package;
mod parts;
#[cfg(feature = "pdf")]
pub mod pdf;
mod row;
mod source;
mod symbols;
mod tables;
mod web;
mod xml;

use crate::corpus::formats::decode::Decoded;
use crate::corpus::formats::flat_package::FlatPackage;
use crate::corpus::formats::format::{Format, extension, format};
use crate::corpus::formats::parts::office;
use crate::corpus::{Encoding, IssueKind};

pub use format::EXTENSIONS;
pub use source::{ColumnNames, Limits, Part, Row, Said, Source};

/// Reads the file called `name`, of which a person says what is `said`.
pub fn read(name: &str, bytes: Vec<u8>, said: &Said, limits: &Limits) -> Vec<Part> {
    let mut budget = limits.total;
    read_within(name, bytes, said, limits, &mut budget, 0)
}

/// Whether a file is a plain text, and so nothing but one text.
pub fn is_plain(name: &str, bytes: &[u8]) -> bool {
    format(&extension(name), bytes) == Format::Text
}

/// Whether the file called `name`, which begins so, gives no text whatever follows: then the rest need not be read.
pub fn begins_binary(name: &str, head: &[u8]) -> bool {
    is_plain(name, head) && decode::begins_binary(head)
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
        Format::WordXml => one(decoded(bytes, encoding, true).and_then(|d| docx::read_single(&d.text))),
        Format::FlatPackage => one(decoded(bytes, encoding, true).and_then(|d| read_flat(&d.text))),
        Format::Foreign(name) => one(Err(IssueKind::UnknownFormat(name.into()))),
        Format::Text => one(decoded(bytes, encoding, false).map(Source::from)),
    }
}

fn read_flat(text: &str) -> Result<Source, IssueKind> {
    let mut package = FlatPackage::new(text);
    match office(&mut package)? {
        Some((parts::Office::Word, main)) => docx::read(&mut package, &main),
        _ => Err(IssueKind::UnknownFormat("xml".into())),
    }
}

fn decoded(bytes: impl AsRef<[u8]>, encoding: Option<Encoding>, declares: bool) -> Result<Decoded, IssueKind> {
    match encoding {
        Some(encoding) => Ok(decode::decode_by(encoding, bytes.as_ref())),
        None if declares => decode::decode_declared(bytes).ok_or(IssueKind::Binary),
        None => decode::decode(bytes).ok_or(IssueKind::Binary),
    }
}
