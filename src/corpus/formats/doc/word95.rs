//! Documents of Word 6 and 95. In: the stream of the document. Out: a [`Source`] of its text and notes. Does not know about:
//! properties (what was deleted, lists, styles).
//!
//! The text stands in one piece, or in several where it was saved fast; as bytes of the code page it was written in, GBK
//! in China, or as UTF-16 where an Eastern Word 95 wrote it.

use std::ops::Range;

use crate::corpus::IssueKind;
use crate::corpus::formats::doc::{plain, rescue};
use crate::corpus::formats::draft::{Draft, DraftLine};
use crate::corpus::formats::ole::{size_at, u16_at, u32_at};
use crate::corpus::formats::source::Source;

/// In the flags: the text stands in pieces; its characters take two bytes.
const IN_PIECES: u16 = 4;
const WIDE: u16 = 0x1000;

/// Reads a document; none where it makes no sense.
pub fn read(file: &[u8]) -> Option<Result<Source, IssueKind>> {
    let flags = u16_at(file, 10)?;
    // Main text, footnotes, headers, macros, comments, endnotes stand one behind another.
    let lengths = [52, 56, 60, 64, 68, 72].map(|at| size_at(file, at).unwrap_or(0));
    let characters: usize = lengths.iter().fold(0, |sum, length| sum.saturating_add(*length));
    let (start, end) = (size_at(file, 24)?, size_at(file, 28)?);
    let whole = file.get(start..end.min(file.len()).max(start))?;
    let wide = flags & WIDE != 0 && rescue::is_wide(whole);
    let unit = if wide { 2 } else { 1 };
    let pieces = if flags & IN_PIECES != 0 { in_pieces(file, unit) } else { None };
    let bytes = pieces.unwrap_or_else(|| whole.to_vec());
    let is_cut = bytes.len() < characters.saturating_mul(unit).min(end.saturating_sub(start));
    let part = |n: usize| -> String {
        let from = lengths[..n].iter().fold(0usize, |sum, length| sum.saturating_add(*length));
        let range: Range<usize> = from.saturating_mul(unit)..from.saturating_add(lengths[n]).saturating_mul(unit);
        let own = bytes.get(range.start.min(bytes.len())..range.end.min(bytes.len())).unwrap_or_default();
        let encoding = if wide { encoding_rs::UTF_16LE } else { encoding_rs::GBK };
        encoding.decode_without_bom_handling(own).0.into_owned()
    };
    let mut draft = Draft::default();
    draft.extend(&plain::lines(&marked(&part(0))));
    let mut number = 0;
    for notes in [part(1), part(5)] {
        for note in notes.split('\u{2}').skip(1) {
            number += 1;
            let lines = plain::lines(note);
            let text: Vec<&str> = lines.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty()).collect();
            draft.push(&DraftLine::of_text(format!("[{number}] {}", text.join("\n"))));
        }
    }
    Some(draft.finish().map(|source| if is_cut { rescue::cut_short(source) } else { source }))
}

/// The text with a number for each mark of a note.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (n, part) in text.split('\u{2}').enumerate() {
        if n > 0 {
            out.push_str(&format!("[{n}]"));
        }
        out.push_str(part);
    }
    out
}

/// The bytes of all pieces, in the order of the text.
fn in_pieces(file: &[u8], unit: usize) -> Option<Vec<u8>> {
    let (at, size) = (size_at(file, 352)?, size_at(file, 356)?);
    let mut table = file.get(at..at.checked_add(size)?.min(file.len()))?;
    while table.first() == Some(&1) {
        table = table.get(3 + usize::from(u16_at(table, 1)?)..)?;
    }
    let list = table.get(5..).filter(|_| table.first() == Some(&2))?;
    let list = list.get(..size_at(table, 1)?.min(list.len()))?;
    let count = list.len().saturating_sub(4) / 12;
    let mut bytes = Vec::new();
    for n in 0..count {
        let (first, end) = (u32_at(list, 4 * n)?, u32_at(list, 4 * n + 4)?);
        let start = size_at(list, 4 * (count + 1) + 8 * n + 2)?;
        let length = usize::try_from(end.checked_sub(first)?).ok()?.saturating_mul(unit);
        let piece = file.get(start..start.saturating_add(length).min(file.len())).unwrap_or_default();
        // No file has more text than bytes, unless its pieces lie.
        if bytes.len() + piece.len() > file.len() {
            break;
        }
        bytes.extend_from_slice(piece);
    }
    (!bytes.is_empty()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A document of Word 95: its flags, what each part of its text takes, its text.
    fn document(flags: u16, lengths: [u32; 2], text: &[u8]) -> Vec<u8> {
        let mut file = vec![0; 768];
        file[..2].copy_from_slice(&[0xdc, 0xa5]);
        file[2] = 104;
        file[10..12].copy_from_slice(&flags.to_le_bytes());
        let end = 768 + text.len() as u32;
        for (at, number) in [(24, 768), (28, end), (52, lengths[0]), (56, lengths[1])] {
            file[at..at + 4].copy_from_slice(&number.to_le_bytes());
        }
        file.extend_from_slice(text);
        file
    }

    fn text(file: &[u8]) -> String {
        read(file).expect("a document").expect("text").text
    }

    const MAIN: &str = "乌有市的灯亮了\u{2}。\r品名\u{7}产量\u{7}\u{7}";
    const NOTE: &str = "\u{2} 灯，指东滩的灯。\r";
    const WANT: &str = "乌有市的灯亮了[1]。\n品名\t产量\n[1] 灯，指东滩的灯。\n";

    #[test]
    fn bytes_of_gbk_and_pairs_of_utf16() {
        let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
        let (main, note) = (gbk(MAIN), gbk(NOTE));
        let lengths = [main.len() as u32, note.len() as u32];
        assert_eq!(text(&document(0, lengths, &[main, note].concat())), WANT);
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let (main, note) = (wide(MAIN), wide(NOTE));
        let lengths = [main.len() as u32 / 2, note.len() as u32 / 2];
        assert_eq!(text(&document(WIDE, lengths, &[main, note].concat())), WANT);
    }

    #[test]
    fn pieces_in_the_order_of_the_text() {
        let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
        let (late, early) = (gbk("灯亮了。\r"), gbk("各位代表：\r"));
        let mut file =
            document(IN_PIECES, [(late.len() + early.len()) as u32, 0], &[late.clone(), early.clone()].concat());
        let mut table = vec![2, 28, 0, 0, 0];
        [0, early.len() as u32, (early.len() + late.len()) as u32].iter().for_each(|n| table.extend(n.to_le_bytes()));
        for start in [768 + late.len() as u32, 768] {
            table.extend([0, 0]);
            table.extend(start.to_le_bytes());
            table.extend([0, 0]);
        }
        let (at, size) = (file.len() as u32, table.len() as u32);
        file[352..356].copy_from_slice(&at.to_le_bytes());
        file[356..360].copy_from_slice(&size.to_le_bytes());
        file.extend(table);
        assert_eq!(text(&file), "各位代表：\n灯亮了。\n");
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(prop_oneof![Just(0u8), Just(1), Just(2), any::<u8>()], 0..900)) {
            let _ = read(&bytes);
        }
    }
}
