//! The screen: its size and look, which part is whose, which keys are named on it, what the mouse does.
//!
//! In: sizes, the state. Out: rectangles, hints. Does not know about: what is drawn.

pub mod bottom_line;
mod cover_offers;
mod follow_ups;
pub mod hints;
pub mod layout;
mod offers;
mod panel_update;
pub mod panel_widths;
mod pointer;
mod refusal;
mod screen_state;
pub mod scroll;

pub use layout::{Layout, Panel};
pub use screen_state::{Look, PickKind, Screen};
