//! Floor 3: what a user may ask.

pub mod action;

pub use action::{Action, Context, Group};
