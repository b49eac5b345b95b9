//! The terminals people sit at, each as its environment names it, against an emulator: the report stands on the screen, a city is
//! found by its letters, a search finds, the terminal gets no colour it does not know, and it is given back.
#![cfg(unix)]

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "support/pty.rs"]
mod pty;

use pty::Session;

/// What a terminal may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Colours {
    None,
    Sixteen,
    Indexed,
    True,
}

/// Name, variables, colours.
type Environment = (&'static str, &'static [(&'static str, &'static str)], Colours);

const TERMINALS: [Environment; 13] = [
    ("a desktop", &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LANG", "zh_CN.UTF-8")], Colours::True),
    ("ssh from a desktop", &[("TERM", "xterm-256color"), ("LANG", "zh_CN.UTF-8")], Colours::Indexed),
    ("an old xterm", &[("TERM", "xterm"), ("LANG", "zh_CN.UTF-8")], Colours::Sixteen),
    ("PuTTY", &[("TERM", "putty"), ("LANG", "zh_CN.UTF-8")], Colours::Sixteen),
    ("PuTTY with 256 colours", &[("TERM", "putty-256color"), ("LANG", "zh_CN.UTF-8")], Colours::Indexed),
    ("the Linux console", &[("TERM", "linux"), ("LANG", "zh_CN.UTF-8")], Colours::Sixteen),
    ("GNU screen", &[("TERM", "screen"), ("LANG", "zh_CN.UTF-8")], Colours::Sixteen),
    ("an old tmux", &[("TERM", "screen-256color"), ("TMUX", "/tmp/tmux-0/default,1,0")], Colours::Indexed),
    ("tmux", &[("TERM", "tmux-256color"), ("TMUX", "/tmp/tmux-0/default,1,0")], Colours::Indexed),
    ("no locale", &[("TERM", "xterm"), ("LANG", "C")], Colours::Sixteen),
    ("a locale that is not UTF-8", &[("TERM", "xterm"), ("LANG", "zh_CN.GBK")], Colours::Sixteen),
    ("no colour wanted", &[("TERM", "xterm-256color"), ("NO_COLOR", "1")], Colours::None),
    ("dumb", &[("TERM", "dumb")], Colours::None),
];

/// The most that the SGR sequences in `bytes` ask for.
fn asked(bytes: &[u8]) -> Colours {
    let text = String::from_utf8_lossy(bytes);
    let mut most = Colours::None;
    for rest in text.split("\x1b[").skip(1) {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ';')).unwrap_or(rest.len());
        if !rest[end..].starts_with('m') {
            continue;
        }
        let mut numbers = rest[..end].split(';').map(|n| n.parse::<u16>().unwrap_or(0));
        while let Some(number) = numbers.next() {
            let colours = match number {
                38 | 48 if numbers.next() == Some(2) => Colours::True,
                38 | 48 => Colours::Indexed,
                30..=37 | 40..=47 | 90..=97 | 100..=107 => Colours::Sixteen,
                _ => Colours::None,
            };
            most = most.max(colours);
            if matches!(number, 38 | 48) {
                // Which colour is no attribute.
                numbers.by_ref().take(if colours == Colours::True { 3 } else { 1 }).for_each(drop);
            }
        }
    }
    most
}

#[test]
fn what_is_asked_is_read() {
    for (bytes, want) in [
        ("\x1b[1;4m\x1b[39;49m", Colours::None),
        ("\x1b[1;31m", Colours::Sixteen),
        ("\x1b[38;5;200;1m", Colours::Indexed),
        ("\x1b[48;2;31;32;33m", Colours::True),
        ("\x1b[31G", Colours::None),
    ] {
        assert_eq!(asked(bytes.as_bytes()), want, "{bytes:?}");
    }
}

#[test]
fn every_terminal_gets_what_it_knows() {
    for (name, variables, most) in TERMINALS {
        let mut session = Session::start_with(|_, command| {
            command.env_remove("LANG");
            for (variable, value) in variables {
                command.env(variable, value);
            }
        });
        session.until_shown("云岭市");
        session.until_shown("修渠引水");
        session.types("cyls\r");
        session.until(name, |s| !s.shows("cyls"));
        session.types("/清泉工程\r");
        session.until_shown("1/2");
        session.types("q");
        assert_eq!(session.ends(), 0, "{name}");
        session.expect_restored();
        let asked = asked(&session.seen);
        assert!(asked <= most, "{name}: {asked:?} were sent, it knows {most:?}");
        assert!(asked == most || most == Colours::None, "{name}: {asked:?} of {most:?}");
    }
}
