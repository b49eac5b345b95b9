//! Loading behind the screen: steps are gathered into snapshots, so that neither the loop nor the loader waits.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::{Message, spawn};
use crate::app::{Event, Loaded};
use crate::corpus::Corpus;
use crate::corpus::load::{LoadStep, load, sample};
use crate::index::cities::CityIndex;

/// Least time between two snapshots.
const PAUSE: Duration = Duration::from_millis(50);

/// Of the loading time, the part that making snapshots may take is one in this many.
const SHARE: u32 = 10;

/// Begins to read; snapshots come as events, the last one with `done`.
pub(super) fn start(paths: Vec<PathBuf>, is_sample: bool, send: &Sender<Message>) {
    let post = send.clone();
    spawn("reader", send, move || {
        let send = |corpus: &Corpus, files: Option<usize>, done: bool| {
            let cities = Arc::new(CityIndex::new(corpus));
            let loaded = Loaded { corpus: Arc::new(corpus.clone()), cities, files, done };
            // A closed channel means the program is ending.
            let _ = post.send(Message::Event(Event::Loaded(loaded)));
        };
        if is_sample {
            return send(&sample(), None, true);
        }
        let mut corpus = Corpus::new(paths.clone(), false);
        let mut files = None;
        let mut due: Option<Instant> = None;
        load(&paths, &AtomicBool::new(false), &mut |step| {
            match step {
                LoadStep::Found(n) => files = Some(n),
                LoadStep::Document(document) => corpus.push(document),
                LoadStep::Issue(issue) => corpus.push_issue(issue),
            }
            // The first report goes to the screen at once; then a snapshot may only take its share of the time.
            let begun = Instant::now();
            if corpus.report_count() > 0 && due.is_none_or(|due| begun >= due) {
                send(&corpus, files, false);
                due = Some(Instant::now() + PAUSE.max(begun.elapsed() * SHARE));
            }
        });
        send(&corpus, files, true);
    });
}
