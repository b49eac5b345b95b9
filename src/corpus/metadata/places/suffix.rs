//! A place that the gazetteer does not know, told by its suffix (乌有市) and by the office named right after it.
//!
//! In: text that begins where a name may begin. Out: how many bytes are the name. Refuses 全市, 沿海城市, 示范区 and the like.

use crate::corpus::metadata::places::boundary::{begins_organ, is_han};

/// Longest unknown name, in characters.
const LONGEST: usize = 8;

/// What stands before 市, 县, 区 in words that name no place, long ones (示范区) and short ones.
const GENERIC: &[&str] = &[
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "开发区",
    "高新区",
    "经开区",
    "示范区",
    "自贸区",
    "保税区",
    "试验区",
    "先行区",
    "引领区",
    "功能区",
    "保护区",
    "行政区",
    "合作区",
    "聚集区",
    "集聚区",
    "市辖区",
    "主城区",
    "直辖市",
    "省辖市",
    "地级市",
    "县级市",
    "级城市",
    "大城市",
    "贫困县",
    "百强县",
    "试点县",
    "试点市",
    "兄弟市",
    "周边市",
];

/// Common words that end a phrase (国有林区, 沿海城市); three characters (云林区, 镜城市) may still be a name.
const COMMON: &[&str] = &[
    "城市", "都市", "县市", "省市", "地市", "级市", "大市", "强市", "市区", "城区", "郊区", "地区", "社区", "景区",
    "林区", "灾区", "牧区", "农区", "军区", "战区", "选区", "街区", "校区", "库区", "片区", "山区", "特区", "新区",
    "老区", "园区", "厂区", "小区", "港区", "大县", "强县", "郡县", "神州", "九州", "红旗", "党旗", "国旗", "大旗",
    "联盟", "同盟",
];

/// Words that show a run of characters to be a phrase, not a name.
const PHRASE: &[&str] = &[
    "人大", "政协", "委员", "政府", "报告", "工作", "会议", "代表", "人民", "常委", "加强", "加快", "推进", "推动",
    "做好", "深化", "坚持", "支持", "服务", "建设", "打造", "围绕", "聚焦", "关于", "全力", "助力", "开展", "召开",
    "参加", "学习", "贯彻", "落实", "完善", "创新", "发挥", "提升", "提高", "促进", "奋力", "努力", "依法", "切实",
    "发展", "监督", "履职", "中国", "中共", "过去", "今年", "实现", "祝贺", "热烈", "庆祝", "喜迎",
];

/// Characters that make the suffix after them a word for any place (全市, 我省, 各县, 该区), and never begin a name.
const ANY: &str = "全我本各该两为多某此每这那其当跨省市县区州盟旗和与及在把让对将以从向由经受自到报作的了是";

/// Length in bytes of an unknown place's name at the start of `rest`: Han characters up to 市, 县, 区, …, and an office right after.
pub(crate) fn unknown_name(rest: &str) -> Option<usize> {
    for (count, (at, c)) in rest.char_indices().enumerate().take(LONGEST) {
        if !is_han(c) {
            return None;
        }
        if count == 0 || !"省市县区州盟旗".contains(c) {
            continue;
        }
        let end = at + c.len_utf8();
        let (name, after) = (rest.get(..end)?, rest.get(end..)?);
        if is_name(name) && (ends_name(after) || unknown_district(after).is_some()) {
            return Some(end);
        }
    }
    None
}

/// An unknown district right behind its unknown city: 乌有市云中区人大.
pub(crate) fn unknown_district(rest: &str) -> Option<usize> {
    let (at, c) = rest.char_indices().take(5).skip(1).find(|&(_, c)| c == '区')?;
    let end = at + c.len_utf8();
    let name = rest.get(..end)?;
    (name.chars().all(is_han) && is_name(name) && ends_name(rest.get(end..)?)).then_some(end)
}

fn is_name(name: &str) -> bool {
    let before = name.chars().rev().nth(1);
    let any = before.is_none_or(|c| c != '州' && ANY.contains(c))
        || name.starts_with(|c| matches!(c, '州' | '年' | '月' | '日') || ANY.contains(c));
    let long = name.chars().count() > 3;
    let autonomous = long
        && name
            .char_indices()
            .rev()
            .nth(2)
            .is_some_and(|(at, _)| name.get(at..).is_some_and(|n| n.starts_with("自治")));
    let generic = GENERIC.iter().any(|word| name.ends_with(word)) && !autonomous;
    let common = COMMON.iter().any(|&word| name == word || long && name.ends_with(word));
    !any && !generic && !common && !PHRASE.iter().any(|word| name.contains(word))
}

/// An office, a year, a clause's end or nothing follows.
fn ends_name(after: &str) -> bool {
    begins_organ(after)
        || ["工作报告", "国民经济", "财政", "预算", "统计公报", "年鉴"].iter().any(|word| after.starts_with(word))
        || after.starts_with('委')
        || after.chars().next().is_none_or(|c| c.is_ascii_digit() || c == '：' || c == ':')
}
