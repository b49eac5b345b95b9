//! The place that a title, an office's name or a like short text speaks of.
//!
//! In: the text, and names that stand near it. Out: the place it names first, as the corpus writes it. Does not know about: what to do
//! with a text that names no place (see [`crate::corpus::metadata::places::mentions`] for counting names in the body).

use crate::corpus::metadata::places::boundary::{begins_organ, is_han, stands};
use crate::corpus::metadata::places::gazetteer::{Place, PlaceLevel, gazetteer};
use crate::corpus::metadata::places::mention::{Chain, chain_at, lies_in, settle};
use crate::corpus::metadata::places::suffix::{unknown_district, unknown_name};
use crate::corpus::metadata::places::zone::zone_or_town;
use crate::text::{Span, numeral};

/// A place recognised in a short text.
#[derive(Debug, Clone)]
pub struct Recognised {
    /// Its full name: a district carries its city (长春市朝阳区).
    pub place: String,
    /// Full name of its province; empty if not known.
    pub province: String,
    /// Bytes of the text that name it.
    pub span: Span,
    /// The gazetteer's entry; none for a place known by its suffix only.
    pub entry: Option<&'static Place>,
    /// Whether other places of the same name fit as well (the first by code is given).
    pub ambiguous: bool,
}

impl Recognised {
    /// Whether the gazetteer knows it.
    pub const fn known(&self) -> bool {
        self.entry.is_some()
    }

    fn of(place: &'static Place, span: std::ops::Range<usize>, ambiguous: bool) -> Self {
        Self {
            place: place.full_name(),
            province: place.province_name().to_owned(),
            span: Span::of(span),
            entry: Some(place),
            ambiguous,
        }
    }

    fn unknown(place: String, province: &str, span: std::ops::Range<usize>) -> Self {
        Self { place, province: province.to_owned(), span: Span::of(span), entry: None, ambiguous: false }
    }
}

/// The place that `text` names first; `context` are names that stand near it (a known province or city, other titles) and settle
/// which 朝阳区 is meant.
///
/// Whole names count anywhere. A short name (长春, 宁夏) counts where `text` begins (after a year, 政协, 中共 or the like) or before an
/// office (长春人大). A name the gazetteer does not know counts where `text` begins: 乌有市人民代表大会.
pub fn recognise(text: &str, context: &[&str]) -> Option<Recognised> {
    let begin = name_start(text);
    let mut at = 0;
    while at < text.len() {
        if let Some(found) = at_point(text, at, begin, context) {
            return Some(narrowed(text, found));
        }
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    }
    None
}

/// The place named at byte `at`, if one is; `begin` is where the text proper begins.
fn at_point(text: &str, at: usize, begin: usize, context: &[&str]) -> Option<Recognised> {
    let rest = text.get(at..)?;
    if let Some(corps) = (at == begin).then(|| corps(text, at)).flatten() {
        return Some(corps);
    }
    // Behind the words that lead to it (政协, 关于) a name stands as at the beginning.
    let leading = || {
        let chain = chain_at(rest, 0, context).filter(|_| at == begin)?;
        Some(Chain { end: at + chain.end, ..chain })
    };
    if let Some(chain) = chain_at(text, at, context).or_else(leading) {
        let chain = agency(text, chain, context).unwrap_or(chain);
        let inner = text
            .get(chain.end..)
            .filter(|after| county_stem(after, chain.place).is_none())
            .and_then(|after| inside(chain.place, after));
        return Some(match inner {
            Some((name, len)) => Recognised::unknown(name, chain.place.province_name(), at..chain.end + len),
            None => Recognised::of(chain.place, at..chain.end, chain.ambiguous),
        });
    }
    if let Some((place, len)) = (at == begin).then(|| abbreviated(rest)).flatten() {
        return Some(Recognised::of(place, at..at + len, false));
    }
    if let Some(found) = short_name(text, at, begin, context) {
        return Some(found);
    }
    if at != begin {
        return None;
    }
    if let Some(len) = zone_or_town(rest, false).filter(|_| unknown_name(rest).is_none()) {
        return Some(Recognised::unknown(rest.get(..len)?.to_owned(), "", at..at + len));
    }
    let len = unknown_name(rest)?;
    // 关于长春市…: a known name that ends there is the name meant.
    let hides_known = |from: usize| chain_at(text, at + from, context).is_some_and(|chain| chain.end >= at + len);
    if rest.char_indices().skip(1).take_while(|&(i, _)| i < len).any(|(i, _)| hides_known(i)) {
        return None;
    }
    let name = rest.get(..len)?;
    let after = rest.get(len..).unwrap_or("");
    let district = unknown_district(after).filter(|_| name.ends_with('市'));
    let known_district = gazetteer().longest_name(after).map(|found| found.len).filter(|&len| {
        name.ends_with('市')
            && after.get(..len).is_some_and(|d| d.ends_with('区'))
            && begins_organ(after.get(len..).unwrap_or(""))
    });
    let len = len + district.or(known_district).unwrap_or(0);
    let name = rest.get(..len)?;
    // 水月区 alone, where 镜花市水月区 stands near.
    let whole = context.iter().filter(|_| name.ends_with('区')).find_map(|near| {
        let found = recognise(near, &[]).filter(|found| found.place.ends_with(name))?;
        Some((found.place, found.province))
    });
    let (place, province) = whole.unwrap_or_else(|| (name.to_owned(), String::new()));
    Some(Recognised::unknown(place, &province, at..at + len))
}

/// The narrowest place that the text goes on to name inside the one found: （内蒙古）2022年正蓝旗, 吉林市永吉2024年, 高阳县某镇.
fn narrowed(text: &str, found: Recognised) -> Recognised {
    narrower(text, &found).map_or(found, |inner| narrowed(text, inner))
}

/// The next step of [`narrowed`]: only a bracket, a year or a blank may stand between the two names.
fn narrower(text: &str, found: &Recognised) -> Option<Recognised> {
    let entry = found.entry?;
    let (start, end) = (found.span.range().start, found.span.range().end);
    let after = text.get(end..)?;
    let from = end + gap(after);
    if begins_organ(after) {
        return None;
    }
    for begin in [end, from] {
        if let Some((place, len)) = text.get(begin..).and_then(|rest| county_stem(rest, entry)) {
            return Some(Recognised::of(place, start..begin + len, false));
        }
    }
    if let Some(len) = zone_or_town(after, true) {
        let (written, zone) = (text.get(start..end)?, after.get(..len)?);
        let above = if written.ends_with(entry.name()) { entry.full_name() } else { written.to_owned() };
        return Some(Recognised::unknown(format!("{above}{zone}"), entry.province_name(), start..end + len));
    }
    if entry.level() == PlaceLevel::County {
        return None;
    }
    if from == end {
        return None;
    }
    let inner = at_point(text, from, from, &[entry.name()])?;
    let fits = inner.entry.is_none_or(|place| lies_in(place, entry)) && inner.span.range().start == from;
    fits.then(|| {
        let province = if inner.province.is_empty() { entry.province_name().to_owned() } else { inner.province };
        Recognised { province, span: Span::of(start..inner.span.range().end), ..inner }
    })
}

/// The county or district in `above` whose short name stands at the start of `rest`, before a year or an office: 永吉2024年.
fn county_stem(rest: &str, above: &Place) -> Option<(&'static Place, usize)> {
    let found = gazetteer().longest_stem(rest)?;
    let behind = rest.get(found.len..)?;
    let place = gazetteer()
        .meant(rest, found)
        .find(|place| place.level() == PlaceLevel::County && lies_in(place, above) && !place.is_former())?;
    (begins_organ(behind) || begins_year(behind) || behind.starts_with("工作报告")).then_some((place, found.len))
}

/// Bytes of what may stand between a place and the narrower one: marks, blanks, a year.
fn gap(after: &str) -> usize {
    let marks = |text: &str| text.len() - text.trim_start_matches(|c: char| !is_han(c)).len();
    let first = after.trim_start_matches(|c: char| !is_han(c) && numeral::digit(c).is_none());
    let year = numeral::years(first).next().filter(|(at, _)| *at == 0).and_then(|_| first.split_once('年'));
    let Some((_, behind)) = year else { return marks(after) };
    let behind = behind.strip_prefix('度').unwrap_or(behind);
    after.len() - behind.len() + marks(behind)
}

/// A year in digits of any kind.
fn begins_year(rest: &str) -> bool {
    rest.starts_with(|c: char| numeral::digit(c).is_some())
        || ["二〇", "二○", "二O", "二零", "一九"].iter().any(|y| rest.starts_with(y))
}

/// The 兵团 or one of its divisions; the city of a division, where it follows.
fn corps(text: &str, at: usize) -> Option<Recognised> {
    let rest = text.get(at..)?;
    let len = zone_or_town(rest, false).filter(|&len| rest.get(..len).is_some_and(|name| name.contains("兵团")))?;
    let end = at + len;
    if let Some(chain) = chain_at(text, end, &["新疆维吾尔自治区"]) {
        return Some(Recognised::of(chain.place, at..chain.end, false));
    }
    Some(Recognised::unknown(rest.get(..len)?.to_owned(), "新疆维吾尔自治区", at..end))
}

/// Whether the short name at the start of `after`'s text is a person's: 沈阳 某某出席, 某某 作报告 without an office between.
fn is_person(after: &str) -> bool {
    let clause: String = after.chars().take_while(|c| is_han(*c) || c.is_whitespace()).take(14).collect();
    let acts = ["出席", "主持", "参加", "作", "讲话", "致辞", "列席"].iter().filter_map(|verb| clause.find(verb)).min();
    acts.and_then(|at| clause.get(..at)).is_some_and(|names| {
        !["市", "县", "区", "省", "州", "旗", "人大", "政协", "政府", "委", "工", "合", "会"]
            .iter()
            .any(|w| names.contains(w))
    })
}

/// The part of a province whose agency is named: 黑龙江省人大常委会大兴安岭地区工作委员会.
fn agency(text: &str, above: Chain, context: &[&str]) -> Option<Chain> {
    let after = text.get(above.end..)?;
    let organ = ["人大常委会", "人民代表大会常务委员会", "政协"].into_iter().find(|organ| after.starts_with(organ))?;
    let part = chain_at(text, above.end + organ.len(), context)?;
    let office = text.get(part.end..)?;
    (lies_in(part.place, above.place) && ["工作委员会", "工委", "联络"].iter().any(|o| office.starts_with(o)))
        .then_some(part)
}

/// A place at the start of `rest` by the abbreviation its own offices use.
fn abbreviated(rest: &str) -> Option<(&'static Place, usize)> {
    const USUAL: &[(&str, &str)] = &[
        ("巴州", "巴音郭楞蒙古自治州"),
        ("博州", "博尔塔拉蒙古自治州"),
        ("克州", "克孜勒苏柯尔克孜自治州"),
        ("喀左县", "喀喇沁左翼蒙古族自治县"),
        ("前郭县", "前郭尔罗斯蒙古族自治县"),
        ("杜蒙县", "杜尔伯特蒙古族自治县"),
        ("达茂旗", "达尔罕茂明安联合旗"),
        ("塔县", "塔什库尔干塔吉克自治县"),
    ];
    let (short, name) = USUAL.iter().find(|(short, _)| rest.strip_prefix(short).is_some_and(begins_organ))?;
    Some((crate::corpus::metadata::places::find(name)?, short.len()))
}

/// A short name at byte `at`, and what stands behind it: 长春, 北京朝阳区, 吉林长春.
fn short_name(text: &str, at: usize, begin: usize, context: &[&str]) -> Option<Recognised> {
    let rest = text.get(at..)?;
    let found = gazetteer().longest_stem(rest)?;
    let (place, ambiguous, led) = settle(gazetteer().meant(rest, found), text.get(..at)?, context)?;
    let end = at + found.len;
    let after = text.get(end..)?;
    let counts = match place.level() {
        _ if begins_organ(after) => at == begin || led || place.level() != PlaceLevel::County,
        _ if at != begin => led && place.level() != PlaceLevel::County,
        PlaceLevel::County => after.starts_with(['：', ':']) || begins_year(after),
        _ => !is_word(rest, found.len),
    };
    if !counts || place.is_former() || is_person(after) {
        return None;
    }
    let wider = Recognised::of(place, at..end, ambiguous);
    if place.level() == PlaceLevel::County {
        return Some(wider);
    }
    if let Some((name, len)) = inside(place, after) {
        return Some(Recognised::unknown(name, place.province_name(), at..end + len));
    }
    let narrower = chain_at(text, end, &[place.name()])
        .filter(|chain| lies_in(chain.place, place))
        .map(|chain| Recognised::of(chain.place, at..chain.end, chain.ambiguous))
        .or_else(|| short_name(text, end, end, &[place.name()]).filter(|n| n.entry.is_some_and(|e| lies_in(e, place))));
    Some(narrower.map_or(wider, |n| Recognised { span: Span::of(at..n.span.range().end), ..n }))
}

/// An unknown place right behind a known one that holds it: its full name and its bytes.
fn inside(place: &'static Place, after: &str) -> Option<(String, usize)> {
    if place.level() == PlaceLevel::County {
        return None;
    }
    let len = unknown_name(after)?;
    let known = after.char_indices().take_while(|&(i, _)| i < len).any(|(i, _)| {
        let rest = after.get(i..).unwrap_or("");
        gazetteer().longest_name(rest).is_some_and(|found| {
            let mut meant = gazetteer().meant(rest, found);
            meant.any(|p| stands(p, after.get(..i).unwrap_or(""), rest.get(found.len..).unwrap_or(""), i == 0))
        })
    });
    let name = after.get(..len).filter(|_| !known)?;
    let carries = name.ends_with('区') && (place.level() == PlaceLevel::Prefecture || !place.name().ends_with('省'));
    Some((if carries { format!("{}{name}", place.name()) } else { name.to_owned() }, len))
}

/// Where the name may begin: behind blanks, marks, a date, and the words that lead to the place (我受, 政协, 在).
fn name_start(text: &str) -> usize {
    const LEADS: &[&str] = &[
        "中国人民政治协商会议",
        "中国共产党",
        "人民政协",
        "政协",
        "中共",
        "关于",
        "现在",
        "写在",
        "热烈祝贺",
        "祝贺",
        "庆祝",
        "喜迎",
        "走进",
        "我代表",
        "代表",
        "我受",
        "受",
        "在",
        "于",
    ];
    let mut rest = text;
    loop {
        let marks = rest.trim_start_matches(|c: char| !is_han(c) && !c.is_ascii_digit());
        let digits = marks.trim_start_matches(|c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九十".contains(c));
        let dated = digits
            .strip_prefix("年度")
            .or_else(|| digits.strip_prefix(['年', '月', '日']))
            .filter(|_| digits.len() < marks.len());
        let bare = marks.trim_start_matches(|c: char| !is_han(c));
        // 政协第四届镜花市委员会.
        let session = bare.strip_prefix('第').map(|n| n.trim_start_matches(|c| "零一二三四五六七八九十".contains(c)));
        let dated = dated.or_else(|| session.and_then(|s| s.strip_prefix('届')));
        match dated.or_else(|| LEADS.iter().find_map(|lead| bare.strip_prefix(lead))) {
            Some(after) => rest = after,
            None => return text.len() - bare.len(),
        }
    }
}

/// Whether a short name at the start of `rest` more likely begins a common word or a street: 长治久安, 南京路.
fn is_word(rest: &str, len: usize) -> bool {
    const WORDS: &[&str] = &[
        "大同", "长治", "来宾", "朝阳", "日照", "安康", "白银", "文山", "三明", "玉树", "中卫", "普洱", "海西", "海东",
        "海北", "保定",
    ];
    let next = rest.get(len..).and_then(|after| after.chars().next());
    rest.get(..len).is_some_and(|name| WORDS.contains(&name)) && next.is_some_and(is_han)
        || next.is_some_and(|c| "路街道站港湾江河湖山岭峰桥岸".contains(c))
}
