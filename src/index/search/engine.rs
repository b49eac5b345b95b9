//! A query run over a corpus: counts of every report first, hits of a report when they are asked for.
//!
//! In: a corpus, its [`SearchIndex`], a query. Out: counts in chunks, in corpus order; hits. Does not know about: screens.

use rayon::prelude::*;

use super::filter::{Filter, FilterValues};
use super::find::{Stopped, Watch};
use super::folded_text::{FoldedText, Hit};
use super::plan::{Admits, Plan};
use super::position::Positions;
use super::query::Query;
use super::store::{SearchIndex, Snapshot};
use crate::corpus::{Corpus, Document, PlaceEntry, Report, ReportId};
use crate::text::Span;

/// Bytes in the first chunk: small, so that the first hits are on the screen at once.
const FIRST_CHUNK: usize = 1 << 20;
/// Bytes in a chunk at most; each is twice the one before.
const LARGEST_CHUNK: usize = 64 << 20;

/// How often a query is found in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReportCount {
    /// The report.
    pub report: ReportId,
    /// Hits, as many as [`Search::hits_in`] gives, or none in a report printed twice. Those apart are among them if the
    /// query asks for them.
    pub hits: u32,
    /// Hits in what is printed a second time: paragraphs, or the whole report.
    pub repeats: u32,
    /// Hits in captions, bylines, page heads and page numbers.
    pub furniture: u32,
}

impl ReportCount {
    /// Hits in lines that count: what a rate is made of.
    pub const fn counted(&self, query: &Query) -> u32 {
        let apart = if query.options().repeats { self.repeats.saturating_add(self.furniture) } else { 0 };
        self.hits.saturating_sub(apart)
    }
}

/// A query prepared for a corpus. Cheap to make, so that a thread can make its own.
pub struct Search<'c> {
    corpus: &'c Corpus,
    query: Query,
    plan: Option<Plan>,
    snapshot: Snapshot,
    /// Per place of the corpus, whether its reports are wanted; empty if all are.
    places: Vec<bool>,
}

impl<'c> Search<'c> {
    /// Prepares `query` for `corpus`. Reports that `index` does not know are folded for the moment only.
    pub fn new(corpus: &'c Corpus, index: &SearchIndex, query: &Query) -> Self {
        let of_place = |f: &&Filter| matches!(f.wanted, FilterValues::City(_) | FilterValues::Province(_));
        let filters: Vec<&Filter> = query.filters().iter().filter(of_place).collect();
        let places = match (filters.is_empty(), corpus.reports().next()) {
            (false, Some((_, _, any))) => {
                let wanted = |place| filters.iter().all(|filter| filter.admits(place, any));
                corpus.places().iter().map(wanted).collect()
            }
            _ => Vec::new(),
        };
        Self { corpus, query: query.clone(), plan: Plan::new(query), snapshot: index.snapshot(), places }
    }

    /// The query.
    pub const fn query(&self) -> &Query {
        &self.query
    }

    /// Whether the hits of a report are among those of the corpus: its filters let it pass, and its text stands in no
    /// earlier report, unless the query asks for repeats. A report printed twice is one repeat from end to end.
    pub fn counts(&self, id: ReportId) -> bool {
        self.admits(id) && (self.query.options().repeats || self.corpus.original(id) == id)
    }

    /// Whether the query's filters let a report pass.
    pub fn admits(&self, id: ReportId) -> bool {
        if self.query.filters().is_empty() {
            return true;
        }
        let (Some((_, report)), Some(place)) = (self.corpus.report(id), self.corpus.place_of(id)) else { return false };
        self.places.get(place.0 as usize).copied().unwrap_or(true)
            && self.query.filters().iter().all(|filter| {
                matches!(filter.wanted, FilterValues::City(_) | FilterValues::Province(_))
                    || filter.admits(self.corpus.place(place), report)
            })
    }

    /// Counts every report on all cores and hands over chunks in corpus order, without reports that have no hit; asks
    /// `cancelled` all the time and stops within 5 ms. Returns whether it ran to its end.
    pub fn count(&self, cancelled: &(dyn Fn() -> bool + Sync), take: &mut dyn FnMut(Vec<ReportCount>)) -> bool {
        self.count_these(&mut self.corpus.reports().map(|(id, ..)| id), cancelled, take)
    }

    /// The same for a query that [`Query::narrows`] the one that `previous` (the whole of it) was counted for: looks only
    /// at reports that had hits.
    pub fn count_within(
        &self,
        previous: &[ReportCount],
        cancelled: &(dyn Fn() -> bool + Sync),
        take: &mut dyn FnMut(Vec<ReportCount>),
    ) -> bool {
        self.count_these(&mut previous.iter().map(|count| count.report), cancelled, take)
    }

    fn count_these(
        &self,
        reports: &mut dyn Iterator<Item = ReportId>,
        cancelled: &(dyn Fn() -> bool + Sync),
        take: &mut dyn FnMut(Vec<ReportCount>),
    ) -> bool {
        self.in_chunks(reports, cancelled, take, &|id| self.count_in(id, cancelled))
    }

    /// Hits of the whole corpus, likewise.
    pub fn find(&self, cancelled: &(dyn Fn() -> bool + Sync), take: &mut dyn FnMut(Vec<(ReportId, Vec<Hit>)>)) -> bool {
        let mut all = self.corpus.reports().map(|(id, ..)| id).filter(|&id| self.counts(id));
        self.in_chunks(&mut all, cancelled, take, &|id| {
            Ok(Some(self.try_hits(id, cancelled)?).filter(|hits| !hits.is_empty()).map(|hits| (id, hits)))
        })
    }

    fn in_chunks<T: Send>(
        &self,
        reports: &mut dyn Iterator<Item = ReportId>,
        cancelled: &(dyn Fn() -> bool + Sync),
        take: &mut dyn FnMut(Vec<T>),
        work: &(dyn Fn(ReportId) -> Result<Option<T>, Stopped> + Sync),
    ) -> bool {
        let mut budget = FIRST_CHUNK;
        loop {
            if cancelled() {
                return false;
            }
            // Only the next ones are looked up: of very many reports that alone takes milliseconds.
            let now = self.next_of(reports, budget);
            if now.is_empty() {
                return true;
            }
            let found: Result<Vec<Option<T>>, Stopped> = now.par_iter().map(|&id| work(id)).collect();
            let Ok(found) = found else { return false };
            let chunk: Vec<T> = found.into_iter().flatten().collect();
            if !chunk.is_empty() {
                take(chunk);
            }
            budget = (budget * 2).min(LARGEST_CHUNK);
        }
    }

    /// The next reports that the filters let pass: as many as make up `budget` bytes, at least one if there is one.
    fn next_of(&self, reports: &mut dyn Iterator<Item = ReportId>, budget: usize) -> Vec<ReportId> {
        let (mut some, mut bytes) = (Vec::new(), 0);
        while bytes < budget {
            let Some(id) = reports.next() else { break };
            if self.admits(id) {
                // A 汉字 takes three bytes.
                bytes += self.corpus.report(id).map_or(0, |(_, report)| report.chars as usize * 3) + 1;
                some.push(id);
            }
        }
        some
    }

    fn count_in(&self, id: ReportId, cancelled: &(dyn Fn() -> bool + Sync)) -> Result<Option<ReportCount>, Stopped> {
        let watch = Watch::new(cancelled);
        let count = self.with(id, cancelled, |plan, _, prose, admits| {
            let hits = match (plan.needle(), admits) {
                (Some(needle), None) => needle.count(prose.own_bytes(), &watch)?,
                _ => plan.count(prose.own(), admits, &watch)?,
            };
            let count = |apart| in_apart(apart, admits, |text, _, admits| plan.count(text, admits, &watch));
            let (furniture, repeats) = (count(prose.furniture())?, count(prose.repeated())?);
            let whole = self.corpus.original(id) != id;
            let all = hits.saturating_add(repeats).saturating_add(furniture);
            let (own, repeats, furniture) = if whole { (0, all, 0) } else { (hits, repeats, furniture) };
            let among = if self.query.options().repeats { repeats.saturating_add(furniture) } else { 0 };
            Ok(ReportCount { report: id, hits: own.saturating_add(among), repeats, furniture })
        })?;
        Ok(count.filter(|count| count.hits > 0 || count.repeats > 0 || count.furniture > 0))
    }

    /// Gives `work` what it needs to search a report; none for one that is not there.
    fn with<T>(
        &self,
        id: ReportId,
        cancelled: &(dyn Fn() -> bool + Sync),
        work: impl FnOnce(&Plan, &Document, &FoldedText, Option<Admits<'_>>) -> Result<T, Stopped>,
    ) -> Result<Option<T>, Stopped> {
        let (Some(plan), Some((_, report))) = (&self.plan, self.corpus.report(id)) else { return Ok(None) };
        let done =
            self.snapshot.with_prose(self.corpus, id, self.query.options().exact, cancelled, |document, prose| {
                within_parts(&self.query, document, report, prose, |admits| work(plan, document, prose, admits))
            });
        done.ok_or(Stopped)?.map(Some)
    }

    /// The hits in a report, in the order of its document, also where its text does not count again; none if the
    /// filters keep it out.
    pub fn hits_in(&self, id: ReportId) -> Vec<Hit> {
        self.try_hits(id, &|| false).unwrap_or_default()
    }

    /// The same until `cancelled` says otherwise; `None` then.
    pub fn hits_until(&self, id: ReportId, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Hit>> {
        self.try_hits(id, cancelled).ok()
    }

    fn try_hits(&self, id: ReportId, cancelled: &(dyn Fn() -> bool + Sync)) -> Result<Vec<Hit>, Stopped> {
        if !self.admits(id) {
            return Ok(Vec::new());
        }
        let watch = Watch::new(cancelled);
        let repeats = self.query.options().repeats;
        let hits = self.with(id, cancelled, |plan, document, prose, admits| {
            all_hits(plan, document, prose, admits, repeats, &watch)
        })?;
        Ok(hits.unwrap_or_default())
    }

    /// How often it is found in a report, and beside the lines that count; `None` if not at all.
    pub fn count_of(&self, id: ReportId) -> Option<ReportCount> {
        if self.admits(id) { self.count_in(id, &|| false).ok().flatten() } else { None }
    }

    /// The hits in a report and what stands beside them, until `cancelled` says otherwise; `None` then.
    pub fn found_until(&self, id: ReportId, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<HitsOfReport> {
        if !self.admits(id) {
            return Some(HitsOfReport::default());
        }
        let watch = Watch::new(cancelled);
        let repeats = self.query.options().repeats;
        let found = self.with(id, cancelled, |plan, document, prose, admits| {
            HitsOfReport::of(plan, document, prose, admits, repeats, &watch)
        });
        found.ok().map(Option::unwrap_or_default)
    }
}

/// The hits in one report and what else the query speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HitsOfReport {
    /// The hits, in the order of the document.
    pub hits: Vec<Hit>,
    /// The other words of the query (its conditions) where they stand in paragraphs that have a hit: to be marked, not
    /// counted. In order; a word that is broken over two lines gives two spans.
    pub companions: Vec<Span>,
}

impl HitsOfReport {
    fn of(
        plan: &Plan,
        document: &Document,
        prose: &FoldedText,
        admits: Option<Admits<'_>>,
        with_repeats: bool,
        watch: &Watch<'_>,
    ) -> Result<Self, Stopped> {
        let hits = all_hits(plan, document, prose, admits, with_repeats, watch)?;
        let mut companions = Vec::new();
        if plan.has_companions() && !hits.is_empty() {
            let mut take = |from: usize, to: usize| companions.extend(prose.hit(document, from..to).parts());
            plan.each_companion(prose.own(), admits, watch, &mut |at| take(at.start, at.end))?;
            if with_repeats {
                for apart in [prose.furniture(), prose.repeated()] {
                    in_apart(apart, admits, |text, offset, admits| {
                        plan.each_companion(text, admits, watch, &mut |at| take(offset + at.start, offset + at.end))
                    })?;
                }
            }
            companions.sort_unstable();
            companions.dedup();
        }
        Ok(Self { hits, companions })
    }
}

/// The same in one report without a corpus around it; see [`super::search_report`].
pub fn found_alone(document: &Document, report: &Report, query: &Query) -> HitsOfReport {
    let place = PlaceEntry::new(report.place.clone(), report.province.clone());
    let never = || false;
    if !query.filters().iter().all(|filter| filter.admits(&place, report)) {
        return HitsOfReport::default();
    }
    let (Some(plan), Some(prose)) =
        (Plan::new(query), FoldedText::new(document, report, query.options().exact, &never))
    else {
        return HitsOfReport::default();
    };
    let found = within_parts(query, document, report, &prose, |admits| {
        HitsOfReport::of(&plan, document, &prose, admits, query.options().repeats, &Watch::new(&never))
    });
    found.unwrap_or_default()
}

/// Calls `work` with what the query's filters say of places in the searched text.
fn within_parts<T>(
    query: &Query,
    document: &Document,
    report: &Report,
    prose: &FoldedText,
    work: impl FnOnce(Option<Admits<'_>>) -> T,
) -> T {
    match Positions::new(query.filters(), document, report) {
        None => work(None),
        Some(positions) => work(Some(&|at| positions.admit(prose.origin(document, at)))),
    }
}

/// Hits in the order of the document.
fn all_hits(
    plan: &Plan,
    document: &Document,
    prose: &FoldedText,
    admits: Option<Admits<'_>>,
    with_repeats: bool,
    watch: &Watch<'_>,
) -> Result<Vec<Hit>, Stopped> {
    let mut hits = Vec::new();
    plan.each(prose.own(), admits, watch, &mut |found| hits.push(prose.hit(document, found)))?;
    if with_repeats {
        for apart in [prose.furniture(), prose.repeated()] {
            in_apart(apart, admits, |text, offset, admits| {
                plan.each(text, admits, watch, &mut |found| {
                    hits.push(prose.hit(document, offset + found.start..offset + found.end));
                })
            })?;
        }
    }
    // What stands apart is at the end, and broken paragraphs are whole there.
    hits.sort_unstable_by_key(|hit| hit.span);
    Ok(hits)
}

/// Calls `work` with paragraphs that do not count, where they begin in the searched text, and what may be admitted there
/// (by bytes of those paragraphs).
fn in_apart<T>(
    (text, offset): (&str, usize),
    admits: Option<Admits<'_>>,
    work: impl FnOnce(&str, usize, Option<Admits<'_>>) -> T,
) -> T {
    match admits {
        Some(admits) => work(text, offset, Some(&|at| admits(offset + at))),
        None => work(text, offset, None),
    }
}
