//! PDF with a text layer.
//!
//! In: bytes. Out: a [`Source`] of one line per paragraph, in reading order, page numbers and running heads left out. Does
//! not know about: fonts' shapes, pictures, how characters become lines (`layout`).
//!
//! The library that reads PDF is kept apart (`apart`): so much time, memory and depth. It leaves out what it cannot read and
//! says nothing; so what a page draws is tried as well (`streams`), and what is missing is an issue that names the page.

mod codes;
mod gap;
mod glyphs;
mod page_tree;
mod streams;

use std::time::Instant;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use serde::{Deserialize, Serialize};

use crate::corpus::formats::layout::columns;
use crate::corpus::formats::layout::rows::GlyphRow;
use crate::corpus::formats::pdf::gap::Gap;
use crate::corpus::formats::source::{Limits, Source};
use crate::corpus::formats::{apart, layout};
use crate::corpus::{Encoding, IssueKind};

/// The name by which a child knows this reader.
pub const NAME: &str = "pdf";
/// A document has at most so many pages.
const MOST_PAGES: usize = 5_000;

/// A page (1-based) with a gap, and the line of the text (1-based) that stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct PageGap {
    page: u32,
    line: u32,
    why: Gap,
}

/// What stands on the pages of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PdfText {
    text: String,
    gaps: Vec<PageGap>,
}

/// Reads a document.
///
/// # Errors
/// Where it is locked, broken, too large or slow, or nothing in it can be read.
pub fn read(bytes: Vec<u8>, limits: &Limits) -> Result<Source, IssueKind> {
    if bytes.len() as u64 > limits.entry {
        return Err(IssueKind::TooLarge { bytes: bytes.len() as u64, limit: limits.entry });
    }
    let PdfText { text, gaps } = apart::read(NAME, bytes, text)?;
    Ok(Source { malformed: true, issues: issues(&gaps), ..Source::of_text(text, Encoding::Utf8) })
}

/// One issue for pages one after another that are missing for one reason.
fn issues(gaps: &[PageGap]) -> Vec<(u32, IssueKind)> {
    let together = |a: &PageGap, b: &PageGap| b.page == a.page + 1 && a.why == b.why && a.line == b.line;
    let ends = |run: &[PageGap]| Some((*run.first()?, run.last()?.page));
    let runs = gaps.chunk_by(together).filter_map(ends);
    runs.map(|(first, last)| (first.line, first.why.issue(first.page, last))).collect()
}

/// The text of a document, read here and now.
///
/// # Errors
/// As [`read`].
pub fn text(bytes: Vec<u8>) -> Result<PdfText, IssueKind> {
    let deadline = Instant::now() + apart::TIME / 3;
    if streams::is_too_deep(&bytes) {
        return Err(IssueKind::Broken("PDF: nested too deep".into()));
    }
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => IssueKind::Encrypted,
        LoadPdfError::Invalid => IssueKind::Broken("PDF".into()),
    })?;
    if pdf.pages().len() > MOST_PAGES {
        return Err(IssueKind::TooManyPages(u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX)));
    }
    let (cache, mut streams) = (InterpreterCache::new(), streams::Streams::default());
    let (mut pages, mut gaps) = (Vec::new(), Vec::new());
    for page in page_tree::places(&pdf) {
        if Instant::now() > deadline {
            return Err(IssueKind::TooSlow(apart::TIME.as_secs()));
        }
        let (mut rows, gap) = match page.and_then(|n| pdf.pages().get(n)) {
            None => (Vec::new(), Some(Gap::Damaged)),
            Some(page) => match streams.gap(page) {
                Some(Gap::Endless) => (Vec::new(), Some(Gap::Endless)),
                damage => {
                    let (glyphs, gap) = glyphs::glyphs(page, &cache);
                    (columns::read(codes::decode_pairs(glyphs)), damage.or(gap))
                }
            },
        };
        if let Some(why) = gap {
            rows.push(GlyphRow::of_gap());
            gaps.push(PageGap { page: u32::try_from(pages.len() + 1).unwrap_or(u32::MAX), line: 0, why });
        }
        pages.push(rows);
    }
    nothing_read(&pages, &gaps)?;
    let paged = layout::text(pages)?;
    gaps.iter_mut().zip(paged.gaps).for_each(|(gap, line)| gap.line = line);
    Ok(PdfText { text: paged.text, gaps })
}

/// Whether every page has a gap and no text that is worth having.
fn nothing_read(pages: &[Vec<GlyphRow>], gaps: &[PageGap]) -> Result<(), IssueKind> {
    let all = !gaps.is_empty() && gaps.len() == pages.len();
    if all && gaps.iter().all(|gap| gap.why == Gap::Picture) {
        return Err(IssueKind::NoTextLayer);
    }
    if all && pages.iter().flatten().all(|row| row.gap) {
        return Err(IssueKind::Broken("PDF".into()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_one_after_another_are_one_issue() {
        let gap = |page, line, why| PageGap { page, line, why };
        let gaps = [gap(2, 9, Gap::Damaged), gap(3, 9, Gap::Damaged), gap(5, 20, Gap::Picture)];
        assert_eq!(issues(&gaps), [(9, IssueKind::LostPages(2, 3)), (20, IssueKind::PicturePages(5, 5))]);
        assert!(issues(&[]).is_empty());
    }
}
