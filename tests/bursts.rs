//! Every byte a terminal sends is read, however many come at once; and whoever does nothing uses no processor time.
#![cfg(target_os = "linux")]

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use pty::{DEADLINE, Session};

/// A report long enough to scroll in for a while; its paragraphs take one row each.
fn long_report(folder: &Path) {
    let mut text =
        String::from("云岭市人大常委会工作报告\n各位代表：\n我受市人大常委会委托，向大会报告工作，请审议。\n");
    for n in 1..=1500 {
        text.push_str(&format!("第{n}件实事已经办成。\n"));
    }
    fs::write(folder.join("corpus/a.txt"), text).unwrap();
}

fn long() -> Session {
    let mut session = Session::start_with(|folder, _: &mut CommandBuilder| long_report(folder));
    session.until_shown("第1件实事");
    session
}

impl Session {
    /// Processor time of all threads so far, in ticks of a hundredth of a second.
    fn ticks(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.process_id().unwrap())).unwrap();
        let fields: Vec<&str> = stat[stat.rfind(')').unwrap() + 2..].split(' ').collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }

    /// Waits for a third of a second in which no processor time is used. A process that spins never has one.
    fn comes_to_rest(&mut self) {
        const REST: Duration = Duration::from_millis(333);
        let deadline = Instant::now() + DEADLINE;
        let (mut begun, mut ticks) = (Instant::now(), self.ticks());
        while begun.elapsed() < REST {
            if let Ok(bytes) = self.bytes.recv_timeout(REST) {
                self.screen.process(&bytes);
            }
            if self.ticks() > ticks {
                (begun, ticks) = (Instant::now(), self.ticks());
            }
            assert!(Instant::now() < deadline, "it never rests");
        }
    }

    /// Whether the row `n` paragraphs below the first one is on the screen.
    fn shows_paragraph(&self, n: usize) -> bool {
        self.shows(&format!("第{n}件实事"))
    }
}

impl Session {
    /// Whether the cursor is on the paragraph with this number.
    fn stands_on(&self, n: usize) -> bool {
        let screen = self.screen.screen();
        let mut rows = screen.rows(0, screen.size().1.get());
        rows.any(|row| row.contains(&format!("第{n}件实事")) && row.contains('▌'))
    }
}

#[test]
fn a_burst_of_wheel_turns_is_read_to_the_last() {
    let mut session = long();
    session.types(&"\x1b[<65;60;15M".repeat(150));
    session.until("150 turns of three rows", |s| s.shows_paragraph(450));
    session.comes_to_rest();
    session.types(&"\x1b[<64;60;15M".repeat(400));
    session.until("the beginning again", |s| s.shows_paragraph(1));
    session.comes_to_rest();
    session.types("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn a_burst_of_arrows_is_read_to_the_last() {
    let mut session = long();
    // Three paragraphs stand before the first one.
    for (burst, reached) in [("\x1b[B", 398), ("\x1bOB", 798)] {
        session.types(&burst.repeat(400));
        session.until("400 paragraphs down", |s| s.stands_on(reached));
        session.comes_to_rest();
    }
    session.types("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn four_hundred_characters_that_come_without_brackets_are_read_to_the_last() {
    let mut session = long();
    session.types("/");
    session.until("the prompt", |s| !s.screen.screen().hide_cursor());
    session.types(&format!("{}灯", "渠".repeat(399)));
    session.until_shown("渠灯");
    session.comes_to_rest();
    // A paste in brackets, four screens long.
    session.types("\x1b");
    session.until("the prompt closed", |s| s.screen.screen().hide_cursor());
    session.types(&format!("/\x1b[200~{}塔\x1b[201~", "灯".repeat(3000)));
    session.until_shown("灯塔");
    session.comes_to_rest();
    session.types("\x1b");
    session.until("the prompt closed", |s| s.screen.screen().hide_cursor());
    session.types("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn it_rests_after_every_kind_of_session() {
    let mut session = long();
    session.comes_to_rest();
    for (keys, shown) in [
        ("/实事", "1500 处"),
        ("\r", "1/1500"),
        ("n", "2/1500"),
        ("c", "1500"),
        ("\x1b", "第1件实事"),
        ("?", "帮助"),
        ("\x1b", "第1件实事"),
        ("\x1b[<35;60;15M\x1b[1;1R\x1b[?62c", "第1件实事"),
        ("\x1b[200~q\x1b[201~", "第1件实事"),
        ("\x1b[", "第1件实事"),
    ] {
        session.types(keys);
        session.until_shown(shown);
        session.comes_to_rest();
    }
    session.types("q");
    assert_eq!(session.ends(), 0);
}
