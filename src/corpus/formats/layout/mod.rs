//! Pages to text. In: the rows of every page. Out: one line per paragraph. Does not know about: how a file says what stands
//! on its pages.

pub mod columns;
pub mod glyph;
mod notes;
mod paragraphs;
pub mod rows;
mod running;

use crate::corpus::IssueKind;
use crate::corpus::formats::layout::rows::GlyphRow;

/// A text of which more than this part (1 in n) cannot be told is none.
const UNKNOWN: usize = 4;

/// A text set in pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagedText {
    /// A line per paragraph.
    pub text: String,
    /// For every row that stands for what could not be read, in their order: its 1-based line. Those one after another
    /// share one.
    pub gaps: Vec<u32>,
}

/// The text of pages.
///
/// # Errors
/// [`IssueKind::NoTextLayer`] where there is none, or one that cannot be told.
pub fn text(mut pages: Vec<Vec<GlyphRow>>) -> Result<PagedText, IssueKind> {
    running::take_out(&mut pages);
    notes::move_behind(&mut pages);
    let (mut text, mut gaps) = (String::new(), Vec::new());
    let (mut lines, mut after_gap) = (0, false);
    let (mut chars, mut unknown) = (0, 0);
    for paragraph in paragraphs::paragraphs(&pages) {
        if !(paragraph.gap && after_gap) {
            text.push_str(&paragraph.text);
            text.push('\n');
            lines += 1;
        }
        if paragraph.gap {
            gaps.push(lines);
        } else {
            chars += paragraph.text.chars().filter(|c| !c.is_whitespace()).count();
            unknown += paragraph.text.chars().filter(|c| matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}')).count();
        }
        after_gap = paragraph.gap;
    }
    if chars == 0 || unknown * UNKNOWN > chars {
        return Err(IssueKind::NoTextLayer);
    }
    Ok(PagedText { text, gaps })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pages: Vec<Vec<GlyphRow>>) -> Result<(String, Vec<u32>), IssueKind> {
        text(pages).map(|paged| (paged.text, paged.gaps))
    }

    #[test]
    fn a_text_that_cannot_be_told_is_none() {
        assert_eq!(read(vec![vec![GlyphRow::of_text("\u{e123}\u{fffd}灯")]]), Err(IssueKind::NoTextLayer));
        assert_eq!(read(vec![vec![GlyphRow::of_text("灯塔")]]), Ok(("灯塔\n".into(), Vec::new())));
        assert_eq!(read(vec![vec![GlyphRow::of_gap()]]), Err(IssueKind::NoTextLayer));
    }

    #[test]
    fn what_cannot_be_read_has_its_line() {
        let page = |text: &str| vec![GlyphRow::of_text(text)];
        let pages = vec![
            page("灯亮了"),
            vec![GlyphRow::of_gap()],
            vec![GlyphRow::of_gap()],
            page("\u{fffd}塔在海边上"),
            vec![GlyphRow::of_gap()],
        ];
        let want = "灯亮了\n\u{fffd}\n\u{fffd}塔在海边上\n\u{fffd}\n";
        assert_eq!(read(pages), Ok((want.into(), vec![2, 2, 4])));
    }
}
