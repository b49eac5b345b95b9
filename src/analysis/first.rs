//! Who said it first: of a term, the first report of every place that has it, by session year. In: terms, a scope. Out: one
//! row a term and place, or with `--overall` one a term, with the occurrence. Does not know about: how strings are found.

use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::trend::Terms;
use super::{About, Analysis, Cancelled, Context, KeyedQuestion, Question, ScopeFlags, Unanswered, WordFlags};
use crate::corpus::{Body, PlaceId};
use crate::index::scope::Extent;
use crate::index::search::context as context_of;
use crate::index::terms::{Occurrence, open_term};
use crate::index::trend::Counting;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};

/// What is known of it.
pub const ABOUT: About = About {
    name: "first",
    title: ("最早", "who said it first"),
    help: "Print who said a term first: each place's first report with it, earliest first ‖ 谁最早说一个词：各地最早说它的报告，早的在前",
    views: &[KeyedQuestion {
        action: "first",
        ask: |subject| {
            let (scope, words) = (subject.field.clone(), subject.words.clone());
            let terms = Terms(vec![subject.term?.to_owned()]);
            Some(Params { terms, scope, overall: false, whole_words: false, words }.into())
        },
        shows: |question| matches!(question, Question::First(_)),
    }],
};

/// `yilan first`
#[derive(Debug, Clone, PartialEq, Args, Serialize)]
pub struct Params {
    /// The terms, as they are written in the text; several one after another, or with commas between them.
    /// ‖ 词，照原文写；几个依次写或用逗号隔开
    #[arg(value_name = "TERM")]
    pub terms: Terms,
    /// Where to look.
    #[command(flatten)]
    #[serde(flatten)]
    pub scope: ScopeFlags,
    /// Only the very first of each term, not that of every place.
    /// ‖ 每个词只要最早的一处，不列各地
    #[arg(long)]
    pub overall: bool,
    /// Only where the term is a word of the text, not inside a longer one.
    /// ‖ 只算独立成词的，不算长词之内的
    #[arg(long)]
    pub whole_words: bool,
    /// Which words are terms.
    #[command(flatten)]
    #[serde(flatten)]
    pub words: WordFlags,
}

/// A place's first report with a term.
#[derive(Debug)]
struct FirstRow {
    term: String,
    occurrence: Occurrence,
    file: String,
    line: u32,
    column: u32,
    place: String,
    body: Body,
    /// The year of the session, else the last year that is reported on.
    year: Option<u16>,
    /// What stands around it in its paragraph.
    text: String,
    /// How many places were earlier, and one; those of one year share it. None where the year is not known.
    rank: Option<u64>,
    /// Occurrences in all reports of the place.
    count: u64,
    extent: Arc<Extent>,
}

/// Characters on either side of the occurrence.
const CONTEXT: usize = 40;

fn counting(whole_words: &bool) -> Counting {
    if *whole_words { Counting::Words } else { Counting::Text }
}

type Of = Field<FirstRow, bool>;

const FIELDS: &[Of] = &[
    Of::new("term", Kind::Term, |row, _| Cell::text(&row.term)).head("词", "term").people(1).screen(0, 0),
    Of::new("file", Kind::Path, |row, _| Cell::text(&row.file)),
    Of::new("line", Kind::Position, |row, _| Cell::Count(row.line.into())).head("行", "line").people(6).screen(0, 0),
    Of::new("column", Kind::Position, |row, _| Cell::Count(row.column.into())),
    Of::new("place", Kind::Group, |row, _| Cell::text(&row.place)).head("地方", "place").people(4).key(),
    Of::new("body", Kind::Group, |row, _| Cell::text(row.body.name())).head("机构", "body").people(5).screen(3, 12),
    Of::new("year", Kind::Year, |row, _| Cell::count(row.year.map(u64::from))).head("年份", "year").people(3).screen(1, 6),
    Of::new("text", Kind::Text, |row, _| Cell::text(&row.text)).head("原文", "text").people(8).screen(5, 20).opens(
        |row, _| Evidence::Occurrences { name: row.term.clone(), occurrences: vec![row.occurrence] },
    ),
    Of::new("rank", Kind::Position, |row, _| Cell::count(row.rank)).head("次序", "rank").people(2).screen(2, 6),
    Of::new("count", Kind::Count, |row, _| Cell::Count(row.count)).head("次", "count").people(7).screen(4, 6).opens(
        |row, whole_words| Evidence::Term {
            term: row.term.clone(),
            counting: counting(whole_words),
            scope: Arc::clone(&row.extent),
        },
    ),
];

impl Params {
    /// The first report of every place that has a term: by year, those of one year by the names of their files.
    fn rows(
        &self,
        term: &str,
        (context, extent): (&Context<'_>, &Extent),
        cancelled: Cancelled<'_>,
    ) -> Result<Vec<FirstRow>, Unanswered> {
        let corpus = context.corpus();
        let mut rows = Vec::new();
        for (place, known) in (0u32..).map(PlaceId).zip(corpus.places()) {
            let own = extent.within(&known.reports);
            let found = open_term(corpus, &own, term, context.count_context.segmenter, cancelled);
            let found = found.ok_or(Unanswered::Cancelled)?;
            let all = if self.whole_words { found.words } else { found.strings() };
            let year = |one: &Occurrence| corpus.report(one.report).and_then(|(_, report)| report.filed_year());
            let Some(first) = all.iter().min_by_key(|one| (year(one).is_none(), year(one), corpus.file_order(one.report), one.span.start)) else { continue };
            let Some((document, report)) = corpus.report(first.report) else { continue };
            let here = context_of(document, first.span, CONTEXT);
            rows.push(FirstRow {
                term: term.to_owned(),
                occurrence: *first,
                file: document.path.to_string_lossy().into_owned(),
                line: here.line,
                column: here.column,
                place: context.place_name(place).to_owned(),
                body: report.body,
                year: year(first),
                text: [here.left, here.hit, here.right].concat(),
                rank: None,
                count: all.len() as u64,
                extent: Arc::new(own),
            });
        }
        rows.sort_by_key(|row| (row.year.is_none(), row.year, corpus.file_order(row.occurrence.report), row.occurrence.span.start));
        let years: Vec<Option<u16>> = rows.iter().map(|row| row.year).collect();
        for row in rows.iter_mut().filter(|row| row.year.is_some()) {
            row.rank = years.iter().position(|year| *year == row.year).map(|before| before as u64 + 1);
        }
        if self.overall {
            rows.truncate(1);
        }
        Ok(rows)
    }
}

impl Analysis for Params {
    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let text = context.text(&self.scope, cancelled)?;
        let mut rows = Vec::new();
        for term in &self.terms.0 {
            rows.extend(self.rows(term, (context, &text.extent), cancelled)?);
        }
        let mut provenance = context.provenance(&text);
        provenance.counts = counting(&self.whole_words).name();
        provenance.add(
            "按会议年份（不知则按所述的最后一年），年份不明的在后",
            "by year of the session (else the last reported on), unknown years last",
        );
        let settings = Settings::of_words(&provenance, context.lang);
        let total = rows.len();
        rows.truncate(context.rows);
        let mut table = Table::new(List::sharing(rows, self.whole_words, FIELDS), settings);
        (table.total, table.found) = (total, total > 0);
        let title = context.lang.pick("最早", "who said it first");
        table.title = format!("{} · {title} · {}", self.terms.0.join(" "), text.name);
        Ok(table)
    }

    fn scope(&mut self) -> Option<&mut ScopeFlags> {
        Some(&mut self.scope)
    }

    fn words(&self) -> Option<&WordFlags> {
        Some(&self.words)
    }

    fn kept_whole(&self) -> Vec<String> {
        if self.whole_words { self.terms.0.clone() } else { Vec::new() }
    }

    fn takes_word(&mut self, word: &str) -> bool {
        self.terms.0.extend(Terms::from(word).0);
        true
    }
}
