//! What a terminal sends, read: keys, clicks, pasted text, where its cursor stands.
//!
//! In: bytes as they come, in pieces of any size. Out: [`Sent`], in order. Does not know about: where bytes come from, what a
//! key means. Every byte is used up: what is no key that is known is passed over as a whole, never taken for typed text.
//! Sequences as in xterm's ctlseqs ("PC-Style Function Keys", "Mouse Tracking", "Bracketed Paste Mode") and ECMA-48.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use memchr::memmem;

/// One thing a terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// A key.
    Key(KeyEvent),
    /// A click, the wheel, or dragging.
    Mouse(MouseEvent),
    /// Pasted text.
    Paste(String),
    /// The 1-based column of its cursor, which it was asked for.
    Cursor(u16),
    /// It moves rows between side margins (mode 69, DECLRMM), which it was asked.
    SideMargins,
}

/// Of one paste, the bytes that are kept: nobody pastes a megabyte into a prompt of one row.
const LONGEST_PASTE: usize = 1 << 20;
/// A sequence longer than this is none.
const LONGEST_SEQUENCE: usize = 64;

const PASTE: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// Reads what a terminal sends.
#[derive(Debug, Default)]
pub struct Keyboard {
    /// Bytes that are not understood yet.
    waiting: Vec<u8>,
    /// What has been pasted so far, while something is.
    paste: Option<Vec<u8>>,
}

/// What bytes begin with.
enum ParseStep {
    /// Something of so many bytes; none of interest, perhaps.
    Took(usize, Option<Sent>),
    /// A paste begins.
    PasteBegins,
    /// More bytes must come.
    Half,
}

impl Keyboard {
    /// Takes bytes; what they say goes to `take`.
    pub fn read(&mut self, bytes: &[u8], take: &mut dyn FnMut(Sent)) {
        self.waiting.extend_from_slice(bytes);
        let mut at = 0;
        loop {
            if let Some(paste) = &mut self.paste {
                let rest = self.waiting.get(at..).unwrap_or_default();
                let end = memmem::find(rest, PASTE_END);
                // The last bytes may be the beginning of the end.
                let pasted = end.unwrap_or(rest.len().saturating_sub(PASTE_END.len() - 1));
                let kept = pasted.min(LONGEST_PASTE.saturating_sub(paste.len()));
                paste.extend_from_slice(rest.get(..kept).unwrap_or_default());
                at += pasted;
                if end.is_none() {
                    break;
                }
                at += PASTE_END.len();
                self.end_paste(take);
                continue;
            }
            match step(self.waiting.get(at..).unwrap_or_default()) {
                ParseStep::Took(length, sent) => {
                    at += length;
                    sent.into_iter().for_each(&mut *take);
                }
                ParseStep::PasteBegins => {
                    at += PASTE.len();
                    self.paste = Some(Vec::new());
                }
                ParseStep::Half => break,
            }
        }
        self.waiting.drain(..at);
    }

    /// Whether something has begun that may still go on: how it goes on decides what it is.
    pub fn is_amid(&self) -> bool {
        self.paste.is_some() || !self.waiting.is_empty()
    }

    /// Whether something is being pasted.
    pub fn is_pasting(&self) -> bool {
        self.paste.is_some()
    }

    /// Whether an escape has come and nothing else.
    pub fn is_escape(&self) -> bool {
        self.paste.is_none() && self.waiting == [0x1b]
    }

    /// Nothing more has come: what has begun ends here. An escape that nothing follows is the key.
    pub fn settle(&mut self, take: &mut dyn FnMut(Sent)) {
        if let Some(paste) = &mut self.paste {
            paste.append(&mut self.waiting);
            return self.end_paste(take);
        }
        match self.waiting.as_slice() {
            [0x1b] => take(key(KeyCode::Esc, KeyModifiers::NONE)),
            [0x1b, start @ (b'[' | b'O')] => take(key(KeyCode::Char(char::from(*start)), KeyModifiers::ALT)),
            _ => {}
        }
        self.waiting.clear();
    }

    fn end_paste(&mut self, take: &mut dyn FnMut(Sent)) {
        if let Some(paste) = self.paste.take() {
            take(Sent::Paste(String::from_utf8_lossy(&paste).into_owned()));
        }
    }
}

const fn key(code: KeyCode, modifiers: KeyModifiers) -> Sent {
    Sent::Key(KeyEvent::new(code, modifiers))
}

/// What `bytes` begin with.
fn step(bytes: &[u8]) -> ParseStep {
    match bytes {
        [] | [0x1b] => ParseStep::Half,
        [0x1b, b'[', rest @ ..] => control_sequence(rest),
        [0x1b, b'O'] => ParseStep::Half,
        [0x1b, b'O', letter, ..] => ParseStep::Took(3, lettered(*letter).map(|code| key(code, KeyModifiers::NONE))),
        // Two in a row: the first was the key.
        [0x1b, 0x1b, ..] => ParseStep::Took(1, Some(key(KeyCode::Esc, KeyModifiers::NONE))),
        [0x1b, rest @ ..] => match character(rest) {
            ParseStep::Took(length, sent) => ParseStep::Took(1 + length, sent.map(with_alt)),
            other => other,
        },
        _ => character(bytes),
    }
}

fn with_alt(sent: Sent) -> Sent {
    match sent {
        Sent::Key(key) => Sent::Key(KeyEvent::new(key.code, key.modifiers | KeyModifiers::ALT)),
        other => other,
    }
}

/// A typed character, or a key that sends a control code.
fn character(bytes: &[u8]) -> ParseStep {
    let Some(&first) = bytes.first() else { return ParseStep::Half };
    let control = |base: u8, letter: u8| {
        let code = KeyCode::Char(char::from(first.wrapping_sub(base).wrapping_add(letter)));
        Some(key(code, KeyModifiers::CONTROL))
    };
    let sent = match first {
        b'\r' => Some(key(KeyCode::Enter, KeyModifiers::NONE)),
        b'\t' => Some(key(KeyCode::Tab, KeyModifiers::NONE)),
        0x7f => Some(key(KeyCode::Backspace, KeyModifiers::NONE)),
        0 => Some(key(KeyCode::Char(' '), KeyModifiers::CONTROL)),
        1..=0x1a => control(1, b'a'),
        0x1c..=0x1f => control(0x1c, b'4'),
        _ => return text(bytes),
    };
    ParseStep::Took(1, sent)
}

fn text(bytes: &[u8]) -> ParseStep {
    let head = bytes.get(..4.min(bytes.len())).unwrap_or_default();
    let (valid, fault) = match std::str::from_utf8(head) {
        Ok(text) => (text, None),
        Err(error) => {
            let valid = head.get(..error.valid_up_to()).unwrap_or_default();
            (std::str::from_utf8(valid).unwrap_or_default(), Some(error.error_len()))
        }
    };
    match (valid.chars().next(), fault) {
        (Some(c), _) => {
            let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
            ParseStep::Took(c.len_utf8(), Some(key(KeyCode::Char(c), shift)))
        }
        // A character that has not come whole.
        (None, Some(None)) => ParseStep::Half,
        // Bytes that are no text are no key.
        (None, Some(Some(length))) => ParseStep::Took(length.max(1), None),
        (None, None) => ParseStep::Took(1, None),
    }
}

/// What follows `ESC [`.
fn control_sequence(rest: &[u8]) -> ParseStep {
    const HEAD: usize = 2;
    if let [b'[', tail @ ..] = rest {
        // Function keys of the Linux console.
        return match tail {
            [] => ParseStep::Half,
            [letter @ b'A'..=b'E', ..] => {
                ParseStep::Took(HEAD + 2, Some(key(KeyCode::F(letter - b'A' + 1), KeyModifiers::NONE)))
            }
            _ => ParseStep::Took(HEAD + 1, None),
        };
    }
    if let [b'M', tail @ ..] = rest {
        // The oldest way to tell of the mouse: three bytes, whatever they are.
        let [button, column, row, ..] = tail else { return ParseStep::Half };
        let at = |byte: &u8| u16::from(byte.saturating_sub(33));
        let sent = button.checked_sub(32).and_then(|button| mouse(u16::from(button), at(column), at(row), false));
        return ParseStep::Took(HEAD + 4, sent);
    }
    let parameters = rest.iter().take(LONGEST_SEQUENCE).take_while(|byte| (0x20..=0x3f).contains(*byte)).count();
    if parameters == LONGEST_SEQUENCE {
        return ParseStep::Took(HEAD + parameters, None);
    }
    let Some(&last) = rest.get(parameters) else { return ParseStep::Half };
    if !(0x40..=0x7e).contains(&last) {
        // Broken off: what comes now is something else.
        return ParseStep::Took(HEAD + parameters, None);
    }
    let inside = rest.get(..parameters).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    if (inside, last) == ("200", b'~') {
        return ParseStep::PasteBegins;
    }
    ParseStep::Took(HEAD + parameters + 1, sequence(inside, last))
}

/// What a whole sequence means: its parameters and last byte.
fn sequence(inside: &str, last: u8) -> Option<Sent> {
    let numbers = |text: &str| -> Vec<Option<u16>> {
        text.split(';').map(|part| part.split(':').next().unwrap_or_default().parse().ok()).collect()
    };
    if let Some(inside) = inside.strip_prefix('<') {
        let [Some(button), Some(column), Some(row)] = *numbers(inside).get(..3)? else { return None };
        let released = last == b'm';
        return mouse(button, column.saturating_sub(1), row.saturating_sub(1), released)
            .filter(|_| released || last == b'M');
    }
    if let Some(state) = inside.strip_prefix("?69;").filter(|_| last == b'y') {
        // 1: set; 2: reset. All else is no.
        return matches!(state, "1$" | "2$").then_some(Sent::SideMargins);
    }
    let numbers = numbers(inside);
    let number = |at: usize| numbers.get(at).copied().flatten();
    let held = modifiers(number(1).unwrap_or(1));
    match last {
        b'R' => number(1).filter(|_| number(0).is_some()).map(Sent::Cursor),
        b'~' => numbered(number(0)?).map(|code| key(code, held)),
        b'Z' => Some(key(KeyCode::BackTab, KeyModifiers::SHIFT)),
        b'M' => {
            let button = number(0)?.checked_sub(32)?;
            mouse(button, number(1)?.saturating_sub(1), number(2)?.saturating_sub(1), false)
        }
        // Keys by their character, as terminals send them that were told to tell more.
        b'u' => {
            let code = match char::from_u32(u32::from(number(0)?))? {
                '\u{1b}' => KeyCode::Esc,
                '\r' => KeyCode::Enter,
                '\t' if held.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
                '\t' => KeyCode::Tab,
                '\u{7f}' => KeyCode::Backspace,
                c if c.is_control() => return None,
                c => KeyCode::Char(c),
            };
            Some(key(code, held))
        }
        _ if inside.starts_with(|c: char| !c.is_ascii_digit()) => None,
        letter => lettered(letter).map(|code| key(code, held)),
    }
}

/// Keys that are named by a letter.
const fn lettered(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

/// Keys that are named by a number.
fn numbered(number: u16) -> Option<KeyCode> {
    let number = u8::try_from(number).ok()?;
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(number - 10),
        17..=21 => KeyCode::F(number - 11),
        23..=26 => KeyCode::F(number - 12),
        28..=29 => KeyCode::F(number - 15),
        31..=34 => KeyCode::F(number - 17),
        _ => return None,
    })
}

/// What is held, from xterm's number for it: 1 and a bit for each.
fn modifiers(number: u16) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    let names = [KeyModifiers::SHIFT, KeyModifiers::ALT, KeyModifiers::CONTROL, KeyModifiers::SUPER];
    let held = names.into_iter().enumerate().filter(|(n, _)| bits & (1 << n) != 0);
    held.fold(KeyModifiers::NONE, |all, (_, one)| all | one)
}

/// What the mouse did, from xterm's button number; `column` and `row` count from 0. A mouse that only moves says nothing.
fn mouse(button: u16, column: u16, row: u16, released: bool) -> Option<Sent> {
    let number = (button & 3) | ((button & 0xc0) >> 4);
    let which = match number {
        0 => Some(MouseButton::Left),
        1 => Some(MouseButton::Middle),
        2 => Some(MouseButton::Right),
        _ => None,
    };
    let kind = match (number, which, button & 32 != 0) {
        (_, Some(which), _) if released => MouseEventKind::Up(which),
        (_, Some(which), true) => MouseEventKind::Drag(which),
        (_, Some(which), false) => MouseEventKind::Down(which),
        (3, _, false) => MouseEventKind::Up(MouseButton::Left),
        (4, _, false) => MouseEventKind::ScrollUp,
        (5, _, false) => MouseEventKind::ScrollDown,
        (6, _, false) => MouseEventKind::ScrollLeft,
        (7, _, false) => MouseEventKind::ScrollRight,
        _ => return None,
    };
    let names = [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)];
    let held = names.into_iter().filter(|(bit, _)| button & bit != 0);
    let modifiers = held.fold(KeyModifiers::NONE, |all, (_, one)| all | one);
    Some(Sent::Mouse(MouseEvent { kind, column, row, modifiers }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Vec<Sent> {
        let (mut keyboard, mut all) = (Keyboard::default(), Vec::new());
        keyboard.read(bytes, &mut |sent| all.push(sent));
        keyboard.settle(&mut |sent| all.push(sent));
        assert!(!keyboard.is_amid());
        all
    }

    fn keys(bytes: &[u8]) -> String {
        let name = |sent: &Sent| match sent {
            Sent::Key(key) => crate::command::key::format((*key).into()),
            other => format!("{other:?}"),
        };
        read(bytes).iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn keys_have_the_names_a_person_knows() {
        let table: [(&[u8], &str); 22] = [
            ("/乡G\r".as_bytes(), "/ 乡 G enter"),
            (b"\x1b[A\x1bOB\x1b[1;5C\x1b[1;3D", "up down ctrl-right alt-left"),
            (b"\x1b[5~\x1b[6;2~\x1b[3~", "pageup shift-pagedown delete"),
            (b"\x1b[H\x1bOF\x1b[1~\x1b[8~", "home end home end"),
            (b"\x1bOP\x1b[15~\x1b[24~\x1b[[C", "f1 f5 f12 f3"),
            (b"\x1b[Z\t", "shift-tab tab"),
            (b"\x01\x1a\0\x1f", "ctrl-a ctrl-z ctrl-space ctrl-7"),
            (b"\x7f\x08", "backspace ctrl-h"),
            (b"\x1b", "esc"),
            (b"\x1b\x1b[A", "esc up"),
            (b"\x1bj\x1b\xe4\xb8\xad", "alt-j alt-中"),
            (b"\x1b[", "alt-["),
            (b"\x1b[106;5u\x1b[27u", "ctrl-j esc"),
            // Nothing that is known.
            (b"\x1b[99~j", "j"),
            (b"\x1b[?1;2cj", "j"),
            (b"\x1b[Ij\x1b[O", "j"),
            (b"\x1b[0;0Rj", "Cursor(0) j"),
            (b"\x1b[1;3Rj", "Cursor(3) j"),
            (b"\xff\xfej\xe4\xb8j", "j j"),
            (b"\x1b[12\rj", "enter j"),
            (b"\x1b[M\x20", ""),
            (b"", ""),
        ];
        for (bytes, names) in table {
            assert_eq!(keys(bytes), names, "{bytes:?}");
        }
    }

    #[test]
    fn the_mouse_is_read_in_all_its_ways() {
        let told = |bytes: &[u8]| match read(bytes).as_slice() {
            [Sent::Mouse(mouse)] => Some((mouse.kind, mouse.column, mouse.row, mouse.modifiers)),
            _ => None,
        };
        let left = MouseEventKind::Down(MouseButton::Left);
        assert_eq!(told(b"\x1b[<0;20;10M"), Some((left, 19, 9, KeyModifiers::NONE)));
        assert_eq!(told(b"\x1b[<0;0;0m"), Some((MouseEventKind::Up(MouseButton::Left), 0, 0, KeyModifiers::NONE)));
        assert_eq!(told(b"\x1b[<80;300;2M"), Some((MouseEventKind::ScrollUp, 299, 1, KeyModifiers::CONTROL)));
        assert_eq!(told(b"\x1b[M \x34\x2a"), Some((left, 19, 9, KeyModifiers::NONE)));
        assert_eq!(told(b"\x1b[32;20;10M"), Some((left, 19, 9, KeyModifiers::NONE)));
        assert_eq!(told(b"\x1b[<35;1;1M"), None);
    }

    #[test]
    fn a_paste_is_one_thing_however_long_and_ends_though_its_end_is_lost() {
        assert_eq!(
            read("\x1b[200~乡\x1b[A村\x1b[201~q".as_bytes()),
            [Sent::Paste("乡\x1b[A村".into()), key(KeyCode::Char('q'), KeyModifiers::NONE)]
        );
        assert_eq!(read("\x1b[200~乡村\x1b[20".as_bytes()), [Sent::Paste("乡村\x1b[20".into())]);
        let mut long = PASTE.to_vec();
        long.resize(3 << 20, b'a');
        long.extend_from_slice(PASTE_END);
        assert!(matches!(read(&long).as_slice(), [Sent::Paste(text)] if text.len() == LONGEST_PASTE));
    }

    proptest! {
        /// However bytes are cut into pieces, they say the same; and nothing is left over.
        #[test]
        fn pieces_say_what_the_whole_says(
            parts in prop::collection::vec(prop_oneof![
                Just("\x1b[A"), Just("\x1b[<65;10;5M"), Just("乡"), Just("q"), Just("\x1b[200~"), Just("\x1b[201~"),
                Just("\x1b["), Just("\x1bO"), Just("\x1b"), Just("\r"), Just("\x1b[M"), Just("9;"), Just("~"),
            ], 0..24),
            raw in prop::collection::vec(any::<u8>(), 0..12),
            cuts in prop::collection::vec(1usize..7, 1..40),
        ) {
            let mut bytes: Vec<u8> = parts.concat().into_bytes();
            bytes.extend(raw);
            let (mut keyboard, mut all) = (Keyboard::default(), Vec::new());
            let mut rest = bytes.as_slice();
            for cut in cuts.iter().cycle() {
                if rest.is_empty() { break; }
                let (piece, others) = rest.split_at((*cut).min(rest.len()));
                keyboard.read(piece, &mut |sent| all.push(sent));
                rest = others;
            }
            keyboard.settle(&mut |sent| all.push(sent));
            prop_assert!(!keyboard.is_amid());
            prop_assert_eq!(all, read(&bytes));
        }
    }
}
