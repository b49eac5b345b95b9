//! The lists of a Word document. In: `numbering.xml`, or a file of Word 2003 (which has names of its own for the same). Out: [`ListNumbers`]. Does not know about: paragraphs.

use rustc_hash::FxHashMap;

use crate::corpus::IssueKind;
use crate::corpus::formats::list_numbers::{LEVELS, ListLevel, ListNumbers, ListUse};
use crate::corpus::formats::number_format;
use crate::corpus::formats::xml;
use crate::corpus::formats::xml::{Attributes, Node};

#[derive(Debug, Default)]
struct NumberingReader {
    lists: FxHashMap<String, Vec<ListLevel>>,
    uses: FxHashMap<String, ListUse>,
    /// Lists that have the levels of whichever list defines a style.
    linked: Vec<(String, String)>,
    defining: FxHashMap<String, String>,
    list: String,
    own_use: String,
    /// The text has begun.
    ended: bool,
    /// The level that is overridden.
    level: usize,
}

/// Reads the lists; what stands in or behind the text of the document is none of them.
///
/// # Errors
/// Where the part is no XML.
pub fn read(text: &str) -> Result<ListNumbers, IssueKind> {
    let mut reader = NumberingReader::default();
    xml::walk(text, &mut |node| {
        if let Node::Start(name, attributes) = node {
            reader.start(name, attributes);
        }
    })?;
    for (list, style) in &reader.linked {
        let levels = reader.defining.get(style).and_then(|list| reader.lists.get(list)).cloned();
        reader.lists.entry(list.clone()).or_default().extend(levels.unwrap_or_default());
    }
    let mut numbers = ListNumbers::default();
    reader.lists.into_iter().for_each(|(id, levels)| numbers.add_list(id, levels));
    reader.uses.into_iter().for_each(|(id, list_use)| numbers.add_use(id, list_use));
    Ok(numbers)
}

impl NumberingReader {
    fn start(&mut self, name: &str, attributes: &Attributes) {
        let value = || attributes.get("val").unwrap_or_default();
        let index = || attributes.get("ilvl").and_then(|n| n.parse().ok()).filter(|n| *n < LEVELS);
        match name {
            _ if self.ended => {}
            "body" => self.ended = true,
            "abstractNum" | "listDef" => {
                let id = attributes.get("abstractNumId").or_else(|| attributes.get("listDefId"));
                self.list = id.unwrap_or_default().to_owned();
                self.own_use.clear();
            }
            "num" | "list" => {
                self.own_use =
                    attributes.get("numId").or_else(|| attributes.get("ilfo")).unwrap_or_default().to_owned();
                self.uses.insert(self.own_use.clone(), ListUse::default());
            }
            "styleLink" => {
                self.defining.insert(value().to_owned(), self.list.clone());
            }
            "numStyleLink" => self.linked.push((self.list.clone(), value().to_owned())),
            "lvl" if self.own_use.is_empty() => {
                let levels = self.lists.entry(self.list.clone()).or_default();
                let at = index().unwrap_or(levels.len()).min(LEVELS - 1);
                if levels.len() <= at {
                    levels.resize(at + 1, ListLevel::default());
                }
                self.level = at;
            }
            "abstractNumId" | "ilst" | "lvlOverride" | "startOverride" | "lvl" => {
                let Some(own) = self.uses.get_mut(&self.own_use) else { return };
                match name {
                    "abstractNumId" | "ilst" => own.list = value().to_owned(),
                    "lvlOverride" => self.level = index().unwrap_or(0),
                    "startOverride" => own.starts.extend(value().parse().ok().map(|start| (self.level, start))),
                    _ => own.levels.push((self.level, ListLevel::default())),
                }
            }
            _ => {
                let level = if self.own_use.is_empty() {
                    self.lists.get_mut(&self.list).and_then(|levels| levels.get_mut(self.level))
                } else {
                    self.uses.get_mut(&self.own_use).and_then(|own| own.levels.last_mut()).map(|(_, level)| level)
                };
                if let Some(level) = level {
                    set(level, name, attributes);
                }
            }
        }
    }
}

fn set(level: &mut ListLevel, name: &str, attributes: &Attributes) {
    let value = || attributes.get("val").unwrap_or_default();
    match name {
        "numFmt" => level.format = value().to_owned(),
        "nfc" => level.format = number_format::by_code(value().parse().unwrap_or(usize::MAX)).to_owned(),
        "lvlText" => level.text = value().to_owned(),
        "start" => level.start = value().parse().unwrap_or(1),
        "isLgl" => level.legal = !matches!(value(), "0" | "false"),
        "suff" => level.tight = value() == "nothing",
        "lvlRestart" => level.goes_on = value() == "0",
        "pStyle" => level.style = value().to_owned(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_uses_and_what_differs_in_them() {
        let xml = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:styleLink w:val="S"/>
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
            </w:abstractNum><w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="S"/></w:abstractNum>
            <w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>
            <w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
            <w:num w:numId="5"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%1）"/></w:lvl></w:lvlOverride></w:num></w:numbering>"#;
        let mut numbers = read(xml).expect("numbering");
        let got: Vec<String> = [("3", 0), ("3", 1), ("3", 0), ("4", 0), ("5", 0), ("5", 0), ("5", 1)]
            .into_iter()
            .map(|(id, level)| numbers.next(id, level))
            .collect();
        assert_eq!(got, ["一、", "（一）", "二、", "五、", "（3）", "（4）", "（一）"]);
    }
}
