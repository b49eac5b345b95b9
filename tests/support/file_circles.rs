//! Which files need one another: the strongly connected groups of the graph "file names an item of file".
//!
//! A path is followed to the deepest file it names, and through `pub use` to the file that holds the item. That a
//! `mod.rs` declares or re-exports its children is no need of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::source_files::{Source, find_word, is_name_byte};

type Path = Vec<String>;

/// What one file says: what it names, and what it hands on by `pub use`.
#[derive(Default)]
struct Said {
    file: String,
    names: Vec<Path>,
    exports: BTreeMap<String, Path>,
}

/// Groups of files that need one another, each sorted, in name order.
pub fn circles(sources: &[Source]) -> Vec<Vec<String>> {
    let modules: BTreeSet<Path> = sources.iter().map(module).collect();
    let said: BTreeMap<Path, Said> = sources.iter().map(|s| (module(s), read(s, &modules))).collect();
    let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for from in said.values() {
        let targets = from.names.iter().filter_map(|name| resolve(name.clone(), &said, 0));
        needs.insert(&from.file, targets.filter(|to| *to != from.file).collect());
    }
    let reach: BTreeMap<&str, BTreeSet<&str>> = needs.keys().map(|from| (*from, reached(from, &needs))).collect();
    let mut circles = BTreeSet::new();
    for (from, all) in &reach {
        if all.contains(from) {
            let back = |to: &&&str| reach.get(**to).is_some_and(|r| r.contains(from));
            circles.insert(all.iter().filter(back).map(|f| (*f).to_owned()).collect::<Vec<_>>());
        }
    }
    circles.into_iter().collect()
}

fn reached<'a>(from: &str, needs: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut due: Vec<&str> = needs[from].iter().copied().collect();
    while let Some(next) = due.pop() {
        if seen.insert(next) {
            due.extend(needs[next].iter().copied());
        }
    }
    seen
}

/// `corpus/load/mod.rs` is corpus, load; `lib.rs` is the root.
fn module(source: &Source) -> Path {
    let bare = source.name.trim_end_matches(".rs");
    bare.split('/').filter(|part| !matches!(*part, "mod" | "lib")).map(str::to_owned).collect()
}

fn read(source: &Source, modules: &BTreeSet<Path>) -> Said {
    let here = module(source);
    let mut said = Said { file: source.name.clone(), ..Said::default() };
    let mut code = source.code[..source.tests].to_owned();
    for at in find_word(&source.code[..source.tests], "use").collect::<Vec<_>>() {
        let Some(length) = code[at..].find(';') else { continue };
        let body: String = code[at + 3..at + length].split_whitespace().collect::<Vec<_>>().join(" ");
        let line = code[..at].rfind('\n').map_or(0, |n| n + 1);
        let public = code[line..at].trim_start().starts_with("pub");
        for leaf in leaves(&body) {
            let (path, name) = leaf.split_once(" as ").map_or_else(|| (&*leaf, last(&leaf)), |(p, n)| (p, n));
            let Some(path) = absolute(&here, path, modules) else { continue };
            if public {
                said.exports.insert(name.to_owned(), path);
            } else {
                said.names.push(path);
            }
        }
        code.replace_range(at..at + length, &" ".repeat(length));
    }
    for (at, _) in code.match_indices("::") {
        let start =
            code[..at].rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | ':'))).map_or(0, |n| n + 1);
        let bytes = code.as_bytes();
        let end = (at..bytes.len()).find(|&i| !is_name_byte(bytes[i]) && bytes[i] != b':').unwrap_or(bytes.len());
        said.names.extend(absolute(&here, code[start..end].trim_matches(':'), modules));
    }
    said
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// `a::{b, c::{d, e}}` is a::b, a::c::d, a::c::e.
fn leaves(path: &str) -> Vec<String> {
    let path = path.trim();
    let Some((head, group)) = path.split_once('{') else { return vec![path.to_owned()] };
    let mut out = Vec::new();
    let mut depth = 0;
    let mut item = String::new();
    for c in group.trim_end().strip_suffix('}').unwrap_or(group).chars().chain([',']) {
        match c {
            ',' if depth == 0 => {
                let part = std::mem::take(&mut item);
                if !part.trim().is_empty() {
                    out.extend(leaves(&part).into_iter().map(|leaf| format!("{}{leaf}", head.trim())));
                }
                continue;
            }
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        item.push(c);
    }
    out
}

/// `path` as written in module `here`, from the root of the crate; none if it leads to another crate or to no module.
fn absolute(here: &Path, path: &str, modules: &BTreeSet<Path>) -> Option<Path> {
    let parts: Vec<String> = path.split("::").map(|part| part.trim().to_owned()).collect();
    let ups = parts.iter().take_while(|part| *part == "super").count();
    let joined = |base: &[String], rest: &[String]| base.iter().chain(rest).filter(|p| *p != "self").cloned().collect();
    match parts.first()?.as_str() {
        "crate" => Some(joined(&[], &parts[1..])),
        "self" => Some(joined(here, &parts[1..])),
        "super" => Some(joined(here.get(..here.len().checked_sub(ups)?)?, &parts[ups..])),
        child => {
            let own: Path = joined(here, &[child.to_owned()]);
            modules.contains(&own).then(|| joined(here, &parts))
        }
    }
}

/// The file that holds what `path` names.
fn resolve(path: Path, said: &BTreeMap<Path, Said>, depth: u8) -> Option<&str> {
    let known = (0..=path.len()).rev().find(|&n| said.contains_key(&path[..n]))?;
    let file = &said[&path[..known]];
    match path.get(known).and_then(|name| file.exports.get(name)) {
        Some(target) if depth < 8 => {
            resolve(target.iter().chain(&path[known + 1..]).cloned().collect(), said, depth + 1)
        }
        _ => Some(&file.file),
    }
}
