//! Which files there are. In: the paths a person names. Out: files in name order, an [`Issue`] for whatever is none, and
//! what `yilan.toml` files say of them. Does not know about: what is in a file.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use walkdir::WalkDir;

use crate::corpus::corrections::overrides::{FILE_NAME, Overrides};
use crate::corpus::formats::EXTENSIONS;
use crate::corpus::formats::format::is_litter;
use crate::corpus::load::gate::{self, Refusal};
use crate::corpus::{Issue, IssueKind};

/// A file that is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it is called from the paths that were named: the same wherever one stands when naming them.
    pub key: String,
}

impl SourceFile {
    /// What comes through standard input.
    fn input() -> Self {
        Self { path: PathBuf::from(gate::INPUT_NAME), key: gate::INPUT.to_owned() }
    }

    /// Whether this is no file but what comes through standard input.
    pub fn is_input(&self) -> bool {
        self.key == gate::INPUT
    }
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Walked {
    /// Files, and issues in the places where files were expected.
    pub files: Vec<Result<SourceFile, Issue>>,
    /// What a person says of them.
    pub overrides: Overrides,
}

/// Walks `paths`; stops early, without an error, once `cancel` is set.
pub fn walk(paths: &[PathBuf], cancel: &AtomicBool) -> Walked {
    let mut walked = Walked::default();
    for (number, path) in paths.iter().enumerate() {
        walk_one(number, path, cancel, &mut walked);
    }
    let Walked { files, overrides } = &mut walked;
    // Sorting keeps the names' order where nothing is said.
    files.sort_by_key(|file| file.as_ref().map_or(0, |file| overrides.order_of(&file.path)));
    walked
}

/// Lists the files under `path` in name order; hidden ones are skipped, links followed, loops of links refused.
fn walk_one(number: usize, path: &Path, cancel: &AtomicBool, walked: &mut Walked) {
    let Walked { files, overrides } = walked;
    if path == Path::new(gate::INPUT) {
        // It can be read only once, however often it is named.
        if !files.iter().flatten().any(SourceFile::is_input) {
            files.push(Ok(SourceFile::input()));
        }
        return;
    }
    // What is said beside a file counts for it, though it alone was asked for.
    if path.is_file() {
        let beside = path.with_file_name(FILE_NAME);
        if beside.exists() {
            files.extend(take_overrides(&beside, overrides).into_iter().map(Err));
        }
    }
    let before = files.len();
    let hidden = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() > 0 && (name.starts_with('.') || is_litter(&name))
    };
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
            Ok(entry) if entry.depth() == 0 || is_readable(entry.path()) => {
                // A file that was named itself has no name below it.
                let below = entry.path().strip_prefix(path).unwrap_or(entry.path()).to_string_lossy().into_owned();
                files.push(Ok(SourceFile { key: format!("{number}/{below}"), path: entry.into_path() }));
            }
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
    match gate::read_text(path, gate::SETTINGS) {
        Ok(text) => overrides.add(path, &text),
        Err(refusal) => vec![Issue { path: path.to_owned(), line: None, kind: issue_of(refusal) }],
    }
}

fn is_readable(path: &Path) -> bool {
    path.extension().is_some_and(|e| EXTENSIONS.iter().any(|known| e.eq_ignore_ascii_case(known)))
}

/// Why the gate let a file not pass.
pub fn issue_of(why: Refusal) -> IssueKind {
    match why {
        Refusal::NotAFile => IssueKind::NotAFile,
        Refusal::TooLarge { bytes, limit } => IssueKind::TooLarge { bytes, limit },
        Refusal::NotUtf8 => IssueKind::Override("不是 UTF-8 编码 (not UTF-8)".into()),
        Refusal::System(error) => refusal(&error),
    }
}

/// Why a file could not be read.
pub fn refusal(error: &std::io::Error) -> IssueKind {
    match error.kind() {
        ErrorKind::NotFound => IssueKind::Missing,
        _ => IssueKind::Unreadable(error.to_string()),
    }
}
