//! ZIP archives: what they hold, unpacked within bounds.
//!
//! In: bytes. Out: entries by name, or all of them in name order. Does not know about: what entries are.
//!
//! Names without the UTF-8 flag are UTF-8 all the same if they decode so, else GB18030. What unpacks is counted while it
//! unpacks; the budget is shared with the archives inside.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::corpus::IssueKind;
use crate::corpus::formats::source::Limits;

/// An archive that is open for reading, with what it may still unpack.
pub struct Archive<'a, 'b> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    limits: &'b Limits,
    budget: &'b mut u64,
}

impl<'a, 'b> Archive<'a, 'b> {
    /// Opens an archive, which may then unpack what is left of `budget`.
    pub fn open(bytes: &'a [u8], limits: &'b Limits, budget: &'b mut u64) -> Result<Self, IssueKind> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(issue)?;
        Ok(Self { zip, limits, budget })
    }

    /// Whether it has an entry of this name.
    pub fn holds(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Bounds of what is unpacked, and how many bytes may still be.
    pub fn bounds(&mut self) -> (&'b Limits, &mut u64) {
        (self.limits, self.budget)
    }

    /// Its files, by name: what can be unpacked, and where. Hidden ones are left out.
    pub fn files(&mut self) -> Vec<(String, usize)> {
        let mut names: Vec<(String, usize)> = Vec::new();
        for index in 0..self.zip.len().min(self.limits.entries) {
            // A locked entry has a name as well; a broken one is found when it is unpacked.
            let Ok(entry) = self.zip.by_index_raw(index) else { continue };
            let name = entry_name(entry.name_raw());
            let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
            if !hidden && !name.is_empty() && !name.ends_with('/') {
                names.push((name, index));
            }
        }
        names.sort();
        names
    }

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
            Some([0xff, 0xfe] | [0xfe, 0xff]) => {
                crate::corpus::formats::decode::decode(bytes).map(|d| d.text).unwrap_or_default()
            }
            _ => String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned(),
        }))
    }

    /// Unpacks one of its [`Self::files`].
    pub fn unpack(&mut self, index: usize) -> Result<Vec<u8>, IssueKind> {
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
