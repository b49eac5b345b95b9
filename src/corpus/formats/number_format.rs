//! Counts as word processors write them. In: a count and the name of a format (ECMA-376 part 1, 17.18.59 ST_NumberFormat).
//! Out: text. Does not know about: lists.

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const UNITS: [&str; 4] = ["", "十", "百", "千"];
const LEGAL_DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const LEGAL_UNITS: [&str; 4] = ["", "拾", "佰", "仟"];
const LEGAL_DIGITS_TRADITIONAL: [&str; 10] = ["零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"];

/// Names of the formats of numbers by their codes ([MS-OSHARED] 2.2.1.3).
const FORMATS: [&str; 40] = [
    "decimal",
    "upperRoman",
    "lowerRoman",
    "upperLetter",
    "lowerLetter",
    "ordinal",
    "cardinalText",
    "ordinalText",
    "hex",
    "chicago",
    "ideographDigital",
    "japaneseCounting",
    "aiueo",
    "iroha",
    "decimalFullWidth",
    "decimalHalfWidth",
    "japaneseLegal",
    "japaneseDigitalTenThousand",
    "decimalEnclosedCircle",
    "decimalFullWidth2",
    "aiueoFullWidth",
    "irohaFullWidth",
    "decimalZero",
    "bullet",
    "ganada",
    "chosung",
    "decimalEnclosedFullstop",
    "decimalEnclosedParen",
    "decimalEnclosedCircleChinese",
    "ideographEnclosedCircle",
    "ideographTraditional",
    "ideographZodiac",
    "ideographZodiacTraditional",
    "taiwaneseCounting",
    "ideographLegalTraditional",
    "taiwaneseCountingThousand",
    "taiwaneseDigital",
    "chineseCounting",
    "chineseLegalSimplified",
    "chineseCountingThousand",
];

/// The name of the format that older files call by a code.
pub fn by_code(code: usize) -> &'static str {
    FORMATS.get(code).copied().unwrap_or("none")
}

/// `count` in a format; formats that are not known are figures.
pub fn written(count: u32, format: &str) -> String {
    let of_row = |first: char, most: u32| {
        let nth = |count| char::from_u32(first as u32 + count - 1).map(String::from);
        (1..=most).contains(&count).then_some(count).and_then(nth).unwrap_or_else(|| count.to_string())
    };
    let of_cycle = |names: &str| {
        let nth = count.checked_sub(1).and_then(|n| names.chars().nth(n as usize));
        nth.map_or_else(|| count.to_string(), String::from)
    };
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "koreanCounting" => counting(count, &DIGITS, &UNITS, true),
        "chineseLegalSimplified" | "japaneseLegal" => counting(count, &LEGAL_DIGITS, &LEGAL_UNITS, false),
        "ideographLegalTraditional" => counting(count, &LEGAL_DIGITS_TRADITIONAL, &LEGAL_UNITS, false),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" | "koreanDigital" => count
            .to_string()
            .bytes()
            .map(|digit| if digit == b'0' { "〇" } else { DIGITS[usize::from(digit - b'0')] })
            .collect(),
        "ideographTraditional" => of_cycle("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => of_cycle("子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => of_row('①', 20),
        "decimalEnclosedParen" => of_row('⑴', 20),
        "decimalEnclosedFullstop" => of_row('⒈', 20),
        "ideographEnclosedCircle" => of_row('㊀', 10),
        "decimalFullWidth" | "decimalFullWidth2" => count
            .to_string()
            .bytes()
            .filter_map(|digit| char::from_u32('０' as u32 + u32::from(digit - b'0')))
            .collect(),
        "decimalZero" => format!("{count:02}"),
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).to_ascii_lowercase(),
        "upperLetter" => letters(count, 'A'),
        "lowerLetter" => letters(count, 'a'),
        "none" | "bullet" => String::new(),
        _ => count.to_string(),
    }
}

/// 汉字 numerals below ten thousand; figures above. `bare_ten`: 十 and not 一十.
fn counting(count: u32, digits: &[&str; 10], units: &[&str; 4], bare_ten: bool) -> String {
    if count == 0 || count > 9999 {
        return count.to_string();
    }
    let mut text = String::new();
    let mut gap = false;
    for (n, unit) in units.iter().enumerate().rev() {
        let digit = (count / 10u32.pow(u32::try_from(n).unwrap_or(0)) % 10) as usize;
        if digit == 0 {
            gap |= !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            text.push_str(digits[0]);
        }
        if !(n == 1 && digit == 1 && text.is_empty() && bare_ten) {
            text.push_str(digits[digit]);
        }
        text.push_str(unit);
    }
    text
}

fn roman(count: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if count > 3999 {
        return count.to_string();
    }
    let mut left = count;
    let mut text = String::new();
    for (value, letters) in STEPS {
        while left >= value {
            text.push_str(letters);
            left -= value;
        }
    }
    text
}

/// a to z, then aa, bb and so on.
fn letters(count: u32, first: char) -> String {
    let Some(n) = count.checked_sub(1).filter(|n| *n < 26 * 8) else { return count.to_string() };
    let letter = char::from_u32(first as u32 + n % 26).unwrap_or(first);
    std::iter::repeat_n(letter, n as usize / 26 + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_in_every_format() {
        let chinese = |n| written(n, "chineseCountingThousand");
        assert_eq!([1, 10, 12, 20, 35, 100].map(chinese), ["一", "十", "十二", "二十", "三十五", "一百"]);
        assert_eq!([101, 110, 1000, 1001, 12345].map(chinese), ["一百零一", "一百一十", "一千", "一千零一", "12345"]);
        for (format, want) in [
            ("ideographDigital", "一二"),
            ("ideographLegalTraditional", "壹拾貳"),
            ("chineseLegalSimplified", "壹拾贰"),
            ("ideographZodiac", "亥"),
            ("ideographTraditional", "12"),
            ("decimalEnclosedCircle", "⑫"),
            ("decimalFullWidth", "１２"),
            ("decimalZero", "12"),
            ("upperRoman", "XII"),
            ("lowerRoman", "xii"),
            ("lowerLetter", "l"),
            ("decimal", "12"),
        ] {
            assert_eq!(written(12, format), want, "{format}");
        }
        assert_eq!((written(28, "upperLetter"), written(3, "decimalZero")), ("BB".into(), "03".into()));
        assert_eq!([1, 3, 10].map(|n| written(n, "ideographTraditional")), ["甲", "丙", "癸"]);
    }

    #[test]
    fn any_count_is_written() {
        for format in ["chineseCounting", "decimalEnclosedCircle", "upperRoman", "lowerLetter", "ideographTraditional"]
        {
            for count in [0, 1, 21, 9999, 10_000, u32::MAX] {
                assert!(!written(count, format).is_empty() || count == 0, "{format} {count}");
            }
        }
    }
}
