//! What a document of Word 97 says of its paragraphs and characters ([MS-DOC] 2.6, 2.9.201 and following). In: pages of
//! properties. Out: [`Properties`] of a place in the file. Does not know about: text.

use crate::corpus::formats::ole::{size_at, u16_at, u32_at};

/// Properties stand in pages of so many bytes.
const PAGE_BYTES: usize = 512;

/// What is said of a paragraph or a run of characters, as far as it matters; none where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Properties {
    /// Index of the paragraph's style.
    pub style: Option<u16>,
    /// Index of the run's style.
    pub run_style: Option<u16>,
    /// How deep in tables the paragraph stands.
    pub depth: Option<u32>,
    /// Whether it stands in a table.
    pub in_table: Option<bool>,
    /// Whether it ends a row.
    pub ends_row: bool,
    /// Whether it ends a cell of a table in a table.
    pub ends_inner_cell: bool,
    /// Whether it ends a row of a table in a table.
    pub ends_inner_row: bool,
    /// Which use of a list numbers it (1-based).
    pub list: Option<u16>,
    /// At which level (0 for the highest).
    pub list_level: Option<u8>,
    /// 0 to 8 if it is a heading, 9 if it is none.
    pub outline: Option<u8>,
    /// The run was deleted.
    pub deleted: bool,
    /// The run is hidden.
    pub hidden: Option<bool>,
    /// The run is no text but what its characters stand for.
    pub special: bool,
    /// The run is one sign: its font, its place there.
    pub symbol: Option<(u16, u16)>,
    /// How the cells of the row go on over rows, by cell.
    pub vertical: Vec<u8>,
    /// Where in the stream of data more is said, for which a page has no room.
    pub more: Option<u32>,
}

impl Properties {
    /// Takes changes one after another.
    pub fn apply(&mut self, changes: &[u8]) {
        let mut at = 0;
        while let Some(code) = u16_at(changes, at) {
            at += 2;
            let Some(size) = operand_bytes(code, changes.get(at..).unwrap_or_default()) else { return };
            let Some(operand) = changes.get(at..at + size) else { return };
            self.change(code, operand);
            at += size;
        }
    }

    /// Takes what stands in the stream of `data`, if these changes say so.
    pub fn apply_more(&mut self, data: &[u8]) {
        let Some(at) = self.more.take().and_then(|at| usize::try_from(at).ok()) else { return };
        let Some(size) = u16_at(data, at).map(usize::from) else { return };
        let changes = data.get(at + 2..).unwrap_or_default();
        self.apply(changes.get(..size.min(changes.len())).unwrap_or_default());
        self.more = None;
    }

    fn change(&mut self, code: u16, operand: &[u8]) {
        let byte = operand.first().copied().unwrap_or(0);
        match code {
            0x4600 => self.style = u16_at(operand, 0),
            0x4a30 => self.run_style = u16_at(operand, 0),
            0x2416 => self.in_table = Some(byte != 0),
            0x2417 => self.ends_row = byte != 0,
            0x244b => self.ends_inner_cell = byte != 0,
            0x244c => self.ends_inner_row = byte != 0,
            0x6649 => self.depth = u32_at(operand, 0),
            0x260a => self.list_level = Some(byte),
            0x460b => self.list = u16_at(operand, 0),
            0x2640 => self.outline = Some(byte),
            0x0800 => self.deleted = byte != 0,
            0x083c => {
                // 0x80 is as the style says, 0x81 the other way round.
                self.hidden = match byte {
                    0x80 => self.hidden,
                    0x81 => Some(!self.hidden.unwrap_or_default()),
                    byte => Some(byte != 0),
                };
            }
            0x0855 => self.special = byte != 0,
            0x6a09 => self.symbol = u16_at(operand, 0).zip(u16_at(operand, 2)),
            0x6645 | 0x6646 => self.more = u32_at(operand, 0),
            0xd608 => self.define_table(operand),
            0xd62b => {
                if let [_, cell, merge, ..] = operand
                    && let Some(own) = self.vertical.get_mut(usize::from(*cell))
                {
                    *own = *merge;
                }
            }
            _ => {}
        }
    }

    /// The cells of a row: how many, where their edges are, what each is like (TC80, 20 bytes; bits 5 and 6 of the first
    /// number tell how it goes on over rows).
    fn define_table(&mut self, operand: &[u8]) {
        let Some(count) = operand.get(2).map(|n| usize::from(*n)).filter(|n| *n < 64) else { return };
        let cells = 3 + 2 * (count + 1);
        let merge = |n: usize| u16_at(operand, cells + 20 * n).map_or(0, |flags| (flags >> 5 & 3) as u8);
        self.vertical = (0..count).map(merge).collect();
    }
}

/// How many bytes the operand of a change takes, its own length included ([MS-DOC] 2.2.5.1).
fn operand_bytes(code: u16, operand: &[u8]) -> Option<usize> {
    Some(match (code >> 13, code) {
        (0 | 1, _) => 1,
        (2 | 4 | 5, _) => 2,
        (3, _) => 4,
        (7, _) => 3,
        (_, 0xd608) => usize::from(u16_at(operand, 0)?) + 1,
        (_, 0xc615) if operand.first() == Some(&255) => {
            let deleted = usize::from(*operand.get(1)?);
            let added = usize::from(*operand.get(2 + 4 * deleted)?);
            3 + 4 * deleted + 3 * added
        }
        _ => usize::from(*operand.first()?) + 1,
    })
}

/// Runs of characters with the same properties, by their places in the file.
#[derive(Debug, Default)]
pub struct Runs<'b> {
    /// First byte, byte behind the last, what is said; ascending.
    runs: Vec<(u32, u32, &'b [u8])>,
}

impl<'b> Runs<'b> {
    /// Reads the pages that `index` lists. A paragraph's properties begin with its style.
    pub fn read(file: &'b [u8], index: &[u8], of_paragraphs: bool) -> Self {
        let pages = index.len().saturating_sub(4) / 8;
        let mut runs = Vec::new();
        for n in 0..pages {
            let page = size_at(index, 4 * (pages + 1) + 4 * n).map(|page| (page & 0x3f_ffff) * PAGE_BYTES);
            let Some(page) = page.and_then(|start| file.get(start..start + PAGE_BYTES)) else { continue };
            let count = usize::from(page[PAGE_BYTES - 1]);
            let step = if of_paragraphs { 13 } else { 1 };
            for run in 0..count {
                let (Some(first), Some(end)) = (u32_at(page, 4 * run), u32_at(page, 4 * run + 4)) else { break };
                let Some(offset) = page.get(4 * (count + 1) + step * run) else { break };
                let said = page.get(2 * usize::from(*offset)..PAGE_BYTES - 1).filter(|_| *offset != 0);
                let said = said.and_then(|said| if of_paragraphs { paragraph(said) } else { characters(said) });
                runs.push((first, end, said.unwrap_or_default()));
            }
            // So many runs no file of this length has: its index lists one page again and again.
            if runs.len() > file.len() {
                break;
            }
        }
        runs.sort_by_key(|run| run.0);
        Self { runs }
    }

    /// The run that holds the byte at `place`: its index, the byte behind it, and what is said of it.
    pub fn at(&self, place: u32) -> Option<(usize, u32, &'b [u8])> {
        let n = self.runs.partition_point(|run| run.0 <= place).checked_sub(1)?;
        let (_, end, said) = *self.runs.get(n)?;
        (place < end).then_some((n, end, said))
    }
}

fn paragraph(said: &[u8]) -> Option<&[u8]> {
    let (&words, rest) = said.split_first()?;
    if words != 0 {
        return rest.get(..(2 * usize::from(words)).saturating_sub(1));
    }
    let (&words, rest) = rest.split_first()?;
    rest.get(..2 * usize::from(words))
}

fn characters(said: &[u8]) -> Option<&[u8]> {
    let (&bytes, rest) = said.split_first()?;
    rest.get(..usize::from(bytes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn changes_one_after_another() {
        let mut properties = Properties::default();
        properties
            .apply(&[0x16, 0x24, 1, 0x49, 0x66, 2, 0, 0, 0, 0x0b, 0x46, 3, 0, 0x15, 0xc6, 2, 9, 9, 0x40, 0x26, 1]);
        let want = Properties {
            in_table: Some(true),
            depth: Some(2),
            list: Some(3),
            outline: Some(1),
            ..Properties::default()
        };
        assert_eq!(properties, want);
    }

    #[test]
    fn what_finds_no_room_stands_elsewhere() {
        let data = [9, 9, 3, 0, 0x17, 0x24, 1];
        let mut properties = Properties::default();
        properties.apply(&[0x46, 0x66, 2, 0, 0, 0]);
        properties.apply_more(&data);
        assert!(properties.ends_row && properties.more.is_none());
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..1200)) {
            Properties::default().apply(&bytes);
            let (index, file) = bytes.split_at(bytes.len() / 2);
            for of_paragraphs in [false, true] {
                let _ = Runs::read(file, index, of_paragraphs).at(7);
            }
        }
    }
}
