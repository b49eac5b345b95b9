//! EPUB books: chapters of XHTML in the order the book gives.
//!
//! In: an opened archive. Out: one [`Source`] of all chapters. Does not know about: how a chapter's lines are found (`html`).

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::IssueKind;
use crate::corpus::formats::archive::Archive;
use crate::corpus::formats::decode;
use crate::corpus::formats::draft::Draft;
use crate::corpus::formats::html;
use crate::corpus::formats::source::Source;
use crate::corpus::formats::xml;
use crate::corpus::formats::xml::Node;

/// Reads a book.
pub fn read(archive: &mut Archive<'_, '_>) -> Result<Source, IssueKind> {
    let broken = |what: &str| IssueKind::Broken(format!("EPUB: {what}"));
    let container = archive.text("META-INF/container.xml")?.ok_or_else(|| broken("container.xml"))?;
    let mut package = String::new();
    xml::walk(&container, &mut |node| {
        if let Node::Start("rootfile", attributes) = node {
            package = attributes.get("full-path").unwrap_or_default().to_owned();
        }
    })?;
    let contents = archive.text(&package)?.ok_or_else(|| broken("package"))?;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut files: FxHashMap<String, String> = FxHashMap::default();
    let mut spine: Vec<String> = Vec::new();
    xml::walk(&contents, &mut |node| match node {
        // The book's own table of contents is no chapter.
        Node::Start("item", a) if a.get("properties").is_none_or(|p| !p.split(' ').any(|p| p == "nav")) => {
            if let (Some(id), Some(href)) = (a.get("id"), a.get("href")) {
                files.insert(id.to_owned(), href.to_owned());
            }
        }
        Node::Start("itemref", a) => spine.extend(a.get("idref").map(str::to_owned)),
        _ => {}
    })?;
    let (mut draft, mut malformed) = (Draft::default(), false);
    // A book may name a chapter once (EPUB 3.3, 5.7.2): who names it a hundred thousand times wants something else.
    let mut read = FxHashSet::default();
    for href in spine.iter().filter_map(|id| files.get(id)) {
        let path = resolve(folder, href);
        if !read.insert(path.clone()) {
            continue;
        }
        let Some(bytes) = archive.entry(&path)? else { continue };
        let Some(decoded) = decode::decode_declared(bytes) else { continue };
        malformed |= decoded.malformed;
        let page = html::read(&decoded.text);
        page.blocks.iter().for_each(|block| draft.push(&block.line()));
    }
    Ok(Source { malformed, ..draft.finish()? })
}

/// A path inside the book, from the folder of its package.
fn resolve(folder: &str, href: &str) -> String {
    let path = href.split(['#', '?']).next().unwrap_or(href);
    let mut parts: Vec<String> = folder.split('/').filter(|p| !p.is_empty()).map(str::to_owned).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(unescape(part)),
        }
    }
    parts.join("/")
}

/// %E7%81%AF as the characters it stands for.
fn unescape(part: &str) -> String {
    let bytes = part.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let code = code.and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_a_book() {
        assert_eq!(resolve("OEBPS", "text/a.xhtml#b"), "OEBPS/text/a.xhtml");
        assert_eq!(resolve("OEBPS/x", "../%E7%81%AF.xhtml"), "OEBPS/灯.xhtml");
        assert_eq!(resolve("", "a%zz"), "a%zz");
    }
}
