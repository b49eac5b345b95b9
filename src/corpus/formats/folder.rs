//! An archive as a folder of documents. In: what can be unpacked. Out: the parts of each file, in name order. Does not know
//! about: how archives are packed, what the parts say.

use crate::corpus::IssueKind;
use crate::corpus::formats::archive::Archive;
use crate::corpus::formats::format::{EXTENSIONS, extension, is_litter};
use crate::corpus::formats::source::{Limits, Part, Said};

/// Reads a file inside an archive: its name, bytes, what a person says of it, limits, what is left of them, how deep it stands.
pub type ReadInner = fn(&str, Vec<u8>, &Said, &Limits, &mut u64, u8) -> Vec<Part>;

/// Reads an archive that stands `depth` archives deep as a folder is read; what stands in it is read by `inner`.
pub fn read(archive: &mut Archive<'_, '_>, said: &Said, depth: u8, inner: ReadInner) -> Vec<Part> {
    let mut parts = Vec::new();
    for (name, index) in archive.files() {
        if is_litter(&name) {
            continue;
        }
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
