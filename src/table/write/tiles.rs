//! A map for people: a tile of each place with its figure, and what the signs mean. In: a table of tiles. Out: lines. Does not know
//! about: colours.

use std::io::{self, Write};

use crate::table::{Table, TileMap, ValueClass};
use crate::text::Lang;
use crate::text::visible::visible;
use crate::text::width::{Ambiguous, fit};

/// Columns of a tile.
const WIDE: usize = 8;

/// The sign of a class; told apart without colour.
fn sign(class: ValueClass, ambiguous: Ambiguous) -> char {
    let signs = match ambiguous {
        Ambiguous::Narrow => ['·', '○', '░', '▒', '▓', '█'],
        Ambiguous::Wide => [' ', '0', '.', ':', '+', '#'],
    };
    match class {
        ValueClass::Absent => signs[0],
        ValueClass::Nothing => signs[1],
        ValueClass::Quarter(quarter) => signs[2 + usize::from(quarter.min(3))],
    }
}

/// Writes a map: names and figures, row by row.
pub fn write(out: &mut dyn Write, table: &Table, map: &TileMap, lang: Lang, ambiguous: Ambiguous) -> io::Result<()> {
    let value = table.sorted.and_then(|id| table.column(id));
    let heading = value.map_or("", |(_, column)| column.heading(lang));
    for row in 0..map.rows {
        for names in [true, false] {
            let mut line = String::new();
            for column in 0..map.columns {
                let cell = map.at(row, column).map_or_else(String::new, |at| {
                    let tile = map.tiles.get(at).map_or(ValueClass::Absent, |tile| tile.class);
                    let sign = sign(tile, ambiguous);
                    if names {
                        return format!("{sign}{}", visible(&table.get(at, "short").exact()));
                    }
                    let figure = value.map_or_else(String::new, |(c, own)| own.on_screen(&table.cell(at, c), ""));
                    format!("{sign}{figure}")
                });
                line.push_str(&fit(&cell, WIDE - 1, ambiguous));
                line.push(' ');
            }
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    let classes: Vec<String> =
        map.legend(table).iter().map(|(class, words)| format!("{} {words}", sign(*class, ambiguous))).collect();
    let rest =
        [(ValueClass::Nothing, lang.pick("没有", "none")), (ValueClass::Absent, lang.pick("没有数字", "no figure"))];
    let there = rest.iter().filter(|(class, _)| map.tiles.iter().any(|tile| tile.class == *class));
    let rest = there.map(|(class, words)| format!("{} {words}", sign(*class, ambiguous)));
    let all: Vec<String> = std::iter::once(heading.to_owned()).chain(classes).chain(rest).collect();
    writeln!(out, "{}", all.join("  "))
}
