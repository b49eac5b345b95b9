//! Where a copy goes: to the clipboard of this machine where a program reaches it, else to the terminal, through tmux where that
//! lets it pass.
//!
//! In: what the settings say, the environment, a text. Out: what to send to the terminal, a text in a clipboard, and what to
//! tell the user. Does not know about: what is copied.

use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::message::Message;
use crate::app::Event;
use crate::app::notice::Notice;
use crate::config::ClipboardChoice;
use crate::text::Lang;

/// A program that takes longer is ended.
const PATIENCE: Duration = Duration::from_secs(2);

/// Programs that take a text for the clipboard from their standard input; on which variable each depends.
const PROGRAMS: &[(&str, &[&str], Option<&str>)] = &[
    ("wl-copy", &[], Some("WAYLAND_DISPLAY")),
    ("xclip", &["-selection", "clipboard", "-in"], Some("DISPLAY")),
    ("xsel", &["--clipboard", "--input"], Some("DISPLAY")),
    #[cfg(target_os = "macos")]
    ("pbcopy", &[], None),
];

/// How a copy travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClipboardRoute {
    /// Nowhere: the settings say so.
    Nowhere,
    /// A program of this machine: its number in the table.
    Program(usize),
    /// An escape sequence to the terminal.
    Terminal,
    /// The same, wrapped so that tmux hands it on.
    Passthrough,
    /// tmux's own buffer, which tmux hands on.
    TmuxBuffer,
}

/// Sends copies on their way.
#[derive(Debug)]
pub(super) struct Clipboard {
    choice: ClipboardChoice,
    lang: Lang,
    send: Sender<Message>,
    route: OnceLock<ClipboardRoute>,
}

impl Clipboard {
    /// As the settings say; what there is is found out with the first copy.
    pub fn new(choice: ClipboardChoice, lang: Lang, send: Sender<Message>) -> Self {
        Self { choice, lang, send, route: OnceLock::new() }
    }

    /// Sends a text on its way: what the terminal is to be sent, if anything, and what to tell where it is not simply the
    /// terminal.
    pub fn copy(&self, text: &str) -> (Option<String>, Option<Notice>) {
        let route = *self.route.get_or_init(|| choose(self.choice, |name| std::env::var_os(name), on_path, tmux_says));
        let said = |zh: &str, en: &str| Some(Notice::done(self.lang.pick(zh, en).to_owned()));
        match route {
            ClipboardRoute::Nowhere => (None, said("已存入摘录（yilan clips）", "kept among the clips (yilan clips)")),
            ClipboardRoute::Terminal => (Some(osc52(text)), None),
            ClipboardRoute::Passthrough => (
                Some(passthrough(&osc52(text))),
                said("已经 tmux 转送终端，并存入摘录", "sent through tmux to the terminal, kept among the clips"),
            ),
            ClipboardRoute::TmuxBuffer => {
                self.feed("tmux", &["load-buffer", "-w", "-"], text);
                (None, said("已交给 tmux 的缓冲区，并存入摘录", "given to tmux's buffer, kept among the clips"))
            }
            ClipboardRoute::Program(number) => {
                let Some((program, arguments, _)) = PROGRAMS.get(number) else { return (Some(osc52(text)), None) };
                self.feed(program, arguments, text);
                let notice = Notice::done(match self.lang {
                    Lang::Zh => format!("已放入本机剪贴板（{program}），并存入摘录"),
                    Lang::En => format!("put into this machine's clipboard ({program}), kept among the clips"),
                });
                (None, Some(notice))
            }
        }
    }

    /// Gives a program the text, on a thread of its own; what goes wrong is told.
    fn feed(&self, program: &str, arguments: &[&str], text: &str) {
        let (program, text, send, lang) = (program.to_owned(), text.to_owned(), self.send.clone(), self.lang);
        let arguments: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
        let work = move || {
            if let Err(why) = feed(&program, &arguments, &text) {
                let words = lang.pick("没有放入剪贴板，仍在摘录中", "not in the clipboard, kept among the clips");
                let notice = Notice::trouble(format!("{program}: {why} · {words}"));
                let _ = send.send(Message::Event(Event::Notice(notice)));
            }
        };
        // Where no thread can be had the clip is still kept.
        let _ = std::thread::Builder::new().name("clipboard".to_owned()).spawn(work);
    }
}

/// By which way copies go.
fn choose(
    choice: ClipboardChoice,
    env: impl Fn(&str) -> Option<std::ffi::OsString>,
    exists: impl Fn(&str) -> bool,
    tmux: impl Fn() -> ClipboardRoute,
) -> ClipboardRoute {
    let set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
    if choice == ClipboardChoice::Off {
        return ClipboardRoute::Nowhere;
    }
    // Over a connection the display, if there is one, is the user's own.
    let usable = |needs: &Option<&str>| needs.is_none_or(&set);
    let program = || PROGRAMS.iter().position(|(program, _, needs)| usable(needs) && exists(program));
    if choice == ClipboardChoice::Auto
        && let Some(number) = program()
    {
        return ClipboardRoute::Program(number);
    }
    if set("TMUX") { tmux() } else { ClipboardRoute::Terminal }
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// What tmux lets pass: sequences to its own clipboard, sequences wrapped for the terminal, or only what it is given itself.
fn tmux_says() -> ClipboardRoute {
    // One question for both: every program that is started costs time. Passing through is asked of this pane, and of all
    // where it says nothing itself; a tmux that does not know how is asked for the other alone.
    let clipboard = ["show-options", "-gqv", "set-clipboard"];
    let both = [&clipboard[..], &[";", "show-options", "-pqAv", "allow-passthrough"]].concat();
    let told = run("tmux", &both).or_else(|| run("tmux", &clipboard)).unwrap_or_default();
    tmux_route(&told)
}

/// What follows from the values of `set-clipboard` and `allow-passthrough`, a line each; an older tmux has no second one.
fn tmux_route(told: &str) -> ClipboardRoute {
    let mut values = told.lines().map(str::trim);
    match (values.next().unwrap_or_default(), values.next()) {
        ("on", _) => ClipboardRoute::Terminal,
        (_, Some("on" | "all")) => ClipboardRoute::Passthrough,
        // Before the option there was, everything passed.
        (_, None | Some("")) => ClipboardRoute::Passthrough,
        _ => ClipboardRoute::TmuxBuffer,
    }
}

/// What a program prints; nothing where it cannot be had in time.
fn run(program: &str, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let ended = wait(&mut child).ok()?;
    let out = child.wait_with_output().ok()?;
    ended.then(|| String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Gives a program a text on its standard input, and waits for its end.
fn feed(program: &str, arguments: &[String], text: &str) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(arguments.iter().map(OsStr::new)).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|why| why.to_string())?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes()).map_err(|why| why.to_string())?;
    }
    match wait(&mut child) {
        Ok(true) => Ok(()),
        Ok(false) => Err("✗".to_owned()),
        Err(why) => Err(why.to_string()),
    }
}

/// Whether a program ends well in time; one that does not is ended.
fn wait(child: &mut std::process::Child) -> std::io::Result<bool> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if begun.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The sequence that asks a terminal to take a text into its clipboard.
fn osc52(text: &str) -> String {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = crossterm::queue!(bytes, crossterm::clipboard::CopyToClipboard::to_clipboard_from(text));
    String::from_utf8(bytes).unwrap_or_default()
}

/// A sequence that tmux hands to its terminal as it is.
fn passthrough(sequence: &str) -> String {
    format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_goes_where_it_is_seen() {
        type Case = (ClipboardChoice, &'static [&'static str], &'static [&'static str], ClipboardRoute);
        let (auto, terminal) = (ClipboardChoice::Auto, ClipboardChoice::Terminal);
        let cases: [Case; 7] = [
            (auto, &[], &["xclip", "wl-copy"], ClipboardRoute::Terminal),
            (auto, &["DISPLAY"], &["xclip"], ClipboardRoute::Program(1)),
            (auto, &["DISPLAY", "WAYLAND_DISPLAY"], &["xclip", "wl-copy"], ClipboardRoute::Program(0)),
            (auto, &["DISPLAY"], &[], ClipboardRoute::Terminal),
            (terminal, &["DISPLAY"], &["xclip"], ClipboardRoute::Terminal),
            (auto, &["TMUX"], &[], ClipboardRoute::Passthrough),
            (ClipboardChoice::Off, &["DISPLAY", "TMUX"], &["xclip"], ClipboardRoute::Nowhere),
        ];
        for (choice, variables, programs, want) in cases {
            let env = |name: &str| variables.contains(&name).then(|| "x".into());
            let route = choose(choice, env, |name| programs.contains(&name), || ClipboardRoute::Passthrough);
            assert_eq!(route, want, "{choice:?} {variables:?} {programs:?}");
        }
    }

    #[test]
    fn the_two_values_of_tmux_say_the_way() {
        let cases = [
            ("on\non\n", ClipboardRoute::Terminal),
            ("external\nall\n", ClipboardRoute::Passthrough),
            ("external\noff\n", ClipboardRoute::TmuxBuffer),
            ("external\n", ClipboardRoute::Passthrough),
            ("", ClipboardRoute::Passthrough),
        ];
        for (told, want) in cases {
            assert_eq!(tmux_route(told), want, "{told:?}");
        }
    }

    #[test]
    fn what_tmux_hands_on_is_wrapped() {
        let wrapped = passthrough(&osc52("渠"));
        assert!(wrapped.starts_with("\x1bPtmux;\x1b\x1b]52;c;") && wrapped.ends_with("\x1b\\"), "{wrapped:?}");
        assert!(!wrapped[7..wrapped.len() - 2].replace("\x1b\x1b", "").contains('\x1b'));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_takes_the_text_or_says_why_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clip").to_string_lossy().into_owned();
        let script = |text: &str| vec!["-c".to_owned(), text.to_owned()];
        assert_eq!(feed("sh", &script(&format!("cat > '{file}'")), "渠水"), Ok(()));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "渠水");
        assert!(feed("sh", &script("cat > /dev/null; exit 3"), "渠").is_err());
        assert!(feed("/no/such/program", &[], "渠").is_err());
    }
}
