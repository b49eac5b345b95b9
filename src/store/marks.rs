//! Marked passages between runs. In: changes. Out: a file with them, whole; the marks of the last run. Does not know about: where
//! a mark is shown, whether its passage is still there.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::corpus::load::gate;
use crate::index::quotation::Quotation;
use crate::store::atomic;
use crate::text::Lang;

const FILE: &str = "marks.json";

/// A passage that was marked. It belongs to what it says, not to a file: its link finds it again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptMark {
    /// The passage and where it stood. Its link names the mark: no two have the same.
    pub quotation: Quotation,
    /// The words of the hit on which the mark was made; empty where there was none.
    pub hit: String,
    /// What the user noted.
    pub note: String,
    /// The user's tags, without their #.
    pub tags: Vec<String>,
}

/// A note and tags as the user types them.
pub(super) fn typed(note: &str, tags: &[String]) -> String {
    let tags = tags.iter().map(|tag| format!("#{tag}"));
    Some(note.to_owned()).filter(|note| !note.is_empty()).into_iter().chain(tags).collect::<Vec<_>>().join(" ")
}

impl KeptMark {
    /// Note and tags as the user types them.
    pub fn typed(&self) -> String {
        typed(&self.note, &self.tags)
    }

    /// Takes what the user types: words that begin with # are tags, all else is the note.
    pub fn note_typed(&mut self, text: &str) {
        let is_tag = |word: &&str| word.strip_prefix(['#', '＃']).is_some_and(|rest| !rest.is_empty());
        let (tags, note): (Vec<&str>, Vec<&str>) = text.split_whitespace().partition(is_tag);
        self.tags = tags.iter().map(|tag| tag.trim_start_matches(['#', '＃']).to_owned()).collect();
        self.tags.dedup();
        self.note = note.join(" ");
    }
}

/// What becomes of a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkChange {
    /// It is new, or its note is another.
    Put(Box<KeptMark>),
    /// The mark with this link is taken away.
    Remove(String),
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct MarksFile {
    marks: Vec<KeptMark>,
}

/// The marks that were kept; none where there is no file.
///
/// # Errors
/// When the file cannot be read, in the user's language. It is left as it is.
pub fn load(folder: &Path, lang: Lang) -> Result<Vec<KeptMark>, String> {
    match gate::read_text(&folder.join(FILE), gate::STATE) {
        Ok(text) => serde_json::from_str(&text).map(|file: MarksFile| file.marks).map_err(|error| error.to_string()),
        Err(why) if why.is_missing() => Ok(Vec::new()),
        Err(why) => Err(why.text(lang)),
    }
    .map_err(|why| format!("{FILE}: {why}"))
}

/// Keeps a change, in the file as it is now: another instance may be changing it.
///
/// # Errors
/// When the file cannot be read or written; it is then as it was.
pub fn change(folder: &Path, change: &MarkChange, lang: Lang) -> io::Result<()> {
    let path = folder.join(FILE);
    atomic::alone(&path, || {
        let mut marks = load(folder, lang).map_err(io::Error::other)?;
        apply(&mut marks, change);
        let mut bytes = serde_json::to_vec_pretty(&MarksFile { marks })?;
        bytes.push(b'\n');
        atomic::replace(&path, &bytes)
    })
}

/// Applies a change to a list of marks.
pub fn apply(marks: &mut Vec<KeptMark>, change: &MarkChange) {
    match change {
        MarkChange::Put(mark) => match marks.iter_mut().find(|own| own.quotation.link == mark.quotation.link) {
            Some(own) => own.clone_from(mark),
            None => marks.push((**mark).clone()),
        },
        MarkChange::Remove(link) => marks.retain(|own| own.quotation.link != *link),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(link: &str, typed: &str) -> KeptMark {
        let quotation = Quotation { link: link.into(), text: "各村修渠。".into(), ..Quotation::default() };
        let mut mark = KeptMark { quotation, ..KeptMark::default() };
        mark.note_typed(typed);
        mark
    }

    #[test]
    fn marks_are_kept_changed_and_taken_away_one_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("a");
        assert_eq!(load(&below, Lang::Zh), Ok(Vec::new()));
        let put = |mark: &KeptMark| change(&below, &MarkChange::Put(Box::new(mark.clone())), Lang::Zh).unwrap();
        put(&mark("yilan://1", "引用 #水利 到报告里"));
        put(&mark("yilan://2", ""));
        put(&mark("yilan://1", "#水利"));
        assert_eq!(load(&below, Lang::Zh).unwrap(), [mark("yilan://1", "#水利"), mark("yilan://2", "")]);
        change(&below, &MarkChange::Remove("yilan://1".into()), Lang::Zh).unwrap();
        assert_eq!(load(&below, Lang::Zh).unwrap(), [mark("yilan://2", "")]);
    }

    #[test]
    fn a_broken_file_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "{").unwrap();
        assert!(change(folder.path(), &MarkChange::Remove("x".into()), Lang::En).is_err());
        assert_eq!(std::fs::read_to_string(folder.path().join(FILE)).unwrap(), "{");
        assert!(load(folder.path(), Lang::En).unwrap_err().starts_with(FILE));
    }

    #[test]
    fn tags_are_words_with_a_sign() {
        let one = mark("", "  引用 #水利 到 报告里 ＃民生 # ");
        assert_eq!(
            (one.note.as_str(), one.tags.as_slice()),
            ("引用 到 报告里 #", &["水利".to_owned(), "民生".to_owned()][..])
        );
        assert_eq!(one.typed(), "引用 到 报告里 # #水利 #民生");
    }
}
