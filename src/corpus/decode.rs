//! Bytes to text: decides the encoding and decodes.
//!
//! In: the bytes of one file. Out: its text and [`Encoding`], or "this is no text". Refuses to know: lines, reports.
//!
//! Order of evidence: a byte order mark; valid UTF-8; the zero bytes of UTF-16; then `chardetng` without a country hint
//! (a `cn` hint makes it read Big5 as GBK every time).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::Encoding;

/// `chardetng` reads about 10 MB a second: enough is enough.
const DETECTED_BYTES: usize = 64 * 1024;

/// A file's text.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark. Undecodable bytes are U+FFFD.
    pub text: String,
    /// How it was read.
    pub encoding: Encoding,
    /// Whether any bytes could not be decoded (so that U+FFFD in the text may be ours and not the source's).
    pub malformed: bool,
}

/// Decodes a file; `None` if it is binary.
pub fn decode(bytes: Vec<u8>) -> Option<Decoded> {
    if let Some((encoding, mark)) = byte_order_mark(&bytes) {
        return Some(decode_as(encoding, &bytes[mark..]));
    }
    if simdutf8::basic::from_utf8(&bytes).is_ok() {
        if memchr::memchr(0, &bytes).is_some() && is_binary(&bytes) {
            return None;
        }
        let text = String::from_utf8(bytes).ok()?;
        return Some(Decoded { text, encoding: Encoding::Utf8, malformed: false });
    }
    if let Some(encoding) = looks_utf16(&bytes) {
        return Some(decode_as(encoding, &bytes));
    }
    if is_binary(&bytes) {
        return None;
    }
    Some(decode_as(detect(&bytes), &bytes))
}

fn byte_order_mark(bytes: &[u8]) -> Option<(Encoding, usize)> {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => Some((Encoding::Utf8, 3)),
        [0xff, 0xfe, ..] => Some((Encoding::Utf16Le, 2)),
        [0xfe, 0xff, ..] => Some((Encoding::Utf16Be, 2)),
        _ => None,
    }
}

/// Decodes a file of a known encoding.
pub fn decode_by(encoding: Encoding, bytes: &[u8]) -> Decoded {
    let mark = byte_order_mark(bytes).filter(|(own, _)| *own == encoding).map_or(0, |(_, mark)| mark);
    decode_as(encoding, bytes.get(mark..).unwrap_or_default())
}

/// Decodes a page that may say its encoding in its head (`charset=gb2312`). What the bytes prove counts more.
pub fn decode_declared(bytes: Vec<u8>) -> Option<Decoded> {
    if byte_order_mark(&bytes).is_none() && simdutf8::basic::from_utf8(&bytes).is_err() {
        let declared = declared(&bytes).map(|encoding| decode_as(encoding, &bytes));
        if let Some(decoded) = declared.filter(|d| !d.malformed) {
            return Some(decoded);
        }
    }
    decode(bytes)
}

/// The encoding named in a page's first bytes.
fn declared(bytes: &[u8]) -> Option<Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let named = ["charset=", "encoding="].iter().find_map(|key| head.split_once(key))?.1;
    let label: String = named
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    match encoding_rs::Encoding::for_label(label.as_bytes())?.name() {
        "GBK" | "gb18030" => Some(Encoding::Gb18030),
        "Big5" => Some(Encoding::Big5),
        "UTF-8" => Some(Encoding::Utf8),
        _ => None,
    }
}

fn decode_as(encoding: Encoding, bytes: &[u8]) -> Decoded {
    let codec = match encoding {
        Encoding::Utf8 => encoding_rs::UTF_8,
        Encoding::Utf16Le => encoding_rs::UTF_16LE,
        Encoding::Utf16Be => encoding_rs::UTF_16BE,
        Encoding::Gb18030 => encoding_rs::GB18030,
        Encoding::Big5 => encoding_rs::BIG5,
    };
    let (text, malformed) = codec.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding, malformed }
}

/// UTF-16 without a mark: in Chinese text the high bytes cluster (4E..9F, 30, FF, 00), the low bytes do not.
fn looks_utf16(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let pairs = sample.len() / 2;
    if pairs < 8 {
        return None;
    }
    let plausible = |high: u8, low: u8| match high {
        0x4e..=0x9f => true,
        0x30 => low <= 0x20,
        0xff => (0x01..=0x5e).contains(&low),
        0x20 => (0x10..=0x3b).contains(&low),
        0x00 => low == b'\n' || low == b'\r' || low == b'\t' || (0x20..0x7f).contains(&low),
        _ => false,
    };
    // Line ends and blanks decide more than 汉字: in an 8-bit encoding a zero byte does not occur at all.
    let count = |high: usize, low: usize| {
        let hits = sample.chunks_exact(2).filter(|p| plausible(p[high], p[low])).count();
        let sure = sample
            .chunks_exact(2)
            .filter(|p| (p[high] == 0 && p[low] != 0) || (p[high] == 0x30 && p[low] <= 2))
            .count();
        (hits, sure)
    };
    let (little, big) = (count(1, 0), count(0, 1));
    let (encoding, (hits, sure), other) =
        if little.0 >= big.0 { (Encoding::Utf16Le, little, big.0) } else { (Encoding::Utf16Be, big, little.0) };
    (hits * 100 >= pairs * 97 && sure > 0 && hits > other).then_some(encoding)
}

/// Text holds next to no control bytes other than blanks and line ends.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    let controls =
        sample.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b)).count();
    let zeros = memchr::memchr_iter(0, sample).count();
    controls * 50 > sample.len() || zeros * 200 > sample.len()
}

fn detect(bytes: &[u8]) -> Encoding {
    let sample = &bytes[..bytes.len().min(DETECTED_BYTES)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // `last` is false where the sample is cut, so that a cut character is not taken for an error.
    detector.feed(sample, sample.len() == bytes.len());
    let guess = detector.guess(None, Utf8Detection::Allow);
    match guess.name() {
        "UTF-8" => Encoding::Utf8,
        "Big5" => Encoding::Big5,
        "GBK" | "gb18030" => Encoding::Gb18030,
        // Anything else is a wrong guess in a corpus of Chinese reports: mostly UTF-8 with damage, else GB18030.
        _ if mostly_utf8(sample) => Encoding::Utf8,
        _ => Encoding::Gb18030,
    }
}

/// Whether most multi-byte sequences are UTF-8, so that the rest is damage.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&b| b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && good > bad * 4
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "各位代表：\n现在，我向大会报告乌有市的工作，请予审议。\n一、2022年工作回顾\n灯塔亮了三百六十五夜，盐田晒出一千二百吨盐。\n";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn each_encoding_is_found() {
        let gb = encoding_rs::GB18030.encode(TEXT).0.into_owned();
        let big5 = encoding_rs::BIG5
            .encode("各位代表：\n現在，我向大會報告烏有市的工作，請予審議。燈塔亮了三百六十五夜。\n")
            .0
            .into_owned();
        let cases = [
            (TEXT.as_bytes().to_vec(), Encoding::Utf8),
            ([&[0xef, 0xbb, 0xbf], TEXT.as_bytes()].concat(), Encoding::Utf8),
            (utf16(TEXT, false), Encoding::Utf16Le),
            (utf16(TEXT, true), Encoding::Utf16Be),
            ([vec![0xff, 0xfe], utf16(TEXT, false)].concat(), Encoding::Utf16Le),
            (gb, Encoding::Gb18030),
            (big5, Encoding::Big5),
        ];
        for (bytes, want) in cases {
            let got = decode(bytes).expect("text");
            assert_eq!(got.encoding, want);
            assert!(got.text.starts_with("各位代表：\n"), "{want:?}: {:?}", got.text);
            assert!(!got.malformed);
        }
    }

    #[test]
    fn damage_is_kept_and_said() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes[20] = 0xff;
        let got = decode(bytes).expect("text");
        assert_eq!((got.encoding, got.malformed), (Encoding::Utf8, true));
        assert!(got.text.contains('\u{fffd}') && got.text.contains("灯塔"));
    }

    #[test]
    fn binary_is_no_text() {
        let image: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(image), None);
        assert_eq!(decode(vec![0; 500]), None);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = decode(bytes);
        }

        #[test]
        fn utf8_comes_back_as_it_was(text in "[一-龥a-z，。\n]{0,200}") {
            let got = decode(text.clone().into_bytes());
            prop_assert_eq!(got.map(|d| d.text), Some(text));
        }
    }
}
