//! What has become of the files of a corpus since they were read. In: their states then. Out: a [`Change`]: documents of
//! files that are new or others now, files that are gone. Does not know about: when one looks, what becomes of the documents.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rustc_hash::FxHashMap;

use crate::corpus::Issue;
use crate::corpus::load::file::{FileResult, FileState, LoadOptions, read_file};
use crate::corpus::load::store::CacheEntry;
use crate::corpus::load::walk::{SourceFile, walk};
use crate::corpus::load::{LoadReport, each_in_order};
use crate::corpus::model::change::Change;

/// What is known of one file.
#[derive(Debug)]
struct Known {
    found: SourceFile,
    state: FileState,
    entry: Option<Arc<CacheEntry>>,
    /// What was wrong with what gave no document.
    issues: Vec<Issue>,
    /// Whether the entry was given out to be kept.
    given: bool,
}

/// The files of a corpus as they were read, in order.
#[derive(Debug, Default)]
pub struct Files {
    known: Vec<Known>,
}

impl Files {
    /// The files of a corpus that was just read.
    pub fn of(report: LoadReport) -> Self {
        let mut entries: FxHashMap<String, Arc<CacheEntry>> = report.entries.into_iter().collect();
        let mut issues: FxHashMap<PathBuf, Vec<Issue>> = FxHashMap::default();
        for (path, issue) in report.issues {
            issues.entry(path).or_default().push(issue);
        }
        let known = |(found, state): (SourceFile, FileState)| {
            let (entry, issues) = (entries.remove(&found.key), issues.remove(&found.path).unwrap_or_default());
            Known { found, state, entry, issues, given: true }
        };
        Self { known: report.files.into_iter().map(known).collect() }
    }

    /// Looks at `paths` again and reads what has changed, and the files in `lost` whatever they look like. `None` if nothing
    /// has changed.
    pub fn look_again(
        &mut self,
        paths: &[PathBuf],
        lost: &[PathBuf],
        options: &LoadOptions<'_>,
        cancel: &AtomicBool,
    ) -> Option<Change> {
        let walked = walk(paths, cancel);
        if cancel.load(std::sync::atomic::Ordering::Relaxed) {
            return None;
        }
        let mut before: FxHashMap<PathBuf, Known> =
            self.known.drain(..).map(|known| (known.found.path.clone(), known)).collect();
        let mut change = Change::default();
        let mut due: Vec<(usize, SourceFile)> = Vec::new();
        for file in walked.files {
            let found = match file {
                Ok(found) => found,
                Err(issue) => {
                    change.issues.push(issue);
                    continue;
                }
            };
            let known = before.remove(&found.path);
            let same = known.as_ref().is_some_and(|known| {
                known.state.agrees(FileState::of(&found, &walked.overrides, options.encoding))
                    && !lost.contains(&found.path)
            });
            change.added += usize::from(known.is_none());
            match known.filter(|_| same) {
                Some(known) => self.known.push(known),
                None => {
                    due.push((self.known.len(), found.clone()));
                    self.known.push(Known {
                        found,
                        state: FileState::default(),
                        entry: None,
                        issues: Vec::new(),
                        given: false,
                    });
                }
            }
        }
        change.gone.extend(before.into_keys());
        change.gone.sort();
        if due.is_empty() && change.gone.is_empty() {
            return None;
        }
        let known = &mut self.known;
        let read = |(_, found): &(usize, SourceFile)| read_file(found, &walked.overrides, options);
        each_in_order(&due, cancel, &read, &mut |n, taken| {
            let FileResult { found, state, entry, .. } = taken;
            let Some((own, path)) = due.get(n).and_then(|(at, file)| Some((known.get_mut(*at)?, &file.path))) else {
                return;
            };
            let mut documents = Vec::new();
            for each in found {
                match each {
                    Ok(document) => documents.push(Arc::new(document)),
                    Err(issue) => own.issues.push(issue),
                }
            }
            (own.state, own.entry) = (state, entry);
            change.read.push((path.clone(), documents));
        });
        change.issues.extend(self.known.iter().flat_map(|known| known.issues.iter().cloned()));
        Some(change)
    }

    /// What a later run can make a store of: of `all` files, or of those of which nothing was given out yet.
    pub fn to_bytes(&mut self, all: bool) -> Vec<u8> {
        let wanted = self.known.iter().filter(|known| all || !known.given);
        let kept: Vec<(&str, &CacheEntry)> =
            wanted.filter_map(|known| Some((known.found.key.as_str(), known.entry.as_deref()?))).collect();
        let bytes = crate::corpus::load::store::to_bytes(kept.into_iter());
        self.known.iter_mut().for_each(|known| known.given = true);
        bytes
    }
}
