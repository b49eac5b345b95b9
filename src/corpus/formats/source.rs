//! What readers are given and what they give: limits and what a person says of a file; texts and what their files say of them.
//!
//! Does not know about: any format.

use serde::Deserialize;

use crate::corpus::formats::decode::Decoded;
use crate::corpus::{Encoding, IssueKind, LineRange};

/// What one file may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes that one entry of an archive may unpack to.
    pub entry: u64,
    /// Bytes that one file may unpack to in all.
    pub total: u64,
    /// Entries of one archive that are looked at.
    pub entries: usize,
    /// How deep archives may stand in archives.
    pub depth: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entry: 64 << 20, total: 512 << 20, entries: 20_000, depth: 2 }
    }
}

/// A text and what its file says of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The text, without a byte order mark. Undecodable bytes are U+FFFD.
    pub text: String,
    /// How its bytes were read.
    pub encoding: Encoding,
    /// Whether any bytes could not be decoded (so that U+FFFD in the text may be ours and not the source's).
    pub malformed: bool,
    /// Levels (1 to 6) of the lines (1-based, ascending) that the file sets as headings.
    pub levels: Vec<(u32, u8)>,
    /// Where the file says itself which lines are one report; empty where it does not.
    pub rows: Vec<SheetReport>,
    /// Lines that the file sets as rows of tables, ascending. A table that only sets the page is none.
    pub tables: Vec<LineRange>,
    /// Lines that its page sets beside the main text, ascending: shown and searched, but no report's.
    pub beside: Vec<LineRange>,
    /// What its reader could not take, each with the 1-based line at which it is missing, ascending.
    pub issues: Vec<(u32, IssueKind)>,
}

impl Source {
    /// Plain text.
    pub fn of_text(text: String, encoding: Encoding) -> Self {
        Self {
            text,
            encoding,
            malformed: false,
            levels: Vec::new(),
            rows: Vec::new(),
            tables: Vec::new(),
            beside: Vec::new(),
            issues: Vec::new(),
        }
    }
}

impl From<Decoded> for Source {
    fn from(decoded: Decoded) -> Self {
        let Decoded { text, encoding, malformed } = decoded;
        Self { malformed, ..Self::of_text(text, encoding) }
    }
}

/// One report of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetReport {
    /// Its first line, 1-based.
    pub first: u32,
    /// Its last line.
    pub last: u32,
    /// Its title, if the table has a column of them.
    pub title: Option<String>,
    /// What other columns say of it (place, year), as file names would.
    pub names: Vec<String>,
}

/// One text of a file, or what is wrong with it.
#[derive(Debug)]
pub struct FilePart {
    /// Its name inside the file (`2024/乌有市.txt`); none if it is the file.
    pub name: Option<String>,
    /// The text.
    pub source: Result<Source, IssueKind>,
}

/// What a person says of how a file is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// How to decode it.
    pub encoding: Option<Encoding>,
    /// What the columns of a table are.
    pub columns: ColumnNames,
}

/// Names of a table's columns; those not named are guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnNames {
    /// The text of a report.
    pub content: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The year in which it was given, as in the name of a file: a report of 2024 looks back on 2023.
    pub year: Option<String>,
    /// Its place, from the largest to the smallest part of its name.
    #[serde(default)]
    pub place: Vec<String>,
}
