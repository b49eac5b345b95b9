//! Colours: what each thing on the screen looks like.
//!
//! In: the setting and what the terminal can do. Out: a [`Theme`] of styles. Does not know about: where anything is drawn.
//! Nothing is told by colour alone: in every theme the selection, the hits and the focus differ in attributes or signs too.

use ratatui::style::{Color, Modifier, Style};

use super::ThemeName;

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Depth {
    /// None, or none are wanted.
    Mono,
    /// The terminal's own 16.
    Ansi16,
    /// 256, of which a cube of 216 is the same everywhere.
    Indexed,
    /// Any.
    True,
}

/// What the terminal can do, as far as its environment tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Capability {
    /// How many colours it shows.
    pub depth: Depth,
    /// Whether its background is light.
    pub light: bool,
}

impl Capability {
    /// From the variables `NO_COLOR`, `COLORTERM`, `TERM` and `COLORFGBG` (dark unless it says otherwise).
    pub fn of_env(env: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name| env(name).filter(|value| !value.is_empty());
        let term = get("TERM").unwrap_or_default();
        let depth = if get("NO_COLOR").is_some() || term == "dumb" {
            Depth::Mono
        } else if get("COLORTERM").is_some_and(|c| c == "truecolor" || c == "24bit") || term.contains("direct") {
            Depth::True
        } else if term.contains("256") {
            Depth::Indexed
        } else {
            Depth::Ansi16
        };
        // "15;0": foreground, background; 7 and 9 to 15 are light.
        let background = get("COLORFGBG").and_then(|v| v.rsplit(';').next().and_then(|b| b.parse::<u8>().ok()));
        Self { depth, light: background.is_some_and(|b| b == 7 || (9..=15).contains(&b)) }
    }
}

/// The style of everything on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Running text, and the ground everything stands on.
    pub text: Style,
    /// Secondary text: provinces, file names, noise lines.
    pub dim: Style,
    /// Lines between panels, scrollbar track, frames.
    pub line: Style,
    /// Heading of a panel.
    pub head: Style,
    /// Heading of the panel that has the focus.
    pub head_focused: Style,
    /// The thing to look at first: prompt sign, marker of the row being read.
    pub accent: Style,
    /// The report's title.
    pub title: Style,
    /// Headings of level 1, 2, and 3 and below.
    pub headings: [Style; 3],
    /// A run-in heading within its paragraph; laid over the text's style.
    pub run_in: Style,
    /// A hit; laid over.
    pub hit: Style,
    /// The hit on which the reader stands; laid over.
    pub hit_current: Style,
    /// What else a query speaks of, beside a hit; laid over.
    pub companion: Style,
    /// Hits of pinned queries, a style each; laid over. The second half has the colours of the first, underlined.
    pub pins: [Style; PINS],
    /// Characters matched by a filter; laid over.
    pub matched: Style,
    /// The selected row of the panel that has the focus; laid over.
    pub selected: Style,
    /// The selected row of another panel; laid over.
    pub selected_idle: Style,
    /// The status line.
    pub status: Style,
    /// Keys named in the status line and the help.
    pub key: Style,
    /// A notice of something done.
    pub done: Style,
    /// A notice of trouble.
    pub trouble: Style,
    /// Bars.
    pub bar: Style,
}

/// How many looks pinned queries have.
pub const PINS: usize = 12;

/// The styles of pins, and each once more underlined.
fn twice([a, b, c, d, e, f]: [Style; PINS / 2]) -> [Style; PINS] {
    let again = |style: Style| style.add_modifier(Modifier::UNDERLINED);
    [a, b, c, d, e, f, again(a), again(b), again(c), again(d), again(e), again(f)]
}

/// The colours a theme is made of.
struct ThemeColors {
    /// Ink and paper. Painted, because what is drawn on them must be readable whatever the terminal's own colours are.
    text: (Color, Color),
    dim: Color,
    line: Color,
    accent: Color,
    title: Color,
    part: Color,
    chapter: Color,
    item: Color,
    run_in: Color,
    hit: (Color, Color),
    current: (Color, Color),
    pins: [(Color, Color); 6],
    matched: Color,
    selected: Color,
    idle: Color,
    status: (Color, Color),
    good: Color,
    bad: Color,
    bar: Color,
}

const fn rgb(hex: u32) -> Color {
    Color::Rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// Ink on a dark desk: headings in gold, celadon and sky blue, cinnabar for where one stands.
const DARK: ThemeColors = ThemeColors {
    text: (rgb(0xd7dae0), rgb(0x191b20)),
    dim: rgb(0x858b97),
    line: rgb(0x3d434e),
    accent: rgb(0xe0785f),
    title: rgb(0xf0dfb8),
    part: rgb(0xe2bd6f),
    chapter: rgb(0x9fc7a6),
    item: rgb(0x8fb7d8),
    run_in: rgb(0xc6d6e4),
    hit: (rgb(0xf4e1a1), rgb(0x554817)),
    current: (rgb(0x1d1d1d), rgb(0xf0b64a)),
    pins: [
        (rgb(0x9fdcc4), rgb(0x1d4a3d)),
        (rgb(0xa9c9f5), rgb(0x23406b)),
        (rgb(0xe6b3e0), rgb(0x562b54)),
        (rgb(0xf3b49f), rgb(0x63301f)),
        (rgb(0xcfd88f), rgb(0x404617)),
        (rgb(0x9edbe6), rgb(0x174c57)),
    ],
    matched: rgb(0xf0b64a),
    selected: rgb(0x323b4b),
    idle: rgb(0x252a33),
    status: (rgb(0xb4bac4), rgb(0x22262e)),
    good: rgb(0x9fc7a6),
    bad: rgb(0xf08a75),
    bar: rgb(0x6f93b3),
};

/// Ink on paper.
const LIGHT: ThemeColors = ThemeColors {
    text: (rgb(0x23272c), rgb(0xfbfaf5)),
    dim: rgb(0x6f747c),
    line: rgb(0xc3c8cf),
    accent: rgb(0xb23a26),
    title: rgb(0x5a3d0c),
    part: rgb(0x8a5200),
    chapter: rgb(0x226342),
    item: rgb(0x1f5688),
    run_in: rgb(0x263645),
    hit: (rgb(0x3c2f00), rgb(0xffe99c)),
    current: (rgb(0x1a1200), rgb(0xf2a93b)),
    pins: [
        (rgb(0x0c3d2e), rgb(0xbdeadb)),
        (rgb(0x12335f), rgb(0xc9defb)),
        (rgb(0x4d1c4a), rgb(0xf3d3f0)),
        (rgb(0x5f2410), rgb(0xfbd5c8)),
        (rgb(0x3a3f08), rgb(0xe2e9ae)),
        (rgb(0x083f4a), rgb(0xbfe9f1)),
    ],
    matched: rgb(0xb23a26),
    selected: rgb(0xd6e0ec),
    idle: rgb(0xebeff4),
    status: (rgb(0x454a52), rgb(0xe8ebef)),
    good: rgb(0x226342),
    bad: rgb(0xb02a18),
    bar: rgb(0x6b93ba),
};

impl Theme {
    /// The theme of a setting on a terminal. A named theme is taken at its word; `auto` asks the terminal.
    pub fn new(name: ThemeName, terminal: Capability) -> Self {
        // A terminal that does not say it shows any colour gets the nearest of the 256 that nearly all show.
        let near = terminal.depth != Depth::True;
        match name {
            ThemeName::Mono => Self::mono(),
            ThemeName::Ansi16 => Self::ansi16(),
            ThemeName::Dark => Self::painted(&DARK, near),
            ThemeName::Light => Self::painted(&LIGHT, near),
            ThemeName::Auto => match terminal.depth {
                Depth::Mono => Self::mono(),
                Depth::Ansi16 => Self::ansi16(),
                Depth::Indexed | Depth::True if terminal.light => Self::painted(&LIGHT, near),
                Depth::Indexed | Depth::True => Self::painted(&DARK, near),
            },
        }
    }

    /// The same on the terminal's own background, for whoever wants it: a light theme on a light terminal, a dark one on a dark.
    pub fn unpainted(self) -> Self {
        Self { text: Style { bg: None, ..self.text }, ..self }
    }

    fn painted(p: &ThemeColors, near: bool) -> Self {
        let of = |color: Color| if near { nearest(color) } else { color };
        let fg = |color| Style::new().fg(of(color));
        let on = |(front, back)| fg(front).bg(of(back));
        let bold = Modifier::BOLD;
        Self {
            text: on(p.text),
            dim: fg(p.dim),
            line: fg(p.line),
            head: fg(p.dim),
            head_focused: fg(p.accent).add_modifier(bold),
            accent: fg(p.accent).add_modifier(bold),
            title: fg(p.title).add_modifier(bold),
            headings: [p.part, p.chapter, p.item].map(|c| fg(c).add_modifier(bold)),
            run_in: fg(p.run_in).add_modifier(bold),
            hit: on(p.hit),
            hit_current: on(p.current).add_modifier(bold),
            companion: fg(p.hit.0).add_modifier(Modifier::UNDERLINED),
            pins: twice(p.pins.map(on)),
            matched: fg(p.matched).add_modifier(bold),
            selected: Style::new().bg(of(p.selected)).add_modifier(bold),
            selected_idle: Style::new().bg(of(p.idle)),
            status: on(p.status),
            key: fg(p.part),
            done: fg(p.good),
            trouble: fg(p.bad).add_modifier(bold),
            bar: fg(p.bar),
        }
    }

    fn ansi16() -> Self {
        let fg = |color| Style::new().fg(color);
        let bold = Modifier::BOLD;
        Self {
            text: Style::new(),
            dim: fg(Color::DarkGray),
            line: fg(Color::DarkGray),
            head: fg(Color::DarkGray),
            head_focused: fg(Color::Cyan).add_modifier(bold | Modifier::REVERSED),
            accent: fg(Color::Red).add_modifier(bold),
            title: Style::new().add_modifier(bold),
            headings: [Color::Yellow, Color::Green, Color::Cyan].map(|c| fg(c).add_modifier(bold)),
            run_in: Style::new().add_modifier(bold),
            hit: Style::new().fg(Color::Black).bg(Color::Yellow),
            hit_current: Style::new().fg(Color::Black).bg(Color::Cyan).add_modifier(bold | Modifier::UNDERLINED),
            companion: fg(Color::Yellow).add_modifier(Modifier::UNDERLINED),
            pins: twice(
                [Color::Green, Color::Blue, Color::Magenta, Color::Red, Color::White, Color::LightCyan]
                    .map(|c| Style::new().fg(Color::Black).bg(c)),
            ),
            matched: fg(Color::Yellow).add_modifier(bold | Modifier::UNDERLINED),
            selected: Style::new().add_modifier(Modifier::REVERSED),
            selected_idle: Style::new().add_modifier(bold),
            status: Style::new(),
            key: fg(Color::Yellow),
            done: fg(Color::Green),
            trouble: fg(Color::Red).add_modifier(bold),
            bar: fg(Color::Cyan),
        }
    }

    fn mono() -> Self {
        let with = |modifier| Style::new().add_modifier(modifier);
        let (bold, reverse, under, dim) = (Modifier::BOLD, Modifier::REVERSED, Modifier::UNDERLINED, Modifier::DIM);
        Self {
            text: Style::new(),
            dim: with(dim),
            line: with(dim),
            head: Style::new(),
            head_focused: with(bold | reverse),
            accent: with(bold),
            title: with(bold),
            headings: [with(bold | under), with(bold), with(bold)],
            run_in: with(bold),
            hit: with(under | bold),
            hit_current: with(reverse | bold),
            companion: with(under | dim),
            // As many as attributes allow: their numbers, not their looks, tell pins apart in lists.
            pins: [
                with(under),
                with(Modifier::ITALIC),
                with(under | Modifier::ITALIC),
                with(reverse | dim),
                with(bold | Modifier::ITALIC),
                with(bold | under | Modifier::ITALIC),
                with(reverse | under),
                with(reverse | Modifier::ITALIC),
                with(reverse | under | Modifier::ITALIC),
                with(dim | Modifier::ITALIC),
                with(dim | under | Modifier::ITALIC),
                with(reverse | dim | under),
            ],
            matched: with(under | bold),
            selected: with(reverse),
            selected_idle: with(bold),
            status: Style::new(),
            key: with(bold),
            done: Style::new(),
            trouble: with(bold),
            bar: Style::new(),
        }
    }
}

/// The nearest colour of the 256's cube and grey ramp, which look the same everywhere.
pub(super) fn nearest(color: Color) -> Color {
    let Color::Rgb(r, g, b) = color else { return color };
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = |v: u8| (0u8..6).min_by_key(|i| STEPS[usize::from(*i)].abs_diff(v)).unwrap_or(0);
    let distance = |(x, y, z): (u8, u8, u8)| {
        let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        square(x, r) + square(y, g) + square(z, b)
    };
    let (i, j, k) = (step(r), step(g), step(b));
    let cube = (STEPS[usize::from(i)], STEPS[usize::from(j)], STEPS[usize::from(k)]);
    let mean = (u16::from(r) + u16::from(g) + u16::from(b)) / 3;
    let grey = u8::try_from(mean.saturating_sub(3) / 10).unwrap_or(23).min(23);
    let shade = 8 + 10 * grey;
    if distance((shade, shade, shade)) < distance(cube) {
        Color::Indexed(232 + grey)
    } else {
        Color::Indexed(16 + 36 * i + 6 * j + k)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Variables<'a> = &'a [(&'a str, &'a str)];

    fn capability(pairs: Variables<'_>) -> Capability {
        Capability::of_env(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn the_environment_tells_what_the_terminal_can_do() {
        let cases: [(Variables<'_>, Depth, bool); 8] = [
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Depth::True, false),
            (&[("TERM", "xterm-256color")], Depth::Indexed, false),
            (&[("TERM", "xterm")], Depth::Ansi16, false),
            (&[("TERM", "dumb")], Depth::Mono, false),
            (&[("TERM", "xterm"), ("NO_COLOR", "1"), ("COLORTERM", "24bit")], Depth::Mono, false),
            (&[("TERM", "xterm"), ("NO_COLOR", "")], Depth::Ansi16, false),
            (&[("COLORFGBG", "0;15"), ("COLORTERM", "24bit")], Depth::True, true),
            (&[("COLORFGBG", "15;default;0")], Depth::Ansi16, false),
        ];
        for (pairs, depth, light) in cases {
            assert_eq!(capability(pairs), Capability { depth, light }, "{pairs:?}");
        }
    }

    #[test]
    fn every_theme_tells_focus_selection_and_hits_apart() {
        for depth in [Depth::Mono, Depth::Ansi16, Depth::Indexed, Depth::True] {
            for &name in ThemeName::ALL {
                for light in [false, true] {
                    let theme = Theme::new(name, Capability { depth, light });
                    assert_ne!(theme.head, theme.head_focused);
                    assert_ne!(theme.selected, theme.selected_idle);
                    assert_ne!(theme.hit, theme.hit_current);
                    assert_ne!(theme.hit, Style::new());
                    let marks: Vec<Style> = theme.pins.into_iter().chain([theme.hit, theme.hit_current]).collect();
                    assert!((0..marks.len()).all(|i| !marks[..i].contains(&marks[i])), "{name:?} {depth:?}");
                }
            }
        }
    }

    #[test]
    fn without_colour_there_is_none() {
        let theme = Theme::new(ThemeName::Auto, Capability { depth: Depth::Mono, light: true });
        let styles = [theme.dim, theme.hit, theme.hit_current, theme.selected, theme.status, theme.headings[0]];
        assert!(styles.iter().all(|s| s.fg.is_none() && s.bg.is_none()));
    }

    #[test]
    fn colours_of_the_cube_are_found() {
        let cases = [(0x000000, 16), (0xffffff, 231), (0xff0000, 196), (0x5f87af, 67), (0x303030, 236)];
        for (hex, index) in cases {
            assert_eq!(nearest(rgb(hex)), Color::Indexed(index), "{hex:06x}");
        }
    }
}
