//! Where a copy really arrives: through a real tmux under each of its settings, and in the clipboard programs of a desktop. What
//! the program says of it is true.
#![cfg(unix)]

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use portable_pty::CommandBuilder;
use pty::{REPORT, Session};

/// What a copy of the first paragraph says.
const WORDS: &str = "《云岭市人民代表大会常务委员会工作报告》";

/// The text that the terminal was asked to take into its clipboard; none if it was not asked.
fn arrived(seen: &[u8]) -> Option<String> {
    let start = seen.windows(5).rposition(|part| part == b"\x1b]52;")? + 5;
    let rest = &seen[start..];
    let end = rest.iter().position(|byte| matches!(byte, 7 | 0x1b))?;
    let data = &rest[..end];
    let coded = &data[data.iter().position(|byte| *byte == b';')? + 1..];
    String::from_utf8(decoded(coded)).ok()
}

/// Bytes from base64.
fn decoded(coded: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0u32, 0);
    for letter in coded {
        let Some(value) = LETTERS.iter().position(|own| own == letter) else { continue };
        (bits, held) = (bits << 6 | value as u32, held + 6);
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}

fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

/// A server of tmux that ends with the test.
struct Tmux {
    folder: PathBuf,
}

impl Tmux {
    fn run(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("tmux");
        command.env("TMUX_TMPDIR", &self.folder).args(["-L", "yilan-test"]).args(arguments);
        String::from_utf8_lossy(&command.output().expect("tmux").stdout).into_owned()
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let _ = self.run(&["kill-server"]);
    }
}

/// The program in tmux with these settings, in a terminal that takes what tmux sends.
fn in_tmux(settings: &str) -> (Session, Tmux) {
    let folder = tempfile::tempdir().expect("folder");
    let corpus = folder.path().join("corpus");
    fs::create_dir(&corpus).expect("folder");
    fs::write(corpus.join("a.txt"), REPORT).expect("file");
    fs::write(folder.path().join("tmux.conf"), settings).expect("file");
    let tmux = Tmux { folder: folder.path().to_owned() };
    let mut command = CommandBuilder::new("tmux");
    command.args(["-u", "-L", "yilan-test", "-f"]);
    command.arg(folder.path().join("tmux.conf"));
    command.arg("new-session");
    command.arg(env!("CARGO_BIN_EXE_yilan"));
    command.arg(&corpus);
    let session = Session::spawn(folder, command, |folder, command| {
        command.env("TMUX_TMPDIR", folder);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    });
    (session, tmux)
}

#[test]
fn a_copy_in_tmux_arrives_where_the_notice_says() {
    if !on_path("tmux") {
        eprintln!("no tmux at hand: not tested");
        return;
    }
    // What tmux allows; whether the terminal is asked (tmux 3.3 does so for its own buffer whatever it allows programs, others may
    // not), whether tmux keeps the text; what the notice says.
    let cases = [
        ("set -s set-clipboard on\nset -g allow-passthrough off\n", Some(true), true, "已送往终端"),
        ("set -s set-clipboard external\nset -g allow-passthrough on\n", Some(true), false, "已经 tmux 转送终端"),
        ("set -s set-clipboard external\nset -g allow-passthrough off\n", Some(true), true, "已交给 tmux 的缓冲区"),
        ("set -s set-clipboard off\nset -g allow-passthrough on\n", Some(true), false, "已经 tmux 转送终端"),
        ("set -s set-clipboard off\nset -g allow-passthrough off\n", None, true, "已交给 tmux 的缓冲区"),
    ];
    for (settings, terminal, buffer, said) in cases {
        let (mut session, tmux) = in_tmux(settings);
        session.until_shown("云岭市 · 人大常委会");
        session.types("y");
        session.until_shown(said);
        if terminal == Some(true) {
            session.until("the sequence", |session| arrived(&session.seen).is_some());
            let text = arrived(&session.seen).expect("a copy");
            assert!(text.contains(WORDS), "{settings}{text}");
        }
        if buffer {
            let deadline = std::time::Instant::now() + pty::DEADLINE;
            while !tmux.run(&["show-buffer"]).contains(WORDS) {
                assert!(std::time::Instant::now() < deadline, "{settings}: not in tmux's buffer");
            }
        }
        // All that tmux was going to send has been sent before what comes of the next key.
        session.types("?");
        session.until("the help", |session| !session.shows(said));
        assert!(terminal.is_none_or(|wanted| arrived(&session.seen).is_some() == wanted), "{settings}");
        assert_eq!(tmux.run(&["show-buffer"]).contains(WORDS), buffer, "{settings}");
    }
}

#[test]
fn a_pane_of_tmux_that_lets_sequences_pass_is_asked_itself() {
    if !on_path("tmux") {
        eprintln!("no tmux at hand: not tested");
        return;
    }
    let (mut session, tmux) = in_tmux("set -s set-clipboard external\nset -g allow-passthrough off\n");
    session.until_shown("云岭市 · 人大常委会");
    tmux.run(&["set-option", "-p", "allow-passthrough", "on"]);
    session.types("y");
    session.until_shown("已经 tmux 转送终端");
    session.until("the sequence", |session| arrived(&session.seen).is_some_and(|text| text.contains(WORDS)));
}

/// A program of this name in `folder/bin` that keeps what it is given, and how it was called.
fn program(folder: &Path, name: &str, ends: u8) {
    let (bin, kept) = (folder.join("bin"), folder.join("kept"));
    fs::create_dir_all(&bin).expect("folder");
    let script = format!(
        "#!/bin/sh\necho \"$@\" > '{0}.call'\ncat > '{0}.part' && mv '{0}.part' '{0}'\nexit {ends}\n",
        kept.display()
    );
    let file = bin.join(name);
    fs::write(&file, script).expect("file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("mode");
}

#[test]
fn a_copy_on_a_desktop_is_in_its_clipboard() {
    let cases = [
        ("wl-copy", "WAYLAND_DISPLAY", 0, "", "已放入本机剪贴板（wl-copy）"),
        ("xclip", "DISPLAY", 0, "-selection clipboard -in", "已放入本机剪贴板（xclip）"),
        ("xsel", "DISPLAY", 0, "--clipboard --input", "已放入本机剪贴板（xsel）"),
        ("xclip", "DISPLAY", 1, "-selection clipboard -in", "没有放入剪贴板，仍在摘录中"),
    ];
    for (name, variable, ends, call, said) in cases {
        let mut session = Session::start_with(|folder, command| {
            program(folder, name, ends);
            command.env("PATH", format!("{}:/usr/bin:/bin", folder.join("bin").display()));
            command.env(variable, ":0");
        });
        session.until_shown("云岭市 · 人大常委会");
        session.types("y");
        session.until_shown(said);
        let kept = session.folder.path().join("kept");
        let deadline = std::time::Instant::now() + pty::DEADLINE;
        while !kept.exists() {
            assert!(std::time::Instant::now() < deadline, "{name} was given nothing");
            std::thread::yield_now();
        }
        assert!(fs::read_to_string(&kept).expect("text").contains(WORDS), "{name}");
        let called = fs::read_to_string(kept.with_extension("call")).expect("call");
        assert_eq!(called.trim(), call, "{name}");
        assert!(arrived(&session.seen).is_none(), "{name}: the terminal is not asked as well");
        session.types("q");
        assert_eq!(session.ends(), 0);
    }
}
