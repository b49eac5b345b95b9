//! What is left of a document whose container or tables are damaged: most often a download that was cut short. In: all bytes of
//! the file. Out: its text as far as it is there, with an issue that says so. Does not know about: properties.
//!
//! A document begins with its own mark at the beginning of a sector, and most writers leave the text in one piece behind its
//! head, where the head says.

use memchr::memmem;

use crate::corpus::IssueKind;
use crate::corpus::formats::doc::pieces::is_gb2312;
use crate::corpus::formats::doc::plain;
use crate::corpus::formats::draft::Draft;
use crate::corpus::formats::ole::{size_at, u16_at};
use crate::corpus::formats::source::Source;

/// How a document of Word 97 and later begins.
const BEGINNING: &[u8] = b"\xec\xa5";
/// Documents begin where sectors do.
const SECTOR: usize = 512;
/// Where the text begins if the head does not say it.
const USUAL: usize = 0x800;
/// A text is one if so many of a hundred of its characters are such as texts have.
const GOOD_SHARE: usize = 90;

/// The text of the first document in `bytes` that has any; none if there is none.
pub fn rescue(bytes: &[u8]) -> Option<Source> {
    let mut starts = memmem::find_iter(bytes, BEGINNING).filter(|at| at % SECTOR == 0);
    starts.find_map(|at| text_of(bytes.get(at..)?))
}

/// A text that ends before its file should.
pub fn cut_short(mut source: Source) -> Source {
    let lines = source.text.lines().count().max(1);
    source.issues.push((u32::try_from(lines).unwrap_or(u32::MAX), IssueKind::CutShort));
    source
}

fn text_of(file: &[u8]) -> Option<Source> {
    // A locked one is none.
    if u16_at(file, 10)? & 0x100 != 0 {
        return None;
    }
    let start = size_at(file, 24).filter(|start| (SECTOR..file.len()).contains(start)).unwrap_or(USUAL);
    let length = size_at(file, 76).unwrap_or(0);
    let bytes = file.get(start..)?;
    let own = |unit: usize| bytes.get(..length.saturating_mul(unit).min(bytes.len())).unwrap_or_default();
    let text = if is_wide(own(2)) {
        encoding_rs::UTF_16LE.decode_without_bom_handling(own(2)).0
    } else if is_gb2312(own(1)) {
        encoding_rs::GBK.decode_without_bom_handling(own(1)).0
    } else {
        return None;
    };
    let mut draft = Draft::default();
    draft.extend(&plain::lines(&text));
    draft.finish().ok().map(cut_short)
}

/// Whether `bytes` are Chinese in UTF-16.
pub fn is_wide(bytes: &[u8]) -> bool {
    let pairs = bytes.as_chunks::<2>().0;
    let good = |unit: u16| matches!(unit, 0x7 | 0x9 | 0xb..=0xd | 0x13..=0x15 | 0x20..=0x7e | 0xb7 | 0x2010..=0x2026 | 0x2460..=0x2473 | 0x3000..=0x3011 | 0x4e00..=0x9fff | 0xff01..=0xff5e);
    let (mut all, mut fit, mut han) = (0, 0, 0);
    for unit in pairs.iter().map(|pair| u16::from_le_bytes(*pair)) {
        all += 1;
        fit += usize::from(good(unit));
        han += usize::from((0x4e00..=0x9fff).contains(&unit));
    }
    all > 0 && 100 * fit >= GOOD_SHARE * all && 4 * han > all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(text: &[u8], characters: u32) -> Vec<u8> {
        let mut file = vec![0u8; SECTOR];
        let mut document = vec![0u8; USUAL];
        document[..2].copy_from_slice(BEGINNING);
        document[24..28].copy_from_slice(&(USUAL as u32).to_le_bytes());
        document[76..80].copy_from_slice(&characters.to_le_bytes());
        document.extend_from_slice(text);
        file.extend(document);
        file
    }

    #[test]
    fn what_is_left_of_a_text_is_read() {
        let text = "各位代表：\r乌有市的灯亮了一夜又一夜，盐工晒出了每一季的盐。\r".repeat(3);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let whole = rescue(&file(&wide, 9_000)).expect("text");
        assert_eq!(whole.text, text.replace('\r', "\n"));
        assert_eq!(whole.issues, [(6, IssueKind::CutShort)]);
        let narrow = encoding_rs::GBK.encode(&text).0.into_owned();
        assert_eq!(rescue(&file(&narrow, 9_000)).expect("text").text, whole.text);
        assert!(rescue(&file(&[1, 2, 3, 4].repeat(200), 800)).is_none());
        assert!(rescue(b"").is_none());
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..3000), characters: u32) {
            let _ = rescue(&file(&bytes, characters));
        }
    }
}
