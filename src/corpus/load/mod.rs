//! Files and folders to a corpus. With `walk` and `file`, which do the reading, the only disk access of this floor.
//!
//! In: paths. Out: documents in name order, and an [`Issue`] for whatever gave none. Does not know about: what becomes of them.

mod file;
pub mod gate;
mod renew;
mod store;
mod walk;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc;

use crate::corpus::formats::Source;
use crate::corpus::load::file::{FileResult, read_file};
use crate::corpus::load::store::CacheEntry;
use crate::corpus::load::walk::walk;
use crate::corpus::understand::understand;
use crate::corpus::{Corpus, Document, Encoding, Issue};

pub use crate::corpus::formats::EXTENSIONS;
pub use crate::corpus::load::file::{FileState, LoadOptions, read_input};
pub use crate::corpus::load::renew::Files;
pub use crate::corpus::load::store::{Stamp, Store, StoreFault, rules_number};
pub use crate::corpus::load::walk::SourceFile;

/// How many files may wait for one before them in name order, per thread.
const AHEAD: usize = 16;

/// So many bytes of files, and of what they unpack to, are read at once: a folder of a thousand large files is refused from
/// there on, file by file, before it takes all memory.
const LARGEST_LOAD: u64 = 4 << 30;

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

/// What loading leaves behind besides documents.
#[derive(Debug, Default)]
pub struct LoadReport {
    /// Every file and the state it was read in.
    pub files: Vec<(SourceFile, FileState)>,
    entries: Vec<(String, Arc<CacheEntry>)>,
    /// What was wrong with files, or parts of them, that gave no document.
    issues: Vec<(PathBuf, Issue)>,
    fresh: usize,
}

impl LoadReport {
    /// Whether it says anything of a file that `store` does not.
    pub fn is_news(&self, store: Option<&Store>) -> bool {
        self.entries.iter().any(|(key, entry)| !store.is_some_and(|store| store.says(key, entry)))
    }

    /// What a later run can make a [`Store`] of; without what `beside` says already.
    pub fn to_bytes(&self, beside: Option<&Store>) -> Vec<u8> {
        let fresh = |(key, entry): &&(String, Arc<CacheEntry>)| !beside.is_some_and(|store| store.says(key, entry));
        let entries: Vec<(&str, &CacheEntry)> =
            self.entries.iter().filter(fresh).map(|(key, entry)| (key.as_str(), &**entry)).collect();
        store::to_bytes(entries.into_iter())
    }

    /// How many files there is something to keep of.
    pub const fn files(&self) -> usize {
        self.entries.len()
    }

    /// How many files were understood anew.
    pub const fn fresh(&self) -> usize {
        self.fresh
    }
}

/// Reads `paths` (files, or folders walked in name order) and hands each step to `take`, in corpus order.
///
/// Files are read in parallel. Stops early, without an error, once `cancel` is set.
pub fn load(paths: &[PathBuf], cancel: &AtomicBool, take: &mut dyn FnMut(LoadStep)) {
    load_in(&LoadOptions::default(), paths, cancel, take);
}

/// The same in a manner of its own.
pub fn load_in(
    options: &LoadOptions<'_>,
    paths: &[PathBuf],
    cancel: &AtomicBool,
    take: &mut dyn FnMut(LoadStep),
) -> LoadReport {
    let left = AtomicU64::new(LARGEST_LOAD);
    let options = &LoadOptions { left: options.left.or(Some(&left)), ..*options };
    let walked = walk(paths, cancel);
    let (files, overrides) = (&walked.files, &walked.overrides);
    take(LoadStep::Found(files.iter().filter(|f| f.is_ok()).count()));
    let mut report = LoadReport::default();
    each_in_order(
        files,
        cancel,
        &|file| file.as_ref().map(|file| read_file(file, overrides, options)),
        &mut |n, taken| match (&files[n], taken) {
            (Ok(file), Ok(taken)) => report.take(file, taken, take),
            (Err(issue), _) | (_, Err(issue)) => take(LoadStep::Issue(issue.clone())),
        },
    );
    report
}

impl LoadReport {
    fn take(&mut self, file: &SourceFile, taken: FileResult, take: &mut dyn FnMut(LoadStep)) {
        let FileResult { found, state, entry, fresh } = taken;
        self.files.push((file.clone(), state));
        self.fresh += usize::from(fresh);
        self.entries.extend(entry.map(|entry| (file.key.clone(), entry)));
        for each in found {
            take(match each {
                Ok(document) => LoadStep::Document(Arc::new(document)),
                Err(issue) => {
                    self.issues.push((file.path.clone(), issue.clone()));
                    LoadStep::Issue(issue)
                }
            });
        }
    }
}

/// Does `work` for each of `all` on every core and hands what comes of it to `take`, in order.
fn each_in_order<'a, T: Sync, U: Send>(
    all: &'a [T],
    cancel: &AtomicBool,
    work: &(dyn Fn(&'a T) -> U + Sync),
    take: &mut dyn FnMut(usize, U),
) {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(all.len());
    let (sender, receiver) = mpsc::sync_channel::<(usize, U)>(AHEAD * threads.max(1));
    let turn = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, turn) = (sender.clone(), &turn);
            scope.spawn(move || {
                // Each thread takes the next file in line, so that documents finish nearly in order.
                while let Some((n, one)) =
                    Some(turn.fetch_add(1, Ordering::Relaxed)).and_then(|n| Some((n, all.get(n)?)))
                {
                    if cancel.load(Ordering::Relaxed) || sender.send((n, work(one))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (n, done) in receiver {
            waiting.insert(n, done);
            while let Some(done) = waiting.remove(&next) {
                take(next, done);
                next += 1;
            }
        }
    });
}

/// Reads everything at once.
pub fn load_all(paths: &[PathBuf]) -> Corpus {
    let mut corpus = Corpus::new(paths.to_vec(), false);
    load(paths, &AtomicBool::new(false), &mut |step| corpus.take(step));
    corpus.settle_places();
    corpus
}

impl Corpus {
    /// Takes a step of loading.
    pub fn take(&mut self, step: LoadStep) {
        match step {
            LoadStep::Found(_) => {}
            LoadStep::Document(document) => self.push(document),
            LoadStep::Issue(issue) => self.push_issue(issue),
        }
    }
}

/// The built-in sample: reports of invented places.
pub fn sample() -> Corpus {
    let mut corpus = Corpus::new(Vec::new(), true);
    for (name, text) in SAMPLE {
        let source = Source::of_text((*text).to_owned(), Encoding::Utf8);
        corpus.push(Arc::new(understand(Path::new(name), source, &[])));
    }
    corpus
}

macro_rules! sample {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../../../sample/", $name)))),*] };
}

/// Names and texts, in name order.
const SAMPLE: &[(&str, &str)] = sample![
    "2023年乌有市政府工作报告.txt",
    "2024年乌有市政府工作报告.txt",
    "南柯市人大常委会2023年工作报告.txt",
    "子墟日报2023年1月18日.txt",
    "槐安县2023年法院工作报告.md",
    "水月区检察院2023年工作报告.txt",
    "汇编.txt",
];
