//! The long work that one waits for: how far it has come in words, and how Esc stops it.
//!
//! In: the state of every lane that the panels wait for. Out: what stops it. Does not know about: who works, how progress is drawn.

use crate::app::App;
use crate::app::event::Effect;
use crate::app::job::Lane;
use crate::app::screen::Panel;

/// What Esc stops on the panels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StoppableWork {
    Search,
    Wording,
    Terms,
    Reading,
}

/// How much of how much, in words: `45%`; `…` where that is not known. Never 100 % before the end.
pub fn percent(done: Option<(usize, usize)>) -> String {
    match done {
        Some((done, all)) if all > 0 => format!("{}%", (done.min(all) * 100 / all).min(99)),
        _ => "…".to_owned(),
    }
}

impl App {
    /// What Esc stops on the panels before it means anything else: a search that goes on, counting that takes long enough to
    /// tell its progress. Reading stops only where Esc would mean nothing else.
    pub(super) fn stoppable(&self) -> Option<StoppableWork> {
        let (wording, terms) = (&self.reading.wording, &self.keywords);
        if self.search.running {
            return Some(StoppableWork::Search);
        }
        if wording.waiting && wording.open {
            return wording.progress.map(|_| StoppableWork::Wording);
        }
        if terms.waiting && (terms.progress.is_some() || self.loading.done) {
            return terms.progress.map(|_| StoppableWork::Terms);
        }
        let nothing_else = self.screen.focus == Panel::Page && self.search.query.is_none() && self.cover().is_none();
        (!self.loading.done && nothing_else).then_some(StoppableWork::Reading)
    }

    /// Stops what Esc stops on the panels; says whether there was something.
    pub(super) fn stop_awaited(&mut self) -> bool {
        let Some(work) = self.stoppable() else { return false };
        match work {
            StoppableWork::Search => self.start_search(None),
            StoppableWork::Wording => {
                self.reading.wording.stop();
                self.effects.push(Effect::Cancel(Lane::Wording));
                self.say("已停止编索引：换一段再查", "indexing was stopped; another paragraph asks again");
            }
            StoppableWork::Terms => {
                self.keywords.stop();
                self.effects.push(Effect::Cancel(Lane::Terms));
                self.say("已停止计数：换范围或换篇再计", "counting was stopped; another scope or report counts again");
            }
            StoppableWork::Reading => {
                self.effects.push(Effect::StopReading);
                self.loading.stopped = true;
                self.say("已停止读取：只有已读的文件", "reading was stopped: only what was read is here");
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_percent_and_never_ends_early() {
        let cases =
            [(None, "…"), (Some((0, 0)), "…"), (Some((0, 9)), "0%"), (Some((9, 20)), "45%"), (Some((9, 9)), "99%")];
        for (done, want) in cases {
            assert_eq!(percent(done), want);
        }
    }
}
