//! What keys do to the palette of commands: it opens, is filtered, runs an action.

use crate::app::App;
use crate::app::overlay::{Outline, Overlay};
use crate::app::palette::Palette;
use crate::app::prompt::{Ask, Prompt};
use crate::command::{Action, KeyContext, key};
use crate::text::Lang;

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
        if palette.is_ready(action) {
            return self.dispatch(action);
        }
        let lang = self.screen.look.lang;
        let place = match action.context() {
            KeyContext::Global => lang.pick("此处无事可做", "nothing to do here"),
            KeyContext::Cities => lang.pick("在城市栏可用", "works in the city list"),
            KeyContext::Page => lang.pick("在正文可用", "works on the page"),
            KeyContext::Keywords => lang.pick("在关键词栏可用", "works in the keyword panel"),
            KeyContext::SharedWording => lang.pick("在同文栏可用", "works in the panel of shared wording"),
            KeyContext::Concordance => lang.pick("在语境列表可用", "works in the list of hits in context"),
            KeyContext::Board => lang.pick("在对比表可用", "works on the board"),
            KeyContext::View => lang.pick("在图中可用", "works in a view of the figures"),
            KeyContext::SideBySide => lang.pick("在并读时可用", "works while two sections stand side by side"),
            KeyContext::Prompt => lang.pick("键入时可用", "works while one types"),
            KeyContext::Marks => lang.pick("在标记列表可用", "works in the list of marks"),
            KeyContext::Overlay => lang.pick("在窗口中可用", "works in a window"),
        };
        let named = self.screen.keymap.keys(action).first().map(|own| key::format(*own)).unwrap_or_default();
        let name = action.hint(lang);
        match lang {
            Lang::Zh => self.say(format!("「{name}」（{named}）{place}"), ""),
            Lang::En => self.say("", format!("{name} ({named}) {place}")),
        }
    }
}
