//! What an archive is: a folder of documents, a Word document, a book.
//!
//! In: bytes. Out: the parts of what the archive holds, in name order. Does not know about: how archives are packed, what the
//! parts say.

use crate::corpus::IssueKind;
use crate::corpus::formats::archive::Archive;
use crate::corpus::formats::source::{EXTENSIONS, Limits, Part, Said, extension};
use crate::corpus::formats::{docx, epub};

/// Reads a file inside an archive: its name, bytes, what a person says of it, limits, what is left of them, how deep it stands.
pub type ReadInner = fn(&str, Vec<u8>, &Said, &Limits, &mut u64, u8) -> Vec<Part>;

/// Reads an archive that stands `depth` archives deep; what stands in it is read by `inner`.
pub fn read(bytes: &[u8], said: &Said, limits: &Limits, budget: &mut u64, depth: u8, inner: ReadInner) -> Vec<Part> {
    let one = |source| vec![Part { name: None, source }];
    let mut archive = match Archive::open(bytes, limits, budget) {
        Ok(archive) => archive,
        Err(kind) => return one(Err(kind)),
    };
    if archive.holds("word/document.xml") {
        return one(docx::read(&mut archive));
    }
    if archive.holds("META-INF/container.xml") {
        return one(epub::read(&mut archive));
    }
    if depth >= limits.depth {
        return one(Err(IssueKind::Nested));
    }
    folder(&mut archive, said, depth, inner)
}

/// Reads an archive as a folder is read.
fn folder(archive: &mut Archive<'_, '_>, said: &Said, depth: u8, inner: ReadInner) -> Vec<Part> {
    let mut parts = Vec::new();
    for (name, index) in archive.files() {
        let ending = extension(&name);
        if !EXTENSIONS.contains(&ending.as_str()) {
            parts.push(Part { name: Some(name), source: Err(IssueKind::UnknownFormat(ending)) });
            continue;
        }
        match archive.unpack(index) {
            Err(kind) => {
                let spent = *archive.bounds().1 == 0;
                parts.push(Part { name: Some(name), source: Err(kind) });
                if spent {
                    break;
                }
            }
            Ok(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => {
                parts.push(Part { name: Some(name), source: Err(IssueKind::Empty) });
            }
            Ok(bytes) => {
                let (limits, budget) = archive.bounds();
                let found = inner(&name, bytes, said, limits, budget, depth + 1);
                parts.extend(found.into_iter().map(|part| Part {
                    name: Some(part.name.map_or_else(|| name.clone(), |inner| format!("{name}/{inner}"))),
                    source: part.source,
                }));
            }
        }
    }
    if parts.is_empty() {
        parts.push(Part { name: None, source: Err(IssueKind::Empty) });
    }
    parts
}
