//! What a workbook claims of its size before the library that reads it makes room for all of it. In: the bytes of a file. Out: the
//! same with claims taken out that nothing needs, or an issue. Does not know about: what stands in cells.
//!
//! The library keeps a sheet as a rectangle from its first cell to its last, and makes room for as many cells, or texts, as a file
//! says it has; and it follows a list of streams that leads back into itself for ever: a file of five kilobytes took seven gigabytes. Records of .xls are told in [MS-XLS] 2.4.

use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;

use crate::corpus::IssueKind;
use crate::corpus::formats::ole::{Container, size_at, u16_at, u32_at};

/// So many cells all rectangles of a workbook may have, filled or not, and so many texts.
const MOST_CELLS: u64 = 4_000_000;
/// A cell takes about so many bytes.
const CELL_BYTES: u64 = 32;
/// So many records are looked at in all.
const MOST_RECORDS: usize = 10_000_000;
/// Where in its part a package says how many texts it has.
const HEAD_BYTES: u64 = 1024;

const SHEET: u16 = 0x85;
const BEGINS: u16 = 0x809;
const ENDS: u16 = 0x0a;
const DIMENSIONS: u16 = 0x200;
/// Records of cells: all begin with a row and a column.
const CELLS: [u16; 9] = [0x06, 0xbd, 0xd6, 0xfd, 0x203, 0x204, 0x205, 0x207, 0x27e];
/// A record of several cells; its last two bytes are the last column.
const SEVERAL: u16 = 0xbd;

/// Takes out what a workbook claims and nothing needs.
///
/// # Errors
/// Where its sheets would take too much room.
pub fn tame(mut bytes: Vec<u8>) -> Result<Vec<u8>, IssueKind> {
    if bytes.starts_with(b"PK") {
        return if texts(&bytes).is_some_and(|texts| texts > MOST_CELLS) { Err(too_large()) } else { Ok(bytes) };
    }
    let mut claims = Vec::new();
    if let Ok(container) = Container::open(&bytes) {
        let Some(name) = ["Workbook", "Book"].into_iter().find(|name| container.holds(name)) else { return Ok(bytes) };
        if !container.is_sound() {
            return Err(IssueKind::Broken("XLS: OLE".into()));
        }
        let stream = container.stream(name).unwrap_or_default();
        let places = container.places(name);
        for (at, length) in survey(&stream)? {
            match &places {
                Some(places) => claims.extend((at..at + length).filter_map(|at| places.of(at))),
                // In a stream so short nothing is changed, only looked at.
                None if claimed(stream.get(at..at + length).unwrap_or_default()) > MOST_CELLS => {
                    return Err(too_large());
                }
                None => {}
            }
        }
    }
    for at in claims {
        if let Some(byte) = bytes.get_mut(at) {
            *byte = 0;
        }
    }
    Ok(bytes)
}

fn too_large() -> IssueKind {
    IssueKind::Bomb(MOST_CELLS * CELL_BYTES)
}

/// How many texts a package says that it has.
fn texts(bytes: &[u8]) -> Option<u64> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let texts = |name: &str| name.to_ascii_lowercase().ends_with("sharedstrings.xml");
    let name = archive.file_names().flatten().find(|name| texts(name))?.into_owned();
    let mut head = Vec::new();
    archive.by_name(&name).ok()?.take(HEAD_BYTES).read_to_end(&mut head).ok()?;
    let at = memmem::find(&head, b"uniqueCount")?;
    let digits = head.get(at..)?.iter().skip_while(|byte| !byte.is_ascii_digit());
    let digits: String = digits.take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
    digits.parse().ok().or(Some(u64::MAX))
}

/// Records from a place in a stream on: what each is, where its data begin, how long they are.
fn records(stream: &[u8], from: usize) -> impl Iterator<Item = (u16, usize, usize)> {
    let mut at = from;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(stream, at)?, usize::from(u16_at(stream, at + 2)?));
        let begins = at + 4;
        at = begins + length;
        (at <= stream.len()).then_some((kind, begins, length))
    })
}

/// Where each sheet says how large it is (place and length in the stream).
///
/// # Errors
/// Where the cells that the sheets have span too much.
fn survey(stream: &[u8]) -> Result<Vec<(usize, usize)>, IssueKind> {
    let globals = records(stream, 0).take_while(|(kind, ..)| *kind != ENDS);
    let mut sheets: Vec<usize> =
        globals.filter(|(kind, ..)| *kind == SHEET).filter_map(|(_, at, _)| size_at(stream, at)).collect();
    sheets.sort_unstable();
    let (mut claims, mut cells, mut seen) = (Vec::new(), 0u64, 0usize);
    for sheet in sheets {
        let (mut depth, mut rows, mut columns) = (0u32, None, None);
        let widen = |range: &mut Option<(u64, u64)>, value: u16| {
            let value = u64::from(value);
            *range = Some(range.map_or((value, value), |(from, to): (u64, u64)| (from.min(value), to.max(value))));
        };
        for (kind, at, length) in records(stream, sheet) {
            seen += 1;
            match kind {
                BEGINS => depth += 1,
                ENDS if depth <= 1 => break,
                ENDS => depth -= 1,
                DIMENSIONS => claims.push((at, length)),
                kind if CELLS.contains(&kind) => {
                    u16_at(stream, at).into_iter().for_each(|row| widen(&mut rows, row));
                    u16_at(stream, at + 2).into_iter().for_each(|column| widen(&mut columns, column));
                    if kind == SEVERAL {
                        u16_at(stream, (at + length).saturating_sub(2))
                            .into_iter()
                            .for_each(|last| widen(&mut columns, last));
                    }
                }
                _ => {}
            }
            if seen > MOST_RECORDS {
                return Err(too_large());
            }
        }
        let span = |range: Option<(u64, u64)>| range.map_or(0, |(from, to)| to - from + 1);
        cells += span(rows) * span(columns);
    }
    claims.sort_unstable();
    claims.dedup();
    if cells > MOST_CELLS { Err(too_large()) } else { Ok(claims) }
}

/// How many cells a sheet says that it spans.
fn claimed(data: &[u8]) -> u64 {
    let narrow = |at: usize| u16_at(data, at).map(u64::from);
    let wide = |at: usize| u32_at(data, at).map(u64::from);
    let (rows, columns) = if data.len() == 10 {
        ([narrow(0), narrow(2)], [narrow(4), narrow(6)])
    } else {
        ([wide(0), wide(4)], [narrow(8), narrow(10)])
    };
    let span = |[from, to]: [Option<u64>; 2]| to.unwrap_or(0).saturating_sub(from.unwrap_or(0)) + 1;
    span(rows).saturating_mul(span(columns))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let mut record = kind.to_le_bytes().to_vec();
        record.extend(u16::try_from(data.len()).expect("short").to_le_bytes());
        record.extend(data);
        record
    }

    /// A stream of one sheet with these cells.
    fn stream(cells: &[(u16, u16)]) -> Vec<u8> {
        let mut all = [record(BEGINS, &[0; 4]), record(SHEET, &[24, 0, 0, 0]), record(ENDS, &[]), vec![0; 4]].concat();
        all.truncate(24);
        all.extend(record(BEGINS, &[0; 4]));
        all.extend(record(DIMENSIONS, &[0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 255, 0, 0, 0]));
        for (row, column) in cells {
            all.extend(record(0x203, &[row.to_le_bytes(), column.to_le_bytes()].concat()));
        }
        all.extend(record(ENDS, &[]));
        all
    }

    #[test]
    fn sheets_are_as_large_as_their_cells() {
        assert_eq!(survey(&stream(&[(0, 0), (9, 9)])), Ok(vec![(36, 14)]));
        assert_eq!(survey(&stream(&[(0, 0), (65_000, 200)])), Err(too_large()));
        assert!(claimed(&stream(&[])[36..50]) > MOST_CELLS);
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(prop_oneof![Just(0u8), Just(0x85), Just(0x0a), Just(2), any::<u8>()], 0..600)) {
            let _ = survey(&bytes);
            let _ = claimed(&bytes);
            let _ = tame(bytes);
        }
    }
}
