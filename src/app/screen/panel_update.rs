//! Panels are made wider and narrower. In: keys, the mouse. Out: the widths that the user wants. Does not know about: what stands in
//! the panels.

use ratatui::layout::Position;

use crate::app::App;
use crate::app::screen::layout::Panel;
use crate::app::screen::panel_widths::PanelBorder;

/// Columns that one key adds or takes away.
const STEP: u16 = 2;

impl App {
    /// Makes the panel with the focus wider or narrower; the page takes from the keywords, or gives them room.
    pub(in crate::app) fn resize_panel(&mut self, wider: bool) {
        let layout = self.layout();
        let step = |columns: u16, wider: bool| if wider { columns + STEP } else { columns.saturating_sub(STEP) };
        let (border, columns) = match (self.screen.focus, layout.cities.filter(|_| !layout.dropdown), layout.keywords) {
            (Panel::Cities, Some(list), _) => (PanelBorder::Cities, step(list.width, wider)),
            (Panel::Keywords, Some(_), Some(terms)) if layout.page.is_some() => {
                (PanelBorder::Keywords, step(terms.width, wider))
            }
            (Panel::Page, Some(_), Some(terms)) => (PanelBorder::Keywords, step(terms.width, !wider)),
            (_, Some(list), _) => (PanelBorder::Cities, step(list.width, !wider)),
            _ => return,
        };
        self.set_width(border, columns);
    }

    /// The border at a position of the screen.
    pub(in crate::app) fn border_at(&self, at: Position) -> Option<PanelBorder> {
        let layout = self.layout();
        if self.overlay.is_some() || at.y >= layout.body.bottom() {
            return None;
        }
        let after = layout.cities.filter(|_| !layout.dropdown).map(|list| list.right());
        let before = layout.keywords.filter(|_| layout.page.is_some() && self.cover().is_none()).map(|terms| terms.x);
        match () {
            () if after == Some(at.x) => Some(PanelBorder::Cities),
            () if before == Some(at.x + 1) => Some(PanelBorder::Keywords),
            () => None,
        }
    }

    /// Moves a border to where the mouse is.
    pub(in crate::app) fn drag_border(&mut self, border: PanelBorder, at: Position) {
        match border {
            PanelBorder::Cities => self.set_width(border, at.x),
            PanelBorder::Keywords => self.set_width(border, self.screen.size.0.saturating_sub(at.x + 1)),
        }
    }

    fn set_width(&mut self, border: PanelBorder, columns: u16) {
        let widths = &mut self.screen.widths;
        match border {
            PanelBorder::Cities => widths.cities = Some(columns),
            PanelBorder::Keywords => widths.keywords = Some(columns),
        }
        // What the screen has room for is what is kept.
        let layout = self.layout();
        match border {
            PanelBorder::Cities => self.screen.widths.cities = layout.cities.map(|list| list.width),
            PanelBorder::Keywords => self.screen.widths.keywords = layout.keywords.map(|terms| terms.width),
        }
        // A width that the settings give stays theirs to change.
        let (kept, now) = (&mut self.session.widths, self.screen.widths);
        match border {
            PanelBorder::Cities => kept.cities = now.cities,
            PanelBorder::Keywords => kept.keywords = now.keywords,
        }
        self.on_resize(self.screen.size.0, self.screen.size.1);
    }
}
