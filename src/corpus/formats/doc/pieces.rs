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
}

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
            // No file has more characters than bytes, unless its pieces lie.
            let fits = text.units.len() as u32 == first && (end as usize) <= file.len();
            if end < first || !fits {
                break;
            }
            let narrow = place & 0x4000_0000 != 0;
            let start = if narrow { (place & 0x3fff_ffff) / 2 } else { place & 0x3fff_ffff };
            let length = (end - first) as usize;
            let bytes = file.get(start as usize..).unwrap_or_default();
            if narrow {
                let bytes = bytes.get(..length.min(bytes.len())).unwrap_or_default();
                let wide = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0;
                text.units.extend(wide.encode_utf16());
            } else {
                let pairs = bytes.as_chunks::<2>().0;
                text.units.extend(pairs.iter().take(length).map(|pair| u16::from_le_bytes(*pair)));
            }
            text.units.resize(end as usize, b' '.into());
            let complex = (change & 1 == 1).then(|| changes.get(usize::from(change >> 1)).copied()).flatten();
            text.pieces.push(TextPiece { first, start, narrow, changes: complex.unwrap_or_default() });
        }
        (!text.units.is_empty()).then_some(text)
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
