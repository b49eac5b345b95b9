//! Leaves the session to the next run, behind the screen: the newest is written, older ones that still wait are void.
//!
//! In: sessions. Out: a file, and a notice once where it cannot be written. Does not know about: when to write.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;

use super::message::{Message, spawn};
use crate::app::Event;
use crate::app::notice::Notice;
use crate::app::session::Session;
use crate::engine::LatestSlot;
use crate::store::session::Keeper;
use crate::text::Lang;

/// Writes sessions on a thread of its own.
#[derive(Debug)]
pub(super) struct SessionWriter {
    slot: Arc<LatestSlot<(u64, Session)>>,
    /// Sessions put down so far.
    kept: AtomicU64,
}

impl SessionWriter {
    /// Starts the thread; it ends with the program.
    pub fn start(keeper: &Arc<Keeper>, lang: Lang, send: &Sender<Message>) -> Self {
        let slot: Arc<LatestSlot<(u64, Session)>> = Arc::default();
        let (own, keeper, post) = (Arc::clone(&slot), Arc::clone(keeper), send.clone());
        spawn("session", send, move || {
            let mut told = false;
            loop {
                let ((number, session), _) = own.take();
                if let Err(why) = keeper.save(number, &session)
                    && !std::mem::replace(&mut told, true)
                {
                    let words = lang.pick("阅读位置没有保存", "the reading position was not saved");
                    let notice = Notice::trouble(format!("{words}: {why}"));
                    // A closed channel means the program is ending.
                    let _ = post.send(Message::Event(Event::Notice(notice)));
                }
            }
        });
        Self { slot, kept: AtomicU64::new(0) }
    }

    /// Leaves the session to the next run, as it is now.
    pub fn keep(&self, session: Session) {
        self.slot.put(String::new(), (1 + self.kept.fetch_add(1, Ordering::Relaxed), session));
    }
}
