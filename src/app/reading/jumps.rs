//! Where reading was before each jump: back and forward, as in a browser.

use crate::corpus::ReportId;

/// A place in a report: the report and a byte offset in its document.
pub type JumpTarget = (ReportId, u32);

/// How many spots are remembered.
const LIMIT: usize = 100;

/// The list of spots; those from `at` on lie ahead.
#[derive(Debug, Clone, Default)]
pub struct Jumps {
    spots: Vec<JumpTarget>,
    at: usize,
}

impl Jumps {
    /// Remembers the spot that a jump leaves. What lay ahead is forgotten.
    pub fn leave(&mut self, spot: JumpTarget) {
        self.spots.truncate(self.at);
        if self.spots.last() != Some(&spot) {
            self.spots.push(spot);
        }
        if self.spots.len() > LIMIT {
            self.spots.remove(0);
        }
        self.at = self.spots.len();
    }

    /// Whether there is a spot before, or after.
    pub fn can_go(&self, forward: bool) -> bool {
        if forward { self.at + 1 < self.spots.len() } else { self.at > 0 }
    }

    /// The spot before, `now` being where reading is.
    pub fn back(&mut self, now: JumpTarget) -> Option<JumpTarget> {
        let target = *self.spots.get(self.at.checked_sub(1)?)?;
        // The first step back must find its way forward again.
        if self.at == self.spots.len() {
            self.spots.push(now);
        } else if let Some(here) = self.spots.get_mut(self.at) {
            *here = now;
        }
        self.at -= 1;
        Some(target)
    }

    /// The spot after.
    pub fn forward(&mut self, now: JumpTarget) -> Option<JumpTarget> {
        let target = *self.spots.get(self.at + 1)?;
        if let Some(here) = self.spots.get_mut(self.at) {
            *here = now;
        }
        self.at += 1;
        // At the newest spot the list is as it was before the first step back.
        if self.at + 1 == self.spots.len() {
            self.spots.pop();
        }
        Some(target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::DocumentId;

    #[test]
    fn back_and_forward_meet() {
        let spot = |n| (ReportId { document: DocumentId(0), index: n }, n * 10);
        let mut jumps = Jumps::default();
        assert_eq!(jumps.back(spot(0)), None);
        jumps.leave(spot(0));
        jumps.leave(spot(1));
        assert_eq!(jumps.back(spot(2)), Some(spot(1)));
        assert_eq!(jumps.back(spot(1)), Some(spot(0)));
        assert_eq!(jumps.back(spot(0)), None);
        assert_eq!(jumps.forward(spot(0)), Some(spot(1)));
        assert_eq!(jumps.forward(spot(1)), Some(spot(2)));
        assert_eq!(jumps.forward(spot(2)), None);
        assert_eq!(jumps.back(spot(2)), Some(spot(1)));
        jumps.leave(spot(5));
        assert_eq!(jumps.forward(spot(5)), None);
        for n in 0..500 {
            jumps.leave(spot(n));
        }
        assert_eq!(jumps.back(spot(9)), Some(spot(499)));
    }
}
