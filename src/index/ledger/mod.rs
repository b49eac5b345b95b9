//! The ledger of wording (提法账): what of one report another keeps, changes, moves, adds and drops.
//!
//! In: two reports of a corpus. Out: rows of the ledger, each with where its words stand; and formulas, with who else uses
//! them. Does not know about: screens, files.
//!
//! Sentences of one place in two years are paired by the wording they share, wherever they stand: an alignment in the order
//! of the text would lose what moved. Of two places sections are paired first, sentences only inside them.

mod align;
mod compare;
mod edits;
mod formulas;
mod kind;
mod units;

pub use compare::compare;
pub use edits::{Edit, edits};
pub use formulas::{Formula, Turn, formulas};
pub use kind::RewordingKind;
pub use units::{LedgerUnit, units};
