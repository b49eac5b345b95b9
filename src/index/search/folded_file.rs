//! Searched forms that an earlier run left, one after another in a file that is mapped. In: forms, or such a file. Out: the file,
//! or the form of a report. Does not know about: where files lie, when one is written.
//!
//! The layout, numbers little-endian: a line that names the program; for every report its searched text and its pieces (two u32
//! each); a directory of [`ENTRY`] bytes a report; then the rules, where the directory begins and its checksum, a u64 each. A
//! report is known by its document's identity and its number there, and checked by length and CRC-32 when it is first asked for:
//! the next start reads the directory only. A file is never written again: what is new stands in another.

use std::io::{self, Write};
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::folded_text::FoldedText;
use crate::corpus::load::rules_number;
use crate::corpus::{KeptBytes, checksum};
use crate::text::bytes::ByteReader;
use crate::text::digest::Digest;

const MAGIC: &[u8] = b"yilan-folded\n";
/// Bytes of a report in the directory: identity, number, where its text begins, bytes of it, where what does not count begins
/// in it (twice), number of pieces, checksum.
const ENTRY: usize = 9 * 8;
/// Bytes after the directory.
const TAIL: usize = 3 * 8;

/// A report: its document's identity and its number there.
pub type FoldedKey = (Digest, u32);

/// Where in the file the form of a report stands.
#[derive(Debug, Clone, Copy)]
struct FoldedPlace {
    start: u64,
    text: u64,
    furniture: u64,
    repeats: u64,
    pieces: u64,
    sum: u64,
}

/// A file of searched forms.
#[derive(Debug)]
pub struct FoldedFile {
    bytes: KeptBytes,
    places: FxHashMap<FoldedKey, FoldedPlace>,
}

impl FoldedFile {
    /// Reads the directory of a file; `None` if it was damaged, or written by another version.
    pub fn new(bytes: KeptBytes) -> Option<Self> {
        let all = bytes.as_slice();
        let tail_at = all.len().checked_sub(TAIL)?;
        let mut tail = ByteReader(all.get(tail_at..)?);
        let (rules, begins, sum) = (tail.word()?, usize::try_from(tail.word()?).ok()?, tail.word()?);
        let directory = all.get(begins..tail_at)?;
        if rules != rules_number() || !all.starts_with(MAGIC) || checksum(directory) != sum {
            return None;
        }
        let mut places = FxHashMap::default();
        for entry in directory.chunks_exact(ENTRY) {
            let mut reader = ByteReader(entry);
            let key = (Digest(reader.word()?, reader.word()?), u32::try_from(reader.word()?).ok()?);
            let [start, text, furniture, repeats, pieces, sum] = [0; 6].map(|_| reader.word());
            let (furniture, repeats) = (furniture?, repeats?);
            let place = FoldedPlace { start: start?, text: text?, furniture, repeats, pieces: pieces?, sum: sum? };
            places.insert(key, place);
        }
        Some(Self { bytes, places })
    }

    /// Whether it has the form of a report.
    pub fn has(&self, key: FoldedKey) -> bool {
        self.places.contains_key(&key)
    }

    /// How many forms it has.
    pub fn forms(&self) -> usize {
        self.places.len()
    }

    /// The form of a report, if it is there and whole.
    pub fn get(&self, key: FoldedKey) -> Option<FoldedText> {
        let place = self.places.get(&key)?;
        let size = |number: u64| usize::try_from(number).ok();
        let (start, text, pieces) = (size(place.start)?, size(place.text)?, size(place.pieces)?);
        let (text_end, end) = (start.checked_add(text)?, start.checked_add(text)?.checked_add(pieces.checked_mul(8)?)?);
        if checksum(self.bytes.as_slice().get(start..end)?) != place.sum {
            return None;
        }
        let parts: [Range<usize>; 2] = [start..text_end, text_end..end];
        let (furniture, repeats) = (size(place.furniture)?, size(place.repeats)?);
        FoldedText::kept(parts.map(|range| self.bytes.part(range)), furniture, repeats)
    }
}

/// Writes a file of searched forms, form by form.
pub struct FoldedWriter<'w> {
    out: &'w mut dyn Write,
    at: u64,
    directory: Vec<u8>,
}

impl<'w> FoldedWriter<'w> {
    /// Begins a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: &'w mut dyn Write) -> io::Result<Self> {
        out.write_all(MAGIC)?;
        Ok(Self { out, at: MAGIC.len() as u64, directory: Vec::new() })
    }

    /// Adds the form of a report; gives the bytes it takes.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, (identity, number): FoldedKey, form: &FoldedText) -> io::Result<u64> {
        let (mut bytes, [text, furniture, repeats]) = (form.as_bytes().to_vec(), form.bounds());
        let pieces = form.put_pieces(&mut bytes);
        let words = [
            identity.0,
            identity.1,
            u64::from(number),
            self.at,
            text as u64,
            furniture as u64,
            repeats as u64,
            pieces as u64,
            checksum(&bytes),
        ];
        words.iter().for_each(|word| self.directory.extend_from_slice(&word.to_le_bytes()));
        self.out.write_all(&bytes)?;
        self.at += bytes.len() as u64;
        Ok(bytes.len() as u64)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(self) -> io::Result<()> {
        self.out.write_all(&self.directory)?;
        let tail = [rules_number(), self.at, checksum(&self.directory)];
        tail.iter().try_for_each(|word| self.out.write_all(&word.to_le_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Document;
    use crate::index::fixture;

    fn written(document: &Document) -> Vec<u8> {
        let form = FoldedText::new(document, &document.reports[0], false, &|| false).unwrap();
        let mut out = Vec::new();
        let mut writer = FoldedWriter::new(&mut out).unwrap();
        writer.add((Digest(1, 2), 0), &form).unwrap();
        writer.end().unwrap();
        out
    }

    #[test]
    fn a_form_that_was_left_is_the_form() {
        let document = fixture::document("云和市", "推进乡村振興，守燈。\n~ 推进\n@ 圖\nABC");
        let form = FoldedText::new(&document, &document.reports[0], false, &|| false).unwrap();
        let file = FoldedFile::new(written(&document).into()).unwrap();
        let kept = file.get((Digest(1, 2), 0)).unwrap();
        assert_eq!(kept, form);
        assert_eq!((kept.own(), kept.furniture(), kept.repeated()), (form.own(), form.furniture(), form.repeated()));
        for (at, _) in form.own().char_indices() {
            assert_eq!(kept.origin(&document, at), form.origin(&document, at));
        }
        assert!(file.get((Digest(1, 2), 1)).is_none() && file.forms() == 1);
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_noticed() {
        let document = fixture::document("云和市", "推进乡村振興，守燈。");
        let good = written(&document);
        let form = |bytes: Vec<u8>| FoldedFile::new(bytes.into()).and_then(|file| file.get((Digest(1, 2), 0)));
        assert!(form(good.clone()).is_some());
        for at in 0..good.len() {
            assert!(form(good[..at].to_vec()).is_none(), "cut at {at}");
            let mut bad = good.clone();
            bad[at] ^= 0x10;
            assert!(form(bad).is_none(), "changed at {at}");
        }
    }
}
