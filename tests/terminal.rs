//! The program in a real pseudo-terminal: what a shell gets back, whatever way the program ends.
//!
//! Nothing waits for a fixed time: the screen is read until it shows what it should, or a deadline has passed.
#![cfg(unix)]

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize};
use pty::{DEADLINE, LEAVING, REPORT, Session, cells};

#[test]
fn quitting_gives_the_terminal_back_and_keeps_the_place() {
    let mut session = Session::start();
    session.until_shown("云岭市 · 人大常委会");
    session.until("the terminal taken", |s| {
        let screen = s.screen.screen();
        screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste()
    });
    session.types("q");
    assert_eq!(session.ends(), 0);
    session.expect_restored();
    session.expect_state();
}

#[test]
fn the_cursor_stands_in_the_prompt_and_a_search_finds() {
    let mut session = Session::start();
    session.until_shown("云岭市 · 人大常委会");
    session.types("/清泉工程");
    session.until_shown("/2 处 · 1 城中的 1");
    session.until("the cursor behind the query", |s| {
        !s.screen.screen().hide_cursor() && s.screen.screen().cursor_position() == (28, 10)
    });
    session.types("\r");
    session.until("the cursor hidden", |s| s.screen.screen().hide_cursor());
    session.types("\x1b[200~q\x1b[201~n");
    session.until_shown("2/2 处");
    session.types("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn resizing_draws_anew() {
    let mut session = Session::start();
    session.until_shown("关键词");
    let size = PtySize { rows: 12, cols: 70, pixel_width: 0, pixel_height: 0 };
    session.master.as_ref().unwrap().resize(size).unwrap();
    session.screen.screen_mut().set_size(cells(12), cells(70));
    // The keyword panel is gone; its key is still named in the bottom line.
    let head = |s: &Session| s.screen.screen().contents().lines().next().unwrap_or_default().to_owned();
    session.until("the smaller screen", |s| s.shows("云岭市 · 人大") && !head(s).contains("关键词"));
    session.types("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn signals_end_it_in_order() {
    for signal in [
        "TERM", "HUP", "INT", "QUIT", "ABRT", "TRAP", "USR1", "USR2", "ALRM", "VTALRM", "PROF", "XCPU", "XFSZ", "SYS",
        "IO",
    ] {
        let mut session = Session::start();
        session.until_shown("云岭市 · 人大常委会");
        session.types("}");
        session.until_shown("第 5 行");
        session.signal(signal);
        assert_eq!(session.ends(), 0, "{signal}");
        session.expect_restored();
        session.expect_state();
    }
}

#[test]
fn a_panic_is_readable_and_the_place_is_kept() {
    if !cfg!(debug_assertions) {
        return;
    }
    let mut session = Session::start_with(|_, command| command.env("YILAN_TEST_PANIC", "1"));
    session.until_shown("云岭市 · 人大常委会");
    session.types("\x1b[24~");
    assert_eq!(session.ends(), 101);
    session.expect_restored();
    session.expect_state();
    let seen = String::from_utf8_lossy(&session.seen);
    let (left, said) = (seen.find(LEAVING[0].0).unwrap(), seen.find("a panic was asked for").unwrap());
    assert!(left < said, "the terminal is given back first");
}

#[test]
fn a_closed_terminal_ends_it_and_the_place_is_kept() {
    let mut session = Session::start();
    session.until_shown("云岭市 · 人大常委会");
    session.types("}");
    session.until_shown("第 5 行");
    // The thread that reads holds the terminal too, until what it reads is wanted by nobody.
    let (_quiet, nothing) = mpsc::channel();
    session.bytes = nothing;
    session.types("{");
    session.writer = None;
    session.master = None;
    let deadline = Instant::now() + DEADLINE;
    while session.child.try_wait().unwrap().is_none() {
        assert!(Instant::now() < deadline, "it lives on without a terminal");
        let _ = session.bytes.recv_timeout(Duration::from_millis(20));
    }
    session.expect_state();
}

#[test]
fn stopping_and_going_on_as_a_shell_does_it() {
    // The shell of the system does the job control: stopping needs one that waits.
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    fs::create_dir(&corpus).unwrap();
    fs::write(corpus.join("a.txt"), REPORT).unwrap();
    let mut command = CommandBuilder::new("sh");
    command.args(["-i", "-m"]);
    let mut session = Session::spawn(folder, command, |_, command| command.env("PS1", "shell> "));
    session.until_shown("shell>");
    session.types(&format!("{} corpus\n", env!("CARGO_BIN_EXE_yilan")));
    session.until_shown("云岭市 · 人大常委会");
    session.types("}");
    session.until_shown("第 5 行");
    session.types("\x1a");
    session.until("the shell again", |s| !s.screen.screen().alternate_screen() && s.shows("topped"));
    session.types("fg\n");
    session.until("the report again", |s| s.screen.screen().alternate_screen() && s.shows("第 5 行"));
    session.types("q");
    session.until("the shell at the end", |s| !s.screen.screen().alternate_screen());
    session.types("exit\n");
    session.ends();
    session.expect_state();
}

#[test]
fn the_editor_gets_the_terminal_and_the_line() {
    let mut session = Session::start_with(|folder, command| {
        let editor = folder.join("editor.sh");
        fs::write(&editor, "#!/bin/sh\necho \"editing $1 of $2\"\nread answer\n").unwrap();
        command.env("EDITOR", format!("sh {}", editor.display()));
    });
    session.until_shown("云岭市 · 人大常委会");
    session.types("}e");
    session.until_shown("editing +5 of");
    assert!(!session.screen.screen().alternate_screen());
    session.types("q\n");
    session.until("the report again", |s| s.screen.screen().alternate_screen() && s.shows("第 5 行"));
    session.types("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn an_editor_that_is_missing_is_a_notice() {
    let mut session = Session::start_with(|_, command| command.env("VISUAL", "/no/such/editor"));
    session.until_shown("云岭市 · 人大常委会");
    session.types("e");
    session.until_shown("无法启动编辑器");
    session.types("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn a_broken_state_file_is_a_notice_and_kept_aside() {
    let mut session = Session::start_with(|folder, _| {
        fs::create_dir(folder.join("state")).unwrap();
        fs::write(folder.join("state/session.json"), "{\"reach\": ").unwrap();
    });
    session.until_shown("session.json.broken");
    session.until_shown("云岭市 · 人大常委会");
    session.types("q");
    assert_eq!(session.ends(), 0);
    session.expect_state();
    assert!(session.folder.path().join("state/session.json.broken").exists());
}

#[test]
fn the_next_run_opens_where_the_last_one_ended() {
    let mut session = Session::start();
    session.until_shown("云岭市 · 人大常委会");
    session.types("}}");
    session.until_shown("第 10 行");
    session.types("q");
    assert_eq!(session.ends(), 0);
    let folder = std::mem::replace(&mut session.folder, tempfile::tempdir().unwrap());
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_yilan"));
    command.arg(folder.path().join("corpus"));
    let mut again = Session::spawn(folder, command, |_, _| {});
    again.until_shown("第 10 行");
    again.types("q");
    assert_eq!(again.ends(), 0);
}

#[test]
fn the_sample_says_that_its_places_are_invented() {
    let folder = tempfile::tempdir().unwrap();
    let command = CommandBuilder::new(env!("CARGO_BIN_EXE_yilan"));
    let mut session = Session::spawn(folder, command, |_, _| {});
    session.until_shown("内置样例 · 地名均为虚构");
    session.until("a report", |s| s.shows(" · 2022") || s.shows(" · 2023"));
    session.types("e");
    session.until_shown("内置样例没有文件");
    session.types("yq");
    assert_eq!(session.ends(), 0);
    assert!(String::from_utf8_lossy(&session.seen).contains("\x1b]52;c;"), "copying goes through the terminal");
}

/// What an emulator answers that shows “ in as many columns.
fn answering(columns: u16) -> Session {
    let mut session = Session::start();
    session.until("the question", |s| String::from_utf8_lossy(&s.seen).contains("“\x1b[6n"));
    session.types(&format!("\x1b[1;{}R", columns + 1));
    session
}

#[test]
fn a_terminal_that_shows_quotes_wide_is_drawn_without_ambiguous_signs() {
    let mut session = answering(2);
    session.until("walls of one sure column", |s| s.shows("|") && !s.shows("│"));
    session.types("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn a_terminal_that_shows_quotes_narrow_keeps_its_lines() {
    let mut session = answering(1);
    session.until_shown("云岭市 · 人大常委会");
    // A key sent behind the answer shows that the answer was taken.
    session.types("?");
    session.until_shown("全部命令");
    assert!(session.shows("│"));
    session.types("\x1b");
    session.until("the palette closed", |s| !s.shows("全部命令"));
    session.types("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn a_terminal_that_never_answers_is_taken_as_narrow_and_keys_are_kept() {
    let mut session = Session::start();
    session.until("the question", |s| String::from_utf8_lossy(&s.seen).contains("\x1b[6n"));
    session.types("/水渠");
    session.until_shown("/水渠");
    assert!(session.shows("│"));
    session.types("\r");
    session.until("the prompt is closed", |s| s.screen.screen().hide_cursor());
    session.types("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn the_setting_spares_the_question() {
    let mut session = Session::start_with(|_, command| {
        command.args(["--ambiguous", "wide"]);
    });
    session.until("walls of one sure column", |s| s.shows("云岭市") && s.shows("|") && !s.shows("│"));
    session.types("q");
    assert_eq!(session.ends(), 0);
    assert!(!String::from_utf8_lossy(&session.seen).contains("\x1b[6n"));
}

#[test]
fn a_file_that_is_edited_while_one_reads_is_taken_in() {
    let mut session = Session::start_with(|_, command| {
        command.arg("--watch");
    });
    session.until_shown("修渠引水");
    let file = session.folder.path().join("corpus/a.txt");
    fs::write(&file, REPORT.replace("修渠引水，夯实农业根基", "开山引水，润泽十里梯田")).unwrap();
    session.until_shown("开山引水");
    session.until_shown("改动 1 个");
    fs::write(file.with_file_name("b.txt"), REPORT.replace("云岭市", "雁栖县")).unwrap();
    session.until_shown("雁栖县");
    session.until_shown("新增 1 个");
    session.types("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn a_file_that_changed_behind_its_stamp_is_understood_anew() {
    let old = std::time::SystemTime::now() - Duration::from_secs(3600);
    let age = |file: &Path| fs::File::options().write(true).open(file).unwrap().set_modified(old).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    fs::write(&file, REPORT).unwrap();
    age(&file);
    let cache = tempfile::tempdir().unwrap();
    let mut listing = Command::new(env!("CARGO_BIN_EXE_yilan"));
    listing.arg("list").arg(folder.path()).env("YILAN_CACHE_DIR", cache.path()).env("YILAN_CONFIG", "/dev/null");
    assert!(listing.output().unwrap().status.success());
    assert_eq!(fs::read_dir(cache.path()).unwrap().count(), 1);
    // As many bytes, the same time.
    fs::write(&file, REPORT.replace("修渠引水", "开山引水")).unwrap();
    age(&file);
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_yilan"));
    command.arg(folder.path());
    let (home, kept) = (tempfile::tempdir().unwrap(), cache.path().to_owned());
    let mut session = Session::spawn(home, command, move |_, command| command.env("YILAN_CACHE_DIR", kept));
    session.until_shown("开山引水");
    session.types("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn a_new_file_is_seen_after_whatever_was_done_before() {
    // With nobody's work in the way the next look comes after a second; ten allow for a machine that is busy.
    const SEEN: Duration = Duration::from_secs(10);
    let mut session = Session::start_with(|_, command| {
        command.arg("--watch");
    });
    session.until_shown("修渠引水");
    let places = ["雁栖县", "鹿鸣县", "鹤影县", "燕语县", "柳浪县", "鹭洲县"];
    let done = [
        ("/水\x1b", "修渠引水"),
        ("/水\r", "处 · "),
        ("/清泉工程\r\x1b", "修渠引水"),
        ("/水渠", "/水渠"),
        ("\x1bw", "修渠引水"),
        ("\x1bv\x1b", "修渠引水"),
    ];
    for (n, (place, (keys, shown))) in places.into_iter().zip(done).enumerate() {
        session.types(keys);
        session.until_shown(shown);
        let file = session.folder.path().join(format!("corpus/{n}.txt"));
        fs::write(file, REPORT.replace("云岭市", place)).unwrap();
        let begun = Instant::now();
        session.until_shown(place);
        assert!(begun.elapsed() < SEEN, "{place}: {:?} after {keys:?}", begun.elapsed());
    }
    session.types("\x1bq");
    session.signal("TERM");
    assert_eq!(session.ends(), 0);
}

/// What terminals show in different widths: joiners, marks, selectors, emoji, kana marks, signs of private use.
const ODD: [(&str, &str); 22] = [
    ("\u{200b}", "zero width blank"),
    ("\u{200c}", "non-joiner"),
    ("\u{200d}", "joiner"),
    ("\u{200e}", "left to right mark"),
    ("\u{2060}", "word joiner"),
    ("\u{feff}", "byte order mark"),
    ("\u{ad}", "soft hyphen"),
    ("\u{fe0f}", "emoji selector"),
    ("\u{fe00}", "selector 1"),
    ("\u{e0100}", "selector 17"),
    ("\u{301}", "acute"),
    ("\u{e000}", "private"),
    ("\u{202e}", "turned writing"),
    ("☑\u{fe0f}", "sign as emoji"),
    ("👨\u{200d}👩\u{200d}👧", "family"),
    ("ｶ\u{ff9e}", "half width kana"),
    ("\u{3099}", "kana mark"),
    ("\u{20dd}", "enclosing ring"),
    ("\u{a0}", "blank that holds"),
    ("\u{2003}", "em blank"),
    ("\u{85}", "next line"),
    ("\u{e0041}", "tag"),
];

#[test]
fn whatever_a_terminal_makes_of_odd_characters_no_row_shifts() {
    let lines: String = ODD.iter().map(|(odd, name)| format!("灯{odd}塔守夜 {name}\n")).collect();
    let report = format!("云岭市政府工作报告\n各位代表：\n现在，我代表市人民政府向大会报告工作。\n一、修渠\n{lines}");
    let mut session = Session::start_with(|folder, _| fs::write(folder.join("corpus/a.txt"), report).expect("file"));
    session.until_shown("守夜 tag");
    let sent = String::from_utf8_lossy(&session.seen).into_owned();
    session.types("q");
    assert_eq!(session.ends(), 0);
    // Where the walls between the panels stand in each row.
    let walls = |bytes: &str| -> Vec<Vec<usize>> {
        let mut parser = vt100::Parser::new(cells(30), cells(110), 0);
        parser.process(bytes.split("\x1b[?1049l").next().unwrap_or(bytes).as_bytes());
        let screen = parser.screen();
        let row = |y: u16| {
            (0..110).filter(move |&x| screen.cell(y, x).is_some_and(|cell| cell.contents() == "│")).map(usize::from)
        };
        (0..30).map(|y| row(y).collect()).collect()
    };
    let want = walls(&sent);
    assert!(want.iter().filter(|row| row.len() >= 2).count() > ODD.len(), "{want:?}");
    let zero = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}' | '\u{301}' | '\u{3099}' | '\u{20dd}' | '\u{ff9e}');
    // A terminal that shows each of them in a column of its own, one that shows none, one that joins a family into one picture.
    let apart: String = sent.chars().map(|c| if zero(c) { 'x' } else { c }).collect();
    let dropped: String = sent.chars().filter(|&c| !zero(c)).collect();
    let joined = sent.replace("👨\u{200d}👩\u{200d}👧", "👧").replace(['☑', '\u{e000}'], "〓");
    for (terminal, bytes) in [("apart", apart), ("dropped", dropped), ("joined", joined)] {
        let seen = walls(&bytes);
        for (y, (seen, want)) in seen.iter().zip(&want).enumerate() {
            assert_eq!(seen, want, "{terminal}, row {y}");
        }
    }
}
