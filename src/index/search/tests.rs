//! Search against a naive scan, and its order, limits and stopping.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;

use super::*;
use crate::corpus::LineRange;
use crate::index::fixture;
use crate::text::fold::fold_char;

/// Hits by comparing folded characters one by one, line by line.
fn naive(document: &Document, query: &Query) -> Vec<Span> {
    let mut spans = Vec::new();
    for number in document.reports[0].line_numbers() {
        let Some(line) = document.line(number).filter(|l| scan::is_searched(l.kind)) else { continue };
        let text = line.span.slice(&document.text);
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let wanted: Vec<char> = query.text().chars().map(fold_char).collect();
        let mut at = 0;
        while at + wanted.len() <= chars.len() {
            if chars[at..].iter().zip(&wanted).all(|((_, c), w)| fold_char(*c) == *w) {
                let start = line.span.start as usize + chars[at].0;
                let next = at + wanted.len();
                let end = line.span.start as usize + chars.get(next).map_or(text.len(), |(i, _)| *i);
                spans.push(Span::of(start..end));
                at = next;
            } else {
                at += 1;
            }
        }
    }
    spans
}

fn found(document: &Document, query: &str) -> Vec<String> {
    let query = Query::parse(query).unwrap();
    search_report(document, 0, &query).iter().map(|s| s.slice(&document.text).to_owned()).collect()
}

#[test]
fn queries_find_every_width_and_case() {
    let document =
        fixture::document("云和市", "（一）加强监督,推进 C919、Ｃ９１９和c919。\n(一)强化监督，哈哈哈哈哈。");
    let cases: [(&str, &[&str]); 10] = [
        ("(一)", &["（一）", "(一)"]),
        ("（一）强", &["(一)强"]),
        ("监督，", &["监督,", "监督，"]),
        ("c919", &["C919", "Ｃ９１９", "c919"]),
        ("C919、", &["C919、"]),
        ("９", &["9", "9", "９", "９", "9", "9"]),
        (",推进　c", &[",推进 C"]),
        ("哈哈", &["哈哈", "哈哈"]),
        ("。", &["。", "。"]),
        ("。\n(", &[]),
    ];
    for (query, want) in cases {
        assert_eq!(found(&document, query), want, "{query}");
    }
}

#[test]
fn repeats_and_outside_lines_do_not_count_and_headings_do() {
    let document =
        fixture::document("云和市", "= 乡村报告\n#1 一、乡村\n乡村振兴\n~ 乡村振兴\n@ 乡村记者\n! 乡村广告\n振兴乡");
    assert_eq!(found(&document, "乡村").len(), 4);
    assert_eq!(found(&document, "振兴").len(), 2);
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
    let (mut all, mut counts) = (Vec::new(), HitCounts::default());
    let query = Query::parse("开放").unwrap();
    assert!(search(&corpus, &query, &|| false, &mut |chunk| {
        counts.add(&corpus, &chunk);
        all.extend(chunk);
    }));
    assert!(all.is_sorted_by_key(|hits| hits.report));
    let want: usize = (0..40).map(|i| 1 + i % 7 * 400).sum();
    assert_eq!((counts.total, counts.reports, counts.places()), (want as u64, 40, 1));
    let place = corpus.place_of(all[0].report).unwrap();
    assert_eq!((counts.of(place), counts.most()), (want as u32, want as u32));
}

#[test]
fn a_large_document_is_left_at_once_when_cancelled() {
    let big = "全市经济平稳运行，".repeat(200_000);
    let corpus = fixture::corpus(vec![fixture::document("云和市", &big)]);
    let (asked, query) = (AtomicUsize::new(0), Query::parse("不存在").unwrap());
    let mut chunks = 0;
    let whole = search(&corpus, &query, &|| asked.fetch_add(1, Ordering::Relaxed) >= 3, &mut |_| chunks += 1);
    assert!(!whole);
    assert_eq!((asked.load(Ordering::Relaxed), chunks), (4, 0));
}

#[test]
fn hits_across_window_borders_are_found_once() {
    let (word, filler) = ("乡村振兴（2022）", "全面推进".repeat(3));
    let text = format!("{word}{filler}").repeat(30_000);
    let document = fixture::document("云和市", &text);
    for query in ["乡村振兴(2022)", "振兴", "2022", ")"] {
        assert_eq!(found(&document, query).len(), 30_000, "{query}");
    }
}

proptest! {
    #[test]
    fn search_equals_a_naive_scan(
        lines in prop::collection::vec("[一二监督aAａb,，(（“”\"é É　1１ſ😀]{0,24}", 1..5),
        query in "[一二监督aAａb,，(（“”\"é É　1１ſ😀]{1,4}",
        pick in any::<prop::sample::Index>(),
        len in 1usize..6,
    ) {
        let document = fixture::document("云和市", &format!("一\n{}", lines.join("\n")));
        let chars: Vec<char> = document.text.chars().collect();
        let start = pick.index(chars.len());
        let drawn: String = chars[start..(start + len).min(chars.len())].iter().collect();
        for text in [query, drawn] {
            if let Some(query) = Query::parse(&text) {
                prop_assert_eq!(search_report(&document, 0, &query), naive(&document, &query), "{:?}", query);
            }
        }
    }
}
