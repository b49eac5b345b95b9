//! The long work that one waits for: how far it has come, and how Esc stops it.
//!
//! In: the state of every lane whose answer is to be seen. Out: progress, what stops it. Does not know about: who works, how
//! progress is drawn.

use crate::app::App;
use crate::app::event::Effect;
use crate::app::export::ExportState;
use crate::app::job::Lane;
use crate::app::overlay::Overlay;
use crate::app::screen::Panel;

/// Long work whose end is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AwaitedWork {
    /// In which lane it goes on; `None`: files are read.
    pub lane: Option<Lane>,
    /// How much of how much is done, where that is known.
    pub done: Option<(usize, usize)>,
}

impl AwaitedWork {
    /// How much is done, in words: `45%`; `…` where that is not known.
    pub fn percent(self) -> String {
        percent(self.done)
    }
}

/// How much of how much, in words: `45%`; `…` where that is not known. Never 100 % before the end.
pub fn percent(done: Option<(usize, usize)>) -> String {
    match done {
        Some((done, all)) if all > 0 => format!("{}%", (done.min(all) * 100 / all).min(99)),
        _ => "…".to_owned(),
    }
}

impl App {
    /// What is waited for on the screen: what stands in front first, then what its panels wait for, then the files.
    pub fn awaited(&self) -> Option<AwaitedWork> {
        let work = |lane: Lane, done| Some(AwaitedWork { lane: Some(lane), done });
        if matches!(&self.overlay, Some(Overlay::Export(export)) if export.state == ExportState::Writing) {
            return work(Lane::Export, None);
        }
        if let Some(shown) = self.view() {
            return if shown.view.waits() { work(Lane::View, self.views.progress) } else { None };
        }
        if self.search.running {
            return work(Lane::Search, self.search.progress(&self.corpus));
        }
        if self.reading.wording.waiting && self.reading.wording.open {
            return work(Lane::Wording, self.reading.wording.progress);
        }
        if self.keywords.waiting && (self.keywords.progress.is_some() || self.loading.done) {
            return work(Lane::Terms, self.keywords.progress);
        }
        let all = self.loading.files;
        let done = all.map(|all| (self.corpus.documents().len(), all));
        (!self.loading.done).then_some(AwaitedWork { lane: None, done })
    }

    /// What Esc stops on the panels before it means anything else: a search that goes on, counting that takes long enough to
    /// tell its progress. Reading stops only where Esc would mean nothing else.
    pub(super) fn stoppable(&self) -> Option<AwaitedWork> {
        let work = self.awaited()?;
        let nothing_else = || self.screen.focus == Panel::Page && self.search.query.is_none() && self.cover().is_none();
        match work.lane {
            Some(Lane::Search) => Some(work),
            Some(Lane::Terms | Lane::Wording) => work.done.map(|_| work),
            None => nothing_else().then_some(work),
            Some(_) => None,
        }
    }

    /// Stops what Esc stops on the panels; says whether there was something.
    pub(super) fn stop_awaited(&mut self) -> bool {
        let Some(work) = self.stoppable() else { return false };
        match work.lane {
            Some(Lane::Search) => self.start_search(None),
            Some(Lane::Wording) => {
                self.reading.wording.stop();
                self.effects.push(Effect::Cancel(Lane::Wording));
                self.say("已停止编索引：换一段再查", "indexing was stopped; another paragraph asks again");
            }
            Some(_) => {
                self.keywords.stop();
                self.effects.push(Effect::Cancel(Lane::Terms));
                self.say("已停止计数：换范围或换篇再计", "counting was stopped; another scope or report counts again");
            }
            None => {
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
