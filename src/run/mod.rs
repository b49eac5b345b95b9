//! Floor 7: the terminal, threads and the event loop.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::config::{Config, Paths};
use crate::text::Lang;

/// What the explorer starts with.
#[derive(Debug, Clone)]
pub struct Launch {
    /// Files and folders to open.
    pub paths: Vec<PathBuf>,
    /// Whether to open the built-in sample instead (then `paths` is empty).
    pub sample: bool,
    /// The settings, command line flags applied.
    pub config: Config,
    /// Language of the interface.
    pub lang: Lang,
    /// Where state and caches live.
    pub places: Paths,
}

/// Opens the screen and stays until the user leaves.
///
/// # Errors
/// When the terminal cannot be used.
pub fn explore(launch: Launch) -> io::Result<ExitCode> {
    let _ = launch;
    Err(io::ErrorKind::Unsupported.into())
}
