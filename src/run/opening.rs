//! What pictures show: the occurrences behind a number, terms by places and years, groups, proposals.
//!
//! In: requests. Out: events. Does not know about: how anything is drawn.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::counting::{Counter, count_all, extent};
use super::desk::Stale;
use crate::app::Event;
use crate::app::pictures::ask::{
    Figure, ListKind, Opened, OpenedList, OpenedRow, Part, PictureAnswer, PictureAsk, PictureRequest, What,
};
use crate::corpus::Corpus;
use crate::index::collocates::{Together, WINDOW, collocates, open_collocate};
use crate::index::discover::{Thresholds, discover};
use crate::index::groups::{group_grid, group_hits};
use crate::index::scope::Extent;
use crate::index::terms::{Basis, Occurrence, Occurrences, Worked, compare, open_reference, open_term};
use crate::index::trend::{Axis, Counting, grid, word_grid};
use crate::text::Span;

/// Collocates that are shown; nobody scrolls further.
const COLLOCATES: usize = 2_000;

impl Counter {
    /// Answers a picture. What is no longer there is answered with nothing in it, so that nobody waits.
    pub fn answer_picture(
        &self,
        request: &PictureRequest,
        refused: &(dyn Fn(&str) -> bool + Sync),
        stale: Stale<'_>,
        post: &mut dyn FnMut(Event),
    ) {
        let (corpus, comparison) = (&request.corpus, &request.comparison);
        let ground = self.ground(corpus);
        let options = self.options(comparison.layers);
        let basis = ground.basis(corpus, &options);
        let field = || comparison.field()?.extent(corpus, stale);
        let answer = match &request.ask {
            PictureAsk::Number(figure) => {
                let opened = count_all(&basis, stale, post).and_then(|()| open(&basis, request, figure, stale));
                PictureAnswer::Number(Arc::new(opened.unwrap_or_default()))
            }
            PictureAsk::Grid { terms, counting: Counting::Words, axis } => {
                let made =
                    count_all(&basis, stale, post).and_then(|()| word_grid(&basis, &field()?, terms, *axis, stale));
                PictureAnswer::Grid(Arc::new(made.unwrap_or_default()))
            }
            PictureAsk::Grid { terms, counting, axis } => {
                let made = field().and_then(|field| grid(&basis, &field, terms, *axis, *counting, stale));
                PictureAnswer::Grid(Arc::new(made.unwrap_or_default()))
            }
            PictureAsk::Shares(axis) => {
                let made =
                    field().and_then(|field| group_grid(&basis, &field, &request.groups, *axis, Counting::Text, stale));
                PictureAnswer::Shares(Arc::new(made.unwrap_or_default()))
            }
            PictureAsk::Company(term, order) => {
                let made = extent(corpus, comparison, stale)
                    .and_then(|extent| collocates(&basis, &extent, term, WINDOW, stale));
                let mut made = made.unwrap_or_default();
                made.sort(*order);
                made.rows.truncate(COLLOCATES);
                PictureAnswer::Company(Arc::new(made))
            }
            PictureAsk::Proposals => {
                let made = field().and_then(|field| discover(&basis, &field, &Thresholds::default(), refused, stale));
                PictureAnswer::Proposals(Arc::new(made.unwrap_or_default()))
            }
        };
        if stale() {
            return;
        }
        post(Event::Picture { seq: request.seq, answer });
        // Counts may be the first of this corpus.
        if matches!(request.ask, PictureAsk::Number(_) | PictureAsk::Grid { axis: Axis::Place, .. }) {
            self.store(&ground, corpus, post);
        }
    }
}

/// Opens a number.
fn open(basis: &Basis<'_>, request: &PictureRequest, figure: &Figure, stale: Stale<'_>) -> Option<Opened> {
    let (corpus, comparison) = (basis.corpus, &request.comparison);
    let extent = match &figure.part {
        Part::Scope => extent(corpus, comparison, stale)?,
        Part::Reports(_, ids) => comparison.field()?.extent(corpus, stale)?.within(ids),
    };
    let han = extent.han();
    let (term, counting) = match &figure.what {
        What::Term(term, counting) => (term, *counting),
        What::Group(group, _) => return open_group(basis, request, (&extent, han), *group, stale),
        What::Near(term, word) => return open_near(basis, (&extent, han), (term, word), stale),
    };
    let found = open_term(corpus, &extent, term, basis.segmenter, stale)?;
    let mut opened = Opened { han, ..Opened::default() };
    if counting == Counting::Words {
        let table = compare(basis, &extent, &comparison.reference, stale)?;
        opened.row = table.row(term).cloned();
        opened.worked = opened.row.as_ref().map(|row| Worked::new(row, &table, corpus, request.lang));
        opened.lists.push(list(ListKind::Counted, found.words.iter().map(hit).collect()));
        if table.rest_han > 0 {
            let others = open_reference(corpus, &extent, &comparison.reference, term, basis.segmenter, stale)?;
            opened.lists.push(list(ListKind::Reference, others.words.iter().map(hit).collect()));
        }
    } else {
        opened.lists.push(list(ListKind::Counted, everywhere(&found)));
    }
    opened.lists.push(inside(corpus, &found));
    opened.lists.push(list(ListKind::Across, found.across.iter().map(hit).collect()));
    opened.figure = opened.lists.first().map_or(0, |list| list.count as u64);
    Some(opened)
}

/// Opens how often a word stands near a term: the text from the one to the other is shown.
fn open_near(
    basis: &Basis<'_>,
    (extent, han): (&Extent, u64),
    (term, word): (&str, &str),
    stale: Stale<'_>,
) -> Option<Opened> {
    let row = |near: Together| {
        let Occurrence { report, span } = near.collocate;
        let both = Span::new(span.start.min(near.node.start), span.end.max(near.node.end));
        OpenedRow::Hit { report, span, longer: Some(both), also: Vec::new() }
    };
    let rows: Vec<OpenedRow> = open_collocate(basis, extent, term, word, WINDOW, stale)?.into_iter().map(row).collect();
    let figure = rows.len() as u64;
    Some(Opened { figure, han, lists: vec![list(ListKind::Counted, rows)], ..Opened::default() })
}

/// Opens a number of a keyword group.
fn open_group(
    basis: &Basis<'_>,
    request: &PictureRequest,
    (extent, han): (&Extent, u64),
    group: usize,
    stale: Stale<'_>,
) -> Option<Opened> {
    let mut rows: Vec<OpenedRow> = Vec::new();
    for hit in group_hits(basis, extent, &request.groups, Counting::Text, stale)? {
        if hit.group == group {
            rows.push(OpenedRow::Hit { report: hit.report, span: hit.span, longer: None, also: hit.shared_with });
        }
    }
    let shared = |row: &&OpenedRow| matches!(row, OpenedRow::Hit { also, .. } if !also.is_empty());
    let both: Vec<OpenedRow> = rows.iter().filter(shared).cloned().collect();
    let figure = rows.len() as u64;
    let lists = vec![list(ListKind::Counted, rows), list(ListKind::Shared, both)];
    Some(Opened { figure, han, lists, ..Opened::default() })
}

fn hit(occurrence: &Occurrence) -> OpenedRow {
    OpenedRow::Hit { report: occurrence.report, span: occurrence.span, longer: None, also: Vec::new() }
}

fn hit_inside(&(occurrence, longer): &(Occurrence, Span)) -> OpenedRow {
    OpenedRow::Hit { report: occurrence.report, span: occurrence.span, longer: Some(longer), also: Vec::new() }
}

fn list(kind: ListKind, rows: Vec<OpenedRow>) -> OpenedList {
    OpenedList { kind, count: rows.len(), rows }
}

/// All occurrences of a string, in corpus order.
fn everywhere(found: &Occurrences) -> Vec<OpenedRow> {
    let own = found.words.iter().chain(&found.across).map(|o| (*o, hit(o)));
    let mut all: Vec<(Occurrence, OpenedRow)> = own.chain(found.inside.iter().map(|i| (i.0, hit_inside(i)))).collect();
    all.sort_by_key(|(occurrence, _)| *occurrence);
    all.into_iter().map(|(_, row)| row).collect()
}

/// Those inside longer words, longer word by longer word, the most frequent first.
fn inside(corpus: &Corpus, found: &Occurrences) -> OpenedList {
    let mut by_word: BTreeMap<&str, Vec<OpenedRow>> = BTreeMap::new();
    for one in &found.inside {
        let word = corpus.report(one.0.report).map_or("", |(document, _)| one.1.slice(document.text()));
        by_word.entry(word).or_default().push(hit_inside(one));
    }
    let mut words: Vec<(&str, Vec<OpenedRow>)> = by_word.into_iter().collect();
    words.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(b.0)));
    let heading = |(word, rows): (&str, Vec<OpenedRow>)| {
        std::iter::once(OpenedRow::Heading(word.to_owned(), rows.len())).chain(rows).collect::<Vec<_>>()
    };
    let rows = words.into_iter().flat_map(heading).collect();
    OpenedList { kind: ListKind::Inside, count: found.inside.len(), rows }
}
