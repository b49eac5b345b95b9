//! How fast words are counted and compared, over the built-in sample repeated to about 8 MB. Run with
//! `cargo bench --bench terms`. Targets: segmenting and counting 25 MB/s on one core, following the reader under 16 ms.

#[path = "support/repeated_sample.rs"]
mod repeated_sample;

use std::sync::Arc;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use repeated_sample::corpus;
use yilan::testing::corpus::Corpus;
use yilan::testing::index::collocates::{WINDOW, collocates};
use yilan::testing::index::discover::{Thresholds, discover};
use yilan::testing::index::groups::{Groups, group_grid};
use yilan::testing::index::ngrams::ngrams;
use yilan::testing::index::terms::{
    CountContext, Extent, Reference, Scope, Segmenter, TermCache, TermOptions, compare, count_words, open_term,
};
use yilan::testing::index::trend::{Axis, Counting, grid};

fn main() {
    Segmenter::get();
    divan::main();
}

/// The text of a scope.
fn extent(corpus: &Corpus, scope: Scope) -> Extent {
    scope.extent(corpus, &|| false).expect("a scope of the corpus")
}

/// Runs `ask` on a corpus that was counted before.
fn on<T>(ask: impl FnOnce(&CountContext<'_>) -> T) -> T {
    let (_, corpus) = corpus();
    let (options, cache) = (TermOptions::default(), TermCache::new());
    let count_context = CountContext { corpus: &corpus, segmenter: Segmenter::get(), options: &options, cache: &cache };
    compare(&count_context, &extent(&corpus, Scope::corpus()), &Reference::Rest, &|| false);
    ask(&count_context)
}

/// The yardstick: the dictionary alone, without phrases, spans or counts.
#[divan::bench(sample_count = 5)]
fn dictionary_alone(bencher: Bencher<'_, '_>) {
    let (bytes, corpus) = corpus();
    let dictionary = jieba_rs::Jieba::new();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let words =
            |document: &Arc<yilan::testing::corpus::Document>| dictionary.cut(black_box(document.text()), false).len();
        corpus.documents().iter().map(words).sum::<usize>()
    });
}

#[divan::bench(sample_count = 5)]
fn segment_on_one_core(bencher: Bencher<'_, '_>) {
    let (bytes, corpus) = corpus();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let mut words = 0;
        for document in corpus.documents() {
            Segmenter::get().each_word(black_box(document.text()), &mut |_| words += 1);
        }
        words
    });
}

/// Counts every report with this many threads; 0 takes all cores.
#[divan::bench(args = [1, 0], sample_count = 5)]
fn segment_and_count(bencher: Bencher<'_, '_>, threads: usize) {
    let (bytes, corpus) = corpus();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let options = TermOptions::default();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let cache = TermCache::new();
        let count_context =
            CountContext { corpus: &corpus, segmenter: Segmenter::get(), options: &options, cache: &cache };
        let whole = extent(&corpus, Scope::corpus());
        pool.install(|| count_words(&count_context, whole.pieces(), &|| false))
    });
}

#[divan::bench(sample_count = 5)]
fn remember_counts(bencher: Bencher<'_, '_>) {
    on(|count_context| {
        let bytes = count_context.cache.to_bytes(count_context.corpus, count_context.segmenter, true);
        bencher
            .counter(BytesCount::new(bytes.len()))
            .bench_local(|| TermCache::new().remember(black_box(bytes.as_slice()), count_context.segmenter));
    });
}

#[divan::bench]
fn follow_the_reader(bencher: Bencher<'_, '_>) {
    on(|count_context| {
        let reports: Vec<_> = count_context.corpus.reports().map(|(id, ..)| id).collect();
        let mut turn = 0;
        bencher.bench_local(|| {
            turn += 1;
            let scope = Scope::section(reports[turn / 8 % reports.len()], turn % 8);
            compare(count_context, &extent(count_context.corpus, scope), &Reference::Rest, &|| false)
        });
    });
}

#[divan::bench(args = ["发展", "营商环境"])]
fn open_a_number(bencher: Bencher<'_, '_>, term: &str) {
    on(|count_context| {
        let whole = extent(count_context.corpus, Scope::corpus());
        bencher.bench_local(|| open_term(count_context.corpus, &whole, term, count_context.segmenter, &|| false));
    });
}

#[divan::bench(sample_count = 5)]
fn find_collocates(bencher: Bencher<'_, '_>) {
    on(|count_context| {
        bencher.bench_local(|| {
            collocates(count_context, &extent(count_context.corpus, Scope::corpus()), "监督", WINDOW, &|| false)
        })
    });
}

#[divan::bench(sample_count = 3)]
fn find_runs(bencher: Bencher<'_, '_>) {
    on(|count_context| {
        bencher.bench_local(|| ngrams(count_context, &extent(count_context.corpus, Scope::corpus()), 3, &|| false))
    });
}

#[divan::bench(sample_count = 3)]
fn discover_phrases(bencher: Bencher<'_, '_>) {
    on(|count_context| {
        let ask = || {
            discover(
                count_context,
                &extent(count_context.corpus, Scope::corpus()),
                &Thresholds::default(),
                &|_| false,
                &|| false,
            )
        };
        bencher.bench_local(ask);
    });
}

#[divan::bench(sample_count = 5)]
fn share_groups(bencher: Bencher<'_, '_>) {
    let groups = Groups::built_in();
    on(|count_context| {
        let ask = || {
            group_grid(
                count_context,
                &extent(count_context.corpus, Scope::corpus()),
                &groups,
                Axis::Place,
                Counting::Text,
                &|| false,
            )
        };
        bencher.bench_local(ask);
    });
}

#[divan::bench(sample_count = 5)]
fn rank_places(bencher: Bencher<'_, '_>) {
    let terms = ["发展".to_owned()];
    on(|count_context| {
        bencher.bench_local(|| {
            grid(
                count_context,
                &extent(count_context.corpus, Scope::corpus()),
                &terms,
                Axis::Place,
                Counting::Words,
                &|| false,
            )
        });
    });
}
