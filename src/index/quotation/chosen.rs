//! What somebody chose for another program: a passage or a place. In: a corpus, what was chosen. Out: its parts as text. Does
//! not know about: who chooses, who is told.

use super::citation::Quotation;
use super::form::CitationForm;
use crate::corpus::{Corpus, LineRange, PlaceId, ReportId};
use crate::text::Lang;

/// A part of what was chosen, as it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChosenPart {
    /// File and line, with a colon between them.
    At,
    /// The file.
    Path,
    /// The line.
    Line,
    /// The place's name.
    Place,
    /// The report's title.
    Title,
    /// The link that opens it.
    Link,
    /// Its text.
    Text,
    /// Its text with its source.
    Quotation,
}

/// A passage, or a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenSource {
    /// The file, as it was named.
    pub path: String,
    /// The passage; of a place the first paragraph of its first report.
    pub quotation: Quotation,
    /// Whether a place was chosen.
    pub is_place: bool,
}

impl ChosenSource {
    /// A passage of a report.
    pub fn passage(corpus: &Corpus, report: ReportId, lines: LineRange) -> Option<Self> {
        let (document, report) = corpus.report(report)?;
        let path = document.path.to_string_lossy().into_owned();
        Some(Self { path, quotation: Quotation::of(document, report, lines), is_place: false })
    }

    /// A place.
    pub fn place(corpus: &Corpus, place: PlaceId) -> Option<Self> {
        let entry = corpus.place(place);
        let id = *entry.reports.first()?;
        let line = corpus.report(id)?.1.line_numbers().next()?;
        let first = Self::passage(corpus, id, LineRange { first: line, last: line })?;
        let quotation = Quotation { place: entry.name.clone(), ..first.quotation };
        Some(Self { quotation, is_place: true, ..first })
    }

    /// A part of it, as people read it.
    pub fn part(&self, part: ChosenPart, form: CitationForm, lang: Lang) -> String {
        let Self { path, quotation, .. } = self;
        match part {
            ChosenPart::At => format!("{path}:{}", quotation.lines.0),
            ChosenPart::Path => path.clone(),
            ChosenPart::Line => quotation.lines.0.to_string(),
            ChosenPart::Place => quotation.place.clone(),
            ChosenPart::Title => quotation.title.clone(),
            ChosenPart::Link => quotation.link.clone(),
            ChosenPart::Text => quotation.text.clone(),
            ChosenPart::Quotation => quotation.whole(form, lang),
        }
    }
}
