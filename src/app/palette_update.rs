//! What keys do to the palette of commands: it opens, is filtered, runs an action.

use crate::app::App;
use crate::app::overlay::{Outline, Overlay};
use crate::app::palette::Palette;
use crate::app::prompt::{Ask, Prompt};
use crate::command::Action;

impl App {
    /// Opens the palette over what is there.
    pub(super) fn open_palette(&mut self) {
        self.close_overlay();
        let ready = Action::ALL.iter().copied().filter(|action| self.offers(*action)).collect();
        self.overlay = Some(Overlay::Palette(Palette::new(ready)));
        self.prompt = Some(Prompt::new(Ask::Command, ""));
        self.filter_palette();
    }

    /// Lists what matches what is typed.
    pub(super) fn filter_palette(&mut self) {
        let (height, lang) = (self.overlay_height(), self.screen.look.lang);
        let filter = self.prompt.as_ref().map_or("", Prompt::text);
        if let Some(Overlay::Palette(palette)) = &mut self.overlay {
            palette.rebuild(&self.screen.keymap, filter, lang, height);
            if palette.rows.is_empty()
                && let Some((document, report)) = self.reading.page.report.and_then(|id| self.corpus.report(id))
            {
                palette.heads = Outline::matching(document, report, filter).len();
            }
        }
    }

    /// Closes the palette and runs the selected action, as its key would; one that does nothing here says where it works.
    pub(super) fn run_selected(&mut self) {
        self.prompt = None;
        let Some(Overlay::Palette(palette)) = self.overlay.take() else { return };
        let Some(action) = palette.selected else {
            // What is no command may be a heading.
            if palette.heads > 0 {
                self.open_outline(&palette.filter);
            }
            return;
        };
        self.press(action);
    }
}
