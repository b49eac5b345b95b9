//! Reading one report: from section to section, folding, source lines, the editor.

use rustc_hash::FxHashSet;

use crate::app::App;
use crate::app::event::Effect;
use crate::app::notice::Notice;
use crate::app::overlay::{Outline, Overlay};
use crate::app::prompt::{Ask, Prompt};
use crate::app::reading::rows::covering;
use crate::app::screen::scroll::Motion;
use crate::corpus::load::gate;
use crate::corpus::{Report, Section, explain};

impl App {
    /// Brings byte `offset` of the open report to the top, unfolding what hides it.
    pub(in crate::app) fn jump(&mut self, offset: u32) {
        self.uncover(offset);
        let height = self.page_height();
        // A row or two above the target tell where one has come to.
        let at = if height > 12 { 2 } else { 0 };
        self.reading.page.jump(offset, at, height);
    }

    /// Makes byte `offset` of the open report visible, unfolding what hides it.
    pub(in crate::app) fn reveal(&mut self, offset: u32) {
        self.uncover(offset);
        let height = self.page_height();
        self.reading.page.reveal(offset, height);
    }

    fn uncover(&mut self, offset: u32) {
        let Some((_, document, report)) = self.opened() else { return };
        let line = document.line_at(offset);
        let noise = document.line(line).is_some_and(|l| l.kind.is_noise());
        let hiding: Vec<u32> =
            covering(&report.sections, line).filter(|s| self.reading.page.folds.contains(s)).collect();
        let shown = noise && self.reading.page.hide_noise;
        if hiding.is_empty() && !shown {
            return;
        }
        for section in hiding {
            self.reading.page.folds.remove(&section);
        }
        self.reading.page.hide_noise &= !shown;
        self.refold();
    }

    fn refold(&mut self) {
        let height = self.page_height();
        let Some((_, report)) = self.reading.page.report.and_then(|id| self.corpus.report(id)) else { return };
        self.reading.page.refold(report, height);
        if let Some(mark) = self.reading.page.mark {
            self.reading.page.reveal(mark, height);
        }
    }

    /// Index of the section being read.
    pub fn section_here(&self) -> Option<usize> {
        let (_, _, report) = self.opened()?;
        report.section_at(self.reading.page.here())
    }

    /// To the next or previous heading, or with `parts` to the next or previous part.
    pub(in crate::app) fn step_section(&mut self, forward: bool, parts: bool) {
        if let Some(offset) = self.section_after(forward, parts) {
            self.jump(offset);
        }
    }

    /// Where the next or previous heading stands, or with `parts` the next or previous part: a byte offset.
    pub(in crate::app) fn section_after(&self, forward: bool, parts: bool) -> Option<u32> {
        let (_, document, report) = self.opened()?;
        let here = self.reading.page.here();
        let top = report.sections.iter().map(|s| s.level).min().unwrap_or(1);
        let folds = &self.reading.page.folds;
        let shown = |s: &Section| !covering(&report.sections, s.line).any(|i| folds.contains(&i));
        let mut wanted = report.sections.iter().filter(|s| (!parts || s.level == top) && shown(s));
        let target =
            if forward { wanted.find(|s| s.heading.start > here) } else { wanted.rfind(|s| s.heading.start < here) };
        // Before the first heading stands the title.
        let start = || report.ranges.first().and_then(|r| document.line(r.first)).map(|l| l.span.start);
        target.map(|s| s.heading.start).or_else(|| start().filter(|s| !forward && *s < here))
    }

    /// Folds the section being read, or unfolds it.
    pub(in crate::app) fn toggle_fold(&mut self) {
        let Some(section) = self.foldable() else { return };
        let Some((_, document, report)) = self.opened() else { return };
        let line = document.line_at(self.reading.page.here());
        let (start, id) = (report.sections[section].heading.start, u32::try_from(section).unwrap_or(u32::MAX));
        let same_line = report.sections[section].line == line;
        if !self.reading.page.folds.remove(&id) {
            self.reading.page.folds.insert(id);
        }
        self.refold();
        if !same_line {
            self.reveal(start);
        }
    }

    /// The section that folds where one is reading: a heading that hides nothing (run in, or the only line) folds with the
    /// section above it.
    pub(in crate::app) fn foldable(&self) -> Option<usize> {
        let path = self.opened()?.2.section_path(self.section_here()?);
        let sections = &self.opened()?.2.sections;
        path.into_iter().rev().find(|&i| sections.get(i).is_some_and(hides))
    }

    /// Whether the open report has a section that folds.
    pub(in crate::app) fn has_folds(&self) -> bool {
        self.opened().is_some_and(|(_, _, report)| report.sections.iter().any(hides))
    }

    /// Folds to level one, then to level two, then unfolds all.
    pub(in crate::app) fn fold_level(&mut self) {
        let Some((_, _, report)) = self.opened() else { return };
        let of_level = |level: u8| -> FxHashSet<u32> {
            let numbered = (0u32..).zip(&report.sections);
            numbered.filter(|(_, s)| s.level == level && hides(s)).map(|(i, _)| i).collect()
        };
        let mut levels: Vec<u8> = report.sections.iter().filter(|s| hides(s)).map(|s| s.level).collect();
        levels.sort_unstable();
        levels.dedup();
        levels.truncate(2);
        let present = levels.iter().position(|l| of_level(*l) == self.reading.page.folds);
        let next =
            if self.reading.page.folds.is_empty() { levels.first() } else { present.and_then(|i| levels.get(i + 1)) };
        let next = next.copied();
        self.reading.page.folds = next.map(of_level).unwrap_or_default();
        self.refold();
        match next {
            Some(level) => self.say(format!("已折叠到第 {level} 级"), format!("folded to level {level}")),
            None => self.say("已全部展开", "all unfolded"),
        }
    }

    pub(in crate::app) fn toggle_noise(&mut self) {
        self.reading.page.hide_noise = !self.reading.page.hide_noise;
        self.refold();
        if self.reading.page.hide_noise {
            self.say("已隐藏重复段落和杂行", "repeats and noise lines are hidden");
        } else {
            self.say("已显示重复段落和杂行", "repeats and noise lines are shown");
        }
    }

    /// The rule that made the line that is being read what it is; none of a blank one.
    pub(in crate::app) fn reason_here(&self) -> Option<explain::LineReason<'_>> {
        let line = self.reading.page.here_row()?.line;
        explain::line(self.opened()?.1, line)
    }

    /// Says which rule made the line that is being read what it is.
    pub(in crate::app) fn explain_line(&mut self) {
        let lang = self.screen.look.lang;
        let Some(told) = self.reason_here() else { return };
        let level = told.level.map_or(String::new(), |level| format!(" {level}"));
        let (kind, why, rule) = (told.is.kind.name(lang), told.is.reason.says(lang), told.is.reason.name());
        let said = |words: &str| format!("{words} {} · {kind}{level} · {why}（{rule}）", told.line);
        let (zh, en) = (said("行"), said("line"));
        self.say(format!("{zh} · e 改正"), format!("{en} · e corrects it"));
        self.reading.explained = true;
    }

    /// Proposes the entry of `yilan.toml` that would say otherwise of the report that is read, with what is known of it.
    fn propose_entry(&mut self) {
        let Some((_, document, report)) = self.opened() else { return };
        let entry = explain::proposed_entry(document, report);
        self.effects.push(Effect::Copy(entry));
        self.say(
            "yilan.toml 条目已送往终端：贴到文件旁的 yilan.toml，改成该有的样子",
            "an entry was sent to the terminal: paste it into yilan.toml beside the file, and say what is right",
        );
    }

    /// Opens the outline, with something typed into its filter.
    pub(in crate::app) fn open_outline(&mut self, filter: &str) {
        let Some((_, _, report)) = self.opened() else { return };
        if report.sections.is_empty() {
            return;
        }
        let selected = self.section_here().and_then(|i| u32::try_from(i).ok());
        self.overlay = Some(Overlay::Outline(Outline { selected, ..Outline::default() }));
        self.prompt = Some(Prompt::new(Ask::Outline, filter));
        self.begin_peek();
        self.filter_outline();
        // What one reads is still seen above the window.
        let (here, height) = (self.reading.page.here(), self.page_height());
        if filter.is_empty() {
            self.reading.page.reveal(here, height);
        } else {
            self.peek_section();
        }
    }

    /// Shows the section that is selected in the outline.
    pub(in crate::app) fn peek_section(&mut self) {
        let Some(Overlay::Outline(outline)) = &self.overlay else { return };
        let Some((report, _, opened)) = self.opened() else { return };
        let start = outline.selected.and_then(|i| opened.sections.get(i as usize)).map(|s| s.heading.start);
        if let Some(start) = start {
            self.peek(report, Some(start));
        }
    }

    pub(in crate::app) fn filter_outline(&mut self) {
        let height = self.overlay_height();
        let Some((document, report)) = self.reading.page.report.and_then(|id| self.corpus.report(id)) else { return };
        let filter = self.prompt.as_ref().map_or("", Prompt::text);
        if let Some(Overlay::Outline(outline)) = &mut self.overlay {
            outline.rebuild(document, report, filter, height);
        }
    }

    /// Closes the outline and goes to the selected section.
    pub(in crate::app) fn accept_outline(&mut self) {
        let Some(Overlay::Outline(outline)) = self.overlay.take() else { return };
        self.end_peek();
        let target = outline.selected.and_then(|i| self.opened()?.2.sections.get(i as usize).map(|s| s.heading.start));
        if let Some(offset) = target {
            self.leave();
            self.jump(offset);
            self.focus_on(crate::app::Panel::Page);
        }
    }

    /// Goes to a line of the open report's file.
    pub(in crate::app) fn go_to_line(&mut self, text: &str) {
        let Ok(line) = text.trim().parse::<u32>() else {
            if !text.trim().is_empty() {
                self.screen.notice = Some(Notice::trouble(
                    self.screen.look.lang.pick("请输入行号（数字）", "give the number of a line").to_owned(),
                ));
            }
            return;
        };
        let Some((id, document, _)) = self.opened() else { return };
        let path = document.path.clone();
        if !self.go_to_source(id.document, line) {
            self.tell_outside(&path, line);
        }
    }

    /// Goes to a source line, where it belongs to a report; says whether it does.
    pub(in crate::app) fn go_to_source(&mut self, document: crate::corpus::DocumentId, line: u32) -> bool {
        let Some(found) = self.corpus.document(document) else { return false };
        let covers = |r: &Report| r.covers(line);
        let Some(index) = found.reports.iter().position(covers) else { return false };
        let Some(offset) = found.line(line).map(|l| l.span.start) else { return false };
        let report = crate::corpus::ReportId { document, index: u32::try_from(index).unwrap_or(u32::MAX) };
        self.visit(report, Some(offset));
        true
    }

    /// Shows a line that belongs to no report, which no page shows.
    pub(in crate::app) fn tell_outside(&mut self, path: &std::path::Path, line: u32) {
        let document = self.corpus.documents().iter().find(|d| d.path == path);
        let text = document.map(|d| d.line_text(line).to_owned()).unwrap_or_default();
        let lines = document.map_or(0, |d| d.lines.len());
        if line == 0 || line as usize > lines {
            let (zh, en) = (format!("文件只有 {lines} 行"), format!("the file has {lines} lines"));
            return self.say(zh, en);
        }
        let (zh, en) =
            (format!("第 {line} 行不属于任何报告：{text}"), format!("line {line} belongs to no report: {text}"));
        self.say(zh, en);
    }

    /// Begins a range of paragraphs at the cursor, or ends the one there is.
    pub(in crate::app) fn toggle_range(&mut self) {
        if self.opened().is_none() {
            return;
        }
        self.reading.page.toggle_range();
        if self.reading.page.range.is_some() {
            self.say("选段：移动光标扩大范围，Esc 取消", "range: move the cursor to extend it, Esc ends it");
        }
    }

    /// Whether there is a paragraph more to be chosen, or no range yet.
    pub(in crate::app) fn can_extend(&self, down: bool) -> bool {
        let page = &self.reading.page;
        let here = page.paragraph_rows();
        let beside = if down { page.rows.get(here.end..) } else { page.rows.get(..here.start) };
        let more = || beside.unwrap_or_default().iter().any(|row| row.begins);
        page.report.is_some() && (page.range.is_none() || more())
    }

    /// Moves the cursor by paragraphs; what it passes is chosen.
    pub(in crate::app) fn extend_range(&mut self, paragraphs: isize) {
        if self.opened().is_none() {
            return;
        }
        if self.reading.page.range.is_none() {
            self.reading.page.toggle_range();
        }
        let height = self.page_height();
        self.reading.page.go(Motion::Rows(paragraphs), height);
    }

    /// Whether what one points at stands in a file that can be edited: not in the sample, not in standard input.
    pub(in crate::app) fn can_edit(&self) -> bool {
        let document = self.pointed().and_then(|passage| self.corpus.document(passage.report.document));
        document.is_some_and(|document| document.path.as_os_str() != gate::INPUT_NAME) && !self.corpus.is_sample()
    }

    /// Asks for the editor at the line of the cursor, or of the selected hit.
    pub(in crate::app) fn edit(&mut self) {
        if self.reading.explained {
            return self.propose_entry();
        }
        let Some(passage) = self.pointed() else { return };
        let Some(document) = self.corpus.document(passage.report.document) else { return };
        let (path, line) = (document.path.clone(), passage.line);
        self.effects.push(Effect::Edit { path, line });
    }
}

/// Whether folding the section hides anything.
const fn hides(section: &Section) -> bool {
    section.last_line > section.line
}
