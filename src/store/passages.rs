//! Where the index of shared wording of a corpus lies between runs. In: settings, the paths of a corpus, an index. Out: parts of it, mapped.
//! Does not know about: what is in a part, when an index is made.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::Config;
use crate::index::passages::{PassageIndex, PassagePart};
use crate::store::part_files::PartFiles;

/// What files of this kind are called.
const KIND: &str = "passages-";

/// The files of one corpus.
#[derive(Debug, Clone)]
pub struct PassageFiles {
    files: PartFiles,
}

impl PassageFiles {
    /// Of a corpus that was read from `paths`; none where the settings want none, or there is no folder for it.
    pub fn of(paths: &[PathBuf], config: &Config, cache_dir: Option<&Path>) -> Option<Self> {
        Some(Self { files: PartFiles::of_corpus(KIND, paths, config, cache_dir)? })
    }

    /// What earlier runs left, oldest first.
    pub fn open(&self) -> Vec<Arc<PassagePart>> {
        self.files.open(&|bytes| PassagePart::new(bytes).map(Arc::new))
    }

    /// Leaves what no file has to the next run; the same index, which takes it from there. `None` where there is nothing new, or it
    /// would be more than the settings allow.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, index: &PassageIndex) -> io::Result<Option<PassageIndex>> {
        let Some((bytes, all)) = index.fresh() else { return Ok(None) };
        if bytes.as_slice().len() as u64 > self.files.most() {
            return Ok(None);
        }
        let written = self.files.add(all, &mut |out| out.write_all(bytes.as_slice()).map(|()| true))?;
        let part = written.and_then(|path| self.files.map(&path).ok().flatten()).and_then(PassagePart::new);
        Ok(part.map(|part| index.adopting(part)))
    }
}
