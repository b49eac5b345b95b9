//! `yilan check`: every issue, with file and line. In: a corpus. Out: one record per issue.
//! Does not know about: how issues are found.

use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::open::{describe, say};
use super::output::{Record, write_records};
use super::{FormatFlags, Outcome, Setting};
use crate::corpus::{Corpus, Issue, IssueKind};
use crate::text::Lang;
use crate::text::visible::visible;

#[derive(Serialize)]
struct Checked {
    file: String,
    line: Option<u32>,
    code: &'static str,
    message: String,
    proposal: Option<String>,
}

impl Record for Checked {
    const COLUMNS: &'static [&'static str] = &["file", "line", "code", "message", "proposal"];

    fn cells(&self) -> Vec<String> {
        let line = self.line.map_or(String::new(), |line| line.to_string());
        vec![
            self.file.clone(),
            line,
            self.code.to_owned(),
            self.message.clone(),
            self.proposal.clone().unwrap_or_default(),
        ]
    }
}

/// Prints every issue in the order it was found, and their number on standard error.
pub fn check(out: &mut dyn Write, corpus: &Corpus, format: FormatFlags, setting: &Setting) -> io::Result<Outcome> {
    let record = |issue: &Issue| Checked {
        file: issue.path.to_string_lossy().into_owned(),
        line: issue.line,
        code: issue.kind.code(),
        message: issue.kind.message(setting.lang),
        proposal: proposal(corpus, issue).map(|(_, entry)| entry),
    };
    if let Some(written) = write_records(out, (format, setting.lang), corpus.issues().iter().map(record)) {
        written?;
    } else {
        for issue in corpus.issues() {
            writeln!(out, "{}", visible(&describe(issue, setting)))?;
        }
        propose(out, corpus, setting)?;
    }
    // The sum is read after the lines it sums up.
    out.flush()?;
    let (documents, reports, issues) = (corpus.documents().len(), corpus.report_count(), corpus.issues().len());
    say(&match setting.lang {
        Lang::Zh => format!("{documents} 个文件，{reports} 篇报告，{issues} 个问题"),
        Lang::En => format!("documents: {documents}, reports: {reports}, issues: {issues}"),
    });
    Ok(Outcome::found(documents > 0))
}

/// The entry of yilan.toml that would name a report's place, and the folder the file belongs in.
fn proposal(corpus: &Corpus, issue: &Issue) -> Option<(PathBuf, String)> {
    if issue.kind != IssueKind::UnknownPlace {
        return None;
    }
    let root = corpus.roots().iter().find(|root| issue.path.starts_with(root))?;
    // A file that was asked for by its own name: what is said of it stands beside it.
    let folder = if root == &issue.path { root.parent()? } else { root };
    let path = issue.path.strip_prefix(folder).ok()?.to_string_lossy().replace('\\', "/");
    let document = corpus.documents().iter().find(|d| d.path == issue.path)?;
    let mut entry = format!("[[file]]\npath = {}\n", toml::Value::from(path));
    if let [_, _, ..] = document.reports.as_slice() {
        let report = document.reports.iter().find(|r| issue.line.is_some_and(|line| r.covers(line)))?;
        let (first, last) = (report.ranges.first()?.first, report.ranges.last()?.last);
        entry.push_str(&format!("lines = [{first}, {last}]\n"));
    }
    entry.push_str("place = \"\"\n");
    Some((folder.to_owned(), entry))
}

/// Prints the entries to paste, file by file.
fn propose(out: &mut dyn Write, corpus: &Corpus, setting: &Setting) -> io::Result<()> {
    let mut folder = None;
    for (of, entry) in corpus.issues().iter().filter_map(|issue| proposal(corpus, issue)) {
        if folder.as_ref() != Some(&of) {
            let file = of.join("yilan.toml");
            let note = match setting.lang {
                Lang::Zh => format!("# 填上地方的全名,写进 {}:", file.display()),
                Lang::En => format!("# fill in the place's full name and put this into {}:", file.display()),
            };
            writeln!(out, "\n{}", visible(&note))?;
            folder = Some(of);
        }
        write!(out, "{}", entry)?;
    }
    Ok(())
}
