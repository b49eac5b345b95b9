//! `yilan search`: every occurrence of a query in context, counts per report, or the places that do not say it.
//!
//! In: a corpus, a query. Out: records. Does not know about: how occurrences are found.

use std::io::{self, Write};
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;

use serde::Serialize;

use super::beside::{beside, meant_hint, session_hint, summary, write_outside};
use super::format::OutputFormat;
use super::open::{self, say};
use super::output::{OutputColumn, Record, write_records, write_table};
use super::search_args::{HitOrder, SearchFlags};
use super::{FormatFlags, Outcome, Setting, by_place, concordance};
use crate::analysis::choose;
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::kwic::{Concordance, KwicOrder, line};
use crate::index::scope::Scope;
use crate::index::search::{
    Filter, Hit, HitCounts, OutsideHit, Query, QueryError, QueryField, QueryOptions, ReportCount, Search,
    search_outside,
};
use crate::index::stats;
use crate::index::terms::Segmenter;
use crate::text::Lang;
use crate::text::width::str_width;

/// Characters of context on either side of a hit, for programs.
const CONTEXT: usize = 30;
/// The same for people, so that a line fits a screen.
const NARROW_CONTEXT: usize = 15;
/// Lines of a sorted concordance made at once.
const PAGE: u64 = 4096;

#[derive(Serialize)]
struct CountedReport<'c> {
    place: &'c str,
    title: &'c str,
    file: String,
    hits: usize,
    /// 汉字 of the lines that count, and of what the query's conditions leave of the report.
    han: u64,
    /// Hits in lines that count per 10,000 of them.
    rate: Option<f64>,
    /// Hits in captions, bylines and page heads: none of `hits` unless they were asked for.
    furniture: u32,
    /// Hits in what is printed a second time, likewise.
    repeats: u32,
    /// Whether these are the lines of a file that belong to no report: those have no 汉字 and no rate.
    outside: bool,
}

impl Record for CountedReport<'_> {
    const COLUMNS: &'static [&'static str] =
        &["place", "title", "file", "hits", "han", "rate", "furniture", "repeats", "outside"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.place.to_owned(),
            self.title.to_owned(),
            self.file.clone(),
            self.hits.to_string(),
            self.han.to_string(),
            self.rate.map_or_else(String::new, |rate| format!("{rate:.2}")),
            self.furniture.to_string(),
            self.repeats.to_string(),
            self.outside.to_string(),
        ]
    }
}

#[derive(Serialize)]
struct Silent<'c> {
    place: &'c str,
    province: &'c str,
    reports: usize,
}

impl Record for Silent<'_> {
    const COLUMNS: &'static [&'static str] = &["place", "province", "reports"];

    fn cells(&self) -> Vec<String> {
        vec![self.place.to_owned(), self.province.to_owned(), self.reports.to_string()]
    }
}

/// Prints what `typed` finds; with `--count` the number in every report that was looked at, those without any included;
/// with `--without` the places that do not say it.
pub fn find(
    out: &mut dyn Write,
    corpus: &Corpus,
    typed: &str,
    how: &SearchFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let (query, field) = match read(corpus, typed, how, setting) {
        Ok(read) => read,
        Err((message, outcome)) => {
            say(&message);
            return Ok(outcome);
        }
    };
    if how.by.as_deref() == Some("place") {
        return by_place::by_place(out, corpus, query, how, format, setting);
    }
    let index = open::search_index(corpus, setting);
    let search = Search::new(corpus, &index, &query);
    let mut counts: Vec<ReportCount> = Vec::new();
    if how.count || how.without || how.sort.is_some() {
        search.count(&|| false, &mut |chunk| counts.extend(chunk));
    }
    let outside = if how.no_outside { Vec::new() } else { search_outside(corpus, search.query(), &|| false) };
    let mut silent = None;
    if how.count {
        write_counts(out, corpus, &search, (&counts, &field, &outside), how, format, setting)?;
    } else if how.without {
        silent = Some(write_silent(out, corpus, &search, &counts, how, format, setting)?);
    } else if let Some(order) = how.sort {
        write_sorted(out, corpus, &search, &counts, order, how, format, setting)?;
    } else {
        counts = write_all(out, corpus, &search, how, format, setting)?;
    }
    if how.outside && !how.count {
        write_outside(out, corpus, &outside, how.max, context_of(how, format), format, setting)?;
    }
    let mut sums = HitCounts::default();
    sums.add_counts(corpus, &counts);
    // The sum is read after the lines it sums up.
    out.flush()?;
    say(&(summary(&sums, corpus, &query, setting.lang) + &beside(outside.len(), setting.lang)));
    let hint = session_hint(corpus, &query, &sums, setting.lang);
    if let Some(hint) = hint.or_else(|| meant_hint(corpus, &query, &sums, setting.lang)) {
        say(&hint);
    }
    Ok(Outcome::found(silent.unwrap_or(sums.total > 0 || how.outside && !outside.is_empty())))
}

/// The query with what the flags add to it, and the text its rates are of; else a message that shows what is wrong and where.
fn read(
    corpus: &Corpus,
    typed: &str,
    how: &SearchFlags,
    setting: &Setting,
) -> Result<(Query, Scope), (String, Outcome)> {
    let options = QueryOptions { exact: how.exact, regex: how.regex, pinyin: how.pinyin, repeats: how.repeats };
    let mut query = Query::read(typed, options).map_err(|error| (explain(typed, &error, setting), Outcome::Wrong))?;
    let place = match &how.place {
        Some(words) => {
            let found = choose::place(corpus, words)
                .ok_or_else(|| (nothing_called(words, setting.lang), Outcome::found(false)))?;
            Some(format!("={}", corpus.place(found).name))
        }
        None => None,
    };
    let flags = [
        (QueryField::City, &place),
        (QueryField::City, &how.city),
        (QueryField::Province, &how.province),
        (QueryField::Body, &how.body),
        (QueryField::Year, &how.year),
        (QueryField::Session, &how.session),
        (QueryField::Part, &how.part),
        (QueryField::Section, &how.section),
        (QueryField::Title, &how.title),
    ];
    for (field, value) in flags {
        let Some(value) = value else { continue };
        let filter = Filter::read(field, value).map_err(|error| {
            (format!("--{} {value}: {}", field.name(), error.message(setting.lang)), Outcome::Wrong)
        })?;
        query = query.with_filter(filter);
    }
    let scope = Scope::of_query(&query);
    let Some(words) = &how.matching else { return Ok((query, scope)) };
    let matching = Query::read(words, QueryOptions { repeats: how.repeats, ..QueryOptions::default() })
        .map_err(|error| (explain(words, &error, setting), Outcome::Wrong))?;
    Ok((query.matching(&matching), scope.matching(matching)))
}

fn nothing_called(words: &str, lang: Lang) -> String {
    format!("{}: {words}", lang.pick("没有这个地方", "no such place"))
}

/// The query with a caret under what is wrong.
fn explain(typed: &str, error: &QueryError, setting: &Setting) -> String {
    let width = |text: Option<&str>| str_width(text.unwrap_or_default(), setting.ambiguous());
    let before = width(typed.get(..error.span.start));
    let under = width(typed.get(error.span.clone())).max(1);
    let message = error.message(setting.lang);
    if typed.trim().is_empty() || typed.contains(char::is_control) {
        return message;
    }
    format!("{message}\n  {typed}\n  {}{}", " ".repeat(before), "^".repeat(under))
}

fn context_of(how: &SearchFlags, format: FormatFlags) -> usize {
    how.context.unwrap_or(if format.format() != OutputFormat::Text { CONTEXT } else { NARROW_CONTEXT })
}

/// Prints every occurrence in the order of the corpus as it is found, and gives the counts.
fn write_all(
    out: &mut dyn Write,
    corpus: &Corpus,
    search: &Search<'_>,
    how: &SearchFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Vec<ReportCount>> {
    let context = context_of(how, format);
    let layout = concordance::ConcordanceLayout { context, by_report: true };
    let (stop, closed) = (AtomicBool::new(false), AtomicBool::new(false));
    // Hits are printed while later ones are looked for, and never all of them are held.
    let (send, receive) = sync_channel::<Vec<(ReportId, Vec<Hit>)>>(1);
    let (counts, written) = std::thread::scope(|scope| {
        let finder = scope.spawn(|| {
            let mut enough = false;
            search.find(&|| stop.load(Ordering::Relaxed), &mut |chunk| {
                // Once enough is printed the rest is only counted.
                enough = enough || send.send(chunk).is_err();
                stop.store(enough, Ordering::Relaxed);
            });
            drop(send);
            let mut counts = Vec::new();
            search.count(&|| closed.load(Ordering::Relaxed), &mut |chunk| counts.extend(chunk));
            counts
        });
        let found = receive.into_iter().flatten();
        let lines = found.flat_map(|(id, hits)| hits.into_iter().map(move |hit| (id, hit)));
        let lines = lines.take(how.max.unwrap_or(usize::MAX)).filter_map(|(id, hit)| {
            let (document, report) = corpus.report(id)?;
            Some(line(document, report, id, &hit, context))
        });
        let written = concordance::write(out, corpus, lines, layout, format, setting);
        closed.store(written.is_err(), Ordering::Relaxed);
        (finder.join(), written)
    });
    written?;
    Ok(counts.unwrap_or_else(|panic| resume_unwind(panic)))
}

#[expect(clippy::too_many_arguments, reason = "what is printed and how, each a thing of its own")]
fn write_sorted(
    out: &mut dyn Write,
    corpus: &Corpus,
    search: &Search<'_>,
    counts: &[ReportCount],
    order: HitOrder,
    how: &SearchFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<()> {
    let order = match order {
        HitOrder::Corpus => KwicOrder::Corpus,
        HitOrder::Place => KwicOrder::Place,
        HitOrder::Year => KwicOrder::Year,
        HitOrder::Left => KwicOrder::Left,
        HitOrder::Right => KwicOrder::Right,
    };
    let by_context = matches!(order, KwicOrder::Left | KwicOrder::Right);
    let segmenter = by_context.then(Segmenter::get);
    let made = Concordance::new(corpus, search, counts, order, segmenter, &|| false).unwrap_or_default();
    let context = context_of(how, format);
    let last = made.len().min(how.max.and_then(|max| u64::try_from(max).ok()).unwrap_or(u64::MAX));
    let pages = (0..last.div_ceil(PAGE)).map(|page| page * PAGE..((page + 1) * PAGE).min(last));
    let lines = pages.flat_map(|page| made.page(corpus, search, page, context));
    let layout = concordance::ConcordanceLayout { context, by_report: !by_context };
    concordance::write(out, corpus, lines, layout, format, setting)
}

/// Prints the places without a hit; whether there is any.
fn write_silent(
    out: &mut dyn Write,
    corpus: &Corpus,
    search: &Search<'_>,
    counts: &[ReportCount],
    how: &SearchFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<bool> {
    let mut sums = HitCounts::default();
    sums.add_counts(corpus, counts);
    let silent = sums.silent(corpus, |id| search.counts(id));
    let asked = |id: PlaceId| corpus.place(id).reports.iter().filter(|&&report| search.counts(report)).count();
    let records = || {
        silent.iter().take(how.max.unwrap_or(usize::MAX)).map(|&id| {
            let place = corpus.place(id);
            Silent { place: &place.name, province: &place.province, reports: asked(id) }
        })
    };
    match write_records(out, (format, setting.lang), records()) {
        Some(written) => written?,
        None => {
            let columns = [
                OutputColumn::words("地方", "place"),
                OutputColumn::words("省份", "province"),
                OutputColumn::number("篇", "reports"),
            ];
            let named = |silent: Silent<'_>| {
                vec![setting.named(silent.place).to_owned(), silent.province.to_owned(), silent.reports.to_string()]
            };
            write_table(out, setting, &columns, &records().map(named).collect::<Vec<_>>())?;
        }
    }
    Ok(!silent.is_empty())
}

fn write_counts(
    out: &mut dyn Write,
    corpus: &Corpus,
    search: &Search<'_>,
    (counts, field, outside): (&[ReportCount], &Scope, &[OutsideHit]),
    how: &SearchFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<()> {
    // All are in corpus order. A rate is of the text that the query's conditions leave.
    let extent = field.extent(corpus, &|| false).unwrap_or_default();
    let count_of = |id: ReportId| {
        let found = counts.binary_search_by_key(&id, |count| count.report).ok();
        found.and_then(|i| counts.get(i)).copied().unwrap_or(ReportCount {
            report: id,
            hits: 0,
            repeats: 0,
            furniture: 0,
        })
    };
    let asked = || corpus.reports().filter(|(id, ..)| search.counts(*id)).take(how.max.unwrap_or(usize::MAX));
    let records = || {
        asked().map(|(id, document, report)| {
            let (count, han) = (count_of(id), extent.piece(id).map_or(0, |piece| piece.han));
            CountedReport {
                place: &report.place,
                title: &report.title,
                file: document.path.to_string_lossy().into_owned(),
                hits: count.hits as usize,
                han,
                rate: Some(stats::rate(count.counted(search.query()).into(), han)),
                furniture: count.furniture,
                repeats: count.repeats,
                outside: false,
            }
        })
    };
    // A group of its own: for programs, which get one record a report, where it is asked for.
    let apart = || {
        outside.chunk_by(|a, b| a.document == b.document).filter_map(|hits| {
            let file = corpus.document(hits.first()?.document)?.path.to_string_lossy().into_owned();
            let hits = hits.len();
            Some(CountedReport {
                place: "",
                title: "",
                file,
                hits,
                han: 0,
                rate: None,
                furniture: 0,
                repeats: 0,
                outside: true,
            })
        })
    };
    if let Some(written) = write_records(out, (format, setting.lang), records().chain(apart().filter(|_| how.outside)))
    {
        return written;
    }
    let columns = [
        OutputColumn::words("地方", "place"),
        OutputColumn::number("次", "hits"),
        OutputColumn::number("汉字", "han"),
        OutputColumn::number("每万字", "per 10,000"),
        OutputColumn::words("标题", "title"),
    ];
    let row = |counted: CountedReport<'_>| {
        let cells = counted.cells();
        [0, 3, 4, 5, 1].into_iter().filter_map(|i| cells.get(i).cloned()).collect()
    };
    let mut rows: Vec<Vec<String>> = records().map(row).collect();
    rows.extend(apart().map(|counted| {
        let none = setting.lang.pick("不属于任何报告", "in no report");
        vec![format!("（{none}）"), counted.hits.to_string(), "—".into(), "—".into(), counted.file]
    }));
    write_table(out, setting, &columns, &rows)
}
