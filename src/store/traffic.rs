//! What the last session sent to its terminal, for whoever asks why a line is slow. In: a [`Traffic`]. Out: the same in a later
//! run. Does not know about: what was drawn.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::corpus::load::gate;
use crate::store::atomic;

const FILE: &str = "traffic.json";

/// What was sent to a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Traffic {
    /// Frames that changed something.
    pub frames: u64,
    /// Bytes in all.
    pub bytes: u64,
    /// Bytes of the largest frame.
    pub largest: u64,
}

impl Traffic {
    /// Notes a frame of so many bytes.
    pub fn add(&mut self, bytes: u64) {
        self.frames += 1;
        self.bytes += bytes;
        self.largest = self.largest.max(bytes);
    }

    /// Bytes of a frame, rounded down; 0 of none.
    pub const fn mean(&self) -> u64 {
        match self.bytes.checked_div(self.frames) {
            Some(mean) => mean,
            None => 0,
        }
    }

    /// Keeps it in a folder.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, folder: &Path) -> io::Result<()> {
        atomic::replace(&folder.join(FILE), &serde_json::to_vec(self)?)
    }

    /// What was kept there; none if nothing was, or it cannot be read.
    pub fn kept(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&gate::read(&folder.join(FILE), gate::STATE).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_known_in_the_next_run() {
        let folder = tempfile::tempdir().unwrap();
        let mut traffic = Traffic::default();
        assert_eq!((traffic.mean(), Traffic::kept(folder.path())), (0, None));
        [10, 40, 1].into_iter().for_each(|bytes| traffic.add(bytes));
        assert_eq!(traffic, Traffic { frames: 3, bytes: 51, largest: 40 });
        assert_eq!(traffic.mean(), 17);
        traffic.keep(folder.path()).unwrap();
        assert_eq!(Traffic::kept(folder.path()), Some(traffic));
        std::fs::write(folder.path().join(FILE), "{").unwrap();
        assert_eq!(Traffic::kept(folder.path()), None);
    }
}
