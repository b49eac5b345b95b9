//! The mouse: a click goes where it points, the wheel turns the panel under it.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use crate::app::overlay::Overlay;
use crate::app::palette::PaletteRow;
use crate::app::reading::rows::RowKind;
use crate::app::screen::layout::{
    PASSAGE_ROWS, Panel, board_columns, board_list, cities_list, concordance_list, overlay_list, page_text, terms_list,
    wording_parts,
};
use crate::app::screen::scroll::{Motion, Scroll};
use crate::app::{App, Cover};
use crate::command::Action;

/// Rows per notch of the wheel.
const NOTCH: isize = 3;

impl App {
    pub(in crate::app) fn on_mouse(&mut self, event: MouseEvent) {
        let at = Position::new(event.column, event.row);
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                // A key that is named can be clicked.
                let hint = self.hint_at(at);
                self.screen.notice = None;
                if let Some(hint) = hint {
                    return self.press(hint.action);
                }
                self.screen.dragged = self.border_at(at);
                if self.screen.dragged.is_some() {
                    return;
                }
                if self.overlay.is_some() { self.click_overlay(at) } else { self.click(at) }
            }
            MouseEventKind::Drag(MouseButton::Left) => match self.screen.dragged {
                Some(border) => self.drag_border(border, at),
                None => self.drag(at),
            },
            MouseEventKind::Up(MouseButton::Left) => self.screen.dragged = None,
            MouseEventKind::ScrollDown => self.wheel(at, Motion::Rows(NOTCH)),
            MouseEventKind::ScrollUp => self.wheel(at, Motion::Rows(-NOTCH)),
            _ => {}
        }
    }

    fn wheel(&mut self, at: Position, motion: Motion) {
        let height = self.overlay_height();
        let turn = |scroll: &mut Scroll, len: usize, height: usize| scroll.go(motion, len, height);
        match &mut self.overlay {
            Some(Overlay::Palette(palette)) => return turn(&mut palette.scroll, palette.rows.len(), height),
            Some(Overlay::Issues(list)) => return turn(&mut list.scroll, list.rows.len(), height),
            Some(Overlay::Outline(outline)) => return turn(&mut outline.scroll, outline.rows.len(), height),
            Some(Overlay::Marks(list)) => return turn(&mut list.scroll, list.rows.len(), height),
            Some(Overlay::Export(_)) => return,
            None => {}
        }
        match self.cover().filter(|_| self.view_area().contains(at)) {
            Some(Cover::View) => return self.move_view(motion),
            Some(Cover::Concordance) => return self.move_concordance(motion),
            Some(Cover::Board) => return self.move_board(motion),
            None => {}
        }
        match self.layout().panel_at(at.x, at.y) {
            Some((Panel::Cities, area)) => {
                turn(&mut self.cities.scroll, self.cities.rows.len(), cities_list(area).height.into());
            }
            Some((Panel::Keywords, _)) if self.reading.wording.open => self.move_wording(motion),
            Some((Panel::Keywords, area)) => {
                let len = self.keywords.len();
                turn(&mut self.keywords.scroll, len, terms_list(area).height.into());
            }
            Some((Panel::Page, area)) => self.reading.page.wheel(motion, page_text(area).height.into()),
            None => {}
        }
    }

    fn click(&mut self, at: Position) {
        if !self.views.frames.is_empty() {
            if self.view_area().contains(at) && self.click_tile(at) {
                return;
            }
            if let Some(list) = self.view_list() {
                if let Some(row) = row_in(list, at) {
                    self.click_view(row);
                }
                if self.view_area().contains(at) {
                    return;
                }
            }
            self.close_views();
        }
        if self.search.concordance.is_some() {
            let area = self.layout().concordance();
            if area.contains(at) {
                let list = concordance_list(area);
                match row_in(list, at) {
                    Some(row) if on_scrollbar(list, at) => self.drag_concordance(row),
                    Some(row) => self.click_line(row),
                    None => {}
                }
                return;
            }
        }
        if self.search.pins.board.is_some() {
            let area = self.layout().concordance();
            if area.contains(at) {
                if let Some(row) = row_in(board_list(area), at) {
                    let selected = self.search.pins.board.as_ref().map_or(0, |board| board.column);
                    let columns = board_columns(area.width, self.search.pins.list.len(), selected);
                    let from = at.x.checked_sub(area.x + columns.name);
                    let column = from.map(|x| columns.first + usize::from(x / columns.each.max(1)));
                    self.click_board(row, column);
                }
                return;
            }
        }
        let Some((panel, area)) = self.layout().panel_at(at.x, at.y) else {
            // On the list's own place while it is folded up, or beside it while it hangs down.
            return;
        };
        // A click beside an open prompt leaves the prompt as Esc would; one on the filtered list chooses there.
        if self.prompt.is_some() && panel != Panel::Cities {
            self.cancel_prompt();
        }
        match panel {
            Panel::Cities => {
                let list = cities_list(area);
                if self.prompt.is_none() {
                    self.focus_on(Panel::Cities);
                }
                let clicked = row_in(list, at).map(|row| row + self.cities.scroll.top);
                self.search.concordance = None;
                self.search.pins.board = None;
                if let Some(row) = clicked.filter(|row| *row < self.cities.rows.len()) {
                    self.cities.select_row(row, list.height.into());
                    if self.prompt.take().is_some() {
                        self.end_peek();
                        self.cities.filter.clear();
                        self.cities.rebuild(&self.corpus);
                    }
                    self.open_selected_city();
                }
            }
            Panel::Page => self.click_page(page_text(area), area, at),
            Panel::Keywords if self.reading.wording.open => {
                let list = wording_parts(area, self.layout().page.is_none()).list;
                self.focus_on(Panel::Keywords);
                let clicked =
                    row_in(list, at).map(|row| row / PASSAGE_ROWS + self.reading.wording.selection.scroll.top);
                if let Some(row) = clicked.filter(|row| *row < self.reading.wording.order.len()) {
                    if self.reading.wording.selection.row == row {
                        self.open_passage();
                    } else {
                        self.reading.wording.selection.row = row;
                    }
                }
            }
            Panel::Keywords => {
                let list = terms_list(area);
                self.focus_on(Panel::Keywords);
                let clicked = row_in(list, at).map(|row| row + self.keywords.scroll.top);
                if let Some(row) = clicked.filter(|row| *row < self.keywords.len()) {
                    // The first click selects, a second one on the same row opens the number.
                    if self.keywords.selected_row() == Some(row) {
                        self.open_view(Action::Activate);
                    } else {
                        self.keywords.select_row(row, list.height.into());
                    }
                }
            }
        }
    }

    fn click_page(&mut self, text: Rect, area: Rect, at: Position) {
        // A narrow screen shows the city list when the heading of the page is clicked.
        if at.y == area.y && self.layout().cities.is_none() {
            return self.focus_on(Panel::Cities);
        }
        self.focus_on(Panel::Page);
        if on_scrollbar(text, at) {
            return self.drag(at);
        }
        let clicked =
            row_in(text, at).and_then(|row| self.reading.page.rows.get(row + self.reading.page.scroll.top)).copied();
        if let Some(row) = clicked.filter(|row| row.kind != RowKind::Blank) {
            self.reading.page.mark = Some(row.span.start);
            if row.folded > 0 {
                self.toggle_fold();
            }
        }
    }

    fn drag(&mut self, at: Position) {
        let list = concordance_list(self.layout().concordance());
        if self.search.concordance.is_some() && self.overlay.is_none() && on_scrollbar(list, at) {
            return self.drag_concordance((at.y - list.y).into());
        }
        let Some(area) = self.layout().page.filter(|_| self.overlay.is_none() && self.cover().is_none()) else {
            return;
        };
        let text = page_text(area);
        if on_scrollbar(text, at) {
            let len = self.reading.page.rows.len();
            self.reading.page.scroll.drag((at.y - text.y).into(), len, text.height.into());
            self.reading.page.settle();
        }
    }

    fn click_overlay(&mut self, at: Position) {
        let window = self.overlay_area();
        if !window.contains(at) {
            self.close_overlay();
            if self.prompt.is_some() {
                self.cancel_prompt();
            }
            return;
        }
        let list = overlay_list(window, self.is_filtered());
        let Some(row) = row_in(list, at) else { return };
        if matches!(self.overlay, Some(Overlay::Export(_))) {
            return self.click_export(row, at.x - list.x);
        }
        match &mut self.overlay {
            Some(Overlay::Issues(issues)) => {
                let row = row + issues.scroll.top;
                if row < issues.rows.len() {
                    issues.selected = row;
                    self.dispatch(Action::Activate);
                }
            }
            Some(Overlay::Palette(palette)) => {
                if let Some(PaletteRow::Action(action)) = palette.rows.get(row + palette.scroll.top) {
                    palette.selected = Some(*action);
                    self.run_selected();
                }
            }
            Some(Overlay::Outline(outline)) => {
                let index = row + outline.scroll.top;
                if let Some(row) = outline.rows.get(index) {
                    outline.selected = Some(row.section);
                    self.prompt = None;
                    self.accept_outline();
                }
            }
            Some(Overlay::Marks(_)) => {
                self.prompt = None;
                self.click_mark(row);
            }
            Some(Overlay::Export(_)) | None => {}
        }
    }
}

fn row_in(area: Rect, at: Position) -> Option<usize> {
    area.contains(at).then(|| usize::from(at.y - area.y))
}

fn on_scrollbar(text: Rect, at: Position) -> bool {
    text.contains(at) && at.x + 1 == text.right()
}
