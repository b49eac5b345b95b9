//! ZIP archives: folders of documents, Word documents, books.
//!
//! In: bytes. Out: the parts of what the archive holds, in name order. Refuses to know: what the parts say.
//!
//! Names without the UTF-8 flag are UTF-8 all the same if they decode so, else GB18030. What unpacks is counted while it
//! unpacks; the budget is shared with the archives inside.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::Encoding;
use super::{EXTENSIONS, IssueKind, Limits, Part, docx, epub, extension, read_within};

/// An archive that is open for reading, with what it may still unpack.
pub struct Archive<'a, 'b> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    limits: &'b Limits,
    budget: &'b mut u64,
}

impl Archive<'_, '_> {
    /// Unpacks one entry by its name; `None` if there is none.
    pub fn entry(&mut self, name: &str) -> Result<Option<Vec<u8>>, IssueKind> {
        match self.zip.index_for_name(name) {
            Some(index) => self.unpack(index).map(Some),
            None => Ok(None),
        }
    }

    /// Unpacks one entry that is UTF-8 (or UTF-16) text by its name.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, IssueKind> {
        let bytes = self.entry(name)?;
        Ok(bytes.map(|bytes| match bytes.get(..2) {
            Some([0xff, 0xfe] | [0xfe, 0xff]) => super::decode::decode(bytes).map(|d| d.text).unwrap_or_default(),
            _ => String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned(),
        }))
    }

    fn unpack(&mut self, index: usize) -> Result<Vec<u8>, IssueKind> {
        let most = self.limits.entry.min(*self.budget);
        let entry = self.zip.by_index(index).map_err(issue)?;
        let mut bytes = Vec::new();
        let read = entry.take(most + 1).read_to_end(&mut bytes);
        *self.budget = self.budget.saturating_sub(bytes.len() as u64);
        if bytes.len() as u64 > most {
            return Err(IssueKind::Bomb(most));
        }
        read.map_err(|error| IssueKind::Broken(format!("ZIP: {error}")))?;
        Ok(bytes)
    }
}

fn issue(error: ZipError) -> IssueKind {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => IssueKind::Encrypted,
        error => IssueKind::Broken(format!("ZIP: {error}")),
    }
}

/// Reads an archive that stands `depth` archives deep.
pub fn read(bytes: &[u8], encoding: Option<Encoding>, limits: &Limits, budget: &mut u64, depth: u8) -> Vec<Part> {
    let one = |source| vec![Part { name: None, source }];
    let zip = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(zip) => zip,
        Err(error) => return one(Err(issue(error))),
    };
    let mut archive = Archive { zip, limits, budget };
    if archive.zip.index_for_name("word/document.xml").is_some() {
        return one(docx::read(&mut archive));
    }
    if archive.zip.index_for_name("META-INF/container.xml").is_some() {
        return one(epub::read(&mut archive));
    }
    if depth >= limits.depth {
        return one(Err(IssueKind::Nested));
    }
    folder(&mut archive, encoding, depth)
}

/// Reads an archive as a folder is read.
fn folder(archive: &mut Archive<'_, '_>, encoding: Option<Encoding>, depth: u8) -> Vec<Part> {
    let mut names: Vec<(String, usize)> = Vec::new();
    for index in 0..archive.zip.len().min(archive.limits.entries) {
        // A locked entry has a name as well; a broken one is found when it is unpacked.
        let Ok(entry) = archive.zip.by_index_raw(index) else { continue };
        let name = entry_name(entry.name_raw());
        let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if !hidden && !name.is_empty() && !name.ends_with('/') {
            names.push((name, index));
        }
    }
    names.sort();
    let mut parts = Vec::new();
    for (name, index) in names {
        let ending = extension(&name);
        if !EXTENSIONS.contains(&ending.as_str()) {
            parts.push(Part { name: Some(name), source: Err(IssueKind::UnknownFormat(ending)) });
            continue;
        }
        match archive.unpack(index) {
            Err(kind) => {
                let spent = *archive.budget == 0;
                parts.push(Part { name: Some(name), source: Err(kind) });
                if spent {
                    break;
                }
            }
            Ok(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => {
                parts.push(Part { name: Some(name), source: Err(IssueKind::Empty) });
            }
            Ok(bytes) => {
                let inner = read_within(&name, bytes, encoding, archive.limits, archive.budget, depth + 1);
                parts.extend(inner.into_iter().map(|part| Part {
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

/// A name that leads nowhere but into the archive.
fn entry_name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    let folder = name.ends_with(['/', '\\']);
    let clean: Vec<&str> = name
        .split(['/', '\\'])
        .filter(|part| !part.is_empty() && !matches!(*part, "." | "..") && !part.ends_with(':'))
        .collect();
    clean.join("/") + if folder { "/" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside() {
        assert_eq!(entry_name(b"../../etc/passwd"), "etc/passwd");
        assert_eq!(entry_name(b"C:\\a\\b.txt"), "a/b.txt");
        assert_eq!(entry_name(&encoding_rs::GB18030.encode("乌有市/报告.txt").0), "乌有市/报告.txt");
        assert_eq!(entry_name("乌有市/".as_bytes()), "乌有市/");
    }
}
