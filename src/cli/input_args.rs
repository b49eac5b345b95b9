//! What every command that prints a table is told: what is read, and how it is printed. Does not know about: any one command.

use std::path::PathBuf;

use clap::Args;

use super::format::OutputFormat;

/// How results are printed.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct FormatFlags {
    /// One JSON object a line.
    /// ‖ 每行一个 JSON 对象
    #[arg(long, conflicts_with_all = ["csv", "tsv", "markdown"])]
    pub json: bool,
    /// Comma-separated values with a heading row.
    /// ‖ 逗号分隔（CSV），首行为列名
    #[arg(long, conflicts_with_all = ["tsv", "markdown"])]
    pub csv: bool,
    /// CSV for a spreadsheet: with a byte order mark, and cells that would be taken for formulas kept as text.
    /// ‖ 给电子表格的 CSV：带字节顺序标记，会被当成公式的格子按文字保留
    #[arg(long, requires = "csv")]
    pub excel: bool,
    /// Tab-separated values with a heading row.
    /// ‖ 制表符分隔（TSV），首行为列名
    #[arg(long, conflicts_with = "markdown")]
    pub tsv: bool,
    /// A Markdown table, as people see it.
    /// ‖ Markdown 表格，同给人看的表
    #[arg(long)]
    pub markdown: bool,
    /// A picture (SVG): lines over years, bars with their intervals, shades of a grid.
    /// ‖ 一张图（SVG）：历年折线、带区间的条形、格子的深浅
    #[arg(long, conflicts_with_all = ["json", "csv", "tsv", "markdown", "html"])]
    pub svg: bool,
    /// One page of HTML that needs nothing else: picture, a table that sorts, figures that open to their passages.
    /// ‖ 一页自足的 HTML：图、可排序的表、点开即见原文的数字
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
    /// ‖ 文件和文件夹；- 是标准输入［默认：配置中的 corpus.paths，没有则用内置样例］
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}
