//! Whether a name found in a text stands there as a name, or is only the same characters inside other words.
//!
//! In: a text and a name's range in it. Out: yes or no. The tables hold what real reports say (创新县域, 沿海城市, 国际合作市场).

use crate::corpus::metadata::places::gazetteer::{Place, PlaceLevel};
use crate::text::numeral;

/// Words that say whose report, office or meeting it is: a place name before one of them is a place name.
const ORGANS: &[&str] = &[
    "人大",
    "人民",
    "政协",
    "政府",
    "市委",
    "省委",
    "县委",
    "区委",
    "州委",
    "旗委",
    "委员会",
    "常委会",
    "两会",
    "检察院",
    "法院",
    "中级",
    "高级",
    "行政公署",
    "行署",
    "管委会",
    "工委",
    "地委",
    "盟委",
    "监委",
    "监察",
    "党委",
];

/// Names that are common words for a part of any city: they need their city before them, or an office behind them.
const COMMON: &[&str] = &[
    "城区",
    "郊区",
    "矿区",
    "东区",
    "西区",
    "南区",
    "北区",
    "中西区",
    "新城区",
    "老城区",
    "新市区",
    "北市区",
    "南市区",
    "市中区",
    "港口区",
    "解放区",
    "离岛区",
];

/// Characters before which a name is no name: (name, characters) as in 沿海城市, 响应城市群, 江南山区.
const PARTS: &[(&str, &str)] = &[
    ("海城市", "沿上临北滨东黄渤南近"),
    ("应城市", "供适响顺反回相效对"),
    ("兴城市", "新复振"),
    ("增城市", "新"),
    ("双城市", "成"),
    ("南山区", "江湖河云海西东渝"),
    ("西山区", "广江陕川鄂湘渝闽"),
    ("东山区", "广山川"),
    ("北林区", "东湖河西华"),
    ("西林区", "广江陕山"),
    ("东城区", "广山"),
    ("西城区", "广江陕山"),
];

/// Single characters after which a name of two characters may begin.
const BEFORE_SHORT: &str = "在对向从由赴受往离到";

/// Whether an office, a meeting or the like begins at the start of `rest`.
pub(crate) fn begins_organ(rest: &str) -> bool {
    let mut chars = rest.chars();
    let ordinal = chars.next() == Some('第') && chars.next().is_some_and(|c| c.is_ascii_digit() || is_numeral(c));
    let session = || {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
        after.len() < rest.len() && (after.starts_with('届') || after.starts_with("次会议"))
    };
    ordinal || ORGANS.iter().any(|organ| rest.starts_with(organ)) || session()
}

fn is_numeral(c: char) -> bool {
    "〇零一二三四五六七八九十".contains(c)
}

/// Whether `c` is a Han character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// Whether `before` ends in a year or a date, behind which a name may begin: 2020年赵县.
fn ends_date(before: &str) -> bool {
    let bare = before.trim_end_matches('度');
    let number = bare.strip_suffix(['年', '月', '日']).and_then(|head| head.chars().next_back());
    number.is_some_and(|c| numeral::digit(c).is_some() || numeral::cjk_digit(c).is_some() || c == '十')
}

/// Whether `place`, written between `before` and `after`, stands as a name. `led` says that its city or province stands right before.
pub(crate) fn stands(place: &Place, before: &str, after: &str, led: bool) -> bool {
    let name = place.name();
    let next = after.chars().next();
    let broken = match name.chars().next_back() {
        Some('市') => place.level() == PlaceLevel::County && next == Some('场'),
        Some('区') => matches!(next, Some('域' | '间' | '块')),
        Some('旗') => matches!(next, Some('帜' | '舰' | '袍')),
        _ => false,
    };
    if broken {
        return false;
    }
    if led {
        return true;
    }
    let previous = before.chars().next_back();
    let at_start = previous.is_none_or(|c| !is_han(c)) || ends_date(before);
    // 在矿区第十届人民代表大会: only a name has sessions.
    let meets = previous == Some('在') && after.starts_with('第') && begins_organ(after);
    if COMMON.contains(&name) {
        let year = || after.starts_with(|c: char| numeral::digit(c).is_some()) || after.starts_with("工作报告");
        return meets || at_start && (begins_organ(after) || year());
    }
    // 创新县域, 建成县级: two characters alone prove little.
    if name.len() == 6 {
        let apart = match (name, previous) {
            // “一府两院”和县(市、区): most often the conjunction.
            ("和县", Some(c)) => meets || ends_date(before) || "。；;：:《\n".contains(c),
            (_, previous) => at_start || previous.is_some_and(|c| BEFORE_SHORT.contains(c)),
        };
        return apart && !matches!(next, Some('级' | '域' | '城' | '区' | '市'));
    }
    let part = |&&(tail, _): &&(&str, &str)| name == tail;
    PARTS.iter().find(part).is_none_or(|(_, chars)| previous.is_none_or(|c| !chars.contains(c)))
}
