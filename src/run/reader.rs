//! Loading behind the screen: steps are gathered into snapshots, so that neither the loop nor the loader waits.
//!
//! In: what to open. Out: snapshots as events, the last one with `done`. What an earlier run understood is there at once,
//! its texts are read behind it; a file that turns out to be another by then is understood anew.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::launch::Launch;
use super::message::{Message, spawn};
use super::watch_toggle::WatchToggle;
use crate::app::notice::Notice;
use crate::app::{Event, Loaded, Renewed};
use crate::corpus::Change;
use crate::corpus::load::{Files, LoadOptions, LoadStep, load_in, sample};
use crate::corpus::{Corpus, Encoding};
use crate::index::cities::CityIndex;
use crate::store::{Shelf, ShelfNews};
use crate::text::Lang;

/// Least time between two snapshots.
const PAUSE: Duration = Duration::from_millis(50);

/// Of the loading time, the part that making snapshots may take is one in this many.
const SHARE: u32 = 10;

/// Least time between two looks at the files.
const LOOK: Duration = Duration::from_secs(1);

/// A corpus that an earlier run understood is there within this time; after it parts are shown.
const SOON: Duration = Duration::from_millis(250);

/// How long the last users of old snapshots are waited for before the next look at the files.
const PATIENCE: Duration = LOOK;

/// What is to be read, and how.
#[derive(Debug)]
pub(super) struct ReadRequest {
    paths: Vec<PathBuf>,
    is_sample: bool,
    encoding: Option<Encoding>,
    shelf: Option<Shelf>,
    lang: Lang,
}

impl ReadRequest {
    /// What was asked for.
    pub fn of(launch: &Launch) -> Self {
        Self {
            paths: launch.paths.clone(),
            is_sample: launch.sample,
            encoding: launch.encoding,
            shelf: Shelf::of(&launch.paths, &launch.config, &launch.places),
            lang: launch.lang,
        }
    }
}

/// Begins to read; snapshots come as events, the last one with `done`.
///
/// Stays to look after changed files while `toggle` is on, unless `stop` ended it before.
pub(super) fn start(order: ReadRequest, toggle: &Arc<WatchToggle>, stop: &Arc<AtomicBool>, send: &Sender<Message>) {
    let (post, toggle, stop) = (send.clone(), Arc::clone(toggle), Arc::clone(stop));
    spawn("reader", send, move || Reader { order, post, toggle, stop, sent: Vec::new() }.read());
}

struct Reader {
    order: ReadRequest,
    post: Sender<Message>,
    toggle: Arc<WatchToggle>,
    /// Whether no more is to be read.
    stop: Arc<AtomicBool>,
    /// Snapshots that were sent: taking a large one apart takes longer than a frame, so it is done here.
    sent: Vec<Arc<Corpus>>,
}

impl Reader {
    fn send(&mut self, corpus: &Corpus, files: Option<usize>, done: bool) {
        let (cities, corpus) = (Arc::new(CityIndex::new(corpus)), Arc::new(corpus.snapshot()));
        self.sent.retain(|sent| Arc::strong_count(sent) > 1);
        self.sent.push(Arc::clone(&corpus));
        self.tell(Event::Loaded(Loaded { corpus, cities, files, done }));
    }

    /// Lets go the older snapshots that nobody else has; waits a while for those that are still in use. Says whether all
    /// have gone.
    fn let_go(&mut self, until: Instant) -> bool {
        let newest = self.sent.pop();
        loop {
            self.sent.retain(|sent| Arc::strong_count(sent) > 1);
            if self.sent.is_empty() || Instant::now() >= until {
                break;
            }
            std::thread::sleep(PAUSE);
        }
        let gone = self.sent.is_empty();
        self.sent.extend(newest);
        gone
    }

    fn tell(&self, event: Event) {
        // A closed channel means the program is ending.
        let _ = self.post.send(Message::Event(event));
    }

    fn tell_news(&self, news: Option<ShelfNews>) {
        if let Some(news) = news {
            self.tell(Event::Notice(Notice::trouble(news.text(self.order.lang))));
        }
    }

    fn read(&mut self) {
        let (paths, encoding, shelf) = (self.order.paths.clone(), self.order.encoding, self.order.shelf.clone());
        if self.order.is_sample {
            return self.send(&sample(), None, true);
        }
        let (store, news) = shelf.as_ref().map(Shelf::read).unwrap_or_default();
        self.tell_news(news);
        let options = LoadOptions { store: store.as_ref(), lazily: true, keep: shelf.is_some(), encoding, left: None };
        let mut corpus = Corpus::new(paths.clone(), false);
        let mut files = None;
        // What an earlier run understood is soon there as a whole; parts of it would only take time.
        let mut due: Option<Instant> = store.as_ref().map(|_| Instant::now() + SOON);
        let stop = Arc::clone(&self.stop);
        let report = load_in(&options, &paths, &stop, &mut |step| {
            if let LoadStep::Found(n) = &step {
                files = Some(*n);
            }
            corpus.take(step);
            // The first report goes to the screen at once; then a snapshot may only take its share of the time.
            let begun = Instant::now();
            if corpus.report_count() > 0 && due.is_none_or(|due| begun >= due) {
                self.send(&corpus, files, false);
                due = Some(Instant::now() + PAUSE.max(begun.elapsed() * SHARE));
            }
        });
        corpus.settle_places();
        self.send(&corpus, files, true);
        // What was read in part is neither kept nor looked after.
        if stop.load(Ordering::Relaxed) {
            return;
        }
        if let Some(shelf) = shelf {
            self.tell_news(shelf.write(&report, store.as_ref()));
        }
        drop(store);
        self.look_after(corpus, Files::of(report));
    }

    /// Takes in what becomes of the files, for as long as the program runs.
    fn look_after(&mut self, mut corpus: Corpus, mut files: Files) {
        let ReadRequest { paths, encoding, shelf, .. } = &self.order;
        let (paths, shelf) = (paths.clone(), shelf.clone());
        let options =
            LoadOptions { store: None, lazily: false, keep: shelf.is_some(), encoding: *encoding, left: None };
        // Texts that were left for later: a file that has changed without showing it is found now.
        let mut lost = lost_files(&corpus);
        let mut pause = LOOK;
        loop {
            if lost.is_empty() {
                // What is still in use by then is let go after the next look: nobody's work keeps changes from being seen.
                let due = Instant::now() + pause;
                self.let_go(due);
                while !self.toggle.is_on() && !self.let_go(Instant::now() + PATIENCE) {}
                self.toggle.wait(due);
            }
            let begun = Instant::now();
            let mut share = SHARE * 2;
            if let Some(change) = files.look_again(&paths, &lost, &options, &AtomicBool::new(false)) {
                share = 1;
                corpus = corpus.renewed(&change);
                self.renew(&corpus, &change);
                if let Some(shelf) = &shelf {
                    self.tell_news(shelf.write_bytes(false, &mut |all| files.to_bytes(all)));
                }
            }
            lost.clear();
            // Looking takes no more than a small part of the time, however many files there are; taking in what has changed
            // no more than half of it.
            pause = LOOK.max(begun.elapsed() * share);
        }
    }

    fn renew(&mut self, corpus: &Corpus, change: &Change) {
        let (cities, corpus) = (Arc::new(CityIndex::new(corpus)), Arc::new(corpus.snapshot()));
        self.sent.push(Arc::clone(&corpus));
        let files = (change.changed(), change.added, change.gone.len());
        self.tell(Event::Renewed(Renewed { corpus, cities, files }));
    }
}

/// The files of documents whose texts are not what they were understood from.
fn lost_files(corpus: &Corpus) -> Vec<PathBuf> {
    corpus
        .documents()
        .iter()
        .filter(|document| document.source.is_lost())
        .map(|document| document.path.clone())
        .collect()
}
