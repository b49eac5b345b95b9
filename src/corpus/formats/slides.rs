//! Slides: .pptx. In: the parts of a package. Out: a [`Source`] of one line per paragraph, slide after slide. Does not know
//! about: where on a slide a text stands, notes.

use crate::corpus::IssueKind;
use crate::corpus::formats::draft::{Draft, DraftLine};
use crate::corpus::formats::parts::{PackageParts, Relations};
use crate::corpus::formats::source::Source;
use crate::corpus::formats::xml;
use crate::corpus::formats::xml::Node;

/// Reads a presentation whose main part is called `main`.
///
/// # Errors
/// Where a part is no XML, or nothing is written on any slide.
pub fn read(parts: &mut dyn PackageParts, main: &str) -> Result<Source, IssueKind> {
    let relations = Relations::of(parts, main)?;
    let text = parts.part(main)?.ok_or_else(|| IssueKind::Broken(format!("PPTX: {main}")))?;
    let mut slides = Vec::new();
    xml::walk(&text, &mut |node| {
        if let Node::Start("sldId", a) = node {
            // `id` is a number, `r:id` a relation's name; by local name both are `id`.
            slides.extend(a.all("id").find_map(|id| relations.called(id)).map(str::to_owned));
        }
    })?;
    let mut draft = Draft::default();
    for slide in slides {
        let Some(text) = parts.part(&slide)? else { continue };
        let (mut line, mut in_text) = (String::new(), false);
        xml::walk(&text, &mut |node| match node {
            Node::Start("t", _) => in_text = true,
            Node::End("t") => in_text = false,
            Node::Text(words) if in_text => line.push_str(words),
            Node::Start("br", _) => line.push('\n'),
            Node::Start("tab", _) => line.push('\t'),
            Node::End("p") if !line.trim().is_empty() => draft.push(&DraftLine::of_text(std::mem::take(&mut line))),
            Node::End("p") => line.clear(),
            _ => {}
        })?;
    }
    draft.finish()
}
