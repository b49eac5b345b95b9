//! XML events without their dangers: no entity is expanded but the five of XML and character references.
//!
//! In: the text of one part. Out: [`Node`]s in order. Does not know about: what the elements mean.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::corpus::IssueKind;

/// Elements may stand this deep in one another.
const DEEPEST: usize = 400;

/// One event.
pub enum Node<'a> {
    /// An element begins; names are given without their prefix.
    Start(&'a str, &'a Attributes),
    /// An element ends.
    End(&'a str),
    /// Text, references resolved.
    Text(&'a str),
}

/// The attributes of an element, by local name.
#[derive(Debug, Default)]
pub struct Attributes(Vec<(String, String)>);

impl Attributes {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The values of all attributes of this name: their prefixes may differ.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    fn of(start: &BytesStart<'_>) -> Self {
        let mut attributes = start.attributes();
        attributes.with_checks(false);
        Self(
            attributes
                .filter_map(Result::ok)
                .map(|a| {
                    let value = quick_xml::escape::unescape(&a.value).map_or_else(|_| a.value.to_string(), Into::into);
                    (a.key.local_name().as_ref().to_owned(), value)
                })
                .collect(),
        )
    }
}

/// Hands every event of `text` to `take`.
///
/// # Errors
/// Where the text is no XML, or its elements stand too deep.
pub fn walk(text: &str, take: &mut dyn FnMut(Node<'_>)) -> Result<(), IssueKind> {
    let mut reader = Reader::from_str(text);
    // Word processors close what they open; older pages do not, and their text counts all the same.
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut depth = 0usize;
    loop {
        let event = reader.read_event().map_err(|error| IssueKind::Broken(format!("XML: {error}")))?;
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(IssueKind::Broken("XML: elements nested too deep".into()));
                }
                let name = start.local_name();
                take(Node::Start(name.as_ref(), &Attributes::of(&start)));
            }
            Event::Empty(start) => {
                let name = start.local_name();
                take(Node::Start(name.as_ref(), &Attributes::of(&start)));
                take(Node::End(name.as_ref()));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Node::End(end.local_name().as_ref()));
            }
            Event::Text(words) => take(Node::Text(&words.xml10_content())),
            Event::CData(words) => take(Node::Text(&words.xml10_content())),
            Event::GeneralRef(reference) => {
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    _ => match &*reference.xml10_content() {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        "nbsp" => Some('\u{a0}'),
                        _ => None,
                    },
                };
                if let Some(c) = resolved {
                    take(Node::Text(c.encode_utf8(&mut [0; 4])));
                }
            }
            Event::Eof if depth > 0 => return Err(IssueKind::Broken("XML: cut short".into())),
            Event::Eof => return Ok(()),
            Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(xml: &str) -> Result<String, IssueKind> {
        let mut text = String::new();
        walk(xml, &mut |node| {
            if let Node::Text(words) = node {
                text.push_str(words);
            }
        })?;
        Ok(text)
    }

    #[test]
    fn entities_of_the_document_are_not_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"灯灯灯灯\"><!ENTITY c \"&b;&b;&b;\"><!ENTITY f SYSTEM \"file:///etc/hostname\">]><a>&c;&f;塔&amp;&#30416;</a>";
        assert_eq!(text_of(bomb), Ok("塔&盐".into()));
    }

    #[test]
    fn depth_is_bounded() {
        assert!(text_of(&"<a>".repeat(5000)).is_err());
        assert!(text_of("<a>灯<b>塔").is_err());
        assert_eq!(text_of("<a>灯<b>塔</b></a></c>"), Ok("灯塔".into()));
    }
}
