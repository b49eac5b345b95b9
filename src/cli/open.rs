//! Reading the corpus for a command. In: paths, settings. Out: a corpus; progress and files that gave nothing are said on
//! standard error. Does not know about: what is asked of the corpus.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Setting;

use crate::corpus::load::{self, LoadOptions, LoadStep};
use crate::corpus::{Corpus, Issue, IssueKind};
use crate::index::search::SearchIndex;
use crate::store::{FoldedFolder, Shelf, ShelfNews};
use crate::text::Lang;
use crate::text::visible::visible;

/// Loading that takes no longer than this shows no progress.
const PATIENCE: Duration = Duration::from_millis(300);

/// What a command reads: the paths given, else those of the config, else (none) the built-in sample.
pub fn paths_or_configured(given: &[PathBuf], setting: &Setting) -> Vec<PathBuf> {
    if given.is_empty() { setting.config.corpus.paths.clone() } else { given.to_vec() }
}

/// Reads the corpus.
///
/// What an earlier run understood is used, and what is new is left for the next. `lazily` leaves texts of files that have not
/// changed since where they are until they are looked at.
pub fn open(given: &[PathBuf], lazily: bool, setting: &Setting) -> Corpus {
    let paths = paths_or_configured(given, setting);
    if paths.is_empty() {
        let note = setting.lang.pick("内置样例：其中的地方都是虚构的", "the built-in sample: its places are invented");
        say(note);
        return load::sample();
    }
    let mut corpus = Corpus::new(paths.clone(), false);
    let mut progress = Progress::new(setting);
    let shelf = Shelf::of(&paths, &setting.config, &setting.places);
    let (store, news) = shelf.as_ref().map(Shelf::read).unwrap_or_default();
    tell(news, setting);
    let options =
        LoadOptions { store: store.as_ref(), lazily, keep: shelf.is_some(), encoding: setting.encoding, left: None };
    let report = load::load_in(&options, &paths, &AtomicBool::new(false), &mut |step| {
        match &step {
            LoadStep::Found(files) => progress.total(*files),
            LoadStep::Document(_) | LoadStep::Issue(_) => progress.step(),
        }
        corpus.take(step);
    });
    corpus.settle_places();
    progress.bar.finish_and_clear();
    tell(shelf.and_then(|shelf| shelf.write(&report, store.as_ref())), setting);
    corpus
}

/// The searched forms of a corpus: those that an earlier run left, and those that this one leaves to the next.
pub fn search_index(corpus: &Corpus, setting: &Setting) -> SearchIndex {
    let index = SearchIndex::new();
    index.sync(corpus);
    if let Some(folder) = FoldedFolder::of(corpus.roots(), &setting.config, setting.places.cache_dir.as_deref()) {
        folder.open(&index);
        // Where nothing can be kept, it is folded for this run.
        let _ = folder.keep(&index, &|| false);
    }
    index
}

/// Says which files were others than their stamps said, and lets the next run see it.
pub fn report_lost(given: &[PathBuf], corpus: &Corpus, setting: &Setting) {
    let lost = corpus.documents().iter().filter(|document| document.source.was_lost());
    let mut any = false;
    for document in lost {
        any = true;
        let path = visible(&document.path.to_string_lossy()).into_owned();
        say(&match setting.lang {
            Lang::Zh => format!("{path}：内容已变而大小和时间未变，本次结果不含它；请再运行一次"),
            Lang::En => format!("{path}: changed though size and time did not, and left out here; run this once more"),
        });
    }
    if any {
        open(given, false, setting);
    }
}

/// Reads what is to be compared: the paths, else those of the settings, and the files that are asked about. `lazily` as in
/// [`open`].
pub fn corpus<'f>(
    files: impl Iterator<Item = &'f Path>,
    paths: Vec<PathBuf>,
    lazily: bool,
    setting: &Setting,
) -> Corpus {
    let mut paths = paths_or_configured(&paths, setting);
    for file in files {
        // A file below a folder that is read anyway must not be read twice.
        let covered = paths.iter().any(|path| file.starts_with(path) || same(file, path));
        if !covered && file.exists() {
            paths.push(file.to_owned());
        }
    }
    let corpus = open(&paths, lazily, setting);
    report_losses(&corpus, setting);
    corpus
}

/// Whether `file` is `path` or lies below it, by what they are on the disk.
fn same(file: &Path, path: &Path) -> bool {
    match (file.canonicalize(), path.canonicalize()) {
        (Ok(file), Ok(path)) => file.starts_with(path),
        _ => false,
    }
}

fn tell(news: Option<ShelfNews>, setting: &Setting) {
    if let Some(news) = news {
        say(&news.text(setting.lang));
    }
}

/// Says on standard error which files and folders gave no document. Files of another format are passed over in silence
/// beside reports, as folders hold all sorts of things, but not when they are all there is.
pub fn report_losses(corpus: &Corpus, setting: &Setting) {
    let all = corpus.documents().is_empty();
    // What a person says of files and cannot be taken changes every answer.
    let said = |issue: &Issue| matches!(issue.kind, IssueKind::Override(_));
    let told = |issue: &&Issue| said(issue) || issue.line.is_none() && (all || is_loss(&issue.kind));
    for issue in corpus.issues().iter().filter(told) {
        say(&describe(issue, setting));
    }
}

/// Whether a whole file or folder is missing from the corpus.
const fn is_loss(kind: &IssueKind) -> bool {
    matches!(
        kind,
        IssueKind::Missing
            | IssueKind::Unreadable(_)
            | IssueKind::Binary
            | IssueKind::Empty
            | IssueKind::NoDocuments
            | IssueKind::NotAFile
            | IssueKind::LoadFull
            | IssueKind::TooLarge { .. }
            | IssueKind::LinkLoop
            | IssueKind::Broken(_)
            | IssueKind::Bomb(_)
            | IssueKind::Nested
            | IssueKind::Encrypted
            | IssueKind::NoTextLayer
            | IssueKind::TooManyPages(_)
            | IssueKind::TooSlow(_)
    )
}

/// `file:line: message`, or without a line where none is meant.
pub fn describe(issue: &Issue, setting: &Setting) -> String {
    let (path, message) = (issue.path.display(), issue.kind.message(setting.lang));
    match issue.line {
        Some(line) => format!("{path}:{line}: {message}"),
        None => format!("{path}: {message}"),
    }
}

thread_local! {
    /// Messages of this thread, while somebody listens: the screen, on which nothing may be printed.
    static HEARD: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Does `work`; what this thread says meanwhile is not printed but given back.
pub fn listening<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    HEARD.with(|heard| heard.replace(Some(Vec::new())));
    let done = work();
    (done, HEARD.with(|heard| heard.replace(None)).unwrap_or_default())
}

/// A message to standard error; that it may be closed is no reason to stop.
pub fn say(message: &str) {
    let heard = HEARD.with(|heard| heard.borrow_mut().as_mut().map(|all| all.push(message.to_owned())).is_some());
    if heard {
        return;
    }
    let shown: Vec<_> = message.lines().map(visible).collect();
    let _ = writeln!(io::stderr(), "yilan: {}", shown.join("\n"));
}

/// A bar on standard error, drawn only when a person is watching and has waited a while.
struct Progress {
    bar: ProgressBar,
    since: Instant,
    wanted: bool,
}

impl Progress {
    fn new(setting: &Setting) -> Self {
        let wanted = setting.progress && io::stderr().is_terminal();
        let bar = ProgressBar::hidden();
        let template = setting.lang.pick("读取 {bar:30} {pos}/{len} 个文件", "reading {bar:30} {pos}/{len} files");
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar, since: Instant::now(), wanted }
    }

    fn total(&self, files: usize) {
        self.bar.set_length(files as u64);
    }

    fn step(&mut self) {
        if self.wanted && self.since.elapsed() > PATIENCE {
            self.wanted = false;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }
}

/// Whether no document was loaded and a path does not exist: then the command was given wrongly.
pub fn nothing_there(corpus: &Corpus) -> bool {
    let missing = corpus.issues().iter().any(|issue| issue.kind == IssueKind::Missing);
    missing && corpus.documents().is_empty() && !corpus.is_sample()
}
