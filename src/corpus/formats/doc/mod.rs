//! Documents of Word 97 to 2003 and of WPS: .doc, .wps.
//!
//! In: an opened container. Out: a [`Source`] as that of a .docx: one line per paragraph, table rows as one line each, text
//! boxes and notes at the end, automatic numbers written out. Does not know about: fonts, pictures, what was deleted.
//!
//! After [MS-DOC]; every place a file names is looked up in its bytes and may be nowhere.

mod lists;
mod pieces;
mod plain;
mod properties;
mod rescue;
mod styles;
mod word95;
mod writer;

use std::ops::Range;

use crate::corpus::IssueKind;
use crate::corpus::formats::doc::pieces::Pieces;
use crate::corpus::formats::doc::properties::Runs;
use crate::corpus::formats::doc::styles::DocStyles;
use crate::corpus::formats::doc::writer::DocWriter;
use crate::corpus::formats::draft::{Draft, DraftLine};
use crate::corpus::formats::ole::{Container, size_at, u16_at, u32_at};
use crate::corpus::formats::source::Source;

pub use rescue::rescue;

/// From this version on the text stands in pieces.
const WORD_97: u16 = 0xc1;
/// Where the file's tables are listed: place and size, 8 bytes each.
const TABLES: usize = 154;

/// The tables that are read, by their numbers.
#[derive(Debug, Clone, Copy)]
enum DocTable {
    Styles = 1,
    FootnoteMarks = 2,
    Footnotes = 3,
    Characters = 12,
    Paragraphs = 13,
    Fonts = 15,
    Pieces = 33,
    EndnoteMarks = 46,
    Endnotes = 47,
    Lists = 73,
    ListUses = 74,
}

/// Reads a document.
///
/// # Errors
/// Where it is locked, broken, or nothing is written in it.
pub fn read(container: &Container<'_>) -> Result<Source, IssueKind> {
    let broken = || IssueKind::Broken("DOC".into());
    let file = container.stream("WordDocument").ok_or_else(broken)?;
    let flags = u16_at(&file, 10).ok_or_else(broken)?;
    if flags & 0x100 != 0 {
        return Err(IssueKind::Encrypted);
    }
    if u16_at(&file, 2).ok_or_else(broken)? < WORD_97 {
        return word95::read(&file).ok_or_else(broken)?;
    }
    let names = if flags & 0x200 == 0 { ["0Table", "1Table"] } else { ["1Table", "0Table"] };
    let data = container.stream("Data").unwrap_or_default();
    let read = names.iter().filter_map(|name| container.stream(name)).find_map(|tables| {
        let document = Tables { file: &file, tables: &tables };
        document.read(&data)
    });
    read.ok_or_else(broken)?
}

struct Tables<'b> {
    file: &'b [u8],
    tables: &'b [u8],
}

impl<'b> Tables<'b> {
    fn place(&self, table: DocTable) -> Option<(usize, usize)> {
        let at = TABLES + 8 * table as usize;
        let within = usize::from(u16_at(self.file, 152)?) > table as usize;
        size_at(self.file, at).zip(size_at(self.file, at + 4)).filter(|(_, size)| within && *size > 0)
    }

    fn table(&self, table: DocTable) -> &'b [u8] {
        let bytes =
            self.place(table).and_then(|(at, size)| self.tables.get(at..at.checked_add(size)?.min(self.tables.len())));
        bytes.unwrap_or_default()
    }

    /// A table and what stands behind it.
    fn from(&self, table: DocTable) -> &'b [u8] {
        self.place(table).and_then(|(at, _)| self.tables.get(at..)).unwrap_or_default()
    }

    fn read(&self, data: &[u8]) -> Option<Result<Source, IssueKind>> {
        let pieces = Pieces::read(self.file, self.table(DocTable::Pieces))?;
        let length = |at: usize| u32_at(self.file, at);
        // Main text, footnotes, headers, macros, comments, endnotes, text boxes stand one behind another.
        let mut lengths = [76, 80, 84, 88, 92, 96, 100].map(|at| length(at).unwrap_or(0));
        let total = u32::try_from(pieces.units().len()).ok()?;
        if lengths == [0; 7] {
            lengths[0] = total;
        }
        let is_cut = pieces.is_cut();
        let part = |n: usize| -> Range<u32> {
            let start = lengths[..n].iter().fold(0u32, |sum, length| sum.saturating_add(*length)).min(total);
            start..start.saturating_add(lengths[n]).min(total)
        };
        let mut writer = DocWriter {
            characters: Runs::read(self.file, self.table(DocTable::Characters), false),
            paragraphs: Runs::read(self.file, self.table(DocTable::Paragraphs), true),
            styles: DocStyles::read(self.table(DocTable::Styles)),
            numbers: lists::read(self.from(DocTable::Lists), self.table(DocTable::ListUses)),
            fonts: fonts(self.table(DocTable::Fonts)),
            pieces,
            marks: Vec::new(),
            data: data.to_vec(),
        };
        let footnotes = notes(self.table(DocTable::FootnoteMarks), 2, self.table(DocTable::Footnotes), &part(1));
        let endnotes = notes(self.table(DocTable::EndnoteMarks), 2, self.table(DocTable::Endnotes), &part(5));
        let mut notes: Vec<(u32, Range<u32>)> = footnotes.into_iter().chain(endnotes).collect();
        notes.sort_by_key(|(mark, _)| *mark);
        writer.marks = notes.iter().map(|(mark, _)| *mark).collect();
        let mut draft = Draft::default();
        draft.extend(&writer.lines(part(0)));
        draft.extend(writer.lines(part(6)).iter().filter(|line| !line.is_blank()));
        for (n, (_, range)) in (1..).zip(notes) {
            for line in writer.lines(range).iter().filter(|line| !line.is_blank()) {
                draft.push(&DraftLine::of_text(format!("[{n}] {}", line.text.trim())));
            }
        }
        Some(draft.finish().map(|source| if is_cut { rescue::cut_short(source) } else { source }))
    }
}

/// Names of fonts by their indices ([MS-DOC] 2.9.286): behind its length each has 39 bytes of measures.
fn fonts(table: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = 4;
    while let Some(&size) = table.get(at) {
        let own = table.get(at + 1..at + 1 + usize::from(size)).unwrap_or_default();
        let units = own.get(39..).unwrap_or_default().as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair));
        names.push(String::from_utf16_lossy(&units.take_while(|unit| *unit != 0).collect::<Vec<_>>()));
        at += 1 + usize::from(size);
    }
    names
}

/// Where the text refers to notes, and where each note stands inside `part`. `bytes` is what is said of each mark.
fn notes(marks: &[u8], bytes: usize, texts: &[u8], part: &Range<u32>) -> Vec<(u32, Range<u32>)> {
    let count = marks.len().saturating_sub(4) / (4 + bytes);
    let note = |n: usize| {
        let (first, end) = (u32_at(texts, 4 * n)?, u32_at(texts, 4 * n + 4)?);
        let own = part.start.checked_add(first)?..part.start.checked_add(end)?.min(part.end);
        Some((u32_at(marks, 4 * n)?, own)).filter(|(_, own)| own.start <= own.end)
    };
    (0..count).filter_map(note).collect()
}
