//! The built-in sample against facts written down by hand (`sample/expected.json`).

use std::collections::BTreeSet;

use serde_json::Value;
use yilan::testing::corpus::{Body, LineKind, load};

fn expected() -> Vec<Value> {
    let text = include_str!("../sample/expected.json");
    serde_json::from_str::<Vec<Value>>(text).expect("a list of documents")
}

fn lines(ranges: &Value) -> BTreeSet<u64> {
    let pairs = ranges.as_array().expect("ranges");
    pairs.iter().flat_map(|p| p[0].as_u64().expect("first")..=p[1].as_u64().expect("last")).collect()
}

#[test]
fn every_report_is_found_with_its_lines_and_names() {
    let corpus = load::sample();
    let mut seen = 0;
    for file in expected() {
        let name = file["file"].as_str().expect("file");
        let document =
            corpus.documents().iter().find(|d| d.path.as_os_str() == name).unwrap_or_else(|| panic!("{name}"));
        let reports = file["reports"].as_array().expect("reports");
        assert_eq!(document.reports.len(), reports.len(), "{name}");
        for (got, want) in document.reports.iter().zip(reports) {
            let filled = |set: BTreeSet<u64>| -> BTreeSet<u64> {
                set.into_iter().filter(|&n| !document.line_text(u32::try_from(n).expect("line")).is_empty()).collect()
            };
            let own: BTreeSet<u64> = got.line_numbers().map(u64::from).collect();
            assert_eq!(filled(own), filled(lines(&want["line_ranges"])), "{name}: {}", got.title);
            assert_eq!(got.place, want["place"].as_str().expect("place"), "{name}: {}", got.title);
            assert_eq!(got.body.name(), want["body"].as_str().expect("body"), "{name}: {}", got.title);
            assert_eq!(got.years.last().map(|y| u64::from(*y)), want["year_last"].as_u64(), "{name}: {}", got.title);
            assert!(got.province.is_empty(), "invented places have no province");
            let heading = |s: &Value| (s["line"].as_u64(), s["level"].as_u64());
            let want: Vec<_> = want["sections"].as_array().expect("sections").iter().map(heading).collect();
            let got: Vec<_> = got
                .sections
                .iter()
                .filter(|s| !s.run_in && Some(s.line) != got.title_line)
                .map(|s| (Some(u64::from(s.line)), Some(u64::from(s.level))))
                .collect();
            let lines_of = |list: &[(Option<u64>, Option<u64>)]| list.iter().map(|h| h.0).collect::<Vec<_>>();
            assert_eq!(lines_of(&got), lines_of(&want), "{name}");
            // Levels of an article's headings are a matter of taste.
            if !name.contains("日报") {
                assert_eq!(got, want, "{name}");
            }
            seen += 1;
        }
    }
    assert_eq!(seen, corpus.report_count());
}

#[test]
fn every_line_has_one_owner_or_is_listed_as_outside() {
    for document in load::sample().documents() {
        for (i, line) in document.lines.iter().enumerate() {
            let number = u32::try_from(i + 1).expect("line");
            let owners = document.reports.iter().filter(|r| r.covers(number)).count();
            match line.kind {
                LineKind::Blank => assert!(owners <= 1),
                kind if kind.is_outside() && owners == 0 => {
                    assert!(
                        document.issues.iter().any(|i| i.line == Some(number) && i.kind.code() == "outside"),
                        "{}:{number}",
                        document.path.display()
                    );
                }
                _ => assert_eq!(owners, 1, "{}:{number}: {}", document.path.display(), document.line_text(number)),
            }
        }
    }
}

#[test]
fn repeats_joins_and_flaws_are_marked() {
    let corpus = load::sample();
    for file in expected() {
        let name = file["file"].as_str().expect("file");
        let document = corpus.documents().iter().find(|d| d.path.as_os_str() == name).expect("document");
        for report in file["reports"].as_array().expect("reports") {
            for repeat in report["repeats"].as_array().into_iter().flatten() {
                let line = u32::try_from(repeat["line"].as_u64().expect("line")).expect("line");
                assert_eq!(document.line(line).map(|l| l.kind), Some(LineKind::Repeat), "{name}:{line}");
            }
        }
        for flaw in file["flaws"].as_array().into_iter().flatten() {
            let line = u32::try_from(flaw["line"].as_u64().expect("line")).expect("line");
            assert!(document.issues.iter().any(|i| i.line == Some(line)), "{name}:{line}");
        }
    }
}

#[test]
fn there_are_two_years_and_several_bodies() {
    let corpus = load::sample();
    let years: BTreeSet<u16> = corpus.reports().filter_map(|(_, _, r)| r.years.last().copied()).collect();
    let bodies: BTreeSet<Body> = corpus.reports().map(|(_, _, r)| r.body).collect();
    assert!(years.len() >= 2 && bodies.len() >= 4);
    assert!(corpus.report_count() >= 8);
    assert!(corpus.reports().filter(|(_, _, r)| r.han >= 1500).count() >= 8);
}
