//! Keeps the shape of the crate: reads every file under `src` and checks that modules use only the floors below
//! their own, that files say what they are for and stay short, and that crates and the disk are used where they
//! belong. A failure names file and line.

#[path = "support/file_circles.rs"]
mod file_circles;
#[path = "support/sources.rs"]
mod source_files;

use std::fmt::Write as _;

use source_files::{Source, blank_prose, find_word, sources};

/// The floors of `src/lib.rs`. Modules of one floor do not use one another.
const FLOORS: [(&str, u8); 14] = [
    ("text", 0),
    ("corpus", 1),
    ("index", 2),
    ("table", 3),
    ("analysis", 4),
    ("command", 5),
    ("config", 6),
    ("store", 7),
    ("app", 8),
    ("engine", 9),
    ("view", 9),
    ("run", 10),
    ("cli", 10),
    ("start", 11),
];

/// What may be named only under one of these paths (files, or folders with what is in them).
const RESERVED: [(&str, &[&str]); 5] =
    [("fuzzy_matcher", &["index"]), ("directories", &["config"]), ("walkdir", DISK), ("fs", DISK), ("File", DISK)];

/// Who may touch the disk.
// `corpus/kept` maps files that `corpus/load/gate.rs` has opened.
const DISK: &[&str] = &["corpus/load", "corpus/kept", "corpus/formats", "store", "main"];

/// Lines of a file before its tests.
const LONGEST: usize = 400;

/// The modules named by the `crate::…` paths of `code`: offset and name. `crate::{a::b, c}` names a and c.
fn used_modules(code: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for at in find_word(code, "crate") {
        let Some(rest) = code[at + "crate".len()..].trim_start().strip_prefix("::") else { continue };
        let rest = rest.trim_start();
        match rest.strip_prefix('{') {
            None => out.push((at, first_name(rest))),
            Some(group) => {
                let mut depth = 0;
                let mut item = String::new();
                for c in group.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => out.push((at, first_name(&std::mem::take(&mut item)))),
                        _ => item.push(c),
                    }
                }
                out.push((at, first_name(&item)));
            }
        }
    }
    out.retain(|(_, name)| !name.is_empty());
    out
}

fn first_name(path: &str) -> String {
    path.trim_start().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

fn floor_of(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// Fails with one line per fault.
fn report(faults: &[String]) {
    let mut text = String::new();
    for fault in faults {
        let _ = writeln!(text, "  {fault}");
    }
    assert!(faults.is_empty(), "{} fault(s):\n{text}", faults.len());
}

#[test]
fn modules_use_only_the_floors_below() {
    let mut faults = Vec::new();
    for source in sources() {
        let Some(module) = source.module() else { continue };
        let Some(floor) = floor_of(module) else {
            faults.push(format!(
                "src/{}:1: module `{module}` stands on no floor; give it one here and in src/lib.rs",
                source.name
            ));
            continue;
        };
        for (at, used) in used_modules(&source.code) {
            if used == module {
                continue;
            }
            match floor_of(&used) {
                Some(below) if below < floor => {}
                Some(other) => {
                    faults.push(format!("{}: {module} (floor {floor}) uses {used} (floor {other})", source.at(at)))
                }
                None => faults.push(format!("{}: `crate::{used}` is no module of a floor", source.at(at))),
            }
        }
        // A chain of `super` to the root would go round the check above.
        let chain = vec!["super"; source.depth()].join("::");
        for at in find_word(&source.code[..source.tests], &chain) {
            faults.push(format!("{}: `{chain}` is the root of the crate; write `crate::…`", source.at(at)));
        }
    }
    report(&faults);
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = |source: &Source| !source.raw.starts_with("//! ");
    report(
        &sources()
            .iter()
            .filter(|s| silent(s))
            .map(|s| format!("src/{}:1: opens without `//!`", s.name))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn files_stay_short() {
    let mut faults = Vec::new();
    for source in sources() {
        let lines = source.raw[..source.tests].lines().count();
        if lines > LONGEST {
            faults.push(format!(
                "src/{}:{}: {lines} lines before its tests, {LONGEST} are the limit",
                source.name,
                LONGEST + 1
            ));
        }
    }
    report(&faults);
}

#[test]
fn crates_and_the_disk_are_used_where_they_belong() {
    let mut faults = Vec::new();
    for source in sources() {
        for (name, places) in RESERVED {
            let allowed = places.iter().any(|place| {
                source.name.strip_prefix(place).is_some_and(|rest| rest.starts_with('/') || rest.starts_with(".rs"))
            });
            if allowed {
                continue;
            }
            for at in find_word(&source.code[..source.tests], name) {
                let after = source.code[at + name.len()..].trim_start();
                // `fs` and `File` are names anyone may give a thing: only paths count.
                if after.starts_with("::") || source.code[..at].trim_end().ends_with("::") {
                    faults.push(format!("{}: `{name}` belongs to {}", source.at(at), places.join(", ")));
                }
            }
        }
    }
    report(&faults);
}

/// Whoever opens a file to read it waits for a pipe and reads a device without end, unless it goes through the gate.
#[test]
fn files_are_read_through_the_gate_and_written_by_the_writer_only() {
    const GATE: &str = "corpus/load/gate.rs";
    const WRITER: &str = "store/atomic.rs";
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.name != GATE) {
        let code = &source.code[..source.tests];
        for name in ["fs::read(", "fs::read_to_string(", "File::open(", "File::options(", "OpenOptions::"] {
            faults
                .extend(code.match_indices(name).map(|(at, _)| format!("{}: read through src/{GATE}", source.at(at))));
        }
        if source.name == WRITER {
            continue;
        }
        for name in ["fs::write(", "File::create", "tempfile_in", "NamedTempFile", "create_dir"] {
            faults.extend(
                code.match_indices(name).map(|(at, _)| format!("{}: write through src/{WRITER}", source.at(at))),
            );
        }
    }
    report(&faults);
}

/// The type names that stand in two files or more, each with its reason. All others are of one idea, whoever searches for one
/// finds it.
const SHARED_TYPE_NAMES: [(&str, &str); 1] =
    [("Params", "the parameters of a question: its module, which is the question, says of which")];

#[test]
fn a_type_name_stands_for_one_idea() {
    let mut defined: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    for source in sources() {
        for word in ["struct", "enum", "trait", "union"] {
            let code = &source.code[..source.tests];
            for at in find_word(code, word) {
                let name = first_name(&code[at + word.len()..]);
                if name.is_empty() {
                    continue;
                }
                let files = defined.entry(name).or_default();
                if !files.contains(&source.name) {
                    files.push(source.name.clone());
                }
            }
        }
    }
    assert!(defined.len() > 100, "the definitions are not found any more");
    let faults: Vec<String> = defined
        .iter()
        .filter(|(name, files)| files.len() > 1 && !SHARED_TYPE_NAMES.iter().any(|(shared, _)| shared == name))
        .map(|(name, files)| format!("{name} is defined in {}", files.join(", ")))
        .collect();
    report(&faults);
    for (name, reason) in SHARED_TYPE_NAMES {
        assert!(defined.get(name).is_some_and(|files| files.len() > 1), "{name} stands once: {reason}");
    }
}

/// Parts of the whole state; more than these nobody keeps in mind.
const MOST_PARTS: usize = 12;

#[test]
fn the_state_has_few_parts() {
    let sources = sources();
    let state = sources.iter().find(|source| source.name == "app/state.rs").expect("the state has moved");
    let (_, rest) = state.code.split_once("pub struct App {").expect("the state is no struct any more");
    let (fields, _) = rest.split_once("\n}").expect("the state has no end");
    let parts = fields.lines().filter(|line| line.trim_end().ends_with(',')).count();
    assert!((6..=MOST_PARTS).contains(&parts), "App has {parts} fields; {MOST_PARTS} is the most:\n{fields}");
}

#[test]
fn the_reader_of_sources_sees_what_it_should() {
    let code = "use crate::{text::{Span, width}, corpus::Corpus,\n view};\nlet a = $crate::app::X; // crate::cli\n\
                let s = \"crate::run\"; let q = '\"'; crate :: index::f::<'_>(r#\"\"crate::config\"#, '\\'', b\"\\\"\");\nmycrate::run";
    let names: Vec<String> = used_modules(&blank_prose(code)).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["text", "corpus", "view", "app", "index"]);

    let source =
        Source::new("text/a.rs".into(), "//! A.\n#[cfg(test)]\nmod fixture;\n\n#[cfg(test)]\nmod tests {\n}\n".into());
    assert_eq!((source.module(), source.depth(), source.at(source.tests)), (Some("text"), 2, "src/text/a.rs:5".into()));
    assert_eq!(Source::new("text/mod.rs".into(), String::new()).depth(), 1);
    assert_eq!(Source::new("main.rs".into(), String::new()).module(), None);
}

/// Floors whose files may not need one another in a circle.
const WITHOUT_CIRCLES: &[&str] = &[
    "text", "corpus", "index", "table", "analysis", "command", "config", "store", "app", "engine", "view", "run", "cli",
];

#[test]
fn no_files_need_one_another() {
    let circles = file_circles::circles(&sources());
    let faults: Vec<String> = circles
        .into_iter()
        .filter(|files| files.iter().any(|f| WITHOUT_CIRCLES.contains(&f.split('/').next().unwrap_or_default())))
        .map(|files| format!("in a circle: {}", files.join(" ")))
        .collect();
    report(&faults);
}

#[test]
fn a_circle_of_files_is_seen_through_re_exports_and_groups() {
    let file = |name: &str, raw: &str| Source::new(name.to_owned(), raw.to_owned());
    let files = [
        file("lib.rs", "mod a;\nmod b;\n"),
        file("a/mod.rs", "mod x;\nmod y;\npub use x::{One, Other};\n"),
        file("a/x.rs", "use crate::b::Two;\npub struct One;\n"),
        file("a/y.rs", "use super::One;\n"),
        file("b.rs", "use crate::a::{One as First};\npub struct Two;\n"),
    ];
    assert_eq!(file_circles::circles(&files), [["a/x.rs", "b.rs"]]);
}
