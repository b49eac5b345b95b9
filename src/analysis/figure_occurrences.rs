//! What stands behind a figure, laid out: its occurrences in lists, and of a term its table of figures and its formulas. In:
//! evidence, what its scope is compared with. Out: a [`FigureOccurrences`]. Does not know about: how it is drawn.

use std::collections::BTreeMap;

use super::{Cancelled, Context};
use crate::corpus::{Corpus, ReportId};
use crate::index::collocates::{Together, open_collocate};
use crate::index::groups::group_hits;
use crate::index::scope::{Extent, Reference, Scope, ScopePiece};
use crate::index::terms::{
    Keyword, Occurrence, Occurrences, TermPart, Worked, compare, open_reference, open_term, term_parts,
};
use crate::index::trend::Counting;
use crate::table::Evidence;
use crate::text::{Lang, Span};

/// What stands behind a figure.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FigureOccurrences {
    /// How many occurrences it says.
    pub figure: u64,
    /// 汉字 of the text it is about; 0 where that is not known.
    pub han: u64,
    /// The term's row of the table.
    pub row: Option<Keyword>,
    /// Its contingency table and its formulas, the numbers filled in.
    pub worked: Option<Worked>,
    /// The occurrences; the first list holds as many as the figure says.
    pub lists: Vec<OccurrenceList>,
}

/// Some occurrences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccurrenceList {
    /// Which.
    pub kind: OccurrenceKind,
    /// How many.
    pub count: usize,
    /// One row each, and headings between.
    pub rows: Vec<OccurrenceRow>,
}

/// Which occurrences a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OccurrenceKind {
    /// Those that the number counts.
    Counted,
    /// Those in the reference.
    Reference,
    /// Those inside longer words, by longer word.
    Inside,
    /// Those across the border of two words.
    Across,
    /// Those of a group that fall in another group as well.
    Shared,
    /// The first in every report of the corpus: what the number of reports counts.
    Reports,
    /// The first in every place of the corpus: what the number of places counts.
    Places,
    /// The parts that the dispersion is worked out over.
    Parts,
    /// The text of the scope: n₁ is the sum of its 汉字.
    Scope,
    /// The text it is compared with: n₂ likewise.
    Compared,
}

impl OccurrenceKind {
    /// Its name.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Counted => lang.pick("所计", "counted"),
            Self::Reference => lang.pick("参照中", "in reference"),
            Self::Inside => lang.pick("长词内", "in longer words"),
            Self::Across => lang.pick("跨词", "across words"),
            Self::Shared => lang.pick("兼属", "in two groups"),
            Self::Reports => lang.pick("篇", "reports"),
            Self::Places => lang.pick("地", "places"),
            Self::Parts => lang.pick("DP 各部分", "DP parts"),
            Self::Scope => lang.pick("n₁ 范围", "n₁ scope"),
            Self::Compared => lang.pick("n₂ 参照", "n₂ reference"),
        }
    }
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OccurrenceRow {
    /// A longer word, and how often the term stands in it.
    Heading(String, usize),
    /// An occurrence.
    Hit {
        /// The report.
        report: ReportId,
        /// Where in the document's text.
        span: Span,
        /// The longer word it stands in.
        longer: Option<Span>,
        /// Indices of other groups that it belongs to.
        also: Vec<usize>,
    },
    /// A piece of text that a figure is about.
    Piece {
        /// Its report.
        report: ReportId,
        /// Where it begins in the document's text.
        span: Span,
        /// Its name: place, year and title, or its heading.
        name: String,
        /// Its figures, in a few words.
        figures: String,
    },
}

/// Lays out what stands behind a figure. `None` once `cancelled` says so, or if its text is not there any more.
pub fn figure_occurrences(
    context: &Context<'_>,
    evidence: &Evidence,
    reference: &Reference,
    cancelled: Cancelled<'_>,
) -> Option<FigureOccurrences> {
    let han = evidence.scope().map_or(0, Extent::han);
    let mut detail = match evidence {
        Evidence::Term { term, counting, scope } => {
            term_detail(context, (term, *counting), (scope, reference), cancelled)?
        }
        Evidence::Near { node, word, window, before, scope } => {
            let found = open_collocate(&context.count_context, scope, node, word, *window, cancelled)?;
            let wanted = found.into_iter().filter(|near| !before || near.collocate.span.start < near.node.start);
            FigureOccurrences::of(vec![list(OccurrenceKind::Counted, wanted.map(near).collect())])
        }
        Evidence::Group { group, counting, shared, scope, .. } => {
            let hits = group_hits(&context.count_context, scope, context.groups, *counting, cancelled)?;
            let own = hits.into_iter().filter(|hit| hit.group == *group && (!shared || !hit.shared_with.is_empty()));
            let row = |hit: crate::index::groups::GroupHit| OccurrenceRow::Hit {
                report: hit.report,
                span: hit.span,
                longer: None,
                also: hit.shared_with,
            };
            let rows: Vec<OccurrenceRow> = own.map(row).collect();
            let is_shared = |row: &&OccurrenceRow| matches!(row, OccurrenceRow::Hit { also, .. } if !also.is_empty());
            let both: Vec<OccurrenceRow> = rows.iter().filter(is_shared).cloned().collect();
            FigureOccurrences::of(vec![list(OccurrenceKind::Counted, rows), list(OccurrenceKind::Shared, both)])
        }
        Evidence::Occurrences { .. }
        | Evidence::Run { .. }
        | Evidence::Reference { .. }
        | Evidence::First { .. }
        | Evidence::Hits { .. } => {
            let found = evidence.occurrences(context.sources(), cancelled)?;
            FigureOccurrences::of(vec![list(OccurrenceKind::Counted, found.iter().map(hit).collect())])
        }
    };
    detail.han = han;
    Some(detail)
}

impl FigureOccurrences {
    /// Of these lists; the figure is how many the first holds.
    fn of(lists: Vec<OccurrenceList>) -> Self {
        let figure = lists.first().map_or(0, |list| list.count as u64);
        Self { figure, lists, ..Self::default() }
    }
}

fn term_detail(
    context: &Context<'_>,
    (term, counting): (&str, Counting),
    (scope, reference): (&Extent, &Reference),
    cancelled: Cancelled<'_>,
) -> Option<FigureOccurrences> {
    let (count_context, corpus) = (&context.count_context, context.corpus());
    let found = open_term(corpus, scope, term, count_context.segmenter, cancelled)?;
    let (mut row, mut worked, mut lists) = (None, None, Vec::new());
    if counting == Counting::Words {
        let table = compare(count_context, scope, reference, cancelled)?;
        row = table.row(term).cloned();
        worked = row.as_ref().map(|row| Worked::new(row, &table, corpus, context.lang));
        lists.push(list(OccurrenceKind::Counted, found.words.iter().map(hit).collect()));
        if table.rest_han > 0 {
            let others = open_reference(corpus, scope, reference, term, count_context.segmenter, cancelled)?;
            lists.push(list(OccurrenceKind::Reference, others.words.iter().map(hit).collect()));
        }
    } else {
        lists.push(list(OccurrenceKind::Counted, everywhere(&found)));
    }
    lists.push(inside(corpus, &found));
    lists.push(list(OccurrenceKind::Across, found.across.iter().map(hit).collect()));
    if let Some(row) = row.as_ref().filter(|_| counting == Counting::Words) {
        lists.extend(behind(context, row, (scope, reference), cancelled)?);
    }
    Some(FigureOccurrences { row, worked, ..FigureOccurrences::of(lists) })
}

/// What stands behind the other figures of a term: reports, places, the parts of its dispersion, the two texts.
fn behind(
    context: &Context<'_>,
    row: &Keyword,
    (scope, reference): (&Extent, &Reference),
    cancelled: Cancelled<'_>,
) -> Option<Vec<OccurrenceList>> {
    let (count_context, corpus, lang) = (&context.count_context, context.corpus(), context.lang);
    let everything = std::sync::Arc::new(Scope::corpus().extent(corpus, cancelled)?);
    let anywhere = Evidence::Term { term: row.term.clone(), counting: Counting::Words, scope: everything };
    let firsts = |evidence: Evidence| evidence.occurrences(context.sources(), cancelled);
    let reports = firsts(anywhere.clone().by_report())?;
    let places = firsts(anywhere.by_place())?;
    let parts = term_parts(count_context, scope, &row.term, cancelled)?;
    let sum = |of: fn(&TermPart) -> u64| parts.iter().map(of).sum::<u64>().max(1) as f64;
    let (all, han) = (sum(|part| part.count), sum(|part| part.han));
    let part = |part: &TermPart| {
        let (v, s) = (100.0 * part.count as f64 / all, 100.0 * part.han as f64 / han);
        let figures = match lang {
            Lang::Zh => format!("{} 次 {} 字  v {v:.1}% s {s:.1}%", part.count, part.han),
            Lang::En => format!("{} of {} chars  v {v:.1}% s {s:.1}%", part.count, part.han),
        };
        piece(corpus, part.report, part.section, figures)
    };
    let text = |one: &ScopePiece| piece(corpus, one.report, None, format!("{} {}", one.han, lang.pick("字", "chars")));
    let compared = reference.extent(corpus, scope, cancelled)?;
    Some(vec![
        list(OccurrenceKind::Reports, reports.iter().map(hit).collect()),
        list(OccurrenceKind::Places, places.iter().map(hit).collect()),
        list(OccurrenceKind::Parts, parts.iter().filter_map(part).collect()),
        list(OccurrenceKind::Scope, scope.pieces().iter().filter_map(text).collect()),
        list(OccurrenceKind::Compared, compared.pieces().iter().filter_map(text).collect()),
    ])
}

/// A row for a report, or for a section of one.
fn piece(corpus: &Corpus, id: ReportId, section: Option<usize>, figures: String) -> Option<OccurrenceRow> {
    let (document, report) = corpus.report(id)?;
    let own = section.and_then(|at| report.sections.get(at));
    let start = match own {
        Some(section) => section.heading.start,
        None => report.ranges.first().and_then(|range| document.line(range.first)).map_or(0, |line| line.span.start),
    };
    let name = match own {
        Some(section) => section.title(document.text()).into_owned(),
        None => {
            let year = report.years.last().map(|year| format!(" {year}")).unwrap_or_default();
            format!("{}{year} · {}", report.place, report.title)
        }
    };
    Some(OccurrenceRow::Piece { report: id, span: Span::new(start, start), name, figures })
}

/// A word near a term: the text from the one to the other is shown.
fn near(near: Together) -> OccurrenceRow {
    let Occurrence { report, span } = near.collocate;
    let both = Span::new(span.start.min(near.node.start), span.end.max(near.node.end));
    OccurrenceRow::Hit { report, span, longer: Some(both), also: Vec::new() }
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
