//! Asks the terminal how wide it shows a character: prints one where the next frame covers it, then asks where the cursor is.
//!
//! In: a terminal in raw mode. Out: columns, or nothing if it does not say in time. “ ” ‘ ’ — … · ① are of ambiguous
//! width (Unicode Standard Annex 11): one sentence in five of this genre holds them, and terminals disagree.
//! Does not know about: what is drawn.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// How long an answer may take. A terminal that says nothing costs no more than this, and nobody waits for it: the
/// first frame is on the screen by then.
pub const PATIENCE: Duration = Duration::from_millis(50);

/// The character asked about; the others go with it.
pub const TELLING: char = '“';

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Columns of each character asked for, in order; fewer if the terminal stopped answering.
    pub columns: Vec<u16>,
    /// Keys that were pressed meanwhile.
    pub typed: Vec<KeyEvent>,
}

/// Prints each of `characters` at the left edge of the cursor's row and asks for the cursor behind each.
///
/// # Errors
/// When the terminal takes no output.
pub fn ask(out: &mut impl Write, characters: &[char]) -> io::Result<()> {
    for character in characters {
        // Hidden and dim would still show on a slow line; a frame that is drawn next covers it.
        write!(out, "\r{character}\x1b[6n")?;
    }
    write!(out, "\r  \r")?;
    out.flush()
}

/// Waits for `count` answers, at most until `deadline`. Must run before anything else reads standard input.
#[cfg(unix)]
pub fn listen(count: usize, deadline: Instant) -> Answer {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let input = io::stdin();
    let mut bytes = Vec::new();
    while positions(&bytes).0.len() < count {
        let left = deadline.saturating_duration_since(Instant::now());
        let Ok(limit) = Timespec::try_from(left) else { break };
        let ready = poll(&mut [PollFd::new(&input, PollFlags::IN)], Some(&limit));
        let mut chunk = [0u8; 256];
        match ready {
            Ok(1..) => match rustix::io::read(&input, &mut chunk) {
                Ok(0) | Err(_) => break,
                Ok(read) => bytes.extend_from_slice(&chunk[..read]),
            },
            _ => break,
        }
    }
    let (columns, rest) = positions(&bytes);
    Answer { columns: columns.into_iter().map(|column| column.saturating_sub(1)).collect(), typed: keys(&rest) }
}

/// Sleeps until there is input.
///
/// # Errors
/// When the terminal is gone.
#[cfg(unix)]
pub fn await_input() -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};

    let input = io::stdin();
    let mut polled = [PollFd::new(&input, PollFlags::IN)];
    loop {
        match poll(&mut polled, None) {
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
            Ok(_) if polled[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            Ok(_) => return Ok(()),
        }
    }
}

/// Elsewhere the library waits.
///
/// # Errors
/// When the terminal is gone.
#[cfg(not(unix))]
pub fn await_input() -> io::Result<()> {
    crossterm::event::poll(Duration::MAX).map(|_| ())
}

/// Elsewhere nothing is asked.
#[cfg(not(unix))]
pub fn listen(_count: usize, _deadline: Instant) -> Answer {
    Answer::default()
}

/// The columns of the cursor position reports (`ESC [ row ; column R`) in `bytes`, and what else is there.
fn positions(bytes: &[u8]) -> (Vec<u16>, Vec<u8>) {
    let (mut columns, mut rest) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match position(&bytes[at..]) {
            Some((column, length)) => {
                columns.push(column);
                at += length;
            }
            None => {
                rest.push(byte);
                at += 1;
            }
        }
    }
    (columns, rest)
}

fn position(bytes: &[u8]) -> Option<(u16, usize)> {
    let body = bytes.strip_prefix(b"\x1b[")?;
    let end = body.iter().take(12).position(|b| *b == b'R')?;
    let (row, column) = std::str::from_utf8(&body[..end]).ok()?.split_once(';')?;
    row.parse::<u16>().ok()?;
    Some((column.parse().ok()?, end + 3))
}

/// The keys that have a name, as xterm and its many likes send them.
const NAMED: [(&str, KeyCode); 28] = [
    ("\x1b[A", KeyCode::Up),
    ("\x1b[B", KeyCode::Down),
    ("\x1b[C", KeyCode::Right),
    ("\x1b[D", KeyCode::Left),
    ("\x1bOA", KeyCode::Up),
    ("\x1bOB", KeyCode::Down),
    ("\x1bOC", KeyCode::Right),
    ("\x1bOD", KeyCode::Left),
    ("\x1b[H", KeyCode::Home),
    ("\x1b[F", KeyCode::End),
    ("\x1b[1~", KeyCode::Home),
    ("\x1b[4~", KeyCode::End),
    ("\x1b[3~", KeyCode::Delete),
    ("\x1b[5~", KeyCode::PageUp),
    ("\x1b[6~", KeyCode::PageDown),
    ("\x1b[Z", KeyCode::BackTab),
    ("\x1bOP", KeyCode::F(1)),
    ("\x1bOQ", KeyCode::F(2)),
    ("\x1bOR", KeyCode::F(3)),
    ("\x1bOS", KeyCode::F(4)),
    ("\x1b[15~", KeyCode::F(5)),
    ("\x1b[17~", KeyCode::F(6)),
    ("\x1b[18~", KeyCode::F(7)),
    ("\x1b[19~", KeyCode::F(8)),
    ("\x1b[20~", KeyCode::F(9)),
    ("\x1b[21~", KeyCode::F(10)),
    ("\x1b[23~", KeyCode::F(11)),
    ("\x1b[24~", KeyCode::F(12)),
];

/// What a person may have typed within the twentieth of a second: characters, control letters, keys
/// with a name.
fn keys(bytes: &[u8]) -> Vec<KeyEvent> {
    let text = String::from_utf8_lossy(bytes);
    let mut keys = Vec::new();
    let mut rest = text.as_ref();
    while let Some(c) = rest.chars().next() {
        let named = NAMED.iter().find(|(sequence, _)| rest.starts_with(sequence));
        let (code, modifiers, length) = match (named, c) {
            (Some((sequence, code)), _) => (Some(*code), KeyModifiers::NONE, sequence.len()),
            // Any other sequence is passed over: it is no key that means anything this early.
            (None, '\x1b') if rest.starts_with("\x1b[") => (None, KeyModifiers::NONE, sequence_length(rest)),
            (None, '\x1b') => (Some(KeyCode::Esc), KeyModifiers::NONE, 1),
            (None, '\r' | '\n') => (Some(KeyCode::Enter), KeyModifiers::NONE, 1),
            (None, '\t') => (Some(KeyCode::Tab), KeyModifiers::NONE, 1),
            (None, '\x7f') => (Some(KeyCode::Backspace), KeyModifiers::NONE, 1),
            (None, '\x01'..='\x1a') => {
                let letter = char::from_u32(u32::from(c) + 0x60).unwrap_or('?');
                (Some(KeyCode::Char(letter)), KeyModifiers::CONTROL, 1)
            }
            (None, c) if c.is_control() => (None, KeyModifiers::NONE, c.len_utf8()),
            (None, c) => (Some(KeyCode::Char(c)), KeyModifiers::NONE, c.len_utf8()),
        };
        keys.extend(code.map(|code| KeyEvent::new(code, modifiers)));
        rest = rest.get(length..).unwrap_or_default();
    }
    keys
}

/// Bytes of the control sequence that `text` begins with.
fn sequence_length(text: &str) -> usize {
    text.char_indices().skip(2).find(|(_, c)| ('@'..='~').contains(c)).map_or(text.len(), |(at, c)| at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_told_from_keys() {
        let (columns, rest) = positions(b"j\x1b[1;3Rk\x1b[1;2R\x1b[A");
        assert_eq!((columns, rest), (vec![3, 2], b"jk\x1b[A".to_vec()));
        assert_eq!(positions(b"\x1b[1;"), (vec![], b"\x1b[1;".to_vec()));
    }

    #[test]
    fn keys_typed_meanwhile_are_kept() {
        let codes = |bytes: &[u8]| keys(bytes).into_iter().map(|k| k.code).collect::<Vec<_>>();
        assert_eq!(codes("/乡\r".as_bytes()), [KeyCode::Char('/'), KeyCode::Char('乡'), KeyCode::Enter]);
        assert_eq!(
            codes(b"\x1b[A\x1b[5~\x1b[99~\x1bj"),
            [KeyCode::Up, KeyCode::PageUp, KeyCode::Esc, KeyCode::Char('j')]
        );
        assert_eq!(keys(b"\x10"), [KeyEvent::new(KeyCode::Char('p'), KeyModifiers::CONTROL)]);
    }

    #[test]
    fn the_question_leaves_the_row_clean() {
        let mut out = Vec::new();
        ask(&mut out, &['“']).expect("a vector takes everything");
        assert_eq!(String::from_utf8(out).expect("text"), "\r“\x1b[6n\r  \r");
    }
}
