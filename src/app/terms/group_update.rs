//! Keyword groups are made, named, edited and taken away in one line. In: what is typed. Out: the groups, a request to keep them.
//! Does not know about: files.

use std::sync::Arc;

use crate::analysis::Question;
use crate::app::App;
use crate::app::event::Effect;
use crate::app::kept::KeepRequest;
use crate::app::prompt::{Ask, Prompt};
use crate::app::views::View;
use crate::config::GroupChange;
use crate::index::groups::Groups;
use crate::table::Kind;

impl App {
    /// Asks for the selected group, or for a new one that begins with the selected term.
    pub(in crate::app) fn edit_group(&mut self) {
        let selected = self.selected_group();
        let group = selected.and_then(|name| self.keywords.groups.list().iter().find(|group| group.name == name));
        let (before, text) = match group {
            Some(group) => (Some(group.name.clone()), GroupChange::line(&group.name, &group.words)),
            None => {
                let term = self.keywords.selected.clone().unwrap_or_default();
                let name = self.screen.look.lang.pick("新词组", "new group");
                (None, GroupChange::line(name, &[term]))
            }
        };
        self.keywords.editing = before;
        self.prompt = Some(Prompt::new(Ask::Group, &text));
    }

    /// The group that is selected in a view of them.
    fn selected_group(&self) -> Option<String> {
        let View::Answer(answer) = &self.views.frames.last()?.view else { return None };
        let Question::Groups(_) = &answer.question else { return None };
        let (table, row) = (answer.table.as_ref()?, answer.row()?);
        let (at, column) = table.keys().find(|(_, column)| column.kind == Kind::Group)?;
        Some(table.cell(row, at).shown(column.kind).into_owned())
    }

    /// Takes what was typed: a name, a colon, words; without words the group is taken away.
    pub(in crate::app) fn accept_group(&mut self, text: &str) {
        let before = self.keywords.editing.take();
        let Some(change) = GroupChange::typed(text, before) else {
            return self.say("写成：名称：词、词", "write: name: word, word");
        };
        let list = self.keywords.groups.list().iter().map(|group| (group.name.clone(), group.words.clone()));
        let mut list: Vec<(String, Vec<String>)> = list.collect();
        change.apply(&mut list);
        self.keywords.groups = Arc::new(Groups::new(list));
        let (name, words) = (change.name.clone(), change.words.len());
        match words {
            0 => self.say(format!("词组「{name}」已去掉"), format!("group {name}: taken away")),
            _ => self.say(format!("词组「{name}」有 {words} 个词，已存"), format!("group {name}: {words} words, kept")),
        }
        self.effects.push(Effect::Keep(KeepRequest::Group(change)));
        // What counts groups is counted anew.
        self.forget_views();
    }
}
