//! What keys do to the list of issues: it unfolds, goes to a line, proposes the entry of `yilan.toml` that would mend it.
//!
//! In: the selected row. Out: other rows, another page, an entry for the clipboard. Does not know about: how issues are found.

use crate::app::App;
use crate::app::event::Effect;
use crate::app::notice::Notice;
use crate::app::overlay::Overlay;
use crate::app::screen::Panel;
use crate::corpus::{Document, DocumentId, Issue, ReportId, explain};

impl App {
    /// Issues are others now: an open list shows them.
    pub(super) fn renew_issues(&mut self) {
        let height = self.overlay_height();
        if let Some(Overlay::Issues(list)) = &mut self.overlay {
            list.rebuild(self.corpus.issues(), height);
        }
    }

    /// Unfolds the selected row or folds it; of one issue goes to its line, or says what it is about.
    pub(super) fn open_issue_row(&mut self) {
        let height = self.overlay_height();
        let Some(Overlay::Issues(list)) = &mut self.overlay else { return };
        if !list.turn(self.corpus.issues(), height)
            && let Some(row) = list.row()
        {
            let index = row.issue();
            self.open_issue(index);
        }
    }

    /// Goes to the line of an issue, or says what it is about.
    fn open_issue(&mut self, index: usize) {
        let Some(issue) = self.corpus.issues().get(index).cloned() else { return };
        self.overlay = None;
        match (self.document_of(&issue).map(|(id, _)| id), issue.line) {
            (Some(document), Some(line)) => {
                if self.go_to_source(document, line) {
                    self.focus_on(Panel::Page);
                } else {
                    self.tell_outside(&issue.path, line);
                }
            }
            (Some(document), None) => {
                self.visit(ReportId { document, index: 0 }, None);
                self.focus_on(Panel::Page);
            }
            (None, _) => {
                let text = format!("{}: {}", issue.path.display(), issue.kind.message(self.screen.look.lang));
                self.screen.notice = Some(Notice::trouble(text));
            }
        }
    }

    fn document_of(&self, issue: &Issue) -> Option<(DocumentId, &Document)> {
        let mut documents = (0u32..).zip(self.corpus.documents());
        documents.find(|(_, document)| document.path == issue.path).map(|(id, document)| (DocumentId(id), &**document))
    }

    /// The entry of `yilan.toml` for the selected issue: what is known of its report, to be corrected; a file that is no
    /// report can be left out.
    pub(super) fn entry_of_issue(&self) -> Option<String> {
        let Some(Overlay::Issues(list)) = &self.overlay else { return None };
        let issue = self.corpus.issues().get(list.row()?.issue())?;
        match self.document_of(issue) {
            Some((_, document)) => {
                let holds = |report: &&crate::corpus::Report| issue.line.is_some_and(|line| report.covers(line));
                let report = document.reports.iter().find(holds).or(document.reports.first())?;
                Some(explain::proposed_entry(document, report))
            }
            None => Some(explain::leaving_out(issue.path.file_name()?.to_string_lossy().as_ref())),
        }
    }

    /// Sends that entry to the clipboard, and shows it.
    pub(super) fn propose_entry_of_issue(&mut self) {
        let Some(entry) = self.entry_of_issue() else { return };
        let told = entry.split_whitespace().collect::<Vec<_>>().join(" ");
        self.effects.push(Effect::Copy(entry));
        self.say(
            format!("yilan.toml 条目已送往终端，贴到文件旁的 yilan.toml 再改：{told}"),
            format!("an entry for yilan.toml beside the file was sent to the terminal: {told}"),
        );
    }
}
