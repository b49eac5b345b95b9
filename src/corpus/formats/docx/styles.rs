//! Styles of a Word document. In: `styles.xml`. Out: what each style says of headings, numbers and hiding. Does not know
//! about: paragraphs.

use rustc_hash::FxHashMap;

use crate::corpus::IssueKind;
use crate::corpus::formats::xml;
use crate::corpus::formats::xml::{Attributes, Node};

/// Styles rest upon styles at most so deep.
const STYLE_DEPTH: usize = 20;

/// Styles by their names.
#[derive(Debug, Default)]
pub struct DocxStyles {
    by_id: FxHashMap<String, DocxStyle>,
}

/// What one style says.
#[derive(Debug, Default, Clone)]
pub struct DocxStyle {
    based_on: Option<String>,
    /// 1 to 9 if it is a heading's.
    pub level: Option<u8>,
    /// The use of a list that its paragraphs are numbered by.
    pub list: Option<String>,
    /// At which level (0 for the highest).
    pub list_level: Option<usize>,
    /// Whether text of this style is hidden.
    pub hidden: Option<bool>,
}

/// Whether an element that switches something on does so.
pub fn is_on(attributes: &Attributes) -> bool {
    !matches!(attributes.get("val"), Some("0" | "false" | "off"))
}

impl DocxStyles {
    /// Reads `styles.xml`.
    ///
    /// # Errors
    /// Where it is no XML.
    pub fn read(text: &str) -> Result<Self, IssueKind> {
        let mut styles = Self::default();
        let mut id = String::new();
        xml::walk(text, &mut |node| {
            if let Node::Start(name, attributes) = node {
                styles.start(&mut id, name, attributes);
            }
        })?;
        Ok(styles)
    }

    /// Takes the beginning of an element; `id` is the style that stands open.
    pub fn start(&mut self, id: &mut String, name: &str, attributes: &Attributes) {
        if name == "style" {
            *id = attributes.get("styleId").unwrap_or_default().to_owned();
            if attributes.get("type").is_none_or(|t| matches!(t, "paragraph" | "character")) {
                self.by_id.insert(id.clone(), DocxStyle::default());
            }
            return;
        }
        let Some(style) = self.by_id.get_mut(id) else { return };
        let value = attributes.get("val").unwrap_or_default();
        match name {
            "basedOn" => style.based_on = Some(value.to_owned()),
            "outlineLvl" => style.level = value.parse::<u8>().ok().map(|n| n + 1),
            "name" => {
                let number = value.to_ascii_lowercase().replace("标题", "heading").replace(' ', "");
                style.level = number.strip_prefix("heading").and_then(|n| n.parse().ok()).or(style.level);
            }
            "numId" | "ilfo" => style.list = Some(value.to_owned()),
            "ilvl" => style.list_level = value.parse().ok(),
            "vanish" => style.hidden = Some(is_on(attributes)),
            _ => {}
        }
    }

    /// What a style says, or the nearest of those it rests upon.
    pub fn find<T>(&self, id: &str, of: impl Fn(&DocxStyle) -> Option<T>) -> Option<T> {
        let mut id = id;
        for _ in 0..STYLE_DEPTH {
            let style = self.by_id.get(id)?;
            if let Some(found) = of(style) {
                return Some(found);
            }
            id = style.based_on.as_deref()?;
        }
        None
    }
}
