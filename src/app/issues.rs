//! The list of issues: by kind and file, folded.
//!
//! In: issues. Out: rows. Does not know about: keys, how rows are drawn, what can be done about an issue.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::app::screen::scroll::Scroll;
use crate::corpus::Issue;

/// The list of issues.
#[derive(Debug, Default)]
pub struct Issues {
    /// What is listed.
    pub rows: Vec<IssueRow>,
    /// Index of the selected row.
    pub selected: usize,
    /// Where the view stands.
    pub scroll: Scroll,
    /// What is unfolded: kinds by their code, and files of a kind.
    unfolded: BTreeSet<(&'static str, Option<PathBuf>)>,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssueRow {
    /// All issues of a kind.
    Kind {
        /// Index of the first.
        first: usize,
        /// How many there are.
        count: usize,
        /// In how many files.
        files: usize,
        /// Whether they are listed below.
        unfolded: bool,
    },
    /// The issues of a kind in one file.
    OfFile {
        /// Index of the first.
        first: usize,
        /// How many there are.
        count: usize,
        /// Whether they are listed below.
        unfolded: bool,
    },
    /// One issue.
    One {
        /// Its index.
        issue: usize,
        /// Whether it stands below a row of its file, which need not be named again.
        below_file: bool,
    },
}

impl IssueRow {
    /// Index of the issue it is about; of several the first.
    pub const fn issue(&self) -> usize {
        match self {
            Self::Kind { first, .. } | Self::OfFile { first, .. } => *first,
            Self::One { issue, .. } => *issue,
        }
    }
}

impl Issues {
    /// Lists the issues again: what kept a file from being read first, then reports in doubt, then lines. Where there is one
    /// kind only, it is unfolded.
    pub fn rebuild(&mut self, issues: &[Issue], height: usize) {
        let mut order: Vec<usize> = (0..issues.len()).collect();
        let key = |at: &usize| issues.get(*at).map(|issue| (issue.kind.gravity(), issue.kind.code(), &issue.path));
        // Stable: lines of a file keep their order.
        order.sort_by(|a, b| key(a).cmp(&key(b)));
        let code = |at: usize| issues.get(at).map_or("", |issue| issue.kind.code());
        let path = |at: usize| issues.get(at).map(|issue| issue.path.clone());
        let kinds: Vec<&[usize]> = order.chunk_by(|a, b| code(*a) == code(*b)).collect();
        if let [only] = kinds.as_slice()
            && self.rows.is_empty()
        {
            self.unfolded.extend(only.first().map(|first| (code(*first), None)));
            self.selected = 1;
        }
        self.rows.clear();
        for kind in kinds {
            let Some(&first) = kind.first() else { continue };
            let files: Vec<&[usize]> = kind.chunk_by(|a, b| path(*a) == path(*b)).collect();
            let unfolded = self.unfolded.contains(&(code(first), None));
            self.rows.push(IssueRow::Kind { first, count: kind.len(), files: files.len(), unfolded });
            for file in files.into_iter().filter(|_| unfolded) {
                let Some(&first) = file.first() else { continue };
                if let [one] = file {
                    self.rows.push(IssueRow::One { issue: *one, below_file: false });
                    continue;
                }
                let unfolded = self.unfolded.contains(&(code(first), path(first)));
                self.rows.push(IssueRow::OfFile { first, count: file.len(), unfolded });
                let below = file.iter().filter(|_| unfolded);
                self.rows.extend(below.map(|one| IssueRow::One { issue: *one, below_file: true }));
            }
        }
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
        self.scroll.show(self.selected, self.rows.len(), height);
    }

    /// The selected row.
    pub fn row(&self) -> Option<&IssueRow> {
        self.rows.get(self.selected)
    }

    /// Unfolds the selected kind or file, or folds it; says whether it is one.
    pub fn turn(&mut self, issues: &[Issue], height: usize) -> bool {
        let group = match self.row() {
            Some(IssueRow::Kind { first, .. }) => issues.get(*first).map(|issue| (issue.kind.code(), None)),
            Some(IssueRow::OfFile { first, .. }) => {
                issues.get(*first).map(|issue| (issue.kind.code(), Some(issue.path.clone())))
            }
            Some(IssueRow::One { .. }) | None => None,
        };
        let Some(group) = group else { return false };
        if !self.unfolded.remove(&group) {
            self.unfolded.insert(group);
        }
        self.rebuild(issues, height);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::IssueKind;

    #[test]
    fn issues_are_listed_by_kind_and_file() {
        let issue = |path: &str, line, kind| Issue { path: path.into(), line, kind };
        let issues = [
            issue("乙.txt", Some(3), IssueKind::Repeat(1)),
            issue("甲.txt", Some(9), IssueKind::Repeat(2)),
            issue("甲.txt", Some(12), IssueKind::Repeat(4)),
            issue("丙.doc", None, IssueKind::Encrypted),
            issue("甲.txt", None, IssueKind::UnknownPlace),
        ];
        let mut list = Issues::default();
        list.rebuild(&issues, 10);
        let kinds: Vec<usize> = list.rows.iter().map(IssueRow::issue).collect();
        assert_eq!(kinds, [3, 4, 0], "what cannot be read stands first, lines last");
        list.selected = 2;
        assert!(list.turn(&issues, 10));
        assert_eq!(list.rows.len(), 5);
        let (one, file) = (IssueRow::One { issue: 0, below_file: false }, (1, 2));
        assert_eq!(list.rows[3], one);
        assert_eq!(list.rows[4], IssueRow::OfFile { first: file.0, count: file.1, unfolded: false });
        list.selected = 4;
        assert!(list.turn(&issues, 10));
        assert_eq!(list.rows[6], IssueRow::One { issue: 2, below_file: true });
        list.selected = 6;
        assert!(!list.turn(&issues, 10));
        // Folding takes away what stands below.
        list.selected = 2;
        assert!(list.turn(&issues, 10) && list.rows.len() == 3);
    }

    #[test]
    fn the_only_kind_is_unfolded_until_it_is_folded() {
        let issues = [Issue { path: "甲.txt".into(), line: None, kind: IssueKind::Empty }];
        let mut list = Issues::default();
        list.rebuild(&issues, 10);
        // Its first issue is the selected one: what one key proposes for it needs no step.
        assert_eq!((list.rows.len(), list.selected), (2, 1));
        list.selected = 0;
        assert!(list.turn(&issues, 10));
        assert_eq!(list.rows.len(), 1);
        list.rebuild(&[], 10);
        assert!(list.rows.is_empty() && list.row().is_none());
    }
}
