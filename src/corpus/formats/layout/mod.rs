//! Pages to text. In: the rows of every page. Out: one line per paragraph. Does not know about: how a file says what stands
//! on its pages.

pub mod columns;
pub mod glyph;
mod paragraphs;
pub mod rows;
mod running;

use crate::corpus::IssueKind;
use crate::corpus::formats::layout::rows::GlyphRow;

/// A text of which more than this part (1 in n) cannot be told is none.
const UNKNOWN: usize = 4;

/// The text of pages.
///
/// # Errors
/// [`IssueKind::NoTextLayer`] where there is none, or one that cannot be told.
pub fn text(mut pages: Vec<Vec<GlyphRow>>) -> Result<String, IssueKind> {
    running::take_out(&mut pages);
    let mut text = paragraphs::paragraphs(&pages).join("\n");
    let unknown = text.chars().filter(|c| matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}')).count();
    if text.trim().is_empty() || unknown * UNKNOWN > text.chars().count() {
        return Err(IssueKind::NoTextLayer);
    }
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_cannot_be_told_is_none() {
        assert_eq!(text(vec![vec![GlyphRow::of_text("\u{e123}\u{fffd}灯")]]), Err(IssueKind::NoTextLayer));
        assert_eq!(text(vec![vec![GlyphRow::of_text("灯塔")]]), Ok("灯塔\n".into()));
    }
}
