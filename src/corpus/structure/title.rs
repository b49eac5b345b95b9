//! What a title says its text is: a work report, a resolution, a bulletin, another report to the session.
//!
//! In: one trimmed line. Out: its [`TitleShape`]. Does not know about the lines around it: `split` weighs those.

use crate::corpus::ReportKind;
use crate::corpus::structure::numbering::Family;
use crate::corpus::structure::{line_predicates, numbering};

/// A title, read from one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleShape {
    /// The title with blanks inside removed, number, page number and footnote mark taken off.
    pub text: String,
    /// It carries a number or a page number, as in a contents list.
    pub listed: bool,
    /// What it is the title of.
    pub kind: ReportKind,
}

/// Whether the line could be the title of a work report (人大常委会工作报告, 政 府 工 作 报 告, …).
pub fn title_shape(line: &str) -> Option<TitleShape> {
    // Cheap refusals first: this is asked of every line.
    if line.len() > 240 || line.len() < "工作报告".len() || !line.contains('告') {
        return None;
    }
    let bare = Bare::of(line);
    let core = bare.core();
    let ends =
        ["工作报告", "工作的报告", "工作情况报告", "工作情况的报告", "工作情况报告书", "工作报告全文", "工作报告实录"]
            .iter()
            .any(|w| core.ends_with(w));
    let organ = ["人大", "人民代表大会", "政协", "政治协商会议", "委员会", "常委会", "政府", "公署", "法院", "检察院"]
        .iter()
        .any(|w| core.contains(w));
    let alone = core == "工作报告";
    let sentence = core.contains(['。', '，', ',', '；', '：', ':', '！', '、', '《', '“']);
    let asks = [
        "听取",
        "审议",
        "关于",
        "决议",
        "通过",
        "起草",
        "撰写",
        "怎样",
        "如何",
        "范文",
        "汇编",
        "合集",
        "目录",
        "解读",
        "要点",
        "作政府工作",
        "作工作报告",
        "所作",
        "学习",
        "贯彻",
    ]
    .iter()
    .any(|w| core.contains(w));
    (ends && (organ || alone) && !sentence && !asks && !tells_who_spoke(core) && line_predicates::is_short(core, 45))
        .then(|| bare.into_shape(ReportKind::Report))
}

/// 某某出席 某某作市人大常委会工作报告: a headline about a report. 焦作市, 合作, 工作, 运作 are words of their own.
pub fn tells_who_spoke(core: &str) -> bool {
    const WORDS: &str = "焦合工协运操制创写著动农耕劳炒习当叫看称";
    let gives = core.match_indices(['作', '做']).any(|(at, _)| {
        let before = core.get(..at).and_then(|head| head.chars().next_back());
        before.is_some_and(|c| crate::text::han::is_han(c) && !WORDS.contains(c))
    });
    gives || ["出席", "主持", "开幕", "闭幕"].iter().any(|word| core.contains(word))
}

/// Whether the line could be the title of a text that goes with work reports but is none: a resolution (…的决议), a
/// statistical bulletin (…统计公报), a report on plan or budget.
pub fn other_shape(line: &str) -> Option<TitleShape> {
    if line.len() > 240 || !(line.contains('报') || line.contains('议') || line.contains('定')) {
        return None;
    }
    let bare = Bare::of(line);
    let core = bare.core();
    let plain = !core.contains(['。', '，', ',', '；', '：', ':', '！', '“']) && line_predicates::is_short(core, 70);
    let kind = if (core.ends_with("的决议") && core.contains("关于"))
        || (core.ends_with("的决定") && core.contains("会议关于"))
    {
        ReportKind::Resolution
    } else if core.ends_with("公报") && ["统计", "国民经济", "普查"].iter().any(|w| core.contains(w)) {
        ReportKind::Bulletin
    } else if core.ends_with("报告")
        && core.contains("关于")
        && ["计划", "预算", "决算", "规划"].iter().any(|w| core.contains(w))
    {
        ReportKind::Other
    } else {
        return None;
    };
    plain.then(|| bare.into_shape(kind))
}

/// What stands behind 标题：, if the line is so labelled.
pub fn labelled(line: &str) -> Option<&str> {
    if line.len() > 400 {
        return None;
    }
    let bare = line.trim_start_matches(['【', '[', '〖']);
    let rest = ["标题", "题名", "题目", "文章标题", "信息标题", "信息名称", "报告标题", "title", "Title"]
        .iter()
        .find_map(|name| {
            let rest = bare.strip_prefix(name)?.trim_start_matches(['】', ']', '〗', ' ', '\u{3000}']);
            rest.strip_prefix(['：', ':']).or_else(|| (bare.len() < line.len()).then_some(rest))
        })?;
    let title = rest.trim();
    (title.chars().any(crate::text::han::is_han)).then_some(title)
}

/// Whether two titles can be of one report: one says what the other says, years and brackets aside, or one of them names
/// nobody.
pub fn say_the_same(one: &str, other: &str) -> bool {
    let (one, other) = (own_name(one), own_name(other));
    let organ = |name: &str| ORGANS.iter().position(|words| words.iter().any(|word| name.contains(word)));
    match (organ(&one), organ(&other)) {
        (Some(a), Some(b)) if a != b => return false,
        _ => {}
    }
    let bare = |name: &str| {
        ORGANS.iter().flat_map(|words| words.iter()).fold(name.to_owned(), |name, word| name.replace(word, ""))
    };
    let (one, other) = (bare(&one), bare(&other));
    one.is_empty() || other.is_empty() || one.contains(&other) || other.contains(&one)
}

/// How much a title tells: the characters of its name, years and generic words aside.
pub fn fullness(title: &str) -> (usize, usize) {
    (own_name(title).chars().count(), title.chars().count())
}

const ORGANS: [&[&str]; 5] = [
    &["人民政府", "政府"],
    &["人民代表大会常务委员会", "人大常委会", "人民代表大会", "人大"],
    &["政治协商会议", "政协", "委员会常务委员会"],
    &["人民法院", "法院"],
    &["人民检察院", "检察院"],
];

/// A title without its years, its brackets, and the words every such title ends in.
fn own_name(title: &str) -> String {
    let mut name: String =
        title.split(['（', '(', '【']).next().filter(|head| !head.is_empty()).unwrap_or(title).to_owned();
    name.retain(|c| {
        !c.is_whitespace() && crate::text::numeral::digit(c).is_none() && !matches!(c, '年' | '度' | '—' | '《' | '》')
    });
    for word in ["工作情况报告", "工作的报告", "工作报告", "关于", "全文", "实录"] {
        name = name.replace(word, "");
    }
    name
}

/// A line without what a list, a page or a footnote adds to a title.
struct Bare {
    compact: String,
    listed: bool,
}

impl Bare {
    fn of(line: &str) -> Self {
        let mark = numbering::mark(line);
        let line = line.trim_start_matches('#').trim();
        let body = mark.map_or(line, |m| line.get(m.bytes..).unwrap_or(line));
        let mut compact: String = body.chars().filter(|c| !c.is_whitespace()).collect();
        compact.truncate(line_predicates::without_note_mark(&compact).len());
        let with_page = compact.len();
        while compact.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·')) {
            compact.pop();
        }
        let counted = mark.is_some_and(|m| m.family != Family::Dash);
        let listed = counted || compact.len() < with_page;
        Self { compact, listed }
    }

    /// The title proper: without quotes, and without what stands in brackets or behind a dash at its end.
    fn core(&self) -> &str {
        let mut core = self.compact.as_str();
        for (open, close) in [('(', ')'), ('（', '）'), ('【', '】'), ('[', ']')] {
            if core.ends_with(close) {
                core = core.rfind(open).map_or(core, |at| &core[..at]);
            }
        }
        core = core.split("——").next().filter(|head| !head.is_empty()).unwrap_or(core);
        core.trim_matches(['《', '》', '“', '”'])
    }

    fn into_shape(self, kind: ReportKind) -> TitleShape {
        TitleShape { text: self.compact.trim_matches(['《', '》']).to_owned(), listed: self.listed, kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        let title = |line| title_shape(line).map(|t| (t.text, t.listed));
        assert_eq!(title("乌有市人大常委会工作报告"), Some(("乌有市人大常委会工作报告".into(), false)));
        assert_eq!(title("政 府 工 作 报 告"), Some(("政府工作报告".into(), false)));
        assert_eq!(title("3.南柯市人大常委会工作报告"), Some(("南柯市人大常委会工作报告".into(), true)));
        assert_eq!(
            title("黄粱市人民代表大会常务委员会工作报告 13"),
            Some(("黄粱市人民代表大会常务委员会工作报告".into(), true))
        );
        assert_eq!(title("# 槐安县人民法院工作报告（摘要）"), Some(("槐安县人民法院工作报告（摘要）".into(), false)));
        assert!(title("焦作市政府工作报告").is_some() && title("合作市人大常委会工作报告").is_some());
        for line in [
            "听取和审议市政府工作报告",
            "起草政府工作报告",
            "我代表市政府作政府工作报告，请审议。",
            "关于市人大常委会工作报告的决议",
            "无名氏出席 有名氏作州人大常委会工作报告",
            "无名氏做政府工作报告",
            "调研报告",
            "《政府工作报告》提出",
            "",
        ] {
            assert_eq!(title_shape(line), None, "{line}");
        }
    }

    #[test]
    fn a_footnote_mark_or_a_date_behind_a_dash_is_no_part_of_the_title() {
        assert_eq!(title_shape("政府工作报告①").map(|t| t.text), Some("政府工作报告".into()));
        assert!(title_shape("政府工作报告——2024年1月8日在乌有市第八届人民代表大会第三次会议上").is_some());
        assert!(title_shape("2024年乌有市政府工作报告（全文）").is_some());
        assert!(title_shape("乌有市政府工作报告要点解读").is_none());
    }

    #[test]
    fn a_dateline_that_ends_in_the_report_is_no_title() {
        assert!(
            title_shape("2024年1月8日在乌有市第八届人民代表大会第三次会议上乌有市市长无名氏作政府工作报告").is_none()
        );
    }

    #[test]
    fn a_label_says_what_the_title_is() {
        assert_eq!(
            labelled("标题：守灯护航——在乌有市第八届人民代表大会上的报告"),
            Some("守灯护航——在乌有市第八届人民代表大会上的报告")
        );
        assert_eq!(labelled("【标题】乌有市政府工作报告"), Some("乌有市政府工作报告"));
        assert_eq!(labelled("标题党不守灯"), None);
        assert_eq!(labelled("标题："), None);
    }

    #[test]
    fn titles_of_one_report() {
        assert!(say_the_same("乌有市南柯区2024年政府工作报告", "政府工作报告"));
        assert!(say_the_same("2024年南柯区政府工作报告", "乌有市南柯区2024年政府工作报告（全文）"));
        assert!(say_the_same("工作报告", "南柯区2024年政府工作报告"));
        assert!(!say_the_same("南柯市政府工作报告", "乌有市政府工作报告"));
        assert!(!say_the_same("乌有市政府工作报告", "人大常委会工作报告"));
        assert!(!say_the_same("南柯市政府工作报告", "乌有市人大常委会工作报告"));
        assert!(fullness("乌有市南柯区2024年政府工作报告") > fullness("政府工作报告"));
        assert!(fullness("2024年政府工作报告") > fullness("政府工作报告"));
    }

    #[test]
    fn what_goes_with_work_reports() {
        let kind = |line| other_shape(line).map(|t| t.kind);
        assert_eq!(kind("乌有市第八届人民代表大会第三次会议关于政府工作报告的决议"), Some(ReportKind::Resolution));
        assert_eq!(kind("槐安县2023年国民经济和社会发展统计公报"), Some(ReportKind::Bulletin));
        assert_eq!(kind("关于乌有市2023年预算执行情况和2024年预算草案的报告"), Some(ReportKind::Other));
        for line in ["会议通过了关于政府工作报告的决议。", "乌有市人大常委会工作报告", "认真执行人大的决议", ""]
        {
            assert_eq!(kind(line), None, "{line}");
        }
    }
}
