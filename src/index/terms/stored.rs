//! Counts as bytes, to be kept between runs. In: counts of reports. Out: bytes, and back; digests of what was counted.
//! Does not know about: files, when anything is kept.
//!
//! The layout, numbers little-endian: `yilan-terms\n`, version u32, fingerprint of the segmenter u64, digest of the rest 2 u64;
//! then as varints: how many words, each its length and UTF-8 bytes; how many reports, each its digest (2 u64), its 汉字, how many
//! words, each the distance to the word before it and its count.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Segmenter;
use super::counts::{PartCounts, WordId};
use crate::corpus::{Document, Report};
use crate::index::scope::each_stretch;
pub use crate::text::digest::{Digest, Digester};

const MAGIC: &[u8] = b"yilan-terms\n";

/// To be raised whenever what is counted, or the layout, changes.
const VERSION: u32 = 2;

/// Why kept counts cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheFault {
    /// The bytes are not what was written.
    Damaged,
    /// They were made by another version of the program, with another lexicon or other user words.
    OtherVersion,
}

/// A name for the counts of a corpus read from `roots` (absolute paths, so that two corpora do not share a name): 16
/// hexadecimal digits. Another segmenter has another name, so that two settings do not undo each other's work.
pub fn cache_name(roots: &[PathBuf], segmenter: &Segmenter) -> String {
    let mut digester = Digester::default();
    roots.iter().for_each(|root| digester.add(root.to_string_lossy().as_bytes()));
    digester.add_number(segmenter.fingerprint());
    format!("{:016x}", digester.finish().0)
}

/// The digest of all that decides over the counts of a report: its stretches.
pub fn digest(document: &Document, report: &Report) -> Digest {
    let mut digester = Digester::default();
    each_stretch(document, report, &mut |stretch| {
        digester.add(stretch.text.as_bytes());
        true
    });
    digester.add_number(u64::from(report.han));
    digester.finish()
}

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub struct Stored<'b> {
    /// The words, ascending.
    pub words: Vec<&'b str>,
    /// The reports, by ascending digest.
    pub reports: Vec<StoredReport>,
}

/// The counts of one report.
#[derive(Debug, PartialEq, Eq)]
pub struct StoredReport {
    pub digest: Digest,
    pub han: u64,
    /// Indices of words, ascending, with their counts.
    pub words: Vec<(u32, u32)>,
}

/// Counts as bytes; equal ones for equal counts.
pub fn encode<'w, C: AsRef<PartCounts>>(
    reports: &[(Digest, C)],
    word_of: &dyn Fn(WordId) -> &'w str,
    fingerprint: u64,
) -> Vec<u8> {
    let by_digest: BTreeMap<Digest, &PartCounts> =
        reports.iter().map(|(digest, counts)| (*digest, counts.as_ref())).collect();
    let mut words: Vec<(&str, WordId)> = Vec::new();
    let mut seen: Vec<bool> = Vec::new();
    for &(id, _) in by_digest.values().flat_map(|counts| &counts.words) {
        let at = id as usize;
        if at >= seen.len() {
            seen.resize(at + 1, false);
        }
        if !seen[at] {
            seen[at] = true;
            words.push((word_of(id), id));
        }
    }
    words.sort_unstable();
    let mut rank = vec![0u32; seen.len()];
    let mut body = Vec::new();
    put(&mut body, words.len() as u64);
    for (n, (word, id)) in (0u32..).zip(&words) {
        rank[*id as usize] = n;
        put(&mut body, word.len() as u64);
        body.extend_from_slice(word.as_bytes());
    }
    put(&mut body, by_digest.len() as u64);
    for (digest, counts) in by_digest {
        put_digest(&mut body, digest);
        put(&mut body, counts.han);
        put(&mut body, counts.words.len() as u64);
        let mut ranked: Vec<(u32, u32)> = counts.words.iter().map(|&(id, count)| (rank[id as usize], count)).collect();
        ranked.sort_unstable();
        let mut before = 0;
        for (word, count) in ranked {
            put(&mut body, u64::from(word - before));
            put(&mut body, u64::from(count));
            before = word;
        }
    }
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&fingerprint.to_le_bytes());
    put_digest(&mut out, digest_of(&body));
    out.extend_from_slice(&body);
    out
}

/// Counts from bytes.
///
/// # Errors
/// When they are damaged anywhere, or of another version or fingerprint.
pub fn decode(bytes: &[u8], fingerprint: u64) -> Result<Stored<'_>, CacheFault> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(CacheFault::Damaged)?;
    let (version, rest) = rest.split_first_chunk().ok_or(CacheFault::Damaged)?;
    if u32::from_le_bytes(*version) != VERSION {
        return Err(CacheFault::OtherVersion);
    }
    let mut reader = CountReader(rest);
    let made_with = reader.word().ok_or(CacheFault::Damaged)?;
    let digest = reader.digest().ok_or(CacheFault::Damaged)?;
    if digest_of(reader.0) != digest {
        return Err(CacheFault::Damaged);
    }
    if made_with != fingerprint {
        return Err(CacheFault::OtherVersion);
    }
    reader.stored().ok_or(CacheFault::Damaged)
}

fn digest_of(body: &[u8]) -> Digest {
    let mut digester = Digester::default();
    digester.add(body);
    digester.finish()
}

fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_digest(out: &mut Vec<u8>, digest: Digest) {
    out.extend_from_slice(&digest.0.to_le_bytes());
    out.extend_from_slice(&digest.1.to_le_bytes());
}

/// What is left to read; `None` from every function where it does not suffice.
struct CountReader<'b>(&'b [u8]);

impl<'b> CountReader<'b> {
    fn word(&mut self) -> Option<u64> {
        let (word, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*word))
    }

    fn digest(&mut self) -> Option<Digest> {
        Some(Digest(self.word()?, self.word()?))
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number of things that take at least one byte each: more than are left are a lie, and would only take memory.
    fn length(&mut self) -> Option<usize> {
        let length = usize::try_from(self.number()?).ok()?;
        (length <= self.0.len()).then_some(length)
    }

    fn text(&mut self) -> Option<&'b str> {
        let length = self.length()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    fn stored(mut self) -> Option<Stored<'b>> {
        let words: Vec<&str> = (0..self.length()?).map(|_| self.text()).collect::<Option<_>>()?;
        let mut reports = Vec::new();
        for _ in 0..self.length()? {
            let (digest, han) = (self.digest()?, self.number()?);
            let mut counts = Vec::new();
            let mut word = 0u32;
            for _ in 0..self.length()? {
                word = word.checked_add(u32::try_from(self.number()?).ok()?)?;
                counts.push((word, u32::try_from(self.number()?).ok()?));
            }
            if word as usize >= words.len() && !counts.is_empty() {
                return None;
            }
            reports.push(StoredReport { digest, han, words: counts });
        }
        self.0.is_empty().then_some(Stored { words, reports })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WORDS: [&str; 5] = ["养老", "发展", "高质量发展", "GDP", "梯田"];

    fn counts(words: &[(u32, u32)], han: u64) -> Box<PartCounts> {
        Box::new(PartCounts { han, words: words.into() })
    }

    fn bytes() -> Vec<u8> {
        let reports = [
            (Digest(9, 1), counts(&[(0, 3), (4, 200)], 999)),
            (Digest(2, 7), counts(&[(1, 1), (2, 70_000), (3, 2)], 5)),
            (Digest(3, 3), counts(&[], 0)),
        ];
        encode(&reports.map(|(d, c)| (d, c)), &|id| WORDS[id as usize], 42)
    }

    #[test]
    fn what_was_written_is_read() {
        let bytes = bytes();
        let stored = decode(&bytes, 42).unwrap();
        assert_eq!(stored.words, ["GDP", "养老", "发展", "梯田", "高质量发展"]);
        let first = &stored.reports[0];
        assert_eq!(
            (first.digest, first.han, first.words.as_slice()),
            (Digest(2, 7), 5, &[(0, 2), (2, 1), (4, 70_000)][..])
        );
        assert_eq!(stored.reports[2].words, [(1, 3), (3, 200)]);
        assert_eq!(decode(&bytes, 43), Err(CacheFault::OtherVersion));
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_noticed() {
        let good = bytes();
        for end in 0..good.len() {
            assert!(decode(&good[..end], 42).is_err(), "cut at {end}");
        }
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x10;
            assert!(decode(&bad, 42).is_err(), "changed at {at}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_can_be_read_panics(body in prop::collection::vec(any::<u8>(), 0..200)) {
            // A right digest before wrong contents: only the reader itself stands between.
            let mut bytes = bytes()[..MAGIC.len() + 12].to_vec();
            put_digest(&mut bytes, digest_of(&body));
            bytes.extend_from_slice(&body);
            let _ = decode(&bytes, 42);
        }

        #[test]
        fn texts_that_differ_have_digests_that_differ(a in prop::collection::vec(any::<u8>(), 0..30), b in prop::collection::vec(any::<u8>(), 0..30)) {
            prop_assert_eq!(a == b, digest_of(&a) == digest_of(&b));
        }
    }
}
