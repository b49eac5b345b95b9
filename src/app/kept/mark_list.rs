//! The list of marks: which match what is typed, which is selected, what has become of each.
//!
//! In: marks, the corpus, a filter. Out: rows. Does not know about: keys, how rows are drawn.

use crate::app::kept::{MarkStanding, standing_of};
use crate::app::screen::scroll::Scroll;
use crate::corpus::Corpus;
use crate::store::marks::KeptMark;
use crate::text::fold::fold;

/// The list of marks.
#[derive(Debug, Default)]
pub struct MarkList {
    /// The marks that match, by their index, in the order in which they were marked.
    pub rows: Vec<usize>,
    /// The link of the selected mark.
    pub selected: Option<String>,
    /// Where the view stands.
    pub scroll: Scroll,
    /// What was typed as a filter.
    pub filter: String,
    /// What has become of each mark, by its index.
    pub standing: Vec<MarkStanding>,
}

impl MarkList {
    /// Lists the marks again: their texts are looked for anew.
    pub fn renew(&mut self, marks: &[KeptMark], corpus: &Corpus, height: usize) {
        self.standing = standing_of(marks, corpus);
        self.rebuild(marks, height);
    }

    /// Lists the marks that match the filter; the selection stays where it can.
    pub fn rebuild(&mut self, marks: &[KeptMark], height: usize) {
        let words: Vec<String> = self.filter.split_whitespace().map(fold).collect();
        let matches = |mark: &KeptMark| {
            let quotation = &mark.quotation;
            let whole = [&quotation.text, &quotation.title, &quotation.place, &quotation.body, &mark.typed()]
                .map(|part| fold(part));
            words.iter().all(|word| whole.iter().any(|part| part.contains(word.as_str())))
        };
        self.rows = marks.iter().enumerate().filter(|(_, mark)| matches(mark)).map(|(index, _)| index).collect();
        let row = self.selected_row(marks).unwrap_or_else(|| self.scroll.top.min(self.rows.len().saturating_sub(1)));
        self.select_row(marks, row, height);
    }

    /// Index of the selected row.
    pub fn selected_row(&self, marks: &[KeptMark]) -> Option<usize> {
        let selected = self.selected.as_deref()?;
        self.rows.iter().position(|index| marks.get(*index).is_some_and(|mark| mark.quotation.link == selected))
    }

    /// Index of the selected mark among all.
    pub fn selected_mark(&self, marks: &[KeptMark]) -> Option<usize> {
        self.rows.get(self.selected_row(marks)?).copied()
    }

    /// Selects row `row`, or the last there is.
    pub fn select_row(&mut self, marks: &[KeptMark], row: usize, height: usize) {
        let row = row.min(self.rows.len().saturating_sub(1));
        self.selected = self.rows.get(row).and_then(|index| marks.get(*index)).map(|mark| mark.quotation.link.clone());
        self.scroll.show(row, self.rows.len(), height);
    }
}
