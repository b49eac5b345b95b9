//! What has become of the files of a corpus since they were read. Does not know about: how that is found.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::corpus::model::document::Document;
use crate::corpus::model::issue::Issue;

/// What has changed.
#[derive(Debug, Default)]
pub struct Change {
    /// Files that are new or others now, with the documents in them.
    pub read: Vec<(PathBuf, Vec<Arc<Document>>)>,
    /// Files that are no more.
    pub gone: Vec<PathBuf>,
    /// How many of those read are new.
    pub added: usize,
    /// All that belongs to no document, as it is now.
    pub issues: Vec<Issue>,
}

impl Change {
    /// How many files are others now.
    pub fn changed(&self) -> usize {
        self.read.len().saturating_sub(self.added)
    }

    /// Whether the document at `path` is of a file that changed.
    pub fn concerns(&self, path: &Path) -> bool {
        let of = |file: &PathBuf| path == file || path.starts_with(file);
        self.read.iter().map(|(file, _)| file).chain(&self.gone).any(of)
    }
}
