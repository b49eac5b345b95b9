//! The toggle that says whether changed files are looked for. In: on, off. Out: when to look. Does not know about: files.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Instant;

/// On or off; whoever looks for changes waits here in between.
#[derive(Debug)]
pub(super) struct WatchToggle {
    on: Mutex<bool>,
    bell: Condvar,
}

impl WatchToggle {
    /// A toggle that stands so.
    pub const fn new(on: bool) -> Self {
        Self { on: Mutex::new(on), bell: Condvar::new() }
    }

    /// Turns it.
    pub fn turn(&self, on: bool) {
        *self.on.lock().unwrap_or_else(PoisonError::into_inner) = on;
        self.bell.notify_all();
    }

    /// Whether it is on.
    pub fn is_on(&self) -> bool {
        *self.on.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when it is on and `due` has come, or it has just been turned on.
    pub fn wait(&self, due: Instant) {
        let mut on = self.on.lock().unwrap_or_else(PoisonError::into_inner);
        let was_off = !*on;
        loop {
            let left = due.saturating_duration_since(Instant::now());
            match *on {
                true if was_off || left.is_zero() => return,
                true => on = self.bell.wait_timeout(on, left).unwrap_or_else(PoisonError::into_inner).0,
                false => {
                    on = self.bell.wait(on).unwrap_or_else(PoisonError::into_inner);
                    if *on {
                        return;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_waits_is_woken_when_it_is_turned_on() {
        let toggle = WatchToggle::new(false);
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| toggle.wait(Instant::now() + Duration::from_secs(3600)));
            // It may begin to wait before or after any of these.
            while !waiting.is_finished() {
                toggle.turn(false);
                std::thread::yield_now();
                toggle.turn(true);
            }
        });
        toggle.wait(Instant::now());
    }
}
