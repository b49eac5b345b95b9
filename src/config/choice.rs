//! Settings that are one word out of a few. In: the word. Out: an enum. Does not know about: what each word does.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// Defines an enum whose variants are words in the config file, so that the words, the parser and the list of valid
/// words in error messages cannot drift apart.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// Every choice, in the order messages list them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// Their words, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($word),+];

            /// The word in the config file and on the command line.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The choice with this word.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Word;
                impl Visitor<'_> for Word {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("one of ")?;
                        for (i, name) in $name::NAMES.iter().enumerate() {
                            write!(f, "{}`{name}`", if i == 0 { "" } else { ", " })?;
                        }
                        Ok(())
                    }
                    fn visit_str<E: Error>(self, word: &str) -> Result<Self::Value, E> {
                        $name::from_name(word).ok_or_else(|| E::unknown_variant(word, $name::NAMES))
                    }
                }
                deserializer.deserialize_any(Word)
            }
        }
    };
}

choice! {
    /// Which colours to draw with.
    ThemeName {
        /// Dark or light, as the terminal says; without colour when `NO_COLOR` is set.
        #[default]
        Auto = "auto",
        /// Truecolor for a dark background.
        Dark = "dark",
        /// Truecolor for a light background.
        Light = "light",
        /// The terminal's own 16 colours.
        Ansi16 = "16",
        /// No colour: bold, underline and reverse only.
        Mono = "mono",
    }
}

choice! {
    /// Whose background everything stands on.
    Background {
        /// The theme's, painted: readable whatever the terminal's own colours are.
        #[default]
        Theme = "theme",
        /// The terminal's own: nothing is painted where nothing is marked.
        Terminal = "terminal",
    }
}

choice! {
    /// Where copies go, besides the file of clips.
    ClipboardChoice {
        /// To the clipboard of this machine where a program reaches it, else to the terminal.
        #[default]
        Auto = "auto",
        /// To the terminal (OSC 52), which may be on another machine.
        Terminal = "terminal",
        /// Nowhere.
        Off = "off",
    }
}

choice! {
    /// How wide characters of ambiguous width (“ ” — … ·) are.
    AmbiguousWidth {
        /// As the terminal shows them.
        #[default]
        Auto = "auto",
        /// One column.
        Narrow = "narrow",
        /// Two columns.
        Wide = "wide",
    }
}

choice! {
    /// The language asked for; see [`super::language::resolve`].
    Language {
        /// By the locale.
        #[default]
        Auto = "auto",
        /// Simplified Chinese.
        Zh = "zh",
        /// English.
        En = "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_names_its_own_choice() {
        for &theme in ThemeName::ALL {
            assert_eq!(ThemeName::from_name(theme.name()), Some(theme));
        }
        assert_eq!(ThemeName::from_name("Dark"), None);
        assert_eq!(Language::NAMES, ["auto", "zh", "en"]);
        assert_eq!(AmbiguousWidth::default().name(), "auto");
    }
}
