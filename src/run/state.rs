//! Keeps the session between runs. A broken file is set aside and told of, never a reason not to start.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::app::notice::Notice;
use crate::app::session::Session;
use crate::corpus::load::gate;
use crate::text::Lang;

const FILE: &str = "session.json";
const BROKEN: &str = "session.json.broken";

/// The session of the last run, or a fresh one; and what there is to tell.
pub(super) fn load(folder: Option<&Path>, lang: Lang) -> (Session, Option<Notice>) {
    let Some(folder) = folder else { return (Session::default(), None) };
    let path = folder.join(FILE);
    let why = match gate::read_text(&path, gate::STATE) {
        Ok(text) => match serde_json::from_str(&text) {
            Ok(session) => return (session, None),
            Err(error) => error.to_string(),
        },
        Err(why) if why.is_missing() => return (Session::default(), None),
        Err(why) => why.text(lang),
    };
    let aside = fs::rename(&path, folder.join(BROKEN)).is_ok();
    let mut text = match lang {
        Lang::Zh => format!("上次的阅读位置读不出来（{why}）"),
        Lang::En => format!("the last session cannot be read ({why})"),
    };
    if aside {
        text.push_str(&match lang {
            Lang::Zh => format!("，原文件留作 {BROKEN}"),
            Lang::En => format!("; kept as {BROKEN}"),
        });
    }
    (Session::default(), Some(Notice::trouble(text)))
}

/// Writes the session: whole, or not at all.
///
/// # Errors
/// When the folder or file cannot be written; without a folder nothing is kept, which is no error.
pub(super) fn save(folder: Option<&Path>, session: &Session) -> io::Result<()> {
    let Some(folder) = folder else { return Ok(()) };
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer(&mut file, session)?;
    file.write_all(b"\n")?;
    file.persist(folder.join(FILE)).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::terms::comparison::Reach;

    #[test]
    fn what_was_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("a/b");
        let session = Session { reach: Reach::Corpus, ..Session::default() };
        assert_eq!(load(Some(&below), Lang::Zh), (Session::default(), None));
        save(Some(&below), &session).unwrap();
        save(Some(&below), &session).unwrap();
        assert_eq!(load(Some(&below), Lang::Zh), (session, None));
        assert_eq!(fs::read_dir(&below).unwrap().count(), 1, "no temporary file stays");
        assert!(save(None, &Session::default()).is_ok());
    }

    #[test]
    fn a_broken_file_is_kept_aside_and_told_of() {
        let folder = tempfile::tempdir().unwrap();
        for bytes in [&b"{\"reach\": 7}"[..], b"\xff\xfe", b"", b"{"] {
            fs::write(folder.path().join(FILE), bytes).unwrap();
            let (session, notice) = load(Some(folder.path()), Lang::Zh);
            assert_eq!(session, Session::default());
            assert!(notice.unwrap().text.contains(BROKEN));
            assert_eq!(fs::read(folder.path().join(BROKEN)).unwrap(), bytes);
            assert!(!folder.path().join(FILE).exists());
        }
    }
}
