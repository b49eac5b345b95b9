//! PDF with a text layer.
//!
//! In: bytes. Out: a [`Source`] of one line per paragraph, page numbers and running heads left out. Does not know about: fonts'
//! shapes, pictures, more than one column.
//!
//! A page that cannot be read is one U+FFFD, as bytes that cannot be decoded are: counted, and shown at its place.
//!
//! The library that reads PDF is given one thread, so much time and so many bytes: what takes longer is left behind in
//! its thread, what panics ends there, and both are an issue of the file.

mod bounds;
mod paragraphs;
mod rows;
mod running;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use oxidize_pdf::parser::{ContentParser, ParseError, ParseOptions, PdfDocument, PdfReader};
use oxidize_pdf::text::{ExtractionOptions, TextExtractor, TextFragment};

use crate::corpus::Encoding;
use crate::corpus::IssueKind;
use crate::corpus::formats::source::{Limits, Source};
use bounds::{Costs, Document, Trouble};
use rows::{Row, Run};

/// What one file may cost.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    time: Duration,
    pages: u32,
    /// Bytes of text on one page.
    text: usize,
}

const ALLOWANCE: Allowance = Allowance { time: Duration::from_secs(30), pages: 5_000, text: 1 << 20 };
/// So many threads may have been left behind before no more PDF is read: each may hold on to memory.
const MOST_LEFT: usize = 2;
/// The library reads what stands inside one another by calling itself.
const STACK: usize = 256 << 20;
/// A text of which more than this part (1 in n) cannot be told is none.
const UNKNOWN: usize = 4;

static LEFT_BEHIND: AtomicUsize = AtomicUsize::new(0);

/// Reads a document.
pub fn read(bytes: Vec<u8>, limits: &Limits) -> Result<Source, IssueKind> {
    if bytes.len() as u64 > limits.entry {
        return Err(IssueKind::TooLarge { bytes: bytes.len() as u64, limit: limits.entry });
    }
    read_within(bytes, ALLOWANCE, pages)
}

type Reader = fn(Vec<u8>, &Allowance) -> Result<Vec<Vec<Row>>, IssueKind>;

/// Runs `reader` in a thread of its own, for so long as it may take.
fn read_within(bytes: Vec<u8>, allowance: Allowance, reader: Reader) -> Result<Source, IssueKind> {
    let too_slow = || IssueKind::TooSlow(allowance.time.as_secs());
    if LEFT_BEHIND.load(Ordering::Relaxed) >= MOST_LEFT {
        return Err(too_slow());
    }
    let (sender, receiver) = mpsc::channel();
    // Set by whoever is done first, the thread or the one who waits; the second knows by it.
    let parted = Arc::new(AtomicBool::new(false));
    let work = {
        let parted = Arc::clone(&parted);
        move || {
            let panicked = |_| Err(IssueKind::Broken("PDF: the reader gave up".into()));
            let found = catch_unwind(AssertUnwindSafe(|| reader(bytes, &allowance))).unwrap_or_else(panicked);
            let _ = sender.send(found);
            if parted.swap(true, Ordering::AcqRel) {
                LEFT_BEHIND.fetch_sub(1, Ordering::Relaxed);
            }
        }
    };
    let started =
        thread::Builder::new().name(crate::corpus::formats::apart::THREAD.into()).stack_size(STACK).spawn(work);
    started.map_err(|error| IssueKind::Unreadable(error.to_string()))?;
    let mut pages = match receiver.recv_timeout(allowance.time) {
        Ok(found) => found?,
        Err(_) => {
            LEFT_BEHIND.fetch_add(1, Ordering::Relaxed);
            if parted.swap(true, Ordering::AcqRel) {
                LEFT_BEHIND.fetch_sub(1, Ordering::Relaxed);
            }
            return Err(too_slow());
        }
    };
    running::take_out(&mut pages);
    let mut text = paragraphs::paragraphs(&pages).join("\n");
    let unknown = text.chars().filter(|c| matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}')).count();
    if text.trim().is_empty() || unknown * UNKNOWN > text.chars().count() {
        return Err(IssueKind::NoTextLayer);
    }
    text.push('\n');
    Ok(Source { malformed: true, ..Source::of_text(text, Encoding::Utf8) })
}

/// The rows of every page.
fn pages(bytes: Vec<u8>, allowance: &Allowance) -> Result<Vec<Vec<Row>>, IssueKind> {
    let deadline = Instant::now() + allowance.time;
    if bounds::is_too_deep(&bytes) {
        return Err(bounds::too_deep());
    }
    let packed = bounds::packed_objects(&bytes);
    let reader = PdfReader::new_with_options(Cursor::new(bytes), ParseOptions::tolerant()).map_err(issue)?;
    // Many are locked against changes only; those open without a password, and are open by now.
    if !reader.is_unlocked() {
        return Err(IssueKind::Encrypted);
    }
    let document = PdfDocument::new(reader);
    match bounds::check_packed(&document, &packed) {
        Err(Trouble::Refused(kind)) => return Err(kind),
        Err(Trouble::Lost(error)) => return Err(issue(error)),
        Ok(()) => {}
    }
    let count = document.page_count().map_err(issue)?;
    if count > allowance.pages {
        return Err(IssueKind::TooManyPages(count));
    }
    // Blanks are told from the gaps between runs, not by the library: in 汉字 set to both edges they are nothing.
    let mut extractor = TextExtractor::with_options(ExtractionOptions {
        preserve_layout: true,
        sort_by_position: false,
        merge_hyphenated: false,
        include_artifacts: true,
        space_threshold: 1e3,
        tj_space_threshold: 1e3,
        max_extracted_bytes: Some(allowance.text),
        ..ExtractionOptions::default()
    });
    let mut pages = Vec::new();
    let mut lost = None;
    let mut costs = Costs::default();
    for index in 0..count {
        // Nobody waits any longer.
        if Instant::now() > deadline {
            return Err(IssueKind::TooSlow(allowance.time.as_secs()));
        }
        match page(&document, index, allowance, &mut extractor, &mut costs) {
            Ok(rows) => pages.push(rows),
            Err(Trouble::Refused(kind)) => return Err(kind),
            Err(Trouble::Lost(error)) => {
                pages.push(vec![Row::lost()]);
                lost.get_or_insert(error);
            }
        }
    }
    match lost {
        Some(error) if pages.iter().flatten().all(|row| *row == Row::lost()) => Err(issue(error)),
        _ => Ok(pages),
    }
}

/// The rows of one page.
fn page(
    document: &Document,
    index: u32,
    allowance: &Allowance,
    extractor: &mut TextExtractor,
    costs: &mut Costs,
) -> Result<Vec<Row>, Trouble> {
    let page = document.get_page(index)?;
    let drawn = bounds::drawing(document, &page, costs)?;
    let text = extractor.extract_from_page(document, index)?;
    if text.truncated {
        return Err(Trouble::Refused(IssueKind::Bomb(allowance.text as u64)));
    }
    if text.fragments.is_empty() {
        // The library takes a drawing that it cannot read for an empty one.
        ContentParser::parse_content_streams(&drawn)?;
    }
    Ok(rows::rows(text.fragments.into_iter().map(|fragment| run(fragment, page.rotation)).collect()))
}

/// A run as it stands on a page that is shown turned by `rotation` degrees.
fn run(fragment: TextFragment, rotation: i32) -> Run {
    let TextFragment { text, x, y, width, font_size, .. } = fragment;
    let (x, y) = match rotation.rem_euclid(360) {
        90 => (y, -x),
        180 => (-x, -y),
        270 => (-y, x),
        _ => (x, y),
    };
    Run { text, x, y, width, size: font_size.abs() }
}

fn issue(error: ParseError) -> IssueKind {
    match error {
        ParseError::EncryptionNotSupported | ParseError::WrongPassword | ParseError::PdfLocked => IssueKind::Encrypted,
        ParseError::EmptyFile => IssueKind::Empty,
        error => IssueKind::Broken(format!("PDF: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(time: Duration, reader: Reader) -> Result<Source, IssueKind> {
        read_within(Vec::new(), Allowance { time, ..ALLOWANCE }, reader)
    }

    #[test]
    fn a_panic_is_an_issue() {
        let found = within(ALLOWANCE.time, |_, _| panic!("灯灭了"));
        assert!(matches!(found, Err(IssueKind::Broken(_))));
    }

    #[test]
    fn nobody_waits_for_ever() {
        // The thread comes back when the test lets it: the channel's other end is gone by then.
        let found = within(Duration::ZERO, |_, _| {
            thread::park_timeout(Duration::from_millis(50));
            Ok(Vec::new())
        });
        assert_eq!(found.err(), Some(IssueKind::TooSlow(0)));
    }

    #[test]
    fn a_text_that_cannot_be_told_is_none() {
        let row = |text: &str| Row { text: text.into(), ..Row::lost() };
        let pages: Reader = |_, _| Ok(vec![vec![Row { text: "\u{e123}\u{fffd}灯".into(), ..Row::lost() }]]);
        assert_eq!(within(ALLOWANCE.time, pages).err(), Some(IssueKind::NoTextLayer));
        assert_ne!(row("灯"), Row::lost());
    }

    #[test]
    fn a_turned_page_reads_as_it_is_shown() {
        let fragment = || TextFragment::new("灯", 30.0, 70.0, 10.0, 10.0, 10.0);
        let at = |rotation| (run(fragment(), rotation).x, run(fragment(), rotation).y);
        assert_eq!([at(0), at(90), at(270)], [(30.0, 70.0), (70.0, -30.0), (-70.0, 30.0)]);
    }
}
