//! Which body speaks: read from the organ that a title, a formula or an office's name ends in.
//!
//! In: short texts of a report's head. Out: a [`Body`], or nothing where they do not tell. Does not know about: places, years,
//! which lines are the head.
//!
//! One rule per function. The organ right before 工作报告 is whose report it is; what stands in 在…会议上 is only where it was given.

use crate::corpus::Body;

/// Names of organs by their last characters; of two that fit the longer counts.
const ENDINGS: &[(&str, Body)] = &[
    ("人民代表大会常务委员会", Body::Congress),
    ("人民代表大会常委会", Body::Congress),
    ("人大常务委员会", Body::Congress),
    ("人大常委会", Body::Congress),
    ("人大常委", Body::Congress),
    ("人民代表大会", Body::Congress),
    ("人大工作委员会", Body::Congress),
    ("人大工委", Body::Congress),
    ("人大主席团", Body::Congress),
    ("人民代表大会主席团", Body::Congress),
    ("人大机关", Body::Congress),
    ("人代会", Body::Congress),
    ("人大", Body::Congress),
    ("政协常委会", Body::Consultative),
    ("政协常务委员会", Body::Consultative),
    ("政治协商会议", Body::Consultative),
    ("政协委员会", Body::Consultative),
    ("政协工委", Body::Consultative),
    ("政协机关", Body::Consultative),
    ("政协", Body::Consultative),
    ("监察委员会", Body::Other),
    ("纪律检查委员会", Body::Other),
    ("人民政府", Body::Government),
    ("行政公署", Body::Government),
    ("行署", Body::Government),
    ("公署", Body::Government),
    ("国务院", Body::Government),
    ("管理委员会", Body::Government),
    ("管委会", Body::Government),
    ("街道办事处", Body::Government),
    ("街道办", Body::Government),
    ("政府", Body::Government),
    ("法院", Body::Court),
    ("检察院", Body::Procuratorate),
];

/// What a report on work is called behind its organ.
const WORK_REPORTS: &[&str] = &["工作报告", "工作情况的报告", "工作情况报告", "工作的报告", "工作要点的报告"];

/// The organ that `name` ends in: 乌有市人民政府, 政协第四届乌有市委员会常务委员会, 市人大财政经济委员会.
pub fn of_organ(name: &str) -> Option<Body> {
    let name = compact(name);
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric()).trim_end_matches(['的', '党']);
    if is_special_committee(name) {
        return Some(Body::Other);
    }
    let ending = ENDINGS.iter().filter(|(ending, _)| name.ends_with(ending)).max_by_key(|(ending, _)| ending.len());
    if let Some((_, body)) = ending {
        return Some(*body);
    }
    // 政协乌有市第三届委员会(常务委员会), 乌有市第八届人大第二次会议常务委员会.
    if name.ends_with("委员会") || name.ends_with("常委会") || name.ends_with("主席团") {
        if holds_conference(name) {
            return Some(Body::Consultative);
        }
        if name.contains("人大") || name.contains("人民代表大会") {
            return Some(Body::Congress);
        }
    }
    None
}

/// A committee of a congress that is not its standing committee: 人大法制委员会, 人民代表大会财政经济委员会.
///
/// 人大常委会…地区工作委员会 is the congress's own office there.
fn is_special_committee(name: &str) -> bool {
    let Some(rest) = name.strip_suffix("委员会").or_else(|| name.strip_suffix('委')) else { return false };
    let behind = ["人民代表大会", "人大"].iter().filter_map(|organ| Some(rest.rfind(organ)? + organ.len())).max();
    let Some(field) = behind.and_then(|at| rest.get(at..)) else { return false };
    let field = field.trim_start_matches("常务委员会").trim_start_matches("常委会");
    const FIELDS: &[&str] = &[
        "法制",
        "监察",
        "司法",
        "内务",
        "财政",
        "财经",
        "经济",
        "教育",
        "科学",
        "教科文",
        "外事",
        "华侨",
        "侨务",
        "民族",
        "环境",
        "环资",
        "城乡",
        "城建",
        "农业",
        "农村",
        "农工",
        "社会建设",
        "代表资格",
        "预算",
        "选举任免",
        "法规",
        "议案",
        "专门",
    ];
    FIELDS.iter().any(|word| field.contains(word))
}

/// A title's body: the organ right before 工作报告; the government of plans and budgets; the congress of a resolution.
pub fn of_title(title: &str) -> Option<Body> {
    let title = compact(title);
    if title.ends_with("的决议") || title.ends_with("的决定") {
        return Some(of_resolution(Some(&title), None));
    }
    let named = WORK_REPORTS.iter().find_map(|report| {
        title.match_indices(report).find_map(|(at, _)| of_organ(title.get(..at)?.trim_end_matches(['》', '”', '"'])))
    });
    named.or_else(|| is_plan(&title).then_some(Body::Government))
}

/// A report on plan, budget or final accounts, whose drafts the government makes.
fn is_plan(title: &str) -> bool {
    (title.ends_with("报告") || title.ends_with("报告(草案)"))
        && title.contains("关于")
        && ["计划", "预算", "决算", "规划纲要"].iter().any(|word| title.contains(word))
        && !title.contains("审查")
}

/// Whose work report a resolution is about, by its title or the sentence in which the meeting heard it; that of the meeting where
/// it is about something else.
pub fn of_resolution(title: Option<&str>, sentence: Option<&str>) -> Body {
    let (title, sentence) = (title.map(compact), sentence.map(compact));
    let about = title
        .as_deref()
        .and_then(|t| t.split_once("关于"))
        .and_then(|(_, about)| WORK_REPORTS.iter().find_map(|report| of_organ(about.split_once(report)?.0)));
    if let Some(body) = about.or_else(|| sentence.as_deref().and_then(heard)) {
        return body;
    }
    let text = title.or(sentence).unwrap_or_default();
    let meeting = text.split("关于").next().unwrap_or(&text);
    if holds_conference(meeting) { Body::Consultative } else { Body::Congress }
}

/// …听取和审议了市长某某代表市人民政府所作的工作报告: the last organ named before the report, behind the verb.
fn heard(sentence: &str) -> Option<Body> {
    let end = WORK_REPORTS.iter().filter_map(|report| sentence.find(report)).min()?;
    let before = sentence.get(..end)?;
    let verb = ["听取", "审议", "审查"].iter().filter_map(|verb| Some(before.rfind(verb)? + verb.len())).max()?;
    let clause = before.get(verb..)?;
    let named =
        ENDINGS.iter().filter_map(|(ending, body)| Some((clause.rfind(ending)? + ending.len(), ending.len(), *body)));
    named.max_by_key(|(at, length, _)| (*at, *length)).map(|(_, _, body)| body)
}

/// The body for which a formula is said: 我代表乌有市人民政府，向大会…; 受市人大常委会委托. Invitations behind it say nothing.
pub fn of_formula(formula: &str) -> Option<Body> {
    let formula = compact(formula);
    let spans = formula.match_indices("受").filter_map(|(at, lead)| {
        let rest = formula.get(at + lead.len()..)?;
        let end = rest.find("委托").filter(|&end| end <= 60 * 3)?;
        rest.get(..end)
    });
    let stands = formula.match_indices("代表").filter_map(|(at, lead)| {
        // 各位代表, 人大代表, 人民代表大会 are people and organs, not the verb.
        let before = formula.get(..at)?;
        if before.ends_with(['位', '大', '民', '员', '席', '、', '名', '市', '县', '区', '省']) {
            return None;
        }
        let rest = formula.get(at + lead.len()..)?;
        let end =
            rest.find(['，', ',', '。', '向', '作', '就', '把', '将', '：', ':', '；', '、']).unwrap_or(rest.len());
        rest.get(..end)
    });
    spans.chain(stands).find_map(of_organ)
}

/// Whom the speaker addresses: members of a conference, where no deputies of a congress are.
pub fn of_salutation(salutation: &str) -> Option<Body> {
    let salutation = compact(salutation);
    (salutation.contains("委员") && !salutation.contains("代表") && !salutation.contains("主任委员"))
        .then_some(Body::Consultative)
}

/// The body of the meeting in a dateline, where nothing else tells: only members hear the report of a conference.
pub fn of_meeting(dateline: &str) -> Option<Body> {
    let dateline = compact(dateline);
    (holds_conference(&dateline) && dateline.contains("会议")).then_some(Body::Consultative)
}

/// Any body that a headline, an office's name or a file's name mentions; 在…会议上 is left out.
pub fn mentioned(text: &str) -> Option<Body> {
    let text = compact(text);
    let text = without_meeting(&text);
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    // The order matters: 人民代表大会 stands in the names of governments' and courts' reports too.
    if holds_conference(&text) {
        Some(Body::Consultative)
    } else if is_special_committee(&text) {
        Some(Body::Other)
    } else if has(&["人大", "人民代表大会"]) {
        Some(Body::Congress)
    } else if has(&["检察院"]) {
        Some(Body::Procuratorate)
    } else if has(&["法院"]) {
        Some(Body::Court)
    } else if has(&["人民政府", "政府工作报告", "市政府", "省政府", "县政府", "区政府", "州政府", "旗政府", "国务院"])
    {
        Some(Body::Government)
    } else {
        None
    }
}

/// `text` without the clauses 在…会议上 that say where something was given.
pub fn without_meeting(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some(end) = rest.find("会议上") {
        let head = rest.get(..end).unwrap_or("");
        kept.push_str(head.rfind('在').and_then(|at| head.get(..at)).unwrap_or(""));
        rest = rest.get(end + "会议上".len()..).unwrap_or("");
    }
    kept.push_str(rest);
    kept
}

/// Whom a text without a telling head speaks of most.
pub fn by_words<'a>(lines: impl Iterator<Item = &'a str> + Clone, report: bool) -> Option<Body> {
    const NAMES: [(Body, &[&str]); 5] = [
        (Body::Congress, &["人大"]),
        (Body::Consultative, &["政协"]),
        (Body::Court, &["法院"]),
        (Body::Procuratorate, &["检察"]),
        (Body::Government, &["市政府", "县政府", "区政府", "省政府", "政府工作"]),
    ];
    // What only one of them reports on; a report names others' names (政协委员, 人大代表) more often than its own.
    const MATTERS: [(Body, &[&str]); 5] = [
        (Body::Congress, &["执法检查", "听取和审议", "常委会会议", "主任会议", "任免"]),
        (Body::Consultative, &["提案", "协商议政", "界别", "社情民意", "参政议政"]),
        (Body::Court, &["审结", "受理", "收案", "审判", "执结"]),
        (Body::Procuratorate, &["批准逮捕", "提起公诉", "公益诉讼", "批捕", "审查起诉"]),
        (Body::Government, &["生产总值", "固定资产投资", "预算收入", "规模以上工业", "招商引资", "财政收入"]),
    ];
    let count = |words: &[&str]| -> usize {
        let finders: Vec<_> = words.iter().map(|w| memchr::memmem::Finder::new(w.as_bytes())).collect();
        lines.clone().map(|line| finders.iter().map(|f| f.find_iter(line.as_bytes()).count()).sum::<usize>()).sum()
    };
    let most = |table: &[(Body, &[&str]); 5]| {
        let counted = table.iter().map(|(body, words)| (*body, count(words)));
        counted.max_by_key(|(_, n)| *n).filter(|(_, n)| *n >= 3).map(|(body, _)| body)
    };
    report.then(|| most(&MATTERS)).flatten().or_else(|| most(&NAMES))
}

fn holds_conference(text: &str) -> bool {
    text.contains("政协") || text.contains("政治协商会议")
}

/// Without blanks, and with full-width signs as half-width ones.
fn compact(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| {
            if c == '（' {
                '('
            } else if c == '）' {
                ')'
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn table(of: fn(&str) -> Option<Body>, cases: &[(&str, Option<Body>)]) {
        for (text, body) in cases {
            assert_eq!(of(text), *body, "{text}");
        }
    }

    #[test]
    fn titles() {
        table(
            of_title,
            &[
                ("乌有市人民代表大会常务委员会工作报告", Some(Body::Congress)),
                ("南柯市人大常委会工作报告", Some(Body::Congress)),
                ("政协黄粱市第十五届委员会常务委员会工作报告", Some(Body::Consultative)),
                ("中国人民政治协商会议黄粱市委员会工作报告", Some(Body::Consultative)),
                ("政 府 工 作 报 告", Some(Body::Government)),
                ("槐安县人民法院工作报告", Some(Body::Court)),
                ("槐安县人民检察院工作报告（2024年）", Some(Body::Procuratorate)),
                ("在乌有市第八届人民代表大会第三次会议上的政府工作报告", Some(Body::Government)),
                (
                    "政府工作报告——2024年1月8日在乌有市第八届人民代表大会第三次会议上 县长 无名氏",
                    Some(Body::Government),
                ),
                ("乌有市人民代表大会财政经济委员会工作报告", Some(Body::Other)),
                ("乌有市人大常委会教科文卫工作委员会工作报告", Some(Body::Other)),
                ("乌有高新技术产业开发区管委会工作报告", Some(Body::Government)),
                ("南柯地区行政公署工作报告", Some(Body::Government)),
                ("子墟镇人大主席团工作报告", Some(Body::Congress)),
                ("关于乌有市2023年预算执行情况和2024年预算草案的报告", Some(Body::Government)),
                ("关于《乌有市国民经济和社会发展第十四个五年规划纲要（草案）》的报告", Some(Body::Government)),
                ("乌有市第八届人民代表大会第三次会议关于政府工作报告的决议", Some(Body::Government)),
                ("乌有市第八届人民代表大会第三次会议关于市中级人民法院工作报告的决议", Some(Body::Court)),
                ("乌有市第八届人民代表大会第三次会议关于乌有市2023年预算执行情况的决议", Some(Body::Congress)),
                ("政协乌有市第八届委员会第三次会议关于常务委员会工作报告的决议", Some(Body::Consultative)),
                ("镜花市委员会常务委员会工作报告", None),
                ("工作报告", None),
                ("", None),
            ],
        );
    }

    #[test]
    fn formulas() {
        table(
            of_formula,
            &[
                (
                    "现在，我代表乌有县人民政府，向大会报告工作，请予审议，并请县政协委员提出意见。",
                    Some(Body::Government),
                ),
                ("各位代表：我受市人大常委会委托，向大会报告工作，请予审议。", Some(Body::Congress)),
                ("受市第十六届人民代表大会常务委员会的委托，向大会报告", Some(Body::Congress)),
                ("我代表政协第四届乌有市委员会常务委员会，向大会报告工作", Some(Body::Consultative)),
                ("我代表市中级人民法院向大会报告工作", Some(Body::Court)),
                (
                    "受市人民政府委托，向大会报告2023年计划执行情况，请予审查，并请各位政协委员提出意见",
                    Some(Body::Government),
                ),
                ("各位代表，请予审议。", None),
            ],
        );
    }

    #[test]
    fn people_and_meetings() {
        table(
            of_salutation,
            &[("各位委员：", Some(Body::Consultative)), ("各位代表、各位委员：", None), ("同志们：", None)],
        );
        table(
            of_meeting,
            &[
                ("2024年1月8日在政协乌有市第三届委员会第二次会议上", Some(Body::Consultative)),
                ("2024年1月8日在乌有市第八届人民代表大会第三次会议上", None),
            ],
        );
        table(
            mentioned,
            &[
                ("——乌有市人大常委会2022年工作综述", Some(Body::Congress)),
                ("省人大常委会南柯地区工作委员会", Some(Body::Congress)),
                ("2024年1月8日在乌有市第八届人民代表大会第三次会议上", None),
                ("乌有市政府2024", Some(Body::Government)),
            ],
        );
    }

    #[test]
    fn words_tell_where_heads_do_not() {
        let text = [
            "人大代表和政协委员提的建议都办了，人大、政协、人大很满意。",
            "全市生产总值增长，固定资产投资增长，招商引资有成。",
        ];
        assert_eq!(by_words(text.iter().copied(), true), Some(Body::Government));
        assert_eq!(by_words(text.iter().copied(), false), Some(Body::Congress));
        assert_eq!(by_words(["灯亮了。"].into_iter(), true), None);
    }
}
