//! What a column holds and how it is headed. In: constants. Out: headings, rounding. Does not know about: rows.

use super::Cell;
use super::Kind;
use crate::text::Lang;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name for programs: the JSON field, the CSV heading.
    pub id: &'static str,
    /// What its cells are.
    pub kind: Kind,
    /// Its heading in Chinese and English.
    pub head: (&'static str, &'static str),
    /// The same where there is little room.
    pub short: (&'static str, &'static str),
    /// Whether it names the row: two such columns make a grid.
    pub key: bool,
    /// Whether programs get it.
    pub programs: bool,
    /// Where it stands in a table for people, from 1; 0: not there.
    pub people: u8,
    /// How soon it gets room on the screen, from 1; 0: never.
    pub screen: u8,
    /// Columns it takes on the screen, the blank before it among them.
    pub width: u8,
    /// Decimals on the screen; `None`: as for people.
    pub decimals: Option<u8>,
    /// Whether a figure on the screen has its sign also where it is positive.
    pub signed: bool,
}

impl Column {
    /// A column with the defaults of its kind.
    pub const fn new(id: &'static str, kind: Kind) -> Self {
        let width = match kind {
            Kind::Position | Kind::Count | Kind::Year => 6,
            Kind::Rate | Kind::Share => 7,
            Kind::Score(_) | Kind::Probability => 8,
            Kind::Text | Kind::Path | Kind::Headings => 20,
            _ => 12,
        };
        Self {
            id,
            kind,
            head: (id, id),
            short: (id, id),
            key: false,
            programs: true,
            people: 0,
            screen: 0,
            width,
            decimals: None,
            signed: false,
        }
    }

    /// Its heading.
    pub const fn heading(&self, lang: Lang) -> &'static str {
        lang.pick(self.head.0, self.head.1)
    }

    /// Its short heading.
    pub const fn short_heading(&self, lang: Lang) -> &'static str {
        lang.pick(self.short.0, self.short.1)
    }

    /// A cell as the screen shows it; `undefined` where nothing is defined. Large figures have no decimals.
    pub fn on_screen(&self, cell: &Cell<'_>, undefined: &str) -> String {
        match (cell, self.decimals) {
            (Cell::None, _) if self.kind.is_figure() => undefined.to_owned(),
            (Cell::Number(number), decimals) => {
                let number = if self.kind == Kind::Share { number * 100.0 } else { *number };
                let decimals = match (decimals, self.kind) {
                    _ if number.abs() >= 1000.0 => 0,
                    (Some(decimals), _) | (None, Kind::Score(decimals)) => usize::from(decimals),
                    (None, Kind::Share) => 1,
                    (None, _) => 2,
                };
                if self.signed { format!("{number:+.decimals$}") } else { format!("{number:.decimals$}") }
            }
            (cell, _) => cell.shown(self.kind).into_owned(),
        }
    }
}
