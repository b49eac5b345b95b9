//! What an archive is: a folder of documents, a Word document, a book.
//!
//! In: bytes. Out: the parts of what the archive holds, in name order. Does not know about: how archives are packed, what the
//! parts say.

use crate::corpus::IssueKind;
use crate::corpus::formats::archive::Archive;
use crate::corpus::formats::folder::ReadInner;
use crate::corpus::formats::parts::{Office, office};
use crate::corpus::formats::source::{FilePart, Limits, Said};
use crate::corpus::formats::{docx, epub, folder, ofd, sheets, slides};

/// Reads an archive that stands `depth` archives deep; what stands in it is read by `inner`.
pub fn read(
    bytes: &[u8],
    said: &Said,
    limits: &Limits,
    budget: &mut u64,
    depth: u8,
    inner: ReadInner,
) -> Vec<FilePart> {
    let one = |source| vec![FilePart { name: None, source }];
    let mut archive = match Archive::open(bytes, limits, budget) {
        Ok(archive) => archive,
        Err(kind) => return one(Err(kind)),
    };
    match office(&mut archive) {
        Err(kind) => return one(Err(kind)),
        Ok(Some((Office::Word, main))) => return one(docx::read(&mut archive, &main)),
        Ok(Some((Office::Slides, main))) => return one(slides::read(&mut archive, &main)),
        Ok(Some((Office::Sheets, _))) => return sheets::read(bytes.to_vec(), &said.columns, limits),
        Ok(None) => {}
    }
    if let Some(kind) = open_document(&mut archive) {
        return match kind {
            "ods" => sheets::read(bytes.to_vec(), &said.columns, limits),
            other => one(Err(IssueKind::UnknownFormat(other.into()))),
        };
    }
    if archive.holds("word/document.xml") {
        return one(docx::read(&mut archive, "word/document.xml"));
    }
    if archive.holds(ofd::ROOT) {
        return one(ofd::read(&mut archive));
    }
    if archive.holds("META-INF/container.xml") {
        return one(epub::read(&mut archive));
    }
    if depth >= limits.depth {
        return one(Err(IssueKind::Nested));
    }
    folder::read(&mut archive, said, depth, inner)
}

/// Which document of OpenDocument an archive says it is, by the extension that such files have.
fn open_document(archive: &mut Archive<'_, '_>) -> Option<&'static str> {
    let said = archive.text("mimetype").ok().flatten()?;
    let kind = said.trim().strip_prefix("application/vnd.oasis.opendocument.")?;
    Some(match kind.trim_end_matches("-template") {
        "spreadsheet" => "ods",
        "presentation" => "odp",
        _ => "odt",
    })
}
