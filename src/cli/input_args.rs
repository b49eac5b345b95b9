//! What every command that prints a table is told: what is read, and how it is printed. Does not know about: any one command.

use std::path::PathBuf;

use clap::Args;

use super::format::OutputFormat;

/// How results are printed.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct FormatFlags {
    /// One JSON object a line.
    #[arg(long, conflicts_with_all = ["csv", "tsv", "markdown"])]
    pub json: bool,
    /// Comma-separated values with a heading row.
    #[arg(long, conflicts_with_all = ["tsv", "markdown"])]
    pub csv: bool,
    /// CSV for a spreadsheet: with a byte order mark, and cells that would be taken for formulas kept as text.
    #[arg(long, requires = "csv")]
    pub excel: bool,
    /// Tab-separated values with a heading row.
    #[arg(long, conflicts_with = "markdown")]
    pub tsv: bool,
    /// A Markdown table, as people see it.
    #[arg(long)]
    pub markdown: bool,
    /// A picture (SVG): lines over years, bars with their intervals, shades of a grid.
    #[arg(long, conflicts_with_all = ["json", "csv", "tsv", "markdown", "html"])]
    pub svg: bool,
    /// One page of HTML that needs nothing else: picture, a table that sorts, figures that open to their passages.
    #[arg(long, conflicts_with_all = ["json", "csv", "tsv", "markdown"])]
    pub html: bool,
}

impl FormatFlags {
    /// The format that is meant.
    pub const fn format(self) -> OutputFormat {
        match self {
            Self { json: true, .. } => OutputFormat::Json,
            Self { csv: true, excel: true, .. } => OutputFormat::Excel,
            Self { csv: true, .. } => OutputFormat::Csv,
            Self { tsv: true, .. } => OutputFormat::Tsv,
            Self { markdown: true, .. } => OutputFormat::Markdown,
            Self { svg: true, .. } => OutputFormat::Svg,
            Self { html: true, .. } => OutputFormat::Html,
            _ => OutputFormat::Text,
        }
    }
}

/// What is read.
#[derive(Debug, Clone, Args)]
pub struct Input {
    /// Files and folders [default: corpus.paths of the config, else the built-in sample].
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}
