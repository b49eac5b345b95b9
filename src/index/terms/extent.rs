//! What is counted and what it is compared with. In: a scope or a choice of reports or lines. Out: pieces of reports.
//! Does not know about: words, figures.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::stretch::{Stretch, each_stretch};
use super::tabulate::parts_of;
use crate::corpus::{Body, Corpus, PlaceId, ReportId};
use crate::text::han;

/// What the figures are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// A section (index in the report's outline) and what stands under it.
    Section(ReportId, usize),
    /// A report.
    Report(ReportId),
    /// All reports of a place; each text counts once.
    Place(PlaceId),
    /// Everything.
    Corpus,
}

/// What the figures are about: a scope, or a selection.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Extent {
    /// A scope.
    Scope(Scope),
    /// These reports; each text counts once.
    Reports(Vec<ReportId>),
    /// These source lines (1-based): the paragraphs of a selection of hits; each counts once.
    Lines(Vec<(ReportId, u32)>),
}

impl From<Scope> for Extent {
    fn from(scope: Scope) -> Self {
        Self::Scope(scope)
    }
}

/// What a scope is compared with. The scope's own text is never part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Reference {
    /// The rest of the corpus.
    #[default]
    Rest,
    /// Reports of the same body (人大常委会, 政府…) as any report of the scope.
    SameBody,
    /// Reports of the same province.
    SameProvince,
    /// Reports on a same year.
    SameYear,
    /// The reports of a place.
    Place(PlaceId),
    /// These reports.
    Reports(Vec<ReportId>),
}

/// A report, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The report.
    pub report: ReportId,
    cut: Cut,
}

/// Which part of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cut {
    Whole,
    /// These parts of its outline.
    Parts(Range<usize>),
    /// These lines, ascending.
    Lines(Vec<u32>),
    /// All but what another cut holds.
    But(Box<Cut>),
}

impl Cut {
    fn holds(&self, stretch: &Stretch) -> bool {
        match self {
            Self::Whole => true,
            Self::Parts(parts) => parts.contains(&stretch.part),
            Self::Lines(lines) => lines.binary_search(&stretch.line).is_ok(),
            Self::But(other) => !other.holds(stretch),
        }
    }
}

impl Piece {
    /// A whole report.
    pub const fn whole(report: ReportId) -> Self {
        Self { report, cut: Cut::Whole }
    }

    /// Whether it is a whole report.
    pub const fn is_whole(&self) -> bool {
        matches!(self.cut, Cut::Whole)
    }

    /// The parts of the outline it consists of, if it is one section.
    pub fn parts(&self) -> Option<Range<usize>> {
        if let Cut::Parts(parts) = &self.cut { Some(parts.clone()) } else { None }
    }

    /// Whether a stretch of its report belongs to it.
    pub fn holds(&self, stretch: &Stretch) -> bool {
        self.cut.holds(stretch)
    }

    /// Its 汉字, as the corpus counts them: in noise lines too.
    pub fn han(&self, corpus: &Corpus) -> u64 {
        let Some((document, report)) = corpus.report(self.report) else { return 0 };
        if self.is_whole() {
            return u64::from(report.han);
        }
        let mut sum = 0;
        each_stretch(document, report, &mut |stretch| {
            if self.holds(&stretch) {
                sum += u64::from(han::count(stretch.span.slice(document.text())).han);
            }
            true
        });
        sum
    }

    /// Hands over the stretches whose words count, until `take` says `false`.
    pub fn each_stretch(&self, corpus: &Corpus, take: &mut dyn FnMut(Stretch) -> bool) -> bool {
        let Some((document, report)) = corpus.report(self.report) else { return true };
        each_stretch(document, report, &mut |stretch| stretch.noise || !self.holds(&stretch) || take(stretch))
    }
}

impl Extent {
    /// Its pieces in corpus order; `None` if it names a report, section or place that is not there.
    pub fn pieces(&self, corpus: &Corpus) -> Option<Vec<Piece>> {
        match self {
            Self::Scope(Scope::Section(id, section)) => {
                let parts = parts_of(corpus.report(*id)?.1, Some(*section));
                (!parts.is_empty()).then(|| vec![Piece { report: *id, cut: Cut::Parts(parts) }])
            }
            Self::Scope(Scope::Report(id)) => corpus.report(*id).map(|_| vec![Piece::whole(*id)]),
            Self::Scope(Scope::Place(place)) => whole_reports(corpus, &corpus.places().get(place.0 as usize)?.reports),
            Self::Scope(Scope::Corpus) => Some(corpus.distinct().map(|(id, ..)| Piece::whole(id)).collect()),
            Self::Reports(ids) => whole_reports(corpus, ids),
            Self::Lines(lines) => {
                let mut by_report: BTreeMap<ReportId, Vec<u32>> = BTreeMap::new();
                for &(report, line) in lines {
                    corpus.report(report)?;
                    by_report.entry(report).or_default().push(line);
                }
                let piece = |(report, mut lines): (ReportId, Vec<u32>)| {
                    lines.sort_unstable();
                    lines.dedup();
                    Piece { report, cut: Cut::Lines(lines) }
                };
                Some(by_report.into_iter().map(piece).collect())
            }
        }
    }
}

/// These reports in corpus order, of those with the same text only the first.
fn whole_reports(corpus: &Corpus, ids: &[ReportId]) -> Option<Vec<Piece>> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    let mut texts = BTreeSet::new();
    ids.retain(|&id| texts.insert(corpus.original(id)));
    ids.into_iter().map(|id| corpus.report(id).map(|_| Piece::whole(id))).collect()
}

fn ids_of(pieces: Vec<Piece>) -> Vec<ReportId> {
    pieces.into_iter().map(|piece| piece.report).collect()
}

impl Reference {
    /// The reports it is made of, in corpus order, each text once, whether or not the scope has a share in them, but not
    /// those whose text the scope has in another print. `None` if it names a report or place that is not there.
    pub fn reports(&self, corpus: &Corpus, scope: &[Piece]) -> Option<Vec<ReportId>> {
        let mut ids = self.all_reports(corpus, scope)?;
        let own: BTreeSet<ReportId> = scope.iter().map(|piece| piece.report).collect();
        let texts: BTreeSet<ReportId> = own.iter().map(|&id| corpus.original(id)).collect();
        ids.retain(|id| own.contains(id) || !texts.contains(&corpus.original(*id)));
        Some(ids)
    }

    fn all_reports(&self, corpus: &Corpus, scope: &[Piece]) -> Option<Vec<ReportId>> {
        let own = || scope.iter().filter_map(|piece| Some(corpus.report(piece.report)?.1));
        let all = |keep: &dyn Fn(&crate::corpus::Report) -> bool| {
            corpus.distinct().filter(|(_, _, report)| keep(report)).map(|(id, ..)| id).collect()
        };
        Some(match self {
            Self::Rest => all(&|_| true),
            Self::SameBody => {
                let bodies: BTreeSet<Body> = own().map(|report| report.body).collect();
                all(&|report| bodies.contains(&report.body))
            }
            Self::SameProvince => {
                let provinces: BTreeSet<&str> = own().map(|report| report.province.as_str()).collect();
                all(&|report| !report.province.is_empty() && provinces.contains(&report.province.as_str()))
            }
            Self::SameYear => {
                let years: BTreeSet<u16> = own().flat_map(|report| report.years.iter().copied()).collect();
                all(&|report| report.years.iter().any(|year| years.contains(year)))
            }
            Self::Place(place) => ids_of(whole_reports(corpus, &corpus.places().get(place.0 as usize)?.reports)?),
            Self::Reports(ids) => ids_of(whole_reports(corpus, ids)?),
        })
    }

    /// Its pieces in corpus order: its reports without what the scope holds of them.
    pub fn pieces(&self, corpus: &Corpus, scope: &[Piece]) -> Option<Vec<Piece>> {
        let cuts: BTreeMap<ReportId, &Cut> = scope.iter().map(|piece| (piece.report, &piece.cut)).collect();
        let rest = |id: ReportId| match cuts.get(&id) {
            None => Some(Piece::whole(id)),
            Some(Cut::Whole) => None,
            Some(&cut) => Some(Piece { report: id, cut: Cut::But(Box::new(cut.clone())) }),
        };
        Some(self.reports(corpus, scope)?.into_iter().filter_map(rest).collect())
    }
}
