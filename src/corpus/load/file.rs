//! One file to documents. In: where it is, what a person says of it, what an earlier run understood. Out: documents, an
//! [`Issue`] for whatever gave none, and what the next run need not understand again. Does not know about: other files.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use crate::corpus::corrections::overrides::Overrides;
use crate::corpus::formats;
use crate::corpus::formats::{ColumnNames, Limits, Said};
use crate::corpus::load::gate;
use crate::corpus::load::store::{CacheEntry, Stamp, Store, Texts, rules_number};
use crate::corpus::load::walk::{SourceFile, issue_of, refusal};
use crate::corpus::understand::understand;
use crate::corpus::{Document, Encoding, Issue, IssueKind};
use crate::text::digest::{Digest, Digester, digest};

/// Spans are 32 bits wide, and a text may grow by half when it is decoded to UTF-8.
const LARGEST_FILE: u64 = 2_500_000_000;

/// How files are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct LoadOptions<'s> {
    /// What an earlier run understood.
    pub store: Option<&'s Store>,
    /// Texts of files that have not changed since are fetched when somebody looks at them.
    pub lazily: bool,
    /// Whether what is understood is to be kept for a later run.
    pub keep: bool,
    /// How many bytes may still be read, by all files of a load together; none: as many as each file may have.
    pub left: Option<&'s AtomicU64>,
    /// What a person says of the encoding of all files.
    pub encoding: Option<Encoding>,
}

/// What became of one file.
#[derive(Debug)]
pub struct FileResult {
    /// The documents in it (an archive holds several), and what is wrong with each that gave none.
    pub found: Vec<Result<Document, Issue>>,
    /// The state it was in.
    pub state: FileState,
    /// What a later run can use.
    pub entry: Option<Arc<CacheEntry>>,
    /// Whether the entry says anything that the store did not.
    pub fresh: bool,
}

/// By what it is seen whether a file, or what is said of it, has changed.
#[derive(Debug, Clone, Copy, Default)]
pub struct FileState {
    /// What the file system says.
    stamp: Stamp,
    context: u64,
}

impl FileState {
    /// The state of a file now.
    pub fn of(found: &SourceFile, overrides: &Overrides, encoding: Option<Encoding>) -> Self {
        if found.is_input() {
            return Self::default();
        }
        let stamp = std::fs::metadata(&found.path).map(|metadata| Stamp::of(&metadata, SystemTime::now()));
        Self { stamp: stamp.unwrap_or_default(), context: context(&found.path, overrides, encoding) }
    }

    /// Whether nothing has changed between the two.
    pub fn agrees(self, other: Self) -> bool {
        self.stamp.agrees(other.stamp) && self.context == other.context
    }
}

/// What decides over how a file is understood, besides its bytes: the names of its folder and what a person says.
fn context(path: &Path, overrides: &Overrides, encoding: Option<Encoding>) -> u64 {
    let mut digester = Digester::default();
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
    digester.add(folder.as_encoded_bytes());
    digester.add_number(overrides.digest_of(path));
    digester.add_number(encoding.map_or(0, |encoding| 1 + encoding as u64));
    digester.finish().0
}

/// Reads one file.
pub fn read_file(file: &SourceFile, overrides: &Overrides, options: &LoadOptions<'_>) -> FileResult {
    let path = &file.path;
    let mut taken = FileResult { found: Vec::new(), state: FileState::default(), entry: None, fresh: false };
    let issue = |kind| Err(Issue { path: path.clone(), line: None, kind });
    if file.is_input() {
        match read_input() {
            Ok(bytes) if !charge(options.left, bytes.len()) => taken.found.push(issue(IssueKind::LoadFull)),
            // What is in a pipe is there once: nothing of it is kept for another run.
            Ok(bytes) => {
                let said = Said { encoding: options.encoding, ..Said::default() };
                taken.found = understood(path, bytes.to_vec(), &said, overrides);
            }
            Err(kind) => taken.found.push(issue(kind)),
        }
        return taken;
    }
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => {
            taken.found.push(issue(refusal(&error)));
            return taken;
        }
    };
    let stamp = Stamp::of(&metadata, SystemTime::now());
    let context = context(path, overrides, options.encoding);
    taken.state = FileState { stamp, context };
    if is_ignored(path, overrides) {
        return taken;
    }
    let rules = overrides.of(path);
    let encoding = rules.iter().find_map(|rule| rule.encoding).or(options.encoding);
    let columns = rules.iter().map(|rule| &rule.columns).find(|columns| **columns != ColumnNames::default());
    let said = Said { encoding, columns: columns.cloned().unwrap_or_default() };
    let known = options.store.and_then(|store| store.get(&file.key)).filter(|entry| entry.context == context);
    if let Some(entry) = known.filter(|entry| options.lazily && entry.is_of(stamp))
        && let Some(mut found) = entry.found(path, Texts::Later(encoding, read_again))
    {
        identify(&mut found, entry.digest, context);
        return FileResult { found, entry: Some(Arc::clone(entry)), ..taken };
    }
    let bytes = match read_bytes(path, encoding) {
        Ok(bytes) => bytes,
        Err(kind) => {
            taken.found.push(issue(kind));
            return taken;
        }
    };
    if !charge(options.left, bytes.len()) {
        taken.found.push(issue(IssueKind::LoadFull));
        return taken;
    }
    let read = bytes.len();
    let digest = if options.keep || known.is_some() { digest(&bytes) } else { Digest::default() };
    let name = path.to_string_lossy();
    let plain = formats::is_plain(&name, &bytes);
    if let Some(entry) = known.filter(|entry| entry.digest == digest) {
        let mut text = if plain { formats::plain_text(&bytes, encoding) } else { None };
        if let Some(mut found) = entry.found(path, Texts::Read(&mut text)) {
            identify(&mut found, digest, context);
            let fresh = !entry.is_of(stamp);
            let entry = if fresh { Arc::new(entry.with_stamp(stamp)) } else { Arc::clone(entry) };
            return FileResult { found, entry: Some(entry), fresh, ..taken };
        }
    }
    taken.found = understood(path, bytes, &said, overrides);
    // What was packed small counts as what it is now.
    let unpacked: usize = taken.found.iter().flatten().map(|document| document.text().len()).sum();
    if !charge(options.left, unpacked.saturating_sub(read)) {
        taken.found = vec![issue(IssueKind::LoadFull)];
        return taken;
    }
    if options.keep {
        taken.entry = CacheEntry::new(stamp, digest, context, path, &taken.found, plain).map(Arc::new);
        taken.fresh = taken.entry.is_some();
        // As at the next start: texts that are in their files stay there until they are looked at.
        let later = taken.entry.as_ref().filter(|entry| options.lazily && plain && entry.is_of(stamp));
        if let Some(found) = later.and_then(|entry| entry.found(path, Texts::Later(encoding, read_again))) {
            taken.found = found;
        }
        identify(&mut taken.found, digest, context);
    }
    taken
}

/// Notes what each document is recognised by in another run.
fn identify(found: &mut [Result<Document, Issue>], digest: Digest, context: u64) {
    for (number, document) in (0u64..).zip(found.iter_mut()).filter_map(|(n, each)| Some((n, each.as_mut().ok()?))) {
        let mut digester = Digester::default();
        [digest.0, digest.1, context, number, rules_number()].into_iter().for_each(|word| digester.add_number(word));
        document.source = std::mem::take(&mut document.source).identified(digester.finish());
    }
}

/// Takes bytes from what may still be read; says whether there were so many.
fn charge(left: Option<&AtomicU64>, bytes: usize) -> bool {
    let take = |left: u64| left.checked_sub(bytes as u64);
    left.is_none_or(|left| left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok())
}

fn is_ignored(path: &Path, overrides: &Overrides) -> bool {
    overrides.of(path).iter().any(|rule| rule.ignore && rule.lines.is_none())
}

fn understood(path: &Path, bytes: Vec<u8>, said: &Said, overrides: &Overrides) -> Vec<Result<Document, Issue>> {
    let issue = |path: &Path, kind| Issue { path: path.to_owned(), line: None, kind };
    let parts = formats::read(&path.to_string_lossy(), bytes, said, &Limits::default());
    let documents = parts.into_iter().map(|part| {
        // What stands in an archive is named as if the archive were a folder.
        let path = part.name.map_or_else(|| path.to_owned(), |name| path.join(name));
        (path, part.source)
    });
    let documents = documents.filter(|(path, _)| !is_ignored(path, overrides)).map(|(path, source)| {
        let document = understand(&path, source.map_err(|kind| issue(&path, kind))?, overrides.of(&path));
        // What a page prints around a text, without the text.
        let nothing = if document.text().trim().is_empty() { IssueKind::Empty } else { IssueKind::NoContent };
        if document.reports.is_empty() { Err(issue(&path, nothing)) } else { Ok(document) }
    });
    documents.collect()
}

/// The text of a plain file and the digest of its bytes, for one whose text was left for later.
fn read_again(path: &Path, encoding: Option<Encoding>) -> Option<(Digest, String)> {
    let bytes = read_bytes(path, encoding).ok()?;
    Some((digest(&bytes), formats::plain_text(&bytes, encoding)?))
}

/// What comes through standard input, all of it; who asks later gets the same.
///
/// # Errors
/// Why it cannot be a document.
pub fn read_input() -> Result<&'static [u8], IssueKind> {
    match gate::input(LARGEST_FILE) {
        Ok(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => Err(IssueKind::Empty),
        Ok(bytes) => Ok(bytes),
        Err(why) => Err(issue_of(why)),
    }
}

fn read_bytes(path: &Path, encoding: Option<Encoding>) -> Result<Vec<u8>, IssueKind> {
    let name = path.to_string_lossy();
    // A person who names the encoding knows that it is text.
    let goes_on = |head: &[u8]| encoding.is_some() || !formats::begins_binary(&name, head);
    match gate::read_while(path, LARGEST_FILE, &goes_on) {
        Ok((_, false)) => Err(IssueKind::Binary),
        Ok((bytes, true)) if bytes.iter().all(u8::is_ascii_whitespace) => Err(IssueKind::Empty),
        Ok((bytes, true)) => Ok(bytes),
        Err(why) => Err(issue_of(why)),
    }
}
