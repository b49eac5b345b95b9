//! The windows that lie over the panels: the palette of commands, issues, outline.
//!
//! In: a report's outline, filters. Out: rows. Does not know about: how they are drawn.

use crate::app::export::Export;
use crate::app::issues::Issues;
use crate::app::kept::mark_list::MarkList;
use crate::app::palette::Palette;
use crate::app::screen::scroll::Scroll;
use crate::corpus::{Document, Report};
use crate::text::pinyin::{all_syllables, spelled};

/// The window that is open.
#[derive(Debug)]
pub enum Overlay {
    /// Every action.
    Palette(Palette),
    /// The corpus's issues.
    Issues(Issues),
    /// The open report's outline.
    Outline(Outline),
    /// What is to be written into a file, and how.
    Export(Export),
    /// The marks.
    Marks(MarkList),
}

impl Overlay {
    /// Whether it shows on the page what is selected in it, and leaves room for that.
    pub const fn shows_passages(&self) -> bool {
        matches!(self, Self::Outline(_) | Self::Marks(_))
    }
}

/// The outline window.
#[derive(Debug, Default)]
pub struct Outline {
    /// The sections that match the filter, in reading order.
    pub rows: Vec<OutlineRow>,
    /// The selected section (index into the report's outline).
    pub selected: Option<u32>,
    /// Where the view stands.
    pub scroll: Scroll,
}

/// A section in the outline window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineRow {
    /// Index into the report's outline.
    pub section: u32,
    /// Matched characters of its heading (char indices).
    pub marks: Vec<u32>,
}

impl Outline {
    /// Lists the sections that match `filter` again. The selection stays where it still matches; otherwise it goes to
    /// the first that holds the filter in one piece, or the first of all.
    pub fn rebuild(&mut self, document: &Document, report: &Report, filter: &str, height: usize) {
        self.rows = Self::matching(document, report, filter);
        if self.selected_row().is_none() || !filter.trim().is_empty() {
            let whole = |row: &OutlineRow| row.marks.windows(2).all(|w| w[1] == w[0] + 1);
            let best = self.rows.iter().find(|row| whole(row)).or(self.rows.first());
            self.selected = best.map(|row| row.section);
        }
        let row = self.selected_row().unwrap_or(0);
        self.scroll.place(row, height / 2, self.rows.len(), height);
    }

    /// The sections whose heading holds what is typed, in 汉字 or spelled in pinyin.
    pub fn matching(document: &Document, report: &Report, filter: &str) -> Vec<OutlineRow> {
        let wanted: Vec<char> = filter.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        let typed: String = wanted.iter().collect();
        let index = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
        let numbered = (0u32..).zip(&report.sections);
        let row = |(section, s): (u32, &crate::corpus::Section)| {
            let title = s.title(document.text());
            let sounds = || spelled(&title, &typed, false).map(|found| found.map(index).collect());
            let marks = if typed.is_empty() { None } else { sounds() };
            Some(OutlineRow { section, marks: marks.or_else(|| match_letters(&title, &wanted))? })
        };
        numbered.filter_map(row).collect()
    }

    /// Index of the selected row.
    pub fn selected_row(&self) -> Option<usize> {
        self.rows.iter().position(|row| Some(row.section) == self.selected)
    }

    /// Selects row `row`, or the last there is.
    pub fn select_row(&mut self, row: usize, height: usize) {
        let row = row.min(self.rows.len().saturating_sub(1));
        self.selected = self.rows.get(row).map(|r| r.section);
        self.scroll.show(row, self.rows.len(), height);
    }
}

/// Char indices at which the characters of `wanted` (lower case) stand in `text` in this order: in one piece where that
/// is possible, else each as early as can be. A Latin letter also stands for the initial of a 汉字's pinyin.
fn match_letters(text: &str, wanted: &[char]) -> Option<Vec<u32>> {
    let chars: Vec<char> = text.chars().collect();
    let same = |c: char, w: char| c == w || c.to_lowercase().eq([w]) || w.is_ascii_lowercase() && sounds_like(c, w);
    let index = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
    if wanted.is_empty() {
        return Some(Vec::new());
    }
    let whole = chars.windows(wanted.len()).position(|w| w.iter().zip(wanted).all(|(c, w)| same(*c, *w)));
    if let Some(start) = whole {
        return Some((start..start + wanted.len()).map(index).collect());
    }
    let mut marks = Vec::with_capacity(wanted.len());
    let mut from = 0;
    for &w in wanted {
        let at = from + chars.get(from..)?.iter().position(|c| same(*c, w))?;
        marks.push(index(at));
        from = at + 1;
    }
    Some(marks)
}

fn sounds_like(c: char, initial: char) -> bool {
    !c.is_ascii() && all_syllables(c).iter().any(|syllable| syllable.starts_with(initial))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_match_in_one_piece_first_then_in_order() {
        let cases: [(&str, &str, Option<&[u32]>); 8] = [
            ("（一）优化营商环境", "营商", Some(&[5, 6])),
            ("（一）优化营商环境", "优环", Some(&[3, 7])),
            ("（一）优化营商环境", "环优", None),
            ("（一）优化营商环境", "yshj", Some(&[5, 6, 7, 8])),
            ("Abc报告", "BC", Some(&[1, 2])),
            ("报告", "", Some(&[])),
            ("", "a", None),
            ("告", "报告", None),
        ];
        for (text, filter, want) in cases {
            let wanted: Vec<char> = filter.chars().flat_map(char::to_lowercase).collect();
            assert_eq!(match_letters(text, &wanted).as_deref(), want, "{filter} in {text}");
        }
    }
}
