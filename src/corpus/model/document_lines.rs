//! The lines of a document: there from the start, or decoded from what an earlier run left when somebody first asks.
//!
//! In: lines, or bytes and what decodes them. Out: lines. Does not know about: texts, how lines are kept. A corpus of a gigabyte has
//! millions of lines, of which a person looks at hundreds.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use crate::corpus::kept::KeptBytes;
use crate::corpus::model::line::Line;

/// A document's lines.
#[derive(Clone, Default)]
pub struct DocumentLines {
    held: OnceLock<Vec<Line>>,
    kept: Option<(DecodeLines, KeptBytes)>,
}

/// Decodes lines; none from bytes that are no lines.
pub(crate) type DecodeLines = fn(&[u8]) -> Option<Vec<Line>>;

impl DocumentLines {
    /// Lines that are decoded when they are wanted; bytes that are no lines give none.
    pub(crate) fn later(decode: DecodeLines, bytes: KeptBytes) -> Self {
        Self { held: OnceLock::new(), kept: Some((decode, bytes)) }
    }

    fn decoded(&self) -> &Vec<Line> {
        self.held.get_or_init(|| {
            let kept = self.kept.as_ref();
            kept.and_then(|(decode, bytes)| decode(bytes.as_slice())).unwrap_or_default()
        })
    }
}

impl fmt::Debug for DocumentLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.decoded().fmt(f)
    }
}

impl Deref for DocumentLines {
    type Target = Vec<Line>;

    fn deref(&self) -> &Vec<Line> {
        self.decoded()
    }
}

impl DerefMut for DocumentLines {
    fn deref_mut(&mut self) -> &mut Vec<Line> {
        self.decoded();
        self.held.get_mut().unwrap_or_else(|| unreachable!("they were decoded above"))
    }
}

impl From<Vec<Line>> for DocumentLines {
    fn from(lines: Vec<Line>) -> Self {
        Self { held: OnceLock::from(lines), kept: None }
    }
}

impl FromIterator<Line> for DocumentLines {
    fn from_iter<I: IntoIterator<Item = Line>>(lines: I) -> Self {
        lines.into_iter().collect::<Vec<Line>>().into()
    }
}

impl<'l> IntoIterator for &'l DocumentLines {
    type Item = &'l Line;
    type IntoIter = std::slice::Iter<'l, Line>;

    fn into_iter(self) -> Self::IntoIter {
        self.decoded().iter()
    }
}
