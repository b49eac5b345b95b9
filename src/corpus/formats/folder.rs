//! An archive as a folder of documents. In: what can be unpacked. Out: the parts of each file, in name order. Does not know
//! about: how archives are packed, what the parts say.

use crate::corpus::IssueKind;
use crate::corpus::formats::archive::Archive;
use crate::corpus::formats::format::{EXTENSIONS, extension, is_litter};
use crate::corpus::formats::source::{FilePart, Limits, Said};

/// Reads a file inside an archive: its name, bytes, what a person says of it, limits, what is left of them, how deep it stands.
pub type ReadInner = fn(&str, Vec<u8>, &Said, &Limits, &mut u64, u8) -> Vec<FilePart>;

/// Reads an archive that stands `depth` archives deep as a folder is read; what stands in it is read by `inner`.
pub fn read(archive: &mut Archive<'_, '_>, said: &Said, depth: u8, inner: ReadInner) -> Vec<FilePart> {
    let mut parts = Vec::new();
    for (name, index) in archive.files() {
        if is_litter(&name) {
            continue;
        }
        if !is_readable(&name) {
            parts.push(unknown(name));
            continue;
        }
        let bytes = archive.unpack(index);
        let (limits, budget) = archive.bounds();
        let spent = bytes.is_err() && *budget == 0;
        parts.extend(read_one(&name, |_| bytes, said, limits, budget, depth + 1, inner));
        if spent {
            break;
        }
    }
    whole(parts)
}

/// Reads one file of an archive, which `unpack` unpacks if it is one that can be read.
pub fn read_one(
    name: &str,
    unpack: impl FnOnce(&str) -> Result<Vec<u8>, IssueKind>,
    said: &Said,
    limits: &Limits,
    budget: &mut u64,
    depth: u8,
    inner: ReadInner,
) -> Vec<FilePart> {
    if is_litter(name) {
        return Vec::new();
    }
    if !is_readable(name) {
        return vec![unknown(name.to_owned())];
    }
    let one = |source| vec![FilePart { name: Some(name.to_owned()), source }];
    match unpack(name) {
        Err(kind) => one(Err(kind)),
        Ok(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => one(Err(IssueKind::Empty)),
        Ok(bytes) => {
            let found = inner(name, bytes, said, limits, budget, depth);
            let named = |part: FilePart| FilePart {
                name: Some(part.name.map_or_else(|| name.to_owned(), |inner| format!("{name}/{inner}"))),
                source: part.source,
            };
            found.into_iter().map(named).collect()
        }
    }
}

/// The parts of an archive; one of nothing is empty.
pub fn whole(parts: Vec<FilePart>) -> Vec<FilePart> {
    if parts.is_empty() { vec![FilePart { name: None, source: Err(IssueKind::Empty) }] } else { parts }
}

fn is_readable(name: &str) -> bool {
    EXTENSIONS.contains(&extension(name).as_str())
}

fn unknown(name: String) -> FilePart {
    let ending = extension(&name);
    FilePart { name: Some(name), source: Err(IssueKind::UnknownFormat(ending)) }
}
