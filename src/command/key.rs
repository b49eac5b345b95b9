//! Key notation. In: a text such as `ctrl-p`, `?`, `G`, `space`, or a key event. Out: one key with its modifiers in one
//! canonical form, and its text again. Does not know about: what a key means.

pub use crokey::KeyCombination;
use crokey::OneToThree;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// Reads key notation: modifiers `ctrl-`, `alt-`, `shift-`, `cmd-`, then a character or a name (`enter`, `esc`, `space`,
/// `tab`, `left`, `pageup`, `f5`, `hyphen`…). A single capital letter means shift and that letter.
///
/// `None` if it cannot be understood, or names several keys at once (a terminal sends one after the other).
pub fn parse(text: &str) -> Option<KeyCombination> {
    let mut chars = text.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return (!only.is_whitespace() && !only.is_control())
            .then(|| combination(KeyCode::Char(only), KeyModifiers::NONE));
    }
    let parsed = crokey::parse(text).ok()?;
    match parsed.codes {
        OneToThree::One(code) => Some(combination(code, parsed.modifiers)),
        _ => None,
    }
}

/// The key of an event; `None` when a key was let go.
pub fn of_event(event: KeyEvent) -> Option<KeyCombination> {
    (event.kind != KeyEventKind::Release).then(|| combination(event.code, event.modifiers))
}

/// The notation of a key, such that [`parse`] gives the same key back; for the help screen and the example config.
pub fn format(key: KeyCombination) -> String {
    let OneToThree::One(code) = key.codes else { return key.to_string().to_lowercase() };
    let mut modifiers = key.modifiers;
    let name = match code {
        KeyCode::Char(' ') => "space".to_owned(),
        KeyCode::Char('-') => "-".to_owned(),
        // Shift alone with a letter is written as the capital, as everybody knows it from pagers.
        KeyCode::Char(c) if modifiers == KeyModifiers::SHIFT && c.is_ascii_uppercase() => {
            modifiers = KeyModifiers::NONE;
            c.to_string()
        }
        KeyCode::Char(c) => c.to_ascii_lowercase().to_string(),
        KeyCode::BackTab => "tab".to_owned(),
        KeyCode::F(number) => format!("f{number}"),
        other => format!("{other:?}").to_lowercase(),
    };
    let prefixes = [
        (KeyModifiers::CONTROL, "ctrl-"),
        (KeyModifiers::ALT, "alt-"),
        (KeyModifiers::SHIFT, "shift-"),
        (KeyModifiers::SUPER, "cmd-"),
    ];
    let held = prefixes.into_iter().filter(|(modifier, _)| modifiers.contains(*modifier));
    held.map(|(_, prefix)| prefix).collect::<String>() + &name
}

/// The canonical form: terminals and protocols disagree on shift, so it is kept only where it tells two keys apart.
fn combination(code: KeyCode, modifiers: KeyModifiers) -> KeyCombination {
    let known = KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT | KeyModifiers::SUPER;
    let mut modifiers = modifiers & known;
    let code = match code {
        KeyCode::Char(c) => {
            let c = half_width(c);
            if c.is_ascii_uppercase() {
                modifiers |= KeyModifiers::SHIFT;
            } else if !c.is_ascii_lowercase() && c != ' ' {
                // The kitty protocol says shift with `?`; others send the bare character.
                modifiers -= KeyModifiers::SHIFT;
            }
            let shifted = modifiers.contains(KeyModifiers::SHIFT);
            KeyCode::Char(if shifted { c.to_ascii_uppercase() } else { c })
        }
        KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        KeyCode::BackTab => {
            modifiers |= KeyModifiers::SHIFT;
            KeyCode::BackTab
        }
        other => other,
    };
    KeyCombination::one_key(code, modifiers).normalized()
}

/// The ASCII key behind a character that a Chinese input method sends for it: ？ is `?`, 、 is `/`.
fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        '、' => '/',
        '。' => '.',
        '《' => '<',
        '》' => '>',
        '【' => '[',
        '】' => ']',
        '「' => '{',
        '」' => '}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn typed(code: KeyCode, modifiers: KeyModifiers) -> KeyCombination {
        of_event(KeyEvent::new(code, modifiers)).unwrap()
    }

    #[test]
    fn notation_is_what_the_terminal_sends() {
        use KeyCode::{BackTab, Char, Enter, Esc, F, Left, PageDown, Tab};
        use KeyModifiers as M;
        let cases = [
            ("a", Char('a'), M::NONE),
            ("G", Char('G'), M::SHIFT),
            ("G", Char('G'), M::NONE),
            ("shift-g", Char('G'), M::SHIFT),
            ("shift-G", Char('g'), M::SHIFT),
            ("?", Char('?'), M::NONE),
            ("?", Char('?'), M::SHIFT),
            ("?", Char('？'), M::NONE),
            ("/", Char('、'), M::NONE),
            ("ctrl-p", Char('p'), M::CONTROL),
            ("Ctrl-P", Char('p'), M::CONTROL),
            ("alt-left", Left, M::ALT),
            ("esc", Esc, M::NONE),
            ("enter", Enter, M::NONE),
            ("space", Char(' '), M::NONE),
            ("-", Char('-'), M::NONE),
            ("hyphen", Char('-'), M::NONE),
            ("f12", F(12), M::NONE),
            ("pagedown", PageDown, M::NONE),
            ("tab", Tab, M::NONE),
            ("shift-tab", BackTab, M::SHIFT),
            ("shift-tab", BackTab, M::NONE),
            ("backtab", Tab, M::SHIFT),
            ("ctrl-shift-g", Char('G'), M::CONTROL | M::SHIFT),
        ];
        for (text, code, modifiers) in cases {
            assert_eq!(parse(text), Some(typed(code, modifiers)), "{text}");
        }
    }

    #[test]
    fn what_is_no_single_key_is_refused() {
        for text in ["", " ", "\u{1b}", "ctrl-", "ctl-p", "entre", "a-b", "ctrl-x-y", "gg", "ctrl-", "f25", "汉字"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_written_form_is_the_short_one() {
        for (text, want) in [
            ("shift-g", "G"),
            ("CTRL-p", "ctrl-p"),
            ("backtab", "shift-tab"),
            ("minus", "-"),
            ("ins", "insert"),
            ("?", "?"),
        ] {
            assert_eq!(format(parse(text).unwrap()), want);
        }
    }

    #[test]
    fn a_key_let_go_is_no_key() {
        let event = KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(of_event(event), None);
    }

    fn any_code() -> impl Strategy<Value = KeyCode> {
        prop_oneof![
            any::<char>().prop_filter("printable", |c| !c.is_control() && !c.is_whitespace()).prop_map(KeyCode::Char),
            "[ -~]".prop_map(|s| KeyCode::Char(s.chars().next().unwrap())),
            (1u8..=24).prop_map(KeyCode::F),
            prop::sample::select(vec![
                KeyCode::Enter,
                KeyCode::Esc,
                KeyCode::Tab,
                KeyCode::BackTab,
                KeyCode::Backspace,
                KeyCode::Delete,
                KeyCode::Insert,
                KeyCode::Home,
                KeyCode::End,
                KeyCode::PageUp,
                KeyCode::PageDown,
                KeyCode::Left,
                KeyCode::Right,
                KeyCode::Up,
                KeyCode::Down,
            ]),
        ]
    }

    proptest! {
        #[test]
        fn notation_comes_back(code in any_code(), bits in 0u8..16) {
            let key = typed(code, KeyModifiers::from_bits_truncate(bits));
            // A modified character beyond ASCII has no notation.
            let foreign = matches!(key.codes, OneToThree::One(KeyCode::Char(c)) if !c.is_ascii());
            prop_assume!(!foreign || key.modifiers.is_empty());
            prop_assert_eq!(parse(&format(key)), Some(key), "{}", format(key));
        }

        #[test]
        fn no_text_makes_it_panic(text in "(ctrl-|shift-|alt-)?.{0,4}") {
            if let Some(key) = parse(&text) {
                prop_assert!(!format(key).is_empty());
            }
        }
    }
}
