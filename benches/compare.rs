//! How fast reports are compared, over the built-in sample repeated to about 8 MB. Run with `cargo bench --bench compare`.
//! Targets: the cursor's answer under 16 ms, sections alike under 50 ms, two reports under 16 ms, an index of shared wording
//! at 100 MB/s.
//!
//! `YILAN_BENCH_PATH=FOLDER cargo bench --bench compare -- folder` measures once over a folder of any size and prints
//! percentiles.

#[path = "support/repeated_sample.rs"]
mod repeated_sample;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use repeated_sample::corpus;
use yilan::testing::corpus::load;
use yilan::testing::index::ledger::compare;
use yilan::testing::index::passages::{GUARANTEE, PassageIndex};
use yilan::testing::index::sections::{SectionId, SectionIndex};
use yilan::testing::index::targets::{Indicators, read};

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 5)]
fn index_of_shared_wording(bencher: Bencher<'_, '_>) {
    let (bytes, corpus) = corpus();
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(|| PassageIndex::new(black_box(&corpus), &|_, _| {}, &|| false));
}

#[divan::bench(sample_count = 20)]
fn who_shares_a_paragraph(bencher: Bencher<'_, '_>) {
    let (_, corpus) = corpus();
    let index = PassageIndex::new(&corpus, &|_, _| {}, &|| false).unwrap_or_default();
    let ids: Vec<_> = index.reports().iter().flat_map(|id| index.paragraphs_of(*id)).step_by(97).collect();
    let mut next = ids.iter().cycle();
    bencher.bench_local(|| index.shared(&corpus, *next.next().expect("a paragraph"), GUARANTEE));
}

#[divan::bench(sample_count = 5)]
fn index_of_sections(bencher: Bencher<'_, '_>) {
    let (bytes, corpus) = corpus();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| SectionIndex::new(black_box(&corpus), &|| false));
}

#[divan::bench(sample_count = 20)]
fn sections_alike(bencher: Bencher<'_, '_>) {
    let (_, corpus) = corpus();
    let index = SectionIndex::new(&corpus, &|| false).unwrap_or_default();
    let (report, ..) = corpus.distinct().find(|(_, _, r)| r.sections.len() > 1).expect("a report with sections");
    bencher.bench_local(|| index.similar(SectionId { report, section: 1 }, 1, &|_| true));
}

#[divan::bench(sample_count = 20)]
fn two_reports(bencher: Bencher<'_, '_>) {
    let sample = load::sample();
    let mut all: Vec<_> = sample.distinct().map(|(id, _, report)| (report.chars, id)).collect();
    all.sort_unstable();
    let longest: Vec<_> = all.iter().rev().take(2).map(|(_, id)| *id).collect();
    bencher.bench_local(|| compare(&sample, longest[0], longest[1]));
}

#[divan::bench(sample_count = 5)]
fn figures_of_targets(bencher: Bencher<'_, '_>) {
    let (bytes, corpus) = corpus();
    let list = Indicators::default();
    let all =
        || corpus.distinct().map(|(_, document, report)| read(document, report, &list).figures.len()).sum::<usize>();
    bencher.counter(BytesCount::new(bytes)).bench_local(all);
}

fn percentiles(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times.get(((times.len() as f64 - 1.0) * share) as usize).copied().unwrap_or_default();
    println!("{name}: median {:?}, p99 {:?}, most {:?}, of {}", at(0.5), at(0.99), at(1.0), times.len());
}

/// Everything once over the folder that `YILAN_BENCH_PATH` names.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn folder() {
    let Some(path) = std::env::var_os("YILAN_BENCH_PATH").map(PathBuf::from) else { return };
    let corpus = load::load_all(&[path]);
    let bytes: usize = corpus.documents().iter().map(|document| document.text().len()).sum();
    println!("{} MB, {} reports", bytes >> 20, corpus.report_count());
    let since = Instant::now();
    let index = PassageIndex::new(&corpus, &|_, _| {}, &|| false).unwrap_or_default();
    let share = index.bytes() as f64 / bytes.max(1) as f64;
    println!("shared wording: {:?}, {share:.2} times the text, T = {}", since.elapsed(), index.most());
    let ids: Vec<_> = index.reports().iter().flat_map(|id| index.paragraphs_of(*id)).collect();
    let timed = |ask: &mut dyn FnMut()| {
        let since = Instant::now();
        ask();
        since.elapsed()
    };
    let step = (ids.len() / 400).max(1);
    let times =
        ids.iter().step_by(step).map(|id| timed(&mut || drop(black_box(index.shared(&corpus, *id, GUARANTEE)))));
    percentiles("paragraph", times.collect());
    let reports: Vec<_> = corpus.distinct().map(|(id, ..)| id).collect();
    let pairs = reports.windows(2).step_by((reports.len() / 100).max(1));
    let times = pairs.map(|pair| timed(&mut || drop(black_box(compare(&corpus, pair[0], pair[1])))));
    percentiles("two reports", times.collect());
    let since = Instant::now();
    let sections = SectionIndex::new(&corpus, &|| false).unwrap_or_default();
    println!("sections: {:?}, {} of them", since.elapsed(), sections.len());
    let asked = reports.iter().step_by((reports.len() / 200).max(1)).map(|&report| SectionId { report, section: 1 });
    let times = asked.map(|id| timed(&mut || drop(black_box(sections.similar(id, 1, &|_| true)))));
    percentiles("sections alike", times.collect());
}
