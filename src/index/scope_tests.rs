//! Every analysis under every scope: what it counts opens to as many occurrences, and its rate is of the 汉字 of the same
//! text. Scopes are made of every condition and every pair of them, corpora are drawn at random.

use proptest::prelude::*;

use super::collocates::{collocates, open_collocate};
use super::fixture::{corpus, document, extent, reports};
use super::groups::{Groups, group_grid, group_hits};
use super::ngrams::{ngrams, open_ngram};
use super::scope::{Extent, Reference, Scope, Within, each_stretch};
use super::search::{Query, QueryField, Search, SearchIndex};
use super::stats;
use super::terms::{CountContext, Segmenter, StopList, TermCache, TermOptions, compare, open_reference, open_term};
use super::trend::{Axis, Counting, grid, word_grid};
use crate::corpus::{Corpus, Document, DocumentId, LineKind, ReportId};
use crate::text::han;

fn on<T>(corpus: &Corpus, ask: impl Fn(&CountContext<'_>) -> T) -> T {
    let options = TermOptions { stops: StopList::none(), min_chars: 1, min_count: 1 };
    let cache = TermCache::new();
    ask(&CountContext { corpus, segmenter: Segmenter::get(), options: &options, cache: &cache })
}

/// Which report of the first document.
fn id(index: u32) -> ReportId {
    ReportId { document: DocumentId(0), index }
}

/// One condition each.
fn conditions() -> Vec<(&'static str, Scope)> {
    let field = |field, values| Scope::corpus().with_field(field, values).unwrap();
    vec![
        ("everything", Scope::corpus()),
        ("city", field(QueryField::City, "云和")),
        ("province", field(QueryField::Province, "云州")),
        ("body", field(QueryField::Body, "政府")),
        ("year", field(QueryField::Year, "2021-2022")),
        ("session", field(QueryField::Session, "2023")),
        ("part", field(QueryField::Part, "打算")),
        ("section", field(QueryField::Section, "农业")),
        ("title", Scope::corpus().titled("云和")),
        ("matching", Scope::corpus().matching(Query::parse("养老").unwrap())),
    ]
}

/// Both conditions.
fn both(a: &Scope, b: &Scope) -> Scope {
    Scope {
        within: a.within.clone(),
        title: a.title.clone().or_else(|| b.title.clone()),
        filters: a.filters.iter().chain(&b.filters).cloned().collect(),
        matching: a.matching.clone().or_else(|| b.matching.clone()),
    }
}

/// Checks every analysis over the text of a scope.
fn check(corpus: &Corpus, name: &str, scope: &Scope) {
    let text = extent(corpus, scope.clone());
    let han: u64 = text.pieces().iter().map(|piece| piece.han).sum();
    assert_eq!(han, size(corpus, &text), "{name}: the denominator is the 汉字 of the text that is counted");
    let never = || false;
    let segmenter = Segmenter::get();
    let open = |extent: &Extent, term: &str| open_term(corpus, extent, term, segmenter, &never).unwrap();
    on(corpus, |count_context| {
        let table = compare(count_context, &text, &Reference::Rest, &never).unwrap();
        assert_eq!(table.scope_han, han, "{name}");
        assert_eq!(table.scope_han + table.rest_han, size(corpus, &extent(corpus, Scope::corpus())), "{name}");
        for row in &table.rows {
            assert_eq!(row.count, open(&text, &row.term).words.len() as u64, "{name} {}", row.term);
            let rest = open_reference(corpus, &text, &Reference::Rest, &row.term, segmenter, &never).unwrap();
            assert_eq!(row.rest_count, rest.words.len() as u64, "{name} {} in the rest", row.term);
            assert!((row.rate * han as f64 - row.count as f64 * 1e4).abs() < 1e-6, "{name}");
        }
        let terms = ["养老".to_owned(), "发展".to_owned()];
        for axis in [Axis::Place, Axis::Year] {
            for counting in [Counting::Words, Counting::Text] {
                let made = grid(count_context, &text, &terms, axis, counting, &never).unwrap();
                if counting == Counting::Words {
                    assert_eq!(made, word_grid(count_context, &text, &terms, axis, &never).unwrap(), "{name}");
                }
                assert_eq!(made.columns.iter().map(|column| column.han).sum::<u64>(), han, "{name}");
                for (row, term) in terms.iter().enumerate() {
                    for (c, column) in made.columns.iter().enumerate() {
                        let found = open(&column.extent, term);
                        let want = if counting == Counting::Words { found.words.len() } else { found.substrings() };
                        assert_eq!(made.cell(row, c).count, want as u64, "{name} {term}");
                        assert_eq!(made.rate(row, c), stats::rate(want as u64, column.han), "{name}");
                    }
                }
            }
        }
        let found = ngrams(count_context, &text, 2, &never).unwrap();
        assert_eq!(found.han, han, "{name}");
        for row in &found.rows {
            assert_eq!(row.count, open_ngram(count_context, &text, &row.words, &never).unwrap().len() as u64, "{name}");
        }
        let near = collocates(count_context, &text, "养老", 3, &never).unwrap();
        assert_eq!((near.han, near.node), (han, open(&text, "养老").words.len() as u64), "{name}");
        for row in &near.rows {
            let opened = open_collocate(count_context, &text, "养老", &row.term, 3, &never).unwrap();
            assert_eq!(row.counts.together, opened.len() as u64, "{name}");
            assert_eq!(row.counts.collocate, open(&text, &row.term).words.len() as u64, "{name}");
        }
        let groups = Groups::new([("民生", vec!["养老", "养老服务"]), ("农业", vec!["农业"])]);
        let shares = group_grid(count_context, &text, &groups, Axis::Place, Counting::Text, &never).unwrap();
        let hits = group_hits(count_context, &text, &groups, Counting::Text, &never).unwrap();
        let counted: u64 = shares.grid.cells.iter().flatten().map(|cell| cell.count).sum();
        assert_eq!(counted, hits.len() as u64, "{name}");
    });
    // Search under the same conditions finds what is counted as strings, in the same text.
    if scope.within == Within::Corpus && scope.title.is_none() && scope.matching.is_none() {
        let query = scope.filters.iter().cloned().fold(Query::literal("养老").unwrap(), Query::with_filter);
        let mut hits = 0;
        Search::new(corpus, &SearchIndex::new(), &query).count(&never, &mut |chunk| {
            hits += chunk.iter().map(|count| u64::from(count.hits)).sum::<u64>();
        });
        assert_eq!(hits, open(&text, "养老").substrings() as u64, "{name}: search");
        assert_eq!(extent(corpus, Scope::of_query(&query)), text, "{name}: search");
    }
}

/// 汉字 of an extent, stretch by stretch.
fn size(corpus: &Corpus, extent: &Extent) -> u64 {
    let mut sum = 0;
    for piece in extent.pieces() {
        piece.each_stretch(corpus, &mut |stretch| {
            sum += u64::from(han::count(&stretch.text).han);
            true
        });
    }
    sum
}

/// Three reports: two places, two bodies, two years; parts, sections, a repeat, a caption, a broken paragraph.
fn varied(lines: &[String]) -> Corpus {
    let line = |n: usize| lines.get(n % lines.len().max(1)).map_or("", String::as_str);
    let draft = |n: usize| {
        format!(
            "= 工作报告\n{}\n#1 一、过去一年的工作\n#2 （一）抓好农业\n{}\n~ {}\n@ {}\n{}\n#1 二、今后打算\n> 守住农业。{}\n{}",
            line(n),
            line(n + 1),
            line(n + 1),
            line(n + 2),
            line(n + 3),
            line(n + 4),
            line(n + 5)
        )
    };
    let drafts = [draft(0), draft(2), draft(5)];
    let mut document = reports(&[("云和市", &drafts[0]), ("雾山县", &drafts[1]), ("云和市", &drafts[2])]);
    for (report, year) in document.reports.iter_mut().zip([2020, 2021, 2022]) {
        report.years = vec![year];
        report.session_year = Some(year + 1);
    }
    document.reports[1].body = crate::corpus::Body::Government;
    document.reports[2].province = "海州省".into();
    // The paragraph after the caption goes on with the one before the repeat.
    for report in 0..3 {
        let first = document.reports[report].ranges[0].first as usize - 1;
        let both = [4, 7].iter().all(|n| document.lines[first + n].kind == LineKind::Paragraph);
        document.lines[first + 7].joins = both;
    }
    corpus(vec![document])
}

fn words() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("(养老|养老服务|高质量发展|发展|农业|的|，|。|2023|服|务){0,7}", 6..9)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn every_figure_under_every_scope_opens_and_is_of_its_own_text(lines in words()) {
        let corpus = varied(&lines);
        let conditions = conditions();
        for (i, (a, first)) in conditions.iter().enumerate() {
            for (b, second) in &conditions[i..] {
                check(&corpus, &format!("{a} + {b}"), &both(first, second));
            }
        }
        for scope in [Scope::report(id(1)), Scope::section(id(2), 1), Scope::reports(vec![id(2), id(0), id(2)])] {
            check(&corpus, "given", &scope);
            check(&corpus, "given + part", &both(&scope, &conditions[6].1));
        }
    }

    #[test]
    fn a_paragraph_printed_twice_changes_no_figure(lines in words(), again in 0usize..6) {
        let plain = lines.join("\n");
        let printed = format!("{plain}\n~ {}\n@ {}", lines[again], lines[again]);
        let table = |text: &str| {
            let corpus = corpus(vec![document("云和市", text), document("雾山县", "养老服务，发展农业")]);
            let report = Scope::report(id(0));
            on(&corpus, |count_context| compare(count_context, &extent(&corpus, report.clone()), &Reference::Rest, &|| false).unwrap())
        };
        prop_assert_eq!(table(&plain), table(&printed));
    }

    #[test]
    fn the_size_of_a_report_is_that_of_its_stretches(lines in words()) {
        let corpus = varied(&lines);
        let document: &Document = &corpus.documents()[0];
        for report in &document.reports {
            let mut sum = 0;
            each_stretch(document, report, &mut |stretch| {
                sum += han::count(&stretch.text).han;
                true
            });
            prop_assert_eq!(sum, report.han);
        }
    }
}

#[test]
fn a_scope_holds_what_all_its_conditions_let_pass() {
    let lines: Vec<String> = ["养老甲", "养老乙", "丙", "养老丁", "养老戊", "己"].map(str::to_owned).into();
    let corpus = varied(&lines);
    let count = |scope: &Scope| {
        open_term(&corpus, &extent(&corpus, scope.clone()), "养老", Segmenter::get(), &|| false).unwrap().words.len()
    };
    // By report 甲 乙丁 戊, 丁 甲乙, 甲 丁戊 have it: before the sections, on 农业 in the first part, on 农业 in the second;
    // a repeat and a byline in each do not count.
    let want = [10, 7, 7, 3, 6, 3, 5, 9, 7, 10];
    for ((name, scope), want) in conditions().iter().zip(want) {
        assert_eq!(count(scope), want, "{name}");
    }
}

#[test]
fn what_is_not_there_is_no_scope_and_what_nothing_passes_is_an_empty_one() {
    let corpus = varied(&["养老".to_owned()]);
    let never = || false;
    for scope in [Scope::report(id(9)), Scope::section(id(0), 9), Scope::place(crate::corpus::PlaceId(9))] {
        assert_eq!(scope.extent(&corpus, &never), None);
    }
    for scope in [Scope::corpus().titled("无"), Scope::corpus().matching(Query::parse("无").unwrap())] {
        assert!(extent(&corpus, scope).is_empty());
    }
    assert_eq!(Scope::corpus().matching(Query::parse("养").unwrap()).extent(&corpus, &|| true), None);
    let named = Scope::report(id(0)).titled("云").matching(Query::parse("养老").unwrap());
    let name = named.with_field(QueryField::Part, "打算").unwrap().name(&corpus, crate::text::Lang::Zh);
    assert_eq!(name, "云和市 · 人大常委会 · 云和市工作报告 > 标题:云 > part:打算 > 养老");
}
