//! Where the tiles of a map stand on the screen. In: an area, how many rows and columns of tiles. Out: rectangles. Does not know
//! about: what tiles show.

use ratatui::layout::{Position, Rect};

use crate::table::TileMap;

/// Fewest columns of a tile: a sign and two 汉字.
const LEAST: u16 = 5;
/// Most columns and rows of a tile.
const MOST: (u16, u16) = (14, 4);
/// Rows below the tiles: the selected one in words, what the signs mean.
pub const FOOT: u16 = 2;

/// Where tiles stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileLayout {
    area: Rect,
    /// Columns of a tile, the gap behind it among them.
    pub wide: u16,
    /// Rows of a tile.
    pub high: u16,
}

impl TileLayout {
    /// In the area of a view; `None` where there is no room for them.
    pub fn of(map: &TileMap, body: Rect) -> Option<Self> {
        let (rows, columns) = (u16::try_from(map.rows).ok()?.max(1), u16::try_from(map.columns).ok()?.max(1));
        let area =
            Rect { x: body.x + 1, width: body.width.checked_sub(1)?, height: body.height.checked_sub(FOOT)?, ..body };
        let (wide, high) = ((area.width / columns).min(MOST.0), (area.height / rows).min(MOST.1));
        (wide >= LEAST && high >= 1).then_some(Self { area, wide, high })
    }

    /// The place of a tile, without the gap behind it; four rows have one below them too.
    pub fn tile(&self, row: usize, column: usize) -> Rect {
        let at = |number: usize, size: u16| u16::try_from(number).unwrap_or(u16::MAX).saturating_mul(size);
        let (x, y) = (self.area.x + at(column, self.wide), self.area.y + at(row, self.high));
        Rect { x, y, width: self.wide - 1, height: self.high - u16::from(self.high > 2) }.intersection(self.area)
    }

    /// The row and column of the tile at a place of the screen.
    pub fn at(&self, place: Position) -> Option<(usize, usize)> {
        let inside = self.area.contains(place);
        inside.then(|| (((place.y - self.area.y) / self.high).into(), ((place.x - self.area.x) / self.wide).into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_stand_side_by_side_where_there_is_room() {
        let map = TileMap { tiles: Vec::new(), rows: 8, columns: 9 };
        let of = |width, height| TileLayout::of(&map, Rect::new(0, 2, width, height));
        let sizes = |width, height| of(width, height).map(|layout| (layout.wide, layout.high));
        assert_eq!((sizes(80, 19), sizes(120, 35), sizes(60, 19)), (Some((8, 2)), Some((13, 4)), Some((6, 2))));
        assert_eq!((sizes(40, 19), sizes(80, 9), sizes(0, 0)), (None, None, None));
        let layout = of(80, 19).unwrap();
        for (row, column) in [(0, 0), (7, 8), (3, 4)] {
            let tile = layout.tile(row, column);
            assert_eq!(layout.at(Position::new(tile.x, tile.bottom() - 1)), Some((row, column)));
            assert!(tile.right() <= 80 && tile.bottom() <= 19);
        }
    }
}
