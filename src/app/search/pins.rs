//! Pinned queries: each has a colour of its own, is marked in the open report, counted by city, and compared on a board.
//!
//! In: queries, chunks of counts. Out: requests, rows of the board. Does not know about: how matching works, what colours are.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::app::job::PinRequest;
use crate::app::screen::scroll::{Motion, Scroll};
use crate::app::search::marks::Marks;
use crate::config::theme::PINS;
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::search::{HitCounts, Query, QueryOptions, ReportCount};
use crate::text::Lang;

/// How many queries can be pinned: as many as there are looks that are told apart, also without colour.
pub const MOST: usize = PINS;

/// A pinned query.
#[derive(Debug)]
pub struct Pin {
    /// Which colour it has: below [`MOST`], no two alike.
    pub slot: u8,
    /// What is looked for.
    pub query: Query,
    /// Its hits by place, as far as they are counted.
    pub counts: HitCounts,
    /// Its marks in the open report.
    pub marks: Option<Marks>,
    /// Whether part of the corpus has not been seen yet.
    pub running: bool,
    /// 汉字 of every place, by its number, of what the query's conditions leave: what its rates are of.
    pub(in crate::app) han: Vec<u64>,
}

impl Pin {
    /// Its hits in the reports of a place.
    pub fn of_place(&self, place: PlaceId) -> u32 {
        self.counts.of(place)
    }

    /// Its marks in a report, if that is the open one.
    pub fn marks_in(&self, report: ReportId) -> Option<&Marks> {
        self.marks.as_ref().filter(|marks| marks.report == report)
    }
}

/// A pinned query as it is kept for the next run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptPin {
    /// As it was typed.
    pub query: String,
    /// Whether it was exact.
    pub exact: bool,
    /// Whether Latin letters were pinyin.
    pub pinyin: bool,
    /// Whether repeated paragraphs counted.
    pub repeats: bool,
}

/// The pinned queries, oldest first.
#[derive(Debug, Default)]
pub struct Pins {
    /// The queries.
    pub list: Vec<Pin>,
    /// The board that compares them, while it is open.
    pub board: Option<Board>,
    seq: u64,
}

impl Pins {
    /// The pins of the last run, to be counted when something is loaded.
    pub fn resume(kept: &[KeptPin]) -> Self {
        let mut pins = Self::default();
        for pin in kept {
            let options =
                QueryOptions { exact: pin.exact, pinyin: pin.pinyin, repeats: pin.repeats, ..QueryOptions::default() };
            if let Ok(query) = Query::read(&pin.query, options) {
                pins.add(query);
            }
        }
        pins
    }

    /// What is kept for the next run.
    pub fn kept(&self) -> Vec<KeptPin> {
        let keep = |pin: &Pin| {
            let QueryOptions { exact, pinyin, repeats, .. } = pin.query.options();
            KeptPin { query: pin.query.text().to_owned(), exact, pinyin, repeats }
        };
        self.list.iter().map(keep).collect()
    }

    /// Pins a query; says whether there was room for it. One that is pinned already stays as it is.
    pub fn add(&mut self, query: Query) -> bool {
        if self.list.iter().any(|pin| pin.query == query) {
            return true;
        }
        let free = (0u8..).take(MOST).find(|slot| self.list.iter().all(|pin| pin.slot != *slot));
        let Some(slot) = free else { return false };
        self.list.push(Pin { slot, query, counts: HitCounts::default(), marks: None, running: true, han: Vec::new() });
        true
    }

    /// Takes a pin away by its number in the list.
    pub fn remove(&mut self, index: usize) {
        if index < self.list.len() {
            self.list.remove(index);
        }
        match &mut self.board {
            Some(_) if self.list.is_empty() => self.board = None,
            Some(board) => {
                board.column = board.column.min(self.list.len().saturating_sub(1));
                board.sorted = board.sorted.filter(|&by| by < self.list.len());
            }
            None => {}
        }
    }

    /// The number of a query among the pins.
    pub fn index_of(&self, query: &Query) -> Option<usize> {
        self.list.iter().position(|pin| pin.query == *query)
    }

    /// Asks for the counts of all pins, or with `fresh` only of those that are not counted.
    pub fn ask(&mut self, corpus: &Arc<Corpus>, all: bool) -> Option<PinRequest> {
        self.seq += 1;
        for pin in &mut self.list {
            if all || pin.running {
                pin.running = true;
                pin.counts = HitCounts::default();
            }
        }
        let queries: Vec<(u8, Query)> =
            self.list.iter().filter(|pin| pin.running).map(|pin| (pin.slot, pin.query.clone())).collect();
        (!queries.is_empty()).then(|| PinRequest { seq: self.seq, corpus: Arc::clone(corpus), queries })
    }

    /// Takes a chunk of counts; the last one has the 汉字 of every place and ends that pin's counting.
    pub fn take(&mut self, seq: u64, slot: u8, corpus: &Corpus, counts: &[ReportCount], han: Option<Vec<u64>>) {
        if seq != self.seq {
            return;
        }
        if let Some(pin) = self.list.iter_mut().find(|pin| pin.slot == slot) {
            pin.counts.add_counts(corpus, counts);
            pin.running = han.is_none();
            pin.han = han.unwrap_or_default();
        }
    }
}

/// What a cell of the board says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BoardUnit {
    /// Hits.
    #[default]
    Hits,
    /// Hits per 10,000 汉字 of the place's reports.
    Rate,
}

impl BoardUnit {
    /// Its heading.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Hits => lang.pick("命中次数", "hits"),
            Self::Rate => lang.pick("每万字", "per 10,000 汉字"),
        }
    }
}

/// The board that compares pins by city: a row a place, a column a pin.
#[derive(Debug, Default)]
pub struct Board {
    /// The places, in the order they are shown.
    pub rows: Vec<PlaceId>,
    /// The selected place.
    pub selected: Option<PlaceId>,
    /// The selected pin's number in the list.
    pub column: usize,
    /// What cells say.
    pub unit: BoardUnit,
    /// The pin by which places are sorted, most first; as in the corpus if none.
    pub sorted: Option<usize>,
    /// Whether the sums of all places are selected instead of a place.
    pub on_sums: bool,
    /// Where the view stands.
    pub scroll: Scroll,
}

impl Board {
    /// Lists the places anew. The selection stays on its place.
    pub fn rebuild(&mut self, corpus: &Corpus, pins: &[Pin], height: usize) {
        self.rows = corpus.place_ids().collect();
        if let Some(pin) = self.sorted.and_then(|by| pins.get(by)) {
            let mut rows = std::mem::take(&mut self.rows);
            rows.sort_by(|a, b| self.value(pin, *b).total_cmp(&self.value(pin, *a)));
            self.rows = rows;
        }
        let row = self.selected_row().unwrap_or(0);
        self.select_row(row, height);
    }

    /// What a cell says of a place: hits, or their rate per 10,000 汉字 (0 where the place has none).
    pub fn value(&self, pin: &Pin, place: PlaceId) -> f64 {
        self.in_unit(pin.of_place(place).into(), pin.han.get(place.0 as usize).copied().unwrap_or(0))
    }

    /// The same of all places together.
    pub fn total(&self, pin: &Pin) -> f64 {
        self.in_unit(pin.counts.total, pin.han.iter().sum())
    }

    fn in_unit(&self, hits: u64, han: u64) -> f64 {
        match self.unit {
            BoardUnit::Hits => hits as f64,
            BoardUnit::Rate if han == 0 => 0.0,
            BoardUnit::Rate => hits as f64 * 10_000.0 / han as f64,
        }
    }

    /// Index of the selected row.
    pub fn selected_row(&self) -> Option<usize> {
        let selected = self.selected?;
        self.rows.iter().position(|&place| place == selected)
    }

    /// Selects row `row`, or the last there is.
    pub fn select_row(&mut self, row: usize, height: usize) {
        let row = row.min(self.rows.len().saturating_sub(1));
        self.selected = self.rows.get(row).copied();
        self.scroll.show(row, self.rows.len(), height);
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, height: usize) {
        let at = self.selected_row().unwrap_or(0);
        match motion {
            // Above the first place stand the sums of all.
            Motion::Rows(rows) if rows < 0 && at == 0 => self.on_sums = true,
            Motion::Rows(rows) if rows > 0 && self.on_sums => self.on_sums = false,
            _ => {
                self.on_sums = false;
                self.select_row(motion.from(at, self.rows.len(), height), height);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture;

    fn pins(queries: &[&str]) -> Pins {
        let mut pins = Pins::default();
        for query in queries {
            pins.add(Query::parse(query).unwrap());
        }
        pins
    }

    #[test]
    fn every_pin_has_a_colour_of_its_own_and_there_is_an_end() {
        let mut some = pins(&["水", "渠", "灯", "水"]);
        assert_eq!(some.list.iter().map(|p| p.slot).collect::<Vec<_>>(), [0, 1, 2]);
        some.remove(1);
        assert!(some.add(Query::parse("桥").unwrap()));
        assert_eq!(some.list.iter().map(|p| p.slot).collect::<Vec<_>>(), [0, 2, 1], "the freed colour is used again");
        let mut full = pins(&["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千"]);
        assert!(!full.add(Query::parse("万").unwrap()));
        assert_eq!(Pins::resume(&full.kept()).kept(), full.kept());
    }

    #[test]
    fn late_counts_are_dropped_and_only_what_is_missing_is_asked_again() {
        let corpus = Arc::new(fixture::corpus());
        let report = corpus.reports().next().unwrap().0;
        let place = corpus.place_of(report).unwrap();
        let count = |hits| [ReportCount { report, hits, repeats: 0, furniture: 0 }];
        let mut pins = pins(&["水", "渠"]);
        let old = pins.ask(&corpus, true).unwrap();
        let new = pins.ask(&corpus, true).unwrap();
        pins.take(old.seq, 0, &corpus, &count(9), Some(vec![100; 9]));
        pins.take(new.seq, 0, &corpus, &count(2), None);
        pins.take(new.seq, 0, &corpus, &[], Some(vec![100; 9]));
        assert_eq!((pins.list[0].of_place(place), pins.list[0].running), (2, false));
        let rest = pins.ask(&corpus, false).unwrap();
        assert_eq!(rest.queries.iter().map(|(slot, _)| *slot).collect::<Vec<_>>(), [1]);
        pins.take(rest.seq, 1, &corpus, &[], Some(vec![100; 9]));
        assert!(pins.ask(&corpus, false).is_none());
    }

    #[test]
    fn the_board_sorts_by_a_pin_and_keeps_its_place() {
        let corpus = Arc::new(fixture::corpus());
        let mut pins = pins(&["水"]);
        let request = pins.ask(&corpus, true).unwrap();
        let last = PlaceId(u32::try_from(corpus.places().len()).unwrap() - 1);
        let report = corpus.place(last).reports[0];
        pins.take(
            request.seq,
            0,
            &corpus,
            &[ReportCount { report, hits: 3, repeats: 0, furniture: 0 }],
            Some(vec![100; 9]),
        );
        let mut board = Board::default();
        board.rebuild(&corpus, &pins.list, 10);
        assert_eq!((board.selected, board.rows.len()), (Some(PlaceId(0)), corpus.places().len()));
        board.sorted = Some(0);
        board.rebuild(&corpus, &pins.list, 10);
        assert_eq!((board.rows[0], board.selected), (last, Some(PlaceId(0))), "the selection stays on its place");
        assert_eq!(board.value(&pins.list[0], last), 3.0);
        board.unit = BoardUnit::Rate;
        let rate = board.value(&pins.list[0], last);
        assert!((rate - 3.0 * 10_000.0 / 100.0).abs() < 1e-9);
        assert_eq!(board.total(&pins.list[0]), 3.0 * 10_000.0 / 900.0);
        board.go(Motion::Top, 10);
        board.go(Motion::Rows(-1), 10);
        assert!(board.on_sums, "above the first place stand the sums");
        board.go(Motion::Rows(1), 10);
        assert!(!board.on_sums && board.selected_row() == Some(0));
        pins.board = Some(board);
        pins.remove(0);
        assert!(pins.board.is_none(), "with the last pin the board closes");
    }
}
