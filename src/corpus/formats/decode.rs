//! Bytes to text: decides the encoding and decodes.
//!
//! In: the bytes of one file. Out: its text and [`Encoding`], or "this is no text". Does not know about: lines, reports.
//!
//! Order of evidence: a byte order mark; valid UTF-8, or nearly so; the zero bytes of UTF-16; how many common characters
//! GB18030 and Big5 find, from the first byte and from the second (an excerpt may begin inside a character); then
//! `chardetng` without a country hint (a `cn` hint makes it read Big5 as GBK every time).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use crate::corpus::Encoding;

/// `chardetng` reads about 10 MB a second: enough is enough.
const DETECTED_BYTES: usize = 64 * 1024;
/// So many bytes show which characters are common.
const SCORED_BYTES: usize = 4096;
/// In Chinese at least this many of a hundred characters are common ones; bytes read wrongly have next to none.
const COMMON_SHARE: usize = 12;
/// Marks and the most common characters of either script.
const COMMON: &str = "，。、；：“”《》（）的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开合还因由其些前外天政四日社义事平形相全表间与关各重新线内数正心明原利比质气第向道变条结解问意建月公系情者最立代通并提直题党程展五果员革位入常文总次品式活设及管特件长求基资路级统组见计期根论运农指区强放决西任取处保治规领海东导世增争济思受联认六共权收证改清单切教安场务具万每目至达议报完类科信节整今集步群广记需研林律观持众复商深难千周委技备办省约支感团市构府准率族维选标效院查型格置层专状育京识属住调满县局照参严監督這為個國時來們於對會發動過說產種後學經進著裡現實兩體機當點從業應開還無與關線內數質氣變條結解問義建設總組見計論運農區強決戰處領東導爭濟聯認權證單務萬達議報類節話許觀眾複難備辦約團歷構稱準維劃選標寫親號層專狀屬圓滿縣參紅細聽該價嚴";

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
pub fn decode(bytes: impl AsRef<[u8]>) -> Option<Decoded> {
    let bytes = bytes.as_ref();
    if let Some((encoding, mark)) = byte_order_mark(bytes) {
        return Some(decode_as(encoding, &bytes[mark..]));
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        if memchr::memchr(0, bytes).is_some() && is_binary(bytes) {
            return None;
        }
        // A copy costs a fifth of the second check that the bytes themselves would be put to.
        return Some(Decoded { text: text.to_owned(), encoding: Encoding::Utf8, malformed: false });
    }
    if let Some((encoding, skip)) = detect_utf16(bytes) {
        return Some(decode_behind(encoding, bytes, skip));
    }
    if is_binary(bytes) {
        return None;
    }
    let (encoding, skip) = detect(bytes);
    Some(decode_behind(encoding, bytes, skip))
}

/// Whether a file that begins so is binary, whatever follows: what [`decode`] would find in the end.
pub fn begins_binary(head: &[u8]) -> bool {
    memchr::memchr(0, head).is_some()
        && byte_order_mark(head).is_none()
        && detect_utf16(head).is_none()
        && is_binary(head)
}

/// Decodes bytes that begin with the rest of a cut character.
fn decode_behind(encoding: Encoding, bytes: &[u8], skip: usize) -> Decoded {
    let mut decoded = decode_as(encoding, bytes.get(skip..).unwrap_or_default());
    if skip > 0 {
        decoded.text.insert(0, '\u{fffd}');
        decoded.malformed = true;
    }
    decoded
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
pub fn decode_declared(bytes: impl AsRef<[u8]>) -> Option<Decoded> {
    let bytes = bytes.as_ref();
    if byte_order_mark(bytes).is_none() && simdutf8::basic::from_utf8(bytes).is_err() {
        let declared = declared(bytes).map(|encoding| decode_as(encoding, bytes));
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

/// UTF-16 without a mark, and how many bytes at its start are the rest of a cut character: in Chinese text the high bytes
/// cluster (4E..9F, 30, FF, 00), the low bytes do not. Which byte of a pair is which, and where pairs begin, the common
/// characters tell.
fn detect_utf16(bytes: &[u8]) -> Option<(Encoding, usize)> {
    let sample = &bytes[..bytes.len().min(SCORED_BYTES)];
    let mut best = (0, None);
    for (encoding, skip) in
        [(Encoding::Utf16Le, 0), (Encoding::Utf16Be, 0), (Encoding::Utf16Le, 1), (Encoding::Utf16Be, 1)]
    {
        let own = sample.get(skip..).unwrap_or_default();
        let Some(marks) = utf16_marks(encoding, own) else { continue };
        // Latin text has no 汉字 to count, but its zero bytes say enough.
        let share = common_share(encoding, own).max(if marks > 0 && skip == 0 { 1 } else { 0 });
        if share > best.0 && (share >= COMMON_SHARE || marks * 4 > own.len() / 2) {
            best = (share, Some((encoding, skip)));
        }
    }
    best.1
}

/// How many units are line ends, blanks and Latin letters, if nearly all units are such as Chinese text has.
fn utf16_marks(encoding: Encoding, sample: &[u8]) -> Option<usize> {
    let units =
        || sample.chunks_exact(2).map(|p| if encoding == Encoding::Utf16Be { (p[0], p[1]) } else { (p[1], p[0]) });
    let plausible = |(high, low): (u8, u8)| match high {
        0x4e..=0x9f => true,
        0x30 => low <= 0x20,
        0xff => (0x01..=0x5e).contains(&low),
        0x20 => (0x10..=0x3b).contains(&low),
        0x00 => low == b'\n' || low == b'\r' || low == b'\t' || (0x20..0x7f).contains(&low),
        _ => false,
    };
    let (pairs, hits) = (sample.len() / 2, units().filter(|&u| plausible(u)).count());
    let marks = units().filter(|&(high, low)| high == 0 && low != 0).count();
    (pairs >= 8 && hits * 100 >= pairs * 95).then_some(marks)
}

/// Text holds next to no control bytes other than blanks and line ends.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    let controls =
        sample.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b)).count();
    let zeros = memchr::memchr_iter(0, sample).count();
    controls * 50 > sample.len() || zeros * 200 > sample.len()
}

/// The encoding of 8-bit text, and how many bytes at its start are the rest of a cut character (0 or 1).
fn detect(bytes: &[u8]) -> (Encoding, usize) {
    let sample = &bytes[..bytes.len().min(DETECTED_BYTES)];
    if mostly_utf8(sample) {
        return (Encoding::Utf8, 0);
    }
    let best = [(Encoding::Gb18030, 0), (Encoding::Big5, 0), (Encoding::Gb18030, 1), (Encoding::Big5, 1)]
        .into_iter()
        .map(|(encoding, skip)| (common_share(encoding, sample.get(skip..).unwrap_or_default()), encoding, skip))
        // The first of equals: a file begins with a whole character until its text says otherwise.
        .fold((0, Encoding::Gb18030, 0), |best, next| if next.0 > best.0 { next } else { best });
    if best.0 >= COMMON_SHARE { (best.1, best.2) } else { (guess(sample, sample.len() == bytes.len()), 0) }
}

/// Of a hundred wide characters, how many are among the most common ones when the bytes are read so.
fn common_share(encoding: Encoding, bytes: &[u8]) -> usize {
    let text = decode_as(encoding, &bytes[..bytes.len().min(SCORED_BYTES)]).text;
    let (mut wide, mut common) = (0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        wide += 1;
        common += usize::from(COMMON.contains(c));
    }
    (common * 100usize).checked_div(wide).unwrap_or(0)
}

/// What `chardetng` takes the bytes for.
fn guess(sample: &[u8], whole: bool) -> Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // `last` is false where the sample is cut, so that a cut character is not taken for an error.
    detector.feed(sample, whole);
    match detector.guess(None, Utf8Detection::Allow).name() {
        "UTF-8" => Encoding::Utf8,
        "Big5" => Encoding::Big5,
        // Anything else is a wrong guess in a corpus of Chinese reports.
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
