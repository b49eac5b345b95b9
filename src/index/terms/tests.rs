//! Counts and keywords on small texts whose figures can be worked out by hand.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::tabulate::count_terms;
use super::*;
use crate::corpus::{Corpus, DocumentId, ReportId};
use crate::index::fixture::{corpus, document, reports};
use crate::index::stats;

const DRAFT: &str = "= 云和市工作报告\n发展旅游\n#1 一、工作回顾\n> 抓好旅游。旅游带动农业。\n> 抓好农业。稳住农业。\n~ 发展旅游\n@ 记者旅游\n#1 二、工作打算\n发展农业";

fn first() -> ReportId {
    ReportId { document: DocumentId(0), index: 0 }
}

fn counts(section: Option<usize>) -> Vec<(String, u32)> {
    let document = document("云和市", DRAFT);
    let counts = count_terms(&document, 0, section, Segmenter::get(), &TermOptions::default());
    counts.into_iter().map(|c| (c.term, c.count)).filter(|(t, _)| ["旅游", "农业", "发展"].contains(&&**t)).collect()
}

#[test]
fn sections_hold_what_stands_under_them_and_noise_does_not_count() {
    type Counts = [(&'static str, u32)];
    let cases: [(Option<usize>, &Counts); 6] = [
        (None, &[("农业", 4), ("旅游", 3), ("发展", 2)]),
        (Some(0), &[("农业", 3), ("旅游", 2)]),
        (Some(1), &[("旅游", 2), ("农业", 1)]),
        (Some(2), &[("农业", 2)]),
        (Some(3), &[("农业", 1), ("发展", 1)]),
        (Some(9), &[]),
    ];
    for (section, want) in cases {
        let want: Vec<(String, u32)> = want.iter().map(|(t, c)| ((*t).to_owned(), *c)).collect();
        assert_eq!(counts(section), want, "{section:?}");
    }
}

#[test]
fn the_parts_of_a_report_add_up_to_it() {
    let corpus = corpus(vec![document("云和市", DRAFT)]);
    let (cache, options) = (TermCache::new(), TermOptions::default());
    let run = |scope| keywords(&corpus, &scope, Segmenter::get(), &options, &cache, &|| false).unwrap();
    let (report, whole) = (run(Scope::report(first())), run(Scope::corpus()));
    assert_eq!(report.scope_han, u64::from(corpus.documents()[0].reports[0].han));
    assert_eq!(report.scope_han, whole.scope_han);
    let bare = |t: &KeywordTable| t.rows.iter().map(|r| (r.term.clone(), r.count)).collect::<Vec<_>>();
    assert_eq!(bare(&report), bare(&whole));
    assert!(whole.rows.iter().all(|r| r.g2 == 0.0 && r.log_ratio == 0.0 && r.reports == 1));
    // One report is seen heading by heading, whichever scope it is reached by.
    assert_eq!(report.rows, whole.rows);
}

fn three_places() -> Corpus {
    let draft = [
        ("云和市", "梯田旅游梯田"),
        ("雾山县", "旅游发展茶叶"),
        ("云和市", "梯田发展旅游"),
        ("长溪市", "旅游旅游旅游"),
    ];
    corpus(vec![reports(&draft[..2]), reports(&draft[2..])])
}

#[test]
fn keyness_compares_a_place_with_the_rest() {
    let corpus = three_places();
    let place = corpus.place_of(first()).unwrap();
    let table =
        keywords(&corpus, &Scope::place(place), Segmenter::get(), &TermOptions::default(), &TermCache::new(), &|| {
            false
        })
        .unwrap();
    let row = |term: &str| table.rows.iter().find(|r| r.term == term).unwrap();
    assert_eq!((table.scope_han, table.rest_han), (12, 12));
    let terraces = row("梯田");
    assert_eq!((terraces.count, terraces.reports), (3, 2));
    assert_eq!(terraces.rate, 2_500.0);
    assert_eq!(terraces.g2, stats::log_likelihood(3, 12, 0, 12));
    assert_eq!(terraces.log_ratio, stats::log_ratio(3, 12, 0, 12));
    // Shares ½ and ½ of the text, ⅔ and ⅓ of the occurrences: DP = ⅙, normalised by 1 − ½.
    assert!((terraces.dp - 1.0 / 3.0).abs() < 1e-9);
    assert!(row("旅游").g2 < 0.0 && row("旅游").reports == 4);
    let mut sorted = table.clone();
    sorted.sort(KeywordOrder::Keyness);
    assert_eq!(sorted.rows.first().map(|r| r.term.as_str()), Some("梯田"));
    assert!(!sorted.rows.iter().any(|r| r.term == "茶叶"));
}

#[test]
fn the_rest_is_not_needed_for_counts_alone() {
    let corpus = three_places();
    let (cache, options) = (TermCache::new(), TermOptions::default());
    let table = count_scope(&corpus, &Scope::report(first()), Segmenter::get(), &options, &cache, &|| false).unwrap();
    assert_eq!(cache.counted(), 0);
    assert_eq!((table.rest_han, table.rows[0].term.as_str(), table.rows[0].count), (0, "梯田", 2));
}

#[test]
fn tables_are_the_same_for_any_number_of_threads_and_any_cache() {
    let drafts: Vec<(String, String)> = (0..60)
        .map(|i| (format!("第{i}市"), format!("发展{}旅游{}", "农业".repeat(i % 5), "工业创新".repeat(i % 7))))
        .collect();
    let drafts: Vec<(&str, &str)> = drafts.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let corpus = corpus(drafts.chunks(7).map(reports).collect());
    let options = TermOptions::default();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let cache = TermCache::new();
        let once = || keywords(&corpus, &Scope::corpus(), Segmenter::get(), &options, &cache, &|| false).unwrap();
        let (cold, warm) = pool.install(|| (once(), once()));
        assert_eq!(cold, warm);
        cold
    };
    assert_eq!(run(1), run(4));
}

#[test]
fn a_growing_corpus_adds_only_what_is_new() {
    let (cache, options) = (TermCache::new(), TermOptions::default());
    let mut corpus = three_places();
    let run =
        |corpus: &Corpus| keywords(corpus, &Scope::corpus(), Segmenter::get(), &options, &cache, &|| false).unwrap();
    run(&corpus);
    corpus.push(std::sync::Arc::new(document("云和市", DRAFT)));
    let grown = run(&corpus);
    let fresh = keywords(&corpus, &Scope::corpus(), Segmenter::get(), &options, &TermCache::new(), &|| false).unwrap();
    assert_eq!(grown, fresh);
}

#[test]
fn counting_stops_when_cancelled_and_unknown_scopes_are_none() {
    let corpus = three_places();
    let (cache, options, asked) = (TermCache::new(), TermOptions::default(), AtomicUsize::new(0));
    let stop = || asked.fetch_add(1, Ordering::Relaxed) > 0;
    assert_eq!(keywords(&corpus, &Scope::corpus(), Segmenter::get(), &options, &cache, &stop), None);
    assert!(cache.counted() < 4);
    let nowhere = ReportId { document: DocumentId(9), index: 0 };
    for scope in [Scope::report(nowhere), Scope::section(first(), 3), Scope::place(crate::corpus::PlaceId(7))] {
        assert_eq!(keywords(&corpus, &scope, Segmenter::get(), &options, &cache, &|| false), None, "{scope:?}");
    }
}

#[test]
fn options_choose_the_terms() {
    let document = document("云和市", "发展的旅游好");
    let terms = |options: &TermOptions| {
        let counts = count_terms(&document, 0, None, Segmenter::get(), options);
        counts.into_iter().map(|c| c.term).collect::<Vec<_>>()
    };
    let default = TermOptions::default();
    assert_eq!(terms(&default), ["发展", "旅游"]);
    assert_eq!(terms(&TermOptions { stops: default.stops.with(["旅游"]), ..default.clone() }), ["发展"]);
    assert_eq!(terms(&TermOptions { min_chars: 1, ..default }).len(), 3);
}
