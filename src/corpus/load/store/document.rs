//! A document as bytes, and back. In: a document or bytes. Out: the other. Does not know about: files, when anything is kept.
//!
//! Lines follow one another, so each is written as its distance from the one before it.

use std::path::Path;

use crate::corpus::kept::KeptBytes;
use crate::corpus::{
    Body, Document, DocumentLines, DocumentText, Encoding, Issue, IssueKind, Line, LineKind, LineRange, MinHash,
    Reason, Report, ReportKind, Section,
};
use crate::text::Span;
use crate::text::bytes::{ByteReader, put, put_length, put_option, put_text, put_word};

/// In the order in which they are declared.
const LINE_KINDS: [LineKind; 18] = [
    LineKind::Blank,
    LineKind::Title,
    LineKind::Subtitle,
    LineKind::Salutation,
    LineKind::Formula,
    LineKind::Dateline,
    LineKind::Heading,
    LineKind::Paragraph,
    LineKind::Byline,
    LineKind::Caption,
    LineKind::Attribution,
    LineKind::Repeat,
    LineKind::Running,
    LineKind::Advert,
    LineKind::Contents,
    LineKind::PageHead,
    LineKind::Chrome,
    LineKind::Stray,
];

const REPORT_KINDS: [ReportKind; 5] =
    [ReportKind::Report, ReportKind::Article, ReportKind::Resolution, ReportKind::Bulletin, ReportKind::Other];

const ENCODINGS: [Encoding; 5] =
    [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030, Encoding::Big5];

/// Set in a line's kind where it goes on from the one before.
const JOINS: u8 = 0x80;

/// Where the text of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept<'b> {
    /// In its file, so many bytes once decoded.
    InFile(usize),
    /// Here: to make it out of its file again would take long.
    Here(&'b str),
}

/// Appends a document; `in_file` says that its file is its text and nothing else. `None` if it cannot be kept.
pub fn put_document(out: &mut Vec<u8>, document: &Document, in_file: bool) -> Option<()> {
    out.push(u8::from(in_file));
    if in_file {
        put_length(out, document.text().len());
    } else {
        put_text(out, document.text());
    }
    out.push(document.encoding as u8);
    let mut lines = Vec::new();
    put_lines(&mut lines, &document.lines);
    put_length(out, lines.len());
    out.extend_from_slice(&lines);
    put_length(out, document.reports.len());
    document.reports.iter().for_each(|report| put_report(out, report));
    let sections = document.reports.iter().flat_map(|report| &report.sections);
    put_text(out, &sections.map(|section| section.heading.slice(document.text())).collect::<String>());
    put_length(out, document.issues.len());
    document.issues.iter().try_for_each(|issue| put_issue(out, issue))
}

fn put_lines(out: &mut Vec<u8>, lines: &[Line]) {
    put_length(out, lines.len());
    let mut end = 0;
    for line in lines {
        put(out, line.span.start - end);
        put(out, line.span.end - line.span.start);
        out.push(line.kind as u8 | if line.joins { JOINS } else { 0 });
        out.push(line.reason as u8);
        end = line.span.end;
    }
}

fn take_lines(bytes: &[u8]) -> Option<Vec<Line>> {
    let mut end = 0u32;
    ByteReader(bytes).list(|reader| {
        let start = end.checked_add(reader.narrow()?)?;
        end = start.checked_add(reader.narrow()?)?;
        let kind = reader.byte()?;
        let joins = kind & JOINS != 0;
        let kind = *LINE_KINDS.get(usize::from(kind & !JOINS))?;
        let reason = *Reason::ALL.get(usize::from(reader.byte()?))?;
        Some(Line { span: Span::new(start, end), kind, joins, reason })
    })
}

/// Takes what [`put_document`] put: a document at `path`, whose text `text_of` gives. `blob` is all that the reader reads from.
pub fn take_document(
    blob: &KeptBytes,
    reader: &mut ByteReader<'_>,
    path: &Path,
    text_of: impl FnOnce(Kept<'_>) -> Option<DocumentText>,
) -> Option<Document> {
    let text = match reader.byte()? {
        0 => text_of(Kept::Here(reader.text()?))?,
        _ => text_of(Kept::InFile(reader.narrow()?))?,
    };
    let encoding = *ENCODINGS.get(usize::from(reader.byte()?))?;
    let length = reader.length()?;
    let lines = DocumentLines::later(take_lines, blob.part_of(reader.bytes(length)?));
    let reports = reader.list(take_report)?;
    let length = reader.length()?;
    let text = text.with_headings(blob.part_of(reader.bytes(length)?));
    let issues = reader.list(|reader| take_issue(reader, path))?;
    Some(Document { path: path.to_owned(), encoding, source: text, lines, reports, issues })
}

fn put_report(out: &mut Vec<u8>, report: &Report) {
    put_length(out, report.ranges.len());
    for range in &report.ranges {
        put(out, range.first);
        put(out, range.last);
    }
    out.push(report.kind as u8);
    put_text(out, &report.title);
    put_option(out, report.title_line);
    out.push(u8::from(report.subtitle.is_some()));
    if let Some(subtitle) = &report.subtitle {
        put_text(out, subtitle);
    }
    put_text(out, &report.place);
    put_text(out, &report.province);
    out.push(
        Body::ALL.iter().position(|body| *body == report.body).and_then(|n| u8::try_from(n).ok()).unwrap_or(u8::MAX),
    );
    put_length(out, report.years.len());
    report.years.iter().for_each(|year| put(out, *year));
    put_option(out, report.session_year.map(u32::from));
    put(out, report.chars);
    put(out, report.han);
    put_length(out, report.sections.len());
    for section in &report.sections {
        put(out, section.line);
        out.push(section.level);
        put(out, section.heading.start);
        put(out, section.heading.end - section.heading.start);
        out.push(u8::from(section.run_in));
        put(out, section.last_line);
        put_option(out, section.parent);
    }
    let (hashes, sentences) = report.sketch.parts();
    put_length(out, hashes.len());
    hashes.iter().for_each(|hash| put_word(out, *hash));
    put(out, sentences);
}

fn take_report(reader: &mut ByteReader<'_>) -> Option<Report> {
    let ranges = reader.list(|r| Some(LineRange { first: r.narrow()?, last: r.narrow()? }))?;
    let kind = *REPORT_KINDS.get(usize::from(reader.byte()?))?;
    let title = reader.text()?.to_owned();
    let title_line = reader.option()?;
    let subtitle = if reader.byte()? == 0 { None } else { Some(reader.text()?.to_owned()) };
    let (place, province) = (reader.text()?.to_owned(), reader.text()?.to_owned());
    let body = *Body::ALL.get(usize::from(reader.byte()?))?;
    let years = reader.list(ByteReader::narrow)?;
    let session_year = match reader.option()? {
        Some(year) => Some(u16::try_from(year).ok()?),
        None => None,
    };
    let (chars, han) = (reader.narrow()?, reader.narrow()?);
    let sections = reader.list(|reader| {
        let (line, level, start) = (reader.narrow()?, reader.byte()?, reader.narrow::<u32>()?);
        let heading = Span::new(start, start.checked_add(reader.narrow()?)?);
        Some(Section {
            line,
            level,
            heading,
            run_in: reader.byte()? != 0,
            last_line: reader.narrow()?,
            parent: reader.option()?,
        })
    })?;
    let hashes = reader.list(ByteReader::word)?;
    let sketch = MinHash::from_parts(hashes, reader.narrow()?);
    Some(Report {
        ranges,
        kind,
        title,
        title_line,
        subtitle,
        place,
        province,
        body,
        years,
        session_year,
        chars,
        han,
        sections,
        sketch,
    })
}

/// Appends an issue; `None` if it is of a kind that says nothing of a file's content.
pub fn put_issue(out: &mut Vec<u8>, issue: &Issue) -> Option<()> {
    put_option(out, issue.line);
    let tagged = |out: &mut Vec<u8>, tag: u8| out.push(tag);
    match &issue.kind {
        IssueKind::Binary => tagged(out, 0),
        IssueKind::Empty => tagged(out, 1),
        IssueKind::UnknownFormat(extension) => {
            tagged(out, 2);
            put_text(out, extension);
        }
        IssueKind::Broken(why) => {
            tagged(out, 3);
            put_text(out, why);
        }
        IssueKind::Bomb(bytes) => {
            tagged(out, 4);
            put(out, *bytes);
        }
        IssueKind::Nested => tagged(out, 5),
        IssueKind::Encrypted => tagged(out, 6),
        IssueKind::BadBytes(n) => {
            tagged(out, 7);
            put(out, *n);
        }
        IssueKind::Damaged(n) => {
            tagged(out, 8);
            put(out, *n);
        }
        IssueKind::ControlCharacters(n) => {
            tagged(out, 9);
            put(out, *n);
        }
        IssueKind::NoReport => tagged(out, 10),
        IssueKind::UnknownPlace => tagged(out, 11),
        IssueKind::Repeat(line) => {
            tagged(out, 12);
            put(out, *line);
        }
        IssueKind::Outside(kind) => {
            tagged(out, 13);
            out.push(*kind as u8);
        }
        IssueKind::NoTextLayer => tagged(out, 14),
        IssueKind::TooManyPages(pages) => {
            tagged(out, 15);
            put(out, *pages);
        }
        IssueKind::AmbiguousPlace(file, places) => {
            tagged(out, 16);
            put_text(out, file);
            put_length(out, places.len());
            places.iter().for_each(|place| put_text(out, place));
        }
        IssueKind::Doubled(n) => {
            tagged(out, 17);
            put(out, *n);
        }
        IssueKind::Frames(names) => {
            tagged(out, 18);
            put_text(out, names);
        }
        IssueKind::LostPages(first, last) => {
            tagged(out, 19);
            put(out, *first);
            put(out, *last);
        }
        IssueKind::PicturePages(first, last) => {
            tagged(out, 20);
            put(out, *first);
            put(out, *last);
        }
        IssueKind::NoContent => tagged(out, 21),
        IssueKind::Misread(n) => {
            tagged(out, 22);
            put(out, *n);
        }
        IssueKind::CutShort => tagged(out, 23),
        IssueKind::Missing
        | IssueKind::Unreadable(_)
        | IssueKind::NoDocuments
        | IssueKind::NotAFile
        | IssueKind::LoadFull
        | IssueKind::TooLarge { .. }
        | IssueKind::Override(_)
        | IssueKind::LinkLoop
        | IssueKind::TooSlow(_)
        | IssueKind::Duplicate(..) => return None,
    }
    Some(())
}

/// Takes an issue of the file at `path`.
pub fn take_issue(reader: &mut ByteReader<'_>, path: &Path) -> Option<Issue> {
    let line = reader.option()?;
    let kind = match reader.byte()? {
        0 => IssueKind::Binary,
        1 => IssueKind::Empty,
        2 => IssueKind::UnknownFormat(reader.text()?.to_owned()),
        3 => IssueKind::Broken(reader.text()?.to_owned()),
        4 => IssueKind::Bomb(reader.number()?),
        5 => IssueKind::Nested,
        6 => IssueKind::Encrypted,
        7 => IssueKind::BadBytes(reader.narrow()?),
        8 => IssueKind::Damaged(reader.narrow()?),
        9 => IssueKind::ControlCharacters(reader.narrow()?),
        10 => IssueKind::NoReport,
        11 => IssueKind::UnknownPlace,
        12 => IssueKind::Repeat(reader.narrow()?),
        13 => IssueKind::Outside(*LINE_KINDS.get(usize::from(reader.byte()?))?),
        14 => IssueKind::NoTextLayer,
        15 => IssueKind::TooManyPages(reader.narrow()?),
        16 => {
            let file = reader.text()?.to_owned();
            IssueKind::AmbiguousPlace(file, reader.list(|reader| Some(reader.text()?.to_owned()))?)
        }
        17 => IssueKind::Doubled(reader.narrow()?),
        18 => IssueKind::Frames(reader.text()?.to_owned()),
        19 => IssueKind::LostPages(reader.narrow()?, reader.narrow()?),
        20 => IssueKind::PicturePages(reader.narrow()?, reader.narrow()?),
        21 => IssueKind::NoContent,
        22 => IssueKind::Misread(reader.narrow()?),
        23 => IssueKind::CutShort,
        _ => return None,
    };
    Some(Issue { path: path.to_owned(), line, kind })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::load;

    #[test]
    fn every_kind_has_its_number() {
        assert!(LINE_KINDS.iter().enumerate().all(|(n, kind)| *kind as usize == n));
        assert!(REPORT_KINDS.iter().enumerate().all(|(n, kind)| *kind as usize == n));
        assert!(ENCODINGS.iter().enumerate().all(|(n, encoding)| *encoding as usize == n));
    }

    fn bytes_of(document: &Document, in_file: bool) -> Vec<u8> {
        let mut out = Vec::new();
        put_document(&mut out, document, in_file).expect("a document of the sample can be kept");
        out
    }

    #[test]
    fn the_sample_comes_back_as_it_was() {
        let corpus = load::sample();
        for document in corpus.documents() {
            for in_file in [true, false] {
                let bytes = bytes_of(document, in_file);
                let blob = KeptBytes::from(bytes);
                let mut reader = ByteReader(blob.as_slice());
                let back = take_document(&blob, &mut reader, &document.path, |kept| match kept {
                    Kept::Here(text) => Some(text.to_owned().into()),
                    Kept::InFile(length) => (length == document.text().len()).then(|| document.source.clone()),
                });
                let mut back = back.expect("it was whole");
                assert_eq!((back.text(), back.headings(0)), (document.text(), document.headings(0)));
                back.source = document.source.clone();
                assert_eq!(format!("{back:?}"), format!("{document:?}"));
                assert!(reader.0.is_empty());
            }
        }
    }

    proptest! {
        #[test]
        fn damage_is_no_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
            let corpus = load::sample();
            let document = &corpus.documents()[0];
            let mut bytes = bytes_of(document, false);
            let at = at.index(bytes.len());
            bytes[at] = byte;
            bytes.truncate(cut.index(bytes.len()) + 1);
            let blob = KeptBytes::from(bytes);
            let mut reader = ByteReader(blob.as_slice());
            let back = take_document(&blob, &mut reader, &document.path, |_| Some(document.source.clone()));
            let _ = back.map(|back| (back.lines.len(), back.headings(0).len()));
        }
    }
}
