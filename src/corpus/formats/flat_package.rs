//! A package of Office in one XML file (Flat OPC). In: its text. Out: its parts. Does not know about: what they say.

use rustc_hash::FxHashMap;

use crate::corpus::IssueKind;
use crate::corpus::formats::parts::PackageParts;

/// The parts of such a file, by name.
#[derive(Debug)]
pub struct FlatPackage<'t> {
    parts: FxHashMap<&'t str, &'t str>,
}

impl<'t> FlatPackage<'t> {
    /// Finds the parts. Pictures, which are no XML, are left out.
    pub fn new(text: &'t str) -> Self {
        let part = |part: &'t str| {
            let (start, rest) = part.split_once('>')?;
            let name = start.split_once("pkg:name=\"")?.1.split('"').next()?;
            let data = rest.split_once("<pkg:xmlData")?.1.split_once('>')?.1;
            Some((name.trim_start_matches('/'), data.split_once("</pkg:xmlData>")?.0))
        };
        Self { parts: text.split("<pkg:part").skip(1).filter_map(part).collect() }
    }
}

impl PackageParts for FlatPackage<'_> {
    fn part(&mut self, name: &str) -> Result<Option<String>, IssueKind> {
        Ok(self.parts.get(name).map(|&text| text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_by_name() {
        let text = "<pkg:package xmlns:pkg=\"p\"><pkg:part pkg:name=\"/a/b.xml\" pkg:contentType=\"x\"><pkg:xmlData><c>灯</c></pkg:xmlData></pkg:part><pkg:part pkg:name=\"/d.png\"><pkg:binaryData>AA==</pkg:binaryData></pkg:part></pkg:package>";
        let mut package = FlatPackage::new(text);
        assert_eq!(package.part("a/b.xml"), Ok(Some("<c>灯</c>".into())));
        assert_eq!(package.part("d.png"), Ok(None));
        assert_eq!(FlatPackage::new("<pkg:part").part(""), Ok(None));
    }
}
