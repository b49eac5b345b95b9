//! Which text figures are about. In: what a user chose. Out: an [`Extent`]. Does not know about: words, figures.

use std::collections::BTreeSet;

use super::extent::{Extent, ScopePiece};
use crate::corpus::{Corpus, PlaceId, Report, ReportId};
use crate::index::search::{Filter, Positions, Query, QueryError, QueryField, Search, SearchIndex, search_text};
use crate::text::{Lang, Span};

/// Which reports, or which section, a scope begins with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Within {
    /// Everything; each text counts once.
    #[default]
    Corpus,
    /// The reports of a place, but for those whose text an earlier report of the corpus has.
    Place(PlaceId),
    /// A report.
    Report(ReportId),
    /// A section (index in the report's outline) and what stands under it.
    Section(ReportId, usize),
    /// These reports; each text counts once.
    Reports(Vec<ReportId>),
}

/// The text that figures are about, as it was chosen: every analysis takes it, and every rate is of its 汉字.
///
/// All conditions must hold: reports by place, province, body, year, session and title; in them the parts (回顾, 打算),
/// the sections and the paragraphs that are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    /// What it begins with.
    pub within: Within,
    /// Only reports with this in their title.
    pub title: Option<String>,
    /// Conditions on reports, and on parts and sections of them.
    pub filters: Vec<Filter>,
    /// Only paragraphs in which this has a hit.
    pub matching: Option<Query>,
}

impl From<Within> for Scope {
    fn from(within: Within) -> Self {
        Self { within, ..Self::default() }
    }
}

impl Scope {
    /// Everything.
    pub fn corpus() -> Self {
        Self::default()
    }

    /// The reports of a place.
    pub fn place(place: PlaceId) -> Self {
        Within::Place(place).into()
    }

    /// A report.
    pub fn report(report: ReportId) -> Self {
        Within::Report(report).into()
    }

    /// These reports.
    pub fn reports(reports: Vec<ReportId>) -> Self {
        Within::Reports(reports).into()
    }

    /// A section (index in the report's outline) and what stands under it.
    pub fn section(report: ReportId, section: usize) -> Self {
        Within::Section(report, section).into()
    }

    /// What the conditions of a query leave: the text its rates are of.
    pub fn of_query(query: &Query) -> Self {
        Self { filters: query.filters().to_vec(), ..Self::default() }
    }

    /// The same under one more condition.
    #[must_use]
    pub fn with(mut self, filter: Filter) -> Self {
        self.filters.push(filter);
        self
    }

    /// The same under one more condition, as typed: several values are parted by `|` or a comma.
    ///
    /// # Errors
    /// When the field does not know a value.
    pub fn with_field(self, field: QueryField, values: &str) -> Result<Self, QueryError> {
        Filter::read(field, values).map(|filter| self.with(filter))
    }

    /// The same in the paragraphs alone in which `query` has a hit.
    #[must_use]
    pub fn matching(mut self, query: Query) -> Self {
        self.matching = Some(query);
        self
    }

    /// The same in reports alone with `words` in their title.
    #[must_use]
    pub fn titled(mut self, words: impl Into<String>) -> Self {
        self.title = Some(words.into());
        self
    }

    /// Whether it is everything there is.
    pub fn is_corpus(&self) -> bool {
        *self == Self::default()
    }

    /// What it is, for people: what it begins with, then its conditions as a query writes them.
    pub fn name(&self, corpus: &Corpus, lang: Lang) -> String {
        let titled = |id: ReportId| {
            let report = corpus.report(id).map(|(_, report)| report);
            report.map_or_else(String::new, |r| format!("{} · {} · {}", r.place, r.body.name(), r.title))
        };
        let mut names = vec![match &self.within {
            Within::Corpus => lang.pick("全部", "corpus").to_owned(),
            Within::Place(place) => match corpus.places().get(place.0 as usize) {
                Some(place) if !place.name.is_empty() => place.name.clone(),
                _ => lang.pick("未知", "unknown").to_owned(),
            },
            Within::Report(id) => titled(*id),
            Within::Section(id, section) => {
                let found = corpus.report(*id).and_then(|(d, r)| Some(r.sections.get(*section)?.title(d.text())));
                format!("{} > {}", titled(*id), found.unwrap_or_default())
            }
            Within::Reports(ids) => match lang {
                Lang::Zh => format!("{} 篇", ids.len()),
                Lang::En => format!("{} reports", ids.len()),
            },
        }];
        names.extend(self.title.as_ref().map(|title| format!("{}:{title}", lang.pick("标题", "title"))));
        names.extend(self.filters.iter().map(ToString::to_string));
        names.extend(self.matching.as_ref().map(|query| query.text().to_owned()));
        names.join(" > ")
    }

    /// Its text. `None` if it names a report, section or place that is not there, or once `cancelled` says so.
    pub fn extent(&self, corpus: &Corpus, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Extent> {
        let mut pieces = self.begin(corpus)?;
        let admits = |piece: &ScopePiece| {
            let found = corpus.report(piece.report).zip(corpus.place_of(piece.report));
            found.is_some_and(|((_, report), place)| {
                self.has_title(report) && self.filters.iter().all(|filter| filter.admits(corpus.place(place), report))
            })
        };
        if self.title.is_some() || !self.filters.is_empty() {
            pieces.retain(admits);
        }
        if self.matching.is_none() && !self.filters.iter().any(Filter::is_about_positions) {
            return Some(Extent::new(pieces));
        }
        let index = SearchIndex::new();
        let search = self.matching.as_ref().map(|query| Search::new(corpus, &index, query));
        let mut kept = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let hits = match &search {
                Some(search) => Some(hit_lines(corpus, search, piece.report, cancelled)?),
                None => None,
            };
            if hits.as_ref().is_some_and(Vec::is_empty) {
                continue;
            }
            kept.extend(narrowed(corpus, piece, &self.filters, hits.as_deref()));
        }
        (!cancelled()).then(|| Extent::new(kept))
    }

    fn begin(&self, corpus: &Corpus) -> Option<Vec<ScopePiece>> {
        let distinct = |ids: &mut dyn Iterator<Item = ReportId>| -> Vec<ScopePiece> {
            ids.filter(|id| corpus.duplicate_of(*id).is_none()).filter_map(|id| ScopePiece::whole(corpus, id)).collect()
        };
        match &self.within {
            Within::Corpus => Some(distinct(&mut corpus.reports().map(|(id, ..)| id))),
            Within::Place(place) => Some(distinct(&mut corpus.places().get(place.0 as usize)?.reports.iter().copied())),
            Within::Report(id) => ScopePiece::whole(corpus, *id).map(|piece| vec![piece]),
            Within::Section(id, section) => {
                let parts = parts_of(corpus.report(*id)?.1, Some(*section));
                if parts.is_empty() { None } else { ScopePiece::outline(corpus, *id, parts).map(|piece| vec![piece]) }
            }
            Within::Reports(ids) => whole_reports(corpus, ids),
        }
    }

    fn has_title(&self, report: &Report) -> bool {
        let words = self.title.as_deref().and_then(Query::literal);
        words.is_none_or(|query| !search_text(&report.title, &query).is_empty())
    }
}

/// The lines with a hit, or a part of one: where their text begins in the document, ascending.
fn hit_lines(
    corpus: &Corpus,
    search: &Search<'_>,
    report: ReportId,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<u32>> {
    let (document, _) = corpus.report(report)?;
    let starts = |span: Span| document.line(document.line_at(span.start)).map(|line| line.span.start);
    let hits = search.hits_until(report, cancelled)?;
    let mut lines: Vec<u32> = hits.iter().flat_map(|hit| hit.parts().filter_map(starts).collect::<Vec<_>>()).collect();
    lines.sort_unstable();
    lines.dedup();
    Some(lines)
}

/// The part of a piece that filters on parts and sections let pass, in paragraphs with a hit where those are asked for.
fn narrowed(corpus: &Corpus, piece: ScopePiece, filters: &[Filter], hits: Option<&[u32]>) -> Option<ScopePiece> {
    let (document, report) = corpus.report(piece.report)?;
    let positions = Positions::new(filters, document, report);
    piece.keep(corpus, &mut |stretch| {
        let hit = |lines: &[u32]| {
            stretch.lines().any(|span| {
                let line = document.line(document.line_at(span.start)).map_or(span.start, |line| line.span.start);
                lines.binary_search(&line).is_ok()
            })
        };
        positions.as_ref().is_none_or(|positions| positions.admit(stretch.first.start)) && hits.is_none_or(hit)
    })
}

/// These reports in corpus order, of those with the same text only the first; `None` if one is not there.
pub(super) fn whole_reports(corpus: &Corpus, ids: &[ReportId]) -> Option<Vec<ScopePiece>> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    let mut texts = BTreeSet::new();
    ids.retain(|&id| texts.insert(corpus.original(id)));
    ids.into_iter().map(|id| ScopePiece::whole(corpus, id)).collect()
}

/// Which parts of the outline make up a section and what stands under it, or the whole report.
pub fn parts_of(report: &Report, section: Option<usize>) -> std::ops::Range<usize> {
    let Some(section) = section else { return 0..report.sections.len() + 1 };
    let Some(own) = report.sections.get(section) else { return 0..0 };
    let below = report.sections[section + 1..].iter().take_while(|s| s.level > own.level).count();
    section + 1..section + 2 + below
}
