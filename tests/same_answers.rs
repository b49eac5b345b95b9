//! Answers are the same bytes whatever became of the cache: there was none, it is warm, damaged, shared by programs at once. And a
//! file that shrinks while it is searched ends nothing.
//!
//! `YILAN_SHARED=… YILAN_WAYS=200 cargo test --test same_answers` asks the same of every folder beside the project.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

/// What is asked.
const QUESTIONS: [&[&str]; 7] = [
    &["list", "--json"],
    &["search", "工作", "--count", "--json"],
    &["search", "工作 ~20 监督", "--json"],
    &["search", "gongzuo", "--pinyin", "--count", "--json"],
    &["keywords", "--json"],
    &["trend", "监督", "--json"],
    &["groups", "--json"],
];

fn run(cache: &Path, question: &[&str], corpus: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yilan"));
    command.args(question).arg(corpus).stdin(Stdio::null()).env_clear();
    command.env("YILAN_CACHE_DIR", cache).env("YILAN_STATE_DIR", "/nonexistent/state").env("LANG", "zh_CN.UTF-8");
    command.env("YILAN_CONFIG", cache.join("c"));
    command.output().unwrap()
}

fn ask(cache: &Path, corpus: &Path) -> Vec<Vec<u8>> {
    QUESTIONS.iter().map(|question| run(cache, question, corpus).stdout).collect()
}

/// A cache folder with an empty settings file.
fn cache() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("c"), "").unwrap();
    folder
}

/// The sample as files that nobody has touched for long.
fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample")).unwrap().flatten() {
        let path = folder.path().join(file.file_name());
        if path.extension().is_some_and(|extension| extension != "json") {
            fs::copy(file.path(), &path).unwrap();
            let time = SystemTime::now() - Duration::from_secs(3600);
            fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        }
    }
    folder
}

fn kept(cache: &Path) -> Vec<PathBuf> {
    let names = fs::read_dir(cache).unwrap().flatten().map(|entry| entry.path());
    let mut names: Vec<PathBuf> = names.filter(|path| path.is_file() && !path.ends_with("c")).collect();
    names.sort();
    names
}

fn same_whatever_became_of_the_cache(corpus: &Path, ways: usize) {
    let none: Vec<Vec<u8>> = QUESTIONS
        .iter()
        .map(|question| run(cache().path(), &[question, &["--no-cache"][..]].concat(), corpus).stdout)
        .collect();
    assert!(none.iter().all(|answer| !answer.is_empty()), "{}", corpus.display());
    let shared = cache();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| assert_eq!(ask(shared.path(), corpus), none, "cold, two at once: {}", corpus.display()));
        }
    });
    assert_eq!(ask(shared.path(), corpus), none, "warm: {}", corpus.display());
    for way in 0..ways {
        let files = kept(shared.path());
        let file = &files[way % files.len()];
        let mut bytes = fs::read(file).unwrap();
        let at = way * 7919 % bytes.len();
        if way % 3 == 0 {
            bytes.truncate(at)
        } else {
            bytes[at] ^= 1 << (way % 8)
        }
        // As damage comes: not into a file that somebody has mapped.
        fs::remove_file(file).unwrap();
        fs::write(file, bytes).unwrap();
        assert_eq!(ask(shared.path(), corpus), none, "way {way}, {}: {}", file.display(), corpus.display());
    }
}

#[test]
fn the_sample_is_answered_alike_with_every_cache() {
    same_whatever_became_of_the_cache(sample().path(), 4);
}

#[test]
fn folders_beside_the_project_are_answered_alike_with_every_cache() {
    let Some(shared) = std::env::var_os("YILAN_SHARED") else { return };
    let ways = std::env::var("YILAN_WAYS").ok().and_then(|ways| ways.parse().ok()).unwrap_or(3);
    for name in ["corpus", "corpus-more", "corpus-web"] {
        let folder = Path::new(&shared).join(name);
        if folder.exists() {
            same_whatever_became_of_the_cache(&folder, ways);
        }
    }
}

#[test]
fn a_file_that_shrinks_while_it_is_searched_ends_nothing() {
    let (corpus, cache) = (sample(), cache());
    let path = corpus.path().join("汇编.txt");
    let whole = fs::read(&path).unwrap();
    assert!(run(cache.path(), QUESTIONS[1], corpus.path()).status.success());
    std::thread::scope(|scope| {
        let searching = scope.spawn(|| {
            (0..12).all(|n| run(cache.path(), QUESTIONS[n % QUESTIONS.len()], corpus.path()).status.code().is_some())
        });
        for n in 0.. {
            if searching.is_finished() {
                break;
            }
            fs::File::options().write(true).open(&path).unwrap().set_len((n % 2 * 64) as u64).unwrap();
            fs::write(&path, &whole).unwrap();
        }
        assert!(searching.join().unwrap(), "it died of a signal");
    });
}
