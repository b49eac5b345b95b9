//! Writers of tables, one file a kind. In: a [`Table`](super::Table). Out: text, JSON Lines, CSV, TSV or Markdown,
//! without a colour or an escape code. Does not know about: what the columns mean.

pub mod json;
pub mod markdown;
pub mod separated;
pub mod text;
