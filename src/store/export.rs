//! Marks and clips as one text, with their sources: Markdown, text for a word processor, JSON Lines, CSV. In: quotations and what
//! was noted about them. Out: bytes. Does not know about: whether a file or a person gets them.

use std::io::{self, Write};

use serde::Serialize;

use crate::index::quotation::{CitationForm, Quotation};
use crate::store::marks::{KeptMark, typed};
use crate::table::write::{json, separated};
use crate::text::Lang;

/// How quotations are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotationFormat {
    /// Quotations with links.
    Markdown,
    /// Plain paragraphs, each followed by its source: to be pasted into a document.
    Text,
    /// One JSON object a line.
    Json,
    /// Comma-separated values with a heading row.
    Csv,
    /// The same for a spreadsheet.
    Excel,
}

impl QuotationFormat {
    /// The format that a file's name asks for by its ending; Markdown where it names none.
    pub fn of_name(name: &str) -> Self {
        match name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase().as_str() {
            "txt" | "docx" | "text" => Self::Text,
            "json" | "jsonl" => Self::Json,
            "csv" => Self::Csv,
            _ => Self::Markdown,
        }
    }

    /// The flag of `yilan marks` that gives it.
    pub const fn flag(self) -> &'static str {
        match self {
            Self::Markdown => "--markdown",
            Self::Text => "--text",
            Self::Json => "--json",
            Self::Csv => "--csv",
            Self::Excel => "--csv --excel",
        }
    }
}

/// A quotation and what was noted about it.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct NotedQuotation<'a> {
    /// The passage and where it stands.
    #[serde(flatten)]
    pub quotation: &'a Quotation,
    /// Its source in one line.
    pub source: &'a str,
    /// What the user noted; empty for clips.
    pub note: &'a str,
    /// The user's tags; none for clips.
    pub tags: &'a [String],
    /// When it was copied: seconds since 1970, UTC; none for marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<u64>,
}

/// Columns of separated values, as in JSON.
const COLUMNS: &[&str] = &[
    "text",
    "title",
    "place",
    "body",
    "session_year",
    "session",
    "section",
    "first",
    "last",
    "note",
    "tags",
    "source",
    "file",
    "line",
    "link",
];

/// Writes quotations, in order.
///
/// # Errors
/// When they cannot be written.
pub fn write_quotations<'a>(
    out: &mut dyn Write,
    quotations: impl IntoIterator<Item = NotedQuotation<'a>>,
    format: QuotationFormat,
    lang: Lang,
) -> io::Result<()> {
    let mut quotations = quotations.into_iter();
    let separator = match format {
        QuotationFormat::Markdown => return quotations.try_for_each(|one| markdown(out, one, lang)),
        QuotationFormat::Text => return quotations.try_for_each(|one| text(out, one, lang)),
        QuotationFormat::Json => return quotations.try_for_each(|one| json::write_object(out, &one)),
        QuotationFormat::Csv => separated::Separator::Comma,
        QuotationFormat::Excel => separated::Separator::Spreadsheet,
    };
    separated::write_rows(out, COLUMNS, quotations.map(cells), separator, lang)
}

/// Marks with what was noted about them, in the form of a source.
pub fn write_marks(
    out: &mut dyn Write,
    marks: &[&KeptMark],
    format: QuotationFormat,
    form: CitationForm,
    lang: Lang,
) -> io::Result<()> {
    let sources: Vec<String> = marks.iter().map(|mark| mark.quotation.source(form, lang)).collect();
    let noted = marks.iter().zip(&sources).map(|(mark, source)| NotedQuotation {
        quotation: &mark.quotation,
        source,
        note: &mark.note,
        tags: &mark.tags,
        time: None,
    });
    write_quotations(out, noted, format, lang)
}

fn markdown(out: &mut dyn Write, one: NotedQuotation<'_>, lang: Lang) -> io::Result<()> {
    writeln!(out, "{}\n", one.quotation.whole(CitationForm::Markdown, lang))?;
    match typed(one.note, one.tags) {
        said if said.is_empty() => Ok(()),
        said => writeln!(out, "{}{said}\n", lang.pick("批注：", "Note: ")),
    }
}

/// Each paragraph set in by two characters, as official documents are; the source in brackets below.
fn text(out: &mut dyn Write, one: NotedQuotation<'_>, lang: Lang) -> io::Result<()> {
    for line in one.quotation.text.lines() {
        writeln!(out, "　　{line}")?;
    }
    let form = CitationForm::Plain;
    let source = if one.source.contains("yilan://") { one.quotation.source(form, lang) } else { one.source.to_owned() };
    writeln!(
        out,
        "{}",
        match lang {
            Lang::Zh => format!("（{source}）"),
            Lang::En => format!("({source})"),
        }
    )?;
    match typed(one.note, one.tags) {
        said if said.is_empty() => writeln!(out),
        said => writeln!(out, "{}{said}\n", lang.pick("批注：", "Note: ")),
    }
}

fn cells(one: NotedQuotation<'_>) -> Vec<String> {
    let quotation = one.quotation;
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    vec![
        quotation.text.clone(),
        quotation.title.clone(),
        quotation.place.clone(),
        quotation.body.clone(),
        quotation.session_year.map(|year| year.to_string()).unwrap_or_default(),
        quotation.session.clone(),
        quotation.section.join("／"),
        number(quotation.paragraphs.map(|(first, _)| first)),
        number(quotation.paragraphs.map(|(_, last)| last)),
        one.note.to_owned(),
        one.tags.join(" "),
        one.source.to_owned(),
        quotation.file.clone(),
        quotation.lines.0.to_string(),
        quotation.link.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_holds_text_source_and_note() {
        let quotation = Quotation {
            text: "各村修渠。\n户户通水。".into(),
            title: "乌有市工作报告".into(),
            place: "乌有市".into(),
            session_year: Some(2023),
            paragraphs: Some((1, 2)),
            link: "yilan://passage/x".into(),
            ..Quotation::default()
        };
        let mut mark = KeptMark { quotation, ..KeptMark::default() };
        mark.note_typed("引用 #水利");
        for name in ["a.md", "a.TXT", "a.json", "a.csv", "a"] {
            let mut out = Vec::new();
            write_marks(&mut out, &[&mark, &mark], QuotationFormat::of_name(name), CitationForm::Plain, Lang::Zh)
                .unwrap();
            let out = String::from_utf8(out).unwrap();
            for words in ["各村修渠。", "户户通水。", "《乌有市工作报告》，乌有市，2023年，第1—2段", "引用", "水利"]
            {
                assert_eq!(out.matches(words).count(), 2, "{words} in {name}: {out}");
            }
        }
        assert_eq!(QuotationFormat::of_name("a.docx").flag(), "--text");
    }
}
