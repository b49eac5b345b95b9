//! Where a report comes from: place and province.
//!
//! In: what a report says of itself, strongest first. Out: [`Origin`]. Does not know about: bodies, years, headings.

use crate::corpus::metadata::places;

/// Where a report comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// Full name of the place; empty if not known.
    pub place: String,
    /// Full name of its province; empty if not known.
    pub province: String,
}

/// Reads the place from names that stand first in `lines` (title, organ, formula), strongest first.
pub fn place_of<'a>(lines: impl IntoIterator<Item = &'a str>, context: &[&str]) -> Option<Origin> {
    lines.into_iter().find_map(|line| {
        let compact: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        let found = places::recognise(&compact, context)?;
        Some(Origin { place: found.place, province: found.province })
    })
}

/// The whole country.
pub fn nation() -> Origin {
    Origin { place: "全国".into(), province: String::new() }
}

/// Whether the text is of the whole country's congress, conference, government or courts.
pub fn names_nation(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    [
        "全国人民代表大会第",
        "全国人民代表大会常务委员会",
        "届全国人民代表大会",
        "全国人大常委会工作报告",
        "代表国务院",
        "国务院总理",
        "中国人民政治协商会议全国委员会",
        "全国政协常委会工作",
        "最高人民法院",
        "最高人民检察院",
    ]
    .iter()
    .any(|name| compact.contains(name))
}

/// Whether the text names a place whose name was taken out: XX市, **县, 某某区, ××省.
pub fn is_anonymised(text: &str) -> bool {
    let is_blank =
        |c: char| matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | '*' | '＊' | '○' | '〇' | '□' | '_' | '某' | '△' | '■');
    let mut hidden = 0;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if is_blank(c) {
            hidden += 1;
        } else if hidden > 0 && matches!(c, '省' | '市' | '县' | '区' | '州' | '盟' | '旗' | '镇' | '乡') {
            return true;
        } else {
            hidden = 0;
        }
    }
    false
}

/// The place that `texts` name most often by its full name; the first named of those that tie.
pub fn vote<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Origin> {
    // A name that several places share (朝阳区) counts only where no other name is heard.
    let (mut sure, mut shared) = (Vec::<(Origin, usize)>::new(), Vec::new());
    for text in texts {
        for found in places::mentions(text) {
            let origin = Origin { place: found.place.full_name(), province: found.place.province_name().to_owned() };
            let counts = if found.ambiguous { &mut shared } else { &mut sure };
            match counts.iter_mut().find(|(o, _)| *o == origin) {
                Some((_, count)) => *count += 1,
                None => counts.push((origin, 1)),
            }
        }
    }
    let counts = if sure.is_empty() { shared } else { sure };
    let most = counts.iter().map(|(_, n)| *n).max()?;
    counts.into_iter().find(|(_, n)| *n == most).map(|(origin, _)| origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_taken_out() {
        for text in
            ["XX市政府工作报告", "**县人大常委会工作报告", "某某区人民法院工作报告", "× × 市第八届人民代表大会", "x县"]
        {
            assert!(is_anonymised(text), "{text}");
        }
        for text in ["乌有市政府工作报告", "X光机进了市医院", "某年某月", "二〇二三年"] {
            assert!(!is_anonymised(text), "{text}");
        }
    }

    #[test]
    fn the_whole_country() {
        assert!(names_nation("——2024年3月5日在第十四届全国人民代表大会第二次会议上"));
        assert!(names_nation("现在，我代表国务院，向大会报告政府工作"));
        assert!(!names_nation("——2024年1月8日在乌有市第八届人民代表大会第三次会议上"));
    }
}
