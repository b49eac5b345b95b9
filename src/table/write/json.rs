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
    let columns = (0..).zip(table.columns()).filter(|(_, column)| column.programs);
    let columns: Vec<(&str, usize)> = columns.map(|(index, column)| (column.id, index)).collect();
    let members = members(&columns);
    (0..table.len()).try_for_each(|row| write_object(out, &JsonRow { table, row, members: &members }))
}

/// Writes one object and a line feed.
pub fn write_object(out: &mut dyn Write, object: &impl Serialize) -> io::Result<()> {
    object.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, Harmless))?;
    out.write_all(b"\n")
}

/// A member of the object of a row: a column, or an object of several.
enum Member<'t> {
    Value(&'t str, usize),
    Object(&'t str, Vec<Member<'t>>),
}

/// The members of an object, from the columns and the names they have there.
fn members<'t>(columns: &[(&'t str, usize)]) -> Vec<Member<'t>> {
    let object = |id: &'t str| id.split_once('.').map(|(object, _)| object);
    let together = columns.chunk_by(|a, b| object(a.0).is_some() && object(a.0) == object(b.0));
    let member = |columns: &[(&'t str, usize)]| {
        let &(id, index) = columns.first()?;
        let Some(name) = object(id) else { return Some(Member::Value(id, index)) };
        let inside = |&(id, index): &(&'t str, usize)| Some((id.split_once('.')?.1, index));
        Some(Member::Object(name, members(&columns.iter().filter_map(inside).collect::<Vec<_>>())))
    };
    together.filter_map(member).collect()
}

/// A row, or an object in it.
struct JsonRow<'r> {
    table: &'r Table,
    row: usize,
    members: &'r [Member<'r>],
}

impl JsonRow<'_> {
    /// Whether nothing of it is defined.
    fn is_none(&self) -> bool {
        self.members.iter().all(|member| match member {
            Member::Value(_, index) => self.table.cell(self.row, *index) == Cell::None,
            Member::Object(_, members) => JsonRow { members, ..*self }.is_none(),
        })
    }
}

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for member in self.members {
            match member {
                Member::Value(name, index) => map.serialize_entry(name, &self.table.cell(self.row, *index))?,
                Member::Object(name, members) => {
                    let object = JsonRow { members, ..*self };
                    map.serialize_entry(name, &Some(&object).filter(|object| !object.is_none()))?;
                }
            }
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
