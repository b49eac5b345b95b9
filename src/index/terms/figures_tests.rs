//! Every figure opens: as many occurrences as it says, whatever scope and reference; counts kept between runs; who drives.

use proptest::prelude::*;

use super::*;
use crate::corpus::{Corpus, Document, DocumentId, PlaceId, ReportId};
use crate::index::fixture::{corpus, document, extent, reports};
use crate::index::search::Query;
use crate::index::stats;

fn id(document: u32, index: u32) -> ReportId {
    ReportId { document: DocumentId(document), index }
}

fn run(corpus: &Corpus, scope: &Scope, reference: &Reference) -> Option<KeywordTable> {
    let (cache, options) = (TermCache::new(), TermOptions { min_chars: 1, stops: StopList::none(), min_count: 1 });
    let count_context = CountContext { corpus, segmenter: Segmenter::get(), options: &options, cache: &cache };
    compare(&count_context, &scope.extent(corpus, &|| false)?, reference, &|| false)
}

fn open(corpus: &Corpus, scope: &Scope, term: &str) -> Occurrences {
    open_term(corpus, &extent(corpus, scope.clone()), term, Segmenter::get(), &|| false).unwrap()
}

#[test]
fn substrings_are_told_apart_from_words() {
    let corpus = corpus(vec![document("云和市", "高质量发展要发展，发展中的高质量发展。\n~ 发展\n工人大会")]);
    let found = open(&corpus, &Scope::corpus(), "发展");
    assert_eq!((found.words.len(), found.inside.len(), found.across.len(), found.substrings()), (2, 2, 0, 4));
    let text = corpus.documents()[0].text();
    assert!(found.words.iter().all(|o| o.span.slice(text) == "发展"));
    assert!(found.inside.iter().all(|(_, longer)| longer.slice(text) == "高质量发展"));
    assert_eq!(open(&corpus, &Scope::corpus(), "人大").across.len(), 1);
    assert_eq!(open(&corpus, &Scope::corpus(), ""), Occurrences::default());
}

#[test]
fn strings_are_those_that_the_search_finds() {
    use crate::index::search::{Search, SearchIndex};
    let corpus = corpus(vec![document("云和市", "人人人人人，人人。ＧＤＰ与gdp和GDP增速，發展，高质量发展\n天天天")]);
    for term in ["人人", "人", "GDP", "gdp", "发展", "天天", "發展", "，"] {
        let found = open(&corpus, &Scope::corpus(), term);
        let query = Query::literal(term).unwrap();
        let hits = Search::new(&corpus, &SearchIndex::new(), &query).hits_in(id(0, 0));
        let spans: Vec<_> = found.strings().iter().map(|one| one.span).collect();
        assert_eq!(spans, hits.iter().map(|hit| hit.span).collect::<Vec<_>>(), "{term}");
        assert_eq!(found.substrings(), hits.len(), "{term}");
    }
}

#[test]
fn a_reference_is_chosen_and_never_holds_the_scope() {
    // 12, 6 and 6 汉字.
    let mut documents = vec![
        document("云和市", "梯田梯田梯田\n梯田旅游旅游"),
        document("雾山县", "旅游旅游旅游"),
        document("长溪市", "茶叶茶叶茶叶"),
    ];
    documents[2].reports[0].province = "海州省".into();
    documents[1].reports[0].years = vec![2019];
    let corpus = corpus(documents);
    let scope = Scope::report(id(0, 0));
    let cases = [
        (Reference::Rest, 12, 2),
        (Reference::SameBody, 12, 2),
        (Reference::SameProvince, 6, 1),
        (Reference::SameYear, 6, 1),
        (Reference::Place(PlaceId(1)), 6, 1),
        (Reference::Place(PlaceId(0)), 0, 0),
        (Reference::Reports(vec![id(2, 0), id(0, 0), id(2, 0)]), 6, 1),
    ];
    for (reference, han, reports) in cases {
        let table = run(&corpus, &scope, &reference).unwrap();
        assert_eq!((table.scope_han, table.rest_han, table.rest_reports), (12, han, reports), "{reference:?}");
    }
    // A paragraph is compared with the rest of its own report too.
    let line = scope.clone().matching(Query::parse("旅游").unwrap());
    let table = run(&corpus, &line, &Reference::Rest).unwrap();
    assert_eq!((table.scope_han, table.rest_han, table.rest_reports), (6, 18, 3));
    assert_eq!(table.row("梯田").map(|row| (row.count, row.rest_count)), Some((1, 3)));
    assert_eq!(run(&corpus, &Scope::reports(vec![id(9, 0)]), &Reference::Rest), None);
    assert_eq!(run(&corpus, &scope, &Reference::Place(PlaceId(9))), None);
}

#[test]
fn what_a_scope_lacks_is_listed_where_the_lack_is_significant() {
    let corpus =
        corpus(vec![document("云和市", &"梯田".repeat(30)), document("雾山县", &format!("{}旅游", "茶叶".repeat(30)))]);
    let table = run(&corpus, &Scope::report(id(0, 0)), &Reference::Rest).unwrap();
    let tea = table.row("茶叶").unwrap();
    assert_eq!((tea.count, tea.rest_count, tea.rate), (0, 30, 0.0));
    assert!(tea.g2 < -stats::CRITICAL_G2 && tea.is_significant() && tea.bayes > 2.0);
    assert_eq!(table.row("旅游"), None, "once in 62 汉字 is no evidence");
    assert_eq!(table.tested, 3);
    let terraces = table.row("梯田").unwrap();
    assert_eq!((terraces.reports, terraces.places, terraces.scope_reports, terraces.scope_places), (1, 1, 1, 1));
    assert!((terraces.tf_idf - 30.0 * 2f64.ln()).abs() < 1e-9);
    assert!((terraces.p - stats::p_value(terraces.g2)).abs() < 1e-15);
    // The least of three probabilities: q = 3 p / rank.
    assert!(terraces.fdr >= terraces.p && terraces.fdr <= 3.0 * terraces.p);
}

#[test]
fn formulas_are_filled_in() {
    // 20 汉字 with 梯田 eight times, and 20 with it twice: E₁ = E₂ = 5.
    let corpus = corpus(vec![
        document("云和市", &format!("{}茶叶茶叶", "梯田".repeat(8))),
        document("雾山县", &format!("梯田梯田{}", "旅游".repeat(8))),
    ]);
    let table = run(&corpus, &Scope::report(id(0, 0)), &Reference::Rest).unwrap();
    let worked = Worked::new(table.row("梯田").unwrap(), &table, &corpus, crate::text::Lang::En);
    assert_eq!(worked.cells, [[8, 2, 10], [20, 20, 40]]);
    let want = [
        "rate = 10000 a / n₁ = 10000 × 8 / 20 = 4000.0000",
        // n = 20, p = 0.4: (0.4 + 0.096036 ± 1.959964 √(0.012 + 0.002401)) / 1.192073.
        "95 %: 2188.0653 – 6134.1850 (Wilson)",
        "E₁ = n₁ (a + b) / (n₁ + n₂) = 20 × 10 / 40 = 5.0000",
        "E₂ = n₂ (a + b) / (n₁ + n₂) = 20 × 10 / 40 = 5.0000",
        // 2 (8 ln 1.6 + 2 ln 0.4) = 7.520059 − 3.665163.
        "G² = 2 (a ln(a / E₁) + b ln(b / E₂)) = 2 (8 ln(8 / 5.0000) + 2 ln(2 / 5.0000)) = 3.8549",
        "log ratio = log₂((a / n₁) / (b / n₂)) = log₂((8 / 20) / (2 / 20)) = 2.0000",
        // s² = 1/8 − 1/20 + 1/2 − 1/20 = 0.525; 1.959964 · 0.724569 / 0.693147 = 2.048812.
        "95 %: -0.0488 – 4.0488 (√(1/a − 1/n₁ + 1/b − 1/n₂), Katz)",
        // ln 40 = 3.6889.
        "BIC = |G²| − ln(n₁ + n₂) = 3.8549 − ln 40 = 0.1660",
    ];
    assert_eq!(&worked.lines[..8], want);
    assert!(worked.lines[8].starts_with("p = erfc(√(|G²| / 2)) = 4.960e-2; FDR (m = 3) = "), "{}", worked.lines[8]);
    // Both texts have it: no difference by documents.
    assert_eq!(worked.lines[9], "reports with it (Fisher, exact): 1/1 : 1/1, G² = 0.0000, p = 1.000e0");
}

#[test]
fn a_finding_is_significant_and_frequent() {
    let text = format!("{}茶叶茶叶{}", "梯田".repeat(8), "的".repeat(400));
    let corpus = corpus(vec![document("云和市", &text), document("雾山县", &"旅游".repeat(4000))]);
    let table = run(&corpus, &Scope::report(id(0, 0)), &Reference::Rest).unwrap();
    let finding = |term: &str, min_count: u64| {
        let options = TermOptions { min_count, stops: StopList::none(), min_chars: 1 };
        let cache = TermCache::new();
        let count_context =
            CountContext { corpus: &corpus, segmenter: Segmenter::get(), options: &options, cache: &cache };
        let scope = extent(&corpus, Scope::report(id(0, 0)));
        compare(&count_context, &scope, &Reference::Rest, &|| false).unwrap().row(term).unwrap().finding
    };
    assert!(table.row("茶叶").unwrap().is_significant());
    assert!(finding("梯田", 3) && finding("茶叶", 2) && !finding("茶叶", 3));
    // What the scope lacks is as frequent as the reference has it.
    assert!(finding("旅游", 3));
    // Two of two in n₁ of n: the square of the share, exactly; one report against one tells nothing.
    let tea = table.row("茶叶").unwrap();
    let share = table.scope_han as f64 / (table.scope_han + table.rest_han) as f64;
    assert!((tea.p / (share * share) - 1.0).abs() < 1e-9, "{} {share}", tea.p);
    assert_eq!((tea.rest_reports, tea.text_p), (0, 1.0));
}

#[test]
fn a_text_s_own_names_do_not_lead_its_list() {
    let corpus = corpus(vec![document("云和市", "云和市人大常委会工作，雾山县来访云和"), document("雾山县", "旅游")]);
    let terms = |on: bool| {
        let stops = StopList::none().switched(StopLayer::Names, on);
        let (options, cache) = (TermOptions { stops, min_chars: 2, min_count: 1 }, TermCache::new());
        let segmenter = Segmenter::with_words(&["云和市", "云和", "雾山县"]);
        let count_context = CountContext { corpus: &corpus, segmenter: &segmenter, options: &options, cache: &cache };
        let table =
            compare(&count_context, &extent(&corpus, Scope::report(id(0, 0))), &Reference::Rest, &|| false).unwrap();
        ["云和市", "云和", "雾山县"].map(|term| table.row(term).is_some_and(|row| row.count > 0))
    };
    assert_eq!(terms(true), [false, false, true]);
    assert_eq!(terms(false), [true, true, true]);
}

#[test]
fn documents_are_compared_by_how_many_have_a_term() {
    // 梯田 in all three of the scope and in one of four others.
    let of = |place: &str, text: &str| document(place, text);
    let mut documents: Vec<Document> = ["甲", "乙", "丙"].map(|n| of("云和市", &format!("梯田{n}"))).into();
    documents.extend(["梯田丁", "旅游戊", "旅游己", "旅游庚"].map(|text| of("雾山县", text)));
    let corpus = corpus(documents);
    let table = run(&corpus, &Scope::place(PlaceId(0)), &Reference::Rest).unwrap();
    let row = table.row("梯田").unwrap();
    assert_eq!((row.scope_reports, table.scope_reports, row.rest_reports, table.rest_reports), (3, 3, 1, 4));
    // C(3,3)·C(4,1) / C(7,4) = 4/35; every other table but one is more probable: C(3,0)·C(4,4) / 35 = 1/35.
    assert!((row.text_p - 5.0 / 35.0).abs() < 1e-12, "{}", row.text_p);
    assert!((row.text_g2 - stats::log_likelihood(3, 3, 1, 4)).abs() < 1e-12);
}

#[test]
fn one_place_alone_is_named() {
    let plain = "旅游发展农业生产".repeat(10);
    let sea = format!("{plain}{}", "海洋".repeat(20));
    let documents = ["云和市", "雾山县", "长溪市"].map(|place| document(place, &plain));
    let mut documents: Vec<Document> = documents.into();
    documents.push(document("临海市", &sea));
    let corpus = corpus(documents);
    // Negative: only one place of the rest says it at all.
    let table = run(&corpus, &Scope::report(id(0, 0)), &Reference::Rest).unwrap();
    assert_eq!(table.row("海洋").and_then(|row| row.driver), Some(PlaceId(3)));
    // Positive: a scope of two places, one of which says it.
    let two = Scope::reports(vec![id(2, 0), id(3, 0)]);
    let row = run(&corpus, &two, &Reference::Rest).unwrap().row("海洋").cloned().unwrap();
    assert_eq!((row.driver, row.scope_reports, row.scope_places), (Some(PlaceId(3)), 1, 1));
    // In a scope of one place nobody else could drive it.
    let table = run(&corpus, &Scope::report(id(3, 0)), &Reference::Rest).unwrap();
    assert_eq!(table.row("海洋").and_then(|row| row.driver), None);
}

#[test]
fn counts_are_kept_between_runs() {
    let draft = [("云和市", "梯田旅游梯田"), ("雾山县", "= 题\n旅游发展茶叶\n@ 记者茶叶"), ("云和市", "梯田旅游")];
    let mut corpus = corpus(vec![reports(&draft[..2])]);
    let (options, segmenter) = (TermOptions::default(), Segmenter::get());
    let run = |corpus: &Corpus, cache: &TermCache| {
        let count_context = CountContext { corpus, segmenter, options: &options, cache };
        compare(&count_context, &extent(corpus, Scope::place(PlaceId(0))), &Reference::Rest, &|| false).unwrap()
    };
    let cold = TermCache::new();
    let table = run(&corpus, &cold);
    assert_eq!(cold.fresh(), 2);
    let bytes = cold.to_bytes(&corpus, segmenter, true);
    let warm = TermCache::new();
    assert_eq!(warm.remember(bytes.clone(), segmenter), Ok(2));
    assert_eq!((run(&corpus, &warm), warm.fresh()), (table, 0));
    assert_eq!(warm.to_bytes(&corpus, segmenter, true), bytes);
    // Only what is new is counted.
    corpus.push(std::sync::Arc::new(reports(&draft[2..])));
    assert_eq!((run(&corpus, &warm), warm.fresh()), (run(&corpus, &TermCache::new()), 1));
    let other = Segmenter::with_words(&["梯田旅游"]);
    assert_eq!(TermCache::new().remember(bytes, &other), Err(CacheFault::OtherVersion));
    assert_eq!(TermCache::new().remember(&b"yilan-terms"[..], segmenter), Err(CacheFault::Damaged));
}

#[test]
fn places_are_counted_once_however_a_corpus_grows() {
    let mut corpus = corpus(vec![document("云和市", "梯田旅游")]);
    let (cache, options) = (TermCache::new(), TermOptions::default());
    for (place, text, want) in [("云和市", "梯田", 1), ("雾山县", "梯田", 2), ("云和市", "茶叶梯田", 2)]
    {
        corpus.push(std::sync::Arc::new(document(place, text)));
        let count_context =
            CountContext { corpus: &corpus, segmenter: Segmenter::get(), options: &options, cache: &cache };
        let table = compare(&count_context, &extent(&corpus, Scope::corpus()), &Reference::Rest, &|| false).unwrap();
        assert_eq!(table.row("梯田").map(|row| (row.places, row.scope_places)), Some((want, want)));
    }
}

/// Reports of two places and a heading in each, of few words, so that every word occurs on every side.
fn drafts() -> impl Strategy<Value = Vec<String>> {
    let line = "(高质量发展|发展|人大|人大代表|养老服务|养老|工人|大会|的|，|2023){0,9}";
    let report = (line, line, line).prop_map(|(a, b, c)| format!("{a}\n#1 一、{b}\n{c}\n~ {a}\n> {b}。{c}"));
    prop::collection::vec(report, 2..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_count_opens_to_as_many_occurrences(drafts in drafts(), section in 0usize..2, which in 0usize..5, against in 0usize..4) {
        let places = ["云和市", "雾山县"];
        let named: Vec<(&str, &str)> = drafts.iter().enumerate().map(|(i, d)| (places[i % 2], d.as_str())).collect();
        let corpus = corpus(vec![reports(&named)]);
        let scope = match which {
            0 => Scope::section(id(0, 0), section),
            1 => Scope::report(id(0, 1)),
            2 => Scope::place(PlaceId(0)),
            3 => Scope::corpus().matching(Query::parse("养老").unwrap()),
            _ => Scope::corpus(),
        };
        let reference = [Reference::Rest, Reference::SameBody, Reference::Place(PlaceId(1)), Reference::Reports(vec![id(0, 0)])][against].clone();
        let table = run(&corpus, &scope, &reference).unwrap();
        for row in &table.rows {
            let own = open(&corpus, &scope, &row.term);
            prop_assert_eq!(own.words.len() as u64, row.count, "{} in the scope", &row.term);
            let rest = open_reference(&corpus, &extent(&corpus, scope.clone()), &reference, &row.term, Segmenter::get(), &|| false).unwrap();
            prop_assert_eq!(rest.words.len() as u64, row.rest_count, "{} in the reference", &row.term);
            let text = corpus.documents()[0].text();
            for occurrence in own.words.iter().chain(own.inside.iter().map(|(o, _)| o)).chain(&own.across) {
                prop_assert_eq!(occurrence.span.slice(text), row.term.as_str());
            }
            prop_assert_eq!(own.strings().len(), own.substrings());
            let line = |o: &Occurrence| corpus.documents()[0].lines[corpus.documents()[0].line_at(o.span.start) as usize - 1];
            let all: usize = own.words.iter().filter(|o| !line(o).kind.is_noise()).count();
            prop_assert_eq!(all, own.words.len());
        }
    }
}
