//! The characters of a document of Word 97 in their order ([MS-DOC] 2.8.35, 2.9.38). In: the file's bytes and its table of
//! pieces. Out: characters, and where each stands in the file. Does not know about: properties.

use crate::corpus::formats::ole::{size_at, u16_at, u32_at};

/// One piece of the text.
#[derive(Debug, Clone, Copy)]
struct TextPiece<'t> {
    /// Its first character's number.
    first: u32,
    /// The byte it begins at.
    start: u32,
    /// Whether its characters take one byte each.
    narrow: bool,
    /// What was changed about it.
    changes: &'t [u8],
}

/// The text.
#[derive(Debug, Default)]
pub struct Pieces<'t> {
    units: Vec<u16>,
    pieces: Vec<TextPiece<'t>>,
    cut: bool,
}

/// Changes that are written into a piece itself ([MS-DOC] 2.9.215): their number there, what they are elsewhere.
const SHORT_CHANGES: [(u16, [u8; 3]); 4] =
    [(0x18, [0x16, 0x24, 1]), (0x19, [0x17, 0x24, 1]), (0x41, [0x00, 0x08, 1]), (0x5c, [0x3c, 0x08, 1])];

impl<'t> Pieces<'t> {
    /// Reads the text that `table` tells of; none if it makes no sense.
    pub fn read(file: &[u8], table: &'t [u8]) -> Option<Self> {
        let mut changes: Vec<&[u8]> = Vec::new();
        let mut at = 0;
        while table.get(at) == Some(&1) {
            let size = usize::from(u16_at(table, at + 1)?);
            changes.push(table.get(at + 3..at + 3 + size)?);
            at += 3 + size;
        }
        if table.get(at) != Some(&2) {
            return None;
        }
        let list = table.get(at + 5..)?;
        let list = list.get(..size_at(table, at + 1)?.min(list.len()))?;
        let count = list.len().saturating_sub(4) / 12;
        let mut text = Self::default();
        for n in 0..count {
            let (first, end) = (u32_at(list, 4 * n)?, u32_at(list, 4 * n + 4)?);
            let own = 4 * (count + 1) + 8 * n;
            let (place, change) = (u32_at(list, own + 2)?, u16_at(list, own + 6)?);
            if end < first || text.units.len() as u32 != first {
                break;
            }
            let narrow = place & 0x4000_0000 != 0;
            let start = if narrow { (place & 0x3fff_ffff) / 2 } else { place & 0x3fff_ffff };
            let length = (end - first) as usize;
            let bytes = file.get(start as usize..).unwrap_or_default();
            if narrow {
                text.units.extend(narrow_units(bytes.get(..length.min(bytes.len())).unwrap_or_default()));
            } else {
                let pairs = bytes.as_chunks::<2>().0;
                text.units.extend(pairs.iter().take(length).map(|pair| u16::from_le_bytes(*pair)));
            }
            // A file that was cut has no more; what stands in a later piece may be there. No file has more characters than bytes.
            text.cut |= text.units.len() < end as usize;
            if end as usize <= file.len() {
                text.units.resize(end as usize, b' '.into());
            }
            let complex = (change & 1 == 1).then(|| changes.get(usize::from(change >> 1)).copied()).flatten();
            let short = || {
                let known = SHORT_CHANGES.iter().find(|(number, _)| change & 1 == 0 && change >> 1 & 0x7f == *number);
                known.filter(|_| change >> 8 != 0).map(|(_, written)| written.as_slice())
            };
            let changes = complex.or_else(short).unwrap_or_default();
            text.pieces.push(TextPiece { first, start, narrow, changes });
        }
        (!text.units.is_empty()).then_some(text)
    }

    /// Whether the file ends before its text does.
    pub const fn is_cut(&self) -> bool {
        self.cut
    }

    /// All characters, as UTF-16.
    pub fn units(&self) -> &[u16] {
        &self.units
    }

    /// The byte at which a character stands, how many bytes it takes, and what was changed about its piece.
    pub fn place(&self, number: u32) -> Option<(u32, u32, &'t [u8])> {
        let n = self.pieces.partition_point(|piece| piece.first <= number).checked_sub(1)?;
        let piece = self.pieces.get(n)?;
        let bytes = if piece.narrow { 1 } else { 2 };
        Some((piece.start.checked_add((number - piece.first).checked_mul(bytes)?)?, bytes, piece.changes))
    }
}

/// Characters of one byte each: those of the Western code page, unless they make Chinese, which some writers leave so. Of two
/// bytes that make one character the second becomes a NUL, which says nothing: characters keep their numbers.
fn narrow_units(bytes: &[u8]) -> Vec<u16> {
    if !is_gb2312(bytes) {
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.encode_utf16().collect();
    }
    let mut units = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, behind)) = rest.split_first() {
        let length = if first < 0x80 || behind.is_empty() { 1 } else { 2 };
        let (own, behind) = rest.split_at(length);
        let text = encoding_rs::GBK.decode_without_bom_handling(own).0;
        units.push(text.encode_utf16().next().unwrap_or(0xfffd));
        units.resize(units.len() + length - 1, 0);
        rest = behind;
    }
    units
}

/// Whether bytes are Chinese of GB 2312: all that are no ASCII come in pairs, and most pairs are common characters.
pub fn is_gb2312(bytes: &[u8]) -> bool {
    let (mut pairs, mut common) = (0, 0);
    let mut rest = bytes.iter();
    while let Some(&first) = rest.next() {
        if first < 0x80 {
            continue;
        }
        match (first, rest.next()) {
            (0xa1..=0xf7, Some(0xa1..=0xfe)) => {
                pairs += 1;
                common += usize::from((0xb0..=0xd7).contains(&first));
            }
            // A piece may end inside a character.
            (0xa1..=0xf7, None) => {}
            _ => return false,
        }
    }
    pairs >= 2 && 2 * common > pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn narrow_and_wide_pieces() {
        let mut file = b"AB".to_vec();
        file.extend([0x6f, 0x70]);
        let mut table = vec![2, 28, 0, 0, 0];
        for number in [0u32, 2, 3] {
            table.extend(number.to_le_bytes());
        }
        for place in [0x4000_0000u32, 2] {
            table.extend([0, 0]);
            table.extend(place.to_le_bytes());
            table.extend([0, 0]);
        }
        let text = Pieces::read(&file, &table).expect("text");
        assert_eq!(String::from_utf16_lossy(text.units()), "AB灯");
        assert_eq!([0, 1, 2].map(|n| text.place(n).map(|p| p.0)), [Some(0), Some(1), Some(2)]);
    }

    #[test]
    fn bytes_of_gbk_keep_the_numbers_of_characters() {
        let units = narrow_units(&encoding_rs::GBK.encode("灯塔3座，").0);
        assert_eq!(units.len(), 9);
        assert_eq!(String::from_utf16_lossy(&units).replace('\0', ""), "灯塔3座，");
        // Quotation marks and an accent of the Western code page.
        assert_eq!(String::from_utf16_lossy(&narrow_units(b"\x93caf\xe9\x94 \xc4\xd6")), "“café” ÄÖ");
    }

    /// A table of pieces: their numbers, then where each stands and what was changed.
    fn table(numbers: &[u32], pieces: &[(u32, u16)]) -> Vec<u8> {
        let mut table = vec![2];
        table.extend((4 * numbers.len() as u32 + 8 * pieces.len() as u32).to_le_bytes());
        numbers.iter().for_each(|number| table.extend(number.to_le_bytes()));
        for (place, change) in pieces {
            table.extend([0, 0]);
            table.extend(place.to_le_bytes());
            table.extend(change.to_le_bytes());
        }
        table
    }

    #[test]
    fn a_cut_file_gives_what_it_has() {
        let file = [0x6f, 0x70, 0x54, 0x58];
        let table = table(&[0, 40], &[(0, 0)]);
        let text = Pieces::read(&file, &table).expect("text");
        assert_eq!((String::from_utf16_lossy(text.units()).as_str(), text.is_cut()), ("灯塔", true));
    }

    #[test]
    fn a_piece_may_say_itself_that_it_is_deleted() {
        let table = table(&[0, 1, 2], &[(0, 0x0182), (2, 0)]);
        let text = Pieces::read(&[0x6f, 0x70, 0x54, 0x58], &table).expect("text");
        assert_eq!(text.place(0).map(|place| place.2), Some(&[0x00, 0x08, 1][..]));
        assert_eq!(text.place(1).map(|place| place.2), Some(&[][..]));
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(prop_oneof![Just(0u8), Just(1), Just(2), any::<u8>()], 0..300)) {
            if let Some(text) = Pieces::read(&bytes, &bytes) {
                prop_assert!(text.units().len() <= bytes.len());
                let _ = text.place(3);
            }
        }
    }
}
