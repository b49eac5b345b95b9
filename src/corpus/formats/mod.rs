//! Formats: the bytes of one file to the texts in it.
//!
//! In: bytes and a name. Out: [`FilePart`]s, each a [`Source`] or what is wrong with it. Does not know about: disks, reports.
//!
//! Whatever a file claims of itself is bounded by [`Limits`]: sizes are counted as they are unpacked, not believed.

mod apart;
mod archive;
mod child;
pub mod decode;
mod doc;
mod docx;
mod draft;
mod epub;
mod field;
mod flat_package;
mod folder;
pub mod format;
mod html;
mod html_elements;
mod layout;
mod list_numbers;
mod mime;
mod number_format;
mod ofd;
mod old_workbook;
mod ole;
mod open_tables;
mod package;
mod parts;
mod pdf;
mod row;
mod rtf;
mod sheets;
mod slides;
mod source;
mod symbols;
mod table_rows;
mod tables;
mod tar;
mod web;
mod xml;

use crate::corpus::formats::decode::Decoded;
use crate::corpus::formats::flat_package::FlatPackage;
use crate::corpus::formats::format::{Format, extension, format};
use crate::corpus::formats::ole::Container;
use crate::corpus::formats::parts::office;
use crate::corpus::{Encoding, IssueKind};

pub use apart::{hush_contained, is_contained};
pub use child::{allow as allow_child, allow_at as allow_child_at};
pub use format::EXTENSIONS;
pub use source::{ColumnNames, FilePart, Limits, Said, SheetReport, Source};

/// Reads the file called `name`, of which a person says what is `said`.
pub fn read(name: &str, bytes: Vec<u8>, said: &Said, limits: &Limits) -> Vec<FilePart> {
    let mut budget = limits.total;
    read_within(name, bytes, said, limits, &mut budget, 0)
}

/// Does the work of a child that reads one file, if this process is one, and ends it. To be called before anything else.
pub fn serve_child() {
    child::serve(|name, bytes| match name {
        pdf::NAME => apart::answer(bytes, pdf::text),
        sheets::NAME => apart::answer(bytes, sheets::sheets),
        _ => Vec::new(),
    });
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

fn read_within(name: &str, bytes: Vec<u8>, said: &Said, limits: &Limits, budget: &mut u64, depth: u8) -> Vec<FilePart> {
    let (encoding, columns) = (said.encoding, &said.columns);
    let extension = extension(name);
    let one = |source: Result<Source, IssueKind>| vec![FilePart { name: None, source }];
    match format(&extension, &bytes) {
        Format::Archive => package::read(&bytes, said, limits, budget, depth, read_within),
        Format::Html => one(decoded(bytes, encoding, true).and_then(web::read)),
        Format::Table => {
            one(decoded(bytes, encoding, false).and_then(|d| tables::read_csv(d, columns, extension == "tsv")))
        }
        Format::Json => one(decoded(bytes, encoding, false).and_then(|d| tables::read_json(d, columns))),
        Format::Pdf => one(pdf::read(bytes, limits)),
        Format::Ole if sheets::is_ole(&bytes) => sheets::read(bytes, columns, limits),
        Format::Ole => one(read_ole(&bytes, &extension)),
        Format::Gzip => read_gzip(name, &bytes, said, limits, budget, depth),
        Format::Tar => read_tar(&bytes, said, limits, budget, depth),
        Format::Rtf => one(rtf::read(&bytes)),
        Format::Mime => one(read_mime(&bytes, encoding)),
        Format::WordXml => one(decoded(bytes, encoding, true).and_then(|d| docx::read_single(&d.text))),
        Format::FlatPackage => one(decoded(bytes, encoding, true).and_then(|d| read_flat(&d.text))),
        Format::Foreign(name) => one(Err(IssueKind::UnknownFormat(name.into()))),
        Format::Text => one(decoded(bytes, encoding, false).map(Source::from)),
    }
}

/// What is packed in one file, or the archive of files that it is.
fn read_gzip(name: &str, bytes: &[u8], said: &Said, limits: &Limits, budget: &mut u64, depth: u8) -> Vec<FilePart> {
    let one = |source| vec![FilePart { name: None, source }];
    if depth >= limits.depth {
        return one(Err(IssueKind::Nested));
    }
    let lower = name.to_ascii_lowercase();
    let inner = if lower.ends_with(".gz") { name.get(..name.len() - 3).unwrap_or(name) } else { name };
    match tar::gunzip(bytes, limits, budget) {
        Err(kind) => one(Err(kind)),
        Ok(bytes) => read_within(inner, bytes, said, limits, budget, depth + 1),
    }
}

fn read_tar(bytes: &[u8], said: &Said, limits: &Limits, budget: &mut u64, depth: u8) -> Vec<FilePart> {
    if depth > limits.depth {
        return vec![FilePart { name: None, source: Err(IssueKind::Nested) }];
    }
    let mut files = Vec::new();
    for (name, data) in tar::files(bytes, limits) {
        files.extend(folder::read_one(&name, |_| Ok(data.to_vec()), said, limits, budget, depth + 1, read_within));
    }
    folder::whole(files)
}

/// What a container holds, its streams tell.
fn read_ole(bytes: &[u8], extension: &str) -> Result<Source, IssueKind> {
    // What is damaged is looked through for what is left.
    let left = |issue: IssueKind| match issue {
        IssueKind::Broken(_) => doc::rescue(bytes).ok_or(issue),
        issue => Err(issue),
    };
    let container = match Container::open(bytes) {
        Ok(container) => container,
        Err(issue) => return left(issue),
    };
    if container.holds("WordDocument") {
        return doc::read(&container).or_else(left);
    }
    if container.is_cut()
        && let Some(source) = doc::rescue(bytes)
    {
        return Ok(source);
    }
    if container.holds("EncryptedPackage") {
        return Err(IssueKind::Encrypted);
    }
    let slides = container.holds("PowerPoint Document");
    Err(IssueKind::UnknownFormat(if slides { "ppt" } else { extension }.into()))
}

/// The first page of a message that shows something, else its plain text.
fn read_mime(bytes: &[u8], encoding: Option<Encoding>) -> Result<Source, IssueKind> {
    let mut parts = mime::texts(bytes);
    parts.sort_by_key(|part| !part.html);
    for part in parts {
        let said = encoding.or_else(|| part.charset.as_deref().and_then(Encoding::called));
        let Ok(decoded) = decoded(part.bytes, said, part.html) else { continue };
        let source = if part.html { web::read(decoded)? } else { decoded.into() };
        if !source.text.trim().is_empty() {
            return Ok(source);
        }
    }
    Err(IssueKind::Empty)
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
