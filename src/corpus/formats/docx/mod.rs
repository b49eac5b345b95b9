//! Word documents.
//!
//! In: the parts of a package. Out: a [`Source`]: one line per paragraph (a soft break begins another), table rows as one
//! line each, text boxes behind the paragraph that holds them, notes at the end, automatic numbers written out, and the
//! levels that heading styles give. Does not know about: fonts, pictures, what was deleted.

mod numbering;
mod styles;
mod writer;

use crate::corpus::IssueKind;
use crate::corpus::formats::docx::styles::DocxStyles;
use crate::corpus::formats::docx::writer::DocxWriter;
use crate::corpus::formats::list_numbers::ListNumbers;
use crate::corpus::formats::parts::{PackageParts, Relations};
use crate::corpus::formats::source::Source;
use crate::corpus::formats::xml;

/// Reads the document whose main part is called `main`.
///
/// # Errors
/// Where a part is no XML, or nothing is written in it.
pub fn read(parts: &mut dyn PackageParts, main: &str) -> Result<Source, IssueKind> {
    let relations = Relations::of(parts, main)?;
    let mut related = |kind: &str| match relations.first(kind) {
        Some(name) => parts.part(name),
        None => parts.part(&format!("word/{kind}.xml")),
    };
    let styles = related("styles")?.map_or_else(|| Ok(DocxStyles::default()), |text| DocxStyles::read(&text))?;
    let numbers = related("numbering")?.map_or_else(|| Ok(ListNumbers::default()), |text| numbering::read(&text))?;
    let (footnotes, endnotes) = (related("footnotes")?, related("endnotes")?);
    let body = parts.part(main)?.ok_or_else(|| IssueKind::Broken(format!("DOCX: {main}")))?;
    let mut writer = DocxWriter::new(styles, numbers);
    xml::walk(&body, &mut |node| writer.take(node))?;
    writer.end_body();
    for notes in [footnotes, endnotes].into_iter().flatten() {
        xml::walk(&notes, &mut |node| writer.take(node))?;
    }
    writer.finish()
}

/// Reads a document of Word 2003's own XML, which has all parts in one.
///
/// # Errors
/// Where it is no XML, or nothing is written in it.
pub fn read_single(text: &str) -> Result<Source, IssueKind> {
    let mut writer = DocxWriter::new(DocxStyles::default(), numbering::read(text)?);
    xml::walk(text, &mut |node| writer.take(node))?;
    writer.end_body();
    writer.finish()
}
