//! What the explorer starts with. Does not know about: what it does with it.

use std::path::PathBuf;

use crate::app::PickKind;
use crate::config::{Config, Paths};
use crate::corpus::Encoding;
use crate::engine::CommandLine;
use crate::index::quotation::Permalink;
use crate::text::Lang;

/// What the explorer starts with.
#[derive(Debug, Clone)]
pub struct Launch {
    /// Files and folders to open.
    pub paths: Vec<PathBuf>,
    /// Whether to open the built-in sample instead (then `paths` is empty).
    pub sample: bool,
    /// The encoding of all text files, where the user knows it.
    pub encoding: Option<Encoding>,
    /// The settings, command line flags applied.
    pub config: Config,
    /// Language of the interface.
    pub lang: Lang,
    /// The passage to open.
    pub link: Option<Permalink>,
    /// What is to be chosen for another program, and the query it begins with.
    pub pick: Option<(PickKind, Option<String>)>,
    /// Where state and caches live.
    pub places: Paths,
    /// Options of every command that were given.
    pub options: Vec<String>,
    /// Answers a command line.
    pub command_line: CommandLine,
}
