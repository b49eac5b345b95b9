//! The parts of a package: what an archive, or one file that says it is a package, holds by name.
//!
//! In: texts by name. Out: how they refer to one another, and what they are together. Does not know about: what they say.

use crate::corpus::IssueKind;
use crate::corpus::formats::archive::Archive;
use crate::corpus::formats::xml;
use crate::corpus::formats::xml::Node;

/// Whatever holds named texts.
pub trait PackageParts {
    /// The text called so; none if there is none.
    ///
    /// # Errors
    /// Where it cannot be unpacked.
    fn part(&mut self, name: &str) -> Result<Option<String>, IssueKind>;
}

impl PackageParts for Archive<'_, '_> {
    fn part(&mut self, name: &str) -> Result<Option<String>, IssueKind> {
        self.text(name)
    }
}

/// What a part of a package refers to (ECMA-376 part 2, 9.3).
#[derive(Debug, Default)]
pub struct Relations {
    /// The last word of each relation's type, its name, the part it leads to.
    targets: Vec<(String, String, String)>,
}

impl Relations {
    /// The relations of the part called `name`; of the package itself if that is empty.
    ///
    /// # Errors
    /// Where they are no XML.
    pub fn of(parts: &mut dyn PackageParts, name: &str) -> Result<Self, IssueKind> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let Some(text) = parts.part(&resolve(folder, &format!("_rels/{file}.rels")))? else {
            return Ok(Self::default());
        };
        let mut relations = Self::default();
        xml::walk(&text, &mut |node| {
            let Node::Start("Relationship", a) = node else { return };
            if let (Some(kind), Some(target)) = (a.get("Type"), a.get("Target")) {
                let kind = kind.rsplit('/').next().unwrap_or(kind).to_owned();
                relations.targets.push((kind, a.get("Id").unwrap_or_default().to_owned(), resolve(folder, target)));
            }
        })?;
        Ok(relations)
    }

    /// The first part of a kind.
    pub fn first(&self, kind: &str) -> Option<&str> {
        self.targets.iter().find(|(own, ..)| own == kind).map(|(.., target)| target.as_str())
    }

    /// The part that a name leads to.
    pub fn called(&self, id: &str) -> Option<&str> {
        self.targets.iter().find(|(_, own, _)| own == id).map(|(.., target)| target.as_str())
    }
}

/// The part that `target` means inside `folder`.
pub fn resolve(folder: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let (base, target) = target.strip_prefix('/').map_or((folder, target), |whole| ("", whole));
    let mut path: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path.join("/")
}

/// What a package of Office holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Office {
    /// A text.
    Word,
    /// Tables.
    Sheets,
    /// Slides.
    Slides,
}

/// What a package holds and its main part's name; none if it is no package of Office.
///
/// # Errors
/// Where its relations are no XML.
pub fn office(parts: &mut dyn PackageParts) -> Result<Option<(Office, String)>, IssueKind> {
    let main = Relations::of(parts, "")?.first("officeDocument").map(str::to_owned);
    let Some(main) = main else { return Ok(None) };
    let types = parts.part("[Content_Types].xml")?.unwrap_or_default();
    let mut kind = String::new();
    xml::walk(&types, &mut |node| {
        if let Node::Start("Override", a) = node
            && a.get("PartName").is_some_and(|name| name.trim_start_matches('/') == main)
        {
            kind = a.get("ContentType").unwrap_or_default().to_owned();
        }
    })?;
    let is = |word: &str, folder: &str| kind.contains(word) || (kind.is_empty() && main.starts_with(folder));
    Ok(if is("spreadsheetml", "xl/") || kind.contains("ms-excel") {
        Some((Office::Sheets, main))
    } else if is("presentationml", "ppt/") || kind.contains("ms-powerpoint") {
        Some((Office::Slides, main))
    } else {
        Some((Office::Word, main))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_find_one_another() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/a/b.xml"), "a/b.xml");
        assert_eq!(resolve("a/b", "../../../c.xml#d"), "c.xml");
        assert_eq!(resolve("", "word/document.xml"), "word/document.xml");
    }
}
