//! What keys do to pinned queries and to the board that compares them by city.
//!
//! In: actions, counts. Out: requests. Does not know about: how hits are counted or drawn.

use crate::app::App;
use crate::app::event::Effect;
use crate::app::job::Job;
use crate::app::screen::layout::board_list;
use crate::app::screen::scroll::Motion;
use crate::app::search::pins::{Board, BoardUnit};
use crate::command::Action;
use crate::index::search::ReportCount;

impl App {
    /// Pins the query that is on, or takes its pin away.
    pub(in crate::app) fn toggle_pin(&mut self) {
        let Some(query) = self.search.query.clone() else { return };
        let name = query.text().to_owned();
        if let Some(index) = self.search.pins.index_of(&query) {
            self.unpin(index);
            return self.say(format!("不再固定「{name}」"), format!("{name}: no longer pinned"));
        }
        if !self.search.pins.add(query) {
            return;
        }
        self.count_pins(false);
        self.look_here();
        self.say(format!("已固定「{name}」，按 M 对比"), format!("{name} is pinned; M compares"));
    }

    fn unpin(&mut self, index: usize) {
        self.search.pins.remove(index);
        self.rebuild_board();
    }

    fn count_pins(&mut self, all: bool) {
        if let Some(request) = self.search.pins.ask(&self.corpus, all) {
            self.effects.push(Effect::run(Job::CountPins(request)));
        }
    }

    /// More of the corpus is there. While it loads, pins are counted again once they have been counted.
    pub(in crate::app) fn count_pins_of(&mut self, all_of_it: bool) {
        if all_of_it || self.search.pins.list.iter().all(|pin| !pin.running || pin.counts.reports == 0) {
            self.count_pins(true);
        }
        self.rebuild_board();
    }

    pub(in crate::app) fn on_pin_counts(&mut self, seq: u64, slot: u8, counts: &[ReportCount], han: Option<Vec<u64>>) {
        let last = han.is_some();
        self.search.pins.take(seq, slot, &self.corpus, counts, han);
        if last {
            self.rebuild_board();
        }
    }

    /// Opens the board, or closes it.
    pub(in crate::app) fn toggle_board(&mut self) {
        if self.search.pins.board.take().is_some() {
            return;
        }
        if self.search.pins.list.is_empty() {
            return;
        }
        self.search.concordance = None;
        let here = self.reading.page.report.and_then(|report| self.corpus.place_of(report));
        self.search.pins.board = Some(Board { selected: here, ..Board::default() });
        self.rebuild_board();
        let height = self.board_height();
        if let Some(board) = &mut self.search.pins.board {
            let row = board.selected_row().unwrap_or(0);
            board.scroll.place(row, height / 2, board.rows.len(), height);
        }
    }

    pub(in crate::app) fn board_height(&self) -> usize {
        board_list(self.layout().concordance()).height.into()
    }

    fn rebuild_board(&mut self) {
        let height = self.board_height();
        if let Some(board) = &mut self.search.pins.board {
            board.rebuild(&self.corpus, &self.search.pins.list, height);
        }
    }

    pub(in crate::app) fn board_action(&mut self, action: Action) {
        if let Some(motion) = Motion::of(action) {
            return self.move_board(motion);
        }
        let last = self.search.pins.list.len().saturating_sub(1);
        let Some(board) = &mut self.search.pins.board else { return };
        match action {
            Action::CloseOverlay | Action::Cancel | Action::Board => self.search.pins.board = None,
            Action::BoardLeft => board.column = board.column.saturating_sub(1),
            Action::BoardRight => board.column = (board.column + 1).min(last),
            Action::BoardOrder => {
                board.sorted = if board.sorted == Some(board.column) { None } else { Some(board.column) };
                self.rebuild_board();
            }
            Action::BoardUnit => {
                board.unit = match board.unit {
                    BoardUnit::Hits => BoardUnit::Rate,
                    BoardUnit::Rate => BoardUnit::Hits,
                };
                self.rebuild_board();
            }
            Action::Unpin => {
                let column = board.column;
                self.unpin(column);
            }
            Action::Activate => self.open_cell(),
            Action::JumpCity => {
                self.search.pins.board = None;
                self.act(action);
            }
            Action::Help | Action::Issues | Action::Quit | Action::Suspend | Action::Redraw | Action::Search => {
                self.act(action);
            }
            _ => {}
        }
    }

    pub(in crate::app) fn move_board(&mut self, motion: Motion) {
        let height = self.board_height();
        if let Some(board) = &mut self.search.pins.board {
            board.go(motion, height);
        }
    }

    /// Selects the row and column that were clicked; a second time opens them.
    pub(in crate::app) fn click_board(&mut self, row: usize, column: Option<usize>) {
        let height = self.board_height();
        let Some(board) = &mut self.search.pins.board else { return };
        let at = board.scroll.top + row;
        if at >= board.rows.len() {
            return;
        }
        let before = (board.selected_row().filter(|_| !board.on_sums), board.column);
        board.on_sums = false;
        board.select_row(at, height);
        board.column = column.unwrap_or(board.column).min(self.search.pins.list.len().saturating_sub(1));
        if before == (Some(at), board.column) {
            self.open_cell();
        }
    }

    /// Goes to the selected place with the selected pin as the search that is on; of the sums to the list of all its hits.
    fn open_cell(&mut self) {
        let Some((place, column, sums)) =
            self.search.pins.board.as_ref().and_then(|b| Some((b.selected?, b.column, b.on_sums)))
        else {
            return;
        };
        let Some(query) = self.search.pins.list.get(column).map(|pin| pin.query.clone()) else { return };
        self.search.pins.board = None;
        self.session.keep_query(query.text());
        if self.search.query.as_ref() != Some(&query) {
            self.search.options = query.options();
            self.start_search(Some(query));
        }
        if sums {
            return self.toggle_concordance();
        }
        self.visit_place(place);
        self.focus_on(crate::app::Panel::Page);
        let here = self.reading.page.report.is_some_and(|report| !self.search.hits_in(report).is_empty());
        if here {
            self.step_hit(true);
        }
    }
}
