//! What is said of an action that does nothing now: why not, or where it works.
//!
//! In: an action that is not offered. Out: a notice. Does not know about: when it would be offered (see `offers`).

use crate::app::App;
use crate::app::kept::MarkStanding;
use crate::app::notice::Notice;
use crate::app::overlay::Overlay;
use crate::app::screen::offers::is_motion;
use crate::app::search::pins::MOST;
use crate::command::{Action, KeyContext};
use crate::text::Lang;

impl App {
    /// Says why an action does nothing now. Moving where there is nowhere to go and keys of a prompt are passed over.
    pub(in crate::app) fn refuse(&mut self, action: Action) {
        let lang = self.screen.look.lang;
        let quiet = is_motion(action) || self.prompt.is_some();
        let text = match (self.why_not(action), lang) {
            (Some((zh, _)), Lang::Zh) => zh,
            (Some((_, en)), Lang::En) => en,
            (None, _) if quiet => return,
            (None, _) => self.elsewhere(action),
        };
        self.screen.notice = Some(Notice::refused(text));
    }

    /// Why an action does nothing that could be done here at other times.
    fn why_not(&self, action: Action) -> Option<(String, String)> {
        let searching = self.search.query.is_some();
        let waits = self.search.running || self.search.here.is_none();
        let named = |action: Action| self.screen.keymap.name(action).unwrap_or_default();
        let (zh, en) = match action {
            Action::Activate if matches!(self.overlay, Some(Overlay::Marks(_))) => {
                let standing = self.selected_mark().map_or(MarkStanding::Elsewhere, |(.., standing)| standing);
                (standing.says(Lang::Zh), standing.says(Lang::En))
            }
            Action::MarkUndo => ("没有可恢复的", "nothing to bring back"),
            Action::NextHit | Action::PreviousHit | Action::PromptNext | Action::PromptPrevious
                if self.search.concordance.is_none() && self.views.frames.is_empty() =>
            {
                match (searching, waits) {
                    (false, _) if self.prompt.is_some() => return None,
                    (false, _) => ("还没有检索：按 / 开始", "no search yet: press /"),
                    (true, true) => ("正在检索…", "searching…"),
                    (true, false) => ("没有找到", "nothing found"),
                }
            }
            Action::Silent | Action::Pin if !searching => ("还没有检索：按 / 开始", "no search yet: press /"),
            Action::Pin | Action::PromptPin if searching => {
                let key = named(Action::Unpin);
                return Some((
                    format!("最多固定 {MOST} 个检索：在对比表中按 {key} 去掉一个"),
                    format!("{MOST} queries are pinned, as many as can be; {key} on the board takes one away"),
                ));
            }
            Action::Board => {
                let key = named(Action::Pin);
                return Some((
                    format!("还没有固定的检索：检索后按 {key}"),
                    format!("nothing is pinned: search, then press {key}"),
                ));
            }
            Action::Issues => ("没有发现问题", "no issue was found"),
            Action::Marks => ("还没有标记：按 . 标记光标所在的段", "no marks yet: . marks the paragraph of the cursor"),
            Action::Export => ("这里没有能写成文件的表", "there is no table here to write into a file"),
            Action::CopySection | Action::ToggleFold if self.section_here().is_none() => {
                ("这里不在任何章节里", "no section here")
            }
            Action::ToggleFold => ("本节没有可折叠的内容", "nothing to fold here"),
            Action::FoldLevel => ("本篇没有可折叠的内容", "nothing to fold in this report"),
            Action::Outline if self.opened().is_some() => ("这篇没有章节", "this report has no headings"),
            Action::NextSection | Action::NextPart => ("后面没有章节了", "no section further down"),
            Action::PreviousSection | Action::PreviousPart => ("前面没有章节了", "no section further up"),
            Action::NextReport => ("已是最后一篇", "this is the last report"),
            Action::PreviousReport => ("已是第一篇", "this is the first report"),
            Action::NextCity => ("已是最后一个城市", "this is the last city"),
            Action::PreviousCity => ("已是第一个城市", "this is the first city"),
            Action::SideNext => ("已是最后一个", "this is the last"),
            Action::SidePrevious => ("已是第一个", "this is the first"),
            Action::JumpForward => ("前面没有了", "nothing further ahead"),
            Action::JumpBack => ("后面没有了", "nothing further back"),
            Action::Edit if self.corpus.is_sample() => {
                ("内置样例没有文件，不能编辑", "the built-in sample has no file to edit")
            }
            Action::Edit if self.pointed().is_some() => {
                ("标准输入没有文件，不能编辑", "standard input is no file that could be edited")
            }
            Action::Watch if self.loading.stopped => {
                ("读取已停止，不能跟踪", "reading was stopped: nothing is looked after")
            }
            Action::Watch => ("内置样例没有文件可以跟踪", "the built-in sample has no files to look after"),
            Action::WidenPanel | Action::NarrowPanel if self.cover().is_none() && self.overlay.is_none() => {
                ("屏幕太窄，各栏占满整屏", "on so narrow a screen every panel is as wide as it")
            }
            Action::OnlyPlace | Action::OnlyProvince | Action::OnlyBody | Action::OnlyYear | Action::OnlyPart
                if self.search.concordance.is_some() =>
            {
                ("这一条不能据此筛选", "this line cannot be filtered by")
            }
            _ => return None,
        };
        Some((zh.to_owned(), en.to_owned()))
    }

    /// Where an action works.
    fn elsewhere(&self, action: Action) -> String {
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
        // A key of the very place where one is has nothing to act on.
        let here = self.context();
        let own = action.context() == here || action.context() == KeyContext::Global;
        let place = if own { lang.pick("此处无事可做", "nothing to do here") } else { place };
        let named = self.screen.keymap.name(action).unwrap_or_default();
        let name = action.hint(lang);
        match lang {
            Lang::Zh => format!("「{name}」（{named}）{place}"),
            Lang::En => format!("{name} ({named}) {place}"),
        }
    }
}
