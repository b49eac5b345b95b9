//! What a person says of documents where no rule can know: the entries of `yilan.toml` and the reports they bound.
//!
//! In: the text of such a file. Out: rules by document, and pieces as that person has them. Does not know about: disks.

pub mod overrides;
pub mod user_boundaries;
