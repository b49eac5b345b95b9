//! How results are printed: the formats of [`crate::table::write`].

pub use crate::table::write::OutputFormat;
