//! Passages taken out of reports: which lines they are, where they stand, how that is cited, how they are found again.
//!
//! In: a corpus, source lines. Out: [`Quotation`]s, texts and links. Does not know about: who points at a passage, where
//! quotations are kept. No path of the machine is ever in one: only the name of the file.

mod chosen;
mod citation;
mod form;
mod lines;
mod permalink;

pub use chosen::{ChosenPart, ChosenSource};
pub use citation::Quotation;
pub use form::CitationForm;
pub use lines::{paragraph_at, paragraphs_in, passage_text, span_of};
pub use permalink::{LocatedPassage, Permalink};
