//! The grammar between an indicator and its value. In: folded text. Out: values with unit and qualifier; whether what stands
//! before or between is made of connectives. Does not know about: which indicators there are.

use std::sync::LazyLock;

use regex::Regex;

/// A number with its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// First byte of the number.
    pub start: usize,
    /// One past its last byte, unit and qualifier included.
    pub end: usize,
    /// The number as it stands.
    pub number: f64,
    /// Its unit as the text writes it.
    pub unit: String,
    /// 左右, 以上, 以内, 以下; or nothing.
    pub qualifier: &'static str,
}

/// Compiles a pattern of this file; a test holds that each can be compiled.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

const VALUE: &str = r"(-?\d+(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?) ?(个百分点|百分点|%|‰|万亿美元|亿美元|万美元|美元|万亿元|亿元|万元|元|亿斤|万斤|亿公斤|万公斤|公斤|斤|万吨标准煤|吨标准煤|吨标煤|亿吨|万吨|吨|万人次|人次|万人|人|万个|个|倍)?(左右|以上|以内|以下)?";

static VALUES: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(VALUE));

/// Every number of a folded text, with unit and qualifier if it has them. A year (2023年) and a number inside a word or a
/// range (5%-6%) is none.
pub fn values(text: &str) -> Vec<Value> {
    let Some(regex) = VALUES.as_ref() else { return Vec::new() };
    let mut found: Vec<Value> = Vec::new();
    let range = |c: char| matches!(c, '-' | '—' | '~' | '–' | '至' | '～');
    let mut after_range = false;
    for captures in regex.captures_iter(text) {
        let (Some(whole), Some(number)) = (captures.get(0), captures.get(1)) else { continue };
        let before = text.get(..whole.start()).unwrap_or_default().chars().next_back();
        let after = text.get(whole.end()..).unwrap_or_default();
        let unit = captures.get(2).map_or("", |unit| unit.as_str());
        let year = unit.is_empty() && after.starts_with('年');
        // 5%-6%: neither end is what is stated.
        let mut rest = after.chars();
        let ranged = rest.next().is_some_and(range) && rest.next().is_some_and(|c| c.is_ascii_digit());
        let inside = before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.' || c == '第');
        // Blanks inside a number leave open which digits it has.
        let torn = |text: &str| text.starts_with(' ') && text.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let inside = inside
            || torn(after)
            || text
                .get(..whole.start())
                .is_some_and(|b| b.ends_with(' ') && b.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == '.'));
        // 突破5万关口 names a threshold.
        let threshold = after.trim_start_matches(['百', '千', '万', '亿', '个']);
        if unit.is_empty() && ["关口", "大关", "台阶"].iter().any(|word| threshold.starts_with(word)) {
            after_range = false;
            continue;
        }
        let negative = number.as_str().starts_with('-') && before.is_some_and(|c| c.is_ascii_digit() || c == '%');
        let was = std::mem::replace(&mut after_range, ranged);
        if year || ranged || was || inside || negative || after.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            continue;
        }
        let Ok(number) = number.as_str().replace(',', "").parse::<f64>() else { continue };
        let qualifier = match captures.get(3).map(|word| word.as_str()) {
            Some("左右") => "左右",
            Some("以上") => "以上",
            Some("以内") => "以内",
            Some("以下") => "以下",
            _ => "",
        };
        found.push(Value { start: whole.start(), end: whole.end(), number, unit: unit.to_owned(), qualifier });
    }
    found
}

/// What may stand between an indicator and its value, or between two values of it.
const CONNECTIVES: &str = concat!(
    r"^(?:[,、:;()“”\u{22} ]|(?:19|20)\d\d年(?:底|末)?|同比|同口径|按?可比口径|按?可比价格?(?:计算)?|按?不变价格?(?:计算)?|按?现价(?:计算)?",
    r"|剔除[^,。;、]{1,16}(?:因素|影响)(?:后)?|扣除(?:价格|物价)(?:上涨)?因素(?:后)?|在[^,。;、]{1,14}(?:情况|基础)下?",
    r"|(?:连续)?(?:跨越?|迈过|迈上|跃上|登上|突破)[^,。;、元%]{0,10}(?:台阶|大关|关口)|大关|关口|台阶|(?:屡|再|又)?创[^,。;、\d]{0,8}新高",
    r"|比上年同期|比上年|比去年|较上年同期|较上年|较去年|上年同期|上年|去年同期|去年|同期|今年|全年|当年|本年|年末|年底|年",
    r"|由|从|至|到|是|为|达到|达|完成|实现|突破|超过|超|跨上|迈上|跃上|站上|稳定在|控制在|保持在|维持在|稳定|控制|保持|维持|力争|确保|争取|努力|预计|预期|预测",
    r"|可望|有望|将|可|要|约|近|仅|只|再|又|也|已|均|都|双双|各|分别|年均|平均|累计|总计|共计|合计|共|名义|实际|自然口径|净",
    r"|增长率|增长速度|增长|增速|增幅|增加|增|涨幅|上涨|下降|降低|降至|降到|降幅|降|减少|上升|提高|提升|回落|负",
    r"|不低于|不高于|不超过|不少于|不大于|高于|低于|高达|总量|总额|规模|水平|数值|数量|数|值|额|目标|安排|任务|建议|定为|定在|幅度|指数|的|比|和|与|及|以及|在|以|内|期间|五年)*$",
);

static CONNECTS: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(CONNECTIVES));

/// Whether a text is nothing but connectives.
pub fn connects(between: &str) -> bool {
    CONNECTS.as_ref().is_some_and(|regex| regex.is_match(between))
}

/// What may stand right before an indicator without making it another one: where a clause begins, or a word for all of the
/// place or for a time; then words that govern it. 项目完成固定资产投资 is the investment of the projects.
const BEFORE: &str = concat!(
    r"(?:^|[,、:;。()“”\u{22}《》\-—· \d%]|全省|全市|全县|全区|全旗|全州|全盟|全国|全镇|全乡|全域|全地区|全社会|我国|我省|我市|我县|我区|我旗|我州|全自治区|自治区|自治州|[省市县区旗州]?本级|国民",
    r"|年|年内|月|日|年度|季度|以来|期间|左右|以上|以内|以下|元|人|倍|位|点|吨|斤|地区|主要经济指标|指标|目标|初步核算|初步统计|核算|统计|其中|和|与|及|以及)",
    r"(?:预计|预期|实现|确保|力争|争取|努力|完成|是|为|使|将|把|本级|地方|全部|同期|推动|促进|带动|保持|达到|全体|在|有|年|年内|今年|全年|当年|去年|今后五年)*$",
);

static STANDS: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(BEFORE));

/// Whether an indicator may begin behind `before`: no modifier makes it another one. `place` is the report's place, whose
/// name is none.
pub fn may_begin(before: &str, place: &str) -> bool {
    let short = place.trim_end_matches(['省', '市', '县', '区', '旗', '州', '盟']);
    let named = [place, short].iter().any(|name| !name.is_empty() && before.ends_with(name));
    let joined = before.strip_suffix(['和', '与', '及']).is_some_and(|rest| rest.ends_with(crate::text::han::is_han));
    named || !joined && STANDS.as_ref().is_some_and(|regex| regex.is_match(before))
}

/// What may stand right behind a value that is stated: any other word makes it a measure of something else (超200亿元的县).
const BEHIND: &str = r"^(?:$|[,、;。:()“”\u{22}\[! ]|同比|增长|增幅|年均|比|较|和|与|及|以及|大关|关口|台阶|的目标|的预期|的增速|目标|为|是|高于|低于|快于|提高|提升|上升|增加|扩大|降低|回落|降|升|到|至|居|位居|排|连续|创|分别|下降|其中|并|且|而|之)";

static SETTLES: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(BEHIND));

/// Whether a value with this text behind it is stated of its indicator.
pub fn settles(rest: &str) -> bool {
    SETTLES.as_ref().is_some_and(|regex| regex.is_match(rest))
}

/// What joins two indicators whose values follow together.
pub fn joins(between: &str) -> bool {
    const JOIN: &[&str] = &["、", "和", "与", "及", "以及", ",", "和全省", "和全市", "、全省"];
    JOIN.contains(&between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_can_be_compiled() {
        assert!(VALUES.is_some() && CONNECTS.is_some() && STANDS.is_some() && SETTLES.is_some());
    }

    #[test]
    fn numbers_have_units_and_qualifiers() {
        let told = |text: &str| -> Vec<(f64, String, &'static str)> {
            values(text).into_iter().map(|v| (v.number, v.unit, v.qualifier)).collect()
        };
        assert_eq!(
            told("2023年增长5.5%左右,达到1,234.5亿元"),
            [(5.5, "%".into(), "左右"), (1234.5, "亿元".into(), "")]
        );
        assert_eq!(told("增长6%-6.5%,居第3位,下降-0.4%"), [(-0.4, "%".into(), "")]);
        assert_eq!(told("5%—6%,7万人以上"), [(7.0, "万人".into(), "以上")]);
    }

    #[test]
    fn connectives_and_nothing_else() {
        for between in
            ["", "同比增长", ",达到", "预计比上年增长", "、增长", "按可比价计算,同比增长", "由2021年的", "控制在"]
        {
            assert!(connects(between), "{between}");
        }
        for between in ["占比", "的比重达到", ",其中民间投资增长", "增速居全国第", "用水量"] {
            assert!(!connects(between), "{between}");
        }
        for before in ["", "全县", "预计2023年", "云和市", "完成,", "区本级", "全年完成", "增长5%和"]
        {
            assert!(may_begin(before, "云和市"), "{before}");
        }
        for before in ["脱贫县", "能源", "民间", "海洋", "县域", "占", "确保招商项目完成", "消费对"]
        {
            assert!(!may_begin(before, "云和市"), "{before}");
        }
    }
}
