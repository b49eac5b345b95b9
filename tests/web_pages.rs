//! Reports as people save them from web pages: what is the page's is outside, and the outline is that of the text.

use std::fs;

use yilan::testing::corpus::load::load_all;
use yilan::testing::corpus::{Body, Corpus, LineKind, Reason, ReportKind};

const TEXT: &str = "一年来，守灯人守住了每一夜的灯，盐工晒出了每一季的盐，渔家收回了每一张的网，岸上的人放下了悬着的心，潮水退了三回。";
const PLAN: &str =
    "今年要修三道堤，再把旧闸换成可以自己看潮的新闸，守闸人从此睡得安稳，盐工从此走得放心，灯塔也要换上新灯。";
const TITLE: &str = "乌有市政府工作报告";
const DATE: &str = "——2024年1月8日在乌有市第八届人民代表大会第三次会议上";
const GREETING: &str = "各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议，并请市政协委员提出意见。";
const REVIEW: &str = "一、2023年工作回顾";
const OUTLOOK: &str = "二、2024年工作安排";
const SELF: &str = "三、加强政府自身建设";

fn load(text: &str) -> Corpus {
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join("网页.txt"), text).expect("file");
    load_all(&[folder.path().to_owned()])
}

fn body() -> String {
    format!(
        "{REVIEW}\n{TEXT}\n（一）守灯有成。{TEXT}\n（二）收盐有方。{TEXT}\n{OUTLOOK}\n{PLAN}\n（一）修堤。{PLAN}\n{SELF}\n{PLAN}完。"
    )
}

/// A page: what stands above the greeting, and what stands behind the text.
fn page(head: &str, tail: &str) -> String {
    format!("{head}\n{GREETING}\n{}\n{tail}\n", body())
}

fn parts(corpus: &Corpus) -> Vec<String> {
    let document = corpus.documents().first().expect("a document");
    let report = document.reports.first().expect("a report");
    let own = report.sections.iter().filter(|s| s.level == 1 && !s.run_in);
    own.map(|s| s.title(document.text()).into_owned()).collect()
}

#[test]
fn the_page_around_a_text_is_outside_and_no_heading() {
    let plain = format!("{TITLE}\n{DATE}\n乌有市市长 无名氏");
    let heads = [
        plain.clone(),
        format!(
            "首页\n新闻中心\n政务公开\n当前位置：首页 > 政务公开 > 政府工作报告\n{TITLE}\n发布时间：2024-01-15 09:00 来源：市政府办公室 浏览次数：123 字号：[大 中 小]\n{DATE}\n市长 无名氏"
        ),
        format!(
            "您现在的位置：\n首页\n>\n政务公开\n>\n{TITLE}\n2024-01-15\n信息来源：市政府办公室\n字体：【大】【中】【小】\n{DATE}\n市长 无名氏"
        ),
        format!(
            "索 引 号：000001/2024-00001\n主题分类：政府工作报告\n发文机关：乌有市人民政府\n标 题：{TITLE}\n发文字号：\n有 效 性：有效\n{TITLE}\n{DATE}\n市长 无名氏"
        ),
        format!(
            "打印\n全屏\n收藏\n【字号：\n加大\n还原\n减小\n】\n2024年{TITLE}\n{DATE}\n来源：子墟日报\n时间：2024-02-12\n市长 某某·某某"
        ),
        format!(
            "工作报告\n2024年{TITLE}\n时间：2024-01-15??\t\t作者：某站??\t\t阅读：\n130\n评论：\n0\n内容摘要：\n{DATE}市长 无名氏各位代表：现在，我代表市人民政府向大会报告工作…\n{DATE}\n市长 无名氏"
        ),
        "标题：守灯护航 为建设灯塔名城而奋斗——在乌有市第八届人民代表大会第三次会议上的政府工作报告\n发文单位：乌有市人民政府\n发文时间：2024-01-08\n报告人：乌有市市长 无名氏\n来源URL：http://example.invalid/1\n正文：\n\n——在乌有市第八届人民代表大会第三次会议上的政府工作报告\n（2024年1月8日）".to_owned(),
        format!("{TITLE}\n（征求意见稿）\n2024年1月8日\n乌有市人民政府市长\n无名氏"),
        "守灯护航开新局 晒盐惠民谱新篇\n——2024年1月8日在乌有市第八届人民代表大会第三次会议上的政府工作报告\n乌有市市长 无名氏".to_owned(),
    ];
    let tails = [
        "",
        "谢谢大家！",
        "【打印】【关闭】",
        "分享到：\nQQ空间\n上一篇：\n南柯市2023年政府工作报告\n2024-01-08\n下一篇：\n黄粱市2024年政府工作报告\n相关文章\n01-08\n槐安县2024年政府工作报告\n网站地图",
        "主办单位：乌有市人民政府 承办单位：乌有市政务局\n地址：乌有市守灯路1号 电话：0000-0000000\n乌ICP备00000000号-1 网站标识码：0000000000",
        "免责声明：本文仅代表作者观点，不代表本站立场。凡注明为本站原创作品的，未经许可，不得转载！\n标签：\n2024年\n政府工作报告",
        "END\n来源：子墟日报\n编辑：某甲\n往期推荐\n南柯市政府工作报告来了！\n微信扫一扫\n关注该公众号",
        "乌有市人民政府\n2024年1月8日",
    ];
    for (h, head) in heads.iter().enumerate() {
        for (t, tail) in tails.iter().enumerate() {
            let corpus = load(&page(head, tail));
            assert_eq!(corpus.reports().count(), 1, "head {h} tail {t}");
            assert_eq!(parts(&corpus), [REVIEW, OUTLOOK, SELF], "head {h} tail {t}");
            let (_, document, report) = corpus.reports().next().expect("a report");
            assert_eq!((report.body, report.kind), (Body::Government, ReportKind::Report), "head {h} tail {t}");
            assert_eq!((report.place.as_str(), report.session_year), ("乌有市", Some(2024)), "head {h} tail {t}");
            for (n, line) in (1..).zip(&document.lines) {
                let words = line.span.slice(document.text());
                let own = [TEXT, PLAN, REVIEW, OUTLOOK, SELF, "谢谢"].iter().any(|own| words.contains(own));
                assert!(
                    !own || report.covers(n) && !line.kind.is_outside(),
                    "head {h} tail {t}: {words} is the report's"
                );
                let foreign =
                    ["ICP备", "南柯", "黄粱", "槐安", "QQ空间", "免责"].iter().any(|word| words.contains(word));
                assert!(!foreign || line.kind == LineKind::Chrome, "head {h} tail {t}: {words} is the page's");
            }
        }
    }
}

#[test]
fn a_page_in_a_table_is_read_as_one_in_a_file() {
    let text = page(
        &format!("{TITLE}\n来源:\n子墟日报\n【字体：\n大\n中\n小\n】\n{DATE}\n市长 无名氏"),
        "分享到：\n微信\n上一篇：\n南柯市政府工作报告",
    );
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join("表.csv"), format!("title,full_text\n{TITLE},\"{text}\"\n")).expect("file");
    let table = load_all(&[folder.path().to_owned()]);
    let file = load(&text);
    assert_eq!(parts(&table), parts(&file));
    let figures = |corpus: &Corpus| corpus.reports().map(|(_, _, r)| (r.chars, r.han)).collect::<Vec<_>>();
    assert_eq!(figures(&table), figures(&file));
}

#[test]
fn ways_to_head_a_part() {
    let of = |body: &str| parts(&load(&format!("{TITLE}\n{DATE}\n{GREETING}\n{body}\n")));
    let cases: [(String, &[&str]); 8] = [
        (format!("**{REVIEW}**\n{TEXT}\n**{OUTLOOK}**\n{PLAN}"), &[REVIEW, OUTLOOK]),
        (format!("{REVIEW}：\n{TEXT}\n{OUTLOOK}：\n{PLAN}"), &[REVIEW, OUTLOOK]),
        (
            format!(
                "第一章 2023年工作回顾\n第一节 守灯\n{TEXT}\n第二节 收盐\n{TEXT}完。\n第二章 2024年工作安排\n第一节 修堤\n{PLAN}\n第二节 换闸\n{PLAN}完。"
            ),
            &["第一章 2023年工作回顾", "第二章 2024年工作安排"],
        ),
        (
            format!(
                "守灯看潮的一年\n{TEXT}\n一、守灯\n{TEXT}完。\n二、收盐\n{TEXT}又。\n修堤换闸的新程\n{PLAN}\n一、修堤\n{PLAN}完。\n二、换闸\n{PLAN}又。"
            ),
            &["守灯看潮的一年", "修堤换闸的新程"],
        ),
        // One line without a number above the numbers is no part of theirs.
        (
            format!("守灯看潮的一年\n{TEXT}\n一、守灯\n{TEXT}完。\n二、收盐\n{TEXT}又。"),
            &["守灯看潮的一年", "一、守灯", "二、收盐"],
        ),
        (
            format!(
                "{REVIEW}\n{TEXT}\n（—）守灯。{TEXT}\n（二）收盐。{TEXT}\nl.点灯。{TEXT}\n2.擦灯。{TEXT}\n{OUTLOOK}\n﹙一﹚修堤。{PLAN}\n1）换闸\n{PLAN}"
            ),
            &[REVIEW, OUTLOOK],
        ),
        (
            format!(
                "{REVIEW}\n{TEXT}今年守灯人\n重要讲话\n精神，{TEXT}\n{OUTLOOK}\n做好今年工作，必须认真守灯，全面落实市委九届八\n次全会\n要求，{PLAN}"
            ),
            &[REVIEW, OUTLOOK],
        ),
        (
            format!(
                "{REVIEW}\n{TEXT}\n{OUTLOOK}\n{PLAN}\n附件\n2024年民生实事项目\n序号\n项目名称\n责任单位\n1\n守灯路改造\n市住建局\n名词解释：\n一、灯塔：{TEXT}"
            ),
            &[REVIEW, OUTLOOK, "附件", "名词解释"],
        ),
    ];
    for (n, (body, want)) in cases.iter().enumerate() {
        assert_eq!(of(body), *want, "{n}");
    }
}

#[test]
fn every_line_of_a_page_knows_its_rule() {
    let corpus = load(&page(&format!("{TITLE}\n来源：子墟日报\n市长 无名氏"), "分享到：\n微信"));
    let document = corpus.documents().first().expect("a document");
    let rules: Vec<Reason> = document.lines.iter().map(|line| line.reason).collect();
    assert_eq!(rules[..3], [Reason::Title, Reason::Label, Reason::Speaker]);
    assert_eq!(rules[rules.len() - 2..], [Reason::PageTail; 2]);
    let outside: Vec<u32> =
        document.issues.iter().filter(|i| i.kind.code() == "outside").filter_map(|i| i.line).collect();
    assert_eq!(outside, [15], "the lines of a page's foot are one issue");
}

#[test]
fn text_beside_the_main_column_is_shown_and_is_no_report_s() {
    let folder = tempfile::tempdir().expect("folder");
    let paragraphs: String = body().lines().map(|line| format!("<p>{line}</p>")).collect();
    let html = format!(
        "<body><div><p>本栏说明：守灯的旧照片在灯塔下的小屋里展出，凭船票可看，逢潮落开门。</p></div><div><h1>{TITLE}</h1><p>各位代表：</p>{paragraphs}\
         <p>守灯人敬上</p></div><div><p>往年的报告在水月区的旧书楼里，楼上有灯，要看的人请在白天来。</p></div>"
    );
    fs::write(folder.path().join("网页.html"), html).expect("file");
    let corpus = load_all(&[folder.path().to_owned()]);
    let document = corpus.documents().first().expect("a document");
    let beside: Vec<&str> = document
        .lines
        .iter()
        .filter(|line| line.reason == Reason::Beside)
        .map(|line| line.span.slice(document.text()))
        .collect();
    assert_eq!(beside.len(), 3, "{beside:?}");
    assert!(beside[0].starts_with("本栏说明") && beside[1] == "守灯人敬上" && beside[2].starts_with("往年的报告"));
    assert_eq!(parts(&corpus), [REVIEW, OUTLOOK, SELF]);
    let owned = |n: usize| document.reports[0].ranges.iter().any(|range| range.contains(n as u32 + 1));
    for (n, line) in document.lines.iter().enumerate() {
        assert_eq!(owned(n), !line.kind.is_outside(), "line {}", n + 1);
    }
}

#[test]
fn what_a_reader_of_pictures_misread_is_one_issue_and_is_read_through() {
    let spaced = |text: &str| text.chars().flat_map(|c| [c, ' ']).collect::<String>();
    let bare = body().replace(REVIEW, "—、2O23年工作回顾").replace(OUTLOOK, "ニ、2024年工作安排");
    let text = format!(
        "{TITLE}\n（2024年1月8曰在乌有市第八届人民代表大会第三次会议上）\n{GREETING}\n{bare}\n全市人囗增加l2%。\n"
    );
    let corpus = load(&text);
    assert_eq!(parts(&corpus), ["—、2O23年工作回顾", "ニ、2024年工作安排", SELF]);
    let issues = |corpus: &Corpus| {
        let issues = corpus.documents().first().map(|document| document.issues.clone()).unwrap_or_default();
        issues.into_iter().filter(|i| i.kind.code() == "misread").map(|i| i.line).collect::<Vec<_>>()
    };
    assert_eq!(issues(&corpus), [Some(2)]);
    let apart: Vec<String> = text.lines().map(spaced).collect();
    let corpus = load(&apart.join("\n"));
    assert_eq!(issues(&corpus), [Some(1)]);
    let report = &corpus.documents().first().expect("a document").reports[0];
    assert_eq!(
        (report.place.as_str(), report.years.as_slice(), report.session_year),
        ("乌有市", [2023].as_slice(), Some(2024))
    );
    assert!(issues(&load(&page(&format!("{TITLE}\n{DATE}"), ""))).is_empty());
}

#[test]
fn the_owner_of_a_page_says_the_place_wherever_its_label_stands() {
    let body = body();
    let text = format!(
        "2024年政府工作报告\n各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n{body}\nCopyright © 2024 All Rights Reserved 版权所有：平利县人民政府\n"
    );
    assert_eq!(load(&text).documents()[0].reports[0].place, "平利县");
}
