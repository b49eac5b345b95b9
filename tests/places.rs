//! Whose report a file holds, where one file alone does not tell, or says it in another form.

use std::fs;
use std::path::Path;

use yilan::testing::corpus::load::load_all;
use yilan::testing::corpus::{Body, Corpus, IssueKind};
use yilan::testing::index::cities::{CityIndex, tree};
use yilan::testing::index::search::{Query, search, search_outside};

/// A report whose sentences are its own.
fn report(title: &str, dateline: &str, topic: &str) -> String {
    let mut text = format!("{title}\n{dateline}\n各位代表：\n一、2022年工作回顾\n");
    for n in 0..12 {
        text.push_str(&format!("{topic}第{n}回修了塔，第{n}回点了{topic}的灯，守{topic}的人都说好得很。\n"));
    }
    text + "二、2023年工作安排\n把灯守好。\n"
}

fn load(files: &[(&str, &str)]) -> (tempfile::TempDir, Corpus) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let corpus = load_all(&[folder.path().to_owned()]);
    (folder, corpus)
}

fn places(corpus: &Corpus) -> Vec<String> {
    corpus.reports().map(|(_, _, report)| report.place.clone()).collect()
}

fn is_open(corpus: &Corpus) -> bool {
    corpus.issues().iter().any(|issue| matches!(issue.kind, IssueKind::AmbiguousPlace(..)))
}

#[test]
fn neighbours_settle_a_shared_name_and_else_it_is_an_issue() {
    let shared = report("鼓楼区政府工作报告", "2023年1月10日在鼓楼区第十八届人民代表大会第三次会议上", "甲");
    let (_folder, corpus) = load(&[("2.txt", &shared)]);
    assert!(is_open(&corpus));
    let beside = report("云龙区政府工作报告", "2023年1月10日", "乙");
    let (_folder, corpus) = load(&[("1.txt", &beside), ("2.txt", &shared)]);
    assert_eq!(places(&corpus), ["徐州市云龙区", "徐州市鼓楼区"]);
    assert!(!is_open(&corpus));
    let of_both = report("福州市政府工作报告", "2023年1月10日", "丙");
    let (_folder, corpus) = load(&[("1.txt", &beside), ("1b.txt", &of_both), ("2.txt", &shared)]);
    assert!(is_open(&corpus), "two neighbours settle nothing");
    let (_folder, corpus) = load(&[("1.txt", &shared), ("2.txt", &beside)]);
    assert_eq!(places(&corpus), ["徐州市鼓楼区", "徐州市云龙区"], "what comes later tells as much");
    assert!(!is_open(&corpus));
    let filed: usize = corpus.places().iter().map(|place| place.reports.len()).sum();
    assert_eq!((filed, corpus.report_count()), (2, 2));
    let rows = format!("地区,正文\n云龙区,\"{beside}\"\n鼓楼区,\"{shared}\"\n");
    let (_folder, corpus) = load(&[("1.csv", &rows)]);
    assert_eq!(places(&corpus), ["徐州市云龙区", "徐州市鼓楼区"], "other rows of a table are neighbours too");
    let (_folder, corpus) = load(&[("1.txt", &beside), ("2.txt", &shared), ("3.txt", &of_both)]);
    assert!(is_open(&corpus), "whatever the order");
    let said = "[[file]]\npath = \"2.txt\"\nplace = \"开封市鼓楼区\"\n";
    let (_folder, corpus) = load(&[("2.txt", &shared), ("yilan.toml", said)]);
    assert_eq!(places(&corpus), ["开封市鼓楼区"]);
    assert!(!is_open(&corpus));
}

#[test]
fn a_place_is_one_under_all_its_names() {
    let (_folder, corpus) = load(&[
        ("1.txt", &report("清苑县2013年政府工作报告", "2013年1月10日", "甲")),
        ("2.txt", &report("保定市清苑区2017年政府工作报告", "2017年1月10日", "乙")),
        ("3.txt", &report("易县2017年政府工作报告", "2017年1月10日", "丙")),
    ]);
    assert_eq!(places(&corpus), ["清苑县", "保定市清苑区", "易县"]);
    assert_eq!(corpus.places().len(), 2);
    let place = &corpus.places()[0];
    assert_eq!((place.name.as_str(), place.prefecture.as_str(), place.reports.len()), ("保定市清苑区", "保定市", 2));
    assert_eq!(place.names, ["清苑县"]);
    let index = CityIndex::new(&corpus);
    assert_eq!(index.rank("清苑县").first().map(|found| corpus.place(found.place).name.as_str()), Some("保定市清苑区"));
    let tree = tree(&corpus);
    assert_eq!((tree.len(), tree[0].reports, tree[0].children[0].children.len()), (1, 3, 2));
    for (query, hits) in [("灯 city:清苑县", 26), ("灯 city:保定", 39), ("灯 city:易县", 13)] {
        let mut found = 0;
        search(&corpus, &Query::parse(query).unwrap(), &|| false, &mut |chunk| {
            found += chunk.iter().map(|report| report.spans.len()).sum::<usize>();
        });
        assert_eq!(found, hits, "{query}");
    }
}

#[test]
fn traditional_script_and_stand_ins_are_read_as_the_common_form() {
    let plain =
        report("长春市人民代表大会常务委员会工作报告", "——2023年1月10日在长春市第十六届人民代表大会第三次会议上", "甲");
    let other =
        plain.replace('长', "長").replace("会", "會").replace("报", "報").replace('人', "⼈").replace('大', "⼤");
    let (_folder, corpus) = load(&[("1.txt", &other)]);
    let (_, document, report) = corpus.reports().next().unwrap();
    assert_eq!((report.place.as_str(), report.province.as_str(), report.body), ("长春市", "吉林省", Body::Congress));
    assert_eq!((report.years.as_slice(), report.session_year), (&[2022u16][..], Some(2023)));
    assert!(report.title.starts_with("長春市⼈民代表⼤會"), "{}", report.title);
    assert_eq!(document.text(), other);
    let (_folder, twin) = load(&[("1.txt", &plain)]);
    let (_, _, same) = twin.reports().next().unwrap();
    assert_eq!((report.han, report.chars, report.sections.len()), (same.han, same.chars, same.sections.len()));
    assert!(report.sketch.matches(&same.sketch));
}

#[test]
fn near_identical_reports_count_once() {
    let text = report("乌有市政府工作报告", "2023年1月10日", "甲");
    let slips = format!("来源：子墟日报\n{}", text.replace('，', ",").replace("第3回修", "第4回修"));
    let (folder, _) = load(&[("1.txt", &text), ("2.txt", &slips)]);
    let (encoded, _, _) = encoding_rs::GB18030.encode(&text);
    fs::write(folder.path().join("3.txt"), encoded.as_ref()).unwrap();
    let corpus = load_all(&[folder.path().to_owned()]);
    assert_eq!((corpus.report_count(), corpus.distinct_count()), (3, 1));
    let reasons = corpus.issues().iter().filter(|issue| matches!(issue.kind, IssueKind::Duplicate(..)));
    assert_eq!(reasons.count(), 2);
}

#[test]
fn lines_of_no_report_can_be_searched() {
    let text = format!(
        "守灯文库（www.example.invalid）整理，更多资料请下载\n{}",
        report("乌有市政府工作报告", "2023年1月10日", "甲")
    );
    let (_folder, corpus) = load(&[("1.txt", &text)]);
    let found = search_outside(&corpus, &Query::parse("文库").unwrap(), &|| false);
    assert_eq!(found.iter().map(|hit| hit.line).collect::<Vec<_>>(), [1]);
    assert!(Path::new(&corpus.documents()[found[0].document.0 as usize].path).ends_with("1.txt"));
}
