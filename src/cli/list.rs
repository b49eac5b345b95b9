//! `yilan list`: one record per report. In: a corpus. Out: metadata and outline. Does not know about: the text.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::output::{OutputColumn, Record, write_records, write_table};
use super::{FormatFlags, Outcome, Setting};
use crate::corpus::{Body, Corpus, Document, Encoding, Issue, Report, ReportId, ReportKind};

#[derive(Serialize)]
struct ListedReport<'c> {
    file: String,
    ranges: Vec<[u32; 2]>,
    title: &'c str,
    subtitle: Option<&'c str>,
    place: &'c str,
    province: &'c str,
    body: Body,
    kind: ReportKind,
    years: &'c [u16],
    /// The years as people name the report.
    #[serde(skip)]
    named: String,
    session_year: Option<u16>,
    /// The prefecture it lies in; empty if in none, or not known.
    prefecture: &'c str,
    /// What the place is called today, where its reports stand: 保定市清苑区 for 清苑县.
    place_today: &'c str,
    duplicate_of: Option<Original>,
    chars: u32,
    han: u32,
    encoding: Encoding,
    sections: Vec<ListedHeading<'c>>,
    issues: Vec<ListedIssue>,
}

/// The report whose text a report repeats.
#[derive(Serialize)]
struct Original {
    file: String,
    line: u32,
}

#[derive(Serialize)]
struct ListedHeading<'c> {
    line: u32,
    level: u8,
    text: Cow<'c, str>,
    run_in: bool,
}

#[derive(Serialize)]
struct ListedIssue {
    line: Option<u32>,
    code: &'static str,
    message: String,
}

impl<'c> ListedReport<'c> {
    fn new(
        corpus: &'c Corpus,
        id: ReportId,
        (document, report): (&'c Document, &'c Report),
        issues: &[Issue],
        setting: &Setting,
    ) -> Self {
        let original = corpus.duplicate_of(id).and_then(|id| corpus.report(id)).map(|(document, first)| Original {
            file: document.path.to_string_lossy().into_owned(),
            line: first.ranges.first().map_or(1, |range| range.first),
        });
        let heading = |(section, text): (&crate::corpus::Section, Cow<'c, str>)| ListedHeading {
            line: section.line,
            level: section.level,
            text,
            run_in: section.run_in,
        };
        let titles = document.headings(id.index as usize);
        // An issue without a line concerns the whole file, and so each of its reports.
        let concerns = issues.iter().filter(|issue| issue.line.is_none_or(|line| report.covers(line)));
        Self {
            file: document.path.to_string_lossy().into_owned(),
            ranges: report.ranges.iter().map(|range| [range.first, range.last]).collect(),
            title: &report.title,
            subtitle: report.subtitle.as_deref(),
            place: &report.place,
            province: &report.province,
            body: report.body,
            kind: report.kind,
            years: &report.years,
            named: report.named_years(setting.lang),
            session_year: report.session_year,
            prefecture: corpus.place_of(id).map_or("", |place| &corpus.place(place).prefecture),
            place_today: corpus.place_of(id).map_or("", |place| &corpus.place(place).name),
            duplicate_of: original,
            chars: report.chars,
            han: report.han,
            encoding: document.encoding,
            sections: report.sections.iter().zip(titles).map(heading).collect(),
            issues: concerns
                .map(|issue| ListedIssue {
                    line: issue.line,
                    code: issue.kind.code(),
                    message: issue.kind.message(setting.lang),
                })
                .collect(),
        }
    }
}

impl Record for ListedReport<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "file",
        "first_line",
        "last_line",
        "title",
        "subtitle",
        "place",
        "province",
        "body",
        "kind",
        "years",
        "chars",
        "han",
        "encoding",
        "sections",
        "issues",
        "session_year",
        "duplicate_of",
        "prefecture",
        "place_today",
    ];

    fn cells(&self) -> Vec<String> {
        let line = |range: Option<&[u32; 2]>, end: usize| range.map_or(String::new(), |range| range[end].to_string());
        vec![
            self.file.clone(),
            line(self.ranges.first(), 0),
            line(self.ranges.last(), 1),
            self.title.to_owned(),
            self.subtitle.unwrap_or_default().to_owned(),
            self.place.to_owned(),
            self.province.to_owned(),
            self.body.name().to_owned(),
            word(self.kind),
            years(self.years),
            self.chars.to_string(),
            self.han.to_string(),
            word(self.encoding),
            self.sections.len().to_string(),
            self.issues.len().to_string(),
            self.session_year.map_or_else(String::new, |year| year.to_string()),
            self.duplicate_of.as_ref().map_or_else(String::new, |first| format!("{}:{}", first.file, first.line)),
            self.prefecture.to_owned(),
            self.place_today.to_owned(),
        ]
    }
}

/// Prints every report, in corpus order.
pub fn list(out: &mut dyn Write, corpus: &Corpus, format: FormatFlags, setting: &Setting) -> io::Result<Outcome> {
    let records = || {
        let mut issues = (None, Vec::new());
        corpus.reports().map(move |(id, document, report)| {
            if issues.0 != Some(id.document) {
                issues = (Some(id.document), corpus.issues_of(id.document));
            }
            ListedReport::new(corpus, id, (document, report), &issues.1, setting)
        })
    };
    if let Some(written) = write_records(out, (format, setting.lang), records()) {
        written?;
    } else {
        let columns = [
            OutputColumn::words("地方", "place"),
            OutputColumn::words("省份", "province"),
            OutputColumn::words("机构", "body"),
            OutputColumn::words("年份", "years"),
            OutputColumn::number("汉字", "han"),
            OutputColumn::number("章节", "sections"),
            OutputColumn::words("位置", "where"),
            OutputColumn::words("标题", "title"),
        ];
        let row = |listed: ListedReport<'_>| {
            let first = listed.ranges.first().map_or(1, |range| range[0]);
            vec![
                setting.named(listed.place).to_owned(),
                listed.province.to_owned(),
                listed.body.name().to_owned(),
                listed.named,
                listed.han.to_string(),
                listed.sections.len().to_string(),
                format!("{}:{first}", listed.file),
                listed.title.to_owned(),
            ]
        };
        let rows: Vec<Vec<String>> = records().map(row).collect();
        write_table(out, setting, &columns, &rows)?;
    }
    Ok(Outcome::found(corpus.report_count() > 0))
}

/// Years as a text: `2021 2022`.
pub fn years(years: &[u16]) -> String {
    years.iter().map(u16::to_string).collect::<Vec<_>>().join(" ")
}

/// The word JSON uses for an enum without data.
fn word(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
