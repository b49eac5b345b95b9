//! One file: its text as one string, its lines, and the reports found in it.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::corpus::model::document_lines::DocumentLines;
use crate::corpus::model::document_text::DocumentText;
use crate::corpus::model::encoding::Encoding;
use crate::corpus::model::issue::Issue;
use crate::corpus::model::line::Line;
use crate::corpus::model::report::{Report, Section, in_one_piece};

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
    pub lines: DocumentLines,
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
            lines: DocumentLines::default(),
            reports: Vec::new(),
            issues: Vec::new(),
        }
    }

    /// Its whole text, exactly as decoded; every span points in here. Reads the file if nobody looked at the text before.
    pub fn text(&self) -> &str {
        self.source.as_str()
    }

    /// The same document with its text, for whoever goes through it once: the text is let go with it. `None` where it is at hand.
    pub(crate) fn for_now(&self) -> Option<Self> {
        let source = self.source.for_now()?;
        let (path, lines) = (self.path.clone(), self.lines.clone());
        Some(Self { path, encoding: self.encoding, source, lines, reports: self.reports.clone(), issues: Vec::new() })
    }

    /// The headings of its report number `index`, each in one piece; reads no file where an earlier run left them.
    pub fn headings(&self, index: usize) -> Vec<Cow<'_, str>> {
        let Some(report) = self.reports.get(index) else { return Vec::new() };
        let Some(kept) = self.source.headings() else {
            return report.sections.iter().map(|section| section.title(self.text())).collect();
        };
        let size = |section: &Section| (section.heading.end.saturating_sub(section.heading.start)) as usize;
        let mut at: usize = self.reports.iter().take(index).flat_map(|report| &report.sections).map(size).sum();
        let title = |section: &Section| {
            let own = at..at + size(section);
            at = own.end;
            in_one_piece(kept.get(own).unwrap_or_default())
        };
        report.sections.iter().map(title).collect()
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
