//! Figures over counts: rate, keyness, significance, dispersion, association, cohesion. Pure arithmetic, each formula
//! with its source.
//!
//! In: counts and sizes. Out: numbers, always finite. Does not know about: terms, reports, where a count comes from.
//! Sizes of texts are 汉字, as everywhere in this program, so that keyness and rate agree about what is more: every 汉字 is
//! a place where a term may begin. Only association, which is about neighbours, counts words.

mod association;
mod cohesion;
mod dispersion;
mod exact;
mod interval;
mod keyness;
mod significance;

pub use association::{Neighbours, log_dice, mutual_information, neighbour_log_likelihood, t_score};
pub use cohesion::{entropy, pointwise_mutual_information};
pub use dispersion::{DpSum, JuillandSum, OrderlessSum, dp_norm};
pub use exact::{exact_binomial, exact_hypergeometric};
pub use interval::{Interval, Z95, log_ratio_interval, rate_interval};
pub use keyness::{bayes_factor, expected, log_likelihood, log_ratio, rate, tf_idf};
#[cfg(test)]
pub use significance::p_value;
pub use significance::{CRITICAL_G2, FEW, SIGNIFICANT, difference_by_chance, false_discovery_rates};
