//! `yilan similar`: the sections of other reports about the same thing. In: a corpus, sections. Out: one record each, best
//! first, and one for each report that has none. Does not know about: how likeness is found.

use std::borrow::Cow;
use std::io::{self, Write};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::compare_args::{PhaseWanted, SimilarFlags};
use super::open::say;
use super::output::{OutputColumn, Record, write_records, write_table};
use super::{FormatFlags, Outcome, Setting};
use crate::analysis::spot::{Spot, file_of};
use crate::corpus::{Body, Corpus, ReportId};
use crate::index::sections::{Alike, Phase, SectionId, SectionIndex};

/// Which section was asked for.
#[derive(Debug, Clone, Serialize)]
struct Asked {
    file: String,
    line: u32,
}

#[derive(Serialize)]
struct Found<'c> {
    query: Asked,
    rank: Option<usize>,
    score: Option<f64>,
    sure: bool,
    file: String,
    line: Option<u32>,
    level: Option<u8>,
    text: Cow<'c, str>,
    place: &'c str,
    body: Body,
    year: Option<u16>,
    phase: Option<Phase>,
}

impl Record for Found<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "query_file",
        "query_line",
        "rank",
        "score",
        "sure",
        "file",
        "line",
        "level",
        "text",
        "place",
        "body",
        "year",
        "phase",
    ];

    fn cells(&self) -> Vec<String> {
        let number = |n: Option<usize>| n.map_or_else(String::new, |n| n.to_string());
        vec![
            self.query.file.clone(),
            self.query.line.to_string(),
            number(self.rank),
            self.score.map_or_else(String::new, |score| format!("{score:.3}")),
            self.sure.to_string(),
            self.file.clone(),
            number(self.line.map(|n| n as usize)),
            number(self.level.map(usize::from)),
            self.text.clone().into_owned(),
            self.place.to_owned(),
            self.body.name().to_owned(),
            number(self.year.map(usize::from)),
            phase_name(self.phase).to_owned(),
        ]
    }
}

const fn phase_name(phase: Option<Phase>) -> &'static str {
    match phase {
        Some(Phase::Past) => "past",
        Some(Phase::Ahead) => "ahead",
        Some(Phase::Lessons) | None => "",
    }
}

/// Prints the sections like those at `spots`.
pub fn similar(
    out: &mut dyn Write,
    corpus: &Corpus,
    spots: &[Spot],
    flags: &SimilarFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let index = SectionIndex::new(corpus, &|| false).unwrap_or_default();
    let mut found_any = false;
    let mut records = Vec::new();
    for spot in spots {
        let Some(id) = spot.report(corpus).and_then(|report| section_at(corpus, report, spot.line)) else {
            say(&format!(
                "{}:{}: {}",
                spot.file.display(),
                spot.line,
                setting.lang.pick("这里没有章节", "no section here")
            ));
            continue;
        };
        let asked = Asked { file: spot.file.to_string_lossy().into_owned(), line: spot.line };
        let wanted = |other| is_wanted(corpus, id.report, other, flags);
        let alike = answer(&index, id, flags, &wanted);
        found_any |= !alike.is_empty();
        let with: FxHashSet<ReportId> = alike.iter().map(|alike| alike.section.report).collect();
        records.extend((1..).zip(alike).filter_map(|(rank, alike)| record(corpus, &asked, rank, alike)));
        let without = corpus.distinct().map(|(other, ..)| other);
        let without = without.filter(|other| *other != id.report && !with.contains(other) && wanted(*other));
        records.extend(without.filter_map(|other| nothing(corpus, &asked, other)));
    }
    if format.format() == super::format::OutputFormat::Text {
        table(out, &records, setting)?;
    } else if let Some(written) = write_records(out, (format, setting.lang), records) {
        written?;
    }
    Ok(Outcome::found(found_any))
}

/// The section whose heading stands on a line, else the innermost that holds the line.
fn section_at(corpus: &Corpus, report: ReportId, line: u32) -> Option<SectionId> {
    let (document, r) = corpus.report(report)?;
    let headed = r.sections.iter().position(|section| section.line == line);
    let inside = || r.section_at(document.line(line)?.span.start);
    let section = u32::try_from(headed.or_else(inside)?).ok()?;
    let original = corpus.original(report);
    Some(SectionId { report: original, section })
}

/// What is like a section, by the wishes of the flags.
fn answer(index: &SectionIndex, id: SectionId, flags: &SimilarFlags, wanted: &dyn Fn(ReportId) -> bool) -> Vec<Alike> {
    let phase = flags.phase.map(|phase| match phase {
        PhaseWanted::Past => Phase::Past,
        PhaseWanted::Ahead => Phase::Ahead,
    });
    let most = flags.per_report.max(1);
    let mut alike = index.similar(id, if phase.is_some() { usize::MAX } else { most }, wanted);
    if phase.is_some() {
        let mut taken: FxHashMap<ReportId, usize> = FxHashMap::default();
        alike.retain(|alike| {
            let count = taken.entry(alike.section.report).or_default();
            let keep = alike.phase == phase && *count < most;
            *count += usize::from(keep);
            keep
        });
    }
    alike
}

/// Whether a report may answer: by its year, its body, its province.
fn is_wanted(corpus: &Corpus, asked: ReportId, other: ReportId, flags: &SimilarFlags) -> bool {
    let (Some((_, a)), Some((_, b))) = (corpus.report(asked), corpus.report(other)) else { return false };
    (!flags.same_year || a.filed_year() == b.filed_year())
        && (!flags.same_body || a.body == b.body)
        && (!flags.same_province || a.province == b.province)
}

fn record<'c>(corpus: &'c Corpus, asked: &Asked, rank: usize, alike: Alike) -> Option<Found<'c>> {
    let (document, report) = corpus.report(alike.section.report)?;
    let section = report.sections.get(alike.section.section as usize)?;
    Some(Found {
        query: asked.clone(),
        rank: Some(rank),
        score: Some((f64::from(alike.score) * 1000.0).round() / 1000.0),
        sure: alike.sure(),
        file: file_of(document),
        line: Some(section.line),
        level: Some(section.level),
        text: section.title(document.text()),
        place: &report.place,
        body: report.body,
        year: report.filed_year(),
        phase: alike.phase.filter(|phase| *phase != Phase::Lessons),
    })
}

/// A report that has no such section.
fn nothing<'c>(corpus: &'c Corpus, asked: &Asked, id: ReportId) -> Option<Found<'c>> {
    let (document, report) = corpus.report(id)?;
    Some(Found {
        query: asked.clone(),
        rank: None,
        score: None,
        sure: false,
        file: file_of(document),
        line: None,
        level: None,
        text: "".into(),
        place: &report.place,
        body: report.body,
        year: report.filed_year(),
        phase: None,
    })
}

fn table(out: &mut dyn Write, records: &[Found<'_>], setting: &Setting) -> io::Result<()> {
    let columns = [
        OutputColumn::words("地方", "place"),
        OutputColumn::number("年", "year"),
        OutputColumn::number("相近", "score"),
        OutputColumn::words("", ""),
        OutputColumn::words("章节", "section"),
        OutputColumn::words("出处", "where"),
    ];
    let row = |found: &Found<'_>| {
        let mark = match (found.line, found.sure) {
            (None, _) => setting.lang.pick("没有", "none"),
            (_, true) => "·",
            (_, false) => "~",
        };
        let place = found.line.map_or_else(|| found.file.clone(), |line| format!("{}:{line}", found.file));
        vec![
            setting.named(found.place).to_owned(),
            found.year.map_or_else(String::new, |year| year.to_string()),
            found.score.map_or_else(String::new, |score| format!("{score:.2}")),
            mark.to_owned(),
            found.text.clone().into_owned(),
            place,
        ]
    };
    write_table(out, setting, &columns, &records.iter().map(row).collect::<Vec<_>>())
}
