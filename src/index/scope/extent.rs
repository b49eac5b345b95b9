//! The text of a scope: pieces of reports, each with its 汉字. In: reports, spans. Out: pieces in corpus order, and parts
//! of them. Does not know about: words, figures, how the text was chosen.

use std::ops::Range;
use std::sync::Arc;

use super::stretch::{Stretch, each_stretch};
use crate::corpus::{Corpus, Document, Report, ReportId};
use crate::text::{Span, han};

/// A report, or a part of it, with the size that rates are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopePiece {
    /// The report.
    pub report: ReportId,
    /// 汉字 of its lines that count.
    pub han: u64,
    cut: Cut,
}

/// Which part of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cut {
    Whole,
    /// These parts of its outline.
    Outline(Range<usize>),
    /// What begins in these bytes of the document: ascending, apart.
    Spans(Arc<[Span]>),
}

impl Cut {
    fn holds(&self, stretch: &Stretch<'_>) -> bool {
        match self {
            Self::Whole => true,
            Self::Outline(parts) => parts.contains(&stretch.part),
            Self::Spans(spans) => is_in(spans, stretch.first.start),
        }
    }
}

fn is_in(spans: &[Span], offset: u32) -> bool {
    let after = spans.partition_point(|span| span.start <= offset);
    after.checked_sub(1).and_then(|before| spans.get(before)).is_some_and(|span| offset < span.end)
}

/// 汉字 of the stretches of a report that `holds` says yes to.
fn count_han(document: &Document, report: &Report, holds: &dyn Fn(&Stretch<'_>) -> bool) -> u64 {
    let mut sum = 0;
    each_stretch(document, report, &mut |stretch| {
        if holds(&stretch) {
            sum += u64::from(han::count(&stretch.text).han);
        }
        true
    });
    sum
}

impl ScopePiece {
    /// A whole report; `None` if there is no such report.
    pub fn whole(corpus: &Corpus, report: ReportId) -> Option<Self> {
        let (_, own) = corpus.report(report)?;
        Some(Self { report, han: u64::from(own.han), cut: Cut::Whole })
    }

    /// Parts of the outline of a report, next to one another; `None` if there is no such report.
    pub(super) fn outline(corpus: &Corpus, report: ReportId, parts: Range<usize>) -> Option<Self> {
        let (document, own) = corpus.report(report)?;
        let han = count_han(document, own, &|stretch| parts.contains(&stretch.part));
        Some(Self { report, han, cut: Cut::Outline(parts) })
    }

    /// The part of this piece whose stretches `keep` says yes to; itself if all of them.
    pub(super) fn keep(self, corpus: &Corpus, keep: &mut dyn FnMut(&Stretch<'_>) -> bool) -> Option<Self> {
        let (document, report) = corpus.report(self.report)?;
        let (mut spans, mut han, mut all) = (Vec::new(), 0, true);
        each_stretch(document, report, &mut |stretch| {
            if self.holds(&stretch) {
                if keep(&stretch) {
                    spans.push(Span::new(stretch.first.start, stretch.first.end.max(stretch.first.start + 1)));
                    han += u64::from(han::count(&stretch.text).han);
                } else {
                    all = false;
                }
            }
            true
        });
        if all {
            return Some(self);
        }
        (!spans.is_empty()).then(|| Self { report: self.report, han, cut: Cut::Spans(spans.into()) })
    }

    /// What is left of its report without it; `None` if nothing is.
    pub(super) fn rest(&self, corpus: &Corpus) -> Option<Self> {
        if self.is_whole() {
            return None;
        }
        Self::whole(corpus, self.report)?.keep(corpus, &mut |stretch| !self.holds(stretch))
    }

    /// Whether it is a whole report.
    pub const fn is_whole(&self) -> bool {
        matches!(self.cut, Cut::Whole)
    }

    /// The parts of the outline it consists of, if it is one section.
    pub fn parts(&self) -> Option<Range<usize>> {
        if let Cut::Outline(parts) = &self.cut { Some(parts.clone()) } else { None }
    }

    /// Whether a stretch of its report belongs to it.
    pub fn holds(&self, stretch: &Stretch<'_>) -> bool {
        self.cut.holds(stretch)
    }

    /// Hands over its stretches, until `take` says `false`; whether it never did.
    pub fn each_stretch<'c>(&self, corpus: &'c Corpus, take: &mut dyn FnMut(Stretch<'c>) -> bool) -> bool {
        let Some((document, report)) = corpus.report(self.report) else { return true };
        each_stretch(document, report, &mut |stretch| !self.holds(&stretch) || take(stretch))
    }

    /// The bytes of the document that its text begins in, ascending: for spans that were found otherwise.
    pub fn places(&self, corpus: &Corpus) -> Places {
        if self.is_whole() {
            return Places(None);
        }
        let mut spans: Vec<Span> = Vec::new();
        self.each_stretch(corpus, &mut |stretch| {
            spans.extend(stretch.lines());
            true
        });
        spans.sort_unstable();
        Places(Some(spans))
    }
}

/// Where in a document the text of a piece stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places(Option<Vec<Span>>);

impl Places {
    /// Whether byte `offset` of the document belongs to the piece. Only lines that count may be asked for.
    pub fn hold(&self, offset: u32) -> bool {
        self.0.as_ref().is_none_or(|spans| is_in(spans, offset))
    }
}

/// The text of a scope: its pieces in corpus order, one a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extent {
    pieces: Vec<ScopePiece>,
}

impl Extent {
    /// Of pieces in corpus order, one a report.
    pub(super) const fn new(pieces: Vec<ScopePiece>) -> Self {
        Self { pieces }
    }

    /// Its pieces in corpus order.
    pub fn pieces(&self) -> &[ScopePiece] {
        &self.pieces
    }

    /// 汉字 of its lines that count: the denominator of every rate.
    pub fn han(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.han).sum()
    }

    /// The reports it has a share in, in corpus order.
    pub fn reports(&self) -> impl ExactSizeIterator<Item = ReportId> + '_ {
        self.pieces.iter().map(|piece| piece.report)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Its share in a report.
    pub fn piece(&self, report: ReportId) -> Option<&ScopePiece> {
        let found = self.pieces.binary_search_by_key(&report, |piece| piece.report).ok()?;
        self.pieces.get(found)
    }

    /// Its share in these reports.
    #[must_use]
    pub fn within(&self, reports: &[ReportId]) -> Self {
        let mut wanted = reports.to_vec();
        wanted.sort_unstable();
        let pieces = self.pieces.iter().filter(|piece| wanted.binary_search(&piece.report).is_ok());
        Self { pieces: pieces.cloned().collect() }
    }
}

impl FromIterator<ScopePiece> for Extent {
    /// Of pieces, at most one a report.
    fn from_iter<T: IntoIterator<Item = ScopePiece>>(pieces: T) -> Self {
        let mut pieces: Vec<ScopePiece> = pieces.into_iter().collect();
        pieces.sort_by_key(|piece| piece.report);
        Self { pieces }
    }
}
