//! One file: its text as one string, its lines, and the reports found in it.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::corpus::{DocumentText, Issue, Report};
use crate::text::Span;

/// How the bytes of a file were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[serde(rename = "UTF-8")]
    Utf8,
    /// UTF-16, little-endian.
    #[serde(rename = "UTF-16LE")]
    Utf16Le,
    /// UTF-16, big-endian.
    #[serde(rename = "UTF-16BE")]
    Utf16Be,
    /// GB18030 (and so GBK and GB2312).
    #[serde(rename = "GB18030")]
    Gb18030,
    /// Big5.
    #[serde(rename = "Big5")]
    Big5,
}

impl Encoding {
    /// Their names.
    pub const NAMES: &'static str = "UTF-8, UTF-16LE, UTF-16BE, GB18030, Big5";

    /// The encoding of this name, or of one in use for the same.
    pub fn called(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Self::Utf8,
            "utf-16le" | "utf-16" => Self::Utf16Le,
            "utf-16be" => Self::Utf16Be,
            "gb18030" | "gbk" | "gb2312" => Self::Gb18030,
            "big5" => Self::Big5,
            _ => return None,
        })
    }
}

/// What a source line is in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// Nothing but white space.
    Blank,
    /// A report's title.
    Title,
    /// A report's subtitle.
    Subtitle,
    /// 各位代表: and the like.
    Salutation,
    /// 受…委托,… and the like.
    Formula,
    /// Meeting, date or speaker under a title.
    Dateline,
    /// A heading on a line of its own (see the report's sections for its level).
    Heading,
    /// Running text.
    Paragraph,
    /// Who wrote it.
    Byline,
    /// Words under a picture.
    Caption,
    /// Who supplied the text or pictures.
    Attribution,
    /// A paragraph that stands earlier in the same report.
    Repeat,
    /// A page number, or a head printed on every page.
    Running,
    /// Outside: an advert.
    Advert,
    /// Outside: a line of a contents list.
    Contents,
    /// Outside: the heading of a newspaper page.
    PageHead,
    /// Outside for another reason.
    Stray,
}

impl LineKind {
    /// Whether the line is dimmed on the screen and left out of term counts: it carries no words of the report's own.
    pub const fn is_noise(self) -> bool {
        matches!(
            self,
            Self::Byline
                | Self::Caption
                | Self::Attribution
                | Self::Repeat
                | Self::Running
                | Self::Advert
                | Self::Contents
                | Self::PageHead
                | Self::Stray
        )
    }

    /// Whether the line belongs to no report.
    pub const fn is_outside(self) -> bool {
        matches!(self, Self::Advert | Self::Contents | Self::PageHead | Self::Stray)
    }
}

/// One line of the source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The line's text without the white space around it (full-width and non-breaking blanks included).
    pub span: Span,
    /// What it is.
    pub kind: LineKind,
    /// Whether it goes on in mid-sentence from the paragraph before it.
    pub joins: bool,
}

/// Source lines `first..=last`, 1-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LineRange {
    /// First line.
    pub first: u32,
    /// Last line.
    pub last: u32,
}

impl LineRange {
    /// Whether `line` lies inside.
    pub const fn contains(self, line: u32) -> bool {
        self.first <= line && line <= self.last
    }
}

/// One file on disk, read and understood. Immutable.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it was read from; for the built-in sample a name without a folder.
    pub path: PathBuf,
    /// How its bytes were read.
    pub encoding: Encoding,
    /// Where its text is, or the text itself: [`Document::text`] gives it.
    pub source: DocumentText,
    /// Its lines: `lines[i]` is source line `i + 1`.
    pub lines: Vec<Line>,
    /// The reports found in it, in order of their first line.
    pub reports: Vec<Report>,
    /// What could not be taken as it stands.
    pub issues: Vec<Issue>,
}

impl Document {
    /// What is left of a document whose file is gone.
    pub fn gone(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            encoding: Encoding::Utf8,
            source: DocumentText::default(),
            lines: Vec::new(),
            reports: Vec::new(),
            issues: Vec::new(),
        }
    }

    /// Its whole text, exactly as decoded; every span points in here. Reads the file if nobody looked at the text before.
    pub fn text(&self) -> &str {
        self.source.as_str()
    }

    /// Source line number `line` (1-based), if there is one.
    pub fn line(&self, line: u32) -> Option<&Line> {
        self.lines.get((line as usize).checked_sub(1)?)
    }

    /// The trimmed text of source line `line` (1-based); empty if there is none.
    pub fn line_text(&self, line: u32) -> &str {
        self.line(line).map_or("", |l| l.span.slice(self.text()))
    }

    /// The 1-based source line that holds byte `offset` of the text.
    pub fn line_at(&self, offset: u32) -> u32 {
        let after = self.lines.partition_point(|l| l.span.start <= offset);
        u32::try_from(after.max(1)).unwrap_or(u32::MAX)
    }
}
