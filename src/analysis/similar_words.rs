//! What the same section elsewhere has and this one has not: words. In: a section, those like it. Out: one row a word, the
//! most telling first, then the words that this section alone has. Does not know about: how likeness is found.
//!
//! A word tells something of these sections where it stands in them more often than in the rest of their reports: its G².

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{Cancelled, Context, Unanswered};
use crate::corpus::PlaceId;
use crate::index::scope::{Extent, Scope, ScopePiece};
use crate::index::sections::{Alike, SectionId};
use crate::index::stats::{log_likelihood, rate};
use crate::index::terms::{count_words, own_names};
use crate::index::trend::Counting;
use crate::table::{Cell, Evidence, Field, Kind, List, Settings, Table};

/// Most sections whose words are looked at, the best ones.
const MOST: usize = 200;
/// Fewest places that make a word worth telling.
const PLACES: usize = 2;

/// A word, and who has it.
#[derive(Debug)]
struct WordElsewhere {
    term: Box<str>,
    /// Whether this section alone has it.
    only: bool,
    places: u64,
    count: u64,
    /// Log-likelihood of its count in these sections against the rest of their reports.
    g2: f64,
}

/// What all rows share.
#[derive(Debug)]
struct ComparedSections {
    own: Arc<Extent>,
    others: Arc<Extent>,
    of: u64,
}

type Of = Field<WordElsewhere, ComparedSections>;

const FIELDS: &[Of] = &[
    Of::new("kind", Kind::Group, |row, _| Cell::text(if row.only { "only" } else { "missing" }))
        .head("种类", "kind")
        .people(5)
        .screen(4, 9),
    Of::new("g2", Kind::Score(2), |row, _| Cell::number(row.g2)).head("G²", "G²").people(6).screen(1, 9),
    Of::new("term", Kind::Term, |row, _| Cell::text(&row.term)).head("词", "word").people(1).key(),
    Of::new("places", Kind::Position, |row, _| Cell::Count(row.places)).head("地", "places").people(2).screen(2, 7),
    Of::new("of", Kind::Position, |_, all| Cell::Count(all.of)).head("共", "of").people(3).screen(0, 0),
    Of::new("count", Kind::Count, |row, _| Cell::Count(row.count)).head("次", "count").people(4).screen(3, 6).opens(
        |row, all| Evidence::Term {
            term: row.term.to_string(),
            counting: Counting::Words,
            scope: Arc::clone(if row.only { &all.own } else { &all.others }),
        },
    ),
];

fn piece(context: &Context<'_>, id: SectionId, cancelled: Cancelled<'_>) -> Option<ScopePiece> {
    let scope = Scope::section(id.report, id.section as usize);
    scope.extent(context.corpus(), cancelled)?.pieces().first().cloned()
}

/// Of words, each with its places and its count in some sections, those that stand there more often than in the rest of the
/// reports of these sections.
fn telling<'w>(
    context: &Context<'_>,
    sections: &[ScopePiece],
    words: impl Iterator<Item = (&'w str, usize, u64)>,
    only: bool,
    cancelled: Cancelled<'_>,
) -> Option<Vec<WordElsewhere>> {
    let whole = sections.iter().filter_map(|piece| ScopePiece::whole(context.corpus(), piece.report));
    let all = count_words(&context.count_context, &whole.collect::<Vec<_>>(), cancelled)?;
    let here: u64 = sections.iter().map(|piece| piece.han).sum();
    let rest = all.han.saturating_sub(here);
    let row = |(word, places, count): (&str, usize, u64)| {
        let elsewhere = all.words.get(word).copied().unwrap_or(0).saturating_sub(count);
        // Where a section is the whole report there is nothing to compare with.
        let more = rest == 0 || rate(count, here) > rate(elsewhere, rest);
        let g2 = if rest == 0 { count as f64 } else { log_likelihood(count, here, elsewhere, rest) };
        more.then(|| WordElsewhere { term: word.into(), only, places: places as u64, count, g2 })
    };
    Some(words.filter_map(row).collect())
}

/// The words that sections like `own`, the best first and one a report, have and it has not; and the other way round.
pub(super) fn table(
    context: &Context<'_>,
    (own, heading): (SectionId, &str),
    alike: &[Alike],
    settings: Settings,
    cancelled: Cancelled<'_>,
) -> Result<Table, Unanswered> {
    let (corpus, count_context) = (context.corpus(), &context.count_context);
    let words = |piece: ScopePiece| -> Option<BTreeMap<Box<str>, u64>> {
        let names = own_names(corpus, std::iter::once(piece.report));
        let sums = count_words(count_context, &[piece], cancelled)?;
        let counts = |word: &str| count_context.options.accepts(word) && !names.contains(word);
        Some(sums.words.into_iter().filter(|(word, _)| counts(word)).collect())
    };
    let own_piece = piece(context, own, cancelled).ok_or(Unanswered::Cancelled)?;
    let own = words(own_piece.clone()).ok_or(Unanswered::Cancelled)?;
    let mut theirs: BTreeMap<Box<str>, (FxHashSet<Option<PlaceId>>, u64)> = BTreeMap::new();
    let mut places: FxHashSet<Option<PlaceId>> = FxHashSet::default();
    let mut pieces = Vec::new();
    for alike in alike.iter().filter(|alike| alike.sure()).take(MOST) {
        let found = piece(context, alike.section, cancelled).ok_or(Unanswered::Cancelled)?;
        pieces.push(found.clone());
        let place = corpus.place_of(alike.section.report);
        places.insert(place);
        for (word, count) in words(found).ok_or(Unanswered::Cancelled)? {
            let (of, sum) = theirs.entry(word).or_default();
            of.insert(place);
            *sum += count;
        }
    }
    let mut rows: Vec<WordElsewhere> = Vec::new();
    if !pieces.is_empty() {
        let missing = theirs.iter().filter(|(word, (of, _))| of.len() >= PLACES && !own.contains_key(*word));
        let counts = missing.map(|(word, (of, count))| (word.as_ref(), of.len(), *count));
        rows.extend(telling(context, &pieces, counts, false, cancelled).ok_or(Unanswered::Cancelled)?);
        let only =
            own.iter().filter(|(word, _)| !theirs.contains_key(*word)).map(|(word, count)| (word.as_ref(), 0, *count));
        let piece = std::slice::from_ref(&own_piece);
        rows.extend(telling(context, piece, only, true, cancelled).ok_or(Unanswered::Cancelled)?);
    }
    rows.sort_by(|a, b| a.only.cmp(&b.only).then(b.g2.total_cmp(&a.g2)).then_with(|| a.term.cmp(&b.term)));
    let total = rows.len();
    rows.truncate(context.rows);
    let shared = ComparedSections {
        own: Arc::new(Extent::from_iter([own_piece])),
        others: Arc::new(pieces.into_iter().collect()),
        of: places.len() as u64,
    };
    let mut table = Table::new(List::sharing(rows, shared, FIELDS), settings);
    (table.total, table.found, table.sorted) = (total, total > 0, Some("g2"));
    let name = context.lang.pick("它写而本篇没写", "what they write and this one does not");
    table.title = format!("{heading} · {name}");
    Ok(table)
}
