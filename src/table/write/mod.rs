//! Writers of tables, one file a kind. In: a [`Table`](super::Table). Out: text, JSON Lines, CSV, TSV or Markdown,
//! without a colour or an escape code. Does not know about: what the columns mean.

mod format;
mod headings;
pub mod json;
pub mod markdown;
pub mod separated;
pub mod text;
mod tiles;

pub use format::{OutputFormat, WriteStyle, write};
pub use headings::heading;
