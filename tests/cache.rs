//! What was understood of a corpus is kept between runs: the next start gives the very same, whatever became of the cache.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use yilan::testing::config::{Config, Paths};
use yilan::testing::corpus::Corpus;
use yilan::testing::corpus::load::{LoadOptions, LoadReport, Store, StoreFault, load_all, load_in};
use yilan::testing::store::{Shelf, ShelfNews};

fn report(place: &str, topic: &str) -> String {
    let mut text = format!("{place}人大常委会工作报告\n各位代表：\n受市人大常委会委托，我向大会报告工作，请予审议。\n");
    for (part, n) in [("一、过去一年的工作", 1), ("二、2024年的任务", 2)] {
        text.push_str(&format!(
            "{part}\n{place}第{n}回听取{topic}专项报告，把{topic}的{n}件实事逐件办结，办结一件销号一件。\n"
        ));
    }
    text
}

/// Files of several formats and encodings; one of them old enough for its stamp to count.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("1.txt"), report("乌有市", "灯塔")).unwrap();
    fs::write(at("2.txt"), encoding_rs::GB18030.encode(&report("南柯市", "盐田")).0).unwrap();
    fs::write(
        at("3.html"),
        format!("<html><body><h1>黄粱市政府工作报告</h1><p>{}</p></body></html>", "灯亮了。".repeat(50)),
    )
    .unwrap();
    fs::write(at("4.txt"), "").unwrap();
    for file in fs::read_dir(folder.path()).unwrap().flatten() {
        age(&file.path());
    }
    folder
}

/// Makes a file look as if nobody had touched it for long.
fn age(path: &Path) {
    let time = SystemTime::now() - Duration::from_secs(3600);
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

fn read(folder: &Path, store: Option<&Store>, lazily: bool) -> (Corpus, LoadReport) {
    let paths = [folder.to_owned()];
    let mut corpus = Corpus::new(paths.to_vec(), false);
    let options = LoadOptions { store, lazily, keep: true, ..LoadOptions::default() };
    let report = load_in(&options, &paths, &AtomicBool::new(false), &mut |step| corpus.take(step));
    (corpus, report)
}

/// All that a corpus says, texts included.
fn said(corpus: &Corpus) -> String {
    let documents = corpus.documents().iter();
    let documents =
        documents.map(|d| format!("{:?} {:?} {:?} {:?} {}", d.path, d.encoding, d.lines, d.reports, d.text()));
    format!("{:#?} {:?}", documents.collect::<Vec<_>>(), corpus.issues())
}

fn kept(report: &LoadReport) -> Store {
    Store::from_bytes(&report.to_bytes(None).into()).unwrap()
}

#[test]
fn a_second_start_gives_the_same_and_understands_nothing_anew() {
    let folder = folder();
    let (cold, report) = read(folder.path(), None, false);
    assert_eq!((report.fresh(), said(&cold)), (3, said(&load_all(&[folder.path().to_owned()]))));
    let store = kept(&report);
    for lazily in [false, true] {
        let (warm, report) = read(folder.path(), Some(&store), lazily);
        assert_eq!(warm.documents()[0].source.is_at_hand(), !lazily);
        assert_eq!(said(&warm), said(&cold));
        assert!(report.fresh() == 0 && !report.is_news(Some(&store)));
    }
}

#[test]
fn a_changed_file_costs_only_itself() {
    let folder = folder();
    let store = kept(&read(folder.path(), None, false).1);
    fs::write(folder.path().join("1.txt"), report("蜃楼市", "渔港")).unwrap();
    for lazily in [false, true] {
        let (corpus, report) = read(folder.path(), Some(&store), lazily);
        assert_eq!(report.fresh(), 1);
        assert_eq!(corpus.reports().next().unwrap().2.place, "蜃楼市");
        assert_eq!(said(&corpus), said(&load_all(&[folder.path().to_owned()])));
    }
    // A file that is only touched is known by its content.
    fs::write(folder.path().join("1.txt"), report("乌有市", "灯塔")).unwrap();
    let (corpus, report) = read(folder.path(), Some(&store), true);
    assert_eq!((report.fresh(), corpus.documents()[0].source.is_at_hand()), (1, true), "a new stamp is news");
    fs::remove_file(folder.path().join("2.txt")).unwrap();
    let (corpus, report) = read(folder.path(), Some(&store), true);
    assert!(report.is_news(Some(&store)));
    assert_eq!(corpus.report_count(), 2);
}

#[test]
fn a_change_that_keeps_size_and_time_is_found_when_the_text_is_fetched() {
    let folder = folder();
    let path = folder.path().join("1.txt");
    let store = kept(&read(folder.path(), None, false).1);
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, report("乌有市", "渔港")).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    let (corpus, _) = read(folder.path(), Some(&store), true);
    assert!(corpus.documents()[0].source.is_lost() && !corpus.documents()[1].source.is_lost());
    let (corpus, _) = read(folder.path(), Some(&store), false);
    assert!(corpus.documents()[0].text().contains("渔港"), "who reads the bytes sees it at once");
}

#[test]
fn what_a_person_says_of_a_file_counts_at_once() {
    let folder = folder();
    let store = kept(&read(folder.path(), None, false).1);
    fs::write(folder.path().join("yilan.toml"), "[[file]]\npath = \"1.txt\"\nplace = \"桃源市\"\n").unwrap();
    let (corpus, report) = read(folder.path(), Some(&store), true);
    assert_eq!((corpus.reports().next().unwrap().2.place.as_str(), report.fresh()), ("桃源市", 1));
}

#[test]
fn bytes_that_are_not_what_was_written_are_refused() {
    let folder = folder();
    let bytes = read(folder.path(), None, false).1.to_bytes(None);
    for at in (0..bytes.len()).step_by(7).chain([bytes.len() - 1]) {
        let mut other = bytes.clone();
        other[at] ^= 0x20;
        assert!(Store::from_bytes(&other.into()).is_err(), "byte {at}");
        assert!(Store::from_bytes(&bytes[..at].into()).is_err(), "cut at {at}");
    }
    let line = b"yilan-corpus\n".len();
    let with = |at: usize| {
        let mut other = bytes.clone();
        other[at] ^= 1;
        Store::from_bytes(&other.into()).unwrap_err()
    };
    assert_eq!(
        [with(0), with(line), with(line + 8), with(line + 40)],
        [StoreFault::Damaged, StoreFault::OtherVersion, StoreFault::OtherMachine, StoreFault::Damaged]
    );
}

fn shelf(folder: &Path, cache: &Path, change: impl FnOnce(&mut Config)) -> Option<Shelf> {
    let mut config = Config::default();
    change(&mut config);
    let places = Paths { cache_dir: Some(cache.to_owned()), ..Paths::default() };
    Shelf::of(&[folder.to_owned()], &config, &places)
}

#[test]
fn settings_bound_it_and_turn_it_off() {
    let (folder, cache) = (folder(), tempfile::tempdir().unwrap());
    let (_, report) = read(folder.path(), None, false);
    assert!(shelf(folder.path(), cache.path(), |config| config.corpus.cache = false).is_none());
    let none = shelf(folder.path(), cache.path(), |config| config.corpus.cache_mb = 0).unwrap();
    assert!(matches!(none.write(&report, None), Some(ShelfNews::TooLarge(1..))));
    assert_eq!(fs::read_dir(cache.path()).unwrap().count(), 0);
    let own = shelf(folder.path(), cache.path(), |_| {}).unwrap();
    assert_eq!(own.write(&report, None), None);
    let (store, news) = own.read();
    assert_eq!((store.unwrap().len(), news), (3, None));
    let file = own.files().pop().unwrap();
    fs::write(&file, "yilan-corpus\nnothing").unwrap();
    assert_eq!(own.read().1, Some(ShelfNews::Unusable(StoreFault::Damaged)));
    assert!(!file.exists() && own.read().1.is_none());
    // Where a folder lies in the way, it is said, and nothing is lost.
    fs::create_dir(&file).unwrap();
    assert!(matches!(own.read().1, Some(ShelfNews::Unreadable(_))));
    assert_eq!(own.write(&report, None), None);
    assert!(own.read().0.is_some());
    fs::write(cache.path().join("file"), "").unwrap();
    let nowhere = shelf(folder.path(), &cache.path().join("file"), |_| {}).unwrap();
    assert!(matches!(nowhere.write(&report, None), Some(ShelfNews::Unwritable(_))));
}

/// The program on a folder, with a cache of its own.
fn run(cache: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yilan"));
    command.args(arguments).stdin(Stdio::null()).env_clear();
    command
        .env("YILAN_CACHE_DIR", cache)
        .env("YILAN_STATE_DIR", "/nonexistent/state")
        .env("YILAN_CONFIG", cache.join("c"));
    command.env("LANG", "zh_CN.UTF-8");
    command.output().unwrap()
}

fn files(cache: &Path) -> Vec<PathBuf> {
    let names = fs::read_dir(cache).unwrap().flatten().map(|entry| entry.path());
    names.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("corpus-")).collect()
}

#[test]
fn commands_leave_and_use_it() {
    let (folder, cache) = (folder(), tempfile::tempdir().unwrap());
    fs::write(cache.path().join("c"), "").unwrap();
    let path = folder.path().to_str().unwrap();
    let cold = run(cache.path(), &["list", "--json", "--no-cache", path]);
    assert!(cold.status.success() && files(cache.path()).is_empty());
    let first = run(cache.path(), &["list", "--json", path]);
    let [file] = files(cache.path()).try_into().unwrap();
    let second = run(cache.path(), &["list", "--json", path]);
    assert_eq!((&first.stdout, &second.stdout), (&cold.stdout, &cold.stdout));
    for command in [&["search", "灯塔"][..], &["cities", "乌有"], &["show", "南柯"], &["check"]] {
        let with = run(cache.path(), &[command, &[path]].concat());
        let without = run(cache.path(), &[command, &["--no-cache", path]].concat());
        assert_eq!(with.stdout, without.stdout, "{command:?}");
    }
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, &bytes).unwrap();
    let mended = run(cache.path(), &["list", "--json", path]);
    assert_eq!(mended.stdout, cold.stdout);
    assert!(String::from_utf8_lossy(&mended.stderr).contains("语料缓存已损坏"));
    assert!(!String::from_utf8_lossy(&run(cache.path(), &["list", path]).stderr).contains("缓存"));
}

#[test]
fn many_programs_at_once_leave_one_whole_file() {
    let (folder, cache) = (folder(), tempfile::tempdir().unwrap());
    let own = shelf(folder.path(), cache.path(), |_| {}).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..6 {
            let (own, folder) = (&own, folder.path());
            scope.spawn(move || assert_eq!(own.write(&read(folder, None, false).1, None), None));
        }
    });
    // The last takes the place of all.
    assert!(own.read().0.is_some());
    assert_eq!(fs::read_dir(cache.path()).unwrap().count(), 1);
}

#[test]
fn a_person_may_say_the_encoding_of_all_files() {
    let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(cache.path().join("c"), "").unwrap();
    fs::write(folder.path().join("1.txt"), encoding_rs::BIG5.encode("燈塔縣工作報告").0).unwrap();
    let path = folder.path().to_str().unwrap();
    for (name, good) in [("big5", true), ("gb18030", false), ("Big5", true)] {
        let listed = run(cache.path(), &["list", "--json", "--encoding", name, path]);
        assert_eq!(String::from_utf8_lossy(&listed.stdout).contains("\"encoding\":\"Big5\""), good, "{name}");
    }
    assert_eq!(run(cache.path(), &["list", "--encoding", "latin", path]).status.code(), Some(2));
}

/// What is in the files of the cache, by name.
fn everything(cache: &Path) -> std::collections::BTreeMap<String, u64> {
    let entries =
        fs::read_dir(cache).unwrap().flatten().filter(|entry| entry.file_name().to_string_lossy().contains('-'));
    entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.metadata().unwrap().len())).collect()
}

#[test]
fn a_changed_file_costs_itself() {
    let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(cache.path().join("c"), "").unwrap();
    // Words of every report differ, so that no two files say the same.
    let report = |n: usize, more: &str| {
        let letter = |k: usize| char::from_u32(0x4e00 + ((n * 7919 + k * 104_729) % 9000) as u32).unwrap();
        let line = |k: usize| (0..60).map(|i| letter(60 * k + i)).chain("守灯。\n".chars()).collect::<String>();
        let body: String = (0..30).map(line).collect();
        format!("乌有市政府工作报告\n——2023年1月{}日\n各位代表：\n{body}{more}", n % 28 + 1)
    };
    // A file that was changed a moment ago may be changed again unseen, and is looked at again at the next start.
    let write = |n: usize, text: String, day: u64| {
        let path = folder.path().join(format!("{n:02}.txt"));
        fs::write(&path, text).unwrap();
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000 + 86_400 * day);
        fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    };
    (0..60).for_each(|n| write(n, report(n, ""), 0));
    let path = folder.path().to_str().unwrap();
    let asked: [&[&str]; 4] =
        [&["list", "--json"], &["search", "守灯", "--count", "--json"], &["keywords", "--json"], &["reuse", "--json"]];
    let with = || asked.map(|words| run(cache.path(), &[words, &[path]].concat()).stdout);
    let nothing = tempfile::tempdir().unwrap();
    fs::write(nothing.path().join("c"), "").unwrap();
    let without = || asked.map(|words| run(nothing.path(), &[words, &["--no-cache", path]].concat()).stdout);
    assert_eq!(with(), without());
    let before = everything(cache.path());
    for changed in 0..3 {
        write(3 * (changed % 7), report(100 + changed, "又守灯。\n"), 1 + changed as u64);
        let known = everything(cache.path());
        assert_eq!(with(), without(), "change {changed}");
        let after = everything(cache.path());
        for kind in ["corpus-", "terms-", "folded-", "passages-"] {
            let bytes = |files: &std::collections::BTreeMap<String, u64>, new: bool| -> u64 {
                let own =
                    files.iter().filter(|(name, _)| name.starts_with(kind) && (!new || !known.contains_key(*name)));
                own.map(|(_, bytes)| *bytes).sum()
            };
            let written = bytes(&after, true);
            assert!(written > 0, "{kind}: nothing of change {changed}");
            assert!(10 * written < bytes(&before, false), "{kind}: {written} bytes for change {changed}");
            let files = after.keys().filter(|name| name.starts_with(kind)).count();
            assert!(files <= 8 && bytes(&after, false) < 3 * bytes(&before, false), "{kind}: {files} files");
        }
    }
}
