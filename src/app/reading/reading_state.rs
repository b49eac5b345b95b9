//! Where one reads, and what one has of the passages there: the page, the spots one came from, marks and copies, shared
//! wording.
//!
//! In: nothing. Out: the state of reading. Does not know about: keys.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::app::kept::KeptPassages;
use crate::app::reading::jumps::Jumps;
use crate::app::reading::page::Page;
use crate::app::session::ReportKey;
use crate::app::shared_wording::WordingPanel;
use crate::corpus::{PlaceId, ReportId};
use crate::text::Span;

/// Where one reads.
#[derive(Debug, Default)]
pub struct Reading {
    /// The section view.
    pub page: Page,
    /// What is kept of passages: marks, and in which form they are copied.
    pub kept: KeptPassages,
    /// Who else uses the words of the paragraph that is read; shown in place of the keywords.
    pub wording: WordingPanel,
    /// The occurrence that was opened last, to be marked on the page.
    pub highlight: Option<(ReportId, Span)>,
    /// Where reading stood before one looked elsewhere while choosing.
    pub(in crate::app) peek: Option<PeekOrigin>,
    /// Whether the key before asked why a line was read as it was: the editing key then proposes a correction.
    pub(in crate::app) explained: bool,
    /// The spots one came from.
    pub(in crate::app) jumps: Jumps,
    /// The report of the last run, until it has been loaded or the user goes elsewhere.
    pub(in crate::app) wanted: Option<ReportKey>,
    /// The report of each place that was read last.
    pub(in crate::app) last_read: FxHashMap<PlaceId, ReportId>,
    /// Number of the wrapping asked for last.
    pub(in crate::app) wrap_seq: u64,
}

/// Where reading stood before one looked elsewhere.
#[derive(Debug, Clone)]
pub struct PeekOrigin {
    pub(super) report: ReportId,
    pub(super) anchor: u32,
    pub(super) mark: Option<u32>,
    pub(super) range: Option<u32>,
    pub(super) folds: FxHashSet<u32>,
    pub(super) hide_noise: bool,
    pub(super) highlight: Option<(ReportId, Span)>,
}
