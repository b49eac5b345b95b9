//! Taking a table home: what stands on the screen is written into a file, and the command line that is shown beside it writes
//! the same bytes.

#[allow(dead_code, reason = "the stage is made for all whole-screen tests")]
mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::stage::Stage;
use yilan::testing::app::overlay::Overlay;
use yilan::testing::app::{Effect, Event};
use yilan::testing::corpus::load;

/// Keys that lead to every table, from a corpus that has been read and counted.
const TABLES: &[&str] = &[
    // The keyword panel: a report, a section, a place, everything, compared with something else, other words, another order.
    "w shift-e",
    "] ] w s s s s s shift-e",
    "w s shift-e",
    "w s s a shift-e",
    "w s s 1 2 o o shift-e",
    "/ 发 展 enter w s s s shift-e",
    // Its views, also turned another way.
    "w s s t shift-e",
    "w s s t o shift-e",
    "w s s b shift-e",
    "w s s b y shift-e",
    "w s s m shift-e",
    "w s s m y shift-e",
    "w s s m d shift-e",
    "w s s h shift-e",
    "w s s d shift-e",
    "w s s d y shift-e",
    "w s s u shift-e",
    "w s s ' shift-e",
    "w s s ~ shift-e",
    "w ~ shift-e",
    // What compares reports.
    "# shift-e",
    "# y shift-e",
    "d shift-e",
    "> % shift-e",
    "] ] ] u shift-e",
    "] ] ] u w shift-e",
    "] ] ] j b tab a shift-e",
    // Opened figures.
    "w enter shift-e",
    "w s s enter shift-e",
    "w s s t enter shift-e",
    "w s s b enter shift-e",
    "w s s m enter shift-e",
    "w s s d enter shift-e",
    // The search, in context, by other orders and under conditions; how often, where, and who does not.
    "/ 发 展 enter shift-e",
    "/ 发 展 enter v shift-e",
    "/ 发 展 enter v o shift-e",
    "/ 发 展 enter v o o shift-e",
    "/ 发 展 enter v 1 5 shift-e",
    "/ 发 展 enter v 1 shift-e down",
    "/ 发 展 enter v shift-e down",
    "p / f z enter v shift-e",
    "= / 发 展 enter shift-e",
    "r / 发 展 enter shift-e",
    "/ 法 院 enter shift-tab - shift-e",
    // A map of a query, where terms stand in a report.
    "/ 发 展 enter @ shift-e",
    "w i shift-e",
    // The board, the cities, the issues.
    "/ 发 展 enter m / 代 表 enter m shift-m shift-e",
    "shift-tab shift-e",
    "shift-tab o o shift-e",
    "! shift-e",
];

fn stage(folder: &Path, keys: &str) -> Stage {
    let config = folder.join("config.toml");
    std::fs::write(&config, "").unwrap();
    let mut stage = Stage::empty(120, 40, Default::default(), Default::default());
    stage.count_terms();
    stage.writes = true;
    stage.app.screen.options =
        ["--config", config.to_str().unwrap(), "--no-cache", "--lang", "zh"].map(str::to_owned).to_vec();
    stage.load(load::load_all(&[PathBuf::from("sample")]));
    stage.keys(keys);
    stage
}

fn line(stage: &Stage) -> String {
    let Some(Overlay::Export(export)) = &stage.app.overlay else { panic!("no export window:\n{}", stage.picture()) };
    export.line(stage.app.prompt.as_ref().unwrap().text())
}

/// Types a path in place of the proposed name.
fn name(stage: &mut Stage, path: &Path) {
    stage.keys("ctrl-u");
    stage.send(Event::Paste(path.to_str().unwrap().to_owned()));
}

/// What a shell makes of a line, where `yilan` is the program under test.
fn shell(folder: &Path, line: &str) {
    let bin = folder.join("bin");
    std::fs::create_dir_all(&bin).unwrap();
    let shim = bin.join("yilan");
    if !shim.exists() {
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_yilan"), &shim).unwrap();
    }
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let ran = Command::new("sh").args(["-c", line]).env("PATH", path).output().unwrap();
    assert!(ran.status.code().is_some_and(|code| code < 2), "{line}\n{}", String::from_utf8_lossy(&ran.stderr));
}

fn both(folder: &Path, keys: &str) -> (String, Vec<u8>) {
    let mut stage = stage(folder, keys);
    let (screen, command) = (folder.join("屏幕.out"), folder.join("命令.out"));
    for old in [&screen, &command] {
        let _ = std::fs::remove_file(old);
    }
    name(&mut stage, &command);
    let line = line(&stage);
    name(&mut stage, &screen);
    stage.keys("enter");
    assert!(stage.app.overlay.is_none(), "{keys}: {line}\n{}", stage.picture());
    shell(folder, &line);
    let (screen, command) = (std::fs::read(&screen).unwrap(), std::fs::read(&command).unwrap());
    assert!(!screen.is_empty(), "{keys}: {line}");
    assert!(
        screen == command,
        "{keys}: {line}\n--- the screen\n{}\n--- the command\n{}",
        String::from_utf8_lossy(&screen),
        String::from_utf8_lossy(&command)
    );
    (line, screen)
}

#[test]
fn the_shown_command_line_writes_the_same_bytes_as_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let mut asked = std::collections::BTreeSet::new();
    for keys in TABLES {
        let (line, _) = both(folder.path(), keys);
        asked.insert(line.split(' ').nth(1).unwrap().to_owned());
    }
    for about in yilan::testing::analysis::Question::ALL {
        assert!(asked.contains(about.name), "nothing here exports {}: {asked:?}", about.name);
    }
    for other in ["search", "cities", "check"] {
        assert!(asked.contains(other), "nothing here exports {other}");
    }
}

#[test]
fn every_format_is_the_commands_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for turned in 0..yilan::testing::table::write::OutputFormat::FILES.len() {
        let tabs = " tab".repeat(turned);
        for keys in ["w s s b shift-e", "w s s d shift-e alt-s", "/ 发 展 enter v shift-e"] {
            seen.insert(both(folder.path(), &format!("{keys}{tabs}")).1);
        }
    }
    // Hits make no picture: their formats come round one sooner.
    assert_eq!(seen.len(), 3 * yilan::testing::table::write::OutputFormat::FILES.len() - 1, "no two files are alike");
}

#[test]
fn a_spreadsheet_gets_a_mark_and_headings_in_the_users_language() {
    let folder = tempfile::tempdir().unwrap();
    let (line, bytes) = both(folder.path(), "w s s b shift-e tab");
    assert!(line.contains("--csv --excel"), "{line}");
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with("\u{feff}词,"), "{text}");
    let (_, hits) = both(folder.path(), "/ 发 展 enter v shift-e tab");
    assert!(String::from_utf8(hits).unwrap().starts_with("\u{feff}文件,行,"));
}

#[test]
fn a_table_and_its_command_take_three_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = stage(folder.path(), "w s s b");
    stage.keys("shift-e");
    let line = line(&stage);
    stage.expect("yilan trend");
    // The settings can be left out, and the other keys do the same.
    stage.keys("alt-s");
    assert_ne!(self::line(&stage), line);
    stage.keys("ctrl-s ctrl-g");
    assert!(stage.asked.iter().any(|effect| matches!(effect, Effect::Copy(text) if *text == line)));
    stage.asked.clear();
    stage.keys("alt-c");
    assert!(stage.asked.iter().any(|effect| matches!(effect, Effect::Copy(text) if *text == line)));
    name(&mut stage, &folder.path().join("x.csv"));
    stage.keys("enter");
    stage.expect("已写入");
    assert!(std::fs::read_to_string(folder.path().join("x.csv")).unwrap().starts_with("# {"), "with the settings");
}

#[test]
fn a_file_that_is_there_is_not_lost_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = stage(folder.path(), "w s s b shift-e");
    let path = folder.path().join("mine.csv");
    std::fs::write(&path, "mine").unwrap();
    name(&mut stage, &path);
    stage.keys("enter");
    stage.expect("已存在");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    // Another format is another question.
    stage.keys("tab tab tab tab tab tab tab enter");
    stage.expect("已存在");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    stage.keys("enter");
    assert!(stage.app.overlay.is_none(), "{}", stage.picture());
    assert_ne!(std::fs::read_to_string(&path).unwrap(), "mine");
    stage.keys("shift-e esc");
    assert!(stage.app.overlay.is_none() && stage.app.prompt.is_none() && stage.app.view().is_some());
}
