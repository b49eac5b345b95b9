//! How a table is best seen, by the kinds of its columns. In: columns. Out: a [`Shape`]. Does not know about: how it is drawn.

use super::{Kind, Table};

/// How a table is best seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Rows with their figures.
    List,
    /// Places (or other names), each with a bar of the figure that sorts, against the median.
    Bars,
    /// The same over years.
    Trend,
    /// A shade or a number in each cell.
    Grid,
    /// Two texts side by side in each row.
    Ledger,
    /// A tile for each place, where it lies.
    Tiles,
}

impl Table {
    /// How it is best seen: two columns of tiles make a map, two names a grid, a place bars, a year a trend, anything else a list.
    pub fn shape(&self) -> Shape {
        if self.column("old.text").is_some() && self.column("new.text").is_some() {
            return Shape::Ledger;
        }
        if self.columns().iter().filter(|column| column.kind == Kind::Tile).count() == 2 {
            return Shape::Tiles;
        }
        let keys: Vec<Kind> = self.keys().map(|(_, column)| column.kind).collect();
        match keys.as_slice() {
            [_, _] => Shape::Grid,
            [Kind::Place] => Shape::Bars,
            [Kind::Year] => Shape::Trend,
            _ => Shape::List,
        }
    }

    /// The kind of its key number `at`.
    pub fn key_kind(&self, at: usize) -> Option<Kind> {
        self.keys().nth(at).map(|(_, column)| column.kind)
    }
}
