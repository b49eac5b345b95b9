//! A line of input: what is typed, where its cursor stands, and what it is for.
//!
//! In: keys and pasted text. Out: its text. Does not know about: what the text then does.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, InputRequest};

use crate::app::cities::Item;
use crate::app::screen::layout::Panel;
use crate::app::screen::scroll::Scroll;
use crate::corpus::ReportId;
use crate::index::search::{Query, QueryOptions};
use crate::text::visible::is_hidden;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Which city to jump to.
    City,
    /// With which city to compare.
    Against,
    /// With the report of which city to compare the one that is read.
    Compare,
    /// What to search.
    Search,
    /// Which section to jump to; belongs to the outline window.
    Outline,
    /// Which source line to go to.
    Line,
    /// Which action to run; belongs to the palette.
    Command,
    /// What to note about a mark.
    Note,
    /// A keyword group: its name and its words.
    Group,
    /// Which marks to list; belongs to their list.
    Marks,
    /// Into which file marks go.
    Export,
    /// Into which file a table is written; belongs to the export window.
    Table,
}

/// Where things stood when a prompt was opened; Esc goes back there.
#[derive(Debug, Clone)]
pub struct Before {
    pub(super) focus: Panel,
    pub(super) main: Panel,
    pub(super) selected: Option<Item>,
    pub(super) cities_scroll: Scroll,
    pub(super) query: Option<Query>,
    pub(super) options: QueryOptions,
    pub(super) spot: Option<(ReportId, u32)>,
    pub(super) anchor: u32,
    pub(super) mark: Option<u32>,
    /// The user moved the selection; typing no longer moves it while it matches.
    pub(super) moved: bool,
    /// The list of hits in context was open.
    pub(super) listed: bool,
}

/// An open prompt.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// What it is for.
    pub ask: Ask,
    /// Where things stood when it was opened, for prompts that change something as one types.
    pub(super) before: Option<Before>,
    input: Input,
    /// While an entry of the past is shown: which one, and what had been typed before.
    past: Option<(usize, String)>,
}

impl Prompt {
    /// An open prompt that begins with `text`.
    pub fn new(ask: Ask, text: &str) -> Self {
        Self { ask, before: None, input: Input::new(text.to_owned()), past: None }
    }

    /// The same, knowing where to go back to.
    #[must_use]
    pub(super) fn with(mut self, before: Before) -> Self {
        self.before = Some(before);
        self
    }

    /// Puts `text` in the place of what has been typed.
    pub(super) fn fill(&mut self, text: &str) {
        self.input = Input::new(text.to_owned());
    }

    /// What has been typed.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// What stands before the cursor.
    pub fn before_cursor(&self) -> &str {
        let text = self.input.value();
        let end = text.char_indices().nth(self.input.cursor()).map_or(text.len(), |(i, _)| i);
        text.get(..end).unwrap_or_default()
    }

    /// Whether there is an entry of `past` before or after the one shown.
    pub fn can_recall(&self, past: &[String], older: bool) -> bool {
        let at = self.past.as_ref().map_or(past.len(), |(at, _)| *at).min(past.len());
        if older { at > 0 } else { at < past.len() }
    }

    /// Shows the entry of `past` (oldest first) before or after the one shown; after the newest, what had been typed. Says
    /// whether there is one.
    pub fn recall(&mut self, past: &[String], older: bool) -> bool {
        let (at, typed) = self.past.take().unwrap_or_else(|| (past.len(), self.text().to_owned()));
        let at = at.min(past.len());
        let next = if older { at.checked_sub(1) } else { (at < past.len()).then_some(at + 1) };
        if let Some(next) = next {
            self.input = Input::new(past.get(next).unwrap_or(&typed).clone());
        }
        self.past = Some((next.unwrap_or(at), typed));
        next.is_some()
    }

    /// Takes a key that is no action; says whether the text changed.
    pub fn type_key(&mut self, key: KeyEvent) -> bool {
        let Some(request) = request(key) else { return false };
        let changed = self.input.handle(request).is_some_and(|change| change.value);
        if changed {
            self.past = None;
        }
        changed
    }

    /// Takes pasted text, control characters dropped, line ends as blanks; says whether the text changed.
    pub fn paste(&mut self, text: &str) -> bool {
        let text = text.trim_matches(['\r', '\n']);
        let mut changed = false;
        for c in text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }).filter(|c| !is_hidden(*c)) {
            changed |= self.input.handle(InputRequest::InsertChar(c)).is_some();
        }
        changed
    }
}

/// The editing keys of a shell's line.
fn request(key: KeyEvent) -> Option<InputRequest> {
    use InputRequest as R;
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    Some(match key.code {
        KeyCode::Char(c) if !control && !alt => R::InsertChar(c),
        KeyCode::Backspace if alt || control => R::DeletePrevWord,
        KeyCode::Backspace => R::DeletePrevChar,
        KeyCode::Delete => R::DeleteNextChar,
        KeyCode::Left if control || alt => R::GoToPrevWord,
        KeyCode::Right if control || alt => R::GoToNextWord,
        KeyCode::Left => R::GoToPrevChar,
        KeyCode::Right => R::GoToNextChar,
        KeyCode::Home => R::GoToStart,
        KeyCode::End => R::GoToEnd,
        KeyCode::Char('a') if control => R::GoToStart,
        KeyCode::Char('e') if control => R::GoToEnd,
        KeyCode::Char('b') if alt => R::GoToPrevWord,
        KeyCode::Char('f') if alt => R::GoToNextWord,
        KeyCode::Char('b') if control => R::GoToPrevChar,
        KeyCode::Char('f') if control => R::GoToNextChar,
        KeyCode::Char('h') if control => R::DeletePrevChar,
        KeyCode::Char('d') if control => R::DeleteNextChar,
        KeyCode::Char('w') if control => R::DeletePrevWord,
        KeyCode::Char('d') if alt => R::DeleteNextWord,
        KeyCode::Char('u') if control => R::DeleteFromStart,
        KeyCode::Char('k') if control => R::DeleteTillEnd,
        KeyCode::Char('y') if control => R::Yank,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editing_keys_do_what_a_shell_does() {
        let mut prompt = Prompt::new(Ask::Search, "");
        let key = |code, modifiers| KeyEvent::new(code, modifiers);
        for c in "云岭市 报告".chars() {
            assert!(prompt.type_key(key(KeyCode::Char(c), KeyModifiers::NONE)));
        }
        assert_eq!(prompt.before_cursor(), "云岭市 报告");
        assert!(!prompt.type_key(key(KeyCode::Home, KeyModifiers::NONE)));
        assert_eq!(prompt.before_cursor(), "");
        assert!(!prompt.type_key(key(KeyCode::Right, KeyModifiers::NONE)));
        assert_eq!(prompt.before_cursor(), "云");
        assert!(prompt.type_key(key(KeyCode::Char('k'), KeyModifiers::CONTROL)));
        assert_eq!(prompt.text(), "云");
        assert!(prompt.type_key(key(KeyCode::Char('h'), KeyModifiers::CONTROL)));
        assert_eq!(prompt.text(), "");
        assert!(!prompt.type_key(key(KeyCode::F(5), KeyModifiers::NONE)));
    }

    #[test]
    fn the_past_is_walked_and_left_again() {
        let past = ["水渠".to_owned(), "护坡".to_owned()];
        let mut prompt = Prompt::new(Ask::Search, "村");
        let steps = [
            (false, "村"),
            (true, "护坡"),
            (true, "水渠"),
            (true, "水渠"),
            (false, "护坡"),
            (false, "村"),
            (false, "村"),
        ];
        for (older, want) in steps {
            prompt.recall(&past, older);
            assert_eq!(prompt.text(), want);
        }
        assert!(!prompt.recall(&[], true));
    }

    #[test]
    fn pasted_text_is_text() {
        let mut prompt = Prompt::new(Ask::Search, "乡");
        assert!(prompt.paste("村\x1b[31m\n振\u{7}兴\u{202e}\r\n"));
        assert_eq!(prompt.text(), "乡村[31m 振兴");
        assert!(!prompt.paste("\x1b\r\n"));
    }
}
