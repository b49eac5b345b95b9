//! What was copied, between runs: a line of JSON for each, so that nothing is lost where a terminal takes no clipboard. In: clips.
//! Out: a file; the clips in it, oldest first. Does not know about: clipboards.

use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::corpus::load::gate;
use crate::index::quotation::{CitationForm, Quotation};
use crate::store::atomic;
use crate::text::Lang;

const FILE: &str = "clips.jsonl";

/// Bytes that all clips may take; the oldest go.
const MOST: usize = 8 << 20;

/// Something that was copied.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Clip {
    /// When: seconds since 1970, UTC.
    pub time: u64,
    /// In which form.
    pub form: CitationForm,
    /// The passage and where it stands.
    pub quotation: Quotation,
}

/// Keeps a clip as copied now.
///
/// # Errors
/// When the file cannot be read or written; it is then as it was.
pub fn add(folder: &Path, form: CitationForm, quotation: &Quotation, lang: Lang) -> io::Result<()> {
    // A clock before 1970 says nothing.
    let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let clip = Clip { time, form, quotation: quotation.clone() };
    let path = folder.join(FILE);
    atomic::alone(&path, || {
        let mut text = read(folder, lang).map_err(io::Error::other)?;
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&serde_json::to_string(&clip)?);
        text.push('\n');
        let excess = text.len().saturating_sub(MOST);
        let cut = if excess == 0 {
            0
        } else {
            text.bytes().enumerate().skip(excess).find(|(_, b)| *b == b'\n').map_or(0, |(at, _)| at + 1)
        };
        atomic::replace(&path, text.get(cut..).unwrap_or_default().as_bytes())
    })
}

/// The clips that were kept, oldest first; a line that is none is passed over.
///
/// # Errors
/// When the file cannot be read, in the user's language.
pub fn load(folder: &Path, lang: Lang) -> Result<Vec<Clip>, String> {
    let text = read(folder, lang).map_err(|why| format!("{FILE}: {why}"))?;
    Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

/// Takes all clips away; says how many there were.
///
/// # Errors
/// When the file cannot be read or taken away.
pub fn clear(folder: &Path, lang: Lang) -> io::Result<usize> {
    let path = folder.join(FILE);
    if !path.exists() {
        return Ok(0);
    }
    atomic::alone(&path, || {
        let clips = load(folder, lang).map_err(io::Error::other)?.len();
        std::fs::remove_file(&path)?;
        Ok(clips)
    })
}

fn read(folder: &Path, lang: Lang) -> Result<String, String> {
    match gate::read_text(&folder.join(FILE), gate::STATE) {
        Ok(text) => Ok(text),
        Err(why) if why.is_missing() => Ok(String::new()),
        Err(why) => Err(why.text(lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_copy_is_kept_and_the_oldest_go_first() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("a");
        assert_eq!(load(&below, Lang::Zh), Ok(Vec::new()));
        let said =
            |n: usize, size: usize| Quotation { text: format!("{n}{}", "渠".repeat(size)), ..Quotation::default() };
        for n in 0..3 {
            add(&below, CitationForm::Markdown, &said(n, 2), Lang::Zh).unwrap();
        }
        let clips = load(&below, Lang::Zh).unwrap();
        assert_eq!(
            clips.iter().map(|clip| clip.quotation.text.as_str()).collect::<Vec<_>>(),
            ["0渠渠", "1渠渠", "2渠渠"]
        );
        assert!(clips.iter().all(|clip| clip.form == CitationForm::Markdown && clip.time > 0));
        for n in 3..13 {
            add(&below, CitationForm::Plain, &said(n, 300_000), Lang::Zh).unwrap();
        }
        let clips = load(&below, Lang::Zh).unwrap();
        assert!(clips.len() < 13 && clips.last().unwrap().quotation.text.starts_with("12"), "{}", clips.len());
        assert_eq!(clear(&below, Lang::Zh).unwrap(), clips.len());
        assert_eq!(clear(&below, Lang::Zh).unwrap(), 0);
    }

    #[test]
    fn a_line_that_is_no_clip_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "{\n{\"time\":7}\n\nnull").unwrap();
        add(folder.path(), CitationForm::Plain, &Quotation::default(), Lang::Zh).unwrap();
        assert_eq!(load(folder.path(), Lang::Zh).unwrap().first().map(|clip| clip.time), Some(7));
    }
}
