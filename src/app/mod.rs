//! Floor 8: all mutable state. [`App::update`] is the only place that changes it.
//!
//! In: [`Event`]s. Out: [`Effect`]s, and a state that `view` draws. Does not know about: threads, the clock, the disk, the
//! terminal. The state of a part stands in one file, what events do to it in another beside it (`…_update`): a part never
//! needs the whole.

pub mod awaited;
pub mod cities;
pub mod event;
pub mod export;
pub mod export_update;
pub mod issues;
mod issues_update;
pub mod job;
pub mod kept;
mod keys;
pub mod notice;
pub mod overlay;
pub mod palette;
mod palette_update;
mod pick;
pub mod prompt;
mod prompt_update;
pub mod reading;
pub mod screen;
pub mod search;
pub mod session;
pub mod shared_wording;
mod shared_wording_update;
mod state;
pub mod terms;
mod update;
pub mod views;

#[cfg(test)]
#[path = "../../tests/support/corpus.rs"]
mod fixture;

pub use event::{Effect, Event, Loaded, Renewed};
pub use job::{Job, Lane};
pub use screen::{Layout, Look, Panel, PickKind};
pub use state::{App, Cover};
