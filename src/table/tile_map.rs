//! A table as a map of tiles: where each row stands and in which class its figure falls. In: a table. Out: tiles, what the classes
//! hold. Does not know about: signs and colours of classes, places.
//!
//! Classes are by rank, not by size: a quarter of the tiles in each. So years that differ by little are told apart, and one very
//! high figure does not make all others look alike. Equal figures share a class.

use super::{Cell, Kind, Shape, Table};

/// In which class a figure falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValueClass {
    /// There is no figure.
    Absent,
    /// It is nothing: no hit at all.
    Nothing,
    /// From 0, the lowest quarter, to 3.
    Quarter(u8),
}

/// A tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedTile {
    /// Row from above, from 0.
    pub row: usize,
    /// Column from the left, from 0.
    pub column: usize,
    /// In which class its figure falls.
    pub class: ValueClass,
}

/// The rows of a table as tiles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileMap {
    /// The tile of each row of the table.
    pub tiles: Vec<PlacedTile>,
    /// Rows of tiles.
    pub rows: usize,
    /// Columns of tiles.
    pub columns: usize,
}

impl TileMap {
    /// The tiles of a table that is a map.
    pub fn of(table: &Table) -> Option<Self> {
        if table.shape() != Shape::Tiles {
            return None;
        }
        let sorted = table.sorted.and_then(|id| table.column(id));
        let value = |row: usize| sorted.and_then(|(at, _)| table.cell(row, at).value());
        let many = sorted.is_some_and(|(_, column)| matches!(column.kind, Kind::Count | Kind::Rate | Kind::Share));
        let classes = classes(&(0..table.len()).map(value).collect::<Vec<_>>(), many);
        let place = |(row, class)| {
            let at = |id: &str| match table.get(row, id) {
                Cell::Count(at) => usize::try_from(at).unwrap_or(0),
                _ => 0,
            };
            PlacedTile { row: at("row"), column: at("column"), class }
        };
        let tiles: Vec<PlacedTile> = classes.into_iter().enumerate().map(place).collect();
        let rows = tiles.iter().map(|tile| tile.row + 1).max().unwrap_or(0);
        let columns = tiles.iter().map(|tile| tile.column + 1).max().unwrap_or(0);
        Some(Self { tiles, rows, columns })
    }

    /// The number of the tile in a cell.
    pub fn at(&self, row: usize, column: usize) -> Option<usize> {
        self.tiles.iter().position(|tile| (tile.row, tile.column) == (row, column))
    }

    /// The tile beside one, `down` rows and `right` columns away (one of them 0, the other 1 or -1): the nearest that lies more
    /// that way than to either side.
    pub fn beside(&self, from: usize, (down, right): (isize, isize)) -> Option<usize> {
        let here = self.tiles.get(from)?;
        let far = |tile: &PlacedTile| {
            let away = |a: usize, b: usize| a as isize - b as isize;
            let (rows, columns) = (away(tile.row, here.row), away(tile.column, here.column));
            let (ahead, aside) = if down == 0 { (columns * right, rows.abs()) } else { (rows * down, columns.abs()) };
            (ahead > 0).then_some((aside > ahead, ahead + 2 * aside, aside, tile.column, tile.row))
        };
        let all = self.tiles.iter().enumerate().filter_map(|(at, tile)| Some((far(tile)?, at)));
        all.min().map(|(_, at)| at)
    }

    /// What the classes hold: of each that has a tile the lowest and the highest figure, as `shown`.
    pub fn legend(&self, table: &Table) -> Vec<(ValueClass, String)> {
        let Some((at, column)) = table.sorted.and_then(|id| table.column(id)) else { return Vec::new() };
        let of_class = |class: u8| {
            let class = ValueClass::Quarter(class);
            let own = self.tiles.iter().enumerate().filter(|(_, tile)| tile.class == class);
            let cells: Vec<Cell<'_>> = own.map(|(row, _)| table.cell(row, at)).collect();
            let low = cells.iter().min_by(|a, b| a.order(b))?;
            let high = cells.iter().max_by(|a, b| a.order(b))?;
            let (low, high) = (column.on_screen(low, "-"), column.on_screen(high, "-"));
            Some((class, if low == high { low } else { format!("{low}–{high}") }))
        };
        (0..4).filter_map(of_class).collect()
    }
}

/// The class of each figure; a figure of nothing has a class of its own where figures say how many (`many`).
fn classes(values: &[Option<f64>], many: bool) -> Vec<ValueClass> {
    let nothing = |value: f64| many && value == 0.0;
    let mut sorted: Vec<f64> = values.iter().flatten().copied().filter(|value| !nothing(*value)).collect();
    sorted.sort_by(f64::total_cmp);
    let mut distinct = sorted.clone();
    distinct.dedup();
    let class = |value: f64| {
        if distinct.len() <= 4 {
            // Few figures are told apart as far as they go, the highest always darkest.
            let at = distinct.partition_point(|other| *other < value);
            return u8::try_from((at + 4).saturating_sub(distinct.len())).unwrap_or(3).min(3);
        }
        let below = sorted.partition_point(|other| *other < value);
        u8::try_from(below * 4 / sorted.len()).unwrap_or(3).min(3)
    };
    let of = |value: &Option<f64>| match value {
        None => ValueClass::Absent,
        Some(value) if nothing(*value) => ValueClass::Nothing,
        Some(value) => ValueClass::Quarter(class(*value)),
    };
    values.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::ValueClass::{Absent, Nothing, Quarter};
    use super::*;

    #[test]
    fn a_quarter_of_the_figures_is_in_each_class_and_equal_ones_share_theirs() {
        let eight: Vec<_> = (1..=8).map(|n| Some(f64::from(n))).collect();
        let want = [0, 0, 1, 1, 2, 2, 3, 3].map(Quarter);
        assert_eq!(classes(&eight, true), want);
        type Case<'a> = (&'a [Option<f64>], bool, &'a [ValueClass]);
        let cases: [Case<'_>; 4] = [
            (&[None, Some(0.0), Some(2.0)], true, &[Absent, Nothing, Quarter(3)]),
            (&[Some(0.0), Some(2.0)], false, &[Quarter(2), Quarter(3)]),
            (&[Some(2021.0), Some(2023.0), Some(2021.0)], false, &[Quarter(2), Quarter(3), Quarter(2)]),
            (
                &[Some(-1.0), Some(1e9), Some(3.0), Some(4.0), Some(5.0)],
                false,
                &[Quarter(0), Quarter(3), Quarter(0), Quarter(1), Quarter(2)],
            ),
        ];
        for (values, many, want) in cases {
            assert_eq!(classes(values, many), want, "{values:?}");
        }
    }

    #[test]
    fn from_every_tile_the_keys_lead_to_every_other() {
        let place = |(row, column): (usize, usize)| PlacedTile { row, column, class: Absent };
        for cells in [
            vec![(0, 0), (0, 1), (1, 0), (3, 3), (7, 1), (2, 6)],
            crate::index::tiles::provinces().iter().map(|tile| (tile.row, tile.column)).collect(),
            crate::index::tiles::inside("重庆市").iter().map(|tile| (tile.row, tile.column)).collect(),
            crate::index::tiles::inside("海南省").iter().map(|tile| (tile.row, tile.column)).collect(),
        ] {
            let map = TileMap { tiles: cells.into_iter().map(place).collect(), rows: 8, columns: 9 };
            for start in 0..map.tiles.len() {
                let (mut seen, mut open) = (vec![false; map.tiles.len()], vec![start]);
                seen[start] = true;
                while let Some(at) = open.pop() {
                    for way in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
                        if let Some(next) = map.beside(at, way).filter(|next| !seen[*next]) {
                            seen[next] = true;
                            open.push(next);
                        }
                    }
                }
                assert!(seen.iter().all(|seen| *seen), "{:?}", map.tiles[start]);
            }
        }
    }
}
