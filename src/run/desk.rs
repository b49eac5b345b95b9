//! A desk on which only the newest request lies: putting one down takes the older away, and stops work on it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

/// Whether a newer request has come: asked by whoever works on one.
pub(super) type Stale<'a> = &'a (dyn Fn() -> bool + Sync);

/// A place for one request of a kind.
#[derive(Debug)]
pub struct Desk<R> {
    waiting: Mutex<Option<(u64, R)>>,
    bell: Condvar,
    newest: AtomicU64,
}

impl<R> Desk<R> {
    /// An empty desk.
    pub const fn new() -> Self {
        Self { waiting: Mutex::new(None), bell: Condvar::new(), newest: AtomicU64::new(0) }
    }

    /// Puts down a request; whoever works on an older one is told by [`Desk::is_stale`].
    pub fn put(&self, request: R) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        *waiting = Some((number, request));
        self.bell.notify_one();
    }

    /// Takes the waiting request away and stops work on the one taken.
    pub fn clear(&self) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        self.newest.fetch_add(1, Ordering::Relaxed);
        *waiting = None;
    }

    /// Waits for a request; returns it with its number.
    pub fn take(&self) -> (u64, R) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match waiting.take() {
                Some(request) => return request,
                None => waiting = self.bell.wait(waiting).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// Whether a newer request has come than number `number`.
    pub fn is_stale(&self, number: u64) -> bool {
        self.newest.load(Ordering::Relaxed) != number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_request_is_worked_on() {
        let desk = Desk::new();
        desk.put("first");
        desk.put("second");
        let (number, request) = desk.take();
        assert_eq!(request, "second");
        assert!(!desk.is_stale(number));
        desk.put("third");
        assert!(desk.is_stale(number));
        let (number, _) = desk.take();
        desk.clear();
        assert!(desk.is_stale(number));
    }

    #[test]
    fn a_waiting_worker_is_woken() {
        let desk = Desk::new();
        std::thread::scope(|scope| {
            let worker = scope.spawn(|| desk.take().1);
            desk.put(7);
            assert_eq!(worker.join().unwrap(), 7);
        });
    }
}
