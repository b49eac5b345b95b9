//! Counts as bytes, to be kept between runs. In: counts of reports. Out: bytes, and back; digests of what was counted.
//! Does not know about: files, when anything is kept.
//!
//! The layout ([`crate::text::bytes`]): `yilan-terms\n`, version, fingerprint of the segmenter, length and CRC-32 of the rest, a
//! word each; then how many words, each its length and UTF-8 bytes; how many reports, each its digest (two words), the bytes
//! that follow of it: its 汉字, how many words, each the distance to the word before it and its count.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rustc_hash::FxHashMap;

use super::Segmenter;
use super::counts::{PartCounts, WordId};
use crate::corpus::{Document, KeptBytes, Report, checksum};
use crate::index::scope::each_stretch;
use crate::text::bytes::{ByteReader, put, put_length, put_text, put_word};
pub use crate::text::digest::{Digest, Digester};

const MAGIC: &[u8] = b"yilan-terms\n";

/// To be raised whenever what is counted, or the layout, changes.
const VERSION: u64 = 3;

/// Why kept counts cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheFault {
    /// The bytes are not what was written.
    Damaged,
    /// They were made by another version of the program, with another lexicon or other user words.
    OtherVersion,
}

/// A number for the counts of a corpus read from `roots` (absolute paths, so that two corpora do not share one). Another segmenter has
/// another, so that two settings do not undo each other's work.
pub fn cache_number(roots: &[PathBuf], segmenter: &Segmenter) -> u64 {
    let mut digester = Digester::default();
    roots.iter().for_each(|root| digester.add(root.to_string_lossy().as_bytes()));
    digester.add_number(segmenter.fingerprint());
    digester.finish().0
}

/// The digest of all that decides over the counts of report number `index` of a document: what the document is recognised by,
/// which reads no text; of one that is not recognised its stretches.
pub fn digest(document: &Document, index: u32, report: &Report) -> Digest {
    let mut digester = Digester::default();
    if let Some(identity) = document.source.identity() {
        [identity.0, identity.1, u64::from(index)].into_iter().for_each(|word| digester.add_number(word));
        return digester.finish();
    }
    each_stretch(document, report, &mut |stretch| {
        digester.add(stretch.text.as_bytes());
        true
    });
    digester.add_number(u64::from(report.han));
    digester.finish()
}

/// What was read. The counts of a report are decoded when they are asked for.
#[derive(Debug)]
pub struct Stored {
    bytes: KeptBytes,
    /// The words, ascending: where each stands in the bytes.
    words: Vec<(usize, usize)>,
    /// Where the counts of a report stand.
    reports: FxHashMap<Digest, (usize, usize)>,
}

impl Stored {
    /// The words, ascending.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let all = self.bytes.as_slice();
        self.words.iter().map(|&(start, end)| text_of(all.get(start..end).unwrap_or_default()).unwrap_or_default())
    }

    /// How many reports there are.
    pub fn len(&self) -> usize {
        self.reports.len()
    }

    /// Whether there are counts of a report.
    pub fn has(&self, digest: Digest) -> bool {
        self.reports.contains_key(&digest)
    }

    /// The counts of a report; `ids` gives every word its number.
    pub fn counts(&self, digest: Digest, ids: &[WordId]) -> Option<PartCounts> {
        let &(start, end) = self.reports.get(&digest)?;
        let mut reader = ByteReader(self.bytes.as_slice().get(start..end)?);
        let han = reader.number()?;
        let (mut word, mut ascends, mut before) = (0u32, true, 0);
        let mut words = reader.list(|reader| {
            word = word.checked_add(reader.narrow()?)?;
            let id = *ids.get(word as usize)?;
            ascends &= before <= id;
            before = id;
            Some((id, reader.narrow()?))
        })?;
        if !ascends {
            words.sort_unstable();
        }
        Some(PartCounts { han, words: words.into_boxed_slice() })
    }
}

fn text_of(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok()
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
    put_length(&mut body, words.len());
    for (n, (word, id)) in (0u32..).zip(&words) {
        rank[*id as usize] = n;
        put_text(&mut body, word);
    }
    put_length(&mut body, by_digest.len());
    let mut own = Vec::new();
    for (digest, counts) in by_digest {
        own.clear();
        put(&mut own, counts.han);
        put_length(&mut own, counts.words.len());
        let mut ranked: Vec<(u32, u32)> = counts.words.iter().map(|&(id, count)| (rank[id as usize], count)).collect();
        ranked.sort_unstable();
        let mut before = 0;
        for (word, count) in ranked {
            put(&mut own, word - before);
            put(&mut own, count);
            before = word;
        }
        [digest.0, digest.1].iter().for_each(|word| put_word(&mut body, *word));
        put_length(&mut body, own.len());
        body.extend_from_slice(&own);
    }
    let mut out = MAGIC.to_vec();
    [VERSION, fingerprint, checksum(&body)].iter().for_each(|word| put_word(&mut out, *word));
    out.extend_from_slice(&body);
    out
}

/// Counts from bytes.
///
/// # Errors
/// When they are damaged anywhere, or of another version or fingerprint.
pub fn decode(bytes: &KeptBytes, fingerprint: u64) -> Result<Stored, CacheFault> {
    let mut reader = ByteReader(bytes.as_slice().strip_prefix(MAGIC).ok_or(CacheFault::Damaged)?);
    let [version, made_with, sum] = [0; 3].map(|_| reader.word());
    if version.ok_or(CacheFault::Damaged)? != VERSION {
        return Err(CacheFault::OtherVersion);
    }
    if sum != Some(checksum(reader.0)) {
        return Err(CacheFault::Damaged);
    }
    if made_with != Some(fingerprint) {
        return Err(CacheFault::OtherVersion);
    }
    take(bytes, reader).ok_or(CacheFault::Damaged)
}

fn take(bytes: &KeptBytes, mut reader: ByteReader<'_>) -> Option<Stored> {
    let all = bytes.as_slice().len();
    let range = |rest: &ByteReader<'_>, length: usize| (all - rest.0.len() - length, all - rest.0.len());
    let words = reader.list(|reader| {
        let length = reader.text()?.len();
        Some(range(reader, length))
    })?;
    let mut reports = FxHashMap::default();
    for _ in 0..reader.length()? {
        let digest = Digest(reader.word()?, reader.word()?);
        let length = reader.length()?;
        reader.bytes(length)?;
        reports.insert(digest, range(&reader, length));
    }
    reader.0.is_empty().then_some(Stored { bytes: bytes.clone(), words, reports })
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

    fn read(bytes: &[u8], fingerprint: u64) -> Result<Stored, CacheFault> {
        decode(&bytes.into(), fingerprint)
    }

    #[test]
    fn what_was_written_is_read() {
        let bytes = bytes();
        let stored = read(&bytes, 42).unwrap();
        assert_eq!(stored.words().collect::<Vec<_>>(), ["GDP", "养老", "发展", "梯田", "高质量发展"]);
        let first = stored.counts(Digest(2, 7), &[0, 1, 2, 3, 4]).unwrap();
        assert_eq!((first.han, &*first.words), (5, &[(0, 2), (2, 1), (4, 70_000)][..]));
        // Numbers of words differ from run to run; counts stand by number.
        let other = stored.counts(Digest(9, 1), &[7, 6, 5, 4, 3]).unwrap();
        assert_eq!(&*other.words, &[(4, 200), (6, 3)]);
        assert!(stored.counts(Digest(9, 1), &[0]).is_none() && !stored.has(Digest(1, 1)) && stored.len() == 3);
        assert_eq!(read(&bytes, 43).unwrap_err(), CacheFault::OtherVersion);
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_noticed() {
        let good = bytes();
        for end in 0..good.len() {
            assert!(read(&good[..end], 42).is_err(), "cut at {end}");
        }
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x10;
            assert!(read(&bad, 42).is_err(), "changed at {at}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_can_be_read_panics(body in prop::collection::vec(any::<u8>(), 0..200)) {
            // A right checksum before wrong contents: only the reader itself stands between.
            let mut bytes = bytes()[..MAGIC.len() + 16].to_vec();
            put_word(&mut bytes, checksum(&body));
            bytes.extend_from_slice(&body);
            if let Ok(stored) = read(&bytes, 42) {
                let ids: Vec<WordId> = (0..stored.words().count() as u32).collect();
                stored.reports.keys().for_each(|digest| drop(stored.counts(*digest, &ids)));
            }
        }
    }
}
