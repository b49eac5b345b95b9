//! Which columns of a table have room beside the name of a row, and where each ends.
//!
//! In: a table, a width. Out: columns and their ends. Does not know about: panels, views, what the columns mean.

use crate::table::{Column, Kind, Table};

/// How a row of a list is shared out: its name, other texts, its figures; what is left is for a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// Index of the column that names the row.
    pub key: usize,
    /// For the name, and a sign behind it.
    pub name: u16,
    /// The other columns, and where each ends, from the left edge of the row.
    pub fields: Vec<(usize, u16)>,
}

/// Columns of a text that may need many more.
const LONG: u8 = 20;
/// Fewest columns of a bar that stands beside further figures.
const BAR: u16 = 6;

impl Columns {
    /// Of a row of `width` columns whose name gets at least `least`: the column that sorts and the first figure before all
    /// others, these where there is room. Texts stand before figures.
    pub fn of(table: &Table, width: u16, least: u16) -> Self {
        let key = table.keys().next().map_or(0, |(at, _)| at);
        let mut ranked: Vec<(usize, &Column)> =
            table.columns().iter().enumerate().filter(|(at, column)| column.screen > 0 && *at != key).collect();
        ranked.sort_by_key(|(_, column)| (Some(column.id) != table.sorted, column.screen));
        let is_first = |column: &Column| Some(column.id) == table.sorted || column.screen == 1;
        let mut left = width.saturating_sub(least);
        let mut chosen: Vec<(usize, &Column)> = Vec::new();
        for (at, column) in ranked.iter().filter(|(_, column)| is_first(column)) {
            if left >= column.width.into() {
                left -= u16::from(column.width);
                chosen.push((*at, column));
            }
        }
        for (at, column) in ranked.iter().filter(|(_, column)| !is_first(column)) {
            if left >= u16::from(column.width) + BAR {
                left -= u16::from(column.width);
                chosen.push((*at, column));
            }
        }
        // Short texts stand before figures, a text with much in it behind all of them.
        let is_long = |column: &Column| column.kind == Kind::Text && column.width >= LONG;
        let is_number = |column: &Column| column.kind.is_figure() || column.kind == Kind::Position;
        chosen.sort_by_key(|(_, column)| (is_long(column), is_number(column), column.screen));
        // What no bar needs is the name's.
        let spare = if table.sorted.is_some() { left.saturating_sub(28).min(16) } else { 0 };
        let name = least.min(width) + spare;
        let mut end = name;
        let mut fields: Vec<(usize, u16)> = chosen
            .into_iter()
            .map(|(at, column)| {
                end += u16::from(column.width);
                (at, end)
            })
            .collect();
        // Where no figure sorts there is no bar: its room is the long text's.
        if let Some((at, end)) = fields.last_mut().filter(|_| table.sorted.is_none())
            && table.columns().get(*at).is_some_and(is_long)
        {
            *end = width.max(*end);
        }
        Self { key, name, fields }
    }

    /// Where the last column ends.
    pub fn end(&self) -> u16 {
        self.fields.last().map_or(self.name, |(_, end)| *end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Cell, Field, List, Settings};

    #[test]
    fn what_sorts_always_has_a_column_and_all_fit() {
        const FIELDS: &[Field<()>] = &[
            Field::new("term", Kind::Term, |(), ()| Cell::None).key(),
            Field::new("count", Kind::Count, |(), ()| Cell::None).screen(1, 6),
            Field::new("g2", Kind::Score(2), |(), ()| Cell::None).screen(3, 8),
            Field::new("province", Kind::Text, |(), ()| Cell::None).screen(4, 10),
            Field::new("p", Kind::Score(2), |(), ()| Cell::None),
            Field::new("dp", Kind::Score(2), |(), ()| Cell::None).screen(2, 6),
        ];
        let mut table = Table::new(List::new(vec![()], FIELDS), Settings::default());
        for sorted in ["count", "g2", "dp"] {
            table.sorted = Some(sorted);
            for width in 0..200 {
                let columns = Columns::of(&table, width, 11);
                assert!(columns.end() <= width.max(11), "{width} {sorted} {columns:?}");
                let has = columns.fields.iter().any(|(at, _)| table.columns()[*at].id == sorted);
                assert!(width < 25 || has, "{width} {sorted} {columns:?}");
                assert!(columns.fields.windows(2).all(|pair| pair[0].1 < pair[1].1));
            }
        }
        let ids: Vec<&str> =
            Columns::of(&table, 150, 11).fields.iter().map(|(at, _)| table.columns()[*at].id).collect();
        assert_eq!(ids, ["province", "count", "dp", "g2"]);
    }
}
