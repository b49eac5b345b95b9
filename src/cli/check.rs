//! `yilan check`: every issue, with file and line. In: a corpus. Out: one record per issue.
//! Refuses to know: how issues are found.

use std::io::{self, Write};

use serde::Serialize;

use super::open::{describe, say};
use super::output::{Record, write_records};
use super::{FormatFlags, Outcome, Setting};
use crate::corpus::{Corpus, Issue};
use crate::text::Lang;
use crate::text::visible::visible;

#[derive(Serialize)]
struct Checked {
    file: String,
    line: Option<u32>,
    code: &'static str,
    message: String,
}

impl Record for Checked {
    const COLUMNS: &'static [&'static str] = &["file", "line", "code", "message"];

    fn cells(&self) -> Vec<String> {
        let line = self.line.map_or(String::new(), |line| line.to_string());
        vec![self.file.clone(), line, self.code.to_owned(), self.message.clone()]
    }
}

/// Prints every issue in the order it was found, and their number on standard error.
pub fn check(out: &mut dyn Write, corpus: &Corpus, format: FormatFlags, setting: &Setting) -> io::Result<Outcome> {
    let record = |issue: &Issue| Checked {
        file: issue.path.to_string_lossy().into_owned(),
        line: issue.line,
        code: issue.kind.code(),
        message: issue.kind.message(setting.lang),
    };
    if let Some(written) = write_records(out, format, corpus.issues().iter().map(record)) {
        written?;
    } else {
        for issue in corpus.issues() {
            writeln!(out, "{}", visible(&describe(issue, setting)))?;
        }
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
