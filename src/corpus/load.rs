//! Files and folders to a corpus: the only disk access of this floor.
//!
//! In: paths. Out: documents in name order, and an [`Issue`] for whatever gave none. Refuses to know: what becomes of them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use walkdir::WalkDir;

use super::overrides::{FILE_NAME, Overrides};
use super::read::{self, Limits, Source};
use super::understand::understand;
use super::{Corpus, Document, Encoding, Issue, IssueKind};

pub use super::read::EXTENSIONS;

/// Spans are 32 bits wide, and a text may grow by half when it is decoded to UTF-8.
const LARGEST_FILE: u64 = 2_500_000_000;
/// How many documents may wait for one before them in name order, per thread.
const AHEAD: usize = 16;

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
    let mut files = Vec::new();
    let mut overrides = Overrides::default();
    for path in paths {
        walk(path, cancel, &mut files, &mut overrides);
    }
    take(LoadStep::Found(files.iter().filter(|f| f.is_ok()).count()));
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(files.len());
    let (sender, receiver) = mpsc::sync_channel::<(usize, Vec<LoadStep>)>(AHEAD * threads.max(1));
    let turn = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, files, overrides, turn) = (sender.clone(), &files, &overrides, &turn);
            scope.spawn(move || {
                // Each thread takes the next file in line, so that documents finish nearly in order.
                while let Some((n, file)) =
                    Some(turn.fetch_add(1, Ordering::Relaxed)).and_then(|n| Some((n, files.get(n)?)))
                {
                    if cancel.load(Ordering::Relaxed) || sender.send((n, steps(file, overrides))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (n, steps) in receiver {
            waiting.insert(n, steps);
            while let Some(steps) = waiting.remove(&next) {
                steps.into_iter().for_each(&mut *take);
                next += 1;
            }
        }
    });
}

fn steps(file: &Result<PathBuf, Issue>, overrides: &Overrides) -> Vec<LoadStep> {
    match file {
        Ok(path) => read_file(path, overrides).into_iter().map(step).collect(),
        Err(issue) => vec![LoadStep::Issue(issue.clone())],
    }
}

fn step(read: Result<Document, Issue>) -> LoadStep {
    match read {
        Ok(document) => LoadStep::Document(Arc::new(document)),
        Err(issue) => LoadStep::Issue(issue),
    }
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

/// Lists the files under `path` in name order; hidden ones are skipped, links followed, loops of links refused.
fn walk(path: &Path, cancel: &AtomicBool, files: &mut Vec<Result<PathBuf, Issue>>, overrides: &mut Overrides) {
    // What is said beside a file counts for it, though it alone was asked for.
    if path.is_file() {
        let beside = path.with_file_name(FILE_NAME);
        if beside.is_file() {
            files.extend(take_overrides(&beside, overrides).into_iter().map(Err));
        }
    }
    let before = files.len();
    let hidden =
        |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    // A saved web page keeps its pictures and scripts in a folder named after it.
    let of_page = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let page = name.strip_suffix("_files").or_else(|| name.strip_suffix(".files"));
        entry.depth() > 0
            && entry.file_type().is_dir()
            && page.is_some_and(|p| {
                ["html", "htm"].iter().any(|e| entry.path().with_file_name(format!("{p}.{e}")).is_file())
            })
    };
    let mut is_folder = false;
    for entry in WalkDir::new(path)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|e| !hidden(e) && !of_page(e))
    {
        if cancel.load(Ordering::Relaxed) {
            return;
        }
        match entry {
            Ok(entry) if entry.file_type().is_dir() => is_folder |= entry.depth() == 0,
            Ok(entry) if entry.file_name() == FILE_NAME => {
                files.extend(take_overrides(entry.path(), overrides).into_iter().map(Err));
            }
            Ok(entry) if entry.depth() == 0 || is_readable(entry.path()) => files.push(Ok(entry.into_path())),
            Ok(entry) => {
                let ending = entry.path().extension().map_or_else(String::new, |e| e.to_string_lossy().into_owned());
                files.push(Err(Issue { path: entry.into_path(), line: None, kind: IssueKind::UnknownFormat(ending) }));
            }
            Err(error) => {
                let at = error.path().unwrap_or(path).to_owned();
                let kind = match error.io_error() {
                    _ if error.loop_ancestor().is_some() => IssueKind::LinkLoop,
                    Some(io) => refusal(io),
                    None => IssueKind::Unreadable(error.to_string()),
                };
                files.push(Err(Issue { path: at, line: None, kind }));
            }
        }
    }
    if is_folder && files[before..].iter().all(Result::is_err) {
        files.push(Err(Issue { path: path.to_owned(), line: None, kind: IssueKind::NoDocuments }));
    }
}

/// Reads what a person says of documents; returns what cannot be taken.
fn take_overrides(path: &Path, overrides: &mut Overrides) -> Vec<Issue> {
    match std::fs::read_to_string(path) {
        Ok(text) => overrides.add(path, &text),
        Err(error) => vec![Issue { path: path.to_owned(), line: None, kind: refusal(&error) }],
    }
}

fn is_readable(path: &Path) -> bool {
    path.extension().is_some_and(|e| EXTENSIONS.iter().any(|known| e.eq_ignore_ascii_case(known)))
}

fn refusal(error: &std::io::Error) -> IssueKind {
    match error.kind() {
        ErrorKind::NotFound => IssueKind::Missing,
        _ => IssueKind::Unreadable(error.to_string()),
    }
}

/// Reads one file: the documents in it (an archive holds several), and what is wrong with each that gave none.
fn read_file(path: &Path, overrides: &Overrides) -> Vec<Result<Document, Issue>> {
    let ignored = |path: &Path| overrides.of(path).iter().any(|rule| rule.ignore && rule.lines.is_none());
    if ignored(path) {
        return Vec::new();
    }
    let issue = |path: &Path, kind| Issue { path: path.to_owned(), line: None, kind };
    let bytes = match read_bytes(path) {
        Ok(bytes) => bytes,
        Err(kind) => return vec![Err(issue(path, kind))],
    };
    let encoding = overrides.of(path).iter().find_map(|rule| rule.encoding);
    let parts = read::read(&path.to_string_lossy(), bytes, encoding, &Limits::default());
    let documents = parts.into_iter().map(|part| {
        // What stands in an archive is named as if the archive were a folder.
        let path = part.name.map_or_else(|| path.to_owned(), |name| path.join(name));
        (path, part.source)
    });
    let documents = documents.filter(|(path, _)| !ignored(path)).map(|(path, source)| {
        let document = understand(&path, source.map_err(|kind| issue(&path, kind))?, overrides.of(&path));
        if document.reports.is_empty() { Err(issue(&path, IssueKind::Empty)) } else { Ok(document) }
    });
    documents.collect()
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, IssueKind> {
    let metadata = std::fs::metadata(path).map_err(|e| refusal(&e))?;
    // A pipe or device would make the reader wait, or never end.
    if !metadata.is_file() {
        return Err(IssueKind::Unreadable("not a regular file".into()));
    }
    if metadata.len() > LARGEST_FILE {
        return Err(IssueKind::TooLarge(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    // The file may grow while it is read.
    File::open(path).and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)).map_err(|e| refusal(&e))?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(IssueKind::TooLarge(bytes.len() as u64));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) { Err(IssueKind::Empty) } else { Ok(bytes) }
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
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../../sample/", $name)))),*] };
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
