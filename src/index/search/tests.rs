//! What queries find, by example; and the order, the limits and the stopping of a search.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::corpus::{LineKind, LineRange};
use crate::index::fixture;

pub(super) fn one(document: &Document) -> Corpus {
    let mut corpus = Corpus::default();
    corpus.push(Arc::new(document.clone()));
    corpus
}

pub(super) fn first() -> ReportId {
    ReportId { document: crate::corpus::DocumentId(0), index: 0 }
}

fn found(document: &Document, query: &str) -> Vec<String> {
    let query = Query::parse(query).unwrap();
    search_report(document, 0, &query).iter().map(|s| s.slice(document.text()).to_owned()).collect()
}

pub(super) fn read(query: &str, options: QueryOptions) -> Query {
    Query::read(query, options).unwrap()
}

/// Counts of all reports with hits.
pub(super) fn counts(corpus: &Corpus, query: &Query) -> Vec<ReportCount> {
    let index = SearchIndex::new();
    index.sync(corpus);
    let mut all = Vec::new();
    assert!(Search::new(corpus, &index, query).count(&|| false, &mut |chunk| all.extend(chunk)));
    all
}

#[test]
fn queries_find_every_width_case_and_script() {
    let document = fixture::document(
        "云和市",
        "（一）加强监督,推进 C919、Ｃ９１９和c919。\n(一)强化监督，哈哈哈哈哈。\n全面推進鄉村振興，2022 年“好”。",
    );
    let cases: [(&str, &[&str]); 15] = [
        ("(一)", &["（一）", "(一)"]),
        ("（一）强", &["(一)强"]),
        ("监督，", &["监督,", "监督，"]),
        ("c919", &["C919", "Ｃ９１９", "c919"]),
        ("C919、", &["C919、"]),
        ("９", &["9", "9", "９", "９", "9", "9"]),
        ("\",推进　c\"", &[",推进 C"]),
        ("推进C", &["推进 C"]),
        ("哈哈", &["哈哈", "哈哈"]),
        ("乡村振兴", &["鄉村振興"]),
        ("鄉村", &["鄉村"]),
        ("2022年", &["2022 年"]),
        ("\"\\\"好”\"", &["“好”"]),
        ("。", &["。", "。", "。"]),
        ("。(", &[]),
    ];
    for (query, want) in cases {
        assert_eq!(found(&document, query), want, "{query}");
    }
    let exact = QueryOptions { exact: true, ..QueryOptions::default() };
    let exactly = |query: &str| search_report(&document, 0, &read(query, exact)).len();
    assert_eq!(
        (exactly("c919"), exactly("C919"), exactly("乡村"), exactly("鄉村"), exactly("2022年")),
        (1, 1, 0, 1, 0)
    );
}

#[test]
fn what_does_not_count_is_counted_apart_and_outside_lines_never() {
    let document =
        fixture::document("云和市", "= 乡村报告\n#1 一、乡村\n乡村振兴\n~ 乡村振兴\n@ 乡村记者\n! 乡村广告\n振兴乡");
    assert_eq!(found(&document, "乡村").len(), 3);
    assert_eq!(found(&document, "振兴").len(), 2);
    let corpus = one(&document);
    let query = Query::parse("乡村").unwrap();
    assert_eq!(counts(&corpus, &query), [ReportCount { report: first(), hits: 3, repeats: 1, furniture: 1 }]);
    let with = read("乡村", QueryOptions { repeats: true, ..QueryOptions::default() });
    assert_eq!(counts(&corpus, &with), [ReportCount { report: first(), hits: 5, repeats: 1, furniture: 1 }]);
    let hits = Search::new(&corpus, &SearchIndex::new(), &with).hits_in(first());
    assert!(hits.len() == 5 && hits.is_sorted_by_key(|hit| hit.span));
}

#[test]
fn a_broken_paragraph_is_whole() {
    let mut document = fixture::document("云和市", "全面推进乡\n@ 记者甲\n村振兴，守好\n~ 村振兴\n灯塔。\n振兴");
    document.lines[1].kind = LineKind::Caption;
    document.lines[2].joins = true;
    document.lines[4].joins = true;
    let corpus = one(&document);
    let search =
        |query: &str| Search::new(&corpus, &SearchIndex::new(), &Query::parse(query).unwrap()).hits_in(first());
    let parts = |query: &str| -> Vec<Vec<String>> {
        search(query).iter().map(|h| h.parts().map(|s| s.slice(document.text()).to_owned()).collect()).collect()
    };
    assert_eq!(parts("乡村振兴"), [["乡", "村振兴"]]);
    assert_eq!(parts("好灯"), [["好", "灯"]]);
    assert_eq!(parts("乡村振兴，守好灯"), [["乡", "村振兴，守好", "灯"]]);
    assert_eq!(parts("推进 灯塔"), [["推进"]]);
    assert_eq!(parts("灯塔振兴"), Vec::<Vec<String>>::new());
    assert_eq!(parts("记者"), Vec::<Vec<String>>::new());
    // As one span only where nothing stands between.
    let spans = |query: &str| found(&document, query);
    assert_eq!(spans("乡村"), ["乡"]);
}

#[test]
fn conditions_choose_hits() {
    let document = fixture::document(
        "云和市",
        "产业振兴，发展乡村产业。\n乡村振兴好。\n乡村里有学校，也有一座很高很高的灯塔和产业。\n产业产业",
    );
    let cases = [
        ("产业", 5),
        ("产业 乡村", 3),
        ("乡村 产业", 2),
        ("乡村 -产业", 1),
        ("产业 -乡村", 2),
        ("产业 -乡村|学校", 2),
        ("乡村|产业", 8),
        ("乡村 | 学校", 4),
        ("乡村 ~0 产业", 1),
        ("乡村 ~3 产业", 1),
        ("产业 ~4 乡村", 1),
        ("产业 ~5 乡村", 2),
        ("乡村 ~99 产业", 2),
        ("产业 ~0 产业", 2),
        ("学校 乡村 ~2 有", 1),
        ("学校 乡村 ~1 灯塔", 0),
        ("\"乡村 振兴\"", 1),
        ("re:乡村|学校", 4),
        ("re:^产业", 2),
        ("py:chanye", 5),
        ("py:xczx 好", 1),
    ];
    for (query, want) in cases {
        assert_eq!(found(&document, query).len(), want, "{query}");
    }
    let corpus = one(&document);
    let search = Search::new(&corpus, &SearchIndex::new(), &Query::parse("学校 乡村 ~2 有").unwrap());
    let found = search.found_until(first(), &|| false).unwrap();
    assert_eq!(found.hits, search.hits_in(first()));
    let marked: Vec<&str> = found.companions.iter().map(|s| s.slice(document.text())).collect();
    assert_eq!(marked, ["乡村", "有", "有"]);
}

#[test]
fn filters_choose_reports_and_parts() {
    let text = "#1 2022年工作回顾\n修了灯塔\n#1 2023年打算\n再修灯塔";
    let mut other = fixture::document("雾山县", text);
    other.reports[0].body = crate::corpus::Body::Court;
    other.reports[0].years = vec![2020, 2021];
    let corpus = fixture::corpus(vec![fixture::document("云和市", text), other]);
    let cases = [
        ("灯塔", 4),
        ("灯塔 city:云和", 2),
        ("灯塔 城市：yunhe|wushan", 4),
        ("灯塔 -city:yh", 2),
        ("灯塔 province:云州", 4),
        ("灯塔 省:吉林", 0),
        ("灯塔 body:法院", 2),
        ("灯塔 机构:rd|zx", 2),
        ("灯塔 year:2021", 2),
        ("灯塔 年:2021-2022", 4),
        ("灯塔 part:打算", 2),
        ("灯塔 部分:回顾 city:云和", 1),
        ("灯塔 -part:review", 2),
        ("再修 part:回顾", 0),
    ];
    for (query, want) in cases {
        let query = Query::parse(query).unwrap();
        let total: u32 = counts(&corpus, &query).iter().map(|count| count.hits).sum();
        assert_eq!(total, want, "{query}");
        let alone = corpus.documents().iter().map(|d| search_report(d, 0, &query).len()).sum::<usize>();
        assert_eq!(alone, want as usize, "{query}");
    }
    let mut sums = HitCounts::default();
    let query = Query::parse("灯塔 body:法院").unwrap();
    sums.add_counts(&corpus, &counts(&corpus, &query));
    let search = Search::new(&corpus, &SearchIndex::new(), &query);
    assert!(sums.silent(&corpus, |id| search.admits(id)).is_empty());
    assert_eq!(sums.silent(&corpus, |_| true).len(), 1);
}

#[test]
fn only_the_ranges_of_the_report_are_searched_in_order() {
    let mut document = fixture::document("云和市", "甲一\n甲二\n甲三\n甲四\n甲五");
    document.reports[0].ranges =
        vec![LineRange { first: 1, last: 2 }, LineRange { first: 4, last: 4 }, LineRange { first: 9, last: 12 }];
    let query = Query::parse("甲").unwrap();
    let lines: Vec<u32> = search_report(&document, 0, &query).iter().map(|s| document.line_at(s.start)).collect();
    assert_eq!(lines, [1, 2, 4]);
    assert!(search_report(&document, 7, &query).is_empty());
}

#[test]
fn chunks_come_in_corpus_order_and_add_up() {
    let documents = (0..40)
        .map(|i| {
            let body = format!("开放{}\n", "发展与开放".repeat(i % 7 * 400));
            fixture::reports(&[("云和市", body.as_str()), ("雾山县", "发展")])
        })
        .collect();
    let corpus = fixture::corpus(documents);
    let (mut all, mut sums) = (Vec::new(), HitCounts::default());
    let query = Query::parse("开放").unwrap();
    assert!(search(&corpus, &query, &|| false, &mut |chunk| {
        sums.add(&corpus, &chunk);
        all.extend(chunk);
    }));
    assert!(all.is_sorted_by_key(|hits| hits.report));
    let want: usize = (0..40).map(|i| 1 + i % 7 * 400).sum();
    assert_eq!((sums.total, sums.reports, sums.places()), (want as u64, 40, 1));
    let place = corpus.place_of(all[0].report).unwrap();
    assert_eq!((sums.of(place), sums.most()), (want as u32, want as u32));
    let counted = counts(&corpus, &query);
    assert!(counted.iter().zip(&all).all(|(c, h)| c.report == h.report && c.hits as usize == h.spans.len()));
    let index = SearchIndex::new();
    index.sync(&corpus);
    let mut within = Vec::new();
    let longer = Query::parse("与开放").unwrap();
    Search::new(&corpus, &index, &longer).count_within(&counted, &|| false, &mut |chunk| within.extend(chunk));
    assert_eq!(within, counts(&corpus, &longer));
}

#[test]
fn a_large_document_is_left_at_once_when_cancelled() {
    let big = "全市经济平稳运行，".repeat(200_000);
    let corpus = fixture::corpus(vec![fixture::document("云和市", &big)]);
    let index = SearchIndex::new();
    index.sync(&corpus);
    for built in [false, true] {
        for query in ["不存在", "经济", "re:不.*在", "py:bcz", "不|在", "经济 ~3 不存在"] {
            let (asked, query) = (AtomicUsize::new(0), Query::parse(query).unwrap());
            let mut chunks = 0;
            let stop = || asked.fetch_add(1, Ordering::Relaxed) >= 3;
            assert!(!Search::new(&corpus, &index, &query).count(&stop, &mut |_| chunks += 1), "{query}");
            assert_eq!((asked.load(Ordering::Relaxed), chunks), (4, 0), "{query} {built}");
        }
        index.build(&|| false);
    }
}

#[test]
fn hits_across_window_borders_are_found_once() {
    let (word, filler) = ("乡村振兴（2022）", "全面推进".repeat(3));
    let text = format!("{word}{filler}").repeat(30_000);
    let document = fixture::document("云和市", &text);
    for query in ["乡村振兴(2022)", "振兴", "2022", ")", "振兴|2022)全", "re:振.\\(", "re:\\d{4}", "py:zx(2"]
    {
        let times = if query.contains('|') { 2 } else { 1 };
        let query = Query::parse(query).unwrap();
        let corpus = one(&document);
        assert_eq!(counts(&corpus, &query)[0].hits, 30_000 * times, "{query}");
    }
    assert_eq!(found(&document, "振兴(2022)全").len(), 30_000);
}

#[test]
fn faults_say_where_and_why() {
    use QueryErrorKind as K;
    let cases = [
        ("", 0..0, K::Blank),
        (" 　", 0..2, K::Blank),
        ("-乡村", 0..3, K::NothingToFind),
        ("-city:长春", 0..8, K::NothingToFind),
        ("乡 \"村", 2..4, K::OpenQuote),
        ("乡 -", 2..3, K::Missing("-".into())),
        ("乡|", 1..2, K::Missing("|".into())),
        ("| 乡", 0..1, K::Misplaced("|".into())),
        ("乡 ~5", 2..4, K::Missing("~".into())),
        ("~5 乡", 0..2, K::Misplaced("~".into())),
        ("乡 ~5 -村", 5..7, K::Misplaced("~".into())),
        ("乡 ~99999 村", 2..8, K::Distance),
        ("乡 year:20", 7..9, K::BadValue(QueryField::Year)),
        ("乡 body:人大|公司", 10..12, K::BadValue(QueryField::Body)),
        ("乡 部分：", 2..5, K::Missing("部分：".into())),
        ("乡 \"\"", 2..4, K::EmptyTerm),
        ("py:", 0..3, K::Missing("py:".into())),
        ("乡 re:*", 5..5, K::Regex(String::new())),
        ("re:乡*", 3..5, K::RegexEmpty),
    ];
    for (query, chars, kind) in cases {
        let error = Query::read(query, QueryOptions::default()).unwrap_err();
        assert_eq!(error.chars(query), chars, "{query}");
        match kind {
            K::Regex(_) => assert!(matches!(error.kind, K::Regex(_))),
            kind => assert_eq!(error.kind, kind, "{query}"),
        }
        for lang in [crate::text::Lang::Zh, crate::text::Lang::En] {
            assert!(!error.message(lang).is_empty());
        }
    }
}

#[test]
fn modes_read_the_same_words_in_other_ways() {
    let regex = QueryOptions { regex: true, ..QueryOptions::default() };
    assert_eq!(read("乡村 .{2}|a b", regex).to_string(), "re:\"乡村 .{2}|a b\"");
    let pinyin = QueryOptions { pinyin: true, ..QueryOptions::default() };
    assert_eq!(read("乡cunzx -chanye 好 \"gdp\"", pinyin).to_string(), "py:乡cunzx 好 gdp -py:chanye");
    assert!(Query::read("乡(", regex).is_err());
}

#[test]
fn conditions_alone_find_every_paragraph_once() {
    let document = fixture::document(
        "乌有市",
        "#1 2022年工作回顾\n#2 一、兴修水利\n修渠，引水。\n，只有标点开头的一段\n#1 2023年工作打算\n把渠修到山脚\n，再植树",
    );
    let corpus = one(&document);
    let count = |query: &str| {
        let query = Query::parse(query).unwrap_or_else(|| panic!("{query}"));
        counts(&corpus, &query).iter().map(|count| count.hits).sum::<u32>()
    };
    let plan = count("part:打算");
    assert!(plan > 0 && plan < count("title:报告"), "{plan}");
    // Every paragraph holds some character, and no two hits of this pattern begin in one.
    assert_eq!(count("title:报告"), count("re:^. title:报告"));
    assert_eq!(plan, count("re:^. part:打算"));
    assert_eq!(count("part:打算 -山"), count("re:^. part:打算 -山"));
    let query = Query::parse("part:打算 ").unwrap();
    assert!(query.is_of_paragraphs() && !Query::parse("山 part:打算").unwrap().is_of_paragraphs());
    assert_eq!(Query::parse(&query.to_string()).unwrap().to_string(), query.to_string());
    assert!(Query::parse("山 part:打算").unwrap().narrows(&query));
}
