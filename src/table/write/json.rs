//! JSON Lines: one object a row, its fields in the order of the columns. Characters that a terminal might obey are written
//! as `\uXXXX`, so nothing is lost. A dot in the name of a column nests it: `other.file` is the field `file` of the object
//! `other`, which is `null` where nothing of it is defined. In: a table, or anything that can be serialised. Out: lines.

use std::io::{self, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::ser::{CompactFormatter, Formatter};

use crate::table::{Cell, Table};
use crate::text::visible::is_hidden;

/// Writes the rows of a table.
pub fn write(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    (0..table.len()).try_for_each(|row| write_object(out, &JsonRow { table, row }))
}

/// Writes one object and a line feed.
pub fn write_object(out: &mut dyn Write, object: &impl Serialize) -> io::Result<()> {
    object.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, Harmless))?;
    out.write_all(b"\n")
}

/// One row.
struct JsonRow<'t> {
    table: &'t Table,
    row: usize,
}

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let columns: Vec<(&str, usize)> = (0..)
            .zip(self.table.columns())
            .filter(|(_, column)| column.programs)
            .map(|(index, column)| (column.id, index))
            .collect();
        Fields { row: self, columns: &columns }.serialize(serializer)
    }
}

/// Some columns of a row as an object, each by the name it has there.
struct Fields<'r> {
    row: &'r JsonRow<'r>,
    columns: &'r [(&'r str, usize)],
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let JsonRow { table, row } = self.row;
        let mut map = serializer.serialize_map(None)?;
        let object = |id: &str| id.split_once('.').map(|(object, _)| object.to_owned());
        for columns in self.columns.chunk_by(|a, b| object(a.0).is_some() && object(a.0) == object(b.0)) {
            let Some(&(id, index)) = columns.first() else { continue };
            let Some((name, _)) = id.split_once('.') else {
                map.serialize_entry(id, &table.cell(*row, index))?;
                continue;
            };
            if columns.iter().all(|(_, index)| table.cell(*row, *index) == Cell::None) {
                map.serialize_entry(name, &())?;
                continue;
            }
            let inner: Vec<(&str, usize)> =
                columns.iter().filter_map(|(id, index)| Some((id.split_once('.')?.1, *index))).collect();
            map.serialize_entry(name, &Fields { row: self.row, columns: &inner })?;
        }
        map.end()
    }
}

/// JSON whose strings hold no character that a terminal might obey.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, hidden)) = rest.char_indices().find(|(_, c)| is_hidden(*c)) {
            let (before, after) = rest.split_at(at);
            CompactFormatter.write_string_fragment(out, before)?;
            for unit in hidden.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = after.get(hidden.len_utf8()..).unwrap_or_default();
        }
        CompactFormatter.write_string_fragment(out, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Field, Kind, List, Settings};

    #[test]
    fn a_dot_nests_and_an_object_without_anything_is_null() {
        type Of = Field<Option<u64>>;

        const FIELDS: &[Of] = &[
            Of::new("old.line", Kind::Position, |row, ()| Cell::count(*row)),
            Of::new("old.at.byte", Kind::Position, |row, ()| Cell::count(*row)),
            Of::new("new.line", Kind::Position, |_, ()| Cell::Count(2)),
            Of::new("n", Kind::Count, |_, ()| Cell::None),
        ];
        let table = Table::new(List::new(vec![Some(1), None], FIELDS), Settings::default());
        let mut out = Vec::new();
        write(&mut out, &table).unwrap();
        let lines = [
            r#"{"old":{"line":1,"at":{"byte":1}},"new":{"line":2},"n":null}"#,
            r#"{"old":null,"new":{"line":2},"n":null}"#,
        ];
        assert_eq!(String::from_utf8(out).unwrap(), format!("{}\n{}\n", lines[0], lines[1]));
    }

    #[test]
    fn nothing_is_lost_and_nothing_is_obeyed() {
        type Of = Field<String>;

        const FIELDS: &[Of] = &[
            Of::new("a", Kind::Text, |row, ()| Cell::text(row)),
            Of::new("people", Kind::Text, |_, ()| Cell::None).people_only(),
            Of::new("n", Kind::Count, |_, ()| Cell::Count(7)),
        ];
        for text in ["甲\u{1b}[31m\"乙\"\\", "\u{9b}2J\u{202e}\u{e0001}\n", ""] {
            let mut out = Vec::new();
            write(&mut out, &Table::new(List::new(vec![text.to_owned()], FIELDS), Settings::default())).unwrap();
            let line = String::from_utf8(out).unwrap();
            assert!(!line.trim_end().chars().any(is_hidden), "{line:?}");
            let object: serde_json::Value = serde_json::from_str(&line).unwrap();
            assert_eq!(object, serde_json::json!({"a": text, "n": 7}));
        }
    }
}
