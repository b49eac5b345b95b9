//! Provinces as tiles: a map that any terminal can show. In: nothing but a table. Out: for each province its cell and its
//! neighbours. Does not know about: values, screens.
//!
//! Every province has one tile of the same size, so that a small one is seen as well as a large one. Provinces that border on
//! land touch, side or corner, wherever the grid allows it; a test says how many do.

/// The table; see `data/README.md`.
const TABLE: &str = include_str!("../../data/tiles.tsv");

/// A province on the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Full name, as [`crate::corpus::Report::province`] has it.
    pub province: &'static str,
    /// Short name, two or three 汉字.
    pub short: &'static str,
    /// Row from the north, from 0.
    pub row: usize,
    /// Column from the west, from 0.
    pub column: usize,
    /// Provinces it borders on land; each pair stands with one of the two.
    pub borders: Vec<&'static str>,
}

impl Tile {
    /// Whether two tiles touch, side or corner.
    #[cfg(test)]
    pub fn touches(&self, other: &Self) -> bool {
        self.row.abs_diff(other.row).max(self.column.abs_diff(other.column)) == 1
    }
}

/// All provinces, from north to south and west to east.
pub fn provinces() -> Vec<Tile> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(tile).collect()
}

fn tile(line: &'static str) -> Option<Tile> {
    let mut fields = line.split('\t');
    let (province, short) = (fields.next()?, fields.next()?);
    let (row, column) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    let borders = fields.next().unwrap_or_default().split('、').filter(|name| !name.is_empty()).collect();
    Some(Tile { province, short, row, column, borders })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_province_has_one_tile_of_its_own() {
        let tiles = provinces();
        assert_eq!(tiles.len(), 34);
        let names: BTreeSet<_> = tiles.iter().map(|tile| tile.province).collect();
        let cells: BTreeSet<_> = tiles.iter().map(|tile| (tile.row, tile.column)).collect();
        assert_eq!((names.len(), cells.len()), (34, 34));
        // A tile is eight columns wide and two rows high: 80x24 holds the grid and a few lines more.
        assert!(tiles.iter().all(|tile| tile.column < 9 && tile.row < 10));
        let known: BTreeSet<&str> =
            include_str!("../../data/places.tsv").lines().filter_map(|line| line.split('\t').nth(1)).collect();
        assert!(
            tiles.iter().all(|tile| known.contains(tile.province)),
            "{:?}",
            names.difference(&known).collect::<Vec<_>>()
        );
    }

    #[test]
    fn neighbours_are_kept() {
        let tiles = provinces();
        let of = |name: &str| tiles.iter().find(|tile| tile.province == name).unwrap();
        let pairs: Vec<_> =
            tiles.iter().flat_map(|tile| tile.borders.iter().map(move |other| (tile, *other))).collect();
        let kept = pairs.iter().filter(|(tile, other)| tile.touches(of(other))).count();
        assert_eq!(pairs.len(), 70);
        assert!(kept * 100 >= pairs.len() * 90, "{kept} of {}", pairs.len());
    }
}
