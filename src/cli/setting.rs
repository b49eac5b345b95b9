//! What holds for the whole run of a command: language, settings, folders. Does not know about: any one command.

use crate::config::{AmbiguousWidth, Config, Paths};
use crate::corpus::Encoding;
use crate::text::Lang;
use crate::text::width::Ambiguous;

/// What holds for the whole run of a command.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// Language of headings, messages and notices.
    pub lang: Lang,
    /// The user's settings.
    pub config: Config,
    /// Whether a progress bar may be shown.
    pub progress: bool,
    /// The encoding of all text files, where the user knows it.
    pub encoding: Option<Encoding>,
    /// Where config, state and caches live.
    pub places: Paths,
}

impl Setting {
    /// Width of ambiguous characters in aligned output: one column unless the settings say two.
    pub const fn ambiguous(&self) -> Ambiguous {
        match self.config.view.ambiguous {
            AmbiguousWidth::Wide => Ambiguous::Wide,
            AmbiguousWidth::Narrow | AmbiguousWidth::Auto => Ambiguous::Narrow,
        }
    }

    /// A place's name for people, who should not meet a blank where it is not known.
    pub(super) fn named<'a>(&self, place: &'a str) -> &'a str {
        if place.is_empty() { self.lang.pick("未知", "unknown") } else { place }
    }
}
