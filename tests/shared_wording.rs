//! What holds of shared wording over any corpus: small made ones, whose paragraphs are put together from a few sentences, some
//! of them edited.

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use yilan::testing::corpus::load::load_all;
use yilan::testing::corpus::{Corpus, ReportId};
use yilan::testing::index::passages::{FoundPassage, GUARANTEE, PassageIndex, PassageKind};

const PLACES: [&str; 4] = ["南柯区", "槐安县", "水月区", "乌有市"];

/// What happens to a sentence where it is used again: left alone, or a letter is taken out, put in or changed.
#[derive(Debug, Clone, Copy)]
enum Edit {
    None,
    Out(usize),
    In(usize),
    Changed(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = 0usize..40;
    prop_oneof![
        2 => Just(Edit::None),
        1 => at.clone().prop_map(Edit::Out),
        1 => at.clone().prop_map(Edit::In),
        1 => at.prop_map(Edit::Changed),
    ]
}

fn edited(sentence: &str, edit: Edit) -> String {
    let mut letters: Vec<char> = sentence.chars().collect();
    let length = letters.len();
    match edit {
        Edit::None => {}
        Edit::Out(at) => drop(letters.remove(at % length)),
        Edit::In(at) => letters.insert(at % length, '鹤'),
        Edit::Changed(at) => letters[at % length] = '鹿',
    }
    letters.into_iter().collect()
}

/// The texts of a few reports, each with the name of its file.
fn reports() -> impl Strategy<Value = Vec<(String, String)>> {
    let sentences =
        proptest::collection::vec("[清淤修渠闸门苗圃果树坡地旱田水桥梁路灯塔盐船村井山岗育新枝收]{9,30}", 3..7);
    let paragraph = proptest::collection::vec((any::<prop::sample::Index>(), edit()), 1..4);
    let report = (0..PLACES.len(), 2019..2024u16, proptest::collection::vec(paragraph, 1..5));
    (sentences, proptest::collection::vec(report, 2..5)).prop_map(|(sentences, reports)| {
        let text = |(place, year, paragraphs): (usize, u16, Vec<Vec<(prop::sample::Index, Edit)>>)| {
            let mut text = format!(
                "{0}政府工作报告\n——{year}年1月9日在{0}人民代表大会会议上\n各位代表：\n一、过去一年的工作\n",
                PLACES[place]
            );
            for paragraph in paragraphs {
                let used: Vec<String> =
                    paragraph.iter().map(|(index, edit)| edited(index.get::<String>(&sentences), *edit)).collect();
                text.push_str(&format!("{}。\n", used.join("，")));
            }
            text
        };
        (0..).map(|at: usize| format!("{at}.txt")).zip(reports.into_iter().map(text)).collect()
    })
}

fn write(reports: &[(String, String)]) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let paths = reports.iter().map(|(name, text)| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    });
    let paths = paths.collect();
    (folder, paths)
}

fn letters(corpus: &Corpus, found: &FoundPassage) -> Vec<char> {
    let text = corpus.report(found.report).unwrap().0.text();
    let words = found.spans.iter().flat_map(|span| span.slice(text).chars());
    words.filter(|c| c.is_alphanumeric()).collect()
}

/// Whether two texts have a run of [`GUARANTEE`] letters in common.
fn have_a_run_in_common(a: &[char], b: &[char]) -> bool {
    a.windows(GUARANTEE).any(|run| b.windows(GUARANTEE).any(|other| run == other))
}

fn is_part_of(few: &[char], many: &[char]) -> bool {
    let mut many = many.iter();
    few.iter().all(|c| many.any(|other| other == c))
}

/// A passage as the other side tells it.
type Told = (FoundPassage, FoundPassage, PassageKind, bool, [usize; 3]);

/// Every paragraph of a corpus with what it shares.
fn every_passage(corpus: &Corpus, index: &PassageIndex) -> Vec<(ReportId, Vec<char>, Vec<Told>)> {
    let ids = index.reports().iter().flat_map(|report| index.paragraphs_of(*report).map(|id| (*report, id)));
    let told = ids.map(|(report, id)| {
        let shared = index.shared(corpus, id, GUARANTEE).unwrap();
        assert_eq!(shared.left_out, 0);
        let passages = shared.passages.into_iter();
        let passages = passages.map(|p| (p.here, p.there, p.kind, p.own, [p.matched, p.novel, p.edits]));
        (report, shared.paragraph.letters, passages.collect())
    });
    told.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_one_paragraph_shares_with_another_that_one_shares_with_it(reports in reports()) {
        let (_folder, paths) = write(&reports);
        let corpus = load_all(&paths);
        let index = PassageIndex::new(&corpus, &|_, _| {}, &|| false).unwrap();
        let paragraphs = every_passage(&corpus, &index);
        let all: Vec<&Told> = paragraphs.iter().flat_map(|(.., passages)| passages).collect();
        for (here, there, kind, own, counts) in all.iter().copied() {
            prop_assert!(here.report != there.report);
            let back = (there.clone(), here.clone(), *kind, *own, *counts);
            prop_assert_eq!(all.iter().filter(|told| ***told == back).count(), 1, "{:?}", back);
        }
        // Nor is a passage left out on both sides.
        for (report, one, passages) in &paragraphs {
            for (other_report, other, _) in &paragraphs {
                if report != other_report && have_a_run_in_common(one, other) {
                    let found = passages.iter().any(|(_, there, ..)| {
                        there.report == *other_report && is_part_of(&letters(&corpus, there), other)
                    });
                    prop_assert!(found, "{} and {}", String::from_iter(one), String::from_iter(other));
                }
            }
        }
    }

    #[test]
    fn the_spans_of_a_passage_hold_what_it_says(reports in reports()) {
        let (_folder, paths) = write(&reports);
        let corpus = load_all(&paths);
        let index = PassageIndex::new(&corpus, &|_, _| {}, &|| false).unwrap();
        for id in index.reports().iter().flat_map(|report| index.paragraphs_of(*report)) {
            let shared = index.shared(&corpus, id, GUARANTEE).unwrap();
            for passage in &shared.passages {
                let (here, there) = (letters(&corpus, &passage.here), letters(&corpus, &passage.there));
                let ranges = passage.equal.iter().map(|(first, last)| &shared.paragraph.letters[*first..*last]);
                let equal: Vec<char> = ranges.flatten().copied().collect();
                prop_assert_eq!(equal.len(), passage.matched);
                prop_assert!(passage.matched >= GUARANTEE && passage.novel <= passage.matched);
                prop_assert!(is_part_of(&equal, &here) && is_part_of(&equal, &there), "{:?}", passage);
                // A passage begins and ends with a letter that both have.
                prop_assert_eq!((here.first(), here.last()), (equal.first(), equal.last()));
                prop_assert_eq!((there.first(), there.last()), (equal.first(), equal.last()));
                let left = (here.len() - equal.len(), there.len() - equal.len());
                prop_assert!((left.0.max(left.1)..=left.0 + left.1).contains(&passage.edits), "{:?}", passage);
                for found in [&passage.here, &passage.there] {
                    let (document, report) = corpus.report(found.report).unwrap();
                    prop_assert_eq!(document.line_at(found.spans[0].start), found.line);
                    for span in &found.spans {
                        prop_assert!(report.line_numbers().any(|line| line == document.line_at(span.start)));
                    }
                }
            }
        }
    }
}

fn shuffled() -> impl Strategy<Value = (Vec<(String, String)>, Vec<usize>)> {
    reports().prop_flat_map(|reports| {
        let order = Just((0..reports.len()).collect::<Vec<_>>()).prop_shuffle();
        (Just(reports), order)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn neither_the_order_of_writing_nor_threads_change_a_byte((reports, order) in shuffled()) {
        let answer = |reports: &[(String, String)], threads: &str| {
            let (folder, _) = write(reports);
            [&["--formulas"][..], &["--summary"][..]].map(|options| {
                let mut program = program::program(&["reuse", "--json", "."]);
                let output = program.args(options).env("RAYON_NUM_THREADS", threads).current_dir(folder.path());
                let output = output.output().unwrap();
                (output.status.code(), String::from_utf8(output.stdout).unwrap())
            })
        };
        let once = answer(&reports, "1");
        prop_assert!(once.iter().all(|(code, _)| code.is_some_and(|code| code < 2)));
        prop_assert!(once[1].1.lines().count() >= 1);
        let other: Vec<_> = order.iter().map(|at| reports[*at].clone()).collect();
        prop_assert_eq!(answer(&other, "4"), once);
    }
}
