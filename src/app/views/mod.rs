//! The views of the keyword panel's figures: one file each, what keys do to them, what they ask and are told.
//!
//! In: actions, answers. Out: requests, places to go. Does not know about: how anything is counted or drawn.

pub mod answer;
pub mod cursor;
pub mod figure_detail;
mod figure_question;
pub mod ledger_rows;
mod ledger_update;
mod open_selection;
pub mod phrase_decisions;
pub mod request;
pub mod side_by_side;
mod side_by_side_update;
mod switch_view;
pub mod tile_layout;
mod tile_update;
mod view;
mod view_update;

pub use view::{View, ViewFrame, Views};
