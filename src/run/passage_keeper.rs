//! Keeps clips and marks behind the screen, in order, and all of them before the program ends.
//!
//! In: requests. Out: files, and a notice where one cannot be written. Does not know about: what is in a clip or a mark.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::thread::JoinHandle;

use super::message::Message;
use crate::app::Event;
use crate::app::kept::KeepRequest;
use crate::app::notice::Notice;
use crate::store::{atomic, clips, marks, words};
use crate::text::Lang;

/// Writes what is to be kept, on a thread of its own.
#[derive(Debug)]
pub(super) struct PassageKeeper {
    requests: Option<Sender<KeepRequest>>,
    thread: Option<JoinHandle<()>>,
}

impl PassageKeeper {
    /// Starts the thread; keyword groups go into a file of their own. Without a folder marks and clips hold for this run only,
    /// which is said once.
    pub fn start(
        folder: Option<PathBuf>,
        groups: Option<PathBuf>,
        secure: bool,
        lang: Lang,
        send: &Sender<Message>,
    ) -> Self {
        let (requests, taken) = mpsc::channel();
        let post = send.clone();
        let work = move || {
            let mut told = false;
            for request in taken {
                let said = match (&request, &folder) {
                    (KeepRequest::Export { .. }, _) if secure => Some(Notice::trouble(refused(lang))),
                    // Nothing is copied there, which was said already.
                    (KeepRequest::Clip(..), _) if secure => None,
                    (KeepRequest::Export { name, bytes }, _) => Some(export(Path::new(name), bytes, lang)),
                    (KeepRequest::Group(change), _) => match &groups {
                        Some(file) => words::change_group(file, change, lang).err().map(|why| failed(&why, lang)),
                        None => Some(Notice::trouble(refused(lang))),
                    },
                    (_, None) if std::mem::replace(&mut told, true) => None,
                    (_, None) => Some(Notice::trouble(refused(lang))),
                    (KeepRequest::Clip(form, quotation), Some(folder)) => {
                        clips::add(folder, *form, quotation, lang).err().map(|why| failed(&why, lang))
                    }
                    (KeepRequest::Mark(change), Some(folder)) => {
                        marks::change(folder, change, lang).err().map(|why| failed(&why, lang))
                    }
                };
                if let Some(notice) = said {
                    // A closed channel means the program is ending.
                    let _ = post.send(Message::Event(Event::Notice(notice)));
                }
            }
        };
        // Without a thread nothing is kept; the program goes on.
        let thread = std::thread::Builder::new().name("keep".to_owned()).spawn(work).ok();
        Self { requests: Some(requests), thread }
    }

    /// Hands a request on.
    pub fn keep(&self, request: KeepRequest) {
        if let Some(requests) = &self.requests {
            let _ = requests.send(request);
        }
    }
}

impl Drop for PassageKeeper {
    /// Waits until all is written.
    fn drop(&mut self) {
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn refused(lang: Lang) -> String {
    lang.pick("没有可写的位置：标记和摘录只在本次有效", "nowhere to write: marks and clips hold for this run only")
        .to_owned()
}

fn failed(why: &std::io::Error, lang: Lang) -> Notice {
    Notice::trouble(format!("{}: {why}", lang.pick("没有存下", "not kept")))
}

/// Writes a file of the user's; one that is there is never written over.
fn export(path: &Path, bytes: &[u8], lang: Lang) -> Notice {
    let shown = path.display();
    match atomic::create(path, false, |out| out.write_all(bytes)) {
        Ok(true) => Notice::done(match lang {
            Lang::Zh => format!("已写入 {shown}"),
            Lang::En => format!("written to {shown}"),
        }),
        Ok(false) => Notice::trouble(match lang {
            Lang::Zh => format!("已有 {shown}，没有覆盖：请换个名字"),
            Lang::En => format!("{shown} is there already and was left as it is: give another name"),
        }),
        Err(why) => Notice::trouble(format!("{shown}: {why}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::quotation::{CitationForm, Quotation};
    use crate::store::marks::MarkChange;

    #[test]
    fn everything_is_kept_before_the_end_and_what_cannot_be_is_said_once() {
        let folder = tempfile::tempdir().unwrap();
        let (send, receive) = mpsc::channel();
        let clip = |n: usize| {
            KeepRequest::Clip(CitationForm::Plain, Box::new(Quotation { text: n.to_string(), ..Quotation::default() }))
        };
        let keeper = PassageKeeper::start(Some(folder.path().to_owned()), None, false, Lang::Zh, &send);
        (0..20).for_each(|n| keeper.keep(clip(n)));
        keeper.keep(KeepRequest::Mark(MarkChange::Put(Box::default())));
        let file = folder.path().join("marks.md");
        let export = || KeepRequest::Export { name: file.to_string_lossy().into_owned(), bytes: b"x".to_vec() };
        keeper.keep(export());
        keeper.keep(export());
        drop(keeper);
        assert_eq!(clips::load(folder.path(), Lang::Zh).unwrap().len(), 20);
        assert_eq!(marks::load(folder.path(), Lang::Zh).unwrap().len(), 1);
        let keeper = PassageKeeper::start(None, None, false, Lang::En, &send);
        (0..3).for_each(|n| keeper.keep(clip(n)));
        drop(keeper);
        drop(send);
        let said: Vec<bool> = receive
            .into_iter()
            .filter_map(|message| match message {
                Message::Event(Event::Notice(notice)) => Some(notice.weight == crate::app::notice::Weight::Done),
                _ => None,
            })
            .collect();
        assert_eq!(said, [true, false, false]);
    }
}
