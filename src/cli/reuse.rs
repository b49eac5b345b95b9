//! `yilan reuse`: passages that reports share, and how much of each report is its own. In: a corpus. Out: one record a pair
//! of passages, the strongest first; or one a report. Does not know about: how passages are found.

use std::io::{self, Write};

use serde::Serialize;

use super::compare_args::ReuseFlags;
use super::open::say;
use super::output::{OutputColumn, Record, print_records, write_table};
use super::{FormatFlags, Outcome, Setting};
use crate::analysis::spot::{Spot, file_of};
use crate::corpus::{Body, Corpus, ReportId};
use crate::index::passages::{
    FoundPassage, GRAM, Passage, PassageIndex, PassageKind, Summary, WINDOW, all_pairs, summarise,
};
use crate::index::search::context;
use crate::text::Lang;

/// Rows in a table for people.
const SHOWN: usize = 50;

#[derive(Serialize)]
struct Side<'c> {
    file: String,
    line: u32,
    column: u32,
    /// Column behind its last character, on the line where it ends.
    end: u32,
    end_line: u32,
    text: String,
    place: &'c str,
    year: Option<u16>,
}

#[derive(Serialize)]
struct First<'c> {
    file: String,
    line: u32,
    place: &'c str,
    year: Option<u16>,
}

#[derive(Serialize)]
struct Told<'c> {
    #[serde(flatten)]
    here: Side<'c>,
    kind: PassageKind,
    own: bool,
    matched: usize,
    novel: usize,
    edits: usize,
    places: usize,
    reports: usize,
    other: Side<'c>,
    first: First<'c>,
}

impl Record for Told<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "file",
        "line",
        "column",
        "end",
        "end_line",
        "text",
        "place",
        "year",
        "kind",
        "own",
        "matched",
        "novel",
        "edits",
        "places",
        "reports",
        "other_file",
        "other_line",
        "other_column",
        "other_end",
        "other_end_line",
        "other_text",
        "other_place",
        "other_year",
        "first_file",
        "first_line",
        "first_place",
        "first_year",
    ];

    fn cells(&self) -> Vec<String> {
        let mut cells = side_cells(&self.here);
        cells.extend([self.kind.name().to_owned(), self.own.to_string()]);
        cells.extend([self.matched, self.novel, self.edits, self.places, self.reports].map(|n| n.to_string()));
        cells.extend(side_cells(&self.other));
        let First { file, line, place, year } = &self.first;
        cells.extend([file.clone(), line.to_string(), (*place).to_owned(), number(*year)]);
        cells
    }
}

fn side_cells(side: &Side<'_>) -> Vec<String> {
    let mut cells = vec![side.file.clone()];
    cells.extend([side.line, side.column, side.end, side.end_line].map(|n| n.to_string()));
    cells.extend([side.text.clone(), side.place.to_owned(), number(side.year)]);
    cells
}

fn number(n: Option<u16>) -> String {
    n.map_or_else(String::new, |n| n.to_string())
}

#[derive(Serialize)]
struct Near<'c> {
    file: String,
    place: &'c str,
    year: Option<u16>,
    passages: usize,
    novel: usize,
}

#[derive(Serialize)]
struct Summed<'c> {
    file: String,
    line: u32,
    place: &'c str,
    body: Body,
    year: Option<u16>,
    title: &'c str,
    chars: usize,
    original: f64,
    formula: f64,
    shared: f64,
    own_earlier: f64,
    closest: Vec<Near<'c>>,
}

impl Record for Summed<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "file",
        "line",
        "place",
        "body",
        "year",
        "title",
        "chars",
        "original",
        "formula",
        "shared",
        "own_earlier",
        "closest",
    ];

    fn cells(&self) -> Vec<String> {
        let mut cells =
            vec![self.file.clone(), self.line.to_string(), self.place.to_owned(), self.body.name().to_owned()];
        cells.extend([number(self.year), self.title.to_owned(), self.chars.to_string()]);
        cells.extend([self.original, self.formula, self.shared, self.own_earlier].map(|share| format!("{share:.4}")));
        let near = |near: &Near<'_>| format!("{} {}/{}", near.file, near.passages, near.novel);
        cells.push(self.closest.iter().map(near).collect::<Vec<_>>().join("; "));
        cells
    }
}

/// Prints shared passages, or with `--summary` how much of each report is its own.
pub fn reuse(
    out: &mut dyn Write,
    corpus: &Corpus,
    flags: &ReuseFlags,
    at: Option<&Spot>,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let index = PassageIndex::new(corpus, &|_, _| {}, &|| false).unwrap_or_default();
    say(&format!(
        "reuse k={GRAM} w={WINDOW} min={} T={} ({} {})",
        flags.min,
        index.most(),
        index.places(),
        setting.lang.pick("地", "places"),
    ));
    if flags.summary {
        return summaries(out, corpus, &index, (flags, at), format, setting);
    }
    // A formula is wording of many places; what few places have is told even where most of it is common.
    let wanted =
        |passage: &Passage| flags.formulas || passage.kind != PassageKind::Formula || passage.places <= index.most();
    let found = match at {
        None => all_pairs(corpus, &index, flags.min, &wanted, &|| false).unwrap_or_default(),
        Some(spot) => {
            let shared = spot.report(corpus).and_then(|id| index.shared_at(corpus, id, spot.line, flags.min));
            let Some(shared) = shared else {
                let message = setting.lang.pick("这里没有段落", "no paragraph here");
                say(&format!("{}:{}: {message}", spot.file.display(), spot.line));
                return Ok(Outcome::Nothing);
            };
            if shared.left_out > 0 {
                say(&match setting.lang {
                    Lang::Zh => format!("可能相同的段落太多，{} 段没有看", shared.left_out),
                    Lang::En => {
                        format!("too many paragraphs may share something: {} were not looked at", shared.left_out)
                    }
                });
            }
            shared.passages.into_iter().filter(wanted).collect()
        }
    };
    let records: Vec<Told<'_>> = found.iter().filter_map(|passage| told(corpus, passage)).collect();
    print_records(out, (format, setting.lang), records, |out, records| passage_table(out, records, setting))
}

fn side<'c>(corpus: &'c Corpus, found: &FoundPassage) -> Option<Side<'c>> {
    let (document, report) = corpus.report(found.report)?;
    let (first, last) = (found.spans.first()?, found.spans.last()?);
    let end = crate::text::Span::new(last.end, last.end);
    Some(Side {
        file: file_of(document),
        line: found.line,
        column: context(document, *first, 0).column,
        end: context(document, end, 0).column,
        end_line: document.line_at(last.start),
        text: found.spans.iter().map(|span| span.slice(document.text())).collect(),
        place: &report.place,
        year: report.filed_year(),
    })
}

fn told<'c>(corpus: &'c Corpus, passage: &Passage) -> Option<Told<'c>> {
    let (document, report) = corpus.report(passage.first.report)?;
    Some(Told {
        here: side(corpus, &passage.here)?,
        kind: passage.kind,
        own: passage.own,
        matched: passage.matched,
        novel: passage.novel,
        edits: passage.edits,
        places: passage.places,
        reports: passage.reports,
        other: side(corpus, &passage.there)?,
        first: First {
            file: file_of(document),
            line: passage.first.line,
            place: &report.place,
            year: report.filed_year(),
        },
    })
}

fn passage_table(out: &mut dyn Write, records: &[Told<'_>], setting: &Setting) -> io::Result<()> {
    let columns = [
        OutputColumn::number("独有", "novel"),
        OutputColumn::number("同", "same"),
        OutputColumn::number("改", "edits"),
        OutputColumn::words("", ""),
        OutputColumn::words("出处", "where"),
        OutputColumn::words("另见", "and"),
        OutputColumn::words("文字", "words"),
    ];
    let row = |told: &Told<'_>| {
        let kind = match told.kind {
            PassageKind::Reuse if told.own => setting.lang.pick("沿用", "own"),
            PassageKind::Reuse => setting.lang.pick("同文", "shared"),
            PassageKind::Citation => setting.lang.pick("引用", "cited"),
            PassageKind::Formula => setting.lang.pick("套话", "formula"),
        };
        let place = |side: &Side<'_>| {
            let file = side.file.rsplit(['/', '\\']).next().unwrap_or_default();
            format!("{}{} {file}:{}", setting.named(side.place), number(side.year), side.line)
        };
        let mut words: String = told.here.text.chars().take(30).collect();
        if told.here.text.chars().nth(30).is_some() {
            words.push('…');
        }
        let counts = [told.novel, told.matched, told.edits].map(|n| n.to_string());
        counts.into_iter().chain([kind.to_owned(), place(&told.here), place(&told.other), words]).collect()
    };
    let shown: Vec<Vec<String>> = records.iter().take(SHOWN).map(row).collect();
    write_table(out, setting, &columns, &shown)?;
    if records.len() > SHOWN {
        say(&match setting.lang {
            Lang::Zh => format!("共 {} 处，只列前 {SHOWN} 处；全部用 --json 或 --csv", records.len()),
            Lang::En => format!("{} passages, the first {SHOWN} are shown; --json and --csv print all", records.len()),
        });
    }
    Ok(())
}

fn summaries(
    out: &mut dyn Write,
    corpus: &Corpus,
    index: &PassageIndex,
    (flags, at): (&ReuseFlags, Option<&Spot>),
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let only = at.and_then(|spot| spot.report(corpus)).map(|id| corpus.original(id));
    let wanted: Vec<ReportId> =
        index.reports().iter().copied().filter(|id| only.is_none_or(|only| only == *id)).collect();
    let mut records = Vec::new();
    for id in wanted {
        let Some(summary) = summarise(corpus, index, id, flags.min, &|| false) else { continue };
        records.extend(summed(corpus, id, &summary));
    }
    let columns = [
        OutputColumn::words("地方", "place"),
        OutputColumn::number("年", "year"),
        OutputColumn::number("字", "chars"),
        OutputColumn::number("独有", "original"),
        OutputColumn::number("套话", "formula"),
        OutputColumn::number("同文", "shared"),
        OutputColumn::number("沿用自己", "own earlier"),
        OutputColumn::words("最像", "closest"),
    ];
    let row = |summed: &Summed<'_>| {
        let closest = summed.closest.first().map_or_else(String::new, |near| {
            format!("{}{} {}/{}", setting.named(near.place), number(near.year), near.passages, near.novel)
        });
        let shares =
            [summed.original, summed.formula, summed.shared, summed.own_earlier].map(|s| format!("{:.1}%", 100.0 * s));
        let head = [setting.named(summed.place).to_owned(), number(summed.year), summed.chars.to_string()];
        head.into_iter().chain(shares).chain([closest]).collect()
    };
    let table = |records: &[Summed<'_>]| records.iter().map(row).collect::<Vec<_>>();
    print_records(out, (format, setting.lang), records, |out, records| {
        write_table(out, setting, &columns, &table(records))
    })
}

fn summed<'c>(corpus: &'c Corpus, id: ReportId, summary: &Summary) -> Option<Summed<'c>> {
    let (document, report) = corpus.report(id)?;
    let share = |letters: usize| (summary.share(letters) * 10_000.0).round() / 10_000.0;
    let near = |near: &crate::index::passages::Closest| {
        let (document, report) = corpus.report(near.report)?;
        let (passages, novel) = (near.passages, near.novel);
        Some(Near { file: file_of(document), place: &report.place, year: report.filed_year(), passages, novel })
    };
    Some(Summed {
        file: file_of(document),
        line: report.ranges.first().map_or(1, |range| range.first),
        place: &report.place,
        body: report.body,
        year: report.filed_year(),
        title: &report.title,
        chars: summary.letters,
        original: share(summary.original()),
        formula: share(summary.formula),
        shared: share(summary.shared),
        own_earlier: share(summary.own_earlier),
        closest: summary.closest.iter().filter_map(near).collect(),
    })
}
