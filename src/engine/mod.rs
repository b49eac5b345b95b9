//! Floor 9: the workers, without a terminal.
//!
//! In: the [`Job`]s that `app` asks for. Out: the [`Event`]s that answer them, from a thread for each lane, or here and now for
//! tests and scripts. Does not know about: terminals, what is shown.
//!
//! The engine stands above `app`, not below: a job is data that `app` writes and a test can read, so it is `app` that says
//! what can be asked, and the engine that knows how it is done.

mod analysis_worker;
mod export_worker;
mod latest_slot;
mod search_worker;
mod term_worker;
mod user_lexicon;
mod wording_worker;
mod workers;

use std::sync::Arc;

pub use export_worker::CommandLine;
pub use latest_slot::LatestSlot;
pub use term_worker::Counter;
pub use workers::Workers;

use crate::analysis::Cancelled;
use crate::app::{Event, Job, Lane};

/// Work to be done on a thread of its own.
pub type Task = Box<dyn FnOnce() + Send>;

/// The workers and the lanes that lead to them.
#[derive(Debug)]
pub struct Engine {
    workers: Arc<Workers>,
    lanes: Vec<(Lane, Arc<LatestSlot<Job>>)>,
}

impl Engine {
    /// An engine whose jobs wait until it is started.
    pub fn new(workers: Workers) -> Self {
        let lanes = Lane::ALL.iter().map(|lane| (*lane, Arc::default())).collect();
        Self { workers: Arc::new(workers), lanes }
    }

    /// Starts a thread for each lane by `spawn`, which is given its name; answers go to `post`. They end with the program.
    pub fn start<P: Fn(Event) + Clone + Send + 'static>(&self, spawn: impl Fn(&str, Task), post: &P) {
        for (lane, slot) in &self.lanes {
            let (slot, workers, post) = (Arc::clone(slot), Arc::clone(&self.workers), post.clone());
            spawn(
                lane.name(),
                Box::new(move || {
                    loop {
                        let (job, cancel) = slot.take();
                        workers.answer(&job, &|| cancel.is_cancelled(), &mut |event| post(event));
                    }
                }),
            );
        }
    }

    /// Hands a job to its lane.
    pub fn run(&self, job: Job) {
        if let Some(slot) = self.slot(job.lane()) {
            let key = job.key().to_owned();
            slot.put(key, job);
        }
    }

    /// Cancels what a lane does.
    pub fn cancel(&self, lane: Lane) {
        if let Some(slot) = self.slot(lane) {
            slot.clear();
        }
    }

    /// Does a job here and now.
    pub fn perform(&self, job: &Job, is_cancelled: Cancelled<'_>, post: &mut dyn FnMut(Event)) {
        self.workers.answer(job, is_cancelled, post);
    }

    fn slot(&self, lane: Lane) -> Option<&LatestSlot<Job>> {
        self.lanes.iter().find(|(own, _)| *own == lane).map(|(_, slot)| &**slot)
    }
}
