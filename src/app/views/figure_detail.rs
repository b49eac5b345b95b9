//! An opened number: the occurrences behind it, its contingency table, its formulas.
//!
//! In: answers, movements, a size. Out: which rows are seen, where everything stands. Does not know about: how it is drawn.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::analysis::{FigureOccurrences, OccurrenceKind, OccurrenceList, OccurrenceRow};
use crate::app::screen::scroll::{Motion, Scroll, Selection};
use crate::app::views::request::ViewQuestion;
use crate::table::Evidence;
use crate::text::width::{Ambiguous, str_width};

/// Columns of a figure beside the contingency table: its name and its value.
pub const FIGURE: u16 = 17;

/// A figure that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What stands behind it.
    pub evidence: Evidence,
    /// The name of the text it is about; `None`: what the panel counts.
    pub place: Option<String>,
}

/// An opened number.
#[derive(Debug)]
pub struct FigureDetail {
    /// Which number.
    pub figure: Figure,
    /// What stands behind it.
    pub opened: Option<Arc<FigureOccurrences>>,
    /// Index of the list that is shown.
    pub list: usize,
    /// The selected row.
    pub selection: Selection,
    /// Whether the formulas are shown; `None`: where there is room for them.
    pub formulas: Option<bool>,
}

/// Where the parts of an opened number stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureLayout {
    /// The contingency table with the figures beside it, or a line of figures below it.
    pub table: Rect,
    /// How many figures have room beside the table, in each of its rows.
    pub figures: u16,
    /// The formulas.
    pub formulas: Rect,
    /// Their lines, broken to fit.
    pub lines: Vec<String>,
    /// The names of the lists.
    pub lists: Rect,
    /// The rows of the list.
    pub list: Rect,
}

impl FigureDetail {
    /// Not opened yet.
    pub const fn new(figure: Figure) -> Self {
        Self {
            figure,
            opened: None,
            list: 0,
            selection: Selection { row: 0, scroll: Scroll { top: 0 } },
            formulas: None,
        }
    }

    pub(in crate::app) fn ask(&self) -> Option<ViewQuestion> {
        self.opened.is_none().then(|| ViewQuestion::Figure(self.figure.evidence.clone()))
    }

    /// The list that is shown.
    pub fn shown(&self) -> Option<&OccurrenceList> {
        self.opened.as_ref()?.lists.get(self.list)
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.shown().map_or(0, |list| list.rows.len())
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(in crate::app) fn take(&mut self, opened: Arc<FigureOccurrences>) {
        // What is not said here at all is opened where it is said.
        let told = |list: &OccurrenceList| {
            matches!(list.kind, OccurrenceKind::Counted | OccurrenceKind::Reference) && list.count > 0
        };
        self.list = opened.lists.iter().position(told).unwrap_or(0);
        self.opened = Some(opened);
    }

    pub(in crate::app) fn go(&mut self, motion: Motion, height: usize) {
        let len = self.len();
        self.selection.go(motion, len, height);
    }

    pub(in crate::app) fn settle(&mut self, height: usize) {
        let len = self.len();
        self.selection.settle(len, height);
    }

    /// To the list before or after the one that is shown.
    pub(in crate::app) fn turn(&mut self, forward: bool) {
        let lists = self.opened.as_ref().map_or(0, |opened| opened.lists.len()).max(1);
        self.show_list((self.list + if forward { 1 } else { lists - 1 }) % lists);
    }

    /// The list of those inside longer words.
    pub(in crate::app) fn inside(&self) -> Option<usize> {
        let inside = |list: &OccurrenceList| matches!(list.kind, OccurrenceKind::Inside | OccurrenceKind::Shared);
        self.opened.as_ref()?.lists.iter().position(inside)
    }

    /// To the list of those inside longer words, or back.
    pub(in crate::app) fn turn_inside(&mut self) {
        if let Some(inside) = self.inside() {
            self.show_list(if self.list == inside { 0 } else { inside });
        }
    }

    fn show_list(&mut self, list: usize) {
        self.list = list;
        self.selection = Selection::default();
    }

    /// Shows the formulas, or takes them away.
    pub(in crate::app) fn turn_formulas(&mut self, area: Rect, ambiguous: Ambiguous) {
        self.formulas = Some(!self.shows_formulas(self.formulas, area, ambiguous));
    }

    /// Whether there are formulas to be shown or taken away, and room for them.
    pub(in crate::app) fn can_turn_formulas(&self, area: Rect, ambiguous: Ambiguous) -> bool {
        let shown = self.shows_formulas(self.formulas, area, ambiguous);
        self.shows_formulas(Some(!shown), area, ambiguous) != shown
    }

    fn shows_formulas(&self, formulas: Option<bool>, area: Rect, ambiguous: Ambiguous) -> bool {
        self.parts_with(formulas, area, ambiguous).formulas.height > 0
    }

    /// The selected row.
    pub fn row(&self) -> Option<&OccurrenceRow> {
        self.shown()?.rows.get(self.selection.row)
    }

    /// Divides the view's area, heading and keys left out.
    pub fn parts(&self, area: Rect, ambiguous: Ambiguous) -> FigureLayout {
        self.parts_with(self.formulas, area, ambiguous)
    }

    fn parts_with(&self, formulas: Option<bool>, area: Rect, ambiguous: Ambiguous) -> FigureLayout {
        let Some(worked) = self.opened.as_ref().and_then(|opened| opened.worked.as_ref()) else {
            let lists = Rect { height: area.height.min(1), ..area };
            return FigureLayout { lists, list: cut(area, 1), ..FigureLayout::default() };
        };
        let figures = area.width.saturating_sub(TABLE + 3) / FIGURE;
        let table = Rect { height: (if figures == 0 { 5 } else { 4 }).min(area.height), ..area };
        let below = cut(area, table.height);
        let mut lines = Vec::new();
        for line in &worked.lines {
            break_line(line, area.width.saturating_sub(2).into(), ambiguous, &mut lines);
        }
        let all = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let fits = below.height.saturating_sub(all + 2) >= (area.height / 3).max(8);
        let rows = match formulas {
            Some(true) => all.min(below.height.saturating_sub(5)),
            None if fits => all,
            _ => 0,
        };
        let formulas = Rect { height: rows, ..below };
        let below = cut(below, rows);
        let lists = Rect { height: below.height.min(1), ..below };
        FigureLayout { table, figures, formulas, lines, lists, list: cut(below, 1) }
    }
}

/// Columns of the contingency table.
pub const TABLE: u16 = 50;

fn cut(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// Breaks a line at blanks, not behind an equals sign; what goes on is indented.
fn break_line(line: &str, columns: usize, ambiguous: Ambiguous, out: &mut Vec<String>) {
    let mut row = String::new();
    let words: Vec<&str> = line.split(' ').collect();
    let whole = words.chunk_by(|word, _| *word == "=").map(|words| words.join(" "));
    for word in whole.collect::<Vec<_>>().iter() {
        let grown = str_width(&row, ambiguous) + 1 + str_width(word, ambiguous);
        if !row.trim_start().is_empty() && grown > columns {
            out.push(std::mem::take(&mut row));
            row.push_str("   ");
        }
        if !row.is_empty() {
            row.push(' ');
        }
        row.push_str(word);
    }
    out.push(row);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::terms::Worked;
    use crate::index::trend::Counting;

    #[test]
    fn formulas_are_broken_at_blanks() {
        let cases: [(&str, usize, &[&str]); 4] = [
            ("a = b = c", 20, &["a = b = c"]),
            ("a = b = c", 6, &["a = b", "    = c"]),
            ("长长长长长长", 4, &["长长长长长长"]),
            ("", 4, &[""]),
        ];
        for (line, columns, want) in cases {
            let mut got = Vec::new();
            break_line(line, columns, Ambiguous::Narrow, &mut got);
            assert_eq!(got, want, "{line} {columns}");
        }
    }

    #[test]
    fn the_parts_fit_and_the_list_keeps_room() {
        let evidence = Evidence::Term { term: "水渠".into(), counting: Counting::Words, scope: Arc::default() };
        let figure = Figure { evidence, place: None };
        let mut number = FigureDetail::new(figure);
        let worked = Worked { cells: [[1; 3]; 2], lines: vec!["x = y ".repeat(12); 11] };
        let opened = FigureOccurrences { worked: Some(worked), ..FigureOccurrences::default() };
        for opened in [None, Some(Arc::new(opened))] {
            number.opened = opened;
            for formulas in [None, Some(false), Some(true)] {
                number.formulas = formulas;
                for width in [1, 20, 37, 57, 91, 160] {
                    for height in [0, 1, 3, 6, 20, 36, 60] {
                        let area = Rect::new(3, 2, width, height);
                        let parts = number.parts(area, Ambiguous::Narrow);
                        let used = [parts.table, parts.formulas, parts.lists, parts.list].map(|part| part.height);
                        assert_eq!(used.iter().sum::<u16>(), height, "{width}x{height} {formulas:?} {parts:?}");
                        assert!(parts.formulas.height == 0 || parts.list.height >= 3, "{width}x{height}");
                    }
                }
            }
        }
    }
}
