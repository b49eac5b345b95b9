//! Who writes like whom: how alike the words of places are. In: a place, or none for every pair; a scope. Out: one row a pair
//! of places, with the word that does most for it. Does not know about: how words are counted.
//!
//! The measure is the cosine of the angle between two vectors of words, each word weighted (1 + ln tf) · ln (N / df), where
//! tf are its occurrences in the texts of a place, df the places that use it and N all places (Salton & Buckley, "Term-weighting
//! approaches in automatic text retrieval", Information Processing & Management 24, 1988: ltc). A word that every place
//! uses weighs nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::Args;

use super::flags::place;
use super::{About, Analysis, Cancelled, Context, KeyedQuestion, Question, ScopeFlags, Unanswered, WordFlags};
use crate::corpus::{PlaceId, ReportId};
use crate::index::scope::Extent;
use crate::index::terms::count_words;
use crate::index::trend::Counting;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};

/// What is known of it.
pub const ABOUT: About = About {
    name: "likeness",
    title: ("谁写得最像", "who writes like whom"),
    help: "Print how alike the words of places are: of one place to all others, or of every pair",
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
#[derive(Debug, Clone, PartialEq, Args)]
pub struct Params {
    /// Compare this place with all others: its name, pinyin or initials [default: every pair of places].
    #[arg(long, value_name = "PLACE")]
    pub of: Option<String>,
    /// The place, as the screen chose it.
    #[arg(skip)]
    pub chosen: Option<PlaceId>,
    /// Which text.
    #[command(flatten)]
    pub scope: ScopeFlags,
    /// Which words are terms.
    #[command(flatten)]
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
struct Pair {
    of: usize,
    other: usize,
    score: f64,
    /// Words that both use and not every place does.
    shared: u64,
    /// The one of them that does most for the score.
    word: Option<Box<str>>,
}

impl Pair {
    fn count(&self, place: &Words) -> u64 {
        self.word.as_ref().and_then(|word| place.counts.get(word)).copied().unwrap_or(0)
    }

    fn evidence(&self, place: Option<&Words>) -> Evidence {
        let term = self.word.as_deref().unwrap_or_default().to_owned();
        let scope = place.map(|place| Arc::clone(&place.extent)).unwrap_or_default();
        Evidence::Term { term, counting: Counting::Words, scope }
    }
}

type Of = Field<Pair, Vec<Words>>;

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
];

/// The words of every place that has some in a text.
fn words_of(context: &Context<'_>, extent: &Extent, cancelled: Cancelled<'_>) -> Option<Vec<(PlaceId, Words)>> {
    let mut all = Vec::new();
    for (place, known) in (0u32..).map(PlaceId).zip(context.corpus().places()) {
        let own = extent.within(&known.reports);
        let sums = count_words(&context.basis, own.pieces(), cancelled)?;
        let terms = sums.words.into_iter().filter(|(word, _)| context.basis.options.accepts(word));
        let counts: BTreeMap<Box<str>, u64> = terms.collect();
        if !counts.is_empty() {
            let (name, reports) = (context.place_name(place).to_owned(), own.reports().collect());
            all.push((place, Words { name, extent: Arc::new(own), reports, counts }));
        }
    }
    Some(all)
}

/// The weights of the words of a place, those without weight left out, by word; and the length of the vector.
fn weigh<'w>(words: &'w Words, df: &BTreeMap<&str, u64>, places: f64) -> (Vec<(&'w str, f64)>, f64) {
    let weight = |(word, tf): (&'w Box<str>, &u64)| {
        let df = df.get(&**word).copied().unwrap_or(1) as f64;
        (&**word, (1.0 + (*tf as f64).ln()) * (places / df).ln())
    };
    let weights: Vec<(&str, f64)> = words.counts.iter().map(weight).filter(|(_, weight)| *weight > 0.0).collect();
    let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    (weights, length)
}

/// How alike two vectors are, the words they share, and which of them does most for it. Both are sorted by word.
fn compare<'w>(a: &(Vec<(&'w str, f64)>, f64), b: &(Vec<(&'w str, f64)>, f64)) -> (f64, u64, Option<&'w str>) {
    let (mut sum, mut shared, mut most) = (0.0, 0, (0.0, None));
    let mut right = b.0.iter().peekable();
    for (word, weight) in &a.0 {
        while right.next_if(|(other, _)| other < word).is_some() {}
        if let Some((_, other)) = right.next_if(|(other, _)| other == word) {
            let product = weight * other;
            (sum, shared) = (sum + product, shared + 1);
            if product > most.0 {
                most = (product, Some(*word));
            }
        }
    }
    let lengths = a.1 * b.1;
    (if lengths > 0.0 { sum / lengths } else { 0.0 }, shared, most.1)
}

impl Analysis for Params {
    fn run(&self, context: &Context<'_>, cancelled: Cancelled<'_>) -> Result<Table, Unanswered> {
        let (corpus, lang) = (context.corpus(), context.lang);
        let of = match (&self.of, self.chosen) {
            (Some(words), _) => Some(place(corpus, words, lang)?),
            (None, chosen) => chosen,
        };
        let text = context.text(&self.scope, cancelled)?;
        let all = words_of(context, &text.extent, cancelled).ok_or(Unanswered::Cancelled)?;
        if of.is_none() && all.len() > MOST {
            let few = lang.pick("地方太多，请用 --of 指定一个", "there are too many places: name one with --of");
            return Err(Unanswered::Wrong(few.to_owned()));
        }
        let mut df: BTreeMap<&str, u64> = BTreeMap::new();
        for word in all.iter().flat_map(|(_, words)| words.counts.keys()) {
            *df.entry(word).or_default() += 1;
        }
        let vectors: Vec<_> = all.iter().map(|(_, words)| weigh(words, &df, all.len() as f64)).collect();
        let mut pairs = Vec::new();
        for (a, (place, _)) in all.iter().enumerate().filter(|(_, (place, _))| of.is_none_or(|of| of == *place)) {
            for (b, _) in all.iter().enumerate().filter(|(_, (other, _))| other != place) {
                if cancelled() {
                    return Err(Unanswered::Cancelled);
                }
                let (score, shared, word) = compare(&vectors[a], &vectors[b]);
                pairs.push(Pair { of: a, other: b, score, shared, word: word.map(Into::into) });
            }
        }
        if of.is_some() {
            pairs.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.other.cmp(&b.other)));
        }
        let mut provenance = context.provenance(&text);
        provenance.also = format!("cosine of (1 + ln tf) ln (N / df), N = {} places", all.len());
        let settings = Settings::of_words(&provenance, lang);
        let total = pairs.len();
        pairs.truncate(context.rows);
        let name = of.map_or_else(|| text.name.clone(), |of| context.place_name(of).to_owned());
        let words: Vec<Words> = all.into_iter().map(|(_, words)| words).collect();
        let rows = List::sharing(pairs, words, FIELDS)
            .about(|pair, all| all.get(pair.other).map_or(&[], |words| &words.reports));
        let mut table = Table::new(rows, settings);
        let keys = [("place", Kind::Place), ("other", Kind::Place)];
        table.name_rows_by(if of.is_some() { &keys[1..] } else { &keys });
        (table.total, table.found, table.sorted) = (total, total > 0, Some("score"));
        table.title = format!("{name} · {}", lang.pick("谁写得最像", "who writes like whom"));
        Ok(table)
    }

    fn scope(&mut self) -> Option<&mut ScopeFlags> {
        Some(&mut self.scope)
    }

    fn words(&self) -> Option<&WordFlags> {
        Some(&self.words)
    }

    fn counts_words(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_is_like_itself_and_unlike_one_without_its_words() {
        let vector = |words: &[(&'static str, f64)]| {
            (words.to_vec(), words.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt())
        };
        let (a, b, none) = (vector(&[("山", 1.0), ("水", 2.0)]), vector(&[("水", 2.0), ("田", 1.0)]), vector(&[]));
        let near = |got: (f64, u64, Option<&str>), want: f64, shared: u64| {
            assert!((got.0 - want).abs() < 1e-12 && got.1 == shared && got.2 == Some("水"), "{got:?}");
        };
        near(compare(&a, &a), 1.0, 2);
        near(compare(&a, &b), 0.8, 1);
        assert_eq!((compare(&a, &none), compare(&none, &none)), ((0.0, 0, None), (0.0, 0, None)));
    }
}
