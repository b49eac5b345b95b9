//! The list of hits in context: which of its lines are at hand, which is selected, in which order they stand.
//!
//! In: pages of lines. Out: lines. Does not know about: keys, how lines are made or drawn.

use std::ops::Range;

use crate::app::screen::scroll::Scroll;
use crate::corpus::ReportId;
use crate::index::kwic::{KwicLine, KwicOrder};
use crate::text::Lang;

/// The list of hits in context.
#[derive(Debug, Default)]
pub struct ConcordanceView {
    /// In which order hits stand.
    pub order: KwicOrder,
    /// How many lines there are, as far as is known.
    pub total: usize,
    /// Number of the selected line.
    pub selected: usize,
    /// Where the view stands.
    pub scroll: Scroll,
    /// Number of the first line that is at hand.
    pub first: usize,
    /// The lines at hand.
    pub lines: Vec<KwicLine>,
    /// Whether contexts were compared word by word; very many are character by character.
    pub by_word: bool,
    /// The hit on which the selection stays while the list is put in another order or narrowed: its report, its first
    /// byte, the screen row it stands on.
    pub(in crate::app) follow: Option<(ReportId, u32, usize)>,
    /// What was asked for last: search, reports it had found, order, lines.
    pub(in crate::app) asked: Option<(u64, usize, KwicOrder, Range<usize>)>,
    pub(in crate::app) seq: u64,
}

/// Lines that have been made.
#[derive(Debug)]
pub(in crate::app) struct ConcordanceLines {
    /// Number of the first.
    pub first: u64,
    /// How many there are in all.
    pub total: u64,
    /// Number of the line that was to be followed.
    pub followed: Option<u64>,
    /// Whether contexts were compared word by word.
    pub by_word: bool,
    /// The lines.
    pub lines: Vec<KwicLine>,
}

impl ConcordanceView {
    /// A line, if it is at hand.
    pub fn line(&self, number: usize) -> Option<&KwicLine> {
        self.lines.get(number.checked_sub(self.first)?)
    }

    /// The name of the order.
    pub const fn order_name(&self, lang: Lang) -> &'static str {
        match (self.order, self.by_word) {
            (KwicOrder::Corpus, _) => lang.pick("原序", "corpus"),
            (KwicOrder::Place, _) => lang.pick("按地方", "place"),
            (KwicOrder::Year, _) => lang.pick("按年份", "year"),
            (KwicOrder::Left, true) => lang.pick("按左文 1L 2L 3L 词", "left context, words 1L 2L 3L"),
            (KwicOrder::Left, false) => lang.pick("按左文 逐字", "left context, by character"),
            (KwicOrder::Right, true) => lang.pick("按右文 1R 2R 3R 词", "right context, words 1R 2R 3R"),
            (KwicOrder::Right, false) => lang.pick("按右文 逐字", "right context, by character"),
        }
    }

    /// Takes the lines at hand as too short or too few: the screen has another size.
    pub(in crate::app) fn outgrow(&mut self) {
        if let Some((.., range)) = &mut self.asked {
            *range = 0..0;
        }
    }

    /// Takes the selected line as the one to stay on.
    pub(in crate::app) fn stay(&mut self) {
        let hit = self.line(self.selected).map(|line| (line.report, line.hit.span.start));
        let row = self.selected.saturating_sub(self.scroll.top);
        self.follow = hit.map(|(report, offset)| (report, offset, row));
    }

    pub(in crate::app) fn select(&mut self, number: usize, height: usize) {
        self.selected = number.min(self.total.saturating_sub(1));
        self.scroll.show(self.selected, self.total, height);
    }
}
