//! `yilan keywords`: the terms of a scope with their figures. In: a corpus and what is meant by the flags. Out: one record
//! per term, best first. Refuses to know: formulas and segmentation.

use std::io::{self, Write};

use serde::Serialize;

use super::args::{Order, ScopeFlags};
use super::open::say;
use super::output::{Column, Record, write_records, write_table};
use super::{FormatFlags, Outcome, Setting, choose};
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::terms::{
    self, Keyword, KeywordOrder, KeywordTable, Scope, Segmenter, StopList, TermCache, TermOptions,
};
use crate::text::Lang;

/// Terms in a table for people, unless they say otherwise.
const SHOWN: usize = 50;

#[derive(Serialize)]
struct Term<'t> {
    term: &'t str,
    count: u64,
    rate: f64,
    g2: f64,
    log_ratio: f64,
    reports: u32,
    dp: f64,
}

impl<'t> From<&'t Keyword> for Term<'t> {
    fn from(keyword: &'t Keyword) -> Self {
        let &Keyword { ref term, count, rate, g2, log_ratio, reports, dp, .. } = keyword;
        Self { term, count, rate, g2, log_ratio, reports, dp }
    }
}

impl Record for Term<'_> {
    const COLUMNS: &'static [&'static str] = &["term", "count", "rate", "g2", "log_ratio", "reports", "dp"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.term.to_owned(),
            self.count.to_string(),
            format!("{:.2}", self.rate),
            format!("{:.2}", self.g2),
            format!("{:.2}", self.log_ratio),
            self.reports.to_string(),
            format!("{:.3}", self.dp),
        ]
    }
}

/// Prints the terms of the scope that `flags` choose.
pub fn keywords(
    out: &mut dyn Write,
    corpus: &Corpus,
    flags: &ScopeFlags,
    format: FormatFlags,
    setting: &Setting,
) -> io::Result<Outcome> {
    let scope = match scope(corpus, flags, setting.lang) {
        Ok(scope) => scope,
        Err((outcome, message)) => {
            say(&message);
            return Ok(outcome);
        }
    };
    let Some(mut table) = table(corpus, scope, setting) else { return Ok(Outcome::Nothing) };
    let natural = if scope == Scope::Corpus { Order::Count } else { Order::Keyness };
    table.sort(match flags.by.unwrap_or(natural) {
        Order::Count => KeywordOrder::Count,
        Order::Keyness => KeywordOrder::Keyness,
        Order::Dispersion => KeywordOrder::Dispersion,
    });
    let for_people = !format.json && !format.csv;
    let max = flags.max.unwrap_or(if for_people { SHOWN } else { usize::MAX });
    let rows = || table.rows.iter().take(max).map(Term::from);
    if let Some(written) = write_records(out, format, rows()) {
        written?;
    } else {
        let columns = [
            Column::words("词", "term"),
            Column::number("次", "count"),
            Column::number("每万字", "per 10,000"),
            Column::number("特色 G²", "G²"),
            Column::number("对数比", "log ratio"),
            Column::number("篇", "reports"),
            Column::number("分布 DP", "DP"),
        ];
        let rows: Vec<Vec<String>> = rows().map(|term| term.cells()).collect();
        write_table(out, setting, &columns, &rows)?;
    }
    // What the figures are made of is read after them.
    out.flush()?;
    let (words, own, rest) = (table.rows.len(), table.scope_han, table.rest_han);
    say(&match setting.lang {
        Lang::Zh => format!("{words} 词；范围 {own} 汉字，其余 {rest} 汉字"),
        Lang::En => format!("terms: {words}; 汉字 of the scope: {own}, of the rest: {rest}"),
    });
    Ok(Outcome::found(!table.rows.is_empty()))
}

/// The terms of a scope, with the user's own words and stop words.
fn table(corpus: &Corpus, scope: Scope, setting: &Setting) -> Option<KeywordTable> {
    let words = &setting.config.terms;
    let segmenter = Segmenter::with_words(&words.user_words);
    let options = TermOptions { stops: StopList::default().with(&words.stop_words), ..TermOptions::default() };
    terms::keywords(corpus, scope, &segmenter, &options, &TermCache::new(), &|| false)
}

/// What the flags choose, or how it failed and what to say.
fn scope(corpus: &Corpus, flags: &ScopeFlags, lang: Lang) -> Result<Scope, (Outcome, String)> {
    let nothing = |zh, en, words: &str| (Outcome::Nothing, format!("{}: {words}", lang.pick(zh, en)));
    let place = match &flags.place {
        None => None,
        Some(words) => {
            Some(choose::place(corpus, words).ok_or_else(|| nothing("没有这个地方", "no such place", words))?)
        }
    };
    if flags.title.is_none() && flags.section.is_none() {
        return Ok(place.map_or(Scope::Corpus, Scope::Place));
    }
    let title = flags.title.as_deref();
    let reports: Vec<ReportId> = match place {
        Some(place) => choose::reports(corpus, place, title),
        None => (0u32..).zip(corpus.places()).flat_map(|(id, _)| choose::reports(corpus, PlaceId(id), title)).collect(),
    };
    let Some(words) = &flags.section else {
        return match *reports.as_slice() {
            [] => Err(nothing("没有这样的报告", "no such report", title.unwrap_or_default())),
            [one] => Ok(Scope::Report(one)),
            _ => Err(several(reports.iter().filter_map(|&id| name(corpus, id)), lang)),
        };
    };
    let sections: Vec<(ReportId, usize)> = reports
        .iter()
        .filter_map(|&id| Some((id, corpus.report(id)?)))
        .flat_map(|(id, (document, report))| {
            choose::sections(document, report, words).into_iter().map(move |section| (id, section))
        })
        .collect();
    match *sections.as_slice() {
        [] => Err(nothing("没有这样的章节", "no such section", words)),
        [(report, section)] => Ok(Scope::Section(report, section)),
        _ => Err(several(
            sections.iter().filter_map(|&(id, section)| {
                let (document, report) = corpus.report(id)?;
                let heading = report.sections.get(section)?.heading.slice(&document.text);
                Some(format!("{} > {heading}", name(corpus, id)?))
            }),
            lang,
        )),
    }
}

fn name(corpus: &Corpus, id: ReportId) -> Option<String> {
    let (_, report) = corpus.report(id)?;
    Some(format!("{} · {} · {}", report.place, report.body.name(), report.title))
}

/// That the flags mean more than one thing, and which.
fn several(names: impl Iterator<Item = String>, lang: Lang) -> (Outcome, String) {
    let head = lang.pick("不止一个，请说得更具体：", "there are several; say more exactly which:");
    let names: Vec<String> = names.take(20).collect();
    (Outcome::Wrong, format!("{head}\n  {}", names.join("\n  ")))
}
