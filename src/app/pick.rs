//! Choosing one passage or place for another program. In: what is to be chosen. Out: the effect that leaves with it. Does not
//! know about: who asked for it, how it is told.

use crate::app::event::Effect;
use crate::app::prompt::Ask;
use crate::app::{App, Cover, Panel, PickKind};
use crate::index::quotation::ChosenSource;
use crate::index::search::Query;

impl App {
    /// The state of a run that chooses: with the hits of a query in a list, or a filter in the list of places.
    #[must_use]
    pub fn picking(mut self, kind: PickKind, query: Option<&str>) -> Self {
        self.screen.picking = Some(kind);
        match kind {
            PickKind::Passage => {
                let query = query.and_then(|text| Query::read(text, self.search.options).ok());
                let list = query.is_some();
                self.search.query = query;
                if list {
                    self.toggle_concordance();
                }
                self.say("回车选定这一段，Esc 放弃", "Enter chooses this paragraph, Esc leaves without");
            }
            PickKind::Place => {
                self.search.query = None;
                self.open_prompt(Ask::City);
                if let Some(prompt) = &mut self.prompt {
                    prompt.fill(query.unwrap_or_default());
                }
                self.prompt_changed();
            }
        }
        self
    }

    /// Leaves with what one points at, where a passage is to be chosen; says whether one is.
    pub(in crate::app) fn choose_passage(&mut self) -> bool {
        if self.screen.picking != Some(PickKind::Passage) {
            return false;
        }
        let chosen = self.pointed().and_then(|it| ChosenSource::passage(&self.corpus, it.report, it.lines));
        self.effects.extend(chosen.map(|chosen| Effect::Choose(Box::new(chosen))));
        true
    }

    /// Leaves with the selected place, where a place is to be chosen; says whether one is.
    pub(in crate::app) fn choose_place(&mut self) -> bool {
        if self.screen.picking != Some(PickKind::Place) {
            return false;
        }
        let place = self.cities.selected_row().and_then(|_| self.cities.selected_place(&self.corpus));
        let chosen = place.and_then(|place| ChosenSource::place(&self.corpus, place));
        match chosen {
            Some(chosen) => self.effects.push(Effect::Choose(Box::new(chosen))),
            None => self.say("没有这样的地方", "no such place"),
        }
        true
    }

    /// Whether Esc leaves a run that chooses: nothing that it could close is open.
    pub fn leaves_unchosen(&self) -> bool {
        let open = self.prompt.is_some() || self.overlay.is_some();
        let covered = matches!(self.cover(), Some(Cover::View | Cover::Board));
        let ranged = self.reading.page.range.is_some() || self.reading.highlight.is_some();
        let home = match self.screen.picking {
            None => return false,
            Some(PickKind::Passage) => self.screen.focus == Panel::Page,
            Some(PickKind::Place) => true,
        };
        home && !open && !covered && !ranged
    }
}
