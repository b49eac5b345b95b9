//! Styles of a document of Word 97 ([MS-DOC] 2.9.271 and following). In: its style sheet. Out: what each style says. Does
//! not know about: paragraphs.

use crate::corpus::formats::doc::properties::Properties;
use crate::corpus::formats::ole::u16_at;

/// Styles rest upon styles at most so deep.
const STYLE_DEPTH: usize = 20;
/// Stands for no style.
const NO_STYLE: u16 = 0xfff;

#[derive(Debug, Default, Clone)]
struct DocStyle {
    based_on: Option<u16>,
    said: Properties,
}

/// Styles by their indices.
#[derive(Debug, Default)]
pub struct DocStyles(Vec<Option<DocStyle>>);

impl DocStyles {
    /// Reads the style sheet.
    pub fn read(sheet: &[u8]) -> Self {
        let Some(head) = u16_at(sheet, 0).map(usize::from) else { return Self::default() };
        let (Some(count), Some(base)) = (u16_at(sheet, 2), u16_at(sheet, 4)) else { return Self::default() };
        let mut at = 2 + head;
        let mut styles = Vec::new();
        for _ in 0..count {
            let Some(size) = u16_at(sheet, at).map(usize::from) else { break };
            let Some(style) = sheet.get(at + 2..at + 2 + size) else { break };
            styles.push(read_style(style, usize::from(base)));
            at += 2 + size + size % 2;
        }
        Self(styles)
    }

    /// What a style says, or the nearest of those it rests upon.
    pub fn find<T>(&self, index: Option<u16>, of: impl Fn(&Properties) -> Option<T>) -> Option<T> {
        let mut index = index?;
        for _ in 0..STYLE_DEPTH {
            let style = self.0.get(usize::from(index))?.as_ref()?;
            if let Some(found) = of(&style.said) {
                return Some(found);
            }
            index = style.based_on?;
        }
        None
    }
}

fn read_style(style: &[u8], base: usize) -> Option<DocStyle> {
    let kind = u16_at(style, 0)? & 0xfff;
    let (second, third) = (u16_at(style, 2)?, u16_at(style, 4)?);
    let mut read = DocStyle { based_on: Some(second >> 4).filter(|n| *n != NO_STYLE), said: Properties::default() };
    if (1..=9).contains(&kind) {
        read.said.outline = u8::try_from(kind - 1).ok();
    }
    // Behind the name stand as many lists of changes as the kind of style has.
    let name = usize::from(u16_at(style, base)?);
    let mut at = base + 2 + 2 * (name + 1);
    for n in 0..third & 0xf {
        let Some(size) = u16_at(style, at).map(usize::from) else { break };
        let changes = style.get(at + 2..at + 2 + size).unwrap_or_default();
        let of_paragraph = second & 0xf == 1 && n == 0;
        read.said.apply(if of_paragraph { changes.get(2..).unwrap_or_default() } else { changes });
        at += 2 + size + size % 2;
    }
    Some(read)
}
