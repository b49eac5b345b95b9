//! Counts of words kept between runs, one file for each corpus and each set of words. In: the cache folder, a corpus, what cuts
//! it. Out: a [`TermCache`] filled from the file, a file filled from it. Does not know about: formats, scopes, screens.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::corpus::Corpus;
use crate::index::terms::{CacheFault, Segmenter, TermCache, cache_name};
use crate::store::keep;

/// Files of counts have names that begin so.
const KIND: &str = "terms-";

/// No file of counts is larger, in bytes: a corpus of a gigabyte has one of a twentieth of this.
const LARGEST: u64 = 2 << 30;

/// Where the counts of a corpus are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountsFile {
    folder: PathBuf,
    name: String,
}

impl CountsFile {
    /// Of `corpus`, cut by `segmenter`, in `folder`.
    pub fn of(folder: &Path, corpus: &Corpus, segmenter: &Segmenter) -> Self {
        let absolute = |path: &PathBuf| fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        let roots: Vec<PathBuf> = corpus.roots().iter().map(absolute).collect();
        Self { folder: folder.to_owned(), name: format!("{KIND}{}", cache_name(&roots, segmenter)) }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file.
    pub fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }

    /// Takes in what an earlier run counted; says whether the file is damaged. One that cannot be read, or is of another
    /// version, is made anew without a word.
    pub fn load(&self, cache: &TermCache, segmenter: &Segmenter) -> bool {
        let Ok(Some(bytes)) = keep::map(&self.folder, &self.name, LARGEST) else { return false };
        cache.remember(bytes, segmenter) == Err(CacheFault::Damaged)
    }

    /// Leaves what was counted to the next run.
    ///
    /// # Errors
    /// When it cannot be written, but for want of permission: where nothing may be written nothing is meant to be kept.
    pub fn store(&self, cache: &TermCache, corpus: &Corpus, segmenter: &Segmenter) -> io::Result<()> {
        let bytes = cache.to_bytes(corpus, segmenter);
        match keep::write(&self.folder, KIND, &self.name, &bytes) {
            Err(why) if matches!(why.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => Ok(()),
            written => written,
        }
    }
}
