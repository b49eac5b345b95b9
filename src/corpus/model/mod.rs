//! What stands when everything is read: documents, reports, places, issues, and the corpus that holds them.
//!
//! In: what the other rooms found. Out: the types every floor above reads. Does not know about: bytes, rules, disks.

pub mod body;
pub mod change;
pub mod corpus;
pub mod document;
pub mod document_lines;
pub mod document_text;
pub mod encoding;
pub mod issue;
mod issue_title;
pub mod line;
pub mod min_hash;
pub mod neighbours;
pub mod piece;
pub mod reason;
pub mod report;
