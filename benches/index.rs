//! How fast questions are answered: the city list over all prefectures, search and keyword counting over generated
//! reports. Run with `cargo bench --bench index`. Targets: a key in the city list under 1 ms, search near the speed of
//! memory, counting 25 MB/s per core.

use std::path::PathBuf;
use std::sync::Arc;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use yilan::testing::corpus::places::{self, PlaceLevel};
use yilan::testing::corpus::{Body, Corpus, Document, Encoding, Line, LineKind, LineRange, Report, ReportKind};
use yilan::testing::index::cities::CityIndex;
use yilan::testing::index::search::{HitCounts, Query, search};
use yilan::testing::index::terms::{Scope, Segmenter, TermCache, TermOptions, count_scope, keywords};
use yilan::testing::text::Span;

fn main() {
    Segmenter::get();
    divan::main();
}

/// Reports about `names` in turn, `bytes` long in all, of about 28 KB each; the same every time.
fn corpus(names: &[String], bytes: usize) -> Corpus {
    const WORDS: &str = "全市 经济 社会 发展 工作 推进 乡村振兴 产业 项目 建设 人大 代表 监督 审议 报告 常委会 政协 委员 协商 提案 民生 \
                         改革 开放 创新 生态 环境 治理 法治 农业 农村 企业 服务 教育 医疗 就业 养老 投资 增长 营商环境 高质量发展 \
                         全过程人民民主 提升 加强 完善 落实 开展 组织 听取 和 的 在 了 2022年 12.5% C919";
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut seed = 1u64;
    let mut draw = move |n: usize| {
        // A linear congruential generator (Knuth, MMIX); the high bits are the random ones.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    let mut corpus = Corpus::new(Vec::new(), false);
    let mut total = 0;
    for name in names.iter().cycle() {
        if total >= bytes {
            break;
        }
        let (mut text, mut lines) = (String::new(), Vec::new());
        while text.len() < 28_000 {
            let start = text.len();
            for _ in 0..60 {
                text.push_str(words[draw(words.len())]);
                text.push_str(["", "", "，", "、", "。"][draw(5)]);
            }
            lines.push(Line {
                span: Span::of(start..text.len()),
                kind: LineKind::Paragraph,
                joins: false,
                reason: yilan::testing::corpus::Reason::Text,
            });
            text.push('\n');
        }
        total += text.len();
        corpus.push(Arc::new(document(name, text, lines)));
    }
    corpus
}

fn document(place: &str, text: String, lines: Vec<Line>) -> Document {
    let han = text.chars().filter(|c| ('一'..='\u{9fff}').contains(c)).count() as u32;
    let report = Report {
        ranges: vec![LineRange { first: 1, last: lines.len() as u32 }],
        kind: ReportKind::Report,
        title: format!("{place}工作报告"),
        title_line: None,
        subtitle: None,
        place: place.into(),
        province: places::province_of(place).unwrap_or_default().into(),
        body: Body::Congress,
        years: vec![2022],
        chars: han,
        han,
        sections: Vec::new(),
        ..Report::default()
    };
    let path = PathBuf::from(format!("{place}.txt"));
    Document {
        path,
        encoding: Encoding::Utf8,
        source: text.into(),
        lines: lines.into(),
        reports: vec![report],
        issues: Vec::new(),
    }
}

fn prefectures() -> Vec<String> {
    let all = places::all().iter().filter(|p| p.level() == PlaceLevel::Prefecture && !p.is_former());
    all.map(places::Place::full_name).collect()
}

#[divan::bench]
fn index_prefectures(bencher: Bencher<'_, '_>) {
    let corpus = corpus(&prefectures(), 10 << 20);
    bencher.bench(|| CityIndex::new(black_box(&corpus)));
}

#[divan::bench(args = ["c", "cc", "changchun", "长春", "chang春", "hrb", "chagnchun"])]
fn rank(bencher: Bencher<'_, '_>, query: &str) {
    let index = CityIndex::new(&corpus(&prefectures(), 10 << 20));
    bencher.bench(|| index.rank(black_box(query)));
}

#[divan::bench(args = ["的", "人大", "全过程人民民主", "不存在的话", "2022", "c919", "，人大", "a", "\""])]
fn find(bencher: Bencher<'_, '_>, query: &str) {
    let corpus = corpus(&["云和市".into()], 100 << 20);
    let query = Query::parse(query).expect("not blank");
    bencher.counter(BytesCount::new(100usize << 20)).bench(|| {
        let mut counts = HitCounts::default();
        search(&corpus, &query, &|| false, &mut |chunk| counts.add(&corpus, &chunk));
        counts
    });
}

#[divan::bench(sample_count = 5)]
fn count_words(bencher: Bencher<'_, '_>) {
    let corpus = corpus(&prefectures(), 10 << 20);
    bencher.counter(BytesCount::new(10usize << 20)).bench(|| {
        let cache = TermCache::new();
        count_scope(&corpus, &Scope::corpus(), Segmenter::get(), &TermOptions::default(), &cache, &|| false)
    });
}

#[divan::bench]
fn follow_the_reader(bencher: Bencher<'_, '_>) {
    let corpus = corpus(&prefectures(), 10 << 20);
    let (cache, options) = (TermCache::new(), TermOptions::default());
    let scopes: Vec<Scope> = corpus.reports().take(2).map(|(id, ..)| Scope::report(id)).collect();
    let run = |scope: &Scope| keywords(&corpus, scope, Segmenter::get(), &options, &cache, &|| false);
    run(&scopes[0]);
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        run(&scopes[turn % scopes.len()])
    });
}
