//! The one way in which the state changes: an event goes in, effects come out.
//!
//! In: [`Event`]s. Out: [`Effect`]s. Does not know about: who performs them. What an event does to a part is said beside that
//! part.

use crate::app::App;
use crate::app::event::{Effect, Event};
use crate::app::notice::Notice;
use crate::app::overlay::Overlay;
use crate::app::screen::layout::{cities_list, overlay_list, page_text, terms_list};
use crate::app::screen::scroll::Motion;
use crate::app::screen::{Layout, Panel};
use crate::app::search::concordance::ConcordanceLines;
use crate::text::width::Ambiguous;

impl App {
    /// Takes an event; says what the loop must do now. The only way in which the state changes.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Key(key) => self.on_key(key),
            Event::Mouse(mouse) => self.on_mouse(mouse),
            Event::Paste(text) => self.on_paste(&text),
            Event::Resize(width, height) => self.on_resize(width, height),
            Event::Ambiguous(width) => self.on_ambiguous(width),
            Event::Loaded(loaded) => self.on_loaded(loaded),
            Event::Renewed(renewed) => self.on_renewed(renewed),
            Event::Watching(on) => self.loading.watching = on,
            Event::Counts { seq, counts } => {
                if self.search.take(seq, &self.corpus, &counts) {
                    self.list_silent();
                }
            }
            Event::Here { seq, slot, marks } => self.on_marks(seq, slot, marks),
            Event::PinCounts { seq, slot, counts, han } => self.on_pin_counts(seq, slot, &counts, han),
            Event::SearchedOutside { seq, hits } => self.search.take_outside(seq, hits),
            Event::Meant { seq, meant } => self.search.suggest(seq, meant),
            Event::SearchEnded { seq } => {
                if self.search.end(seq) {
                    self.list_silent();
                }
            }
            Event::Lines { seq, first, total, followed, by_word, lines } => {
                self.on_lines(seq, ConcordanceLines { first, total, followed, by_word, lines });
            }
            Event::Terms { seq, sheet, ended } => {
                let height = self.terms_height();
                self.keywords.take(seq, sheet, ended, height);
            }
            Event::Counting { counted, all } => {
                let done = (counted < all).then_some((counted, all));
                // While a view is seen, nobody counts for the panel.
                let waits =
                    if self.views.frames.is_empty() { &mut self.keywords.progress } else { &mut self.views.progress };
                *waits = done;
            }
            Event::View { seq, answer } => self.on_view(seq, answer),
            Event::Wording { seq, sheet, ended } => {
                let height = self.wording_height();
                self.reading.wording.take(seq, sheet, ended, height);
            }
            Event::Indexing { done, all } => self.reading.wording.progress = (done < all).then_some((done, all)),
            Event::Judged => self.on_judged(),
            Event::Strip { seq, spans } => self.keywords.take_strip(seq, spans),
            Event::Wrapped { seq, rows } => self.on_wrapped(seq, rows),
            Event::Exported { seq, outcome } => self.on_exported(seq, outcome),
            Event::Edited(outcome) => {
                if let Err(why) = outcome {
                    self.screen.notice = Some(Notice::trouble(why));
                }
            }
            Event::Notice(notice) => self.screen.notice = Some(notice),
            Event::Stop => self.effects.push(Effect::Suspend),
            Event::Continued => self.effects.push(Effect::Retake),
            Event::Quit => self.effects.push(Effect::Quit),
        }
        self.ask_lines();
        self.ask_view();
        self.follow();
        self.follow_wording();
        std::mem::take(&mut self.effects)
    }

    pub(super) fn on_resize(&mut self, width: u16, height: u16) {
        self.screen.size = (width, height);
        if let Some(list) = &mut self.search.concordance {
            list.outgrow();
        }
        self.lay_out_page();
        self.settle_lists();
    }

    /// Everything is laid out anew: what stands on the screen was made for other widths.
    pub(super) fn on_ambiguous(&mut self, width: Ambiguous) {
        if self.screen.look.ambiguous != width {
            self.screen.look.ambiguous = width;
            self.reading.page.forget_rows();
            self.on_resize(self.screen.size.0, self.screen.size.1);
            self.effects.push(Effect::Redraw);
        }
    }

    /// Keeps every list's selection in view after heights changed.
    pub(super) fn settle_lists(&mut self) {
        let height = self.cities_height();
        if let Some(row) = self.cities.selected_row() {
            self.cities.scroll.show(row, self.cities.rows.len(), height);
        }
        let height = self.terms_height();
        if let Some(row) = self.keywords.selected_row() {
            let len = self.keywords.len();
            self.keywords.scroll.show(row, len, height);
        }
        self.move_wording(Motion::Rows(0));
        let height = self.concordance_height();
        if let Some(list) = &mut self.search.concordance {
            list.scroll.show(list.selected, list.total, height);
        }
        let height = self.board_height();
        if let Some(board) = &mut self.search.pins.board
            && let Some(row) = board.selected_row()
        {
            board.scroll.show(row, board.rows.len(), height);
        }
        self.settle_view();
        let height = self.overlay_height();
        match &mut self.overlay {
            Some(Overlay::Outline(outline)) => {
                if let Some(row) = outline.selected_row() {
                    outline.scroll.show(row, outline.rows.len(), height);
                }
            }
            Some(Overlay::Issues(list)) => list.scroll.show(list.selected, list.rows.len(), height),
            Some(Overlay::Palette(palette)) => palette.show(height),
            Some(Overlay::Marks(list)) => {
                let row = list.selected_row(&self.reading.kept.marks).unwrap_or(0);
                list.scroll.show(row, list.rows.len(), height);
            }
            Some(Overlay::Export(_)) | None => {}
        }
    }

    pub(super) fn cities_height(&self) -> usize {
        self.layout().cities.map_or(0, |area| cities_list(area).height.into())
    }

    pub(super) fn terms_height(&self) -> usize {
        self.layout().keywords.map_or(0, |area| terms_list(area).height.into())
    }

    pub(super) fn page_height(&self) -> usize {
        let Some(text) = self.page_area().map(page_text) else { return 0 };
        // What a window leaves of the page is where passages are shown.
        let window = self.overlay.as_ref().filter(|window| window.shows_passages()).map(|_| self.overlay_area());
        let left = window.map_or(text.height, |window| window.y.saturating_sub(text.y).min(text.height));
        usize::from(if left == 0 { text.height } else { left })
    }

    /// Where the open window stands.
    pub fn overlay_area(&self) -> ratatui::layout::Rect {
        match &self.overlay {
            Some(window) if window.shows_passages() => self.layout().docked(),
            Some(Overlay::Export(_)) => self.layout().dialog(),
            _ => self.layout().overlay(),
        }
    }

    /// The section view's area, or the one it will have when it is shown again.
    pub(super) fn page_area(&self) -> Option<ratatui::layout::Rect> {
        Layout::with_widths(self.screen.size, Panel::Page, Panel::Page, self.screen.widths).page
    }

    pub(super) fn overlay_height(&self) -> usize {
        overlay_list(self.overlay_area(), self.is_filtered()).height.into()
    }

    /// Whether the open window has a filter above its list.
    pub(super) fn is_filtered(&self) -> bool {
        matches!(self.overlay, Some(Overlay::Outline(_) | Overlay::Palette(_) | Overlay::Marks(_) | Overlay::Export(_)))
    }
}
