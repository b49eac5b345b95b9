//! What terminals do beside what all do. In: the environment. Out: an [`Ability`]. Does not know about: what is drawn.

/// What may be asked of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ability {
    /// Erased cells take the background colour that is set (`bce`), and a number of cells can be erased (ECH).
    pub erases: bool,
    /// It repeats the last character (REP).
    pub repeats: bool,
}

impl Ability {
    /// Neither.
    #[cfg(test)]
    pub const NONE: Self = Self { erases: false, repeats: false };

    /// By the name of the terminal, `TERM`. Those that call themselves xterm are many, and not all of them repeat.
    pub fn of_term(term: &str) -> Self {
        let is = |names: &[&str]| names.iter().any(|name| term.starts_with(name));
        Self {
            erases: !is(&["screen", "dumb", "ansi", "vt52", "vt100", "vt102", "cygwin"]) && !term.is_empty(),
            // tmux repeats ASCII alone (3.3 and before): the last character is forgotten where it was a longer one.
            repeats: is(&["foot", "xterm-kitty", "alacritty", "xterm-ghostty"]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell() {
        let cases = [
            ("xterm-256color", true, false),
            ("linux", true, false),
            ("tmux-256color", true, false),
            ("foot", true, true),
            ("screen-256color", false, false),
            ("vt100", false, false),
            ("", false, false),
        ];
        for (term, erases, repeats) in cases {
            assert_eq!(Ability::of_term(term), Ability { erases, repeats }, "{term}");
        }
    }
}
