//! A report that stands in two files is one text: it opens twice, and counts once.

#[allow(dead_code, reason = "the stage is made for whole-screen tests")]
mod support;

use std::fs;
use std::path::Path;

use support::stage::Stage;
use yilan::testing::app::session::Session;
use yilan::testing::app::{Look, Panel};
use yilan::testing::corpus::load::load_all;
use yilan::testing::corpus::{Corpus, ReportId};
use yilan::testing::index::search::{HitCounts, Query, QueryOptions, ReportCount, Search, SearchIndex, search};
use yilan::testing::index::terms::{
    CountContext, Extent, Reference, Scope, Segmenter, TermCache, TermOptions, compare,
};

/// Text enough to be known again: every sentence another.
fn report(place: &str, topic: &str) -> String {
    let mut text = format!(
        "{place}人大常委会工作报告\n各位代表：\n受市人大常委会委托，我向大会报告工作，请予审议。\n一、过去一年的工作\n"
    );
    for n in 0..12 {
        text.push_str(&format!("{place}第{n}回听取{topic}专项报告，督促有关方面把{topic}的{n}件实事逐件办结。\n"));
    }
    text
}

/// Three places; the report of the first stands in two files, by another name the second time.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let lamp = report("乌有市", "灯塔");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("1.txt", &lamp);
    write("2.txt", &report("南柯市", "盐田"));
    // The same text on a page of its own, its title lost: it stands under another place.
    write("3黄粱市.txt", &lamp.split_once('\n').unwrap().1.replace("受市人大常委会委托，", ""));
    folder
}

fn load(folder: &Path) -> Corpus {
    load_all(&[folder.to_owned()])
}

fn ids(corpus: &Corpus) -> Vec<ReportId> {
    corpus.reports().map(|(id, ..)| id).collect()
}

fn counts(corpus: &Corpus, query: &Query) -> (Vec<ReportCount>, HitCounts) {
    let index = SearchIndex::new();
    let mut all = Vec::new();
    assert!(Search::new(corpus, &index, query).count(&|| false, &mut |chunk| all.extend(chunk)));
    let mut sums = HitCounts::default();
    sums.add_counts(corpus, &all);
    (all, sums)
}

#[test]
fn hits_of_a_second_print_are_counted_apart_and_open_all_the_same() {
    let folder = folder();
    let corpus = load(folder.path());
    let ids = ids(&corpus);
    assert_eq!((corpus.report_count(), corpus.distinct_count()), (3, 2));
    assert_eq!(corpus.original(ids[2]), ids[0]);
    let query = Query::parse("灯塔").unwrap();
    let (all, sums) = counts(&corpus, &query);
    assert_eq!((sums.total, sums.reports, sums.repeats), (24, 1, 24));
    let index = SearchIndex::new();
    let found = Search::new(&corpus, &index, &query);
    assert_eq!(found.hits_in(ids[2]).len(), 24, "it can be searched inside");
    let mut opened = 0;
    search(&corpus, &query, &|| false, &mut |chunk| opened += chunk.iter().map(|hits| hits.spans.len()).sum::<usize>());
    assert_eq!(opened as u64, sums.total, "what is counted is what opens");
    assert_eq!(all.iter().map(|count| u64::from(count.hits)).sum::<u64>(), sums.total);
    let silent = sums.silent(&corpus, |id| found.counts(id));
    let names: Vec<&str> = silent.iter().map(|&id| corpus.place(id).name.as_str()).collect();
    assert_eq!(names, ["南柯市"], "who only has the second print is not asked");
}

#[test]
fn with_repeats_every_print_counts() {
    let folder = folder();
    let corpus = load(folder.path());
    let query = Query::read("灯塔", QueryOptions { repeats: true, ..QueryOptions::default() }).unwrap();
    let (_, sums) = counts(&corpus, &query);
    assert_eq!((sums.total, sums.reports, sums.repeats), (48, 2, 24));
}

#[test]
fn words_are_counted_once_and_never_compared_with_themselves() {
    let folder = folder();
    let corpus = load(folder.path());
    let ids = ids(&corpus);
    let (segmenter, options, cache) = (Segmenter::get(), TermOptions::default(), TermCache::new());
    let count_context = CountContext { corpus: &corpus, segmenter, options: &options, cache: &cache };
    let count = |scope: Scope, term: &str| {
        let extent = scope.extent(&corpus, &|| false).unwrap();
        let table = compare(&count_context, &extent, &Reference::Rest, &|| false).unwrap();
        let row = table.rows.iter().find(|row| row.term == term);
        (row.map_or(0, |row| row.count), row.map_or(0, |row| row.rest_count), table.corpus_reports)
    };
    assert_eq!(count(Scope::corpus(), "灯塔"), (24, 0, 2));
    for print in [ids[0], ids[2]] {
        assert_eq!(count(Scope::report(print), "灯塔"), (24, 0, 2), "{print:?}");
    }
    assert_eq!(count(Scope::reports(ids.clone()), "灯塔"), (24, 0, 2));
    let other = Reference::Reports(ids.clone()).extent(&corpus, &Extent::default(), &|| false).unwrap();
    assert_eq!(other.reports().collect::<Vec<_>>(), [ids[0], ids[1]]);
}

#[test]
fn the_list_marks_it_and_walking_does_not_count_it() {
    let folder = folder();
    let mut stage = Stage::empty(120, 30, Look::default(), Session::default());
    stage.load(load(folder.path()));
    stage.expect("城市 3 · 3 篇（重复 1）");
    let last = stage.rows().into_iter().find(|row| row.contains("黄粱市")).unwrap();
    assert!(last.contains("重"), "{last}");
    stage.keys("/");
    stage.send(yilan::testing::app::Event::Paste("灯塔".into()));
    stage.keys("enter");
    stage.expect("24 处 · 3 城中的 1");
    // Inside the second print one walks from hit to hit, without a number.
    let third = ids(&stage.app.corpus)[2];
    stage.keys("c");
    stage.send(yilan::testing::app::Event::Paste("黄粱".into()));
    stage.keys("enter");
    assert_eq!((stage.app.reading.page.report, stage.app.screen.focus), (Some(third), Panel::Page));
    stage.keys("n");
    assert_eq!(stage.app.reading.page.report, Some(third));
    assert_eq!(stage.app.search.ordinal(), None);
    stage.keys("N");
    assert_eq!(stage.app.search.ordinal(), Some(24), "and out of it to the last that counts");
    stage.expect("24/24 处");
}
