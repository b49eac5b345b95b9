//! Files of one kind and one corpus that are added to: what has changed stands in a new file beside the others, of which none is ever
//! written again. In: a folder, bytes. Out: files, mapped. Does not know about: what is in them.
//!
//! A changed document costs a small file. When there are many, or much of them is of use no more, one file takes the place of all. Two
//! programs that write at once write two files, of which either is right; who has a file mapped that another unlinks keeps it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::corpus::KeptBytes;
use crate::corpus::load::gate::{self, Refusal};
use crate::store::{atomic, keep};
use crate::text::digest::Digester;

/// From so many files on the next takes the place of all.
const MANY: usize = 8;
/// How the name of a file ends that takes the place of all that were written before it.
const WHOLE: &str = "-w";

/// The files of one kind and one corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartFiles {
    folder: PathBuf,
    kind: &'static str,
    /// How their names begin.
    name: String,
    most: u64,
}

impl PartFiles {
    /// Files of this kind of corpus number `number`; all files of the kind together may take `most` bytes.
    pub fn new(folder: &Path, kind: &'static str, number: u64, most: u64) -> Self {
        Self { folder: folder.to_owned(), kind, name: format!("{kind}{number:016x}-"), most }
    }

    /// Files of this kind of a corpus that was read from `paths`; none where the settings want none, or there is no folder for them.
    pub fn of_corpus(kind: &'static str, paths: &[PathBuf], config: &Config, cache_dir: Option<&Path>) -> Option<Self> {
        let folder = cache_dir.filter(|_| config.corpus.cache && !paths.is_empty())?;
        Some(Self::new(folder, kind, number_of(paths), u64::from(config.corpus.cache_mb) << 20))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Bytes that all files of the kind may take.
    pub const fn most(&self) -> u64 {
        self.most
    }

    /// The files there are, oldest first, from the last that takes the place of others on. Those before it go.
    pub fn paths(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|name| name.starts_with(&self.name)).collect();
        names.sort();
        let whole = names.iter().rposition(|name| name.ends_with(WHOLE)).unwrap_or(0);
        names.drain(..whole).for_each(|old| drop(fs::remove_file(self.folder.join(old))));
        names.iter().map(|name| self.folder.join(name)).collect()
    }

    /// A file as memory; `None` if it went meanwhile.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn map(&self, path: &Path) -> Result<Option<KeptBytes>, Refusal> {
        match gate::map(path, self.most) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(why) if why.is_missing() => Ok(None),
            Err(why) => Err(why),
        }
    }

    /// What `read` makes of the files; those that it makes nothing of are of use to nobody and go.
    pub fn open<T>(&self, read: &dyn Fn(KeptBytes) -> Option<T>) -> Vec<T> {
        let open = |path: PathBuf| {
            let found = self.map(&path).ok().flatten().and_then(read);
            if found.is_none() {
                let _ = fs::remove_file(path);
            }
            found
        };
        self.paths().into_iter().filter_map(open).collect()
    }

    /// Whether the next file should take the place of all there are.
    pub fn are_many(&self) -> bool {
        self.paths().len() + 1 >= MANY
    }

    /// Writes one more file; one that `takes_all` takes the place of all that are there now. `None` if `fill` says that it is of no use.
    ///
    /// # Errors
    /// When it cannot be written; then all is as it was.
    pub fn add(
        &self,
        takes_all: bool,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<bool>,
    ) -> io::Result<Option<PathBuf>> {
        let before = if takes_all { self.paths() } else { Vec::new() };
        let ending = if takes_all { WHOLE } else { "" };
        let Some(name) = atomic::replace_by(&self.folder, (&self.name, ending), fill)? else { return Ok(None) };
        before.iter().for_each(|old| drop(fs::remove_file(old)));
        keep::sweep_others(&self.folder, self.kind, &self.name, self.most);
        Ok(Some(self.folder.join(name)))
    }
}

/// The number in the names of what is kept of a corpus that was read from `paths`: the same folder is the same corpus, wherever
/// one stands when naming it.
fn number_of(paths: &[PathBuf]) -> u64 {
    let mut digester = Digester::default();
    for path in paths {
        let whole = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        digester.add(whole.as_os_str().as_encoded_bytes());
    }
    digester.finish().0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(files: &PartFiles, takes_all: bool, text: &[u8]) {
        files.add(takes_all, &mut |out| out.write_all(text).map(|()| true)).unwrap().unwrap();
    }

    fn read(files: &PartFiles) -> Vec<Vec<u8>> {
        let mut all = files.open(&|bytes| Some(bytes.as_slice().to_vec()).filter(|bytes| bytes != b"bad"));
        all.sort();
        all
    }

    #[test]
    fn files_are_added_until_one_takes_their_place() {
        let folder = tempfile::tempdir().unwrap();
        let files = PartFiles::new(folder.path(), "terms-", 7, 1000);
        let other = PartFiles::new(folder.path(), "terms-", 8, 1000);
        for text in [&b"a"[..], b"b", b"bad"] {
            add(&files, false, text);
        }
        add(&other, false, b"other");
        assert_eq!(read(&files), [b"a", b"b"]);
        assert_eq!((files.paths().len(), files.are_many()), (2, false));
        add(&files, true, b"all");
        assert_eq!((read(&files), read(&other)), (vec![b"all".to_vec()], vec![b"other".to_vec()]));
        assert_eq!(files.add(false, &mut |_| Ok(false)).unwrap(), None);
        (0..6).for_each(|_| add(&files, false, b"c"));
        assert!(files.are_many());
        // What another program wrote at the same time is left out, and goes.
        add(&files, true, b"one");
        fs::write(folder.path().join(format!("{}0-w", files.name)), b"older").unwrap();
        assert_eq!(read(&files), [b"one"]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn all_files_of_a_kind_stay_within_their_bytes() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..4 {
            add(&PartFiles::new(folder.path(), "terms-", number, 250), true, &[0; 100]);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
