//! What a reader says of real documents, written down before the program was asked: which sections are about the same thing, what
//! became of a sentence a year later, which wording is shared and which everybody's, which values are targets. Positions and
//! kinds only; the documents are no part of the repository. The tests look for them in the folder that `YILAN_SHARED` names, and
//! say so and pass where it is not set.

#[path = "support/program.rs"]
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use program::program;
use serde_json::Value;

fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("YILAN_SHARED").map(PathBuf::from);
    if folder.is_none() {
        println!("YILAN_SHARED names no folder of documents: nothing compared");
    }
    folder
}

/// The rows of a table of labels, by the names of its columns.
fn labels(table: &'static str) -> Vec<BTreeMap<&'static str, &'static str>> {
    let mut lines = table.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines.map(|line| names.iter().copied().zip(line.split('\t')).collect()).collect()
}

fn asked(arguments: &[String], input: &str) -> Vec<Value> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut child =
        program(&arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(input.as_bytes());
    });
    let out = child.wait_with_output().unwrap().stdout;
    writer.join().unwrap();
    String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The command, `--json`, and every file that the columns `files` name.
fn command(words: &[&str], folder: &Path, rows: &[BTreeMap<&str, &str>], files: &[&str]) -> Vec<String> {
    let named: BTreeSet<&str> = rows.iter().flat_map(|row| files.iter().map(|file| row[file])).collect();
    let paths = named.into_iter().map(|file| folder.join(file).to_string_lossy().into_owned());
    words.iter().map(|word| (*word).to_owned()).chain(["--json".to_owned()]).chain(paths).collect()
}

fn is_file(told: &Value, file: &str) -> bool {
    told.as_str().is_some_and(|told| Path::new(told).ends_with(file))
}

fn number(row: &BTreeMap<&str, &str>, column: &str) -> u64 {
    row[column].parse().unwrap()
}

#[test]
fn the_section_about_the_same_thing_is_found() {
    let Some(folder) = shared() else { return };
    let rows = labels(include_str!("fixtures/compare/similar.tsv"));
    let arguments =
        command(&["similar", "--stdin", "--per-report", "3"], &folder, &rows, &["query_file", "target_file"]);
    let queries: BTreeSet<String> =
        rows.iter().map(|row| format!("{}:{}", folder.join(row["query_file"]).display(), row["query_line"])).collect();
    let told = asked(&arguments, &queries.into_iter().map(|query| query + "\n").collect::<String>());
    let (mut first, mut within) = (0, 0);
    for row in &rows {
        let of_row = |answer: &&Value| {
            is_file(&answer["query"]["file"], row["query_file"])
                && answer["query"]["line"].as_u64() == Some(number(row, "query_line"))
                && is_file(&answer["file"], row["target_file"])
        };
        let lines: Vec<u64> = told.iter().filter(of_row).filter_map(|answer| answer["line"].as_u64()).take(3).collect();
        let right = |line: &u64| row["target_lines"].split(',').any(|wanted| wanted.parse() == Ok(*line));
        first += usize::from(lines.first().is_some_and(right));
        within += usize::from(lines.iter().any(right));
        if !lines.first().is_some_and(right) {
            println!("{row:?}: {lines:?}");
        }
    }
    println!("similar: first {first}, within three {within} of {}", rows.len());
    assert!(first * 100 >= rows.len() * 85 && within * 100 >= rows.len() * 90);
}

#[test]
fn what_became_of_a_sentence_is_told() {
    let Some(folder) = shared() else { return };
    let rows = labels(include_str!("fixtures/compare/diff.tsv"));
    let [old, new] = ["a_file", "b_file"].map(|file| folder.join(rows[0][file]).to_string_lossy().into_owned());
    let told = asked(&["diff".into(), "--json".into(), old, new], "");
    let mut pairs: BTreeMap<(u64, u64, &str), usize> = BTreeMap::new();
    for row in &told {
        if let (Some(old), Some(new)) = (row["old"]["line"].as_u64(), row["new"]["line"].as_u64()) {
            *pairs.entry((old, new, row["kind"].as_str().unwrap())).or_default() += 1;
        }
    }
    let (mut aligned, mut kinds, mut all) = (0, 0, 0);
    for row in &rows {
        let (old, new, count) = (number(row, "a_line"), number(row, "b_line"), number(row, "count") as usize);
        let there = |wanted: &dyn Fn(&str) -> bool| -> usize {
            let own = pairs.iter().filter(|((a, b, kind), _)| (*a, *b) == (old, new) && wanted(kind));
            own.map(|(_, n)| n).sum::<usize>().min(count)
        };
        let right = there(&|kind| row["kind"].split('/').any(|wanted| wanted == kind));
        if right < count {
            println!("{row:?}");
        }
        (aligned, kinds, all) = (aligned + there(&|_| true), kinds + right, all + count);
    }
    println!("diff: aligned {aligned}, of the right kind {kinds} of {all}");
    assert!(aligned * 100 >= all * 95 && kinds * 100 >= all * 90);
}

#[test]
fn wording_of_everybody_is_not_called_shared() {
    let Some(folder) = shared() else { return };
    let rows = labels(include_str!("fixtures/compare/reuse.tsv"));
    let told = asked(&command(&["reuse"], &folder, &rows, &["a_file", "b_file"]), "");
    let (mut right, mut all) = (BTreeMap::new(), BTreeMap::new());
    for row in &rows {
        let (a, b, at) = (number(row, "a_line"), number(row, "b_line"), number(row, "a_column"));
        let joins = |answer: &&Value| {
            [(*answer, &answer["other"]), (&answer["other"], *answer)].into_iter().any(|(here, there)| {
                is_file(&here["file"], row["a_file"])
                    && is_file(&there["file"], row["b_file"])
                    && (here["line"].as_u64(), there["line"].as_u64()) == (Some(a), Some(b))
                    && here["column"].as_u64().is_some_and(|column| column <= at + 8)
                    && here["end"].as_u64().is_some_and(|end| end >= at)
            })
        };
        let called = told.iter().filter(joins).any(|answer| answer["kind"] == "reuse");
        let fits = called == (row["label"] == "reuse");
        if !fits {
            println!("{row:?}");
        }
        *right.entry(row["label"]).or_insert(0) += usize::from(fits);
        *all.entry(row["label"]).or_insert(0) += 1;
    }
    println!("reuse: {right:?} of {all:?}");
    assert!(right["formula"] * 100 >= all["formula"] * 95 && right["reuse"] == all["reuse"]);
}

#[test]
fn targets_are_read_as_a_reader_reads_them() {
    let Some(folder) = shared() else { return };
    let rows = labels(include_str!("fixtures/compare/targets.tsv"));
    let told = asked(&command(&["targets"], &folder, &rows, &["file"]), "");
    let same = |row: &BTreeMap<&str, &str>, answer: &Value| {
        is_file(&answer["file"], row["file"])
            && answer["line"].as_u64() == Some(number(row, "line"))
            && ["indicator", "measure", "unit", "qualifier", "status"].iter().all(|name| answer[name] == row[name])
            && answer["value"].as_f64() == row["value"].parse().ok()
            && answer["year"].as_u64() == Some(number(row, "year"))
    };
    let missed: Vec<_> = rows.iter().filter(|row| !told.iter().any(|answer| same(row, answer))).collect();
    missed.iter().for_each(|row| println!("{row:?}"));
    println!("targets: {} of {}", rows.len() - missed.len(), rows.len());
    assert!(missed.len() * 100 <= rows.len() * 5);
}
