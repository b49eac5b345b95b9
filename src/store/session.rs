//! The session between runs: whole, or as it was. In: a value of any kind that serde can write. Out: the same in the next
//! run; a broken file is set aside and told of, never a reason not to start. Does not know about: what is in a session.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::corpus::load::gate;
use crate::store::atomic;
use crate::text::Lang;

const FILE: &str = "session.json";
const BROKEN: &str = "session.json.broken";

/// The session of the last run, or a fresh one; and what there is to tell.
pub fn load<S: DeserializeOwned + Default>(folder: Option<&Path>, lang: Lang) -> (S, Option<String>) {
    let Some(folder) = folder else { return (S::default(), None) };
    let path = folder.join(FILE);
    let why = match gate::read_text(&path, gate::STATE) {
        Ok(text) => match serde_json::from_str(&text) {
            Ok(session) => return (session, None),
            Err(error) => error.to_string(),
        },
        Err(why) if why.is_missing() => return (S::default(), None),
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
    (S::default(), Some(text))
}

/// Keeps a session, as often as it changes. Threads may share it: what is older never takes the place of what is newer.
#[derive(Debug)]
pub struct Keeper {
    folder: Option<PathBuf>,
    /// Number of the newest session that was written, and its bytes.
    written: Mutex<(u64, Vec<u8>)>,
}

impl Keeper {
    /// In this folder; without one nothing is kept.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, written: Mutex::default() }
    }

    /// Writes session number `number`, counted from 1, unless it was written already or a newer one was.
    ///
    /// # Errors
    /// When the folder or file cannot be written; without a folder nothing is kept, which is no error.
    pub fn save<S: Serialize>(&self, number: u64, session: &S) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let mut bytes = serde_json::to_vec(session)?;
        bytes.push(b'\n');
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.0 >= number || written.1 == bytes {
            return Ok(());
        }
        atomic::replace(&folder.join(FILE), &bytes)?;
        *written = (number, bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Session = Vec<String>;

    #[test]
    fn what_was_written_is_read_again_and_what_is_older_never_comes_after() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("a/b");
        let session: Session = vec!["灯塔".into()];
        assert_eq!(load::<Session>(Some(&below), Lang::Zh), (Session::default(), None));
        let keeper = Keeper::new(Some(below.clone()));
        keeper.save(2, &session).unwrap();
        keeper.save(1, &Session::default()).unwrap();
        assert_eq!(load(Some(&below), Lang::Zh), (session, None));
        keeper.save(3, &Session::default()).unwrap();
        assert_eq!(load::<Session>(Some(&below), Lang::Zh), (Session::default(), None));
        assert_eq!(fs::read_dir(&below).unwrap().count(), 1, "no temporary file stays");
        assert!(Keeper::new(None).save(1, &Session::default()).is_ok());
    }

    #[test]
    fn a_broken_file_is_kept_aside_and_told_of() {
        let folder = tempfile::tempdir().unwrap();
        for bytes in [&b"{\"reach\": 7}"[..], b"\xff\xfe", b"", b"{"] {
            fs::write(folder.path().join(FILE), bytes).unwrap();
            let (session, told) = load::<Session>(Some(folder.path()), Lang::Zh);
            assert_eq!(session, Session::default());
            assert!(told.unwrap().contains(BROKEN));
            assert_eq!(fs::read(folder.path().join(BROKEN)).unwrap(), bytes);
            assert!(!folder.path().join(FILE).exists());
        }
    }
}
