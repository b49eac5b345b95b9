//! The program in a real pseudo-terminal: started, typed into, watched. Nothing waits for a fixed time: the screen is read
//! until it shows what it should, or a deadline has passed.

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

pub const DEADLINE: Duration = Duration::from_secs(20);

/// What leaving a terminal in order looks like.
pub const LEAVING: [(&str, &str); 4] = [
    ("\x1b[?1049l", "the alternate screen is left"),
    ("\x1b[?25h", "the cursor is shown"),
    ("\x1b[?2004l", "bracketed paste is off"),
    ("\x1b[?1000l", "the mouse is free"),
];

pub struct Session {
    pub master: Option<Box<dyn MasterPty + Send>>,
    pub writer: Option<Box<dyn Write + Send>>,
    pub child: Box<dyn Child + Send + Sync>,
    pub bytes: Receiver<Vec<u8>>,
    pub seen: Vec<u8>,
    pub screen: vt100::Parser,
    pub folder: tempfile::TempDir,
}

pub fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}

impl Session {
    /// Starts the program on a folder of one report.
    pub fn start() -> Self {
        Self::start_with(|_, _| {})
    }

    pub fn start_with(prepare: impl FnOnce(&Path, &mut CommandBuilder)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        fs::create_dir(&corpus).unwrap();
        fs::write(corpus.join("a.txt"), REPORT).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_yilan"));
        command.arg(&corpus);
        Self::spawn(folder, command, prepare)
    }

    pub fn spawn(
        folder: tempfile::TempDir,
        mut command: CommandBuilder,
        prepare: impl FnOnce(&Path, &mut CommandBuilder),
    ) -> Self {
        let pty = native_pty_system();
        let pair = pty.openpty(PtySize { rows: 30, cols: 110, pixel_width: 0, pixel_height: 0 }).unwrap();
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "zh_CN.UTF-8"), ("PATH", "/usr/bin:/bin")] {
            command.env(name, value);
        }
        command.env("YILAN_STATE_DIR", folder.path().join("state"));
        command.env("YILAN_CACHE_DIR", folder.path().join("cache"));
        command.env("YILAN_CONFIG", folder.path().join("config.toml"));
        fs::write(folder.path().join("config.toml"), "").unwrap();
        command.cwd(folder.path());
        prepare(folder.path(), &mut command);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, bytes) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(cells(30), cells(110), 0);
        let writer = Some(pair.master.take_writer().unwrap());
        Self { master: Some(pair.master), writer, child, bytes, seen: Vec::new(), screen, folder }
    }

    /// Reads until `done` is content with the session.
    pub fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        while !done(self) {
            match self.bytes.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.seen.extend(bytes);
                }
                Err(RecvTimeoutError::Timeout) => panic!("never: {what}\n{}", self.screen.screen().contents()),
                Err(RecvTimeoutError::Disconnected) => {
                    assert!(done(self), "ended before: {what}\n{}", String::from_utf8_lossy(&self.seen));
                    return;
                }
            }
        }
    }

    pub fn shows(&self, text: &str) -> bool {
        self.screen.screen().contents().contains(text)
    }

    pub fn until_shown(&mut self, text: &str) {
        self.until(text, |s| s.shows(text));
    }

    pub fn types(&mut self, text: &str) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(text.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args([&format!("-{name}"), &id]).status().unwrap().success());
    }

    /// Reads to the end; the program must end by itself. Its exit code.
    pub fn ends(&mut self) -> u32 {
        let deadline = Instant::now() + DEADLINE;
        loop {
            match self.bytes.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.seen.extend(bytes);
                }
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("no end:\n{}", self.screen.screen().contents()),
            }
        }
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "the program does not end");
            std::thread::yield_now();
        }
    }

    /// Checks that the terminal was given back.
    pub fn expect_restored(&self) {
        let seen = String::from_utf8_lossy(&self.seen);
        for (sequence, what) in LEAVING {
            assert!(seen.contains(sequence), "not so: {what}");
        }
        assert!(!self.screen.screen().alternate_screen() && !self.screen.screen().hide_cursor());
    }

    pub fn state_file(&self) -> PathBuf {
        self.folder.path().join("state/session.json")
    }

    pub fn expect_state(&self) {
        let text = fs::read_to_string(self.state_file()).expect("the state was saved");
        assert!(text.contains("a.txt"), "{text}");
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

pub const REPORT: &str = "云岭市人民代表大会常务委员会工作报告
——2023年1月10日在云岭市第三届人民代表大会第二次会议上
各位代表：
我受市人大常委会委托，向大会报告工作，请审议。
2022年工作回顾
一、修渠引水，夯实农业根基
一年来，云岭市修成水渠20公里，“清泉工程”惠及3500户，水利投入增长12.5%，渠水到了田头，群众心里踏实。
二、植树护坡，守住青山绿水
全市植树40万株，护坡林带连成一线，水土流失明显减少，河水一年比一年清。
2023年工作打算
一、继续兴修水利
把支渠修到山脚下的每一块坡地，让每一块田都用上清泉工程的水。
";
