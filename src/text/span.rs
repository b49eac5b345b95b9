//! A half-open range of bytes in one document's text: 8 bytes instead of a copied string.

use std::ops::Range;

/// Byte range `start..end` in a document's text. Both ends lie on character boundaries.
///
/// Documents are limited to `u32::MAX` bytes (the reader refuses larger ones), so two `u32` are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`, both in bytes.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// From a `usize` range; ends past `u32::MAX` are clamped (the reader never makes such text).
    pub fn of(range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: clamp(range.start), end: clamp(range.end) }
    }

    /// As a `usize` range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers no byte.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The text it covers; the empty string if the span does not fit `text`.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether the byte at `offset` lies inside.
    pub const fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// The part that both cover, if any.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_and_intersection_agree() {
        let cases = [
            ((0, 3), (3, 6), None),
            ((0, 4), (3, 6), Some((3, 4))),
            ((2, 2), (0, 9), None),
            ((1, 8), (2, 3), Some((2, 3))),
        ];
        for ((a, b), (c, d), want) in cases {
            let got = Span::new(a, b).intersection(Span::new(c, d));
            assert_eq!(got, want.map(|(s, e)| Span::new(s, e)));
        }
    }

    #[test]
    fn slicing_out_of_bounds_gives_nothing() {
        assert_eq!(Span::new(1, 4).slice("一二"), "");
        assert_eq!(Span::new(0, 3).slice("一二"), "一");
    }
}
