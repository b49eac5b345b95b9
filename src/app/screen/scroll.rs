//! Where a panel's view stands: one type for every panel.
//!
//! In: motions, lengths and heights. Out: the first visible row, the selected row. Does not know about: what the rows are.

use std::ops::Range;

use crate::command::Action;

/// A movement inside a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// Rows down (positive) or up.
    Rows(isize),
    /// Screens down (positive) or up; one row of the old screen stays.
    Screens(isize),
    /// Half screens down (positive) or up.
    Halves(isize),
    /// To the first row.
    Top,
    /// To the last row.
    Bottom,
}

impl Motion {
    /// The motion an action asks for, if it is one.
    pub const fn of(action: Action) -> Option<Self> {
        Some(match action {
            Action::Down | Action::PromptDown | Action::PromptNext => Self::Rows(1),
            Action::Up | Action::PromptUp | Action::PromptPrevious => Self::Rows(-1),
            Action::PageDown | Action::PromptPageDown => Self::Screens(1),
            Action::PageUp | Action::PromptPageUp => Self::Screens(-1),
            Action::HalfPageDown => Self::Halves(1),
            Action::HalfPageUp => Self::Halves(-1),
            Action::Top => Self::Top,
            Action::Bottom => Self::Bottom,
            _ => return None,
        })
    }

    /// The row reached from row `at` in a list of `len` rows seen `height` at a time.
    pub fn from(self, at: usize, len: usize, height: usize) -> usize {
        let last = len.saturating_sub(1);
        let screen = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(isize::MAX);
        let half = isize::try_from((height / 2).max(1)).unwrap_or(isize::MAX);
        let delta = match self {
            Self::Rows(n) => n,
            Self::Screens(n) => n.saturating_mul(screen),
            Self::Halves(n) => n.saturating_mul(half),
            Self::Top => return 0,
            Self::Bottom => return last,
        };
        at.saturating_add_signed(delta).min(last)
    }
}

/// The first visible row of a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scroll {
    /// Index of the first visible row.
    pub top: usize,
}

impl Scroll {
    /// The last value `top` may take.
    pub const fn limit(len: usize, height: usize) -> usize {
        len.saturating_sub(height)
    }

    /// Moves the view, not past either end.
    pub fn go(&mut self, motion: Motion, len: usize, height: usize) {
        self.top = motion.from(self.top, len, height).min(Self::limit(len, height));
    }

    /// Moves the view as little as needed for `row` to be seen.
    pub fn show(&mut self, row: usize, len: usize, height: usize) {
        if row < self.top {
            self.top = row;
        } else if row >= self.top + height.max(1) {
            self.top = row + 1 - height.max(1);
        }
        self.top = self.top.min(Self::limit(len, height));
    }

    /// Puts `row` on screen row `at`, as far as the ends allow.
    pub fn place(&mut self, row: usize, at: usize, len: usize, height: usize) {
        self.top = row.saturating_sub(at).min(Self::limit(len, height));
    }

    /// The rows that are visible.
    pub fn visible(&self, len: usize, height: usize) -> Range<usize> {
        let start = self.top.min(len);
        start..(start + height).min(len)
    }

    /// Puts the view where a click on row `at` of a scrollbar of `height` rows asks it to stand.
    pub fn drag(&mut self, at: usize, len: usize, height: usize) {
        let limit = Self::limit(len, height);
        self.top = (limit * at).checked_div(height.saturating_sub(1)).unwrap_or(0).min(limit);
    }
}

/// The selected row of a list, and the part of the list that is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Selection {
    /// Index of the selected row.
    pub row: usize,
    /// Where the view stands.
    pub scroll: Scroll,
}

impl Selection {
    /// Moves to another of `len` rows seen `height` at a time.
    pub fn go(&mut self, motion: Motion, len: usize, height: usize) {
        self.row = motion.from(self.row, len, height);
        self.settle(len, height);
    }

    /// Keeps the selection inside the list, and in view.
    pub fn settle(&mut self, len: usize, height: usize) {
        self.row = self.row.min(len.saturating_sub(1));
        self.scroll.show(self.row, len, height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn motions_stop_at_both_ends() {
        let cases = [
            (Motion::Rows(1), 0, 10, 4, 1),
            (Motion::Rows(1), 9, 10, 4, 9),
            (Motion::Rows(-3), 1, 10, 4, 0),
            (Motion::Screens(1), 0, 10, 4, 3),
            (Motion::Screens(-1), 9, 10, 4, 6),
            (Motion::Halves(1), 0, 10, 4, 2),
            (Motion::Top, 5, 10, 4, 0),
            (Motion::Bottom, 5, 10, 4, 9),
            (Motion::Bottom, 0, 0, 0, 0),
            (Motion::Screens(1), 0, 10, 0, 1),
        ];
        for (motion, at, len, height, want) in cases {
            assert_eq!(motion.from(at, len, height), want, "{motion:?} from {at} of {len} at {height}");
        }
    }

    #[test]
    fn the_view_moves_no_more_than_needed() {
        let mut scroll = Scroll { top: 3 };
        for (row, want) in [(4, 3), (2, 2), (5, 2), (6, 3), (99, 6)] {
            scroll.show(row, 10, 4);
            assert_eq!(scroll.top, want, "row {row}");
        }
        scroll.place(5, 1, 10, 4);
        assert_eq!(scroll.top, 4);
        scroll.drag(3, 10, 4);
        assert_eq!((scroll.top, scroll.visible(10, 4)), (6, 6..10));
        scroll.drag(0, 0, 0);
        assert_eq!((scroll.top, scroll.visible(0, 0)), (0, 0..0));
    }
}
