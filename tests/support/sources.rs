//! The files under `src` as text, with comments and literals blanked out, for tests that read the shape of the crate.

use std::fs;
use std::path::{Path, PathBuf};

/// One file under `src`.
pub struct Source {
    /// Path below `src`, with `/`.
    pub name: String,
    pub raw: String,
    /// The same with comments and literals blanked out, so that only code is searched; lines stay where they are.
    pub code: String,
    /// Where the tests begin in both.
    pub tests: usize,
}

impl Source {
    pub fn new(name: String, raw: String) -> Self {
        let code = blank_prose(&raw);
        // `#[cfg(test)] mod fixture;` declares a file and ends nothing.
        let is_tests = |at: &usize| code[*at..].lines().nth(1).is_some_and(|l| l.trim_end().ends_with('{'));
        let tests = code.match_indices("#[cfg(test)]\nmod ").map(|(at, _)| at).find(is_tests).unwrap_or(raw.len());
        Self { name, raw, code, tests }
    }

    /// The top-level module it belongs to; none for `lib.rs` and `main.rs`.
    pub fn module(&self) -> Option<&str> {
        match self.name.split_once('/') {
            Some((module, _)) => Some(module),
            None => self.name.strip_suffix(".rs").filter(|name| !matches!(*name, "lib" | "main")),
        }
    }

    /// How many `super` lead to the root of the crate.
    pub fn depth(&self) -> usize {
        self.name.split('/').filter(|part| *part != "mod.rs").count()
    }

    pub fn at(&self, offset: usize) -> String {
        format!("src/{}:{}", self.name, self.code[..offset].matches('\n').count() + 1)
    }
}

pub fn sources() -> Vec<Source> {
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
pub fn blank_prose(raw: &str) -> String {
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

pub fn is_name_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

/// Where `word` stands in `code` as a whole path segment.
pub fn find_word<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_name = |b: Option<&u8>| b.copied().is_some_and(is_name_byte);
    code.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        let bytes = code.as_bytes();
        !is_name(at.checked_sub(1).and_then(|i| bytes.get(i))) && !is_name(bytes.get(at + word.len()))
    })
}
