//! What stands beside the hits of a search: occurrences in lines of no report, and a year that was meant otherwise.
//!
//! In: a corpus, a query, its sums. Out: lines and records. Does not know about: how occurrences are found.

use std::io::{self, Write};

use serde::Serialize;

use super::output::{OutputColumn, Record, write_records, write_table};
use super::{FormatFlags, Setting};
use crate::corpus::Corpus;
use crate::index::search::{HitCounts, OutsideHit, Query, Search, SearchIndex, meant};
use crate::text::Lang;

/// The sum of what was found.
pub fn summary(sums: &HitCounts, corpus: &Corpus, query: &Query, lang: Lang) -> String {
    let (places, of) = (sums.places(), corpus.places().len());
    let among = query.options().repeats;
    let apart = |n: u64, zh: &str, en: &str| match (n, among, lang) {
        (0, ..) => String::new(),
        (n, true, Lang::Zh) => format!("，其中{zh} {n} 处"),
        (n, true, Lang::En) => format!(", in {en}: {n}"),
        (n, false, Lang::Zh) => format!("；{zh}另有 {n} 处"),
        (n, false, Lang::En) => format!("; besides in {en}: {n}"),
    };
    let apart = apart(sums.repeats, "重复段落", "repeats")
        + &apart(sums.furniture, "图注、署名、页眉", "captions, bylines, page heads");
    match (query.is_of_paragraphs(), lang) {
        // Conditions alone: nothing stands there but the paragraphs themselves.
        (true, Lang::Zh) => format!("{} 段，{} 篇，{of} 城中的 {places}{apart}", sums.total, sums.reports),
        (true, Lang::En) => {
            format!("paragraphs: {}, reports: {}, places: {places} of {of}{apart}", sums.total, sums.reports)
        }
        (false, Lang::Zh) => format!("{} 处，{} 篇，{of} 城中的 {places}{apart}", sums.total, sums.reports),
        (false, Lang::En) => {
            format!("hits: {}, reports: {}, places: {places} of {of}{apart}", sums.total, sums.reports)
        }
    }
}

/// What stands in no report, for the end of the sum.
pub fn beside(outside: usize, lang: Lang) -> String {
    match (outside, lang) {
        (0, _) => String::new(),
        (n, Lang::Zh) => format!("；另有 {n} 处不属于任何报告"),
        (n, Lang::En) => format!("; besides in no report: {n}"),
    }
}

/// A year that finds nothing may be meant as the session's: 2024年报告 reviews 2023.
pub fn session_hint(corpus: &Corpus, query: &Query, sums: &HitCounts, lang: Lang) -> Option<String> {
    if sums.total > 0 || sums.repeats > 0 {
        return None;
    }
    let asked = query.asking_sessions()?;
    let index = SearchIndex::new();
    let (mut hits, mut reports) = (0u64, 0usize);
    Search::new(corpus, &index, &asked).count(&|| false, &mut |chunk| {
        hits += chunk.iter().map(|count| u64::from(count.hits)).sum::<u64>();
        reports += chunk.iter().filter(|count| count.hits > 0).count();
    });
    (hits > 0).then(|| match lang {
        Lang::Zh => format!("年份指报告所述的年份；按会议年份（--session，session:）有 {hits} 处，{reports} 篇"),
        Lang::En => {
            format!("a year is the year reported on; by the year of the session (--session, session:) hits: {hits}, reports: {reports}")
        }
    })
}

/// What may be meant by a query that finds nothing.
pub fn meant_hint(corpus: &Corpus, query: &Query, sums: &HitCounts, lang: Lang) -> Option<String> {
    if sums.total > 0 || sums.repeats > 0 {
        return None;
    }
    meant(corpus, &SearchIndex::new(), query, &|| false).map(|meant| meant.message("--pinyin", lang))
}

/// Prints what stands in no report, as a group of its own behind the rest.
pub fn write_outside(
    out: &mut dyn Write,
    corpus: &Corpus,
    found: &[OutsideHit],
    max: Option<usize>,
    context: usize,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<()> {
    let shown = found.iter().take(max.unwrap_or(usize::MAX));
    let lines = shown.filter_map(|hit| Outside::new(corpus, hit, context)).collect::<Vec<_>>();
    if let Some(written) = write_records(out, (format, setting.lang), lines.iter()) {
        return written;
    }
    let columns = [OutputColumn::words("不属于任何报告", "in no report"), OutputColumn::words("上下文", "context")];
    let rows: Vec<Vec<String>> = lines
        .iter()
        .map(|l| vec![format!("{}:{}", l.file, l.line), format!("{}【{}】{}", l.left, l.hit, l.right)])
        .collect();
    write_table(out, setting, &columns, &rows)
}

/// An occurrence in a line of no report.
#[derive(Serialize)]
struct Outside<'c> {
    file: String,
    line: u32,
    column: usize,
    outside: bool,
    left: &'c str,
    hit: &'c str,
    right: &'c str,
}

impl<'c> Outside<'c> {
    fn new(corpus: &'c Corpus, found: &OutsideHit, context: usize) -> Option<Self> {
        let document = corpus.document(found.document)?;
        let line = document.line(found.line)?.span;
        let text = document.text();
        let (start, end) = (found.span.start as usize, found.span.end as usize);
        let (before, after) = (text.get(line.start as usize..start)?, text.get(end..line.end as usize)?);
        let from = before.char_indices().rev().take(context).last().map_or(before.len(), |(at, _)| at);
        let to = after.char_indices().nth(context).map_or(after.len(), |(at, _)| at);
        Some(Self {
            file: document.path.to_string_lossy().into_owned(),
            line: found.line,
            column: before.chars().count() + 1,
            outside: true,
            left: before.get(from..)?,
            hit: text.get(start..end)?,
            right: after.get(..to)?,
        })
    }
}

impl Record for &Outside<'_> {
    const COLUMNS: &'static [&'static str] = &["file", "line", "column", "outside", "left", "hit", "right"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.file.clone(),
            self.line.to_string(),
            self.column.to_string(),
            self.outside.to_string(),
            self.left.to_owned(),
            self.hit.to_owned(),
            self.right.to_owned(),
        ]
    }
}
