//! In which order rows stand. In: an enum of orders. Out: the next one. Does not know about: which orders there are.

use crate::text::Lang;

/// The orders of a question, one enum each.
pub trait Order: Copy + PartialEq + 'static {
    /// Every order, in the order in which they come round.
    const ALL: &'static [Self];

    /// Its name in Chinese and English.
    fn names(self) -> (&'static str, &'static str);

    /// The column that it sorts by.
    fn column(self) -> &'static str;

    /// Its name.
    fn name(self, lang: Lang) -> &'static str {
        let (zh, en) = self.names();
        lang.pick(zh, en)
    }

    /// The order after this one, or before it.
    #[must_use]
    fn next(self, forward: bool) -> Self {
        let at = Self::ALL.iter().position(|order| *order == self).unwrap_or(0);
        let step = if forward { 1 } else { Self::ALL.len() - 1 };
        Self::ALL[(at + step) % Self::ALL.len()]
    }
}
