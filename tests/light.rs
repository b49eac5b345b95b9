//! Little is sent to the terminal: ceilings in bytes of a start and of keys, in a real pseudo-terminal of two sizes. What the program
//! says itself of its last session is held to what was seen.

use std::path::Path;

use portable_pty::CommandBuilder;

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/pty.rs"]
mod pty;

use pty::{Session, cells};

/// Starts on the built-in sample in a terminal of this size, presses `keys`, leaves. What was sent: bytes seen, frames and
/// bytes by the program's own account.
fn session(columns: u16, rows: u16, keys: &str) -> (usize, u64, u64) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = CommandBuilder::new("/bin/sh");
    let program = env!("CARGO_BIN_EXE_yilan");
    command.args(["-c", &format!("stty rows {rows} cols {columns}; exec {program}")]);
    let mut session = Session::spawn(folder, command, |_, _| {});
    session.screen.screen_mut().set_size(cells(rows), cells(columns));
    session.until_shown("乌有市");
    for key in keys.chars() {
        session.types(&key.to_string());
    }
    session.types("q");
    session.ends();
    let said = std::fs::read(session.folder.path().join("state/traffic.json")).unwrap();
    let said: serde_json::Value = serde_json::from_slice(&said).unwrap();
    let number = |name: &str| said[name].as_u64().unwrap();
    (session.seen.len(), number("frames"), number("bytes"))
}

#[test]
fn a_start_and_keys_send_little() {
    for (columns, rows, start, key) in [(120, 40, 10_500, 2_000), (80, 24, 5_500, 1_200)] {
        let (bytes, frames, said) = session(columns, rows, "");
        assert!(bytes < start, "{columns}x{rows}: {bytes} bytes at the start");
        assert!(frames >= 1 && said <= bytes as u64, "{frames} frames, {said} of {bytes} bytes");
        // What is around the frames: modes set and reset, the question of widths.
        assert!(bytes as u64 - said < 400, "{said} of {bytes}");
        let (with_keys, _, _) = session(columns, rows, "jjjjj");
        assert!(with_keys < start + 5 * key, "{columns}x{rows}: {with_keys} bytes with five keys");
    }
}

#[test]
fn doctor_says_what_was_sent() {
    let folder = tempfile::tempdir().unwrap();
    let said = |state: &Path| {
        let doctor = std::process::Command::new(env!("CARGO_BIN_EXE_yilan"))
            .arg("doctor")
            .env("YILAN_STATE_DIR", state)
            .env("LANG", "en_US.UTF-8")
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        String::from_utf8(doctor.stdout).unwrap().lines().find(|line| line.starts_with("sent")).unwrap().to_owned()
    };
    assert_eq!(said(folder.path()), "sent          -");
    std::fs::write(folder.path().join("traffic.json"), r#"{"frames":3,"bytes":51,"largest":40}"#).unwrap();
    assert_eq!(said(folder.path()), "sent          last session: 51 bytes, 3 frames, 17 a frame, 40 at most");
}
