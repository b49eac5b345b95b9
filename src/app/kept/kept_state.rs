//! The marks there are, where those of the open report stand, in which form copies say where they are from.
//!
//! In: nothing. Out: the state. Does not know about: keys, files.

use crate::config::GroupChange;
use crate::corpus::{LineRange, ReportId};
use crate::index::quotation::{CitationForm, Permalink, Quotation};
use crate::store::marks::{KeptMark, MarkChange};
use crate::text::Span;

/// What is kept of passages.
#[derive(Debug, Default)]
pub struct KeptPassages {
    /// In which form a copy says where it is from.
    pub form: CitationForm,
    /// Marked passages, in the order in which they were marked.
    pub marks: Vec<KeptMark>,
    /// The marks that stand in the open report, in order of their lines.
    pub here: Vec<PlacedMark>,
    /// Marks that were taken away, the last one last, each with where it stood in the list.
    pub(in crate::app) undone: Vec<(usize, KeptMark)>,
    /// The link of the mark whose note is being typed.
    pub(in crate::app) noting: Option<String>,
    /// The passage that the program was started for, until it is found.
    pub(in crate::app) wanted: Option<Permalink>,
}

/// A mark in the open report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedMark {
    /// Index among all marks.
    pub mark: usize,
    /// The report it was found in.
    pub report: ReportId,
    /// Its source lines (1-based).
    pub lines: LineRange,
    /// Bytes of the document from its first to its last line.
    pub span: Span,
}

/// Something to be kept between runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeepRequest {
    /// A passage that was copied, and in which form.
    Clip(CitationForm, Box<Quotation>),
    /// A change of a mark.
    Mark(MarkChange),
    /// A change of a keyword group.
    Group(GroupChange),
    /// A file of marks with their sources, in the present folder.
    Export {
        /// Name of the file.
        name: String,
        /// What it is to hold.
        bytes: Vec<u8>,
    },
}

impl KeptPassages {
    /// The marks at these source lines of a report, by their index.
    pub fn at(&self, report: ReportId, lines: LineRange) -> Option<usize> {
        let same = |placed: &&PlacedMark| placed.report == report && placed.lines == lines;
        self.here.iter().find(same).map(|placed| placed.mark)
    }

    /// The index of the mark with this link.
    pub fn index_of(&self, link: &str) -> Option<usize> {
        self.marks.iter().position(|mark| mark.quotation.link == link)
    }
}
