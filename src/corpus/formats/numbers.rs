//! Word's automatic numbers (一、 that stands in no text but in a style).
//!
//! In: `numbering.xml`, and which numbered paragraph comes next. Out: its number as text. Does not know about: paragraphs' words.

use rustc_hash::FxHashMap;

use crate::corpus::IssueKind;
use crate::corpus::formats::xml;
use crate::corpus::formats::xml::Node;

/// The deepest level Word has.
const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    text: String,
    start: u32,
}

/// The numberings of a document and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbers {
    lists: FxHashMap<String, Vec<Level>>,
    list_of: FxHashMap<String, String>,
    counts: FxHashMap<String, [u32; LEVELS]>,
}

impl Numbers {
    /// Reads `numbering.xml`.
    pub fn read(text: &str) -> Result<Self, IssueKind> {
        let mut numbers = Self::default();
        let (mut list, mut num) = (String::new(), String::new());
        xml::walk(text, &mut |node| {
            let Node::Start(name, attributes) = node else { return };
            let value = || attributes.get("val").unwrap_or_default().to_owned();
            match name {
                "abstractNum" => {
                    list = attributes.get("abstractNumId").unwrap_or_default().to_owned();
                    num.clear();
                }
                "lvl" if num.is_empty() => {
                    let levels = numbers.lists.entry(list.clone()).or_default();
                    if levels.len() < LEVELS {
                        levels.push(Level { start: 1, ..Level::default() });
                    }
                }
                "numFmt" | "lvlText" | "start" if num.is_empty() => {
                    let Some(level) = numbers.lists.get_mut(&list).and_then(|levels| levels.last_mut()) else { return };
                    match name {
                        "numFmt" => level.format = value(),
                        "lvlText" => level.text = value(),
                        _ => level.start = value().parse().unwrap_or(1),
                    }
                }
                "num" => num = attributes.get("numId").unwrap_or_default().to_owned(),
                "abstractNumId" if !num.is_empty() => {
                    numbers.list_of.insert(num.clone(), value());
                }
                _ => {}
            }
        })?;
        Ok(numbers)
    }

    /// The number of the next paragraph of numbering `id` at `level` (0 for the highest); empty for bullets.
    pub fn next(&mut self, id: &str, level: usize) -> String {
        let Some(list) = self.list_of.get(id) else { return String::new() };
        let Some(levels) = self.lists.get(list) else { return String::new() };
        let Some(own) = levels.get(level) else { return String::new() };
        let counts = self.counts.entry(list.clone()).or_default();
        counts[level] = if counts[level] == 0 { own.start.max(1) } else { counts[level].saturating_add(1) };
        counts[level + 1..].fill(0);
        if matches!(own.format.as_str(), "bullet" | "none" | "") {
            return String::new();
        }
        let mut text = own.text.clone();
        for (n, level) in levels.iter().enumerate() {
            let count = if counts[n] == 0 { level.start.max(1) } else { counts[n] };
            text = text.replace(&format!("%{}", n + 1), &written(count, &level.format));
        }
        text
    }
}

fn written(count: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "chineseLegalSimplified" => chinese(count),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&count) => {
            char::from_u32('①' as u32 + count - 1).map(String::from).unwrap_or_default()
        }
        _ => count.to_string(),
    }
}

/// 汉字 numerals below a hundred; figures above.
fn chinese(count: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| DIGITS.get(n as usize).copied().unwrap_or_default();
    match count {
        1..=9 => digit(count).into(),
        10..=19 => format!("十{}", digit(count % 10)),
        20..=99 => format!("{}十{}", digit(count / 10), digit(count % 10)),
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_word_counts_them() {
        let xml = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
            <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>
            </w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
        let mut numbers = Numbers::read(xml).expect("numbering");
        let got: Vec<String> = [0, 1, 1, 2, 0, 1].into_iter().map(|level| numbers.next("3", level)).collect();
        assert_eq!(got, ["一、", "（一）", "（二）", "", "二、", "（一）"]);
        assert_eq!(numbers.next("9", 0), "");
        assert_eq!([chinese(10), chinese(12), chinese(20), chinese(35)], ["十", "十二", "二十", "三十五"]);
    }
}
