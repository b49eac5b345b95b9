//! What terminals do beside what all do. In: the environment. Out: an [`Ability`]. Does not know about: what is drawn.

/// What may be asked of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ability {
    /// Erased cells take the background colour that is set (`bce`), and a number of cells can be erased (ECH).
    pub erases: bool,
    /// It repeats the last character (REP).
    pub repeats: bool,
    /// It moves rows between a top and a bottom margin (DECSTBM, SU, SD).
    pub scrolls: bool,
    /// It moves them between a left and a right margin too (DECSLRM): only of a terminal that said so.
    pub scrolls_sides: bool,
}

impl Ability {
    /// Neither.
    #[cfg(test)]
    pub const NONE: Self = Self { erases: false, repeats: false, scrolls: false, scrolls_sides: false };

    /// Whether a terminal can be asked whether it has side margins, and does not print a question that it does not know.
    pub fn can_be_asked(term: &str, program: &str) -> bool {
        ["xterm", "foot", "wezterm", "mlterm", "contour"].iter().any(|name| term.starts_with(name))
            && program != "Apple_Terminal"
    }

    /// By the name of the terminal, `TERM`. Those that call themselves xterm are many, and not all of them repeat.
    pub fn of_term(term: &str) -> Self {
        let is = |names: &[&str]| names.iter().any(|name| term.starts_with(name));
        Self {
            erases: !is(&["screen", "dumb", "ansi", "vt52", "vt100", "vt102", "cygwin"]) && !term.is_empty(),
            // tmux repeats ASCII alone (3.3 and before): the last character is forgotten where it was a longer one.
            repeats: is(&["foot", "xterm-kitty", "alacritty", "xterm-ghostty"]),
            scrolls: is(&["xterm", "foot", "tmux", "alacritty", "wezterm", "linux"]),
            scrolls_sides: false,
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
            let known = Ability::of_term(term);
            assert_eq!((known.erases, known.repeats, known.scrolls_sides), (erases, repeats, false), "{term}");
        }
    }
}
