//! Floor 5: what a user may ask.

pub mod action;
pub mod key;
pub mod keymap;

pub use action::{Action, ActionGroup, KeyContext};
pub use key::KeyCombination;
pub use keymap::{Keymap, KeymapError};
