//! The bottom line: what there is to tell, and from the right the keys worth naming as far as there is room. Where a key is
//! named it can be clicked.
//!
//! In: the state. Out: words, hints and their columns. Does not know about: colours; which keys are worth naming (see `hints`).

use std::ops::Range;

use ratatui::layout::{Position, Rect};

use crate::app::awaited::percent;
use crate::app::notice::Weight;
use crate::app::screen::hints::Hint;
use crate::app::screen::layout::concordance_parts;
use crate::app::{App, Cover};
use crate::command::{Action, key};
use crate::text::Lang;
use crate::text::width::{Ambiguous, str_width};

/// Keys that are named even where what goes on must be cut for them.
const FIRST: usize = 3;

/// A hint and the columns of the screen it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedHint {
    /// The hint.
    pub hint: Hint,
    /// From the first column of the key to behind the word.
    pub columns: Range<u16>,
}

/// What stands in the bottom line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BottomLine {
    /// What there is to tell, from the left: a notice, else what goes on.
    pub text: String,
    /// How much the notice matters; `None`: it is none.
    pub weight: Option<Weight>,
    /// The keys, the one needed next at the right.
    pub hints: Vec<PlacedHint>,
}

impl App {
    /// What stands in the bottom line; hints of a notice's line only where room is left.
    pub fn bottom_line(&self) -> BottomLine {
        let area = self.layout().status;
        let ambiguous = self.screen.look.ambiguous;
        let (text, weight) = match &self.screen.notice {
            Some(notice) => (notice.text.clone(), Some(notice.weight)),
            None => (going_on(self), None),
        };
        let mut taken = if text.is_empty() { 0 } else { columns(&text, ambiguous).saturating_add(2) };
        let mut right = area.right().saturating_sub(1);
        let named = self.hints();
        // On a narrow screen what goes on gives way to the keys needed first.
        if weight.is_none() {
            let first: u16 = named.iter().take(FIRST).map(|hint| hint_width(hint, ambiguous).saturating_add(2)).sum();
            taken = taken.min(right.saturating_sub(area.x + 1).saturating_sub(first));
        }
        let from = area.x.saturating_add(1).saturating_add(taken);
        let mut hints = Vec::new();
        for hint in named {
            let Some(start) = right.checked_sub(hint_width(&hint, ambiguous)).filter(|x| *x >= from) else { break };
            hints.push(PlacedHint { hint, columns: start..right });
            right = start.saturating_sub(2);
        }
        BottomLine { text, weight, hints }
    }

    /// The keys below the heading of what stands in place of the page, as far as there is room.
    pub fn placed_cover_hints(&self) -> Vec<PlacedHint> {
        let Some(line) = self.cover_hint_line() else { return Vec::new() };
        let (mut x, ambiguous) = (line.x + 1, self.screen.look.ambiguous);
        let mut placed = Vec::new();
        for hint in self.cover_hints() {
            let end = x.saturating_add(hint_width(&hint, ambiguous));
            if end > line.right() {
                break;
            }
            placed.push(PlacedHint { hint, columns: x..end });
            x = end.saturating_add(2);
        }
        placed
    }

    /// The line below the heading of what stands in place of the page, where its keys are named.
    fn cover_hint_line(&self) -> Option<Rect> {
        let area = match self.cover()? {
            Cover::View => self.view_area(),
            Cover::Concordance => concordance_parts(self.layout().concordance()).0,
            Cover::Board => return None,
        };
        (area.height > 1).then_some(Rect { y: area.y + 1, height: 1, ..area })
    }

    /// The hint that stands there.
    pub(in crate::app) fn hint_at(&self, at: Position) -> Option<Hint> {
        let below_heading = || self.cover_hint_line().is_some_and(|line| line.contains(at));
        let named = if self.layout().status.contains(at) && self.search.error.is_none() {
            self.bottom_line().hints
        } else if self.overlay.is_none() && below_heading() {
            self.placed_cover_hints()
        } else {
            return None;
        };
        named.into_iter().find(|placed| placed.columns.contains(&at.x)).map(|placed| placed.hint)
    }
}

fn hint_width(hint: &Hint, ambiguous: Ambiguous) -> u16 {
    columns(&key::format(hint.key), ambiguous).saturating_add(1).saturating_add(columns(&hint.word, ambiguous))
}

fn columns(text: &str, ambiguous: Ambiguous) -> u16 {
    u16::try_from(str_width(text, ambiguous)).unwrap_or(u16::MAX)
}

/// What goes on: loading, watching, the sample's warning.
fn going_on(app: &App) -> String {
    let lang = app.screen.look.lang;
    let mut parts = Vec::new();
    if !app.loading.done {
        let read = app.corpus.documents().len();
        let files = app.loading.files.map(|n| format!("/{n}")).unwrap_or_default();
        let percent = percent(app.loading.files.map(|files| (read, files)));
        parts.push(match lang {
            Lang::Zh => format!("正在读取 {read}{files} 个文件 {percent}"),
            Lang::En => format!("reading {read}{files} files {percent}"),
        });
    } else if app.loading.stopped {
        let read = app.corpus.documents().len();
        let files = app.loading.files.map(|n| format!("/{n}")).unwrap_or_default();
        parts.push(match lang {
            Lang::Zh => format!("只读了 {read}{files} 个文件"),
            Lang::En => format!("only {read}{files} files were read"),
        });
    }
    if app.reading.page.range.is_some()
        && let Some(passage) = app.pointed_on_page()
    {
        let n = passage.paragraphs;
        parts.push(match lang {
            Lang::Zh => format!("已选 {n} 段"),
            Lang::En => format!("{n} paragraphs chosen"),
        });
    }
    if let Some(meant) = &app.search.meant {
        // The key that asks for it here.
        let action = if app.prompt.is_some() { Action::PromptPinyin } else { Action::Pinyin };
        let named = app.screen.keymap.key_in(app.context(), action).map(key::format).unwrap_or_default();
        parts.insert(0, meant.message(&named, lang));
    }
    if app.loading.watching {
        parts.push(lang.pick("随改随读", "watching").to_owned());
    }
    if app.corpus.is_sample() {
        parts.push(lang.pick("内置样例 · 地名均为虚构", "built-in sample · all places are invented").to_owned());
    }
    parts.join(" · ")
}
