//! `yilan show`: the text of the reports of a place. In: a corpus, a place, parts of titles and headings. Out: the text,
//! plain, headings set apart. Does not know about: screens and their width; a pager wraps.

use std::io::{self, Write};

use serde::Serialize;

use super::open::say;
use super::output::{Record, write_records};
use super::{FormatFlags, Outcome, Setting};
use crate::analysis::choose;
use crate::corpus::{Corpus, Document, LineKind, Report};
use crate::text::visible::visible;

/// What to show.
#[derive(Debug, Clone, Copy)]
pub struct ShownReport<'a> {
    /// Name or pinyin of the place.
    pub place: &'a str,
    /// Only reports with this in their title.
    pub title: Option<&'a str>,
    /// Only sections with this in their heading.
    pub section: Option<&'a str>,
    /// Noise lines too.
    pub all: bool,
}

#[derive(Serialize)]
struct Shown<'c> {
    file: String,
    line: u32,
    place: &'c str,
    title: &'c str,
    /// Level of the heading that begins the line; 0 for running text.
    level: u8,
    text: &'c str,
}

impl Record for Shown<'_> {
    const COLUMNS: &'static [&'static str] = &["file", "line", "place", "title", "level", "text"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.file.clone(),
            self.line.to_string(),
            self.place.to_owned(),
            self.title.to_owned(),
            self.level.to_string(),
            self.text.to_owned(),
        ]
    }
}

/// Prints what is wanted.
pub fn show(
    out: &mut dyn Write,
    corpus: &Corpus,
    wanted: ShownReport<'_>,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let Some(place) = choose::place(corpus, wanted.place) else {
        say(&format!("{}: {}", setting.lang.pick("没有这个地方", "no such place"), wanted.place));
        return Ok(Outcome::Nothing);
    };
    let chosen: Vec<(&Document, &Report, Vec<u32>)> = choose::reports(corpus, place, wanted.title)
        .into_iter()
        .filter_map(|id| corpus.report(id))
        .map(|(document, report)| (&**document, report, lines(document, report, wanted)))
        .filter(|(_, _, lines)| !lines.is_empty())
        .collect();
    if chosen.is_empty() {
        let name = &corpus.place(place).name;
        say(&format!("{name}: {}", setting.lang.pick("没有这样的报告或章节", "no such report or section")));
        return Ok(Outcome::Nothing);
    }
    let records = chosen.iter().flat_map(|(document, report, lines)| {
        lines.iter().map(|&line| Shown {
            file: document.path.to_string_lossy().into_owned(),
            line,
            place: &report.place,
            title: &report.title,
            level: level(report, line),
            text: document.line_text(line),
        })
    });
    match write_records(out, (format, setting.lang), records) {
        Some(written) => written?,
        None => {
            for (i, (document, report, lines)) in chosen.iter().enumerate() {
                if i > 0 {
                    writeln!(out, "\n")?;
                }
                write_report(out, document, report, lines, setting)?;
            }
        }
    }
    Ok(Outcome::Found)
}

/// The lines of a report that are wanted, in reading order.
fn lines(document: &Document, report: &Report, wanted: ShownReport<'_>) -> Vec<u32> {
    let shown = |line: &u32| {
        document.line(*line).is_some_and(|l| l.kind != LineKind::Blank && (wanted.all || !l.kind.is_noise()))
    };
    match wanted.section {
        None => report.line_numbers().filter(shown).collect(),
        Some(words) => choose::sections(document, report, words)
            .into_iter()
            .flat_map(|section| choose::section_lines(report, section))
            .filter(shown)
            .collect(),
    }
}

fn write_report(
    out: &mut dyn Write,
    document: &Document,
    report: &Report,
    lines: &[u32],
    setting: &Setting,
) -> io::Result<()> {
    let source =
        [setting.named(&report.place), report.body.name(), &report.named_years(setting.lang)].map(visible).join(" · ");
    writeln!(out, "{}\n{source} · {}", visible(&report.title), visible(&document.path.to_string_lossy()))?;
    let mut before = None;
    for &line in lines {
        let Some(l) = document.line(line) else { continue };
        let text = visible(document.line_text(line));
        // A line that goes on with the one before stays on its line.
        let goes_on = l.joins && before == Some(l.kind);
        if before.is_some() && !goes_on {
            writeln!(out)?;
        }
        before = Some(l.kind);
        match l.kind {
            _ if goes_on => write!(out, "{text}")?,
            // The title is printed above, from all its halves.
            LineKind::Title if report.title_line == Some(line) => before = None,
            LineKind::Title | LineKind::Subtitle | LineKind::Salutation => write!(out, "{text}")?,
            LineKind::Heading => write!(out, "\n{text}")?,
            _ => write!(out, "　　{text}")?,
        }
    }
    if before.is_some() {
        writeln!(out)?;
    }
    Ok(())
}

/// Level of the heading at the head of a line; 0 if there is none.
fn level(report: &Report, line: u32) -> u8 {
    report.sections.iter().find(|section| section.line == line).map_or(0, |section| section.level)
}
