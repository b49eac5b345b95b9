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
        // The cells of a row of a table, while it is read.
        let mut row: Option<Vec<String>> = None;
        xml::walk(&text, &mut |node| match node {
            Node::Start("t", _) => in_text = true,
            Node::End("t") => in_text = false,
            Node::Text(words) if in_text => line.push_str(words),
            Node::Start("br", _) => line.push('\n'),
            Node::Start("tab", _) => line.push('\t'),
            Node::Start("tr", _) => row = Some(Vec::new()),
            Node::Start("tc", _) => row.iter_mut().for_each(|cells| cells.push(String::new())),
            Node::End("p") if row.is_some() => {
                if let Some(cell) = row.as_mut().and_then(|cells| cells.last_mut()) {
                    let gap = if cell.is_empty() || line.trim().is_empty() { "" } else { " " };
                    cell.push_str(gap);
                    cell.push_str(&line.split_whitespace().collect::<Vec<_>>().join(" "));
                }
                line.clear();
            }
            Node::End("tr") => {
                let text = row.take().unwrap_or_default().join("\t");
                if !text.trim().is_empty() {
                    draft.push(&DraftLine { row: text.contains('\t'), ..DraftLine::of_text(text.trim_end()) });
                }
            }
            Node::End("p") if !line.trim().is_empty() => draft.push(&DraftLine::of_text(std::mem::take(&mut line))),
            Node::End("p") => line.clear(),
            _ => {}
        })?;
    }
    draft.finish()
}
