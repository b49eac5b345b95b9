//! The command line of the commands that compare reports. In: arguments. Out: flags. Does not know about: what they do.

use clap::Args;

/// `yilan map`
#[derive(Debug, Clone, Args)]
pub struct MapFlags {
    /// What to find, as for `yilan search`.
    pub query: String,
}
