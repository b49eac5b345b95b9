//! Themes that a user writes: `[theme.NAME]`. In: what serde read, the theme it inherits from. Out: a [`Theme`], or what is wrong.
//! Does not know about: where a theme is chosen.

use std::collections::BTreeMap;
use std::fmt;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use serde::de::{Deserializer, Error, Unexpected, Visitor};

use super::ThemeName;
use super::theme::{Capability, Depth, PINS, Theme, nearest};

/// The theme that is wanted: a built-in one or one of the user's, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeChoice(pub String);

impl Default for ThemeChoice {
    fn default() -> Self {
        Self(ThemeName::default().name().to_owned())
    }
}

impl PartialEq<ThemeName> for ThemeChoice {
    fn eq(&self, other: &ThemeName) -> bool {
        self.0 == other.name()
    }
}

impl<'de> Deserialize<'de> for ThemeChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ThemeWord;
        impl Visitor<'_> for ThemeWord {
            type Value = ThemeChoice;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let names: Vec<String> = ThemeName::NAMES.iter().map(|name| format!("`{name}`")).collect();
                write!(f, "one of {}", names.join(", "))
            }
            fn visit_str<E: Error>(self, name: &str) -> Result<ThemeChoice, E> {
                Ok(ThemeChoice(name.to_owned()))
            }
        }
        deserializer.deserialize_any(ThemeWord)
    }
}

/// How something is drawn, as written: `bold #e2bd6f on #191b20`. What is not said is inherited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StyleChange {
    /// Of the characters.
    front: Option<Color>,
    /// Of what is behind them.
    back: Option<Color>,
    /// In place of those inherited, where one is said (`plain` is none).
    modifiers: Option<Modifier>,
}

impl StyleChange {
    /// Reads a style; `None` where a word of it means nothing.
    fn read(text: &str) -> Option<Self> {
        let mut change = Self::default();
        let mut behind = false;
        for word in text.split_whitespace() {
            let modifier = match word {
                "plain" => Modifier::empty(),
                "bold" => Modifier::BOLD,
                "dim" => Modifier::DIM,
                "italic" => Modifier::ITALIC,
                "underline" => Modifier::UNDERLINED,
                "reverse" => Modifier::REVERSED,
                "on" if !behind => {
                    behind = true;
                    continue;
                }
                _ => {
                    // Of the library's names and numbers: red, light-blue, 214, #rrggbb.
                    let color = Some(word.parse::<Color>().ok()?);
                    let place = if behind { &mut change.back } else { &mut change.front };
                    if place.is_some() {
                        return None;
                    }
                    *place = color;
                    continue;
                }
            };
            change.modifiers = Some(change.modifiers.unwrap_or_default() | modifier);
        }
        let empty = change == Self::default() || behind && change.back.is_none();
        (!empty).then_some(change)
    }

    /// Lays it over what is inherited, on a terminal of this depth.
    fn over(self, style: &mut Style, depth: Depth) {
        let shown = |color: Color| match (depth, color) {
            (Depth::Mono, _) => None,
            (Depth::Ansi16, Color::Rgb(..)) => None,
            (Depth::Ansi16, Color::Indexed(16..)) => None,
            (Depth::Indexed, color) => Some(nearest(color)),
            (_, color) => Some(color),
        };
        style.fg = self.front.and_then(shown).or(style.fg);
        style.bg = self.back.and_then(shown).or(style.bg);
        if let Some(modifiers) = self.modifiers {
            style.add_modifier = modifiers;
        }
    }
}

impl<'de> Deserialize<'de> for StyleChange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StyleWords;
        impl Visitor<'_> for StyleWords {
            type Value = StyleChange;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a style such as \"bold #e2bd6f on #191b20\"")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<StyleChange, E> {
                StyleChange::read(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_any(StyleWords)
    }
}

macro_rules! own_theme {
    ($($name:ident $place:ident $([$index:literal])? $zh:literal $en:literal;)+) => {
        /// `[theme.NAME]`: what differs from the theme it inherits from.
        #[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct OwnTheme {
            /// A built-in theme, or another of the user's.
            pub inherits: ThemeChoice,
            /// Hits of pinned queries, in order; those that are not given are inherited.
            pub pins: Vec<StyleChange>,
            $( #[doc = $en] pub $name: Option<StyleChange>, )+
        }

        /// What can be set of a theme, and what each is, in Chinese and English.
        #[cfg(test)]
        pub const STYLES: &[(&str, &str, &str)] = &[
            $( (stringify!($name), $zh, $en), )+
            ("pins", "固定的检索，依次各一种", "hits of pinned queries, a list"),
        ];

        impl OwnTheme {
            fn over(&self, theme: &mut Theme, depth: Depth) {
                $( if let Some(change) = self.$name { change.over(&mut theme.$place $([$index])?, depth); } )+
                for (change, style) in self.pins.iter().zip(&mut theme.pins) {
                    change.over(style, depth);
                }
                // Where few are given, the second round of pins has them too, underlined.
                if let (true, Some((first, second))) = (self.pins.len() <= PINS / 2, theme.pins.split_at_mut_checked(PINS / 2)) {
                    for (style, above) in second.iter_mut().zip(first).take(self.pins.len()) {
                        *style = above.add_modifier(Modifier::UNDERLINED);
                    }
                }
            }
        }
    };
}

own_theme! {
    text text "正文和底色" "running text and the ground";
    dim dim "次要文字" "secondary text";
    line line "栏间的线、框" "lines between panels, frames";
    head head "栏名" "heading of a panel";
    head_focused head_focused "所在栏的栏名" "heading of the panel with the focus";
    accent accent "首先要看的" "what to look at first";
    title title "报告标题" "title of a report";
    part headings [0] "一级标题" "headings of level 1";
    chapter headings [1] "二级标题" "headings of level 2";
    item headings [2] "三级及以下标题" "headings of level 3 and below";
    run_in run_in "段首标题" "run-in headings";
    hit hit "命中" "hits";
    current hit_current "当前命中" "the current hit";
    companion companion "同段的条件词" "what else a query speaks of";
    matched matched "筛选匹配的字" "characters matched by a filter";
    selected selected "所选的行" "the selected row";
    selected_idle selected_idle "别栏所选的行" "the selected row of another panel";
    status status "状态行" "the status line";
    key key "按键名" "names of keys";
    done done "完成的提示" "a notice of something done";
    trouble trouble "出错的提示" "a notice of trouble";
    bar bar "条形" "bars";
}

/// What is wrong with a theme that a user wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThemeFault {
    /// It has the name of a built-in one.
    Taken(String),
    /// It inherits from a theme that there is not, or, in a circle, from itself.
    Inherits(String),
}

/// What is wrong with the themes, if anything is.
pub fn fault(own: &BTreeMap<String, OwnTheme>) -> Option<ThemeFault> {
    if let Some(taken) = own.keys().find(|name| ThemeName::from_name(name).is_some()) {
        return Some(ThemeFault::Taken(taken.clone()));
    }
    own.keys().find(|name| line_of(name, own).is_none()).map(|name| ThemeFault::Inherits(name.clone()))
}

/// The names that may be chosen.
pub fn names(own: &BTreeMap<String, OwnTheme>) -> Vec<String> {
    ThemeName::NAMES.iter().map(|name| (*name).to_owned()).chain(own.keys().cloned()).collect()
}

/// The built-in theme that one goes back to, and those on the way, the nearest to it first.
fn line_of<'o>(name: &str, own: &'o BTreeMap<String, OwnTheme>) -> Option<(ThemeName, Vec<&'o OwnTheme>)> {
    let mut line = Vec::new();
    let mut name = name;
    loop {
        if let Some(built_in) = ThemeName::from_name(name) {
            line.reverse();
            return Some((built_in, line));
        }
        let theme = own.get(name).filter(|_| line.len() <= own.len())?;
        line.push(theme);
        name = &theme.inherits.0;
    }
}

impl Theme {
    /// The theme that is wanted, on a terminal. A named theme is taken at its word; what a terminal cannot show of a user's
    /// theme stays as inherited.
    pub fn chosen(choice: &ThemeChoice, own: &BTreeMap<String, OwnTheme>, terminal: Capability) -> Self {
        let (built_in, line) = line_of(&choice.0, own).unwrap_or_default();
        let mut theme = Self::new(built_in, terminal);
        let depth = match (built_in, terminal.depth) {
            (ThemeName::Mono, _) => Depth::Mono,
            (ThemeName::Ansi16, Depth::Mono) => Depth::Ansi16,
            (ThemeName::Dark | ThemeName::Light, Depth::Mono | Depth::Ansi16) => Depth::Indexed,
            (_, depth) => depth,
        };
        line.iter().for_each(|own| own.over(&mut theme, depth));
        theme
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn themes(text: &str) -> BTreeMap<String, OwnTheme> {
        toml::from_str(text).unwrap()
    }

    const TRUE: Capability = Capability { depth: Depth::True, light: false };

    #[test]
    fn a_style_says_colours_and_attributes_in_words() {
        let style = |text: &str| {
            let mut style = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
            StyleChange::read(text).map(|change| {
                change.over(&mut style, Depth::True);
                style
            })
        };
        assert_eq!(style("#102030"), Some(Style::new().fg(Color::Rgb(16, 32, 48)).add_modifier(Modifier::BOLD)));
        assert_eq!(
            style("on 17"),
            Some(Style::new().fg(Color::Red).bg(Color::Indexed(17)).add_modifier(Modifier::BOLD))
        );
        assert_eq!(style("plain blue on black"), Some(Style::new().fg(Color::Blue).bg(Color::Black)));
        let both = Modifier::ITALIC | Modifier::UNDERLINED;
        assert_eq!(style("italic underline"), Some(Style::new().fg(Color::Red).add_modifier(both)));
        for wrong in ["", "on", "bold on", "#12", "red blue", "red on blue on green", "shiny"] {
            assert_eq!(style(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_not_said_is_inherited_along_the_line() {
        let own = themes(
            "[mine]\ninherits = \"light\"\nhit = \"#000000 on #ffff00\"\npins = [\"on #111111\"]\n\
             [night]\ninherits = \"mine\"\npart = \"underline #00ff00\"\n",
        );
        assert_eq!(fault(&own), None);
        let light = Theme::new(ThemeName::Light, TRUE);
        let mine = Theme::chosen(&ThemeChoice("mine".into()), &own, TRUE);
        let night = Theme::chosen(&ThemeChoice("night".into()), &own, TRUE);
        assert_eq!((mine.hit.bg, mine.text, mine.pins[1]), (Some(Color::Rgb(255, 255, 0)), light.text, light.pins[1]));
        assert_eq!((mine.pins[0].bg, mine.pins[0].fg), (Some(Color::Rgb(17, 17, 17)), light.pins[0].fg));
        assert_eq!((night.hit, night.headings[1]), (mine.hit, light.headings[1]));
        assert_eq!(night.headings[0], Style::new().fg(Color::Rgb(0, 255, 0)).add_modifier(Modifier::UNDERLINED));
    }

    #[test]
    fn no_terminal_gets_more_colour_than_it_shows() {
        let own = themes("[mine]\nhit = \"bold #000000 on #ffff00\"\nkey = \"light-red\"\n");
        let hit = |depth| Theme::chosen(&ThemeChoice("mine".into()), &own, Capability { depth, light: false }).hit;
        assert_eq!(hit(Depth::Indexed).bg, Some(Color::Indexed(226)));
        assert_eq!(hit(Depth::Ansi16).bg, Theme::new(ThemeName::Ansi16, TRUE).hit.bg);
        assert_eq!((hit(Depth::Mono).bg, hit(Depth::Mono).add_modifier), (None, Modifier::BOLD));
    }

    #[test]
    fn circles_strangers_and_taken_names_are_faults() {
        let of = |text: &str| fault(&themes(text));
        assert_eq!(of("[a]\ninherits = \"b\"\n[b]\ninherits = \"a\"\n"), Some(ThemeFault::Inherits("a".into())));
        assert_eq!(of("[a]\ninherits = \"drak\"\n"), Some(ThemeFault::Inherits("a".into())));
        assert_eq!(of("[dark]\ntext = \"red\"\n"), Some(ThemeFault::Taken("dark".into())));
        assert_eq!(of("[a]\n[b]\ninherits = \"a\"\n"), None);
    }

    #[test]
    fn the_example_names_everything_that_can_be_set() {
        for (name, zh, en) in STYLES {
            assert!(crate::config::EXAMPLE.contains(&format!("# {name}: {zh} / {en}\n")), "# {name}: {zh} / {en}");
        }
    }
}
