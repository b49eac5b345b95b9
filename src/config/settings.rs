//! The settings themselves. `Default` is the only source of defaults; an unknown key is an error everywhere.
//!
//! In: what serde read. Out: plain values. Does not know about: files, places in files, what the settings do.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Unexpected, Visitor};

use crate::index::quotation::CitationForm;

use super::{AmbiguousWidth, Background, ClipboardChoice, GroupChange, Language, OwnTheme, ThemeChoice};

/// Everything a user can set in `config.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Language of menus, help and messages.
    pub language: Language,
    /// Whether no other program is started, nothing copied, and nothing written. An administrator sets it for everybody in
    /// [`super::Paths::SYSTEM_FILE`].
    pub secure: bool,
    /// What is opened when no path is given.
    pub corpus: CorpusSettings,
    /// How the screen looks.
    pub view: ViewSettings,
    /// Themes of the user's own, by name.
    pub theme: BTreeMap<String, OwnTheme>,
    /// How passages are copied.
    pub copy: CopySettings,
    /// Words and stop words.
    pub terms: TermSettings,
    /// Keyword groups: the words of each by its name. Empty: the built-in ones.
    pub groups: BTreeMap<String, Vec<String>>,
    /// Changes of them that were made in the program ([`super::Paths::GROUPS`]).
    #[serde(skip)]
    pub own_groups: Vec<GroupChange>,
    /// The text of the user's list of indicators, where there is one ([`super::Paths::INDICATORS`]).
    #[serde(skip)]
    pub own_indicators: Option<String>,
    /// Keys by action name; an empty list leaves the action without a key. Only what differs from the defaults.
    pub keys: BTreeMap<String, KeyNames>,
}

/// `[corpus]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CorpusSettings {
    /// Files and folders opened when none is given on the command line. Relative to the config file; `~/` is the home directory.
    pub paths: Vec<PathBuf>,
    /// Whether what was understood of the files is kept for the next start.
    pub cache: bool,
    /// Megabytes that all corpora kept may take together.
    pub cache_mb: u32,
    /// Whether changed, new and removed files are taken in while one reads.
    pub watch: bool,
}

impl Default for CorpusSettings {
    fn default() -> Self {
        Self { paths: Vec::new(), cache: true, cache_mb: 1024, watch: false }
    }
}

/// `[view]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ViewSettings {
    /// Colours.
    pub theme: ThemeChoice,
    /// Whose background everything stands on.
    pub background: Background,
    /// Longest row of running text, in terminal columns ([`ViewSettings::TEXT_WIDTHS`]).
    #[serde(deserialize_with = "text_width")]
    pub text_width: u16,
    /// Columns of the city list; 0: as the screen has room ([`ViewSettings::PANEL_WIDTHS`]).
    #[serde(deserialize_with = "panel_width")]
    pub cities_width: u16,
    /// Columns of the keyword panel; 0 likewise.
    #[serde(deserialize_with = "panel_width")]
    pub keywords_width: u16,
    /// Width of characters of ambiguous width.
    pub ambiguous: AmbiguousWidth,
    /// Whether clicks and the wheel are taken; when not, the terminal's own selection works without a modifier.
    pub mouse: bool,
}

impl ViewSettings {
    /// Text widths that are allowed, in columns.
    pub const TEXT_WIDTHS: RangeInclusive<u16> = 40..=200;
    /// Widths of a panel that are allowed, in columns.
    pub const PANEL_WIDTHS: RangeInclusive<u16> = 0..=200;
}

impl Default for ViewSettings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            background: Background::default(),
            text_width: 76,
            cities_width: 0,
            keywords_width: 0,
            ambiguous: AmbiguousWidth::default(),
            mouse: true,
        }
    }
}

/// `[copy]`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CopySettings {
    /// How a copy says where it stands.
    pub form: CitationForm,
    /// Where copies go, besides the file of clips.
    pub clipboard: ClipboardChoice,
}

/// `[terms]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TermSettings {
    /// Whether function words (的, 和, 在) are left out of term lists.
    pub function_words: bool,
    /// A file that replaces the built-in function words, one a line.
    #[serde(deserialize_with = "optional_path")]
    pub function_words_file: Option<PathBuf>,
    /// What [`Config::load`] read from that file.
    #[serde(skip)]
    pub function_word_list: Option<Vec<String>>,
    /// Whether the filler of official prose (加强, 推进, 进一步) is left out of term lists.
    pub filler_words: bool,
    /// Whether what a text calls itself (its own place, its organs) is left out of lists of terms.
    pub own_names: bool,
    /// A file that replaces the built-in filler words, one a line.
    #[serde(deserialize_with = "optional_path")]
    pub filler_words_file: Option<PathBuf>,
    /// What [`Config::load`] read from that file.
    #[serde(skip)]
    pub filler_word_list: Option<Vec<String>>,
    /// Words left out of term lists, besides the built-in ones.
    pub stop_words: Vec<String>,
    /// A file of further stop words, one a line; [`Config::load`] adds them to `stop_words`. `#` begins a comment line.
    #[serde(deserialize_with = "optional_path")]
    pub stop_words_file: Option<PathBuf>,
    /// Words that are never split.
    pub user_words: Vec<String>,
    /// A file of further such words, one a line; [`Config::load`] adds them to `user_words`.
    #[serde(deserialize_with = "optional_path")]
    pub user_words_file: Option<PathBuf>,
    /// Phrases that were proposed and refused: lines of that file that begin with `!`.
    #[serde(skip)]
    pub refused_words: Vec<String>,
}

impl Default for TermSettings {
    fn default() -> Self {
        Self {
            function_words: true,
            function_words_file: None,
            function_word_list: None,
            filler_words: true,
            own_names: true,
            filler_words_file: None,
            filler_word_list: None,
            stop_words: Vec::new(),
            stop_words_file: None,
            user_words: Vec::new(),
            user_words_file: None,
            refused_words: Vec::new(),
        }
    }
}

/// The keys of one action in key notation: in the file one text, or a list of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyNames(pub Vec<String>);

impl<'de> Deserialize<'de> for KeyNames {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;
        impl<'de> Visitor<'de> for OneOrMany {
            type Value = KeyNames;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key or a list of keys")
            }
            fn visit_str<E: Error>(self, key: &str) -> Result<KeyNames, E> {
                Ok(KeyNames(vec![key.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut keys: A) -> Result<KeyNames, A::Error> {
                let mut names = Vec::new();
                while let Some(key) = keys.next_element()? {
                    names.push(key);
                }
                Ok(KeyNames(names))
            }
        }
        deserializer.deserialize_any(OneOrMany)
    }
}

/// A whole number inside [`ViewSettings::TEXT_WIDTHS`].
fn text_width<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    deserializer.deserialize_any(ColumnSettings(ViewSettings::TEXT_WIDTHS))
}

/// A whole number inside [`ViewSettings::PANEL_WIDTHS`].
fn panel_width<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    deserializer.deserialize_any(ColumnSettings(ViewSettings::PANEL_WIDTHS))
}

/// A number of columns; the message names the range, not a type of this program.
struct ColumnSettings(RangeInclusive<u16>);

impl Visitor<'_> for ColumnSettings {
    type Value = u16;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number from {} to {}", self.0.start(), self.0.end())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<u16, E> {
        let columns = u16::try_from(number).ok().filter(|columns| self.0.contains(columns));
        columns.ok_or_else(|| E::invalid_value(Unexpected::Signed(number), &self))
    }
}

/// A path, where the empty text means none: so the example file can name the key without naming a file.
fn optional_path<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PathBuf>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok((!text.is_empty()).then(|| text.into()))
}
