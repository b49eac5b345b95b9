//! Which figures of a term have room beside it, and how they are written.
//!
//! In: a width, an order, a row of the table. Out: where each column ends, texts. Does not know about: panels, views.

use crate::app::terms::keywords::{TermOrder, TermSheet};
use crate::index::terms::Keyword;
use crate::text::Lang;

/// A figure of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Occurrences.
    Count,
    /// Occurrences per 10,000 汉字.
    Rate,
    /// Keyness.
    G2,
    /// Log ratio.
    Ratio,
    /// Reports that use it.
    Reports,
    /// Places that use it.
    Places,
    /// Dispersion.
    Dp,
    /// TF-IDF.
    TfIdf,
}

impl Field {
    const ALL: [Self; 8] =
        [Self::Count, Self::Rate, Self::G2, Self::Ratio, Self::Reports, Self::Places, Self::Dp, Self::TfIdf];

    /// The figure by which an order sorts.
    pub const fn of(order: TermOrder) -> Self {
        match order {
            TermOrder::Keyness | TermOrder::Less => Self::G2,
            TermOrder::Count => Self::Count,
            TermOrder::Rate => Self::Rate,
            TermOrder::Ratio => Self::Ratio,
            TermOrder::Reports => Self::Reports,
            TermOrder::Places => Self::Places,
            TermOrder::Dispersion => Self::Dp,
            TermOrder::TfIdf => Self::TfIdf,
        }
    }

    /// Columns, the blank before it among them.
    const fn width(self) -> u16 {
        match self {
            Self::Reports | Self::Places => 5,
            Self::Count | Self::Dp => 6,
            Self::Rate | Self::TfIdf | Self::Ratio => 7,
            Self::G2 => 8,
        }
    }

    /// What stands above it.
    pub const fn head(self, lang: Lang) -> &'static str {
        match self {
            Self::Count => lang.pick("次", "n"),
            Self::Rate => lang.pick("万字", "/10k"),
            Self::G2 => "G²",
            Self::Ratio => lang.pick("对数比", "ratio"),
            Self::Reports => lang.pick("篇", "rep"),
            Self::Places => lang.pick("地", "pl"),
            Self::Dp => "DP",
            Self::TfIdf => "TF-IDF",
        }
    }

    /// The figure of a term; a sign of waiting while it is not known, a dash where there is nothing to compare with.
    pub fn text(self, row: &Keyword, sheet: &TermSheet) -> String {
        match self {
            Self::Count | Self::Rate | Self::Dp => {}
            _ if !sheet.compared => return "…".to_owned(),
            Self::G2 | Self::Ratio if !sheet.comparable() => return "-".to_owned(),
            _ => {}
        }
        match self {
            Self::Count => row.count.to_string(),
            Self::Rate => figure(row.rate),
            Self::G2 => figure(row.g2),
            Self::Ratio => format!("{:+.1}", row.log_ratio),
            Self::Reports => row.reports.to_string(),
            Self::Places => row.places.to_string(),
            Self::Dp => format!("{:.2}", row.dp),
            Self::TfIdf => figure(row.tf_idf),
        }
    }
}

/// A figure with one decimal, without one where it is large.
pub fn figure(value: f64) -> String {
    if value.abs() >= 1000.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

/// How long the bar of a term is: larger where it comes sooner.
pub fn weight(row: &Keyword, order: TermOrder) -> f64 {
    match order {
        TermOrder::Keyness => row.g2,
        TermOrder::Less => -row.g2,
        TermOrder::Count => row.count as f64,
        TermOrder::Rate => row.rate,
        TermOrder::Ratio => row.log_ratio,
        TermOrder::Reports => row.reports.into(),
        TermOrder::Places => row.places.into(),
        TermOrder::Dispersion => 1.0 - row.dp,
        TermOrder::TfIdf => row.tf_idf,
    }
}

/// How a row of the panel is shared out: the term, its figures, its bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// For the term, and the sign behind it.
    pub term: u16,
    /// The figures, and where each ends, from the left edge of the row.
    pub fields: Vec<(Field, u16)>,
}

/// Fewest columns of a bar that stands beside further figures.
const BAR: u16 = 6;

impl Columns {
    /// Of a row of `width` columns sorted by `order`: that figure and the count first, the others where there is room.
    pub fn of(width: u16, order: TermOrder) -> Self {
        let least = if width < 50 { 11 } else { 16 };
        let mut left = width.saturating_sub(least);
        let own = Field::of(order);
        let mut chosen = Vec::new();
        for field in [own, Field::Count] {
            if !chosen.contains(&field) && left >= field.width() {
                left -= field.width();
                chosen.push(field);
            }
        }
        for field in [Field::G2, Field::Rate, Field::Ratio, Field::Reports, Field::Places, Field::Dp, Field::TfIdf] {
            if !chosen.contains(&field) && left >= field.width() + BAR {
                left -= field.width();
                chosen.push(field);
            }
        }
        // What no bar needs is the term's.
        let term = least.min(width) + left.saturating_sub(28).min(16);
        let mut end = term;
        let fields = Field::ALL
            .into_iter()
            .filter(|field| chosen.contains(field))
            .map(|field| {
                end += field.width();
                (field, end)
            })
            .collect();
        Self { term, fields }
    }

    /// Where the last figure ends.
    pub fn end(&self) -> u16 {
        self.fields.last().map_or(self.term, |(_, end)| *end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sorts_always_has_a_column_and_all_fit() {
        for width in 0..200 {
            for order in TermOrder::ALL {
                let columns = Columns::of(width, order);
                assert!(columns.end() <= width.max(11), "{width} {order:?} {columns:?}");
                assert!(width < 25 || columns.fields.iter().any(|(field, _)| *field == Field::of(order)), "{width}");
                assert!(columns.fields.windows(2).all(|pair| pair[0].1 < pair[1].1));
            }
        }
        assert_eq!(Columns::of(150, TermOrder::Keyness).fields.len(), 8);
    }
}
