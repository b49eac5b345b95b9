//! `yilan show --explain`: why the lines of a file, and its reports, were read as they were. In: a corpus, a file, perhaps a line.
//! Out: a record for each line and each field. Does not know about: the rules.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::format::OutputFormat;
use super::open::say;
use super::output::{Record, write_records};
use super::{FormatFlags, Outcome, Setting};
use crate::corpus::explain::{self, FieldReason, LineReason, Told};
use crate::corpus::{Corpus, Document};
use crate::text::Lang;
use crate::text::visible::visible;

/// A file, and a line of it (1-based) if only that is asked for: FILE or FILE:LINE.
pub fn target(asked: &str) -> (PathBuf, Option<u32>) {
    if Path::new(asked).exists() {
        return (asked.into(), None);
    }
    let cut = asked.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
    cut.map_or_else(|| (asked.into(), None), |(file, line)| (file.into(), Some(line)))
}

/// What is explained: a line, or a field of a report.
#[derive(Serialize)]
struct Explained<'d> {
    file: String,
    /// The line, or the line that tells the field; 0 if none does.
    line: u32,
    /// `line`, or the name of the field.
    what: &'static str,
    /// What the line is, or the field's value.
    is: String,
    /// The rule's name.
    rule: &'static str,
    /// What the rule says.
    why: &'static str,
    /// Level of the heading on the line; 0 if there is none.
    level: u8,
    /// Whether the line goes on with the one before.
    joins: bool,
    /// Which report of the file (1-based); 0 outside all.
    report: usize,
    text: &'d str,
}

impl Record for Explained<'_> {
    const COLUMNS: &'static [&'static str] =
        &["file", "line", "what", "is", "rule", "why", "level", "joins", "report", "text"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.file.clone(),
            self.line.to_string(),
            self.what.to_owned(),
            self.is.clone(),
            self.rule.to_owned(),
            self.why.to_owned(),
            self.level.to_string(),
            self.joins.to_string(),
            self.report.to_string(),
            self.text.to_owned(),
        ]
    }
}

/// Explains every document of `corpus`, or only line `line` of it.
pub fn explain(
    out: &mut dyn Write,
    corpus: &Corpus,
    line: Option<u32>,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let lang = setting.lang;
    // Programs read the same name in every language.
    let machine = format.format() != OutputFormat::Text;
    let documents: Vec<&Document> = corpus.documents().iter().map(|document| &**document).collect();
    let wanted = |reason: &LineReason<'_>| line.is_none_or(|line| line == reason.line);
    let mut records: Vec<Explained<'_>> = Vec::new();
    for document in &documents {
        let file = document.path.to_string_lossy();
        for (n, report) in document.reports.iter().enumerate() {
            // Of one line only the report it belongs to is of interest.
            if line.is_none_or(|line| report.covers(line)) {
                records.extend(explain::fields(document, report).into_iter().map(|f| of_field(&file, n, f, lang)));
            }
        }
        let lines = explain::lines(document).filter(wanted);
        records.extend(lines.map(|reason| of_line(&file, reason, lang, machine)));
    }
    if records.is_empty() {
        say(lang.pick("没有这一行，或者是空行", "no such line, or a blank one"));
        return Ok(Outcome::Nothing);
    }
    if !machine {
        write_for_people(out, &documents, &records, lang)?;
        return Ok(Outcome::Found);
    }
    write_records(out, (format, setting.lang), records).unwrap_or(Ok(()))?;
    Ok(Outcome::Found)
}

fn of_line<'d>(file: &str, reason: LineReason<'d>, lang: Lang, machine: bool) -> Explained<'d> {
    Explained {
        file: file.to_owned(),
        line: reason.line,
        what: "line",
        is: reason.is.kind.name(if machine { Lang::En } else { lang }).to_owned(),
        rule: reason.is.reason.name(),
        why: reason.is.reason.says(lang),
        level: reason.level.unwrap_or(0),
        joins: reason.is.joins,
        report: reason.report.map_or(0, |n| n + 1),
        text: reason.text,
    }
}

fn of_field<'d>(file: &str, report: usize, field: FieldReason<'d>, lang: Lang) -> Explained<'d> {
    let (line, rule, why, text) = match field.told {
        Told::Line(line, words) => (line, "told", lang.pick("这一行这样写", "this line says so"), words),
        Told::FileName => {
            (0, "file-name", lang.pick("文件名或文件夹名这样写", "the name of the file or folder says so"), "")
        }
        Told::Inferred => (0, "inferred", lang.pick("由其他已知情况推出", "it follows from what else is known"), ""),
    };
    Explained {
        file: file.to_owned(),
        line,
        what: field.field,
        is: field.value,
        rule,
        why,
        level: 0,
        joins: false,
        report: report + 1,
        text,
    }
}

/// How much of a line is printed beside its reason, in characters.
const SHOWN_CHARS: usize = 36;

fn write_for_people(
    out: &mut dyn Write,
    documents: &[&Document],
    records: &[Explained<'_>],
    lang: Lang,
) -> io::Result<()> {
    let shown = |text: &str| {
        let cut: String = text.chars().take(SHOWN_CHARS).collect();
        let more = if cut.len() < text.len() { "…" } else { "" };
        format!("{}{more}", visible(&cut))
    };
    for document in documents {
        writeln!(out, "{}", visible(&document.path.to_string_lossy()))?;
    }
    let mut report = 0;
    for record in records.iter().filter(|record| record.what != "line") {
        if report != record.report {
            report = record.report;
            writeln!(out, "{} {report}", lang.pick("报告", "report"))?;
        }
        let name = match record.what {
            "place" => lang.pick("地方", "place"),
            "body" => lang.pick("机构", "body"),
            "session" => lang.pick("会议年", "session"),
            _ => lang.pick("年份", "year"),
        };
        write!(out, "  {name} {} — {}", visible(&record.is), record.why)?;
        match record.line {
            0 => writeln!(out)?,
            line => writeln!(out, " {line}: {}", shown(record.text))?,
        }
    }
    for record in records.iter().filter(|record| record.what == "line") {
        let level = if record.level > 0 { format!(" {}", record.level) } else { String::new() };
        let joins = if record.joins { " ↩" } else { "" };
        writeln!(out, "{:>5}  {}{level}{joins} · {}（{}）", record.line, record.is, record.why, record.rule)?;
        writeln!(out, "       {}", shown(record.text))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_named_behind_its_file() {
        assert_eq!(target("没有.txt:12"), ("没有.txt".into(), Some(12)));
        assert_eq!(target("没有.txt"), ("没有.txt".into(), None));
        assert_eq!(target("没有:x"), ("没有:x".into(), None));
    }
}
