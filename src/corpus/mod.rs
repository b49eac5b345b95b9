//! Floor 1: bytes to reports.
//!
//! In: paths or bytes. Out: an immutable [`Corpus`] of [`Document`]s, each one string with spans into it.
//! Does not know about: queries, screens, settings.

mod body;
mod clean;
mod cohesion;
mod contents;
mod cut;
mod decode;
mod describe;
mod document;
mod document_text;
mod furniture;
mod issue;
pub mod load;
mod model;
mod numbering;
mod opening;
mod origin;
mod outline;
mod overrides;
mod page;
mod paragraph;
mod part_name;
mod piece;
pub mod places;
mod read;
mod report;
mod shape;
mod sketch;
mod split;
mod title;
mod understand;
mod years;

pub use body::Body;
pub use document::{Document, Encoding, Line, LineKind, LineRange};
pub use document_text::DocumentText;
pub use issue::{Issue, IssueKind};
pub use model::{Corpus, DocumentId, PlaceEntry, PlaceId, ReportId};
#[cfg(feature = "pdf")]
pub use read::pdf::{hush_contained, is_contained};
pub use report::{Report, ReportKind, Section};
pub use sketch::Sketch;
