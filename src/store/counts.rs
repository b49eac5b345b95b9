//! Counts of words kept between runs, for each corpus and each set of words. In: the cache folder, a corpus, what cuts it. Out: a
//! [`TermCache`] filled from files, files filled from it. Does not know about: formats, scopes, screens.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::corpus::Corpus;
use crate::index::terms::{CacheFault, Segmenter, TermCache, cache_number};
use crate::store::part_files::PartFiles;

/// Files of counts have names that begin so.
const KIND: &str = "terms-";

/// Files of counts together take no more bytes: a corpus of a gigabyte has a twentieth of this.
const LARGEST: u64 = 2 << 30;

/// Where the counts of a corpus are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountsFile {
    files: PartFiles,
}

impl CountsFile {
    /// Of `corpus`, cut by `segmenter`, in `folder`.
    pub fn of(folder: &Path, corpus: &Corpus, segmenter: &Segmenter) -> Self {
        let absolute = |path: &PathBuf| fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        let roots: Vec<PathBuf> = corpus.roots().iter().map(absolute).collect();
        Self { files: PartFiles::new(folder, KIND, cache_number(&roots, segmenter), LARGEST) }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.files.folder()
    }

    /// Takes in what earlier runs counted; the files that are damaged, which go. One that cannot be read, or is of another version, is made
    /// anew without a word.
    pub fn load(&self, cache: &TermCache, segmenter: &Segmenter) -> Vec<PathBuf> {
        let mut damaged = Vec::new();
        for path in self.files.paths() {
            let Ok(Some(bytes)) = self.files.map(&path) else { continue };
            if let Err(fault) = cache.remember(bytes, segmenter) {
                let _ = fs::remove_file(&path);
                damaged.extend((fault == CacheFault::Damaged).then_some(path));
            }
        }
        damaged
    }

    /// Leaves what was counted to the next run.
    ///
    /// # Errors
    /// When it cannot be written, but for want of permission: where nothing may be written nothing is meant to be kept.
    pub fn store(&self, cache: &TermCache, corpus: &Corpus, segmenter: &Segmenter) -> io::Result<()> {
        let all = self.files.are_many() || !cache.remembers();
        let bytes = cache.to_bytes(corpus, segmenter, all);
        match self.files.add(all, &mut |out| out.write_all(&bytes).map(|()| true)) {
            Err(why) if matches!(why.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => Ok(()),
            written => written.map(drop),
        }
    }
}
