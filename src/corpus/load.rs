//! Files and folders to a corpus: the only disk access of this floor.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Corpus, Document, Issue};

/// One step of loading, in corpus order.
#[derive(Debug)]
pub enum LoadStep {
    /// How many files there are in all (sent once, when the folders have been walked).
    Found(usize),
    /// The next document in name order.
    Document(Arc<Document>),
    /// A file or folder that gave no document.
    Issue(Issue),
}

/// Reads `paths` (files, or folders walked in name order) and hands each step to `take`, in corpus order.
///
/// Files are read in parallel. Stops early, without an error, once `cancel` is set.
pub fn load(paths: &[PathBuf], cancel: &AtomicBool, take: &mut dyn FnMut(LoadStep)) {
    let _ = (paths, cancel, take);
}

/// Reads everything at once.
pub fn load_all(paths: &[PathBuf]) -> Corpus {
    let mut corpus = Corpus::new(paths.to_vec(), false);
    load(paths, &AtomicBool::new(false), &mut |step| match step {
        LoadStep::Found(_) => {}
        LoadStep::Document(document) => corpus.push(document),
        LoadStep::Issue(issue) => corpus.push_issue(issue),
    });
    corpus
}

/// The built-in sample: reports of invented places.
pub fn sample() -> Corpus {
    Corpus::new(Vec::new(), true)
}
