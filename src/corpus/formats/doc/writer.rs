//! The paragraphs of a document of Word 97 as lines. In: characters and what is said of them. Out: lines. Does not know
//! about: how a file stores either.

use std::ops::Range;

use crate::corpus::formats::doc::pieces::Pieces;
use crate::corpus::formats::doc::properties::{Properties, Runs};
use crate::corpus::formats::doc::styles::DocStyles;
use crate::corpus::formats::draft::DraftLine;
use crate::corpus::formats::field::OpenField;
use crate::corpus::formats::list_numbers::ListNumbers;
use crate::corpus::formats::ole::u16_at;
use crate::corpus::formats::open_tables::OpenTables;
use crate::corpus::formats::symbols::symbol;
use crate::corpus::formats::table_rows::Merge;

/// What a document's lines are made from.
pub struct DocWriter<'b> {
    /// The text.
    pub pieces: Pieces<'b>,
    /// What is said of characters.
    pub characters: Runs<'b>,
    /// What is said of paragraphs.
    pub paragraphs: Runs<'b>,
    /// What is said by style.
    pub styles: DocStyles,
    /// Names of fonts.
    pub fonts: Vec<String>,
    /// Lists.
    pub numbers: ListNumbers,
    /// Numbers of the characters that refer to notes, ascending.
    pub marks: Vec<u32>,
    /// The stream in which more is said of paragraphs.
    pub data: Vec<u8>,
}

/// A paragraph while its characters are read.
#[derive(Debug, Default)]
struct Open {
    units: Vec<u16>,
    fields: Vec<OpenField>,
}

impl Open {
    fn push(&mut self, text: &str) {
        self.units.extend(text.encode_utf16());
    }

    fn in_instruction(&self) -> bool {
        self.fields.iter().any(|field| !field.has_result)
    }
}

impl DocWriter<'_> {
    /// The lines of the characters in `range`.
    pub fn lines(&mut self, range: Range<u32>) -> Vec<DraftLine> {
        let mut tables = OpenTables::default();
        let mut open = Open::default();
        let mut run: Option<(usize, u32, Properties)> = None;
        for number in range.clone() {
            let Some(&unit) = self.pieces.units().get(number as usize) else { break };
            let Some((place, _, changes)) = self.pieces.place(number) else { break };
            if run.as_ref().is_none_or(|(_, end, _)| place >= *end || !changes.is_empty())
                || self.characters.at(place).map(|found| found.0) != run.as_ref().map(|run| run.0)
            {
                run = self.characters.at(place).map(|(n, end, said)| (n, end, self.of_run(said, changes)));
            }
            let default = Properties::default();
            let of_run = run.as_ref().map_or(&default, |(_, _, properties)| properties);
            let ends = match unit {
                0x0d | 0x07 => true,
                // A page break parts no paragraph; the end of a section does.
                0x0c => self.paragraphs.at(place).is_some_and(|(_, end, _)| end <= place.saturating_add(2)),
                _ => false,
            };
            if !ends {
                self.character(unit, number, of_run, &mut open);
            } else if unit == 0x0d && of_run.deleted {
                // A deleted paragraph mark joins.
            } else {
                self.end_paragraph(unit, place, changes, &mut open, &mut tables);
            }
        }
        if !open.units.is_empty() {
            let text = String::from_utf16_lossy(&std::mem::take(&mut open.units));
            tables.place(0, DraftLine::of_text(text));
        }
        tables.finish()
    }

    fn of_run(&self, said: &[u8], changes: &[u8]) -> Properties {
        let mut properties = Properties::default();
        properties.apply(said);
        properties.apply(changes);
        let of_style = || self.styles.find(properties.run_style, |said| said.hidden);
        properties.hidden = properties.hidden.or_else(of_style);
        properties
    }

    fn character(&self, unit: u16, number: u32, run: &Properties, open: &mut Open) {
        match unit {
            0x13 => open.fields.push(OpenField::default()),
            0x14 => {
                let length = open.units.len();
                open.fields.last_mut().into_iter().for_each(|field| field.begin_result(length));
            }
            0x15 => {
                let field = open.fields.pop();
                let shown = field.as_ref().and_then(|field| field.shown(open.units.len()));
                if let Some(shown) = shown.filter(|_| !open.in_instruction()) {
                    open.push(shown);
                }
            }
            _ if open.in_instruction() => {
                let said = char::from_u32(unit.into()).filter(|_| !run.deleted && run.hidden != Some(true));
                if let (Some(field), Some(c)) = (open.fields.last_mut().filter(|field| !field.has_result), said) {
                    field.instruction.push(c);
                }
            }
            _ if run.deleted || run.hidden == Some(true) => {}
            _ if self.marks.binary_search(&number).is_ok() => {
                let mark = self.marks.partition_point(|mark| *mark < number) + 1;
                open.push(&format!("[{mark}]"));
            }
            0x28 if run.symbol.is_some() => {
                let (font, code) = run.symbol.unwrap_or_default();
                let font = self.fonts.get(usize::from(font)).map_or("", String::as_str);
                open.push(symbol(font, u32::from(code)).encode_utf8(&mut [0; 4]));
            }
            0x0b => open.push("\n"),
            0x1e => open.push("-"),
            0x09 => open.push("\t"),
            0x00..=0x1f => {}
            _ => open.units.push(unit),
        }
    }

    fn end_paragraph(&mut self, unit: u16, place: u32, changes: &[u8], open: &mut Open, tables: &mut OpenTables) {
        let said = self.paragraphs.at(place).map(|(_, _, said)| said).unwrap_or_default();
        let mut own = Properties { style: u16_at(said, 0), ..Properties::default() };
        own.apply(said.get(2..).unwrap_or_default());
        own.apply_more(&self.data);
        own.apply(changes);
        open.fields.clear();
        let mut text = String::from_utf16_lossy(&std::mem::take(&mut open.units));
        let in_table = own.in_table == Some(true) || unit == 0x07 || own.depth.is_some_and(|depth| depth > 0);
        let depth = if in_table { own.depth.map_or(1, |depth| depth.max(1) as usize) } else { 0 };
        if (own.ends_row && unit == 0x07) || own.ends_inner_row {
            let merge = |code: &u8| match code {
                1 => Merge::Continued,
                2 | 3 => Merge::First,
                _ => Merge::Single,
            };
            tables.end_row(depth, &own.vertical.iter().map(merge).collect::<Vec<_>>());
            return;
        }
        let number = self.number_of(&own);
        if !text.trim().is_empty() || (in_table && !number.is_empty()) {
            text.insert_str(0, &number);
        }
        let outline = own.outline.or_else(|| self.styles.find(own.style, |said| said.outline));
        let level = outline.filter(|outline| *outline < 6).map(|outline| outline + 1);
        tables.place(depth, DraftLine { level, ..DraftLine::of_text(text) });
        if unit == 0x07 || own.ends_inner_cell {
            tables.end_cell();
        }
    }

    fn number_of(&mut self, own: &Properties) -> String {
        let list = own.list.or_else(|| self.styles.find(own.style, |said| said.list)).filter(|list| *list != 0);
        let Some(list) = list else { return String::new() };
        let level = own.list_level.or_else(|| self.styles.find(own.style, |said| said.list_level)).unwrap_or(0);
        self.numbers.next(&list.to_string(), usize::from(level))
    }
}
