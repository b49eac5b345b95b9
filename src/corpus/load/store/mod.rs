//! What an earlier run understood of the files of a corpus, so that a file that has not changed is not understood again.
//!
//! In: files with their stamps and digests. Out: bytes to be kept, and from those the documents again. Does not know about:
//! where bytes are kept, when.
//!
//! A file is known by its key (its name from the paths a person named) and its content. Where its stamp (size, time,
//! number on its disk) is that of the earlier run, its content is taken as known until its text is fetched, which checks
//! it; else its bytes are read and their digest decides. The layout: a line that names the program, what made it (a digest of
//! the rules, one of the machine's kind), the length and a CRC-32 of the rest; then an entry per file; then what the entries speak of.

mod document;

use std::fs::Metadata;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustc_hash::FxHashMap;

use crate::corpus::kept::{KeptBytes, checksum};
use crate::corpus::model::document_text::{Fetch, TextOrigin};
use crate::corpus::{Document, DocumentText, Encoding, Issue};
use crate::text::bytes::{ByteReader, put, put_length, put_text, put_word};
use crate::text::digest::{Digest, digest};
use document::{Kept, put_document, put_issue, take_document, take_issue};

const MAGIC: &[u8] = b"yilan-corpus\n";

/// A digest of the rules by which this program understands files; `build.rs` makes it from their source.
const RULES: &str = env!("YILAN_RULES");

/// A file that was changed so shortly before it was read may be changed again without its stamp showing it.
const SETTLED: Duration = Duration::from_secs(2);

/// What a file system says of a file, by which it is taken as unchanged.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stamp {
    size: u64,
    /// Nanoseconds since 1970; 0 where they are not known.
    changed: u64,
    /// The file's number on its disk; 0 where files have none.
    number: u64,
    /// Whether it had been left alone for a while when the stamp was taken.
    settled: bool,
}

impl Stamp {
    /// The stamp of a file that is read at `now`.
    pub fn of(metadata: &Metadata, now: SystemTime) -> Self {
        let time = metadata.modified().ok();
        let settled = time.is_some_and(|time| now.duration_since(time).is_ok_and(|age| age > SETTLED));
        let nanoseconds = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |age| age.as_nanos());
        let changed = u64::try_from(nanoseconds).unwrap_or(0);
        Self { size: metadata.len(), changed, number: number(metadata), settled }
    }

    /// Whether the two are of one state of a file.
    pub fn agrees(self, other: Self) -> bool {
        (self.size, self.changed, self.number) == (other.size, other.changed, other.number)
    }
}

#[cfg(unix)]
fn number(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}

/// Why what was kept cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreFault {
    /// The bytes are not what was written.
    Damaged,
    /// They were written by another version of the program.
    OtherVersion,
    /// They were written on a machine of another kind.
    OtherMachine,
}

/// What is known of one file.
#[derive(Debug, Clone)]
pub struct CacheEntry {
    /// Its stamp when it was read.
    pub stamp: Stamp,
    /// The digest of its bytes.
    pub digest: Digest,
    /// The digest of what else decided over how it was understood (its folder's name, what a person says of it).
    pub context: u64,
    /// What was found in it.
    blob: KeptBytes,
}

/// What is known of the files of a corpus.
#[derive(Debug, Default)]
pub struct Store {
    entries: FxHashMap<String, Arc<CacheEntry>>,
}

/// How texts of files come into documents.
#[derive(Debug)]
pub enum Texts<'t> {
    /// The file was read: this is its text.
    Read(&'t mut Option<String>),
    /// They are fetched when they are wanted, from files of which a person says this encoding, by this function.
    Later(Option<Encoding>, Fetch),
}

impl CacheEntry {
    /// An entry for what was found in a file; none if that cannot be kept. `in_file` says that the file is a plain text.
    pub fn new(
        stamp: Stamp,
        digest: Digest,
        context: u64,
        path: &Path,
        found: &[Result<Document, Issue>],
        in_file: bool,
    ) -> Option<Self> {
        let mut blob = Vec::new();
        put_length(&mut blob, found.len());
        for each in found {
            match each {
                Ok(document) => {
                    blob.push(1);
                    put_text(&mut blob, inner_name(path, &document.path)?);
                    put_document(&mut blob, document, in_file)?;
                }
                Err(issue) => {
                    blob.push(0);
                    put_text(&mut blob, inner_name(path, &issue.path)?);
                    put_issue(&mut blob, issue)?;
                }
            }
        }
        Some(Self { stamp, digest, context, blob: blob.into() })
    }

    /// The same for a file that was touched, but says what it said.
    pub fn with_stamp(&self, stamp: Stamp) -> Self {
        Self { stamp, ..self.clone() }
    }

    /// Whether a file with this stamp surely has not changed.
    pub fn is_of(&self, stamp: Stamp) -> bool {
        self.stamp.settled && self.stamp.changed > 0 && self.stamp.agrees(stamp)
    }

    /// What was found in the file at `path`; `None` if the entry does not hold what it should.
    pub fn found(&self, path: &Path, mut texts: Texts<'_>) -> Option<Vec<Result<Document, Issue>>> {
        let mut reader = ByteReader(self.blob.as_slice());
        reader.list(|reader| {
            let is_document = reader.byte()? == 1;
            let inner = reader.text()?;
            let own = if inner.is_empty() { path.to_owned() } else { path.join(inner) };
            if !is_document {
                return Some(Err(take_issue(reader, &own)?));
            }
            let text_of = |kept: Kept<'_>| match (kept, &mut texts) {
                (Kept::Here(text), _) => Some(text.into()),
                (Kept::InFile(length), Texts::Read(text)) => {
                    text.take().filter(|text| text.len() == length).map(DocumentText::from)
                }
                (Kept::InFile(length), Texts::Later(encoding, fetch)) => {
                    let (path, digest) = (path.to_owned(), self.digest);
                    let origin = TextOrigin { fetch: *fetch, path, encoding: *encoding, digest, length };
                    Some(DocumentText::later(origin))
                }
            };
            take_document(&self.blob, reader, &own, text_of).map(Ok)
        })
    }
}

/// What a document is called inside its file; empty if it is the file.
fn inner_name<'p>(file: &Path, document: &'p Path) -> Option<&'p str> {
    document.strip_prefix(file).ok()?.to_str()
}

impl Store {
    /// What is known of a file.
    pub fn get(&self, key: &str) -> Option<&Arc<CacheEntry>> {
        self.entries.get(key)
    }

    /// Whether it holds this entry of a file.
    pub(super) fn says(&self, key: &str, entry: &Arc<CacheEntry>) -> bool {
        self.entries.get(key).is_some_and(|known| Arc::ptr_eq(known, entry))
    }

    /// Takes in what was kept later: of a file that both know that counts.
    pub fn extend(&mut self, later: Self) {
        self.entries.extend(later.entries);
    }

    /// How many files are known.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What [`to_bytes`] wrote.
    ///
    /// # Errors
    /// When it was damaged, or written by another version or on another machine.
    pub fn from_bytes(bytes: &KeptBytes) -> Result<Self, StoreFault> {
        let rest = bytes.as_slice().strip_prefix(MAGIC).ok_or(StoreFault::Damaged)?;
        let mut reader = ByteReader(rest);
        let [rules, machine, sum] = [0; 3].map(|_| reader.word());
        if rules.ok_or(StoreFault::Damaged)? != rules_number() {
            return Err(StoreFault::OtherVersion);
        }
        if machine.ok_or(StoreFault::Damaged)? != machine_number() {
            return Err(StoreFault::OtherMachine);
        }
        if sum != Some(checksum(reader.0)) {
            return Err(StoreFault::Damaged);
        }
        let store = take_entries(bytes, &mut reader).ok_or(StoreFault::Damaged)?;
        if reader.0.is_empty() { Ok(store) } else { Err(StoreFault::Damaged) }
    }
}

fn take_entries(bytes: &KeptBytes, reader: &mut ByteReader<'_>) -> Option<Store> {
    let mut entries = FxHashMap::default();
    for _ in 0..reader.length()? {
        let key = reader.text()?.to_owned();
        let (size, changed, number) = (reader.number()?, reader.word()?, reader.number()?);
        let stamp = Stamp { size, changed, number, settled: reader.byte()? != 0 };
        let (digest, context) = (Digest(reader.word()?, reader.word()?), reader.word()?);
        let length = reader.length()?;
        let blob = bytes.part_of(reader.bytes(length)?);
        entries.insert(key, Arc::new(CacheEntry { stamp, digest, context, blob }));
    }
    Some(Store { entries })
}

/// Entries as bytes, for [`Store::from_bytes`].
pub fn to_bytes<'e>(entries: impl ExactSizeIterator<Item = (&'e str, &'e CacheEntry)>) -> Vec<u8> {
    let mut body = Vec::new();
    put_length(&mut body, entries.len());
    for (key, entry) in entries {
        put_text(&mut body, key);
        put(&mut body, entry.stamp.size);
        put_word(&mut body, entry.stamp.changed);
        put(&mut body, entry.stamp.number);
        body.push(u8::from(entry.stamp.settled));
        [entry.digest.0, entry.digest.1, entry.context].iter().for_each(|word| put_word(&mut body, *word));
        put_length(&mut body, entry.blob.as_slice().len());
        body.extend_from_slice(entry.blob.as_slice());
    }
    let mut out = MAGIC.to_vec();
    [rules_number(), machine_number(), checksum(&body)].iter().for_each(|word| put_word(&mut out, *word));
    out.extend_from_slice(&body);
    out
}

/// A number for the rules by which this program understands files, folds their texts and reads and compares their paragraphs:
/// `build.rs` digests all of them.
pub fn rules_number() -> u64 {
    digest(RULES.as_bytes()).0
}

fn machine_number() -> u64 {
    digest(format!("{} {}", std::env::consts::OS, std::env::consts::ARCH).as_bytes()).0
}
