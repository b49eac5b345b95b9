//! Floor 1: bytes to reports.
//!
//! In: paths or bytes. Out: an immutable [`Corpus`] of [`Document`]s, each one string with spans into it.
//! Does not know about: queries, screens, settings.
//!
//! Rooms, each above the one before: `kept` (bytes of an earlier run), `model` (what stands in the end), `formats` (bytes to text), `structure` (lines to
//! reports), `metadata` (whose, where, when), `corrections` (what a person says of them), `understand` (one after
//! another), `load` (the only room that reads disks).

mod corrections;
pub mod explain;
mod formats;
mod kept;
pub mod load;
mod metadata;
mod model;
mod structure;
mod understand;

pub use formats::EXTENSIONS;
pub use formats::{FilePart, Limits, Said, read as read_bytes};
pub use formats::{allow_child, allow_child_at, hush_contained, is_contained, serve_child};
pub use kept::{KeptBytes, checksum};
pub use metadata::places;
pub use model::body::Body;
pub use model::change::Change;
pub use model::corpus::{Corpus, DocumentId, PlaceEntry, PlaceId, ReportId};
pub use model::document::Document;
pub use model::document_lines::DocumentLines;
pub use model::document_text::DocumentText;
pub use model::encoding::Encoding;
pub use model::issue::{Issue, IssueKind};
pub use model::line::{Line, LineKind, LineRange};
pub use model::min_hash::MinHash;
pub use model::reason::Reason;
pub use model::report::{Report, ReportKind, Section};
