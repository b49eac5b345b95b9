//! What the cells of a column are. Does not know about: cells, columns.

/// What the cells of a column are: decides on which side they stand, how they are rounded, and what a view draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A text.
    Text,
    /// A word, a phrase.
    Term,
    /// The name of a place.
    Place,
    /// A year.
    Year,
    /// Years.
    Years,
    /// A name among few: a keyword group, a body.
    Group,
    /// Headings, outermost first.
    Headings,
    /// A path of a file.
    Path,
    /// A number that says where: a line, a column, a rank.
    Position,
    /// A row or a column of a map of tiles, from 0.
    Tile,
    /// How many.
    Count,
    /// How many per 10,000 汉字.
    Rate,
    /// A measure, with so many decimals for people.
    Score(u8),
    /// A probability: people see the power of ten of a small one.
    Probability,
    /// A part of a whole, from 0 to 1; people see percent.
    Share,
    /// From where to where, as a text.
    Interval,
    /// What stands before a hit: ends at it.
    Left,
    /// A text that warns, where there is one.
    Warning,
}

impl Kind {
    /// Whether its cells stand to the right of their column.
    pub const fn is_right(self) -> bool {
        matches!(
            self,
            Self::Position
                | Self::Tile
                | Self::Count
                | Self::Rate
                | Self::Score(_)
                | Self::Probability
                | Self::Share
                | Self::Left
                | Self::Interval
        )
    }

    /// Whether a bar can say how large a value is.
    pub const fn is_figure(self) -> bool {
        matches!(self, Self::Count | Self::Rate | Self::Score(_) | Self::Probability | Self::Share | Self::Interval)
    }

    /// What people see where nothing is defined.
    pub const fn undefined(self) -> &'static str {
        if self.is_figure() { "—" } else { "" }
    }

    /// A number as people see it.
    pub fn round(self, number: f64) -> String {
        match self {
            Self::Score(decimals) => format!("{number:.*}", usize::from(decimals)),
            Self::Share => format!("{:.1}", number * 100.0),
            Self::Probability if number == 0.0 || number >= 1e-3 => format!("{number:.4}"),
            Self::Probability => format!("{number:.1e}"),
            _ => format!("{number:.2}"),
        }
    }
}
