//! Whatever stands where a file is expected, the program neither waits for it nor reads without end, and says which file
//! it is and what to do.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const DEADLINE: Duration = Duration::from_secs(20);
/// Room for the program and what it is to read; not for what has no end. In kilobytes.
const MEMORY: u64 = 1_500_000;

const REPORT: &str =
    "乌有市人民代表大会常务委员会工作报告\n各位代表：\n我受市人大常委会委托，向大会报告工作，请审议。\n";

struct Place(tempfile::TempDir);

impl Place {
    /// A folder with one report in `corpus`, and nothing kept yet.
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        for folder in ["corpus", "home", "cache"] {
            fs::create_dir(place.at(folder)).unwrap();
        }
        fs::write(place.at("home/config.toml"), "").unwrap();
        fs::write(place.at("corpus/a.txt"), REPORT).unwrap();
        place
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    /// Runs a command within memory and time.
    fn run(&self, arguments: &[&str]) -> Output {
        let mut child = Command::new("sh")
            .args(["-c", &format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_yilan")])
            .args(arguments)
            .current_dir(self.0.path())
            .env("YILAN_CONFIG", self.at("home/config.toml"))
            .env("YILAN_CACHE_DIR", self.at("cache"))
            .env("YILAN_STATE_DIR", self.at("state"))
            .env("LANG", "zh_CN.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let deadline = Instant::now() + DEADLINE;
        while child.try_wait().unwrap().is_none() {
            if Instant::now() > deadline {
                let _ = child.kill();
                panic!("{arguments:?} waits for ever");
            }
            std::thread::yield_now();
        }
        child.wait_with_output().unwrap()
    }
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

fn zero(path: &Path) {
    symlink("/dev/zero", path).unwrap();
}

type Put = fn(&Path);

/// What stands in the way, and its name.
const OBSTACLES: [(&str, Put); 3] = [("pipe", pipe), ("zero", zero), ("folder", |path| fs::create_dir(path).unwrap())];

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_document_that_is_no_file_is_said_and_the_others_are_read() {
    for (name, put) in &OBSTACLES[..2] {
        let place = Place::new();
        put(&place.at("corpus/b.txt"));
        let output = place.run(&["list", "corpus"]);
        assert!(output.status.success(), "{name}: {}", said(&output));
        assert!(String::from_utf8_lossy(&output.stdout).contains("乌有市"), "{name}");
        assert!(said(&output).contains("b.txt: 不是普通文件"), "{name}: {}", said(&output));
        let alone = place.run(&["list", "corpus/b.txt"]);
        assert!(said(&alone).contains("b.txt: 不是普通文件"), "{name}: {}", said(&alone));
    }
}

#[test]
fn a_yilan_toml_that_is_no_file_is_an_issue() {
    for (name, put) in &OBSTACLES[..2] {
        for paths in [["list", "corpus"], ["list", "corpus/a.txt"]] {
            let place = Place::new();
            put(&place.at("corpus/yilan.toml"));
            let output = place.run(&paths);
            assert!(output.status.success(), "{name}: {}", said(&output));
            assert!(said(&output).contains("yilan.toml: 不是普通文件"), "{name}: {}", said(&output));
        }
    }
}

#[test]
fn settings_and_word_lists_that_are_no_files_are_named() {
    for (name, put) in OBSTACLES {
        for (file, config) in [
            ("words.txt", ""),
            ("config.toml", ""),
            ("stops", "[terms]\nstop_words_file = \"stops\"\n"),
            ("fillers", "[terms]\nfiller_words_file = \"fillers\"\n"),
        ] {
            let place = Place::new();
            fs::write(place.at("home/config.toml"), config).unwrap();
            let path = place.at("home").join(file);
            let _ = fs::remove_file(&path);
            put(&path);
            let output = place.run(&["list", "corpus"]);
            assert_eq!(output.status.code(), Some(2), "{name} {file}: {}", said(&output));
            assert!(
                said(&output).contains(file) && said(&output).contains("不是普通文件"),
                "{name} {file}: {}",
                said(&output)
            );
        }
    }
}

#[test]
fn a_cache_that_is_no_file_is_said_and_does_without() {
    for (name, put) in OBSTACLES {
        let place = Place::new();
        assert!(place.run(&["keywords", "corpus"]).status.success());
        let kept: Vec<_> = fs::read_dir(place.at("cache")).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(kept.len(), 2, "{kept:?}");
        for path in kept {
            fs::remove_file(&path).unwrap();
            put(&path);
        }
        let output = place.run(&["keywords", "corpus"]);
        assert!(output.status.success(), "{name}: {}", said(&output));
        assert!(said(&output).contains("语料缓存"), "{name}: {}", said(&output));
    }
}

#[test]
fn two_gigabytes_of_nothing_are_refused_after_their_first_block() {
    let place = Place::new();
    fs::File::create(place.at("corpus/b.txt")).unwrap().set_len(2_400_000_000).unwrap();
    fs::File::create(place.at("corpus/c.txt")).unwrap().set_len(20_000_000_000).unwrap();
    // A tenth of the file would not fit.
    let output = place.run(&["list", "corpus"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("b.txt: 不是文本文件"), "{}", said(&output));
    assert!(said(&output).contains("c.txt: 文件过大（20000000000 字节，上限 2500000000 字节）"), "{}", said(&output));
}

#[test]
fn what_nobody_sees_is_shown_as_a_sign_and_found_as_if_absent() {
    let unseen = [
        '\u{E0041}',
        '\u{115F}',
        '\u{3164}',
        '\u{FFA0}',
        '\u{2800}',
        '\u{34F}',
        '\u{17B4}',
        '\u{180B}',
        '\u{1D173}',
        '\u{202E}',
    ];
    let place = Place::new();
    let text: String = unseen.iter().map(|c| format!("修成水{c}渠二十里。\n")).collect();
    fs::write(place.at("corpus/a.txt"), format!("{REPORT}{text}")).unwrap();
    fs::write(place.at("corpus/\u{202E}b\u{E0041}.xyz"), "x").unwrap();
    let found = place.run(&["search", "水渠", "corpus"]);
    let shown = String::from_utf8(found.stdout).unwrap();
    assert_eq!(shown.matches("[水␦渠]").count(), unseen.len(), "{shown}");
    for output in
        [place.run(&["show", "乌有市", "corpus"]), place.run(&["check", "corpus"]), place.run(&["list", "corpus"])]
    {
        let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        assert!(!said.contains(unseen), "{said:?}");
    }
    let list = place.run(&["check", "corpus"]);
    assert!(String::from_utf8_lossy(&list.stdout).contains("␦b␦.xyz"), "{}", String::from_utf8_lossy(&list.stdout));
}
