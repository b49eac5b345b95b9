//! Workbooks: .xlsx, .xls, .et and their kin.
//!
//! In: bytes. Out: one [`FilePart`] for each sheet: a sheet with a column of texts is a table of reports as a .csv is, any other
//! is rows of text. Does not know about: formulas, pictures, what a workbook looks like.
//!
//! The library that reads workbooks is kept apart (`apart`).

use std::io::Cursor;

use calamine::{Data, DataRef, Reader, Sheets, open_workbook_auto_from_rs};
use serde::{Deserialize, Serialize};

use crate::corpus::IssueKind;
use crate::corpus::formats::draft::{Draft, DraftLine};
use crate::corpus::formats::ole::Container;
use crate::corpus::formats::source::{ColumnNames, FilePart, Limits, Source};
use crate::corpus::formats::{apart, old_workbook, tables};

/// The name by which a child knows this reader.
pub const NAME: &str = "sheets";
/// A workbook has at most so many sheets, and so many cells that are filled.
const MOST_SHEETS: usize = 500;
const MOST_CELLS: usize = 4_000_000;
/// A row has at most so many cells.
const MOST_COLUMNS: u32 = 16_384;

/// A sheet: its name and the cells of its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    name: String,
    rows: Vec<Vec<String>>,
}

/// Whether a container of older office files holds a workbook.
pub fn is_ole(bytes: &[u8]) -> bool {
    Container::open(bytes).is_ok_and(|container| ["Workbook", "Book"].iter().any(|name| container.holds(name)))
}

/// Reads a workbook.
pub fn read(bytes: Vec<u8>, said: &ColumnNames, limits: &Limits) -> Vec<FilePart> {
    let one = |source| vec![FilePart { name: None, source }];
    if bytes.len() as u64 > limits.entry {
        return one(Err(IssueKind::TooLarge { bytes: bytes.len() as u64, limit: limits.entry }));
    }
    let sheets = match apart::read(NAME, bytes, sheets) {
        Ok(sheets) => sheets,
        Err(kind) => return one(Err(kind)),
    };
    let filled: Vec<&Sheet> =
        sheets.iter().filter(|sheet| sheet.rows.iter().flatten().any(|cell| !cell.trim().is_empty())).collect();
    match filled.as_slice() {
        [] => one(Err(IssueKind::Empty)),
        [sheet] => one(source(sheet, said)),
        several => {
            let part = |sheet: &&Sheet| FilePart { name: Some(sheet.name.clone()), source: source(sheet, said) };
            several.iter().map(part).collect()
        }
    }
}

fn source(sheet: &Sheet, said: &ColumnNames) -> Result<Source, IssueKind> {
    if let Ok(source) = tables::read_rows(&sheet.rows, said) {
        return Ok(source);
    }
    let mut draft = Draft::default();
    for row in &sheet.rows {
        let cells: Vec<String> = row.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let text = cells.join("\t");
        let row = cells.iter().filter(|cell| !cell.is_empty()).count() > 1;
        draft.push(&DraftLine { row, ..DraftLine::of_text(text.trim_end_matches('\t')) });
    }
    draft.finish()
}

/// The sheets of a workbook, read here and now.
///
/// # Errors
/// Where it is locked, broken or larger than it may be.
pub fn sheets(bytes: Vec<u8>) -> Result<Vec<Sheet>, IssueKind> {
    let bytes = old_workbook::tame(bytes)?;
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| issue(&error))?;
    let names: Vec<String> = book.sheet_names().into_iter().take(MOST_SHEETS).collect();
    let mut left = MOST_CELLS;
    let mut sheets = Vec::new();
    for name in names {
        let rows = match &mut book {
            // Cell by cell: a file of two cells may claim to be as wide and long as can be.
            Sheets::Xlsx(book) => {
                let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
                let mut rows = SheetRows::default();
                while let Some(cell) = cells.next_cell().map_err(|error| issue(&error))? {
                    let (row, column) = cell.get_position();
                    rows.put(row, column, written(&owned(cell.get_value())), &mut left)?;
                }
                rows.rows
            }
            book => {
                let Ok(range) = book.worksheet_range(&name) else { continue };
                let start = range.start().unwrap_or_default();
                let mut rows = SheetRows::default();
                for (row, column, value) in range.used_cells() {
                    let (row, column) = (start.0.saturating_add(number(row)), start.1.saturating_add(number(column)));
                    rows.put(row, column, written(value), &mut left)?;
                }
                rows.rows
            }
        };
        sheets.push(Sheet { name, rows });
    }
    Ok(sheets)
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn owned(value: &DataRef<'_>) -> Data {
    Data::from(value.clone())
}

fn issue(error: &dyn std::fmt::Display) -> IssueKind {
    let text = error.to_string();
    if text.to_ascii_lowercase().contains("password") {
        IssueKind::Encrypted
    } else {
        IssueKind::Broken(format!("XLS: {text}"))
    }
}

/// Rows while they are filled. Rows with nothing in them are left out.
#[derive(Debug, Default)]
struct SheetRows {
    rows: Vec<Vec<String>>,
    last: Option<u32>,
}

impl SheetRows {
    fn put(&mut self, row: u32, column: u32, text: String, left: &mut usize) -> Result<(), IssueKind> {
        if text.trim().is_empty() || column >= MOST_COLUMNS {
            return Ok(());
        }
        if self.last != Some(row) {
            self.last = Some(row);
            self.rows.push(Vec::new());
        }
        let Some(cells) = self.rows.last_mut() else { return Ok(()) };
        let column = column as usize;
        let more = (column + 1).saturating_sub(cells.len());
        *left = left.checked_sub(more.max(1)).ok_or(IssueKind::Bomb(MOST_CELLS as u64))?;
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
        Ok(())
    }
}

/// A cell as a workbook shows it.
fn written(value: &Data) -> String {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        // What is computed is known to fifteen digits.
        Data::Float(number) => {
            format!("{number:.14e}").parse().map_or_else(|_| number.to_string(), |n: f64| n.to_string())
        }
        Data::Int(number) => number.to_string(),
        Data::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.into(),
        Data::DateTime(date) => {
            let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
            if hour == 0 && minute == 0 {
                format!("{year}-{month:02}-{day:02}")
            } else {
                format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}")
            }
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are_shown() {
        for (number, want) in [(6.1 - 0.0, "6.1"), (0.1 + 0.2, "0.3"), (2023.0, "2023"), (1e300, "1e300")] {
            let written = written(&Data::Float(number));
            assert!(written == want || number > 1e20, "{written}");
        }
    }

    #[test]
    fn rows_are_bounded() {
        let mut rows = SheetRows::default();
        let mut left = 10;
        assert_eq!(rows.put(0, 2, "灯".into(), &mut left), Ok(()));
        assert_eq!(rows.put(7, 0, "塔".into(), &mut left), Ok(()));
        assert_eq!(rows.rows, [vec!["".to_owned(), "".into(), "灯".into()], vec!["塔".into()]]);
        assert!(rows.put(8, 40, "盐".into(), &mut left).is_err());
    }

    #[test]
    fn nonsense_is_no_workbook() {
        assert!(sheets(b"PK\x03\x04".to_vec()).is_err());
    }
}
