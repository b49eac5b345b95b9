//! What is kept between runs is never lost and never written where nothing may be: disks that fail, programs that are
//! killed, two at once, a machine on which nothing may be written.
#![cfg(unix)]

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use portable_pty::CommandBuilder;
use pty::{REPORT, Session};

/// What can be wrong with a disk (see `store::atomic`).
const FAULTS: [&str; 4] = ["write", "full", "sync", "rename"];

fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut all: Vec<_> =
        entries.map(|e| e.unwrap().path()).map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    all.sort();
    all
}

/// Runs a command on the corpus in `folder`.
fn run(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_yilan"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("YILAN_TEST_DISK")
        .env("YILAN_CONFIG", folder.join("config.toml"))
        .env("YILAN_CACHE_DIR", folder.join("cache"))
        .env("YILAN_STATE_DIR", folder.join("state"))
        .env("LANG", "zh_CN.UTF-8")
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("corpus")).unwrap();
    fs::write(folder.path().join("config.toml"), "").unwrap();
    fs::write(folder.path().join("corpus/a.txt"), REPORT).unwrap();
    folder
}

#[test]
fn a_disk_that_fails_leaves_the_caches_as_they_were_and_the_answer_right() {
    if !cfg!(debug_assertions) {
        return;
    }
    let folder = corpus();
    let cache = folder.path().join("cache");
    let first = run(folder.path(), &["keywords", "corpus", "--csv"], &[]);
    let before = files(&cache);
    assert_eq!(before.len(), 2);
    let other = "湖上的船夜里点灯，岸上的磨坊天亮开闸。";
    fs::write(
        folder.path().join("corpus/b.txt"),
        format!("{}\n{}\n", REPORT.replace("云岭市", "雁栖县"), other.repeat(40)),
    )
    .unwrap();
    let whole = run(folder.path(), &["keywords", "corpus", "--csv", "--no-cache"], &[("YILAN_CACHE_DIR", "/dev/null")]);
    assert_ne!(first.stdout, whole.stdout);
    // Nobody waits until a cache is on the disk: whoever reads it checks it.
    for fault in FAULTS.into_iter().filter(|fault| *fault != "sync") {
        let output = run(folder.path(), &["keywords", "corpus", "--csv"], &[("YILAN_TEST_DISK", fault)]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{fault}: {said}");
        assert_eq!(output.stdout, whole.stdout, "{fault}");
        assert!(said.contains("写不了语料缓存") || said.contains("缓存"), "{fault}: {said}");
        assert_eq!(files(&cache), before, "{fault}: the old files stay, and nothing is left beside them");
    }
    // A disk that takes one byte at a time takes all of them.
    let output = run(folder.path(), &["keywords", "corpus", "--csv"], &[("YILAN_TEST_DISK", "short")]);
    assert_eq!(output.stdout, whole.stdout);
    assert_ne!(files(&cache), before);
    let again = run(folder.path(), &["keywords", "corpus", "--csv"], &[]);
    assert_eq!((again.stdout, again.status.code()), (whole.stdout, Some(0)));
}

#[test]
fn a_disk_that_fails_leaves_the_session_as_it_was_and_says_so() {
    if !cfg!(debug_assertions) {
        return;
    }
    for fault in FAULTS {
        let mut session = Session::start_with(|folder, command| {
            fs::create_dir(folder.join("state")).unwrap();
            fs::write(folder.join("state/session.json"), "{}").unwrap();
            command.env("YILAN_TEST_DISK", fault);
        });
        session.until_shown("云岭市 · 人大常委会");
        session.types("}");
        session.until_shown("阅读位置没有保存");
        assert_eq!(files(&session.folder.path().join("state")).len(), 1, "{fault}");
        session.types("q");
        assert_eq!(session.ends(), 0);
        assert_eq!(fs::read(session.state_file()).unwrap(), b"{}", "{fault}");
    }
}

#[test]
fn a_program_that_is_killed_has_kept_its_place() {
    let mut session = Session::start();
    session.until_shown("云岭市 · 人大常委会");
    session.types("}");
    session.until_shown("第 5 行");
    let file = session.state_file();
    let deadline = std::time::Instant::now() + pty::DEADLINE;
    while !fs::read_to_string(&file).is_ok_and(|text| text.contains("a.txt")) {
        assert!(std::time::Instant::now() < deadline, "never written while reading");
        let _ = session.bytes.recv_timeout(std::time::Duration::from_millis(50));
    }
    session.signal("KILL");
    session.ends();
    session.expect_state();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    let folder = std::mem::replace(&mut session.folder, tempfile::tempdir().unwrap());
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_yilan"));
    command.arg(folder.path().join("corpus"));
    let mut again = Session::spawn(folder, command, |_, _| {});
    again.until_shown("第 5 行");
    again.types("q");
    assert_eq!(again.ends(), 0);
}

#[test]
fn where_all_is_secured_nothing_is_written_started_or_copied() {
    let settings: [fn(&Path, &mut CommandBuilder); 3] = [
        |_, command| command.arg("--secure"),
        |folder, _| fs::write(folder.join("config.toml"), "secure = true\n").unwrap(),
        |folder, command| {
            fs::write(folder.join("system.toml"), "secure = true\n").unwrap();
            command.env("YILAN_TEST_SYSTEM_CONFIG", folder.join("system.toml"));
        },
    ];
    let some = if cfg!(debug_assertions) { settings.len() } else { 2 };
    for secure in &settings[..some] {
        let mut session = Session::start_with(|folder, command| {
            command.env("EDITOR", "touch started; true");
            secure(folder, command);
        });
        session.until_shown("云岭市 · 人大常委会");
        for key in ["e", "\x1a", "y"] {
            session.types(key);
            session.until_shown("安全模式");
            session.types("j");
            session.until("the notice gone", |s| !s.shows("安全模式"));
        }
        session.types("q");
        assert_eq!(session.ends(), 0);
        assert!(!String::from_utf8_lossy(&session.seen).contains("\x1b]52"));
        for name in ["state", "cache", "started", "words.txt"] {
            assert!(!session.folder.path().join(name).exists(), "{name}");
        }
    }
}

#[test]
fn nobody_is_locked_in_by_settings() {
    let mut session = Session::start_with(|folder, _| {
        let keys = "[keys]\nquit = []\nprompt-cancel = []\nclose-overlay = []\n";
        fs::write(folder.join("config.toml"), keys).unwrap();
    });
    session.until_shown("云岭市 · 人大常委会");
    session.types("/水\x03");
    session.until("the prompt closed", |s| s.screen.screen().hide_cursor());
    session.types("?");
    session.until_shown("全部命令");
    session.types("\x03");
    session.until("the palette closed", |s| !s.shows("全部命令"));
    session.types("\x03");
    assert_eq!(session.ends(), 0);
}

#[test]
fn results_that_cannot_be_written_are_an_error() {
    let folder = corpus();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_yilan"))
        .args(["list", "corpus"])
        .current_dir(folder.path())
        .env("YILAN_CACHE_DIR", folder.path().join("cache"))
        .env("YILAN_CONFIG", folder.path().join("config.toml"))
        .env("LANG", "zh_CN.UTF-8")
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("无法写出结果"));
}

#[test]
fn a_spreadsheet_takes_no_cell_for_a_formula() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("config.toml"), "").unwrap();
    let text = REPORT.replace("一、修渠引水", "=HYPERLINK(\"x\")修渠引水");
    fs::write(folder.path().join("=a.txt"), text).unwrap();
    let plain = run(folder.path(), &["list", "=a.txt", "--csv"], &[]);
    let guarded = run(folder.path(), &["list", "=a.txt", "--csv", "--excel"], &[]);
    let (plain, guarded) = (String::from_utf8(plain.stdout).unwrap(), String::from_utf8(guarded.stdout).unwrap());
    assert!(plain.contains("\n=a.txt,"), "{plain}");
    assert!(
        guarded.starts_with('\u{feff}') && guarded.contains("\n'=a.txt,") && !guarded.contains("\n=a"),
        "{guarded}"
    );
    assert_eq!(run(folder.path(), &["list", "=a.txt", "--excel"], &[]).status.code(), Some(2), "it says nothing alone");
}

#[test]
fn a_file_from_the_future_is_known_by_what_is_in_it() {
    let folder = corpus();
    let path = folder.path().join("corpus/a.txt");
    let ahead = std::time::SystemTime::now() + std::time::Duration::from_secs(86_400 * 365);
    let age = || fs::File::options().write(true).open(&path).unwrap().set_modified(ahead).unwrap();
    age();
    assert!(run(folder.path(), &["list", "corpus"], &[]).status.success());
    // As many bytes, the same time: the clock went back.
    fs::write(&path, REPORT.replace("云岭市", "雁栖县")).unwrap();
    age();
    let output = run(folder.path(), &["list", "corpus"], &[]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("雁栖县"));
}
