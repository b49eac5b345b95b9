//! Targets and what came of them (目标与完成): indicators with value, unit, year, planned or achieved.
//!
//! In: a report, a list of [`Indicators`]. Out: the figures it states, each with the words it was read from; plans and what
//! was achieved, paired year by year. Does not know about: screens, files.
//!
//! A value belongs to the last indicator before it only if what stands between is made of connectives (同比, 增长, 达到,
//! 分别…): any other noun is another thing. What is ambiguous is left out and counted; nothing is computed or guessed.

mod grammar;
mod indicators;
mod pair;
mod read;
mod sentence;

pub use indicators::Indicators;
pub use pair::{Pairing, Verdict, pair};
pub use read::{Measure, Status, TargetFigure, read};
