//! The text of a document: there from the start, or fetched from its file when somebody first looks at it.
//!
//! In: a text, or a file and what its bytes were when it was understood. Out: `&str`. Does not know about: lines, reports.
//!
//! A corpus that an earlier run understood is on the screen before its texts are read. A file that is another by the time
//! its text is wanted gives blanks of the old length, so that no span leaves them, and says so: the loader then
//! understands it anew.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::corpus::kept::KeptBytes;
use crate::corpus::model::encoding::Encoding;
use crate::text::digest::Digest;

/// A document's text.
#[derive(Debug, Clone, Default)]
pub struct DocumentText {
    held: OnceLock<HeldText>,
    origin: Option<Box<TextOrigin>>,
    /// What its document is recognised by in another run; all zeroes where nothing is.
    identity: Digest,
    /// The document's headings one after another, where an earlier run left them.
    headings: Option<KeptBytes>,
}

#[derive(Debug, Clone, Default)]
struct HeldText {
    text: String,
    lost: bool,
}

/// Reads a file's text (in an encoding that a person says) and the digest of its bytes; none if that cannot be done.
pub(crate) type Fetch = fn(&Path, Option<Encoding>) -> Option<(Digest, String)>;

/// Where a text is fetched.
#[derive(Debug, Clone)]
pub(crate) struct TextOrigin {
    /// What reads it.
    pub fetch: Fetch,
    /// Its file.
    pub path: PathBuf,
    /// What a person says of its encoding.
    pub encoding: Option<Encoding>,
    /// The digest of the file's bytes.
    pub digest: Digest,
    /// Bytes of the text.
    pub length: usize,
}

impl DocumentText {
    /// A text that is fetched when it is wanted.
    pub(crate) fn later(origin: TextOrigin) -> Self {
        Self { origin: Some(Box::new(origin)), ..Self::default() }
    }

    /// The same text of a document that is recognised by this: its file's bytes and all that decided over how they were
    /// understood.
    pub(crate) fn identified(self, identity: Digest) -> Self {
        Self { identity, ..self }
    }

    /// The same with the document's headings beside it, so that the text need not be fetched for them.
    pub(crate) fn with_headings(self, headings: KeptBytes) -> Self {
        Self { headings: Some(headings), ..self }
    }

    /// What its document is recognised by in another run: equal ones are of the same text, understood the same. `None` where
    /// nothing was noted.
    pub fn identity(&self) -> Option<Digest> {
        Some(self.identity).filter(|identity| *identity != Digest::default())
    }

    /// The document's headings one after another, where the text would have to be fetched for them.
    pub fn headings(&self) -> Option<&str> {
        let kept = self.headings.as_ref().filter(|_| !self.is_at_hand())?;
        simdutf8::basic::from_utf8(kept.as_slice()).ok()
    }

    /// The text, fetched now if nobody looked at it before.
    pub fn as_str(&self) -> &str {
        &self.fetched().text
    }

    /// The text for whoever goes through it once: fetched, and not kept here. `None` where it is at hand, or is lost.
    pub(crate) fn for_now(&self) -> Option<Self> {
        let held = self.origin.as_deref().filter(|_| !self.is_at_hand()).map(fetch)?;
        (!held.lost).then(|| Self { held: OnceLock::from(held), identity: self.identity, ..Self::default() })
    }

    /// Whether looking at it costs nothing.
    pub fn is_at_hand(&self) -> bool {
        self.held.get().is_some() || self.origin.is_none()
    }

    /// How many bytes it has; fetches nothing.
    pub fn size(&self) -> usize {
        match (&self.origin, self.held.get()) {
            (Some(origin), None) => origin.length,
            _ => self.as_str().len(),
        }
    }

    /// Whether its file is another than when it was understood. Reads the file if nobody looked at the text before, and keeps
    /// nothing of it.
    pub fn is_lost(&self) -> bool {
        match (self.held.get(), &self.origin) {
            (None, Some(origin)) => fetch(origin).lost,
            _ => self.fetched().lost,
        }
    }

    /// Whether its file was found to be another when somebody looked at the text; reads nothing.
    pub fn was_lost(&self) -> bool {
        self.held.get().is_some_and(|held| held.lost)
    }

    fn fetched(&self) -> &HeldText {
        self.held.get_or_init(|| self.origin.as_deref().map(fetch).unwrap_or_default())
    }
}

fn fetch(origin: &TextOrigin) -> HeldText {
    let read = (origin.fetch)(&origin.path, origin.encoding);
    match read.filter(|(digest, text)| *digest == origin.digest && text.len() == origin.length) {
        Some((_, text)) => HeldText { text, lost: false },
        None => HeldText { text: " ".repeat(origin.length), lost: true },
    }
}

impl From<String> for DocumentText {
    fn from(text: String) -> Self {
        Self { held: OnceLock::from(HeldText { text, lost: false }), ..Self::default() }
    }
}

impl From<&str> for DocumentText {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::digest::digest;

    #[test]
    fn a_text_is_fetched_once_and_a_changed_file_gives_blanks() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("a.txt");
        let words = "灯塔亮了。\n";
        let fetch: Fetch = |path, _| {
            let text = std::fs::read_to_string(path).ok()?;
            Some((digest(text.as_bytes()), text))
        };
        let later = || {
            let (digest, length) = (digest(words.as_bytes()), words.len());
            DocumentText::later(TextOrigin { fetch, path: path.clone(), encoding: None, digest, length })
        };
        std::fs::write(&path, words).expect("file");
        let text = later();
        assert!(!text.is_at_hand() && text.size() == words.len());
        assert!(text.as_str() == words && text.is_at_hand() && !text.is_lost());
        std::fs::write(&path, words.replace('亮', "灭")).expect("file");
        assert!(text.as_str() == words, "what was fetched stays");
        let text = later();
        assert!(text.as_str().trim().is_empty() && text.as_str().len() == words.len() && text.is_lost());
        std::fs::remove_file(&path).expect("file");
        assert!(later().is_lost());
    }
}
