//! How a question ends without an answer. Does not know about: any single question.

/// How a question ended without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unanswered {
    /// Nobody wanted the answer any more, or what was asked about is gone.
    Cancelled,
    /// There is nothing of the sort; what, for people.
    Nothing(String),
    /// The parameters mean nothing, or more than one thing; why, for people.
    Wrong(String),
}
