//! Who writes like whom: how alike the words of places are. In: a place, or none for every pair; a scope. Out: one row a pair
//! of places, with the word that does most for it. Does not know about: how words are counted.
//!
//! The measure is [`crate::index::similarity`]: the cosine of word counts without stop words, set phrases and own names, with
//! the interval it keeps when paragraphs are drawn anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;
use rustc_hash::FxHashSet;

use super::flags::place;
use super::{
    About, Analysis, Cancelled, Context, KeyedQuestion, Question, ScopeFlags, Unanswered, WordFlags, choose,
};
use crate::corpus::{Corpus, PlaceId, ReportId};
use crate::index::scope::Extent;
use crate::index::similarity::{DRAWS, similarity};
use crate::index::stats::Interval;
use crate::index::terms::{count_words, own_names};
use crate::index::trend::Counting;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};

/// What is known of it.
pub const ABOUT: About = About {
    name: "likeness",
    title: ("谁写得最像", "who writes like whom"),
    help: "Print how alike the words of places are: of one place to all others, or of every pair ‖ 各地用词有多像：一地对各地，或每两地",
    views: &[KeyedQuestion {
        action: "likeness",
        ask: |subject| {
            let (scope, words) = (subject.field.clone(), subject.words.clone());
            Some(Params { of: None, chosen: Some(subject.place?), scope, words }.into())
        },
        shows: |question| matches!(question, Question::Likeness(_)),
    }],
};

/// More places are not compared pair by pair: the table would have a million rows.
const MOST: usize = 500;

/// `yilan likeness`
#[derive(Debug, Clone, PartialEq, Args, Serialize)]
pub struct Params {
    /// Compare this place with all others: its name, pinyin or initials [default: every pair of places].
    /// ‖ 拿这个地方与所有地方比：名称、拼音或首字母［默认：每两地相比］
    #[arg(long, value_name = "PLACE")]
    pub of: Option<String>,
    /// The place, as the screen chose it.
    #[arg(skip)]
    #[serde(skip)]
    pub chosen: Option<PlaceId>,
    /// Which text.
    #[command(flatten)]
    #[serde(flatten)]
    pub scope: ScopeFlags,
    /// Which words are terms.
    #[command(flatten)]
    #[serde(flatten)]
    pub words: WordFlags,
}

/// The words of a place.
#[derive(Debug)]
struct Words {
    name: String,
    extent: Arc<Extent>,
    reports: Vec<ReportId>,
    /// Occurrences by word, in the order of the words: sums then do not depend on who counted when.
    counts: BTreeMap<Box<str>, u64>,
}

/// A pair of places.
#[derive(Debug)]
struct PlacePair {
    of: usize,
    other: usize,
    score: f64,
    /// The 95 % interval of the score; none with very many places.
    interval: Option<Interval>,
    /// Words that both use.
    shared: u64,
    /// The one of them that does most for the score.
    word: Option<Box<str>>,
}

impl PlacePair {
    fn count(&self, place: &Words) -> u64 {
        self.word.as_ref().and_then(|word| place.counts.get(word)).copied().unwrap_or(0)
    }

    fn evidence(&self, place: Option<&Words>) -> Evidence {
        let term = self.word.as_deref().unwrap_or_default().to_owned();
        let scope = place.map(|place| Arc::clone(&place.extent)).unwrap_or_default();
        Evidence::Term { term, counting: Counting::Words, scope }
    }
}

type Of = Field<PlacePair, Vec<Words>>;

const FIELDS: &[Of] = &[
    Of::new("place", Kind::Place, |pair, all| Cell::some_text(all.get(pair.of).map(|words| words.name.as_str())))
        .head("地方", "place")
        .people(1)
        .screen(0, 0),
    Of::new("other", Kind::Place, |pair, all| Cell::some_text(all.get(pair.other).map(|words| words.name.as_str())))
        .head("另一地方", "other place")
        .people(2)
        .key(),
    Of::new("score", Kind::Score(3), |pair, _| Cell::number(pair.score)).head("相似", "score").people(3).screen(1, 8),
    Of::new("shared", Kind::Count, |pair, _| Cell::Count(pair.shared))
        .head("共用词", "shared words")
        .short("共用词", "shared")
        .people(4)
        .screen(2, 8),
    Of::new("word", Kind::Term, |pair, _| Cell::some_text(pair.word.as_deref()))
        .head("最要紧的词", "strongest word")
        .short("最要紧的词", "strongest")
        .people(5)
        .screen(3, 16),
    Of::new("other_count", Kind::Count, |pair, all| Cell::Count(all.get(pair.other).map_or(0, |own| pair.count(own))))
        .head("彼处次数", "there")
        .people(6)
        .screen(4, 9)
        .opens(|pair, all| pair.evidence(all.get(pair.other))),
    Of::new("count", Kind::Count, |pair, all| Cell::Count(all.get(pair.of).map_or(0, |own| pair.count(own))))
        .head("本地次数", "here")
        .people(7)
        .screen(5, 9)
        .opens(|pair, all| pair.evidence(all.get(pair.of))),
    Of::new("score_low", Kind::Score(3), |pair, _| Cell::number(pair.interval.map(|interval| interval.low))),
    Of::new("score_high", Kind::Score(3), |pair, _| Cell::number(pair.interval.map(|interval| interval.high))),
    Of::new("interval", Kind::Interval, |pair, _| match pair.interval {
        Some(Interval { low, high }) => Cell::Text(format!("{low:.3}…{high:.3}").into()),
        None => Cell::None,
    })
    .head("95 %", "95 %")
    .people(8)
    .people_only()
    .screen(6, 13),
];

/// The words of a place that are compared.
fn words_of(
    context: &Context<'_>,
    (id, extent, names): (PlaceId, &Extent, &FxHashSet<Box<str>>),
    cancelled: Cancelled<'_>,
) -> Option<Words> {
    let known = context.corpus().places().get(id.0 as usize)?;
    let own = extent.within(&known.reports);
    let sums = count_words(&context.count_context, own.pieces(), cancelled)?;
    let count_context = &context.count_context;
    let compared = |word: &str| count_context.options.accepts(word) && !names.contains(word) && !count_context.segmenter.is_phrase(word);
    let counts = sums.words.into_iter().filter(|(word, _)| compared(word)).collect();
    let (name, reports) = (context.place_name(id).to_owned(), own.reports().collect());
    Some(Words { name, extent: Arc::new(own), reports, counts })
}

/// How many words two places share, and which of them does most for their cosine; of equal ones the first by code point.
fn shared(a: &Words, b: &Words) -> (u64, Option<Box<str>>) {
    let (mut number, mut most) = (0, (0, None));
    for (word, count) in &a.counts {
        if let Some(other) = b.counts.get(word) {
            number += 1;
            if count * other > most.0 {
                most = (count * other, Some(word.clone()));
            }
        }
    }
    (number, most.1)
}

impl Analysis for Params {
    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let (corpus, lang) = (context.corpus(), context.lang);
        let of = match (&self.of, self.chosen) {
            (Some(words), _) => Some(place(corpus, words, lang)?),
            (None, chosen) => chosen,
        };
        let text = context.text(&self.scope, cancelled)?;
        let found = similarity(&context.count_context, &text.extent, DRAWS, cancelled).ok_or(Unanswered::Cancelled)?;
        if of.is_none() && found.places.len() > MOST {
            let few = lang.pick("地方太多，请用 --of 指定一个", "there are too many places: name one with --of");
            return Err(Unanswered::Wrong(few.to_owned()));
        }
        let names = own_names(corpus, text.extent.reports());
        let own = |id: &PlaceId| words_of(context, (*id, &text.extent, &names), cancelled);
        let all: Option<Vec<Words>> = found.places.iter().map(own).collect();
        let all = all.ok_or(Unanswered::Cancelled)?;
        let mut order: Vec<(usize, usize)> = Vec::new();
        for (a, _) in found.places.iter().enumerate().filter(|(_, place)| of.is_none_or(|of| of == **place)) {
            order.extend((0..all.len()).filter(|other| *other != a).map(|other| (a, other)));
        }
        if of.is_some() {
            let score = |&(a, other): &(usize, usize)| found.cosine[a][other];
            order.sort_by(|x, y| score(y).total_cmp(&score(x)).then(x.1.cmp(&y.1)));
        }
        let total = order.len();
        // What two places share is looked for only where it is shown.
        let pair = |(a, other): (usize, usize)| {
            let (number, word) = shared(&all[a], &all[other]);
            let (score, interval) = (found.cosine[a][other], found.interval[a][other]);
            PlacePair { of: a, other, score, interval, shared: number, word }
        };
        let pairs: Vec<PlacePair> = order.into_iter().take(context.rows).map(pair).collect();
        let mut provenance = context.provenance(&text);
        let places = all.len();
        provenance.add(
            format!("词频的余弦，{places} 地，段落重抽 {DRAWS} 次"),
            format!("cosine of word counts, {places} places, paragraphs drawn anew {DRAWS} times"),
        );
        let settings = Settings::of_words(&provenance, lang);
        let asked = lang.pick("谁写得最像", "who writes like whom");
        let title = of.map_or_else(String::new, |of| format!("{} · ", context.place_name(of))) + asked + " · " + &text.name;
        let rows = List::sharing(pairs, all, FIELDS)
            .about(|pair, all| all.get(pair.other).map_or(&[], |words| &words.reports));
        let mut table = Table::new(rows, settings);
        let keys = [("place", Kind::Place), ("other", Kind::Place)];
        table.name_rows_by(if of.is_some() { &keys[1..] } else { &keys });
        (table.total, table.found, table.sorted) = (total, total > 0, Some("score"));
        table.title = title;
        Ok(table)
    }

    fn scope(&mut self) -> Option<&mut ScopeFlags> {
        Some(&mut self.scope)
    }

    fn words(&self) -> Option<&WordFlags> {
        Some(&self.words)
    }

    fn write_out(&mut self, corpus: &Corpus) -> Option<()> {
        if let Some(id) = self.chosen.take() {
            self.of = Some(choose::name_of(corpus, id)?);
        }
        self.scope.write_out(corpus)
    }

    fn counts_words(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_word_is_that_of_the_largest_product() {
        let words = |counts: &[(&str, u64)]| Words {
            name: String::new(),
            extent: Arc::default(),
            reports: Vec::new(),
            counts: counts.iter().map(|(word, count)| ((*word).into(), *count)).collect(),
        };
        let (a, b) = (words(&[("山", 5), ("水", 2), ("田", 9)]), words(&[("山", 1), ("水", 3)]));
        assert_eq!(shared(&a, &b), (2, Some("水".into())));
        assert_eq!(shared(&a, &words(&[])), (0, None));
    }
}
