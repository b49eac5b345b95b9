//! A query ready to be run over the searched text of a report. In: a query, a [`super::folded_text::FoldedText`]'s text. Out: ranges of hits.
//! Does not know about: documents, threads.

use std::ops::Range;

use super::find::{Needles, Stopped, TextNeedle, Watch};
use super::folded_text::paragraph_at;
use super::query::Query;
use super::query_ast::Term;

/// A prepared query.
pub struct Plan {
    /// Its hits are counted.
    node: Ready,
    /// These must be in the paragraph.
    also: Vec<Ready>,
    /// These must not.
    without: Vec<Needles>,
}

/// A term and what must be near it.
struct Ready {
    needles: Needles,
    near: Vec<(usize, Needles)>,
}

impl Ready {
    fn new(term: &Term, exact: bool) -> Self {
        let near = term.near.iter().map(|near| (near.distance.into(), Needles::new(&near.group, exact))).collect();
        Self { needles: Needles::new(&term.group, exact), near }
    }
}

impl Plan {
    /// Prepares `query`.
    pub fn new(query: &Query) -> Option<Self> {
        let exact = query.options().exact;
        let (node, also) = query.ast.terms.split_first()?;
        Some(Self {
            node: Ready::new(node, exact),
            also: also.iter().map(|term| Ready::new(term, exact)).collect(),
            without: query.ast.without.iter().map(|group| Needles::new(group, exact)).collect(),
        })
    }

    /// Whether the query speaks of more than what is counted.
    pub fn has_companions(&self) -> bool {
        !self.node.near.is_empty() || !self.also.is_empty()
    }

    /// The one text that the query is about, if it is about nothing else.
    pub fn needle(&self) -> Option<TextNeedle<'_>> {
        self.node.needles.text().filter(|_| self.is_simple())
    }

    fn is_simple(&self) -> bool {
        self.node.near.is_empty() && self.also.is_empty() && self.without.is_empty()
    }

    /// Hits in `text`; where `admits` is given only those that begin at a byte it admits.
    pub fn count(&self, text: &str, admits: Option<Admits<'_>>, watch: &Watch<'_>) -> Result<u32, Stopped> {
        if self.is_simple() && admits.is_none() {
            return self.node.needles.count(text, watch);
        }
        let mut count = 0u32;
        self.each(text, admits, watch, &mut |_| count = count.saturating_add(1))?;
        Ok(count)
    }

    /// Hands over the hits in `text`, in order.
    pub fn each(
        &self,
        text: &str,
        admits: Option<Admits<'_>>,
        watch: &Watch<'_>,
        take: &mut dyn FnMut(Range<usize>),
    ) -> Result<(), Stopped> {
        let mut paragraph = PlannedParagraph::default();
        let mut ended = Ok(());
        let mut judge = |hit: &Range<usize>| -> Result<bool, Stopped> {
            if admits.is_some_and(|admits| !admits(hit.start)) {
                return Ok(false);
            }
            if self.is_simple() {
                return Ok(true);
            }
            if hit.start >= paragraph.range.end {
                paragraph = self.look_at(text, hit.start, watch)?;
            }
            Ok(paragraph.holds && paragraph.near.iter().all(|places| places.any_near(text, hit)))
        };
        self.node.needles.each(text, watch, &mut |hit| match judge(&hit) {
            Ok(holds) => {
                if holds {
                    take(hit);
                }
                true
            }
            Err(stopped) => {
                ended = Err(stopped);
                false
            }
        })?;
        ended
    }

    /// Hands over what else the query speaks of (other terms, what must be near), in the paragraphs that have a hit.
    pub fn each_companion(
        &self,
        text: &str,
        admits: Option<Admits<'_>>,
        watch: &Watch<'_>,
        take: &mut dyn FnMut(Range<usize>),
    ) -> Result<(), Stopped> {
        let mut paragraphs: Vec<Range<usize>> = Vec::new();
        self.each(text, admits, watch, &mut |hit| {
            if paragraphs.last().is_none_or(|last| hit.start >= last.end) {
                paragraphs.push(paragraph_at(text, hit.start));
            }
        })?;
        let near = self.node.near.iter().map(|(_, needles)| needles);
        let also = self.also.iter().flat_map(|r| std::iter::once(&r.needles).chain(r.near.iter().map(|(_, n)| n)));
        let companions: Vec<&Needles> = near.chain(also).collect();
        for range in paragraphs {
            let inside = text.get(range.clone()).unwrap_or_default();
            for needles in &companions {
                needles.each(inside, watch, &mut |found| {
                    take(range.start + found.start..range.start + found.end);
                    true
                })?;
            }
        }
        Ok(())
    }

    fn look_at(&self, text: &str, at: usize, watch: &Watch<'_>) -> Result<PlannedParagraph, Stopped> {
        let range = paragraph_at(text, at);
        let inside = text.get(range.clone()).unwrap_or_default();
        let mut paragraph = PlannedParagraph { range, holds: true, near: Vec::new() };
        for ready in &self.also {
            if paragraph.holds {
                paragraph.holds = ready.is_in(inside, watch)?;
            }
        }
        for needles in &self.without {
            if paragraph.holds {
                paragraph.holds = !needles.is_in(inside, watch)?;
            }
        }
        if paragraph.holds {
            for (distance, needles) in &self.node.near {
                let places = WordPositions::of(needles, *distance, inside, paragraph.range.start, watch)?;
                paragraph.near.push(places);
            }
        }
        Ok(paragraph)
    }
}

/// Whether a hit that begins at this byte of the searched text is wanted.
pub type Admits<'a> = &'a dyn Fn(usize) -> bool;

impl Ready {
    fn is_in(&self, text: &str, watch: &Watch<'_>) -> Result<bool, Stopped> {
        if self.near.is_empty() {
            return self.needles.is_in(text, watch);
        }
        let mut near = Vec::new();
        for (distance, needles) in &self.near {
            near.push(WordPositions::of(needles, *distance, text, 0, watch)?);
        }
        let mut holds = false;
        self.needles.each_overlapping(text, watch, &mut |hit| {
            holds |= near.iter().all(|places| places.any_near(text, &hit));
        })?;
        Ok(holds)
    }
}

/// What is known of the paragraph at hand.
#[derive(Default)]
struct PlannedParagraph {
    range: Range<usize>,
    /// Whether it holds what it must and nothing that it must not.
    holds: bool,
    near: Vec<WordPositions>,
}

/// Where something stands in a paragraph.
struct WordPositions {
    distance: usize,
    /// Ascending.
    starts: Vec<usize>,
    /// Ascending.
    ends: Vec<usize>,
}

impl WordPositions {
    fn of(needles: &Needles, distance: usize, inside: &str, offset: usize, watch: &Watch<'_>) -> Result<Self, Stopped> {
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        needles.each_overlapping(inside, watch, &mut |found| {
            starts.push(offset + found.start);
            ends.push(offset + found.end);
        })?;
        starts.sort_unstable();
        ends.sort_unstable();
        Ok(Self { distance, starts, ends })
    }

    /// Whether one of them stands before or behind `hit`, apart from it, with at most so many characters between.
    fn any_near(&self, text: &str, hit: &Range<usize>) -> bool {
        let close = |gap: Range<usize>| {
            text.get(gap).is_some_and(|between| between.chars().take(self.distance + 1).count() <= self.distance)
        };
        // The nearest on either side decides.
        let behind = self.starts.get(self.starts.partition_point(|&start| start < hit.end));
        let before = self.ends.partition_point(|&end| end <= hit.start).checked_sub(1).and_then(|i| self.ends.get(i));
        behind.is_some_and(|&start| close(hit.end..start)) || before.is_some_and(|&end| close(end..hit.start))
    }
}
