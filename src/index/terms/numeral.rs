//! Numbers as one word each. In: text. Out: how long the number is that it begins with. Does not know about: words.

/// Digits, in half or full width.
const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

const fn is_unit(c: char) -> bool {
    matches!(c, '〇' | '零' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九')
}

/// Whether a character may begin a number at all.
pub const fn may_begin(c: char) -> bool {
    is_digit(c) || is_unit(c) || matches!(c, '十' | '百' | '千')
}

/// Units of measure that begin like a number: 千瓦, 千米.
const fn is_measured(c: char) -> bool {
    matches!(c, '瓦' | '米' | '克' | '伏' | '卡' | '帕' | '赫')
}

/// The length in bytes of the number that `text` begins with: 2022, 4.45, 1,234, 3．58亿, 二百一十三, 五千, 百分之九十五, 二〇二二. `None`
/// where there is none, or a single 汉字, which the dictionary knows better.
pub fn at_start(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if is_digit(first) {
        return Some(arabic(text));
    }
    let part = "百分之";
    if let Some(rest) = text.strip_prefix(part) {
        let length = match rest.chars().next() {
            Some(c) if is_digit(c) => Some(arabic(rest)),
            // 百分之百, 百分之五: here one character is a number.
            Some(c) if is_unit(c) || matches!(c, '百' | '十') => Some(chinese(rest).unwrap_or(c.len_utf8())),
            _ => None,
        };
        return length.map(|length| part.len() + length);
    }
    chinese(text)
}

/// Digits with a decimal point or thousands between them, and the 万 or 亿 they count.
fn arabic(text: &str) -> usize {
    let digits = |from: usize| -> usize {
        let rest = text.get(from..).unwrap_or_default();
        rest.chars().take_while(|&c| is_digit(c)).map(char::len_utf8).sum()
    };
    let mut end = digits(0);
    while let Some(sign) = text.get(end..).and_then(|rest| rest.chars().next()) {
        let after = digits(end + sign.len_utf8());
        let decimal = matches!(sign, '.' | '．') && after > 0;
        let thousands = sign == ',' && after == 3;
        if !decimal && !thousands {
            break;
        }
        end += sign.len_utf8() + after;
    }
    let rest = text.get(end..).unwrap_or_default();
    let mut multiplier = 0;
    for (at, c) in rest.char_indices() {
        let next = rest[at + c.len_utf8()..].chars().next();
        let small = at == 0 && matches!(c, '十' | '百' | '千') && !next.is_some_and(is_measured);
        if !small && !matches!(c, '万' | '亿') {
            break;
        }
        multiplier = at + c.len_utf8();
    }
    end + multiplier
}

/// A number in 汉字 of two or more: 十二, 二百一十三, 两万, 二〇二二.
fn chinese(text: &str) -> Option<usize> {
    let (mut end, mut chars, mut scaled, mut zeros) = (0, 0, false, false);
    let mut before: Option<char> = None;
    let mut all = text.char_indices().peekable();
    while let Some((at, c)) = all.next() {
        let next = all.peek().map(|(_, next)| *next);
        let fits = match (c, before) {
            // A unit stands first, after a multiplier or a zero, or, where no multiplier has come, after a unit: 二〇二二.
            (c, before) if is_unit(c) => {
                before.is_none_or(|b| !is_unit(b) || matches!(b, '零') || !scaled && zeros_ahead(text))
            }
            ('十' | '百' | '千', before) => {
                before.is_none_or(|b| is_unit(b) && b != '零' || c == '十' && b == '零')
                    && !next.is_some_and(is_measured)
                    || c == '十' && matches!(before, Some('百' | '千' | '万'))
            }
            ('万', Some(b)) => b != '万' && b != '亿',
            ('亿', Some(b)) => b != '亿',
            _ => false,
        };
        if !fits {
            break;
        }
        scaled |= !is_unit(c);
        zeros |= matches!(c, '〇' | '零');
        chars += 1;
        end = at + c.len_utf8();
        before = Some(c);
    }
    (chars > 1 && (scaled || zeros && chars > 2)).then_some(end)
}

/// Whether the units at the head of `text` are a year or another number read digit by digit: three or more, one a zero.
fn zeros_ahead(text: &str) -> bool {
    let units = || text.chars().take_while(|&c| is_unit(c));
    units().count() > 2 && units().any(|c| matches!(c, '〇' | '零'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_told_from_what_follows() {
        let cases = [
            ("2022年", Some("2022")),
            ("4.45万亩", Some("4.45万")),
            ("3．58亿人", Some("3．58亿")),
            ("１３０万套", Some("１３０万")),
            ("1,234个", Some("1,234")),
            ("12,34", Some("12")),
            ("3.", Some("3")),
            ("1.2万亿元", Some("1.2万亿")),
            ("3千瓦", Some("3")),
            ("5千元", Some("5千")),
            ("二百一十三件", Some("二百一十三")),
            ("五千亩", Some("五千")),
            ("两万吨", Some("两万")),
            ("十四名", Some("十四")),
            ("八百余", Some("八百")),
            ("一百零八将", Some("一百零八")),
            ("二〇二二年", Some("二〇二二")),
            ("百分之百", Some("百分之百")),
            ("百分之九十五", Some("百分之九十五")),
            ("百分之3.2", Some("百分之3.2")),
            ("千瓦", None),
            ("一条", None),
            ("二三产业", None),
            ("万里", None),
            ("百姓", None),
            ("", None),
        ];
        for (text, want) in cases {
            assert_eq!(at_start(text).map(|end| &text[..end]), want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_number_is_a_slice_of_its_text(text in "[0-9.,．〇零一二三两十百千万亿分之瓦年a]{0,9}") {
            if let Some(end) = at_start(&text) {
                prop_assert!(end > 0 && text.get(..end).is_some());
            }
        }
    }
}
