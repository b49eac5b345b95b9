//! What views show: the occurrences behind a number, terms by places and years, groups, proposals.
//!
//! In: requests. Out: events. Does not know about: how anything is drawn.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::counting::{Counter, count_all, extent};
use super::desk::Stale;
use crate::app::Event;
use crate::app::views::request::{
    Figure, FigureOccurrences, FigureScope, FigureSubject, OccurrenceKind, OccurrenceList, OccurrenceRow, ViewAnswer,
    ViewQuestion, ViewRequest,
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
    /// Answers a view. What is no longer there is answered with nothing in it, so that nobody waits.
    pub fn answer_view(
        &self,
        request: &ViewRequest,
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
            ViewQuestion::FigureDetail(figure) => {
                let opened = count_all(&basis, stale, post).and_then(|()| open(&basis, request, figure, stale));
                ViewAnswer::FigureDetail(Arc::new(opened.unwrap_or_default()))
            }
            ViewQuestion::Grid { terms, counting: Counting::Words, axis } => {
                let made =
                    count_all(&basis, stale, post).and_then(|()| word_grid(&basis, &field()?, terms, *axis, stale));
                ViewAnswer::Grid(Arc::new(made.unwrap_or_default()))
            }
            ViewQuestion::Grid { terms, counting, axis } => {
                let made = field().and_then(|field| grid(&basis, &field, terms, *axis, *counting, stale));
                ViewAnswer::Grid(Arc::new(made.unwrap_or_default()))
            }
            ViewQuestion::GroupShares(axis) => {
                let made =
                    field().and_then(|field| group_grid(&basis, &field, &request.groups, *axis, Counting::Text, stale));
                ViewAnswer::GroupShares(Arc::new(made.unwrap_or_default()))
            }
            ViewQuestion::CollocateList(term, order) => {
                let made = extent(corpus, comparison, stale)
                    .and_then(|extent| collocates(&basis, &extent, term, WINDOW, stale));
                let mut made = made.unwrap_or_default();
                made.sort(*order);
                made.rows.truncate(COLLOCATES);
                ViewAnswer::CollocateList(Arc::new(made))
            }
            ViewQuestion::PhraseCandidates => {
                let made = field().and_then(|field| discover(&basis, &field, &Thresholds::default(), refused, stale));
                ViewAnswer::PhraseCandidates(Arc::new(made.unwrap_or_default()))
            }
        };
        if stale() {
            return;
        }
        post(Event::View { seq: request.seq, answer });
        // Counts may be the first of this corpus.
        if matches!(request.ask, ViewQuestion::FigureDetail(_) | ViewQuestion::Grid { axis: Axis::Place, .. }) {
            self.store(&ground, corpus, post);
        }
    }
}

/// Opens a number.
fn open(basis: &Basis<'_>, request: &ViewRequest, figure: &Figure, stale: Stale<'_>) -> Option<FigureOccurrences> {
    let (corpus, comparison) = (basis.corpus, &request.comparison);
    let extent = match &figure.part {
        FigureScope::Scope => extent(corpus, comparison, stale)?,
        FigureScope::Reports(_, ids) => comparison.field()?.extent(corpus, stale)?.within(ids),
    };
    let han = extent.han();
    let (term, counting) = match &figure.what {
        FigureSubject::Term(term, counting) => (term, *counting),
        FigureSubject::Group(group, _) => return open_group(basis, request, (&extent, han), *group, stale),
        FigureSubject::Near(term, word) => return open_near(basis, (&extent, han), (term, word), stale),
    };
    let found = open_term(corpus, &extent, term, basis.segmenter, stale)?;
    let mut opened = FigureOccurrences { han, ..FigureOccurrences::default() };
    if counting == Counting::Words {
        let table = compare(basis, &extent, &comparison.reference, stale)?;
        opened.row = table.row(term).cloned();
        opened.worked = opened.row.as_ref().map(|row| Worked::new(row, &table, corpus, request.lang));
        opened.lists.push(list(OccurrenceKind::Counted, found.words.iter().map(hit).collect()));
        if table.rest_han > 0 {
            let others = open_reference(corpus, &extent, &comparison.reference, term, basis.segmenter, stale)?;
            opened.lists.push(list(OccurrenceKind::Reference, others.words.iter().map(hit).collect()));
        }
    } else {
        opened.lists.push(list(OccurrenceKind::Counted, everywhere(&found)));
    }
    opened.lists.push(inside(corpus, &found));
    opened.lists.push(list(OccurrenceKind::Across, found.across.iter().map(hit).collect()));
    opened.figure = opened.lists.first().map_or(0, |list| list.count as u64);
    Some(opened)
}

/// Opens how often a word stands near a term: the text from the one to the other is shown.
fn open_near(
    basis: &Basis<'_>,
    (extent, han): (&Extent, u64),
    (term, word): (&str, &str),
    stale: Stale<'_>,
) -> Option<FigureOccurrences> {
    let row = |near: Together| {
        let Occurrence { report, span } = near.collocate;
        let both = Span::new(span.start.min(near.node.start), span.end.max(near.node.end));
        OccurrenceRow::Hit { report, span, longer: Some(both), also: Vec::new() }
    };
    let rows: Vec<OccurrenceRow> =
        open_collocate(basis, extent, term, word, WINDOW, stale)?.into_iter().map(row).collect();
    let figure = rows.len() as u64;
    Some(FigureOccurrences {
        figure,
        han,
        lists: vec![list(OccurrenceKind::Counted, rows)],
        ..FigureOccurrences::default()
    })
}

/// Opens a number of a keyword group.
fn open_group(
    basis: &Basis<'_>,
    request: &ViewRequest,
    (extent, han): (&Extent, u64),
    group: usize,
    stale: Stale<'_>,
) -> Option<FigureOccurrences> {
    let mut rows: Vec<OccurrenceRow> = Vec::new();
    for hit in group_hits(basis, extent, &request.groups, Counting::Text, stale)? {
        if hit.group == group {
            rows.push(OccurrenceRow::Hit { report: hit.report, span: hit.span, longer: None, also: hit.shared_with });
        }
    }
    let shared = |row: &&OccurrenceRow| matches!(row, OccurrenceRow::Hit { also, .. } if !also.is_empty());
    let both: Vec<OccurrenceRow> = rows.iter().filter(shared).cloned().collect();
    let figure = rows.len() as u64;
    let lists = vec![list(OccurrenceKind::Counted, rows), list(OccurrenceKind::Shared, both)];
    Some(FigureOccurrences { figure, han, lists, ..FigureOccurrences::default() })
}

fn hit(occurrence: &Occurrence) -> OccurrenceRow {
    OccurrenceRow::Hit { report: occurrence.report, span: occurrence.span, longer: None, also: Vec::new() }
}

fn hit_inside(&(occurrence, longer): &(Occurrence, Span)) -> OccurrenceRow {
    OccurrenceRow::Hit { report: occurrence.report, span: occurrence.span, longer: Some(longer), also: Vec::new() }
}

fn list(kind: OccurrenceKind, rows: Vec<OccurrenceRow>) -> OccurrenceList {
    OccurrenceList { kind, count: rows.len(), rows }
}

/// All occurrences of a string, in corpus order.
fn everywhere(found: &Occurrences) -> Vec<OccurrenceRow> {
    let apart = found.words.iter().filter(|word| found.overlapping.binary_search(word).is_err());
    let own = apart.chain(&found.across).map(|o| (*o, hit(o)));
    let mut all: Vec<(Occurrence, OccurrenceRow)> =
        own.chain(found.inside.iter().map(|i| (i.0, hit_inside(i)))).collect();
    all.sort_by_key(|(occurrence, _)| *occurrence);
    all.into_iter().map(|(_, row)| row).collect()
}

/// Those inside longer words, longer word by longer word, the most frequent first.
fn inside(corpus: &Corpus, found: &Occurrences) -> OccurrenceList {
    let mut by_word: BTreeMap<&str, Vec<OccurrenceRow>> = BTreeMap::new();
    for one in &found.inside {
        let word = corpus.report(one.0.report).map_or("", |(document, _)| one.1.slice(document.text()));
        by_word.entry(word).or_default().push(hit_inside(one));
    }
    let mut words: Vec<(&str, Vec<OccurrenceRow>)> = by_word.into_iter().collect();
    words.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(b.0)));
    let heading = |(word, rows): (&str, Vec<OccurrenceRow>)| {
        std::iter::once(OccurrenceRow::Heading(word.to_owned(), rows.len())).chain(rows).collect::<Vec<_>>()
    };
    let rows = words.into_iter().flat_map(heading).collect();
    OccurrenceList { kind: OccurrenceKind::Inside, count: found.inside.len(), rows }
}
