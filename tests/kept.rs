//! Copies, marks and links across runs: in a real terminal, from the command line, after the file has another name, encoding or text.
#![cfg(unix)]

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::path::Path;
use std::process::Command;

use portable_pty::CommandBuilder;
use pty::{REPORT, Session};

/// What a command prints, and how it ends.
fn yilan(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_yilan"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("LANG", "zh_CN.UTF-8")
        .env("YILAN_STATE_DIR", folder.join("state"))
        .env("YILAN_CACHE_DIR", folder.join("cache"))
        .env("YILAN_CONFIG", folder.join("config.toml"))
        .output()
        .unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

fn leave(session: &mut Session) {
    session.types("q");
    assert_eq!(session.ends(), 0);
}

/// Closes the list of marks: what follows Esc at once would be one key with it.
fn close(session: &mut Session) {
    session.types("\x1b");
    session.until("the list closed", |s| !s.shows("╭─ 标记"));
}

/// Another run over what the first one left.
fn again(first: Session, arguments: &[&str]) -> Session {
    // The folder must outlive the session that made it.
    let folder = tempfile::tempdir().unwrap();
    for entry in ["corpus", "state"] {
        fs::create_dir(folder.path().join(entry)).unwrap();
        for file in fs::read_dir(first.folder.path().join(entry)).unwrap().flatten() {
            fs::copy(file.path(), folder.path().join(entry).join(file.file_name())).unwrap();
        }
    }
    drop(first);
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_yilan"));
    command.args(arguments);
    Session::spawn(folder, command, |_, _| {})
}

#[test]
fn a_paragraph_is_copied_with_its_source_in_eight_keys() {
    let mut session = Session::start();
    session.until_shown("云岭市 · 人大常委会");
    // The outline, two letters of its pinyin, Enter, down, copy: six keys.
    session.types("tzs");
    session.until_shown("提纲");
    session.types("\rjy");
    session.until_shown("已送往终端");
    session.until("the clipboard", |s| String::from_utf8_lossy(&s.seen).contains("\x1b]52;c;"));
    leave(&mut session);
    let (clips, code) = yilan(session.folder.path(), &["clips", "--json"]);
    assert_eq!(code, 0);
    let clip: serde_json::Value = serde_json::from_str(clips.lines().next().unwrap()).unwrap();
    assert!(clip["text"].as_str().unwrap().starts_with("全市植树40万株"), "{clip}");
    let source = "《云岭市人民代表大会常务委员会工作报告》，云岭市·人大常委会，2023年报告（述2022年），第三届人民代表大会第二次会议，\
                  2022年工作回顾／二、植树护坡，守住青山绿水，第1段";
    assert_eq!(clip["source"], source);
    assert!(!clips.contains(session.folder.path().to_str().unwrap()), "no path of the machine: {clips}");
    let (text, _) = yilan(session.folder.path(), &["clips", "--text"]);
    assert_eq!(text, format!("　　{}\n（{source}）\n\n", clip["text"].as_str().unwrap()));
    let (table, _) = yilan(session.folder.path(), &["clips"]);
    assert!(table.contains("全市植树40万株") && table.contains("yilan://passage/"), "{table}");
    assert_eq!(yilan(session.folder.path(), &["clips", "--clear"]).1, 0);
    assert_eq!(yilan(session.folder.path(), &["clips"]), (String::new(), 1));
}

#[test]
fn who_starts_for_the_first_time_is_told_three_keys() {
    let mut session = Session::start();
    session.until_shown("c 跳到城市 · / 检索全部报告 · ? 找任何命令");
    leave(&mut session);
    let mut session = again(session, &["corpus"]);
    session.until_shown("云岭市 · 人大常委会");
    assert!(!session.shows("找任何命令"));
    leave(&mut session);
}

#[test]
fn an_empty_folder_says_so_on_the_page() {
    let mut session = Session::start_with(|folder, _: &mut CommandBuilder| {
        fs::remove_file(folder.join("corpus/a.txt")).unwrap();
    });
    session.until_shown("没有可读的报告");
    session.until_shown("可读：txt");
    leave(&mut session);
}

#[test]
fn five_passages_are_marked_and_written_down_in_twenty_keys() {
    let mut session = Session::start();
    session.until_shown("云岭市 · 人大常委会");
    // Marked five times, then the list, x, Enter: sixteen keys.
    let keys = "}j.j.j.j.j.,x\r";
    assert!(keys.chars().count() <= 20);
    session.types(&keys[..keys.len() - 3]);
    session.until_shown("共 5 处");
    session.types(",");
    session.until_shown("标记 5");
    session.types("x");
    session.until_shown("写入文件");
    session.types("\r");
    session.until_shown("已写入 marks.md");
    close(&mut session);
    leave(&mut session);
    let written = fs::read_to_string(session.folder.path().join("marks.md")).unwrap();
    assert_eq!(written.matches("> ——《云岭市人民代表大会常务委员会工作报告》").count(), 5, "{written}");
    let (printed, code) = yilan(session.folder.path(), &["marks", "--markdown"]);
    assert_eq!((printed, code), (written, 0));
    let (csv, _) = yilan(session.folder.path(), &["marks", "--csv"]);
    assert_eq!(csv.lines().next().unwrap().split(',').next(), Some("text"));
    assert_eq!(yilan(session.folder.path(), &["marks", "--tag", "没有"]).1, 1);
}

#[test]
fn a_mark_belongs_to_what_it_says() {
    let mut session = Session::start();
    session.until_shown("云岭市 · 人大常委会");
    session.types("}jj.");
    session.until_shown("已标记");
    leave(&mut session);
    // Another name, another encoding, another line above.
    let corpus = session.folder.path().join("corpus");
    fs::remove_file(corpus.join("a.txt")).unwrap();
    let moved = REPORT.replace("各位代表：", "各位代表：\n云岭市的同志们：");
    let (bytes, ..) = encoding_rs::GB18030.encode(&moved);
    fs::write(corpus.join("另一个名字.txt"), bytes).unwrap();
    let mut session = again(session, &["corpus"]);
    session.until_shown("◆");
    session.types(",");
    session.until_shown("标记 1");
    assert!(!session.shows("原文已"), "{}", session.screen.screen().contents());
    close(&mut session);
    leave(&mut session);
    // The text itself is changed; then it is gone.
    for (old, new, said) in [("20公里", "25公里", "原文已改"), ("一年来，云岭市修成水渠", "〇", "原文已")]
    {
        let corpus = session.folder.path().join("corpus");
        let text = REPORT.replace(old, new);
        fs::write(corpus.join("另一个名字.txt"), text).unwrap();
        session = again(session, &["corpus"]);
        session.until_shown("云岭市 · 人大常委会");
        session.types(",");
        session.until_shown(said);
        close(&mut session);
        leave(&mut session);
    }
}

#[test]
fn a_link_opens_its_passage_on_a_screen_and_prints_it_without() {
    let mut session = Session::start();
    session.until_shown("云岭市 · 人大常委会");
    session.types("Gy");
    session.until_shown("已送往终端");
    leave(&mut session);
    let folder = session.folder.path().to_owned();
    let (clips, _) = yilan(&folder, &["clips", "--json"]);
    let clip: serde_json::Value = serde_json::from_str(clips.lines().next().unwrap()).unwrap();
    let link = clip["link"].as_str().unwrap().to_owned();
    let (printed, code) = yilan(&folder, &["open", &link, "corpus"]);
    assert!(code == 0 && printed.starts_with("把支渠修到山脚下"), "{printed}");
    assert_eq!(yilan(&folder, &["open", "yilan://nonsense", "corpus"]).1, 2);
    let mut other = link.clone();
    other.replace_range(16..20, "0000");
    assert_eq!(yilan(&folder, &["open", &other, "corpus"]).1, 1);
    let mut session = again(session, &["open", &link, "corpus"]);
    session.until("the cursor on the passage", |s| {
        let screen = s.screen.screen();
        screen.rows(0, screen.size().1.get()).any(|row| row.contains("把支渠") && row.contains('▌'))
    });
    leave(&mut session);
}
