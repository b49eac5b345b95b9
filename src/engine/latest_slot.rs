//! A place for the jobs of one lane: a newer job takes the place of the waiting one with its key, and cancels the one at work.
//!
//! In: jobs with keys. Out: one job after another, each with a [`Cancel`] that says whether it is still wanted. Does not know
//! about: what a job is, who works on it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Says of one job whether it was cancelled.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Cancels the job.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The jobs of one lane.
#[derive(Debug)]
pub struct LatestSlot<J> {
    jobs: Mutex<Jobs<J>>,
    bell: Condvar,
}

#[derive(Debug)]
struct Jobs<J> {
    waiting: VecDeque<(String, J)>,
    working: Option<(String, Cancel)>,
}

impl<J> Default for LatestSlot<J> {
    fn default() -> Self {
        Self { jobs: Mutex::new(Jobs { waiting: VecDeque::new(), working: None }), bell: Condvar::new() }
    }
}

impl<J> LatestSlot<J> {
    fn jobs(&self) -> MutexGuard<'_, Jobs<J>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a job; older ones with its key are void.
    pub fn put(&self, key: String, job: J) {
        let mut jobs = self.jobs();
        jobs.waiting.retain(|(waiting, _)| *waiting != key);
        if let Some((_, cancel)) = jobs.working.as_ref().filter(|(working, _)| *working == key) {
            cancel.cancel();
        }
        jobs.waiting.push_back((key, job));
        self.bell.notify_one();
    }

    /// Cancels all jobs.
    pub fn clear(&self) {
        let mut jobs = self.jobs();
        jobs.waiting.clear();
        if let Some((_, cancel)) = &jobs.working {
            cancel.cancel();
        }
    }

    /// Waits for a job, the oldest first.
    pub fn take(&self) -> (J, Cancel) {
        let mut jobs = self.jobs();
        loop {
            if let Some((key, job)) = jobs.waiting.pop_front() {
                let cancel = Cancel::default();
                jobs.working = Some((key, cancel.clone()));
                return (job, cancel);
            }
            jobs = self.bell.wait(jobs).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_job_with_a_key_is_done() {
        let slot = LatestSlot::default();
        slot.put(String::new(), "first");
        slot.put(String::new(), "second");
        let (job, cancel) = slot.take();
        assert_eq!(job, "second");
        assert!(!cancel.is_cancelled());
        slot.put(String::new(), "third");
        assert!(cancel.is_cancelled());
        let (_, cancel) = slot.take();
        slot.clear();
        assert!(cancel.is_cancelled());
    }

    #[test]
    fn jobs_with_other_keys_wait_in_line() {
        let slot = LatestSlot::default();
        for (key, job) in [("a", 1), ("b", 2), ("a", 3), ("c", 4)] {
            slot.put(key.to_owned(), job);
        }
        let (job, cancel) = slot.take();
        assert_eq!(job, 2);
        slot.put("a".to_owned(), 5);
        assert!(!cancel.is_cancelled(), "a job with another key takes nobody's place");
        assert_eq!([slot.take().0, slot.take().0], [4, 5]);
    }

    #[test]
    fn a_waiting_worker_is_woken() {
        let slot = LatestSlot::default();
        std::thread::scope(|scope| {
            let worker = scope.spawn(|| slot.take().0);
            slot.put(String::new(), 7);
            assert_eq!(worker.join().unwrap(), 7);
        });
    }
}
