//! Two sections read side by side, in step: rows of both, what both say marked, the list of those it could be read beside.
//!
//! In: two sections of a corpus, sizes, movements. Out: rows and marks, which of them are seen, where everything stands. Does
//! not know about: which sections are alike, how anything is drawn.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::analysis::Question;
use crate::analysis::similar::Params;
use crate::app::reading::rows::{PageRow, lay_out};
use crate::app::screen::scroll::{Motion, Scroll};
use crate::corpus::{Corpus, LineRange, Report, ReportId};
use crate::index::same_wording::same_wording;
use crate::index::sections::SectionId;
use crate::table::Table;
use crate::text::Span;
use crate::text::width::Ambiguous;

/// From this width on the list stands beside the texts, not below them.
const WIDE: u16 = 100;
/// From this width on both texts stand side by side.
pub const BOTH: u16 = 60;
/// Rows above each text: whose it is, and the headings above it.
const HEAD: u16 = 2;
/// Lines of a section that are laid out; nobody reads further beside another.
const LINES: u32 = 2_000;

/// A section as it is read here.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SectionText {
    /// Its rows at the present width.
    pub rows: Arc<Vec<PageRow>>,
    /// What the other one says too.
    pub marks: Vec<Span>,
}

/// What was laid out: two sections, columns of text.
type Laid = (SectionId, Option<SectionId>, u16, Ambiguous);

/// Two sections side by side.
#[derive(Debug)]
pub struct SideBySide {
    /// The section that was asked about.
    pub own: SectionText,
    /// The one selected in the list.
    pub other: SectionText,
    /// The first row of the own text that is seen.
    pub scroll: Scroll,
    /// The first row of the other, where they do not go in step.
    apart: Scroll,
    /// Whether both go in step.
    pub in_step: bool,
    /// Whether the other one is seen, where there is room for one alone.
    pub shows_other: bool,
    /// The words that others have and this one has not; nothing where they were asked for in vain.
    words: Option<Result<Arc<Table>, ()>>,
    /// The report that was selected before the section changed.
    pub(in crate::app) stays: Option<ReportId>,
    laid: Option<Laid>,
    /// Rows of both where the same words begin, ascending on both sides.
    steps: Vec<(usize, usize)>,
}

/// Where the parts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SideLayout {
    /// The section asked about: its head and its text.
    pub own: Option<Rect>,
    /// The other.
    pub other: Option<Rect>,
    /// The list of places.
    pub list: Rect,
    /// The words that others have.
    pub words: Rect,
    /// Whether the list stands below the texts.
    pub below: bool,
}

impl SideLayout {
    /// In `area`; `shows_other` decides where only one text has room.
    pub fn of(area: Rect, shows_other: bool) -> Self {
        if area.width >= WIDE {
            let list = (area.width / 3).clamp(30, 44);
            let text = (area.width - list - 2) / 2;
            let column = |x: u16, width: u16| Rect { x: area.x + x, width, ..area };
            let side = column(area.width - list, list);
            let words = (area.height / 3).min(12);
            return Self {
                own: Some(column(0, text)),
                other: Some(column(text + 1, area.width - list - text - 2)),
                list: Rect { height: area.height.saturating_sub(words), ..side },
                words: Rect { y: area.bottom() - words, height: words, ..side },
                below: false,
            };
        }
        let foot = (area.height / 3).min(10);
        let top = Rect { height: area.height - foot, ..area };
        let words = if foot > 5 { 2 } else { 0 };
        let list = Rect { y: top.bottom(), height: foot - words, ..area };
        let words = Rect { y: list.bottom(), height: words, ..area };
        if area.width >= BOTH {
            let text = (area.width - 1) / 2;
            let own = Rect { width: text, ..top };
            let other = Rect { x: top.x + text + 1, width: area.width - text - 1, ..top };
            return Self { own: Some(own), other: Some(other), list, words, below: true };
        }
        let (own, other) = if shows_other { (None, Some(top)) } else { (Some(top), None) };
        Self { own, other, list, words, below: true }
    }

    /// The rows of the list, below its heading.
    pub const fn rows(&self) -> Rect {
        let head = if self.list.height < 1 { 0 } else { 1 };
        Rect { x: self.list.x, y: self.list.y + head, width: self.list.width, height: self.list.height - head }
    }

    /// The rows of a text, below its head.
    pub const fn text(area: Rect) -> Rect {
        let head = if area.height < HEAD { area.height } else { HEAD };
        Rect { x: area.x, y: area.y + head, width: area.width, height: area.height - head }
    }

    /// Rows of text that are seen.
    fn height(&self) -> usize {
        self.own.or(self.other).map_or(0, |area| Self::text(area).height.into())
    }

    /// Columns of text: margins left out, of the narrower one.
    fn width(&self) -> u16 {
        let width = |area: Option<Rect>| area.map_or(u16::MAX, |area| area.width);
        width(self.own).min(width(self.other)).saturating_sub(3).max(2)
    }
}

impl SideBySide {
    /// For a question whose answer is read so.
    pub fn of(question: &Question) -> Option<Box<Self>> {
        let Question::Similar(params) = question else { return None };
        (!params.words).then(|| {
            Box::new(Self {
                own: SectionText::default(),
                other: SectionText::default(),
                scroll: Scroll::default(),
                apart: Scroll::default(),
                in_step: true,
                shows_other: false,
                words: None,
                stays: None,
                laid: None,
                steps: Vec::new(),
            })
        })
    }

    /// The two sections that are shown.
    pub fn shown(&self) -> Option<(SectionId, Option<SectionId>)> {
        self.laid.map(|(own, other, ..)| (own, other))
    }

    /// The words that others have and this one has not, where they are known.
    pub fn words(&self) -> Option<&Table> {
        self.words.as_ref()?.as_ref().ok().map(|table| &**table)
    }

    /// The question about those words, unless it was answered.
    pub(in crate::app) fn words_wanted(&self, question: &Question) -> Option<Question> {
        let Question::Similar(params) = question else { return None };
        self.words.is_none().then(|| Params { words: true, ..params.clone() }.into())
    }

    /// Takes the words, or that there are none to be had.
    pub(in crate::app) fn take_words(&mut self, words: Option<Arc<Table>>) {
        self.words = Some(words.ok_or(()));
    }

    /// The corpus, the section or its filters are others.
    pub(in crate::app) fn forget(&mut self) {
        (self.words, self.laid) = (None, None);
    }

    /// Lays out both sections, where that was not done before.
    pub(in crate::app) fn lay(
        &mut self,
        corpus: &Corpus,
        (own, other): (SectionId, Option<SectionId>),
        area: Rect,
        ambiguous: Ambiguous,
    ) {
        let layout = SideLayout::of(area, self.shows_other);
        let laid = (own, other, layout.width(), ambiguous);
        if self.laid != Some(laid) {
            // At the top of another section, in the same place of the same.
            if self.laid.is_none_or(|(before, ..)| before != own) {
                (self.scroll, self.apart) = (Scroll::default(), Scroll::default());
            }
            self.laid = Some(laid);
            self.fill(corpus, laid);
        }
        let (len, height) = (self.own.rows.len().max(self.other.rows.len()), layout.height());
        self.scroll.top = self.scroll.top.min(Scroll::limit(len.max(1), height));
    }

    fn fill(&mut self, corpus: &Corpus, (own, other, width, ambiguous): Laid) {
        let read = |id: SectionId| read_section(corpus, id, width, ambiguous);
        let (own_rows, own_lines) = read(own);
        let (other_rows, other_lines) = other.map(read).unwrap_or_default();
        let text = |id: Option<SectionId>| id.and_then(|id| Some(corpus.report(id.report)?.0.text())).unwrap_or("");
        let same = same_wording((text(Some(own)), &own_lines), (text(other), &other_lines));
        let row = |rows: &[PageRow], at: u32| rows.partition_point(|row| row.span.start <= at).saturating_sub(1);
        self.steps = same.steps.iter().map(|&(a, b)| (row(&own_rows, a), row(&other_rows, b))).collect();
        self.steps.dedup_by_key(|step| step.0);
        // Both begin with their headings.
        self.steps.retain(|step| step.0 > 0);
        self.own = SectionText { rows: Arc::new(own_rows), marks: same.one };
        self.other = SectionText { rows: Arc::new(other_rows), marks: same.other };
    }

    /// The first row of the other text that is seen: in step, the one that says what is being read.
    pub fn other_top(&self, height: usize) -> usize {
        let limit = Scroll::limit(self.other.rows.len(), height);
        if !self.in_step {
            return self.apart.top.min(limit);
        }
        let at = self.steps.partition_point(|step| step.0 <= self.scroll.top);
        let before = at.checked_sub(1).and_then(|at| self.steps.get(at)).copied().unwrap_or((0, 0));
        let after = self.steps.get(at).copied().unwrap_or((self.own.rows.len(), self.other.rows.len()));
        let (rows, further) = (after.0.saturating_sub(before.0).max(1), after.1.saturating_sub(before.1));
        (before.1 + (self.scroll.top.saturating_sub(before.0)) * further / rows).min(limit)
    }

    /// Scrolls.
    pub(in crate::app) fn go(&mut self, motion: Motion, area: Rect) {
        let layout = SideLayout::of(area, self.shows_other);
        let height = layout.height();
        if self.in_step {
            // As far as the longer of the two goes.
            let len = self.own.rows.len().max(self.other.rows.len());
            self.scroll.go(motion, len, height);
            return;
        }
        let (scroll, len) = match (layout.own, layout.other) {
            (None, Some(_)) => (&mut self.apart, self.other.rows.len()),
            _ => (&mut self.scroll, self.own.rows.len()),
        };
        scroll.go(motion, len, height);
    }

    /// In step, or each by itself from where it stands.
    pub(in crate::app) fn turn_step(&mut self, area: Rect) {
        let height = SideLayout::of(area, self.shows_other).height();
        self.apart.top = self.other_top(height);
        self.in_step = !self.in_step;
    }
}

/// The rows of a section and the spans of its lines that count.
fn read_section(corpus: &Corpus, id: SectionId, width: u16, ambiguous: Ambiguous) -> (Vec<PageRow>, Vec<Span>) {
    let Some((document, report)) = corpus.report(id.report) else { return Default::default() };
    let Some(head) = report.sections.get(id.section as usize) else { return Default::default() };
    let Some((lines, whole)) = report.section_extent(id.section as usize) else { return Default::default() };
    let last = lines.last.min(head.line.saturating_add(LINES));
    // Only its own lines are laid out: a report may be long.
    let clip = |range: &LineRange| {
        let (first, last) = (range.first.max(head.line), range.last.min(last));
        (first <= last).then_some(LineRange { first, last })
    };
    let part = Report { ranges: report.ranges.iter().filter_map(clip).collect(), ..report.clone() };
    let mut rows = lay_out(document, &part, width, ambiguous);
    rows.retain(|row| row.span.start < whole.end && row.span.end >= whole.start && row.line >= head.line);
    let lines = part.line_numbers().filter_map(|number| document.line(number));
    let lines = lines.filter(|line| !line.kind.is_noise()).filter_map(|line| line.span.intersection(whole)).collect();
    (rows, lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture;

    #[test]
    fn parts_fit_and_never_overlap() {
        for width in 0..200 {
            for height in 0..50 {
                for shows_other in [false, true] {
                    let area = Rect::new(0, 2, width, height);
                    let layout = SideLayout::of(area, shows_other);
                    let all: Vec<Rect> =
                        [layout.own, layout.other].into_iter().flatten().chain([layout.list, layout.words]).collect();
                    for (i, part) in all.iter().enumerate() {
                        assert_eq!(part.intersection(area), *part, "{width}x{height} {part:?}");
                        assert!(all[..i].iter().all(|other| !other.intersects(*part)), "{width}x{height}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_section_is_read_beside_itself_in_step() {
        let corpus = fixture::corpus();
        let (report, _, r) = corpus.reports().find(|(.., r)| r.sections.len() > 2).unwrap();
        let area = Rect::new(0, 2, 120, 12);
        for section in 0..u32::try_from(r.sections.len()).unwrap() {
            let id = SectionId { report, section };
            let mut side = *SideBySide::of(&crate::analysis::similar::Params::default().into()).unwrap();
            side.lay(&corpus, (id, Some(id)), area, Ambiguous::Narrow);
            assert!(!side.own.rows.is_empty());
            assert_eq!(side.own.rows, side.other.rows);
            assert_eq!(side.own.marks, side.other.marks);
            for _ in 0..5 {
                side.go(Motion::Rows(1), area);
                let limit = Scroll::limit(side.other.rows.len(), 10);
                assert_eq!(side.other_top(10), side.scroll.top.min(limit));
            }
        }
    }
}
