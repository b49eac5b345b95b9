//! The palette of commands: every action with its keys, filtered as one types.
//!
//! In: the action table, the keys as they are, which actions would do something now, a filter. Out: rows. Does not know about:
//! how they are drawn, what an action does.

use std::ops::Range;

use crate::app::screen::scroll::Scroll;
use crate::command::{Action, ActionGroup, KeyContext, Keymap, key};
use crate::text::Lang;
use crate::text::pinyin::spelled;

/// A row of the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaletteRow {
    /// A heading.
    Group(&'static str),
    /// An action that can be run where it would do something now.
    Action(Action),
    /// What a sign on the screen means.
    Sign {
        /// The sign.
        sign: &'static str,
        /// Its meaning.
        doc: &'static str,
    },
    /// Air.
    Blank,
}

/// The open palette.
#[derive(Debug, Default)]
pub struct Palette {
    /// The rows that match the filter.
    pub rows: Vec<PaletteRow>,
    /// The selected action.
    pub selected: Option<Action>,
    /// Where the view stands.
    pub scroll: Scroll,
    /// What was typed.
    pub filter: String,
    /// How many headings of the open report match it, where no action does.
    pub heads: usize,
    /// The actions that would do something where the palette was opened.
    ready: Vec<Action>,
}

impl Palette {
    /// A palette over a state in which these actions would do something.
    pub fn new(ready: Vec<Action>) -> Self {
        Self { ready, ..Self::default() }
    }

    /// Whether an action would do something where the palette was opened.
    pub fn is_ready(&self, action: Action) -> bool {
        self.ready.contains(&action)
    }

    /// Lists what matches `filter` again, and selects the first: without a filter what works only where one is.
    pub fn rebuild(&mut self, keymap: &Keymap, filter: &str, lang: Lang, height: usize) {
        self.filter = filter.trim().to_owned();
        self.heads = 0;
        let filter = filter.trim().to_lowercase();
        self.rows = if filter.is_empty() { self.all(lang) } else { self.matching(keymap, &filter) };
        let actions = || self.rows.iter().filter_map(action_of);
        let ready = || actions().find(|action| filter.is_empty() && self.is_ready(*action));
        self.selected = ready().or_else(|| actions().next());
        self.scroll = Scroll::default();
        self.show(height);
    }

    fn all(&self, lang: Lang) -> Vec<PaletteRow> {
        let own = |action: &Action| action.context() != KeyContext::Global && self.is_ready(*action);
        let mut rows = Vec::new();
        let mut add = |title: &'static str, actions: Vec<Action>| {
            if !actions.is_empty() {
                if !rows.is_empty() {
                    rows.push(PaletteRow::Blank);
                }
                rows.push(PaletteRow::Group(title));
                rows.extend(actions.into_iter().map(PaletteRow::Action));
            }
        };
        add(lang.pick("此处", "Here"), Action::ALL.iter().copied().filter(own).collect());
        for group in ActionGroup::ALL {
            let of_group = |action: &Action| action.group() == group && !own(action);
            add(group.title(lang), Action::ALL.iter().copied().filter(of_group).collect());
        }
        let doc = lang.pick(
            "词后的 !：只因一个地方而显著，去掉那一地就不显著了",
            "behind a term: one place alone drives it; without that place it is not significant",
        );
        rows.extend([PaletteRow::Blank, PaletteRow::Sign { sign: "!", doc }]);
        rows
    }

    /// The actions that match, the best first; of equally good ones those that would do something now.
    fn matching(&self, keymap: &Keymap, filter: &str) -> Vec<PaletteRow> {
        let mut found: Vec<(u8, bool, Action)> = Action::ALL
            .iter()
            .filter_map(|&action| Some((rank(action, keymap, filter)?, !self.is_ready(action), action)))
            .collect();
        // Stable: the order of the table where nothing else decides.
        found.sort_by_key(|(rank, idle, _)| (*rank, *idle));
        found.into_iter().map(|(.., action)| PaletteRow::Action(action)).collect()
    }

    /// Index of the selected row.
    pub fn selected_row(&self) -> Option<usize> {
        let selected = self.selected?;
        self.rows.iter().position(|row| action_of(row) == Some(selected))
    }

    /// How many actions are listed.
    pub fn actions(&self) -> usize {
        self.rows.iter().filter_map(action_of).count()
    }

    /// Which of the listed actions is selected, counted from 0.
    pub fn place(&self) -> Option<usize> {
        let selected = self.selected?;
        self.rows.iter().filter_map(action_of).position(|action| action == selected)
    }

    /// Selects the action on row `row`, or the nearest one to it on the way from the row selected before.
    pub fn select_row(&mut self, row: usize, height: usize) {
        let row = row.min(self.rows.len().saturating_sub(1));
        let forward = self.selected_row().is_none_or(|before| row >= before);
        let (after, before) = (self.rows.get(row..).unwrap_or_default(), self.rows.get(..=row).unwrap_or_default());
        let down = || after.iter().find_map(action_of);
        let up = || before.iter().rev().find_map(action_of);
        self.selected = if forward { down().or_else(up) } else { up().or_else(down) };
        self.show(height);
    }

    /// Moves the view as little as needed for the selected row to be seen.
    pub fn show(&mut self, height: usize) {
        let row = self.selected_row().unwrap_or(0);
        // The heading above the first action is seen with it.
        let row = if row <= 1 { 0 } else { row };
        self.scroll.show(row, self.rows.len(), height);
    }
}

const fn action_of(row: &PaletteRow) -> Option<Action> {
    match row {
        PaletteRow::Action(action) => Some(*action),
        PaletteRow::Group(_) | PaletteRow::Sign { .. } | PaletteRow::Blank => None,
    }
}

/// How well an action matches what is typed (lower case), 0 best: its key, its short hint, its name, what it does; Chinese also
/// by pinyin.
fn rank(action: Action, keymap: &Keymap, filter: &str) -> Option<u8> {
    let is_key = keymap.keys(action).iter().any(|own| key::format(*own) == filter);
    let (hint, doc) = (action.hint(Lang::Zh), action.doc(Lang::Zh));
    let (hint_en, doc_en) = (action.hint(Lang::En).to_lowercase(), action.doc(Lang::En).to_lowercase());
    let name = action.name();
    let names = [hint_en.as_str(), name];
    if is_key || hint == filter || names.contains(&filter) {
        Some(0)
    } else if hint.contains(filter)
        || names.iter().any(|own| own.starts_with(filter))
        || spelled(hint, filter, true).is_some()
    {
        Some(1)
    } else if names.iter().any(|own| own.contains(filter)) || doc.contains(filter) || doc_en.contains(filter) {
        Some(2)
    } else {
        spelled(doc, filter, false).map(|_| 3)
    }
}

/// Which characters of a text (char indices) what is typed stands for; none where it is another column that matches.
pub fn matched(text: &str, typed: &str) -> Range<usize> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return 0..0;
    }
    let lower = text.to_lowercase();
    let found = lower.find(&typed).and_then(|at| lower.get(..at)).map(|before| {
        let start = before.chars().count();
        start..start + typed.chars().count()
    });
    found.or_else(|| spelled(text, &typed, false)).unwrap_or(0..0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(filter: &str) -> Option<Action> {
        let mut palette = Palette::new(Action::ALL.to_vec());
        palette.rebuild(&Keymap::default(), filter, Lang::Zh, 20);
        palette.selected
    }

    #[test]
    fn every_action_is_found_by_its_name_and_its_hints() {
        for &action in Action::ALL {
            for filter in [action.name(), action.hint(Lang::Zh), action.hint(Lang::En)] {
                let mut palette = Palette::new(Vec::new());
                palette.rebuild(&Keymap::default(), filter, Lang::En, 20);
                assert!(palette.rows.contains(&PaletteRow::Action(action)), "{filter} does not find {action:?}");
            }
        }
    }

    #[test]
    fn characters_pinyin_english_and_keys_find_an_action() {
        let cases = [
            ("热图", Action::HeatMap),
            ("retu", Action::HeatMap),
            ("rt", Action::HeatMap),
            ("heat", Action::HeatMap),
            ("tigang", Action::Outline),
            ("ctrl-z", Action::Suspend),
            ("Outline", Action::Outline),
            ("tuichu", Action::Quit),
        ];
        for (filter, want) in cases {
            assert_eq!(first(filter), Some(want), "{filter}");
        }
        assert_eq!(first("没有这样的命令"), None);
    }

    #[test]
    fn everything_is_listed_once_and_the_selection_never_rests_on_a_heading() {
        let mut palette = Palette::new(vec![Action::TermScope, Action::Collocates, Action::Quit]);
        palette.rebuild(&Keymap::default(), "", Lang::Zh, 7);
        let listed = palette.rows.iter().filter_map(action_of).count();
        assert_eq!(listed, Action::ALL.len());
        assert_eq!(palette.rows[1], PaletteRow::Action(Action::Collocates), "what works here alone stands first");
        for row in (0..palette.rows.len()).chain((0..palette.rows.len()).rev()) {
            palette.select_row(row, 7);
            let at = palette.selected_row().unwrap();
            assert!(matches!(palette.rows[at], PaletteRow::Action(_)) && at.abs_diff(row) <= 2);
        }
    }
}
