//! What is missing of a page. Out: why, and the issue that says so. Does not know about: how it is found.

use serde::{Deserialize, Serialize};

use crate::corpus::IssueKind;

/// What keeps a page, or a part of one, from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gap {
    /// It is damaged.
    Damaged,
    /// Drawing it takes too long, or too much room.
    Endless,
    /// It is a picture.
    Picture,
}

impl Gap {
    /// The issue of pages `first` to `last` (1-based).
    pub fn issue(self, first: u32, last: u32) -> IssueKind {
        match self {
            Self::Damaged | Self::Endless => IssueKind::LostPages(first, last),
            Self::Picture => IssueKind::PicturePages(first, last),
        }
    }
}
