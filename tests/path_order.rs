//! The order in which files are named changes no answer of the questions that compare reports: the same rows, over small corpora whose
//! paragraphs are put together from a few repetitive sentences.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use proptest::prelude::*;
use yilan::testing::analysis::Context;
use yilan::testing::cli::{Arguments, Command};
use yilan::testing::config::Config;
use yilan::testing::corpus::load::load_all;
use yilan::testing::index::comparison_indexes::ComparisonIndexes;
use yilan::testing::index::groups::Groups;
use yilan::testing::index::targets::Indicators;
use yilan::testing::index::terms::{CountContext, Segmenter, TermCache};
use yilan::testing::table::write::json;
use yilan::testing::text::Lang;

const PLACES: [&str; 4] = ["南柯区", "槐安县", "水月区", "乌有市"];

/// What is asked; in place of FILE and OTHER stand two of the files.
const QUESTIONS: [&[&str]; 9] = [
    &["reuse", "--formulas"],
    &["reuse", "--summary"],
    &["reuse", "--formulas", "--at", "FILE:5"],
    &["similar", "FILE:4"],
    &["similar", "FILE:4", "--words"],
    &["diff", "FILE", "OTHER"],
    &["targets"],
    &["first", "水渠"],
    &["draft", "FILE"],
];

/// The texts of a few reports. Few letters make texts that are like themselves at many places.
fn reports() -> impl Strategy<Value = Vec<String>> {
    let sentence = prop_oneof![
        Just("全年地区生产总值增长5%左右".to_owned()),
        Just("清淤水渠三十里，清淤水渠三十里，清淤水渠三十里".to_owned()),
        "[清淤水渠]{13,40}",
        "[闸门苗圃果树坡地水渠]{9,30}",
    ];
    let sentences = proptest::collection::vec(sentence, 3..6);
    let paragraph = proptest::collection::vec(any::<prop::sample::Index>(), 1..4);
    let report = (0..PLACES.len(), 2019..2024u16, proptest::collection::vec(paragraph, 1..4));
    (sentences, proptest::collection::vec(report, 2..5)).prop_map(|(sentences, reports)| {
        let text = |(place, year, paragraphs): (usize, u16, Vec<Vec<prop::sample::Index>>)| {
            let mut text = format!(
                "{0}政府工作报告\n——{year}年1月9日在{0}人民代表大会会议上\n各位代表：\n一、过去一年的工作\n",
                PLACES[place]
            );
            for paragraph in paragraphs {
                let used: Vec<&str> = paragraph.iter().map(|index| index.get::<String>(&sentences).as_str()).collect();
                text.push_str(&format!("{}。\n", used.join("，")));
            }
            text
        };
        reports.into_iter().map(text).collect()
    })
}

/// The rows of the answer to a question, as programs get them.
fn rows(paths: &[PathBuf], words: &[&str], files: [&Path; 2]) -> Option<BTreeSet<String>> {
    let corpus = load_all(paths);
    if corpus.distinct_count() != corpus.report_count() {
        // Which of two equal reports stands for both is decided by which was read first.
        return None;
    }
    let named =
        |word: &&str| word.replace("FILE", &files[0].to_string_lossy()).replace("OTHER", &files[1].to_string_lossy());
    let words = ["yilan".to_owned()].into_iter().chain(words.iter().map(named));
    let Some(Command::Analysis(asked)) = Arguments::try_parse_from(words).unwrap().command else {
        panic!("a question")
    };
    let options = asked.question.options(&Config::default().terms.stop_list());
    let (cache, groups, indexes) = (TermCache::new(), Groups::built_in(), ComparisonIndexes::new());
    let context = Context {
        count_context: CountContext { corpus: &corpus, segmenter: Segmenter::get(), options: &options, cache: &cache },
        indexes: &indexes,
        groups: &groups,
        indicators: &Ok(Indicators::default()),
        refused: &|_| false,
        lang: Lang::Zh,
        rows: usize::MAX,
    };
    let mut out = Vec::new();
    if let Ok(table) = asked.question.run(&context, &|| false) {
        json::write(&mut out, &table).unwrap();
    }
    Some(String::from_utf8(out).unwrap().lines().map(str::to_owned).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_in_which_files_are_named_changes_no_row(
        reports in reports(),
        order in Just((0..4usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = |at: usize| folder.path().join(format!("{at}.txt"));
        for (at, text) in reports.iter().enumerate() {
            fs::write(path(at), text).unwrap();
        }
        let named: Vec<PathBuf> = (0..reports.len()).map(path).collect();
        let turned: Vec<PathBuf> = order.into_iter().filter(|at| *at < reports.len()).map(path).collect();
        let files = [named[0].as_path(), named[1].as_path()];
        for words in QUESTIONS {
            prop_assert_eq!(rows(&named, words, files), rows(&turned, words, files), "{:?}", words);
        }
    }
}
