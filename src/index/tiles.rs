//! Places as tiles: maps that any terminal can show. In: nothing but two tables. Out: for each province its cell and its
//! neighbours; for each place of a province likewise. Does not know about: values, screens.
//!
//! Every place has one tile of the same size, so that a small one is seen as well as a large one. Places that border on
//! land touch, side or corner, wherever the grid allows it; a test says how many do.

use crate::corpus::places;

/// The provinces; see `data/README.md`.
const PROVINCES: &str = include_str!("../../data/tiles.tsv");

/// What lies in each of them; see `data/README.md`.
const INSIDE: &str = include_str!("../../data/tiles-inside.tsv");

/// A place on a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Full name of the province, as [`crate::corpus::Report::province`] has it, or own name of the place inside one.
    pub name: &'static str,
    /// Short name, mostly two or three 汉字.
    pub short: &'static str,
    /// Row from the north, from 0.
    pub row: usize,
    /// Column from the west, from 0.
    pub column: usize,
    /// Places of the grid it borders on land; each pair stands with one of the two.
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
    lines(PROVINCES).filter_map(province).collect()
}

/// The prefectures of a province, and what else lies right under it: counties of a province, districts of a municipality.
/// In the same order; none for a name that is no province's.
pub fn inside(province: &str) -> Vec<Tile> {
    lines(INSIDE).filter_map(|line| line.split_once('\t')).filter(|(of, _)| *of == province).filter_map(place).collect()
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

fn province(line: &'static str) -> Option<Tile> {
    let (name, rest) = line.split_once('\t')?;
    let (short, rest) = rest.split_once('\t')?;
    tile((name, short), rest)
}

fn place((province, line): (&'static str, &'static str)) -> Option<Tile> {
    let (name, rest) = line.split_once('\t')?;
    let whole = places::alike(name).into_iter().find(|place| place.province_name() == province);
    let short = whole.map_or("", places::Place::stem);
    tile((name, if short.is_empty() { name } else { short }), rest)
}

fn tile((name, short): (&'static str, &'static str), rest: &'static str) -> Option<Tile> {
    let mut fields = rest.split('\t');
    let (row, column) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    let borders = fields.next().unwrap_or_default().split('、').filter(|name| !name.is_empty()).collect();
    Some(Tile { name, short, row, column, borders })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Whether each place of a layout has a tile of its own; pairs of neighbours that touch, and all.
    fn checked(tiles: &[Tile]) -> (usize, usize) {
        let cells: BTreeSet<_> = tiles.iter().map(|tile| (tile.row, tile.column)).collect();
        let names: BTreeSet<_> = tiles.iter().map(|tile| tile.name).collect();
        assert_eq!((names.len(), cells.len()), (tiles.len(), tiles.len()));
        // A tile is eight columns wide and two rows high: 80x24 holds the grid and a few lines more.
        assert!(tiles.iter().all(|tile| tile.column < 9 && tile.row < 8), "{tiles:?}");
        let of = |name: &str| tiles.iter().find(|tile| tile.name == name).unwrap_or_else(|| panic!("{name}"));
        let pairs: Vec<_> =
            tiles.iter().flat_map(|tile| tile.borders.iter().map(move |other| (tile, *other))).collect();
        (pairs.iter().filter(|(tile, other)| tile.touches(of(other))).count(), pairs.len())
    }

    #[test]
    fn every_province_has_one_tile_of_its_own_beside_its_neighbours() {
        let tiles = provinces();
        assert_eq!(tiles.len(), 34);
        let known: BTreeSet<&str> =
            places::all().iter().filter(|place| place.parent().is_none()).map(places::Place::name).collect();
        assert!(tiles.iter().all(|tile| known.contains(tile.name)), "{known:?}");
        let (kept, pairs) = checked(&tiles);
        assert_eq!(pairs, 70);
        assert!(kept * 100 >= pairs * 90, "{kept} of {pairs}");
    }

    #[test]
    fn so_has_every_place_of_a_province() {
        let (mut all, mut kept_of_all, mut pairs_of_all) = (0, 0, 0);
        for province in provinces() {
            let tiles = inside(province.name);
            let named: BTreeSet<&str> = tiles.iter().map(|tile| tile.name).collect();
            let own = places::all().iter().filter(|place| !place.is_former());
            let known: BTreeSet<&str> = own
                .filter(|place| place.parent().is_some_and(|above| above.name() == province.name))
                .map(places::Place::name)
                .collect();
            assert_eq!(named, known, "{}", province.name);
            let (kept, pairs) = checked(&tiles);
            assert!(kept * 100 >= pairs * 80, "{}: {kept} of {pairs}", province.name);
            (all, kept_of_all, pairs_of_all) = (all + tiles.len(), kept_of_all + kept, pairs_of_all + pairs);
        }
        assert!(all > 480, "{all}");
        assert!(kept_of_all * 100 >= pairs_of_all * 90, "{kept_of_all} of {pairs_of_all}");
    }
}
