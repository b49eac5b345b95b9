//! Keeps the shape of the crate: reads every file under `src` and checks that modules use only the floors below
//! their own, that files say what they are for and stay short, and that crates and the disk are used where they
//! belong. A failure names file and line.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The floors of `src/lib.rs`. Modules of one floor do not use one another.
const FLOORS: [(&str, u8); 9] = [
    ("text", 0),
    ("corpus", 1),
    ("index", 2),
    ("command", 3),
    ("config", 4),
    ("app", 5),
    ("view", 6),
    ("run", 7),
    ("cli", 7),
];

/// What may be named only under one of these paths (files, or folders with what is in them).
const RESERVED: [(&str, &[&str]); 5] =
    [("fuzzy_matcher", &["index"]), ("directories", &["config"]), ("walkdir", DISK), ("fs", DISK), ("File", DISK)];

/// Who may touch the disk.
const DISK: &[&str] = &["corpus/load", "corpus/formats", "config", "run", "cli", "main"];

/// Lines of a file before its tests.
const LONGEST: usize = 400;

struct Source {
    /// Path below `src`, with `/`.
    name: String,
    raw: String,
    /// The same with comments and literals blanked out, so that only code is searched; lines stay where they are.
    code: String,
    /// Where the tests begin in both.
    tests: usize,
}

impl Source {
    fn new(name: String, raw: String) -> Self {
        let code = blank_prose(&raw);
        // `#[cfg(test)] mod fixture;` declares a file and ends nothing.
        let is_tests = |at: &usize| code[*at..].lines().nth(1).is_some_and(|l| l.trim_end().ends_with('{'));
        let tests = code.match_indices("#[cfg(test)]\nmod ").map(|(at, _)| at).find(is_tests).unwrap_or(raw.len());
        Self { name, raw, code, tests }
    }

    /// The top-level module it belongs to; none for `lib.rs` and `main.rs`.
    fn module(&self) -> Option<&str> {
        match self.name.split_once('/') {
            Some((module, _)) => Some(module),
            None => self.name.strip_suffix(".rs").filter(|name| !matches!(*name, "lib" | "main")),
        }
    }

    /// How many `super` lead to the root of the crate.
    fn depth(&self) -> usize {
        self.name.split('/').filter(|part| *part != "mod.rs").count()
    }

    fn at(&self, offset: usize) -> String {
        format!("src/{}:{}", self.name, self.code[..offset].matches('\n').count() + 1)
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    list_rust_files(&root, &mut files);
    files.sort();
    let sources: Vec<Source> = files
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            Source::new(name, fs::read_to_string(&path).unwrap().replace("\r\n", "\n"))
        })
        .collect();
    assert!(sources.len() > 10, "the sources were not found under {}", root.display());
    sources
}

fn list_rust_files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list_rust_files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// Replaces comments and literals by blanks, byte for byte, line feeds kept.
fn blank_prose(raw: &str) -> String {
    let bytes = raw.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &raw[at..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |n| n + 2)
        } else if rest.starts_with('"') {
            string_length(rest)
        } else if let Some(length) = raw_string_length(raw, at) {
            length
        } else if rest.starts_with('\'') {
            char_length(rest)
        } else {
            0
        };
        let end = at + length;
        out[at..end].iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b' ');
        at = if length > 0 { end } else { at + rest.chars().next().map_or(1, char::len_utf8) };
    }
    String::from_utf8(out).unwrap()
}

fn string_length(rest: &str) -> usize {
    let mut escaped = false;
    for (i, b) in rest.bytes().enumerate().skip(1) {
        match b {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return i + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_string_length(raw: &str, at: usize) -> Option<usize> {
    let rest = raw[at..].strip_prefix('r')?;
    let in_name = at > 0 && is_name_byte(raw.as_bytes()[at - 1]) && !raw[..at].ends_with('b');
    let hashes = rest.bytes().take_while(|b| *b == b'#').count();
    if in_name || rest.as_bytes().get(hashes) != Some(&b'"') {
        return None;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    let open = 1 + hashes + 1;
    Some(raw[at + open..].find(&close).map_or(rest.len() + 1, |n| open + n + close.len()))
}

/// Length of a character literal; 0 for a lifetime.
fn char_length(rest: &str) -> usize {
    let inner = &rest[1..];
    if inner.starts_with('\\') {
        return inner.get(2..).and_then(|tail| tail.find('\'')).map_or(0, |n| n + 4);
    }
    let length = inner.chars().next().map_or(0, char::len_utf8);
    if inner[length..].starts_with('\'') { length + 2 } else { 0 }
}

fn is_name_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

/// Where `word` stands in `code` as a whole path segment.
fn find_word<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_name = |b: Option<&u8>| b.copied().is_some_and(is_name_byte);
    code.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        let bytes = code.as_bytes();
        !is_name(at.checked_sub(1).and_then(|i| bytes.get(i))) && !is_name(bytes.get(at + word.len()))
    })
}

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
