//! A document through a pipe, and a passage or place chosen for another program: as scripts and shells do it, some of it in a
//! real pseudo-terminal.
#![cfg(unix)]

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/program.rs"]
mod program;
#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use portable_pty::CommandBuilder;
use pty::{REPORT, Session};

/// Runs a command with `input` coming through a pipe.
fn piped(mut command: Command, input: &[u8]) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that does not read all of it is none of our business here.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A folder with one report in it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("corpus")).unwrap();
    fs::write(folder.path().join("corpus/a.txt"), REPORT).unwrap();
    folder
}

/// A session of a shell that runs `script`, in which $Y is the program.
fn shell(script: &str) -> Session {
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", script]);
    Session::spawn(folder(), command, |_, command| command.env("Y", env!("CARGO_BIN_EXE_yilan")))
}

#[test]
fn a_pipe_is_read_as_a_file_would_be() {
    let folder = folder();
    let file = folder.path().join("corpus/a.txt");
    let file = file.to_str().unwrap();
    let cases: [&[&str]; 5] = [
        &["list", "--json"],
        &["show", "云岭市"],
        &["search", "清泉工程", "--json"],
        &["keywords", "--csv"],
        &["first", "水渠", "植树", "--csv"],
    ];
    for words in cases {
        let of_file = text(&program::program(&[words, &[file]].concat()).output().unwrap());
        let of_pipe = text(&piped(program::program(&[words, &["-"]].concat()), REPORT.as_bytes()));
        assert!(of_file.len() > 20, "{words:?}");
        assert_eq!(of_pipe, of_file.replace(file, "标准输入"), "{words:?}");
    }
}

#[test]
fn a_pipe_in_another_encoding_twice_named_or_empty() {
    let (gbk, _, _) = encoding_rs::GBK.encode(REPORT);
    let listed = text(&piped(program::program(&["list", "--csv", "-", "-"]), &gbk));
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(listed.contains("云岭市") && listed.contains("GB18030"), "{listed}");
    let empty = piped(program::program(&["list", "--lang", "zh", "-"]), b" \n");
    assert_eq!(empty.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&empty.stderr).contains("标准输入: 文件是空的"));
}

#[test]
fn the_only_match_is_printed_without_a_screen() {
    let folder = folder();
    let corpus = folder.path().join("corpus");
    let corpus = corpus.to_str().unwrap();
    let one = |words: &[&str]| {
        // Without a terminal of its own, so that nobody can be asked.
        let mut command = Command::new("setsid");
        let program = program::program(&[]);
        command.arg("-w").arg(program.get_program()).args(words).arg(corpus);
        for (name, value) in program.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let output = piped(command, b"");
        (output.status.code(), text(&output))
    };
    assert_eq!(one(&["--select-1", "支渠"]), (Some(0), format!("{corpus}/a.txt:12\n")));
    assert_eq!(one(&["--select-1", "yls"]), (Some(0), "云岭市\n".into()));
    assert_eq!(one(&["pick", "--places", "--select-1", "--query", "云"]), (Some(0), "云岭市\n".into()));
    let (_, parts) = one(&["--select-1", "支渠", "--print", "line,place,text,link"]);
    assert!(parts.starts_with("12\t云岭市\t把支渠修到山脚下") && parts.contains("\tyilan://passage/"), "{parts}");
    assert_eq!(one(&["--select-1", "清泉工程"]).0, Some(2), "two paragraphs, and nobody to choose");
    assert_eq!(one(&["--select-1", "航天"]), (Some(1), String::new()));
    assert_eq!(one(&["--select-1", "\"("]).0, Some(2));
    // The link opens the passage that was chosen.
    let (_, link) = one(&["--select-1", "支渠", "--print", "link"]);
    let opened = text(&program::program(&["open", link.trim(), corpus]).output().unwrap());
    assert!(opened.starts_with("把支渠修到山脚下"), "{opened}");
}

#[test]
fn the_explorer_reads_a_pipe_and_takes_its_keys_from_the_terminal() {
    let mut session = shell("cat corpus/a.txt | \"$Y\" -; echo \"ended $?\"");
    session.until_shown("云岭市 · 人大常委会");
    session.types("}");
    session.until_shown("第 5 行");
    session.types("e");
    session.until_shown("标准输入没有文件");
    session.types("q");
    session.until_shown("ended 0");
    session.ends();
    session.expect_restored();
}

#[test]
fn enter_prints_the_paragraph_and_esc_nothing() {
    let mut session = shell("picked=$(\"$Y\" pick corpus); echo \"got $? <$picked>\"");
    session.until_shown("云岭市 · 人大常委会");
    session.until_shown("选定");
    session.types("}j");
    session.until_shown("第 6 行");
    session.types("\r");
    session.until_shown("got 0 <corpus/a.txt:6>");
    session.ends();
    session.expect_restored();

    let mut session = shell("picked=$(\"$Y\" pick corpus); echo \"got $? <$picked>\"");
    session.until_shown("选定");
    session.types("\x1b");
    session.until_shown("got 1 <>");
    session.ends();
    session.expect_restored();
    assert!(!session.state_file().exists(), "the reading position is the user's own");
}

#[test]
fn a_query_with_several_hits_lets_one_choose_from_its_list() {
    let mut session = shell("\"$Y\" --select-1 清泉工程 --print line,text corpus > out; echo \"got $?\"; cat out");
    session.until_shown("语境 1/2");
    session.types("j");
    session.until_shown("语境 2/2");
    session.types("\r");
    session.until_shown("got 0");
    session.until_shown("把支渠");
    session.ends();
    let out = fs::read_to_string(session.folder.path().join("out")).unwrap();
    assert!(out.starts_with("12\t把支渠修到山脚下"), "{out}");
}

#[test]
fn a_place_is_chosen_by_its_pinyin() {
    let mut session = shell("\"$Y\" pick --places corpus > out; echo \"got $?\"; cat out");
    session.until_shown("云岭市");
    session.types("yunl\r");
    session.until_shown("got 0");
    session.ends();
    assert_eq!(fs::read_to_string(session.folder.path().join("out")).unwrap(), "云岭市\n");

    let mut session = shell("\"$Y\" pick --places corpus > out; echo \"got $?\"");
    session.until_shown("云岭市");
    session.types("\x1b");
    session.until_shown("got 1");
    session.ends();
}
