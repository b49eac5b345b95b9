//! `yilan search`: every occurrence of a text in context, or counts per report. In: a corpus, a query. Out: records.
//! Refuses to know: how occurrences are found.

use std::io::{self, Write};

use serde::Serialize;

use super::open::say;
use super::output::{Column, Record, to_the_right, write_records, write_table};
use super::{FormatFlags, Outcome, Setting, list};
use crate::corpus::{Body, Corpus, Document, Report, ReportId};
use crate::index::search::{HitCounts, Query, ReportHits, context, search};
use crate::text::visible::visible;
use crate::text::{Lang, Span};

/// Characters of context on either side of a hit, for programs.
const CONTEXT: usize = 30;
/// The same for people, so that a line fits a screen.
const NARROW_CONTEXT: usize = 15;

#[derive(Serialize)]
struct Hit<'c> {
    file: String,
    line: u32,
    column: u32,
    place: &'c str,
    province: &'c str,
    body: Body,
    years: &'c [u16],
    title: &'c str,
    section: Vec<&'c str>,
    left: &'c str,
    hit: &'c str,
    right: &'c str,
}

impl<'c> Hit<'c> {
    fn new(document: &'c Document, report: &'c Report, span: Span) -> Self {
        let here = context(document, span, CONTEXT);
        let path = report.section_at(span.start).map(|section| report.section_path(section)).unwrap_or_default();
        let heading = |i: usize| report.sections.get(i).map(|section| section.heading.slice(&document.text));
        Self {
            file: document.path.to_string_lossy().into_owned(),
            line: here.line,
            column: here.column,
            place: &report.place,
            province: &report.province,
            body: report.body,
            years: &report.years,
            title: &report.title,
            section: path.into_iter().filter_map(heading).collect(),
            left: here.left,
            hit: here.hit,
            right: here.right,
        }
    }
}

impl Record for Hit<'_> {
    const COLUMNS: &'static [&'static str] =
        &["file", "line", "column", "place", "province", "body", "years", "title", "section", "left", "hit", "right"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.file.clone(),
            self.line.to_string(),
            self.column.to_string(),
            self.place.to_owned(),
            self.province.to_owned(),
            self.body.name().to_owned(),
            list::years(self.years),
            self.title.to_owned(),
            self.section.join(" > "),
            self.left.to_owned(),
            self.hit.to_owned(),
            self.right.to_owned(),
        ]
    }
}

#[derive(Serialize)]
struct Counted<'c> {
    place: &'c str,
    title: &'c str,
    file: String,
    hits: usize,
    han: u32,
    rate: f64,
}

impl Record for Counted<'_> {
    const COLUMNS: &'static [&'static str] = &["place", "title", "file", "hits", "han", "rate"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.place.to_owned(),
            self.title.to_owned(),
            self.file.clone(),
            self.hits.to_string(),
            self.han.to_string(),
            format!("{:.2}", self.rate),
        ]
    }
}

/// Prints the occurrences of `text`, or with `count` their number in every report, those without any included.
pub fn find(
    out: &mut dyn Write,
    corpus: &Corpus,
    text: &str,
    count: bool,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let Some(query) = Query::parse(text) else {
        say(setting.lang.pick("检索词是空的", "the text to find is empty"));
        return Ok(Outcome::Wrong);
    };
    let mut found: Vec<ReportHits> = Vec::new();
    search(corpus, &query, &|| false, &mut |chunk| found.extend(chunk));
    if count {
        write_counts(out, corpus, &found, format, setting)?;
    } else {
        let hits = found.iter().filter_map(|hits| Some((corpus.report(hits.report)?, hits)));
        let records =
            hits.flat_map(|((document, report), hits)| hits.spans.iter().map(|&span| Hit::new(document, report, span)));
        match write_records(out, format, records) {
            Some(written) => written?,
            None => write_concordance(out, corpus, &found, setting)?,
        }
    }
    let mut counts = HitCounts::default();
    counts.add(corpus, &found);
    // The sum is read after the lines it sums up.
    out.flush()?;
    say(&match setting.lang {
        Lang::Zh => {
            format!("{} 处，{} 篇，{} 城中的 {}", counts.total, counts.reports, corpus.places().len(), counts.places())
        }
        Lang::En => format!(
            "hits: {}, reports: {}, places: {} of {}",
            counts.total,
            counts.reports,
            counts.places(),
            corpus.places().len()
        ),
    });
    Ok(Outcome::found(counts.total > 0))
}

fn write_counts(
    out: &mut dyn Write,
    corpus: &Corpus,
    found: &[ReportHits],
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<()> {
    // Both are in corpus order.
    let hits = |id: ReportId| found.binary_search_by_key(&id, |hits| hits.report).map_or(0, |i| found[i].spans.len());
    let records = || {
        corpus.reports().map(|(id, document, report)| Counted {
            place: &report.place,
            title: &report.title,
            file: document.path.to_string_lossy().into_owned(),
            hits: hits(id),
            han: report.han,
            rate: if report.han == 0 { 0.0 } else { hits(id) as f64 * 10_000.0 / f64::from(report.han) },
        })
    };
    if let Some(written) = write_records(out, format, records()) {
        return written;
    }
    let columns = [
        Column::words("地方", "place"),
        Column::number("次", "hits"),
        Column::number("汉字", "han"),
        Column::number("每万字", "per 10,000"),
        Column::words("标题", "title"),
    ];
    let row = |counted: Counted<'_>| {
        let cells = counted.cells();
        [0, 3, 4, 5, 1].into_iter().filter_map(|i| cells.get(i).cloned()).collect()
    };
    let rows: Vec<Vec<String>> = records().map(row).collect();
    write_table(out, setting, &columns, &rows)
}

/// One line per hit under the name of its report, the hits in one column.
fn write_concordance(out: &mut dyn Write, corpus: &Corpus, found: &[ReportHits], setting: &Setting) -> io::Result<()> {
    for hits in found {
        let Some((document, report)) = corpus.report(hits.report) else { continue };
        let about = [setting.named(&report.place), report.body.name(), &list::years(&report.years), &report.title];
        writeln!(out, "{} ({})", about.map(visible).join(" · "), visible(&document.path.to_string_lossy()))?;
        for &span in &hits.spans {
            let here = context(document, span, NARROW_CONTEXT);
            let left = to_the_right(&visible(here.left), 2 * NARROW_CONTEXT, setting.ambiguous());
            let place = format!("{}:{}", here.line, here.column);
            writeln!(out, "  {place:>9}  {left}[{}]{}", visible(here.hit), visible(here.right))?;
        }
    }
    Ok(())
}
