//! Floor 6: the user's settings, what can be wrong with them, and where files live.
//!
//! In: a TOML file, environment variables. Out: a checked [`Config`], or a [`ConfigError`] that shows the very place.
//! Does not know about: what the settings are used for.

mod choice;
mod error;
mod example;
mod group_file;
pub mod language;
mod load;
mod own_theme;
pub mod paths;
mod settings;
mod source;
pub mod theme;
mod words;

pub use choice::{AmbiguousWidth, Background, ClipboardChoice, Language, ThemeName};
pub use error::{ConfigError, Problem};
pub use example::{EXAMPLE, example};
pub use group_file::{GroupChange, changes as group_changes, with_change as with_group};
pub use own_theme::{OwnTheme, ThemeChoice, names as theme_names};
pub use paths::Paths;
pub use settings::{Config, KeyNames, TermSettings};
pub use words::{PhraseDecision, WordFile};
