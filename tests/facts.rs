//! What real documents hold, written down by reading them: place, years, body, kind and the parts of each.
//!
//! The documents are not part of the repository. The test looks for them in the folder that `YILAN_SHARED` names, and
//! says so and passes where it is not set.

use std::collections::BTreeSet;
use std::path::PathBuf;

use yilan::testing::corpus::load::load_all;
use yilan::testing::corpus::{Body, ReportKind};

/// A file: who speaks, of which years, and its headings of level one, each with its line (0 where lines mean nothing).
struct Fact {
    file: &'static str,
    place: &'static str,
    province: &'static str,
    body: Body,
    kind: ReportKind,
    years: (u16, u16),
    session: Option<u16>,
    parts: &'static [(u32, &'static str)],
}

const GOVERNMENT: Fact = Fact {
    file: "",
    place: "全国",
    province: "",
    body: Body::Government,
    kind: ReportKind::Report,
    years: (0, 0),
    session: None,
    parts: &[],
};

const FACTS: &[Fact] = &[
    Fact {
        file: "2010年政府工作报告.txt",
        years: (2009, 2009),
        session: Some(2010),
        parts: &[(10, "一、２００９年工作回顾"), (56, "二、２０１０年主要任务")],
        ..GOVERNMENT
    },
    Fact {
        file: "2011年政府工作报告.txt",
        years: (2010, 2010),
        session: Some(2011),
        parts: &[
            (11, "一、“十一五”时期国民经济和社会发展的回顾"),
            (59, "二、“十二五”时期的主要目标和任务"),
            (83, "三、2011年的工作"),
        ],
        ..GOVERNMENT
    },
    Fact {
        file: "2012年政府工作报告.txt",
        years: (2011, 2011),
        session: Some(2012),
        parts: &[(12, "一、2011年工作回顾"), (66, "二、2012年工作总体部署"), (84, "三、2012年主要任务")],
        ..GOVERNMENT
    },
    Fact {
        file: "2013年政府工作报告.txt",
        years: (2008, 2012),
        session: Some(2013),
        parts: &[
            (12, "一、过去五年工作回顾"),
            (68, "二、今年经济社会发展的总体要求、主要预期目标和宏观经济政策"),
            (89, "三、对今年政府工作的建议"),
        ],
        ..GOVERNMENT
    },
    Fact {
        file: "2014年政府工作报告.txt",
        years: (2013, 2013),
        session: Some(2014),
        parts: &[(7, "一、2013年工作回顾"), (40, "二、2014年工作总体部署"), (50, "三、2014年重点工作")],
        ..GOVERNMENT
    },
    Fact {
        file: "2015年政府工作报告.txt",
        years: (2014, 2014),
        session: Some(2015),
        parts: &[
            (12, "一、2014年工作回顾"),
            (66, "二、2015年工作总体部署"),
            (93, "三、把改革开放扎实推向纵深"),
            (125, "四、协调推动经济稳定增长和结构优化"),
            (161, "五、持续推进民生改善和社会建设"),
            (184, "六、切实加强政府自身建设"),
        ],
        ..GOVERNMENT
    },
    Fact {
        file: "2016年政府工作报告.txt",
        years: (2015, 2015),
        session: Some(2016),
        parts: &[
            (12, "一、2015年工作回顾"),
            (64, "二、\"十三五\"时期主要目标任务和重大举措"),
            (88, "三、2016年重点工作"),
        ],
        ..GOVERNMENT
    },
    Fact {
        file: "2025年吉林省政府工作报告.docx",
        place: "吉林省",
        province: "吉林省",
        years: (2024, 2024),
        session: Some(2025),
        parts: &[(7, "一、2024年工作回顾"), (24, "二、2025年工作安排"), (62, "三、锲而不舍加强政府自身建设")],
        ..GOVERNMENT
    },
    Fact {
        file: "2025年浙江省政府工作报告.docx",
        place: "浙江省",
        province: "浙江省",
        years: (2024, 2024),
        session: Some(2025),
        parts: &[(7, "一、2024年工作回顾"), (24, "二、2025年目标任务和重点工作")],
        ..GOVERNMENT
    },
    Fact {
        file: "2025年甘肃省政府工作报告.docx",
        place: "甘肃省",
        province: "甘肃省",
        years: (2024, 2024),
        session: Some(2025),
        parts: &[(7, "一、2024年工作回顾"), (24, "二、2025年工作总体要求和预期目标"), (29, "三、2025年重点工作")],
        ..GOVERNMENT
    },
    Fact {
        file: "2025年陕西省政府工作报告.docx",
        place: "陕西省",
        province: "陕西省",
        years: (2024, 2024),
        session: Some(2025),
        parts: &[(7, "一、2024年工作回顾"), (20, "二、2025年工作安排")],
        ..GOVERNMENT
    },
    Fact {
        file: "万载县2022统计公报.html",
        place: "万载县",
        province: "江西省",
        body: Body::Other,
        kind: ReportKind::Bulletin,
        years: (2022, 2022),
        parts: &[
            (0, "一、综合"),
            (0, "二、农业"),
            (0, "三、工业与建筑业"),
            (0, "四、服务业"),
            (0, "五、固定资产投资"),
            (0, "六、国内贸易"),
            (0, "七、对外经济"),
            (0, "八、财政金融"),
            (0, "九、居民收入消费和社会保障"),
            (0, "十、教育和科学技术"),
            (0, "十一、文化旅游和卫生健康"),
            (0, "十二、资源和环境保护"),
        ],
        ..GOVERNMENT
    },
    Fact {
        file: "汇编目录2024.txt",
        place: "天津市",
        province: "天津市",
        body: Body::Congress,
        years: (2023, 2023),
        session: Some(2024),
        // The heading stands at the end of the formula's line.
        parts: &[(33, "过去一年的主要工作")],
        ..GOVERNMENT
    },
    Fact {
        file: "海拉尔区2014.txt",
        place: "呼伦贝尔市海拉尔区",
        province: "内蒙古自治区",
        years: (2013, 2013),
        session: Some(2014),
        parts: &[(11, "一、2013年工作回顾"), (55, "二、2014年工作安排")],
        ..GOVERNMENT
    },
    Fact {
        file: "海拉尔区2015.txt",
        place: "呼伦贝尔市海拉尔区",
        province: "内蒙古自治区",
        years: (2014, 2014),
        session: Some(2015),
        parts: &[(9, "一、2014年工作回顾"), (23, "二、2015年工作安排")],
        ..GOVERNMENT
    },
];

#[test]
fn real_documents_are_read_as_a_person_reads_them() {
    let Some(folder) = std::env::var_os("YILAN_SHARED").map(|f| PathBuf::from(f).join("corpus-more")) else {
        println!("skipped: YILAN_SHARED names no folder of real documents");
        return;
    };
    let corpus = load_all(&[folder]);
    let mut unread: BTreeSet<&str> = FACTS.iter().map(|fact| fact.file).collect();
    for (_, document, report) in corpus.reports() {
        let name = document.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(fact) = FACTS.iter().find(|fact| fact.file == name) else { continue };
        assert!(unread.remove(fact.file), "{name}: more than one report");
        assert_eq!((report.place.as_str(), report.province.as_str()), (fact.place, fact.province), "{name}");
        assert_eq!((report.body, report.kind), (fact.body, fact.kind), "{name}");
        assert_eq!(report.years, (fact.years.0..=fact.years.1).collect::<Vec<_>>(), "{name}");
        assert_eq!(report.session_year, fact.session, "{name}");
        let with_lines = fact.parts.iter().all(|(line, _)| *line > 0);
        let parts: Vec<(u32, &str)> = report
            .sections
            .iter()
            .filter(|s| s.level == 1 && !s.run_in)
            .map(|s| (if with_lines { s.line } else { 0 }, s.heading.slice(document.text())))
            .collect();
        assert_eq!(parts, fact.parts, "{name}");
    }
    assert_eq!(unread, BTreeSet::new(), "files without a report");
}

/// Documents saved from web pages: place, province, body, kind, last year and session of each, as the table beside them has them.
/// Alternatives are parted by | or /; ? is not asked.
#[test]
fn documents_saved_from_web_pages_tell_whose_they_are() {
    let Some(folder) = std::env::var_os("YILAN_SHARED").map(|f| PathBuf::from(f).join("corpus-web")) else {
        println!("skipped: YILAN_SHARED names no folder of real documents");
        return;
    };
    let table = std::fs::read_to_string(folder.join("facts.tsv")).unwrap();
    let mut rows = table.lines().map(|row| row.split('\t').collect::<Vec<_>>());
    let names = rows.next().unwrap();
    let column = |name: &str| names.iter().position(|n| *n == name).unwrap();
    let mut wrong = Vec::new();
    let mut asked = 0;
    for row in rows.filter(|row| row.len() == names.len()) {
        let corpus = load_all(&[folder.join(row[0])]);
        let Some((_, _, report)) = corpus.reports().max_by_key(|(_, _, report)| report.han) else {
            wrong.push(format!("{}: no report", row[0]));
            continue;
        };
        let kind = format!("{:?}", report.kind).to_lowercase();
        let year = report.years.last().map(u16::to_string).unwrap_or_default();
        let session = report.session_year.map(|year| year.to_string()).unwrap_or_default();
        for (name, got) in [
            ("place", report.place.as_str()),
            ("province", report.province.as_str()),
            ("body", report.body.name()),
            ("kind", kind.as_str()),
            ("year_last", year.as_str()),
            ("session", session.as_str()),
        ] {
            let want = row[column(name)];
            asked += usize::from(want != "?");
            if want != "?" && !want.split(['|', '/']).any(|one| one == got) {
                wrong.push(format!("{}: {name} is {want}, not {got}", row[0]));
            }
        }
    }
    assert!(asked > 0);
    assert_eq!(wrong, [] as [String; 0]);
}
