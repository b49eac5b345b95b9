//! Numerals at the start of a text: 汉字 numerals, ASCII and full-width digits.
//!
//! In: text. Out: a value and how many bytes it took. Does not know about what the number counts.

/// A number read from the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    /// Its value.
    pub value: u32,
    /// How many bytes it took.
    pub bytes: usize,
    /// How many digits or 汉字 it took.
    pub places: usize,
}

/// The value of a decimal digit, ASCII or full-width.
pub const fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// The value of a 汉字 digit, 〇 to 九.
pub const fn cjk_digit(c: char) -> Option<u32> {
    match c {
        // Rings, letters and zeros that stand for 〇 in scans and typing.
        '〇' | '零' | '○' | '◯' | '⚪' | 'Ｏ' | 'ｏ' | 'O' | 'o' | 'О' | 'о' | 'Ο' | 'ο' => Some(0),
        '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}

/// Reads decimal digits from the start of `text`; at most nine, so the value always fits.
pub fn digits(text: &str) -> Option<Numeral> {
    let mut numeral = Numeral { value: 0, bytes: 0, places: 0 };
    for c in text.chars().take(9) {
        let Some(d) = digit(c) else { break };
        numeral =
            Numeral { value: numeral.value * 10 + d, bytes: numeral.bytes + c.len_utf8(), places: numeral.places + 1 };
    }
    (numeral.places > 0).then_some(numeral)
}

/// Reads a 汉字 number below 1000 from the start of `text`: 三, 十, 十二, 二十, 二十一, 一百零八.
pub fn cjk(text: &str) -> Option<Numeral> {
    let (mut total, mut pending, mut bytes, mut places) = (0u32, None::<u32>, 0usize, 0usize);
    for c in text.chars() {
        match (cjk_digit(c), c) {
            (Some(0), _) if total >= 100 && pending.is_none() => {}
            (Some(d), _) if pending.is_none() && d > 0 => pending = Some(d),
            (None, '十') if total % 100 == 0 => total += pending.take().unwrap_or(1) * 10,
            (None, '百') if total == 0 => total += pending.take().unwrap_or(1) * 100,
            _ => break,
        }
        bytes += c.len_utf8();
        places += 1;
    }
    total += pending.unwrap_or(0);
    (total > 0).then_some(Numeral { value: total, bytes, places })
}

/// Reads a year from the start of `text`: four digits, or four 汉字 digits (二〇二二), 1949 to 2099, then 年 after any blanks.
///
/// The bytes do not include 年. Digits spaced out (1 9 9 8 年) count as one year.
pub fn year(text: &str) -> Option<Numeral> {
    let mut numeral = Numeral { value: 0, bytes: 0, places: 0 };
    for (at, c) in text.char_indices() {
        // 2Ol3年: a letter for 1, as some readers of pictures write it.
        let misread = || (numeral.places > 0 && matches!(c, 'l' | 'I')).then_some(1);
        let value = digit(c).or_else(|| cjk_digit(c)).or_else(misread);
        match value {
            Some(d) if numeral.places < 4 => {
                numeral =
                    Numeral { value: numeral.value * 10 + d, bytes: at + c.len_utf8(), places: numeral.places + 1 };
            }
            None if numeral.places > 0 && is_inner_blank(c) => {}
            None if c == '年' && numeral.places == 4 => break,
            _ => return None,
        }
    }
    let followed =
        text.get(numeral.bytes..).is_some_and(|rest| rest.trim_start_matches(is_inner_blank).starts_with('年'));
    (numeral.places == 4 && followed && (1949..=2099).contains(&numeral.value)).then_some(numeral)
}

const fn is_inner_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{3000}')
}

/// Every year (with 年) in `text`, with the byte offset where it begins.
pub fn years(text: &str) -> impl Iterator<Item = (usize, u16)> + '_ {
    // No year begins with a nought: a letter o before one is the end of a word.
    let starts = |c: char| digit(c).is_some() || cjk_digit(c).is_some_and(|d| d > 0);
    let mut before = false;
    text.char_indices().filter_map(move |(at, c)| {
        let inside = std::mem::replace(&mut before, starts(c));
        if inside || !starts(c) {
            return None;
        }
        let found = year(text.get(at..)?)?;
        Some((at, u16::try_from(found.value).ok()?))
    })
}

/// Years for reading: runs shortened (2017–2019), the rest parted by 、.
pub fn year_runs(years: &[u16]) -> String {
    let mut out = String::new();
    for run in years.chunk_by(|a, b| a.saturating_add(1) == *b) {
        if !out.is_empty() {
            out.push('、');
        }
        match run {
            [first, .., last] => out.push_str(&format!("{first}–{last}")),
            [only] => out.push_str(&only.to_string()),
            [] => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cjk_numbers() {
        let cases = [
            ("三、", 3, 3),
            ("十", 10, 3),
            ("十二、", 12, 6),
            ("二十", 20, 6),
            ("二十一是", 21, 9),
            ("一百零八", 108, 12),
            ("一百一十", 110, 12),
            ("一一", 1, 3),
        ];
        for (text, value, bytes) in cases {
            let got = cjk(text).expect(text);
            assert_eq!((got.value, got.bytes), (value, bytes), "{text}");
        }
        assert_eq!(cjk("〇"), None);
        assert_eq!(cjk("是一"), None);
    }

    #[test]
    fn years_in_all_scripts() {
        let of = |text| years(text).map(|(_, y)| y).collect::<Vec<_>>();
        assert_eq!(of("2022年回顾与2023年打算"), [2022, 2023]);
        assert_eq!(of("二〇二二年以来的工作"), [2022]);
        assert_eq!(of("２０１０年３月５日"), [2010]);
        assert_eq!(of("1 9 9 8 年 工作"), [1998]);
        assert_eq!(of("二O二三年、2O23年、二◯二三年、二0二三年、二○二三年、二零二三年"), [2023; 6]);
        assert_eq!(of("PO2023年"), [2023]);
        assert_eq!(of("12022年、年度、2022度、1900年、9999年"), [] as [u16; 0]);
    }

    #[test]
    fn years_in_a_row_are_shortened() {
        let cases: [(&[u16], &str); 4] = [
            (&[], ""),
            (&[2022], "2022"),
            (&[2017, 2018, 2019], "2017–2019"),
            (&[2019, 2021, 2022], "2019、2021–2022"),
        ];
        for (given, want) in cases {
            assert_eq!(year_runs(given), want);
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "[0-9０-９〇一二三十百零年 a]{0,30}") {
            let _ = (digits(&text), cjk(&text), year(&text), years(&text).count());
        }
    }
}
