//! Runs of words, and phrases found without a dictionary. In: a length, a scope. Out: one row each, most frequent (or
//! likeliest) first. Does not know about: how they are found.

use std::borrow::Cow;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::context::Text;
use super::{About, Analysis, Cancelled, Context, Question, ScopeFlags, Unanswered, KeyedQuestion, WordFlags};
use crate::index::discover::{Proposal, Thresholds, discover};
use crate::index::ngrams::{Ngram, ngrams};
use crate::index::scope::Extent;
use crate::index::terms::TermOptions;
use crate::index::trend::Counting;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};

/// What is known of it.
pub const ABOUT: About = About {
    name: "ngrams",
    title: ("词串", "runs of words"),
    help: "Print runs of words, or phrases found without a dictionary ‖ 词串，或不靠词典发现的短语",
    views: &[KeyedQuestion {
        action: "phrases",
        ask: |subject| {
            let (scope, words) = (subject.field.clone(), subject.words.clone());
            Some(Params { scope, length: 2, discover: true, words }.into())
        },
        shows: |question| matches!(question, Question::Ngrams(params) if params.discover),
    }],
};

/// `yilan ngrams`
#[derive(Debug, Clone, PartialEq, Args, Serialize)]
pub struct Params {
    /// What to count.
    #[command(flatten)]
    #[serde(flatten)]
    pub scope: ScopeFlags,
    /// How many words a run has, 2 to 8.
    /// ‖ 词串有几个词，2 到 8
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(2..=8))]
    pub length: u8,
    /// Instead of runs: phrases found without a dictionary, to be added to your own words.
    /// ‖ 不列词串，列出不靠词典发现的短语，供收入自己的词表
    #[arg(long, conflicts_with = "length")]
    pub discover: bool,
    /// Which words are terms.
    #[command(flatten)]
    #[serde(flatten)]
    pub words: WordFlags,
}

#[derive(Debug)]
struct NgramRun {
    text: String,
    run: Ngram,
}

fn run(row: &NgramRun, scope: &Arc<Extent>) -> Evidence {
    Evidence::Run { words: row.run.words.clone(), scope: scope.clone() }
}

type OfRun = Field<NgramRun, Arc<Extent>>;

const RUNS: &[OfRun] = &[
    OfRun::new("ngram", Kind::Term, |row, _| Cell::text(&row.text)),
    OfRun::new("words", Kind::Term, |row, _| Cell::Texts(Cow::Borrowed(&row.run.words))).head("词串", "words").people(1).key(),
    OfRun::new("count", Kind::Count, |row, _| Cell::Count(row.run.count))
        .head("次", "count")
        .people(2)
        .opens(run),
    OfRun::new("rate", Kind::Rate, |row, _| Cell::number(row.run.rate)).head("每万字", "per 10,000").people(3),
    OfRun::new("reports", Kind::Count, |row, _| Cell::Count(row.run.reports.into())).head("篇", "reports").people(4).opens(|row, scope| run(row, scope).by_report()),
    OfRun::new("places", Kind::Count, |row, _| Cell::Count(row.run.places.into())).head("地", "places").people(5).opens(|row, scope| run(row, scope).by_place()),
];

fn phrase(row: &Proposal, scope: &Arc<Extent>) -> Evidence {
    Evidence::Term { term: row.phrase.clone(), counting: Counting::Text, scope: scope.clone() }
}

type OfPhrase = Field<Proposal, Arc<Extent>>;

const PHRASES: &[OfPhrase] = &[
    OfPhrase::new("phrase", Kind::Term, |row, _| Cell::text(&row.phrase)).head("短语", "phrase").short("词", "phrase").people(1).key(),
    OfPhrase::new("count", Kind::Count, |row, _| Cell::Count(row.count))
        .head("次", "count")
        .short("次", "n")
        .people(2)
        .screen(1, 6)
        .opens(phrase),
    OfPhrase::new("cohesion", Kind::Score(2), |row, _| Cell::number(row.cohesion))
        .head("凝固度", "cohesion")
        .short("凝合", "PMI")
        .people(3)
        .screen(3, 7)
        .decimals(1),
    OfPhrase::new("left", Kind::Score(2), |row, _| Cell::number(row.left)).head("左熵", "left").people(4).screen(4, 6),
    OfPhrase::new("right", Kind::Score(2), |row, _| Cell::number(row.right)).head("右熵", "right").people(5).screen(5, 6),
    OfPhrase::new("score", Kind::Score(2), |row, _| Cell::number(row.score())).short("合计", "sum").screen(6, 6).decimals(1),
    OfPhrase::new("places", Kind::Count, |row, _| Cell::Count(row.places.into()))
        .head("地", "places")
        .short("地", "pl")
        .people(6)
        .screen(2, 5)
        .opens(|row, scope| phrase(row, scope).by_place()),
];

impl Params {
    fn phrases(&self, context: &Context<'_>, text: Text, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let thresholds = Thresholds { count: context.count_context.options.min_count, ..Thresholds::default() };
        let found = discover(&context.count_context, &text.extent, &thresholds, context.refused, cancelled);
        let mut found = found.ok_or(Unanswered::Cancelled)?;
        let Thresholds { cohesion, freedom, places, .. } = thresholds;
        let mut provenance = context.provenance(&text);
        provenance.counts = "text";
        provenance.add(
            format!("凝合 ≥ {cohesion} 比特，自由 ≥ {freedom} 比特，地方 ≥ {places}"),
            format!("cohesion ≥ {cohesion} bits, freedom ≥ {freedom} bits, places ≥ {places}"),
        );
        let settings = Settings::of_words(&provenance, context.lang);
        let (total, name) = (found.len(), text.name);
        found.truncate(context.rows);
        let mut table = Table::new(List::sharing(found, text.extent, PHRASES), settings);
        (table.total, table.found, table.sorted) = (total, total > 0, Some("score"));
        table.title = format!("{} {total} · {name}", context.lang.pick("语料中发现的新词", "Phrases found in the corpus:"));
        Ok(table)
    }
}

impl Analysis for Params {
    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let text = context.text(&self.scope, cancelled)?;
        if self.discover {
            return self.phrases(context, text, cancelled);
        }
        let found = ngrams(&context.count_context, &text.extent, self.length.into(), cancelled).ok_or(Unanswered::Cancelled)?;
        let mut provenance = context.provenance(&text);
        provenance.add(format!("n = {}", self.length), format!("n = {}", self.length));
        let settings = Settings::of_words(&provenance, context.lang);
        let total = found.rows.len();
        let row = |run: Ngram| NgramRun { text: run.words.concat(), run };
        let rows: Vec<NgramRun> = found.rows.into_iter().take(context.rows).map(row).collect();
        let mut table = Table::new(List::sharing(rows, text.extent, RUNS), settings);
        (table.total, table.found, table.sorted) = (total, total > 0, Some("count"));
        table.title = format!("{} · {}", context.lang.pick("词串", "Runs of words"), text.name);
        Ok(table)
    }

    fn scope(&mut self) -> Option<&mut ScopeFlags> {
        Some(&mut self.scope)
    }

    fn words(&self) -> Option<&WordFlags> {
        Some(&self.words)
    }

    fn least(&self) -> u64 {
        if self.discover { Thresholds::default().count } else { TermOptions::default().min_count }
    }
}
