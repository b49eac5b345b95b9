//! Where a report comes from: place and province.
//!
//! In: what a report says of itself, strongest first. Out: [`Origin`]. Does not know about: bodies, years, headings.

use crate::corpus::metadata::places::{self, Place, PlaceLevel};

/// Where a report comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// Full name of the place; empty if not known.
    pub place: String,
    /// Full name of its province; empty if not known.
    pub province: String,
    /// Full names and provinces of the places called so (鼓楼区), where nothing told yet which one is meant; `place` is one of them.
    pub candidates: Vec<(String, String)>,
}

impl Origin {
    /// A place and its province, of which there is no doubt.
    pub const fn certain(place: String, province: String) -> Self {
        Self { place, province, candidates: Vec::new() }
    }
}

/// Reads the place from names that stand first in `lines` (title, organ, formula), strongest first.
pub fn place_of<'a>(lines: impl IntoIterator<Item = &'a str>, context: &[&str]) -> Option<Origin> {
    lines.into_iter().find_map(|line| {
        let compact: String = line.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
        let found = places::recognise(&compact, context)?;
        let name = found.entry.filter(|_| found.ambiguous).map(Place::name);
        let alike = name.map(places::alike).unwrap_or_default();
        let candidates = alike.iter().map(|p| (p.full_name(), p.province_name().to_owned())).collect();
        Some(Origin { place: found.place, province: found.province, candidates })
    })
}

/// ２０２３年 is a year before a name as 2023年 is.
fn half_width(c: char) -> char {
    char::from_digit((c as u32).wrapping_sub('０' as u32), 10).filter(|_| !c.is_ascii()).unwrap_or(c)
}

/// Which of several places of one name `lines` speak of: the one whose city they name, else the one whose province. Left open
/// where they name none, or two as often.
pub fn settled<'a>(origin: Origin, lines: impl Iterator<Item = &'a str> + Clone) -> Origin {
    if origin.candidates.is_empty() {
        return origin;
    }
    let alike: Vec<&'static Place> = origin.candidates.iter().filter_map(|(name, _)| places::find(name)).collect();
    let count = |name: &str| {
        let finder = memchr::memmem::Finder::new(name.as_bytes());
        if name.is_empty() {
            0
        } else {
            lines.clone().map(|line| finder.find_iter(line.as_bytes()).count()).sum::<usize>()
        }
    };
    // 徐州市, 徐州市委 say more than 徐州; 北京 and 上海 are named everywhere.
    let said = |place: &Place| {
        let municipality = place.name().ends_with('市') && place.level() == PlaceLevel::Province;
        count(place.name()) * 3 + if municipality { 0 } else { count(place.stem()) }
    };
    let by_city: Vec<usize> = alike.iter().map(|place| place.parent().map_or(0, said)).collect();
    let by_province: Vec<usize> =
        alike.iter().map(|place| place.parent().and_then(Place::parent).map_or(0, said)).collect();
    let chosen = [by_city, by_province].iter().find_map(|scores| {
        let best = scores.iter().copied().max().filter(|&best| best > 0)?;
        let mut at = scores.iter().enumerate().filter(|&(_, &score)| score == best).map(|(at, _)| at);
        let first = at.next()?;
        at.next().is_none().then_some(first)
    });
    match chosen.and_then(|at| alike.get(at)) {
        Some(place) => Origin::certain(place.full_name(), place.province_name().to_owned()),
        None => origin,
    }
}

/// The place that a text without a telling head is about, by the kind of place it calls itself (我代表县政府: 县): the one of that
/// kind that it names most, by its whole name or, failing that, its short one (和谐清苑).
pub fn own_name<'a>(lines: impl Iterator<Item = &'a str> + Clone, kind: char) -> Option<Origin> {
    let fits = |place: &Place| place.name().ends_with(kind) && place.level() != PlaceLevel::Province;
    let mut whole: Vec<(&'static Place, usize)> = Vec::new();
    let mut short: Vec<(&'static Place, usize)> = Vec::new();
    for line in lines.clone() {
        for found in places::mentions(line).iter().filter(|m| !m.ambiguous && fits(m.place)) {
            add(&mut whole, found.place);
        }
    }
    if let Some(place) = leading(&whole, 2) {
        return Some(Origin::certain(place.full_name(), place.province_name().to_owned()));
    }
    for line in lines {
        for place in places::short_names(line, fits) {
            add(&mut short, place);
        }
    }
    leading(&short, 5).map(|place| Origin::certain(place.full_name(), place.province_name().to_owned()))
}

fn add(counts: &mut Vec<(&'static Place, usize)>, place: &'static Place) {
    match counts.iter_mut().find(|(known, _)| std::ptr::eq(*known, place)) {
        Some((_, count)) => *count += 1,
        None => counts.push((place, 1)),
    }
}

/// The place named at least `least` times, and twice as often as any other.
fn leading(counts: &[(&'static Place, usize)], least: usize) -> Option<&'static Place> {
    let &(place, most) = counts.iter().max_by_key(|(_, count)| *count)?;
    let others =
        counts.iter().filter(|(other, _)| !std::ptr::eq(*other, place)).map(|(_, count)| *count).max().unwrap_or(0);
    (most >= least && most >= 2 * others).then_some(place)
}

/// The kind of place that speaks: 县 of 我代表县人民政府, 区 of 区政府.
pub fn kind_of_place(formula: &str) -> Option<char> {
    let compact: String = formula.chars().filter(|c| !c.is_whitespace()).collect();
    ["代表", "受"].iter().find_map(|verb| {
        let rest = compact.get(compact.find(verb)? + verb.len()..)?;
        let kind = rest.chars().next().filter(|c| "市县区州盟旗".contains(*c))?;
        let organ = rest.get(kind.len_utf8()..)?;
        ["人民", "政府", "人大", "政协", "第", "中级", "委"].iter().any(|w| organ.starts_with(w)).then_some(kind)
    })
}

/// The whole country.
pub fn nation() -> Origin {
    Origin::certain("全国".into(), String::new())
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
        "中华人民共和国国务院",
        "国务院政府工作报告",
        "国务院工作报告",
        "全国政府工作报告",
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
            let mut origin = Origin::certain(found.place.full_name(), found.place.province_name().to_owned());
            if found.ambiguous {
                let alike = places::alike(found.place.name());
                origin.candidates = alike.iter().map(|p| (p.full_name(), p.province_name().to_owned())).collect();
            }
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
    fn a_shared_name_is_settled_by_the_text() {
        let of = |lines: &[&str]| {
            let origin = place_of(["鼓楼区政府工作报告"], &[]).unwrap();
            assert!(origin.candidates.len() >= 4 && origin.candidates.iter().all(|(name, _)| name.ends_with("鼓楼区")));
            settled(origin, lines.iter().copied())
        };
        assert_eq!(of(&["在徐州市委的领导下，鼓楼区经济平稳。"]).place, "徐州市鼓楼区");
        assert_eq!(of(&["学习南京，建设幸福福州，福州人民满意。"]).place, "福州市鼓楼区");
        assert!(of(&["在徐州市委的领导下", "在徐州市委的领导下"]).candidates.is_empty());
        assert!(!of(&["在市委的领导下，经济平稳。"]).candidates.is_empty());
    }

    #[test]
    fn a_text_names_itself() {
        assert_eq!(kind_of_place("现在，我代表县人民政府，向大会报告工作"), Some('县'));
        assert_eq!(kind_of_place("受市人大常委会委托"), Some('市'));
        assert_eq!(kind_of_place("我代表乌有县人民政府"), None);
        let whole = ["易县的灯亮了。保定市委很满意。", "在易县召开会议，易县，易县。", "保定市，保定市，保定市"];
        assert_eq!(own_name(whole.into_iter(), '县').map(|o| o.place).as_deref(), Some("易县"));
        let short = ["建设和谐清苑，建设美丽清苑。", "清苑站上新起点，清苑人民满意，清苑精神"];
        assert_eq!(own_name(short.into_iter(), '县').map(|o| o.place).as_deref(), Some("清苑县"));
        assert!(own_name(["灯亮了。"].into_iter(), '县').is_none());
    }

    #[test]
    fn the_whole_country() {
        assert!(names_nation("——2024年3月5日在第十四届全国人民代表大会第二次会议上"));
        assert!(names_nation("现在，我代表国务院，向大会报告政府工作"));
        assert!(!names_nation("——2024年1月8日在乌有市第八届人民代表大会第三次会议上"));
    }
}
