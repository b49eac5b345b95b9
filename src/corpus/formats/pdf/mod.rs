//! PDF with a text layer.
//!
//! In: bytes. Out: a [`Source`] of one line per paragraph, in reading order, page numbers and running heads left out. Does
//! not know about: fonts' shapes, pictures, how characters become lines (`layout`).
//!
//! The library that reads PDF is kept apart (`apart`): so much time, memory and depth.

mod codes;
mod glyphs;
mod radicals;

use std::time::Instant;

use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{InterpreterCache, InterpreterSettings};

use crate::corpus::formats::layout::columns;
use crate::corpus::formats::layout::rows::Row;
use crate::corpus::formats::pdf::glyphs::Lost;
use crate::corpus::formats::source::{Limits, Source};
use crate::corpus::formats::{apart, layout};
use crate::corpus::{Encoding, IssueKind};

/// The name by which a child knows this reader.
pub const NAME: &str = "pdf";
/// A document has at most so many pages.
const MOST_PAGES: usize = 5_000;

/// Reads a document.
///
/// # Errors
/// Where it is locked, broken, too large or slow, or nothing in it can be read.
pub fn read(bytes: Vec<u8>, limits: &Limits) -> Result<Source, IssueKind> {
    if bytes.len() as u64 > limits.entry {
        return Err(IssueKind::TooLarge { bytes: bytes.len() as u64, limit: limits.entry });
    }
    let text = apart::read(NAME, bytes, text)?;
    Ok(Source { malformed: true, ..Source::of_text(text, Encoding::Utf8) })
}

/// The text of a document, read here and now.
///
/// # Errors
/// As [`read`].
pub fn text(bytes: Vec<u8>) -> Result<String, IssueKind> {
    layout::text(pages(bytes)?)
}

/// The rows of every page.
fn pages(bytes: Vec<u8>) -> Result<Vec<Vec<Row>>, IssueKind> {
    let limit = Limits::default().entry;
    let deadline = Instant::now() + apart::TIME / 3;
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => IssueKind::Encrypted,
        LoadPdfError::Invalid => IssueKind::Broken("PDF".into()),
    })?;
    let count = pdf.pages().len();
    if count > MOST_PAGES {
        return Err(IssueKind::TooManyPages(u32::try_from(count).unwrap_or(u32::MAX)));
    }
    let (cache, settings) = (InterpreterCache::new(), InterpreterSettings::default());
    let mut pages = Vec::with_capacity(count);
    for page in pdf.pages().iter() {
        // Nobody waits any longer.
        if Instant::now() > deadline {
            return Err(IssueKind::TooSlow(apart::TIME.as_secs()));
        }
        match glyphs::glyphs(page, &cache, &settings, deadline) {
            Ok(glyphs) => pages.push(columns::read(codes::decode_pairs(glyphs))),
            Err(Lost::Endless) => return Err(IssueKind::Bomb(limit)),
            Err(Lost::Broken) => pages.push(vec![Row::lost()]),
        }
    }
    if !pages.is_empty() && pages.iter().flatten().all(|row| *row == Row::lost()) && pages.iter().any(|p| !p.is_empty())
    {
        return Err(IssueKind::Broken("PDF".into()));
    }
    Ok(pages)
}
