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
