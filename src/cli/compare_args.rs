//! The command line of the commands that compare reports. In: arguments. Out: flags. Does not know about: what they do.

use clap::{Args, ValueEnum};

/// `yilan similar`
#[derive(Debug, Clone, Args)]
pub struct SimilarFlags {
    /// FILE:LINE of the section (or of any line in it), then files and folders to look in.
    #[arg(value_name = "FILE:LINE PATH", num_args = 0..)]
    pub words: Vec<String>,
    /// Read the sections from standard input, one FILE:LINE a line; all arguments are then files and folders.
    #[arg(long)]
    pub stdin: bool,
    /// At most so many sections of each report.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub per_report: usize,
    /// Only reports of the same year.
    #[arg(long)]
    pub same_year: bool,
    /// Only reports of the same body (人大常委会, 政协, 政府…).
    #[arg(long)]
    pub same_body: bool,
    /// Only reports of the same province.
    #[arg(long)]
    pub same_province: bool,
    /// Only sections that look back, or only those that look ahead.
    #[arg(long, value_name = "PHASE")]
    pub phase: Option<PhaseWanted>,
}

/// Sections that look back, or ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PhaseWanted {
    /// What was done.
    Past,
    /// What is to be done.
    Ahead,
}

/// `yilan reuse`
#[derive(Debug, Clone, Args)]
pub struct ReuseFlags {
    /// Only the paragraph at this line, with who else uses its wording (or, with --summary, only its report).
    #[arg(long, value_name = "FILE:LINE")]
    pub at: Option<String>,
    /// Fewest equal characters of a passage.
    #[arg(long, value_name = "N", default_value_t = crate::index::passages::GUARANTEE)]
    pub min: usize,
    /// Print wording that many places use, too.
    #[arg(long)]
    pub formulas: bool,
    /// Instead of passages: how much of each report is its own, and the reports closest to it.
    #[arg(long)]
    pub summary: bool,
}

/// `yilan map`
#[derive(Debug, Clone, Args)]
pub struct MapFlags {
    /// What to find, as for `yilan search`.
    pub query: String,
}
