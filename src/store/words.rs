//! The user's word files between runs. In: what is said of a phrase or a keyword group. Out: the file with one line more. Does not know about:
//! which phrases are proposed, what becomes of the words.

use std::fs;
use std::io;
use std::path::Path;

use crate::config::{GroupChange, PhraseDecision, WordFile, with_group};
use crate::corpus::load::gate;
use crate::store::atomic;
use crate::text::Lang;

/// Writes a decision into the file as it is now.
///
/// # Errors
/// When it cannot be read or written; it is then as it was.
pub fn decide(file: &Path, phrase: &str, decision: PhraseDecision, lang: Lang) -> io::Result<()> {
    rewrite(file, lang, |text| WordFile::with_verdict(text, phrase, decision))
}

/// Writes a change of a keyword group into the file as it is now.
///
/// # Errors
/// When it cannot be read or written; it is then as it was.
pub fn change_group(file: &Path, change: &GroupChange, lang: Lang) -> io::Result<()> {
    rewrite(file, lang, |text| with_group(text, change))
}

/// Changes a file of the user's under a lock: another instance may be changing it. Where the file is a link, the file it leads to
/// is replaced.
fn rewrite(file: &Path, lang: Lang, changed: impl FnOnce(&str) -> String) -> io::Result<()> {
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    atomic::alone(&file, || {
        let text = match gate::read_text(&file, gate::WORDS) {
            Ok(text) => text,
            Err(why) if why.is_missing() => String::new(),
            Err(why) => return Err(io::Error::other(why.text(lang))),
        };
        atomic::replace(&file, changed(&text).as_bytes())
    })
}
