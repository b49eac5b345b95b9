//! Places of their own kind below or beside the divisions of the gazetteer: towns, development zones, divisions of the 兵团.
//!
//! In: text that begins where such a name may begin, and whether a known place stands right before it. Out: how many bytes are the
//! name. Does not know about: what the place above is called.
//!
//! They have no list: a name is known by its suffix and by the office or year right behind it.

use crate::corpus::metadata::places::boundary::{begins_organ, is_han};

/// How a development zone's name ends; of two that fit the longer counts.
const ZONES: &[&str] = &[
    "开发区",
    "高新区",
    "经开区",
    "示范区",
    "工业园区",
    "产业园区",
    "产业园",
    "科技园",
    "新区",
    "管理区",
    "保税区",
    "合作区",
    "试验区",
    "度假区",
    "风景区",
    "集聚区",
    "实验区",
    "新城",
    "园区",
];

/// How a town's name ends.
const TOWNS: &[&str] = &["街道", "苏木", "镇", "乡"];

/// What stands in a phrase before such a suffix, and in no name: 打造示范区, 全乡, 各镇.
const PHRASE: &[&str] = &[
    "打造",
    "建设",
    "推进",
    "加快",
    "创建",
    "各",
    "全",
    "本",
    "我",
    "该",
    "两",
    "多",
    "为",
    "和",
    "与",
    "及",
    "的",
    "新农村",
    "城",
    "水",
    "第",
    "人大",
    "政协",
    "政府",
    "代表",
    "工作",
    "发展",
    "国际一流",
];

/// Longest name of a zone in characters: 国家级经济技术开发区 with two or three characters before it.
const LONGEST_ZONE: usize = 16;
/// Longest name of a town in characters.
const LONGEST_TOWN: usize = 8;

/// A town or zone at the start of `rest`; `led` says that a known place stands right before it, so that 高新区 alone is a name.
pub(crate) fn zone_or_town(rest: &str, led: bool) -> Option<usize> {
    let corps = corps(rest);
    corps
        .or_else(|| suffixed(rest, ZONES, LONGEST_ZONE, if led { 2 } else { 4 }))
        .or_else(|| suffixed(rest, TOWNS, LONGEST_TOWN, 2))
}

/// A run of 汉字 that ends in one of `suffixes`, with an office or a year behind it, and at least `least` characters long.
fn suffixed(rest: &str, suffixes: &[&str], longest: usize, least: usize) -> Option<usize> {
    let run: usize = rest.chars().take(longest).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
    let run = rest.get(..run)?;
    let ends = suffixes.iter().flat_map(|suffix| run.match_indices(suffix).map(|(at, s)| at + s.len()));
    ends.filter(|&end| {
        let (Some(name), Some(after)) = (rest.get(..end), rest.get(end..)) else { return false };
        let fits = suffixes
            .iter()
            .any(|suffix| name.strip_suffix(suffix).is_some_and(|own| !PHRASE.iter().any(|w| own.contains(w))));
        name.chars().count() >= least && fits && ends_name(after)
    })
    .max()
}

/// 新疆生产建设兵团, 新疆生产建设兵团第八师, 兵团第八师: the corps, and its divisions by number.
fn corps(rest: &str) -> Option<usize> {
    let lead = ["新疆生产建设兵团", "生产建设兵团", "兵团"].into_iter().find(|lead| rest.starts_with(lead))?;
    let after = rest.get(lead.len()..)?;
    let division = after.strip_prefix('第').unwrap_or(after);
    let number = division.trim_start_matches(|c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit());
    let numbered = number.len() < division.len() && number.starts_with('师');
    let len = if numbered { rest.len() - number.len() + '师'.len_utf8() } else { lead.len() };
    (numbered || lead != "兵团").then_some(len)
}

/// An office, a year or the report follows.
fn ends_name(after: &str) -> bool {
    begins_organ(after)
        || ["工作报告", "管理委员会", "党工委", "办事处", "党委", "主席团"].iter().any(|word| after.starts_with(word))
        || after.starts_with(|c: char| c.is_ascii_digit())
        || after.starts_with("二〇")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_and_zones() {
        for (text, led, name) in [
            ("守灯镇人民政府工作报告", false, Some("守灯镇")),
            ("看潮乡人大主席团工作报告", false, Some("看潮乡")),
            ("盐场街道办事处工作报告", false, Some("盐场街道")),
            ("高新区管委会工作报告", true, Some("高新区")),
            ("高新区管委会工作报告", false, None),
            ("经济技术开发区2023年工作报告", true, Some("经济技术开发区")),
            ("子墟高新技术产业开发区管委会工作报告", false, Some("子墟高新技术产业开发区")),
            ("看潮新区管理委员会工作报告", false, Some("看潮新区")),
            ("新疆生产建设兵团第八师人民法院", false, Some("新疆生产建设兵团第八师")),
            ("新疆生产建设兵团工作报告", false, Some("新疆生产建设兵团")),
            ("打造先行示范区", true, None),
            ("全镇人大", false, None),
            ("城镇政府", false, None),
            ("", false, None),
        ] {
            assert_eq!(zone_or_town(text, led).and_then(|len| text.get(..len)), name, "{text}");
        }
    }
}
