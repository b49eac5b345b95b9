//! The numbers that headings begin with: 第一部分, 第一章, 第一节, 一、, (一), 1., (1), ①, 一是, 第一,.
//!
//! In: a line. Out: its mark. Does not know about whether the line is a heading.

use crate::text::numeral;

/// A family of marks; the order is that of the usual hierarchy, highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// 第一部分, 第一篇, 第一编.
    Part,
    /// 第一章.
    Chapter,
    /// 第一节.
    Clause,
    /// 一、
    Cjk,
    /// (一)
    CjkParen,
    /// 1. or 1、
    Arabic,
    /// (1)
    ArabicParen,
    /// ①
    Circled,
    /// 第一, or 首先, or 一是, 一要: counts within a paragraph's argument.
    Spoken,
    /// ——
    Dash,
}

/// A mark at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Its family.
    pub family: Family,
    /// Its number, 1-based; 0 for marks without one.
    pub value: u32,
    /// Bytes of the mark, blanks behind it included.
    pub bytes: usize,
}

/// Reads the mark that `line` (trimmed) begins with.
pub fn mark(line: &str) -> Option<Mark> {
    let first = line.chars().next()?;
    let mut found = match first {
        '第' => ordinal(line),
        '(' | '（' | '〔' | '﹙' | '［' => parenthesised(line),
        // **一、守灯**: set in bold by hand.
        '*' if line.starts_with("**") => {
            let inner = mark(line.get(2..)?).filter(|m| m.family < Family::Spoken)?;
            return Some(Mark { bytes: inner.bytes + 2, ..inner });
        }
        // 1. as some readers of pictures write it.
        'l' | 'I' | 'Ｉ' | '｜' => misread_one(line),
        '①'..='⑳' => {
            Some(Mark { family: Family::Circled, value: first as u32 - '①' as u32 + 1, bytes: first.len_utf8() })
        }
        '㈠'..='㈩' => {
            Some(Mark { family: Family::CjkParen, value: first as u32 - '㈠' as u32 + 1, bytes: first.len_utf8() })
        }
        '⒈'..='⒛' => {
            Some(Mark { family: Family::Arabic, value: first as u32 - '⒈' as u32 + 1, bytes: first.len_utf8() })
        }
        '⑴'..='⒇' => {
            Some(Mark { family: Family::ArabicParen, value: first as u32 - '⑴' as u32 + 1, bytes: first.len_utf8() })
        }
        c if misread_number(c).is_some() => dash(line).or_else(|| misread_cjk(line)),
        '首' if line.starts_with("首先") => Some(Mark { family: Family::Spoken, value: 1, bytes: "首先".len() }),
        '其' if line.starts_with("其次") => Some(Mark { family: Family::Spoken, value: 2, bytes: "其次".len() }),
        _ => arabic(line).or_else(|| cjk(line)),
    }?;
    let rest = &line[found.bytes..];
    found.bytes += rest.len() - rest.trim_start().len();
    Some(found)
}

/// 第三部分, 第三章, 第三节; or 第三, as a spoken count. (第三届, 第三次, 第三产业 are no marks.)
fn ordinal(line: &str) -> Option<Mark> {
    let rest = line.strip_prefix('第')?;
    let number = numeral::cjk(rest).or_else(|| numeral::digits(rest))?;
    let after = rest.get(number.bytes..)?;
    let head = "第".len() + number.bytes;
    for (unit, family) in [
        ("部分", Family::Part),
        ("章", Family::Chapter),
        ("节", Family::Clause),
        ("篇", Family::Part),
        ("编", Family::Part),
    ] {
        if let Some(behind) = after.strip_prefix(unit) {
            // 第一部分 as a mark is followed by a blank or punctuation or ends the line; 第一章程 is a word.
            let closed = behind.chars().next().is_none_or(|c| !crate::text::han::is_han(c) || unit == "部分");
            let extra = behind.chars().next().filter(|c| is_separator(*c)).map_or(0, char::len_utf8);
            return closed.then_some(Mark { family, value: number.value, bytes: head + unit.len() + extra });
        }
    }
    let separator = after.chars().next().filter(|c| matches!(c, ',' | '，' | '、' | ':' | '：'))?;
    Some(Mark { family: Family::Spoken, value: number.value, bytes: head + separator.len_utf8() })
}

fn parenthesised(line: &str) -> Option<Mark> {
    let open = line.chars().next()?;
    let inner = &line[open.len_utf8()..];
    let trimmed = inner.trim_start();
    let blanks = inner.len() - trimmed.len();
    let misread = trimmed.chars().next().and_then(|c| Some((misread_number(c)?, c)));
    let (family, value, length) = match (numeral::cjk(trimmed), misread) {
        (Some(number), _) => (Family::CjkParen, number.value, number.bytes),
        // （—）, （ニ）.
        (None, Some((value, c))) => (Family::CjkParen, value, c.len_utf8()),
        (None, None) => {
            let number = numeral::digits(trimmed).filter(|n| n.places <= 2)?;
            (Family::ArabicParen, number.value, number.bytes)
        }
    };
    let after = trimmed.get(length..)?;
    let gap = after.len() - after.trim_start().len();
    let close = after.trim_start().chars().next().filter(|c| matches!(c, ')' | '）' | '〕' | '﹚' | '］'))?;
    let mut bytes = open.len_utf8() + blanks + length + gap + close.len_utf8();
    // (一)、 is a slip that some writers make.
    if let Some(c) = line[bytes..].chars().next().filter(|c| matches!(c, '、' | '.' | '．')) {
        bytes += c.len_utf8();
    }
    Some(Mark { family, value, bytes })
}

/// l.修堤, I、修堤: a letter for 1.
fn misread_one(line: &str) -> Option<Mark> {
    let first = line.chars().next()?;
    let after = line.get(first.len_utf8()..)?;
    let separator = after.chars().next().filter(|c| matches!(c, '.' | '．' | '、'))?;
    let bytes = first.len_utf8() + separator.len_utf8();
    let next = line.get(bytes..)?.trim_start().chars().next()?;
    crate::text::han::is_han(next).then_some(Mark { family: Family::Arabic, value: 1, bytes })
}

/// The number that a dash or kana stands for as some readers of pictures write it: — for 一, ニ for 二, ハ for 八.
const fn misread_number(c: char) -> Option<u32> {
    match c {
        '—' | '―' | '–' | '－' | '─' | 'ー' | '-' => Some(1),
        'ニ' => Some(2),
        'ハ' => Some(8),
        _ => None,
    }
}

/// —、过去五年工作回顾.
fn misread_cjk(line: &str) -> Option<Mark> {
    let first = line.chars().next()?;
    let value = misread_number(first)?;
    let after = line.get(first.len_utf8()..)?;
    let blanks = after.len() - after.trim_start().len();
    let separator = after.trim_start().chars().next().filter(|c| *c == '、')?;
    let bytes = first.len_utf8() + blanks + separator.len_utf8();
    let next = line.get(bytes..)?.trim_start().chars().next()?;
    let counted = crate::text::han::is_han(next) || numeral::digit(next).is_some() || matches!(next, '“' | '《');
    counted.then_some(Mark { family: Family::Cjk, value, bytes })
}

/// 1. 1、 1． (not 1.5亿, not 2022年).
fn arabic(line: &str) -> Option<Mark> {
    let number = numeral::digits(line).filter(|n| n.places <= 2)?;
    let after = &line[number.bytes..];
    let separator = after.trim_start().chars().next().filter(|c| matches!(c, '.' | '．' | '、' | ')' | '）'))?;
    let bytes = number.bytes + (after.len() - after.trim_start().len()) + separator.len_utf8();
    if matches!(separator, ')' | '）') {
        // 1）修堤
        return Some(Mark { family: Family::ArabicParen, value: number.value, bytes });
    }
    let next = line[bytes..].chars().next();
    next.is_none_or(|c| numeral::digit(c).is_none()).then_some(Mark {
        family: Family::Arabic,
        value: number.value,
        bytes,
    })
}

/// 一、 or 一是, 一要. (一、二线城市 would be read as a mark: no report writes so at the start of a line.)
fn cjk(line: &str) -> Option<Mark> {
    let number = numeral::cjk(line)?;
    let after = &line[number.bytes..];
    let blanks = after.len() - after.trim_start().len();
    let next = after.trim_start().chars().next()?;
    match next {
        '、' | '．' | '.' => {
            Some(Mark { family: Family::Cjk, value: number.value, bytes: number.bytes + blanks + next.len_utf8() })
        }
        // 一）守灯: its bracket never opened.
        '）' | ')' => {
            Some(Mark { family: Family::CjkParen, value: number.value, bytes: number.bytes + blanks + next.len_utf8() })
        }
        '是' | '要' if blanks == 0 => {
            // 一是, 一要; the mark keeps its verb out of the heading's own words.
            Some(Mark { family: Family::Spoken, value: number.value, bytes: number.bytes + next.len_utf8() })
        }
        _ => None,
    }
}

fn dash(line: &str) -> Option<Mark> {
    let rest = line.trim_start_matches(['—', '―', '–']);
    let dashes = line.chars().take_while(|c| matches!(c, '—' | '―' | '–')).count();
    (dashes >= 2 && !rest.is_empty()).then_some(Mark { family: Family::Dash, value: 0, bytes: line.len() - rest.len() })
}

const fn is_separator(c: char) -> bool {
    matches!(c, '、' | ':' | '：' | '.' | '．' | ',' | '，' | ' ' | '\u{3000}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_of_every_family() {
        use Family::*;
        let cases = [
            ("第一部分 灯塔的一年", Part, 1, "灯塔的一年"),
            ("第二章 盐田", Chapter, 2, "盐田"),
            ("第三节 晒盐", Clause, 3, "晒盐"),
            ("（—）修灯", CjkParen, 1, "修灯"),
            ("—、2023年修灯", Cjk, 1, "2023年修灯"),
            ("－、修盐", Cjk, 1, "修盐"),
            ("ニ、修渠", Cjk, 2, "修渠"),
            ("（ニ）修网", CjkParen, 2, "修网"),
            ("﹙二﹚修帆", CjkParen, 2, "修帆"),
            ("三）修舵", CjkParen, 3, "修舵"),
            ("1）修锚", ArabicParen, 1, "修锚"),
            ("l.修网", Arabic, 1, "修网"),
            ("**一、修岸**", Cjk, 1, "修岸**"),
            ("一、守灯", Cjk, 1, "守灯"),
            ("十二、 收盐", Cjk, 12, "收盐"),
            ("(三)修塔", CjkParen, 3, "修塔"),
            ("（ 四 ）修路", CjkParen, 4, "修路"),
            ("（五）、修桥", CjkParen, 5, "修桥"),
            ("㈡修渠", CjkParen, 2, "修渠"),
            ("1.修堤", Arabic, 1, "修堤"),
            ("２．修坝", Arabic, 2, "修坝"),
            ("3、修闸", Arabic, 3, "修闸"),
            ("(4)修井", ArabicParen, 4, "修井"),
            ("③修船", Circled, 3, "修船"),
            ("一是点灯", Spoken, 1, "点灯"),
            ("二要收帆", Spoken, 2, "收帆"),
            ("第三,要看潮", Spoken, 3, "要看潮"),
            ("——必须听风", Dash, 0, "必须听风"),
        ];
        for (line, family, value, rest) in cases {
            let got = mark(line).unwrap_or_else(|| panic!("{line}: no mark"));
            assert_eq!((got.family, got.value, &line[got.bytes..]), (family, value, rest), "{line}");
        }
    }

    #[test]
    fn words_and_figures_are_no_marks() {
        for line in [
            "2022年工作回顾",
            "1.5亿元",
            "第三产业增长",
            "第二届会议",
            "一年来",
            "三北地区",
            "十五届人大",
            "100.修",
            "(2022年)",
            "—句",
            "l.5",
            "（—年）",
            "**灯**",
            "",
        ] {
            assert_eq!(mark(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn a_mark_ends_on_a_character(line in "[一二十第部分章是要、.．(（)）0-9１ ①—首先其次]{0,12}") {
            if let Some(mark) = mark(&line) {
                prop_assert!(line.is_char_boundary(mark.bytes) && mark.bytes <= line.len());
            }
        }

        #[test]
        fn any_text_is_taken(line in any::<String>()) {
            if let Some(mark) = mark(&line) {
                prop_assert!(line.is_char_boundary(mark.bytes));
            }
        }
    }
}
